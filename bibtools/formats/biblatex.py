"""`.bib` files for biblatex."""

from __future__ import annotations

from collections.abc import Sequence

from bibtools.formats import bib, translation
from bibtools.formats.dialects import to_biblatex
from bibtools.formats.items import Exported, Item, Parsed


def render(items: Sequence[Item]) -> Exported:
    """The items as one `.bib` file in the words of biblatex."""
    return bib.render(items, to_biblatex)


def parse(text: str) -> Parsed:
    """The entries of a `.bib` file, whatever its dialect; see :func:`bibtools.formats.bib.parse`."""
    return bib.parse(text)


def translated(text: str) -> Exported:
    """A `.bib` file of either dialect in this one; see :func:`bibtools.formats.translation.translated`."""
    return translation.translated(text, to_biblatex)
