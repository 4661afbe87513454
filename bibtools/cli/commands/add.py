"""`bibtools add`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bibtools.cli.asking import asking
from bibtools.cli.session import Session, unreadable_code
from bibtools.errors import ExitCode
from bibtools.report import count
from bibtools.workflow import add as work
from bibtools.workflow import arguments
from bibtools.workflow import status as state
from bibtools.workflow.library import unresolved


def run(session: Session, *, what: Sequence[str]) -> int:
    """Resolve what is given, note it down as a source, sync, and print the citation keys."""
    project = session.own_project
    found = arguments.mentions_of(project, what, stdin=sys.stdin.buffer.read, titles=True)
    session.problems.extend(found.problems)
    with asking(session) as asker:
        added = work.add(project, found.mentions, asker)
    session.problems.extend(state.mention_problems(found.mentions, added.lock))
    for plan in added.targets.targets:
        session.problems.extend(state.target_problems(plan))
    open_ones = unresolved(found.mentions, added.lock)
    keys = [(record_id, added.lock.records[record_id].key) for record_id in added.ids]
    if session.as_json:
        session.document(added=[{"id": record_id, "key": key} for record_id, key in keys])
    else:
        for _, key in keys:
            session.write(f"{key}\n")
    summary = f"{count(len(keys), 'paper')} added"
    if open_ones:
        summary += f"; {count(len(open_ones), 'mention')} unresolved, not noted down"
    code = ExitCode.ATTENTION if open_ones else ExitCode.DONE
    code = ExitCode.UNUSABLE_FILE if added.targets.refused else code
    return session.finish(unreadable_code(found.failed, code), summary)
