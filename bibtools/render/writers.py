r"""Our writers for pybtex: what it writes itself is not safe for LaTeX.

pybtex's own BibTeX writer (0.26) writes `\&` as `\\&`, escapes `_` and `%` in `url` and `doi`, escapes again each
time, and turns `jun` into "June". These write the values as they stand; a second run changes nothing.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, TextIO

from pybtex.bibtex.exceptions import BibTeXError
from pybtex.database.input.bibtex import month_names
from pybtex.database.output import BaseWriter

from bibtools import bibfile
from bibtools.bibfile.scanner import is_balanced
from bibtools.errors import InternalError, Problem
from bibtools.model import Entry, EntryOptions, Field
from bibtools.pybtex_door import DoorEntry, bibliography, from_pybtex
from bibtools.render import csljson, dialects, render_entry
from bibtools.render.result import Exported, Items

_MONTH_MACROS = {text.lower(): macro for macro, text in month_names.items()}


class BibTeXWriter(BaseWriter):  # type: ignore[misc]
    """Writes `.bib` text in the shape of our own entries, for BibTeX.

    Entries that pybtex read are put into BibTeX's words first; entries that we rendered stay as they are.
    """

    unicode_io = True

    def write_stream(self, bib_data: Any, stream: TextIO) -> None:
        """Write all entries; BibTeXError, before anything is written, for what no file can hold."""
        blocks = [_preamble(text) for text in bib_data.preamble_list]
        for key, entry in bib_data.entries.items():
            try:
                blocks.append(bibfile.render_entry(self.entry(entry, key)))
            except InternalError as error:
                raise BibTeXError(str(error)) from error
        stream.write("\n".join(blocks))

    def entry(self, entry: Any, key: str) -> Entry:
        """The entry to write for one of pybtex's."""
        ours = from_pybtex(entry, key)
        return ours if isinstance(entry, DoorEntry) else self.translate(_with_month_macro(ours))

    def translate(self, entry: Entry) -> Entry:
        """An entry of either dialect in the words of this one."""
        return dialects.to_bibtex(entry)


class BibLaTeXWriter(BibTeXWriter):
    """The same for biblatex."""

    def translate(self, entry: Entry) -> Entry:
        """An entry of either dialect in the words of this one."""
        return dialects.to_biblatex(entry)


class CSLJSONWriter(BaseWriter):  # type: ignore[misc]
    """Writes CSL-JSON: an array of items, one line for each value, UTF-8."""

    unicode_io = True

    def write_stream(self, bib_data: Any, stream: TextIO) -> None:
        """Write all entries as items."""
        items = [csljson.item_of(from_pybtex(entry, key)) for key, entry in bib_data.entries.items()]
        stream.write(json.dumps(items, ensure_ascii=False, indent=2) + "\n")


def write_entries(items: Items, options: EntryOptions, writer: type[BaseWriter]) -> Exported:
    """The records as entries in the options' format, through pybtex's entry model, as one document.

    An entry or a field that no file can hold is left out and reported.
    """
    problems: list[Problem] = []
    entries: list[Entry] = []
    for key, record in items:
        rendered = render_entry(record, key, options)
        problems += rendered.problems
        entry, found = _writable(rendered.entry)
        problems += found
        entries += [entry] if entry else []
    exported = write(entries, writer)
    return Exported(text=exported.text, problems=(*problems, *exported.problems))


def write(entries: list[Entry], writer: type[BaseWriter]) -> Exported:
    """The entries as one document; of those whose keys differ in case only the first is kept."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        kept.setdefault(entry.key.lower(), entry)
    text = writer(encoding="utf-8").to_string(bibliography(kept.values()))
    repeated = [entry.key for entry in entries if kept[entry.key.lower()] is not entry]
    return Exported(text=text, problems=tuple(map(_repeated, repeated)))


def _writable(entry: Entry) -> tuple[Entry | None, list[Problem]]:
    """The entry as a file can hold it, and what had to be left out."""
    broken = [field.name for field in entry.fields if not is_balanced(field.value)]
    if broken:
        entry = replace(entry, fields=tuple(field for field in entry.fields if field.name not in broken))
    problems = [
        _unwritable(entry.key, f"the braces in {name} do not match; the field is left out") for name in broken
    ]
    try:
        bibfile.render_entry(entry)
    except InternalError as error:
        return None, [*problems, _unwritable(entry.key, f"{error}; the entry is left out")]
    return entry, problems


def _preamble(text: str) -> str:
    if not is_balanced(text):
        raise BibTeXError("unbalanced braces in the preamble")
    return f"@preamble{{{{{text}}}}}\n"


def _with_month_macro(entry: Entry) -> Entry:
    """`jun`, which pybtex read as "June", is the macro again."""
    return replace(entry, fields=tuple(map(_month_macro, entry.fields)))


def _month_macro(field: Field) -> Field:
    macro = _MONTH_MACROS.get(field.value.lower()) if field.name == "month" else None
    return Field("month", macro, macro=True) if macro else field


def _repeated(key: str) -> Problem:
    return Problem(
        severity="error",
        code="citation-key-repeated",
        message=f'another entry has the citation key "{key}" already; this one is left out',
        hint="keys that differ only in case are the same to BibTeX",
        key=key,
    )


def _unwritable(key: str, why: str) -> Problem:
    return Problem(severity="warning", code="entry-unwritable", message=why, key=key)
