"""The user's own works: the entries of a target that are those of no record in the lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bibtools import bibfile
from bibtools.errors import Problem
from bibtools.model import Entry, Mention, Record
from bibtools.plan.matching import keys_of
from bibtools.workflow.standing import Holders

NO_WORKS = frozenset({"xdata", "control", "ieeetranbstctl"})
"""Types of entries that are no works: data for others, and settings of styles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWork:
    """An entry of a target, the mention that it is, and its number among the file's entries."""

    entry: Entry
    mention: Mention
    number: int

    @property
    def id(self) -> str:
        """`entry:` and the citation key."""
        return f"entry:{self.entry.key}"

    @property
    def place(self) -> str:
        """`file:line` of the entry."""
        return f"{self.mention.source}:{self.mention.line}"

    @property
    def record(self) -> Record:
        """The work as a record that keeps its entry as it is."""
        from bibtools.identify.entries import local_record

        return replace(local_record(self.mention), id=self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWorks:
    """Works in the file's order, and what is wrong with what they inherit."""

    works: tuple[OwnWork, ...] = ()
    problems: tuple[Problem, ...] = ()


def name_of(entry: Entry) -> str | None:
    """The id under which an entry names its work, as `arxiv:…` or `doi:…`; an arXiv id counts before a DOI."""
    if arxiv := bibfile.arxiv_id(entry):
        return arxiv.record_id
    doi = bibfile.doi(entry)
    return f"doi:{doi}" if doi else None


def names_of(record: Record) -> tuple[str, ...]:
    """The ids under which entries may name a record; what its source gave counts where no service described it."""
    said = record.entry or (None if record.retrieved else record.source)
    own = name_of(said) if said is not None else None
    return (record.id, *(f"doi:{doi.lower()}" for doi in record.dois), *([own] if own else []))


def of(file: Holders, *, crossref: bool = False) -> OwnWorks:
    """The works in a `.bib` target, but for the entries that are those of records.

    Macros are expanded and data of `@xdata` filled in. With `crossref` an entry keeps its cross-reference instead
    of what it inherits by it. One without a key gets one that no other has (:func:`bibtools.citekeys.choices`).
    """
    from bibtools.extract.paper import Lines, mention_of
    from bibtools.extract.structured import paper_of
    from bibtools.formats.bib import parse

    text = file.there.bib.text
    parsed = parse(text, crossref=crossref)
    lines = Lines.of(text)
    numbers = {block.span.start: number for number, (block, _) in enumerate(file.there.entries)}
    records = frozenset(file.numbers.values())
    rows = [(each, numbers[each.span.start]) for each in parsed.entries]
    rows = [row for row in rows if row[1] not in records and row[0].entry.entry_type not in NO_WORKS]
    works = []
    for entry, (read, number) in zip(_named([read.entry for read, _ in rows], file), rows, strict=True):
        mention = mention_of(paper_of(entry, read.span.start, read.span.stop), source=file.path, lines=lines)
        works.append(OwnWork(entry=entry, mention=mention, number=number))
    own = {read.entry.key for read, _ in rows}
    inherited = (p for p in parsed.problems if p.code.startswith("crossref-") and p.key in own)
    return OwnWorks(works=tuple(works), problems=tuple(p.at(replace(p.where, file=file.path)) for p in inherited))


def _named(entries: Sequence[Entry], file: Holders) -> list[Entry]:
    """The entries, those without a key under one of their own."""
    from bibtools.formats import Item
    from bibtools.formats.keys import ANY, distinct

    without = [Item(entry=entry) for entry in entries if not entry.key]
    made, _ = distinct(without, ANY, reserved=(*file.keys, *keys_of(file.there)))
    keys = iter(made)
    return [entry if entry.key else next(keys).entry for entry in entries]
