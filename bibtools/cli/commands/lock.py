"""`bibtools lock`."""

from __future__ import annotations

from collections.abc import Sequence

from bibtools.cli import documents
from bibtools.cli.asking import asking
from bibtools.cli.session import Session, unreadable_code
from bibtools.errors import ExitCode
from bibtools.lock import Lock
from bibtools.report import count
from bibtools.workflow import gather, resolve, sync
from bibtools.workflow import status as state
from bibtools.workflow.library import unresolved, wanted
from bibtools.workflow.naming import record_named
from bibtools.workflow.project import read_lock


def run(
    session: Session, *, upgrade: bool, upgrade_record: Sequence[str], dry_run: bool, allow_unresolved: bool
) -> int:
    """Resolve every mention of the sources and write the lock."""
    project = session.own_project
    held, old = read_lock(project)
    found = gather.from_project(project)
    session.problems.extend(found.problems)
    if dry_run:
        return _dry_run(session, found, held)
    only = [record_named(name, held, code="no-such-record") for name in upgrade_record]
    with asking(session) as asker:
        now = held
        if upgrade or only:
            now, gone = resolve.upgrade(held, asker, only=only)
            session.problems.extend(gone)
        now = resolve.resolve(found.mentions, now, project, asker, again=True)
    sync.write_lock(project, now, old)
    return _report(session, found, held, now, allow_unresolved=allow_unresolved)


def _dry_run(session: Session, found: gather.Gathered, held: Lock) -> int:
    queries = resolve.first_queries(found.mentions, held)
    if session.as_json:
        rows = [{"ids": [str(i) for i in q.ids], "search": q.search or None} for q in queries]
        session.document(queries=rows)
    else:
        for query in queries:
            asked = "id_list=" + ",".join(map(str, query.ids)) if query.ids else f"search_query={query.search}"
            session.write(f"{asked}\n")
    return session.finish(
        ExitCode.DONE, f"{count(len(queries), 'query', 'queries')} would be sent first; none was"
    )


def _report(session: Session, found: gather.Gathered, before: Lock, held: Lock, *, allow_unresolved: bool) -> int:
    flags = state.flags_of(found.mentions, held)
    session.problems.extend(state.mention_problems(found.mentions, held))
    session.problems.extend(state.record_problems(found.mentions, held, flags))
    open_ones = unresolved(found.mentions, held)
    if session.as_json:
        session.document(
            mentions=documents.mentions(found.mentions, held),
            records=documents.records(state.places_of(found.mentions, held), flags, held),
        )
    new = [i for i in held.records if i not in before.records]
    changed = [
        i for i in before.records if before.records[i].record != held.records[i].record and i in held.records
    ]
    for record_id in new:
        session.remark(f"new: {held.records[record_id].key}  {held.records[record_id].record.title}")
    for record_id in changed:
        session.remark(f"changed: {held.records[record_id].key}  {held.records[record_id].record.title}")
    code = ExitCode.ATTENTION if open_ones and not allow_unresolved else ExitCode.DONE
    news = "".join(
        f", {number} {word}" for number, word in ((len(new), "new"), (len(changed), "changed")) if number
    )
    summary = (
        f"{count(len(found.mentions), 'mention')}, {count(len(wanted(found.mentions, held)), 'record')}{news}; "
        f"{len(open_ones)} unresolved; {count(session.requests, 'request')} sent"
    )
    return session.finish(unreadable_code(found.failed, code), summary)
