"""How much of one text stands in another, in order, slips of the pen forgiven.

Words are aligned by their longest common subsequence; what lies between two matched runs is compared letter by
letter, so that `meth ods`, `rnethods` and `mehtods` still are `methods` while `prime` is not `natural`.
Matches of a word or two that stand alone are chance and do not count.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from bibtools.identify.commonness import familiar, rarity
from bibtools.identify.words import Words, weigh

_LONGEST_GAP = 14
"""Words on either side of a gap beyond which it is another text and not a slip."""


_MISREAD = (
    ("rn", "m"),
    ("cl", "d"),
    ("vv", "w"),
    ("in", "m"),
    ("1", "l"),
    ("i", "l"),
    ("0", "o"),
    ("h", "b"),
    ("e", "c"),
)


def _misread(word: str) -> str:
    """A word as careless eyes (and character recognition) see it."""
    for seen, as_if in _MISREAD:
        word = word.replace(seen, as_if)
    return word


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two texts share, as parts of the weight of each.

    `ours` is the part of the first text that stands in the second, `theirs` the part of the second that stands
    in the first, `foreign` the weight of the first text's common words that do not, or only as slips (damage
    seldom makes a common word), `slips` the part of `ours` that agrees only letter by letter, `longest` the number
    of words in the longest run that agrees exactly.
    """

    ours: float
    theirs: float
    foreign: float
    slips: float
    longest: int


NOTHING = Alignment(0.0, 0.0, 0.0, 0.0, 0)


def is_slip(first: str, second: str) -> bool:
    """Whether two writings can be the same word or words, mistyped, split or misread.

    >>> is_slip("methods", "rnethods"), is_slip("projective", "injective"), is_slip("symmetric", "asymmetric")
    (True, False, False)
    """
    if first == second:
        return True
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    if _misread(first) == _misread(second):
        return len(shorter) > 2
    if len(shorter) < 3 or len(longer) - len(shorter) > 2 or longer.endswith(shorter):
        return False
    from rapidfuzz.distance import OSA

    allowed = 1 if len(longer) < 8 else 2
    allowed = max(allowed, len(longer) // 8)
    return bool(OSA.distance(first, second, score_cutoff=allowed) <= allowed)


def _fill_gap(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[float, float, float]:
    """Of a gap: the weights of either text's words that are slips of each other, and of ours that are foreign."""
    if len(ours) > _LONGEST_GAP or len(theirs) > _LONGEST_GAP:
        return 0.0, 0.0, sum(map(_foreign, ours))
    if ours and theirs and is_slip("".join(ours), "".join(theirs)):
        return sum(map(weigh, ours)), sum(map(weigh, theirs)), 0.0
    mine = yours = foreign = 0.0
    start = i = 0
    while i < len(ours):
        found = _slip_at(ours, i, theirs, start)
        if found is None:
            foreign += _foreign(ours[i])
            i += 1
            continue
        taken, at, stop = found
        mine += sum(map(weigh, ours[i : i + taken]))
        yours += sum(map(weigh, theirs[at:stop]))
        foreign += _foreign(ours[i]) if taken == 1 and stop == at + 1 else 0.0
        i, start = i + taken, stop
    return mine, yours, foreign


def _foreign(word: str) -> float:
    return weigh(word) if familiar(word) and rarity(word) else 0.0


def _slip_at(ours: tuple[str, ...], i: int, theirs: tuple[str, ...], start: int) -> tuple[int, int, int] | None:
    """A slip that begins with `ours[i]`: how many of our words, and the half-open range of theirs."""
    for at in range(start, len(theirs)):
        if is_slip(ours[i], theirs[at]):
            return 1, at, at + 1
        if i + 1 < len(ours) and is_slip(ours[i] + ours[i + 1], theirs[at]):
            return 2, at, at + 1
        if at + 1 < len(theirs) and is_slip(ours[i], theirs[at] + theirs[at + 1]):
            return 1, at, at + 2
    return None


def _runs(ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Runs of equal words (start in ours, start in theirs, length), lone chance matches left out."""
    from rapidfuzz.distance import LCSseq

    runs = [
        (op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in LCSseq.opcodes(ours, theirs)
        if op.tag == "equal"
    ]
    kept: list[tuple[int, int, int]] = []
    for number, (i, j, length) in enumerate(runs):
        if length < 3:
            before = runs[number - 1] if number else (0, 0, 0)
            after = runs[number + 1] if number + 1 < len(runs) else (len(ours), len(theirs), 0)
            gap_before = max(i - before[0] - before[2], j - before[1] - before[2])
            gap_after = max(after[0] - i - length, after[1] - j - length)
            weight = sum(map(weigh, ours[i : i + length]))
            reach = 3 if weight >= 1 else 2
            if min(gap_before, gap_after) > reach:
                continue
        kept.append((i, j, length))
    return _stretched(kept, ours, theirs)


def _stretched(
    runs: list[tuple[int, int, int]], ours: tuple[str, ...], theirs: tuple[str, ...]
) -> list[tuple[int, int, int]]:
    """The runs as long as the words between them allow: a common subsequence may leave a run's end elsewhere."""
    wider: list[tuple[int, int, int]] = []
    low_i = low_j = 0
    for number, (i, j, length) in enumerate(runs):
        high_i, high_j, _ = runs[number + 1] if number + 1 < len(runs) else (len(ours), len(theirs), 0)
        while i > low_i and j > low_j and ours[i - 1] == theirs[j - 1]:
            i, j, length = i - 1, j - 1, length + 1
        while i + length < high_i and j + length < high_j and ours[i + length] == theirs[j + length]:
            length += 1
        wider.append((i, j, length))
        low_i, low_j = i + length, j + length
    return wider


def _residue(ours: tuple[str, ...]) -> float:
    """The weight of words that flattened mathematics may have left behind: none that the table knows."""
    if len(ours) > _LONGEST_GAP:
        return 0.0
    return sum(weigh(word) for word in ours if not familiar(word))


def align(ours: Words, theirs: Words) -> Alignment:
    """Compare two texts; both directions at once.

    Where the second has mathematics, unknown words of the first count as what is left of it, not as other text.
    """
    if not ours.words or not theirs.words:
        return NOTHING
    runs = _runs(ours.words, theirs.words)
    exact = sum(sum(map(weigh, ours.words[i : i + n])) for i, _, n in runs)
    mine, yours = exact, exact
    i = j = 0
    foreign = excused = 0.0
    for run_i, run_j, length in [*runs, (len(ours.words), len(theirs.words), 0)]:
        gap = ours.words[i:run_i]
        gap_mine, gap_yours, gap_foreign = _fill_gap(gap, theirs.words[j:run_j])
        mine += gap_mine
        yours += gap_yours
        foreign += gap_foreign
        if gap and not gap_mine and _has_hole(theirs.holes, j, run_j):
            excused += _residue(gap)
        i, j = run_i + length, run_j + length
    weight = max(ours.weight - excused, 0.5 * ours.weight)
    return Alignment(
        ours=min(1.0, mine / weight),
        theirs=min(1.0, yours / theirs.weight),
        foreign=foreign,
        slips=(mine - exact) / ours.weight,
        longest=max((n for _, _, n in runs), default=0),
    )


def _has_hole(holes: tuple[int, ...], start: int, stop: int) -> bool:
    at = bisect_left(holes, start)
    return at < len(holes) and holes[at] <= stop
