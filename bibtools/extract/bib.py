"""Entries of a `.bib` file, and entries pasted into notes."""

from __future__ import annotations

from collections.abc import Iterator

from bibtools.errors import Problem
from bibtools.extract.paper import Lines, Paper, mention_of
from bibtools.extract.structured import paper_of
from bibtools.model import Mention


def mentions(text: str, source: str) -> tuple[tuple[Mention, ...], tuple[Problem, ...]]:
    """One mention for each entry that can be read; the file's problems as its reader found them."""
    from bibtools import bibfile

    bib = bibfile.parse(text)
    macros = bibfile.macros(bib)
    lines = Lines.of(text)
    found = []
    for block in bib.entries:
        entry = bibfile.entry_of(block, text, macros)
        found.append(mention_of(paper_of(entry, block.span.start, block.span.stop), source=source, lines=lines))
    return tuple(found), bib.problems


def pasted(text: str, start: int, stop: int) -> Iterator[Paper]:
    """The papers of entries that stand in running text, as one place from `start` to `stop` of the source."""
    from bibtools import bibfile

    bib = bibfile.parse(text)
    for block in bib.entries:
        entry = bibfile.entry_of(block, text, bibfile.macros(bib))
        paper = paper_of(entry, start, stop, pasted=True)
        if paper.identifiers or paper.title:
            yield paper
