"""After BibTeX's `plain`: numbers, in the order of the alphabet, given names first, titles as sentences.

Source: `plain.bst` of BibTeX 0.99b.
"""

from __future__ import annotations

from bibtools.plugins.plain_body import PlainBody


class Style(PlainBody):
    """Numbered, in the order of the alphabet."""

    alphabetic = True
    small_titles = True
