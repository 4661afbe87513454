"""The tags of a record as an entry of biblatex."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bibtools import text as words
from bibtools.formats.ris.dates import parse_date
from bibtools.formats.ris.identifying import add_arxiv, add_identifiers
from bibtools.formats.ris.record import SHORT, Reading
from bibtools.formats.ris.tags import (
    CONTAINER,
    EDITION,
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
from bibtools.formats.ris.texts import keywords, line, parse_people
from bibtools.formats.ris.writing import Tagged
from bibtools.latex.plain import from_plain
from bibtools.model import Entry, Field

_PLAIN_PAGES = re.compile(r"(?P<first>[A-Za-z]{0,3}\d[\w.]*)\s*[-–—]+\s*(?P<last>[A-Za-z]{0,3}\d[\w.]*)")
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


def entry_of(tags: Sequence[Tagged]) -> tuple[Entry, tuple[str, ...]]:
    """The entry that a record means, and the tags of it that no field says (`M1`, `DA: print`).

    The entry has no fields where the record says nothing about a work. Its key is the record's own, if it has one.
    """
    values = _values(tags)
    reading = Reading(values, kind=READ_TYPES.get("".join(values.get("TY", [])).strip().upper(), "misc"))
    if reading.kind == "report" and values.get("M3") == [MANUAL]:
        reading.kind = "manual"
        reading.used.add("M3")
    for step in (add_arxiv, _people, _titles, add_identifiers, _dates, _pages, _publisher, _rest):
        step(reading)
    fields = tuple(Field(name, reading.found[name]) for name in sorted(reading.found, key=_PLACES.__getitem__))
    unread = sorted(values.keys() - reading.used - _IGNORED)
    second = [f"{tag}: {values[tag][1][:SHORT]}" for tag in sorted(reading.once) if len(values.get(tag, [])) > 1]
    key = (values.get("ID") or values.get("LB") or [""])[0]
    entry = Entry(entry_type=reading.kind, key=key, fields=fields)
    return entry, (*unread, *second, *reading.left)


def _values(tags: Sequence[Tagged]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for tag, text in tags:
        if text := "\n".join(filter(None, map(line, text.split("\n")))):
            values.setdefault(tag, []).append(text)
    return values


def name_of(tags: Sequence[Tagged], entry: Entry) -> str:
    """What sources know the record by: of its key what every `.bib` can hold, else author, year and title.

    Digests in locks are made of it, so it stays what it is.
    """
    if key := _BAD_IN_KEY.sub("", entry.key):
        return key
    values = _values(tags)
    people = [name for tag in ("AU", "A1") for name in values.get(tag, [])]
    family = "".join(people[:1]).partition(",")[0]
    year = (entry.get("date") or entry.get("year") or "")[:4]
    title = re.findall(r"[a-z0-9]+", words.fold((values.get("TI") or values.get("T1") or [""])[0]).lower())
    word = next((word for word in title if word not in _SMALL), "")
    family = re.sub(r"[^a-z0-9]", "", words.fold(family).lower())
    return f"{family}{year if year.isdecimal() else ''}{word}" or "entry"


def _people(reading: Reading) -> None:
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


def _titles(reading: Reading) -> None:
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


def _other_than(values: dict[str, list[str]], name: str, reading: Reading) -> str:
    """The journal's other, shorter name."""
    for tag in ("J2", "JA", "J1", "JO"):
        for value in reading.take(tag) if tag in values else ():
            if from_plain(value) != reading.found.get(name):
                return value
    return ""


def _dates(reading: Reading) -> None:
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


def _pages(reading: Reading) -> None:
    first, last, eid = reading.first("SP"), reading.first("EP"), reading.first("C7")
    if reading.kind in WHOLE_WORKS and not last and not eid:
        reading.add("pagetotal", first)
        return
    reading.add("eid", eid)
    if first != eid or last:
        pages = "--".join(dict.fromkeys(part.strip(" -–—") for part in (first, last) if part))
        reading.add_pages(_PLAIN_PAGES.sub(r"\g<first>--\g<last>", pages) if "--" not in pages else pages)


def _publisher(reading: Reading) -> None:
    name = PUBLISHERS.get(reading.kind, PUBLISHER)[0]
    if publisher := reading.first("PB"):
        if name == "holder":
            reading.found[name] = parse_people(publisher.split(";"))
        else:
            reading.add(name, publisher)


def _rest(reading: Reading) -> None:
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
