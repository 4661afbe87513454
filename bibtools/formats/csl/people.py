"""Lists of names: as an entry has them, and as CSL has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bibtools import names
from bibtools.latex.decode import comparable
from bibtools.latex.plain import from_plain, to_plain
from bibtools.model import OTHERS, Name
from bibtools.pybtex_door import WrittenPersons

_EXTENDED = re.compile(r"\s*[a-z]+(?:-i)?\s*=", re.IGNORECASE)
_PAIR = re.compile(r"\s*([a-z]+(?:-i)?)\s*=\s*((?:[^,{}]|\{[^{}]*\})*)(?:,|\Z)", re.IGNORECASE)
_ORDINARY = re.compile(r"(?:[A-Za-z-]+\.?(?:,? |\Z))+\Z")
_LETTER_BLANK = re.compile(r"\\(ss|oe|OE|ae|AE|aa|AA|[oOlLij]) (?=[^\W\d_])")
_ACCENT_BLANK = re.compile(r"\\([cvukHdbr]) ([^\W\d_])")
_EMPTY_NAME = re.compile(r"(?:\A|\band )and\b", re.IGNORECASE)
_SURE = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ\s.,'{}-]*\Z")
_ROUNDS = 4
_PARTS = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}


def to_csl(value: str, *, dropping: bool = False) -> list[dict[str, str]]:
    """A list of names, LaTeX split as BibTeX splits, as CSL's. Particles are `dropping` or stay with the family.

    biblatex's extended format (`family=…, given=…`) is read too. The name `others` at the end stays a literal name
    of its own, as pandoc reads and writes it.

    >>> to_csl("van Beethoven, Ludwig and {Gemma Team}")  # doctest: +NORMALIZE_WHITESPACE
    [{'family': 'Beethoven', 'given': 'Ludwig', 'non-dropping-particle': 'van'}, {'literal': 'Gemma Team'}]
    """
    people = [_person(person) for person in _persons(value)]
    for _ in range(0 if _SURE.match(value) else _ROUNDS):  # signs in names may divide otherwise when read again
        before, people = people, [_person(person) for person in _persons(from_csl(people))]
        if people == before:
            break
    if dropping:
        people = [
            {
                ("dropping-particle" if part == "non-dropping-particle" else part): text
                for part, text in person.items()
            }
            for person in people
        ]
    return [person for person in people if person]


def _persons(value: str) -> WrittenPersons:
    r"""The names; the blank that TeX takes for the end of a command (`Gro\ss e`) divides none."""
    if "\\" in value:
        value = _ACCENT_BLANK.sub(r"\\\1{\2}", _LETTER_BLANK.sub(r"{\\\1}", value))
    return WrittenPersons(value)


def says_all(value: str, *, dropping: bool = False) -> bool:
    """Whether CSL's names say all that the list does, and are read back to the same names."""
    if any(_EXTENDED.match(person.written) for person in _persons(value)):
        return False
    if _ORDINARY.match(value) and not _EMPTY_NAME.search(value):
        return True
    made = to_csl(value, dropping=dropping)
    read = from_csl(made)
    return to_csl(read, dropping=dropping) == made and _said(value) == _said(read)


def _said(value: str) -> list[str]:
    """What is said by each name, whatever the order and the braces."""
    natural = (
        " ".join([*p.first_names, *p.middle_names, *p.prelast_names, *p.last_names, *p.lineage_names])
        for p in _persons(value)
    )
    return [comparable(name).replace(" ", "") for name in natural if name]


def _person(person: Any) -> dict[str, str]:
    if _EXTENDED.match(person.written):
        return _extended(person.written)
    family = " ".join(person.last_names)
    parts = {
        "family": to_plain(family),
        "given": to_plain(" ".join([*person.first_names, *person.middle_names])),
        "non-dropping-particle": to_plain(" ".join(person.prelast_names)),
        "suffix": to_plain(" ".join(person.lineage_names)),
    }
    parts = {name: text for name, text in parts.items() if text}
    if set(parts) == {"family"} and (family == OTHERS or is_braced(person.last_names)):
        return {"literal": parts["family"]}
    if set(parts) == {"given"}:
        return {"literal": parts["given"]}
    return parts


def _extended(written: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    useprefix = True
    for match in _PAIR.finditer(written):
        name, value = match[1].lower(), to_plain(match[2].strip().strip('"'))
        if name in _PARTS and value:
            parts[_PARTS[name]] = value
        elif name == "useprefix":
            useprefix = value.lower() != "false"
    if not useprefix and (particle := parts.pop("non-dropping-particle", "")):
        parts["dropping-particle"] = particle
    return parts


def is_braced(last_names: Sequence[str]) -> bool:
    r"""Whether the name is one pair of braces, and not a letter with an accent (`{\'A}`)."""
    if len(last_names) != 1 or not last_names[0].startswith("{") or not last_names[0].endswith("}"):
        return False
    depth = 0
    for place, char in enumerate(last_names[0], start=1):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return place == len(last_names[0])
    return False


def from_csl(value: object) -> str:
    """CSL's names as an entry's list, LaTeX. What is no name is left out."""
    written = [
        OTHERS if name.literal == OTHERS else written
        for name in _names(value)
        if (written := names.bibtex(_whole(_latex(name))))
    ]
    return " and ".join(written)


def has_dropping_particles(value: object) -> bool:
    """Whether all particles in CSL's names are such that a style drops them before the family name."""
    people = [person for person in value if isinstance(person, dict)] if isinstance(value, list) else []
    return any(person.get("dropping-particle") for person in people) and not any(
        person.get("non-dropping-particle") for person in people
    )


def _names(value: object) -> Iterable[Name]:
    for person in value if isinstance(value, list) else ():
        if not isinstance(person, dict):
            continue
        parts = {name: _text(person.get(name)) for name in (*_FROM_CSL, "dropping-particle", "name")}
        particles = (parts["dropping-particle"], parts["non-dropping-particle"])
        yield Name(
            family=parts["family"],
            given=parts["given"],
            particle=" ".join(part for part in particles if part),
            suffix=parts["suffix"],
            literal=parts["literal"] or ("" if parts["family"] else parts["name"]),
        )


_FROM_CSL = ("family", "given", "non-dropping-particle", "suffix", "literal")


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _whole(name: Name) -> Name:
    """The name with an empty given name where BibTeX would otherwise see none behind the suffix."""
    return replace(name, given="{}") if name.family and name.suffix and not name.given else name


def _latex(name: Name) -> Name:
    parts = ("family", "given", "particle", "suffix", "literal")
    return Name(**{part: from_plain(text) for part in parts if (text := getattr(name, part))})
