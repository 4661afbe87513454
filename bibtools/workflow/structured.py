"""What structured sources (`.bib`, RIS, CSL) say of the records they lead to, kept with these in the lock."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from bibtools.config import Settings
from bibtools.lock import Lock
from bibtools.model import Entry, Mention, Record
from bibtools.render.sources import merged
from bibtools.workflow.library import resolution_of


def with_sources(held: Lock, mentions: Iterable[Mention], settings: Settings, *, ids: Collection[str]) -> Lock:
    """The lock in which the records `ids` have the entries of the structured mentions that lead to them.

    That of the first source in the settings stands, the others complete it. A record that has none is left with
    what its service says, one that no service described with the entry it had.
    """
    if not ids:
        return held
    entries: dict[str, list[tuple[int, Entry]]] = {i: [] for i in ids if i in held.records}
    for mention in mentions:
        record_id = resolution_of(mention, held).id
        if mention.entry is not None and record_id in entries:
            entries[record_id].append((_rank(mention.source, settings.sources), mention.entry))
    records = dict(held.records)
    for record_id, found in entries.items():
        said = merged([entry for _, entry in sorted(found, key=lambda pair: pair[0])]) if found else None
        locked = records[record_id]
        records[record_id] = replace(locked, record=_with_entry(locked.record, said))
    return replace(held, records=records)


def _with_entry(record: Record, said: Entry | None) -> Record:
    if record.entry is not None:
        return replace(record, entry=said or record.entry)
    return record if said is None and not record.retrieved else replace(record, source=said)


def _rank(source: str, patterns: Sequence[str]) -> int:
    """The place among the settings' sources of the first that names a file."""
    return next((at for at, pattern in enumerate(patterns) if _names(pattern, source)), len(patterns))


def _names(pattern: str, source: str) -> bool:
    """Whether a file, a folder or a glob of the settings leads to a source."""
    pattern = posixpath.normpath(pattern)
    if pattern == "." or source == pattern or source.startswith(f"{pattern}/"):
        return True
    parts, there = pattern.split("/"), source.split("/")
    if "**" in parts:
        return fnmatchcase(source, pattern) or fnmatchcase(source, pattern.replace("**/", ""))
    return len(parts) == len(there) and all(map(fnmatchcase, there, parts))
