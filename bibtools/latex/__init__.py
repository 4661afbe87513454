"""Text ↔ LaTeX: the only place that knows TeX's syntax and characters."""

from __future__ import annotations

from bibtools.latex.accents import uncomposed
from bibtools.latex.case import protect_case
from bibtools.latex.decode import comparable, decode, same_text, to_html
from bibtools.latex.encode import Encoded, encode
from bibtools.latex.name_parts import encode_name_part, protect_initials

__all__ = [
    "Encoded",
    "comparable",
    "decode",
    "encode",
    "encode_name_part",
    "protect_case",
    "protect_initials",
    "same_text",
    "to_html",
    "uncomposed",
]
