r"""Conflict markers: around the lines in which two texts differ, as git writes them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bibtools import bibfile
from bibtools.bibfile import Edit
from bibtools.model import Span

MARKER_SIZE = 7
_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n|\Z)")
_MAX_LINES = 400  # of a region, beyond which it is marked in one piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A place of our text where `theirs` would have to be carried out too to get the other side's text.

    `base` are the edits that give what was there before both changed it. `whole`
    marks all its lines in one piece, also those that are the same on both sides.
    """

    span: Span
    theirs: tuple[Edit, ...]
    base: tuple[Edit, ...]
    whole: bool = False


def lines(text: str) -> list[str]:
    r"""The lines of a text with their ends, whichever these are.

    >>> lines("a\r\nb\rc")
    ['a\r\n', 'b\r', 'c']
    """
    return [line for line in _LINE.findall(text) if line]


def marked(ours: str, theirs: str, *, newline: str = "\n", size: int = MARKER_SIZE, whole: bool = False) -> str:
    r"""One text with markers around the lines that differ.

    >>> marked("a\nb\nc\n", "a\nx\nc\n").splitlines()
    ['a', '<<<<<<< ours', 'b', '=======', 'x', '>>>>>>> theirs', 'c']
    """
    left, right = lines(ours), lines(theirs)
    if whole or max(len(left), len(right)) > _MAX_LINES:
        return _hunk(left, right, newline, size)
    pieces = []
    for a, b, c, d in _differences(left, right):
        pieces.append(
            "".join(left[a:b]) if left[a:b] == right[c:d] else _hunk(left[a:b], right[c:d], newline, size)
        )
    return "".join(pieces)


def marked_with_base(
    ours: str, base: str, theirs: str, *, newline: str = "\n", size: int = MARKER_SIZE, whole: bool = False
) -> str:
    r"""As :func:`marked`, in git's style `diff3`: all lines between the first and the last that differ.

    >>> marked_with_base("a\nb\n", "a\nx\n", "a\ny\n").splitlines()
    ['a', '<<<<<<< ours', 'b', '||||||| base', 'x', '=======', 'y', '>>>>>>> theirs']
    """
    sides = [lines(text) for text in (ours, base, theirs)]
    start = stop = 0
    if not whole:
        least = min(len(side) for side in sides)
        while start < least and sides[0][start] == sides[1][start] == sides[2][start]:
            start += 1
        while stop < least - start and sides[0][~stop] == sides[1][~stop] == sides[2][~stop]:
            stop += 1
    inner = [side[start : len(side) - stop] for side in sides]
    behind = sides[0][len(sides[0]) - stop :]
    return "".join((*sides[0][:start], _hunk(inner[0], inner[2], newline, size, inner[1]), *behind))


