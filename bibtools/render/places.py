"""Where and when a work was published: whether an entry says so itself, and whether two say the same.

Names of journals and meetings are compared as arXiv's own references are read, by the tables of
:mod:`bibtools.publication`; a name that is in none of them by its words, which may be abbreviated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bibtools import latex
from bibtools.bibfile import only_arxiv
from bibtools.model import Entry, Field
from bibtools.text import fold

DATE_FIELDS = frozenset(("year", "month", "day", "date"))
PLACE_FIELDS = frozenset((
    "journal", "journaltitle", "journalsubtitle", "booktitle", "booksubtitle", "maintitle", "series", "volume",
    "number", "issue", "pages", "eid", "articleno", "publisher", "school", "institution", "organization",
    "address", "location", "edition", "chapter", "eventtitle", "crossref", "xdata",
))  # fmt: skip
"""The fields that say where a work was published; with the date they come from one origin or from another."""
_IN_JOURNAL = ("journal", "journaltitle")
_IN_BOOK = ("booktitle", "maintitle")
_INHERITED = ("crossref", "xdata")
_ISSUED = ("school", "institution", "publisher", "organization")
_PARTS = ("article", "inproceedings", "incollection", "conference")
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d\d)(?!\d)")
_NUMBER = re.compile(r"[a-z]*0*(\d{1,9})", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
_SMALL_TEXT = "a an and the of on in for to de der di du et la le und fur"
_SMALL = frozenset(_SMALL_TEXT.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A container (a journal where `is_journal`), volume and number, first page, year; empty where not said."""

    container: str
    is_journal: bool
    volumes: frozenset[str]
    page: str
    year: str


def container_of(entry: Entry) -> str:
    """The LaTeX name of what a work appeared in, or the key of the entry it inherits; empty if that is arXiv."""
    return _named(entry) or next((value for name in _INHERITED if (value := entry.get(name))), "")


def _named(entry: Entry) -> str:
    is_part = entry.entry_type.lower() in _PARTS
    names = (*_IN_JOURNAL, *_IN_BOOK, *(() if is_part else _ISSUED))
    return next((value for name in names if (value := entry.get(name)) and not only_arxiv(value)), "")


def year_of(entry: Entry) -> str:
    """The year, if the entry gives one in figures."""
    match = _YEAR.search(entry.get("date") or "") or _YEAR.search(entry.get("year") or "")
    return match[1] if match else ""


def has_place(entry: Entry) -> bool:
    """Whether an entry says itself where and when the work was published: container and year."""
    return bool(container_of(entry) and year_of(entry))


def place_of(entry: Entry) -> Place:
    """What an entry says of it, in plain text."""
    page = (entry.get("pages") or entry.get("eid") or entry.get("articleno") or "").strip()
    return Place(
        container=latex.decode(_named(entry), math="unicode"),
        is_journal=any((value := entry.get(name)) and not only_arxiv(value) for name in _IN_JOURNAL),
        volumes=frozenset(_figures([entry.get("volume") or "", entry.get("number") or ""])),
        page="".join(_figures([page])),
        year=year_of(entry),
    )


def differ(one: Entry, other: Entry) -> bool:
    """Whether two entries that say where the work was published speak of two places or years.

    What only one of them says, or what cannot be compared, is no difference.
    """
    here, there = place_of(one), place_of(other)
    if here.year and there.year and here.year != there.year:
        return True
    if here.is_journal != there.is_journal:
        return bool(here.container and there.container)
    if not _may_be_one(here, there):
        return True
    if not here.is_journal:
        return False
    if here.volumes and there.volumes and not _volumes_agree(here, there):
        return True
    pages = {here.page, there.page}
    # An article that is cited by its number has pages of its own besides, which begin with 1.
    return len(pages) == 2 and not pages & {"", "1"}


def _volumes_agree(here: Place, there: Place) -> bool:
    """Whether the volumes are one; some journals count by year and month (`0706` is 06 of 2007)."""
    volumes = here.volumes | there.volumes
    years = {year for year in (here.year, there.year) if year}
    monthly = {f"{int(year[2:])}{int(volume):02}" for year in years for volume in volumes}
    return bool(here.volumes & there.volumes or volumes & (years | monthly))


def _figures(values: Iterable[str]) -> list[str]:
    """The first number of each text, without leading letters and zeros."""
    return [match[1] for value in values if (match := _NUMBER.match(value.strip(" {}")))]


def _may_be_one(here: Place, there: Place) -> bool:
    """Whether two containers may be one and the same."""
    if not here.container or not there.container:
        return True
    known = {_official(here), _official(there)}
    if "" not in known:
        return len(known) == 1
    # Titles of proceedings are written in too many ways to be told apart by their words.
    return not here.is_journal or is_abbreviated(here.container, there.container)


def _official(place: Place) -> str:
    """The full name of a journal or meeting that is in the tables; else nothing."""
    from bibtools import publication  # late: its tables are needed by few runs

    year = place.year or "2000"
    volume = min(place.volumes, default="1", key=len)
    for said in (f"{place.container} {volume}, {place.page or 1} ({year})", f"{place.container} ({year})"):
        found = publication.parse(said, first_year=int(year))
        if found is not None:
            return found.venue
    return ""


def is_abbreviated(one: str, other: str) -> bool:
    """Whether two names are the same, or one the abbreviation of the other.

    >>> is_abbreviated("Phys. Rev. D", "Physical Review D"), is_abbreviated("PRD", "Physical Review D")
    (True, True)
    >>> is_abbreviated("Physical Review D", "Physics Letters B")
    False
    """
    words, others = (
        [word for word in _WORD.findall(fold(name).lower()) if word not in _SMALL] for name in (one, other)
    )
    if len(words) == len(others):
        return all(a.startswith(b) or b.startswith(a) for a, b in zip(words, others, strict=True))
    short, long = sorted((words, others), key=len)
    return len(short) == 1 and short[0] == "".join(word[0] for word in long)


def without(fields: Iterable[Field], names: frozenset[str]) -> list[Field]:
    """The fields but for those named."""
    return [field for field in fields if field.name not in names]
