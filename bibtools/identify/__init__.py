"""Which paper each mention is: decided on evidence, or left open. Pure: questions out, answers in.

:func:`identify` is a generator: it yields the questions of a round and is sent their answers, until it returns
what it found. It reads nothing, knows no clock and gives the same result for the same answers.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bibtools.identify.explain import explain
from bibtools.identify.flags import record_flags
from bibtools.model import Answer, Mention, Query, Record, Resolution

__all__ = ["Identified", "explain", "first_questions", "identify", "record_flags"]

_NO_RECORDS: Mapping[str, Record] = MappingProxyType({})
_NO_RESOLUTIONS: Mapping[str, Resolution] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """What came of the mentions: `resolutions` in their order, `records` every current record these name."""

    resolutions: tuple[Resolution, ...]
    records: tuple[Record, ...]


def identify(
    mentions: Sequence[Mention],
    *,
    known: Mapping[str, Record] = _NO_RECORDS,
    settled: Mapping[str, Resolution] = _NO_RESOLUTIONS,
) -> Generator[tuple[Query, ...], Mapping[Query, Answer], Identified]:
    """Work out which record each mention is.

    `known` are current records by id (those of the lock): compared before anything is asked. `settled` are
    resolutions by mention digest: returned unchanged, but for unresolved ones, which are tried again. Yields the
    questions of a round, to be sent a mapping of all their answers. From a question that was not asked
    (`NotAsked`) nothing is concluded: what waited for it is unresolved, with the problem that says why.

    >>> run = identify([])
    >>> next(run)
    Traceback (most recent call last):
    StopIteration: Identified(resolutions=(), records=())
    """
    from bibtools.identify.session import Session

    session = Session(mentions, known, settled)
    while queries := session.questions():
        answers = yield queries
        session.receive(queries, answers)
    resolutions, records = session.result()
    return Identified(resolutions=resolutions, records=records)


def first_questions(
    mentions: Sequence[Mention],
    *,
    known: Mapping[str, Record] = _NO_RECORDS,
    settled: Mapping[str, Resolution] = _NO_RESOLUTIONS,
) -> tuple[Query, ...]:
    """The questions that :func:`identify` would begin with; what it asks later depends on the answers."""
    return next(identify(mentions, known=known, settled=settled), ())
