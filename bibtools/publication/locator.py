"""Tokens → volume, number, pages, year: what each bare token is, by what else there is.

Nothing is left over and nothing is taken twice: a token without a role, or a role with two tokens, is no reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bibtools.publication.tokens import Token

YEARS_BEFORE, YEARS_AFTER = 1, 8
"""How long before and after its first version a paper may have been published."""

_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_RANGE = re.compile(r"(?P<a>[A-Za-z]{0,2})(?P<first>\d+)-(?P<b>[A-Za-z]{0,2})(?P<last>\d+)\Z")
_MOST_PAGES = 700


@dataclass(slots=True)
class Locator:
    """Where in a journal, as it is written; `place` is what stands for a first page or an article."""

    year: int
    volume: str = ""
    number: str = ""
    pages: str = ""
    place: str = ""
    article: str = ""
    month: int | None = None
    doi: str = ""
    words: list[str] = field(default_factory=list)


def is_plausible(year: int, first_year: int) -> bool:
    """Whether a paper whose first version is of `first_year` may have been published in `year`."""
    return first_year - YEARS_BEFORE <= year <= first_year + YEARS_AFTER


def locate(tokens: Sequence[Token], first_year: int) -> Locator | None:
    """The reading of `tokens`, if there is one."""
    said: dict[str, Token] = {}
    for token in tokens:
        if token.kind in ("volume", "number", "pages", "article", "year", "doi", "month"):
            if token.kind in said:
                return None
            said[token.kind] = token
    order = [token for token in tokens if token.kind in ("bare", "range", "year", "letters")]
    if "year" not in said:
        order = _with_year(order, first_year)
    year = next((token for token in order if token.kind == "year"), None)
    if year is None or not is_plausible(int(year.text), first_year):
        return None
    month = said["month"].month if "month" in said else year.month
    located = Locator(year=int(year.text), month=month, doi=said["doi"].text if "doi" in said else "")
    located.words = [token.text for token in order if token.kind == "letters"]
    located.volume = said["volume"].text if "volume" in said else ""
    located.number = _span(said["number"].text) if "number" in said else ""
    located.article = said["article"].text if "article" in said else ""
    place = said.get("pages")
    if place is not None and not _take(located, place.text):
        return None
    place_known = place is not None or bool(located.article)
    return located if _assign(located, order, place_known=place_known) else None


def _with_year(order: list[Token], first_year: int) -> list[Token]:
    """The first or the last of the bare tokens as the year: the only one that may be it."""
    ends = {0, len(order) - 1} if order else set()
    found = [i for i in ends if order[i].kind == "bare" and _may_be_year(order[i].text, first_year)]
    if len(found) != 1:
        return order
    return [Token("year", token.text) if i == found[0] else token for i, token in enumerate(order)]


def _may_be_year(text: str, first_year: int) -> bool:
    return bool(_YEAR.match(text)) and is_plausible(int(text), first_year)


def _assign(located: Locator, order: Sequence[Token], *, place_known: bool) -> bool:
    """Gives each bare token its role. Signs: `N` a number, `R` a range, `Y` the year, as they stand."""
    bare = [token for token in order if token.kind in ("bare", "range")]
    signs = "".join({"bare": "N", "range": "R", "year": "Y"}.get(t.kind, "") for t in order)
    texts = [token.text for token in bare]
    if place_known:
        roles = _roles_before_place(located, signs)
    elif located.volume:
        roles = {"NY": "p", "YN": "p", "RY": "p", "YR": "p", "NYN": "np", "NYR": "np", "Y": ""}.get(signs)
    else:
        roles = _roles(signs)
    if roles is None or len(roles) != len(texts):
        return False
    for role, text in zip(roles, texts, strict=True):
        if role == "p":
            if not _take(located, text):
                return False
        elif role == "n":
            if located.number or not text.isdigit() or len(text) > 3:
                return False
            located.number = _span(text)
        else:
            located.volume = text
    return True


def _roles_before_place(located: Locator, signs: str) -> str | None:
    if located.volume:
        return {"Y": "", "NY": "n", "YN": "n"}.get(signs)
    return {"Y": "", "NY": "v", "YN": "v", "NNY": "vn", "YNN": "vn", "NYN": "vn"}.get(signs)


_ROLES = {
    "NNY": "vp", "NRY": "vp", "NYN": "vp", "NYR": "vp", "YNN": "vp", "YNR": "vp",
    "NNYN": "vnp", "NNYR": "vnp", "NNRY": "vnp", "YNNR": "vnp", "NYNR": "vnp",
    "YN": "p", "NY": "v", "Y": "",
}  # fmt: skip


def _roles(signs: str) -> str | None:
    """Which of volume, number and place the bare tokens are, where nothing but their order says it."""
    return _ROLES.get(signs)


def _span(text: str) -> str:
    """A number of issues: no zeros in front, two hyphens in a range.

    >>> _span("06"), _span("3-4"), _span("1/2")
    ('6', '3--4', '1--2')
    """
    return "--".join(part.lstrip("0") or "0" for part in re.split("[-/]", text))


def _take(located: Locator, text: str) -> bool:
    """A range as pages, anything else as a place; whether it makes sense."""
    if "-" not in text:
        located.place = text
        return True
    match = _RANGE.match(text)
    if match is None or match["b"].upper() not in ("", match["a"].upper()):
        return False
    first, last = match["first"], match["last"]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if not 0 <= int(last) - int(first) <= _MOST_PAGES:
        return False
    letters = match["a"]
    located.pages = f"{letters}{first}--{letters}{last}" if first != last else f"{letters}{first}"
    return True
