"""Ordinals, in digits and in words."""

from __future__ import annotations

import re

_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = (
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate([*_UNITS, *_TEENS], start=1)}
_WORDS |= {f"{ten[:-1]}ieth": 10 * number for number, ten in enumerate(_TENS, start=2)}
_WORDS |= {f"{t}-{u}": 10 * n + k for n, t in enumerate(_TENS, start=2) for k, u in enumerate(_UNITS, start=1)}
_ORDINAL = re.compile(
    r"(?P<number>\d{1,3})\s?(?:st|nd|rd|th)\b|(?P<ten>(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)y)[\s-]"
    r"(?P<unit>[a-z]+)\b|(?P<word>[a-z]+)\b",
    re.IGNORECASE,
)


def read_ordinal(text: str, start: int) -> tuple[int, int] | None:
    """The number of the ordinal at `start`, and where it ends.

    >>> read_ordinal("37th", 0), read_ordinal("Thirty-Fourth AAAI", 0), read_ordinal("annual", 0)
    ((37, 4), (34, 13), None)
    """
    match = _ORDINAL.match(text, start)
    if match is None:
        return None
    if match["number"]:
        return int(match["number"]), match.end()
    word = f"{match['ten']}-{match['unit']}" if match["ten"] else match["word"]
    number = _WORDS.get(word.lower())
    return (number, match.end()) if number else None


def write_ordinal(number: int) -> str:
    """The ordinal in digits.

    >>> write_ordinal(33), write_ordinal(111), write_ordinal(22)
    ('33rd', '111th', '22nd')
    """
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
