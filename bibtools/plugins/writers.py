r"""Our formats as writers of pybtex, which every export goes through.

pybtex's own BibTeX writer (0.26) writes `\&` as `\\&`, escapes `_` and `%` in `url` and `doi`, escapes again each
time, and turns `jun` into "June". These write the values as they stand; a second run changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, TextIO

from pybtex.bibtex.exceptions import BibTeXError
from pybtex.database.input.bibtex import month_names
from pybtex.database.output import BaseWriter
from pybtex.errors import report_error
from pybtex.exceptions import PybtexError

from bibtools import formats
from bibtools.bibfile.scanner import is_balanced
from bibtools.errors import Problem
from bibtools.formats.items import Exported, Item
from bibtools.model import Entry, Field, Page
from bibtools.pybtex_door import DoorEntry, bibliography, from_pybtex

_MONTH_MACROS = {text.lower(): macro for macro, text in month_names.items()}


class FormatWriter(BaseWriter):  # type: ignore[misc]
    """Writes a bibliography of pybtex in one of our formats; `problems` are what was found while doing it."""

    unicode_io = True
    format: ClassVar[str]

    def __init__(self, encoding: str | None = None, **options: Any) -> None:
        super().__init__(encoding, **options)
        self.problems: tuple[Problem, ...] = ()
        self.page = Page()

    def write_stream(self, bib_data: Any, stream: TextIO) -> None:
        """Write all entries; BibTeXError, before anything is written, for what no document can hold."""
        preamble = self.preamble(bib_data.preamble_list)
        items = [_item(entry, key) for key, entry in bib_data.entries.items()]
        exported = formats.render(items, self.format, self.page)
        lost = [problem for problem in exported.problems if problem.code == "entry-unwritable"]
        if lost and not all(isinstance(entry, DoorEntry) for entry in bib_data.entries.values()):
            raise BibTeXError(f"{lost[0].key}: {lost[0].message}")
        if not all(isinstance(getattr(entry, "item", None), Item) for entry in bib_data.entries.values()):
            for problem in exported.problems:
                if problem.code == "key-changed":  # nobody else would tell it
                    report_error(PybtexError(f"{problem.message} [{problem.code}]"))
        self.problems = exported.problems
        stream.write(preamble + exported.text)

    def preamble(self, texts: Sequence[str]) -> str:
        """What stands before the entries; only `.bib` files have a preamble."""
        return ""


class BibTeXWriter(FormatWriter):
    """Writes `.bib` text for BibTeX, in the shape of our own entries."""

    format = "bibtex"

    def preamble(self, texts: Sequence[str]) -> str:
        """The texts as `@preamble`s; BibTeXError where their braces do not match."""
        if not all(map(is_balanced, texts)):
            raise BibTeXError("unbalanced braces in the preamble")
        return "".join(f"@preamble{{{{{text}}}}}\n\n" for text in texts)


class BibLaTeXWriter(BibTeXWriter):
    """Writes `.bib` text for biblatex."""

    format = "biblatex"


class CSLJSONWriter(FormatWriter):
    """Writes CSL-JSON."""

    format = "csl-json"


class CSLYAMLWriter(FormatWriter):
    """Writes CSL items as YAML, for pandoc."""

    format = "csl-yaml"


class RISWriter(FormatWriter):
    """Writes RIS."""

    format = "ris"


class HayagrivaWriter(FormatWriter):
    """Writes Typst's YAML."""

    format = "hayagriva"


class ZoteroWriter(FormatWriter):
    """Writes CSL-JSON that Zotero imports with all parts of the names."""

    format = "zotero"


class HTMLWriter(FormatWriter):
    """Writes a page to search and read in a browser."""

    format = "html"


class MarkdownWriter(FormatWriter):
    """Writes a Markdown list of references."""

    format = "markdown"


class TextWriter(FormatWriter):
    """Writes references in plain text."""

    format = "text"


class JSONLWriter(FormatWriter):
    """Writes JSON Lines: one object a work."""

    format = "jsonl"


def write(items: Sequence[Item], format: str, page: Page | None = None) -> Exported:
    """The items as one document, through pybtex's entry model; for the keys see :func:`bibtools.formats.render`.

    `page` says what HTML and Markdown show.
    pybtex takes keys that differ only in case for one, so there the items are numbered.
    UsageError (`format-unknown`) for a format that there is not.
    """
    data = bibliography(replace(item.entry, key=str(number)) for number, item in enumerate(items))
    for item, made in zip(items, data.entries.values(), strict=True):
        made.item = item
    writer = _writer(format)(encoding="utf-8")
    writer.page = page or Page()
    text = writer.to_string(data)
    return Exported(text=text, problems=writer.problems)


def _writer(format: str) -> type[FormatWriter]:
    known = (
        BibTeXWriter,
        BibLaTeXWriter,
        CSLJSONWriter,
        CSLYAMLWriter,
        RISWriter,
        HayagrivaWriter,
        ZoteroWriter,
        HTMLWriter,
        MarkdownWriter,
        TextWriter,
        JSONLWriter,
    )
    found = next((writer for writer in known if writer.format == format), None)
    if found is None:
        raise formats.unknown_format(format)
    return found


def _item(entry: Any, key: str) -> Item:
    """The item that an entry of pybtex's stands for; what it says now counts, whatever it was made from."""
    ours = from_pybtex(entry, key)
    if not isinstance(entry, DoorEntry):
        return Item(entry=_with_month_macro(ours))
    if not isinstance(entry.item, Item):
        return Item(entry=ours)
    return replace(entry.item, entry=replace(ours, key=entry.item.entry.key))


def _with_month_macro(entry: Entry) -> Entry:
    """`jun`, which pybtex read as "June", is the macro again."""
    return replace(entry, fields=tuple(map(_month_macro, entry.fields)))


def _month_macro(field: Field) -> Field:
    macro = _MONTH_MACROS.get(field.value.lower()) if field.name == "month" else None
    return Field("month", macro, macro=True) if macro else field
