"""Works that words may mean which are no whole title: a plain search, for a person to choose from."""

from __future__ import annotations

import re

from bibtools.identify.batches import all_words
from bibtools.identify.commonness import rarity
from bibtools.identify.words import plain, split
from bibtools.model import Query

_TOKEN = re.compile(r"[a-z0-9]+")
_MOST_WORDS = 8
_PAGE = 25


def plain_searches(words: str) -> tuple[Query, ...]:
    """Searches for works with all of the words, in the title, then in any field; each if the one before failed.

    >>> [query.search for query in plain_searches("the hydra effect 2023")]
    ['(ti:hydra AND ti:effect AND ti:2023)', '(all:hydra AND all:effect AND all:2023)']
    """
    tokens = [token for token in _TOKEN.findall(plain(words)) if rarity(token) or token.isdigit()]
    tokens = list(dict.fromkeys(tokens))[:_MOST_WORDS]
    if not tokens:
        return ()
    return tuple(Query(search=all_words(field, tokens), max_results=_PAGE) for field in ("ti", "all"))


def has_words(words: str, title: str) -> bool:
    """Whether a title has all of the words, but for stop words and whatever the order.

    >>> has_words("hydra effect", "The Hydra Effect: Emergent Self-repair"), has_words("imagen 3", "Imagen 2")
    (True, False)
    """
    ours, theirs = split(words), split(title)
    return bool(ours.telling or ours.marks) and (
        ours.telling <= theirs.telling and set(ours.marks) <= {*theirs.marks, *theirs.plain_marks}
    )
