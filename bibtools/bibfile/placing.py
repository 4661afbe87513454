"""Whole entries: where new ones go, and how one leaves."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Literal

from bibtools.bibfile.blocks import Block, BrokenBlock, CommentBlock, EntryBlock, FreeText
from bibtools.bibfile.edits import Edit
from bibtools.bibfile.habits import Habits, render_entry
from bibtools.bibfile.lines import line_end, line_starts, with_newlines
from bibtools.bibfile.scanner import WHITE, white_end
from bibtools.bibfile.view import BibFile
from bibtools.model import Entry, Span

Sort = Literal["auto", "key", "none"]


def insert_entry(bib: BibFile, entry: Entry, habits: Habits, sort: Sort = "auto") -> Edit:
    """Add one entry; see :func:`insert_entries`."""
    return insert_entries(bib, (entry,), habits, sort)[0]


def insert_entries(
    bib: BibFile, entries: Sequence[Entry], habits: Habits, sort: Sort = "auto"
) -> tuple[Edit, ...]:
    """Add entries, in key order where the file is sorted by key or has no entries yet, else behind the last one.

    `key` keeps key order in any file, `none` adds behind the last entry of any. What stands behind the last entry
    (JabRef's `@comment{jabref-meta: …}`, an unclosed block, remarks) stays behind the new ones too.
    """
    blocks = bib.entries
    keys, fold = _order(blocks)
    in_order = sort == "key" or (sort == "auto" and keys == sorted(keys))
    greatest = list(accumulate(keys, max))  # the first key above a given one is the first maximum above it
    groups: dict[int, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: fold(entry.key)) if in_order else entries:
        groups[bisect_right(greatest, fold(entry.key)) if in_order else len(keys)].append(entry)
    return tuple(
        _insertion(bib, blocks[index - 1] if index else None, group, habits)
        for index, group in sorted(groups.items())
    )


def remove_entry(bib: BibFile, block: EntryBlock) -> Edit:
    """Remove an entry and the blank lines before it, or, where nothing stands before it, those behind it."""
    text, span = bib.text, block.span
    following = white_end(text, span.stop)
    if following < line_end(text, span.stop):
        return Edit(Span(span.start, following), "")
    before = _content_end(bib, bib.index(block))
    if before:
        return Edit(Span(before, span.stop), "")
    while following > span.stop and text[following - 1] in " \t":
        following -= 1
    return Edit(Span(0, following), "")


def _order(blocks: tuple[EntryBlock, ...]) -> tuple[list[str], Callable[[str], str]]:
    """The keys of a file as it orders them: whatever their case, or capitals first."""
    keys = [block.key for block in blocks]
    return (keys, str) if keys == sorted(keys) else ([key.lower() for key in keys], str.lower)


def _insertion(bib: BibFile, behind: EntryBlock | None, group: Sequence[Entry], habits: Habits) -> Edit:
    """All entries that come behind one entry of the file, or before the first."""
    at = _place_behind(bib, behind) if behind else _place_before_first(bib)
    gap = habits.newline * (1 + habits.blank_lines)
    text = gap.join(render_entry(entry, habits).removesuffix(habits.newline) for entry in group)
    following = white_end(bib.text, at)
    if following == len(bib.text):
        return Edit(Span(at, at), gap + text if at else text + habits.newline)
    if not at:
        return Edit(Span(0, 0), text + gap)
    there = len(line_starts(bib.text[at:following])) - 1
    return Edit(Span(at, at), gap + text + habits.newline * max(0, 1 + habits.blank_lines - there))


def _place_behind(bib: BibFile, block: EntryBlock) -> int:
    """Behind an entry and what else stands on its last line."""
    end = line_end(bib.text, block.span.stop)
    index = bib.index(block) + 1
    if (
        index == len(bib.blocks)
        or not isinstance(bib.blocks[index], FreeText)
        or bib.blocks[index].span.stop < end
    ):
        return block.span.stop
    return block.span.stop + len(bib.text[block.span.stop : end].rstrip(WHITE))


def _place_before_first(bib: BibFile) -> int:
    """Before the first entry and the remark directly above it; without any, before what must stay last."""
    first = next((n for n, block in enumerate(bib.blocks) if isinstance(block, EntryBlock)), None)
    if first is None:
        first = len(bib.blocks)
        while first and _stays_last(bib, bib.blocks[first - 1]):
            first -= 1
        return _content_end(bib, first)
    return _without_remark(bib, first)


def _stays_last(bib: BibFile, block: Block) -> bool:
    if isinstance(block, FreeText):
        return not bib.text[block.span.start : block.span.stop].strip(WHITE)
    return isinstance(block, CommentBlock | BrokenBlock)


def _without_remark(bib: BibFile, index: int) -> int:
    """The end of what stands before a block, not counting a remark between a blank line and the block."""
    end = _content_end(bib, index)
    before = bib.blocks[index - 1] if index else None
    if not isinstance(before, FreeText) or end <= before.span.start:
        return end
    gap = with_newlines(bib.text[end : before.span.stop], "\n").count("\n")
    remark = _last_blank_line(bib.text[before.span.start : end])
    if gap != 1 or remark is None:
        return end
    return len(bib.text[: before.span.start + remark].rstrip(WHITE))


def _last_blank_line(text: str) -> int | None:
    """Where the last blank line of a text begins that has lines behind it."""
    starts = line_starts(text)
    lines = [(a, text[a:b]) for a, b in zip(starts, (*starts[1:], len(text)), strict=True)]
    return next((at for at, line in reversed(lines) if not line.strip(WHITE) and at), None)


def _content_end(bib: BibFile, index: int) -> int:
    """The end of what stands before a block, without the white space; 0 where nothing does."""
    start = bib.blocks[index].span.start if index < len(bib.blocks) else len(bib.text)
    for block in reversed(bib.blocks[:index]):
        content = bib.text[block.span.start : start].rstrip(WHITE)
        if content:
            return block.span.start + len(content)
        start = block.span.start
    return 0
