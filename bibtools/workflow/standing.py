"""The citation keys that stand in the targets: a record takes the one of its entry, and none of anybody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bibtools import bibfile, files
from bibtools.errors import UnusableFileError
from bibtools.lock import Lock, LockedRecord
from bibtools.model import Entry, Record
from bibtools.plan import TargetPlan
from bibtools.plan.matching import FileEntries, keys_of, match
from bibtools.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Standing:
    """The key of an entry in the first `.bib` → the id of its record; the keys of other works, in `casefold`."""

    own: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)


def standing(project: Project, records: Sequence[Record]) -> Standing:
    """The keys in the project's `.bib` targets, as far as these can be read, in view of new records."""
    found = Standing()
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
        found.others.update({key.casefold() for key in keys_of(there)} - {k.casefold() for k in entries.values()})
        for record_id, key in entries.items() if target is project.settings.first_bib else ():
            if key:
                found.own.setdefault(key, record_id)
    return found


def others_in(bib: bibfile.BibFile, path: str, held: Lock, ids: Sequence[str]) -> list[int]:
    """The numbers of the entries in the target `path`, as it is, that are those of none of the records `ids`."""
    bases = held.targets.get(path, {})
    taken = match(FileEntries.of(bib), [(held.records[i], bases.get(i)) for i in ids]).numbers.values()
    return sorted(set(range(len(bib.entries))).difference(taken))


def entries_of(plan: TargetPlan, held: Lock) -> dict[str, Entry]:
    """Record id → its entry in the file as it is after the plan, of several with one key the record's own."""
    there = FileEntries.of(bibfile.parse(bibfile.decode(plan.new, file=plan.path).text))
    entries = [entry for _, entry in there.entries]
    first = {entry.key: entry for entry in reversed(entries)}
    found = match(there, [(held.records[i], plan.bases.get(i)) for i in plan.keys if i in held.records])
    own = {record_id: entries[number] for record_id, number in found.numbers.items()}
    return {
        record_id: own[record_id] if record_id in own and own[record_id].key == key else first[key]
        for record_id, key in plan.keys.items()
        if key in first
    }
