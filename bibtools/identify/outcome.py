"""Resolutions made from what is known about a case, with the words that go with them."""

from __future__ import annotations

import re
from dataclasses import replace

from bibtools.errors import Problem
from bibtools.identify.authors import agreement
from bibtools.identify.case import Case
from bibtools.identify.entries import local_id
from bibtools.identify.flags import withdrawn
from bibtools.identify.likeness import TitleMatch, Work
from bibtools.identify.shelf import Shelf
from bibtools.identify.verdict import Fit, is_listed
from bibtools.model import Candidate, Evidence, Record, Resolution

_CANDIDATES = 5
_QUERY_SHOWN = 120
_SHORT = 3
_QUOTED = re.compile(r'"([^"]*)"')
_DISAGREE = 0.5


def resolved(case: Case, work: Work, evidence: Evidence) -> Resolution:
    """The mention is this record; what is odd about either goes with it as warnings."""
    return Resolution(
        digest=case.mention.digest,
        state="resolved",
        id=work.record.id,
        evidence=evidence,
        problems=(*_disagreements(case, work), *_withdrawals(work.record)),
    )


def by_text(case: Case, shelf: Shelf, found: Fit, margin: float) -> Resolution:
    """The mention is the record that its text fits."""
    work = shelf.works[found.record_id]
    words = {*work.title.words, *work.abstract.words}
    asked = next((clause for clause in case.asked_for if _can_find(clause, words)), None)
    evidence = Evidence(
        method=found.method,
        score=round(found.score, 4),
        margin=round(margin, 4),
        version=found.version,
        query=asked[:_QUERY_SHOWN] if asked else None,
    )
    return resolved(case, work, evidence)


def _can_find(clause: str, words: set[str]) -> bool:
    """Whether a phrase that was asked for can be what brought a record with these words."""
    phrase = _QUOTED.search(clause)
    return phrase is not None and all(len(word) < _SHORT or word in words for word in phrase[1].split())


def _disagreements(case: Case, work: Work) -> tuple[Problem, ...]:
    """Warnings where what is written down beside the evidence is not what the record says."""
    return (*_other_authors(case, work), *_other_doi(case, work.record))


def _other_doi(case: Case, record: Record) -> tuple[Problem, ...]:
    written = {i.value.lower() for i in case.mention.identifiers if i.scheme == "doi" and i.own}
    listed = {doi.lower() for doi in record.dois}
    if not written or not listed or written & listed:
        return ()
    return (
        Problem(
            severity="warning",
            code="contradicted",
            message=f"arXiv lists {record.id} under the DOI {', '.join(sorted(listed))}, "
            f"not under {', '.join(sorted(written))}",
            hint="two papers? give each a paragraph or a list item of its own",
        ),
    )


def _other_authors(case: Case, work: Work) -> tuple[Problem, ...]:
    share = agreement(case.mention.authors, work.writers)
    if share is None or share >= _DISAGREE:
        return ()
    return (
        Problem(
            severity="warning",
            code="contradicted",
            message=f"the authors written down disagree with arXiv's of {work.record.id} and are not used",
            hint="the authors are those that arXiv lists; correct the note if the identifier is right",
        ),
    )


def _withdrawals(record: Record) -> tuple[Problem, ...]:
    if not withdrawn(record):
        return ()
    return (
        Problem(
            severity="warning",
            code="withdrawn",
            message=f"{record.id} has been withdrawn",
            hint="arXiv's comment says why; consider citing something else",
        ),
    )


def candidates(case: Case, shelf: Shelf, first: tuple[str, ...] = ()) -> tuple[Candidate, ...]:
    """The records that the mention might mean, by score; those it names itself are always among them."""
    ranked = dict.fromkeys(record_id for record_id in first if record_id in shelf.works)
    ranked.update(dict.fromkeys(record_id for record_id, like in case.ranked() if is_listed(like)))
    likes = dict(case.ranked())
    found = [
        Candidate(
            id=record_id,
            title=shelf.works[record_id].record.title,
            score=likes[record_id].score if record_id in likes else 0.0,
        )
        for record_id in list(ranked)[:_CANDIDATES]
    ]
    return tuple(sorted(found, key=lambda candidate: -candidate.score))


