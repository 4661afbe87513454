"""A name taken apart: in natural order as services give it, or with commas as bibliographies have it."""

from __future__ import annotations

from bibtools.model import Name
from bibtools.names.collective import is_collective
from bibtools.names.words import begins_lower, cut, tidy, unbraced, word_set, words

SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
"""Generations after a family name; not `V`, which is more often an initial."""

_PARTICLES = word_set(
    "af al auf av aus ben bin da das de degli dei del dela dell della delle dem den der des di do dos du e el ibn "
    "la las le lo los op ten ter te tot und van vande vander vom von zu zum zur 't"
)
_CAPITAL_PARTICLES = word_set("Van Vande Vander Von De Del Della Den Der Di Dos La Ten Ter")


def split(text: str) -> Name:
    r"""The parts of a name: `Peter H. N. de With`, `With, Peter de`, `de With, Jr., Peter` or `{Gemma Team}`.

    In natural order the family is the last word, with what is surely part of it: small words of a list
    (`van der`, `de la`) are its particle; the same words with a capital, as arXiv itself splits, its beginning
    (`Dirk Van Compernolle`); `Jr.`, `Sr.`, `II`, `III`, `IV` at the end are a suffix. A family of two words cannot
    be known (`Kees A. Schouhamer Immink` gives `Immink`). A collective by its words
    (see :func:`~bibtools.names.is_collective`) is a literal. Nothing is lost: `natural` of the result is the text
    in natural order with white space normalised.

    >>> split("Joost van der Putten")
    Name(family='Putten', given='Joost', particle='van der', suffix='', literal='')
    >>> split("King, Jr., Martin Luther").natural
    'Martin Luther King Jr.'
    """
    text = tidy(text)
    inside = unbraced(text)
    if inside is not None:
        return Name(literal=inside)
    parts = [part.strip() for part in cut(text, ",")]
    if len(parts) == 1:
        return Name(literal=text) if is_collective(text) else _natural(words(text))
    if len(parts) == 2 and parts[1].lower() in SUFFIXES:
        return _natural([*words(parts[0]), parts[1]])
    return _with_commas(parts)


def _natural(name: list[str]) -> Name:
    suffix = ""
    if len(name) > 2 and name[-1].lower() in SUFFIXES:
        *name, suffix = name
    if not name:
        return Name()
    start = _family_start(name)
    stop = start
    while stop < len(name) - 1 and name[stop] in _PARTICLES:
        stop += 1
    given, particle, family = name[:start], name[start:stop], name[stop:]
    return Name(given=" ".join(given), particle=" ".join(particle), family=" ".join(family), suffix=suffix)


def _family_start(name: list[str]) -> int:
    """Where particle and family begin: at the first particle with nothing but one family name behind it."""
    last = len(name) - 1
    for place, word in enumerate(name[:last]):
        if word in _PARTICLES - {"e", "und"} or (place and word in _CAPITAL_PARTICLES):
            return place
    return last


def _with_commas(parts: list[str]) -> Name:
    """`particle Family, Given`, `Family, Given particle` or `particle Family, Suffix, Given`."""
    if len(parts) == 2:
        head, suffix, given = parts[0], "", parts[1]
    else:
        head, suffix, given = parts[0], parts[1], ", ".join(part for part in parts[2:] if part)
    family = words(head)
    behind = words(given)
    moved = len(behind)
    while moved > 1 and behind[moved - 1] in _PARTICLES:
        moved -= 1
    if moved < len(behind) and not begins_lower(head):
        family, given = [*behind[moved:], *family], " ".join(behind[:moved])
    count = 0
    while count < len(family) - 1 and begins_lower(family[count]) and not family[count].startswith("{"):
        count += 1
    if not count and not given and not suffix:
        return _natural(family)
    return Name(
        particle=" ".join(family[:count]),
        family=_plain(" ".join(family[count:])),
        suffix=_plain(suffix),
        given=_plain(given),
    )


def _plain(part: str) -> str:
    inside = unbraced(part)
    return part if inside is None else inside
