"""Running text as a sequence of pieces: what each paragraph, or part of one, can be for a mention.

A paragraph is cut at labelled lines (`Title:`, `Abstract:`, `Created:` …) and at lines that hold nothing but
identifiers; what has no label is looked at as a whole (:mod:`bibtools.extract.paragraph`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bibtools.extract.inline import plain, unemphasised
from bibtools.extract.items import papers_of_unit
from bibtools.extract.listing import date_of, is_header, is_noise, label_of
from bibtools.extract.marks import Mark, Marked, by_paper
from bibtools.extract.paper import joined
from bibtools.extract.paragraph import paragraph_piece, quoted
from bibtools.extract.passage import Passage
from bibtools.extract.people import split_people
from bibtools.extract.piece import Piece
from bibtools.model import Identifier

_IDLE_TEXT = (
    "abs abstract and arxiv as at available category cite code com cross cross-list doi eprint for "
    "formats full full-text here html http https id in isbn item kb link links list mb number online "
    "or org other paper pdf posted preprint primary project related replaced see slides source text "
    "the this to url v version via video www"
)
_IDLE = frozenset(_IDLE_TEXT.split())
_WORDS = re.compile(r"[^\W\d_][\w-]*")
_CATEGORY = re.compile(
    r"\b(?:astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-(?:ex|lat|ph|th)|math|math-ph|nlin|nucl-(?:ex|th)|physics"
    r"|q-bio|q-fin"
    r"|quant-ph|stat)(?:\.[A-Za-z-]{2,7})?\b"
)
_LESS = re.compile(r"\s?[△▽] (?:Less|More)$")  # what arXiv's search puts behind an abstract
_FINISHED = re.compile(r"[.?!:;)\]}\"'”’$]\s*$")
_LONG = 25  # words: from here on a paragraph is read as running sentences


@dataclass(slots=True)
class _Group:
    role: str
    start: int
    value: int
    stop: int


def pieces_of(passage: Passage, number: int, *, prose: bool, markdown: bool) -> Iterator[Piece]:
    """The pieces of a passage. With `prose` a bare paragraph may be an abstract."""
    marked = Marked.of(passage)
    if passage.kind in ("break", "rule"):
        start, stop = passage.place(0, len(passage.text))
        yield Piece(role="rule" if passage.kind == "rule" else "break", start=start, stop=stop, passage=number)
        return
    groups = _groups(marked, labelled_only=passage.kind in ("item", "row"))
    is_list = len(groups) > 1 and all(group.role == "ids" for group in groups) and len(by_paper(marked.marks)) > 1
    for group in groups:
        if is_list:  # one paper a line: none of them is that of the text before
            group.role = "unit"
        yield from _pieces_of_group(marked, group, number, prose=prose, markdown=markdown)


def _groups(marked: Marked, *, labelled_only: bool) -> list[_Group]:
    """The lines of a passage, cut where a line has a label or is one of identifiers."""
    text = marked.passage.text
    groups: list[_Group] = []
    words = start = 0
    before = ""
    while start <= len(text):
        end = text.find("\n", start)
        stop = len(text) if end < 0 else end
        line = text[start:stop]
        running = words >= _LONG and not _FINISHED.search(before[-20:])
        role, value = _role_of(line, marked.between(start, stop), start, running=running)
        if role == "plain" and groups and groups[-1].role not in ("ids", "header", "noise", "date"):
            groups[-1].stop = stop
            words += line.count(" ") + 1
        else:
            groups.append(_Group(role, start, start + value, stop))
            words = line.count(" ") + 1
        before, start = line, stop + 1
    if labelled_only and not any(group.role in ("title", "authors", "abstract", "header") for group in groups):
        return [_Group("unit", 0, 0, len(text))]
    return groups


def _role_of(line: str, marks: list[Mark], start: int, *, running: bool) -> tuple[str, int]:
    """What a line is, and where its value begins. In a sentence that is still running only `Abstract:` counts."""
    label = label_of(line)
    if running:
        return ("abstract", label[1]) if label and label[0] == "abstract" and ":" in line[:16] else ("plain", 0)
    if marks and is_header(line):
        return "header", 0
    if label and label[0] == "identifier":
        is_label = bool(marks) and (marks[0].start > start + 1 or _only_identifiers(line, marks, start))
        return ("ids", 0) if is_label else ("plain", 0)
    if label:
        return label
    if is_noise(line):
        return "noise", 0
    return ("ids", 0) if marks and _only_identifiers(line, marks, start) else ("plain", 0)


def _only_identifiers(line: str, marks: list[Mark], start: int) -> bool:
    rest, at = [], 0
    for mark in marks:
        rest.append(line[at : max(at, mark.start - start)])
        at = max(at, mark.stop - start)
        if mark.link is not None:
            rest.append(line[mark.start - start : at])
    rest.append(line[at:])
    words = _WORDS.findall(re.sub(_CATEGORY, " ", " ".join(rest)))
    return all(word.lower().strip("-") in _IDLE or len(word) == 1 for word in words)


def _pieces_of_group(
    marked: Marked, group: _Group, number: int, *, prose: bool, markdown: bool
) -> Iterator[Piece]:
    passage = marked.passage
    start, stop = passage.place(group.start, group.stop)
    marks = marked.between(group.start, group.stop)
    base = Piece(role="other", start=start, stop=stop, passage=number, identifiers=_own(marks))
    value = joined(passage.text[group.value : group.stop])
    if group.role == "unit":
        yield replace(base, role="papers", papers=tuple(papers_of_unit(marked, group.start, group.stop)))
    elif group.role in ("ids", "header"):
        yield _identifiers(marked, group, base, marks)
    elif group.role != "plain":
        yield _labelled(group.role, base, unemphasised(value) if markdown else value, marks)
    elif passage.kind == "heading":
        yield _heading(marked, group, base)
    elif value:
        bare = replace(base, identifiers=())
        yield paragraph_piece(marked, group.start, group.stop, bare, prose=prose, markdown=markdown)


def _labelled(role: str, base: Piece, value: str, marks: list[Mark]) -> Piece:
    if role == "title":
        return replace(base, role="title", text=plain(value), identifiers=())
    if role == "authors":
        return replace(base, role="authors", authors=split_people(plain(value))[0], identifiers=())
    if role == "abstract":
        return replace(base, role="abstract", text=_LESS.sub("", value), identifiers=quoted(marks))
    if role == "date":
        return replace(base, role="date", date=date_of(value), identifiers=())
    if role == "comment":
        return replace(base, role="comment", text=value, identifiers=())
    return base


def _own(marks: list[Mark]) -> tuple[Identifier, ...]:
    return tuple(mark.identifier for mark in marks)


def _identifiers(marked: Marked, group: _Group, base: Piece, marks: list[Mark]) -> Piece:
    """A line of identifiers: of one paper, or a list of several."""
    works = {mark.work for mark in marks if mark.identifier.scheme == "arxiv"} or {mark.work for mark in marks}
    if len(works) > 1:
        return replace(base, role="papers", papers=tuple(papers_of_unit(marked, group.start, group.stop)))
    return replace(base, role="header" if group.role == "header" else "ids")


def _heading(marked: Marked, group: _Group, base: Piece) -> Piece:
    if papers := papers_of_unit(marked, group.start, group.stop):
        return replace(base, role="papers", papers=tuple(papers))
    return replace(base, role="text", text=plain(joined(marked.passage.text)), weak=True)
