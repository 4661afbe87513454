"""RIS files (the format of Research Information Systems, 2011; Zotero, EndNote, Mendeley and publishers write it).

A line is a tag of two characters, two blanks, a hyphen, a blank and a value; `TY` opens a record, `ER` closes it.
Lines without a tag continue the value before. What is missing or out of place is a problem and stops nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bibtools.errors import Place, Problem
from bibtools.extract.layout import lines_of
from bibtools.extract.paper import Lines, mention_of
from bibtools.extract.structured import EntryMaker, paper_of
from bibtools.identifiers import find_identifiers, parse_doi
from bibtools.model import Entry, Mention, Name

_TAG = re.compile(r"\ufeff?[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{1,3}-(?:[ \t]|$)")
_TYPES = {
    **dict.fromkeys(("JOUR", "JFULL", "EJOUR", "MGZN", "NEWS", "ABST", "INPR"), "article"),
    **dict.fromkeys(("CONF", "CPAPER"), "inproceedings"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK", "CLSWK"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP", "ENCYC", "DICT"), "incollection"),
    "THES": "phdthesis",
    "RPRT": "techreport",
    **dict.fromkeys(("UNPB", "MANSCPT"), "unpublished"),
}
_CONTAINERS = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle", "book": "series"}
_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?")


@dataclass(slots=True)
class _Reference:
    start: int
    stop: int
    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *tags: str) -> str:
        return next((value for tag in tags for value in self.values.get(tag, []) if value.strip()), "")

    def all(self, *tags: str) -> list[str]:
        return [value for tag in tags for value in self.values.get(tag, []) if value.strip()]


def mentions(text: str, source: str) -> tuple[tuple[Mention, ...], tuple[Problem, ...]]:
    """One mention for each record. Text outside records, an empty or unclosed record is a problem."""
    lines = Lines.of(text)
    found: list[Mention] = []
    problems: list[Problem] = []
    for reference in _references(text, lines, problems):
        entry = _entry(reference)
        if not entry.fields:
            message = "a record without title, authors or anything else to read is left out"
            problems.append(_problem("ris-empty", message, lines, reference.start))
            continue
        paper = paper_of(entry, reference.start, reference.stop)
        found.append(mention_of(paper, source=source, lines=lines))
    return tuple(found), tuple(problems)


def _references(text: str, lines: Lines, problems: list[Problem]) -> Iterator[_Reference]:
    current: _Reference | None = None
    values: list[str] | None = None
    outside = False
    for line in lines_of(text):
        match = _TAG.match(line.text[:12])
        stop = line.start + len(line.text)
        if match is None:
            if current is not None and values is not None and line.text.strip():
                values[-1] += " " + line.text.strip()
                current.stop = stop
            elif current is None and line.text.strip() and not outside:
                outside = True
                problems.append(_problem("ris-outside", "text outside a record is ignored", lines, line.start))
            continue
        tag, value = match[1], line.text[match.end() :].strip()
        if tag == "TY":
            if current is not None:
                problems.append(_problem("ris-unclosed", "a record is not closed by ER", lines, current.start))
                yield current
            current = _Reference(line.start, stop)
        if current is None:
            continue
        current.stop = stop
        values = current.values.setdefault(tag, [])
        values.append(value)
        if tag == "ER":
            yield current
            current, values, outside = None, None, False
    if current is not None:
        problems.append(_problem("ris-unclosed", "a record is not closed by ER", lines, current.start))
        yield current


def _problem(code: str, message: str, lines: Lines, offset: int) -> Problem:
    return Problem(severity="warning", code=code, message=message, where=Place(line=lines.number(offset)))


def _entry(reference: _Reference) -> Entry:
    entry_type = _TYPES.get(reference.first("TY").strip().upper(), "misc")
    make = EntryMaker()
    make.add_names("author", map(_name, reference.all("AU", "A1")))
    make.add("title", reference.first("TI", "T1", "CT", "BT"))
    container = _CONTAINERS.get(entry_type)
    if container:
        make.add(container, reference.first("JF", "T2", "JO", "JA", "BT" if container == "booktitle" else "T3"))
    make.add_names("editor", map(_name, reference.all("ED", *(("A2",) if container == "booktitle" else ()))))
    _add_date(make, reference.first("PY", "Y1", "DA"), reference.first("DA", "Y1"))
    for name, tag in (("volume", "VL"), ("number", "IS")):
        make.add(name, reference.first(tag))
    pages = [page for page in (reference.first("SP"), reference.first("EP")) if page]
    make.add_verbatim("pages", "--".join(dict.fromkeys(pages)))
    make.add("publisher", reference.first("PB"))
    make.add("address", reference.first("CY", "PP"))
    make.add_verbatim("doi", parse_doi(reference.first("DO", "DI")) or "")
    make.add_verbatim("url", reference.first("UR", "L2", "LK", "L1"))
    serial = reference.first("SN")
    make.add_verbatim("isbn" if entry_type in ("book", "incollection") else "issn", serial)
    make.add("abstract", reference.first("AB", "N2"))
    make.add("keywords", ", ".join(reference.all("KW")))
    if arxiv := _arxiv(reference):
        make.add_verbatim("eprint", arxiv)
        make.add_verbatim("archiveprefix", "arXiv")
    return make.entry(entry_type, reference.first("ID", "LB"))


def _arxiv(reference: _Reference) -> str:
    """The arXiv id, wherever a program put it."""
    for tag in (
        "UR",
        "DO",
        "AN",
        "M1",
        "M2",
        "M3",
        "C1",
        "C2",
        "C7",
        "N1",
        "L1",
        "L2",
        "LK",
        "T2",
        "JO",
        "JF",
        "PB",
        "VL",
        "IS",
        "SP",
    ):
        for value in reference.values.get(tag, []):
            ids = [identifier for _, identifier in find_identifiers(value) if identifier.scheme == "arxiv"]
            if len(ids) == 1 and (tag != "N1" or len(value) < 80):
                return ids[0].value
    return ""


def _add_date(make: EntryMaker, value: str, exact: str) -> None:
    match = _DATE.search(exact) or _DATE.search(value)
    if match:
        make.add("year", match[1])
        if match[2] and 1 <= int(match[2]) <= 12:
            make.add("month", match[2].lstrip("0"))
    elif value:
        make.add("year", value)


def _name(value: str) -> Name:
    """`Family, Given, Suffix`; one without a comma is a group or a single name."""
    parts = [part.strip() for part in value.split(",")]
    if len(parts) == 1:
        return Name(literal=parts[0]) if " " in parts[0] else Name(family=parts[0])
    return Name(family=parts[0], given=parts[1], suffix=parts[2] if len(parts) > 2 else "")
