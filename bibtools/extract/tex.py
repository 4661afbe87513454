r"""LaTeX sources: only what names a paper outright.

Citation keys are no papers. An arXiv id or DOI in `\url{…}`, in the address of `\href{…}{…}`, or anywhere in a
`\bibitem` is a mention; identifiers in running text, comments and verbatim text are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bibtools.errors import Problem
from bibtools.extract.marks import Mark, by_paper
from bibtools.extract.paper import Lines, Paper, distinct, mention_of
from bibtools.identifiers import find_identifiers
from bibtools.model import Mention

_COMMENT = re.compile(r"(?<!\\)((?:\\\\){0,50})%[^\r\n]*")
_VERBATIM = re.compile(r"\\begin\{(verbatim\*?|lstlisting|minted|Verbatim|comment|filecontents\*?)\}")
_LINKS = re.compile(r"\\(?:url|href|nolinkurl)\s{0,5}\{([^{}\s]{4,2000})\}")
_ITEM = re.compile(r"\\bibitem\b")
_END = re.compile(r"\\end\s{0,5}\{thebibliography\}|\\end\s{0,5}\{document\}")
_MAX_ITEM = 50_000


def mentions(text: str, source: str) -> tuple[tuple[Mention, ...], tuple[Problem, ...]]:
    """The mentions of a LaTeX source, in order; there are never problems."""
    lines = Lines.of(text)
    masked = _masked(text)
    items = list(_items(masked))
    papers = [paper for start, stop in items for paper in _of_item(masked, start, stop)]
    papers += [paper for match in _LINKS.finditer(_without(masked, items)) if (paper := _of_link(match))]
    papers.sort(key=lambda paper: paper.start)
    return tuple(mention_of(paper, source=source, lines=lines) for paper in papers), ()


def _masked(text: str) -> str:
    """The text with comments and verbatim environments as blanks of the same length."""
    parts, at = [], 0
    for match in _VERBATIM.finditer(text):
        if match.start() < at:
            continue
        stop = text.find(f"\\end{{{match[1]}}}", match.end())
        stop = len(text) if stop < 0 else stop
        parts += [text[at : match.start()], _blank(text[match.start() : stop])]
        at = stop
    text = "".join((*parts, text[at:]))
    return _COMMENT.sub(lambda match: match[1] + " " * (len(match[0]) - len(match[1])), text)


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, stop in spans:
        parts += [text[at:start], _blank(text[start:stop])]
        at = stop
    return "".join((*parts, text[at:]))


def _items(text: str) -> Iterator[tuple[int, int]]:
    starts = [match.start() for match in _ITEM.finditer(text)]
    ends = [match.start() for match in _END.finditer(text)]
    bounds = sorted([*starts, *ends, len(text)])
    following = dict(pairwise(bounds))
    for start in starts:
        yield start, min(following[start], start + _MAX_ITEM)


def _of_item(text: str, start: int, stop: int) -> list[Paper]:
    item = text[start:stop].rstrip()
    found = find_identifiers(
        re.sub(r"\\(?:href|url|texttt|textsf|mbox|path|eprint|arxiv|doi)\b|[{}]", _same_length, item)
    )
    marks = [Mark(span.start, span.stop, i) for span, i in found if i.scheme in ("arxiv", "doi")]
    return [
        Paper(
            start=start,
            stop=start + len(item),
            kind="reference",
            identifiers=distinct(m.identifier for m in group),
        )
        for group in by_paper(marks)
    ]


def _same_length(match: re.Match[str]) -> str:
    r"""Blanks in place of markup, but `arXiv:` in place of a command of that name."""
    return {"\\eprint": " arXiv:", "\\arxiv": "arXiv:"}.get(match[0], " " * len(match[0]))


def _of_link(match: re.Match[str]) -> Paper | None:
    found = [identifier for _, identifier in find_identifiers(match[1]) if identifier.scheme in ("arxiv", "doi")]
    if not found:
        return None
    return Paper(start=match.start(), stop=match.end(), kind="identifier", identifiers=distinct(found[:1]))
