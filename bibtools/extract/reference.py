"""References as styles print them and people type them: who, what, where, when, in any usual order.

What is understood: `Authors. Title. Venue, year.` (ACL, NeurIPS, ICML) · `Authors (year). Title. Venue.` (APA) ·
`Authors. year. Title. Venue.` (ACM) · `Authors, "Title," in Venue, year.` (IEEE) · `Authors: Title. Venue (year)`
(LNCS) · `Authors, Title, Venue year` · `Title. Authors. Venue, year.` · `Title (Authors, year)` ·
`Title, Authors, year` · `Title by Authors` · `Title – Authors (year)`, the title emphasised or quoted or not.

Without an identifier beside it a text is a reference only if it has a title and authors and something only
references have: a venue, a year where a style puts it, "et al.", marks around the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bibtools.extract.inline import plain
from bibtools.extract.people import is_full_name, parse_people
from bibtools.extract.private import everyday_words, is_private
from bibtools.extract.readings import VENUE, YEAR_IN_BRACKETS, Reading, people_at_start, readings_of, year_of
from bibtools.extract.titles import is_evident_title, is_title
from bibtools.model import PartialDate

_LEFTOVERS = re.compile(
    r"[(\[]\s*(?:arxiv|doi|url|pdf|link|paper|code|html|abs)?[\s:.,;|/]*[)\]]|\b(?:arxiv|doi|url|available (?:at"
    r"|online)(?: at)?|retrieved from|e-?print)\s?:?\s*(?=$|[.,;)\]]|\s{2})",
    re.IGNORECASE,
)
_YEAR_PLACED = re.compile(r"[,(]\s?(?:1[89]|20)\d\d")
_MAX = 20_000
_MAX_REFERENCE_WORDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a reference says. `title_first` tells a title with its authors from a reference in a style."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    date: PartialDate | None = None
    title_first: bool = False


def parse_reference(text: str, *, beside: Literal["nothing", "unit", "prose"]) -> Reference | None:
    """The reference that a text is, or None. Identifiers and addresses must have been taken out of the text.

    `beside` says what stood with it: nothing, an identifier in a list item or the like (then its form is proof
    enough), or an identifier in running text (then that counts as a venue).

    >>> found = parse_reference("*Attention is all you need*, Vaswani et al., 2017", beside="nothing")
    >>> found.title, found.authors, str(found.date)
    ('Attention is all you need', ('Vaswani',), '2017')
    """
    if text.count(" ") < 2:
        return None
    text = _tidy(text[:_MAX])
    words = text.count(" ") + 1
    if words < 3 or (words > _MAX_REFERENCE_WORDS and text.count(",") * 6 < words):
        return None
    for reading in readings_of(text, surnames=beside != "nothing"):
        if found := _checked(reading, beside):
            return found
    return None


def _tidy(text: str) -> str:
    text = " ".join(_LEFTOVERS.sub(" ", text).split())
    text = re.sub(r"\s+([,.;:)\]])", r"\1", text)
    text = re.sub(r"([,;:])(?:\s?[,;:])+", r"\1", text)
    text = re.sub(r"(?<=[a-z]{4}\.),\s*", " ", text)
    text = re.sub(r"[,;:](?:\s?[,;:])*\s?\.(?!\w)", ".", text)
    text = re.sub(r"^\[[A-Za-z+]{2,10}\d{2}[a-z]?\]\s*", "", text)  # alpha-style labels
    return text.strip(" ,;:|–—-→")


def _checked(reading: Reading, beside: str) -> Reference | None:
    """The reading as a reference, if it holds."""
    title = _unquoted(plain(reading.title))
    people = parse_people(plain(reading.people), surnames=beside == "unit")
    if people is None and beside == "prose" and reading.marked:
        people = parse_people(plain(reading.people), surnames=True)
        people = people if people and len(people[0]) > 1 else None  # "(Berlin, 2019)" is no author
    if people is None or not is_title(title) or _is_venue(title) or title.startswith(("and ", "for the ", "& ")):
        return None
    authors, more = people
    if beside != "unit" and not _is_proved(reading, title, authors, more=more, venue=beside == "prose"):
        return None
    if (
        reading.title_first
        and not (more or reading.year or reading.marked)
        and not any(map(is_full_name, authors))
    ):
        return None
    date = PartialDate(int(reading.year)) if reading.year else None
    return Reference(title=title, authors=authors, date=date, title_first=reading.title_first)


def _is_proved(reading: Reading, title: str, authors: tuple[str, ...], *, more: bool, venue: bool) -> bool:
    """Whether more than the order of names and words says that this is a reference."""
    if is_private(title, title=True) or is_private(reading.rest):
        return False
    known = venue
    venue = venue or VENUE.search(reading.rest) is not None
    if not (more or venue) and (everyday_words(title) or (len(title.split()) < 3 and not reading.marked)):
        return False
    if reading.title_first:
        evident = is_evident_title(title) and (reading.year is not None or sum(map(is_full_name, authors)) > 1)
        named = known and len(authors) > 1  # names behind a title in quotes, with an identifier
        return more or (venue and not known) or evident or (reading.marked and (reading.year is not None or named))
    placed_year = reading.year is not None and (reading.marked or _YEAR_PLACED.search(reading.rest) is not None)
    return venue or more or placed_year


def _unquoted(title: str) -> str:
    """A title without the marks around it, but with those inside."""
    title = title.strip(" .,;:“”")
    if title[:1] in "\"'‘" and title[-1:] == title[:1].replace("‘", "’"):
        title = title[1:-1]
    return title.strip(" .,;:") if title.count('"') % 2 == 0 else title.strip(' .,;:"')


def _is_venue(title: str) -> bool:
    """Whether what stands in a title's place is a journal: "Phys. Rev. D 76"."""
    words = title.split()
    return sum(word.endswith(".") for word in words) * 2 >= len(words) or title.startswith(
        ("In ", "In: ", "arXiv")
    )


def people_beside(before: str, after: str) -> tuple[tuple[str, ...], PartialDate | None]:
    """The authors and the year that stand around a title, in what was written before and after it.

    >>> people_beside("", ", Vaswani et al. (2017) - a classic")
    (('Vaswani',), PartialDate(year=2017, month=None, day=None))
    """
    after = _tidy(after[:2000])
    people, year, rest = people_at_start(after)
    if not people:
        people = YEAR_IN_BRACKETS.sub("", before[-2000:]).strip(" *_,.:;([-–—")
        year = ""
    found = parse_people(people) if people else None
    if found is None:
        return (), None
    year = year or year_of(rest) or year_of(before) or ""
    return found[0], PartialDate(int(year)) if year else None
