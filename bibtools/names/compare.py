"""Names compared: folded for citation keys, and asked whether two may be one person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bibtools.model import Name
from bibtools.text import fold

_LETTER_COMMANDS = {"ss": "ss", "ae": "ae", "AE": "AE", "oe": "oe", "OE": "OE", "aa": "a", "AA": "A", "o": "o"}
_LETTER_COMMANDS |= {
    "O": "O",
    "l": "l",
    "L": "L",
    "i": "i",
    "j": "j",
    "dh": "d",
    "DH": "D",
    "th": "th",
    "TH": "Th",
}
_LETTER_COMMANDS |= {"dj": "d", "DJ": "D", "ng": "ng", "NG": "NG"}
_COMMAND = re.compile(r"\\(?:([A-Za-z]+) ?|.?)", re.DOTALL)
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґђјљњћџ"
_CYRILLIC_SOUNDS = (
    "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i i ye g dj j lj nj c dz"
)
_GREEK = "αβγδεζηθικλμνξοπρςστυφχψω"
_GREEK_SOUNDS = "a v g d e z i th i k l m n x o p r s s t y f ch ps o"
_SOUNDS = zip(_CYRILLIC + _GREEK, f"{_CYRILLIC_SOUNDS} {_GREEK_SOUNDS}".split(), strict=True)
_ROMAN = str.maketrans({letter: sound.strip("-") for letter, sound in _SOUNDS})
_GLUED_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[- ]?)+(?=[^\W\d_]{3})")
_NOT_KEY = re.compile(r"[^a-z0-9]+")


def _latin(text: str) -> str:
    """In small Latin letters without accents, whether those were characters or commands."""
    text = _COMMAND.sub(lambda match: _LETTER_COMMANDS.get(match[1] or "", ""), text)
    return fold(fold(text).lower().replace("ου", "ou").translate(_ROMAN)).lower().replace("{", "").replace("}", "")


def key_family(name: Name) -> str:
    r"""The family, particle included, as citation keys have it: `[a-z0-9]` only.

    Greek and Cyrillic are transliterated; initials that stick to the family (`A.B.Kaidalov`) are left out. Where
    no letter is left (Chinese, Arabic …) the given name stands in; where that has none either, nothing is left.

    >>> key_family(Name(family="Maaten", particle="van der")), key_family(Name(family=r"Bal\'azs"))
    ('vandermaaten', 'balazs')
    """
    family = name.family if name.given else _GLUED_INITIALS.sub("", name.family, count=1)
    for text in (name.literal or f"{name.particle} {family}", name.given, name.natural):
        key = _NOT_KEY.sub("", _latin(text))
        if key:
            return key
    return ""


def written_family(name: Name) -> str:
    """The family as :func:`key_family` has it, with capitals where the name has them.

    >>> written_family(Name(family="MacDonald")), written_family(Name(family="Kleer", particle="de"))
    ('MacDonald', 'deKleer')
    """
    key = key_family(name)
    family = name.family if name.given else _GLUED_INITIALS.sub("", name.family, count=1)
    for text in (name.literal or f"{name.particle} {family}", name.given, name.natural):
        plain = fold(_COMMAND.sub(lambda match: _LETTER_COMMANDS.get(match[1] or "", ""), text))
        written = re.sub(r"[^A-Za-z0-9]+", "", plain)
        if written.lower() == key:
            return written
    return key[:1].upper() + key[1:]


def same_person(a: Name, b: Name) -> bool:
    """Whether two names may be one person's: accents, initials, missing middle names and the order do not matter.

    >>> same_person(Name(family="Kramár", given="János"), Name(family="Kramar", given="J."))
    True
    """
    left, right = _Folded(a), _Folded(b)
    if a.literal or b.literal:
        return left.joined == right.joined
    if _one_ends_other(left.family, right.family):
        return _compatible(left.given, right.given)
    return sorted(left.family + left.given) == sorted(right.family + right.given)


def author_overlap(a: Sequence[Name], b: Sequence[Name]) -> float:
    """The share of the shorter list that has a counterpart in the other, from 0 to 1; 0 if one is empty.

    >>> author_overlap([Name(family="Shazeer", given="Noam")], [Name(family="Shazeer", given="N.")])
    1.0
    """
    if not a or not b:
        return 0.0
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    waiting: dict[str, list[Name]] = {}
    for name in many:
        for word in _Folded(name).landmarks:
            waiting.setdefault(word, []).append(name)
    used: set[int] = set()
    for name in few:
        near = (other for word in _Folded(name).landmarks for other in waiting.get(word, ())[:50])
        other = next((other for other in near if id(other) not in used and same_person(name, other)), None)
        if other is not None:
            used.add(id(other))
    return len(used) / len(few)


class _Folded:
    """A name as folded words."""

    __slots__ = ("family", "given", "joined")

    def __init__(self, name: Name) -> None:
        self.family = _words(f"{name.particle} {name.family}")
        self.given = _words(name.given)
        self.joined = "".join(_words(name.natural))

    @property
    def landmarks(self) -> set[str]:
        """The words by which a counterpart is looked up: the last of the family, and whole given names."""
        return {self.joined, *self.family[-1:], *(word for word in self.given if len(word) > 1)}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"['’`]", "", _latin(text)))


def _one_ends_other(a: list[str], b: list[str]) -> bool:
    if "".join(a) == "".join(b):
        return bool(a)
    short = min(len(a), len(b))
    return short > 0 and a[-short:] == b[-short:]


def _compatible(a: list[str], b: list[str]) -> bool:
    """Given names agree as far as both are written; an initial agrees with what it begins."""
    first, second = _initials_apart(a, b), _initials_apart(b, a)
    return all(x.startswith(y) or y.startswith(x) for x, y in zip(first, second, strict=False) if _known(x, y))


def _known(x: str, y: str) -> bool:
    return bool(x) and bool(y)


def _initials_apart(given: list[str], other: list[str]) -> list[str]:
    """`PHN` as three initials where the other side begins with a single one or agrees with its letters."""
    if len(given) == 1 and 1 < len(given[0]) <= 3 and len(other) >= len(given[0]):
        letters = list(given[0])
        if [word[0] for word in other[: len(letters)]] == letters:
            return letters
    return given
