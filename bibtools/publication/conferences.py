"""The conferences we know, what their proceedings are volumes of, and where conferences are held.

The table has a line a conference: `ACRO/ACRO2 | Title of the proceedings | name | name … [flags]`, names and flags
as in :mod:`bibtools.publication.titles`, and `needname`: the acronym alone is no name; `book1987`: volume n of the
proceedings is of the year 1987 + n. In the title `{nth}` is the ordinal and `{year}` the year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bibtools.publication.ordinals import write_ordinal
from bibtools.publication.titles import Index, Title, read_table


@dataclass(frozen=True, slots=True)
class Meeting:
    """A conference, or what it was called in some years."""

    acronyms: tuple[str, ...]
    template: str
    row: Title

    @property
    def needs_name(self) -> bool:
        """Whether the acronym could be many things."""
        return "needname" in self.row.flags

    @property
    def before_first_volume(self) -> int | None:
        """The year before that of volume 1, where the proceedings are volumes of one book."""
        return next((int(f[4:]) for f in self.row.flags if re.match(r"book\d{4}\Z", f)), None)

    def title(self, year: int, ordinal: int | None) -> str:
        """The title of the proceedings."""
        nth = "" if ordinal is None else write_ordinal(ordinal) + " "
        return self.template.replace("{nth} ", nth).replace("{year}", str(year))


@dataclass(frozen=True, slots=True)
class Meetings:
    """The table: by name, and by acronym (`pattern` finds one)."""

    index: Index
    by_row: dict[Title, Meeting]
    by_acronym: dict[str, list[Meeting]]
    pattern: re.Pattern[str]


@cache
def meetings() -> Meetings:
    """The conferences of the table."""
    from bibtools.publication.venues.meetings import TITLES

    index = Index()
    by_row: dict[Title, Meeting] = {}
    by_acronym: dict[str, list[Meeting]] = {}
    for row in read_table(TITLES):
        meeting = Meeting(tuple(row.names[0].split("/")), row.names[1], row)
        by_row[row] = meeting
        for name in row.names[2:]:
            index.add(name, row)
        for acronym in meeting.acronyms:
            by_acronym.setdefault(acronym, []).append(meeting)
            by_acronym.setdefault(acronym.upper(), by_acronym[acronym])
    longest = sorted(by_acronym, key=len, reverse=True)
    pattern = re.compile(rf"(?:{'|'.join(map(re.escape, longest))})(?![A-Za-z])")
    return Meetings(index, by_row, by_acronym, pattern)


@cache
def series() -> tuple[dict[str, str], re.Pattern[str]]:
    """The series of proceedings: full name by each of their names, and what finds one."""
    from bibtools.publication.venues.meetings import SERIES

    names = {alias: row.names[0] for row in read_table(SERIES) for alias in row.names}
    longest = sorted(names, key=len, reverse=True)
    return names, re.compile("|".join(map(re.escape, longest)))


@cache
def places() -> frozenset[str]:
    """Towns, regions and countries where conferences are held, in lower case."""
    from bibtools.publication.venues.meetings import PLACES

    return frozenset(place.strip() for place in PLACES.replace("\n", "|").split("|") if place.strip())
