"""The tags of a record as an entry of biblatex."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bibtools import text as words
from bibtools.formats.ris.dates import parse_date
from bibtools.formats.ris.tags import (
    CONTAINER,
    EDITION,
    EPRINTS,
    MANUAL,
    NUMBER,
    PUBLISHER,
    PUBLISHERS,
    READ_TYPES,
    SIMPLE,
    TYPED,
    WHOLE_WORKS,
    keyword_of,
)
from bibtools.formats.ris.texts import encoded, keywords, line, parse_people
from bibtools.formats.ris.writing import Tagged
from bibtools.identifiers import find_identifiers, parse_arxiv, parse_doi
from bibtools.model import Entry, Field

_ARXIV_TAGS = (
    "UR", "DO", "AN", "M1", "M2", "M3", "C1", "C2", "C7", "N1", "L1", "L2", "LK", "T2", "JO", "JF", "PB", "VL",
    "IS", "SP",
)  # fmt: skip
_LONGEST_PLACE = 2000
_LONGEST_NOTE = 80
_SHORT = 40
_CLASS = re.compile(r"\[([a-z][a-z-]*(?:\.[A-Za-z][A-Za-z-]*)?)\]")
_AN_CLASS = re.compile(r"(?P<id>\S+)(?: \[(?P<class>\S+)\])?\Z")
_PLAIN_PAGES = re.compile(r"(?P<first>[A-Za-z]{0,3}\d[\w.]*)\s*[-–—]+\s*(?P<last>[A-Za-z]{0,3}\d[\w.]*)")
_ISBN = re.compile(r"(?<![\d-])(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx](?![\d-])")
_ISSN = re.compile(r"(?<![\w-])\d{4}-?\d{3}[\dXx](?![\w-])")
_BAD_IN_KEY = re.compile(r"[\s,{}()\"#%~\\=@]")
_NAMED = {name for names in (*PUBLISHERS.values(), PUBLISHER) for name in names}
_IGNORED = frozenset(("TY", "ER", "ID", "LB", "RP"))
"""Tags that frame and number the record, and whether somebody has a reprint."""
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with")
)
_FIELD_ORDER = (
    "author", "title", "journaltitle", "booktitle", "eventtitle", "bookauthor", "editor", "translator", "series",
    "date", "year", "type", "edition", "version", "volume", "volumes", "number", "chapter", "pages", "pagetotal",
    "eid", *sorted(_NAMED), "location", "venue", "doi", "url", "urldate", "eprint", "eprinttype", "eprintclass",
    "isbn", "issn", "language", "abstract", "keywords", "shorttitle", "shortjournal", "library", "note",
    "annotation",
)  # fmt: skip
_PLACES = {name: number for number, name in enumerate(_FIELD_ORDER)}


@dataclass(slots=True)
class _Reading:
    """The values of a record by tag, and the fields they become. A tag that was taken is `used`, `once` if only its first."""

    values: dict[str, list[str]]
    kind: str = "misc"
    found: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    once: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)

    def first(self, *tags: str) -> str:
        """The value of the first of the tags that has one."""
        tag = next((tag for tag in tags if tag in self.values), None)
        if tag is None:
            return ""
        self.once.add(tag)
        return self.take(tag)[0]

    def take(self, tag: str) -> list[str]:
        """All values of a tag."""
        self.used.add(tag)
        return self.values.get(tag, [])

    def add(self, name: str, text: str) -> None:
        """A field out of a text, unless there is one already."""
        if name not in self.found and (value := encoded(text)):
            self.found[name] = value

    def add_verbatim(self, name: str, text: str) -> None:
        """A field that LaTeX does not escape."""
        if name not in self.found and (value := re.sub(r"[\s{}\\]", "", text)):
            self.found[name] = value


def entry_of(tags: Sequence[Tagged]) -> tuple[Entry, tuple[str, ...]]:
    """The entry that a record means, and the tags of it that no field says (`M1`, `DA: print`).

    The entry has no fields where the record says nothing about a work.
    """
    values: dict[str, list[str]] = {}
    for tag, text in tags:
        if text := "\n".join(filter(None, map(line, text.split("\n")))):
            values.setdefault(tag, []).append(text)
    reading = _Reading(values, kind=READ_TYPES.get("".join(values.get("TY", [])).strip().upper(), "misc"))
    if reading.kind == "report" and values.get("M3") == [MANUAL]:
        reading.kind = "manual"
        reading.used.add("M3")
    for step in (_arxiv, _people, _titles, _identifiers, _dates, _pages, _publisher, _rest):
        step(reading)
    fields = tuple(Field(name, reading.found[name]) for name in sorted(reading.found, key=_PLACES.__getitem__))
    unread = sorted(values.keys() - reading.used - _IGNORED)
    second = [f"{tag}: {values[tag][1][:_SHORT]}" for tag in sorted(reading.once) if len(values.get(tag, [])) > 1]
    entry = Entry(entry_type=reading.kind, key=_key(reading), fields=fields)
    return entry, (*unread, *second, *reading.left)


def _people(reading: _Reading) -> None:
    first = [*reading.take("AU"), *reading.take("A1")]
    editors = [*reading.take("ED"), *(reading.take("A2") if reading.kind != "misc" else ())]
    if reading.kind == "book":
        editors += reading.take("A3")
    if reading.kind == "collection" and not editors:
        first, editors = editors, first
    if (
        reading.kind == "inproceedings"
        and editors
        and not first
        and not {"T2", "C3", "BT"} & reading.values.keys()
    ):
        reading.kind = "proceedings"
    people = {"author": first, "editor": editors, "translator": [*reading.take("A4"), *reading.take("TA")]}
    if reading.kind in ("incollection", "inbook"):
        people["bookauthor"] = reading.take("C2")
    for role, listed in people.items():
        if names := parse_people([name for value in listed for name in value.split("\n")]):
            reading.found[role] = names


def _titles(reading: _Reading) -> None:
    reading.add("title", reading.first("TI", "T1", "CT", *(("BT",) if reading.kind == "book" else ())))
    container = CONTAINER.get(reading.kind)
    if container == "booktitle":
        book = reading.first("C3", "BT", "T2", "JF", "JO")
        event = reading.first("T2")
        reading.add("booktitle", book)
        if reading.kind == "inproceedings" and event != book:
            reading.add("eventtitle", event)
    elif container == "journaltitle":
        reading.add("journaltitle", reading.first("JF", "T2", "JO", "JA", "J1", "J2"))
        reading.add("shortjournal", _other_than(reading.values, "journaltitle", reading))
    elif reading.kind in ("book", "collection", "report", "software"):
        reading.add("series", reading.first("T3", "T2"))
    if "title" not in reading.found:
        reading.add("title", reading.first("BT", "ST"))
    if reading.kind == "incollection" and "booktitle" not in reading.found:
        reading.kind = "inbook"


def _other_than(values: dict[str, list[str]], name: str, reading: _Reading) -> str:
    """The journal's other, shorter name."""
    for tag in ("J2", "JA", "J1", "JO"):
        for value in reading.take(tag) if tag in values else ():
            if encoded(value) != reading.found.get(name):
                return value
    return ""


