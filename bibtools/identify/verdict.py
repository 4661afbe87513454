"""When a likeness is evidence: the rules by which a record is taken for the one that a mention means.

An abstract must stand in the record nearly whole, word for word and in order, and clearly better than in any other
record seen. A title must be the same, and what is written beside it (authors, year) must agree; alone it counts
only if it tells enough. Whatever falls short is a candidate, never an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bibtools.identify.flags import withdrawn_notice
from bibtools.identify.likeness import Likeness, TitleMatch, Work, Written
from bibtools.identify.words import Words

WHOLE = 0.965
"""The part of an abstract's words that must stand in the record's, where they are all of the record's too."""
_THEIRS = 0.94
"""The part of the record's words that are then all of it."""
_CUT = 0.975
"""The part of the words of what may be a piece of an abstract that must stand in the record's."""
_FOREIGN, _FOREIGN_SHARE = 0.3, 0.004
"""The weight of common words, and the part of all weight, that a piece may hold which the record does not."""
_SAME_TITLE, _SAME_TITLE_AND_AUTHORS = 0.9, 0.8
"""The part of an abstract that must stand in the record's where the title is the same, and the authors too."""
_SPEAKING_TITLE_BITS = 18.0
_FEW_BITS, _MANY_BITS = 36.0, 62.0
"""An abstract whose words tell less than this proves nothing; between the two it must be nearly perfect."""
_NEARLY_PERFECT = 0.985
_NOTICE_BITS = 110.0
"""A notice of withdrawal reads like all others; only a long one says which paper it is."""
_MARGIN = 0.02
_WHOLE_BONUS = 0.2
_TITLE_BITS, _SHORT_TITLE_BITS, _SHORT_TITLE, _SLIP_BITS = 11.0, 16.0, 3, 28.0
"""What a title must tell beside a year; alone, where it has more than three words or tells more; with a slip."""
_AUTHORS = 0.5
_NEAR = 0.12
"""From here on a text may be an older version's: worth looking at."""
_LISTED = 0.3
"""From here on a record is shown as a candidate."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A record that fits a mention: by `abstract` or `title`, how well, and in which older version's wording."""

    record_id: str
    method: str
    score: float
    version: int | None
    likeness: Likeness


def _speaks(title: Words) -> bool:
    """Whether a title tells enough to speak for or against a record."""
    return title.bits >= _SPEAKING_TITLE_BITS


def has_other_title(ours: Written, likeness: Likeness) -> bool:
    """Whether the mention has a title and it is not the record's."""
    return _speaks(ours.title) and likeness.title is TitleMatch.OTHER


def resembles_only(ours: Written, theirs: Work, likeness: Likeness) -> bool:
    """Whether the mention's title is another one about the record's subject, as of a paper of the same series."""
    if not has_other_title(ours, likeness):
        return False
    return likeness.title_score >= _LISTED or not ours.title.telling.isdisjoint(theirs.title.telling)


def abstract_fits(ours: Written, theirs: Work, likeness: Likeness) -> bool:
    """Whether the abstracts prove that the record is meant.

    A title beside the abstract that resembles the record's without being it takes the proof away: papers of one
    series or one author share whole abstracts. That the authors agree adds nothing for the same reason. A title
    that has nothing to do with the record may be a heading; then the abstract must be the whole one.
    """
    found, bits = likeness.abstract, ours.abstract.bits
    if withdrawn_notice(theirs.record.abstract) and (bits < _NOTICE_BITS or found.ours < _NEARLY_PERFECT):
        return False
    if not likeness.numbers or resembles_only(ours, theirs, likeness):
        return False
    if has_other_title(ours, likeness):
        return bits >= _MANY_BITS and found.theirs >= _THEIRS and found.ours >= WHOLE
    titled = _speaks(ours.title) and likeness.title >= TitleMatch.SLIP
    if likeness.authors == 0.0 and len(ours.authors) > 1:
        return False
    if bits < _MANY_BITS:
        whole = found.theirs >= 0.9 or bits >= 0.75 * _MANY_BITS
        enough = bits >= _FEW_BITS or titled
        return enough and found.ours >= _NEARLY_PERFECT and found.foreign < 0.1 and (whole or titled)
    if titled:
        return found.ours >= (_SAME_TITLE_AND_AUTHORS if (likeness.authors or 0.0) >= _AUTHORS else _SAME_TITLE)
    if found.theirs >= _THEIRS and found.ours >= WHOLE:
        return True
    return found.ours >= _CUT and found.foreign <= _FOREIGN + _FOREIGN_SHARE * ours.abstract.weight


