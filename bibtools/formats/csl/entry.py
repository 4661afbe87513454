"""An item of CSL, as strictly or loosely as programs write it, as an entry in biblatex's words.

What stands under `custom` (see :mod:`bibtools.formats.csl.item`) is taken for what it says as long as the item's
own variables do not say otherwise: they are what people edit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bibtools import text
from bibtools.bibfile import arxiv_id
from bibtools.bibfile.scanner import is_balanced, is_citation_key
from bibtools.formats import dates
from bibtools.formats.csl import people, values
from bibtools.formats.csl.fields import field_for
from bibtools.formats.csl.item import csl_type, default_type, item_of
from bibtools.formats.csl.tables import (
    DATES,
    FROM_CSL,
    OLD_NAMES,
    ROLES,
    SUBTITLES,
    SUBTYPES,
    VARIABLES,
)
from bibtools.formats.csl.values import RICH, Markup
from bibtools.identifiers import find_identifiers, parse_arxiv
from bibtools.latex.plain import literal
from bibtools.model import Entry, Field

_FIELD_NAME = re.compile(r"(?=[^0-9])[^\s\"#%{}(),=@'\\A-Z]+\Z")
_SUBTYPE_NAMES = {csl: name for name, csl in reversed(SUBTYPES.items())}
_WITH_ARXIV = (
    "number",
    "archive_location",
    "DOI",
    "URL",
    "note",
    "annote",
    "container-title",
    "publisher",
    "call-number",
)
_LONGEST = 2000
_NO_KEY = re.compile(r"[^\w:.+/-]")


def entry_of(item: Mapping[str, Any], markup: Markup = RICH) -> tuple[Entry, tuple[str, ...]]:
    """The entry that an item describes, and the names of what in it nobody knows; `markup` is the document's.

    The key is the item's `citation-key` or `id`; it is empty where there is neither.
    """
    item = _renamed(item)
    custom = _custom(item)
    kind = _type(item, custom)
    arxiv = _arxiv(item)
    left = _without_arxiv(item, arxiv) if arxiv else dict(item)
    left = _without(left, kind, custom, markup)
    fields = _names(left) | _subtype(item)
    for variable in VARIABLES:
        value, name = _text(left.get(variable)), field_for(variable, kind)
        if value and name:
            _add(fields, variable, name, value, custom, markup)
    fields |= _dates(left)
    fields |= _eprint(fields, arxiv)
    if people.has_dropping_particles(left.get("author")) and "useprefix" not in custom.get("options", ""):
        fields["options"] = "useprefix=false"
    for name, value in custom.items():
        if name not in fields and name != "entrytype":
            fields[name] = value
    held = tuple(Field(name, value) for name, value in fields.items() if value)
    key = _text(item.get("citation-key")) or _text(item.get("id"))
    made = Entry(entry_type=kind, key=key, fields=held)
    return made, tuple(name for name in item if name not in _KNOWN)


def _without(item: dict[str, Any], kind: str, custom: Mapping[str, str], markup: Markup) -> dict[str, Any]:
    """The item without what its fields under `custom` say in the same way, and more exactly."""
    fields = tuple(Field(name, value) for name, value in custom.items() if name != "entrytype")
    if not fields:
        return item
    shown = item_of(Entry(entry_type=kind, key="", fields=fields), markup)
    return {name: value for name, value in item.items() if name == "type" or not _is_shown(shown, name, value)}


def _is_shown(shown: Mapping[str, object], name: str, value: object) -> bool:
    if name in DATES and name in shown:  # YAML's figures are texts
        return dates.from_csl(shown[name]) == dates.from_csl(value)
    return shown.get(name) == value


def _eprint(fields: dict[str, str], arxiv: str) -> dict[str, str]:
    if arxiv:
        return {"eprint": arxiv, "eprinttype": "arxiv"}
    if fields.get("archive") and fields.get("archive_location"):
        return {"eprint": fields.pop("archive_location"), "eprinttype": fields.pop("archive")}
    return {}


_KNOWN = frozenset([*VARIABLES, *ROLES, *DATES, "id", "citation-key", "type", "custom", "page-first"])


def _renamed(item: Mapping[str, Any]) -> dict[str, Any]:
    made = {name: value for name, value in item.items() if isinstance(name, str)}
    for old, new in OLD_NAMES.items():
        if old in made:
            made.setdefault(new, made.pop(old))
    return made


def _custom(item: Mapping[str, Any]) -> dict[str, str]:
    """The fields under `custom`: plain names and texts whose braces match."""
    held = item.get("custom")
    held = held if isinstance(held, dict) else {}
    return {
        name: value
        for name, value in held.items()
        if isinstance(name, str) and isinstance(value, str) and _FIELD_NAME.match(name) and is_balanced(value)
    }


def _type(item: Mapping[str, Any], custom: Mapping[str, str]) -> str:
    """The type under `custom` if it still is what CSL's type says; else what that one means."""
    kind = custom.get("entrytype", "").lower()
    if kind and (csl_type(Entry(entry_type=kind, key="")) == item.get("type") or item.get("archive") == "arXiv"):
        return kind
    return default_type(dict(item))


