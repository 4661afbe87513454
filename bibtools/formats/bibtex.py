"""`.bib` files for BibTeX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bibtools.formats import bib, translation
from bibtools.formats.dialects import to_bibtex
from bibtools.formats.items import Exported, Item, Parsed
from bibtools.latex import protect_initials
from bibtools.model import Entry
from bibtools.names import between_ands


def render(items: Sequence[Item]) -> Exported:
    """The items as one `.bib` file in the words of BibTeX."""
    return bib.render(items, _translate)


def _translate(entry: Entry) -> Entry:
    """An entry in the words of BibTeX, with names that it can abbreviate."""
    entry = to_bibtex(entry)
    return replace(
        entry,
        fields=tuple(
            replace(field, value=_abbreviable(field.value)) if field.name in ("author", "editor") else field
            for field in entry.fields
        ),
    )


def _abbreviable(people: str) -> str:
    return " and ".join(protect_initials(name, label=True) for name in between_ands(people))


def parse(text: str) -> Parsed:
    """The entries of a `.bib` file, whatever its dialect; see :func:`bibtools.formats.bib.parse`."""
    return bib.parse(text)


def translated(text: str) -> Exported:
    """A `.bib` file of either dialect in this one; see :func:`bibtools.formats.translation.translated`."""
    return translation.translated(text, to_bibtex)