def _arxiv(reading: _Reading) -> None:
    """The arXiv id wherever a program put it, or the accession number of another archive that biblatex knows."""
    archive = " ".join(reading.values.get("DB", [])).lower()
    ours = bool(archive == "arxiv" and _one_arxiv(reading.values.get("AN", [])))
    for tag in ("AN", *_ARXIV_TAGS) if ours else _ARXIV_TAGS:
        if found := _one_arxiv(reading.values.get(tag, []), short=tag == "N1"):
            _add_arxiv(reading, *found, repeated=ours)
            if tag == "AN":
                reading.used |= {"AN", "DB"}
            return
    match = _AN_CLASS.match(" ".join(reading.values.get("AN", [])))
    if archive in EPRINTS and match is not None:
        reading.used |= {"AN", "DB"}
        reading.add_verbatim("eprint", match["id"])
        reading.add_verbatim("eprinttype", archive)
        reading.add_verbatim("eprintclass", match["class"] or "")


def _add_arxiv(reading: _Reading, number: str, class_: str, *, repeated: bool) -> None:
    reading.add_verbatim("eprint", number)
    reading.add_verbatim("eprinttype", "arxiv")
    reading.add_verbatim("eprintclass", class_ or number.rpartition("/")[0])
    journal = "".join(value for tag in ("T2", "JF", "JO") for value in reading.values.get(tag, []))
    if reading.kind in ("misc", "unpublished") and (not journal or journal.lower().startswith(("arxiv", "corr"))):
        reading.kind = "online"
    if not repeated:
        return
    for tag in ("DO", "UR"):  # what only says the id again, for programs that look nowhere else
        kept = [value for value in reading.values.get(tag, []) if not _is_arxiv(value, number)]
        reading.values[tag] = kept
        if not kept:
            del reading.values[tag]
    if reading.kind == "online" and reading.values.get("PB") == ["arXiv"]:
        del reading.values["PB"]


def _is_arxiv(value: str, number: str) -> bool:
    found, wanted = parse_arxiv(value), parse_arxiv(number)
    return found is not None and wanted is not None and found.number == wanted.number


def _one_arxiv(values: Sequence[str], *, short: bool = False) -> tuple[str, str] | None:
    """The id and the class of the first value that names one paper."""
    for value in values:
        ids = [found for _, found in find_identifiers(value[:_LONGEST_PLACE]) if found.scheme == "arxiv"]
        if len(ids) == 1 and not (short and len(value) >= _LONGEST_NOTE):
            class_ = _CLASS.search(value[:_LONGEST_PLACE])
            return ids[0].value, class_[1] if class_ else ""
    return None


