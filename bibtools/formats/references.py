"""The words of a reference for readers: who, where it appeared, when, where to find it.

One plain order for all kinds of works, not a citation style: `bibtools cite` formats by those.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from bibtools.formats.addresses import of_arxiv, of_doi
from bibtools.formats.dialects import arxiv_cite_as
from bibtools.formats.works import People, Work
from bibtools.model import Name

MOST_NAMES, SHOWN_NAMES = 12, 10
"""A list of more names than the one is cut in a reference to the other, and it says how many are left out."""
_IN = frozenset(["inproceedings", "incollection", "inbook", "inreference", "bookinbook", "suppbook", "conference"])
_BOOKS = ["book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference"]
_WHOLE = frozenset([*_BOOKS, "booklet", "manual"])
_LABELS = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
    "software": "Computer software",
    "datacd": "Data CD",
    "audiocd": "Audio CD",
}
_STATES = {"inpress": "in press", "inpreparation": "in preparation", "prepublished": "prepublished"}
_DASHES = re.compile(r"\s*(?:-{1,3}|–|—)\s*")
_ONE_END = re.compile(r"(?:\.\.|(?P<year>-?\d{4}|\d[\dX]{3})(?:-\d\d){0,2}(?P<mark>[~?%])?)?\Z", re.ASCII)
_MARKS = {"~": ("c. ", ""), "?": ("", "?"), "%": ("c. ", "?"), "": ("", "")}
_IDEOGRAPHS = re.compile("[\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]+\\Z")
_ONLY_URL = re.compile(r"(?:(?:url|available(?: at)?|online):?\s*)?(?:https?|ftp)://\S+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """Where a work appeared: `name` is the journal or book, with what stands before and behind it."""

    before: str = ""
    name: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.before}{self.name}{self.after}"


@dataclass(frozen=True, slots=True)
class Link:
    """A place to find a work at: what it is called (`doi:10.1000/1`) and its address."""

    label: str
    address: str


def who(work: Work, *, most: int = MOST_NAMES) -> str:
    """The authors, else the editors, in natural order: `A, B, and C`; `A and 12 others`; `A et al.`"""
    if work.authors.names:
        return listed(work.authors, most=most)
    if not work.editors.names:
        return ""
    several = len(work.editors.names) > 1 or not work.editors.complete
    return f"{listed(work.editors, most=most)} ({'eds.' if several else 'ed.'})"


def listed(people: People, *, most: int = MOST_NAMES) -> str:
    """The names as a text; a list of more than `most` is cut and says how many are left out."""
    shown = [name_of(name) for name in people.names]
    if not people.complete:
        cut = shown[:SHOWN_NAMES] if len(shown) > most else shown
        return ", ".join(cut) + " et al."
    if len(shown) > most:
        return f"{', '.join(shown[:SHOWN_NAMES])}, and {len(shown) - SHOWN_NAMES:,} others"
    if len(shown) < 3:
        return " and ".join(shown)
    return f"{', '.join(shown[:-1])}, and {shown[-1]}"


def name_of(name: Name) -> str:
    """A name in natural order, with the comma that `Jr.` is written with.

    >>> name_of(Name(family="King", given="Martin", suffix="Jr.")), name_of(Name(family="王", given="小明"))
    ('Martin King, Jr.', '王小明')
    """
    if _IDEOGRAPHS.match(name.family) and _IDEOGRAPHS.match(name.given):
        return name.family + name.given
    if not name.suffix:
        return name.natural
    return f"{replace(name, suffix='').natural}, {name.suffix}"


def venue(work: Work) -> Venue:
    """Where the work appeared, as far as the entry says."""
    if work.is_preprint and work.arxiv is not None:
        primary = work.categories[0] if work.categories else ""
        return Venue(name=arxiv_cite_as(str(work.arxiv), primary), after=_behind(*_notes(work), work.journal_ref))
    if work.kind in _IN:
        return _inside(work)
    if journal := work.get("journaltitle") or work.get("journal"):
        issue = work.get("number") or work.get("issue")
        volume = work.get("volume") + (f"({issue})" if issue else "")
        after = _behind(work.get("eid"), _pages(work), *_notes(work))
        return Venue(name=journal, after=f" {volume}{after}" if volume else after)
    return Venue(before=_joined(_whole(work) if work.kind in _WHOLE else _alone(work)))


def container(work: Work) -> str:
    """The name of where it appeared, alone: journal, book, institution or publisher."""
    if work.is_preprint:
        return "arXiv"
    books = () if work.kind in _WHOLE else ("booktitle", "maintitle")
    where = ("journaltitle", "journal", *books, "eventtitle", "institution", "publisher", "organization")
    return next((text for name in where if (text := work.get(name))), "")


def when(work: Work) -> str:
    """The year or years: `2017`, `2017–2018`, `c. 1850`, else the words of the entry (`in press`)."""
    ends = [_end(part) for part in work.date.split("/")]
    if not work.date or len(ends) > 2 or any(end is None for end in ends):
        return work.date
    said = [end or "" for end in ends]
    return said[0] if len(said) == 1 or said[0] == said[1] else "–".join(said)


def links(work: Work) -> tuple[Link, ...]:
    """arXiv, the publisher's DOI, and an address that is neither."""
    found = []
    if work.arxiv is not None:
        found.append(Link(f"arXiv:{work.arxiv}", of_arxiv(work.arxiv)))
    if work.doi:
        found.append(Link(f"doi:{work.doi}", of_doi(work.doi)))
    if work.url and not repeats(work, work.url):
        found.append(Link(work.url, work.url))
    return tuple(found)


