"""How alike a mention and a record are, part by part: title, abstract, authors, year."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum

from bibtools.identify.alignment import NOTHING, Alignment, align, is_slip
from bibtools.identify.authors import Writers, agreement, begins_with, writers
from bibtools.identify.commonness import familiar
from bibtools.identify.words import Words, split
from bibtools.model import Mention, Record
from bibtools.titles import Signs, same_signs

_YEARS_BEFORE, _YEARS_AFTER = 1, 8
"""A reference's year is that of the journal: at most one before the preprint's, seldom more than eight after."""
_STRANGE_NUMBERS = 0.08
_LABELS = re.compile(
    r"^\s*(?:abstract|summary)\s*[:.—–-]*\s*"
    r"|\n\s*(?:comments?|subjects?|key ?words|keywords and phrases|journal ref(?:erence)?|msc classes"
    r"|report number|created|updated|submitted|accepted)\s*:.*",
    re.IGNORECASE,
)


class TitleMatch(IntEnum):
    """How a title written down agrees with a record's."""

    OTHER = 0
    PART = 1
    SLIP = 2
    SAME = 3


@dataclass(frozen=True, slots=True)
class Written:
    """What a mention says, ready to be compared."""

    title: Words
    abstract: Words
    authors: tuple[str, ...]
    year: int | None


@dataclass(frozen=True, slots=True)
class Work:
    """A record (in the version it describes), ready to be compared."""

    record: Record = field(repr=False)
    title: Words
    abstract: Words
    writers: Writers


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a mention and a record agree; `authors` and `year` are None where the mention says nothing of them.

    `exact` is whether the abstracts agree in every word, number and letter, `spelled` whether the authors are the
    record's first ones letter for letter, `numbers` whether the abstract's numbers can be the record's.
    """

    title: TitleMatch
    title_score: float
    abstract: Alignment
    exact: bool
    authors: float | None
    year: bool | None
    spelled: bool = False
    numbers: bool = True

    @property
    def score(self) -> float:
        """One number from 0 to 1 for ranking: the better of title and abstract."""
        return round(max(self.abstract.ours, self.title_score), 4)


def written(mention: Mention) -> Written:
    """A mention ready to be compared; lines of other things that were copied with the abstract are left out."""
    return Written(
        title=split(mention.title or ""),
        abstract=split(_LABELS.sub(" ", mention.abstract or "")),
        authors=mention.authors,
        year=mention.date.year if mention.date else None,
    )


def work(record: Record) -> Work:
    """A record ready to be compared."""
    return Work(record, split(record.title), split(record.abstract), writers(record.authors))


def match_titles(ours: Words, theirs: Words) -> tuple[TitleMatch, float]:
    """Compare two titles; a number, letter, sign or known word that differs makes another, a slip does not."""
    if not ours.words or not theirs.words:
        return TitleMatch.OTHER, 0.0
    marks = _match_marks(ours, theirs)
    if ours.words == theirs.words:
        return marks, 1.0 if marks is not TitleMatch.OTHER else 0.9
    aligned = align(ours, theirs)
    score = round(min(aligned.ours, aligned.theirs), 4)
    if score > 0.999 and marks is not TitleMatch.OTHER:
        if "".join(ours.words) == "".join(theirs.words):
            return marks, score
        if not any(familiar(word) for word in set(ours.words) - set(theirs.words)):
            return TitleMatch.SLIP, score
    mine, yours = Counter(ours.plain_marks), Counter(theirs.plain_marks)
    part = max(aligned.ours, aligned.theirs) > 0.9 and min(len(ours.words), len(theirs.words)) > 2
    part = part and (mine <= yours or yours <= mine) and _match_part(ours.signs, theirs.signs)
    return (TitleMatch.PART if part else TitleMatch.OTHER), score


def _match_marks(ours: Words, theirs: Words) -> TitleMatch:
    """SAME if numbers, letters, Greek and signs agree, SLIP if ours lost its mathematics, else OTHER."""
    mine, yours = Counter(ours.marks), Counter(theirs.marks)
    if mine == yours or "".join(ours.marks) == "".join(theirs.marks):
        return TitleMatch.SAME if same_signs(ours.signs, theirs.signs) else TitleMatch.OTHER
    lost = not mine - yours and not Counter(theirs.plain_marks) - mine
    lost = lost and sum(mine.values()) == len(theirs.plain_marks) and same_signs(ours.signs, theirs.plain_signs)
    return TitleMatch.SLIP if lost else TitleMatch.OTHER


def _match_part(ours: Signs, theirs: Signs) -> bool:
    """Whether the signs of one title are all in the other."""
    mine, yours = Counter(ours.signs), Counter(theirs.signs)
    return mine <= yours or yours <= mine


def year_agrees(year: int | None, record: Record) -> bool | None:
    """Whether a year written down can be that of the record; None where either has none."""
    if year is None or record.published is None:
        return None
    return -_YEARS_BEFORE <= year - record.published.year <= _YEARS_AFTER


def compare(ours: Written, theirs: Work) -> Likeness:
    """Compare a mention with a record."""
    title, title_score = match_titles(ours.title, theirs.title)
    abstract = align(ours.abstract, theirs.abstract) if ours.abstract.words else NOTHING
    exact = bool(ours.abstract.words) and ours.abstract.words == theirs.abstract.words
    return Likeness(
        title=title,
        title_score=title_score,
        abstract=abstract,
        exact=exact and ours.abstract.marks == theirs.abstract.marks,
        authors=agreement(ours.authors, theirs.writers),
        year=year_agrees(ours.year, theirs.record),
        spelled=begins_with(ours.authors, theirs.writers),
        numbers=_numbers_agree(ours.abstract, theirs.abstract),
    )


def _numbers_agree(ours: Words, theirs: Words) -> bool:
    """Whether the numbers of one text stand in the other, where both kept their mathematics or neither has any.

    One number may be a slip; where mathematics was flattened, numbers run together and say nothing.
    """
    kept = ours.marks != ours.plain_marks, theirs.marks != theirs.plain_marks
    if kept[0] != kept[1]:
        return True
    mine = Counter(mark for mark in ours.marks if mark.isdecimal())
    strange = (mine - Counter(mark for mark in theirs.marks if mark.isdecimal())).total()
    return strange < 2 or strange < _STRANGE_NUMBERS * mine.total()


__all__ = ["Likeness", "TitleMatch", "Work", "Written", "compare", "is_slip", "match_titles", "work", "written"]
