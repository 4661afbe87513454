"""RIS files: their records, read by :mod:`bibtools.formats.ris`, as mentions."""

from __future__ import annotations

from bibtools import formats
from bibtools.errors import Problem
from bibtools.extract.structured import mentions_of
from bibtools.model import Mention


def mentions(text: str, source: str) -> tuple[tuple[Mention, ...], tuple[Problem, ...]]:
    """One mention for each record. What no field says is not reported: a source loses nothing by it."""
    found, problems = mentions_of(formats.parse(text, "ris"), text, source)
    return found, tuple(problem for problem in problems if problem.severity != "info")
