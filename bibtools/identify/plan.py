"""What to ask for a mention, round by round: the cheapest telling phrases first, the far-fetched last."""

from __future__ import annotations

from itertools import pairwise

from bibtools.identify.batches import ROOM, all_words, length, quoted
from bibtools.identify.commonness import rarity
from bibtools.identify.phrases import names, phrases, telling_words, title_runs
from bibtools.identify.words import plain
from bibtools.model import Mention

_TITLE_WORDS = 8
_TITLE_BITS = 18.0
_HALF_BITS = 11.0
_TELLING = 7
FIRST, SECOND, LATER, MOST = 2, 4, 4, 14
"""Phrases of an abstract asked for in the first, the second and each later round, and in all."""


def plan(mention: Mention) -> tuple[tuple[str, ...], ...]:
    """The clauses to ask for a mention, in rounds; each round only if those before it left the mention open."""
    abstract = abstract_clauses(mention.abstract) if mention.abstract else ()
    title = title_rounds(mention.title) if mention.title else ()
    first = FIRST - 1 if title else FIRST
    cuts = [0, first, first + SECOND]
    while cuts[-1] < len(abstract):
        cuts.append(cuts[-1] + LATER)
    parts = [abstract[start:stop] for start, stop in pairwise(cuts)]
    if mention.abstract:
        last = resort(mention.abstract)
        parts[2:3] = [(*(parts[2] if len(parts) > 2 else ()), *last)]
    rounds = []
    for number in range(max(len(parts), len(title))):
        clauses = (*title[number : number + 1], *parts[number : number + 1])
        rounds.append(tuple(dict.fromkeys(clause for group in clauses for clause in group)))
    return tuple(clauses for clauses in rounds if clauses)


def abstract_clauses(abstract: str) -> tuple[str, ...]:
    """Phrases of an abstract to ask for, the most promising first."""
    found = phrases(abstract) or phrases(abstract, enough=18.0)
    return tuple(quoted("abs", phrase.text) for phrase in found[:MOST])


def resort(abstract: str) -> tuple[str, ...]:
    """Clauses for a text that was reworded since: names that it gives, and words that its authors coined."""
    clauses = []
    for name in names(abstract)[:3]:
        clauses += [quoted("ti", name), quoted("abs", name)]
    first, second, third, *rest = (*telling_words(abstract, _TELLING), "", "", "")
    if third:
        for one, other, left in ((first, second, third), (second, third, "")):
            any_of = " OR ".join(f"abs:{word}" for word in (left, *rest) if word)
            clauses.append(
                f"(abs:{one} AND abs:{other} AND ({any_of}))" if any_of else all_words("abs", (one, other))
            )
    return tuple(clauses)


def title_rounds(title: str) -> tuple[tuple[str, ...], ...]:
    """The clauses for a title: the whole or its most telling run, then its halves, then its words in any order."""
    runs = title_runs(title)
    if not runs:
        return ()
    best = max(runs, key=_bits)
    if _bits(best) >= _TITLE_BITS:
        first = quoted("ti", _window(best))
    else:
        first = " AND ".join(quoted("ti", run) for run in runs[:4])
        first = f"({first})" if len(runs) > 1 else first
    halves = [half for run in runs for half in _halves(run) if _bits(half) >= _HALF_BITS]
    second = tuple(quoted("ti", half) for half in halves[:3])
    return tuple(group for group in ((first,), second, _word_groups(title)) if group)


def _word_groups(title: str) -> tuple[str, ...]:
    """Two groups of a title's words, so that one slip spoils only one of them."""
    words = [word for run in title_runs(title) for word in run.split() if rarity(word) > 0 and word.isalpha()]
    words = list(dict.fromkeys(words))
    if len(words) < 4:
        return ()
    groups = (words[0::2][:4], words[1::2][:4])
    return tuple(all_words("ti", group) for group in groups if sum(map(rarity, group)) >= _HALF_BITS)


def _bits(run: str) -> float:
    return sum(map(rarity, set(run.split())))


def _window(run: str) -> str:
    """The most telling words in a row, no more than a phrase should have."""
    words = run.split()
    if len(words) <= _TITLE_WORDS:
        return run
    starts = range(len(words) - _TITLE_WORDS + 1)
    windows = [" ".join(words[start : start + _TITLE_WORDS]) for start in starts]
    return max(windows, key=_bits)


def _halves(run: str) -> list[str]:
    words = run.split()
    if len(words) < 4:
        return []
    middle = len(words) // 2
    return [" ".join(words[:middle]), " ".join(words[middle:])]


def with_author(title: str, authors: tuple[str, ...]) -> str | None:
    """A clause for a title that too many others contain: together with one of its authors."""
    runs = title_runs(title)
    family = _family(authors[0]) if authors else ""
    if not runs or not family:
        return None
    clause = f"({quoted('ti', _window(runs[0]))} AND au:{family})"
    return clause if length(clause) <= ROOM else None


def _family(author: str) -> str:
    """The word of a name most likely to be a family name: before a comma, else the last."""
    before, comma, _ = author.partition(",")
    words = [word for word in plain(before if comma else author).split() if word.isalpha() and len(word) > 2]
    return words[-1] if words else ""
