"""What an entry or a record says of its work, and whether two of them can be one work.

Nothing is guessed: title, people and year must agree, and whatever else both sides give (identifiers, journal,
volume, pages, part, edition …) must not contradict. A preprint and its publication differ in place and may differ
by a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bibtools import bibfile, latex, names, render
from bibtools.model import Entry, EntryOptions, Name, Record
from bibtools.text import fold
from bibtools.titles import LONGEST, meaning

_YEAR = re.compile(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])")
_SHORTEST_TITLE = 10  # letters and digits; two works may well share a shorter title
_SHARED_AUTHORS = 0.8
_FEW_AUTHORS = 3  # all of them must be found again

_CLASSES = {
    "book": "whole", "mvbook": "whole", "collection": "whole", "mvcollection": "whole", "proceedings": "whole",
    "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis",
    "article": "part", "inproceedings": "part", "conference": "part", "incollection": "part", "inbook": "part",
}  # fmt: skip
_CONTAINERS = ("journal", "journaltitle", "booktitle")
_ARXIV = re.compile(r"arxiv|\bcorr\b|computing research repository", re.IGNORECASE)
_PLAIN_NUMBERS = ("number", "part", "chapter", "edition")
_NUMBERED_WORDS = ("booktitle", "series", "eventtitle")
_IDENTIFIERS = ("isbn", "pmid", "mrnumber", "zblnumber", "eprint")
_NUMBER = re.compile(r"\d+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"\s*(?:[0-9]{4}-)?(?P<number>[01]?[0-9])(?![0-9])")
_FIRST_PAGE = re.compile(r"\s*(?P<page>[A-Za-z]{0,4}\d+)(?P<range>\s*[-–—]+\s*\d)?")
_VOLUME = re.compile(r"\s*(?:vol(?:ume|\.)?\s*)?(?P<section>[A-Z]?)\s?(?P<number>\d+)\s*\Z")
_SMALL_WORDS_TEXT = "the of and for in on to a an de la le les des du der die das und et e y di del della"
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What is said of a work; what is not said is empty.

    `title` is :func:`bibtools.titles.meaning`, `role` what the people are (`author`, or `editor` where there is no
    author), `arxiv` a record id, `years` are all that may be meant. `is_preprint` is whether no place of
    publication is named.
    """

    title: str
    people: tuple[Name, ...] = ()
    people_complete: bool = True
    role: str = "author"
    years: frozenset[int] = frozenset()
    arxiv: str = ""
    dois: frozenset[str] = frozenset()
    is_preprint: bool = False
    kind: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def of_entry(entry: Entry) -> Claims:
    """What an entry says."""
    values = {f.name: latex.decode(f.value) for f in reversed(entry.fields) if len(f.value) <= LONGEST}
    role = "author" if entry.get("author") or not entry.get("editor") else "editor"
    people = names.parse_bibtex(_short(entry.get(role) or ""))
    year = _YEAR.search(values.get("year") or values.get("date") or "")
    number, doi = bibfile.arxiv_id(entry), bibfile.doi(entry)
    kind = _CLASSES.get(entry.entry_type.lower(), "")
    container = next((values[name] for name in _CONTAINERS if values.get(name)), "")
    return Claims(
        title=title_of(entry),
        people=people.names,
        people_complete=people.complete,
        role=role,
        years=frozenset({int(year[0])} if year else ()),
        arxiv=number.record_id if number else "",
        dois=frozenset({doi} if doi else ()),
        is_preprint=bool(_ARXIV.search(container)) if container else not kind,
        kind=kind,
        values=values,
    )


def of_record(record: Record) -> Claims:
    """What a record says: its source's own entry, if it has one, else what a service says.

    A service's date is the first version's; the publication has a year of its own, and either may be meant.
    """
    entry = record.entry or render.render_entry(record, "record", EntryOptions()).entry
    said = of_entry(entry)
    dois = said.dois | {doi.lower() for doi in record.dois}
    scheme, _, value = record.id.partition(":")
    if scheme == "doi":
        dois |= {value.lower()}
    said = replace(said, dois=frozenset(dois), arxiv=record.id if scheme == "arxiv" else said.arxiv)
    if record.entry is not None:
        return said
    first = record.published
    return replace(
        said,
        people=record.authors,
        people_complete=record.authors_complete,
        role="author",
        years=said.years | ({first.year} if first else set()),
    )


def title_of(entry: Entry) -> str:
    """The title of an entry to compare, with the subtitle that biblatex has a field of its own for."""
    said = " ".join(filter(None, (entry.get("title"), entry.get("subtitle"))))
    return meaning(said) if len(said) <= LONGEST else ""


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else ""


# --- judging -----------------------------------------------------------------------------------------------


def same_work(one: Claims, other: Claims) -> bool:
    """Whether all that is said proves one work: title, people and year agree, and nothing contradicts.

    A short title takes all the people and the very year. Where neither side knows a year it says nothing.
    """
    if not one.title or one.title != other.title or contradict(one, other):
        return False
    shared = one.years & other.years
    if sum(map(str.isalnum, one.title)) < _SHORTEST_TITLE:
        alike = len(one.people) == len(other.people) and names.author_overlap(one.people, other.people) == 1.0
        return alike and one.role == other.role and bool(shared)
    return same_people(one, other) is True and (bool(one.years) == bool(other.years))


