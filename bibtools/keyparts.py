"""What the placeholders of a citation key's pattern stand for: facts in, words out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

Words = tuple[str, ...]

_MAX_FAMILIES = 3


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


MODIFIERS: dict[str, Callable[[Words], Words]] = {
    "lower": lambda words: tuple(map(str.lower, words)),
    "upper": lambda words: tuple(map(str.upper, words)),
    "capitalize": lambda words: (*map(_capital, words[:1]), *words[1:]),
    "abbr": lambda words: tuple(word[:1] for word in words),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One piece of a pattern: a literal text (`name` empty), or a placeholder with its number and modifiers.

    `case` is what the spelling of the name asks for: `lower`, `upper`, or capitals (`title`).
    """

    name: str = ""
    case: str = "lower"
    number: int = 0
    modifiers: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What keys are made from, folded, with its capitals; `words` are the significant ones of those of the title.

    `complete` is false where there are more authors; `telling` is what stands for `letter` and `lettersN`.
    """

    families: Words
    complete: bool
    year: str
    words: Words
    title: Words
    id: str
    fallback: str
    telling: str = ""


def text_of(part: Part, facts: Facts, skipped: int) -> str:
    """What stands for a placeholder; of the significant words the first `skipped` are left out."""
    words = VALUES[part.name](facts, part.number, skipped)
    words = tuple(map(CASES[part.case], words)) if part.name != "id" else words
    between = ""
    for modifier in part.modifiers:
        if modifier in MODIFIERS:
            words = MODIFIERS[modifier](words)
        else:
            between = modifier
    return between.join(filter(None, words))


def made_from(text: str, number: int) -> str:
    """That many letters, made from a text."""
    value = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return "".join(chr(ord("a") + value // 26**place % 26) for place in range(number))


def _up_to(facts: Facts, most: int) -> Words:
    """All families, or of more than `most` the first and `EtAl`."""
    if len(facts.families) <= most and facts.complete:
        return facts.families
    return (*facts.families[:1], "EtAl")


def _and_more(facts: Facts, most: int) -> Words:
    """The first families, and `EtAl` where there are more."""
    shown = facts.families[:most]
    return shown if len(shown) == len(facts.families) and facts.complete else (*shown, "EtAl")


def _alpha(facts: Facts) -> Words:
    """The names of a label as BibTeX's alpha.bst makes it (`format.lab.names`)."""
    first = facts.families
    if len(first) == 1 and facts.complete:
        return (first[0][:3],)
    most = 4 if len(first) <= 4 and facts.complete else 3
    return ("".join(map(_capital, (family[:1] for family in first[:most]))) + ("+" if most == 3 else ""),)


CASES: dict[str, Callable[[str], str]] = {"lower": str.lower, "title": _capital, "upper": str.upper}
TELLING_APART = ("letter", "letters")
VALUES: dict[str, Callable[[Facts, int, int], Words]] = {
    "family": lambda facts, number, skipped: facts.families[:1],
    "last": lambda facts, number, skipped: facts.families[1:][-1:],
    "families": lambda facts, number, skipped: _up_to(facts, number or _MAX_FAMILIES),
    "authors": lambda facts, number, skipped: facts.families[:number],
    "etal": lambda facts, number, skipped: _and_more(facts, number),
    "auth": lambda facts, number, skipped: tuple(family[:number] for family in facts.families[:1]),
    "initials": lambda facts, number, skipped: tuple(family[:1] for family in facts.families[1:]),
    "alpha": lambda facts, number, skipped: _alpha(facts),
    "year": lambda facts, number, skipped: (facts.year,),
    "yy": lambda facts, number, skipped: (facts.year[-2:],),
    "word": lambda facts, number, skipped: facts.words[skipped : skipped + 1],
    "words": lambda facts, number, skipped: facts.words[skipped : skipped + number],
    "title": lambda facts, number, skipped: facts.title[:number],
    "id": lambda facts, number, skipped: (facts.id,),
    "letter": lambda facts, number, skipped: (facts.telling,),
    "letters": lambda facts, number, skipped: (facts.telling,),
}
NUMBERED = {
    "families": (False, True),
    **dict.fromkeys(("authors", "etal", "auth", "words", "title", "letters"), (True,)),
}
"""Whether a number may stand behind a placeholder; where nothing is said, none may."""
