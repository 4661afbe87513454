"""The strict grammar of `search_query` and the tree it means.

What people type is first rewritten into it (:mod:`tests.standin.rewrite`); what the grammar does not accept then
is an error of the request.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FIELDS = ("ti", "au", "abs", "co", "doi", "jr", "cat", "rn", "id", "submittedDate", "all")


@dataclass(frozen=True, slots=True)
class Term:
    """One word or one quoted phrase (with its quotes) in one field; an empty value asks for nothing."""

    field: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}:{self.value}"


@dataclass(frozen=True, slots=True)
class Not:
    """A negation without anything before it."""

    operand: Phrase


@dataclass(frozen=True, slots=True)
class Both:
    """Two phrases and the operator between them: AND, OR, ANDNOT."""

    operator: str
    left: Phrase
    right: Phrase


Phrase = Term | Not | Both


class InvalidQueryError(Exception):
    """The query is not in the grammar; the message is the one that the service answers."""


_BLANKS = re.compile(r"\s*")
_FIELD = re.compile("|".join(FIELDS))
_COLON = re.compile(r"\s*:\s*")
_VALUE = re.compile(r'[^\s"()]+|".*?(?<!\\)(?:\\\\)*?"')
_BINARY = re.compile("ANDNOT|AND|OR")


class _Reader:
    """A cursor over the query."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def take(self, pattern: re.Pattern[str]) -> str | None:
        self.at = _BLANKS.match(self.text, self.at).end()  # type: ignore[union-attr]
        match = pattern.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return match[0]

    def need(self, pattern: re.Pattern[str]) -> str:
        found = self.take(pattern)
        if found is None:
            raise InvalidQueryError(f"Invalid query string: '{self.text}'")
        return found


_OPENING, _CLOSING, _NEGATION, _END = (re.compile(p) for p in (r"\(", r"\)", "ANDNOT", r"\Z"))


def _operand(reader: _Reader) -> Phrase:
    if reader.take(_OPENING):
        inner = _expression(reader)
        reader.need(_CLOSING)
        return inner
    field = reader.need(_FIELD)
    reader.need(_COLON)
    value = reader.need(_VALUE)
    if value.startswith('"'):
        inside = value[1:-1].strip()
        value = f'"{inside}"' if inside else ""
    return Term(field, value)


def _expression(reader: _Reader) -> Phrase:
    """An operand, and what follows its operator as a whole: everything groups to the right."""
    if reader.take(_NEGATION):
        return Not(_expression(reader))
    left = _operand(reader)
    operator = reader.take(_BINARY)
    return left if operator is None else Both(operator, left, _expression(reader))


def parse(text: str) -> Phrase:
    """The tree of a query in the strict grammar; InvalidQueryError, RecursionError where it nests too deep.

    >>> parse("ti:a AND ti:b OR ti:c").right
    Both(operator='OR', left=Term(field='ti', value='b'), right=Term(field='ti', value='c'))
    """
    if not text.strip():
        return Term("all", "")
    reader = _Reader(text)
    phrase = _expression(reader)
    reader.need(_END)
    return phrase


def render(phrase: Phrase, depth: int = 0) -> str:
    """The tree as text, with every group in parentheses, as the answer's link shows it."""
    if isinstance(phrase, Term):
        return str(phrase)
    if isinstance(phrase, Not):
        text = f"ANDNOT {render(phrase.operand, depth + 1)}"
    else:
        text = f"{render(phrase.left, depth + 1)} {phrase.operator} {render(phrase.right, depth + 1)}"
    return f"({text})" if depth else text
