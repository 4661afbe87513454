"""What rendering gives back: an entry or a document, with what there is to tell about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bibtools.errors import Problem
from bibtools.model import Entry, Record

Items = Sequence[tuple[str, Record]]
"""What a document is rendered from: citation key and record, in the order of the output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An entry, and the problems found while rendering it (without place; `key` is set)."""

    entry: Entry
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A whole document in one format, and the problems found while rendering it."""

    text: str
    problems: tuple[Problem, ...] = ()
