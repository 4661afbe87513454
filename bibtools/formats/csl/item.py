"""An entry as an item of CSL, the input of citeproc processors (pandoc, citeproc-py, Zotero).

Source: the CSL 1.0.2 specification, appendices III (types) and IV (variables), and its `csl-data.json` schema.
Items are made from biblatex entries, so that a record, a user's entry and anything pybtex can read take one way.
What the variables of CSL do not say, or not exactly, stands under `custom`, with its name and value in biblatex:
nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bibtools.bibfile import arxiv_id, expanded
from bibtools.bibfile.scanner import is_balanced
from bibtools.formats import dates
from bibtools.formats.csl import people, values
from bibtools.formats.csl.fields import field_for
from bibtools.formats.csl.tables import (
    ARTICLES,
    BOOKS,
    DATES,
    EDITOR_ROLES,
    EDITORS,
    FROM_CSL,
    PARTS,
    ROLES,
    SUBTITLES,
    SUBTYPES,
    TYPES,
    VARIABLES,
)
from bibtools.formats.csl.values import RICH, Markup
from bibtools.formats.dialects import to_biblatex
from bibtools.latex.plain import to_plain
from bibtools.model import ArxivId, Entry, Field

_PREPRINTS = ("online", "misc", "unpublished")
_PLACES = ("volume", "number", "issue", "pages", "eid")


def item_of(entry: Entry, markup: Markup = RICH) -> dict[str, object]:
    """An entry of either dialect, its values LaTeX, as an item with all it says; `markup` is the document's."""
    held = tuple(field for field in entry.fields if field.value.strip())
    entry = _readable(to_biblatex(replace(entry, fields=held)))
    made: dict[str, object] = {"id": entry.key, "citation-key": entry.key, "type": csl_type(entry)}
    number = arxiv_id(entry)
    is_preprint = number is not None and _is_preprint(entry)
    kind = "online" if is_preprint and not _has_place_in_journal(entry) else entry.entry_type.lower()
    said = dict(_add_names(made, entry))
    said |= _add_texts(made, entry, kind, markup)
    said |= _add_dates(made, entry)
    shown = dict(made)
    placed = _add_eprint(made, entry, number, is_preprint=is_preprint)
    if "archive" in made:
        said.pop("archive", None)
    placed |= {name for name, variable in said.items() if made.get(variable) == shown.get(variable)}
    if SUBTYPES.get((entry.get("entrysubtype") or "").strip().lower()) == made["type"]:
        placed.add("entrysubtype")
    custom = {} if default_type(made) == kind else {"entrytype": entry.entry_type}
    for field in entry.fields:
        if field.name not in placed and is_balanced(field.value):
            custom.setdefault(field.name, field.value)
    if custom:
        made["custom"] = dict(sorted(custom.items()))
    return {variable: value for variable, value in made.items() if variable == "id" or value not in ("", [])}


def csl_type(entry: Entry) -> str:
    """CSL's type for an entry of biblatex's."""
    kind = entry.entry_type.lower()
    subtype = SUBTYPES.get((entry.get("entrysubtype") or "").strip().lower(), "")
    if subtype and FROM_CSL[subtype] == kind:
        return subtype
    return TYPES.get(kind, "document")


def _readable(entry: Entry) -> Entry:
    """The entry with its macros expanded, but for months."""
    fields = tuple(
        Field(field.name, expanded(field)) if field.macro and field.name != "month" else field
        for field in entry.fields
    )
    return Entry(entry_type=entry.entry_type, key=entry.key, fields=fields)


def _is_preprint(entry: Entry) -> bool:
    return entry.entry_type.lower() in _PREPRINTS or is_arxiv_place(entry, "journaltitle")


def _has_place_in_journal(entry: Entry) -> bool:
    return any(entry.get(name) for name in _PLACES)


def is_arxiv_place(entry: Entry, name: str) -> bool:
    """Whether the field says where the work is by its arXiv id alone (`arXiv preprint arXiv:1706.03762`)."""
    value = entry.get(name) or ""
    return (
        "arxiv" in value.lower()
        and arxiv_id(Entry(entry_type="misc", key="", fields=(Field(name, value),))) is not None
    )


def default_type(item: dict[str, object]) -> str:
    """Biblatex's type for an item that does not say more."""
    if item.get("type") == "article" and item.get("archive") == "arXiv":
        return "online"
    return FROM_CSL.get(str(item.get("type")), "misc")


