"""Resolving mentions: the questions of :mod:`bibtools.identify` put to arXiv, the answers into the lock."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import replace

from bibtools import citekeys, lock
from bibtools.errors import Problem
from bibtools.identify import Identified, first_questions, identify
from bibtools.model import Answer, ArxivId, Mention, Query, Record, Resolution
from bibtools.workflow.asking import Asker
from bibtools.workflow.project import Project
from bibtools.workflow.standing import standing

_OFFLINE = Problem(
    severity="warning",
    code="offline",
    message="not known without the network",
    hint="run: bibtools lock",
)


def resolve(
    mentions: Sequence[Mention], held: lock.Lock, project: Project, asker: Asker, *, again: bool = False
) -> lock.Lock:
    """The lock with a resolution for every mention, and the records these lead to.

    What the lock knows stands; with `again` its unresolved mentions are tried anew. ServiceError where arXiv is
    needed and cannot be used.
    """
    unique = list({mention.digest: mention for mention in mentions}.values())
    settled = _settled(held, again=again)
    known = {record_id: locked.record for record_id, locked in held.records.items()}
    open_before = [r for r in settled.values() if r.state == "unresolved"]
    left_open = {resolution.digest: resolution for resolution in open_before}
    asked_about = [mention for mention in unique if mention.digest not in left_open]
    unanswered = asker.unanswered
    if all(mention.digest in settled for mention in asked_about):
        # The everyday case, and the records need not be put in order for being searched.
        identified = Identified(resolutions=tuple(settled[m.digest] for m in asked_about), records=())
    else:
        identified = _put(identify(asked_about, known=known, settled=settled), asker)
    found = {resolution.digest: resolution for resolution in identified.resolutions} | left_open
    resolutions = [found[mention.digest] for mention in unique]
    if asker.unanswered > unanswered:
        resolutions = [_offline(resolution, settled, held.resolutions) for resolution in resolutions]
    came = {record.id: record for record in identified.records}
    records = (*came.values(), *_pinned(resolutions, {**known, **came}, asker))
    fresh = lock.with_resolutions(held, unique, resolutions, records)
    return with_keys(fresh, project, [r.id for r in resolutions if r.id is not None])


def _put(errand: Generator[tuple[Query, ...], Mapping[Query, Answer], Identified], asker: Asker) -> Identified:
    """Put the questions of an identification to whoever answers, round by round."""
    try:
        questions = next(errand)
        while True:
            questions = errand.send({query: asker.ask(query) for query in questions})
    except StopIteration as end:
        identified: Identified = end.value
        return identified


def _pinned(resolutions: Sequence[Resolution], known: Mapping[str, Record], asker: Asker) -> tuple[Record, ...]:
    """The records that the user pinned and nobody has asked for yet."""
    ids = [r.id for r in resolutions if r.state == "pinned" and r.id is not None and r.id not in known]
    numbers = [i.removeprefix("arxiv:") for i in dict.fromkeys(ids) if i.startswith("arxiv:")]
    return asker.ask(Query(ids=tuple(map(ArxivId, numbers)))).records if numbers else ()


def _offline(
    resolution: Resolution, settled: Mapping[str, Resolution], before: Mapping[str, Resolution]
) -> Resolution:
    """What nobody could be asked about is unresolved, and what the lock said of it before stands."""
    if resolution.state != "unresolved" or resolution.digest in settled:
        return resolution
    return before.get(resolution.digest) or Resolution(
        digest=resolution.digest, state="unresolved", problems=(_OFFLINE,)
    )


def answered(held: lock.Lock) -> lock.Lock:
    """The lock without the mentions that nobody could be asked about: whoever may ask next shall do so."""
    asked = {d: m for d, m in held.mentions.items() if _OFFLINE not in m.resolution.problems}
    return replace(held, mentions=asked)


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
    known = {record_id: locked.record for record_id, locked in held.records.items()}
    return first_questions(mentions, known=known, settled=_settled(held, again=True))


def _settled(held: lock.Lock, *, again: bool) -> dict[str, Resolution]:
    """What need not be resolved: what the lock knows, with its record; the unresolved too unless asked `again`."""
    return {
        digest: resolution
        for digest, resolution in held.resolutions.items()
        if not (again and resolution.state == "unresolved")
        and (resolution.id is None or resolution.id in held.records or resolution.state == "pinned")
    }


def upgrade(held: lock.Lock, asker: Asker, *, only: Sequence[str] = ()) -> tuple[lock.Lock, list[Problem]]:
    """Ask arXiv anew for every record it described, or for those of `only` (record ids); the rest stays."""
    wanted = [i for i in held.records if i.startswith("arxiv:") and (not only or i in only)]
    if not wanted:
        return held, []
    answer = asker.ask(Query(ids=tuple(ArxivId(i.removeprefix("arxiv:")) for i in wanted)))
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
        if i not in came and not asker.offline
    ]
    return replace(held, records=records), gone
