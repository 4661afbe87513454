"""Records become entries and documents: one module for each format.

:func:`render_entry` is a pure function that imports nothing heavy, because the hook calls it. :func:`export` goes
through pybtex's entry model and our writers for it.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from bibtools.errors import UsageError
from bibtools.model import EntryOptions, Record
from bibtools.render import biblatex, bibtex
from bibtools.render.result import Exported, Items, Rendered

__all__ = ["FORMATS", "Exported", "Items", "Rendered", "csl_item", "export", "render_entry"]

FORMATS = {
    "bibtex": "bibtools.render.bibtex",
    "biblatex": "bibtools.render.biblatex",
    "csl-json": "bibtools.render.csljson",
}
"""The formats by name, each with the module whose `export(items, options)` renders a document."""


def render_entry(record: Record, key: str, options: EntryOptions) -> Rendered:
    """The record as an entry under `key`, as `options` ask for.

    A record that no service described keeps the entry its source wrote; only the key is ours. Problems:
    `latex-unknown-character` and `latex-unknown-command` (each once a record), `journal-ref-unread`.
    """
    if record.entry is not None:
        return Rendered(entry=replace(record.entry, key=key))
    render = bibtex.render if options.format == "bibtex" else biblatex.render
    return render(record, key, options)


def csl_item(record: Record, key: str) -> dict[str, object]:
    """The record as an item of CSL-JSON with id `key`, with all authors and the abstract."""
    from bibtools.render import csljson

    return csljson.item(record, key)


def export(items: Items, format: str, options: EntryOptions) -> Exported:
    """The records as one document in `format` (a name in :data:`FORMATS`).

    A citation key that comes twice is written once and reported (`citation-key-repeated`).
    UsageError (`format-unknown`) for a format that there is not.
    """
    module = FORMATS.get(format)
    if module is None:
        raise UsageError("format-unknown", f'no format "{format}"', hint=f"one of {', '.join(FORMATS)}")
    exported = import_module(module).export(items, options)
    assert isinstance(exported, Exported)
    return exported
