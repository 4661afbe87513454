"""Questions to arXiv, answered from the cache where that is fresh, else by the service, and completely.

An answer is complete: every id asked for has its record or is known to be absent. What is absent (an id, anything
found by a search) is asked a second time before it is believed, and never cached; what came is cached at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from bibtools.atom import Feed, FeedError, parse_feed
from bibtools.client import address
from bibtools.client.clock import Clock
from bibtools.client.courier import BadIdError, Courier
from bibtools.client.faults import NotCachedError, iso_time
from bibtools.client.pace import Pace
from bibtools.client.progress import Progress
from bibtools.errors import Problem, UsageError
from bibtools.model import Answered, ArxivId, Query, Record

POLITE_DELAY = 3.0  # seconds; arXiv's terms of use
_BELIEVED = 2  # times an id must be absent
_REFUSED = 99  # times, for an id that the service does not take for one
FRESH = 24 * 3600.0  # seconds; the service's answers change once a day


class AnswerCache(Protocol):
    """What the client needs of a cache (:class:`bibtools.cache.Cache` is one)."""

    def get(self, key: str, *, max_age: float | None = None) -> tuple[bytes, float] | None:
        """Bytes and wall-clock time of retrieval, unless older than `max_age` seconds."""

    def put(self, answers: Iterable[tuple[str, bytes]], *, retrieved: float) -> bool:
        """Keep answers, durable on return."""


class Client:
    """Asks one service. `requests_sent` counts, `problems` collects what is worth telling (`arxiv-bad-id`).

    `url` is the API's address, `delay`, `timeout` and `patience` are seconds (settings `[tool.bibtools.arxiv]`),
    `contact` and `version` go into the User-Agent, `state_folder` is shared by all processes of the user. Offline
    the cache answers whatever its age, and what it lacks raises :class:`NotCachedError`. `fresh` is how old in
    seconds an answer about a current version may be; a given version never changes.

    UsageError (`arxiv-url`, `arxiv-delay`) for settings that cannot be used.
    """

    def __init__(
        self, *, url: str, delay: float, timeout: float, patience: float, contact: str, version: str,
        cache: AnswerCache | None, state_folder: Path, offline: bool = False,
        progress: Callable[[Progress], None] | None = None, fresh: float = FRESH, clock: Clock | None = None,
    ) -> None:  # fmt: skip
        _check_settings(url, delay, timeout, patience)
        self.problems: list[Problem] = []
        self._url, self._offline, self._fresh = url, offline, fresh
        self._cache = cache
        self._scope = address.service(url) + urlsplit(url).path
        clock = clock or Clock()
        tell = progress or (lambda _: None)
        pace = Pace(state_folder, address.service(url), delay=delay, clock=clock, tell=tell)
        self._courier = Courier(
            pace, clock=clock, user_agent=user_agent(version, contact), delay=delay, timeout=timeout,
            patience=patience, tell=tell,
        )  # fmt: skip

    @property
    def requests_sent(self) -> int:
        """How many requests were sent so far, repetitions and redirects included."""
        return self._courier.sent

    def ask(self, query: Query) -> Answered:
        """The answer to ids (in their order, absent ones left out; any number) or to one search.

        ValueError for an id that is none, a search that is empty or too long for one request, or both at once;
        ServiceError where the service cannot be used now; QueryRefusedError where it refuses the search;
        NotCachedError where the client is offline.
        """
        if query.ids and query.search:
            raise ValueError("ids and a search in one query")
        if not query.search:
            return self._ask_ids(address.checked_ids(query.ids))
        if query.max_results < 1:
            raise ValueError("a search for no results")
        return self._ask_search(
            address.checked_search(self._url, query.search), min(query.max_results, address.MAX_RESULTS)
        )

    # ids

    def _ask_ids(self, ids: tuple[ArxivId, ...]) -> Answered:
        found = self._cached(ids)
        wanted = tuple(i for i in ids if i not in found)
        if wanted and self._offline:
            raise NotCachedError(records=_in_order(ids, found), missing=wanted)
        doubts = dict.fromkeys(wanted, 0)  # how often an id was absent from an answer that can be believed
        while doubts:
            batches = address.batches(self._url, doubts)
            self._courier.foreseen = self._courier.sent + len(batches)
            for batch in batches:
                self._ask_batch(batch, found, doubts)
            doubts = {i: times for i, times in doubts.items() if i not in found and times < _BELIEVED}
        return Answered(records=_in_order(ids, found), total=len(found))

    def _ask_batch(
        self, batch: tuple[ArxivId, ...], found: dict[ArxivId, Record], doubts: dict[ArxivId, int]
    ) -> None:
        """Ask for a batch, without the ids the service refuses; adds to `found` and `doubts`."""
        while batch:
            try:
                feed, _, came = self._courier.ask(
                    address.ids_url(self._url, batch),
                    asked=frozenset(map(str, batch)),
                    check=partial(_fault_of_ids, batch=batch),
                )
            except BadIdError as error:
                self._report_bad_id(error.text)
                doubts.update((i, _REFUSED) for i in batch if str(i) == error.text)
                batch = tuple(i for i in batch if str(i) != error.text)
                continue
            matched = _matched(feed, batch)
            self._keep([(str(i), feed.documents[at]) for i, at in matched.items()], feed, came)
            found.update((i, feed.records[at]) for i, at in matched.items())
            for i in batch:
                # Fewer entries than announced: whatever is missing may just have been left out.
                doubts[i] += i not in matched and feed.total <= len(feed.records)
            return

    def _report_bad_id(self, bad: str) -> None:
        self.problems.append(
            Problem(
                severity="warning",
                code="arxiv-bad-id",
                message=f"arXiv does not take {bad!r} for an id",
                hint="correct it where it is written",
            )
        )

    # searches

    def _ask_search(self, search: str, wanted: int) -> Answered:
        """Page by page; what comes decides how it goes on, not what is announced."""
        records: dict[str, Record] = {}
        start = total = 0
        page_size = min(wanted, address.MAX_PAGE)
        short = False
        while len(records) < wanted and start < address.MAX_RESULTS:
            size = min(page_size, address.MAX_RESULTS - start)
            feed = self._page(search, start, size, tries=2 if short or not start else 4)
            known = len(records)
            records.update((record.id, record) for record in feed.records)
            total = max(total, feed.total)
            start += len(feed.records)
            short = len(feed.records) < size
            if len(records) == known or (short and start >= feed.total) or start == feed.total:
                break
        found = tuple(records.values())[:wanted]
        return Answered(records=found, total=max(total, len(records)))

    def _page(self, search: str, start: int, size: int, *, tries: int) -> Feed:
        """A page; one without entries is asked for again before it is taken for the end."""
        cached = self._cached_page(search, start, size)
        if cached is not None:
            return cached
        feed = Feed()
        if self._offline:
            if start == 0:
                raise NotCachedError(search=search)
            return feed
        for _ in range(tries):
            self._courier.foreseen = max(self._courier.foreseen, self._courier.sent + 1)
            feed, body, came = self._courier.ask(
                address.search_url(self._url, search, start=start, size=size),
                asked=search,
                check=_fault_of_first_page if start == 0 else lambda _: None,
            )
            if feed.records:
                self._keep([(self._page_name(search, start, size), body)], feed, came)
                break
        return feed

    # cache

    def _key(self, name: str) -> str:
        return f"{self._scope} {name}"

    def _page_name(self, search: str, start: int, size: int) -> str:
        return "?" + urlsplit(address.search_url("", search, start=start, size=size)).query

    def _keep(self, answers: list[tuple[str, bytes]], feed: Feed, came: float) -> None:
        """Keep answers under their names, and each entry under its id with version."""
        if self._cache is None:
            return
        for record, document in zip(feed.records, feed.documents, strict=True):
            if record.version is not None and record.arxiv_number is not None:
                answers.append((str(ArxivId(record.arxiv_number, record.version)), document))
        self._cache.put([(self._key(name), body) for name, body in dict(answers).items()], retrieved=came)

    def _cached_feed(self, name: str, *, for_ever: bool = False) -> Feed | None:
        if self._cache is None:
            return None
        kept = self._cache.get(self._key(name), max_age=None if for_ever or self._offline else self._fresh)
        if kept is None:
            return None
        try:
            return parse_feed(kept[0], retrieved=iso_time(kept[1]))
        except FeedError:  # checked when it was kept: the file was changed since, or the checks became stricter
            return None

    def _cached(self, ids: tuple[ArxivId, ...]) -> dict[ArxivId, Record]:
        found = {}
        for arxiv_id in ids:
            feed = self._cached_feed(str(arxiv_id), for_ever=arxiv_id.version is not None)
            if feed is not None and (matched := _matched(feed, (arxiv_id,))):
                found[arxiv_id] = feed.records[matched[arxiv_id]]
        return found

    def _cached_page(self, search: str, start: int, size: int) -> Feed | None:
        return self._cached_feed(self._page_name(search, start, size))


def user_agent(version: str, contact: str) -> str:
    """The name the client goes by; of the contact only what may stand in a header.

    >>> user_agent("1.2", "mailto:me@example.org"), user_agent("1.2", "")
    ('bibtools/1.2 (+mailto:me@example.org)', 'bibtools/1.2')
    """
    contact = "".join(c for c in contact if " " <= c <= "~" and c not in "()\\").strip()[:200]
    return f"bibtools/{version}" + (f" (+{contact})" if contact else "")


def _check_settings(url: str, delay: float, timeout: float, patience: float) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise UsageError("arxiv-url", f"not an address that can be asked: {url[:200]!r}")
    if not (0 <= delay < math.inf and 0 < timeout < math.inf and 0 < patience < math.inf):
        raise UsageError("arxiv-delay", "delay, timeout and patience must be positive numbers of seconds")
    if address.is_arxiv(parts.hostname or "") and delay < POLITE_DELAY:
        raise UsageError(
            "arxiv-delay",
            f"a delay of {delay:g} s is too short for {parts.hostname}",
            hint="arXiv's terms ask for at most one request every three seconds",
        )


def _matched(feed: Feed, ids: Iterable[ArxivId]) -> dict[ArxivId, int]:
    """Which entry answers which id: by number and version, never by position."""
    places: dict[tuple[str | None, int | None], int] = {}
    newest: dict[str | None, int] = {}
    for at, record in enumerate(feed.records):
        number = record.arxiv_number
        places.setdefault((number, record.version), at)
        if number not in newest or (record.version or 0) > (feed.records[newest[number]].version or 0):
            newest[number] = at
    found = {i: newest.get(i.number) if i.version is None else places.get((i.number, i.version)) for i in ids}
    return {i: at for i, at in found.items() if at is not None}


def _in_order(ids: tuple[ArxivId, ...], found: dict[ArxivId, Record]) -> tuple[Record, ...]:
    return tuple(found[i] for i in ids if i in found)


def _fault_of_ids(feed: Feed, batch: tuple[ArxivId, ...]) -> str | None:
    if not feed.records:
        return _fault_of_first_page(feed)
    return None if _matched(feed, batch) else "papers that were not asked for"


def _fault_of_first_page(feed: Feed) -> str | None:
    return f"an empty page that speaks of {feed.total} results" if not feed.records and feed.total else None
