"""Identifiers in a passage, in its text or behind its links, and which of them belong to one paper."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bibtools.extract.links import is_paper
from bibtools.extract.passage import Link, Passage
from bibtools.extract.private import everyday_words, is_private
from bibtools.extract.titles import is_generic
from bibtools.identifiers import find_identifiers
from bibtools.model import Identifier, Span

_NUMBER = re.compile(r"[0-9]{4}\.[0-9]{4}")  # with five digits it is hardly anything else
_LINE_OR_CELL = re.compile(r"[\n\t|]")
_CALLS = re.compile(r"\b(?:call|dial|fax|mobile|phone|ring|tel)\b", re.IGNORECASE)
_NEAR = 200
_RELATIVE = re.compile(r"/(?:abs|pdf|html|format)/")


@dataclass(frozen=True, slots=True)
class Mark:
    """An identifier at a place in a passage's text; with `link` it stands behind the link's text, not in it."""

    start: int
    stop: int
    identifier: Identifier
    link: Link | None = None

    @property
    def work(self) -> tuple[str, str]:
        """What tells whether two marks are one work: the identifier without an arXiv version."""
        scheme, value = self.identifier.scheme, self.identifier.value
        return scheme, value.partition("v")[0] if scheme == "arxiv" else value


def marks_of(passage: Passage) -> tuple[Mark, ...]:
    """The identifiers of papers in a passage, in order, without those in code."""
    found = [Mark(span.start, span.stop, identifier) for span, identifier in _found(passage)]
    for link in passage.links:
        url = f"https://arxiv.org{link.url}" if _RELATIVE.match(link.url) else link.url
        found += [Mark(link.start, link.stop, identifier, link) for _, identifier in find_identifiers(url)[:1]]
    kept = [m for m in found if m.identifier.scheme != "url" or is_paper(m.identifier.value)]
    if passage.hidden:
        kept = [m for m in kept if not any(start <= m.start < stop for start, stop in passage.hidden)]
    return tuple(sorted(kept, key=lambda mark: (mark.start, mark.stop)))


def _found(passage: Passage) -> Iterator[tuple[Span, Identifier]]:
    for span, identifier in find_identifiers(passage.text, is_item=passage.kind == "item"):
        if not _is_private_number(passage.text, span):
            yield span, identifier


def _is_private_number(text: str, span: Span) -> bool:
    """Whether a bare id stands before somebody's own words: a telephone number, a sum of money."""
    if _NUMBER.fullmatch(text, span.start, span.stop) is None or text[span.start - 1 : span.start] == "[":
        return False
    line = _LINE_OR_CELL.split(text[span.stop : span.stop + _NEAR], maxsplit=1)[0]
    return _CALLS.search(line) is not None or is_private(line, title=True) or everyday_words(line) > 0


def by_paper(marks: Sequence[Mark]) -> list[list[Mark]]:
    """The marks of each paper. One arXiv id and one DOI side by side are one paper, two of a kind are two."""
    schemes = ("arxiv", "doi", "isbn", "url")
    works = {scheme: {mark.work for mark in marks if mark.identifier.scheme == scheme} for scheme in schemes}
    if all(len(works[scheme]) <= 1 for scheme in schemes):
        return [list(marks)] if marks else []
    groups: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        groups.setdefault(mark.work, []).append(mark)
    named = works["arxiv"] or works["doi"]
    return [group for work, group in groups.items() if work[0] != "url" or not named]


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage with its marks in order."""

    passage: Passage
    marks: tuple[Mark, ...]

    @classmethod
    def of(cls, passage: Passage) -> Marked:
        """The passage with the marks it has."""
        return cls(passage, marks_of(passage))

    def between(self, start: int, stop: int) -> list[Mark]:
        """The marks that lie wholly in a part of the text."""
        low = bisect_left(self.marks, start, key=lambda mark: mark.start)
        high = bisect_left(self.marks, stop, key=lambda mark: mark.start)
        return [mark for mark in self.marks[low:high] if mark.stop <= stop]

    def text(self, start: int, stop: int) -> str:
        """Part of the text with identifiers as blanks; the text of links stays unless it says nothing ("pdf")."""
        parts, at = [], start
        for mark in self.between(start, stop):
            says_nothing = mark.link is None or is_generic(self.passage.text[mark.start : mark.stop])
            if says_nothing and mark.start >= at:
                parts += [self.passage.text[at : mark.start], " "]
                at = mark.stop
        return "".join((*parts, self.passage.text[at:stop]))
