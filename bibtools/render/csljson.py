"""CSL-JSON: the input of citeproc processors (pandoc, citeproc-py, Zotero).

Source: the CSL 1.0.2 specification, appendices III (types) and IV (variables), and its `csl-data.json` schema.
Items are made from biblatex entries, so that a record, a user's entry and anything pybtex can read take one way:
LaTeX is decoded, where arXiv's own mixture of TeX and Unicode has no defined reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bibtools import latex
from bibtools.identifiers import find_identifiers, parse_arxiv
from bibtools.model import ArxivId, Entry, EntryOptions, Field, PartialDate, Record
from bibtools.render import biblatex
from bibtools.render.dialects import date_of, to_biblatex
from bibtools.render.fields import OTHERS
from bibtools.render.result import Exported, Items

_TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "collection": "book",
    "mvcollection": "book", "proceedings": "book", "mvproceedings": "book", "reference": "book",
    "inbook": "chapter", "suppbook": "chapter", "bookinbook": "chapter", "incollection": "chapter",
    "inreference": "entry-encyclopedia", "inproceedings": "paper-conference", "booklet": "pamphlet",
    "manual": "report", "report": "report", "thesis": "thesis", "online": "webpage",
    "unpublished": "manuscript", "patent": "patent", "software": "software", "dataset": "dataset",
    "periodical": "periodical", "suppperiodical": "article-journal", "movie": "motion_picture",
    "video": "motion_picture", "audio": "song", "music": "song", "image": "graphic", "artwork": "graphic",
}  # fmt: skip
_TEXTS = {
    "title": "title", "shorttitle": "title-short", "journaltitle": "container-title",
    "booktitle": "container-title", "maintitle": "container-title", "shortjournal": "container-title-short",
    "series": "collection-title", "volume": "volume", "volumes": "number-of-volumes", "issue": "issue",
    "edition": "edition", "chapter": "chapter-number", "pagetotal": "number-of-pages",
    "publisher": "publisher", "institution": "publisher", "organization": "publisher",
    "location": "publisher-place", "eventtitle": "event-title", "venue": "event-place", "version": "version",
    "language": "language", "abstract": "abstract", "annotation": "annote", "note": "note",
    "keywords": "keyword", "isbn": "ISBN", "issn": "ISSN",
}  # fmt: skip
_VERBATIM = {"doi": "DOI", "url": "URL", "pmid": "PMID"}
_ROLES = {"author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author"}
_GENRES = {"phdthesis": "PhD thesis", "mathesis": "Master’s thesis", "techreport": "Technical report"}
_ESCAPED = re.compile(r"\\([#$%&_{}~])")
_LONGEST_PLACE = 1000
_DASHES = re.compile(r"\s*(?:-{2,3}|–|—)\s*")


def item(record: Record, key: str, options: EntryOptions | None = None) -> dict[str, object]:
    """The record as an item: id and citation key `key`, abstract included."""
    return item_of(_entry(record, key, options or EntryOptions()))


def export(items: Items, options: EntryOptions) -> Exported:
    """The records as one CSL-JSON document."""
    from bibtools.render.writers import CSLJSONWriter, write

    return write([_entry(record, key, options) for key, record in items], CSLJSONWriter)


def item_of(entry: Entry) -> dict[str, object]:
    """An entry of either dialect, its values LaTeX, as an item.

    The name `others` at the end of a list stays a literal name of its own, as pandoc reads and writes it.
    """
    entry = to_biblatex(entry)
    made: dict[str, object] = {"id": entry.key, "citation-key": entry.key}
    made["type"] = _TYPES.get(entry.entry_type.lower(), "document")
    for name, role in _ROLES.items():
        if people := _people(entry.get(name)):
            made[role] = people
    for field in entry.fields:
        _add_field(made, field)
    _add_title(made, entry)
    _add_number(made, entry)
    for name, variable in (("date", "issued"), ("urldate", "accessed"), ("origdate", "original-date")):
        if date := _date(entry, name):
            made[variable] = date
    _add_arxiv(made, entry)
    return made


def _entry(record: Record, key: str, options: EntryOptions) -> Entry:
    if record.entry is not None:
        return replace(record.entry, key=key)
    options = replace(options, format="biblatex", profile="classic", abstract=True, encoding="utf-8")
    return biblatex.render(record, key, options).entry


def _add_field(made: dict[str, object], field: Field) -> None:
    if field.name in _TEXTS:
        made.setdefault(_TEXTS[field.name], _text(field.value))
    elif field.name in _VERBATIM:
        made[_VERBATIM[field.name]] = _ESCAPED.sub(r"\1", field.value)
    elif field.name in ("pages", "eid"):  # styles print an article number as its page
        made.setdefault("page", _DASHES.sub("-", _text(field.value)))


def _add_title(made: dict[str, object], entry: Entry) -> None:
    for name, variable in (("subtitle", "title"), ("booksubtitle", "container-title")):
        if (subtitle := entry.get(name)) and variable in made:
            made[variable] = f"{made[variable]}: {_text(subtitle)}"


def _add_number(made: dict[str, object], entry: Entry) -> None:
    """`number` is the issue of a journal, the place in a series, else the number of a report or patent."""
    if number := entry.get("number"):
        books = ("book", "chapter", "paper-conference")
        variable = {"article-journal": "issue"} | dict.fromkeys(books, "collection-number")
        made.setdefault(variable.get(str(made["type"]), "number"), _text(number))
    if (genre := entry.get("type")) and made["type"] in ("thesis", "report", "manuscript", "patent"):
        made["genre"] = _GENRES.get(genre) or _text(genre)


def _add_arxiv(made: dict[str, object], entry: Entry) -> None:
    """The arXiv id; for a preprint also what makes it one. A publisher's DOI goes before arXiv's."""
    number = _arxiv_id(entry)
    if number is None:
        return
    made["archive"] = "arXiv"
    made["archive_location"] = str(number)
    if entry.entry_type.lower() not in ("online", "misc", "unpublished") and not _in_journal(entry):
        return
    if _in_journal(entry):
        made.pop("container-title", None)
    made |= {"type": "article", "genre": "preprint", "number": f"arXiv:{number}", "publisher": "arXiv"}
    made.setdefault("DOI", f"10.48550/arXiv.{number.number}")
    made.setdefault("URL", f"https://arxiv.org/abs/{number}")


def _arxiv_id(entry: Entry) -> ArxivId | None:
    """The id in `eprint`, else in the journal or `howpublished` of entries that have none."""
    eprint = entry.get("eprint") or ""
    if (entry.get("eprinttype") or "arxiv").lower() == "arxiv" and (number := parse_arxiv(eprint)):
        return number
    for name in ("journaltitle", "howpublished"):
        for _, identifier in find_identifiers((entry.get(name) or "")[:_LONGEST_PLACE]):
            if identifier.scheme == "arxiv":
                return parse_arxiv(identifier.value)
    return None


def _in_journal(entry: Entry) -> bool:
    """Whether the journal is nothing but arXiv."""
    return (entry.get("journaltitle") or "").lower().startswith("arxiv")


def _text(value: str) -> str:
    return latex.decode(value, math="unicode")


def _people(value: str | None) -> list[dict[str, str]]:
    from bibtools.pybtex_door import WrittenPersons

    return [_person(person) for person in WrittenPersons(value or "")]


def _person(person: Any) -> dict[str, str]:
    family = " ".join(person.last_names)
    parts = {
        "family": _text(family),
        "given": _text(" ".join([*person.first_names, *person.middle_names])),
        "non-dropping-particle": _text(" ".join(person.prelast_names)),
        "suffix": _text(" ".join(person.lineage_names)),
    }
    parts = {name: text for name, text in parts.items() if text}
    if set(parts) == {"family"} and (family == OTHERS or _is_braced(person.last_names)):
        return {"literal": parts["family"]}
    return parts


def _is_braced(last_names: Sequence[str]) -> bool:
    r"""Whether the name is one pair of braces, and not a letter with an accent (`{\'A}`)."""
    if len(last_names) != 1 or not last_names[0].startswith("{") or not last_names[0].endswith("}"):
        return False
    depth = 0
    for place, char in enumerate(last_names[0], start=1):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return place == len(last_names[0])
    return False


def _date(entry: Entry, name: str) -> dict[str, object] | None:
    """A date variable; what is not a plain date or a range of two is given literally."""
    text = (entry.get(name) or (entry.get("year") if name == "date" else None) or "").strip()
    if not text:
        return None
    ends = [date_of([Field("date", part)]) for part in text.split("/")]
    if len(ends) <= 2 and all(ends):
        return {"date-parts": [_parts(end) for end in ends if end is not None]}
    return {"literal": _text(text)}


def _parts(date: PartialDate) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part is not None]
