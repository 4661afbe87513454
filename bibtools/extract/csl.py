"""CSL items in JSON or YAML (the schema csl-data of CSL 1.0.2; pandoc's YAML with `references`).

JSON is read item by item, so that each has its place; YAML by its events, never by a loader that makes objects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypeGuard

from bibtools.errors import Place, Problem
from bibtools.extract.paper import Lines, mention_of
from bibtools.extract.structured import EntryMaker, paper_of
from bibtools.formats.yamltree import YamlError, read_yaml
from bibtools.identifiers import find_identifiers, parse_doi
from bibtools.model import Entry, Mention, Name

_TYPES = {
    **dict.fromkeys(
        ("article-journal", "article-magazine", "article-newspaper", "review", "review-book"), "article"
    ),
    **dict.fromkeys(("paper-conference", "speech"), "inproceedings"),
    "book": "book",
    **dict.fromkeys(("chapter", "entry-encyclopedia", "entry-dictionary", "entry"), "incollection"),
    "thesis": "phdthesis",
    "report": "techreport",
    "manuscript": "unpublished",
}
_CONTAINERS = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle", "book": "series"}
_LISTS = ("items", "references")
_BLANKS = re.compile(r"[\s,]*")
_BROKEN = (ValueError, RecursionError, YamlError)
Located = tuple[Any, int, int]


def mentions(text: str, source: str) -> tuple[tuple[Mention, ...], tuple[Problem, ...]]:
    """One mention for each item. What is no CSL is a problem: `csl-broken`, `csl-unknown`, `csl-empty`."""
    if not text.strip("\ufeff \t\r\n"):
        return (), ()
    lines = Lines.of(text)
    problems: list[Problem] = []
    found: list[Mention] = []
    empty: list[Problem] = []
    is_bibliography = False
    try:
        for item, start, stop in _items(text, source):
            is_item = _is_item(item)
            is_bibliography = is_bibliography or is_item
            entry = _entry(item) if is_item else None
            if entry is not None and entry.fields:
                found.append(mention_of(paper_of(entry, start, stop), source=source, lines=lines))
            else:
                empty.append(_empty(lines.number(start)))
    except _BROKEN as error:
        line = getattr(error, "lineno", None) or getattr(error, "line", None)
        message = (
            f"not readable: {error}" if not isinstance(error, RecursionError) else "not readable: nested too deep"
        )
        problems.append(Problem(severity="error", code="csl-broken", message=message, where=Place(line=line)))
    if is_bibliography:  # of what is none, its single items say nothing
        return tuple(found), (*empty, *problems)
    if not problems and text.strip("\ufeff \t\r\n") != "[]":
        message = "no CSL items in this file"
        problems.append(
            Problem(severity="warning", code="csl-unknown", message=message, hint="list it under `exclude`")
        )
    return (), tuple(problems)


def _empty(line: int) -> Problem:
    message = "an item without title, authors or anything else to read is left out"
    return Problem(severity="warning", code="csl-empty", message=message, where=Place(line=line))


def _is_item(value: object) -> TypeGuard[dict[str, Any]]:
    if not isinstance(value, dict) or not ("type" in value or "id" in value):
        return False
    return any(name in value for name in ("title", "author", "DOI"))


def _items(text: str, source: str) -> Iterator[Located]:
    """The values where items stand, each with its place; what they are is not looked at."""
    text = " " + text[1:] if text.startswith("\ufeff") else text
    if source.lower().endswith((".yaml", ".yml")) and text.lstrip()[:1] not in ("[", "{"):
        yield from read_yaml(text, keys=_LISTS)
    else:
        yield from _json_items(text)


def _json_items(text: str) -> Iterator[Located]:
    """The items of a list, of a list under a known name, or a single one, each with its place."""
    decoder = json.JSONDecoder()
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] == "{":
        value, stop = decoder.raw_decode(text, start)
        inner = next((name for name in _LISTS if isinstance(value.get(name), list)), None)
        match = re.search(rf'"{inner}"\s*:\s*(?=\[)', text) if inner else None
        if match is None:
            yield value, start, stop
            return
        start = match.end()
    if text[start : start + 1] != "[":
        raise ValueError("neither a list nor an object")
    at = start + 1
    while True:
        at = _BLANKS.match(text, at).end()  # type: ignore[union-attr]  # may match nothing
        if text[at : at + 1] == "]":
            return
        value, stop = decoder.raw_decode(text, at)
        yield value, at, stop
        at = stop


def _entry(item: dict[str, Any]) -> Entry:
    entry_type = _TYPES.get(_text(item, "type"), "misc")
    make = EntryMaker()
    make.add_names("author", _people(item.get("author")))
    make.add("title", _text(item, "title"))
    if container := _CONTAINERS.get(entry_type):
        make.add(container, _text(item, "container-title") or _text(item, "collection-title"))
    make.add_names("editor", _people(item.get("editor")))
    _add_date(make, item.get("issued"))
    for name, variable in (("volume", "volume"), ("number", "issue"), ("edition", "edition")):
        make.add(name, _text(item, variable))
    make.add_verbatim("pages", re.sub(r"\s*[–-]+\s*", "--", _text(item, "page")))
    make.add("publisher", _text(item, "publisher"))
    make.add("address", _text(item, "publisher-place"))
    for name in ("ISBN", "ISSN"):
        make.add_verbatim(name.lower(), _text(item, name).partition(" ")[0])
    make.add_verbatim("doi", parse_doi(_text(item, "DOI")) or "")
    make.add_verbatim("url", _text(item, "URL"))
    if arxiv := _arxiv(item):
        make.add_verbatim("eprint", arxiv)
        make.add_verbatim("archiveprefix", "arXiv")
    make.add("abstract", _text(item, "abstract"))
    return make.entry(entry_type, _text(item, "citation-key") or _text(item, "id").rpartition("/")[2])


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _people(value: object) -> Iterator[Name]:
    for person in value if isinstance(value, list) else ():
        if not isinstance(person, dict):
            continue
        particles = (_text(person, "dropping-particle"), _text(person, "non-dropping-particle"))
        yield Name(
            family=_text(person, "family"),
            given=_text(person, "given"),
            particle=" ".join(part for part in particles if part),
            suffix=_text(person, "suffix"),
            literal=_text(person, "literal") or ("" if person.get("family") else _text(person, "name")),
        )


def _add_date(make: EntryMaker, issued: object) -> None:
    """`date-parts`, or a date in words or ISO form; pandoc's older YAML has `year` and `month`."""
    if isinstance(issued, list) and issued:
        issued = issued[0]
    if isinstance(issued, dict):
        parts = issued.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else None
        if first is None:
            known = [issued.get(name) for name in ("year", "month")]
            first = [part for part in known if part] or [issued.get("literal") or issued.get("raw") or ""]
    else:
        first = [issued] if isinstance(issued, str | int) else []
    texts = [str(part) for part in first]
    match = re.match(r"\s*(\d{4})(?:-(\d{1,2}))?", texts[0]) if texts else None
    if match:
        make.add("year", match[1])
        month = match[2] or (texts[1] if len(texts) > 1 else "")
        if month.isdecimal() and 1 <= int(month) <= 12:
            make.add("month", str(int(month)))
    elif texts:
        make.add("year", texts[0])


def _arxiv(item: dict[str, Any]) -> str:
    """The arXiv id, wherever a program put it."""
    if _text(item, "archive").lower() == "arxiv" and (location := _text(item, "archive_location")):
        item = {**item, "number": f"arXiv:{location.lower().removeprefix('arxiv:')}"}
    for name in (
        "number",
        "archive_location",
        "DOI",
        "URL",
        "note",
        "annote",
        "container-title",
        "publisher",
        "call-number",
    ):
        ids = [i for _, i in find_identifiers(_text(item, name)[:2000]) if i.scheme == "arxiv"]
        if len(ids) == 1:
            return ids[0].value
    return ""
