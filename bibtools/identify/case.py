"""One mention on its way to an answer: what was asked for it, what it resembles, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field

from bibtools.errors import Problem
from bibtools.identify.likeness import Likeness, TitleMatch, Written, compare, written
from bibtools.identify.plan import plan, with_author
from bibtools.identify.shelf import Shelf
from bibtools.identify.verdict import Fit, choose, fit, has_other_title, is_near
from bibtools.model import ArxivId, Identifier, Mention, Resolution

_OWN_DOI = "10.48550/arxiv."
_RIVALS = 3
_VERSIONS = 4
_STRONGLY_NEAR = 0.4


@dataclass(frozen=True, slots=True)
class Ask:
    """What a case wants to know: current records, older versions, clauses of searches, clauses asked alone."""

    ids: tuple[ArxivId, ...] = ()
    clauses: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ids or self.clauses or self.alone)


@dataclass(eq=False)
class Case:
    """A mention with what is known about it so far.

    `wanted` are the ids it asked for last; `unasked` says why a question of its was not asked, if one was not.
    """

    mention: Mention
    ours: Written = field(init=False)
    numbers: tuple[str, ...] = field(init=False)
    dois: tuple[str, ...] = field(init=False)
    rounds: tuple[tuple[str, ...], ...] = ()
    asked_for: list[str] = field(default_factory=list)
    likes: dict[str, Likeness] = field(default_factory=dict)
    old_likes: dict[tuple[str, int], Likeness] = field(default_factory=dict)
    offered: dict[str, None] = field(default_factory=dict)
    older_asked: set[str] = field(default_factory=set)
    started: bool = False
    overflowed: bool = False
    alone_asked: bool = False
    wanted: tuple[ArxivId, ...] = ()
    unasked: Problem | None = None
    done: Resolution | None = None
    leader: Case | None = None

    def __post_init__(self) -> None:
        self.ours = written(self.mention)
        own = [one for one in self.mention.identifiers if one.own]
        self.numbers = tuple(dict.fromkeys(number for one in own if (number := _arxiv_number(one))))
        self.dois = tuple(
            dict.fromkeys(
                one.value.lower()
                for one in own
                if one.scheme == "doi" and not one.value.lower().startswith(_OWN_DOI)
            )
        )

    @property
    def has_text(self) -> bool:
        """Whether there is a title or an abstract to compare."""
        return bool(self.ours.title.words or self.ours.abstract.words)

    def look(self, shelf: Shelf, named: tuple[str, ...] = ()) -> None:
        """Compare with what is on the shelf and was not compared yet."""
        if not self.has_text:
            return
        for record_id in [*named, *self.offered, *shelf.resembling(self.ours)]:
            if record_id not in self.likes and record_id in shelf.works:
                self.likes[record_id] = compare(self.ours, shelf.works[record_id])
        for record_id in self.older_asked:
            for one in shelf.versions(record_id):
                key = record_id, one.record.version or 0
                if key not in self.old_likes:
                    self.old_likes[key] = compare(self.ours, one)

    def fits(self, shelf: Shelf) -> list[Fit]:
        """Every record that fits, each in the version that fits best."""
        found: dict[str, Fit] = {}
        for record_id, likeness in self.likes.items():
            if one := fit(self.ours, shelf.works[record_id], likeness):
                found[record_id] = one
        for (record_id, version), likeness in self.old_likes.items():
            one = fit(self.ours, shelf.older[record_id, version], likeness, version=version)
            if one and (record_id not in found or one.score > found[record_id].score):
                found[record_id] = one
        return list(found.values())

    def best(self, shelf: Shelf) -> tuple[Fit, float] | None:
        """The record that stands out by its text, with its margin."""
        found = choose(self.ours, self.fits(shelf))
        if found and found[0].method == "abstract" and self.title_of_another(found[0]):
            return None
        if found and self.overflowed and found[0].method == "title" and found[0].likeness.authors is None:
            return None
        return found

    def title_of_another(self, found: Fit) -> bool:
        """Whether the title beside a fitting abstract is that of another record."""
        if not has_other_title(self.ours, found.likeness):
            return False
        return any(like.title >= TitleMatch.SLIP for one, like in self.likes.items() if one != found.record_id)

    def ranked(self) -> list[tuple[str, Likeness]]:
        """The records compared, most alike first (in whatever version)."""
        best = dict(self.likes)
        for (record_id, _), likeness in self.old_likes.items():
            if record_id not in best or likeness.score > best[record_id].score:
                best[record_id] = likeness
        return sorted(best.items(), key=lambda item: (-item[1].score, item[0]))

    def older_versions(self, shelf: Shelf, record_ids: list[str]) -> tuple[ArxivId, ...]:
        """The older versions of these records to ask for, each record once."""
        wanted: list[ArxivId] = []
        for record_id in record_ids:
            record = shelf.works[record_id].record
            number = record.arxiv_number
            if record_id in self.older_asked or number is None or not record.version or record.version < 2:
                continue
            self.older_asked.add(record_id)
            latest = record.version - 1
            versions = sorted({*range(1, _VERSIONS), latest}) if latest > _VERSIONS else range(1, latest + 1)
            wanted += [ArxivId(number, version) for version in versions if (record_id, version) not in shelf.older]
        return tuple(wanted)

    def next_search(self, shelf: Shelf) -> Ask:
        """What to ask next to find the mention by its text."""
        near = [record_id for record_id, like in self.ranked()[:_RIVALS] if is_near(like)]
        older = self.older_versions(shelf, near)
        if older and near and self.likes[near[0]].score >= _STRONGLY_NEAR:
            return Ask(ids=older)
        alone: tuple[str, ...] = ()
        if self.overflowed and not self.alone_asked and self.mention.title:
            self.alone_asked, self.overflowed = True, False
            clause = with_author(self.mention.title, self.mention.authors)
            alone = (clause,) if clause else self.asked_for_title()
        if not self.started:
            self.started = True
            self.rounds = plan(self.mention)
        clauses, self.rounds = (self.rounds[0], self.rounds[1:]) if self.rounds else ((), ())
        self.asked_for += [*clauses, *alone]
        return Ask(ids=older, clauses=clauses, alone=alone)

    def more(self) -> tuple[str, ...]:
        """The clauses of the next round already now, where there is room for them."""
        clauses, self.rounds = (self.rounds[0], self.rounds[1:]) if self.rounds else ((), ())
        self.asked_for += clauses
        return clauses

    def asked_for_title(self) -> tuple[str, ...]:
        """The first clause asked for the title."""
        return tuple(clause for clause in self.asked_for if "ti:" in clause)[:1]


def _arxiv_number(one: Identifier) -> str | None:
    """The bare arXiv number of an identifier, if it is one; what is malformed stays as it is."""
    from bibtools.identifiers import parse_arxiv

    if one.scheme == "arxiv" or (one.scheme == "doi" and one.value.lower().startswith(_OWN_DOI)):
        found = parse_arxiv(one.value)
        return found.number if found else one.value
    return None
