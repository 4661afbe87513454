r"""A name as words: blanks inside braces and after a control word (`Fran\c cois`) separate nothing."""

from __future__ import annotations

import re

from bibtools.text import squeeze

_PIECE = re.compile(r"\\[A-Za-z]+ ?|\\.|[{}, ]|[^\\{}, ]+|\\", re.DOTALL)
_TIE = re.compile(r"(?<!\\)~")


def word_set(text: str) -> frozenset[str]:
    """The words of a table written as one text."""
    return frozenset(text.split())


def tidy(text: str) -> str:
    r"""White space normalised; a tie is a blank, the accent `\~` is not a tie.

    >>> tidy(r" A.~B.  Mu\~noz ")
    'A. B. Mu\\~noz'
    """
    return squeeze(_TIE.sub(" ", text))


def cut(text: str, separator: str) -> list[str]:
    r"""`text` cut at each `separator` (a comma or a blank) that stands outside braces.

    >>> cut("{Smith, Inc} de Boer", " "), cut(r"Fran\c cois Viete", " ")
    (['{Smith, Inc}', 'de', 'Boer'], ['Fran\\c cois', 'Viete'])
    """
    found: list[str] = []
    piece: list[str] = []
    depth = 0
    for match in _PIECE.finditer(text):
        here = match[0]
        if here == separator and depth == 0:
            found.append("".join(piece))
            piece = []
            continue
        depth += (here == "{") - (here == "}" and depth > 0)
        piece.append(here)
    found.append("".join(piece))
    return found


def words(text: str) -> list[str]:
    """The words of a tidy text."""
    return [word for word in cut(text, " ") if word]


def unbraced(text: str) -> str | None:
    r"""What is inside, if the whole text is one group; None otherwise.

    >>> unbraced("{Gemma Team}"), unbraced("{A} and {B}")
    ('Gemma Team', None)
    """
    if len(text) < 2 or text[0] != "{" or text[-1] != "}":
        return None
    depth = 0
    last = len(text) - 1
    for match in _PIECE.finditer(text):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0 and match.end() <= last:
            return None
    return text[1:-1] if depth == 0 else None


def balanced(text: str) -> bool:
    """Whether braces, counted as BibTeX counts them (a backslash changes nothing), are balanced."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def begins_lower(word: str) -> bool:
    r"""Whether the first letter of a word is a small one, looking through braces and accent commands.

    >>> begins_lower("van"), begins_lower(r"{\'E}tienne"), begins_lower("'t")
    (True, False, True)
    """
    plain = re.sub(r"\\[A-Za-z]+(?=[\s{])|\\[^A-Za-z]|\\(?=[A-Za-z])", "", word)
    letter = next((c for c in plain if c.isalpha()), "")
    return letter.islower()
