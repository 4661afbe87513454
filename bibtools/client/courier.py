"""One address, asked until the answer is good or patience ends."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from bibtools.atom import Feed
from bibtools.client.address import redirected
from bibtools.client.clock import Clock
from bibtools.client.faults import QueryRefusedError, iso_time, spell_seconds, spell_time
from bibtools.client.pace import Pace, QueueError, QuietError
from bibtools.client.progress import Progress, ProgressKind
from bibtools.client.verdict import Verdict, judge
from bibtools.errors import ServiceError

MAX_THROTTLED = 4  # answers "too many requests" in a row, then no more is asked
MAX_UNCONNECTED = 4  # attempts in a row to reach a host that is not there
MAX_HOPS = 3  # redirects in a row: to https, to another host, one to spare
MIN_BACKOFF = 0.05  # seconds, where the delay is less
MAX_BACKOFF = 60.0  # seconds
_CODES = {"timeout": "arxiv-timeout", "no-connection": "arxiv-unreachable", "broken": "arxiv-connection"}
_HINTS = {
    "arxiv-throttled": "arXiv named no time; wait some minutes, better an hour if it happens again",
    "arxiv-unavailable": "arXiv has trouble of its own; try again in some minutes",
    "arxiv-timeout": "try again in some minutes, or allow more with `timeout` and `patience` in the settings",
    "arxiv-connection": "check the network connection, then run it again",
    "arxiv-unreachable": "check the network connection, then run it again",
    "arxiv-certificate": "the network may want a sign-in; name a proxy's certificate in REQUESTS_CA_BUNDLE",
    "arxiv-redirected": "the network may want a sign-in first",
    "arxiv-refused": "check `url` under [tool.bibtools.arxiv]; arXiv also refuses addresses it has blocked",
    "arxiv-unusable-answer": "the network may want a sign-in first; else try again in some minutes",
    "arxiv-queue": "another bibtools is hanging; end it, then run this again",
}

if TYPE_CHECKING:
    from bibtools.client.transport import TransportError

Check = Callable[[Feed], str | None]


class BadIdError(Exception):
    """The service does not take `text` for an id, so it answered none of the request."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class _Attempts:
    """How often and since when one address has been asked in vain."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline  # monotonic; later by what waiting for other processes took
        self.failed = 0
        self.unsure = 0
        self.trail: dict[str, str] = {}  # redirects since the last fault, addresses without query
        self.hops = 0
        self.last: Verdict | None = None


class Courier:
    """Asks in the name of one client. `sent` counts requests, `answered` good answers.

    After a ServiceError that is not about one query, every further question gets the same: a service in trouble is
    left alone for the rest of the run.
    """

    def __init__(
        self, pace: Pace, *, clock: Clock, user_agent: str, delay: float, timeout: float, patience: float,
        tell: Callable[[Progress], None],
    ) -> None:  # fmt: skip
        self.sent = self.answered = self.foreseen = 0
        self._pace, self._clock, self._tell = pace, clock, tell
        self._user_agent, self._delay, self._timeout, self._patience = user_agent, delay, timeout, patience
        self._throttled = self._unconnected = 0  # in a row
        self._moved: dict[str, str] = {}  # addresses without query
        self._broken: ServiceError | None = None

    def ask(self, url: str, *, asked: str | Collection[str], check: Check) -> tuple[Feed, bytes, float]:
        """A good answer: feed, bytes and wall-clock time.

        `asked` is the search, which may be refused (QueryRefusedError), or the ids, of which one may be
        (BadIdError). `check` says what is wrong with a feed that is well-formed, if anything. ServiceError where
        patience ends or there is nothing to be patient for.
        """
        if self._broken is not None:
            raise self._broken
        try:
            return self._until_good(url, asked, check)
        except QueryRefusedError:
            raise
        except ServiceError as error:
            self._broken = error
            raise

    def _until_good(self, start: str, asked: str | Collection[str], check: Check) -> tuple[Feed, bytes, float]:
        attempts = _Attempts(self._clock.monotonic() + self._patience)
        url = self._current(start)
        while True:
            verdict, body, came = self._attempt(url, attempts)
            if verdict.kind == "good" and verdict.feed is not None:
                fault = check(verdict.feed)
                if fault is None:
                    self.answered += 1
                    self._throttled = self._unconnected = 0
                    self._moved.update(attempts.trail)
                    return verdict.feed, body, came
                verdict = Verdict(kind="again", code="arxiv-unusable-answer", reason=f"answered with {fault}")
            if verdict.kind == "redirect":
                url = self._follow(url, verdict, attempts)
                continue
            self._give_up_if_final(verdict, asked, attempts)
            self._back_off(verdict, attempts)
            url = self._current(start)

    def _attempt(self, url: str, attempts: _Attempts) -> tuple[Verdict, bytes, float]:
        """One request in its turn."""
        from bibtools.client import transport  # brings sockets and threads, which a run without requests can spare

        patience = attempts.deadline - self._clock.monotonic()
        try:
            with self._pace.turn(patience=patience) as turn:
                attempts.deadline += turn.queued
                timeout = min(self._timeout, max(attempts.deadline - self._clock.monotonic(), 0.001))
                self.sent += 1
                text = f"request {self.sent} of {max(self.sent, self.foreseen)}"
                self._say("asking", text, timeout)
                try:
                    reply = transport.get(url, timeout=timeout, user_agent=self._user_agent)
                except transport.TransportError as error:
                    return self._not_transported(error), b"", self._clock.wall()
                came = self._clock.wall()
                verdict = judge(reply, now=came, retrieved=iso_time(came))
                turn.quiet = verdict.wait or 0.0
                return verdict, reply.body, came
        except QuietError as error:
            raise self._quiet(error.seconds, attempts) from None
        except QueueError:
            raise self._failure(
                "arxiv-queue", "is being asked by another process of yours that does not get on"
            ) from None

    def _not_transported(self, error: TransportError) -> Verdict:
        if error.kind in _CODES:
            return Verdict(kind="again", code=_CODES[error.kind], reason=str(error))
        code = {"certificate": "arxiv-certificate", "too-large": "arxiv-unusable-answer"}.get(error.kind)
        return Verdict(kind="hopeless", code=code or "arxiv-refused", reason=str(error))

    def _follow(self, url: str, verdict: Verdict, attempts: _Attempts) -> str:
        goal = redirected(url, verdict.detail)
        attempts.hops += 1
        self.foreseen += 1
        if goal is None:
            host = verdict.detail[:100]
            raise self._failure("arxiv-redirected", f"answered with a redirect to {host!r}, which is not followed")
        if attempts.hops > MAX_HOPS:
            raise self._failure("arxiv-redirected", f"answered with more than {MAX_HOPS} redirects")
        if urlsplit(goal).query == urlsplit(url).query:
            attempts.trail[_bare(url)] = _bare(goal)
        return goal

    def _current(self, url: str) -> str:
        """The address where redirects of this run have led so far."""
        for _ in range(MAX_HOPS):
            moved = self._moved.get(_bare(url))
            if moved is None:
                break
            url = urlunsplit(urlsplit(moved)._replace(query=urlsplit(url).query))
        return url

    def _give_up_if_final(self, verdict: Verdict, asked: str | Collection[str], attempts: _Attempts) -> None:
        attempts.last = verdict
        if verdict.kind == "bad-id" and not isinstance(asked, str) and verdict.detail in asked:
            raise BadIdError(verdict.detail)
        attempts.unsure += verdict.kind == "unsure"
        if isinstance(asked, str) and (verdict.kind == "refused" or attempts.unsure > 1):
            raise QueryRefusedError(asked, verdict.reason)
        if verdict.kind in ("hopeless", "refused"):
            raise self._failure(verdict.code, verdict.reason)
        self._throttled = self._throttled + 1 if verdict.code == "arxiv-throttled" else 0
        self._unconnected = self._unconnected + 1 if verdict.code == "arxiv-unreachable" else 0
        if self._throttled >= MAX_THROTTLED:
            text = f"{verdict.reason} {self._throttled} times in a row"
            raise self._failure(verdict.code, text, wait=verdict.wait)
        if self._unconnected >= MAX_UNCONNECTED:
            raise self._failure(verdict.code, verdict.reason)

    def _back_off(self, verdict: Verdict, attempts: _Attempts) -> None:
        """Wait before the next attempt: longer each time, or what the service asked for; no vain waits."""
        attempts.failed += 1
        attempts.hops = 0
        attempts.trail.clear()
        self.foreseen += 1
        factor = 4.0 if verdict.code == "arxiv-throttled" else 1.0
        wait = min(max(self._delay, MIN_BACKOFF) * factor * 2.0 ** (attempts.failed - 1), MAX_BACKOFF)
        wait = max(wait * (1 + self._clock.chance() / 2), verdict.wait or 0.0)
        if self._clock.monotonic() + wait >= attempts.deadline:
            raise self._failure(verdict.code, verdict.reason, wait=verdict.wait)
        text = f"arXiv {verdict.reason}; asking again in {spell_seconds(wait)}"
        self._say("waiting" if verdict.wait else "retrying", text, wait)
        self._clock.sleep(wait)

    def _quiet(self, seconds: float, attempts: _Attempts) -> ServiceError:
        last = attempts.last
        reason = last.reason if last is not None else "asked an earlier run to wait"
        return self._failure("arxiv-throttled", reason, wait=seconds)

    def _failure(self, code: str, reason: str, *, wait: float | None = None) -> ServiceError:
        """What happened, what is kept, when it is worth trying again."""
        kept = f"; what it answered before ({self.answered} times) is kept" if self.answered else ""
        message = f"arXiv {reason}{kept}"
        hint = _HINTS[code]
        if wait:
            until = spell_time(self._clock.wall() + wait)
            message += f"; it asked for {spell_seconds(wait)} without requests"
            hint = f"run it again after {until}; nothing is asked before then"
        return ServiceError(code, message, hint=hint)

    def _say(self, kind: ProgressKind, message: str, seconds: float | None) -> None:
        step = Progress(kind=kind, message=message, seconds=seconds)
        self._tell(replace(step, number=self.sent, of=max(self.sent, self.foreseen)))


def _bare(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(query="", fragment=""))