# each of these adds variables to an item, and tells which fields are said by them, and by which

Said = Iterator[tuple[str, str]]


def _add_names(made: dict[str, object], entry: Entry) -> Said:
    dropping = "useprefix=false" in re.sub(r"\s", "", (entry.get("options") or "").lower())
    others = {name: role for name in EDITORS if (role := _editor_role(entry, name))}
    for variable, name in ROLES.items():
        if (value := entry.get(name)) and name not in others:
            made[variable] = people.to_csl(value, dropping=dropping)
            if people.says_all(value, dropping=dropping):
                yield name, variable
    for name, role in others.items():
        made.setdefault(role, people.to_csl(entry.get(name) or "", dropping=dropping))


def _editor_role(entry: Entry, name: str) -> str | None:
    """The variable for editors who are something else; their fields stand under `custom`."""
    role = (entry.get(f"{name}type") or "").strip().lower()
    return EDITOR_ROLES.get(role) if entry.get(name) else None


def _add_texts(made: dict[str, object], entry: Entry, kind: str, markup: Markup) -> Said:
    for variable, (_, names) in VARIABLES.items():
        name = next((name for name in names if entry.get(name) and _shows(entry, variable, name)), None)
        value = (entry.get(name) or "") if name else ""
        text = values.write(variable, value, markup) if value else ""
        if name is None or not text:
            continue
        subtitle = markup.title(entry.get(SUBTITLES.get(name, "")) or "")
        made[variable] = values.joined(text, subtitle) if subtitle else text
        said_twice = any(other != name and entry.get(other) == value for other in names)
        if field_for(variable, kind) == name and not said_twice and values.says_all(variable, value, text, markup):
            yield name, variable


def _shows(entry: Entry, variable: str, name: str) -> bool:
    """Whether the field is what the variable says: `number` is three things, and arXiv's id is no place."""
    kind = entry.entry_type.lower()
    if variable == "issue":
        return kind in ARTICLES or name == "issue"
    if variable == "collection-number":
        return kind in BOOKS
    if variable == "number":
        return kind not in ARTICLES | BOOKS
    if name == "booktitle":  # in a whole book it is the title once more, for the book's parts
        return kind not in BOOKS - PARTS
    if name == "location":  # beside an address it is where the conference was
        return (variable == "event-place") == bool(entry.get("address"))
    if name in ("journaltitle", "howpublished"):
        return not is_arxiv_place(entry, name)
    return True


def _add_dates(made: dict[str, object], entry: Entry) -> Said:
    for variable, name in DATES.items():
        found = dates.of_fields(map(_plain_date, entry.fields), name)
        if found is None:
            continue
        if isinstance(found, str):
            found = dates.of_years(found) or to_plain(found)
        if not found:
            continue
        made[variable] = dates.to_csl(found)
        yield from ((said, variable) for said in dates.said(entry.fields, name, made[variable]))


def _plain_date(field: Field) -> Field:
    r"""The field without commands: `\noopsort{a}1973` is the year 1973."""
    dated = field.name in ("year", "month", "day", *DATES.values()) and ("\\" in field.value or "{" in field.value)
    return replace(field, value=to_plain(field.value)) if dated else field


def _add_eprint(made: dict[str, object], entry: Entry, number: ArxivId | None, *, is_preprint: bool) -> set[str]:
    """The eprint; for a preprint of arXiv also what makes it one. A publisher's DOI goes before arXiv's."""
    archive, place = entry.get("eprinttype") or "", entry.get("eprint") or ""
    if number is None:
        if not archive or not place:
            return set()
        made |= {"archive": to_plain(archive), "archive_location": to_plain(place)}
        return {"eprint", "eprinttype"}
    made |= {"archive": "arXiv", "archive_location": str(number)}
    said = {name for name in ("journaltitle", "howpublished") if is_arxiv_place(entry, name)}
    said |= {"eprinttype"} if archive.lower() == "arxiv" else set()
    said |= {"eprint"} if place.lower().removeprefix("arxiv:") == str(number) else set()
    if is_preprint:
        made |= {"type": "article", "genre": "preprint", "number": f"arXiv:{number}", "publisher": "arXiv"}
        made.setdefault("DOI", f"10.48550/arXiv.{number.number}")
        made.setdefault("URL", f"https://arxiv.org/abs/{number}")
    return said
