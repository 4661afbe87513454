"""What stands behind the title of a journal, in tokens: volumes, numbers, pages, years.

A token is bare where only its place says what it means (`76, 013009`), or says it itself (`vol. 76`, `(2007)`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal[
    "volume", "number", "pages", "article", "year", "month", "doi", "count", "bare", "range", "letters", "skip"
]  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DAYS = rf"(?:{_DAY}(?:\s?-\s?{_DAY})?)"
_PART = rf"(?:\s{_DAYS}(?=[,\s])|\s[IVX]{{1,4}}(?=\s))?"
_DATE = rf"(?:{_DAYS}\s(?:of\s)?)?(?P<m>{_MONTH}){_PART},?\s?(?P<y>(?:19|20)\d\d)(?!\d)"
_PLACE = r"[A-Za-z]{0,2}\d{1,7}"
_RANGE = rf"{_PLACE}\s?-\s?{_PLACE}(?!\d)"
_SPAN = r"\d{1,4}(?:\s?[-/]\s?\d{1,4})?"
_OPEN = r"[(\[]?\s?"
_SHUT = r"\s?[)\]]?"
_FORMS: tuple[tuple[Kind, str], ...] = (
    ("number", r"(?<=\d)\.(?P<v>\d{1,3})(?=\s?\()"),
    ("skip", r"[\s,;:.]+"),
    ("doi", r"\(?(?:(?:doi|DOI)\s?[:=]?\s?(?:https?://(?:dx\.)?doi\.org/)?|https?://(?:dx\.)?doi\.org/)"
            r"(?P<v>10\.\d{4,9}/[^\s,;()\[\]]+(?:\([^\s()]*\)[^\s,;()\[\]]*)*)\)?"),
    ("year", rf"[(\[]\s?(?:{_DATE}|(?P<y2>(?:19|20)\d\d)(?:,?\s(?P<m2>{_MONTH}))?)\s?[)\]]"),
    ("year", _DATE),
    ("year", r"(?<![\d/])\(?(?P<n>0[1-9]|1[0-2])/(?P<y>20\d\d)\)?(?![\d/])"),
    ("skip", r"\((?:R|RC)\)|-\(?1-\d{1,2}\)(?!\d)"),
    ("count", r"[(\[]?(?<!\d)\d{1,3}\s?(?:pages|pgs?|pp)\b\.?[)\]]?(?!\s?\d)"),
    ("skip", r"[(\[]?\b(?:brief report|rapid communications?|rapid comm?\.?|regular paper)\b[)\]]?"),
    ("volume", r"\b(?:volume|vol|v|band|bd|tome)\b[.:]?\s?(?P<v>[A-Z]?\d{1,4})\b"),
    ("number", rf"[(\[]?\b(?:numbers?|num|nos?|nr|issues?|iss)\b[.:]?\s?(?P<v>{_SPAN})\b[)\]]?"),
    ("article", r"[(\[]?\b(?:article|art|paper)\b\.?\s?(?:(?:id|no|number|num)\b)?\.?\s?[:#]?\s?"
                r"(?P<v>[A-Za-z]{0,3}\d{1,8})\b[)\]]?"),
    ("article", r"\b(?:article\s)?(?:e-?id|id)\b\.?\s?:?\s?(?P<v>[A-Za-z]{0,2}\d{1,8})\b"),
    ("pages", rf"{_OPEN}\b(?:pages?|pgs?|pp?)\b\.?\s?(?P<v>{_RANGE}|{_PLACE}){_SHUT}"),
    ("month", rf"[(\[]?(?P<m>{_MONTH})[)\]]?"),
    ("range", rf"(?<!\d)(?<!\d\.)(?P<v>{_RANGE})(?:\spp?\b\.?)?"),
    ("number", r"(?:(?<=\d)|(?<=\d\s))\((?!(?:19|20)\d\d\))(?P<v>\d{1,4}(?:\s?[-/]\s?\d{1,4})?)\)"),
    ("bare", r"(?<!\d)(?<!\d\.)(?P<v>ea[a-z]{2}\d{4}|[A-Za-z]{0,2}\d{1,10}[A-Za-z]?)(?![\w])"),
    ("letters", r"\b(?P<v>[A-Z][A-Za-z]{2,9}\d?)\b"),
)  # fmt: skip
_LEXER = [(kind, re.compile(pattern, re.IGNORECASE if kind != "letters" else 0)) for kind, pattern in _FORMS]


@dataclass(frozen=True, slots=True)
class Token:
    """One thing a reference says, `at` a place; a year may come with its `month`.

    `apart`: punctuation stands before it, not only a blank.
    """

    kind: Kind
    text: str = ""
    month: int | None = None
    apart: bool = False
    at: int = 0


def tokens_of(text: str, start: int = 0) -> list[Token] | None:
    """The tokens of `text` from `start` to its end; None where something is none."""
    tokens: list[Token] = []
    apart = False
    while start < len(text):
        found = next_token(text, start)
        if found is None:
            return None
        token, stop = found
        if token.kind != "skip":
            tokens.append(replace(token, apart=apart, at=start))
        apart = token.kind == "skip" and not text[start:stop].isspace()
        start = stop
    return tokens


def next_token(text: str, start: int) -> tuple[Token, int] | None:
    """The token at `start`, and where it ends."""
    for kind, pattern in _LEXER:
        if match := pattern.match(text, start):
            return _token(kind, match), match.end()
    return None


def _token(kind: Kind, match: re.Match[str]) -> Token:
    groups = match.groupdict()
    month = groups.get("m") or groups.get("m2")
    value = groups.get("v") or groups.get("y") or groups.get("y2") or ""
    if kind == "doi":
        value = value.rstrip(".")
    number = month_number(month) if month else int(groups.get("n") or 0) or None
    return Token(kind, re.sub(r"\s", "", value), number)


def month_number(name: str) -> int:
    """The number of a month that is written in English, in full or cut."""
    return MONTHS.index(name[:3].lower()) + 1