def same_people(one: Claims, other: Claims) -> bool | None:
    """Whether the people are the same: nearly all found again, no more nor fewer unless a list says so.

    None where a side names nobody.
    """
    counts = sorted((len(one.people), len(other.people)))
    if not counts[0] or one.role != other.role:
        return None
    if one.people_complete and other.people_complete and counts[0] < _SHARED_AUTHORS * counts[1]:
        return False
    least = 1.0 if counts[0] <= _FEW_AUTHORS else _SHARED_AUTHORS
    return names.author_overlap(one.people, other.people) >= least


def contradict(one: Claims, other: Claims) -> bool:
    """Whether something that both sides give says that they are two works; titles and people are not looked at."""
    if one.arxiv and other.arxiv and one.arxiv != other.arxiv:
        return True
    if one.dois and other.dois and one.dois.isdisjoint(other.dois):
        return True
    if not _years_agree(one, other) or _identifiers_differ(one, other):
        return True
    if one.is_preprint or other.is_preprint:
        months = [_month(side) for side in (one, other)]
        return one.is_preprint and other.is_preprint and all(months) and months[0] != months[1]
    return _places_differ(one, other)


def _years_agree(one: Claims, other: Claims) -> bool:
    if not one.years or not other.years or one.years & other.years:
        return True
    nearest = min(abs(a - b) for a in one.years for b in other.years)
    return one.is_preprint is not other.is_preprint and nearest <= 1


def _month(said: Claims) -> int:
    """The month that a date or a month by number or name says; 0 for none."""
    value = said.values.get("month") or said.values.get("date") or ""
    if match := _MONTH.match(value):
        return int(match["number"])
    name = value.strip()[:3].casefold()
    return _MONTHS.index(name) + 1 if name in _MONTHS else 0


def _identifiers_differ(one: Claims, other: Claims) -> bool:
    for name in _IDENTIFIERS:
        a, b = ({_bare(word) for word in _ids(name, side)} for side in (one, other))
        if a and b and a.isdisjoint(b):
            return True
    return False


def _ids(name: str, said: Claims) -> Iterable[str]:
    """The values of an identifier; an ISBN without prefix and check digit, as those differ in its two forms."""
    value = said.values.get(name, "")
    if name == "eprint" and said.arxiv:
        return []
    if name != "isbn":
        return [value] if value.strip() else []
    return [
        number[-10:-1] for number in map(_bare, re.split(r"[\s,;]+(?=97|\d)", value)) if len(number) in (10, 13)
    ]


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def _places_differ(one: Claims, other: Claims) -> bool:
    """Whether two publications stand in two places."""
    if one.kind and other.kind and one.kind != other.kind:
        return True
    sections, volumes = zip(*(_volume(side) for side in (one, other)), strict=True)
    pages = [_first_page(side) for side in (one, other)]
    if all(volumes) and volumes[0] != volumes[1]:
        return True
    if all(pages) and pages[0] != pages[1]:
        return True
    if all(volumes) and all(pages):
        return False  # so the journal is the same, however its name is written
    if any(_numbers_differ(name, one, other) for name in (*_PLAIN_NUMBERS, *_NUMBERED_WORDS)):
        return True
    journals = [side.values.get("journal") or side.values.get("journaltitle") or "" for side in (one, other)]
    written = [f"{name} {section}" for name, section in zip(journals, sections, strict=True)]
    return all(journals) and not same_journal(*written)


def _volume(said: Claims) -> tuple[str, str]:
    """The section of the journal that a volume may begin with (`B123`), and the volume."""
    value = said.values.get("volume", "")
    match = _VOLUME.match(value)
    return (match["section"], match["number"].lstrip("0")) if match else ("", _bare(value))


def _first_page(said: Claims) -> str:
    """The first page or the number of the article; a range of pages counted from 1 says nothing."""
    match = _FIRST_PAGE.match(said.values.get("pages") or said.values.get("eid") or "")
    if match is None or (match["range"] and match["page"] == "1"):
        return ""
    return match["page"].casefold().lstrip("0")


def _numbers_differ(name: str, one: Claims, other: Claims) -> bool:
    a, b = (set(_NUMBER.findall(side.values.get(name, ""))) for side in (one, other))
    return bool(a) and bool(b) and a.isdisjoint(b)


def same_journal(one: str, other: str) -> bool:
    """Whether two names may be one journal's: in full, abbreviated word by word, or by initials.

    >>> same_journal("Phys. Rev. D", "Physical Review D"), same_journal("JHEP", "Journal of High Energy Physics")
    (True, True)
    >>> same_journal("Physical Review C", "Physical Review D")
    False
    """
    a, b = ([word for word in _words(name) if word not in _SMALL_WORDS] for name in (one, other))
    few, many = sorted((a, b), key=len)
    if len(few) == len(many):
        return all(map(_abbreviates, few, many))
    initials = "".join(word[0] for word in many)
    return len(few) == 1 and (few[0] == initials or few[0] == "".join(word[0] for word in _words(one + other)))


def _words(name: str) -> list[str]:
    return _WORD.findall(fold(name).casefold())


def _abbreviates(one: str, other: str) -> bool:
    """Whether a word is another one or leaves out letters of it behind the first."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return short[:1] == long[:1] and all(letter in letters for letter in short)
