"""What becomes of an entry that bibtools wrote: each group takes its new rendering unless the user edited it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bibtools.merge.agreement import says
from bibtools.merge.groups import (
    ARXIV,
    DATE,
    PLACE,
    TYPE,
    Fields,
    by_name,
    container_of,
    groups,
    holds_only_id,
    is_date,
    is_edited,
    is_essential,
    is_place,
    is_within,
    part,
    same_group,
    value_of,
)
from bibtools.merge.values import Conflict, Outcome, Side
from bibtools.model import Entry, Field

Reason = Literal["settings", "record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is new since the base was rendered: the record, the settings, both or neither.

    `offered` is what upstream said while groups were pending, `kept` which of these only the settings changed.
    """

    record: bool = False
    settings: bool = False
    offered: Entry | None = None
    kept: frozenset[str] = frozenset()


def undecided(name: str) -> Side | None:
    """No side named for any field."""
    return None


def merge_owned(
    base: Entry,
    ours: Entry,
    theirs: Entry,
    *,
    change: Change,
    stands: Callable[[Field], bool],
    removed: Iterable[str] = (),
    side: Callable[[str], Side | None] = undecided,
) -> Outcome:
    """Merge an entry that bibtools wrote, group by group.

    A group as it was written takes its new rendering. An edited one stays: with its base where only the settings
    changed, as a conflict where the record says a third thing. A field goes only if what it said stands in the new
    group or, which `stands` tells, in the record. `removed` are fields that the user took out before; they stay
    away. `side` says whose value to take for a field in conflict. The citation key is not merged.
    """
    merge = _Merge(base=base, ours=ours, theirs=theirs, change=change, stands=stands, side=side)
    merge.remember_removed(removed)
    for group in dict.fromkeys(merge.groups.values()):
        merge.settle(group)
    return merge.outcome()


