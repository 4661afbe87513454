"""Bringing the targets up to date: plan them all, then write them and the lock."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from functools import partial

from bibtools import files, lock
from bibtools.config import Target
from bibtools.errors import Place, Problem, UnusableFileError
from bibtools.lock import Lock
from bibtools.model import Mention
from bibtools.plan import Choices, TargetPlan, plan_target, verified
from bibtools.workflow import conflicted, follow, resolve, unfinished
from bibtools.workflow.cited import Cited, cited_for, keys_in, keys_in_file, needed, nowhere
from bibtools.workflow.generated import plan_generated
from bibtools.workflow.library import given_up, sources_of
from bibtools.workflow.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPlan:
    """The plans of the targets and the lock that goes with them; `old_lock` are its bytes now.

    `notes` are the bytes before and after of the file that `add` writes to, where git left markers in it.
    `followed` is what the user's entries in the `.bib` targets name.
    """

    targets: tuple[TargetPlan, ...]
    lock: Lock
    old_lock: bytes | None
    notes: tuple[bytes, bytes] | None = None
    followed: tuple[follow.Followed, ...] = ()

    @property
    def new_lock(self) -> bytes:
        """The lock's bytes afterwards."""
        return _rendered(self.lock)

    @property
    def changed(self) -> bool:
        """Whether the bytes of a target, or of the list of papers, would change."""
        return self.notes is not None or any(target.changed for target in self.targets)

    @property
    def refused(self) -> tuple[Problem, ...]:
        """Why files were left alone: they cannot be edited, or were generated and then edited by hand."""
        return tuple(target.refused for target in self.targets if target.refused is not None)


def plan(
    project: Project,
    held: Lock,
    old_lock: bytes | None,
    mentions: Sequence[Mention],
    *,
    targets: Sequence[Target] | None = None,
    choices: Choices | None = None,
) -> SyncPlan:
    """What a sync would do about the mentions; nothing is written. A file that cannot be edited stops no other.

    InternalError where a plan does not stand the proof.
    """
    targets = project.settings.targets if targets is None else targets
    choices = replace(choices or Choices(), accepted=given_up(mentions, held))
    if not _is_answered(mentions, held):
        choices = replace(choices, incomplete=True)
    sources = sources_of(mentions, held)
    wanted = tuple(sources)
    first = project.settings.first_bib
    plans: dict[str, TargetPlan] = {}
    followed = {t.path: follow.of(project, held, mentions, t) for t in targets if t.generated is None}
    cited = {target.path: cited_for(project, target) for target in targets}
    for target in sorted(
        targets, key=lambda target: target.generated is not None
    ):  # those are made from the others
        cites = cited[target.path]
        try:
            old = files.read_if_there(project.root / target.path, name=target.path)
        except UnusableFileError as error:
            plans[target.path] = _unusable(target, held, None, error)
            continue
        if target.generated is not None:
            standing = plans[first.path].new if first is not None and first.path in plans else None
            ids = follow.library(project, held, mentions)
            made = plan_generated(project, target, held, ids, old, first=standing, sources=sources, cited=cites)
            drafted = made.plan
            if made.kept is not None:
                held = replace(held, generated={**held.generated, target.path: made.kept})
        else:
            bases = held.targets.get(target.path, {})
            ids = needed(cites, target, held, _wanted_in(bases, wanted, followed.values()))
            allowed = replace(choices, incomplete=True) if cites is not None and cites.problems else choices
            prove = partial(_proved, target, held, ids, followed[target.path], allowed)
            try:
                drafted = conflicted.planned(project.root, target.path, old, bases, prove)
            except UnusableFileError as error:
                plans[target.path] = _unusable(target, held, old, error)
                continue
            drafted = _without_gone(drafted, wanted)
            held = _with_plan(held, drafted, adopt_keys=target is first)
            told = _not_pruned(target, allowed)
            drafted = replace(drafted, problems=(*told, *drafted.problems))
        plans[target.path] = drafted
    records = [*wanted, *(i for each in followed.values() for i in each.records)]
    if any(cited.values()):
        _tell_cited(plans, cited, set(_keys(project, held, records, plans)))
    if choices.may_prune:
        held = _without_orphans(held, records)
    return SyncPlan(
        targets=tuple(plans[target.path] for target in targets),
        lock=held,
        old_lock=old_lock,
        notes=_notes(project),
        followed=tuple(followed.values()),
    )


def _wanted_in(bases: Collection[str], wanted: Sequence[str], followed: Iterable[follow.Followed]) -> list[str]:
    """What a target may hold: what is mentioned, and of what entries elsewhere name, only what it has already."""
    return list(dict.fromkeys((*wanted, *(i for each in followed for i in each.records if i in bases))))


def _tell_cited(plans: dict[str, TargetPlan], cited: Mapping[str, Cited | None], known: Collection[str]) -> None:
    """Put with each target's problems what is wrong with the files that cite, and which keys exist nowhere."""
    for path, cites in cited.items():
        told = (*cites.problems, *nowhere(cites, known)) if cites else ()
        plans[path] = replace(plans[path], problems=(*told, *plans[path].problems))


def _keys(project: Project, held: Lock, ids: Iterable[str], plans: Mapping[str, TargetPlan]) -> Iterator[str]:
    """The keys of records, earlier ones too, and all that the `.bib` targets hold."""
    for record_id in ids:
        yield held.records[record_id].key
        yield from held.records[record_id].aliases
    for target in project.settings.targets:
        if target.path in plans and target.generated is None:
            yield from keys_in(plans[target.path].new)
        elif target.generated is None:
            yield from keys_in_file(project.root / target.path)


