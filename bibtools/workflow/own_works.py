"""The user's own works: the entries of a target that are those of no record in the lock."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bibtools import bibfile
from bibtools.errors import Problem
from bibtools.lock import Lock
from bibtools.model import Entry, Mention, Record

NO_WORKS = frozenset({"xdata", "control", "ieeetranbstctl"})
"""Types of entries that are no works: data for others, and settings of styles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWork:
    """An entry of a target, and the mention that it is."""

    entry: Entry
    mention: Mention

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
    """The ids under which entries may name a record."""
    return (record.id, *(f"doi:{doi.lower()}" for doi in record.dois))


def claimed(keys: Mapping[str, str], held: Lock) -> dict[str, tuple[str, ...]]:
    """Citation key → the ids of the record whose entry has it; `keys` are those of a plan, by record id."""
    return {key: names_of(held.records[i].record) for i, key in keys.items()}


def numbers(entries: Sequence[Entry], claims: Mapping[str, Collection[str | None]]) -> dict[str, int]:
    """Citation key → which of the entries is the record's: of several under one key the one that names it."""
    found: dict[str, int] = {}
    for number, entry in enumerate(entries):
        names = claims.get(entry.key)
        if names is not None and (entry.key not in found or name_of(entry) in names):
            found[entry.key] = number
    return found


def of(
    data: bytes, path: str, claims: Mapping[str, Collection[str | None]], *, crossref: bool = False
) -> OwnWorks:
    """The works in the bytes of a `.bib`, but for the entries that are those of records (:func:`claimed`).

    Macros are expanded and data of `@xdata` filled in. With `crossref` an entry keeps its cross-reference instead
    of what it inherits by it. UnusableFileError for a file that is no text.
    """
    from bibtools.extract.paper import Lines, mention_of
    from bibtools.extract.structured import paper_of, with_key
    from bibtools.formats.bib import parse

    text = bibfile.decode(data, file=path).text
    parsed = parse(text, crossref=crossref)
    lines = Lines.of(text)
    works = []
    records = frozenset(numbers([each.entry for each in parsed.entries], claims).values())
    for number, (entry, span) in enumerate((each.entry, each.span) for each in parsed.entries):
        if number not in records and entry.entry_type not in NO_WORKS:
            entry = with_key(entry)
            mention = mention_of(paper_of(entry, span.start, span.stop), source=path, lines=lines)
            works.append(OwnWork(entry=entry, mention=mention))
    inherited = (p for p in parsed.problems if p.code.startswith("crossref-") and p.key not in claims)
    return OwnWorks(works=tuple(works), problems=tuple(p.at(replace(p.where, file=path)) for p in inherited))
