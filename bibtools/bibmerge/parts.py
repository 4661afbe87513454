"""Everything in a file that is no entry: macros, preambles, comments, remarks, blocks that cannot be read."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bibtools.bibfile import BibFile, BrokenBlock, CommentBlock, FreeText, PreambleBlock, StringBlock
from bibtools.model import Span

PartKind = Literal["string", "preamble", "comment", "remark", "broken"]
_PARAGRAPH = re.compile(r"[^\s][^\r\n]*+(?:(?:\r\n?|\n)[^\S\r\n]*+[^\s][^\r\n]*+)*+")
_KINDS: tuple[tuple[type, PartKind], ...] = (
    (StringBlock, "string"),
    (PreambleBlock, "preamble"),
    (CommentBlock, "comment"),
    (BrokenBlock, "broken"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One such piece; `text` is what it says, without blanks at line ends, `name` that of a macro."""

    kind: PartKind
    text: str
    span: Span
    name: str = ""


def parts(bib: BibFile) -> tuple[Part, ...]:
    """The parts of a file, in order; a paragraph between two blank lines is one remark."""
    found: list[Part] = []
    for block in bib.blocks:
        if isinstance(block, FreeText):
            spans = [Span(*m.span()) for m in _PARAGRAPH.finditer(bib.text, block.span.start, block.span.stop)]
            found += [Part(kind="remark", text=said(bib.text, span), span=span) for span in spans]
            continue
        kind = next((kind for each, kind in _KINDS if isinstance(block, each)), None)
        if kind is not None:
            name = block.name.lower() if isinstance(block, StringBlock) else ""
            found.append(Part(kind=kind, text=said(bib.text, block.span), span=block.span, name=name))
    return tuple(found)


def said(text: str, span: Span) -> str:
    """What stands in a span, with plain line ends and no blanks before them."""
    return "\n".join(line.rstrip() for line in text[span.start : span.stop].splitlines()).strip()


def content_end(text: str, at: int) -> int:
    """The end of what stands before an offset, without the white space."""
    while at and text[at - 1].isspace():
        at -= 1
    return at


def pair(one: Sequence[Part], other: Sequence[Part]) -> dict[int, int]:
    """Index in `one` → index in `other`: macros by name, the rest by text, and what changed by its place.

    Two parts of a kind have one place where the parts before them belong together.
    """
    free: dict[tuple[str, str], deque[int]] = defaultdict(deque)
    for number, part in enumerate(other):
        free[part.kind, part.name or part.text].append(number)
    pairs: dict[int, int] = {}
    for number, part in enumerate(one):
        found = free.get((part.kind, part.name or part.text))
        if found:
            pairs[number] = found.popleft()
    taken = set(pairs.values())
    for number, part in enumerate(one):
        here = pairs.get(number - 1, -1 if number == 0 else None)
        if number in pairs or here is None or part.name:
            continue
        if here + 1 < len(other) and here + 1 not in taken and other[here + 1].kind == part.kind:
            pairs[number] = here + 1
            taken.add(here + 1)
    return pairs
