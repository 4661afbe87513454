"""Time and chance as the client sees them, in one place so that tests can give it others."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


def _chance() -> float:
    import random  # 2 ms, only for what goes wrong

    return random.random()  # noqa: S311 - spreads retries, guards nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """`wall` seconds since 1970 (may jump, the same in all processes), `monotonic` seconds (never back, this
    process only), `sleep` for seconds, `chance` from 0 to below 1.
    """

    wall: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = _chance
