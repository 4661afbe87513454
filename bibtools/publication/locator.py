"""Tokens → volume, number, pages, year: what each bare token is, by what else there is.

Nothing is left over and nothing is taken twice: a token without a role, or a role with two tokens, is no reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bibtools.publication.tokens import Kind, Token

YEARS_BEFORE, YEARS_AFTER = 1, 8
"""How long before and after its first version a paper may have been published."""

_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_RANGE = re.compile(r"(?P<a>[A-Za-z]{0,2})(?P<first>\d+)-(?P<b>[A-Za-z]{0,2})(?P<last>\d+)\Z")
_MOST_PAGES = 700
_SAID: tuple[Kind, ...] = ("volume", "number", "pages", "article", "year", "doi", "month")


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
    words: tuple[str, ...] = ()


def is_plausible(year: int, first_year: int) -> bool:
    """Whether a paper whose first version is of `first_year` may have been published in `year`."""
    return first_year - YEARS_BEFORE <= year <= first_year + YEARS_AFTER


def locate(tokens: Sequence[Token], first_year: int) -> Locator | None:
    """The reading of `tokens`, if there is one."""
    said = {token.kind: token for token in tokens if token.kind in _SAID}
    if len(said) != sum(token.kind in _SAID for token in tokens) or {"pages", "article"} <= set(said):
        return None
    order = [token for token in tokens if token.kind in ("bare", "range", "year")]
    if "year" not in said:
        order = _with_year(order, first_year)
    year = next((token for token in order if token.kind == "year"), None)
    if year is None or not is_plausible(int(year.text), first_year):
        return None
    roles = _roles(said, order)
    if roles is None or not _stand_in_order(roles):
        return None
    if any(token.kind == "count" and ("p" not in roles or token.at < roles["p"].at) for token in tokens):
        return None  # how many pages there are is said behind the first of them
    if roles.get("n") in order and not _stand_apart(tokens):
        return None
    if set(roles) == {"v"} and "year" not in said:
        return None  # of two bare numbers the second may be a page as well
    return _located(roles, said, year, tuple(token.text for token in tokens if token.kind == "letters"))


def _with_year(order: list[Token], first_year: int) -> list[Token]:
    """The first or the last of the bare tokens as the year: the only one that may be it."""
    ends = {0, len(order) - 1} if order else set()
    found = [i for i in ends if order[i].kind == "bare" and _may_be_year(order[i].text, first_year)]
    if len(found) != 1:
        return order
    return [replace(token, kind="year") if i == found[0] else token for i, token in enumerate(order)]


def _may_be_year(text: str, first_year: int) -> bool:
    return bool(_YEAR.match(text)) and is_plausible(int(text), first_year)


def _roles(said: Mapping[Kind, Token], order: Sequence[Token]) -> dict[str, Token] | None:
    """Volume, number and place: those that are called so, and the bare tokens by their order.

    Signs: `N` a number, `R` a range, `Y` the year, as they stand; roles: `v`, `n` and `p`.
    """
    place = said.get("pages") or said.get("article")
    called = {"v": said.get("volume"), "n": said.get("number"), "p": place}
    roles = {role: token for role, token in called.items() if token is not None}
    bare = [token for token in order if token.kind != "year"]
    signs = "".join({"bare": "N", "range": "R", "year": "Y"}[token.kind] for token in order)
    known = "".join(role for role in "vp" if role in roles)
    letters = _ROLES[known].get(signs)
    if letters is None or any(letter in roles for letter in letters):
        return None
    roles |= dict(zip(letters, bare, strict=True))
    if "n" in letters and not (roles["n"].text.isdigit() and len(roles["n"].text) < 4):
        return None
    return roles


_ROLES: dict[str, dict[str, str]] = {
    "": {
        "NNY": "vp", "NRY": "vp", "NYN": "vp", "NYR": "vp", "YNN": "vp", "YNR": "vp", "NNYN": "vnp", "NNYR": "vnp",
        "NNRY": "vnp", "YNNR": "vnp", "NYNR": "vnp", "YN": "p", "NY": "v", "Y": "",
    },
    "v": {"NY": "p", "YN": "p", "RY": "p", "YR": "p", "NYN": "np", "NYR": "np", "Y": ""},
    "p": {"Y": "", "NY": "v", "YN": "v", "NNY": "vn", "YNN": "vn", "NYN": "vn"},
    "vp": {"Y": "", "NY": "n", "YN": "n"},
}  # fmt: skip


def _stand_in_order(roles: Mapping[str, Token]) -> bool:
    """Volume, number, place: never the other way round."""
    found = [roles[role].at for role in "vnp" if role in roles]
    return found == sorted(found)


def _stand_apart(tokens: Sequence[Token]) -> bool:
    """Whether no two numbers have nothing but a blank between them: three of them may be anything."""
    numbers = ("bare", "range", "pages", "article")
    return all(b.apart for a, b in pairwise(tokens) if a.kind in numbers and b.kind in numbers)


def _located(
    roles: Mapping[str, Token], said: Mapping[Kind, Token], year: Token, words: tuple[str, ...]
) -> Locator | None:
    month = said["month"].month if "month" in said else year.month
    located = Locator(year=int(year.text), month=month, words=words)
    if "doi" in said:
        located.doi = said["doi"].text
    if "v" in roles:
        located.volume = roles["v"].text
    if "n" in roles:
        located.number = _span(roles["n"].text)
    if "article" in said:
        located.article = said["article"].text
    elif "p" in roles and not _take(located, roles["p"].text):
        return None
    return located


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
