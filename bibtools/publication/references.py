"""One text, several references: errata, translations, other papers.

An erratum is part of the paper's history, not of its place: entries name the article itself, so what follows the
word is left out knowingly. Of a Russian journal's article and its translation the translation is taken: it is
what readers of the (English) title can find, and what the DOI that arXiv knows belongs to. Any two other
references are a doubt.
"""

from __future__ import annotations

import re

_ERRATUM = re.compile(
    r"[\s;,.]*[(\[]?\s?\b(?:errat(?:um|a)|corrigend(?:um|a)|addend(?:um|a)|publisher['’]s note)\b"
    r"(?P<tail>.*)\Z",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[\w\s.,:;()\[\]/&'’-]*\Z")
_TRANSLATION = re.compile(
    r"\s?[;,(\[]?\s?\b(?:(?:english|engl?\.)\s(?:translation|transl?\.?)|translation|translated|transl\.)(?:\sin)?\b"
    r"[\s.:]*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s?;(?!\s?(?:doi|https?:))\s?(?=[A-Za-z])|\s?\[(?=[A-Z])|\s?=\s", re.IGNORECASE)


def without_errata(text: str) -> str | None:
    """`text` up to its first erratum; None where the rest is no reference to one.

    >>> without_errata("Phys.Rev.D75:124077,2007; Erratum-ibid.D82:069940,2010")
    'Phys.Rev.D75:124077,2007'
    """
    match = _ERRATUM.search(text)
    if match is None:
        return text
    return text[: match.start()] if _TAIL.match(match["tail"]) else None


def parts_of(text: str) -> list[str]:
    """The references that stand in `text`, one or two; more are none."""
    parts = _TRANSLATION.split(text)
    if len(parts) == 1:
        parts = _SPLIT.split(text)
    parts = [part.strip().rstrip(" .,;") for part in parts]
    parts = [part[:-1] if part.endswith("]") and part.count("[") < part.count("]") else part for part in parts]
    return [part for part in parts if part]
