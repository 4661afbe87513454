"""What becomes of a case, given what is on the shelf: an answer, or the next question."""

from __future__ import annotations

from bibtools.errors import Problem
from bibtools.identifiers import parse_arxiv
from bibtools.identify import outcome
from bibtools.identify.batches import with_doi
from bibtools.identify.case import Ask, Case
from bibtools.identify.entries import local_id
from bibtools.identify.likeness import Likeness, TitleMatch
from bibtools.identify.shelf import Shelf
from bibtools.identify.verdict import WHOLE, contradicts, has_other_title
from bibtools.model import ArxivId, Evidence, Resolution

_TRUSTED = 0.6
"""The part of an abstract that a current record must share with it for an id beside it to be trusted at once."""
_AUTHORS = 0.5


def advance(case: Case, shelf: Shelf, absent: set[str]) -> Ask | None:
    """Decide the case (`case.done`) or say what to ask."""
    if case.numbers:
        return _by_id(case, shelf, absent)
    if case.dois:
        return _by_doi(case, shelf)
    return _by_text(case, shelf)


def follow(case: Case, leader: Case, shelf: Shelf) -> Resolution | None:
    """The leader's answer for a mention of the same abstract.

    None if the mention's title or authors speak against it, or if another record has that abstract too.
    """
    found = leader.done
    if (
        found is None
        or found.id is None
        or found.id not in shelf.works
        or found.state not in ("resolved", "pinned")
    ):
        return None
    work = shelf.works[found.id]
    case.look(shelf, (found.id,))
    likeness = case.likes.get(found.id)
    if likeness is not None:
        speaks = len(case.ours.title.words) > 2
        if speaks and likeness.title is TitleMatch.OTHER:
            return None
        if likeness.authors is not None and likeness.authors < _AUTHORS:
            return None
    if any(one.record_id != found.id for one in case.fits(shelf)):
        return None
    before = found.evidence or Evidence(method=found.state)
    evidence = Evidence(method="same-text", score=before.score, margin=before.margin, version=before.version)
    return outcome.resolved(case, work, evidence)


def _by_id(case: Case, shelf: Shelf, absent: set[str]) -> Ask | None:
    missing = [number for number in case.numbers if f"arxiv:{number}" not in shelf.works]
    unasked = tuple(ArxivId(number) for number in missing if number not in absent and parse_arxiv(number))
    if unasked:
        return Ask(ids=unasked)
    present = tuple(f"arxiv:{number}" for number in case.numbers if number not in missing)
    if not present:
        return _unknown_id(case, shelf)
    return _trust(case, shelf, present, "identifier")


def _unknown_id(case: Case, shelf: Shelf) -> Ask | None:
    if case.mention.entry is not None:
        return _entry(case, shelf, outcome.no_such_id(case.numbers))
    ask = _search(case, shelf)
    if not ask:
        case.done = outcome.denied(case, shelf, outcome.no_such_id(case.numbers))
    return ask


def _search(case: Case, shelf: Shelf) -> Ask | None:
    """One more question about the text, unless a record fits it already."""
    case.look(shelf)
    if not case.has_text or case.fits(shelf):
        return None
    return case.next_search(shelf) or None


def _by_doi(case: Case, shelf: Shelf) -> Ask | None:
    if not case.asked_for:
        unknown = [doi for doi in case.dois if doi not in shelf.by_doi]
        case.asked_for = [clause for doi in unknown for clause in with_doi(doi)]
        if case.asked_for:
            return Ask(clauses=tuple(case.asked_for))
    carriers = tuple(dict.fromkeys(one for doi in case.dois for one in shelf.by_doi.get(doi, ())))
    if carriers:
        return _trust(case, shelf, carriers, "doi")
    if case.mention.entry is not None:
        return _entry(case, shelf)
    ask = _by_text(case, shelf)
    if case.done is not None and case.done.state == "unresolved" and not case.done.problems:
        case.done = outcome.denied(case, shelf, outcome.no_such_doi(case.dois))
    return ask


