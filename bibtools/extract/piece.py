"""Part of a source and what it can be for a mention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bibtools.extract.paper import Paper
from bibtools.model import Identifier, PartialDate

Role = Literal[
    "title", "authors", "abstract", "bare", "head", "ids", "header", "date", "comment", "other", "papers", "text",
    "prose", "rule", "break",
]  # fmt: skip
"""`bare`: a paragraph that reads like an abstract; `head`: a title with authors; `ids`: nothing but identifiers;
`header`: the line that opens an entry of arXiv's listings; `other`: a labelled line that says nothing we keep;
`papers`: complete already; `text`: a few words without a label, perhaps a title or a comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Part of a source. `passage` numbers the passage it comes from; a `weak` piece proves nothing by itself."""

    role: Role
    start: int
    stop: int
    passage: int = 0
    text: str = ""
    authors: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    date: PartialDate | None = None
    weak: bool = False
    papers: tuple[Paper, ...] = ()
