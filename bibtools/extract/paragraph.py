"""Lines without any label: what they are as a whole.

In this order: an abstract, where bare paragraphs may be one; a title with authors below; authors; a paper on each
line; one reference; running text, of which only the links and identifiers count. The rest is somebody's prose.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from bibtools.extract.abstracts import is_abstract
from bibtools.extract.heads import head_of
from bibtools.extract.inline import plain, unemphasised
from bibtools.extract.items import papers_in_prose, papers_of_unit
from bibtools.extract.marks import Mark, Marked
from bibtools.extract.paper import Paper, joined
from bibtools.extract.people import is_full_name, parse_people
from bibtools.extract.piece import Piece
from bibtools.model import Identifier

_LINE_END = re.compile("\n")
_MAX_REFERENCE = 1500


def quoted(marks: list[Mark]) -> tuple[Identifier, ...]:
    """The identifiers as ones that a text merely mentions."""
    return tuple(replace(mark.identifier, own=False) for mark in marks)


def paragraph_piece(marked: Marked, start: int, stop: int, base: Piece, *, prose: bool, markdown: bool) -> Piece:
    """What a part of a passage without labels is; `base` gives its place."""
    text = marked.passage.text[start:stop]
    marks = marked.between(start, stop)
    whole = joined(text)
    if prose and is_abstract(whole):
        abstract = unemphasised(whole) if markdown else whole
        return replace(base, role="bare", text=abstract, identifiers=quoted(marks))
    if not marks and (head := head_of(text)):
        return replace(base, role="head", text=head.title, authors=head.authors, weak=head.weak)
    if not marks and (people := parse_people(plain(whole))) and sum(map(is_full_name, people[0])) > 1:
        return replace(base, role="authors", authors=people[0], weak=True)
    if papers := _papers(marked, start, stop, whole):
        return replace(base, role="papers", papers=tuple(papers), text=whole)
    short = text.count("\n") < 3 and whole.count(" ") < 60
    return replace(base, role="text" if short else "prose", text=plain(whole) if short else whole)


def _papers(marked: Marked, start: int, stop: int, whole: str) -> list[Paper]:
    ends = [match.end() for match in _LINE_END.finditer(marked.passage.text, start, stop)]
    lines = [(begin, end - 1) for begin, end in pairwise([start, *ends, stop + 1])]
    if len(lines) > 1 and (each := _line_by_line(marked, lines)):
        return each
    if len(lines) == 1 or len(whole) < _MAX_REFERENCE:
        papers = papers_of_unit(marked, start, stop, evident=True)
        if len(papers) == 1 and _is_whole(papers[0], wrapped=len(lines) > 1):
            return papers
    return papers_in_prose(marked, start, stop)


def _is_whole(paper: Paper, *, wrapped: bool) -> bool:
    """Whether a paragraph speaks of one paper and of nothing else."""
    return paper.title is not None and (bool(paper.authors) or not wrapped)


def _line_by_line(marked: Marked, lines: list[tuple[int, int]]) -> list[Paper]:
    """A paper for each line, if each line is one and none continues a sentence of the line before."""
    text = marked.passage.text
    found: list[Paper] = []
    for start, stop in lines:
        if not text[start:stop].strip():
            continue
        papers = papers_of_unit(marked, start, stop, evident=True)
        continues = text[start:stop].lstrip("\"'“‘([*_$ ")[:1].islower()
        if (
            len(papers) != 1
            or papers[0].title is None
            or (continues and not text[start:stop].lstrip().startswith(("http", "arxiv", "doi")))
        ):
            return []
        found += papers
    return found
