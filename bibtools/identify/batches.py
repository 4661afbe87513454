"""Many phrases in one request: `abs:"…" OR abs:"…"`, as long as an address may be."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote_plus

from bibtools.model import Query

ROOM = 1_780
"""Characters of a percent-encoded search expression: 1,900 for the address less the rest of it."""
_OR = len(quote_plus(" OR "))
_LONGEST_DOI = 200
_PER_CLAUSE = 4
_PAGE = 50, 200


def quoted(field: str, phrase: str) -> str:
    """A phrase to be found word for word in a field (`ti`, `abs`)."""
    return f'{field}:"{phrase}"'


def all_words(field: str, words: Iterable[str]) -> str:
    """All of these words anywhere in a field, each in its base form."""
    return "(" + " AND ".join(f"{field}:{word}" for word in words) + ")"


def with_doi(doi: str) -> tuple[str, ...]:
    """Clauses that find a DOI whatever its case: the field is compared letter by letter, but `?` is any letter.

    >>> with_doi("10.1103/physrevd.76.013009"), with_doi("10.1086/511074")
    (('doi:"10.1103/physrevd.76.013009"', 'doi:10.1103?????????.76.013009'), ('doi:"10.1086/511074"',))
    """
    if not doi.startswith("10.") or not doi.isascii() or not doi.isprintable() or len(doi) > _LONGEST_DOI:
        return ()
    literal = (quoted("doi", doi),) if not set(doi) & {'"', "\\"} else ()
    pattern = "".join(sign if sign.isdigit() or sign in ".-" else "?" for sign in doi)
    letters = any(sign.isalpha() for sign in doi)
    return (*literal, f"doi:{pattern}") if letters or not literal else literal


def length(clause: str) -> int:
    """Characters that the clause takes in an address, with the operator before it."""
    return len(quote_plus(clause)) + _OR


def pack(clauses: Iterable[str]) -> tuple[Query, ...]:
    """Requests for all the clauses, in order, each as full as its address allows.

    A clause that no address has room for, such as one with a word of thousands of letters, is left out.

    >>> [query.search for query in pack(['ti:"deep sets"', 'ti:"deep sets"', 'abs:"set of sets"'])]
    ['ti:"deep sets" OR abs:"set of sets"']
    """
    batches: list[list[str]] = []
    room = 0
    for clause in dict.fromkeys(clauses):
        needed = length(clause)
        if needed > ROOM + _OR:
            continue
        if not batches or needed > room:
            batches.append([])
            room = ROOM + _OR
        batches[-1].append(clause)
        room -= needed
    return tuple(query(batch) for batch in batches)


def query(clauses: list[str]) -> Query:
    """One request for these clauses; the page holds several answers to each."""
    low, high = _PAGE
    return Query(search=" OR ".join(clauses), max_results=min(high, max(low, _PER_CLAUSE * len(clauses))))
