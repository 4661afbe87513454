"""Documents of CSL items: a list, a list under a known name, or a single item; each item with its place."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeGuard

from bibtools.errors import Place, Problem
from bibtools.formats.csl.entry import entry_of, name_of
from bibtools.formats.csl.tables import FROM_CSL
from bibtools.formats.items import Parsed, ParsedEntry
from bibtools.formats.yamltree import YamlError
from bibtools.model import Entry, Span
from bibtools.text import LONGEST_VALUE, shortened

LISTS = ("items", "references")
"""The names that a list of items stands under: Zotero's, pandoc's."""

Located = tuple[Any, int, int]
"""A value with its place in the text: half-open, in code points."""

_BLANKS = re.compile(r"[\s,]*")
_HALF = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_BROKEN = (ValueError, RecursionError, YamlError)
_LINE_END = re.compile(r"\r\n|\r|\n")


def parse(
    text: str,
    items: Callable[[str], Iterable[Located]],
    read: Callable[[Mapping[str, Any]], tuple[Entry, tuple[str, ...]]] = entry_of,
) -> Parsed:
    """The entries of a document whose values `items` finds and whose items `read` understands.

    Problems: `csl-broken` (the rest cannot be read), `csl-unknown` (this is no bibliography), `csl-empty` (an item
    without anything to read), `csl-too-large` (a value that is left out), `csl-unknown-variable` (a name that CSL
    does not have).
    """
    if not text.strip("\ufeff \t\r\n"):
        return Parsed()
    starts = (0, *(match.end() for match in _LINE_END.finditer(text)))
    found: list[ParsedEntry] = []
    problems: list[Problem] = []
    is_bibliography = False
    room = _Room(text)
    try:
        for item, start, stop in items(text):
            where = Place(line=bisect_right(starts, start))
            is_bibliography = is_bibliography or _is_item(item)
            if _is_item(item):
                long = [name for name, value in item.items() if not room.fits(value)]
                problems += [_too_large(name, where) for name in long]
                item = {name: value for name, value in item.items() if name not in long}
            entry, unknown = read(item) if _is_item(item) else (None, ())
            if entry is None or not (entry.fields or "citation-key" in item):
                problems.append(_empty(where))
                continue
            name = name_of(item, entry.key)
            found.append(ParsedEntry(entry=entry, span=Span(start, stop), name=name))
            if unknown:
                problems.append(_unknown_variables(unknown, where, entry.key))
    except _BROKEN as error:
        problems = problems if is_bibliography else []
        problems.append(_broken(error))
        return Parsed(entries=tuple(found), problems=tuple(problems), usable=bool(found))
    if is_bibliography or text.strip("\ufeff \t\r\n.-") in ("[]", "references: []"):
        return Parsed(entries=tuple(found), problems=tuple(problems))
    hint = "list it under `exclude`"
    problem = Problem(severity="warning", code="csl-unknown", message="no CSL items in this file", hint=hint)
    return Parsed(problems=(problem,), usable=False)


def json_items(text: str) -> Iterator[Located]:
    """The values where items stand; ValueError for what is no JSON. What the values are is not looked at."""
    text = " " + text[1:] if text.startswith("\ufeff") else text
    text = _HALF.sub(_replaced, text) if "\\ud" in text or "\\uD" in text else text
    decoder = json.JSONDecoder()
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] == "{":
        value, stop = decoder.raw_decode(text, start)
        inner = next((name for name in LISTS if isinstance(value.get(name), list)), None)
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


def _replaced(match: re.Match[str]) -> str:
    """Half a surrogate pair is no character (RFC 8259, section 8.2), and no file can hold it."""
    return "\\ufffd" if match["half"] else match[0]


def _is_item(value: object) -> TypeGuard[dict[str, Any]]:
    if not isinstance(value, dict) or not ("type" in value or "id" in value):
        return False
    if "citation-key" in value and value.get("type") in FROM_CSL:
        return True
    return any(name in value for name in ("title", "author", "DOI"))


class _Room:
    """How much the values of a document may say: YAML's aliases can unfold a small text without bound."""

    def __init__(self, text: str) -> None:
        self.left = 2 * len(text) + LONGEST_VALUE

    def fits(self, value: object) -> bool:
        """Whether a value is as long as one may be; ValueError when all of them together are not."""
        length, pending = 0, [value]
        while pending and length <= LONGEST_VALUE:
            held = pending.pop()
            length += len(held) if isinstance(held, str) else 1
            if isinstance(held, dict | list):
                pending += held.values() if isinstance(held, dict) else held
        self.left -= length
        if self.left < 0:
            raise ValueError("too large, with all that aliases repeat")
        return length <= LONGEST_VALUE


def _too_large(name: str, where: Place) -> Problem:
    message = f"{shortened(name)} is longer than {LONGEST_VALUE:,} characters; left out"
    return Problem(severity="warning", code="csl-too-large", message=message, where=where)


def _empty(where: Place) -> Problem:
    message = "an item without title, authors or anything else to read is left out"
    return Problem(severity="warning", code="csl-empty", message=message, where=where)


def _unknown_variables(names: tuple[str, ...], where: Place, key: str) -> Problem:
    message = f"{shortened(', '.join(names), 1000)}: no variable of CSL; left out"
    return Problem(severity="warning", code="csl-unknown-variable", message=message, where=where, key=key)


def _broken(error: Exception) -> Problem:
    line = getattr(error, "lineno", None) or getattr(error, "line", None)
    message = "nested too deep" if isinstance(error, RecursionError) else str(error)
    return Problem(severity="error", code="csl-broken", message=f"not readable: {message}", where=Place(line=line))
