"""How the search engine turns text into words: Elasticsearch's analysers as arXiv's index uses them.

Each analysis gives one item a word, in order; None is the hole that a stop word leaves.
"""

from __future__ import annotations

import re
import sys
import unicodedata

from tests.standin.porter import stem

_STOP_WORDS = (
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they "
    "this to was will with"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())

_MARKS = "\u0300-\u036f\u00ad\u200d\u20d0-\u20ff"
_WORD = rf"(?:[^\W²³¹¼½¾⁰⁴-⁹₀-₉]|[{_MARKS}])"
_LETTER = r"[^\W\d_]"
# Ideographs and kana stand alone; a colon, point or apostrophe joins letters, a point, comma or apostrophe digits
# (Unicode Standard Annex 29, word boundaries).
_TOKEN = re.compile(
    rf"[\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    rf"|{_WORD}+(?:(?:(?<={_LETTER})[:·.'’](?={_LETTER})|(?<=\d)[.,;'’](?=\d)){_WORD}+)*"
)
_POSSESSIVE = ("'s", "’s", "＇s")
_STRIPPED = str.maketrans("", "", ".,;")


def tokens(text: str) -> list[str]:
    """The words of a text, lower-cased, as the standard tokeniser finds them.

    >>> tokens("Pre-training x_1 of GPT-4: $\\\\lambda$-terms, 3.5 e.g. Newton's")
    ['pre', 'training', 'x_1', 'of', 'gpt', '4', 'lambda', 'terms', '3.5', 'e.g', "newton's"]
    """
    return _TOKEN.findall(text.lower())


def _english(token: str) -> str | None:
    if token.endswith(_POSSESSIVE):
        token = token[:-2]
    if token in STOP_WORDS:
        return None
    return sys.intern(stem(token))


class _Analyser(dict):  # type: ignore[type-arg]
    """A memory of analysed words: most words of a text were seen before."""

    def __missing__(self, token: str) -> str | None:
        self[token] = result = _english(token)
        return result


_ENGLISH = _Analyser()


def english(text: str) -> list[str | None]:
    """Stems, with holes where stop words stood.

    >>> english("The models' attention is all you need")
    [None, 'model', 'attent', None, 'all', 'you', 'need']
    """
    return [_ENGLISH[token] for token in tokens(text)]


def as_it_stands(text: str) -> list[str | None]:
    """Every word as written but for case."""
    return list(tokens(text))


def simple(text: str) -> list[str | None]:
    """Words as written but for case, with holes where stop words stood."""
    return [None if token in STOP_WORDS else token for token in tokens(text)]


_UNDECOMPOSED = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ħ": "h",
        "ŋ": "n",
    }
)
_GERMAN = re.compile(r"(?<=[ao])e|(?<![aeiouq])ue")
_SCANDINAVIAN = re.compile(r"a[aeo]|o[eo]")


def fold(token: str) -> str:
    """A word as names are compared: lower case, accents off, `ae` `oe` `ue` and Nordic doubles reduced.

    >>> fold("Görner"), fold("Goerner"), fold("Kramár")
    ('gorner', 'gorner', 'kramar')
    """
    if not token.isascii():
        decomposed = unicodedata.normalize("NFKD", token.lower().translate(_UNDECOMPOSED))
        token = "".join(c for c in decomposed if not unicodedata.combining(c))
    token = _GERMAN.sub(lambda match: "u" if match[0] == "ue" else "", token.lower())
    return _SCANDINAVIAN.sub(lambda match: match[0][0], token)


def name_words(text: str) -> list[str]:
    """The words of a name: split at blanks only, points and commas dropped, folded.

    >>> name_words("C.-P. Yuan")
    ['c-p', 'yuan']
    """
    return [fold(word) for word in text.translate(_STRIPPED).split()]


def combined(text: str) -> list[str | None]:
    """The words of the mixture that `all:` searches: split at blanks, folded, holes for stop words."""
    return [None if word in STOP_WORDS else word for word in name_words(text)]
