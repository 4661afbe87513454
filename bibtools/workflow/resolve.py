"""Resolving mentions: the questions of :mod:`bibtools.identify` put to arXiv, the answers into the lock."""

from __future__ import annotations

from collections.abc import Container, Generator, Iterable, Mapping, Sequence
from dataclasses import replace

from bibtools import citekeys, lock
from bibtools.errors import Problem
from bibtools.identify import Identified, first_questions, identify
from bibtools.identify.entries import local_id, local_record
from bibtools.model import Answer, Answered, ArxivId, Mention, Query, Record, Resolution
from bibtools.workflow.asking import OFFLINE, Asker
from bibtools.workflow.joining import joined
from bibtools.workflow.project import Project
from bibtools.workflow.standing import standing
from bibtools.workflow.structured import with_sources


def resolve(
    mentions: Sequence[Mention],
    held: lock.Lock,
    project: Project,
    asker: Asker,
    *,
    again: bool = False,
    decided: Sequence[str] = (),
) -> lock.Lock:
    """The lock with a resolution for every mention, and the records these lead to.

    What the lock knows stands. With `again` its unresolved mentions are tried anew, and so are those of which an
    earlier program took it for granted that what they name does not exist. `decided` are the digests of mentions
    about which the user just decided. ServiceError where arXiv is needed and cannot be used.
    """
    unique = {mention.digest: mention for mention in mentions}
    settled = _settled(held, again=again)
    left_open = {digest: one for digest, one in settled.items() if one.state == "unresolved"}
    asked_about = [mention for mention in unique.values() if mention.digest not in left_open]
    if all(mention.digest in settled for mention in asked_about):
        # The everyday case, and the records need not be put in order for being searched.
        identified = Identified(resolutions=tuple(settled[m.digest] for m in asked_about), records=())
    else:
        identified = put(identify(asked_about, known=_known(held, unique, settled), settled=settled), asker)
    found = {resolution.digest: resolution for resolution in identified.resolutions} | left_open
    before = held.resolutions
    resolutions = [_standing(found[digest], before) for digest in unique]
    new = [r.digest for r in resolutions if r.digest not in settled and r != before.get(r.digest)]
    named = {found[digest].id for digest in new}
    came = {r.id: r for r in identified.records if r.id in named or r.id not in held.records}
    came |= {record.id: record for record in _pinned(resolutions, unique, {**held.records, **came}, asker)}
    fresh = lock.with_resolutions(held, unique.values(), resolutions, came.values())
    fresh = joined(fresh, unique if again else [*new, *decided], unique, before)
    entered = [found[digest].id for digest in (*new, *decided) if unique[digest].entry is not None]
    fresh = with_sources(fresh, mentions, project.settings, ids={i for i in entered if i is not None})
    return with_keys(fresh, project, [r.id for r in resolutions if r.id is not None])


def _known(
    held: lock.Lock, mentions: Mapping[str, Mention], settled: Mapping[str, Resolution]
) -> dict[str, Record]:
    """The lock's records to compare with, but for those that what is asked about was only taken for."""
    own = {held.mentions[d].resolution.id for d in mentions if d not in settled and d in held.mentions}
    return {i: locked.record for i, locked in held.records.items() if i not in own}


def put(errand: Generator[tuple[Query, ...], Mapping[Query, Answer], Identified], asker: Asker) -> Identified:
    """Put the questions of an identification to whoever answers, round by round."""
    try:
        questions = next(errand)
        while True:
            questions = errand.send({query: asker.ask(query) for query in questions})
    except StopIteration as end:
        identified: Identified = end.value
        return identified


def _pinned(
    resolutions: Sequence[Resolution], mentions: Mapping[str, Mention], known: Container[str], asker: Asker
) -> tuple[Record, ...]:
    """The records that the user pinned and nobody has asked for yet; those of what is kept as it is written."""
    pins = {r.id: mentions[r.digest] for r in resolutions if r.state == "pinned" and r.id and r.id not in known}
    kept = tuple(local_record(mention) for record_id, mention in pins.items() if record_id == local_id(mention))
    numbers = [record_id.removeprefix("arxiv:") for record_id in pins if record_id.startswith("arxiv:")]
    return (*kept, *(asker.ask(Query(ids=tuple(map(ArxivId, numbers)))).records if numbers else ()))


