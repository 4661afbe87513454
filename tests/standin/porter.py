"""The stemmer of M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, pp. 130-137.

With the two departures that Porter published later and that search engines use: `bli` (for `abli`) becomes `ble`,
and `logi` becomes `log`. Words of one or two letters stay as they are.
"""

from __future__ import annotations

import functools
from itertools import pairwise

_STEP2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"),
    ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
    ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
    ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
)  # fmt: skip
_STEP3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
)  # fmt: skip
_STEP4 = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate",
    "iti", "ous", "ive", "ize",
)  # fmt: skip


def _vowels(word: str) -> list[bool]:
    """For each letter whether it is a vowel: a, e, i, o, u, and y after a consonant."""
    found: list[bool] = []
    for letter in word:
        found.append(letter in "aeiou" or (letter == "y" and bool(found) and not found[-1]))
    return found


def _measure(stem: str) -> int:
    """m in [C](VC)^m[V]: how often a consonant follows a vowel."""
    vowels = _vowels(stem)
    return sum(before and not after for before, after in pairwise(vowels))


def _double_consonant(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and not _vowels(word)[-1]


def _consonant_vowel_consonant(word: str) -> bool:
    """The condition *o: ends consonant, vowel, consonant, and the last is not w, x or y."""
    return len(word) > 2 and _vowels(word)[-3:] == [False, True, False] and word[-1] not in "wxy"


def _plural(word: str) -> str:
    """Step 1a."""
    for suffix, replacement in (("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")):
        if word.endswith(suffix):
            return word[: -len(suffix)] + replacement
    return word


def _participle(word: str) -> str:
    """Step 1b."""
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for suffix in ("ed", "ing"):
        stem = word[: -len(suffix)]
        if word.endswith(suffix):
            return _restored(stem) if any(_vowels(stem)) else word
    return word


def _restored(stem: str) -> str:
    """Step 1b, second part: what a stem needs once `ed` or `ing` is gone."""
    if stem.endswith(("at", "bl", "iz")):
        return stem + "e"
    if _double_consonant(stem) and stem[-1] not in "lsz":
        return stem[:-1]
    if _measure(stem) == 1 and _consonant_vowel_consonant(stem):
        return stem + "e"
    return stem


def _mapped(word: str, table: tuple[tuple[str, str], ...]) -> str:
    """Steps 2 and 3: the longest suffix of the table decides, and counts where its stem has m > 0."""
    best = max((row for row in table if word.endswith(row[0])), key=lambda row: len(row[0]), default=None)
    if best is None or _measure(word[: -len(best[0])]) == 0:
        return word
    return word[: -len(best[0])] + best[1]


def _bare(word: str) -> str:
    """Step 4: the longest suffix goes where m > 1."""
    suffix = max((suffix for suffix in _STEP4 if word.endswith(suffix)), key=len, default="")
    stem = word[: len(word) - len(suffix)]
    if not suffix or _measure(stem) < 2 or (suffix == "ion" and not stem.endswith(("s", "t"))):
        return word
    return stem


def _tidied(word: str) -> str:
    """Step 5: a final e, a final double l."""
    if word.endswith("e"):
        measure = _measure(word[:-1])
        if measure > 1 or (measure == 1 and not _consonant_vowel_consonant(word[:-1])):
            word = word[:-1]
    if word.endswith("ll") and _measure(word) > 1:
        word = word[:-1]
    return word


@functools.lru_cache(maxsize=500_000)
def stem(word: str) -> str:
    """The stem of a lower-case word.

    >>> [stem(word) for word in ("caresses", "hopping", "relational", "controllable")]
    ['caress', 'hop', 'relat', 'control']
    """
    if len(word) < 3:
        return word
    word = _participle(_plural(word))
    if word.endswith("y") and any(_vowels(word[:-1])):
        word = word[:-1] + "i"
    return _tidied(_bare(_mapped(_mapped(word, _STEP2), _STEP3)))
