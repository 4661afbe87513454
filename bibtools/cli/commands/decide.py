"""`bibtools pin`, `bibtools ignore` and `bibtools resolve`: what only the user can decide."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bibtools.cli import documents
from bibtools.cli.asking import asking
from bibtools.cli.session import Session
from bibtools.errors import ExitCode, UsageError
from bibtools.lock import Lock
from bibtools.model import ArxivId, Candidate, Mention, Query, Record, Resolution
from bibtools.report import count, printable
from bibtools.workflow import decide, follow, gather, resolve, sync
from bibtools.workflow.asking import Asker
from bibtools.workflow.library import resolution_of, unresolved
from bibtools.workflow.project import Project, read_lock


def pin(session: Session, *, mention: str, record: str) -> int:
    """Record in the lock which record a mention is."""
    project = session.own_project
    held, old = read_lock(project)
    found = gather.from_project(project).mentions
    meant = decide.find_mention(mention, [*found, *follow.open_ones(project, held, found)], held)
    chosen = _chosen(record, meant, held)
    with asking(session) as asker:
        held = _with_decision(project, held, meant, decide.pinned(meant, chosen), [*found, meant], asker)
    if chosen not in held.records and not session.offline:
        hint = "check the number; nothing was written"
        raise UsageError("no-such-record", f"arXiv knows no {chosen.partition(':')[2]}", hint=hint)
    sync.write_lock(project, held, old)
    said = "is kept as it is written" if record == decide.LOCAL else f"is {chosen}, as you say"
    return _report(session, [meant], held, f"{_place(meant)} {said}; next: bibtools sync")


def ignore(session: Session, *, mentions: Sequence[str]) -> int:
    """Record in the lock that mentions are to be left alone."""
    project = session.own_project
    held, old = read_lock(project)
    found = gather.from_project(project).mentions
    known = [*found, *follow.open_ones(project, held, found)]
    meant = [decide.find_mention(token, known, held) for token in mentions]
    for mention in meant:
        held = decide.decided(held, mention, decide.ignored(mention, held), found, project.settings)
    sync.write_lock(project, held, old)
    return _report(session, meant, held, f"{count(len(meant), 'mention')} ignored from now on")


def choose(session: Session, *, mention: str | None) -> int:
    """Ask the user about each open mention, candidates side by side; without a terminal only show them."""
    project = session.own_project
    held, old = read_lock(project)
    found = gather.from_project(project).mentions
    meant = [decide.find_mention(mention, found, held)] if mention else unresolved(found, held)
    if session.as_json or not sys.stdin.isatty():
        if not session.as_json:
            for number, each in enumerate(meant, 1):
                _show(session, number, each, resolution_of(each, held).candidates, {})
        code = ExitCode.ATTENTION if unresolved(found, held) else ExitCode.DONE
        return _report(session, meant, held, f"{len(meant)} to decide (no terminal to ask on)", code)
    with asking(session) as asker:
        for number, each in enumerate(meant, 1):
            candidates = resolution_of(each, held).candidates
            _show(session, number, each, candidates, _records(candidates, held, asker))
            answer = _ask(session, each, candidates, held)
            if answer is None:
                continue
            after = _with_decision(project, held, each, answer, found, asker)
            # Each decision is kept at once: Ctrl-C later loses none.
            sync.write_lock(project, after, old)
            held, old = read_lock(project)
    left = unresolved(found, held)
    code = ExitCode.ATTENTION if left else ExitCode.DONE
    return session.finish(code, f"{len(left)} left unresolved; next: bibtools sync")


def _with_decision(
    project: Project, held: Lock, meant: Mention, answer: Resolution, mentions: Sequence[Mention], asker: Asker
) -> Lock:
    """The lock with a decision about a mention, and the record that it needs."""
    held = decide.decided(held, meant, answer, mentions, project.settings)
    return resolve.resolve(mentions, held, project, asker, decided=[meant.digest])


def _chosen(record: str, mention: Mention, held: Lock) -> str:
    """The id of the record that a user names; UsageError for none."""
    return decide.own_record_id(mention) if record == decide.LOCAL else decide.record_id(record, held)


def _records(candidates: Sequence[Candidate], held: Lock, asker: Asker) -> dict[str, Record]:
    """What is known of the candidates; arXiv is asked for what the lock lacks, in one request."""
    records = {c.id: held.records[c.id].record for c in candidates if c.id in held.records}
    ids = [c.id.removeprefix("arxiv:") for c in candidates if c.id not in records and c.id.startswith("arxiv:")]
    if ids:
        records |= {r.id: r for r in asker.ask(Query(ids=tuple(map(ArxivId, ids)))).records}
    return records


def _place(mention: Mention) -> str:
    return f"{mention.source}:{mention.line}"


def _show(
    session: Session, number: int, mention: Mention, candidates: Sequence[Candidate], records: dict[str, Record]
) -> None:
    lines = [f"{number}. {_place(mention)}"]
    lines += [f"   {said}" for said in (mention.title, ", ".join(mention.authors)[:200], mention.abstract) if said]
    for at, candidate in enumerate(candidates, 1):
        lines.append(f"   [{at}] {candidate.score:.2f}  {candidate.id}  {candidate.title}")
        record = records.get(candidate.id)
        if record is not None:
            people = ", ".join(name.natural for name in record.authors[:6])
            lines.append(f"       {people}{' …' if len(record.authors) > 6 else ''} ({record.published})")
            lines.append(f"       {record.abstract[:300]}")
    session.write("".join(f"{printable(line)}\n" for line in lines))


def _ask(session: Session, mention: Mention, candidates: Sequence[Candidate], held: Lock) -> Resolution | None:
    """One answer: a candidate's number, an arXiv id, `local`, `i` for ignore; empty for later."""
    while True:
        said = session.ask("   number, arXiv id, local to keep it as written, i to ignore, Enter for later: ")
        if not said:
            return None
        if said.lower() in ("i", "ignore"):
            return decide.ignored(mention, held)
        if said.isdecimal() and 1 <= int(said) <= len(candidates):
            return decide.pinned(mention, candidates[int(said) - 1].id)
        try:
            return decide.pinned(mention, _chosen(said, mention, held))
        except UsageError as error:
            session.tell(f"   {error.problem.message}")


def _report(
    session: Session, mentions: Sequence[Mention], held: Lock, summary: str, code: ExitCode = ExitCode.DONE
) -> int:
    if session.as_json:
        session.document(mentions=documents.mentions(mentions, held))
    return session.finish(code, summary)
