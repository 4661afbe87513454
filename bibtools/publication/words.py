"""Words of titles, and which of them a written word abbreviates.

Titles are abbreviated word by word (ISO 4): each is written in full or cut at its end, rarely contracted;
articles, conjunctions and prepositions are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bibtools import text as texts

_WORD = re.compile(r"&|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = frozenset(
    "of the and in for on with to its their from et de des du la le les der die das und fur van di della del"
    " ed un an at by".split()
)
_SHORTEST = 3
_IRREGULAR = {
    "j": ("journal",), "q": ("quarterly",), "r": ("royal",), "z": ("zeitschrift",), "am": ("american",),
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
    return texts.fold(text).casefold().replace("'", "").replace("’", "")


def words_of(text: str, start: int = 0) -> list[Word]:
    """The words of `text` from `start` on; `&` is the word `and`."""
    found = _WORD.finditer(text, start)
    return [Word("and" if m[0] == "&" else fold(m[0]), m.start(), m.end()) for m in found]


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
