"""Adding papers: resolve them, note them down in a source, sync."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bibtools import files
from bibtools.errors import Problem, UsageError
from bibtools.lock import Lock, LockedRecord
from bibtools.model import Mention, Record
from bibtools.plan import Choices
from bibtools.workflow import decide, gather, own, sync
from bibtools.workflow.asking import Asker
from bibtools.workflow.library import is_open, resolution_of, wanted
from bibtools.workflow.noting import Notes, noted_down
from bibtools.workflow.offers import offers
from bibtools.workflow.project import Project, read_lock
from bibtools.workflow.resolve import answered, resolve, with_keys
from bibtools.workflow.standing import in_use

_SEARCHED = 5
"""Undecided mentions, beyond which none is searched for by its words: each takes a request or two of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What the arguments turned out to be.

    `lock` knows each of the `mentions`, one per text; `held` and `old` are the project's lock as it was, and its
    bytes. `open` has the works that an unresolved mention may be, by its digest; `unasked` are the mentions that
    nobody could be asked about; `entries` those of works that no identifier names.
    """

    held: Lock
    old: bytes | None
    lock: Lock
    mentions: tuple[Mention, ...]
    open: Mapping[str, tuple[Record, ...]]
    unasked: tuple[Mention, ...]
    entries: tuple[Mention, ...]

    @property
    def ids(self) -> list[str]:
        """The records that the mentions lead to, each once; without those of `entries` and `unasked`."""
        others = {mention.digest for mention in (*self.entries, *self.unasked)}
        return wanted([mention for mention in self.mentions if mention.digest not in others], self.lock)

    def with_choice(self, project: Project, mention: Mention, record: Record) -> Sought:
        """The same after the user said which work a mention is."""
        known = self.lock.records.get(record.id) or LockedRecord(key="", record=record)
        lock = replace(self.lock, records={**self.lock.records, record.id: known})
        lock = decide.decided(lock, mention, decide.pinned(mention, record.id), self.mentions, project.settings)
        left = {digest: found for digest, found in self.open.items() if digest != mention.digest}
        return replace(self, lock=with_keys(lock, project, [record.id]), open=left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that was added, or was there before (`new` false): its id and citation key, and what it is."""

    id: str
    key: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What was done: the papers, the mentions noted down for the next `lock`, those that were noted before.

    `targets` is what the sync did, `problems` what is to be told of the entries.
    """

    papers: tuple[Paper, ...]
    noted: tuple[Mention, ...]
    known: tuple[Mention, ...]
    targets: sync.SyncPlan
    problems: tuple[Problem, ...]


def seek(project: Project, mentions: Sequence[Mention], asker: Asker) -> Sought:
    """Find out what the arguments are; nothing is written. ServiceError where arXiv cannot be used."""
    held, old = read_lock(project)
    unique = tuple({mention.digest: mention for mention in mentions}.values())
    held = decide.reconsidered(held, unique)
    lock = resolve(unique, held, project, asker, again=True)
    asked = answered(lock)
    entries = tuple(mention for mention in unique if _is_entry(mention, lock, offline=asker.offline))
    own_ones = {mention.digest for mention in entries}
    left = [mention for mention in unique if mention.digest not in own_ones and _is_left(mention, lock)]
    unasked = tuple(mention for mention in left if asker.offline or mention.digest not in asked.mentions)
    undecided = [] if asker.offline else [mention for mention in left if mention.digest in asked.mentions]
    search = len(undecided) <= _SEARCHED
    return Sought(
        held=held,
        old=old,
        lock=lock,
        mentions=unique,
        open={m.digest: offers(m, resolution_of(m, lock), lock, asker, search=search) for m in undecided},
        unasked=unasked,
        entries=entries,
    )


def _is_entry(mention: Mention, held: Lock, *, offline: bool) -> bool:
    """Whether a mention is an entry of a work that no service described, nor may when it is asked."""
    resolution = resolution_of(mention, held)
    if mention.entry is None or (offline and _has_arxiv_id(mention)):
        return False
    return offline if resolution.id is None else resolution.id.startswith("local:")


def _is_left(mention: Mention, held: Lock) -> bool:
    """Whether a mention that is no such entry leads to no record of a service."""
    resolution = resolution_of(mention, held)
    return is_open(resolution, held) or (resolution.id or "").startswith("local:")


def _has_arxiv_id(mention: Mention) -> bool:
    return any(one.own and one.scheme == "arxiv" for one in mention.identifiers)


def add(
    project: Project, sought: Sought, asker: Asker, *, stdin: Callable[[], bytes], key: str | None = None
) -> Added:
    """Note down every paper that was found, put entries into the first `.bib`, and bring the targets up to date.

    What stays unresolved is not noted down. UsageError for a `key` that cannot be given; nothing is written then.
    """
    if key is not None:
        sought = _with_key(project, sought, key)
    before = gather.from_project(project).mentions
    mentioned = wanted(before, sought.held)
    ids = sought.ids
    new = [sought.lock.records[i].record for i in ids if i not in mentioned]
    unasked, known_ones = _parted(sought.unasked, before)
    notes = noted_down(project, new, unasked) if new or unasked else Notes()
    kept = {i: locked for i, locked in sought.lock.records.items() if i in sought.held.records or i in ids}
    known = replace(sought.held, records=kept, targets=sought.lock.targets)
    entries = own.inserted(project, known, sought.entries, stdin=stdin, key=key) if sought.entries else None
    if entries is not None:
        files.write(entries.path, entries.new, name=entries.name, expected=entries.old)
    others = before if not notes.writes else [m for m in before if m.source != project.settings.add_to]
    everything = [*others, *notes.mentions]
    named = [mention for mention in everything if _names_one_of(mention, new)]
    final = resolve(everything, decide.reconsidered(known, named), project, asker)
    drafted = sync.plan(project, final, sought.old, everything, choices=Choices(restore=frozenset(ids)))
    for path, data, expected in notes.writes:
        files.write(path, data, name=project.relative(path), expected=expected)
    if ids or notes.writes or entries is not None:
        sync.apply(project, replace(drafted, notes=None) if notes.writes else drafted, os.environ)
    return Added(
        papers=(*_papers(ids, mentioned, drafted), *_own_papers(entries)),
        noted=tuple(unasked),
        known=tuple(known_ones),
        targets=drafted,
        problems=_entry_problems(sought, entries),
    )


def _names_one_of(mention: Mention, records: Sequence[Record]) -> bool:
    ids = {record.id for record in records}
    return any(f"{each.scheme}:{each.value}" in ids for each in mention.identifiers if each.own)


def _parted(mentions: Sequence[Mention], before: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """The mentions that the sources lack, and those of which they have the text or an identifier."""
    known = {mark for one in before for mark in _marks(one)}
    lacking = [mention for mention in mentions if known.isdisjoint(_marks(mention))]
    return lacking, [mention for mention in mentions if not known.isdisjoint(_marks(mention))]


def _marks(mention: Mention) -> set[tuple[str, str]]:
    own_ids = {(i.scheme, i.value.lower()) for i in mention.identifiers if i.own and i.scheme in ("arxiv", "doi")}
    return {("digest", mention.digest), *own_ids}


def _papers(ids: Sequence[str], mentioned: Sequence[str], drafted: sync.SyncPlan) -> list[Paper]:
    """The papers; one is new where an entry came into a target, or no source mentioned it and none stood there."""
    papers = []
    for record_id in ids:
        locked = drafted.lock.records[record_id]
        came = any(plan.keys.get(record_id) in plan.added for plan in drafted.targets)
        stands = any(record_id in plan.keys for plan in drafted.targets)
        papers.append(
            Paper(
                id=record_id,
                key=locked.key,
                title=locked.record.title,
                authors=tuple(name.natural for name in locked.record.authors),
                year=locked.record.published.year if locked.record.published else None,
                new=came or not (stands or record_id in mentioned),
            )
        )
    return papers


def _own_papers(entries: own.Inserted | None) -> list[Paper]:
    return [
        Paper(
            id=f"entry:{row.entry.key}",
            key=row.entry.key,
            title=row.mention.title or "",
            authors=row.mention.authors,
            year=row.mention.date.year if row.mention.date else None,
            new=row.new,
        )
        for row in (entries.entries if entries else ())
    ]


def _entry_problems(sought: Sought, entries: own.Inserted | None) -> tuple[Problem, ...]:
    if entries is not None or not sought.entries:
        return entries.problems if entries else ()
    keys = ", ".join(mention.entry.key for mention in sought.entries if mention.entry)
    message = f"no arXiv id and no DOI for {keys}, and no .bib among the targets to keep them in"
    hint = "list their file under sources in the settings instead"
    return (Problem(severity="warning", code="no-identifier", message=message, hint=hint),)


def _with_key(project: Project, sought: Sought, key: str) -> Sought:
    """The same, the one paper under a key of the user's; UsageError (`add-key`) where that cannot be."""
    number = len(sought.ids) + len(sought.entries) + len(sought.unasked) + len(sought.open)
    if number != 1:
        raise UsageError("add-key", f"--key gives one paper its key, and these are {number}")
    if not own.is_key(key):
        raise UsageError("add-key", f'"{key}" cannot be a citation key')
    if sought.unasked:
        hint = "add it when it can be looked up, or rename it in the .bib later: bibtools sync adopts the new key"
        raise UsageError("add-key", "without the network the paper is not known yet, and gets no key", hint=hint)
    record_id = sought.ids[0] if sought.ids else ""
    there = sought.held.records.get(record_id)
    if there is not None:
        if there.key == key:
            return sought
        hint = "rename it in the .bib: bibtools sync adopts the new key"
        raise UsageError("add-key", f"{record_id} is known already, as {there.key}", hint=hint)
    if key.casefold() in in_use(project, sought.held):
        raise UsageError("add-key", f'the key "{key}" is taken', hint="bibtools keys lists those of the lock")
    if not record_id:
        return sought
    named = replace(sought.lock.records[record_id], key=key)
    return replace(sought, lock=replace(sought.lock, records={**sought.lock.records, record_id: named}))
