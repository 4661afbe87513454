"""Papers in a list item, a heading, a table row or a line of its own.

Such a unit speaks of one paper (or of one for each identifier in it). Its title is the text of the link, or what a
reference says, or what is left beside the identifier if that is plainly a title. What else is written there is
somebody's remark and is not kept. Without an identifier a unit counts only if it is a reference.
"""

from __future__ import annotations

import re

from bibtools.extract.inline import plain
from bibtools.extract.marks import Mark, Marked, by_paper
from bibtools.extract.paper import Paper, distinct, joined
from bibtools.extract.people import parse_people, split_people
from bibtools.extract.private import everyday_words, is_private
from bibtools.extract.reference import Reference, parse_reference, people_beside
from bibtools.extract.titles import is_evident_title, is_title
from bibtools.model import Identifier, MentionKind, PartialDate

_TITLE_COLUMNS = frozenset(
    ("title", "paper", "paper title", "name", "publication", "paper name", "article", "work")
)
_AUTHOR_COLUMNS = frozenset(("author", "authors", "author(s)", "by", "first author"))
_YEAR_COLUMNS = frozenset(("year", "date", "published", "publication year"))
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_QUOTED = re.compile(r"[\"“„‘']([^\"“”„]{5,400}?)[,.]?[\"”“’']")
_REMARK = re.compile(r"\s[–—-]\s|\s[|:]\s|\t|\s·\s|\s//\s|→")


def papers_of_unit(
    marked: Marked, start: int = 0, stop: int | None = None, *, evident: bool = False
) -> list[Paper]:
    """The papers that a unit (all of a passage, or a line of it) speaks of.

    With `evident` (a line of running text) a link's text is a title only if it begins the line or looks like one.
    """
    stop = len(marked.passage.text) if stop is None else stop
    marks = marked.between(start, stop)
    if marked.passage.columns and start == 0:
        return _of_row(marked, marks)
    groups = by_paper(marks)
    if not groups:
        return _without_identifier(marked, start, stop)
    if len(groups) > 1:
        return [_linked(marked, group, evident=evident) for group in groups]
    return [_single(marked, groups[0], start, stop, evident=evident)]


def papers_in_prose(marked: Marked, start: int, stop: int) -> list[Paper]:
    """The papers that running text has identifiers of: each link or identifier is a mention by itself."""
    marks = marked.between(start, stop)
    papers = [_linked(marked, group, evident=True) for group in _by_work(marks)]
    return sorted(papers, key=lambda paper: paper.start)


def _by_work(marks: list[Mark]) -> list[list[Mark]]:
    """In prose marks of one work may stand far apart; only overlapping ones are one mention."""
    groups: list[list[Mark]] = []
    for mark in marks:
        if groups and groups[-1][-1].work == mark.work and mark.start <= groups[-1][-1].stop + 3:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _linked(marked: Marked, group: list[Mark], *, evident: bool) -> Paper:
    first, last = min(mark.start for mark in group), max(mark.stop for mark in group)
    start, stop = marked.passage.place(first, last)
    title = next((text for mark in group if (text := _link_title(marked, mark, evident=evident))), None)
    return Paper(start=start, stop=stop, kind="identifier", title=title, identifiers=_identifiers(group))


def _link_title(marked: Marked, mark: Mark, *, evident: bool) -> str | None:
    if mark.link is None:
        return None
    title = plain(joined(marked.text(mark.start, mark.stop))).strip("[]() ,.;:\"“”'")
    good = is_evident_title(title) if evident else is_title(title)
    return title if good else None


def _identifiers(marks: list[Mark]) -> tuple[Identifier, ...]:
    return distinct(mark.identifier for mark in marks)


def _single(marked: Marked, marks: list[Mark], start: int, stop: int, *, evident: bool) -> Paper:
    identifiers = _identifiers(marks)
    place = marked.passage.place(start, stop)
    begin = start + len(marked.passage.text[start:stop]) - len(marked.passage.text[start:stop].lstrip("*_ \t"))
    linked = next((m for m in marks if _link_title(marked, m, evident=evident and m.start > begin)), None)
    if linked:
        before = marked.text(start, linked.start)
        after = marked.text(linked.stop, stop)
        authors, date = people_beside(plain(joined(before)), plain(joined(after)))
        title = _link_title(marked, linked, evident=False)
        return _paper(place, identifiers, Reference(title=title, authors=authors, date=date, title_first=True))
    text = joined(marked.text(start, stop))
    found = parse_reference(text, beside="prose" if evident else "unit") if len(text) < 20_000 else None
    return _paper(place, identifiers, found or Reference(title=_remaining_title(text), title_first=True))


def _paper(place: tuple[int, int], identifiers: tuple[Identifier, ...], found: Reference) -> Paper:
    return Paper(
        start=place[0],
        stop=place[1],
        kind="identifier" if found.title_first else "reference",
        title=found.title,
        authors=found.authors,
        date=found.date,
        identifiers=identifiers,
    )


def _remaining_title(text: str) -> str | None:
    """What stands beside an identifier, if it is plainly a title, or nothing but a text in quotes."""
    if (quoted := _QUOTED.fullmatch(text.strip(" \t,.;:|–—-()[]"))) and not is_private(quoted[1], title=True):
        title = plain(quoted[1])
        return title if is_title(title) else None
    for part in (text, *_REMARK.split(text, maxsplit=6)):
        title = plain(re.sub(r"[(\[]\s*[)\]]", "", part)).strip(" \t,.;:|–—-\"“”'()[]→")
        if is_evident_title(title):
            return title
    return None


def _without_identifier(marked: Marked, start: int, stop: int) -> list[Paper]:
    text = joined(marked.passage.text[start:stop])
    found = parse_reference(text, beside="nothing") if len(text) < 20_000 else None
    if found is None:
        return []
    begin, end = marked.passage.place(start, stop)
    kind: MentionKind = "title" if found.title_first else "reference"
    return [Paper(start=begin, stop=end, kind=kind, title=found.title, authors=found.authors, date=found.date)]


def _of_row(marked: Marked, marks: list[Mark]) -> list[Paper]:
    """A row of a table whose head names its columns."""
    cells, at = [], 0
    for cell in marked.passage.text.split("\t"):
        cells.append((at, at + len(cell)))
        at += len(cell) + 1
    named = zip(marked.passage.columns, cells, strict=False)  # rows may be shorter or longer than the head
    texts = {name: plain(joined(marked.text(*cell))) for name, cell in named}
    title = next((text for name, text in texts.items() if name in _TITLE_COLUMNS and is_title(text)), None)
    people = next((text for name, text in texts.items() if name in _AUTHOR_COLUMNS), "")
    authors = split_people(people)[0] if parse_people(people) else ()
    year = next(
        (m[0] for name, text in texts.items() if name in _YEAR_COLUMNS and (m := _YEAR.search(text))), None
    )
    groups = by_paper(marks)
    start, stop = marked.passage.place(0, len(marked.passage.text))
    if len(groups) > 1:
        return [_linked(marked, group, evident=False) for group in groups]
    if not groups and (not title or not authors or is_private(title, title=True) or everyday_words(title)):
        return []
    if title is None:
        title = next((text for mark in marks if (text := _link_title(marked, mark, evident=False))), None)
    date = PartialDate(int(year)) if year else None
    kind: MentionKind = "identifier" if groups else "title"
    identifiers = _identifiers(groups[0]) if groups else ()
    return [
        Paper(start=start, stop=stop, kind=kind, title=title, authors=authors, date=date, identifiers=identifiers)
    ]