def _standing(resolution: Resolution, before: Mapping[str, Resolution]) -> Resolution:
    """The resolution; where nobody could be asked anew, what the lock said before stands."""
    return before.get(resolution.digest, resolution) if is_unasked(resolution) else resolution


def _is_unconfirmed(resolution: Resolution) -> bool:
    """Whether an earlier program denies that an id exists: it did so where nobody had been asked, too."""
    return not resolution.confirmed and any(problem.code == "no-such-id" for problem in resolution.problems)


def is_unasked(resolution: Resolution) -> bool:
    """Whether nobody could be asked what was to be known."""
    return any(problem.code == OFFLINE.code for problem in resolution.problems)


def answered(held: lock.Lock) -> lock.Lock:
    """The lock without the mentions of which nobody knows anything: whoever may ask next shall do so.

    An entry that stands as it is written stays, unresolved: a record and what was rendered of it hang on it.
    """
    kept = {
        digest: locked
        for digest, locked in held.mentions.items()
        if locked.resolution.id is not None or not is_unasked(locked.resolution)
    }
    return replace(held, mentions=kept)


def with_keys(held: lock.Lock, project: Project, order: Iterable[str]) -> lock.Lock:
    """The lock with a citation key for every record that has none, in the order of their first mention.

    One whose entry stands in the first `.bib` takes that entry's key; none takes a key that is in use anywhere.
    """
    first = {record_id: place for place, record_id in reversed(list(enumerate(order)))}
    without = [locked.record for locked in held.records.values() if not locked.key]
    without.sort(key=lambda record: (first.get(record.id, len(first)), record.id))
    if not without:
        return held
    there = standing(project, without)
    taken = {locked.key: record_id for record_id, locked in held.records.items() if locked.key}
    taken |= {alias: i for i, locked in held.records.items() for alias in locked.aliases}
    taken = there.own | taken
    bases = {base.entry.key.casefold() for bases in held.targets.values() for base in bases.values()}
    keys = citekeys.assign(without, taken, project.settings.citation_key, reserved=there.others | bases)
    return lock.with_keys(held, keys)


def first_queries(mentions: Sequence[Mention], held: lock.Lock) -> tuple[Query, ...]:
    """The queries :func:`resolve` would begin with; none is sent."""
    settled = _settled(held, again=True)
    known = _known(held, {mention.digest: mention for mention in mentions}, settled)
    return first_questions(mentions, known=known, settled=settled)


def _settled(held: lock.Lock, *, again: bool) -> dict[str, Resolution]:
    """What need not be resolved: what the lock knows, with its record; the unresolved too unless asked `again`."""
    return {digest: one for digest, one in held.resolutions.items() if _is_settled(one, held, again=again)}


def _is_settled(resolution: Resolution, held: lock.Lock, *, again: bool) -> bool:
    if resolution.state == "unresolved":
        return not (again or is_unasked(resolution))
    if again and resolution.state == "resolved" and _is_unconfirmed(resolution):
        return False
    return resolution.id is None or resolution.id in held.records or resolution.state == "pinned"


def upgrade(
    held: lock.Lock, mentions: Sequence[Mention], project: Project, asker: Asker, *, only: Sequence[str] = ()
) -> tuple[lock.Lock, list[Problem]]:
    """Ask arXiv anew for every record it described, or for those of `only` (record ids); the rest stays.

    What structured sources say of the records is read anew, too.
    """
    meant = [i for i in held.records if not only or i in only]
    wanted = [i for i in meant if i.startswith("arxiv:")]
    answer = (
        asker.ask(Query(ids=tuple(ArxivId(i.removeprefix("arxiv:")) for i in wanted))) if wanted else Answered()
    )
    came = {record.id: record for record in answer.records}
    records = {i: replace(r, record=came[i]) if i in came else r for i, r in held.records.items()}
    gone = [
        Problem(
            severity="warning",
            code="record-gone",
            message=f"arXiv no longer answers for {i}",
            key=held.records[i].key,
        )
        for i in wanted
        if i not in came and isinstance(answer, Answered)
    ]
    return with_sources(replace(held, records=records), mentions, project.settings, ids=meant), gone
