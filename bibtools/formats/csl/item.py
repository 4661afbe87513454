"""An entry as an item of CSL, the input of citeproc processors (pandoc, citeproc-py, Zotero).

Source: the CSL 1.0.2 specification, appendices III (types) and IV (variables), and its `csl-data.json` schema.
Items are made from biblatex entries, so that a record, a user's entry and anything pybtex can read take one way.
What CSL has no variable for stands under `custom`, with its name and value in biblatex: nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bibtools.bibfile import arxiv_id, expanded
from bibtools.bibfile.scanner import is_balanced
from bibtools.formats import dates
from bibtools.formats.csl import people
from bibtools.formats.csl.fields import represented
from bibtools.formats.csl.tables import (
    ARTICLES,
    BOOKS,
    DATES,
    FROM_CSL,
    GENRES,
    LANGUAGES,
    ROLES,
    SUBTITLES,
    SUBTYPES,
    TYPES,
    VARIABLES,
    Kind,
)
from bibtools.formats.dialects import to_biblatex
from bibtools.latex.csl import to_csl
from bibtools.latex.plain import to_plain
from bibtools.model import Entry, Field

Write = Callable[[str], str]
"""How a title or a text is written: the rich text of JSON, or Markdown."""

_ESCAPED = re.compile(r"\\([#$%&_{}~])")
NEVER_IN_ADDRESS = re.compile(r"[\s{}\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What stands in no address and no identifier."""

RESOLVER = re.compile(r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(?=10\.)", re.IGNORECASE)
"""What people put before a DOI."""

_DASHES = re.compile(r"\s*(?:-{2,3}|–|—)\s*")
_PREPRINTS = ("online", "misc", "unpublished")
_SHOWN_BY_ARXIV = ("eprint", "eprinttype")


def item_of(entry: Entry, *, title: Write | None = None, text: Write = to_csl) -> dict[str, object]:
    """An entry of either dialect, its values LaTeX, as an item with all it says.

    `title` and `text` write what has markup; without them it is the rich text of CSL-JSON.
    """
    entry = _readable(to_biblatex(entry))
    made: dict[str, object] = {"id": entry.key, "citation-key": entry.key, "type": csl_type(entry)}
    dropping = "useprefix=false" in re.sub(r"\s", "", (entry.get("options") or "").lower())
    for variable, name in ROLES.items():
        if value := entry.get(name):
            made[variable] = people.to_csl(value, dropping=dropping)
    writers: dict[Kind, Write] = {
        "title": title or (lambda value: to_csl(value, case=True)),
        "text": text,
        "plain": to_plain,
        "verbatim": lambda value: NEVER_IN_ADDRESS.sub("", _ESCAPED.sub(r"\1", value)),
    }
    for variable, (kind, fields) in VARIABLES.items():
        shown = next((name for name in fields if entry.get(name) and _shows(entry, variable, name)), None)
        if shown is not None and (written := _value(entry, variable, shown, writers[kind])):
            made[variable] = written
    for variable, date_name in DATES.items():
        found = dates.of_fields(entry.fields, date_name)
        found = to_plain(found) if isinstance(found, str) else found
        if found:
            made[variable] = dates.to_csl(found)
    _add_eprint(made, entry)
    if custom := _custom(made, entry):
        made["custom"] = custom
    return {variable: value for variable, value in made.items() if value not in ("", [])}


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


def _shows(entry: Entry, variable: str, name: str) -> bool:
    """Whether the field is what the variable says: `number` is three things, and arXiv's id is no place."""
    kind = entry.entry_type.lower()
    if variable == "issue":
        return kind in ARTICLES or name == "issue"
    if variable == "collection-number":
        return kind in BOOKS
    if variable == "number":
        return kind not in ARTICLES | BOOKS
    if name in ("journaltitle", "howpublished"):
        return not is_arxiv_place(entry, name)
    return True


def is_arxiv_place(entry: Entry, name: str) -> bool:
    """Whether the field says where the work is by its arXiv id alone (`arXiv preprint arXiv:1706.03762`)."""
    value = entry.get(name) or ""
    return (
        "arxiv" in value.lower()
        and arxiv_id(Entry(entry_type="misc", key="", fields=(Field(name, value),))) is not None
    )


def _value(entry: Entry, variable: str, name: str, write: Write) -> str:
    value = entry.get(name) or ""
    if variable == "page":
        return _DASHES.sub("-", to_plain(value))
    if variable == "genre":
        return GENRES.get(value) or to_plain(value)
    if variable == "language":
        return LANGUAGES.get(value.strip().lower()) or to_plain(value)
    if variable == "DOI":
        return RESOLVER.sub("", write(value))
    subtitle = write(entry.get(SUBTITLES.get(name, "")) or "")
    return f"{write(value)}: {subtitle}" if subtitle else write(value)


def _add_eprint(made: dict[str, object], entry: Entry) -> None:
    """The eprint; for a preprint of arXiv also what makes it one. A publisher's DOI goes before arXiv's."""
    number = arxiv_id(entry)
    if number is None:
        if (archive := entry.get("eprinttype")) and (place := entry.get("eprint")):
            made |= {"archive": to_plain(archive), "archive_location": to_plain(place)}
        return
    made |= {"archive": "arXiv", "archive_location": str(number)}
    if entry.entry_type.lower() not in _PREPRINTS and not is_arxiv_place(entry, "journaltitle"):
        return
    made |= {"type": "article", "genre": "preprint", "number": f"arXiv:{number}", "publisher": "arXiv"}
    made.setdefault("DOI", f"10.48550/arXiv.{number.number}")
    made.setdefault("URL", f"https://arxiv.org/abs/{number}")


def _custom(made: dict[str, object], entry: Entry) -> dict[str, str]:
    """What an item does not say, with biblatex's names, so that the entry can be had back."""
    kind = entry.entry_type.lower()
    shown = represented(made, kind)
    if made.get("archive"):
        shown |= set(_SHOWN_BY_ARXIV)
    shown |= {name for name in ("journaltitle", "howpublished") if entry.get(name) and is_arxiv_place(entry, name)}
    if "issued" in made:
        shown |= {"date", "year", "month", "day"}
    if FROM_CSL.get(str(made["type"])) == kind:
        shown.add("entrysubtype")
    is_preprint = made.get("genre") == "preprint" and made.get("archive") == "arXiv"  # in one of several shapes
    custom = {} if is_preprint or default_type(made) == kind else {"entrytype": entry.entry_type}
    for field in entry.fields:
        if field.name not in shown and field.value.strip() and is_balanced(field.value):
            custom.setdefault(field.name, field.value)
    return dict(sorted(custom.items()))


def default_type(item: dict[str, object]) -> str:
    """Biblatex's type for an item that does not say more."""
    if item.get("type") == "article" and item.get("archive") == "arXiv":
        return "online"
    return FROM_CSL.get(str(item.get("type")), "misc")
