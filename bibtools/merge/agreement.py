"""Whether two values say the same, as variants of one another, or something else.

A variant differs in what people write differently of one thing: case, accents, initials, abbreviations, a list of
authors that ends in `and others`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from bibtools import latex, names
from bibtools.formats import dates
from bibtools.merge.values import NAME_FIELDS, comparable
from bibtools.model import Field, Name
from bibtools.text import fold

Says = Literal["same", "variant", "another"]

_WORDS = re.compile(r"[^\W_]+|[+#<>=±*/′]")
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "der", "des", "die", "et", "for", "für", "in", "la", "le", "of", "on", "the", "und", "to")
)
_VENUES = frozenset({"journal", "journaltitle", "booktitle", "series", "publisher", "institution", "school"})
_LONGEST = 100_000  # characters; of longer values only the letter counts


def says(one: Field | None, other: Field | None) -> Says:
    """How two values of one field agree; an absent value says nothing, which only another absent one says too.

    >>> says(Field("author", "Kramár, János"), Field("author", "J. Kramar and others"))
    'variant'
    """
    left, right = comparable(one), comparable(other)
    if left == right:
        return "same"
    if one is None or other is None or left is None or right is None:
        return "another"
    if max(len(one.value), len(other.value)) > _LONGEST:
        return "another"
    if one.name in NAME_FIELDS:
        return _people(one.value, other.value)
    words, others = _words(one.value), _words(other.value)
    if words == others or (one.name in _VENUES and _abbreviates(words, others)):
        return "variant"
    return "another"


def _words(value: str) -> list[str]:
    return _WORDS.findall(fold(latex.decode(value, math="unicode")).casefold())


def _abbreviates(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one name of a journal is the other with words cut: `Phys. Rev.` is `Physical Review`."""
    one, other = ([word for word in each if word not in _SMALL_WORDS] for each in (words, others))
    pairs = list(zip(one, other, strict=False))
    return len(one) == len(other) > 0 and all(a.startswith(b) or b.startswith(a) for a, b in pairs)


def _people(one: str, other: str) -> Says:
    left, right = names.parse_bibtex(one), names.parse_bibtex(other)
    if left == right:
        return "same"
    few, many = sorted((left, right), key=lambda people: len(people.names))
    if len(few.names) < len(many.names) and few.complete:
        return "another"
    agree = all(_same_person(a, b) for a, b in zip(few.names, many.names, strict=False))
    return "variant" if few.names and agree else "another"


def _same_person(one: Name, other: Name) -> bool:
    return one == other or names.same_person(one, other)


def date_says(one: Mapping[str, Field], other: Mapping[str, Field]) -> Says:
    """How the dates of two entries agree, each given as its fields `year`, `month`, `day` or `date`.

    The same as far as both are known is the same: `2017` and `2017-06-12`.
    """
    left, right = (moment(fields) for fields in (one, other))
    if left is None or right is None or isinstance(left, str) or isinstance(right, str):
        return "same" if left == right else "another"
    return "same" if all(a == b for a, b in zip(left, right, strict=False)) else "another"


def moment(fields: Mapping[str, Field]) -> tuple[int, ...] | str | None:
    """Year, month and day as far as known; a text where it is no date; None where there is none."""
    found = dates.of_fields(fields.values())
    if found is None or isinstance(found, str):
        return found
    start = found.start
    if start is None or found.is_range or found.circa or start.season:
        return str(found)
    parts = (start.year, start.month, start.day)
    known = parts.index(None) if None in parts else len(parts)
    return tuple(part for part in parts[:known] if part is not None)
