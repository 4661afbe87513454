"""`bibtools sync`."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bibtools.cli import documents
from bibtools.cli.asking import asking
from bibtools.cli.session import Session, unreadable_code
from bibtools.config import GENERATED, Target
from bibtools.errors import ExitCode, Problem, ServiceError, UsageError
from bibtools.lock import Lock
from bibtools.plan import Choices, Preference, TargetPlan
from bibtools.report import count, printable, render
from bibtools.workflow import cited, follow, gather, resolve, unchanged
from bibtools.workflow import status as state
from bibtools.workflow import sync as work
from bibtools.workflow.asking import Asker
from bibtools.workflow.library import unresolved
from bibtools.workflow.naming import record_named
from bibtools.workflow.project import Project, read_lock
from bibtools.workflow.told import Warnings, warnings
from bibtools.workflow.turn import alone

_TARGETS = (".bib", *GENERATED)
_PATIENCE = 10.0  # seconds for entries that a sync can do without


def run(
    session: Session,
    *,
    names: Sequence[str],
    check: bool,
    diff: bool,
    prune: bool,
    published: bool,
    restore: bool,
    rerender: bool,
    prefer: Sequence[str] = (),
) -> int:
    """Bring the targets up to date, or with `check` say whether they are."""
    project = session.own_project
    asked = {"published": published, "restore": restore, "rerender": rerender}
    everyday = not (names or diff or prune or prefer or any(asked.values()) or session.as_json or session.verbose)
    seen = unchanged.look(project, os.environ) if everyday else None
    keys = _keys(names, [flag for flag, given in asked.items() if given])
    choices = Choices(prune=prune, prefer=tuple(map(Preference.parse, prefer)))
    targets = _targets(project, [name for name in names if name not in keys])
    held, old = read_lock(project)
    before = held
    session.offline |= check  # what the lock lacks is told, not looked up
    found = gather.from_project(project)
    session.problems.extend(found.problems)
    with asking(session) as asker, ExitStack() as turn:
        held = _resolved(session, found, held, asker)
        if not check:  # only now: nobody is to wait while arXiv is asked
            turn.enter_context(alone(project, os.environ))
            again, now = read_lock(project)
            if now != old:  # another run was quicker; what was answered is in the cache
                held, old = _resolved(session, found, again, asker), now
        choices = _with_keys(choices, asked, [record_named(key, held) for key in keys], every=not keys)
        choices = replace(choices, incomplete=not found.is_complete)
        drafted = work.plan(project, held, old, found.mentions, targets=targets, choices=choices)
        _check_preferences(choices.prefer, drafted)
        _show_handed_over(session, drafted, diff=diff)
        if not check:
            written = work.apply(project, drafted, os.environ)
            session.problems.extend(_to_stage(written))
        seen = None if asker.asked else seen
    told = warnings(found.mentions, drafted.lock, before)
    return _report(session, found, drafted, told, check=check, diff=diff, seen=seen)


def _keys(names: Sequence[str], flags: Sequence[str]) -> list[str]:
    """Those of the names that are citation keys; UsageError (`keys-of-what`) where several flags take them."""
    keys = [name for name in names if flags and not name.lower().endswith(_TARGETS)]
    if keys and len(flags) > 1:
        hint = f"give --{flags[0]} and --{flags[1]} in a run each"
        raise UsageError("keys-of-what", f"what is to be done with {keys[0]}?", hint=hint)
    return keys


def _with_keys(choices: Choices, asked: Mapping[str, bool], ids: Sequence[str], *, every: bool) -> Choices:
    """The choices with what the flags ask for: about the records `ids`, or about every one."""
    named = {flag: frozenset(ids) if given and not every else frozenset[str]() for flag, given in asked.items()}
    return replace(
        choices,
        published=named["published"],
        published_all=asked["published"] and every,
        restore=named["restore"],
        restore_all=asked["restore"] and every,
        hand_over=named["rerender"],
        rerender=asked["rerender"] and every,
    )


def _show_handed_over(session: Session, drafted: work.SyncPlan, *, diff: bool) -> None:
    """What becomes of entries that the user hands over, before it is done."""
    for plan in drafted.targets:
        if plan.handed_over and not diff and not session.as_json:
            session.write(work.diff(plan))
        for handed in plan.handed_over:
            kept = f"; it keeps {', '.join(handed.kept)} as you wrote it" if handed.kept else ""
            session.remark(f"{handed.key} follows its record and your settings from now on{kept}")


def _to_stage(written: Sequence[str]) -> list[Problem]:
    """What to do where pre-commit, which says so in the environment, runs this before a commit.

    It puts what is not staged aside. Where this run changed the same files it takes the changes back, every time.
    """
    if not written or not os.environ.get("PRE_COMMIT"):
        return []
    names = " ".join(map(shlex.quote, written))
    message = f"{', '.join(written)} changed, which belongs to the commit"
    hint = f"stage it and commit again: git add {names}; above all where pre-commit rolls the change back"
    return [Problem(severity="warning", code="not-staged", message=message, hint=hint)]


def _resolved(session: Session, found: gather.Gathered, held: Lock, asker: Asker) -> Lock:
    """The lock with what the mentions are, and, if arXiv answers soon, what entries of the targets name."""
    project = session.project
    held = resolve.resolve(found.mentions, held, project, asker)
    asker.hurry(_PATIENCE)
    try:
        return follow.ask(project, found.mentions, held, asker)
    except ServiceError as error:
        session.problems.append(replace(error.problem, severity="warning"))
        return held


def _check_preferences(preferences: Sequence[Preference], drafted: work.SyncPlan) -> None:
    """UsageError (`no-such-conflict`) for an entry or field named that is not in conflict: a slip would pass."""
    settled = [conflict for plan in drafted.targets for conflict in plan.settled]
    known = {None, *(c.key for c in settled), *(f"{c.key}.{c.field}" for c in settled)}
    for preference in preferences:
        if preference.what not in known:
            message = f'"{preference.what}" is not in conflict'
            raise UsageError("no-such-conflict", message, hint="bibtools status lists the conflicts")


def _targets(project: Project, names: Sequence[str]) -> list[Target]:
    """The targets named: configured ones, or any other `.bib` with the first target's settings."""
    configured = project.settings.targets
    if not names:
        return list(configured)
    chosen = []
    for name in names:
        path = project.relative(Path(name).absolute())
        known = next((target for target in configured if path == Path(target.path).as_posix()), None)
        if known is None and not name.lower().endswith(".bib"):
            hint = "give a .bib file; with --restore also citation keys"
            raise UsageError("no-such-target", f'"{name}" is no target', hint=hint)
        chosen.append(known or replace(project.settings.first_bib or Target(), path=path))
    return chosen


