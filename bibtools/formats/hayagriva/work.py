"""An entry as a work of Hayagriva, with the works that it is a part of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bibtools import names
from bibtools.formats.dialects import arxiv_cite_as, to_biblatex
from bibtools.formats.hayagriva.texts import (
    address,
    date,
    formattable,
    language,
    numeric,
    person,
    plain,
    shows_tex,
)
from bibtools.identifiers import parse_arxiv
from bibtools.model import Entry

_TYPES = {
    "article": ("article", "periodical"), "suppperiodical": ("article", "periodical"),
    "review": ("article", "periodical"), "inproceedings": ("article", "proceedings"),
    "incollection": ("anthos", "anthology"), "suppcollection": ("anthos", "anthology"),
    "inbook": ("chapter", "book"), "suppbook": ("chapter", "book"), "bookinbook": ("chapter", "book"),
    "inreference": ("entry", "reference"), "book": ("book", "book"), "mvbook": ("book", "book"),
    "booklet": ("book", "book"), "collection": ("anthology", "anthology"),
    "mvcollection": ("anthology", "anthology"), "proceedings": ("proceedings", "proceedings"),
    "mvproceedings": ("proceedings", "proceedings"), "reference": ("reference", "reference"),
    "manual": ("report", "anthology"), "report": ("report", "anthology"), "thesis": ("thesis", "anthology"),
    "unpublished": ("manuscript", ""), "online": ("web", "web"), "patent": ("patent", ""),
    "software": ("repository", ""), "dataset": ("repository", ""), "periodical": ("periodical", ""),
    "video": ("video", ""), "movie": ("video", ""), "audio": ("audio", ""), "music": ("audio", ""),
    "image": ("artwork", ""), "artwork": ("artwork", ""), "legislation": ("legislation", ""),
    "jurisdiction": ("case", ""), "performance": ("performance", ""), "letter": ("misc", ""),
}  # fmt: skip
"""The type of the work for each type of entry, and that of the work it is a part of or, of a book, its series."""

_GENRES = {
    "phdthesis": "PhD thesis", "mathesis": "Master’s thesis", "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis", "techreport": "Technical report", "resreport": "Research report",
    "patent": "Patent", "patreq": "Patent request",
}  # fmt: skip
_ROLES = {"translator": "translator", "annotator": "annotator", "commentator": "commentator",
          "afterword": "afterword", "foreword": "foreword", "introduction": "introduction",
          "holder": "holder"}  # fmt: skip
_PARTS = (
    "inproceedings", "incollection", "inbook", "inreference", "suppcollection", "suppbook", "bookinbook"
)  # fmt: skip
_ISSUES = ("article", "suppperiodical", "review", "periodical")
_NUMBERED = (*_ISSUES, "report", "patent")
"""The types whose `number` is their own, and no place in a series."""
_CONTAINERS = ("journaltitle", "booktitle", "series")
_PLACES = ("volume", "number", "pages", "eid")
_ORDER = (
    "type", "title", "author", "editor", "affiliated", "date", "genre", "publisher", "organization", "location",
    "edition", "volume", "volume-total", "issue", "chapter", "page-range", "page-total", "url", "serial-number",
    "language", "archive", "archive-location", "call-number", "note", "parent",
)  # fmt: skip


@dataclass(slots=True)
class Work:
    """The values of a work in the format's order, and the names of the fields that it does not hold."""

    values: dict[str, Any]
    lost: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Draft:
    """A work being put together; `left` are the fields that were not used yet."""

    kind: str
    left: dict[str, str]
    own: dict[str, Any] = field(default_factory=dict)
    parent: dict[str, Any] = field(default_factory=dict)
    serial: dict[str, str] = field(default_factory=dict)
    event: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def take(self, name: str) -> str:
        return self.left.pop(name, "")


