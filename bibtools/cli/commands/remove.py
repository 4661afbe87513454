"""`bibtools remove`."""

from __future__ import annotations

import os
from collections.abc import Sequence

from bibtools.cli.session import Session, unreadable_code
from bibtools.errors import ExitCode
from bibtools.workflow import gather
from bibtools.workflow import remove as work
from bibtools.workflow.project import read_lock
from bibtools.workflow.turn import alone


def run(session: Session, *, keys: Sequence[str], force: bool, dry_run: bool) -> int:
    """Remove works from every target and the lock, unless something still cites them; exit 1 if so."""
    project = session.own_project
    with alone(project, os.environ):
        held, old = read_lock(project)
        found = gather.from_project(project)
        removal = work.plan_removal(project, held, found.mentions, keys)
        session.problems.extend(removal.problems)
        refused = not force and any(problem.severity == "error" for problem in removal.problems)
        if not (refused or dry_run):
            drafted = work.apply(project, removal, old)
            session.problems.extend(problem for plan in drafted.targets for problem in plan.problems)
    if session.as_json:
        session.document(
            removed=[] if refused else [{"key": key, "id": record_id} for key, record_id in removal.removed],
            files=[] if refused else [change.path for change in removal.changes],
            ignored=[]
            if refused
            else [{"source": m.source, "line": m.line, "digest": m.digest} for m in removal.ignored],
            written=not (refused or dry_run),
        )
    if refused:
        return session.finish(ExitCode.ATTENTION, "nothing was removed: it is still cited")
    _tell(session, removal, dry_run=dry_run)
    said = ", ".join(key for key, _ in removal.removed)
    summary = f"would remove {said} (not written: --dry-run)" if dry_run else f"removed {said}"
    return session.finish(unreadable_code(found.failed), summary)


def _tell(session: Session, removal: work.Removal, *, dry_run: bool) -> None:
    verb, ignored = ("would go", "would be ignored") if dry_run else ("gone", "ignored")
    for change in removal.changes:
        what = ", ".join(change.keys) or f"line {', '.join(map(str, change.lines))}"
        session.remark(f"{change.path}: {what} {verb}")
    for mention in removal.ignored:
        session.remark(f"{mention.source}:{mention.line}: {ignored} from now on")
