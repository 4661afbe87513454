"""One paper as a place in a source speaks of it, before it becomes a mention."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from bibtools.errors import Place
from bibtools.extract.digests import letters, mention_digest, text_digest
from bibtools.extract.layout import LINE_END
from bibtools.model import Entry, Identifier, Mention, MentionKind, PartialDate, Span
from bibtools.text import unwrap

_BLANKS = re.compile(r"\s+")
_VERSION = re.compile(r"v[0-9]+\Z")
_LIGATURES = re.compile("[\ufb00-\ufb06\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is said of one paper, and where (`start`, `stop` in the source)."""

    start: int
    stop: int
    kind: MentionKind
    title: str | None = None
    authors: tuple[str, ...] = ()
    abstract: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    date: PartialDate | None = None
    comment: str | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines of a source begin."""

    starts: array[int]

    @classmethod
    def of(cls, text: str) -> Lines:
        """The lines of a text; CRLF, LF and CR all end one."""
        starts = array("Q", [0])  # a fifth of what a list takes
        starts.extend(match.end() for match in LINE_END.finditer(text))
        return cls(starts)

    def number(self, offset: int) -> int:
        """The line (from 1) that a character stands in."""
        return bisect_right(self.starts, offset)

    def place(self, offset: int) -> Place:
        """The line and column of a character."""
        line = self.number(offset)
        return Place(line=line, column=offset - self.starts[line - 1] + 1)


def mention_of(paper: Paper, *, source: str, lines: Lines) -> Mention:
    """The mention of a paper in a source."""
    title, abstract = paper.title or None, paper.abstract or None
    return Mention(
        source=source,
        span=Span(paper.start, paper.stop),
        line=lines.number(paper.start),
        end_line=lines.number(max(paper.start, paper.stop - 1)),
        digest=mention_digest(
            identifiers=paper.identifiers,
            title=title,
            authors=paper.authors,
            abstract=abstract,
            date=paper.date,
            key=_entry_key(paper),
        ),
        kind=paper.kind,
        title=title,
        authors=paper.authors,
        abstract=abstract,
        abstract_digest=text_digest(abstract) if abstract else None,
        identifiers=paper.identifiers,
        date=paper.date,
        comment=paper.comment or None,
        entry=paper.entry,
    )


def _entry_key(paper: Paper) -> str:
    """What tells an entry that stands for itself from others that look alike."""
    if paper.entry is None or any(i.own and i.scheme in ("arxiv", "doi") for i in paper.identifiers):
        return ""
    return paper.entry.key or letters(" ".join(f"{field.name} {field.value}" for field in paper.entry.fields))


def _one_blank(blanks: re.Match[str]) -> str:
    return "\n" if "\n" in blanks[0] or "\r" in blanks[0] else " "


def joined(text: str) -> str:
    r"""Wrapped lines as one text: hyphens at a line's end undone, ligatures as letters, blanks normalised.

    >>> joined("an e\ufb03cient meth-\nod")
    'an efficient method'
    """
    text = _BLANKS.sub(_one_blank, text)
    return unwrap(
        _LIGATURES.sub(
            lambda match: unicodedata.normalize("NFKC", match[0]).strip("\u200b\ufeff\u00ad\u2060"), text
        )
    )


def distinct(identifiers: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Each identifier once, own ones first; what is both own and quoted is own.

    Of the spellings of an arXiv id with and without a version the first counts: it is the one that is read; a
    link beside it may lead to whatever version was the latest.
    """
    kept: dict[tuple[str, str], Identifier] = {}
    for identifier in sorted(identifiers, key=lambda i: not i.own):
        number = _VERSION.sub("", identifier.value) if identifier.scheme == "arxiv" else identifier.value
        kept.setdefault((identifier.scheme, number), identifier)
    return tuple(kept.values())
