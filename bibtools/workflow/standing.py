"""The citation keys that stand in the targets: a record takes the one of its entry, and none of anybody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bibtools import bibfile, files
from bibtools.errors import UnusableFileError
from bibtools.lock import Lock, LockedRecord
from bibtools.model import Entry, Record
from bibtools.plan import FileEntries, TargetPlan, match
from bibtools.plan.matching import keys_of
from bibtools.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Standing:
    """The key of an entry in a `.bib` → the id of its record; the keys of other works, in `casefold`."""

    own: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)


def standing(project: Project, records: Sequence[Record]) -> Standing:
    """The keys in the project's `.bib` targets, as far as these can be read, in view of new records.

    A record whose entry stands in several has the key that it has in the first of them; one that is another
    work's somewhere only if it is the one in the first `.bib`.
    """
    found = Standing()
    rows: list[tuple[str, str, bool]] = []
    new = [(LockedRecord(key="", record=record), None) for record in records]
    for target in project.settings.targets:
        if target.generated is not None:
            continue
        try:
            data = files.read_if_there(project.root / target.path, name=target.path)
            text = bibfile.decode(data or b"", file=target.path).text
        except UnusableFileError:
            continue  # `sync` says what is wrong with it
        there = FileEntries.of(bibfile.parse(text))
        entries = {record_id: there.entries[n][1].key for record_id, n in match(there, new).numbers.items()}
        found.others.update(set(keys_of(there)) - {key.casefold() for key in entries.values()})
        is_first = target is project.settings.first_bib
        rows += ((key, record_id, is_first) for record_id, key in entries.items() if key)
    named: set[str] = set()
    for key, record_id, is_first in rows:
        if record_id not in named and key not in found.own and (is_first or key.casefold() not in found.others):
            found.own[key] = record_id
            named.add(record_id)
    return found


def in_use(project: Project, held: Lock) -> set[str]:
    """The keys, in `casefold`, of the lock's records, now or earlier, and of all entries in the `.bib` targets."""
    keys = [key for locked in held.records.values() for key in (locked.key, *locked.aliases)]
    keys += [base.entry.key for bases in held.targets.values() for base in bases.values()]
    return {key.casefold() for key in keys} | standing(project, ()).others


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """The entries of a target, and whose they are: record id → number of its entry.

    `keys` are those of records.
    """

    path: str
    there: FileEntries
    numbers: Mapping[str, int]
    keys: frozenset[str]

    def entry(self, record_id: str) -> Entry | None:
        """The entry of a record."""
        number = self.numbers.get(record_id)
        return None if number is None else self.there.entries[number][1]


def holders(plan: TargetPlan, held: Lock, data: bytes) -> Holders:
    """Whose the entries of a target are in its bytes before a plan or after it.

    Of several with one key the record's is the one that it is found by, as in a sync.
    """
    there = FileEntries.of(bibfile.parse(bibfile.decode(data, file=plan.path).text))
    keys = {record_id: key for record_id, key in plan.keys.items() if record_id in held.records}
    found = match(there, [(held.records[i], plan.bases.get(i)) for i in keys]).numbers
    numbers = {i: number for i, number in found.items() if there.entries[number][1].key == keys[i]}
    claimed = frozenset(numbers.values())
    left: dict[str, int] = {}
    for number, (_, entry) in enumerate(there.entries):
        if number not in claimed:
            left.setdefault(entry.key, number)
    numbers |= {i: left.pop(key) for i, key in keys.items() if i not in numbers and key in left}
    return Holders(path=plan.path, there=there, numbers=numbers, keys=frozenset(keys.values()))
