"""The pattern that the citation keys of a bibliography follow, if most of them follow one.

Each key is taken apart by what its entry says: author, year and title, in the forms that Google Scholar, Zotero,
Better BibTeX, JabRef, dblp, INSPIRE, ACL and BibTeX's style alpha give them, with signs between. The patterns that
explain most keys are then held against all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bibtools import citekeys, names
from bibtools.model import Entry, Record

ENOUGH = 0.8
"""The part of the keys that must follow a pattern."""
FEWEST = 3
"""Entries below which nothing is concluded."""
_MOST = 500  # entries that are looked at
_LONGEST = 80
_TRIED = 12  # patterns held against all keys

_AUTHOR = (
    "{family}", "{Family}", "{FAMILY}", "{families}", "{Families}", "{families1}", "{Families1}",
    "{families2}", "{Families2}", "{families2:-}", "{Families2:-}", "{families:-}", "{Families:-}",
    "{families2:_}", "{Families2:_}", "{families2:.}", "{Families2:.}", "{authors2}", "{Authors2}",
    "{authors99}", "{Authors99}", "{etal2}", "{Etal2}", "{etal3}", "{Etal3}", "{family}{initials}",
    "{Family}{Initials}", "{family}{last}", "{Family}{Last}", "{auth3}", "{Auth3}", "{AUTH3}", "{auth4}",
    "{Auth4}", "{Alpha}",
)  # fmt: skip
_TITLE = (
    "{word}", "{Word}", "{words2}", "{Words2}", "{words3}", "{Words3}", "{words4}", "{Words4}", "{title1}",
    "{Title1}", "{title2}", "{Title2}", "{title3}", "{Title3}", "{words2:_}", "{words3:_}", "{words2:-}",
    "{words3:-}", "{Words2:-}", "{Words3:-}", "{words2:abbr}", "{words3:abbr}", "{words4:abbr}",
    "{WORDS3:abbr}", "{title3:abbr}",
)  # fmt: skip
_SIGNS = ("", ":", "_", "-", ".", "+", "/")
_LETTER = re.compile(r"[a-z]\Z")
_INSPIRED = re.compile(r"[a-z]{2,3}\Z")
_TEXKEY = "{Family}:{year}"
"""What INSPIRE's keys begin with; the letters behind it stand for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPattern:
    """A pattern for citation keys, and how many of the keys it was found from follow it."""

    pattern: str
    following: int
    of: int


def pattern_of(entries: Sequence[Entry]) -> KeyPattern | None:
    """The pattern that the keys of at least :data:`ENOUGH` of the entries with author, year and title follow.

    A letter behind the key, which keeps it apart from another, is no departure.
    """
    facts = [(entry.key, record) for entry in _sample(entries) if (record := _record(entry))]
    if len(facts) < FEWEST:
        return None
    votes = Counter(pattern for key, record in facts for pattern in set(_explanations(key, record)))
    # Of patterns that explain as many keys the shortest is the plainest.
    ranked = sorted(votes, key=lambda pattern: (-votes[pattern], len(pattern), pattern))[:_TRIED]
    numbers = following(ranked, facts)
    best = max(range(len(ranked)), key=lambda place: (numbers[place], -place), default=None)
    if best is None or numbers[best][0] < ENOUGH * len(facts):
        return None
    return KeyPattern(pattern=ranked[best], following=numbers[best][0], of=len(facts))


def _sample(entries: Sequence[Entry]) -> Sequence[Entry]:
    """So many entries from all over a file that they stand for the whole."""
    return entries[:: max(1, -(-len(entries) // _MOST))]


def following(patterns: Sequence[str], facts: Sequence[tuple[str, Record]]) -> list[tuple[int, int]]:
    """For each pattern how many of the keys follow it, and how many of them without a letter more.

    `facts` are the keys with the records that their entries describe.
    """
    rules = [citekeys.parse_pattern(pattern) for pattern in patterns]
    made = [citekeys.bases(record, rules) for _, record in facts]
    found = []
    for place, rule in enumerate(rules):
        rests = [
            key[len(own[place]) :] for (key, _), own in zip(facts, made, strict=True) if key.startswith(own[place])
        ]
        if rule.letters is None:
            found.append((sum(bool(_LETTER.match(rest)) for rest in rests) + rests.count(""), rests.count("")))
        else:
            number = sum(bool((_INSPIRED if rule.letters else _LETTER).match(rest)) for rest in rests)
            found.append((number, number))
    return found


def _explanations(key: str, record: Record) -> Iterator[str]:
    """Every pattern that makes the key, letters behind it aside."""
    parts = [_matching(key, kind) for kind in _texts(record)]
    pending: list[tuple[int, str, tuple[int, ...]]] = [(0, "", ())]
    while pending:
        at, pattern, used = pending.pop()
        rest = key[at:]
        if len(used) > 1:
            if not rest or _LETTER.match(rest):
                yield pattern
            if _LETTER.match(rest):
                yield pattern + "{letter}"
            if pattern == _TEXKEY and _INSPIRED.match(rest):
                yield f"{pattern}{{letters{len(rest)}}}"
        for sign in _SIGNS if used else ("",):
            if rest.startswith(sign):
                start = at + len(sign)
                pending += [
                    (start + len(text), f"{pattern}{sign}{piece}", (*used, kind))
                    for kind, found in enumerate(parts)
                    if kind not in used
                    for piece, text in found
                    if key.startswith(text, start)
                ]


def _texts(record: Record) -> Iterator[list[tuple[str, str]]]:
    """For author, year and title: each form of it, and its text."""
    year = f"{record.published.year:04d}" if record.published else ""
    made = citekeys.bases(record, [rule for kind in (_AUTHOR, _TITLE) for rule in _rules(kind)])
    yield list(zip(_AUTHOR, made, strict=False))
    yield [("{year}", year), ("{yy}", year[-2:])]
    yield list(zip(_TITLE, made[len(_AUTHOR) :], strict=True))


def _matching(key: str, kind: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The forms whose text stands in the key."""
    return [(piece, text) for piece, text in kind if text and text in key]


@cache
def _rules(kind: tuple[str, ...]) -> tuple[citekeys.Pattern, ...]:
    return tuple(map(citekeys.parse_pattern, kind))


def _record(entry: Entry) -> Record | None:
    """What an entry says that keys are made of; None where author, year or title is not there."""
    from bibtools.extract.structured import date_of, plain

    author, title, date = entry.get("author") or "", plain(entry.get("title") or ""), date_of(entry)
    if not (author and title and date and entry.key) or len(entry.key) > _LONGEST:
        return None
    people = names.parse_bibtex(author)
    return Record(
        id="local:",
        title=title,
        authors=people.names,
        authors_complete=people.complete,
        published=date,
    )
