"""The formats of bibliographies, one module each: entries ↔ a document's text.

What all share is the entry: of either dialect of `.bib`, its values LaTeX. It is the richest of the forms that the
formats know (case protection, mathematics, particles, ranges of dates), so that each format is two translations
and not one for each other format. A module has `render(items)` and, where the format can be read, `parse(text)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from bibtools.errors import UsageError
from bibtools.formats.items import Exported, Item, Parsed, ParsedEntry

__all__ = ["FORMATS", "Exported", "Item", "Parsed", "ParsedEntry", "render", "unknown_format"]

FORMATS = {
    "bibtex": "bibtools.formats.bibtex",
    "biblatex": "bibtools.formats.biblatex",
    "csl-json": "bibtools.formats.csl_json",
    "html": "bibtools.formats.html",
    "markdown": "bibtools.formats.markdown",
    "text": "bibtools.formats.text",
    "jsonl": "bibtools.formats.jsonl",
}
"""The formats that can be written, by name, each with its module."""


def render(items: Sequence[Item], format: str) -> Exported:
    """The items as one document in `format`; UsageError (`format-unknown`) for one that there is not."""
    exported = _module(format).render(items)
    assert isinstance(exported, Exported)
    return exported


def _module(format: str) -> Any:
    module = FORMATS.get(format)
    if module is None:
        raise unknown_format(format)
    return import_module(module)


def unknown_format(name: str) -> UsageError:
    """The error for a format that there is not."""
    return UsageError("format-unknown", f'no format "{name}"', hint=f"one of {', '.join(FORMATS)}")
