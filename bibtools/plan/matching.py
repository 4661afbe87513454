"""Which entry of a file is which record's: each entry belongs to one record at most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bibtools import bibfile
from bibtools.bibfile import BibFile, BrokenBlock, EntryBlock
from bibtools.lock import Base, LockedRecord
from bibtools.merge import same_entry
from bibtools.model import Entry, Field, Record
from bibtools.plan import evidence
from bibtools.titles import LONGEST

_ASCII_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntries:
    """The entries of a file, and where those with a certain key, arXiv id or DOI stand among them.

    `broken` are the keys, in lower case, of entries that cannot be read, `macros` what macros stand for.
    """

    bib: BibFile
    macros: Mapping[str, str]
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
        there = cls(bib=bib, macros=macros, entries=entries, broken=broken)
        for number, (_, entry) in enumerate(entries):
            there.by_key.setdefault(entry.key, number)
            there.by_folded_key.setdefault(entry.key.casefold(), number)
            if found := bibfile.arxiv_id(entry):
                there.by_id.setdefault(found.record_id, []).append(number)
                there.ids[number] = found.record_id
            if doi := bibfile.doi(entry):
                there.by_doi.setdefault(doi, []).append(number)
        return there

    def meant(self, number: int) -> Entry:
        """An entry with its macros expanded: what it says of the work."""
        entry = self.entries[number][1]
        fields = (Field(f.name, bibfile.expanded(f, self.macros)) if f.macro else f for f in entry.fields)
        return replace(entry, fields=tuple(fields))

    def names_another(self, number: int, record: Record) -> bool:
        """Whether an entry names another arXiv paper than the record is, or than its source's entry names."""
        named = self.ids.get(number, record.id)
        return record.id.startswith("arxiv:") and named not in (record.id, _own_id(record))


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
        if number is not None and number not in there.ids and _same_title(there.meant(number), base.entry):
            yield number


def _by_known_key(there: FileEntries, locked: LockedRecord, base: Base | None) -> Iterator[int]:
    if base is None:
        return
    number = there.by_key.get(base.entry.key)
    if number is None:  # another case may be another entry, so it takes more than the key
        number = there.by_folded_key.get(base.entry.key.casefold())
        if number is not None and not _same_title(there.meant(number), base.entry):
            return
    if number is None or there.names_another(number, locked.record):
        return
    if _is_still(there.meant(number), base.entry):
        yield number


def _is_still(entry: Entry, rendered: Entry) -> bool:
    """Whether the entry under a key is what was rendered under it, edited since; the key alone does not say so.

    Its title is the same, or else all that is beside it, or its people and year with nothing that contradicts.
    """
    rest, was = _without_title(entry), _without_title(rendered)
    if _same_title(entry, rendered) or (rest.fields and same_entry(rest, was)):
        return True
    one, other = evidence.of_entry(entry), evidence.of_entry(rendered)
    if evidence.contradict(one, other) or evidence.same_people(one, other) is not True:
        return False
    return bool(one.years & other.years)


def _without_title(entry: Entry) -> Entry:
    return replace(entry, fields=tuple(f for f in entry.fields if f.name not in ("title", "subtitle")))


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
    """The entry under the key of the source's own one, if it has its title and contradicts it in nothing."""
    own = locked.record.entry or locked.record.source
    number = there.by_key.get(own.key) if own is not None and base is None else None
    if own is None or number is None or there.names_another(number, locked.record):
        return
    entry = there.meant(number)
    if same_entry(entry, own):
        yield number
        return
    one, other = evidence.of_entry(entry), evidence.of_record(replace(locked.record, entry=own))
    people = evidence.same_people(one, other)
    # Without a title, as physicists write entries, the people must say it.
    titled = one.title == other.title if one.title and other.title else people is True
    if titled and people is not False and not evidence.contradict(one, other):
        yield number


def _by_description(there: FileEntries, locked: LockedRecord, base: Base | None) -> Iterator[int]:
    """Entries of which all that they say says that they are the record, whatever their keys."""
    own = locked.record.entry
    written = own.get("title") or "" if own is not None else locked.record.title
    words = sorted(_ASCII_WORD.findall(written), key=len)
    said: evidence.Claims | None = None
    for number, (_, entry) in enumerate(there.entries):
        title = entry.get("title") or ""
        # The longest word first: taking every title apart costs too much in a large file.
        if not title or len(title) > LONGEST or (words and words[-1].lower() not in _bare(title)):
            continue
        if there.names_another(number, locked.record):
            continue
        said = said or evidence.of_record(locked.record)
        if evidence.title_of(entry) != said.title:
            continue
        entry = there.meant(number)
        if evidence.same_work(evidence.of_entry(entry), said) or (own is not None and same_entry(entry, own)):
            yield number


def _own_id(record: Record) -> str | None:
    """The arXiv id that a source's entry gives, though no service described it under that id."""
    own = record.entry or record.source
    found = bibfile.arxiv_id(own) if own is not None else None
    return found.record_id if found else None


def _bare(text: str) -> str:
    return text.replace("{", "").replace("}", "").lower()


def _same_title(one: Entry, other: Entry) -> bool:
    """Whether two entries have one title; no title is like any, as there is nothing that disagrees."""
    titles = [evidence.title_of(entry) for entry in (one, other)]
    return not all(titles) or titles[0] == titles[1]


def keys_of(there: FileEntries) -> Iterable[str]:
    """The keys that the file holds, those of broken entries too, in lower case."""
    return (*there.by_folded_key, *there.broken)