def _identifiers(reading: _Reading) -> None:
    for tag in ("DO", "DI", "M3", "L3", "UR", "N1"):
        for value in reading.values.get(tag, []):
            if (doi := parse_doi(value)) and "doi" not in reading.found:
                reading.add_verbatim("doi", value if tag == "DO" and doi == value.lower() else doi)
                reading.used.add(tag)
    if (odd := reading.first("DO", "DI")).startswith("10."):  # shorter than any that was ever given out
        reading.add_verbatim("doi", odd)
    _address(reading)
    numbered = NUMBER.get(reading.kind) == "SN"
    for value in reading.take("SN"):
        find = re.fullmatch if numbered else re.search
        isbn, issn = find(_ISBN, value), find(_ISSN, value)
        if len(numbers := [*_ISBN.findall(value), *_ISSN.findall(value)]) > 1:
            reading.left.append(f"SN: {', '.join(numbers[1:])}")
        if isbn or issn:
            reading.add_verbatim("isbn" if isbn else "issn", (isbn or issn)[0])  # type: ignore[index]  # one is
        elif numbered:
            reading.add("number", value)
        else:
            books = ("book", "collection", "incollection", "proceedings", "inproceedings")
            reading.add_verbatim("isbn" if reading.kind in books else "issn", value)


def _address(reading: _Reading) -> None:
    """The first address; of the links to files one on the web. The others are left, if they are no identifiers."""
    for tag in ("UR", "L2", "LK", "L1"):
        for value in reading.values.get(tag, []):
            if tag != "UR" and not value.lower().startswith(("http://", "https://")):
                continue
            reading.used.add(tag)
            if "url" not in reading.found:
                reading.add_verbatim("url", value.split()[0])
            elif not parse_doi(value) and not parse_arxiv(value):
                reading.left.append(f"{tag}: {value[:_SHORT]}")


def _dates(reading: _Reading) -> None:
    year, exact = reading.first("PY", "Y1"), reading.first("DA", "Y1", "PY")
    reading.used |= {"PY", "Y1", "DA"} & reading.values.keys()
    for value in dict.fromkeys((exact, year)):
        date, rest = parse_date(value, year[:4])
        if date and "date" not in reading.found:
            reading.add("date", date)
            if rest:
                reading.left.append(f"DA: {rest}")
    if "date" not in reading.found:
        reading.add("year", year or exact)
    accessed = reading.first("Y2")
    date, rest = parse_date(accessed)
    reading.add("urldate", date)
    if accessed and (rest or not date):
        reading.left.append(f"Y2: {rest}")


def _pages(reading: _Reading) -> None:
    first, last, eid = reading.first("SP"), reading.first("EP"), reading.first("C7")
    if reading.kind in WHOLE_WORKS and not last and not eid:
        reading.add("pagetotal", first)
        return
    reading.add("eid", eid)
    if first != eid or last:
        pages = "--".join(dict.fromkeys(part.strip(" -–—") for part in (first, last) if part))
        reading.add("pages", _PLAIN_PAGES.sub(r"\g<first>--\g<last>", pages) if "--" not in pages else pages)


def _publisher(reading: _Reading) -> None:
    name = PUBLISHERS.get(reading.kind, PUBLISHER)[0]
    if publisher := reading.first("PB"):
        if name == "holder":
            reading.found[name] = parse_people(publisher.split(";"))
        else:
            reading.add(name, publisher)


def _rest(reading: _Reading) -> None:
    reading.add("note", "; ".join(reading.take("N1")))
    for name, tag in SIMPLE.items():
        if name not in reading.found:
            reading.add(name, reading.first(tag))
    for name, tag in (("abstract", "N2"), ("location", "PP")):
        if name not in reading.found:
            reading.add(name, reading.first(tag))
    tag = NUMBER.get(reading.kind, "M1")
    if tag != "SN":
        reading.add("number", reading.first(tag))
    if reading.kind not in CONTAINER:
        reading.add("number", reading.first("IS"))
    reading.add(EDITION.get(reading.kind, "edition"), reading.first("ET"))
    if reading.kind in TYPED and "M3" not in reading.used and (kind := reading.first("M3")):
        reading.add("type", keyword_of(kind))
    listed = [word for value in reading.take("KW") for word in keywords([value])]
    reading.add("keywords", ", ".join(dict.fromkeys(listed)))


def _key(reading: _Reading) -> str:
    """The record's own key as far as `.bib` allows, else one of author, year and title."""
    if key := _BAD_IN_KEY.sub("", reading.first("ID", "LB")):
        return key
    people = [name for tag in ("AU", "A1") for name in reading.values.get(tag, [])]
    family = "".join(people[:1]).partition(",")[0]
    year = (reading.found.get("date") or reading.found.get("year") or "")[:4]
    title = re.findall(r"[a-z0-9]+", words.fold(reading.first("TI", "T1")).lower())
    word = next((word for word in title if word not in _SMALL), "")
    family = re.sub(r"[^a-z0-9]", "", words.fold(family).lower())
    return f"{family}{year if year.isdecimal() else ''}{word}" or "entry"
