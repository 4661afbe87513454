"""An item of CSL, as strictly or loosely as programs write it, as an entry in biblatex's words.

What stands under `custom` (see :mod:`bibtools.formats.csl.item`) is taken for what it says as long as the item's
own variables do not say otherwise: they are what people edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bibtools import text
from bibtools.bibfile.scanner import is_balanced, is_citation_key
from bibtools.formats import dates
from bibtools.formats.csl import people
from bibtools.formats.csl.fields import field_for
from bibtools.formats.csl.item import NEVER_IN_ADDRESS, RESOLVER, csl_type, default_type, item_of
from bibtools.formats.csl.tables import (
    DATES,
    FROM_CSL,
    GENRES,
    LANGUAGES,
    OLD_NAMES,
    ROLES,
    SUBTITLES,
    SUBTYPES,
    VARIABLES,
)
from bibtools.identifiers import find_identifiers, parse_arxiv
from bibtools.latex.csl import from_csl
from bibtools.latex.plain import from_plain, literal, to_plain
from bibtools.model import Entry, Field

Read = Callable[[str], str]

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_:+-]*\Z")
_SUBTYPE_NAMES = {csl: name for name, csl in reversed(SUBTYPES.items())}
_GENRE_NAMES = {text: name for name, text in GENRES.items()} | {"Master's thesis": "mathesis"}
_LANGUAGE_NAMES = {code: name for name, code in reversed(LANGUAGES.items())}
_DASH = re.compile(r"\s*[–—-]+\s*")
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


def entry_of(item: Mapping[str, Any], *, read: Read = from_csl) -> tuple[Entry, tuple[str, ...]]:
    """The entry that an item describes, and the names of what in it nobody knows. `read` is for texts with markup.

    The key is the item's `citation-key` or `id`; it is empty where there is neither.
    """
    item = _renamed(item)
    custom = _custom(item)
    kind = _type(item, custom)
    arxiv = _arxiv(item)
    fields = dict(_names(item))
    left = _without_arxiv(item, arxiv) if arxiv else dict(item)
    for variable, (how, _) in VARIABLES.items():
        value = _text(left.get(variable))
        name = field_for(variable, kind)
        if claimed := _claimed(variable, value, kind, custom):
            fields[claimed] = custom[claimed]
        elif (
            value and name and (latex := _latex(variable, value, read if how in ("title", "text") else from_plain))
        ):
            _add(fields, name, latex, custom)
    fields |= _dates(item)
    if arxiv:
        fields |= {"eprint": arxiv, "eprinttype": "arxiv"}
    elif (archive := fields.pop("archive", "")) and (place := fields.pop("archive_location", "")):
        fields |= {"eprint": place, "eprinttype": archive}
    elif archive:
        fields["archive"] = archive
    if people.has_dropping_particles(item.get("author")):
        fields["options"] = "useprefix=false"
    for name, value in custom.items():
        if name not in fields and name != "entrytype":
            fields[name] = value
    made = Entry(
        entry_type=kind, key=_key(item), fields=tuple(Field(name, value) for name, value in fields.items())
    )
    return made, tuple(name for name in item if name not in _KNOWN)


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
    kind = str(item.get("type", ""))
    names = {name: people.from_csl(item.get(variable)) for variable, name in ROLES.items()}
    subtype = {"entrysubtype": _SUBTYPE_NAMES[kind]} if kind in FROM_CSL and _is_special(item, kind) else {}
    return {name: written for name, written in names.items() if written} | subtype


def _is_special(item: Mapping[str, Any], kind: str) -> bool:
    """Whether biblatex's type says less than CSL's."""
    made = default_type(dict(item))
    return csl_type(Entry(entry_type=made, key="")) != kind and not (kind == "article" and made == "online")


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _latex(variable: str, value: str, read: Read) -> str:
    if variable in ("DOI", "URL"):
        return NEVER_IN_ADDRESS.sub("", RESOLVER.sub("", value) if variable == "DOI" else value)
    if variable == "page":
        return "--".join(from_plain(part) for part in _DASH.split(value))
    if variable == "genre" and value in _GENRE_NAMES:
        return _GENRE_NAMES[value]
    if variable == "language":
        return _LANGUAGE_NAMES.get(value) or from_plain(value)
    return read(value)


def _claimed(variable: str, value: str, kind: str, custom: Mapping[str, str]) -> str | None:
    """The field under `custom` that the variable shows: of several a variable may stand for, the one it was."""
    names = VARIABLES[variable][1]
    for name in names if value and len(names) > 1 else ():
        if name in custom:
            shown = item_of(Entry(entry_type=kind, key="", fields=(Field(name, custom[name]),)))
            if shown.get(variable) == value:
                return name
    return None


def _add(fields: dict[str, str], name: str, latex: str, custom: Mapping[str, str]) -> None:
    """A field; a title without the subtitle that is known to stand behind it."""
    subtitle = custom.get(SUBTITLES.get(name, ""))
    place = latex.find(": ") if subtitle else -1
    while subtitle and place >= 0:
        title, behind = latex[:place], latex[place + 2 :]
        if is_balanced(title) and to_plain(behind) == to_plain(subtitle):
            fields[name], fields[SUBTITLES[name]] = title, subtitle
            return
        place = latex.find(": ", place + 1)
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
        value = _text(item.get(name))[:_LONGEST]
        ids = [i for _, i in find_identifiers(value) if i.scheme == "arxiv"] if "arxiv" in value.lower() else []
        if len(ids) == 1:
            return ids[0].value
    return ""


def _without_arxiv(item: Mapping[str, Any], arxiv: str) -> dict[str, Any]:
    """The item without what only says once more that it is on arXiv."""
    left = {name: value for name, value in item.items() if name not in ("archive", "archive_location")}
    if item.get("type") != "article":
        return left
    for name in ("number", "DOI", "URL", "container-title"):
        number, own = parse_arxiv(_text(left.get(name))), parse_arxiv(arxiv)
        if number is not None and own is not None and number.number == own.number:
            del left[name]
    if _text(left.get("publisher")).lower() == "arxiv":
        del left["publisher"]
    if _text(left.get("genre")).lower() == "preprint":
        del left["genre"]
    return left


def _key(item: Mapping[str, Any]) -> str:
    """The citation key as it stands if a `.bib` file can hold it, else what of it that can."""
    key = _text(item.get("citation-key")) or _text(item.get("id"))
    if key.startswith(("http://", "https://")):  # Zotero's own id
        key = key.rstrip("/").rpartition("/")[2]
    return key if is_citation_key(key) else _NO_KEY.sub("", text.fold(key))
