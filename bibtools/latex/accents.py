r"""Accent commands and the letters under them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bibtools.latex.commands import LETTERS
from bibtools.latex.syntax import Node
from bibtools.latex.tables import ACCENTS, TEXT

LETTER_COMMANDS = {command[1:]: letter for letter, command in TEXT.items() if command[1:] in LETTERS}
"""A letter's command, without backslash → the letter."""

_MOST_ACCENTS = 3
_DOTLESS = {"ı": "i", "ȷ": "j"}
_LETTER = re.compile(r"[^\W\d_]")
_ACCENTED = re.compile(r"\\([`'^~=.\"]|[Hckdbvur](?![A-Za-z]))\s*(?:\{([A-Za-z])\}|([A-Za-z]))")
_BLANK_LETTER = re.compile(r" ([^\W\d_])")


def accented_letter(accent: str, letter: str) -> str:
    r"""The letter under the accent, as one character where there is one; a dotless i under an accent is an i.

    >>> accented_letter("'", "e"), accented_letter('"', "ı"), len(accented_letter("~", "q"))
    ('é', 'ï', 2)
    """
    return unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + ACCENTS[accent])


def uncomposed(latex: str) -> tuple[str, ...]:
    r"""The letters under an accent that are no character of their own, each as letter and mark.

    biber writes every accent as Unicode, and pdfLaTeX takes no mark that stands alone.

    >>> uncomposed(r"\'e, \~{q}, \v{s}") == ("q\u0303",)
    True
    """
    letters = (accented_letter(m[1], m[2] or m[3]) for m in _ACCENTED.finditer(latex))
    return tuple(letter for letter in letters if len(letter) > 1)


def letter_after(nodes: Sequence[Node], place: int, accent: str, depth: int = 0) -> tuple[str, int, str] | None:
    r"""The letter under `accent` that stands at `place`, the place behind it, and text left over there.

    The letter is a character (`\'e`, `\c c`), a group of one (`\'{e}`), a command (`\'\i`), or accented itself.
    With an empty `accent` any letter is meant. No letter has more than three accents or braces (`depth`).
    """
    if place >= len(nodes) or depth > _MOST_ACCENTS or (accent and accent not in ACCENTS):
        return None
    node = nodes[place]
    if node.kind == "text":
        match = (_BLANK_LETTER if accent.isalpha() and node.text.isascii() else _LETTER).match(node.text)
        if match is None and accent.isalpha():
            match = _BLANK_LETTER.match(node.text) or (
                None if node.text[:1].isascii() else _LETTER.match(node.text)
            )
        return (match[match.lastindex or 0], place + 1, node.text[match.end() :]) if match else None
    if node.kind == "group":
        inside = letter_after(node.children, 0, "", depth + 1)
        complete = inside is not None and inside[1] == len(node.children) and not inside[2]
        return (inside[0], place + 1, "") if inside is not None and complete else None
    if node.kind == "command" and node.text in LETTER_COMMANDS:
        return LETTER_COMMANDS[node.text], place + 1, ""
    if node.kind == "command" and node.text in ACCENTS:
        inside = letter_after(nodes, place + 1, node.text, depth + 1)
        if inside is not None and len(composed := accented_letter(node.text, inside[0])) == 1:
            return composed, inside[1], inside[2]
    return None


def only_letter(group: Node, *, accented: bool) -> str | None:
    """The letter that is all a group holds; with `accented` also one made by commands."""
    if not accented and not (len(group.children) == 1 and group.children[0].kind == "text"):
        return None
    found = letter_after(group.children, 0, "")
    return found[0] if found is not None and found[1] == len(group.children) and not found[2] else None
