"""What the client raises: each stops the run with exit code 4 unless the caller knows better."""

from __future__ import annotations

import time

from bibtools.errors import ServiceError
from bibtools.model import ArxivId, Record


class QueryRefusedError(ServiceError):
    """The service says the query itself is wrong; asking it again is pointless, other queries are not touched."""

    def __init__(self, query: str, reason: str) -> None:
        super().__init__("arxiv-query-refused", f"arXiv refuses the query {query[:200]!r}: it {reason}")
        self.query, self.reason = query, reason


class NotCachedError(ServiceError):
    """Offline, and the cache does not hold all that was asked: `records` are what it holds, `missing` the rest."""

    def __init__(
        self, *, records: tuple[Record, ...] = (), missing: tuple[ArxivId, ...] = (), search: str = ""
    ) -> None:
        what = f"{len(missing)} of the papers asked for" if missing else f"the search {search[:200]!r}"
        super().__init__(
            "arxiv-offline", f"{what} would have to be asked from arXiv", hint="run it again without --offline"
        )
        self.records, self.missing, self.search = records, missing, search


def spell_seconds(seconds: float) -> str:
    """A duration for people.

    >>> spell_seconds(2.6), spell_seconds(0.25), spell_seconds(200), spell_seconds(9000)
    ('3 s', '0.2 s', '3 min', '2.5 h')
    """
    if seconds < 1:
        return f"{seconds:.1g} s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def spell_time(wall: float) -> str:
    """A point in time for people, in UTC.

    >>> spell_time(0)
    '1970-01-01 00:00:00 UTC'
    """
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(wall))


def iso_time(wall: float) -> str:
    """The same as ISO 8601: `1970-01-01T00:00:00Z`."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(wall))