def unresolved(
    case: Case, shelf: Shelf, problem: Problem | None = None, first: tuple[str, ...] = ()
) -> Resolution:
    """The mention could not be decided."""
    return Resolution(
        digest=case.mention.digest,
        state="unresolved",
        candidates=candidates(case, shelf, first),
        problems=(problem,) if problem else (),
    )


def denied(case: Case, shelf: Shelf, problem: Problem) -> Resolution:
    """The mention could not be decided: arXiv was asked for what it names, and does not have it."""
    return replace(unresolved(case, shelf, problem), confirmed=True)


def not_asked(case: Case, problem: Problem) -> Resolution:
    """Nobody was asked, so nothing is known; an entry stands as it is written until somebody is."""
    mention = case.mention
    return Resolution(
        digest=mention.digest,
        state="unresolved",
        id=local_id(mention) if mention.entry is not None else None,
        problems=(problem,),
    )


def no_such_id(numbers: tuple[str, ...]) -> Problem:
    """The identifier written down is not arXiv's."""
    return Problem(
        severity="warning",
        code="no-such-id",
        message=f"arXiv knows no paper with the id {', '.join(numbers)}",
        hint="check the identifier",
    )


def no_such_doi(dois: tuple[str, ...]) -> Problem:
    """No paper on arXiv carries the DOI."""
    return Problem(
        severity="warning",
        code="no-such-id",
        message=f"no paper on arXiv carries the DOI {', '.join(dois)}",
        hint="give the arXiv id or the title, or put the reference into a .bib source",
    )


def contradicted(record_ids: tuple[str, ...]) -> Problem:
    """The text beside an identifier speaks of something else."""
    return Problem(
        severity="warning",
        code="contradicted",
        message=f"the title or abstract beside {', '.join(record_ids)} is not that paper's, so neither is trusted",
        hint="settle it with `bibtools pin` or correct the note",
    )


def several_ids(record_ids: tuple[str, ...]) -> Problem:
    """One mention, two identifiers, nothing that decides."""
    return Problem(
        severity="warning",
        code="several-ids",
        message=f"several identifiers stand beside one text and nothing decides between {', '.join(record_ids)}",
        hint="settle it with `bibtools pin` or give each paper a paragraph of its own",
    )


def undecided(case: Case, shelf: Shelf) -> Problem | None:
    """Why a text found no record, where that can be said."""
    if any(case.title_of_another(found) for found in case.fits(shelf)):
        return Problem(
            severity="warning",
            code="contradicted",
            message="the title is that of one paper and the abstract that of another, so neither is trusted",
            hint="settle it with `bibtools pin` or correct the note",
        )
    if case.ours.abstract.words:
        return None
    same = [record_id for record_id, like in case.likes.items() if like.title >= TitleMatch.SLIP]
    strangers = [
        record_id
        for record_id in same
        if (case.likes[record_id].authors is not None and (case.likes[record_id].authors or 0.0) < _DISAGREE)
        or case.likes[record_id].year is False
    ]
    if same and len(strangers) == len(same):
        return Problem(
            severity="warning",
            code="no-such-reference",
            message="arXiv has this title with other authors or from another time: "
            + ", ".join(f"{one} ({_who(shelf.works[one].record)})" for one in strangers[:3]),
            hint="the reference as written does not exist on arXiv; correct it, or pin the paper that is meant",
        )
    return None


def _who(record: Record) -> str:
    people = record.authors[0].natural if record.authors else "no authors"
    more = " et al." if len(record.authors) > 1 else ""
    return f"{people}{more}, {record.published.year}" if record.published else people + more
