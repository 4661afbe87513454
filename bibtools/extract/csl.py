"""CSL items in JSON or YAML, one mention for each."""

from __future__ import annotations

from bibtools import formats
from bibtools.errors import Problem
from bibtools.extract.structured import mentions_of
from bibtools.model import Mention


def mentions(text: str, source: str) -> tuple[tuple[Mention, ...], tuple[Problem, ...]]:
    """One mention for each item; for the problems see :func:`bibtools.formats.csl.documents.parse`."""
    format = "csl-yaml" if source.lower().endswith((".yaml", ".yml")) else "csl-json"
    return mentions_of(formats.parse(text, format), text, source)
