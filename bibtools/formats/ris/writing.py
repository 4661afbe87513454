"""An entry as the tags of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bibtools.formats.dialects import arxiv_cite_as, to_biblatex
from bibtools.formats.ris.dates import parse_date, render_date
from bibtools.formats.ris.tags import (
    CONTAINER,
    EDITION,
    EPRINTS,
    MANUAL,
    NUMBER,
    PUBLISHER,
    PUBLISHERS,
    SIMPLE,
    TYPED,
    TYPES,
    WHOLE_WORKS,
    WORDS,
    keyword_of,
)
from bibtools.formats.ris.texts import keywords, line, render_people, verbatim
from bibtools.identifiers import parse_arxiv, parse_doi
from bibtools.latex.plain import to_plain
from bibtools.model import Entry, Field

Tagged = tuple[str, str]
VERBATIM = frozenset(("doi", "url", "eprint", "eprinttype", "eprintclass"))
PEOPLE = frozenset(("author", "editor", "translator", "bookauthor"))
_ORDER = (
    "TY", "TI", "AU", "T2", "C3", "ED", "T3", "A4", "C2", "AB", "C1", "C7", "CN", "CY", "DA", "PY", "DO", "ET",
    "VL", "IS", "SP", "EP", "SE", "J2", "LA", "M1", "M3", "NV", "PB", "SN", "ST", "SV", "UR", "AN", "DB", "Y2",
    "RN", "N1", "KW", "ID",
)  # fmt: skip
_TWICE = re.compile(r"(\w+)-{1,2}\1\Z")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_RANGE = re.compile(r"\s*(?:-{1,3}|–|—)\s*")


def in_our_words(entry: Entry) -> Entry:
    """The entry as RIS sees it: biblatex's words, one field of a name, what has no text left out.

    Fields that RIS does not tell apart are one: title and subtitle, institution and publisher.
    """
    entry = to_biblatex(entry)
    values: dict[str, str] = {}
    for field in entry.fields:
        if line(field.value):
            values.setdefault(field.name.lower(), field.value)
    kind = entry.entry_type.lower()
    values |= {name: verbatim(values[name]) for name in VERBATIM & values.keys()}
    values |= {name: to_plain(values[name]) for name in ("isbn", "issn") if name in values}
    for step in (_one_title, _one_date, _one_archive):
        step(values)
    _one_publisher(values, kind)
    _one_number_of_pages(values, kind)
    fields = tuple(Field(name, value) for name, value in values.items() if value)
    return replace(entry, entry_type=kind, fields=fields)


def _one_title(values: dict[str, str]) -> None:
    for title in ("title", "booktitle"):
        if title in values and (subtitle := values.pop(title.removesuffix("title") + "subtitle", "")):
            values[title] = f"{values[title]}: {subtitle}"
    if "langid" in values:
        values.setdefault("language", values.pop("langid"))
    if "keywords" in values:
        values["keywords"] = ", ".join(dict.fromkeys(keywords([values["keywords"]])))


def _one_date(values: dict[str, str]) -> None:
    """A date as RIS can have it, also where a user wrote it in words."""
    year, month = to_plain(values.get("year", "")), to_plain(values.get("month", ""))
    if year and values.get("date", "")[:4] == year:
        del values["year"]
    elif year and "date" not in values:
        for text, said in ((f"{month} {year}", True), (f"{year} {month}", True), (year, not month)):
            date, rest = parse_date(text)
            if date and not rest:
                del values["year"]
                values["date"] = date
                if said:
                    values.pop("month", None)
                break
    for name in ("date", "urldate"):
        if render_date(values.get(name, "")) is None and "T" not in values.get(name, ""):
            date, rest = parse_date(to_plain(values.get(name, "")))
            values |= {name: date} if date and not rest else {}


def _one_archive(values: dict[str, str]) -> None:
    """The arXiv id alone, without the addresses that only repeat it; a DOI without its resolver."""
    if found := _DOI.search(values.get("doi", "")):
        values["doi"] = found[0]
    elif not values.get("doi", "").startswith("10."):  # no DOI, and nobody would read it as one
        values.pop("doi", None)
    if (found_doi := parse_doi(values.get("url", ""))) and "doi" not in values:  # whoever reads it finds it there
        values["doi"] = found_doi
        if "://" not in values["url"]:
            del values["url"]
    archive = values.get("eprinttype", "arxiv" if parse_arxiv(values.get("eprint", "")) else "").lower()
    if "eprint" in values and archive:
        values["eprinttype"] = archive
    number = parse_arxiv(values.get("eprint", "")) if archive == "arxiv" else None
    if number is None:
        return
    values["eprint"] = str(number)
    for name in ("url", "doi"):
        if (other := parse_arxiv(values.get(name, ""))) and other.number == number.number:
            del values[name]


def _one_publisher(values: dict[str, str], kind: str) -> None:
    names = PUBLISHERS.get(kind, PUBLISHER)
    found = next((name for name in names if name in values), names[0])
    if found != names[0]:
        values[names[0]] = values.pop(found)
    if "howpublished" in values and kind in TYPED:
        values.setdefault("type", values.pop("howpublished"))
    if "type" in values:
        values["type"] = keyword_of(values["type"])
    if {"address", "location"} <= values.keys():  # as the ACM has them: the publisher's, and where the event was
        values.setdefault("venue", values["location"])
        values["location"] = values.pop("address")


def _one_number_of_pages(values: dict[str, str], kind: str) -> None:
    pages = values.get("pages", "")
    if (single := _TWICE.match(pages)) is not None:
        values["pages"] = single[1]
    elif pages and kind in WHOLE_WORKS and not _RANGE.search(pages):
        values.setdefault("pagetotal", values.pop("pages"))


def tags_of(entry: Entry) -> tuple[Tagged, ...]:
    """The tags of an entry that :func:`in_our_words` gave, in the order in which Zotero writes them."""
    found = [("TY", _type(entry)), ("ID", line(entry.key)), ("M3", MANUAL * (entry.entry_type == "manual"))]
    for field in entry.fields:
        found += _field(field, entry)
    found += [*_pages(entry), *_dates(entry), *_eprint(entry), *_publisher(entry)]
    place = {tag: number for number, tag in enumerate(_ORDER)}
    return tuple(sorted(((tag, value) for tag, value in found if value), key=lambda pair: place[pair[0]]))


def is_preprint(entry: Entry) -> bool:
    """Whether the entry is an arXiv preprint and nothing else."""
    return entry.entry_type in ("online", "misc", "unpublished") and entry.get("eprinttype") == "arxiv"


def _type(entry: Entry) -> str:
    if is_preprint(entry):
        return "GEN"
    kind = TYPES.get(entry.entry_type, "GEN")
    # the authors of an `EDBOOK` are taken for its editors
    return "BOOK" if kind == "EDBOOK" and entry.get("author") else kind


def _field(field: Field, entry: Entry) -> Iterator[Tagged]:
    name, value, kind = field.name, field.value, entry.entry_type
    if name in SIMPLE:
        yield SIMPLE[name], to_plain(value)
    elif name in PEOPLE:
        tag = {"author": "AU", "editor": "ED", "translator": "A4", "bookauthor": "C2"}[name]
        yield from ((tag, person) for person in render_people(value))
    elif name == "title":
        yield "TI", to_plain(value)
    elif name == CONTAINER.get(kind):
        yield from _container(to_plain(value), entry)
    elif name == "keywords":
        yield from (("KW", word) for word in keywords([to_plain(value)]))
    elif name == "number":
        yield NUMBER.get(kind, "M1"), to_plain(value)
    elif name == EDITION.get(kind, "edition"):
        yield "ET", to_plain(value)
    elif name == "type" and kind in TYPED:
        yield "M3", WORDS.get(value, to_plain(value))
    elif name == "doi":
        yield "DO", value
    elif name in ("isbn", "issn"):
        yield "SN", value


def _container(title: str, entry: Entry) -> Iterator[Tagged]:
    """Zotero has a conference's name in `T2` and its proceedings in `C3`; all others know only `T2`."""
    event = to_plain(entry.get("eventtitle") or "") if entry.entry_type == "inproceedings" else ""
    yield "T2", event or title
    if entry.entry_type == "inproceedings":
        yield "C3", title


