"""The state of a project: what is resolved, what is open, what disagrees. Nothing is fetched or written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bibtools import report
from bibtools.errors import Place, Problem
from bibtools.identify import record_flags
from bibtools.lock import Lock
from bibtools.model import Candidate, Mention
from bibtools.plan import Choices, TargetPlan
from bibtools.render import differs
from bibtools.workflow import follow, gather, own_works, sync
from bibtools.workflow.library import is_open, resolution_of, unresolved, wanted
from bibtools.workflow.own_works import OwnWork
from bibtools.workflow.project import Project
from bibtools.workflow.standing import holders


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """`places` and `flags` are by record id; `open_mentions` are numbered as `resolve` and `pin` take them.

    `own` are the user's own works in the first `.bib`.
    """

    mentions: tuple[Mention, ...]
    held: Lock
    places: Mapping[str, tuple[str, ...]]
    flags: Mapping[str, tuple[str, ...]]
    open_mentions: tuple[Mention, ...]
    targets: sync.SyncPlan
    problems: tuple[Problem, ...]
    own: tuple[OwnWork, ...] = ()
    failed: tuple[str, ...] = ()

    @property
    def waiting(self) -> bool:
        """Whether something in a target waits for a decision: a conflict, an entry that disappeared, markers."""
        marked = any(problem.code == "bib-conflict-markers" for problem in self.problems)
        return marked or any(plan.conflicts or plan.missing for plan in self.targets.targets)


def places_of(mentions: Sequence[Mention], held: Lock) -> dict[str, tuple[str, ...]]:
    """Record id → `file:line` of each of its mentions, for every record that is mentioned."""
    found: dict[str, list[str]] = {i: [] for i in wanted(mentions, held)}
    for mention in mentions:
        resolution = resolution_of(mention, held)
        if resolution.id in found:
            found[resolution.id].append(f"{mention.source}:{mention.line}")
    return {i: tuple(where) for i, where in found.items()}


def flags_of(
    mentions: Sequence[Mention], held: Lock, missing: Sequence[str] = (), *, users: Collection[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Record id → what is odd about the record or how it was written down, and whether its entry is the user's.

    `users` are the ids of the records of which the user wrote an entry, mentioned or not.
    """
    ids = dict.fromkeys((*wanted(mentions, held), *sorted(users)))
    flags = {i: list(record_flags(held.records[i].record)) for i in ids if i in held.records}
    for record_id, found in flags.items():
        if differs(held.records[record_id].record):
            found.append("differs")
    for mention in mentions:
        resolution = resolution_of(mention, held)
        if resolution.id in flags:
            flags[resolution.id] += [p.code for p in resolution.problems if p.code == "contradicted"]
    for record_id, locked in held.records.items():
        if record_id in flags and locked.key in missing:
            flags[record_id].append("missing")
        if record_id in users:
            flags[record_id].append("user")
    return {i: tuple(dict.fromkeys(found)) for i, found in flags.items()}


def mention_problems(mentions: Sequence[Mention], held: Lock, *, given: bool = False) -> list[Problem]:
    """What `lock` found about the mentions, each with the place where it now stands.

    With `given` they are words of the command line, which `resolve` cannot settle.
    """
    problems = []
    for mention in mentions:
        resolution = resolution_of(mention, held)
        where = Place(file=mention.source, line=mention.line, column=1)
        locked = held.records.get(resolution.id) if resolution.id else None
        key = locked.key if locked else None
        found = [replace(p, where=where, key=p.key or key) for p in resolution.problems]
        if is_open(resolution, held) and not found:
            found = [_unresolved(mention, held, where)]
        if is_open(resolution, held) and resolution.candidates:
            found = [replace(p, hint=_choose(mention, resolution.candidates, given=given)) for p in found]
        problems += found
    return problems


def _choose(mention: Mention, candidates: Sequence[Candidate], *, given: bool) -> str:
    if given:
        return f"name it by its id: {' or '.join(one.id.removeprefix('arxiv:') for one in candidates[:3])}"
    number = report.count(len(candidates), "candidate")
    return f"{number}; settle it with: bibtools resolve {mention.source}:{mention.line}"


def _unresolved(mention: Mention, held: Lock, where: Place) -> Problem:
    if mention.digest not in held.mentions or resolution_of(mention, held).state == "pinned":
        message, hint = "not looked up yet", "run: bibtools lock"
    else:
        message, hint = "no paper is known to be meant here", "add its arXiv id to the notes"
    return Problem(severity="warning", code="unresolved", message=message, where=where, hint=hint)


