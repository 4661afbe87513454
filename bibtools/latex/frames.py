r"""What is open while a formula is read, and what a formula's tokens are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\\|\s+|[^\\\s]", re.DOTALL)


class UnsoundError(Exception):
    """The math cannot be mended: its environments do not nest."""


@dataclass(slots=True)
class Frame:
    r"""What is open: the whole, a group, or an environment (then `name` says which).

    `need` is how many arguments are still to come (`by_script`: the next is an exponent or index), `scripts` what
    the last atom has already, `lefts` where each open `\left` was put, `columns` how wide an array is.
    """

    name: str = ""
    need: int = 0
    by_script: bool = False
    scripts: set[str] = field(default_factory=set)
    lefts: list[int] = field(default_factory=list)
    divided: bool = False
    cells_left: int = -1
    columns: int = 0


def group_end(source: str, start: int) -> int:
    """Where the group that opens at `start` closes, or the end."""
    depth = 0
    for match in TOKEN.finditer(source, start):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return match.start()
    return len(source)
