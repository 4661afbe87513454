"""Three-way merge of the lock: each mention, each record and each base by itself.

Nearly everything in a lock can be found out again, so there is little to quarrel about: of two answers about one
record the newer one counts, and an answer counts more than none. What a user decided counts more than what was
found. Two users who decided differently about one mention are a conflict: nobody but them can settle that.

Two records with one citation key are not a conflict *here*: keys belong to the `.bib` files, where one key with
two papers is one. The record whose key never stood in a target gets another; where both did, theirs gets another
in the lock until the files say under which key they hold it, and a warning says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from bibtools import citekeys
from bibtools.errors import Problem
from bibtools.lock import Base, Lock, LockedMention, LockedRecord
from bibtools.model import Candidate, Evidence, Resolution

_T = TypeVar("_T")
_DECIDED = ("pinned", "ignored")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedLock:
    """The merged lock. `theirs` is the same one with their side of every conflict; `conflicts` are digests."""

    lock: Lock
    theirs: Lock
    conflicts: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def merge(base: Lock, ours: Lock, theirs: Lock) -> MergedLock:
    """Merge three locks; an unknown base is an empty one, and then nothing counts as removed."""
    conflicts: list[str] = []
    problems: list[Problem] = []
    mentions = _merged(
        base.mentions,
        ours.mentions,
        theirs.mentions,
        lambda digest, b, o, t: _mention(digest, b, o, t, conflicts, problems),
    )
    records = _merged(base.records, ours.records, theirs.records, _record)
    newer = {i for i in records if _is_newer(ours.records.get(i), theirs.records.get(i))}
    targets = {
        path: _merged(
            base.targets.get(path, {}),
            ours.targets.get(path, {}),
            theirs.targets.get(path, {}),
            lambda record_id, b, o, t: t if record_id in newer else o,
        )
        for path in sorted({*ours.targets, *theirs.targets})
        if not _gone(path, base, ours, theirs)
    }
    chosen = {digest: theirs.mentions[digest] for digest in conflicts}
    for record_id in _named([*mentions.values(), *chosen.values()], targets):
        held = ours.records.get(record_id) or theirs.records.get(record_id)
        if record_id not in records and held is not None:
            records[record_id] = held
    records = _with_own_keys(records, ours, theirs, problems)
    generated = _merged(base.generated, ours.generated, theirs.generated, lambda path, b, o, t: o)
    merged = Lock(mentions=mentions, records=records, targets=targets, generated=generated)
    return MergedLock(
        lock=merged,
        theirs=replace(merged, mentions={**mentions, **chosen}),
        conflicts=tuple(sorted(conflicts)),
        problems=tuple(problems),
    )


def _merged(
    base: Mapping[str, _T],
    ours: Mapping[str, _T],
    theirs: Mapping[str, _T],
    settle: Callable[[str, _T | None, _T, _T], _T],
) -> dict[str, _T]:
    """Each member by itself; `settle` is asked where both sides changed it, and neither removed it."""
    result: dict[str, _T] = {}
    for name in dict.fromkeys((*ours, *theirs)):
        was, mine, come = base.get(name), ours.get(name), theirs.get(name)
        if mine is None or come is None:
            present = mine if come is None else come
            chosen = None if present == was else present
        elif come in (was, mine):
            chosen = mine
        elif mine == was:
            chosen = come
        else:
            chosen = settle(name, was, mine, come)
        if chosen is not None:
            result[name] = chosen
    return result


def _gone(path: str, base: Lock, ours: Lock, theirs: Lock) -> bool:
    """Whether one side gave a target up and the other did not touch it."""
    held = [side.targets[path] for side in (ours, theirs) if path in side.targets]
    return len(held) == 1 and held[0] == base.targets.get(path)


# --- mentions ---------------------------------------------------------------------------------------------


def _mention(
    digest: str,
    base: LockedMention | None,
    ours: LockedMention,
    theirs: LockedMention,
    conflicts: list[str],
    problems: list[Problem],
) -> LockedMention:
    """Decisions before answers, answers before none; two answers are none, with both as candidates."""
    mine, come = ours.resolution, theirs.resolution
    if (mine.state, mine.id) == (come.state, come.id):
        return ours
    decided = [side for side in (mine, come) if side.state in _DECIDED]
    if len(decided) == 2:
        if base is not None and base.resolution.state in _DECIDED:
            same = (base.resolution.state, base.resolution.id)
            if same in ((mine.state, mine.id), (come.state, come.id)):
                return theirs if (mine.state, mine.id) == same else ours
        conflicts.append(digest)
        problems.append(_contradiction(ours, theirs))
        return ours
    if decided:
        return ours if mine.state in _DECIDED else theirs
    if come.state == "unresolved":
        return ours
    if mine.state == "unresolved":
        return theirs
    return replace(ours, resolution=_undecided(mine, come))


def _contradiction(ours: LockedMention, theirs: LockedMention) -> Problem:
    says = [
        f"pinned to {side.resolution.id}" if side.resolution.id else side.resolution.state
        for side in (ours, theirs)
    ]
    return Problem(
        severity="error",
        code="lock-conflict",
        message=f'"{ours.text}" is {says[0]} on one side and {says[1]} on the other',
        hint="keep one side between the conflict markers in the lock, or take one with: git checkout --ours",
    )


def _undecided(ours: Resolution, theirs: Resolution) -> Resolution:
    """Two sides found two papers: no paper is guessed, so both are candidates."""
    found = {side.id: side.evidence for side in (ours, theirs) if side.id}
    candidates = [Candidate(id=i, title="", score=_score(evidence)) for i, evidence in found.items()]
    known = {c.id: c for side in (ours, theirs) for c in side.candidates}
    merged = {**{c.id: c for c in candidates}, **known}
    ordered = sorted(merged.values(), key=lambda c: (-c.score, c.id))
    return Resolution(digest=ours.digest, state="unresolved", candidates=tuple(ordered))


def _score(evidence: Evidence | None) -> float:
    return evidence.score if evidence is not None and evidence.score is not None else 0.0


# --- records ----------------------------------------------------------------------------------------------


def _is_newer(ours: LockedRecord | None, theirs: LockedRecord | None) -> bool:
    """Whether their answer about a record is the newer one. `retrieved` is UTC in ISO 8601: it sorts as text."""
    if ours is None or theirs is None:
        return False
    return theirs.record.retrieved > ours.record.retrieved


def _record(_: str, base: LockedRecord | None, ours: LockedRecord, theirs: LockedRecord) -> LockedRecord:
    """The newer answer, our key unless only they changed it, all earlier keys as aliases."""
    only_theirs = base is not None and ours.key == base.key
    key, other = (theirs.key, ours.key) if only_theirs else (ours.key, theirs.key)
    aliases = dict.fromkeys((*ours.aliases, *theirs.aliases, other))
    record, older = (theirs.record, ours.record) if _is_newer(ours, theirs) else (ours.record, theirs.record)
    return LockedRecord(
        key=key,
        record=replace(record, source=record.source or older.source),
        aliases=tuple(alias for alias in aliases if alias and alias != key),
    )


def _named(mentions: Iterable[LockedMention], targets: Mapping[str, Mapping[str, Base]]) -> Iterable[str]:
    """The ids that something in the lock leads to: their records must be there."""
    yield from (locked.resolution.id for locked in mentions if locked.resolution.id)
    for bases in targets.values():
        yield from bases


def _with_own_keys(
    records: Mapping[str, LockedRecord], ours: Lock, theirs: Lock, problems: list[Problem]
) -> dict[str, LockedRecord]:
    """The records, each with a key that no other one has."""
    holders: dict[str, list[str]] = {}
    for record_id, locked in records.items():
        if locked.key:
            holders.setdefault(locked.key.casefold(), []).append(record_id)
    written = {i for lock in (ours, theirs) for bases in lock.targets.values() for i in bases}
    result = dict(records)
    taken = {locked.key: i for i, locked in records.items() if locked.key}
    for ids in holders.values():
        if len(ids) < 2:
            continue
        ids.sort(key=lambda i: (i not in written, i not in ours.records, i))
        taken[records[ids[0]].key] = ids[0]
        for record_id in ids[1:]:
            locked = records[record_id]
            free = {key: i for key, i in taken.items() if i != record_id} | {locked.key: ids[0]}
            earlier = {k.casefold() for i, r in records.items() if i != record_id for k in r.aliases}
            key = citekeys.assign([locked.record], free, reserved=earlier)[record_id]
            taken[key] = record_id
            result[record_id] = replace(locked, key=key)
            problems.append(_clash(locked.key, ids[0], record_id, key, record_id in written))
    return result


def _clash(key: str, first: str, second: str, new: str, was_written: bool) -> Problem:
    message = f'the key "{key}" is {first} on one side and {second} on the other: {second} is "{new}" now'
    hint = "give one of the two entries another key in the .bib; bibtools sync adopts it" if was_written else None
    return Problem(
        severity="warning" if was_written else "info", code="lock-key-clash", message=message, hint=hint, key=key
    )
