"""What is pasted into the standard input: BibTeX, RIS or CSL by what it looks like, else notes."""

from __future__ import annotations

import re

from bibtools import bibfile
from bibtools.config import Prose
from bibtools.workflow import gather, library

BIB = "stdin.bib"
"""What stands for the source of pasted BibTeX."""

_SHAPES = (
    ("stdin.ris", re.compile(r"^TY {1,2}- ", re.MULTILINE)),
    ("stdin.json", re.compile(r"\A\s*[\[{]")),
    ("stdin.yaml", re.compile(r"\A(?:---\s*\n)?(?:references:|- +id:)")),
)
_ENTRY = re.compile(r"^[ \t]*@[ \t]*[a-z]+[ \t]*[{(]", re.MULTILINE | re.IGNORECASE)


def from_pasted(data: bytes, *, prose: Prose) -> gather.Gathered:
    """The mentions in pasted bytes; of BibTeX among notes both the entries and what the notes mention."""
    text, _ = gather.decoded(data, library.STDIN)
    for name, shape in _SHAPES:
        if text is not None and shape.search(text):
            found = gather.from_bytes(data, name=name, prose="none")
            if found.mentions:
                return found
    if text is None or not _ENTRY.search(text):
        return gather.from_bytes(data, name=library.STDIN, prose=prose)
    entries = gather.from_bytes(text.encode("utf-8", "surrogatepass"), name=BIB, prose="none")
    notes = gather.from_bytes(_without_entries(text).encode("utf-8"), name=library.STDIN, prose=prose)
    return gather.joined((entries, notes))


def _without_entries(text: str) -> str:
    """The text with blanks in the place of all that is BibTeX, so that lines keep their numbers."""
    kept: list[str] = []
    for block in bibfile.parse(text).blocks:
        piece = text[block.span.start : block.span.stop]
        kept.append(piece if isinstance(block, bibfile.FreeText) else re.sub(r"[^\r\n]", " ", piece))
    return "".join(kept)
