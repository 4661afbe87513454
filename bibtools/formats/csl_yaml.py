"""CSL items in YAML, as pandoc has them in a document's metadata: under `references`, texts in Markdown.

pandoc takes every value for Markdown, be it an address or a name: what has no markup is escaped.
Source: *Pandoc User's Guide*, "Specifying bibliographic data". The document is a metadata block of its own: it can
be given to pandoc as a bibliography or as a file beside the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bibtools.formats.csl import documents
from bibtools.formats.csl.entry import entry_of
from bibtools.formats.csl.item import item_of
from bibtools.formats.csl.tables import VARIABLES
from bibtools.formats.csl.values import MARKDOWN
from bibtools.formats.items import Exported, Item, Parsed
from bibtools.formats.yamltree import read_yaml
from bibtools.model import Entry

_PLAIN = re.compile(r"[A-Za-z](?:[\w /.()-]*[\w).])?\Z", re.ASCII)
_MARKED = frozenset(name for name, (kind, _) in VARIABLES.items() if kind in ("title", "text"))
_SPECIAL = re.compile(r"[\\`*{}\[\]<>#~^@$|&\"]|(?<![^\W_])_|_(?![^\W_])")
_ESCAPED = re.compile(r"\\([^A-Za-z0-9\s])")
_NOT_TEXTS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"])


def render(items: Sequence[Item]) -> Exported:
    """The items under `references`."""
    lines = ["---", "references:" if items else "references: []"]
    for item in items:
        lines += _block(_changed(item_of(item.entry, MARKDOWN), _escaped), "- ", "  ")
    return Exported(text="\n".join([*lines, "..."]) + "\n")


def parse(text: str) -> Parsed:
    """The entries of a document, in biblatex's words; for the problems see :func:`documents.parse`."""
    return documents.parse(text, _items, _read)


def _items(text: str) -> Iterator[documents.Located]:
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in ("[", "{"):
        return documents.json_items(text)
    return read_yaml(text, keys=documents.LISTS)


def _read(item: Mapping[str, Any]) -> tuple[Entry, tuple[str, ...]]:
    return entry_of(_changed(item, _unescaped), MARKDOWN)


def _changed(item: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """The item with `change` made to all its texts but those that are Markdown already."""
    return {name: value if name in _MARKED else _in_all(value, change) for name, value in item.items()}


def _in_all(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_in_all(part, change) for part in value]
    return {name: _in_all(part, change) for name, part in value.items()} if isinstance(value, dict) else value


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _block(value: Mapping[str, object], first: str, rest: str) -> Iterator[str]:
    """A mapping, its first line begun by `first`, the others by `rest`."""
    for name, held in value.items():
        if isinstance(held, list) and all(isinstance(part, dict) for part in held):
            yield f"{first}{name}:"
            for part in held:
                yield from _block(part, f"{rest}- ", f"{rest}  ")
        elif isinstance(held, dict):
            yield f"{first}{name}:"
            yield from _block(held, f"{rest}  ", f"{rest}  ")
        else:
            yield f"{first}{name}: {_scalar(held)}"
        first = rest


def _scalar(value: object) -> str:
    """A value in one line. Texts are quoted unless nobody's YAML takes them for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_scalar, value))}]"
    text = str(value)
    if _PLAIN.match(text) and text.lower() not in _NOT_TEXTS:
        return text
    escaped = re.sub(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]', _escape, text)
    return f'"{escaped}"'


def _escape(match: re.Match[str]) -> str:
    return f"\\{match[0]}" if match[0] in '\\"' else f"\\u{ord(match[0]):04x}"
