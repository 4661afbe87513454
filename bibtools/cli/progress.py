"""A line on the terminal that says what is being waited for; nothing where stderr is no terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bibtools.client import Progress


class ProgressLine:
    """Shows each :class:`Progress` in place of the one before; `close` wipes the line."""

    def __init__(self, *, quiet: bool) -> None:
        self.shown = not quiet and sys.stderr.isatty()
        self.width = 0

    def __call__(self, progress: Progress) -> None:
        """Show what is happening now."""
        if self.shown:
            text = progress.message
            sys.stderr.write(f"\r{text.ljust(self.width)}")
            sys.stderr.flush()
            self.width = len(text)

    def close(self) -> None:
        """Leave a clean line."""
        if self.shown and self.width:
            sys.stderr.write(f"\r{' ' * self.width}\r")
            sys.stderr.flush()
            self.width = 0
