"""People and collectives: taking names apart, writing them, comparing them."""

from __future__ import annotations

from bibtools.names.collective import is_collective
from bibtools.names.compare import author_overlap, key_family, same_person, written_family
from bibtools.names.lists import ServedAuthors, between_ands, parse_bibtex, parse_served
from bibtools.names.split import split
from bibtools.names.write import bibtex, parse_stored, render_stored

__all__ = [
    "ServedAuthors",
    "author_overlap",
    "between_ands",
    "bibtex",
    "is_collective",
    "key_family",
    "parse_bibtex",
    "parse_served",
    "parse_stored",
    "render_stored",
    "same_person",
    "split",
    "written_family",
]
