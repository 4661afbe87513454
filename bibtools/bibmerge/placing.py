"""Where what comes from their file goes in ours: beside the neighbours it has there, or in key order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bibtools import bibfile
from bibtools.bibfile import BibFile, Edit, Habits, StringBlock
from bibtools.bibfile.lines import line_end
from bibtools.bibmerge.marks import Clash
from bibtools.bibmerge.parts import content_end
from bibtools.model import Entry, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Something that stands at `span` of their file and nowhere in ours; `key` is set for an entry.

    With `clash` we removed what they changed: it is shown between markers, `base` as it was before.
    """

    text: str
    span: Span
    key: str | None = None
    is_macro: bool = False
    clash: bool = False
    base: str = ""


@dataclass(frozen=True, slots=True)
class _Ground:
    ours: BibFile
    theirs: str
    habits: Habits
    newline: str
    spans: Sequence[Span]
    counterparts: Mapping[Span, Span]


def place(
    newcomers: Sequence[Newcomer],
    ours: BibFile,
    theirs: str,
    habits: Habits,
    newline: str,
    counterparts: Mapping[Span, Span],
) -> tuple[list[Edit], list[Clash]]:
    """The edits of ours that bring the newcomers in; `counterparts` maps places of theirs to places of ours."""
    ground = _Ground(ours, theirs, habits, newline, sorted(counterparts, key=lambda s: s.start), counterparts)
    keys = [block.key for block in ours.entries]
    fold = str if keys == sorted(keys) else str.lower
    in_order = all(fold(one) <= fold(other) for one, other in pairwise(keys))
    edits: list[Edit] = []
    clashes: list[Clash] = []
    by_key: list[Newcomer] = []
    for each in _with_remarks(newcomers, ground):
        if each.clash:
            clashes.append(_marked(each, ground))
        elif each.key is not None and in_order:
            by_key.append(each)
        else:
            edits.append(_beside(each, ground))
    return [*edits, *_in_order(sorted(by_key, key=lambda each: fold(each.key or "")), ground)], clashes


def _with_remarks(newcomers: Sequence[Newcomer], ground: _Ground) -> Iterator[Newcomer]:
    """In the order of their file, with a remark directly above an entry as a part of it."""
    pending: Newcomer | None = None
    for each in sorted(newcomers, key=lambda each: each.span.start):
        if pending and each.key is not None and not pending.clash:
            between = ground.theirs[pending.span.stop : each.span.start]
            if not between.strip() and _breaks(between) == 1:
                text = f"{pending.text}{ground.newline}{each.text}"
                pending, each = None, replace(each, text=text, span=Span(each.span.start, each.span.stop))
        if pending:
            yield pending
        pending = each if each.key is None and not each.is_macro else None
        if pending is None:
            yield each
    if pending:
        yield pending


def _breaks(text: str) -> int:
    return len(text.splitlines()) - (not text.endswith(("\n", "\r"))) if text else 0


def _in_order(newcomers: Sequence[Newcomer], ground: _Ground) -> list[Edit]:
    """Entries by key, in this order: a stand-in for each is added, and replaced by its text."""
    stand_ins = [Entry(entry_type="misc", key=each.key or "") for each in newcomers]
    rendered = [
        bibfile.render_entry(entry, ground.habits).removesuffix(ground.habits.newline) for entry in stand_ins
    ]
    edits = []
    number = 0
    for edit in bibfile.insert_entries(ground.ours, stand_ins, ground.habits):
        pieces, at = [], 0
        while number < len(newcomers) and (found := edit.text.find(rendered[number], at)) >= 0:
            pieces += [edit.text[at:found], newcomers[number].text]
            at = found + len(rendered[number])
            number += 1
        edits.append(Edit(edit.span, "".join((*pieces, edit.text[at:]))))
    return edits


def _beside(each: Newcomer, ground: _Ground) -> Edit:
    text, newline = ground.ours.text, ground.newline
    follower = _follower(each, ground)
    if follower is not None:
        return Edit(Span(follower, follower), each.text + newline)
    at = _position(each, ground)
    gap = newline * (1 + ground.habits.blank_lines if each.key is not None else _gap_before(each, ground))
    if not content_end(text, at):
        return Edit(Span(at, at), each.text + newline * 2)
    is_open = at < len(text) and text[at] not in "\r\n"
    return Edit(Span(at, at), gap + each.text + (newline if is_open else ""))


def _gap_before(each: Newcomer, ground: _Ground) -> int:
    before = ground.theirs[content_end(ground.theirs, each.span.start) : each.span.start]
    return min(2, max(1, _breaks(before)))


def _follower(each: Newcomer, ground: _Ground) -> int | None:
    """Where the entry begins in our file directly above which a remark stands in theirs."""
    index = bisect_left(ground.spans, each.span.stop, key=lambda span: span.start)
    if each.key is not None or index == len(ground.spans):
        return None
    between = ground.theirs[each.span.stop : ground.spans[index].start]
    at = ground.counterparts[ground.spans[index]].start
    begins_line = at == 0 or ground.ours.text[at - 1] in "\r\n"
    return at if begins_line and not between.strip() and _breaks(between) == 1 else None


def _position(each: Newcomer, ground: _Ground) -> int:
    """The end of the line on which its neighbour ends that stands before it; of the last macro, for a macro."""
    if each.is_macro:
        macros = [block.span for block in ground.ours.blocks if isinstance(block, StringBlock)]
        return _end_of_line(ground.ours.text, macros[-1].stop) if macros else 0
    index = bisect_right(ground.spans, each.span.start, key=lambda span: span.stop)
    if not index:
        return 0
    return _end_of_line(ground.ours.text, ground.counterparts[ground.spans[index - 1]].stop)


def _end_of_line(text: str, at: int) -> int:
    rest = text[at : line_end(text, at)]
    return at if any(sign in rest for sign in "@{}") else at + len(rest.rstrip())


def _marked(each: Newcomer, ground: _Ground) -> Clash:
    """Between two lines of our file, behind its neighbour's."""
    text, newline = ground.ours.text, ground.newline
    at = _position(each, ground)
    if at:
        at = line_end(text, at)
        at += 2 if text.startswith("\r\n", at) else 1 if at < len(text) else 0
    here = Span(at, at)
    theirs, base = (Edit(here, f"{newline}{said}{newline}") for said in (each.text, each.base))
    return Clash(span=here, theirs=(theirs,), base=(base,), whole=True)