def title_fits(ours: Written, likeness: Likeness) -> bool:
    """Whether the titles, and the authors and year beside them, prove that the record is meant."""
    if likeness.title < TitleMatch.SLIP:
        return False
    if likeness.authors is not None:
        return likeness.authors >= _AUTHORS
    if likeness.year is False:
        return False
    bits = ours.title.bits
    if likeness.title is TitleMatch.SLIP:
        return bits >= _SLIP_BITS
    if likeness.year:
        return bits >= _TITLE_BITS
    words = [word for word in ours.title.words if len(word) > 1]
    return (
        bits >= _TITLE_BITS
        and len(ours.title.telling) > 1
        and (bits >= _SHORT_TITLE_BITS or len(words) > _SHORT_TITLE)
    )


def fit(ours: Written, theirs: Work, likeness: Likeness, *, version: int | None = None) -> Fit | None:
    """The record as an answer, if the likeness proves it."""
    if ours.abstract.words:
        if abstract_fits(ours, theirs, likeness):
            return Fit(theirs.record.id, "abstract", likeness.abstract.ours, version, likeness)
        if ours.abstract.bits >= _FEW_BITS:
            return None
    if version is not None and likeness.authors is None:
        return None
    if title_fits(ours, likeness):
        return Fit(theirs.record.id, "title", likeness.title_score, version, likeness)
    return None


def _rank(found: Fit) -> tuple[float, ...]:
    """Better fits first: by what of the mention stands in the record, a record that is there as a whole first.

    How much of a record a piece leaves out says nothing: the longer abstract is not the less likely one.
    """
    like = found.likeness
    if found.method == "title":
        return (0.0, float(like.title), like.authors or 0.0, float(like.year is True), 0.0)
    return (
        1.0,
        like.abstract.ours + (_WHOLE_BONUS * like.abstract.theirs if like.abstract.theirs >= _THEIRS else 0.0),
        float(like.title),
        like.authors or 0.0,
    )


def choose(ours: Written, fits: Sequence[Fit]) -> tuple[Fit, float] | None:
    """The one fit that stands out, with its distance from the runner-up; None if there is none or a tie.

    What is written of title, authors and year decides between fits of one abstract; then an exact copy of the
    whole abstract beats one that only contains it.
    """
    if not fits:
        return None
    left: list[Fit] = list(fits)
    for agrees in (_same_title, _same_authors, _possible_year):
        left = [one for one in left if agrees(one.likeness)] or left
    left.sort(key=lambda one: (_rank(one), one.record_id), reverse=True)
    best = left[0]
    if len(left) == 1:
        return best, 1.0 if len(fits) == 1 else _MARGIN
    rival = left[1]
    if best.method == "title":
        return _by_authors(left)
    if best.likeness.exact != rival.likeness.exact:
        chosen = best if best.likeness.exact else rival
        return chosen, _MARGIN
    margin = _rank(best)[1] - _rank(rival)[1]
    return (best, min(1.0, round(margin, 4))) if margin >= _MARGIN else None


def _by_authors(fits: Sequence[Fit]) -> tuple[Fit, float] | None:
    """Of several papers of one title that with all the authors written down, or with just their spelling."""
    for agrees in (_all_authors, _spelled):
        kept = [one for one in fits if agrees(one.likeness)]
        if len(kept) == 1:
            return kept[0], _MARGIN
        fits = kept or fits
    return None


def _same_title(likeness: Likeness) -> bool:
    return likeness.title >= TitleMatch.SLIP


def _same_authors(likeness: Likeness) -> bool:
    return (likeness.authors or 0.0) >= _AUTHORS


def _all_authors(likeness: Likeness) -> bool:
    return likeness.authors == 1.0


def _spelled(likeness: Likeness) -> bool:
    return likeness.spelled


def _possible_year(likeness: Likeness) -> bool:
    return likeness.year is not False


def is_near(likeness: Likeness) -> bool:
    """Whether an older version of the record may be what the mention quotes."""
    return likeness.abstract.ours >= _NEAR or likeness.title >= TitleMatch.PART or likeness.abstract.longest >= 6


def is_listed(likeness: Likeness) -> bool:
    """Whether the record is worth showing as a candidate."""
    return likeness.score >= _LISTED or likeness.title >= TitleMatch.PART


def contradicts(ours: Written, likeness: Likeness) -> bool:
    """Whether title or abstract beside an identifier plainly speak of another paper than the record."""
    speaks_of_title = ours.title.bits >= _TITLE_BITS
    speaks_of_abstract = ours.abstract.bits >= _FEW_BITS
    title_agrees = likeness.title >= TitleMatch.PART or likeness.title_score >= 0.5
    abstract_agrees = likeness.abstract.ours >= 0.3
    if speaks_of_abstract:
        return not abstract_agrees and not (speaks_of_title and title_agrees)
    return speaks_of_title and not title_agrees
