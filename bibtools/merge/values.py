"""What the merges speak of: values in the form in which they are compared, conflicts, sides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bibtools import latex
from bibtools.model import Entry, Field
from bibtools.text import number_up_to

Side = Literal["ours", "theirs"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RANGE = re.compile(r"\s*(?:--?-?|–|—)\s*")
NAME_FIELDS = frozenset({"author", "editor", "translator"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A value that the user and upstream both changed; None where the field is absent."""

    key: str
    field: str
    base: str | None
    ours: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a merge asks for: `write` and `remove` in the file's entry, and what the lock keeps from now on.

    `base` is what was last rendered, as far as it was carried out; `offered` what upstream says where that is
    more. `kept` are the groups that stayed against the settings, `removed` the fields that the user took out,
    `withheld` those that the user's entry never had, `filled` those that bibtools gave it; by biblatex's names.
    `conflicts` stay open, `settled` are those for which a side was named, `corrected` are values which stand in
    the file in words of the user's. `is_published` tells that the record says where the work was published and
    the entry does not.
    """

    base: Entry
    offered: Entry | None = None
    entry_type: str | None = None
    write: tuple[Field, ...] = ()
    remove: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    withheld: tuple[str, ...] | None = None
    filled: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    settled: tuple[Conflict, ...] = ()
    corrected: tuple[Conflict, ...] = ()
    is_published: bool = False

    @property
    def changes(self) -> tuple[str, ...]:
        """The names of everything that changes in the file's entry."""
        kind = ("entrytype",) if self.entry_type else ()
        return (*kind, *(field.name for field in self.write), *self.remove)


def comparable(field: Field | None) -> str | None:
    """The form in which two values of a field are compared; None for an absent or empty one.

    >>> comparable(Field("month", "jun", macro=True)) == comparable(Field("month", "June"))
    True
    """
    if field is None or not field.value.strip():
        return None
    text = latex.comparable(field.value)
    if field.name == "month":
        head = text.strip(".").casefold()
        if number := number_up_to(len(_MONTHS), head):
            return _MONTHS[number - 1]
        return head[:3] if head[:3] in _MONTHS else head
    if field.name == "pages":
        return _RANGE.sub("-", text)
    if field.name in NAME_FIELDS:
        return text.replace(" ,", ",")
    return text


def same_entry(one: Entry, other: Entry) -> bool:
    """Whether two entries say the same: type and every field, whatever their keys and spelling.

    >>> one = Entry(entry_type="misc", key="a", fields=(Field("year", "2017"),))
    >>> same_entry(one, Entry(entry_type="MISC", key="b", fields=(Field("year", "{2017}"),)))
    True
    """

    def said(entry: Entry) -> tuple[str, dict[str, str | None]]:
        values = {field.name: comparable(field) for field in reversed(entry.fields)}
        return entry.entry_type.casefold(), {name: value for name, value in values.items() if value is not None}

    return said(one) == said(other)
