"""Lists of authors: as a service gives them, and as a BibTeX field holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bibtools.model import Name
from bibtools.names.collective import is_collective
from bibtools.names.split import split
from bibtools.names.words import cut, tidy, unbraced

_ONLY_OTHERS = re.compile(r"(?:and |&|\\& )?(?:et\.? ?al\b\.?|(?:many )?others\.?|\.\.\.|…)\Z", re.IGNORECASE)
_TRAILING_OTHERS = re.compile(r"[, ] ?(?:et\.? al\b\.?|and others\.?)\Z", re.IGNORECASE)
_ON_BEHALF = re.compile(r"(?:^|[ (,])(?:for|on behalf of) (?:the )?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedAuthors:
    """Authors in order; `complete` is false where the list ends in "et al."."""

    names: tuple[Name, ...]
    complete: bool


def parse_served(names: Sequence[str]) -> ServedAuthors:
    """The author list as the service gives it, one string a name.

    A name `:` marks the one before it as a collective and is dropped; `et al.` and `and others` are dropped and
    make the list incomplete; `X Collaboration: A. Person` and `A. Person for the X Collaboration` are two authors.

    >>> [n.literal or n.family for n in parse_served(["Gemma Team", ":", "Morgane Riviere"]).names]
    ['Gemma Team', 'Riviere']
    """
    people: list[Name] = []
    complete = True
    for text in map(tidy, names):
        if text == ":":
            if people:
                people[-1] = Name(literal=people[-1].natural)
            continue
        if _ONLY_OTHERS.match(text):
            complete = False
            continue
        shorter = _TRAILING_OTHERS.sub("", text)
        complete = complete and shorter == text
        people.extend(_people(shorter))
    return ServedAuthors(names=tuple(people), complete=complete)


def _people(text: str) -> Iterator[Name]:
    """The authors that one served name stands for: mostly one."""
    head, colon, rest = (part.strip() for part in text.partition(":"))
    if colon and not rest:
        yield from (Name(literal=part) for part in [head] if part)
    elif colon and is_collective(head):
        yield Name(literal=head)
        yield from _people(rest)
    else:
        yield from _person(text)


def _person(text: str) -> Iterator[Name]:
    found = _ON_BEHALF.search(text)
    collective = text[found.end() :].strip(" )") if found else ""
    if found and is_collective(collective):
        person = text[: found.start()].strip(" (,")
        if person:
            yield split(person)
        yield Name(literal=collective)
    elif any(c.isalnum() for c in text):
        yield split(text)


def parse_bibtex(value: str) -> ServedAuthors:
    """The names of an `author` field, separated by `and` outside braces; texts stay LaTeX.

    >>> parse_bibtex("{Gemma Team} and de With, Peter and others")  # doctest: +ELLIPSIS
    ServedAuthors(names=(Name(... literal='Gemma Team'), Name(family='With', ...)), complete=False)
    """
    people: list[Name] = []
    complete = True
    for text in between_ands(value):
        if text.lower() == "others":
            complete = False
            continue
        name = split(text)
        inside = unbraced(name.family)
        people.append(name if inside is None else replace(name, family=inside))
    return ServedAuthors(names=tuple(people), complete=complete)


def between_ands(value: str) -> Iterator[str]:
    """The names of a list as they are written, white space normalised."""
    name: list[str] = []
    for word in cut(tidy(value), " "):
        if word.lower() == "and":
            if name:
                yield " ".join(name)
            name = []
        else:
            name.append(word)
    if name:
        yield " ".join(name)
