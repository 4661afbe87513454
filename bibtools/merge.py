"""Three-way merge of one entry, field by field.

`base` is what was last rendered, `ours` what stands in the user's file, `theirs` what is rendered now. The laws:
where theirs is still base, ours stands; where ours is still base, theirs comes; where both say the same, nothing
happens; else ours stands and the field is a conflict until somebody settles it. Values that differ only in white
space, delimiters, escapes, month form or case braces are the same value; a new spelling of it comes only where the
value still stands exactly as it was rendered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Literal

from bibtools import latex
from bibtools.model import Entry, Field

Side = Literal["ours", "theirs"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RANGE = re.compile(r"\s*(?:--?-?|–|—)\s*")
_NAME_FIELDS = frozenset({"author", "editor", "translator"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A value that the user and upstream both changed; None where the field is absent."""

    key: str
    field: str
    base: str | None
    ours: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge asks for: `write` and `remove` in the user's entry, and what is base from now on.

    `conflicts` stay open, `settled` are those for which a side was named.
    """

    base: Entry
    entry_type: str | None = None
    write: tuple[Field, ...] = ()
    remove: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    settled: tuple[Conflict, ...] = ()

    @property
    def changes(self) -> tuple[str, ...]:
        """The names of everything that changes in the user's entry."""
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
        if head.isdecimal() and 1 <= int(head) <= len(_MONTHS):
            return _MONTHS[int(head) - 1]
        return head[:3] if head[:3] in _MONTHS else head
    if field.name == "pages":
        return _RANGE.sub("-", text)
    if field.name in _NAME_FIELDS:
        return text.replace(" ,", ",")
    return text


def _settle(base: str | None, ours: str | None, theirs: str | None) -> str:
    if theirs == base:
        return "ours"
    if ours == base:
        return "theirs"
    return "same" if ours == theirs else "conflict"


def _is_respelled(old: Field | None, new: Field | None) -> bool:
    """Whether the same is written otherwise now. What is ASCII may stay: it is right in every encoding."""
    if old is None or new is None or old == new:
        return False
    return new.value.isascii() or not old.value.isascii()


def _undecided(name: str) -> Side | None:
    return None


def merge_entry(
    base: Entry,
    ours: Entry,
    theirs: Entry,
    *,
    withheld: Container[str] | None = None,
    side: Callable[[str], Side | None] = _undecided,
) -> Merged:
    """Merge one entry; fields only the user has are never looked at, so never touched.

    `withheld` names fields that were never given to the user's entry, so that none is missing there. `side` says
    whose value to take for a field in conflict. The citation key is not merged here: whoever finds the entry under
    another key adopts that key.
    """
    based, held, come = ({f.name: f for f in reversed(e.fields)} for e in (base, ours, theirs))
    write: list[Field] = []
    remove: list[str] = []
    disputes = _Disputes(ours.key, side)
    settled: dict[str, Field | None] = {}
    for name in dict.fromkeys([f.name for f in theirs.fields] + [f.name for f in base.fields]):
        old, mine, new = based.get(name), held.get(name), come.get(name)
        # What is rendered as before, nearly all of a file, need not be read as LaTeX.
        verdict = "ours" if old == new else _settle(comparable(old), comparable(mine), comparable(new))
        if verdict == "ours" and mine == old and _is_respelled(old, new):
            verdict = "theirs"
        if withheld is not None and mine is None and name in withheld:
            verdict = "same"
        elif verdict == "conflict":
            verdict = disputes.verdict(
                name, (None if field is None else field.value for field in (old, mine, new))
            )
        settled[name] = new if verdict in ("theirs", "same") else old
        if verdict == "theirs":
            if new is not None:
                write.append(new)
            elif mine is not None:
                remove.append(name)
    kinds = [entry.entry_type.casefold() for entry in (base, ours, theirs)]
    if (verdict := _settle(*kinds)) == "conflict":
        verdict = disputes.verdict("entrytype", kinds)
    return Merged(
        base=Entry(
            entry_type=theirs.entry_type if verdict in ("theirs", "same") else base.entry_type,
            key=ours.key,
            fields=tuple(field for field in settled.values() if field is not None),
        ),
        entry_type=theirs.entry_type if verdict == "theirs" else None,
        write=tuple(write),
        remove=tuple(remove),
        conflicts=tuple(disputes.open),
        settled=tuple(disputes.settled),
    )


class _Disputes:
    """The conflicts of one entry, and what becomes of each."""

    def __init__(self, key: str, side: Callable[[str], Side | None]) -> None:
        self.key, self.side = key, side
        self.open: list[Conflict] = []
        self.settled: list[Conflict] = []

    def verdict(self, name: str, values: Iterable[str | None]) -> str:
        """What to do about a field: as `_settle`; taking ours is as good as both saying the same."""
        base, ours, theirs = values
        side = self.side(name)
        (self.settled if side else self.open).append(
            Conflict(key=self.key, field=name, base=base, ours=ours, theirs=theirs)
        )
        return {"ours": "same", "theirs": "theirs", None: "conflict"}[side]


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
