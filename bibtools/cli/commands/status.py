"""`bibtools status`."""

from __future__ import annotations

from bibtools.cli import documents
from bibtools.cli.session import Session, unreadable_code
from bibtools.errors import ExitCode
from bibtools.report import count, printable
from bibtools.workflow import gather
from bibtools.workflow import status as state
from bibtools.workflow.library import resolution_of
from bibtools.workflow.project import read_lock


def run(session: Session, *, allow_unresolved: bool) -> int:
    """Print the records, the open mentions with their candidates, and what waits for a decision."""
    project = session.own_project
    held, old = read_lock(project)
    now = state.status(project, gather.from_project(project), held, old)
    session.problems.extend(now.problems)
    if session.as_json:
        session.document(
            mentions=documents.mentions(now.mentions, held),
            records=documents.records(now.places, now.flags, held, now.own),
            targets=[documents.target(plan) for plan in now.targets.targets],
        )
    else:
        _print(session, now)
    attention = now.waiting or (now.open_mentions and not allow_unresolved)
    code = ExitCode.ATTENTION if attention else ExitCode.DONE
    summary = (
        f"{count(len(now.mentions), 'mention')}, {count(len(now.places) + len(now.own), 'record')}, "
        f"{len(now.open_mentions)} unresolved"
    )
    return session.finish(unreadable_code(now.failed, code), summary)


def _print(session: Session, now: state.Status) -> None:
    rows = [(now.held.records[i].key, i, now.places[i], now.flags.get(i, ())) for i in now.places]
    rows += [(work.entry.key, work.id, (work.place,), ("user",)) for work in now.own]
    wide = max((len(key) for key, *_ in rows), default=0)
    long = max((len(record_id) for _, record_id, *_ in rows), default=0)
    for key, record_id, places, flags in sorted(rows):
        said = "".join(f" [{flag}]" for flag in flags)
        session.write(printable(f"{key:{wide}}  {record_id:{long}}  {', '.join(places)}{said}") + "\n")
    for number, mention in enumerate(now.open_mentions, 1):
        says = mention.title or mention.abstract or ", ".join(i.value for i in mention.identifiers)
        session.write(printable(f"{number}. unresolved  {mention.source}:{mention.line}  {says[:80]}") + "\n")
        for candidate in resolution_of(mention, now.held).candidates:
            line = f"     {candidate.score:.2f}  {candidate.id}  {candidate.title}"
            session.write(printable(line) + "\n")
    for plan in now.targets.targets:
        if plan.changed:
            session.write(printable(f"{plan.path} is not current; run: bibtools sync") + "\n")