def _trust(case: Case, shelf: Shelf, named: tuple[str, ...], method: str) -> Ask | None:
    """Take the record that an identifier names, unless the text beside it speaks against it."""
    case.look(shelf, named)
    if not case.has_text:
        if len(named) == 1:
            _accept(case, shelf, named[0], method, None)
        else:
            case.done = outcome.unresolved(case, shelf, outcome.several_ids(named), named)
        return None
    best = _best_likeness(case, named)
    if not _convincing(case, best[1]):
        older = case.older_versions(shelf, [one for one in named if one in shelf.works])
        if older:
            return Ask(ids=older)
    if len(named) > 1:
        return _between(case, shelf, named, method)
    if _convincing(case, best[1]):
        _accept(case, shelf, named[0], method, best)
        return None
    ask = _search(case, shelf)
    if ask and len(case.asked_for) < 3:
        return ask
    other = case.best(shelf)
    if contradicts(case.ours, best[1]) or (other and other[0].record_id != named[0]):
        case.done = outcome.unresolved(case, shelf, outcome.contradicted(named), named)
    else:
        _accept(case, shelf, named[0], method, best)
    return None


def _between(case: Case, shelf: Shelf, named: tuple[str, ...], method: str) -> Ask | None:
    """Two identifiers beside one text: the text decides or nothing does."""
    found = case.best(shelf)
    if found and found[0].record_id in named:
        _accept(case, shelf, found[0].record_id, method, _best_likeness(case, (found[0].record_id,)))
    else:
        case.done = outcome.unresolved(case, shelf, outcome.several_ids(named), named)
    return None


def _best_likeness(case: Case, named: tuple[str, ...]) -> tuple[int | None, Likeness]:
    """The likeness to the named record, in the version that is most alike (None for the current one)."""
    choices: list[tuple[int | None, Likeness]] = [(None, case.likes[one]) for one in named if one in case.likes]
    choices += [(version, like) for (one, version), like in sorted(case.old_likes.items()) if one in named]
    return max(choices, key=lambda item: (item[1].score, item[1].abstract.ours, item[0] is None))


def _convincing(case: Case, likeness: Likeness) -> bool:
    """Whether the text beside an id is so clearly the record's that nothing else needs asking."""
    if case.ours.abstract.bits >= 36.0:
        return likeness.abstract.ours >= WHOLE or (
            likeness.title >= TitleMatch.SLIP and likeness.abstract.ours >= _TRUSTED
        )
    return not case.ours.title.words or likeness.title >= TitleMatch.PART


def _accept(
    case: Case, shelf: Shelf, record_id: str, method: str, best: tuple[int | None, Likeness] | None
) -> None:
    evidence = Evidence(
        method=method,
        score=best[1].score if best else None,
        version=best[0] if best else None,
        query=str(case.numbers[0]) if method == "identifier" and case.numbers else None,
    )
    case.done = outcome.resolved(case, shelf.works[record_id], evidence)


def _by_text(case: Case, shelf: Shelf) -> Ask | None:
    if case.mention.entry is not None:
        return _entry(case, shelf)
    case.look(shelf)
    found = case.best(shelf)
    if found and (case.started or not has_other_title(case.ours, found[0].likeness)):
        case.done = outcome.by_text(case, shelf, *found)
        return None
    ask = case.next_search(shelf) if case.has_text else None
    if not ask:
        case.done = outcome.unresolved(case, shelf, outcome.undecided(case, shelf))
        return None
    return ask


def _entry(case: Case, shelf: Shelf, denied: Problem | None = None) -> Ask | None:
    """An entry without an identifier of arXiv's: its title with its authors and year, else a record of its own.

    `denied` says that arXiv was asked for the id it gives and does not have it. One of a target is a work of the
    target's already: nothing more is asked about it.
    """
    if case.mention.kind == "followed":
        case.done = outcome.unresolved(case, shelf, denied)
        return None
    case.look(shelf)
    found = case.best(shelf)
    strict = case.mention.title and case.mention.authors and case.mention.date
    if found and strict:
        like = found[0].likeness
        if like.title is TitleMatch.SAME and (like.authors or 0) >= _AUTHORS and like.year:
            case.done = outcome.by_text(case, shelf, *found)
            return None
    if strict and not found and not case.started:
        ask = case.next_search(shelf)
        if ask:
            return ask
    case.done = Resolution(
        digest=case.mention.digest,
        state="resolved",
        id=local_id(case.mention),
        evidence=Evidence(method="entry"),
        problems=(denied,) if denied else (),
        confirmed=denied is not None,
    )
    return None