def work_of(entry: Entry) -> Work:
    """The work that an entry of either dialect stands for.

    An abstract is left out: the format is for typesetting, and Typst's ISO 690 prints it with the reference.
    """
    entry = to_biblatex(entry)
    left: dict[str, str] = {}
    for one in entry.fields:
        if plain(one.value):
            left.setdefault(one.name.lower(), one.value)
    draft = _Draft(kind=entry.entry_type.lower(), left=left)
    own, parent = _TYPES.get(draft.kind, ("misc", ""))
    draft.own["type"] = own
    _add_preprint(draft)
    for step in (_add_titles, _add_people, _add_dates, _add_publisher, _add_numbers, _add_identifiers, _add_rest):
        step(draft, parent)
    if draft.serial:
        draft.own["serial-number"] = draft.serial
    parents = [{"type": parent or "misc", **_ordered(draft.parent)}] if draft.parent else []
    parents += [{"type": "conference", **draft.event}] if draft.event else []
    if parents:
        draft.own["parent"] = parents if len(parents) > 1 else parents[0]
    lost = [
        one.name
        for one in entry.fields
        if one.name in (*draft.left, *draft.lost) or (one.name != "abstract" and shows_tex(one.value))
    ]
    return Work(values=_ordered(draft.own), lost=list(dict.fromkeys(lost)))


def _ordered(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in _ORDER if name in values}


def _add_preprint(draft: _Draft) -> None:
    """The arXiv id, which styles do not show by itself: a preprint is an article in arXiv, its id the volume.

    That is printed in every style that Typst knows; the DOI and the address are arXiv's unless the entry has some.
    The word before the id matters: Typst before 0.15 takes `arXiv:0704.0001` for a number, and prints 704.0001.
    """
    if draft.left.get("eprinttype", "").lower() not in ("", "arxiv"):
        return
    eprint = parse_arxiv(draft.left.get("eprint", ""))
    journal = draft.left.get("journaltitle", "")
    only = journal.lower().startswith(("arxiv", "corr"))
    number = eprint or (parse_arxiv(journal.lower().removeprefix("arxiv preprint ")) if only else None)
    if number is None:
        return
    class_ = plain(draft.take("eprintclass"))
    for name in ("eprint", "eprinttype", *(["journaltitle"] if only else [])):
        draft.take(name)
    draft.serial["arxiv"] = str(number)
    if draft.kind not in ("online", "misc", "unpublished") and not only:
        return
    draft.own["type"] = "article"
    cited = arxiv_cite_as(str(number), class_)
    if any(name in draft.left for name in _CONTAINERS):
        draft.own["genre"] = "preprint"
        draft.serial["serial"] = cited
    else:
        draft.parent |= {"type": "periodical", "title": "{arXiv}", "volume": f"preprint {cited}"}
        for name in _PLACES:  # dblp has `abs/1706.03762` as volume of CoRR, ADS the id as pages of arXiv e-prints
            if parse_arxiv(plain(draft.left.get(name, "")).removeprefix("abs/")) == number:
                draft.take(name)
    draft.left.setdefault("doi", f"10.48550/arXiv.{number.number}")
    draft.left.setdefault("url", f"https://arxiv.org/abs/{number}")


def _add_titles(draft: _Draft, parent: str) -> None:
    title = _titled(draft, "title", "subtitle")
    short = draft.take("shorttitle")
    if title:
        draft.own["title"] = {"value": title, "short": formattable(short)} if short else title
    for name, subtitle in (("journaltitle", "journalsubtitle"), ("booktitle", "booksubtitle")):
        if "title" not in draft.parent and (container := _titled(draft, name, subtitle)):
            short = draft.take("shortjournal") if name == "journaltitle" else ""
            draft.parent["title"] = {"value": container, "short": formattable(short)} if short else container
    if series := draft.take("series"):
        _add_series(draft, parent, formattable(series))
    for name, target in (("eventtitle", "title"), ("venue", "location")):
        if value := draft.take(name):
            draft.event[target] = formattable(value)


def _titled(draft: _Draft, name: str, subtitle: str) -> str:
    parts = [formattable(part) for part in (draft.take(name), draft.take(subtitle)) if part]
    return ": ".join(parts)


def _add_series(draft: _Draft, parent: str, title: str) -> None:
    """The series: what a book is part of, or what the book is part of that an entry is a part of."""
    series: dict[str, Any] = {"type": parent or "anthology", "title": title}
    if draft.kind not in _NUMBERED and (number := draft.take("number")):
        series["volume"] = numeric(number)
    if "title" in draft.parent:
        draft.parent["parent"] = series
    else:
        draft.parent |= series


def _add_people(draft: _Draft, parent: str) -> None:
    within = draft.kind in _PARTS
    _people(draft, "author", draft.own, "author")
    _people(draft, "editor", draft.parent if within else draft.own, "editor")
    if within:
        _people(draft, "bookauthor", draft.parent, "author")
    affiliated = []
    for name, role in _ROLES.items():
        holder: dict[str, Any] = {}
        _people(draft, name, holder, "names")
        affiliated += [{"role": role, **holder}] if holder else []
    if affiliated:
        draft.own["affiliated"] = affiliated


