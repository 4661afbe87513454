"""What the formats speak of: items of a document, what was written, what was read."""

from __future__ import annotations

from dataclasses import dataclass

from bibtools.errors import NOWHERE, Place, Problem
from bibtools.model import Entry, Record, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One work of a document: an entry of either dialect, its values LaTeX, under its citation key.

    `record` is what it was rendered from and `sources` the paths that mention it, where that is known.
    `written` is the entry as the library's `.bib` has it, for documents that offer it for copying. `place` is
    where it was read, for what is to be said of it.
    """

    entry: Entry
    record: Record | None = None
    sources: tuple[str, ...] = ()
    written: Entry | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A whole document in one format, and the problems found while rendering it."""

    text: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """An entry read from a document, and the place in its text that it was read from.

    The entry's key is the document's own, whatever it is, or empty. `name` is what sources have known it by ever
    since: the key as a `.bib` file can hold it, or one that was made; empty where the key is that.
    """

    entry: Entry
    span: Span
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The entries of a document in their order, and the problems found while reading it.

    Problems have line and column, and no file. `usable` is false where nothing of the document could be read.
    """

    entries: tuple[ParsedEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    usable: bool = True
