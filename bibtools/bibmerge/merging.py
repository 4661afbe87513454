"""The merge itself: from three texts to one, with conflict markers where both sides changed one thing."""

from __future__ import annotations

from dataclasses import dataclass

from bibtools.bibmerge import marks
from bibtools.bibmerge.draft import BibConflict, begin
from bibtools.bibmerge.entries import merge_entries
from bibtools.bibmerge.marks import MARKER_SIZE
from bibtools.bibmerge.others import merge_others
from bibtools.bibmerge.placing import place


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedBib:
    """The merged text, with markers at its `conflicts` if there are any."""

    text: str
    conflicts: tuple[BibConflict, ...] = ()


def merge(
    base: str, ours: str, theirs: str, *, marker_size: int = MARKER_SIZE, with_base: bool = False
) -> MergedBib:
    r"""Merge three versions of a `.bib` text; `with_base` also shows between markers what was there before.

    >>> base = "@misc{a,\n  title = {A},\n  year = 2017,\n}\n"
    >>> print(merge(base, base.replace("2017", "2018"), base.replace("{A}", "{An A}")).text, end="")
    @misc{a,
      title = {An A},
      year = 2018,
    }

    InternalError where what comes from theirs cannot be written so that it is read again.
    """
    if theirs in (base, ours):
        return MergedBib(text=ours)
    if ours == base:
        return MergedBib(text=theirs)
    draft = begin(base, ours, theirs)
    merge_entries(draft)
    merge_others(draft)
    bib = draft.ours.bib
    edits, clashes = place(draft.newcomers, bib, theirs, draft.habits, draft.newline, draft.counterparts)
    text = marks.apply(
        ours,
        [*draft.edits, *edits],
        [*draft.clashes, *clashes],
        newline=draft.newline,
        size=marker_size,
        with_base=with_base,
    )
    return MergedBib(text=text, conflicts=tuple(sorted(set(draft.conflicts))))
