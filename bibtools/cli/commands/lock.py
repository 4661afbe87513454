"""`bibtools lock`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from bibtools.cli import documents
from bibtools.cli.asking import asking
from bibtools.cli.session import Session, unreadable_code
from bibtools.errors import ExitCode, UsageError
from bibtools.lock import Lock
from bibtools.model import Mention
from bibtools.report import count
from bibtools.workflow import follow, gather, resolve, sync
from bibtools.workflow import status as state
from bibtools.workflow.library import unresolved
from bibtools.workflow.naming import record_named
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
        entries = follow.to_ask(follow.open_ones(project, held, found.mentions), held, again=True)
        return _dry_run(session, [*found.mentions, *entries], held)
    only = [record_named(name, held, code="no-such-record") for name in keys]
    with asking(session, fresh=0 if retry else None) as asker:
        now = held
        if upgrade:
            now, gone = resolve.upgrade(held, found.mentions, project, asker, only=only)
            session.problems.extend(gone)
        now = resolve.resolve(found.mentions, now, project, asker, again=True)
        now = follow.ask(project, found.mentions, follow.forget(now) if upgrade else now, asker, again=True)
    sync.write_lock(project, now, old)
    followed = follow.everywhere(project, now, found.mentions)
    return _report(session, found, followed, held, now, allow_unresolved=allow_unresolved, upgraded=upgrade)


def _check(session: Session, found: gather.Gathered, held: Lock) -> int:
    """Tell which mentions the lock lacks; nobody is asked and nothing written."""
    told = warnings(found.mentions, held, held)
    session.problems.extend(told.lacking)
    if session.as_json:
        places = state.places_of(found.mentions, held)
        _document(session, found, held, places, state.flags_of(found.mentions, held), {}, [])
    code = ExitCode.ATTENTION if told.unasked else ExitCode.DONE
    summary = count(len(found.mentions), "mention")
    summary += f", the lock lacks {told.unasked}; next: bibtools lock" if told.unasked else ", all in the lock"
    return session.finish(unreadable_code(found.failed, code), summary)


def _dry_run(session: Session, mentions: Sequence[Mention], held: Lock) -> int:
    queries = resolve.first_queries(mentions, held)
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
    followed: Sequence[follow.Followed],
    before: Lock,
    held: Lock,
    *,
    allow_unresolved: bool,
    upgraded: bool,
) -> int:
    places = state.places_of(found.mentions, held) | follow.places(followed)
    flags = state.flags_of(found.mentions, held, users=follow.users(held, followed))
    session.problems.extend(state.mention_problems(found.mentions, held))
    session.problems.extend(state.record_problems(found.mentions, held, flags))
    session.problems.extend([*follow.answers(followed, held), *follow.problems(followed, held)])
    open_ones = unresolved(found.mentions, held)
    new = sorted((i for i in held.records if i not in before.records), key=lambda i: (held.records[i].key, i))
    changed = news(before, held)
    if session.as_json:
        _document(session, found, held, places, flags, changed, new)
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
        f"{count(len(found.mentions), 'mention')}, {count(len(places), 'record')}{said}; "
        f"{len(open_ones)} unresolved; {count(session.requests, 'request')} sent"
    )
    return session.finish(unreadable_code(found.failed, code), summary)


def _document(
    session: Session,
    found: gather.Gathered,
    held: Lock,
    places: Mapping[str, Sequence[str]],
    flags: Mapping[str, Sequence[str]],
    changed: Mapping[str, Sequence[News]],
    new: Sequence[str],
) -> None:
    session.document(
        mentions=documents.mentions(found.mentions, held),
        records=documents.records(places, flags, held),
        new=[{"id": i, "key": held.records[i].key} for i in new],
        changed=[
            {"id": i, "key": held.records[i].key, "fields": [asdict(field) for field in fields]}
            for i, fields in changed.items()
        ],
    )
