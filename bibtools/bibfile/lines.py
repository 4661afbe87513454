r"""Lines of a text, whichever way they end: `\n`, `\r\n`, `\r`, or a mixture."""

from __future__ import annotations

import re
from array import array
from typing import Literal

Newline = Literal["\n", "\r\n", "\r"]

_NEWLINE = re.compile(r"\r\n?|\n")


def line_starts(text: str) -> array[int]:
    r"""The offsets at which lines begin.

    >>> list(line_starts("a\r\nb\rc"))
    [0, 3, 5]
    """
    starts = array("Q", [0])
    starts.extend(match.end() for match in _NEWLINE.finditer(text))
    return starts


def line_end(text: str, at: int) -> int:
    """The offset of the newline that ends the line of `at`, or of the text's end."""
    match = _NEWLINE.search(text, at)
    return match.start() if match else len(text)


def main_newline(text: str) -> Newline:
    r"""The newline most lines of a text end with; `\n` for a text of one line."""
    pairs = text.count("\r\n")
    counts: dict[Newline, int] = {"\n": text.count("\n") - pairs, "\r\n": pairs, "\r": text.count("\r") - pairs}
    return max(counts, key=lambda newline: counts[newline])


def with_newlines(text: str, newline: str) -> str:
    r"""The text with every line ended by `newline`."""
    return _NEWLINE.sub(lambda _: newline, text)
