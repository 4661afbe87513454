"""The values of RIS beside its plain texts: names, addresses, keywords, each one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bibtools import names
from bibtools.latex.plain import from_plain, to_plain
from bibtools.model import OTHERS, Name
from bibtools.text import squeeze

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_INITIALS_FIRST = re.compile(r"(?:[^\W\d_]\.[ -]*)+\s(?P<family>[^\W\d_].*)")
_ET_AL = re.compile(r"(?:and )?(?:et\.? al\.?|others)\.?,?\Z", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([#$%&_{}~])")
_UNSAFE = re.compile(r"[\s{}\\]")


def line(text: str) -> str:
    """A text as one line without control characters."""
    return squeeze(_CONTROL.sub("", squeeze(text)))


def verbatim(value: str) -> str:
    """An address or identifier of an entry as it is meant, without LaTeX's escapes."""
    return _UNSAFE.sub("", _ESCAPED.sub(r"\1", value))


def render_people(value: str) -> list[str]:
    """The names of a LaTeX list as RIS has them: `Family, Given, Suffix`; a collective has no comma.

    >>> render_people("van der Berg, Jr., Jan and {Barnes and Noble, Inc.} and others")
    ['van der Berg, Jan, Jr.', 'Barnes and Noble Inc.', 'et al.']
    """
    read = names.parse_bibtex(value)
    written = [text for name in read.names if (text := _person(name))]
    return written if read.complete else [*written, "et al."]


def _person(name: Name) -> str:
    if name.literal:
        return _without_commas(to_plain(name.literal))
    family, comma, suffix = name.family.strip("{}").partition(",")
    if comma and family.strip() and suffix.strip() and not name.suffix:  # `{Hunt, III}`, as many write it
        name = replace(name, family=family, suffix=suffix)
    family, given, suffix = (_without_commas(to_plain(part)) for part in (name.family, name.given, name.suffix))
    family = " ".join(part for part in (_without_commas(to_plain(name.particle)), family) if part)
    if not family:
        return " ".join(part for part in (given, suffix) if part)
    if suffix:
        return f"{family}, {given}, {suffix}"
    return ", ".join(part for part in (family, given) if part)


def _without_commas(text: str) -> str:
    return squeeze(text.replace(",", " "))


def parse_people(values: Sequence[str]) -> str:
    """The names of a record as a LaTeX list; `et al.` becomes `others`.

    >>> parse_people(["van der Berg, Jan, Jr.", "The Group", "et al."])
    'van der Berg, Jr., Jan and {The Group} and others'
    """
    listed = [value for value in map(line, values) if value and not _ET_AL.match(value)]
    natural = all("," not in value and _INITIALS_FIRST.fullmatch(value) for value in listed)
    written = [names.bibtex(_name(value, natural=natural)) for value in listed]
    others = [OTHERS] * any(_ET_AL.match(line(value)) for value in values)
    return " and ".join([*filter(None, written), *others])


def _name(value: str, *, natural: bool) -> Name:
    """A name as LaTeX. Without a comma it is a collective, or of a list that is `J. Smith` throughout a person."""
    parts = [part.strip() for part in value.split(",")]
    if natural and (match := _INITIALS_FIRST.fullmatch(value)) and not value.startswith(("U. S.", "U.S.")):
        parts = [match["family"], value[: match.start("family")].strip()]
    if not any(parts[1:]):
        family = from_plain(parts[0])
        return Name(literal=family) if " " in parts[0] else Name(family=family)
    particle, family = _without_particle(parts[0])
    given, suffix = parts[1], ", ".join(filter(None, parts[2:]))
    return Name(**{
        part: from_plain(text)
        for part, text in (("family", family), ("given", given), ("particle", particle), ("suffix", suffix))
    })  # fmt: skip


def _without_particle(family: str) -> tuple[str, str]:
    """The small words before a family name, and the name."""
    words = family.split()
    small = next((place for place, word in enumerate(words) if not word[:1].islower()), len(words) - 1)
    return " ".join(words[:small]), " ".join(words[small:])


def keywords(values: Iterable[str]) -> list[str]:
    """The keywords of a list, one each."""
    return [word for value in values for part in re.split(r"[;,\n]", value) if (word := line(part))]
