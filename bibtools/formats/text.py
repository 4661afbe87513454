"""Plain text: one paragraph a work, for a mail, a terminal or an editor.

Lines are wrapped, because nothing that shows plain text can be relied on to do it: a mail's lines end before
column 78 (RFC 5322, 2.1.1). An address is never broken, so that it can be followed; the key stands first, to be
found.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from bibtools.formats.items import Exported, Item
from bibtools.formats.references import links, otherwise, sentence, venue, when, who
from bibtools.formats.works import Work, work_of

_WIDTH = 76
_INDENT = "    "


def render(items: Sequence[Item]) -> Exported:
    """The items as paragraphs with a blank line between them."""
    return Exported(text="\n".join(_paragraph(work_of(item)) for item in items))


def _paragraph(work: Work) -> str:
    where = ", ".join(filter(None, (venue(work).text, when(work))))
    said = " ".join(sentence(part) for part in (who(work), work.title, where) if part)
    addresses = [link.address for link in links(work)]
    lines = [
        *([f"[{work.key}]"] if work.key else []),
        *_wrapped(said or otherwise(work)),
        *(_INDENT + address for address in addresses),
    ]
    return "".join(f"{line}\n" for line in lines)


def _wrapped(text: str) -> Iterator[str]:
    """The text in indented lines; it may break at blanks and between wide characters."""
    line, width = "", 0
    for piece in _pieces(text):
        size = sum(map(_columns, piece))
        if line and width + sum(map(_columns, piece.rstrip())) > _WIDTH - len(_INDENT):
            yield _INDENT + line.rstrip()
            line, width = "", 0
        line, width = line + piece, width + size
    if line:
        yield _INDENT + line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """The parts between which a line may end, each with the blank behind it."""
    start = 0
    for place, char in enumerate(text, start=1):
        follows = text[place : place + 1]
        if not follows or char == " " or (_columns(char) == _columns(follows) == 2 and follows.isalnum()):
            yield text[start:place]
            start = place


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
