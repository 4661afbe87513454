"""Do the authors somebody wrote down agree with those of a record?

What is written down may be in any order ("Vaswani, A.", "A. Vaswani", "Ashish Vaswani"), so a name agrees if the
record's family name is among its words and, where both give forenames, an initial is shared too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bibtools.identify.words import plain
from bibtools.model import Name

_WORD = re.compile(r"[^\W\d_]+")
_NOBODY_TEXT = "et al others and the for of on behalf team collaboration group consortium authors"
_NOBODY = frozenset(_NOBODY_TEXT.split())
_LIST_LIMIT = 30
"""Names of a written list that are looked at: a hundred more say nothing new."""


@dataclass(frozen=True, slots=True)
class Writers:
    """A record's authors ready to be compared.

    `people` has of each the words of the family name and the forenames' initials, `names` the words of the first
    names as they are spelled.
    """

    people: tuple[tuple[frozenset[str], frozenset[str]], ...]
    names: tuple[str, ...] = ()


def begins_with(written: Sequence[str], record: Writers) -> bool:
    """Whether the names written down are the record's first ones, each as the record spells it."""
    names = tuple(" ".join(sorted(_words(name))) for name in written if _words(name) - _NOBODY)
    return bool(names) and record.names[: len(names)] == names


def writers(authors: Sequence[Name]) -> Writers:
    """The authors of a record, ready to be compared."""
    people = []
    for name in authors:
        family = _words(name.literal or name.family) - _NOBODY or _words(name.natural) - _NOBODY
        if family:
            people.append((frozenset(family), frozenset(word[0] for word in _words(name.given))))
    return Writers(
        tuple(people),
        tuple(" ".join(sorted(_words(name.natural))) for name in authors[:_LIST_LIMIT] if name.natural),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(plain(text)))


def _is(written: frozenset[str], person: tuple[frozenset[str], frozenset[str]]) -> bool:
    family, initials = person
    if not family <= written:
        return False
    rest = {word[0] for word in written - family}
    return not rest or not initials or not rest.isdisjoint(initials)


def agreement(written: Sequence[str], record: Writers) -> float | None:
    """The part of the names written down that are authors of the record; None if nobody is written down.

    A long list of authors holds most common names, so the first name must be near its beginning.

    >>> from bibtools.model import Name
    >>> team = writers([Name(given="Ashish", family="Vaswani"), Name(given="Noam", family="Shazeer")])
    >>> agreement(["Vaswani, A.", "N. Shazeer"], team), agreement(["J. Doe"], team), agreement(["et al."], team)
    (1.0, 0.0, None)
    """
    names = [words for name in written if (words := _words(name) - _NOBODY)]
    if not names or not record.people:
        return None
    people = record.people
    if len(people) > _LIST_LIMIT and not any(_is(names[0], person) for person in people[:5]):
        return 0.0
    looked_at = names[:_LIST_LIMIT]
    return sum(any(_is(name, person) for person in people) for name in looked_at) / len(looked_at)
