"""A text as words to compare: case, accents, ligatures, TeX commands and line breaks out of the way.

Two writings of one abstract (typed, copied from a PDF, answered by the service) differ most in their
mathematics; so only *words*, tokens with at least two letters that stand outside of commands, are aligned.
The rest, *marks* (numbers, single letters, symbols' names), only decides between otherwise equal texts.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from bibtools.identify.commonness import rarity
from bibtools.text import fold, unwrap
from bibtools.titles import Signs, signs_of

_SOFT = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_ACCENT = re.compile(
    r"\\[\"'`^~=.’“”](?:\s*\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z]))"
    r"|\\[uvHcdbrk](?:\s*\{\s*\\?([A-Za-z])\s*\}|\s+([A-Za-z]))"
)
_STARS = str.maketrans("∗⋆", "**")
_LETTER = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])\s*(?:\{\})?")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?")
_LINK = re.compile(
    r"https?://\S+|\bwww\.\S+|\b[\w-]{1,40}(?:\.[\w-]{1,40}){0,3}\.(?:com|org|edu|net|io|ai|gov)(?:/\S*)?(?!\w)",
    re.IGNORECASE,
)
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_TEXT = """
alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega
"""
_GREEK_NAMES = _GREEK_TEXT.split()
_GREEK_COMMAND = re.compile(rf"\\(?:var)?({'|'.join(_GREEK_NAMES)})(?![A-Za-z])", re.IGNORECASE)
_GREEK_LETTERS = dict(zip(_GREEK_NAMES, "αβγδεζηθικλμνξπρστυφχψω", strict=True))
_SYMBOL = re.compile(
    r"(?:math(?:bb|cal|frak|bf|rm|scr|sf|it)|text(?:bf|it|rm|tt|sc)|operatorname)\w*|\w*arrow|o(?:plus|times|minus)|infty"
    r"|[lg]eq{1,2}|varinjlim|varprojlim|colon|subset(?:eq)?|[lr]times|leqslant|geqslant|partial|cdots?|ldots?|frac|sqrt"
)
_TOKEN = re.compile(r"[^\W_]+|[*]")
_MATH = re.compile(r"\$[^$]{0,400}\$")
LONGEST = 20_000
"""Code points of a text that are looked at; longer ones are not abstracts."""


@dataclass(frozen=True)
class Words:
    """A text ready to be compared.

    `words` are its words in order, `marks` the other Latin and Greek tokens in order, `plain_marks` those outside
    `$…$`, `holes` the places in `words` (numbers of words before them) that mathematics takes, `source` the text.
    """

    words: tuple[str, ...]
    marks: tuple[str, ...]
    plain_marks: tuple[str, ...]
    holes: tuple[int, ...] = ()
    source: str = ""

    @cached_property
    def signs(self) -> Signs:
        """The signs of a title: plus and minus, primes, what is raised and lowered."""
        return signs_of(self.source)

    @cached_property
    def plain_signs(self) -> Signs:
        """Those outside of mathematics."""
        return signs_of(_MATH.sub(" ", self.source))

    @cached_property
    def weight(self) -> float:
        """What all the words tell, in the units of :func:`weigh`."""
        return sum(map(weigh, self.words))

    @cached_property
    def bits(self) -> float:
        """What the different words tell, in bits."""
        return sum(map(rarity, set(self.words)))

    @cached_property
    def telling(self) -> frozenset[str]:
        """The different words but for stop words."""
        return frozenset(word for word in self.words if rarity(word) > 0)


def weigh(word: str) -> float:
    """The part a word plays in a comparison: full for words that carry the subject, little for stop words.

    Two letters, or a few with a digit, are as a rule the remains of mathematics.
    """
    bits = rarity(word)
    if bits == 0 or len(word) == 2 or (len(word) < 5 and not word.isalpha()):
        return 0.15
    return 0.5 if bits < 5 or (len(word) == 3 and bits > 7) else 1.0


def _accent(found: re.Match[str]) -> str:
    return next(letter for letter in found.groups() if letter)


def plain(text: str) -> str:
    r"""Lower case without accents, ligatures, TeX accents and commands; mathematics keeps its dollars.

    >>> plain("The \\emph{Fr\\'echet} ﬁlter of $\\alpha_1$")
    'the {frechet} filter of $ α _1$'
    """
    text = unicodedata.normalize("NFKC", _SOFT.sub("", text[:LONGEST]))[:LONGEST]
    text = _LINK.sub(" ", unwrap(text)).translate(_STARS)
    if "\\" in text:
        text = _ACCENT.sub(_accent, text)
        text = _LETTER.sub(r"\1", text)
        text = _GREEK_COMMAND.sub(lambda found: _GREEK_LETTERS[found[1].lower()], text)
        text = _COMMAND.sub("", text)
    return _GREEK.sub(r" \g<0> ", fold(text).lower())


def _is_word(token: str) -> bool:
    return token.isalpha() if len(token) == 2 else len(token) > 2 and sum(map(str.isalpha, token)) > 1


def split(text: str) -> Words:
    """The words and marks of a text.

    >>> found = split("We study $L^2$-extension of 2D maps.")
    >>> found.words, found.marks, found.plain_marks, found.holes
    (('we', 'study', 'extension', 'of', 'maps'), ('l', '2', '2d'), ('2d',), (2,))
    """
    source, text = text, plain(text)
    words: list[str] = []
    marks: list[str] = []
    outside: list[str] = []
    maths = [found.span() for found in _MATH.finditer(text)] if "$" in text else []
    at = 0
    holes: set[int] = set()
    for found in _TOKEN.finditer(text):
        while at < len(maths) and maths[at][1] <= found.start():
            holes.add(len(words))
            at += 1
        inside = at < len(maths) and maths[at][0] <= found.start()
        if inside:
            holes.add(len(words))
        token = found.group()
        if _is_word(token):
            if not _SYMBOL.fullmatch(token):
                words.append(sys.intern(token))
            continue
        if not (token.isascii() or _GREEK.match(token)):
            continue
        marks.append(token)
        if not inside:
            outside.append(token)
    if at < len(maths):
        holes.add(len(words))
    return Words(tuple(words), tuple(marks), tuple(outside), tuple(sorted(holes)), source)
