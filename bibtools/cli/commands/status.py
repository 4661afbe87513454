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
from bibtools.workflow.resolve import answered
from bibtools.workflow.told import Warnings, looked_up, warnings


def run(session: Session, *, allow_unresolved: bool) -> int:
    """Print the records, the open mentions with their candidates, and what waits for a decision."""
    project = session.own_project
    held, old = read_lock(project)
    now = state.status(project, gather.from_project(project), held, old)
    told = warnings(now.mentions, held, held)
    session.counted.extend(told.lacking)
    session.problems.extend(problem for problem in now.problems if problem not in told.lacking)
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
    return session.finish(unreadable_code(now.failed, code), _summary(now, told))


def _summary(now: state.Status, told: Warnings) -> str:
    mentions = count(len(now.mentions), "mention")
    if told.unasked and not now.places and not told.unresolved:
        return f"{mentions}, none looked up yet: bibtools lock"
    records = count(len(now.places) + len(now.own), "record")
    summary = f"{mentions}, {records}, {len(now.open_mentions)} unresolved"
    return summary + (f", {told.unasked} of them not looked up yet: bibtools lock" if told.unasked else "")


def _print(session: Session, now: state.Status) -> None:
    rows = [(now.held.records[i].key, i, now.places[i], now.flags.get(i, ())) for i in now.places]
    rows += [(work.entry.key, work.id, (work.place,), ("user",)) for work in now.own]
    wide = max((len(key) for key, *_ in rows), default=0)
    long = max((len(record_id) for _, record_id, *_ in rows), default=0)
    for key, record_id, places, flags in sorted(rows):
        said = "".join(f" [{flag}]" for flag in flags)
        session.write(printable(f"{key:{wide}}  {record_id:{long}}  {', '.join(places)}{said}") + "\n")
    asked = answered(now.held)
    for number, mention in enumerate(now.open_mentions, 1):
        if not (session.verbose or looked_up(mention, asked)):
            continue
        says = mention.title or mention.abstract or ", ".join(i.value for i in mention.identifiers)
        session.write(printable(f"{number}. unresolved  {mention.source}:{mention.line}  {says[:80]}") + "\n")
        for candidate in resolution_of(mention, now.held).candidates:
            line = f"     {candidate.score:.2f}  {candidate.id}  {candidate.title}"
            session.write(printable(line) + "\n")
    for plan in now.targets.targets:
        if plan.changed:
            session.write(printable(f"{plan.path} is not current; run: bibtools sync") + "\n")