def _names(item: Mapping[str, Any]) -> dict[str, str]:
    names = {name: people.from_csl(item.get(variable)) for variable, name in ROLES.items()}
    return {name: written for name, written in names.items() if written}


def _subtype(item: Mapping[str, Any]) -> dict[str, str]:
    kind = str(item.get("type", ""))
    return {"entrysubtype": _SUBTYPE_NAMES[kind]} if kind in FROM_CSL and _is_special(item, kind) else {}


def _is_special(item: Mapping[str, Any], kind: str) -> bool:
    """Whether biblatex's type says less than CSL's."""
    made = default_type(dict(item))
    return csl_type(Entry(entry_type=made, key="")) != kind and not (kind == "article" and made == "online")


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _add(
    fields: dict[str, str], variable: str, name: str, value: str, custom: Mapping[str, str], markup: Markup
) -> None:
    """A field; a title without the subtitle that is known to stand behind it."""
    subtitle = custom.get(SUBTITLES.get(name, ""))
    if subtitle:
        shown = markup.title(subtitle)
        for title in (value.removesuffix(f": {shown}"), value.removesuffix(f" {shown}")):
            if title != value and values.joined(title, shown) == value:
                value = title
                break
        else:
            fields[SUBTITLES[name]] = ""
    if latex := values.read(variable, value, markup):
        fields[name] = latex


def _dates(item: Mapping[str, Any]) -> dict[str, str]:
    made: dict[str, str] = {}
    for variable, name in DATES.items():
        found = dates.from_csl(item.get(variable))
        if isinstance(found, str):
            made["year" if name == "date" else name] = literal(found).strip()
        elif found is not None:
            made[name] = str(found)
    return made


def _arxiv(item: Mapping[str, Any]) -> str:
    """The arXiv id, wherever a program put it."""
    place = _text(item.get("archive_location")) if _text(item.get("archive")).lower() == "arxiv" else ""
    if number := parse_arxiv(place.lower().removeprefix("arxiv:")):
        return str(number)
    for name in _WITH_ARXIV:
        text_ = _text(item.get(name))[:_LONGEST]
        if name in ("note", "annote"):
            text_ = _home(text_)
        ids = [i for _, i in find_identifiers(text_) if i.scheme == "arxiv"] if "arxiv" in text_.lower() else []
        if len(ids) == 1:
            return ids[0].value
    return ""


def _home(note: str) -> str:
    """The line of a note that is an arXiv id and nothing else; other notes speak of other papers too."""
    for line in note.splitlines():
        if arxiv_id(Entry(entry_type="misc", key="", fields=(Field("note", line),))) is not None:
            return line
    return ""


def _without_arxiv(item: Mapping[str, Any], arxiv: str) -> dict[str, Any]:
    """The item without what only says once more that it is on arXiv."""
    left = {name: value for name, value in item.items() if name not in ("archive", "archive_location")}
    if item.get("type") != "article":
        return left
    meant = parse_arxiv(arxiv)
    own = meant.record_id if meant else ""
    for name in ("number", "DOI", "URL", "container-title"):
        number = parse_arxiv(_text(left.get(name)))
        if number is not None and number.record_id == own:
            del left[name]
    if _text(left.get("publisher")).lower() == "arxiv":
        del left["publisher"]
    if _text(left.get("genre")).lower() == "preprint":
        del left["genre"]
    return left


def name_of(item: Mapping[str, Any], key: str) -> str:
    """What sources know an item by whose key this is: what of it a `.bib` file can hold.

    Digests in locks are made of it, so it stays what it is.
    """
    if not item.get("citation-key") and key.startswith(("http://", "https://")):  # Zotero's own id
        key = key.rstrip("/").rpartition("/")[2]
    return key if is_citation_key(key) else _NO_KEY.sub("", text.fold(key))