def _pages(entry: Entry) -> Iterator[Tagged]:
    """A range of two in `SP` and `EP`; more than that, and an article number, where readers look for pages."""
    pages = _RANGE.sub("-", to_plain(entry.get("pages") or ""))
    first, _, last = pages.partition("-")
    if pages and first and last and not re.search(r"[-,;]", first + last):
        yield from (("SP", first), ("EP", last))
    else:
        yield "SP", pages
    eid = to_plain(entry.get("eid") or "")
    yield "C7", eid
    if not pages:
        yield "SP", eid or (to_plain(entry.get("pagetotal") or "") if entry.entry_type in WHOLE_WORKS else "")


def _dates(entry: Entry) -> Iterator[Tagged]:
    date = render_date(entry.get("date") or "")
    if date is not None:
        yield "PY", date[:4]
        yield "DA", "" if date.endswith("///") else date
    else:
        yield "PY", to_plain(entry.get("date") or entry.get("year") or "")
    yield "Y2", render_date(entry.get("urldate") or "") or ""


def _eprint(entry: Entry) -> Iterator[Tagged]:
    """The archive in `DB`, the id with its class in `AN`; arXiv's also in `DO` and `UR`, where all look."""
    url, eprint, archive = entry.get("url"), entry.get("eprint"), entry.get("eprinttype") or ""
    number = parse_arxiv(eprint) if eprint and archive == "arxiv" else None
    if number is not None:
        yield "AN", arxiv_cite_as(str(number), entry.get("eprintclass") or "")
        yield "DB", "arXiv"
        if is_preprint(entry) and not entry.get("doi"):
            yield "DO", f"10.48550/arXiv.{number.number}"
        url = url or f"https://arxiv.org/abs/{number}"
    elif eprint and archive in EPRINTS:  # of others no program, and not our reader, knows what the number is
        class_ = entry.get("eprintclass")
        yield "AN", f"{eprint} [{class_}]" if class_ else eprint
        yield "DB", archive
    yield "UR", url or ""


def _publisher(entry: Entry) -> Iterator[Tagged]:
    names = PUBLISHERS.get(entry.entry_type, PUBLISHER)
    found = next(((name, value) for name in names if (value := entry.get(name))), None)
    if found is not None:
        yield "PB", "; ".join(render_people(found[1])) if found[0] == "holder" else to_plain(found[1])
    elif is_preprint(entry):
        yield "PB", "arXiv"
