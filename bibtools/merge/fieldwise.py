"""Three-way merge of two branches of one entry, field by field, as git asks for.

The laws: where theirs is still base, ours stands; where ours is still base, theirs comes; where both say the same,
nothing happens; else ours stands and the field is in conflict. Values that differ only in white space, delimiters,
escapes, month form or case braces are the same value; a new spelling of it comes only where the value still stands
exactly as it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from bibtools.merge.values import Conflict, comparable
from bibtools.model import Entry, Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge asks for: `write` and `remove` in our entry, and what is base from now on."""

    base: Entry
    entry_type: str | None = None
    write: tuple[Field, ...] = ()
    remove: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def changes(self) -> tuple[str, ...]:
        """The names of everything that changes in our entry."""
        kind = ("entrytype",) if self.entry_type else ()
        return (*kind, *(field.name for field in self.write), *self.remove)


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


def merge_entry(base: Entry, ours: Entry, theirs: Entry) -> Merged:
    """Merge one entry; fields only our side has are never looked at, so never touched.

    The citation key is not merged here: whoever finds the entry under another key adopts that key.
    """
    based, held, come = ({f.name: f for f in reversed(e.fields)} for e in (base, ours, theirs))
    write: list[Field] = []
    remove: list[str] = []
    conflicts: list[Conflict] = []
    settled: dict[str, Field | None] = {}
    for name in dict.fromkeys([f.name for f in theirs.fields] + [f.name for f in base.fields]):
        old, mine, new = based.get(name), held.get(name), come.get(name)
        # What is written as before, nearly all of a file, need not be read as LaTeX.
        verdict = "ours" if old == new else _settle(comparable(old), comparable(mine), comparable(new))
        if verdict == "ours" and mine == old and _is_respelled(old, new):
            verdict = "theirs"
        if verdict == "conflict":
            values = [None if field is None else field.value for field in (old, mine, new)]
            conflicts.append(Conflict(key=ours.key, field=name, base=values[0], ours=values[1], theirs=values[2]))
        settled[name] = new if verdict in ("theirs", "same") else old
        if verdict == "theirs":
            if new is not None:
                write.append(new)
            elif mine is not None:
                remove.append(name)
    kinds = [entry.entry_type.casefold() for entry in (base, ours, theirs)]
    if (verdict := _settle(*kinds)) == "conflict":
        conflicts.append(Conflict(key=ours.key, field="entrytype", base=kinds[0], ours=kinds[1], theirs=kinds[2]))
    return Merged(
        base=Entry(
            entry_type=theirs.entry_type if verdict in ("theirs", "same") else base.entry_type,
            key=ours.key,
            fields=tuple(field for field in settled.values() if field is not None),
        ),
        entry_type=theirs.entry_type if verdict == "theirs" else None,
        write=tuple(write),
        remove=tuple(remove),
        conflicts=tuple(conflicts),
    )
