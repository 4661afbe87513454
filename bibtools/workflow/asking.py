"""Who answers questions in a run: the client, opened only when something is asked that nobody knows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from bibtools import __version__
from bibtools.config import ArxivSettings
from bibtools.errors import Problem
from bibtools.model import Answer, NotAsked, Query, Record

if TYPE_CHECKING:
    from bibtools.cache import Cache
    from bibtools.client import Client, Progress

OFFLINE = Problem(
    severity="warning",
    code="offline",
    message="not known without the network",
    hint="run: bibtools lock",
)
"""Why a question was not asked that any run with a network would ask."""
_REFUSED = Problem(
    severity="warning",
    code="not-asked",
    message="arXiv refused the search for it, so it was not looked up",
    hint="give its arXiv id, or settle it with: bibtools pin",
)


class Asker:
    """Asks arXiv, or offline the cache alone; `problems` is what is worth telling.

    `came` are the records of all answers, by id.
    """

    def __init__(
        self, settings: ArxivSettings, *, offline: bool, fresh: float | None, progress: Callable[[Progress], None]
    ) -> None:
        self.settings, self.offline, self.fresh, self.progress = settings, offline, fresh, progress
        self.came: dict[str, Record] = {}
        self._refused: list[Problem] = []
        self._cache: Cache | None = None
        self._client: Client | None = None

    @property
    def asked(self) -> bool:
        """Whether anything was asked at all, be it only of the cache."""
        return self._client is not None

    @property
    def requests_sent(self) -> int:
        """How many requests went out, repetitions included."""
        return self._client.requests_sent if self._client else 0

    @property
    def problems(self) -> list[Problem]:
        """What client and cache have to tell."""
        client = self._client.problems if self._client else []
        cache = self._cache.problems if self._cache else []
        return [*self._refused, *client, *cache]

    def hurry(self, patience: float) -> None:
        """Wait at most so many seconds for an answer that the run can do without, if nobody was asked before."""
        self.settings = replace(self.settings, patience=min(patience, self.settings.patience))

    def ask(self, query: Query) -> Answer:
        """The answer. What the cache lacks offline, and a search that arXiv refuses (it is told), was not asked.

        ServiceError where arXiv is needed and cannot be used.
        """
        from bibtools.client import NotCachedError, QueryRefusedError

        try:
            answer = self._opened().ask(query)
            self.came.update((record.id, record) for record in answer.records)
            return answer
        except NotCachedError as error:
            return NotAsked(records=error.records, problem=OFFLINE)
        except QueryRefusedError as error:
            self._refused.append(
                Problem(severity="warning", code=error.problem.code, message=error.problem.message)
            )
            return NotAsked(problem=_REFUSED)

    def _opened(self) -> Client:
        if self._client is None:
            from bibtools.cache import Cache, default_folder
            from bibtools.client import Client
            from bibtools.client.client import FRESH

            folder = default_folder(os.environ)
            self._cache = Cache(folder)
            self._client = Client(
                url=self.settings.url,
                delay=self.settings.delay,
                timeout=self.settings.timeout,
                patience=self.settings.patience,
                contact=self.settings.contact,
                version=__version__,
                cache=self._cache,
                state_folder=folder,
                offline=self.offline,
                progress=self.progress,
                fresh=FRESH if self.fresh is None else self.fresh,
            )
        return self._client

    def close(self) -> None:
        """Let go of the cache."""
        if self._cache is not None:
            self._cache.close()


@contextmanager
def open_asker(
    settings: ArxivSettings, *, offline: bool, progress: Callable[[Progress], None], fresh: float | None = None
) -> Iterator[Asker]:
    """An asker for one run; `fresh` is how old in seconds an answer may be that is taken from the cache."""
    asker = Asker(settings, offline=offline, fresh=fresh, progress=progress)
    try:
        yield asker
    finally:
        asker.close()
