"""`bibtools sync`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bibtools.cli import documents
from bibtools.cli.asking import asking
from bibtools.cli.session import Session, unreadable_code
from bibtools.config import Target
from bibtools.errors import ExitCode, UsageError
from bibtools.lock import Lock
from bibtools.plan import Choices, TargetPlan
from bibtools.report import count
from bibtools.workflow import gather, resolve
from bibtools.workflow import status as state
from bibtools.workflow import sync as work
from bibtools.workflow.library import unresolved, wanted
from bibtools.workflow.project import Project, read_lock


def run(
    session: Session, *, names: Sequence[str], check: bool, diff: bool, prune: bool, restore: bool, rerender: bool
) -> int:
    """Bring the targets up to date, or with `check` say whether they are."""
    project = session.own_project
    held, old = read_lock(project)
    keys = [name for name in names if restore and not name.lower().endswith(".bib")]
    targets = _targets(project, [name for name in names if name not in keys])
    found = gather.from_project(project)
    session.problems.extend(found.problems)
    with asking(session) as asker:
        held = resolve.resolve(found.mentions, held, project.settings, asker)
    choices = Choices(
        prune=prune,
        rerender=rerender,
        restore=frozenset(_restored(keys, held)),
        restore_all=restore and not keys,
    )
    ids = wanted(found.mentions, held)
    drafted = work.plan(project, held, old, ids, targets=targets, choices=choices)
    if not check:
        work.apply(project, drafted)
    return _report(session, found, drafted, check=check, diff=diff)


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
        chosen.append(known or replace(configured[0], path=path))
    return chosen


def _restored(keys: Sequence[str], held: Lock) -> list[str]:
    by_key = {base.entry.key: i for bases in held.targets.values() for i, base in bases.items()}
    by_key |= {locked.key: record_id for record_id, locked in held.records.items()}
    for key in keys:
        if key not in by_key:
            raise UsageError("no-such-key", f'no entry "{key}" is known', hint="bibtools status lists them")
    return [by_key[key] for key in keys]


def _report(session: Session, found: gather.Gathered, drafted: work.SyncPlan, *, check: bool, diff: bool) -> int:
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
    attention = (check and drafted.changed) or (session.strict and unsettled)
    code = ExitCode.ATTENTION if attention else ExitCode.DONE
    summary = "; ".join(_summary(plan, check=check) for plan in drafted.targets)
    if open_ones:
        summary += f"; {count(len(open_ones), 'mention')} unresolved (bibtools status)"
    return session.finish(unreadable_code(found.failed, code), summary)


def _summary(plan: TargetPlan, *, check: bool) -> str:
    if not plan.changed:
        return f"{plan.path} is current"
    changes = [(len(plan.added), "added"), (len(plan.updated), "updated"), (len(plan.removed), "removed")]
    said = ", ".join(f"{number} {word}" for number, word in changes if number)
    return f"{plan.path}: {said}" + (" (not written: --check)" if check else "")
