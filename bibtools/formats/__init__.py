"""The formats of bibliographies, one module each: entries ↔ a document's text.

What all share is the entry: of either dialect of `.bib`, its values LaTeX. It is the richest of the forms that the
formats know (case protection, mathematics, particles, ranges of dates), so that each format is two translations
and not one for each other format. A module has `render(items)` and, where the format can be read, `parse(text)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

from bibtools.errors import UsageError
from bibtools.formats.items import Exported, Item, Parsed, ParsedEntry
from bibtools.model import Page

__all__ = [
    "FORMATS",
    "PAGES",
    "READABLE",
    "Exported",
    "Item",
    "Parsed",
    "ParsedEntry",
    "parse",
    "render",
    "translated",
    "unknown_format",
    "with_own_keys",
]

FORMATS = {
    "bibtex": "bibtools.formats.bibtex",
    "biblatex": "bibtools.formats.biblatex",
    "csl-json": "bibtools.formats.csl_json",
    "csl-yaml": "bibtools.formats.csl_yaml",
    "ris": "bibtools.formats.ris",
    "hayagriva": "bibtools.formats.hayagriva",
    "zotero": "bibtools.formats.zotero",
    "html": "bibtools.formats.html",
    "markdown": "bibtools.formats.markdown",
    "text": "bibtools.formats.text",
    "jsonl": "bibtools.formats.jsonl",
}
"""The formats that can be written, by name, each with its module."""

READABLE = ("bibtex", "biblatex", "csl-json", "csl-yaml", "ris")
"""Those of the formats that can be read."""


PAGES = ("html", "markdown")
"""Those that are pages to be published, and shown as :class:`~bibtools.model.Page` says."""


def render(items: Sequence[Item], format: str, page: Page | None = None) -> Exported:
    """The items as one document in `format`; UsageError (`format-unknown`) for one that there is not.

    No work is left out for its key: see :func:`bibtools.formats.keys.distinct`. In a `.bib` file an entry is
    written as it stands, in every other document as what it prints.
    """
    from bibtools.formats import keys  # brings LaTeX and names, which those who only ask for formats do without

    if format not in ("bibtex", "biblatex"):
        from bibtools.formats.printed import printed

        items = [replace(item, entry=printed(item.entry)) if _is_written(item) else item for item in items]
    module = _module(format)
    items, changed = keys.distinct(items, keys.rule_of(format))
    exported = module.render(items, page or Page()) if format in PAGES else module.render(items)
    assert isinstance(exported, Exported)
    return replace(exported, problems=(*changed, *exported.problems))


def _is_written(item: Item) -> bool:
    """Whether somebody wrote the entry: it was not rendered from what a service says."""
    return item.record is None or item.record.entry is not None


def parse(text: str, format: str) -> Parsed:
    """The entries of a document in a format of :data:`READABLE`; UsageError (`format-unknown`) for others."""
    if format not in READABLE:
        hint = f"one of {', '.join(READABLE)}"
        raise UsageError("format-unknown", f'documents in format "{format}" cannot be read', hint=hint)
    parsed = _module(format).parse(text)
    assert isinstance(parsed, Parsed)
    return parsed


def translated(text: str, format: str) -> Exported:
    """A `.bib` file in the dialect `format` (`bibtex` or `biblatex`): its entries; all else in it stays."""
    exported = _module(format).translated(text)
    assert isinstance(exported, Exported)
    return exported


def with_own_keys(text: str, format: str) -> Exported:
    """A `.bib` file for programs that read `format`, its entries under keys of their own; all else in it stays.

    For a document that is made; a user's own file keeps its keys.
    """
    exported = import_module("bibtools.formats.translation").with_own_keys(text, format)
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