@dataclass(slots=True, kw_only=True)
class _Merge:
    """One merge in the making; fields are by biblatex's names."""

    base: Entry
    ours: Entry
    theirs: Entry
    change: Change
    stands: Callable[[Field], bool]
    side: Callable[[str], Side | None]
    b: Fields = field(init=False)
    o: Fields = field(init=False)
    t: Fields = field(init=False)
    before: Fields | None = field(init=False)
    groups: Mapping[str, str] = field(init=False)
    removed: dict[str, None] = field(init=False, default_factory=dict)
    write: list[Field] = field(init=False, default_factory=list)
    remove: list[str] = field(init=False, default_factory=list)
    new_base: dict[str, Field] = field(init=False, default_factory=dict)
    kept: list[str] = field(init=False, default_factory=list)
    pending: bool = field(init=False, default=False)
    conflicts: list[Conflict] = field(init=False, default_factory=list)
    settled: list[Conflict] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.b, self.o, self.t = map(by_name, (self.base, self.ours, self.theirs))
        self.before = None if self.change.offered is None else by_name(self.change.offered)
        self.groups = self._bundled(groups(self.b, self.o, {**(self.before or {}), **self.t}))

    def _bundled(self, made: dict[str, str]) -> dict[str, str]:
        """Date and id change with the place where the work is published: where the place stays, so do they."""
        container, new = container_of(self.b), container_of(self.t)
        if says(container, new) == "same" or not self._edited(PLACE, made):
            return made
        return {name: PLACE if group in (DATE, ARXIV) else group for name, group in made.items()}

    def _parts(self, group: str, made: Mapping[str, str]) -> list[dict[str, Field]]:
        return [part(fields, made, group) for fields in (self.b, self.o, self.t)]

    def _edited(self, group: str, made: Mapping[str, str]) -> bool:
        base, ours, theirs = self._parts(group, made)
        return is_edited(group, base, ours, theirs)

    def remember_removed(self, earlier: Iterable[str]) -> None:
        gone = [name for name in dict.fromkeys((*earlier, *self.b)) if name not in self.o]
        self.removed = {name: None for name in gone if not is_essential(name)}

    def settle(self, group: str) -> None:
        base, ours, theirs = self._parts(group, self.groups)
        if base == theirs:
            self.new_base.update(base)
        elif not is_edited(group, base, ours, theirs):
            self._apply(group, base, ours, theirs)
        elif self._reason(group, base, theirs) == "settings":
            self._keep(group, base)
            self.kept.append(group)
        else:
            self._dispute(group, base, ours, theirs)

    def _keep(self, group: str, base: Fields) -> None:
        self.new_base.update(base)
        self.pending = True

    def _reason(self, group: str, base: Fields, theirs: Fields) -> Reason:
        """Whether the settings alone made the new group differ from the base."""
        names = {ARXIV, PLACE, group} if group == PLACE else {group}
        kept = bool(self.change.kept & names)
        before = None if self.before is None else part(self.before, self.groups, group)
        if before is not None and not kept and not same_group(group, base, before):
            return "record"
        if not self.change.record:
            return "settings"
        if self.change.settings:
            return "settings" if same_group(group, base, theirs) else "record"
        return "settings" if before is not None and kept and same_group(group, before, theirs) else "record"

    def _apply(self, group: str, base: Fields, ours: Fields, theirs: Fields) -> None:
        """The new rendering; what is written otherwise though it says the same comes where nobody touched it."""
        for name, new in theirs.items():
            mine = ours.get(name)
            self.new_base[name] = new
            if mine is None:
                if name not in self.removed:
                    self.write.append(new)
            elif mine.name != new.name:
                self._take_out(mine)
                self.write.append(new)
            elif value_of(mine) != value_of(new) or (mine == base.get(name) and mine != new):
                self.write.append(new)
        replaced = container_of(theirs) is not None and says(container_of(base), container_of(theirs)) == "another"
        replaced |= group == DATE and is_within(ours, theirs)
        for name, old in base.items():
            if name in theirs or name not in ours:
                continue
            if replaced or self._may_go(name, ours, theirs):
                self._take_out(ours[name])
            else:
                self.new_base[name] = old

    def _may_go(self, name: str, ours: Fields, theirs: Fields) -> bool:
        if holds_only_id(ours, name):
            return any(n == "eprint" or holds_only_id(theirs, n) for n in theirs) or self.stands(ours[name])
        return self.stands(ours[name])

    def _take_out(self, mine: Field) -> None:
        self.remove.append(mine.name)

    def _dispute(self, group: str, base: Fields, ours: Fields, theirs: Fields) -> None:
        """The fields in which ours and theirs differ are in conflict, until a side is named for one of them."""
        names = [
            name
            for name in dict.fromkeys((*theirs, *base))
            if value_of(ours.get(name)) != value_of(theirs.get(name))
            and (ours.get(name) != base.get(name) or is_place(name) or is_date(name))
        ]
        conflicts = [
            Conflict(key=self.ours.key, field=self._shown(n), base=_text(base, n), ours=_text(ours, n),
                     theirs=_text(theirs, n))
            for n in names
        ]  # fmt: skip
        sides = [side for conflict in conflicts if (side := self.side(conflict.field)) is not None]
        if not sides:
            self._keep(group, base)
            self.conflicts += conflicts
            return
        self.settled += conflicts
        if sides[0] == "theirs":
            self._apply(group, base, ours, theirs)
        else:
            self.new_base.update(theirs)

    def _shown(self, name: str) -> str:
        """What the field is called in the file, or would be."""
        return next(f[name].name for f in (self.o, self.t, self.b) if name in f)

    def outcome(self) -> Outcome:
        kind = next((f.value for f in self.write if f.name == TYPE), None)
        ordered = [name for name in (*self.t, *self.b) if name in self.new_base and name != TYPE]
        return Outcome(
            base=Entry(
                entry_type=self.new_base[TYPE].value,
                key=self.ours.key,
                fields=tuple(self.new_base[name] for name in dict.fromkeys(ordered)),
            ),
            offered=Entry(entry_type=self.theirs.entry_type, key=self.ours.key, fields=self.theirs.fields)
            if self.pending
            else None,
            entry_type=kind,
            write=tuple(f for f in self.write if f.name != TYPE),
            remove=tuple(dict.fromkeys(self.remove)),
            kept=tuple(sorted(self.kept)),
            removed=tuple(sorted(self.removed)),
            conflicts=tuple(self.conflicts),
            settled=tuple(self.settled),
        )


def _text(fields: Fields, name: str) -> str | None:
    return fields[name].value if name in fields else None
