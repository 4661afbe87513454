"""What the client's tests share: a few papers, a clock that need not be waited for, a client beside a stand-in."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bibtools.cache import Cache
from bibtools.client import Client, Clock, Progress
from bibtools.model import ArxivId, Query
from tests.standin import Older, Paper, Standin

DELAY = 0.02


def paper(number: int, **changes: Any) -> Paper:
    """An invented paper: `2401.00001` and so on."""
    values: dict[str, Any] = {
        "id": f"2401.{number:05d}",
        "title": f"Invented Results of Kind {number}",
        "authors": ("Ada Lovelace", "Charles Babbage"),
        "abstract": f"We invent result number {number}.",
    }
    return Paper(**{**values, **changes})


PAPERS = [
    *(paper(number) for number in range(1, 8)),
    paper(8, version=3, title="Now Called So", older_versions=(Older(version=1, title="Once Called So"),)),
    paper(9, id="hep-th/9901001", title="An Old Paper"),
]


def ids(*texts: str) -> Query:
    """The query for ids as arXiv writes them."""
    parts = [text.partition("v") for text in texts]
    return Query(ids=tuple(ArxivId(number, int(version) if v else None) for number, v, version in parts))


class FakeTime:
    """Time that passes as it does, and at once where somebody sleeps."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._ahead = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._ahead += seconds

    @property
    def clock(self) -> Clock:
        return Clock(
            wall=lambda: time.time() + self._ahead,
            monotonic=lambda: time.monotonic() + self._ahead,
            sleep=self.sleep,
            chance=lambda: 0.0,
        )


@dataclass
class Bed:
    """A stand-in and clients for it; all share a folder and, unless told otherwise, a clock."""

    standin: Standin
    folder: Path
    time: FakeTime = field(default_factory=FakeTime)
    told: list[Progress] = field(default_factory=list)

    def cache(self) -> Cache:
        return Cache(self.folder, clock=self.time.clock.wall)

    def client(self, **changes: Any) -> Client:
        values: dict[str, Any] = {
            "url": self.standin.url,
            "delay": DELAY,
            "timeout": 5.0,
            "patience": 60.0,
            "contact": "",
            "version": "0.1",
            "cache": self.cache(),
            "state_folder": self.folder,
            "progress": self.told.append,
            "clock": self.time.clock,
        }
        return Client(**{**values, **changes})

    @property
    def asked(self) -> list[str]:
        """The ids or the search of each request that arrived."""
        return [
            seen.params.get("id_list") or seen.params.get("search_query", "") for seen in self.standin.requests
        ]
