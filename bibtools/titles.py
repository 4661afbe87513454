r"""Titles compared by what they say: two writings of one title have one form, and two titles have two.

LaTeX or Unicode, accents, braces, case, quotes, punctuation, dashes between words and white space make no
difference. What tells papers apart does: numbers and Roman numerals as written, Greek letters, primes, signs
(`B^+` and `B^-`, `<` and `>`, `C`, `C++` and `C#`), and whether something is raised or lowered (`L^2`, `L_2`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from itertools import groupby
from typing import NamedTuple

from bibtools.latex import formula, signs
from bibtools.latex.decode import pieces
from bibtools.text import fold

LONGEST = 20_000
"""Code points of a value that are looked at; what is longer is no title."""

_TAGGED = re.compile(r"<(/?)(\w{1,4})>|([^<]+|<)")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[^\\]", re.DOTALL)
_TYPED_SCRIPT = re.compile(r"([\^_])([-+*′'−]{0,3}\d+|[-+*′'−]|[^\W_])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TYPED_SIGNS = {
    "<->": "↔", "<=>": "↔", "-->": "→", "->": "→", "=>": "→", "<--": "←", "<-": "←",
    "–>": "→", "<–": "←", "<=": "≤", ">=": "≥", "!=": "≠", "+/-": "±",
}  # fmt: skip
_TYPED_SIGN = re.compile("|".join(map(re.escape, sorted(_TYPED_SIGNS, key=len, reverse=True))))
_ALIKE = dict(zip("⟶⇒⟹↦⟼⟵⇐⟸⟷⇔⟺⩽≦⩾≧♯∗⋆⁎⁄∕≃∅µıȷ", "→→→→→←←←↔↔↔≤≤≥≥#***//≈⌀μij", strict=True))
_DASHES = frozenset("-‐‑‒–−")
_APOSTROPHES = frozenset("'’")
_OPENING = frozenset("'‘‚")
_NO_SIGNS = frozenset("|~¬∣∥‖⋅∙∖")
_OTHER_SIGNS = frozenset("#%&←→↔†‡⌀∅")
_MANY_SPELLINGS = frozenset("→←↔=&/.()√")
_BARS = frozenset("\u0304\u0305")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_ROMAN = re.compile(r"[ivx]+\Z")
_GREEK = re.compile("[\u0370-\u03ff]")
_GREEK_RUN = re.compile("[\u0370-\u03ff]+|[^\u0370-\u03ff]+")


class _Mark(NamedTuple):
    """One character, and whether it is raised (`^`), lowered (`_`) or neither."""

    sign: str
    level: str = ""


_END = _Mark(" ")


@lru_cache(maxsize=8_192)
def meaning(title: str) -> str:
    r"""What a title says, in a form to compare; empty where it says nothing.

    `title` is LaTeX, or the mixture of it with Unicode that services answer.

    >>> meaning(r"Search for $B^+ \to {K}^+$") == meaning("Search for B⁺ → K⁺")
    True
    >>> meaning("Search for B⁺ → K⁺") == meaning("Search for B⁻ → K⁻")
    False
    >>> meaning("Spaces of type $L^2$"), meaning("A {C++} Primer")
    ('spacesoftypel^(2)', 'ac++primer')
    """
    kept = _Reader(tuple(_marks(title[:LONGEST]))).read()
    return "".join(_written(kept))


class Signs(NamedTuple):
    """The signs of a title that no word says: in order, with what is raised and what is lowered in it.

    `loose` counts minus signs between blanks, as they come out of a PDF: each may be one or a dash.
    """

    signs: tuple[str, ...]
    raised: frozenset[str]
    lowered: frozenset[str]
    loose: int = 0


def signs_of(title: str) -> Signs:
    r"""The signs that tell papers apart; arrows and equals signs, which have many spellings, are left out.

    >>> signs_of(r"$B^+ \to K^{*0}\psi'$")[:2]
    (('+', '*', '′'), frozenset({'0'}))
    """
    kept = _Reader(tuple(_marks(title[:LONGEST]))).read()
    found = {"^": set[str](), "_": set[str]()}
    for level, group in groupby(filter(None, kept), key=lambda mark: mark.level):
        text = "".join(mark.sign for mark in group if mark.sign.isalnum())
        if level and text:
            found[level].add(text.casefold())
    return Signs(
        signs=tuple(
            mark.sign for mark in kept if mark and not (mark.sign.isalnum() or mark.sign in _MANY_SPELLINGS)
        ),
        raised=frozenset(found["^"]),
        lowered=frozenset(found["_"]),
        loose=title.count(" − "),
    )


def same_signs(ours: Signs, theirs: Signs) -> bool:
    """Whether the signs can be one title's: `B+` is not `B-`, nor what is raised in one lowered in the other.

    >>> same_signs(signs_of("K − π +"), signs_of("K⁻π⁺")), same_signs(signs_of("L2"), signs_of("L²"))
    (True, True)
    """
    if ours.raised & (theirs.lowered - theirs.raised) or ours.lowered & (theirs.raised - theirs.lowered):
        return False
    mine, yours = Counter(ours.signs), Counter(theirs.signs)
    missing = yours - mine
    return not mine - yours and (not missing or (set(missing) == {"-"} and missing["-"] <= ours.loose))


# --- a title as characters, each with its level --------------------------------------------------------------


def _marks(title: str) -> Iterator[_Mark]:
    levels: list[str] = []
    typed = ""  # `^` or `_` that a group follows
    for piece in pieces(title):
        level = next(filter(None, levels), "")
        if piece.kind == "open":
            levels.append({"sup": "^", "sub": "_"}.get(piece.text, typed))
        elif piece.kind == "close":
            levels.pop()
        elif piece.kind == "text":
            yield from _of_text(piece.text, level)
        else:
            yield from _of_math(piece.text, level)
        typed = piece.text[-1] if piece.kind == "text" and piece.text[-1:] in ("^", "_") else ""


def _of_text(text: str, level: str) -> Iterator[_Mark]:
    r"""Text, in which `^` and `_` are typed as in mathematics: `L^2`, `10^-5`, `H_2O`."""
    text = _THOUSANDS.sub("", text)
    at = 0
    for match in _TYPED_SCRIPT.finditer(text):
        yield from _characters(text[at : match.start()], level)
        yield from _characters(match[2], level or match[1])
        at = match.end()
    yield from _characters(text[at:], level)


def _of_math(source: str, level: str) -> Iterator[_Mark]:
    said = formula.in_html(source)
    if said is None:
        yield from _of_tex(source, level)
        return
    levels: list[str] = []
    for match in _TAGGED.finditer(said.replace("'", "′")):
        if match[3]:
            yield from _characters(unescape(match[3]), level or (levels[0] if levels else ""))
        elif match[2] in ("sup", "sub"):
            if match[1]:
                levels.pop()
            else:
                levels.append("^" if match[2] == "sup" else "_")


def _of_tex(source: str, level: str) -> Iterator[_Mark]:
    r"""A formula that HTML has no words for: known commands are their signs, others their names."""
    levels, script = [level], ""
    for mark in _TOKEN.findall(source):
        if mark in ("^", "_", "\\sp", "\\sb"):
            script = {"\\sp": "^", "\\sb": "_"}.get(mark, mark)
        elif mark == "{":
            levels.append(levels[-1] or script)
            script = ""
        elif mark == "}":
            levels = levels[:-1] or [level]
        elif mark[0] == "\\" and mark[1:] in _UNSEEN:
            continue
        elif not mark.isspace():
            said = signs.SYMBOLS.get(mark[1:], mark[1:]) if mark[0] == "\\" else mark
            yield from _characters(said.replace("'", "′"), levels[-1] or script)
            script = ""


_UNSEEN = signs.IGNORED | signs.PLAIN_FONTS | signs.BOLD | frozenset(signs.ALPHABETS) | signs.WORDS


def _characters(text: str, level: str) -> Iterator[_Mark]:
    """Letters without accents (but for a bar), signs by one of their names, scripts of Unicode as such."""
    if not level:
        text = _TYPED_SIGN.sub(lambda match: _TYPED_SIGNS[match[0]], text)
    for character in text:
        kind, _, rest = unicodedata.decomposition(character).partition(" ")
        if kind in ("<super>", "<sub>") and " " not in rest:  # two characters: a trade mark
            yield from _characters(chr(int(rest, 16)), level or ("^" if kind == "<super>" else "_"))
        elif character in "″‴":
            yield from [_Mark("′", level)] * "′″‴".index(character) + [_Mark("′", level)]
        elif character.isalnum() and character not in _ALIKE:
            folded = "".join(_ALIKE.get(each, each) for each in fold(character))
            yield from (_Mark(each, level) for each in folded)
            if not _BARS.isdisjoint(unicodedata.normalize("NFD", character)):
                yield _Mark("\u0304", level)
        elif character in _BARS or unicodedata.category(character)[0] not in "MC":  # other accents, soft hyphens
            yield _Mark(_ALIKE.get(character, character), level)


# --- which of them say something ---------------------------------------------------------------------------


class _Reader:
    """Reads the characters of one title in order; what says nothing becomes None, and so do the gaps."""

    def __init__(self, marks: tuple[_Mark, ...]) -> None:
        self.marks = marks
        self.quoted = False

    def read(self) -> list[_Mark | None]:
        """The characters that count."""
        return [self._kept(place, mark) for place, mark in enumerate(self.marks)]

    def _at(self, place: int) -> _Mark:
        return self.marks[place] if 0 <= place < len(self.marks) else _END

    def _kept(self, place: int, mark: _Mark) -> _Mark | None:
        sign, level = mark
        if sign.isalnum():
            return mark
        if sign == "′" or sign in _APOSTROPHES or sign in _OPENING:
            return _Mark("′", "^") if sign == "′" or self._is_prime(place) else None
        if sign == "*":
            return _Mark(sign, "^") if self._is_star(place) else None
        if sign in _BARS:
            return _Mark("¯", "^") if self._is_symbol(place - 1) else None
        if sign in _DASHES:
            return _Mark("-", level) if level or self._is_minus(place) else None
        if sign in "./":
            return mark if self._at(place - 1).sign.isdigit() and self._at(place + 1).sign.isdigit() else None
        if sign in "()":
            return mark if level else None
        if sign in _OTHER_SIGNS or (unicodedata.category(sign) == "Sm" and sign not in _NO_SIGNS):
            return mark
        return None

    def _is_word(self, place: int) -> bool:
        """Whether a letter or digit stands on the line there."""
        sign, level = self._at(place)
        return not level and sign.isalnum()

    def _is_symbol(self, place: int) -> bool:
        """Whether a letter stands there that is no part of a word."""
        if not self._at(place).sign.isalpha():
            return False
        after = place + 1 + (self._at(place + 1).sign in _BARS)
        alone = not (self._is_word(place - 1) or self._is_word(after))
        return alone or _GREEK.match(self._at(place).sign) is not None

    def _is_prime(self, place: int) -> bool:
        """Whether a quote or apostrophe is a prime: behind a symbol or number, where no quotation ends."""
        sign, before, after = self.marks[place].sign, self._at(place - 1), self._at(place + 1)
        if sign in _OPENING and not (before.sign.isalnum() or before.sign in ")]}′'") and after.sign.isalnum():
            self.quoted = True
            return False
        if after.sign.isalpha() or sign not in _APOSTROPHES:
            return False
        if self.quoted:
            self.quoted = False
            return False
        behind = bool(before.level) or before.sign.isdigit() or before.sign in ")]}′'"
        return behind or self._is_symbol(place - 1)

    def _is_star(self, place: int) -> bool:
        """Whether a star belongs to a symbol; behind the last word of all it leads to a footnote."""
        ends = place + 1 == len(self.marks)
        return not (ends and self._is_word(place - 1) and self._is_word(place - 2) and self._is_word(place - 3))

    def _is_minus(self, place: int) -> bool:
        """Whether a dash on the line is a minus: at a symbol or number, not between or behind words."""
        before, after = self._at(place - 1), self._at(place + 1)
        if before.sign in "([/" and after.sign in ")]/":
            return True
        if before.level or before.sign.isalnum() or before.sign in ")]}":
            opens = after.level or after.sign.isalnum() or after.sign in "([{"
            return not opens and self._is_symbol(place - 1)
        if after.sign.isdigit():
            return True
        return self._is_symbol(place + 1)


# --- the form ----------------------------------------------------------------------------------------------


def _written(kept: list[_Mark | None]) -> Iterator[str]:
    """Words without what is between them, but for a boundary where two numbers would become one."""
    before = ""
    for kind, group in groupby(kept, key=_kind):
        marks = [mark for mark in group if mark is not None]
        if kind == "word":
            word = _cased("".join(mark.sign for mark in marks))
            if _would_join(before, word):
                yield "|"
            yield word
            before = word
        elif kind == "sign":
            yield "".join("and" if mark.sign == "&" else mark.sign for mark in marks)
            before = ""
        elif kind == "script":
            yield from _scripts(marks, before)
            before = ""


def _kind(mark: _Mark | None) -> str:
    if mark is None:
        return ""
    return "script" if mark.level else "word" if mark.sign.isalnum() else "sign"


def _cased(word: str) -> str:
    """In small letters, but a Greek letter by itself is a symbol and has its case."""
    runs = _GREEK_RUN.findall(word)
    return "".join(run if len(run) == 1 and _GREEK.match(run) else run.casefold() for run in runs)


def _would_join(before: str, word: str) -> bool:
    """Whether `1` and `2` would be read as `12`, or `II` and `I` as `III`."""
    if before[-1:].isdigit() and word[0].isdigit():
        return True
    return _ROMAN.match(before) is not None and _ROMAN.match(word) is not None


def _scripts(marks: list[_Mark], before: str) -> Iterator[str]:
    """What is lowered and raised at one symbol, in one order; a raised sign says the same on the line."""
    raised = [mark.sign for mark in marks if mark.level == "^"]
    lowered = "".join(mark.sign for mark in marks if mark.level == "_").casefold()
    letters = "".join(sign for sign in raised if sign.isalnum() or sign in "()").casefold()
    yield from (sign for sign in raised if not (sign.isalnum() or sign in "()"))
    if lowered:
        yield f"_({lowered})"
    if letters:
        yield letters if letters in _ORDINALS and before[-1:].isdigit() else f"^({letters})"
