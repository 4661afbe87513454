"""A line on the terminal that says what is being waited for; nothing where stderr is no terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bibtools.report import printable

if TYPE_CHECKING:
    from bibtools.client import Progress

_COLUMNS = 80  # of a terminal that does not say how wide it is


class ProgressLine:
    """Shows each :class:`Progress` in place of the one before; `clear` wipes the line."""

    def __init__(self, *, quiet: bool) -> None:
        self.shown = not quiet and sys.stderr.isatty()
        self.width = 0

    def __call__(self, progress: Progress) -> None:
        """Show what is happening now."""
        if self.shown:
            # A line that wraps could not be wiped: the carriage returns only to the last row.
            text = printable(progress.message)[: _columns() - 1]
            sys.stderr.write(f"\r{text.ljust(self.width)}")
            sys.stderr.flush()
            self.width = len(text)

    def clear(self) -> None:
        """Leave a clean line."""
        if self.width:
            sys.stderr.write(f"\r{' ' * self.width}\r")
            sys.stderr.flush()
            self.width = 0


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _COLUMNS
    except OSError:
        return _COLUMNS