def _report(
    session: Session,
    found: gather.Gathered,
    drafted: work.SyncPlan,
    told: Warnings,
    *,
    check: bool,
    diff: bool,
    seen: unchanged.Seen | None,
) -> int:
    session.problems.extend((*told.fresh, *(told.lacking if check else ())))
    session.counted.extend((*told.known, *(() if check else told.lacking)))
    unknown = follow.problems(drafted.followed, drafted.lock)
    session.problems.extend(unknown)
    for plan in drafted.targets:
        session.problems.extend(state.target_problems(plan))
    gone = any(plan.missing for plan in drafted.targets)
    needed = cited.missing(session.project, drafted.targets) if gone and session.strict else ()
    session.problems.extend(needed)
    if session.as_json:
        session.document(targets=[documents.target(plan, with_diff=diff) for plan in drafted.targets])
    elif diff:
        for plan in drafted.targets:
            session.write(work.diff(plan))
    open_ones = unresolved(found.mentions, drafted.lock)
    unsettled = bool(open_ones) or any(plan.conflicts for plan in drafted.targets)
    unsettled |= any(problem.code.endswith("-conflict-markers") for problem in session.problems)
    attention = (check and drafted.changed) or (session.strict and (unsettled or bool(needed)))
    code = ExitCode.ATTENTION if attention else ExitCode.DONE
    if drafted.refused:
        edited = all(problem.code == "generated-edited" for problem in drafted.refused)
        code = ExitCode.NOT_WRITTEN if edited else ExitCode.UNUSABLE_FILE
    summary = "; ".join(_summary(plan, check=check) for plan in drafted.targets)
    if drafted.notes is not None:
        summary = f"{session.project.settings.add_to}: merged; {summary}"
    summary += told.summary
    lasts = not gone and not unknown and _lasts(session, drafted)  # what cites the missing ones is not observed
    if seen is not None and lasts:
        said = {"summary": printable(summary), "warnings": render(session.problems)}
        unchanged.keep(session.project, seen, os.environ, unsettled=unsettled, **said)
    return session.finish(unreadable_code(found.failed, code), summary)


def _lasts(session: Session, drafted: work.SyncPlan) -> bool:
    """Whether the next run does and says the same: nothing changed, and nothing is to be looked at again.

    Errors are: what is made of a file that git left in conflict depends on git too.
    """
    if drafted.changed or any(problem.severity == "error" for problem in session.problems):
        return False
    return drafted.new_lock == drafted.old_lock


def _summary(plan: TargetPlan, *, check: bool) -> str:
    settled = f"{count(len(plan.settled), 'conflict')} settled" if plan.settled else ""
    if plan.refused is not None:
        return f"{plan.path} was left alone"
    if any(problem.code == "bib-conflict-markers" for problem in plan.problems):
        return f"{plan.path}: conflict markers are left; settle them first"
    if not plan.changed:
        return f"{plan.path} is current" + (f", {settled}" if settled else "")
    changes = [(len(plan.added), "added"), (len(plan.updated), "updated"), (len(plan.removed), "removed")]
    said = ", ".join([f"{number} {word}" for number, word in changes if number] + ([settled] if settled else []))
    said = said or ("merged" if b"<<<" in (plan.old or b"") else "generated")
    return f"{plan.path}: {said}" + (" (not written: --check)" if check else "")
