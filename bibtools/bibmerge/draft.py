"""A merge in the making: the three versions, read, and what is to be done to ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bibtools import bibfile
from bibtools.bibfile import BibFile, Edit, Habits
from bibtools.bibfile.lines import main_newline, with_newlines
from bibtools.bibmerge import parts
from bibtools.bibmerge.marks import Clash
from bibtools.bibmerge.pairing import Item, items
from bibtools.bibmerge.parts import Part
from bibtools.bibmerge.placing import Newcomer
from bibtools.model import Span

ConflictKind = Literal["field", "key", "removed", "two-papers", "text"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class BibConflict:
    """What both sides changed: a `field` of an entry, its `key`, an entry that the other side `removed`.

    `two-papers` is one key that each side gave to another paper; `text` is anything outside of entries.
    """

    kind: ConflictKind
    key: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of the three texts, read."""

    bib: BibFile
    items: tuple[Item, ...]
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, text: str) -> Version:
        """Read a text."""
        bib = bibfile.parse(text)
        return cls(bib=bib, items=items(bib), parts=parts.parts(bib))

    def raw(self, span: Span, newline: str) -> str:
        """What stands in a span, with the line ends of the text it is to go into."""
        return with_newlines(self.bib.text[span.start : span.stop], newline)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A merge in the making. `counterparts` maps places of their file to places of ours."""

    base: Version
    ours: Version
    theirs: Version
    habits: Habits
    their_habits: Habits
    newline: str
    by_key: dict[str, int]
    edits: list[Edit] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    conflicts: list[BibConflict] = field(default_factory=list)
    newcomers: list[Newcomer] = field(default_factory=list)
    counterparts: dict[Span, Span] = field(default_factory=dict)

    def clash(self, conflict: BibConflict, theirs: Edit, base: Edit | None, *, whole: bool = True) -> None:
        """Both sides at the place of `theirs`; `base` is what was there before (None: what is there now)."""
        self.conflicts.append(conflict)
        old = base or theirs
        span = Span(min(theirs.span.start, old.span.start), max(theirs.span.stop, old.span.stop))
        self.clashes.append(Clash(span=span, theirs=(theirs,), base=(base,) if base else (), whole=whole))

    def was(self, base: Item | None) -> str:
        """The text of an entry in the base; none for one that was not there."""
        return self.base.raw(base.block.span, self.newline) if base else ""


def begin(base: str, ours: str, theirs: str) -> Draft:
    """Read three versions."""
    mine, come = Version.of(ours), Version.of(theirs)
    by_key: dict[str, int] = {}
    for number, item in enumerate(mine.items):
        by_key.setdefault(item.entry.key.casefold(), number)
    return Draft(
        base=Version.of(base),
        ours=mine,
        theirs=come,
        habits=bibfile.measure(mine.bib),
        their_habits=bibfile.measure(come.bib),
        newline=main_newline(ours),
        by_key=by_key,
    )
