"""CSL styles (`.csl`), run by citeproc-py over CSL-JSON.

citeproc-py is an extra: `pip install bibtools[csl]`. Its XML parser resolves entities, so a style with a document
type is refused before it sees it: no CSL style has one. Source: the CSL 1.0.2 specification.
"""

from __future__ import annotations

import io
import json
import re
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any
from xml.parsers import expat

from bibtools.errors import UsageError

_STYLE = "http://purl.org/net/xbiblio/csl style"
_INSTALL = "pip install 'bibtools[csl]'"


def check(style: bytes) -> None:
    """UsageError for what is no independent CSL style: `style-unusable`, or `style-dependent` with its parent.

    UsageError (`extra-missing`) where citeproc-py is not installed.
    """
    seen: dict[str, Any] = {"root": None, "parent": None, "bibliography": False}

    def start(name: str, attributes: dict[str, str]) -> None:
        seen["root"] = seen["root"] or name
        seen["bibliography"] = seen["bibliography"] or name.endswith(" bibliography")
        if name.endswith(" link") and attributes.get("rel") == "independent-parent":
            seen["parent"] = attributes.get("href", "")

    def refuse(*_: object) -> None:
        raise UsageError("style-unusable", "the style has a document type, which no CSL style needs")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(style, True)
    except expat.ExpatError as error:
        raise UsageError("style-unusable", f"the style is no XML: {error}") from None
    if seen["root"] != _STYLE:
        raise UsageError("style-unusable", "the file is no CSL style")
    if seen["parent"] is not None:
        message = f"the style only refers to another: {seen['parent']}"
        raise UsageError("style-dependent", message, hint="give that style's file")
    if not seen["bibliography"]:
        raise UsageError("style-unusable", "the style has no bibliography: it is for notes alone")
    if find_spec("citeproc") is None:
        raise UsageError("extra-missing", "CSL styles need citeproc-py", hint=_INSTALL)


def run(style: bytes, items: str, keys: Sequence[str]) -> list[list[str]]:
    """Key, number and HTML of each reference, in the style's order; `items` is CSL-JSON.

    The number is empty in styles that have none.

    UsageError (`style-failed`) for a style that citeproc-py cannot carry out.
    """
    check(style)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _formatted(style, json.loads(items), keys)
        except RecursionError:
            raise UsageError("style-failed", "the style's macros call each other without end") from None
        except Exception as error:
            message = f"citeproc-py cannot carry out the style: {type(error).__name__}: {error}"
            raise UsageError("style-failed", message) from None


def _formatted(style: bytes, items: list[dict[str, Any]], keys: Sequence[str]) -> list[list[str]]:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    known = {
        str(number): str(item["id"]) for number, item in enumerate(items)
    }  # citeproc-py folds the case of keys
    numbers = {key: number for number, key in reversed(known.items())}
    source = CiteProcJSON([{**_understood(item), "id": str(number)} for number, item in enumerate(items)])
    csl = CitationStylesStyle(io.BytesIO(style), validate=False, locale="en-US")
    bibliography = CitationStylesBibliography(csl, source, formatter.html)
    for key in keys:
        bibliography.register(Citation([CitationItem(numbers[key])]))
    bibliography.sort()
    return [
        [known[str(key)], *_numbered(number, str(html))]
        for number, (key, html) in enumerate(zip(bibliography.keys, bibliography.bibliography(), strict=True), 1)
    ]


def _numbered(number: int, html: str) -> tuple[str, str]:
    """The number as the style shows it, apart from the reference, which citeproc-py writes without a blank."""
    match = re.match(rf"\s*([\[(]?{number}(?:[\])]\.?|\.))\s*(?=\S)", html)
    return (match[1], html[match.end() :]) if match else ("", html)


def _understood(item: dict[str, Any]) -> dict[str, Any]:
    """The item as citeproc-py (0.11) reads it: it has no literal names, and stops at a date without parts."""
    made = {name: value for name, value in item.items() if name not in ("citation-key", "custom", "categories")}
    for name, value in item.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            made[name] = [_name(person) for person in value]
        elif isinstance(value, dict) and "date-parts" not in value:
            made[name] = {"literal": value["literal"]} if value.get("literal") else None
    return {name: value for name, value in made.items() if value is not None}


def _name(person: dict[str, str]) -> dict[str, str]:
    return {"family": person["literal"]} if "literal" in person else person
