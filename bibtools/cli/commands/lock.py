"""`bibtools lock`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from bibtools.cli import documents
from bibtools.cli.asking import asking
from bibtools.cli.session import Session, unreadable_code
from bibtools.errors import ExitCode, UsageError
from bibtools.lock import Lock
from bibtools.report import count
from bibtools.workflow import gather, resolve, sync
from bibtools.workflow import status as state
from bibtools.workflow.library import unresolved, wanted
from bibtools.workflow.news import News, news
from bibtools.workflow.project import read_lock
from bibtools.workflow.told import warnings


def run(
    session: Session,
    *,
    keys: Sequence[str],
    check: bool,
    retry: bool,
    upgrade: bool,
    dry_run: bool,
    allow_unresolved: bool,
) -> int:
    """Resolve every mention of the sources and write the lock."""
    if keys and not upgrade:
        hint = f"bibtools lock --upgrade {' '.join(keys)}"
        raise UsageError("argument", f'"{keys[0]}": keys go with --upgrade only', hint=hint)
    if check and (retry or upgrade or dry_run):
        raise UsageError("argument", "--check asks nobody: it goes with none of the other options")
    project = session.own_project
    held, old = read_lock(project)
    found = gather.from_project(project)
    session.problems.extend(found.problems)
    if check:
        return _check(session, found, held)
    if dry_run:
        return _dry_run(session, found, held)
    only = [_record_id(name, held) for name in keys]
    with asking(session, fresh=0 if retry else None) as asker:
        now = held
        if upgrade:
            now, gone = resolve.upgrade(held, found.mentions, project.settings, asker, only=only)
            session.problems.extend(gone)
        now = resolve.resolve(found.mentions, now, project.settings, asker, again=True)
    sync.write_lock(project, now, old)
    return _report(session, found, held, now, allow_unresolved=allow_unresolved, upgraded=upgrade)


def _record_id(name: str, held: Lock) -> str:
    for record_id, locked in held.records.items():
        if name in (record_id, record_id.partition(":")[2], locked.key, *locked.aliases):
            return record_id
    raise UsageError("no-such-record", f'the lock has no record "{name}"', hint="bibtools keys lists them")


def _check(session: Session, found: gather.Gathered, held: Lock) -> int:
    """Tell which mentions the lock lacks; nobody is asked and nothing written."""
    told = warnings(found.mentions, held, held)
    session.problems.extend(told.lacking)
    if session.as_json:
        _document(session, found, held, state.flags_of(found.mentions, held), {}, [])
    code = ExitCode.ATTENTION if told.unasked else ExitCode.DONE
    summary = count(len(found.mentions), "mention")
    summary += f", the lock lacks {told.unasked}; next: bibtools lock" if told.unasked else ", all in the lock"
    return session.finish(unreadable_code(found.failed, code), summary)


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


def _report(
    session: Session,
    found: gather.Gathered,
    before: Lock,
    held: Lock,
    *,
    allow_unresolved: bool,
    upgraded: bool,
) -> int:
    flags = state.flags_of(found.mentions, held)
    session.problems.extend(state.mention_problems(found.mentions, held))
    session.problems.extend(state.record_problems(found.mentions, held, flags))
    open_ones = unresolved(found.mentions, held)
    new = sorted((i for i in held.records if i not in before.records), key=lambda i: (held.records[i].key, i))
    changed = news(before, held)
    if session.as_json:
        _document(session, found, held, flags, changed, new)
    for record_id in new:
        session.remark(f"new: {held.records[record_id].key}  {held.records[record_id].record.title}")
    for record_id, fields in changed.items():
        session.remark(f"changed: {held.records[record_id].key}  {'; '.join(map(str, fields))}")
    code = ExitCode.ATTENTION if open_ones and not allow_unresolved else ExitCode.DONE
    said = "".join(
        f", {number} {word}" for number, word in ((len(new), "new"), (len(changed), "changed")) if number
    )
    said = said or (", nothing new" if upgraded else "")
    summary = (
        f"{count(len(found.mentions), 'mention')}, {count(len(wanted(found.mentions, held)), 'record')}{said}; "
        f"{len(open_ones)} unresolved; {count(session.requests, 'request')} sent"
    )
    return session.finish(unreadable_code(found.failed, code), summary)


def _document(
    session: Session,
    found: gather.Gathered,
    held: Lock,
    flags: Mapping[str, Sequence[str]],
    changed: Mapping[str, Sequence[News]],
    new: Sequence[str],
) -> None:
    session.document(
        mentions=documents.mentions(found.mentions, held),
        records=documents.records(state.places_of(found.mentions, held), flags, held),
        new=[{"id": i, "key": held.records[i].key} for i in new],
        changed=[
            {"id": i, "key": held.records[i].key, "fields": [asdict(field) for field in fields]}
            for i, fields in changed.items()
        ],
    )
