"""How one term is looked up in one field, and how findings are put together."""

from __future__ import annotations

from tests.standin.analysis import as_it_stands
from tests.standin.index import Positions, Scores


class ServerFaultError(Exception):
    """The service breaks on this query and answers 500."""


def is_wild(value: str) -> bool:
    return "*" in value or "?" in value


def no_leading_wildcard(value: str) -> None:
    if value.startswith(("*", "?")):
        raise ServerFaultError("Query cannot start with a wildcard")


def united(*parts: Scores) -> Scores:
    scores: Scores = {}
    for part in parts:
        for document, score in part.items():
            scores[document] = scores.get(document, 0.0) + score
    return scores


def shared(left: Scores, right: Scores) -> Scores:
    return {document: score + right[document] for document, score in left.items() if document in right}


def words_in(field: Positions, value: str, *, some: bool = False, keep_stop_words: bool = False) -> Scores:
    """A quoted phrase, a wildcard, or the parts of one word (all of them, or `some`)."""
    if value.startswith('"'):
        words = field.analyse(value[1:-1])
        if some:
            return united(*(field.word(word) for word in set(words) if word is not None))
        return field.phrase(words)
    no_leading_wildcard(value)
    if is_wild(value):
        return field.wildcard(value.lower())
    words = as_it_stands(value) if keep_stop_words else field.analyse(value)
    parts = [field.word(word) for word in words if word is not None]
    if not parts:
        return {}
    if some:
        return united(*parts)
    scores = parts[0]
    for part in parts[1:]:
        scores = shared(scores, part)
    return scores
