"""One character as LaTeX: kept where pdflatex reads it, a command where there is one."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from bibtools.latex.tables import COMBINING, MATH, TEXT

_READ = """
A0-125 128-137 139-13E 141-148 14A-165 168-17E 192 1C4-1D4 1E2-1E3 1E6-1EB 1F0 1F4-1F5 218-21B 232-233 237
2C6-2C7 2D8-2D9 2DB-2DD E3F 1E02-1E03 1E0D 1E1E-1E21 1E25 1E30-1E31 1E37 1E43 1E45 1E47 1E5B 1E63 1E6D 1E8E-1E91
1E9E 1EF2-1EF3 2010-2016 2018-201A 201C-201E 2020-2022 2026 2030-2031 2039-203B 203D 2044 204E 2052 20A1 20A4
20A6 20A9 20AB-20AC 20B1 2103 2116-2117 211E 2120 2122 212E 2422-2423 25E6 266A
"""
"""What inputenc's utf8 sets up for the encodings OT1, T1, OMS and TS1 (the files `*enc.dfu` of LaTeX 2022)."""

_ALWAYS_COMMANDS = frozenset("§¶†‡©£®™•…")
_ALPHABETS = {
    "BOLD": "mathbf",
    "BOLD ITALIC": "boldsymbol",
    "SCRIPT": "mathcal",
    "BOLD SCRIPT": "mathcal",
    "FRAKTUR": "mathfrak",
    "BLACK-LETTER": "mathfrak",
    "BOLD FRAKTUR": "mathfrak",
    "DOUBLE-STRUCK": "mathbb",
    "SANS-SERIF": "mathsf",
    "SANS-SERIF BOLD": "mathsf",
    "MONOSPACE": "mathtt",
}
_MATH_ACCENTS = {"\u0301": "acute", "\u0308": "ddot"}
_HIDDEN = "AD 61C 200B 200E-200F 202A-202E 2060-206F FE00-FE0F FEFF"


def _numbers(table: str) -> frozenset[int]:
    ranges = [part.split("-") for part in table.split()]
    return frozenset(n for pair in ranges for n in range(int(pair[0], 16), int(pair[-1], 16) + 1))


_READ_BY_PDFLATEX = _numbers(_READ)
INVISIBLE = frozenset(map(chr, _numbers(_HIDDEN)))
"""Characters that print nothing but say how others are joined, directed or coloured; LaTeX goes without them."""


class Written(NamedTuple):
    """A character as LaTeX; `math` says that it needs math, `known` that pdflatex can read it."""

    text: str
    math: bool = False
    known: bool = True


@lru_cache(maxsize=2048)
def in_text(character: str, *, ascii_only: bool = False) -> Written:
    r"""A character that is not ASCII, as it stands outside math.

    >>> in_text("é").text, in_text("é", ascii_only=True).text, in_text("≤"), in_text("§").text
    ('é', "{\\'e}", Written(text='\\leq', math=True, known=True), '\\S{}')
    """
    if character in INVISIBLE:
        return Written("")
    if character in MATH and character != "…" and (not character.isalpha() or character not in TEXT):
        return Written(MATH[character], math=True)
    if character in _ALWAYS_COMMANDS:
        return Written(TEXT[character] + "{}")
    if ord(character) in _READ_BY_PDFLATEX and not ascii_only:
        return Written(character)
    return _spelt(character)


@lru_cache(maxsize=2048)
def in_math(character: str) -> Written:
    r"""A character that is not ASCII, as it stands inside math.

    >>> in_math("α").text, in_math("ℝ").text, in_math("é").text
    ('\\alpha', '\\mathbb{R}', "\\mbox{\\'e}")
    """
    if character in MATH:
        return Written(MATH[character], math=True)
    found = Written("-") if character in "–—" else in_text(character, ascii_only=True)
    if found.math or not found.known or found.text in ("", "-", "'"):
        return found
    text = found.text[1:-1] if found.text.startswith("{") else found.text
    return Written(f"\\mbox{{{text}}}")


def _spelt(character: str) -> Written:
    """A character with a command, an accent, a compatible form, in that order."""
    if character in TEXT:
        text = TEXT[character]
        return Written(f"{{{text}}}" if character.isalpha() else text + "{}" * text[-1].isalpha())
    return _accented(character) or _formula(character) or _compatible(character)


def _accented(character: str) -> Written | None:
    """Accents of Latin letters as text, tonos and dialytika of Greek ones as accents of math."""
    decomposed = unicodedata.normalize("NFD", character)
    base, marks = decomposed[0], decomposed[1:]
    if not marks:
        return None
    if base in MATH and base.isalpha() and all(mark in _MATH_ACCENTS for mark in marks):
        formula = MATH[base]
        for mark in marks:
            formula = f"\\{_MATH_ACCENTS[mark]}{{{formula}}}"
        return Written(formula, math=True)
    if not (base.isascii() and base.isalpha()) or not all(mark in COMBINING for mark in marks):
        return None
    return Written(f"{{{with_accents(base, [COMBINING[mark] for mark in marks])}}}")


def with_accents(base: str, commands: list[str]) -> str:
    r"""A letter under accent commands: `\'e`, `\c{c}`, `\'{\^e}`."""
    for command in commands:
        base = f"\\{command}{{{base}}}" if command.isalpha() or len(base) > 1 else f"\\{command}{base}"
    return base


def _formula(character: str) -> Written | None:
    """Letters of mathematical alphabets, and small figures above and below the line."""
    plain = unicodedata.normalize("NFKC", character)
    kind = unicodedata.decomposition(character).partition(" ")[0]
    if not plain or not all(c.isascii() or c in MATH for c in plain):
        return None
    written = "".join(MATH.get(c, c) for c in plain)
    if kind in ("<super>", "<sub>"):
        return Written(f"{'^' if kind == '<super>' else '_'}{{{written}}}", math=True)
    words = unicodedata.name(character, "").split()
    if kind != "<font>" or len(plain) != 1:
        return None
    style = " ".join(word for word in words[:-2] if word not in ("MATHEMATICAL", "CAPITAL", "SMALL"))
    command = _ALPHABETS.get(style.replace(" ITALIC", "") if style != "BOLD ITALIC" else style)
    if command in ("mathcal", "mathbb") and not plain.isupper():
        command = "mathbf" if command == "mathbb" else None
    if command == "mathbf" and not plain.isascii():
        command = "boldsymbol"
    return Written(f"\\{command}{{{written}}}" if command else written, math=True)


def _compatible(character: str) -> Written:
    """What says the same with known characters (`ﬁ`, full-width letters), else the character itself."""
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and plain.isascii() and plain.isalnum():
        return Written(plain)
    return Written(character, known=False)