def record_problems(mentions: Sequence[Mention], held: Lock, flags: Mapping[str, Sequence[str]]) -> list[Problem]:
    """What is odd about the records themselves, at their first mention; not what a mention's own problem says."""
    messages = {
        "withdrawn": "arXiv says that this paper has been withdrawn",
        "differs": "its source says another place or year of publication than arXiv and is shown (bibtools why)",
        "incomplete-authors": "arXiv's author list is incomplete: the entry ends in “and others”",
    }
    problems = []
    told: set[tuple[str, str]] = set()
    for mention in mentions:
        resolution = resolution_of(mention, held)
        told |= {(resolution.id or "", problem.code) for problem in resolution.problems}
    for mention in mentions:
        record_id = resolution_of(mention, held).id or ""
        for flag in flags.get(record_id, ()):
            if flag in messages and (record_id, flag) not in told:
                told.add((record_id, flag))
                key = held.records[record_id].key
                message = f"{key} ({record_id}): {messages[flag]}"
                where = Place(file=mention.source, line=mention.line, column=1)
                problems.append(Problem(severity="warning", code=flag, message=message, where=where, key=key))
    return problems


def status(project: Project, gathered: gather.Gathered, held: Lock, old_lock: bytes | None) -> Status:
    """Where everything stands, from the sources, the lock and the targets as they are now."""
    mentions = gathered.mentions
    choices = Choices(incomplete=not gathered.is_complete)
    targets = sync.plan(project, held, old_lock, mentions, choices=choices)
    missing = [key for plan in targets.targets for key in plan.missing]
    followed = targets.followed
    flags = flags_of(mentions, held, missing, users=follow.users(targets.lock, followed))
    for plan in targets.targets:
        for record_id, found in plan.flags.items():
            flags[record_id] = tuple(dict.fromkeys((*flags.get(record_id, ()), *found)))
    problems = [
        *gathered.problems,
        *mention_problems(mentions, held),
        *record_problems(mentions, held, flags),
        *follow.answers(followed, held),
        *follow.problems(followed, held),
        *(problem for plan in targets.targets for problem in target_problems(plan)),
    ]
    return Status(
        mentions=mentions,
        held=held,
        places=places_of(mentions, held) | follow.places(followed),
        flags=flags,
        open_mentions=tuple(unresolved(mentions, held)),
        targets=targets,
        problems=report.in_order(problems),
        own=_own(project, held, targets.targets),
        failed=gathered.failed,
    )


def _own(project: Project, held: Lock, plans: Sequence[TargetPlan]) -> tuple[OwnWork, ...]:
    """The user's own works in the first `.bib`, with the places where they stand now."""
    first = project.settings.first_bib
    plan = next((plan for plan in plans if first is not None and plan.path == first.path), None)
    if plan is None or plan.old is None or plan.refused is not None:
        return ()
    return own_works.of(holders(plan, held, plan.old)).works


def target_problems(plan: TargetPlan) -> list[Problem]:
    """What a target's plan has to say: its own problems, conflicts, entries that are gone or mentioned nowhere."""
    where = Place(file=plan.path)
    problems = list(plan.problems)
    for conflict in plan.conflicts:
        message = (
            f"{conflict.key}: {conflict.field} was changed both here ({_shown(conflict.ours)}) and upstream "
            f"({_shown(conflict.theirs)}); yours stands"
        )
        hint = f"settle it with: bibtools sync --prefer ours={conflict.key}.{conflict.field}, or theirs=…"
        problems.append(
            Problem(severity="warning", code="conflict", message=message, where=where, key=conflict.key, hint=hint)
        )
    for key in plan.missing:
        message = f'entry "{key}" was here before and is gone'
        hint = f"bring it back with: bibtools sync --restore {key}, or accept it with: bibtools remove {key}"
        problems.append(
            Problem(severity="warning", code="missing", message=message, where=where, key=key, hint=hint)
        )
    for key in plan.orphaned:
        message = f'entry "{key}" is mentioned nowhere any more'
        prunes = "remove such entries with: bibtools sync --prune"
        hint = prunes if key in plan.prunable else f"sync --prune leaves it; to take it out: bibtools remove {key}"
        problems.append(
            Problem(severity="warning", code="orphaned", message=message, where=where, key=key, hint=hint)
        )
    return problems


def _shown(value: str | None) -> str:
    return "removed" if value is None else f'"{value}"'
