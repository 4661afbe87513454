"""A title line with authors below it, as papers begin and as people note them."""

from __future__ import annotations

from dataclasses import dataclass

from bibtools.extract.inline import plain
from bibtools.extract.paper import joined
from bibtools.extract.people import is_full_name, parse_people
from bibtools.extract.private import everyday_words, is_gathering, is_private
from bibtools.extract.titles import is_evident_title, is_title

_MAX_TITLE_LINES = 3
_MAX_AFFILIATION_LINES = 6


@dataclass(frozen=True, slots=True)
class Head:
    """A title and authors. A `weak` one counts only if an abstract or an identifier follows."""

    title: str
    authors: tuple[str, ...]
    weak: bool


def head_of(text: str) -> Head | None:
    r"""The title and the authors that a paragraph begins with, or None.

    >>> head_of("Attention Is All You Need\nAshish Vaswani, Noam Shazeer").authors
    ('Ashish Vaswani', 'Noam Shazeer')
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or len(lines[0]) > 400:
        return None
    for cut in range(1, min(_MAX_TITLE_LINES, len(lines) - 1) + 1):
        title = plain(joined("\n".join(lines[:cut]))).strip(" .")
        if (
            (not title[:1].isupper() and not is_title(title))
            or is_private(title, title=True)
            or everyday_words(title)
        ):
            return None
        if title.endswith(",") or (parse_people(title) and "," in title):
            return None  # authors on several lines
        found = _authors(lines[cut:])
        if found and title:
            authors, more, rest = found
            return Head(title, authors, _is_weak(title, authors, more=more, rest=rest))
    return None


def _authors(lines: list[str]) -> tuple[tuple[str, ...], bool, int] | None:
    """The names on the first of these lines that are names, "et al.", and the number of lines left over."""
    whole = parse_people(plain(joined("\n".join(lines))))
    if whole:
        return *whole, 0
    for stop in range(min(len(lines) - 1, 8), 0, -1):
        people = parse_people(plain(joined("\n".join(lines[:stop]))))
        if people and len(lines) - stop <= _MAX_AFFILIATION_LINES:
            return *people, len(lines) - stop
    return None


def _is_weak(title: str, authors: tuple[str, ...], *, more: bool, rest: int) -> bool:
    """Whether two lines might be anything else: a list of guests below the name of a party."""
    if rest or len(title.split()) < 3:
        return True
    if more:
        return False
    long_enough = is_evident_title(title) or len(title.split()) > 3
    return not long_enough or is_gathering(title) or sum(map(is_full_name, authors)) < 2
