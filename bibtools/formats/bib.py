"""What both dialects of `.bib` files share: entries ↔ text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bibtools import bibfile
from bibtools.bibfile.scanner import is_entry_type
from bibtools.errors import InternalError, Problem
from bibtools.formats.dates import MONTHS
from bibtools.formats.inherit import inherited
from bibtools.formats.items import Exported, Item, Parsed, ParsedEntry
from bibtools.model import Entry, Field


def render(items: Sequence[Item], translate: Callable[[Entry], Entry]) -> Exported:
    """The entries as one file, with a blank line between them.

    An entry that was rendered from a record is in the file's dialect; any other is put into it by `translate`.
    A field that no file can hold is left out, a type that none can is `misc`; both are reported
    (`entry-unwritable`).
    """
    problems: list[Problem] = []
    blocks: list[str] = []
    for item in items:
        entry = translate(item.entry) if item.record is None else item.entry
        try:
            blocks.append(bibfile.render_entry(entry))
        except InternalError:
            entry, found = _writable(entry)
            problems += found
            blocks.append(bibfile.render_entry(entry))
    return Exported(text="\n".join(blocks), problems=tuple(problems))


def parse(text: str, *, crossref: bool = False) -> Parsed:
    """The entries of a file of either dialect, with what they inherit; macros but the months' are expanded.

    With `crossref` entries keep their cross-references instead of what they inherit by them.
    Problems: those of the file's reader, and those of :func:`bibtools.formats.inherit.inherited`.
    """
    bib = bibfile.parse(text)
    macros = bibfile.macros(bib)
    entries = [_expanded(bibfile.entry_of(block, text, macros), macros) for block in bib.entries]
    made, problems = inherited(entries, crossref=crossref)
    spans = [block.span for block, entry in zip(bib.entries, entries, strict=True) if entry.entry_type != "xdata"]
    places = {block.key: bib.place(block.span.start) for block in reversed(bib.entries)}
    return Parsed(
        entries=tuple(ParsedEntry(entry=entry, span=span) for entry, span in zip(made, spans, strict=True)),
        problems=(*bib.problems, *(problem.at(places[problem.key or ""]) for problem in problems)),
        usable=bool(bib.entries) or not bib.problems,
    )


def _expanded(entry: Entry, macros: Mapping[str, str]) -> Entry:
    fields = tuple(
        Field(field.name, bibfile.expanded(field, macros))
        if field.macro and not (field.name == "month" and field.value.lower() in MONTHS)
        else field
        for field in entry.fields
    )
    return replace(entry, fields=fields)


def _writable(entry: Entry) -> tuple[Entry, list[Problem]]:
    """Of an entry that no file can hold what one can, and what had to be left out."""
    problems: list[Problem] = []
    kept: list[Field] = []
    for field in entry.fields:
        try:
            bibfile.render_entry(Entry(entry_type="misc", key="", fields=(field,)))
        except InternalError as error:
            problems.append(_unwritable(entry.key, f"{error}; the field is left out"))
        else:
            kept.append(field)
    if not is_entry_type(entry.entry_type):
        problems.append(_unwritable(entry.key, f'no entry can have the type "{entry.entry_type}"; it is misc'))
        entry = replace(entry, entry_type="misc")
    return replace(entry, fields=tuple(kept)), problems


def _unwritable(key: str, why: str) -> Problem:
    return Problem(severity="warning", code="entry-unwritable", message=why, key=key)
