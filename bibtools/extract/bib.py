"""Entries of a `.bib` file, and entries pasted into notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bibtools.errors import Problem
from bibtools.extract.paper import Lines, Paper, mention_of
from bibtools.extract.structured import paper_of
from bibtools.model import Field, Mention


def mentions(text: str, source: str) -> tuple[tuple[Mention, ...], tuple[Problem, ...]]:
    """One mention for each entry that can be read; the file's problems as its reader found them."""
    from bibtools import bibfile

    bib = bibfile.parse(text)
    macros = bibfile.macros(bib)
    lines = Lines.of(text)
    found = []
    for block in bib.entries:
        entry = bibfile.entry_of(block, text, macros)
        mention = mention_of(paper_of(entry, block.span.start, block.span.stop), source=source, lines=lines)
        fields = tuple(_written_out(field, macros) for field in entry.fields)
        found.append(replace(mention, entry=replace(entry, fields=fields)))
    return tuple(found), bib.problems


def _written_out(field: Field, macros: Mapping[str, str]) -> Field:
    """The field without a macro that only its own file defines; months and those of styles stay."""
    from bibtools.bibfile.meaning import MONTHS

    name = field.value.lower()
    known = field.macro and name in macros and name not in MONTHS
    return Field(field.name, macros[name]) if known else field


def pasted(text: str, start: int, stop: int) -> Iterator[Paper]:
    """The papers of entries that stand in running text, as one place from `start` to `stop` of the source."""
    from bibtools import bibfile

    bib = bibfile.parse(text)
    for block in bib.entries:
        entry = bibfile.entry_of(block, text, bibfile.macros(bib))
        paper = paper_of(entry, start, stop, pasted=True)
        if paper.identifiers or paper.title:
            yield paper
