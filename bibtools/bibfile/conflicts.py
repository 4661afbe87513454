"""Conflict markers that git leaves in a text: `<<<<<<<`, `|||||||`, `=======`, `>>>>>>>` at a line's start.

They are seven signs long unless the attribute `conflict-marker-size` says otherwise (gitattributes(5)); those of
one region are of one length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from bibtools.model import Span

_SHORTEST = 3
_MARKER = re.compile(r"(?<![^\r\n])(<{3,}|\|{3,}|={3,}|>{3,})(?![^ \t\r\n])[^\r\n]*+(?:\r\n?|\n)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedConflict:
    """A region between markers, which belong to `span` only; `base` is there in git's diff3 style.

    `size` is how long the markers are.
    """

    span: Span
    ours: Span
    base: Span | None
    theirs: Span
    size: int


def find_conflicts(text: str) -> tuple[MarkedConflict, ...]:
    r"""All complete regions, in order. A marker out of order is ordinary text.

    >>> text = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic\n"
    >>> [(text[c.ours.start:c.ours.stop], text[c.theirs.start:c.theirs.stop]) for c in find_conflicts(text)]
    [('a\n', 'b\n')]
    """
    if "<" * _SHORTEST not in text:
        return ()
    found: list[MarkedConflict] = []
    seen: list[re.Match[str]] = []
    for match in _MARKER.finditer(text):
        signs = "".join(each[1][0] for each in seen)
        sign = match[1][0]
        if sign == "<":
            seen = [match]
        elif (signs, sign) in _NEXT and len(match[1]) == len(seen[0][1]):
            seen.append(match)
        if sign == ">" and len(seen) > 2 and seen[-1] is match:
            found.append(_region(seen))
            seen = []
    return tuple(found)


_NEXT = {("<", "|"), ("<", "="), ("<|", "="), ("<=", ">"), ("<|=", ">")}


def _region(marks: list[re.Match[str]]) -> MarkedConflict:
    between = [Span(one.end(), other.start()) for one, other in pairwise(marks)]
    return MarkedConflict(
        span=Span(marks[0].start(), marks[-1].end()),
        ours=between[0],
        base=between[1] if len(between) > 2 else None,
        theirs=between[-1],
        size=len(marks[0][1]),
    )
