"""Names written down: in the lock, exactly and readably, and in an entry, safely for BibTeX's own rules."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache

from bibtools.model import Name
from bibtools.names.split import split
from bibtools.names.words import balanced, begins_lower, cut, tidy, unbraced, words

_EXACT = "="
_CONTROL_SPACE = re.compile(r"(?<!\\)\\\s+")
_THIN_SPACE = re.compile(r"(?<![\\{])\\,")
_PARTS = ("family", "given", "particle", "suffix", "literal")


@lru_cache(maxsize=100_000)
def render_stored(name: Name) -> str:
    """One string for the lock, which :func:`parse_stored` reads back to an equal name.

    A literal stands in braces; a person in natural order where that splits into the same parts, else with commas,
    parts in braces where needed. What none of these can hold is a JSON list behind `=`.

    >>> render_stored(Name(literal="Gemma Team")), render_stored(Name(family="Schouhamer Immink", given="Kees A."))
    ('{Gemma Team}', 'Schouhamer Immink, Kees A.')
    """
    for text in _notations(name):
        if not text.startswith(_EXACT) and split(text) == name:
            return text
    return _EXACT + json.dumps([getattr(name, part) for part in _PARTS], ensure_ascii=False)


def _notations(name: Name) -> tuple[str, ...]:
    if name.literal:
        return (f"{{{name.literal}}}",)
    braced = replace(name, family=_group(name.family), given=_group(name.given), suffix=_group(name.suffix))
    return (name.natural, _commas(name), _commas(braced))


def parse_stored(text: str) -> Name:
    """The name that :func:`render_stored` wrote; ValueError for a broken JSON list."""
    if not text.startswith(_EXACT):
        return split(text)
    parts = json.loads(text.removeprefix(_EXACT))
    if not isinstance(parts, list) or len(parts) != len(_PARTS) or not all(isinstance(p, str) for p in parts):
        raise ValueError(f"not a stored name: {text!r}")
    return Name(**dict(zip(_PARTS, parts, strict=True)))


def bibtex(name: Name) -> str:
    """The name as BibTeX and biber read it: `particle Family, Suffix, Given`, a literal in braces.

    A part that BibTeX's rules would take apart otherwise (a comma, `and`, a small word inside the
    family) stands in braces. The texts must be LaTeX already; braces that are not balanced are dropped.

    >>> bibtex(Name(family="Putten", particle="van der", given="Joost"))
    'van der Putten, Joost'
    >>> bibtex(Name(family="King", suffix="Jr.", given="Martin Luther"))
    'King, Jr., Martin Luther'
    """
    parts = {part: _safe(getattr(name, part)) for part in _PARTS}
    if parts["literal"]:
        return _group(parts["literal"])
    family, particle = parts["family"], parts["particle"]
    given = _grouped_if(parts["given"], _divides(parts["given"]))
    if not family:
        family, particle, given = particle or given, "", given if particle else ""
    alone = not (given or particle or parts["suffix"])
    family = _grouped_if(family, _divides(family) or any(map(_may_be_particle, words(family)[:-1])))
    if alone:
        return _grouped_if(family, len(words(family)) > 1 or family.lower() == "others")
    particle = _grouped_if(particle, _divides(particle))
    suffix = _grouped_if(parts["suffix"], _divides(parts["suffix"]))
    if suffix and not given:  # BibTeX refuses a comma at the end
        return _group(" ".join(part for part in (particle, family, suffix) if part))
    return _commas(Name(family=family, particle=particle, given=given, suffix=suffix))


def _commas(name: Name) -> str:
    head = f"{name.particle} {name.family}".strip()
    return (
        ", ".join(part for part in (head, name.suffix, name.given) if part)
        if name.given
        else (f"{head}, {name.suffix}," if name.suffix else head)
    )


def _may_be_particle(word: str) -> bool:
    r"""Whether BibTeX may take a word for a particle: for its small letter, or that of a command (`\textbar`)."""
    return begins_lower(word) or word.startswith("\\")


def _divides(text: str) -> bool:
    return len(cut(text, ",")) > 1 or any(word.lower() == "and" for word in words(text))


def _safe(text: str) -> str:
    """A part with balanced braces, and without the commands whose comma or blank BibTeX would cut at."""
    text = tidy(_THIN_SPACE.sub(r"{\\,}", _CONTROL_SPACE.sub(" ", text)))
    return text if balanced(text) else re.sub(r"[{}]", "", text).rstrip("\\")


def _group(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _grouped_if(text: str, needed: bool) -> str:
    return _group(text) if needed and unbraced(text) is None else text
