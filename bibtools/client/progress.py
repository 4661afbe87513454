"""What the client tells while it works: plain data, printed by nobody here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ProgressKind = Literal["asking", "pacing", "queueing", "waiting", "retrying"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One step.

    `kind`: `asking` (a request is being sent), `pacing` (the delay between requests), `queueing` (another process
    of the user is asking), `waiting` (the service asked for it), `retrying` (after a fault). `seconds` is how long
    it will take where that is known. Request `number` of `of`, which is the number foreseen: faults add to it.
    """

    kind: ProgressKind
    message: str
    seconds: float | None = None
    number: int = 0
    of: int = 0
