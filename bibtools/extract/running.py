"""Mentions in running text: plain notes, Markdown, HTML."""

from __future__ import annotations

from typing import Literal

from bibtools.extract.assemble import assemble
from bibtools.extract.inline import definitions_of, passages, unused
from bibtools.extract.layout import blocks
from bibtools.extract.paper import Lines, mention_of
from bibtools.extract.passage import Passage
from bibtools.extract.piece import Piece
from bibtools.extract.pieces import pieces_of
from bibtools.model import Mention


def mentions_and_prose(
    text: str,
    source: str,
    *,
    kind: Literal["notes", "markdown", "html"],
    prose: Literal["txt", "all", "none"],
) -> tuple[tuple[Mention, ...], int]:
    """The mentions of a text, in order, and the number of its paragraphs of other prose."""
    counts = prose == "all" or (prose == "txt" and kind == "notes")
    if kind == "html":
        from bibtools.extract.html import described_paper, html_passages

        page = described_paper(text)
        if page is not None:
            return (mention_of(page, source=source, lines=Lines.of(text)),), 0
        found = html_passages(text)
    else:
        found = text_passages(text, markdown=kind == "markdown")
    pieces: list[Piece] = []
    for number, passage in enumerate(found):
        if passage.kind == "entry":
            from bibtools.extract.bib import pasted

            start, stop = passage.place(0, len(passage.text))
            papers = tuple(pasted(passage.text, start, stop))
            pieces.append(Piece(role="papers", start=start, stop=stop, passage=number, papers=papers))
        else:
            pieces += pieces_of(passage, number, prose=counts, markdown=kind != "notes")
    papers, skipped = assemble(pieces)
    lines = Lines.of(text)
    mentions = (mention_of(paper, source=source, lines=lines) for paper in papers)
    return tuple(sorted(mentions, key=lambda mention: mention.span.start)), skipped


def text_passages(text: str, *, markdown: bool) -> list[Passage]:
    """The passages of plain notes or Markdown, in order."""
    text = text.replace("\f", " ").replace("\v", " ")
    if text.startswith("\ufeff"):
        text = " " + text[1:]
    definitions = definitions_of(text)
    found = [
        p for block in blocks(text, markdown=markdown) for p in passages(block, definitions, markdown=markdown)
    ]
    return sorted([*found, *unused(definitions)], key=lambda passage: passage.anchors[0][1])
