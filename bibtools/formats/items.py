"""What the formats speak of: items of a document, what was written, what was read."""

from __future__ import annotations

from dataclasses import dataclass

from bibtools.errors import Problem
from bibtools.model import Entry, Record, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One work of a document: an entry of either dialect, its values LaTeX, under its citation key.

    `record` is what it was rendered from and `sources` the paths that mention it, where that is known.
    `written` is the entry as the library's `.bib` has it, for documents that offer it for copying.
    """

    entry: Entry
    record: Record | None = None
    sources: tuple[str, ...] = ()
    written: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A whole document in one format, and the problems found while rendering it."""

    text: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """An entry read from a document, and the place in its text that it was read from."""

    entry: Entry
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The entries of a document in their order, and the problems found while reading it.

    Problems have line and column, and no file. `usable` is false where nothing of the document could be read.
    """

    entries: tuple[ParsedEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    usable: bool = True
