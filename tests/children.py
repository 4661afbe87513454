"""Processes that tests start. Each is ended with the block that started it, whatever happens there.

A shell starts what it runs in the background (`nohup`, `cmd &`) with SIGINT ignored, and a child inherits that;
tests that interrupt a child need the default, however they were started themselves.
"""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any


@contextmanager
def started(command: Sequence[Any], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """A running process (options as for Popen) that Ctrl-C can interrupt; killed at the end if it still runs."""
    with _interruptible():
        process = subprocess.Popen(command, **options)
    with process:
        try:
            yield process
        finally:
            process.kill()  # does nothing to one that has ended


@contextmanager
def ended(processes: Sequence[BaseProcess]) -> Iterator[None]:
    """Start these processes, and kill those that still run at the end."""
    try:
        for process in processes:
            process.start()
        yield
    finally:
        for process in processes:
            if process.pid is not None:
                process.kill()
                process.join()


@contextmanager
def _interruptible() -> Iterator[None]:
    """A handled signal has its default in a child that is started; an ignored one stays ignored."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
