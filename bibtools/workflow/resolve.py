"""Resolving mentions: the questions of :mod:`bibtools.identify` put to arXiv, the answers into the lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bibtools import citekeys, lock
from bibtools.config import Settings
from bibtools.errors import Problem
from bibtools.identify import first_questions, identify
from bibtools.model import Answer, ArxivId, Mention, Query, Record, Resolution
from bibtools.workflow.asking import Asker


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The lock as it would be, and what is new in it; `requests` were sent to arXiv."""

    lock: lock.Lock
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    requests: int = 0
    problems: tuple[Problem, ...] = ()


_OFFLINE = Problem(
    severity="warning",
    code="offline",
    message="not known without the network",
    hint="run: bibtools lock",
)


def resolve(
    mentions: Sequence[Mention], held: lock.Lock, settings: Settings, asker: Asker, *, again: bool = False
) -> Resolved:
    """Resolve every mention that the lock does not know; with `again` also those it knows as unresolved.

    Raises ServiceError where arXiv is needed and cannot be used.
    """
    unique = list({mention.digest: mention for mention in mentions}.values())
    settled = _settled(held, again=again)
    known = {record_id: locked.record for record_id, locked in held.records.items()}
    errand = identify(unique, known=known, settled=settled)
    unanswered = asker.unanswered
    try:
        questions = next(errand)
        while True:
            answers: Mapping[Query, Answer] = {query: asker.ask(query) for query in questions}
            questions = errand.send(answers)
    except StopIteration as end:
        identified = end.value
    resolutions = identified.resolutions
    if asker.unanswered > unanswered:
        resolutions = tuple(_offline(resolution, settled, held.resolutions) for resolution in resolutions)
    records = (
        *identified.records,
        *_pinned(resolutions, {**known, **{r.id: r for r in identified.records}}, asker),
    )
    return _updated(unique, held, settings, resolutions, records, asker.requests_sent)


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


def _updated(
    mentions: Sequence[Mention],
    held: lock.Lock,
    settings: Settings,
    resolutions: Sequence[Resolution],
    records: Sequence[Record],
    requests: int,
) -> Resolved:
    fresh = lock.with_resolutions(held, mentions, resolutions, records)
    fresh = with_keys(fresh, settings, [r.id for r in resolutions if r.id is not None])
    changed = [i for i in held.records if _said(fresh.records[i].record) != _said(held.records[i].record)]
    return Resolved(
        lock=fresh,
        new=tuple(i for i in fresh.records if i not in held.records),
        changed=tuple(changed),
        requests=requests,
    )


def _said(record: Record) -> Record:
    return replace(record, retrieved="")


def with_keys(held: lock.Lock, settings: Settings, order: Iterable[str]) -> lock.Lock:
    """The lock with a citation key for every record that has none, in the order of their first mention."""
    first = {record_id: place for place, record_id in reversed(list(enumerate(order)))}
    without = [locked.record for locked in held.records.values() if not locked.key]
    without.sort(key=lambda record: (first.get(record.id, len(first)), record.id))
    if not without:
        return held
    taken = {locked.key: record_id for record_id, locked in held.records.items() if locked.key}
    taken |= {alias: i for i, locked in held.records.items() for alias in locked.aliases}
    return lock.with_keys(held, citekeys.assign(without, taken, settings.citation_key, reserved=frozenset()))


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
