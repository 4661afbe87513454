"""Which entry of a file is which record's: each entry belongs to one record at most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bibtools import bibfile, latex, names
from bibtools.bibfile import BibFile, BrokenBlock, EntryBlock
from bibtools.lock import Base, LockedRecord
from bibtools.model import Entry, Record
from bibtools.text import fold

_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile(r"[A-Za-z]{4,}")
_YEAR = re.compile(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])")
_SHORTEST_TITLE = 10  # letters; below that two works may well share a title
_LONGEST_VALUE = 20_000  # characters; a longer title or author list is none
_SHARED_AUTHORS = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntries:
    """The entries of a file, and where those with a certain key, arXiv id or DOI stand among them.

    `broken` are the keys, in lower case, of entries that cannot be read.
    """

    bib: BibFile
    entries: tuple[tuple[EntryBlock, Entry], ...]
    by_key: dict[str, int] = field(default_factory=dict)
    by_folded_key: dict[str, int] = field(default_factory=dict)
    by_id: dict[str, list[int]] = field(default_factory=dict)
    by_doi: dict[str, list[int]] = field(default_factory=dict)
    ids: dict[int, str] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()

    @classmethod
    def of(cls, bib: BibFile) -> FileEntries:
        """Look through a parsed file once."""
        macros = bibfile.macros(bib)
        entries = tuple((block, bibfile.entry_of(block, bib.text, macros)) for block in bib.entries)
        broken = frozenset(b.key.casefold() for b in bib.blocks if isinstance(b, BrokenBlock) and b.key)
        there = cls(bib=bib, entries=entries, broken=broken)
        for number, (_, entry) in enumerate(entries):
            there.by_key.setdefault(entry.key, number)
            there.by_folded_key.setdefault(entry.key.casefold(), number)
            if found := bibfile.arxiv_id(entry):
                there.by_id.setdefault(found.record_id, []).append(number)
                there.ids[number] = found.record_id
            if doi := bibfile.doi(entry):
                there.by_doi.setdefault(doi, []).append(number)
        return there

    def names_another(self, number: int, record: Record) -> bool:
        """Whether an entry names another paper as its own than the record is, or its source's entry names."""
        named = self.ids.get(number, record.id)
        return named != record.id and named != _own_id(record)


@dataclass(slots=True, kw_only=True)
class Matches:
    """Record id → number of its entry; `doubles` are all the entries of a record that has several."""

    numbers: dict[str, int] = field(default_factory=dict)
    doubles: dict[str, tuple[int, ...]] = field(default_factory=dict)


def match(there: FileEntries, asked: Sequence[tuple[LockedRecord, Base | None]]) -> Matches:
    """Find the entries of records, each with what was last rendered for it.

    In the order of certainty: by arXiv id, by the key under which the entry was written before, by an arXiv id
    that only the source's own entry gives, by DOI, by that entry's key, by title, authors and year together. What
    is found by one is out of question for the next.
    """
    found = Matches()
    claimed: set[int] = set()
    for look in (_by_id, _by_known_key, _by_claimed_id, _by_doi, _by_own_key, _by_description):
        for locked, base in asked:
            if locked.record.id in found.numbers:
                continue
            numbers = [n for n in look(there, locked, base) if n not in claimed]
            if numbers:
                found.numbers[locked.record.id] = chosen = _preferred(there, numbers, locked, base)
                claimed.add(chosen)
                if len(numbers) > 1:
                    found.doubles[locked.record.id] = tuple(sorted(numbers))
    return found


def _preferred(there: FileEntries, numbers: Sequence[int], locked: LockedRecord, base: Base | None) -> int:
    for key in (base.entry.key if base else None, locked.key, *locked.aliases):
        for number in numbers:
            if there.entries[number][1].key == key:
                return number
    return numbers[0]


def _by_id(there: FileEntries, locked: LockedRecord, base: Base | None) -> Iterator[int]:
    same = there.by_id.get(locked.record.id, ())
    yield from same
    if same and base is not None:  # the entry that was rendered, which lost its id while a copy of it has one
        number = there.by_key.get(base.entry.key)
        if number is not None and number not in there.ids and _same_title(there.entries[number][1], base.entry):
            yield number


