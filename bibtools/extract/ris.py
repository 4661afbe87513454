"""RIS files: their records, read by :mod:`bibtools.formats.ris`, as mentions."""

from __future__ import annotations

from dataclasses import replace

from bibtools import formats
from bibtools.errors import Problem
from bibtools.extract.paper import Lines
from bibtools.extract.structured import mentions_of
from bibtools.formats.ris import document
from bibtools.model import Mention


def mentions(text: str, source: str) -> tuple[tuple[Mention, ...], tuple[Problem, ...]]:
    """One mention for each record that says something of a work; another is reported (`ris-empty`).

    What no field says is not: a source loses nothing by it.
    """
    parsed = formats.parse(text, "ris")
    works = replace(parsed, entries=tuple(read for read in parsed.entries if read.entry.fields))
    found, problems = mentions_of(works, text, source)
    lines = Lines.of(text)
    empty = [document.empty(lines.number(read.span.start)) for read in parsed.entries if not read.entry.fields]
    return found, tuple(problem for problem in (*problems, *empty) if problem.severity != "info")
