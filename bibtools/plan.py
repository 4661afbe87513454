"""What a sync would do to one target, as a value: the new text, what changed and why, and the new bases.

Checking, showing a diff, writing and the JSON documents all consume the same plan, so they cannot disagree. The
user's file is never written anew: it is edited, and :func:`verified` proves that nothing else changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bibtools import bibfile, citekeys, render
from bibtools.bibfile import BibFile, BibText, EntryBlock, Habits
from bibtools.config import Target
from bibtools.errors import InternalError, Place, Problem
from bibtools.lock import Base, Lock, LockedRecord, origin
from bibtools.merge import Conflict, Merged, merge_entry, same_entry
from bibtools.model import Entry, EntryOptions, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the user allowed for this run beyond the everyday: ids or, with `restore_all`, everything."""

    prune: bool = False
    restore: frozenset[str] = frozenset()
    restore_all: bool = False
    rerender: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """An entry that changed, and the names of the fields that did."""

    key: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPlan:
    """`old` and `new` are the file's bytes before (None: no file yet) and after; `bases` go into the lock.

    `keys` maps record ids to the citation keys that stand in the file; `missing` are keys of entries that
    disappeared from it, `orphaned` of entries whose mention left the sources.
    """

    path: str
    old: bytes | None
    new: bytes
    bases: Mapping[str, Base]
    keys: Mapping[str, str]
    added: tuple[str, ...] = ()
    updated: tuple[Updated, ...] = ()
    removed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the file's bytes would change."""
        return self.new != (self.old or b"")


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A plan in the making."""

    target: Target
    bib: BibFile
    habits: Habits
    entries: list[tuple[EntryBlock, Entry]]
    by_key: dict[str, int]
    by_id: dict[str, list[int]]
    by_doi: dict[str, list[int]]
    edits: list[bibfile.Edit] = field(default_factory=list)
    insert: list[Entry] = field(default_factory=list)
    bases: dict[str, Base] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    updated: list[Updated] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    orphaned: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def plan_target(
    target: Target, held: Lock, wanted: Sequence[str], old: bytes | None, choices: Choices | None = None
) -> TargetPlan:
    """Bring one `.bib` up to date with the records `wanted` (ids, in order of first mention).

    Raises UnusableFileError (`bib-encoding`) for a file that cannot be edited.
    """
    choices = choices or Choices()
    text = bibfile.decode(old or b"", file=target.path)
    draft = _draft(target, text)
    bases = held.targets.get(target.path, {})
    for record_id in dict.fromkeys((*wanted, *bases)):
        if record_id in held.records:
            _plan_record(draft, held.records[record_id], bases.get(record_id), record_id in wanted, choices)
    added = _with_keys(draft, held)
    edits = [*draft.edits, *bibfile.insert_entries(draft.bib, added, draft.habits, target.sort)]
    new = bibfile.encode(bibfile.apply(text.text, edits), like=text)
    return TargetPlan(
        path=target.path,
        old=old,
        new=new,
        bases=draft.bases,
        keys=draft.keys,
        added=tuple(sorted(entry.key for entry in added)),
        updated=tuple(draft.updated),
        removed=tuple(draft.removed),
        missing=tuple(draft.missing),
        orphaned=tuple(draft.orphaned),
        conflicts=tuple(draft.conflicts),
        problems=tuple(draft.problems),
    )


def _draft(target: Target, text: BibText) -> _Draft:
    bib = bibfile.parse(text.text)
    macros = bibfile.macros(bib)
    blocks = [block for block in bib.blocks if isinstance(block, EntryBlock)]
    entries = [(block, bibfile.entry_of(block, bib.text, macros)) for block in blocks]
    by_key: dict[str, int] = {}
    by_id: dict[str, list[int]] = {}
    by_doi: dict[str, list[int]] = {}
    for number, (_, entry) in enumerate(entries):
        by_key.setdefault(entry.key.casefold(), number)
        if found := bibfile.arxiv_id(entry):
            by_id.setdefault(found.record_id, []).append(number)
        if doi := bibfile.doi(entry):
            by_doi.setdefault(doi, []).append(number)
    problems = [p.at(replace(p.where, file=target.path)) for p in bib.problems]
    return _Draft(
        target=target,
        bib=bib,
        habits=bibfile.measure(bib),
        entries=entries,
        by_key=by_key,
        by_id=by_id,
        by_doi=by_doi,
        problems=problems,
    )


def _place(draft: _Draft, number: int) -> Place:
    return replace(draft.bib.place(draft.entries[number][0].span.start), file=draft.target.path)


def _find(draft: _Draft, locked: LockedRecord, base: Base | None) -> int | None:
    """The entry of a record: by its arXiv id, its DOI, or the key under which it was written before."""
    record = locked.record
    found = list(draft.by_id.get(record.id, ()))
    if not found:
        found = [
            n for doi in record.dois for n in draft.by_doi.get(doi.lower(), ()) if not _other(draft, n, record)
        ]
    if not found and record.id.startswith("doi:"):
        found = draft.by_doi.get(record.id.removeprefix("doi:"), [])
    keys = [base.entry.key] if base else [record.entry.key] if record.entry else []
    if not found:
        at = [draft.by_key.get(key.casefold()) for key in keys]
        return next((n for n in at if n is not None and not _other(draft, n, record)), None)
    if len(found) > 1:
        _report_doubles(draft, found, record.id)
        preferred = {key.casefold() for key in (*keys, locked.key)}
        return next((n for n in found if draft.entries[n][1].key.casefold() in preferred), found[0])
    return found[0]


def _other(draft: _Draft, number: int, record: Record) -> bool:
    """Whether an entry names another paper than the record as its own."""
    named = bibfile.arxiv_id(draft.entries[number][1])
    own = {record.id}
    if record.entry is not None and (written := bibfile.arxiv_id(record.entry)):
        own.add(written.record_id)  # an id that its source gave and no service knows
    return named is not None and named.record_id not in own


def _report_doubles(draft: _Draft, found: Sequence[int], record_id: str) -> None:
    keys = ", ".join(draft.entries[n][1].key for n in found)
    draft.problems.append(
        Problem(
            severity="warning",
            code="bib-duplicate-work",
            message=f"{len(found)} entries are {record_id}: {keys}",
            where=_place(draft, found[1]),
            hint="keep the one you cite; bibtools changes only one of them",
            key=draft.entries[found[1]][1].key,
        )
    )


def _plan_record(
    draft: _Draft, locked: LockedRecord, base: Base | None, is_wanted: bool, choices: Choices
) -> None:
    record_id = locked.record.id
    number = _find(draft, locked, base)
    if number is None:
        if base is None:
            _add(draft, locked, locked.key)
        elif is_wanted and (choices.restore_all or record_id in choices.restore):
            _add(draft, locked, base.entry.key)
        elif is_wanted or not choices.prune:
            draft.missing.append(base.entry.key)
            draft.bases[record_id] = base
        return
    block, ours = draft.entries[number]
    draft.keys[record_id] = ours.key
    if not is_wanted and base is not None:
        _plan_orphan(draft, record_id, block, ours, base, choices)
        return
    theirs, source = _theirs(draft, locked, base, choices.rerender)
    if base is None:
        _adopt(draft, record_id, block, ours, Base(entry=replace(theirs, key=ours.key), origin=source))
        return
    merged = merge_entry(base.entry, ours, theirs)
    _write(draft, block, ours, merged, [f.name for f in theirs.fields])
    draft.bases[record_id] = Base(entry=merged.base, origin=base.origin if merged.conflicts else source)


def _theirs(draft: _Draft, locked: LockedRecord, base: Base | None, rerender: bool) -> tuple[Entry, str]:
    """What upstream says now; what was rendered before, as long as neither record nor options changed."""
    options = draft.target.options
    source = origin(locked.record, options)
    if base is not None and base.origin == source and not rerender:
        return base.entry, source
    return _rendered(draft, locked, base.entry.key if base else locked.key, options), source


def _rendered(draft: _Draft, locked: LockedRecord, key: str, options: EntryOptions) -> Entry:
    rendered = render.render_entry(locked.record, key, options)
    draft.problems.extend(replace(p, key=key) for p in rendered.problems)
    return rendered.entry


def _add(draft: _Draft, locked: LockedRecord, key: str) -> None:
    entry = _rendered(draft, locked, key, draft.target.options)
    draft.insert.append(entry)
    draft.bases[locked.record.id] = Base(entry=entry, origin=origin(locked.record, draft.target.options))


def _adopt(draft: _Draft, record_id: str, block: EntryBlock, ours: Entry, base: Base) -> None:
    """An entry that stood here before bibtools: it changes only by fields that the settings let be filled."""
    fill = [f for f in base.entry.fields if f.name in draft.target.fill and ours.get(f.name) is None]
    _write(draft, block, ours, Merged(base=base.entry, write=tuple(fill)), [f.name for f in base.entry.fields])
    draft.bases[record_id] = base


def _write(draft: _Draft, block: EntryBlock, ours: Entry, merged: Merged, order: Sequence[str]) -> None:
    draft.conflicts.extend(merged.conflicts)
    if not merged.changes:
        return
    for new in merged.write:
        if ours.get(new.name) is None and not any(f.name == new.name for f in ours.fields):
            draft.edits.append(bibfile.add_field(draft.bib, block, new, draft.habits, order))
        else:
            draft.edits.append(bibfile.replace_value(draft.bib, block, new.name, new))
    draft.edits.extend(bibfile.remove_field(draft.bib, block, name) for name in merged.remove)
    if merged.entry_type:
        draft.edits.append(bibfile.change_type(draft.bib, block, merged.entry_type))
    draft.updated.append(Updated(key=ours.key, fields=merged.changes))


def _plan_orphan(
    draft: _Draft, record_id: str, block: EntryBlock, ours: Entry, base: Base, choices: Choices
) -> None:
    """An entry whose mention left the sources goes only where the user said so and never edited it."""
    if choices.prune and same_entry(base.entry, ours):
        draft.edits.append(bibfile.remove_entry(draft.bib, block))
        draft.removed.append(ours.key)
        return
    draft.orphaned.append(ours.key)
    draft.bases[record_id] = base


def _with_keys(draft: _Draft, held: Lock) -> list[Entry]:
    """The new entries under keys that no other entry of this file holds: a foreign one's key stays its own."""
    held_here = {entry.key.casefold() for _, entry in draft.entries}
    by_key = {base.entry.key: record_id for record_id, base in draft.bases.items()}
    added = []
    for entry in draft.insert:
        record_id = by_key[entry.key]
        key = entry.key
        if key.casefold() in held_here:
            taken = {locked.key: i for i, locked in held.records.items()}
            record = held.records[record_id].record
            key = citekeys.assign([record], taken, reserved=held_here)[record_id]
            entry = replace(entry, key=key)
            draft.bases[record_id] = replace(draft.bases[record_id], entry=entry)
        held_here.add(key.casefold())
        draft.keys[record_id] = key
        added.append(entry)
    return added


def verified(plan: TargetPlan, target: Target, held: Lock, wanted: Sequence[str]) -> TargetPlan:
    """The plan, proved: carrying it out and planning again changes nothing. InternalError otherwise."""
    if not plan.changed and plan.bases == held.targets.get(plan.path, {}):
        return plan
    after = replace(held, targets={**held.targets, target.path: plan.bases})
    again = plan_target(target, after, wanted, plan.new)
    if again.changed or again.added or again.updated:
        raise InternalError(
            "plan-unstable",
            f"a second run would change {target.path} again",
            hint="nothing was written; please report this with the file",
        )
    return plan
