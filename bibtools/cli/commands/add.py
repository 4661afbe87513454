"""`bibtools add`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import cache
from typing import Any

from bibtools.cli.asking import asking
from bibtools.cli.session import Session, unreadable_code
from bibtools.errors import NOWHERE, ExitCode, Problem
from bibtools.model import Mention, Record
from bibtools.report import count
from bibtools.workflow import add as work
from bibtools.workflow import arguments
from bibtools.workflow import status as state
from bibtools.workflow.library import ARGUMENT, resolution_of
from bibtools.workflow.project import Project


def run(session: Session, *, what: Sequence[str], key: str | None) -> int:
    """Resolve what is given, note it down as a source, sync, and say what was done."""
    project = session.own_project
    stdin = cache(sys.stdin.buffer.read)
    found = arguments.mentions_of(project, what, stdin=stdin, titles=True, adding=True)
    session.problems.extend(found.problems)
    with asking(session) as asker:
        sought = _chosen(session, project, work.seek(project, found.mentions, asker))
        added = work.add(project, sought, asker, stdin=stdin, key=key)
    session.problems.extend(_mention_problems(sought))
    session.problems.extend(added.problems)
    for plan in added.targets.targets:
        session.problems.extend(state.target_problems(plan))
    left = [mention for mention in sought.mentions if mention.digest in sought.open]
    if session.as_json:
        session.document(**_document(sought, added, left))
    else:
        _tell(session, project, sought, added, left)
    lost = bool(sought.entries) and project.settings.first_bib is None
    code = ExitCode.ATTENTION if left or lost or not sought.mentions else ExitCode.DONE
    code = ExitCode.UNUSABLE_FILE if added.targets.refused else code
    return session.finish(unreadable_code(found.failed, code), _summary(added, left))


def _chosen(session: Session, project: Project, sought: work.Sought) -> work.Sought:
    """The same after the user chose among what open mentions may be, where there is a terminal to ask on."""
    if session.as_json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return sought
    for mention in sought.mentions:
        records = sought.open.get(mention.digest, ())
        if records:
            _show(session, mention, records)
            record = _ask(session, records)
            sought = sought if record is None else sought.with_choice(project, mention, record)
    return sought


def _ask(session: Session, records: Sequence[Record]) -> Record | None:
    while said := session.ask(f"which one? 1-{len(records)}, Enter for none: "):
        if said.isdecimal() and 1 <= int(said) <= len(records):
            return records[int(said) - 1]
    return None


def _show(session: Session, mention: Mention, records: Sequence[Record]) -> None:
    session.tell(f"{_words(mention)} may be:")
    for number, record in enumerate(records, 1):
        session.tell(f"  {number}. {_id(record)}  {_described(record.title, *_who(record))}")


def _words(mention: Mention) -> str:
    """A mention as its own words, short."""
    said = mention.title or mention.abstract or ", ".join(i.value for i in mention.identifiers)
    return f'"{said if len(said) <= 80 else said[:79] + "…"}"'


def _id(record: Record) -> str:
    return record.arxiv_number or record.id


def _who(record: Record) -> tuple[tuple[str, ...], int | None]:
    return tuple(n.natural for n in record.authors), record.published.year if record.published else None


def _described(title: str, authors: Sequence[str], year: int | None) -> str:
    """`Title (First Author et al., 2023)`."""
    people = authors[0] + (" et al." if len(authors) > 1 else "") if authors else ""
    beside = ", ".join(filter(None, (people, str(year) if year else "")))
    return f"{title} ({beside})" if beside else title


def _mention_problems(sought: work.Sought) -> list[Problem]:
    """What was found about the arguments; of what is not decided, how to say it."""
    problems: list[Problem] = []
    others = {mention.digest for mention in (*sought.unasked, *sought.entries)}
    for mention in sought.mentions:
        if mention.digest in others:
            continue
        found = state.mention_problems([mention], sought.lock, given=True)
        if mention.digest in sought.open:
            found = [_undecided(mention, sought.open[mention.digest], problem) for problem in found]
        problems += [problem.at(NOWHERE) if mention.source == ARGUMENT else problem for problem in found]
    return problems


def _undecided(mention: Mention, records: Sequence[Record], problem: Problem) -> Problem:
    if problem.code == "unresolved":
        number = count(len(records), "paper") if records else "no paper that is known"
        problem = replace(problem, message=f"{_words(mention)} may be {number}")
    if records:
        return replace(problem, hint=f"choose by the id, such as: bibtools add {_id(records[0])}")
    if problem.code == "unresolved":
        return replace(problem, hint="give its arXiv id or DOI, such as: bibtools add 1706.03762")
    return problem


def _tell(
    session: Session, project: Project, sought: work.Sought, added: work.Added, left: Sequence[Mention]
) -> None:
    """The keys on stdout; on stderr what was done, and what there is to choose from."""
    for paper in added.papers:
        session.write(f"{paper.key}\n")
        done = "added" if paper.new else "already there"
        session.say(f"{done}: {_described(paper.title, paper.authors, paper.year)} as {paper.key}")
    for mention in added.noted:
        session.say(f"noted in {project.settings.add_to} for the next bibtools lock: {_words(mention)}")
    for mention in added.known:
        session.say(f"already noted: {_words(mention)}")
    asked = sys.stdin.isatty() and sys.stderr.isatty()
    for mention in () if asked else left:
        if records := sought.open[mention.digest]:
            _show(session, mention, records)


def _summary(added: work.Added, left: Sequence[Mention]) -> str:
    if not (added.papers or added.noted or added.known or left):
        return "found nothing to add"
    new = sum(paper.new for paper in added.papers)
    there = len(added.papers) - new + len(added.known)
    parts = [f"{count(new, 'paper')} added" if new or not (there or added.noted) else ""]
    parts.append(f"{there:,} already there" if there else "")
    parts.append(f"{len(added.noted):,} noted down, next: bibtools lock" if added.noted else "")
    parts.append(f"{count(len(left), 'mention')} unresolved, not noted down" if left else "")
    return "; ".join(filter(None, parts))


def _document(sought: work.Sought, added: work.Added, left: Sequence[Mention]) -> dict[str, Any]:
    return {
        "added": [asdict(paper) for paper in added.papers],
        "noted": [_said(mention) for mention in added.noted],
        "candidates": [
            {
                **_said(mention),
                "candidates": [
                    {"id": r.id, "title": r.title, "authors": list(_who(r)[0]), "year": _who(r)[1], "score": score}
                    for r, score in _scored(sought, mention)
                ],
            }
            for mention in left
        ],
    }


def _said(mention: Mention) -> dict[str, Any]:
    return {
        "title": mention.title,
        "authors": list(mention.authors),
        "identifiers": [asdict(identifier) for identifier in mention.identifiers],
    }


def _scored(sought: work.Sought, mention: Mention) -> list[tuple[Record, float | None]]:
    scores = {one.id: one.score for one in resolution_of(mention, sought.lock).candidates}
    return [(record, scores.get(record.id)) for record in sought.open[mention.digest]]
