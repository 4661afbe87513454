"""Turns: one request at a time and `delay` seconds between them, over all processes of the user.

A lock file makes the requests of all processes follow one another; a small state file beside it says when the last
one ended and until when the service asked for quiet (`Retry-After`). Both are per service, all of arXiv's hosts
being one. The lock is held during a request, never during a wait, so that every process can see how things stand.

Times in the file are wall-clock times, the only ones that mean the same to all processes. A clock that was set
back lengthens no wait beyond what was asked; within one process a monotonic clock watches too. A process that died
in a request leaves its mark in the file: its request is taken to have ended when that is seen. So is one of which
an unreadable file tells nothing.
"""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bibtools.client.clock import Clock
from bibtools.client.faults import spell_seconds
from bibtools.client.progress import Progress
from bibtools.errors import UsageError

if TYPE_CHECKING:
    from filelock import BaseFileLock

MAX_QUIET = 24 * 3600.0  # seconds; no service is believed to want more
_POLL = 0.02  # seconds between two looks at the lock
_LOOK = 1.0  # seconds after which a queueing process looks whether others get on


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the file says; wall-clock times. `asking`: a request had begun and not ended when it was written."""

    ended: float = -math.inf
    quiet_until: float = -math.inf
    quiet_since: float = -math.inf
    asking: bool = False

    def wait(self, now: float, delay: float) -> float:
        """Seconds until the next request may begin, as far as the delay asks for it."""
        return max(0.0, self.ended + delay - now)

    def quiet(self, now: float) -> float:
        """Seconds for which the service still wants to hear nothing."""
        return max(0.0, self.quiet_until - now)

    def settled(self, now: float) -> State:
        """The state as the holder of the lock is to understand it, with no time in the future but `quiet_until`.

        Nobody else is asking now, so a request under way is one whose process died, and what happened in the
        future happened before the clock was set back: at the latest now.
        """
        ended = now if self.asking else min(self.ended, now)
        if self.quiet_since <= now and self.quiet_until <= now + MAX_QUIET:
            return replace(self, ended=ended, asking=False)
        quiet = min(max(0.0, self.quiet_until - self.quiet_since), MAX_QUIET)
        return State(ended=ended, quiet_until=now + quiet, quiet_since=now)


def parse_state(text: str) -> State | None:
    """Read what :func:`render_state` wrote; None for anything else."""
    try:
        value = json.loads(text)
        times = {name: float(value[name]) for name in ("ended", "quiet_until", "quiet_since")}
        asking = value["asking"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(asking, bool) or any(math.isnan(time) for time in times.values()):
        return None
    return State(**times, asking=asking)


def render_state(state: State) -> str:
    """One line of JSON."""
    return json.dumps({name: getattr(state, name) for name in State.__slots__}) + "\n"


class QuietError(Exception):
    """The service asked to be left alone longer than the caller would wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class QueueError(Exception):
    """Another process holds the lock and does not get on."""


class Turn:
    """A request's turn.

    `queued` is how many seconds were spent waiting, but for what the service asked for; set `quiet` to the seconds
    for which it does.
    """

    def __init__(self, queued: float) -> None:
        self.queued = queued
        self.quiet = 0.0


class Pace:
    """Gives turns for one service; `folder` is shared by all processes of the user."""

    def __init__(
        self, folder: Path, service: str, *, delay: float, clock: Clock, tell: Callable[[Progress], None]
    ) -> None:
        self._folder, self._delay, self._clock, self._tell = folder, delay, clock, tell
        self._state_file = folder / f"{service}.pace"
        self._lock_file = folder / f"{service}.lock"
        self._last_end = -math.inf  # monotonic, of this process

    @contextmanager
    def turn(self, *, patience: float) -> Iterator[Turn]:
        """Wait for a turn and hold it for the block.

        QuietError where the service wants quiet for more than `patience` seconds from now, QueueError where
        another process holds the lock for so long without sending anything, UsageError (`cache-folder`) where the
        folder cannot be written.
        """
        lock = self._new_lock()
        queued = self._enter(lock, patience)
        turn = Turn(queued)
        try:
            yield turn
        finally:
            self._last_end = self._clock.monotonic()
            now = self._clock.wall()
            quiet = min(turn.quiet, MAX_QUIET)
            with contextlib.suppress(OSError):  # the mark that is there is read as an end, too
                self._write(State(ended=now, quiet_until=now + quiet, quiet_since=now))
            lock.release()

    def _new_lock(self) -> BaseFileLock:
        from filelock import FileLock

        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise self._unusable(error) from None
        return FileLock(self._lock_file)

    def _enter(self, lock: BaseFileLock, patience: float) -> float:
        """Take the lock when it is free and all waits are over; returns the seconds of :attr:`Turn.queued`."""
        began, asked = self._clock.monotonic(), 0.0
        while True:
            self._acquire(lock, patience)
            entered = False
            try:
                now = self._clock.wall()
                state = self._settled(now)
                quiet, wait = state.quiet(now), self._own_wait(state.wait(now, self._delay))
                if quiet <= 0 and wait <= 0:
                    self._write(State(ended=now, asking=True))
                    entered = True
                    return self._clock.monotonic() - began - asked
            except OSError as error:
                raise self._unusable(error) from None
            finally:
                if not entered:
                    lock.release()
            asked += quiet
            if asked > patience:
                raise QuietError(quiet)
            self._sit_out(quiet, wait)

    def _sit_out(self, quiet: float, wait: float) -> None:
        if quiet > wait:
            text = f"arXiv asked to wait {spell_seconds(quiet)}"
            self._tell(Progress(kind="waiting", message=text, seconds=quiet))
        else:
            self._tell(Progress(kind="pacing", message=f"waiting {spell_seconds(wait)}", seconds=wait))
        self._clock.sleep(max(quiet, wait))

    def _own_wait(self, wait: float) -> float:
        return max(wait, min(self._last_end + self._delay - self._clock.monotonic(), self._delay))

    def _acquire(self, lock: BaseFileLock, patience: float) -> None:
        from filelock import Timeout

        seen, stalled = None, 0.0
        while True:
            try:
                with contextlib.suppress(Timeout):
                    lock.acquire(timeout=_LOOK, poll_interval=_POLL)
                    return
                state = self._read()
            except (OSError, NotImplementedError) as error:
                raise self._unusable(error) from None
            stalled = stalled + _LOOK if state == seen else 0.0
            seen = state
            if stalled > patience:
                raise QueueError
            self._tell(Progress(kind="queueing", message="another bibtools is asking arXiv, waiting for its turn"))

    def _settled(self, now: float) -> State:
        """The state as the holder of the lock is to understand it; written where that differs from the file."""
        text = self._read()
        if text is None:
            return State()
        kept = parse_state(text)
        state = State(ended=now) if kept is None else kept.settled(now)
        if state != kept:
            self._write(state)
        return state

    def _read(self) -> str | None:
        try:
            return self._state_file.read_text("utf-8", "replace")[:4096]
        except FileNotFoundError:
            return None

    def _write(self, state: State) -> None:
        # In place: one short write, read only by holders of the lock and by those who tolerate anything.
        self._state_file.write_text(render_state(state), "utf-8")

    def _unusable(self, error: Exception) -> UsageError:
        return UsageError(
            "cache-folder",
            f"arXiv cannot be asked politely: {self._folder} cannot be written ({error})",
            hint="name another folder in BIBTOOLS_CACHE_DIR",
        )
