"""Words of titles, and which of them a written word abbreviates.

Titles are abbreviated word by word (ISO 4): each is written in full or cut at its end, rarely contracted;
articles, conjunctions and prepositions are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bibtools import text as texts

_WORD = re.compile(r"&|[^\W\d_]+(?:['’][^\W\d_]+)*")
_CAPITAL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_SMALL = frozenset((
    "of", "the", "and", "in", "for", "on", "with", "to", "its", "their", "from", "an", "at", "by", "et", "de",
    "des", "du", "la", "le", "les", "un", "der", "die", "das", "und", "fur", "van", "di", "della", "del", "ed",
))  # fmt: skip
_SHORTEST = 3
_IRREGULAR = {
    "j": ("journal",), "q": ("quarterly",), "r": ("royal",), "z": ("zeitschrift",), "am": ("american", "america"),
    "jour": ("journal",), "jnl": ("journal",), "natl": ("national",), "intl": ("international",),
    "jpn": ("japan",), "rept": ("reports", "report"), "assn": ("association",), "assoc": ("association",),
    "wkshp": ("workshop",), "comms": ("communications",), "engrg": ("engineering",), "engng": ("engineering",),
    "eqns": ("equations",), "eqs": ("equations",), "quart": ("quarterly",), "mfg": ("manufacturing",),
    "vis": ("vision",), "sys": ("systems",), "sci": ("science", "sciences", "scientific"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word: folded (lower case, ASCII, no apostrophe), and its place in the text."""

    text: str
    start: int
    stop: int


def fold(text: str) -> str:
    """`text` in lower case without accents and apostrophes.

    >>> fold("Poincaré"), fold("Pis'ma"), fold("für")
    ('poincare', 'pisma', 'fur')
    """
    plain = text if text.isascii() else texts.fold(text).replace("’", "")
    return plain.casefold().replace("'", "")


def words_of(text: str, start: int = 0) -> list[Word]:
    """The words of `text` from `start` on; `&` is the word `and`, and a capital inside a word begins another one.

    >>> [word.text for word in words_of("ActaPhys.Polon.B38")]
    ['acta', 'phys', 'polon', 'b']
    """
    words = []
    for match in _WORD.finditer(text, start):
        begin = match.start()
        for part in _CAPITAL.split(match[0]):
            words.append(Word("and" if part == "&" else fold(part), begin, begin + len(part)))
            begin += len(part)
    return words


def is_small(word: str) -> bool:
    """Whether abbreviated titles leave the word out."""
    return word in _SMALL


def abbreviates(written: str, word: str) -> bool:
    """Whether `written` stands for `word` of a title; both are folded.

    >>> abbreviates("rev", "review"), abbreviates("natl", "national"), abbreviates("ph", "physics")
    (True, True, False)
    """
    if written == word or word in _IRREGULAR.get(written, ()):
        return True
    return len(written) >= _SHORTEST and word.startswith(written)