def _people(draft: _Draft, name: str, target: dict[str, Any], role: str) -> None:
    read = names.parse_bibtex(draft.take(name))
    if listed := [made for one in read.names if (made := person(one))]:
        target[role] = listed
    if not read.complete:
        draft.lost.append(name)


def _add_dates(draft: _Draft, parent: str) -> None:
    text = draft.take("date")
    if text:
        found = date(text)
        draft.own |= {"date": found} if found else {}
        if found is None or "/" in text or "T" in text or text[-1:] in "?%":
            draft.lost.append("date")
        if draft.left.get("year", "") == text[:4]:
            draft.take("year")
    elif (found := date(plain(draft.left.get("year", "")))) is not None:
        draft.own["date"] = found
        draft.take("year")
    url = address(draft.left.get("url", ""))
    if url is None:
        return
    draft.take("url")
    visited = date(draft.left.get("urldate", ""))
    if visited:
        draft.take("urldate")
    draft.own["url"] = {"value": url, "date": visited} if visited else url


def _add_publisher(draft: _Draft, parent: str) -> None:
    """Who published it; of a thesis and a report the institution, of a part the publisher of the whole."""
    name = next((name for name in ("publisher", "institution", "organization") if name in draft.left), "")
    publisher, place = formattable(draft.take(name)), formattable(draft.take("location"))
    part = "title" in draft.parent and draft.kind in _PARTS
    whole = draft.parent if part else draft.own
    if place:
        whole["publisher"] = {"name": publisher, "location": place} if publisher else {"location": place}
    elif publisher:
        whole["publisher"] = publisher
    for name in ("organization", "institution"):
        if "organization" not in draft.own and (other := draft.take(name)):
            draft.own["organization"] = formattable(other)


def _add_numbers(draft: _Draft, parent: str) -> None:
    within = "title" in draft.parent and "volume" not in draft.parent and draft.kind in (*_ISSUES, *_PARTS)
    part = draft.parent if within else draft.own
    for name, target, values in (
        ("volume", "volume", part), ("edition", "edition", draft.own), ("chapter", "chapter", draft.own),
        ("pages", "page-range", draft.own),
    ):  # fmt: skip
        if value := draft.take(name):
            values[target] = numeric(value) if name != "pages" else str(numeric(value))
    for name, target in (("volumes", "volume-total"), ("pagetotal", "page-total")):
        if isinstance(number := numeric(draft.left.get(name, "")), int):
            draft.own[target] = number
            draft.take(name)
    if draft.kind in _ISSUES:
        number = draft.take("number") or draft.take("issue")
        part |= {"issue": numeric(number)} if number else {}
    for name in ("number", "eid", "version"):
        key = "version" if name == "version" else "serial"
        if key not in draft.serial and (value := draft.take(name)):
            draft.serial[key] = plain(value)


def _add_identifiers(draft: _Draft, parent: str) -> None:
    for name in ("doi", "isbn", "issn", "pmid"):
        if value := draft.take(name):
            draft.serial[name] = plain(value).replace("\\", "")
    if draft.left.get("eprinttype", "").lower() == "pubmed" and (eprint := draft.take("eprint")):
        draft.serial.setdefault("pmid", plain(eprint))
        draft.take("eprinttype")
    elif eprint := draft.take("eprint"):
        draft.own["archive-location"] = formattable(eprint)
        draft.own |= {"archive": formattable(archive)} if (archive := draft.take("eprinttype")) else {}


def _add_rest(draft: _Draft, parent: str) -> None:
    kind = draft.take("type")
    if kind and "genre" not in draft.own:
        draft.own["genre"] = _GENRES.get(kind) or formattable(kind)
    elif draft.kind == "dataset":
        draft.own.setdefault("genre", "dataset")
    for name in ("language", "langid"):
        if found := language(draft.left.get(name, "")):
            draft.own.setdefault("language", found)
            draft.take(name)
    for name, target in (("note", "note"), ("annotation", "note"), ("howpublished", "note"),
                         ("library", "call-number")):  # fmt: skip
        if target not in draft.own and (value := draft.take(name)):
            draft.own[target] = formattable(value)
