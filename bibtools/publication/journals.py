"""References to articles in journals.

The name comes first, or behind the year; all that follows are numbers whose order or words say what they are.
The journal's name is given in full: an abbreviated one can be made of it, not the reverse.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from bibtools.publication.locator import Locator, locate
from bibtools.publication.titles import Index, Title
from bibtools.publication.tokens import Token, tokens_of
from bibtools.publication.values import Publication
from bibtools.publication.words import words_of

_LEADING_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d),?\s(?=[A-Z])")
_SERIES = re.compile(r"[\s.,]{0,3}\((?P<series>\d|N\.\s?S\.)\)(?=[\s,]+\d)")
_ACRONYM = re.compile(r"\s?\((?P<acronym>(?:[A-Z]-)?[A-Z][A-Za-z]{1,8})\)")
_MONTHLY = re.compile(r"(?:(?P<year>\d\d)?(?P<month>0[1-9]|1[0-2])|(?P<single>[1-9]))\Z")
_ARTICLE = re.compile(r"0\d{4,}|\d{6,8}|[Pp]\d{5}|[Ee]\d{2,}|ea[a-z]{2}\d{4}")
_NUMBERED = re.compile(r"A\d{1,3}\Z")
_PAGE = re.compile(r"[A-Za-z]{0,2}\d{1,5}\Z")
_VOLUME = re.compile(r"\d{1,4}\Z")
_MEETING = re.compile(r"\s?\(?(?P<meeting>[A-Z][A-Za-z&-]{1,14}\s?(?:(?:19|20)?\d\d)?)\)?(?=[\s:,.(]*\d)")


@cache
def _index() -> Index:
    from bibtools.publication.venues import computing, mathematics, physics, science

    return Index.of(table.TITLES for table in (physics, mathematics, science, computing))


def read(text: str, first_year: int) -> list[tuple[Publication, Title]]:
    """Every reading of `text` as an article, with the title in the tables; more than one is a doubt."""
    found, stop = _index().find(text)
    lead = None
    if not found and (match := _LEADING_YEAR.match(text)):
        lead = match["year"]
        found, stop = _index().find(text, match.end())
    readings = [(_read(title, text[stop:], lead, first_year), title) for title in found]
    return [(publication, title) for publication, title in readings if publication is not None]


def _read(title: Title, rest: str, lead: str | None, first_year: int) -> Publication | None:
    series = meeting = ""
    if (match := _ACRONYM.match(rest)) and _is_acronym(match["acronym"], title.name):
        rest = rest[match.end() :]
    if title.series and (match := _SERIES.match(rest)):
        series, rest = match["series"].replace(" ", ""), rest[match.end() :]
        if series != title.series:
            return None
    if "pos" in title.flags:
        if (match := _MEETING.match(rest)) is None:
            return None
        meeting, rest = match["meeting"].replace(" ", ""), rest[match.end() :]
    tokens = tokens_of(rest)
    if tokens is None:
        return None
    if lead is not None:
        tokens = [Token("year", lead), *tokens]
    located = locate(_as_place(tokens) if meeting else tokens, first_year)
    if located is None or not title.first <= located.year <= title.last:
        return None
    return _publication(title, located, series, meeting)


def _is_acronym(acronym: str, name: str) -> bool:
    """Whether the letters are initials of the name's words, in order."""
    initials = iter(word.text[0] for word in words_of(name))
    return all(letter in initials for letter in acronym.lower().replace("-", ""))


def _as_place(tokens: list[Token]) -> list[Token]:
    """The one number behind the name of a meeting is that of the contribution."""
    return [replace(t, kind="article") if t.kind == "bare" and len(t.text) < 4 else t for t in tokens]


def _publication(title: Title, located: Locator, series: str, meeting: str) -> Publication | None:
    volume, number = located.volume, located.number
    if "y" in title.flags or "m" in title.flags:
        numbers = _monthly(located) if "m" in title.flags else _yearly(located)
        if numbers is None:
            return None
        volume, number = numbers
    elif meeting:
        if volume or number:
            return None
        volume = meeting
    elif "novol" in title.flags:
        if volume or number:
            return None
    elif not _VOLUME.match(volume):
        return None
    if "track" in title.flags and len(located.words) == 1 and not number:
        number = located.words[0]
    elif located.words:
        return None
    place = _place(title, located)
    if place is None or (title.is_one_word and not any(place)):
        return None
    pages, eid = place
    return Publication(
        entry_type="article", venue=title.name, year=located.year, series=series, volume=volume, number=number,
        pages=pages, eid=eid, month=located.month, doi=located.doi,
    )  # fmt: skip


def _place(title: Title, located: Locator) -> tuple[str, str] | None:
    """Pages and number of the article, of which at most one is there; None for what is neither."""
    if located.pages:
        return (located.pages, "") if not located.article and not located.place else None
    if located.article:
        return ("", located.article) if not located.place else None
    place = located.place
    if not place:
        return "", ""
    if "aanda" in title.flags and _NUMBERED.match(place):
        return "", place
    if _ARTICLE.fullmatch(place) or (title.eids_from is not None and located.year >= title.eids_from):
        return ("", place) if re.fullmatch(r"[A-Za-z]{0,4}\d+", place) else None
    return (place, "") if _PAGE.match(place) else None


def _monthly(located: Locator) -> tuple[str, str] | None:
    """The volume of a journal that has one a month: `0706` and `06` of 2007 are both 06."""
    text, number = located.volume, located.number
    if text == str(located.year):
        if not number:
            return text, ""
        text, number = number, ""
    match = _MONTHLY.match(text)
    if match is None or number or (match["year"] and int(match["year"]) != located.year % 100):
        return None
    return match["month"] or f"0{match['single']}", ""


def _yearly(located: Locator) -> tuple[str, str] | None:
    """No volume for a journal whose articles are cited by year and number: what is said of it must agree.

    Month and year stand in the number of the article, `P07001`.
    """
    month = re.match(r"[A-Z](?P<month>0[1-9]|1[0-2])\d{3}\Z", located.place)
    if month is None or located.number not in ("", month["month"].lstrip("0")):
        return None
    known = {"", str(located.year), f"{located.year % 100:02d}{month['month']}", month["month"]}
    return ("", "") if located.volume in known else None
