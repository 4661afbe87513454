"""Removing works: their entries in every target, what the lock keeps of them, and what noted them down.

Documents are never edited, so what they cite is not removed unless the user insists. A line in the file that `add`
writes to goes where it holds nothing else; any other mention is ignored from now on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bibtools import bibfile, files
from bibtools.errors import Place, Problem, UsageError
from bibtools.lock import Lock, LockedMention, excerpt
from bibtools.model import Mention, Resolution
from bibtools.plan import FileEntries, Matches, match
from bibtools.text import meant, near
from bibtools.workflow import conflicted, gather, notes, sync
from bibtools.workflow.cited import cited_at
from bibtools.workflow.library import resolution_of
from bibtools.workflow.project import Project

_NAMING_FIELDS = ("crossref", "xdata", "xref", "related", "entryset")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """A file's bytes before and after, and what goes from it: citation keys, or the numbers of lines."""

    path: str
    old: bytes
    new: bytes
    keys: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What a removal would do; with `problems` of severity `error` it is refused unless the user insists.

    `removed` are key and record id of each work, the id None for an entry that the lock does not know.
    """

    removed: tuple[tuple[str, str | None], ...]
    changes: tuple[FileChange, ...]
    ignored: tuple[Mention, ...]
    lock: Lock
    problems: tuple[Problem, ...]


@dataclass(slots=True, kw_only=True)
class _File:
    """A target as it is; `holders` says which record an entry is, `goes` the entries that are removed."""

    path: str
    old: bytes
    text: bibfile.BibText
    there: FileEntries
    found: Matches
    holders: Mapping[int, str]
    goes: set[int] = field(default_factory=set)

    def key(self, number: int) -> str:
        return self.there.entries[number][1].key


def plan_removal(project: Project, held: Lock, mentions: Sequence[Mention], keys: Sequence[str]) -> Removal:
    """What it takes to remove the works with these citation keys.

    UsageError (`no-such-key`) for one that no target and no record has, (`bib-conflict-markers`) for a target that
    a merge left unsettled.
    """
    paths = [target.path for target in project.settings.targets if not target.generated]
    targets = [_file(project, held, path) for path in dict.fromkeys((*paths, *held.targets))]
    there = [file for file in targets if file is not None]
    ids: dict[str, str] = {}
    removed: list[tuple[str, str | None]] = []
    for key in dict.fromkeys(keys):
        record_id, known = _choose(key, there, held)
        removed.append((known, record_id))
        if record_id is not None:
            ids[record_id] = known
    for file in there:
        file.goes.update(file.found.numbers[i] for i in ids if i in file.found.numbers)
    noted, ignored = _mentions(project, held, mentions, ids)
    names = [*keys, *(known for known, _ in removed), *(file.key(n) for file in there for n in file.goes)]
    return Removal(
        removed=tuple(removed),
        changes=(*(_without(file) for file in there if file.goes), *noted),
        ignored=tuple(ignored),
        lock=_lock_without(held, ids, ignored),
        problems=(*_cited(project, names), *_named(there)),
    )


def _file(project: Project, held: Lock, path: str) -> _File | None:
    old = files.read_if_there(project.root / path, name=path)
    if old is None:
        return None
    text = bibfile.decode(old, file=path)
    if bibfile.find_conflicts(text.text):
        message, hint = "conflict markers of a merge stand in the file", "settle them first: bibtools sync"
        raise UsageError("bib-conflict-markers", message, where=Place(file=path), hint=hint)
    there = FileEntries.of(bibfile.parse(text.text))
    bases = held.targets.get(path, {})
    found = match(there, [(locked, bases.get(i)) for i, locked in held.records.items()])
    holders = {number: i for i, number in found.numbers.items()}
    return _File(path=path, old=old, text=text, there=there, found=found, holders=holders)


def _choose(key: str, there: Sequence[_File], held: Lock) -> tuple[str | None, str]:
    """The record that a key means, None for entries that no record stands for (they are marked); and the key.

    One of several entries of a record goes alone; of several with one key that of a record is meant.
    """
    by_key = {name: i for i, names in reversed(_names(held).items()) for name in names}
    known = dict.fromkeys(entry.key for file in there for _, entry in file.there.entries) | by_key
    spelled = meant(key, {name: name for name in known})
    if spelled is None:
        maybe = near(key, known)
        hint = f"did you mean {' or '.join(maybe)}?" if maybe else "bibtools keys lists them"
        raise UsageError("no-such-key", f'no entry "{key}" is known', hint=hint)
    for file in there:
        for number, record_id in sorted(file.holders.items()):
            if file.key(number) == spelled and record_id not in file.found.doubles:
                return record_id, spelled
    numbers = [(file, file.there.by_key[spelled]) for file in there if spelled in file.there.by_key]
    for file, number in numbers:
        file.goes.add(number)
    return None if numbers else by_key[spelled], spelled


def _names(held: Lock) -> dict[str, list[str]]:
    """The keys by which the lock knows each record."""
    names = {i: [locked.key, *locked.aliases] for i, locked in held.records.items()}
    for bases in held.targets.values():
        for record_id, base in bases.items():
            names.setdefault(record_id, []).append(base.entry.key)
    return names


def _without(file: _File) -> FileChange:
    edits = [bibfile.remove_entry(file.there.bib, file.there.entries[number][0]) for number in sorted(file.goes)]
    new = bibfile.encode(bibfile.apply(file.text.text, edits), like=file.text)
    return FileChange(path=file.path, old=file.old, new=new, keys=tuple(sorted(map(file.key, file.goes))))


# --- what noted them down -----------------------------------------------------------------------------------


def _mentions(
    project: Project, held: Lock, mentions: Sequence[Mention], ids: Iterable[str]
) -> tuple[list[FileChange], list[Mention]]:
    """The file that `add` writes to without the lines of these records, and the mentions to ignore."""
    meant = {i: [m for m in mentions if resolution_of(m, held).id == i] for i in ids}
    path = project.root / project.settings.add_to
    name = project.relative(path)
    is_noted = any(mention.source == name for found in meant.values() for mention in found)
    old = files.read_if_there(path, name=name) if is_noted else None
    settled = conflicted.noted(project.root, name, old or b"") or old or b""
    lines = notes.lines(settled.decode("utf-8", "surrogateescape"))
    out: set[int] = set()
    ignored = []
    for record_id, found in meant.items():
        for mention in found:
            where = set(range(mention.line, mention.end_line + 1))
            shared = any(m is not mention and m.source == name and m.line in where for m in mentions)
            title = held.records[record_id].record.title
            if mention.source == name and not shared and _is_noted(lines, where, title):
                out |= where
            else:
                ignored.append(mention)
    if old is None or not out:
        return [], ignored
    new = "".join(line for number, line in enumerate(lines, 1) if number not in out)
    data = new.encode("utf-8", "surrogateescape")
    return [FileChange(path=name, old=old, new=data, lines=tuple(sorted(out)))], ignored


def _is_noted(lines: Sequence[str], where: set[int], title: str) -> bool:
    """Whether that is one line, which says nothing but the id and the title."""
    return len(where) == 1 and max(where) <= len(lines) and notes.says_only(lines[min(where) - 1], title)


def _lock_without(held: Lock, ids: Collection[str], ignored: Sequence[Mention]) -> Lock:
    """The lock without the records; what still mentions them is to be left alone."""
    kept = {d: m for d, m in held.mentions.items() if m.resolution.id not in ids}
    for mention in ignored:
        resolution = Resolution(digest=mention.digest, state="ignored")
        kept[mention.digest] = LockedMention(text=excerpt(mention), resolution=resolution)
    return replace(
        held,
        mentions=kept,
        records={i: locked for i, locked in held.records.items() if i not in ids},
        targets={
            path: {i: base for i, base in bases.items() if i not in ids} for path, bases in held.targets.items()
        },
    )


# --- what speaks against it ---------------------------------------------------------------------------------


def _cited(project: Project, keys: Iterable[str]) -> Iterator[Problem]:
    found, problems = cited_at(project, list(keys))
    yield from problems
    for key, places in sorted(found.items()):
        for place in places:
            yield _refused(f'"{key}" is cited here', place, key)


def _named(there: Sequence[_File]) -> Iterator[Problem]:
    """Entries that stay and take fields from one that goes."""
    for file in there:
        gone = {file.key(number).casefold() for number in file.goes}
        for number, (block, entry) in enumerate(file.there.entries):
            named = [key for name in _NAMING_FIELDS for key in re.split(r"\s*,\s*", entry.get(name) or "")]
            for key in named if number not in file.goes else ():
                if key.strip().casefold() in gone:
                    place = replace(file.there.bib.place(block.span.start), file=file.path)
                    yield _refused(f'entry "{entry.key}" names "{key.strip()}"', place, key.strip())


def _refused(message: str, place: Place, key: str) -> Problem:
    hint = f"take that out first, or remove it all the same: bibtools remove --force {key}"
    return Problem(severity="error", code="cited", message=message, where=place, key=key, hint=hint)


# --- doing it -----------------------------------------------------------------------------------------------


def apply(project: Project, removal: Removal, old_lock: bytes | None) -> sync.SyncPlan:
    """Write the files, then those that are generated from them, last the lock; the plan of the generated ones."""
    for change in removal.changes:
        files.write(project.root / change.path, change.new, name=change.path, expected=change.old)
    mentions = gather.from_project(project).mentions
    generated = [target for target in project.settings.targets if target.generated]
    drafted = sync.plan(project, removal.lock, old_lock, mentions, targets=generated)
    sync.apply(project, drafted, os.environ)
    return drafted
