"""`.bib` files for biblatex."""

from __future__ import annotations

from collections.abc import Sequence

from bibtools.formats import bib
from bibtools.formats.dialects import to_biblatex
from bibtools.formats.items import Exported, Item


def render(items: Sequence[Item]) -> Exported:
    """The items as one `.bib` file in the words of biblatex."""
    return bib.render(items, to_biblatex)
