"""What the service makes of the text of a `search_query` before it parses it.

Missing prefixes and operators are filled in, `NOT` becomes `ANDNOT`, dates become full. The result is what the
answer's title shows; mostly, but not always, it is in the strict grammar of :mod:`tests.standin.query`.
"""

from __future__ import annotations

import calendar
import re

_OPERATORS = ("AND", "ANDNOT", "NOT", "OR")
_NAMES = "abs all au cat co doi id jr lastUpdatedDate rn submittedDate ti title"
_PREFIXES = tuple(f"{name}:" for name in _NAMES.split())
_PREFIX, _LEFT, _OPERATOR, _RIGHT, _TEXT = "prefix", "(", "operator", ")", "text"
_Token = tuple[str, str]
_NOTHING: _Token = ("", "")

_DATES = re.compile(r"submittedDate:\[([\d-]{4,14}) TO ([\d-]{4,14})\]")
_TOKENS = re.compile(rf'"[^"]*"|[()]|\b(?:{"|".join(_OPERATORS)})\b(?=[()\s]|$)|{"|".join(_PREFIXES)}|[^"()\s]+')


def _full_date(text: str, *, end: bool) -> str:
    """A date in twelve digits: what is missing is filled up to the beginning or end of the period."""
    if not text.isdigit():
        return text
    text = text[:12]
    if len(text) == 6:
        year, month = int(text[:4]), int(text[4:])
        if not (1 <= month <= 12 and 1 <= year <= 9999):
            return text
        text += f"{calendar.monthrange(year, month)[1]:02d}" if end else "01"
    if len(text) == 4:
        text += "1231" if end else "0101"
    if len(text) == 8:
        text += "2359" if end else "0000"
    return text


def _quoted_dates(match: re.Match[str]) -> str:
    return f'submittedDate:"{_full_date(match[1], end=False)} TO {_full_date(match[2], end=True)}"'


def _tokenise(text: str) -> list[_Token]:
    """The words of the query. A quote without a partner belongs to no token and is thereby dropped."""
    kinds = {"(": _LEFT, ")": _RIGHT}
    found = []
    for word in _TOKENS.findall(text):
        kind = _OPERATOR if word in _OPERATORS else _PREFIX if word in _PREFIXES else kinds.get(word, _TEXT)
        found.append((kind, word))
    return found


def _with_andnot(tokens: list[_Token]) -> list[_Token]:
    """NOT and AND NOT become ANDNOT. After a merger the next token is passed over, as in the service."""
    result: list[_Token] = []
    before: _Token | None = None
    skip = False
    for token in tokens:
        if skip:
            skip = False
            result.append(token)
            continue
        if token == (_OPERATOR, "NOT"):
            if before == (_OPERATOR, "AND"):
                result.pop()
                skip = True
            token = (_OPERATOR, "ANDNOT")
        before = token
        result.append(token)
    return result


def _with_prefixes_inside(tokens: list[_Token]) -> list[_Token]:
    """`ti:(a b)` becomes `(ti:a ti:b)`."""
    result: list[_Token] = []
    outer: str | None = None
    depth = 0
    for token in tokens:
        kind = token[0]
        if depth:
            depth += (kind == _LEFT) - (kind == _RIGHT)
            if kind == _TEXT and result[-1][0] != _PREFIX:
                result.append((_PREFIX, outer or ""))
            outer = outer if depth else None
        elif outer is not None:
            if kind == _LEFT:
                result.pop()
                depth = 1
            else:
                outer = None
        elif kind == _PREFIX:
            outer = token[1]
        result.append(token)
    return result


def _with_all_prefixes(tokens: list[_Token]) -> list[_Token]:
    """Text without a field is looked for in `all`."""
    result: list[_Token] = []
    for token in tokens:
        if token[0] == _TEXT and (not result or result[-1][0] != _PREFIX):
            result.append((_PREFIX, "all:"))
        result.append(token)
    return result


def _with_single_operators(tokens: list[_Token]) -> list[_Token]:
    """Of several operators in a row the last one counts."""
    pairs = zip(tokens, [*tokens[1:], _NOTHING], strict=False)
    return [token for token, following in pairs if not token[0] == following[0] == _OPERATOR]


def _with_operators(tokens: list[_Token]) -> list[_Token]:
    """A missing operator is OR."""
    result: list[_Token] = []
    for token in tokens:
        before, kind = (result[-1][0] if result else None), token[0]
        ends = before in (_RIGHT, _TEXT)
        if (before == _PREFIX and kind == _PREFIX) or (ends and kind in (_PREFIX, _LEFT, _TEXT)):
            result.append((_OPERATOR, "OR"))
        result.append(token)
    return result


def _without_underscores(tokens: list[_Token]) -> list[_Token]:
    """Underscores of an author become blanks, but it is always the query's second token that is read for it."""
    second = tokens[1][1] if len(tokens) > 1 else ""
    if "_" not in second:
        return tokens
    spaced = second.replace("_", " ")
    quoted = spaced if '"' in spaced else f'"{spaced}"'
    result: list[_Token] = []
    for token in tokens:
        author = token[0] == _TEXT and bool(result) and result[-1] == (_PREFIX, "au:")
        # once what stands second was itself rewritten, there is no underscore left to read
        read = second if len(result) < 2 else result[1][1]
        result.append((_TEXT, quoted) if author and "_" in read else token)
    return result


def _without_empty_prefixes(tokens: list[_Token]) -> list[_Token]:
    """A field with nothing to look for goes; its operator stays."""
    pairs = zip(tokens, [*tokens[1:], _NOTHING], strict=False)
    return [token for token, following in pairs if token[0] != _PREFIX or following[0] == _TEXT]


def _joined(tokens: list[_Token]) -> str:
    close = {(_LEFT, _PREFIX), (_TEXT, _RIGHT), (_PREFIX, _TEXT)}
    text, before = "", None
    for kind, word in tokens:
        text += word if before is None or (before, kind) in close else f" {word}"
        before = kind
    return text


def adapt(text: str) -> str:
    """The query in the strict grammar; empty where nothing is asked.

    >>> adapt("ti:deep learning")
    'ti:deep OR all:learning'
    >>> adapt("au:del_maestro AND NOT ti:(checkerboard pyrochlore)")
    'au:"del maestro" ANDNOT (ti:checkerboard OR ti:pyrochlore)'
    """
    text = text.replace("\r", " ").replace("\n", " ").replace("lastUpdatedDate:", "submittedDate:")
    tokens = _tokenise(_DATES.sub(_quoted_dates, text))
    for step in (
        _with_andnot,
        _with_prefixes_inside,
        _with_all_prefixes,
        _with_single_operators,
        _with_operators,
        _without_underscores,
    ):
        tokens = step(tokens)
    tokens = [(kind, "ti:" if (kind, word) == (_PREFIX, "title:") else word) for kind, word in tokens]
    return _joined(_without_empty_prefixes(tokens)).strip()
