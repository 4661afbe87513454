"""RIS, the tagged format that every reference manager imports.

Sources: the format specifications of Reference Manager (2001) and of EndNote (2011), whose tags mean different
things for different types of record; and what Zotero, JabRef, Mendeley and EndNote make of each. Where these
disagree, the tag is taken that most of them read rightly and none wrongly.
"""

from __future__ import annotations

from bibtools.formats.ris.document import parse, render

__all__ = ["parse", "render"]
