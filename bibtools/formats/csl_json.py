"""CSL-JSON: an array of items, UTF-8 (the schema `csl-data.json` of CSL 1.0.2)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bibtools.formats.csl import documents
from bibtools.formats.csl.item import item_of
from bibtools.formats.items import Exported, Item, Parsed


def render(items: Sequence[Item]) -> Exported:
    """The items as one array, one line for each value."""
    made = [item_of(item.entry) for item in items]
    return Exported(text=json.dumps(made, ensure_ascii=False, indent=2) + "\n")


def parse(text: str) -> Parsed:
    """The entries of a document, in biblatex's words; for the problems see :func:`documents.parse`."""
    return documents.parse(text, documents.json_items)
