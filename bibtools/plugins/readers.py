"""Our formats as readers of pybtex: what it reads with them, it can format and write as anything else.

Entries are given in BibTeX's words, which pybtex's styles know. What cannot be read is told as pybtex tells it:
`pybtex-convert` prints a warning and goes on, with `--strict` it stops.
"""

from __future__ import annotations

from typing import Any, ClassVar, TextIO

from pybtex.database.input import BaseParser
from pybtex.errors import report_error
from pybtex.exceptions import PybtexError

from bibtools import formats
from bibtools.errors import Problem
from bibtools.formats import Item, keys
from bibtools.formats.dialects import to_bibtex
from bibtools.pybtex_door import to_pybtex


class FormatReader(BaseParser):  # type: ignore[misc]
    """Reads a document in one of our formats."""

    unicode_io = True
    format: ClassVar[str]

    def parse_stream(self, stream: TextIO) -> Any:
        """All entries of a document; of two keys that pybtex takes for one, the later has a letter behind it."""
        parsed = formats.parse(stream.read(), self.format)
        items, changed = keys.distinct(
            [Item(entry=to_bibtex(read.entry)) for read in parsed.entries], keys.ANY_CASE
        )
        for problem in (*parsed.problems, *changed):
            if problem.severity != "info":
                report_error(PybtexError(_told(problem)))
        for item in items:
            self.data.add_entry(item.entry.key, to_pybtex(item.entry))
        return self.data


class BibReader(FormatReader):
    """Reads `.bib` files of BibTeX and biblatex; a broken entry does not hide the others."""

    format = "bibtex"


class CSLJSONReader(FormatReader):
    """Reads CSL-JSON."""

    format = "csl-json"


class CSLYAMLReader(FormatReader):
    """Reads CSL items in YAML, as pandoc has them."""

    format = "csl-yaml"


class RISReader(FormatReader):
    """Reads RIS."""

    format = "ris"


def _told(problem: Problem) -> str:
    return f"{problem.where}: {problem.message} [{problem.code}]".removeprefix(": ")