def _by_known_key(there: FileEntries, locked: LockedRecord, base: Base | None) -> Iterator[int]:
    if base is None:
        return
    number = there.by_key.get(base.entry.key)
    if number is None:  # another case may be another entry, so it takes more than the key
        number = there.by_folded_key.get(base.entry.key.casefold())
        if number is not None and not _same_title(there.entries[number][1], base.entry):
            return
    if number is not None and not there.names_another(number, locked.record):
        yield number


def _by_claimed_id(there: FileEntries, locked: LockedRecord, base: Base | None) -> Iterator[int]:
    if claimed := _own_id(locked.record):
        yield from there.by_id.get(claimed, ())


def _by_doi(there: FileEntries, locked: LockedRecord, base: Base | None) -> Iterator[int]:
    scheme, _, value = locked.record.id.partition(":")
    for doi in dict.fromkeys((*locked.record.dois, *([value] if scheme == "doi" else []))):
        for number in there.by_doi.get(doi.lower(), ()):
            if not there.names_another(number, locked.record):
                yield number


def _by_own_key(there: FileEntries, locked: LockedRecord, base: Base | None) -> Iterator[int]:
    own = locked.record.entry or locked.record.source
    number = there.by_key.get(own.key) if own is not None and base is None else None
    if own is None or number is None or there.names_another(number, locked.record):
        return
    if _same_title(there.entries[number][1], own):
        yield number


def _by_description(there: FileEntries, locked: LockedRecord, base: Base | None) -> Iterator[int]:
    """Entries that name no paper by any identifier, and whose title, authors and year are the record's."""
    record = locked.record
    title = _folded(latex.encode(record.title).text)
    if len(title) < _SHORTEST_TITLE or not record.authors or record.published is None:
        return
    words = sorted(_ASCII_WORD.findall(record.title), key=len)
    for number, (_, entry) in enumerate(there.entries):
        written = entry.get("title") or ""
        # The longest word first: taking every title apart costs too much in a large file.
        if len(written) > _LONGEST_VALUE or (words and words[-1].lower() not in _bare(written)):
            continue
        if number in there.ids or bibfile.doi(entry) or _folded(written) != title:
            continue
        if _same_people(entry, record) and _same_year(entry, record):
            yield number


def _own_id(record: Record) -> str | None:
    """The arXiv id that a source's entry gives, though no service described it under that id."""
    own = record.entry or record.source
    found = bibfile.arxiv_id(own) if own is not None else None
    return found.record_id if found else None


def _bare(text: str) -> str:
    return text.replace("{", "").replace("}", "").lower()


def _folded(title: str) -> str:
    """A LaTeX title as letters and digits only, without accents and case."""
    return "".join(_WORD.findall(fold(latex.decode(title, math="unicode")).casefold()))


def _same_title(one: Entry, other: Entry) -> bool:
    """Whether two entries have one title; no title is like any, as there is nothing that disagrees."""
    titles = [(entry.get("title") or "")[:_LONGEST_VALUE] for entry in (one, other)]
    return not all(titles) or _folded(titles[0]) == _folded(titles[1])


def _same_people(entry: Entry, record: Record) -> bool:
    """Whether the authors are the record's: nearly all found again, and no more nor fewer unless it says so."""
    written = entry.get("author") or ""
    if not written or len(written) > _LONGEST_VALUE:
        return False
    people = names.parse_bibtex(written)
    counts = sorted((len(people.names), len(record.authors)))
    if people.complete and record.authors_complete and counts[0] < _SHARED_AUTHORS * counts[1]:
        return False
    return names.author_overlap(people.names, record.authors) >= (1.0 if counts[0] <= 3 else _SHARED_AUTHORS)


def _same_year(entry: Entry, record: Record) -> bool:
    """Whether the entry's year is the one of the first version or of the neighbouring ones."""
    year = _YEAR.search(entry.get("year") or entry.get("date") or "")
    return year is not None and record.published is not None and abs(int(year[0]) - record.published.year) <= 1


def keys_of(there: FileEntries) -> Iterable[str]:
    """The keys that the file holds, those of broken entries too, in lower case."""
    return (*there.by_folded_key, *there.broken)
