"""RIS files: their records, read by :mod:`bibtools.formats.ris`, as mentions."""

from __future__ import annotations

from dataclasses import replace

from bibtools.errors import Problem
from bibtools.extract.paper import Lines, mention_of
from bibtools.extract.structured import paper_of
from bibtools.formats import ris
from bibtools.formats.dialects import MONTHS, to_bibtex
from bibtools.model import Entry, Field, Mention


def mentions(text: str, source: str) -> tuple[tuple[Mention, ...], tuple[Problem, ...]]:
    """One mention for each record, its entry in BibTeX's words. What of a record no field says is not reported."""
    parsed = ris.parse(text)
    lines = Lines.of(text)
    found = [
        mention_of(paper_of(_entry(read.entry), read.span.start, read.span.stop), source=source, lines=lines)
        for read in parsed.entries
    ]
    return tuple(found), tuple(problem for problem in parsed.problems if problem.severity != "info")


def _entry(entry: Entry) -> Entry:
    entry = to_bibtex(entry)
    return replace(entry, fields=tuple(map(_month, entry.fields)))


def _month(field: Field) -> Field:
    """The month as a number: the entry's fields are values, whatever macros its target defines."""
    return Field("month", str(MONTHS.index(field.value) + 1)) if field.macro else field
