"""The file in which `add` notes papers down: one list item a paper, its id and its title."""

from __future__ import annotations

import re
from collections.abc import Callable

from bibtools import bibfile
from bibtools.titles import meaning

_NOTED = re.compile(r"\s*[-*+]\s+(?:(?:arxiv|doi|dblp):\S+|Title:)\s*(?P<title>.*?)\s*", re.IGNORECASE)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def lines(text: str) -> list[str]:
    """The lines of a text, with their ends."""
    return _LINE.findall(text)


def says_only(line: str, title: str) -> bool:
    """Whether a line holds nothing but a paper's id, and its title or none."""
    match = _NOTED.fullmatch(line)
    return match is not None and (not match["title"] or meaning(match["title"]) == meaning(title))


def settled(text: str, ancestor: Callable[[], str | None]) -> str | None:
    r"""A list that git left with conflict markers, with the papers of both sides; None for any other text.

    A line that one side took out goes, where it is known what both come from: from the markers, else from
    `ancestor`. None too where something else than papers stands between markers: that is the user's to settle.

    >>> settled("<<<<<<< a\n- arXiv:1\n=======\n- arXiv:2\n>>>>>>> b\n", lambda: None)
    '- arXiv:1\n- arXiv:2\n'
    """
    found = bibfile.find_conflicts(text)
    if not found:
        return None
    whole: set[str] | None = None
    pieces: list[str] = []
    at = 0
    for region in found:
        sides = [lines(text[side.start : side.stop]) for side in (region.ours, region.theirs)]
        if not all(not line.strip() or _NOTED.fullmatch(line) for side in sides for line in side):
            return None
        if region.base is not None:
            before = set(lines(text[region.base.start : region.base.stop]))
        else:
            whole = set(lines(ancestor() or "")) if whole is None else whole
            before = whole
        ours, theirs = sides
        kept = [line for line in ours if line in theirs or line not in before]
        kept += [line for line in theirs if line not in ours and line not in before]
        pieces += (text[at : region.span.start], *kept)
        at = region.span.stop
    return "".join((*pieces, text[at:]))
