"""Records become entries, and documents of entries.

:func:`render_entry` is a pure function that imports nothing heavy, because the hook calls it. :func:`export` goes
through pybtex's entry model and our writers for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

from bibtools import latex
from bibtools.errors import Problem
from bibtools.formats import FORMATS, Exported, Item
from bibtools.formats.dialects import to_bibtex
from bibtools.model import Entry, EntryFormat, EntryOptions, Field, Page, Record
from bibtools.render import biblatex, bibtex, places, sources
from bibtools.render.fields import Rendered
from bibtools.render.published import shows_publication

__all__ = ["FORMATS", "Exported", "Items", "Rendered", "differs", "export", "item_of", "origins", "render_entry"]

Items = Sequence[tuple[str, Record]]
"""What a document is rendered from: citation key and record, in the order of the output."""


def render_entry(record: Record, key: str, options: EntryOptions) -> Rendered:
    """The record as an entry under `key`, as `options` ask for.

    What a structured source wrote stays as it is: the key is ours, and words that only biblatex knows become
    BibTeX's where that is asked for (biblatex reads both); what it lacks comes from the record. Problems:
    `latex-unknown-character` and `latex-unknown-command` (each once a record), `journal-ref-unread`.
    """
    if record.entry is not None:
        return Rendered(entry=sources.as_encoded(_as_written(record.entry, key, options), options))
    if record.source is None:
        return _described(record, key, options)
    own = _as_written(sources.without_wrong_id(record.source, record.arxiv_number), key, options)
    if places.container_of(own):  # then there is no preprint to be shown, whatever the profile
        options = replace(options, profile="classic")
    described = _described(record, key, options)
    entry = sources.completed(own, described.entry, place=shows_publication(described.entry))
    return Rendered(entry=sources.fitted(entry, options), problems=_about(described.problems, own))


def _described(record: Record, key: str, options: EntryOptions) -> Rendered:
    """The record as the service describes it."""
    render = bibtex.render if options.format == "bibtex" else biblatex.render
    return render(record, key, options)


def _as_written(entry: Entry, key: str, options: EntryOptions) -> Entry:
    entry = replace(entry, key=key)
    return to_bibtex(entry) if options.format == "bibtex" else entry


def _about(problems: Sequence[Problem], own: Entry) -> tuple[Problem, ...]:
    """The problems of a description that are of what it gives to an entry."""
    if places.has_place(own):
        problems = [problem for problem in problems if problem.code != "journal-ref-unread"]
    texts = own.get("title") and own.get("author")
    return tuple(problem for problem in problems if not (texts and problem.code.startswith("latex-")))


def origins(record: Record, options: EntryOptions) -> tuple[Entry | None, Entry | None]:
    """What the structured source says of a record and what its service says, each as an entry; None for neither.

    Where and when it was published is in the words of one dialect in both.
    """
    written = record.entry or record.source
    own = _as_written(written, "", options) if written is not None else None
    if record.entry is not None or not record.retrieved:
        return own, None
    if own is not None and (own.get("year") or own.get("journal")):
        options = replace(options, format="bibtex")
    return own, _described(record, "", options).entry


def differs(record: Record) -> bool:
    """Whether the structured source says of the publication what the service does not (the source is shown)."""
    if record.source is None or not places.container_of(record.source):
        return False
    described = _described(record, "", EntryOptions()).entry
    return shows_publication(described) and places.differ(record.source, described)


def item_of(
    record: Record, key: str, format: str, options: EntryOptions, sources: tuple[str, ...] = ()
) -> tuple[Item, tuple[Problem, ...]]:
    """The record as an item of a document in `format`, and the problems found.

    For the formats that are no `.bib` the entry is biblatex's, which says most, with all that the record knows.
    """
    dialect = next((name for name in get_args(EntryFormat) if name == format), None)
    if dialect is not None:
        rendered = render_entry(record, key, replace(options, format=dialect))
        return Item(entry=rendered.entry, record=record, sources=sources), rendered.problems
    written = render_entry(record, key, options).entry if format == "html" else None
    options = replace(options, format="biblatex", profile="classic", abstract=True, encoding="utf-8")
    entry = _with_abstract(render_entry(record, key, options).entry, record, options)
    return Item(entry=entry, record=record, sources=sources, written=written), ()


def _with_abstract(entry: Entry, record: Record, options: EntryOptions) -> Entry:
    """The entry, and the record's abstract where one that stands in a `.bib` was exported without."""
    if not record.abstract or entry.get("abstract") or "abstract" in options.exclude_fields:
        return entry
    return replace(entry, fields=(*entry.fields, Field("abstract", latex.encode(record.abstract).text)))


def export(
    items: Items,
    format: str,
    options: EntryOptions,
    *,
    sources: Mapping[str, tuple[str, ...]] | None = None,
    page: Page | None = None,
) -> Exported:
    """The records as one document in `format` (a name in :data:`FORMATS`); `sources` are the paths by record id.

    `page` says what HTML and Markdown show of them. For citation keys that come twice, or that the format cannot
    hold, see :func:`bibtools.formats.render`.
    UsageError (`format-unknown`) for a format that there is not.
    """
    from bibtools.plugins.writers import write

    made = [item_of(record, key, format, options, (sources or {}).get(record.id, ())) for key, record in items]
    exported = write([item for item, _ in made], format, page)
    problems = (problem for _, found in made for problem in found)
    return replace(exported, problems=(*problems, *exported.problems))
