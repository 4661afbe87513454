"""`bibtools sync`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bibtools.cli import documents
from bibtools.cli.asking import asking
from bibtools.cli.session import Session, unreadable_code
from bibtools.config import GENERATED, Target
from bibtools.errors import ExitCode, UsageError
from bibtools.plan import Choices, Preference, TargetPlan
from bibtools.report import count, printable, render
from bibtools.workflow import gather, resolve, unchanged
from bibtools.workflow import status as state
from bibtools.workflow import sync as work
from bibtools.workflow.library import unresolved
from bibtools.workflow.naming import record_named
from bibtools.workflow.project import Project, read_lock
from bibtools.workflow.turn import alone

_TARGETS = (".bib", *GENERATED)


def run(
    session: Session,
    *,
    names: Sequence[str],
    check: bool,
    diff: bool,
    prune: bool,
    restore: bool,
    rerender: bool,
    prefer: Sequence[str] = (),
) -> int:
    """Bring the targets up to date, or with `check` say whether they are."""
    project = session.own_project
    choices = Choices(prune=prune, rerender=rerender, prefer=tuple(map(Preference.parse, prefer)))
    everyday = not (names or diff or restore or choices != Choices() or session.as_json or session.verbose)
    seen = unchanged.look(project, os.environ) if everyday else None
    keys = [name for name in names if restore and not name.lower().endswith(_TARGETS)]
    targets = _targets(project, [name for name in names if name not in keys])
    held, old = read_lock(project)
    found = gather.from_project(project)
    session.problems.extend(found.problems)
    with asking(session) as asker, ExitStack() as turn:
        held = resolve.resolve(found.mentions, held, project, asker)
        if not check:  # only now: nobody is to wait while arXiv is asked
            turn.enter_context(alone(project, os.environ))
            again, now = read_lock(project)
            if now != old:  # another run was quicker; what was answered is in the cache
                held, old = resolve.resolve(found.mentions, again, project, asker), now
        restored = frozenset(record_named(key, held) for key in keys)
        choices = replace(choices, restore=restored, restore_all=restore and not keys)
        drafted = work.plan(project, held, old, found.mentions, targets=targets, choices=choices)
        _check_preferences(choices.prefer, drafted)
        if not check:
            work.apply(project, replace(drafted, lock=resolve.answered(drafted.lock)))
        seen = None if asker.asked else seen
    return _report(session, found, drafted, check=check, diff=diff, seen=seen)


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
    *,
    check: bool,
    diff: bool,
    seen: unchanged.Seen | None,
) -> int:
    session.problems.extend(state.mention_problems(found.mentions, drafted.lock))
    for plan in drafted.targets:
        session.problems.extend(state.target_problems(plan))
    if session.as_json:
        session.document(targets=[documents.target(plan, with_diff=diff) for plan in drafted.targets])
    elif diff:
        for plan in drafted.targets:
            session.write(work.diff(plan))
    open_ones = unresolved(found.mentions, drafted.lock)
    unsettled = bool(open_ones) or any(plan.conflicts or plan.missing for plan in drafted.targets)
    unsettled |= any(problem.code == "bib-conflict-markers" for problem in session.problems)
    attention = (check and drafted.changed) or (session.strict and unsettled)
    code = ExitCode.ATTENTION if attention else ExitCode.DONE
    if drafted.refused:
        edited = all(problem.code == "generated-edited" for problem in drafted.refused)
        code = ExitCode.NOT_WRITTEN if edited else ExitCode.UNUSABLE_FILE
    summary = "; ".join(_summary(plan, check=check) for plan in drafted.targets)
    if open_ones:
        summary += f"; {count(len(open_ones), 'mention')} unresolved (bibtools status)"
    if seen is not None and _lasts(session, drafted):
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
    said = said or ("merged" if b"<<<<<<<" in (plan.old or b"") else "generated")
    return f"{plan.path}: {said}" + (" (not written: --check)" if check else "")
