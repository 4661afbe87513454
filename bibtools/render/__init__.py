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
from bibtools.model import Entry, EntryFormat, EntryOptions, Field, Record
from bibtools.render import biblatex, bibtex
from bibtools.render.fields import Rendered

__all__ = ["FORMATS", "Exported", "Items", "Rendered", "export", "item_of", "render_entry"]

Items = Sequence[tuple[str, Record]]
"""What a document is rendered from: citation key and record, in the order of the output."""


def render_entry(record: Record, key: str, options: EntryOptions) -> Rendered:
    """The record as an entry under `key`, as `options` ask for.

    A record that no service described keeps the entry its source wrote: the key is ours, and words that only
    biblatex knows become BibTeX's where that is asked for (biblatex reads both). Problems:
    `latex-unknown-character` and `latex-unknown-command` (each once a record), `journal-ref-unread`.
    """
    if record.entry is not None:
        entry = replace(record.entry, key=key)
        return Rendered(entry=to_bibtex(entry) if options.format == "bibtex" else entry)
    render = bibtex.render if options.format == "bibtex" else biblatex.render
    return render(record, key, options)


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
    items: Items, format: str, options: EntryOptions, *, sources: Mapping[str, tuple[str, ...]] | None = None
) -> Exported:
    """The records as one document in `format` (a name in :data:`FORMATS`); `sources` are the paths by record id.

    For citation keys that come twice, or that the format cannot hold, see :func:`bibtools.formats.render`.
    UsageError (`format-unknown`) for a format that there is not.
    """
    from bibtools.plugins.writers import write

    made = [item_of(record, key, format, options, (sources or {}).get(record.id, ())) for key, record in items]
    exported = write([item for item, _ in made], format)
    problems = (problem for _, found in made for problem in found)
    return replace(exported, problems=(*problems, *exported.problems))