def otherwise(work: Work) -> str:
    """What an entry says that has nothing a reference is made of."""
    return "; ".join(f"{name}: {value}" for name, value in work.fields if value)


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends with a mark of its own.

    >>> sentence("Why?"), sentence("Because")
    ('Why?', 'Because.')
    """
    return text if not text or text.rstrip("”’\"')")[-1:] in (".", "?", "!", "…") else f"{text}."


def _inside(work: Work) -> Venue:
    book = ": ".join(filter(None, (work.get("booktitle") or work.get("maintitle"), work.get("booksubtitle"))))
    editors = f"edited by {listed(work.editors)}" if work.editors.names and work.authors.names else ""
    numbers = [_labelled("volume", work), _series(work), _labelled("chapter", work), _pages(work)]
    parts = [editors, *numbers, work.get("organization"), *_published(work), *_notes(work)]
    return Venue(before="In ", name=book, after=_behind(*parts)) if book else Venue(before=_joined(parts))


def _whole(work: Work) -> list[str]:
    numbers = [_label(work), _edition(work), _labelled("volume", work), _series(work)]
    return [*numbers, *_published(work), work.get("organization"), *_notes(work)]


def _alone(work: Work) -> list[str]:
    """A thesis, a report, a program, a page, and whatever else stands by itself."""
    label = " ".join(filter(None, (_label(work), work.get("number"))))
    version = work.get("version")
    version = f"{'version' if label else 'Version'} {version}" if version else ""
    named = work.get("institution") or work.get("organization")
    shown = [_no_url(work.get("howpublished")), work.get("eventtitle")]
    return [label, version, named, *shown, *_published(work, but=named), *_notes(work)]


def _label(work: Work) -> str:
    return _LABELS.get(work.get("type") or work.kind, work.get("type"))


def _published(work: Work, but: str = "") -> list[str]:
    publisher = work.get("publisher") or work.get("institution")
    publisher = "" if publisher == but else publisher
    place = work.get("location") or work.get("address")
    return [": ".join(filter(None, (place, publisher))) if publisher else place]


def _notes(work: Work) -> list[str]:
    state = work.get("pubstate")
    return [_STATES.get(state, state), _no_url(work.get("note"))]


def _no_url(text: str) -> str:
    """The text, unless it is nothing but an address, which stands among the links."""
    return "" if _ONLY_URL.match(text) else text.rstrip(".")


def _labelled(name: str, work: Work) -> str:
    value = work.get(name)
    return f"{name} {value}" if value else ""


def _series(work: Work) -> str:
    return " ".join(filter(None, (work.get("series"), work.get("number")))) if work.get("series") else ""


def _edition(work: Work) -> str:
    edition = work.get("edition")
    if not edition.isdecimal():
        return edition if not edition or "ed" in edition.lower() else f"{edition} edition"
    number = int(edition) if len(edition) < 5 else 0
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{edition}{ending} edition"


def _pages(work: Work) -> str:
    first, dash, last = _DASHES.sub("–", work.get("pages")).partition("–")
    pages = first if first == last else f"{first}{dash}{last}"
    if not pages:
        return ""
    return f"pp. {pages}" if re.search(r"[–,]", pages) else f"p. {pages}"


def _end(text: str) -> str | None:
    """One end of a range of dates; None for what is no date."""
    match = _ONE_END.match(text.strip())
    if match is None:
        return None
    before, behind = _MARKS[match["mark"] or ""]
    year = match["year"]
    if not year:
        return ""
    return f"{before}{year.replace('X', '0')}s" if "X" in year else f"{before}{year}{behind}"


def repeats(work: Work, url: str) -> bool:
    """Whether an address is only arXiv's, or the resolver's for the DOI."""
    plain = unquote(url).lower()
    if work.doi and plain.endswith(f"doi.org/{work.doi}"):
        return True
    return work.arxiv is not None and "arxiv.org/" in plain and work.arxiv.number.lower() in plain


def _joined(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part)


def _behind(*parts: str) -> str:
    return "".join(f", {part}" for part in parts if part)