def _notes(project: Project) -> tuple[bytes, bytes] | None:
    name = project.settings.add_to
    try:
        old = files.read_if_there(project.root / name, name=name)
    except UnusableFileError:  # told where the sources are read
        return None
    new = None if old is None else conflicted.noted(project.root, name, old)
    return None if old is None or new is None else (old, new)


def _is_answered(mentions: Sequence[Mention], held: Lock) -> bool:
    """Whether it is known of each mention what it is, or that nobody knows."""
    answered = resolve.answered(held).mentions
    return all(mention.digest in answered for mention in mentions)


def _not_pruned(target: Target, choices: Choices) -> tuple[Problem, ...]:
    if not (choices.prune and choices.incomplete):
        return ()
    message = "nothing was pruned: what is mentioned nowhere may be in a file that is missing or cannot be read"
    hint = "see the other warnings, then run it again; for one entry: bibtools remove KEY"
    where = Place(file=target.path)
    return (Problem(severity="warning", code="not-pruned", message=message, where=where, hint=hint),)


def _unusable(target: Target, held: Lock, old: bytes | None, error: UnusableFileError) -> TargetPlan:
    """A file that cannot be edited is left as it is, with all that the lock keeps for it; the others go on."""
    where = replace(error.problem.where, file=target.path)
    bases = held.targets.get(target.path, {})
    return TargetPlan(
        path=target.path,
        old=old,
        new=old or b"",
        bases=bases,
        keys={},
        refused=error.problem,
        problems=(error.problem.at(where),),
    )


def _proved(
    target: Target,
    held: Lock,
    wanted: Sequence[str],
    followed: follow.Followed,
    choices: Choices,
    old: bytes | None,
) -> TargetPlan:
    """The plan for what is wanted here and for the user's entries that are followed, which it only finds again."""
    ids = [*wanted, *(i for i in followed.records if i not in wanted)]
    drafted = plan_target(target, held, ids, old, choices)
    if strays := [i for i in ids[len(wanted) :] if drafted.keys.get(i) in drafted.added]:
        ids = [i for i in ids if i not in strays]
        drafted = plan_target(target, held, ids, old, choices)
    return verified(drafted, target, held, ids)


def _without_gone(drafted: TargetPlan, wanted: Sequence[str]) -> TargetPlan:
    """The plan, silent about entries that their user wrote and took away, and that no source mentions."""
    gone = {b.entry.key for i, b in drafted.bases.items() if i not in wanted and b.is_users}
    return replace(drafted, missing=tuple(key for key in drafted.missing if key not in gone))


def _with_plan(held: Lock, drafted: TargetPlan, *, adopt_keys: bool) -> Lock:
    """The lock with a target's new bases; a key the user renamed in the first target becomes the record's key."""
    records: Mapping[str, lock.LockedRecord] = held.records
    if adopt_keys:
        records = {i: _renamed(locked, drafted.keys.get(i, locked.key)) for i, locked in held.records.items()}
    return replace(held, records=records, targets={**held.targets, drafted.path: drafted.bases})


def _renamed(locked: lock.LockedRecord, key: str) -> lock.LockedRecord:
    if key in ("", locked.key):
        return locked
    aliases = dict.fromkeys((*locked.aliases, locked.key))
    return replace(locked, key=key, aliases=tuple(alias for alias in aliases if alias and alias != key))


def _without_orphans(held: Lock, wanted: Sequence[str]) -> Lock:
    kept = {*wanted, *(record_id for bases in held.targets.values() for record_id in bases)}
    return replace(held, records={i: locked for i, locked in held.records.items() if i in kept})


def apply(project: Project, drafted: SyncPlan, environ: Mapping[str, str]) -> list[str]:
    """Write what changed, the targets first, then the lock; the names of the files written.

    The order matters for a run that is killed between the two: a file ahead of its base says what upstream says,
    so the next run finds both equal; a base ahead of its file would make new entries look deleted.
    """
    written: list[str] = []
    if drafted.notes is not None:
        old, new = drafted.notes
        name = project.settings.add_to
        written += [name] if files.write(project.root / name, new, name=name, expected=old) else []
    changed = tuple(target for target in drafted.targets if target.changed and target.refused is None)
    with unfinished.noted(project, changed, drafted.old_lock, drafted.new_lock, environ):
        for target in changed:
            path = project.root / target.path
            did = files.write(path, target.new, name=target.path, expected=target.old)
            written += [target.path] if did else []
        return (
            [*written, project.settings.lock] if write_lock(project, drafted.lock, drafted.old_lock) else written
        )


def write_lock(project: Project, held: Lock, old: bytes | None) -> bool:
    """Write the lock if it changed; an empty lock is not begun."""
    if old is None and resolve.answered(held) == Lock():
        return False
    new = _rendered(held)
    return files.write(project.lock_path, new, name=project.relative(project.lock_path), expected=old)


def _rendered(held: Lock) -> bytes:
    return lock.render(resolve.answered(held)).encode("utf-8")


def diff(target: TargetPlan) -> str:
    """The change of one target as a unified diff."""
    old, new = (
        re.findall(r"[^\n]*\n|[^\n]+", (data or b"").decode("utf-8", "replace"))
        for data in (target.old, target.new)
    )
    lines = unified_diff(old, new, fromfile=f"a/{target.path}", tofile=f"b/{target.path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