def _differences(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        yield a, b, c, d


def _hunk(
    left: Sequence[str], right: Sequence[str], newline: str, size: int, base: Sequence[str] | None = None
) -> str:
    """The sides between markers; one of blank lines alone is shown empty."""
    shown = [left, right] if base is None else [left, right, base]
    sides = ["" if not "".join(side).strip() else _ended("".join(side), newline) for side in shown]
    if base is not None:
        sides[0] += f"{'|' * size} base{newline}{sides[2]}"
    return f"{'<' * size} ours{newline}{sides[0]}{'=' * size}{newline}{sides[1]}{'>' * size} theirs{newline}"


def _ended(text: str, newline: str) -> str:
    return text if text.endswith(("\n", "\r")) else text + newline


def apply(
    text: str, edits: Sequence[Edit], clashes: Sequence[Clash], *, newline: str, size: int, with_base: bool
) -> str:
    """Carry out the edits, and mark the places where the sides differ."""
    pending = sorted(edits, key=lambda edit: (edit.span.start, edit.span.stop))
    outside: list[Edit] = []
    marks: list[Edit] = []
    at = 0
    for span, members in _regions(text, edits, clashes):
        inside: list[Edit] = []
        while at < len(pending):
            is_inside = _is_inside(pending[at].span, span, text)
            if not is_inside and pending[at].span.start >= span.stop:
                break
            (inside if is_inside else outside).append(pending[at])
            at += 1
        whole = any(clash.whole for clash in members)
        if whole:
            around, inside = _around(text, span, inside, newline)
            outside += around
        theirs = [edit for clash in members for edit in clash.theirs]
        base = [edit for clash in members for edit in clash.base]
        mine, was, come = (_applied(text, span, each) for each in (inside, [*inside, *base], [*inside, *theirs]))
        start = newline if span.start and text[span.start - 1] not in "\r\n" else ""
        if with_base:
            said = marked_with_base(mine, was, come, newline=newline, size=size, whole=whole)
        else:
            said = marked(mine, come, newline=newline, size=size, whole=whole)
        marks.append(Edit(span, start + said))
    return bibfile.apply(text, [*outside, *pending[at:], *marks])


def _around(text: str, span: Span, edits: Sequence[Edit], newline: str) -> tuple[list[Edit], list[Edit]]:
    """What is inserted at either end of a region marked in one piece stands outside the markers."""
    around, inside = [], []
    for edit in edits:
        at = edit.span.start
        if at < edit.span.stop or (at > span.start and text[at : span.stop].strip()):
            inside.append(edit)
        elif at == span.start:
            around.append(edit)
        else:
            around.append(Edit(Span(span.stop, span.stop), edit.text.removeprefix(newline) + newline))
    return around, inside


def _applied(text: str, span: Span, edits: Sequence[Edit]) -> str:
    moved = [Edit(Span(e.span.start - span.start, e.span.stop - span.start), e.text) for e in edits]
    return bibfile.apply(text[span.start : span.stop], moved)


def _is_inside(inner: Span, outer: Span, text: str) -> bool:
    """Whether an edit belongs to a region; one between two lines belongs to the region that begins there."""
    if inner.start == inner.stop == outer.stop:
        return outer.start == outer.stop or outer.stop == len(text)
    return outer.start <= inner.start and inner.stop <= outer.stop


def _regions(text: str, edits: Sequence[Edit], clashes: Sequence[Clash]) -> Iterator[tuple[Span, list[Clash]]]:
    """The clashes by the whole lines they concern, with those that share lines or an edit put together."""
    spans = _joined(edit.span for edit in edits if edit.span.start < edit.span.stop)
    pending: tuple[Span, list[Clash]] | None = None
    for clash in sorted(clashes, key=lambda clash: (clash.span.start, clash.span.stop)):
        span = _grown(text, clash.span, spans)
        if pending and span.start < pending[0].stop:
            joined = Span(min(span.start, pending[0].start), max(span.stop, pending[0].stop))
            pending = (joined, [*pending[1], clash])
            continue
        if pending:
            yield pending
        pending = (span, [clash])
    if pending:
        yield pending


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap put together."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if joined and span.start < joined[-1].stop:
            joined[-1] = Span(joined[-1].start, max(joined[-1].stop, span.stop))
        else:
            joined.append(span)
    return joined


def _grown(text: str, span: Span, spans: Sequence[Span]) -> Span:
    """Whole lines, and all of each edit that reaches into them."""
    while True:
        grown = _whole_lines(text, span)
        first = bisect_right(spans, grown.start, key=lambda each: each.stop)
        last = bisect_left(spans, grown.stop, key=lambda each: each.start)
        if first < last:
            grown = Span(min(spans[first].start, grown.start), max(spans[last - 1].stop, grown.stop))
        if grown == span:
            return span
        span = grown


def _whole_lines(text: str, span: Span) -> Span:
    if span.start == span.stop and (not span.start or text[span.start - 1] in "\r\n" or span.start == len(text)):
        return span
    start, stop = span.start, span.stop
    while start and text[start - 1] not in "\r\n":
        start -= 1
    if not (stop and text[stop - 1] in "\r\n"):
        while stop < len(text) and text[stop] not in "\r\n":
            stop += 1
        stop += 2 if text.startswith("\r\n", stop) else 1 if stop < len(text) else 0
    return Span(start, stop)
