"""References to contributions to conferences.

A conference is known by its name or, with a year, by its acronym, from the table of
:mod:`bibtools.publication.conferences`.

Where it was held and who printed it is understood, and left out. The title is the official one of the proceedings;
an ordinal stands in it where the reference says it, and the volume of a series (PMLR, LNCS) in fields of its own.

A meeting that is in no table is taken only from what cannot be anything else: `Proceedings of the … Workshop on
…`, in full words, and nothing but dates, places and pages behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bibtools.publication.conferences import Meeting, meetings, places, series
from bibtools.publication.locator import Locator, is_plausible, locate
from bibtools.publication.ordinals import read_ordinal
from bibtools.publication.tokens import Token, next_token
from bibtools.publication.values import Publication

_HEAD = re.compile(r"(?:Proceedings|Proc\b\.?)(?:\sof)?(?:\sthe)?\s(?=\S)", re.IGNORECASE)
_SMALL = re.compile(r"the\s(?=\w)|in\s(?=Proc|PMLR|LNCS|Lecture)|[\s,.;:-]+", re.IGNORECASE)
_CALLED_YEAR = re.compile(r"\s?[-'’]?\s?(?P<year>(?:19|20)?\d\d)\b(?!\s?(?:st|nd|rd|th)\b)")
_VOLUME = re.compile(r"[\s,.:(]*(?:(?:volume|vol)\b\.?\s?)?(?P<volume>\d{1,5})\b(?P<shut>\)?)", re.IGNORECASE)
_PART = re.compile(r"\(?(?:,\s)?Volume\s(?P<number>\d)(?::\s|\s\()(?P<kind>Long|Short|Long and Short)\sPapers\)?")
_PUBLISHER = re.compile(
    r"[(]?(?:Springer(?:-Verlag|\sNature)?(?:,?\s(?:Cham|Berlin(?:,?\sHeidelberg)?|Heidelberg|New\sYork|Singapore))?"
    r"|IEEE(?:\s(?:Computer\sSociety|Press))?|ACM(?:\sPress)?|Association\sfor\sComputing\sMachinery|AAAI(?:\sPress)?"
    r"|Association\sfor\sComputational\sLinguistics|Curran\sAssociates(?:,?\sInc\.?)?|USENIX(?:\sAssociation)?"
    r"|OpenReview(?:\.net)?|Omnipress|MIT\sPress|International\sCommittee\son\sComputational\sLinguistics|ISCA"
    r"|Copyright\s\d{4}\sby\sthe\sauthor\(?s\)?|Schloss\sDagstuhl|CVF|BMVA(?:\sPress)?)[)]?(?![\w])"
)
_FINDINGS = re.compile(
    r"Findings\sof\s(?:the\s)?(?:(?:Association\sfor\sComputational\sLinguistics|ACL)\s?[:,(]\s?)?"
    r"(?P<a>EMNLP|NAACL|EACL|AACL|ACL(?:-IJCNLP)?|AACL-IJCNLP)\s?(?P<x>20\d\d)\)?"
    r"|(?P<b>EMNLP|NAACL|EACL|ACL)\s(?:(?P<y>20\d\d)\s\(?Findings\)?|Findings\s(?P<z>20\d\d))"
)
_UNKNOWN = re.compile(
    r"Proceedings of (?:the )?(?:(?:19|20)\d\d )?(?:\d{1,3}(?:st|nd|rd|th) )?[^\W\d_][^\W\d_&/ '’-]*"
    r"(?:[ /&'’-]+[^\W\d_]+)*"
    r"(?: \([A-Z][A-Za-z-]{1,14}(?:[ -]?['’]?(?P<year>(?:19|20)?\d\d))?\))?(?=,|$| \(|\.)"
)
_GATHERING = re.compile(
    r"\b(?:Conference|Workshop|Symposium|Congress|Colloquium|Meeting|Workshops|Summer School|Winter School)\b"
)


@dataclass(slots=True)
class _Said:
    """What has been understood so far."""

    start: int = 0
    meetings: tuple[Meeting, ...] | None = None
    title: str = ""
    named: bool = False
    ordinal: int | None = None
    volume: str = ""
    series: str = ""
    part: str = ""
    years: set[int] = field(default_factory=set)
    tokens: list[Token] = field(default_factory=list)


def read(text: str, first_year: int) -> list[Publication]:
    """Every reading of `text` as a contribution to a meeting; more than one is a doubt."""
    said = _Said()
    if not _begin(said, text):
        return []
    while said.start < len(text):
        if not any(step(said, text, first_year) for step in _STEPS):
            return []
    return list(_publications(said, first_year))


def _begin(said: _Said, text: str) -> bool:
    """The head of the text; a meeting that is in no table is taken here or never."""
    if match := _FINDINGS.match(text):
        called = match["a"] or match["b"]
        year = match["x"] or match["y"] or match["z"]
        said.title = f"Findings of the Association for Computational Linguistics: {called} {year}"
        said.years.add(int(year))
        said.start = match.end()
        return True
    if match := _HEAD.match(text):
        said.start = match.end()
    return True


# --- steps: each takes what it understands at `said.start` ------------------------------------------------


def _take_small(said: _Said, text: str, first_year: int) -> bool:
    match = _SMALL.match(text, said.start)
    if match is None:
        return False
    said.start = match.end()
    return True


def _take_ordinal(said: _Said, text: str, first_year: int) -> bool:
    found = read_ordinal(text, said.start)
    if found is None or said.meetings is not None or said.ordinal is not None or said.title:
        return False
    said.ordinal, said.start = found
    return True


def _take_leading_year(said: _Said, text: str, first_year: int) -> bool:
    match = re.compile(r"((?:19|20)\d\d)\s(?=[A-Za-z])").match(text, said.start)
    if match is None or said.title or (said.meetings is not None and said.named):
        return False
    said.years.add(int(match[1]))
    said.start = match.end()
    return True


def _take_name(said: _Said, text: str, first_year: int) -> bool:
    """The name of the meeting, or its acronym; in parentheses too."""
    if said.title:
        return False
    known = meetings()
    start = said.start + text.startswith("(", said.start)
    titles, stop = known.index.find(text, start)
    if titles and text[start:stop].count("(") == text[start:stop].count(")"):
        found, named = [known.by_row[title] for title in titles], True
    elif match := known.pattern.match(text, start):
        found, named, stop = known.by_acronym[match[0]], False, match.end()
    else:
        return False
    if called := _CALLED_YEAR.match(text, stop):
        year = _full_year(called["year"], first_year)
        if year is not None:
            said.years.add(year)
            stop = called.end()
    if start > said.start:
        if text[stop : stop + 1] != ")":
            return False
        stop += 1
    both = found if said.meetings is None else [meeting for meeting in said.meetings if meeting in found]
    if not both:
        return False
    said.meetings, said.named, said.start = tuple(both), said.named or named, stop
    return True


def _take_unknown(said: _Said, text: str, first_year: int) -> bool:
    """A meeting that is in no table, by the title of its proceedings."""
    if said.meetings is not None or said.title or said.tokens:
        return False
    match = _UNKNOWN.match(text)
    if match is None or not _GATHERING.search(match[0]) or match[0].isupper() or match.end() <= said.start:
        return False
    if match["year"]:
        year = _full_year(match["year"], first_year)
        if year is None:
            return False
        said.years.add(year)
    said.years.update(int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", match[0].partition(" (")[0]))
    said.title, said.start, said.ordinal = match[0], match.end(), None
    return True


def _take_series(said: _Said, text: str, first_year: int) -> bool:
    names, pattern = series()
    start = said.start + text.startswith("(", said.start)
    match = pattern.match(text, start)
    volume = _VOLUME.match(text, match.end()) if match else None
    if match is None or volume is None or said.series or said.volume:
        return False
    if bool(volume["shut"]) != (start > said.start):
        return False
    said.series, said.volume, said.start = names[match[0]], volume["volume"], volume.end()
    return True


def _take_volume(said: _Said, text: str, first_year: int) -> bool:
    """The volume of proceedings that are volumes of a book of that name."""
    if not said.meetings or not said.named or said.meetings[0].before_first_volume is None or said.volume:
        return False
    match = re.compile(r"(?:(?:volume|vol)\b\.?\s?)?(?P<volume>\d{1,2})(?![\w-]|\.\d)").match(text, said.start)
    if match is None:
        return False
    said.volume, said.start = match["volume"], match.end()
    return True


def _take_part(said: _Said, text: str, first_year: int) -> bool:
    match = _PART.match(text, said.start)
    if match is None or not said.named or said.part:
        return False
    said.part = f" (Volume {match['number']}: {match['kind']} Papers)"
    said.start = match.end()
    return True


def _take_publisher(said: _Said, text: str, first_year: int) -> bool:
    match = _PUBLISHER.match(text, said.start)
    if match is None or not (said.meetings or said.title):
        return False
    said.start = match.end()
    return True


def _take_place(said: _Said, text: str, first_year: int) -> bool:
    """A town, region or country, but not where it may be the end of a longer name."""
    start = said.start + text.startswith("(", said.start)
    runs_on = start == said.start and text[:start].rstrip()[-1:].isalpha()
    if runs_on or not (said.meetings or said.title):
        return False
    match = re.compile(r"[^\W\d_][^\W\d_.'’]*(?:[ .]+[^\W\d_'’]+){0,3}").match(text, start)
    if match is None:
        return False
    words = re.findall(r"[^\s]+", match[0])
    for count in range(len(words), 0, -1):
        place = " ".join(words[:count])
        if place.lower().rstrip(".") in places():
            said.start = start + len(place)
            said.start += text.startswith(")", said.start)
            return True
    return False


def _take_token(said: _Said, text: str, first_year: int) -> bool:
    found = next_token(text, said.start)
    if found is None or not (said.meetings or said.title):
        return False
    token, stop = found
    if token.kind == "count":
        token = replace(token, kind="skip")
    if token.kind in ("letters", "number", "volume"):
        return False
    if token.kind == "bare" and not re.fullmatch(r"(?:19|20)\d\d", token.text):
        return False
    if token.kind == "year" or token.kind == "bare":
        said.years.add(int(token.text))
        if token.month is not None:
            said.tokens.append(Token("month", month=token.month))
    elif token.kind != "skip":
        said.tokens.append(token)
    said.start = stop
    return True


_STEPS = (
    _take_small, _take_series, _take_leading_year, _take_name, _take_ordinal, _take_part,
    _take_publisher, _take_volume, _take_token, _take_place, _take_unknown,
)  # fmt: skip


# --- what comes out of it ---------------------------------------------------------------------------------


def _publications(said: _Said, first_year: int) -> Iterator[Publication]:
    if not said.years and said.meetings and said.meetings[0].before_first_volume and said.volume:
        said.years.add(said.meetings[0].before_first_volume + int(said.volume))
    located = _located(said, first_year)
    if located is None:
        return
    if said.title:
        yield _publication(said, located, said.title)
    for meeting in said.meetings or ():
        if _fits(said, meeting, located.year):
            yield _publication(said, located, meeting.title(located.year, said.ordinal) + said.part)


def _located(said: _Said, first_year: int) -> Locator | None:
    """Year, pages, month: each once."""
    if len(said.years) != 1:
        return None
    (year,) = said.years
    tokens = [Token("pages", t.text) if t.kind == "range" else t for t in said.tokens]
    located = locate([*tokens, Token("year", str(year))], first_year)
    return located if located is None or not located.place or re.fullmatch(r"\d+", located.place) else None


def _fits(said: _Said, meeting: Meeting, year: int) -> bool:
    if meeting.needs_name and not said.named:
        return False
    is_book = meeting.before_first_volume is not None and said.volume and not said.series
    if is_book and int(said.volume) != year - (meeting.before_first_volume or 0):
        return False
    return meeting.row.first <= year <= meeting.row.last


def _publication(said: _Said, located: Locator, title: str) -> Publication:
    return Publication(
        entry_type="inproceedings", venue=title, year=located.year, series=said.series, volume=said.volume,
        pages=located.pages or located.place, eid=located.article, month=located.month, doi=located.doi,
    )  # fmt: skip


def _full_year(text: str, first_year: int) -> int | None:
    """A year of four or two digits, if it is plausible."""
    years = [int(text)] if len(text) == 4 else [1900 + int(text), 2000 + int(text)]
    return next((year for year in years if is_plausible(year, first_year)), None)
