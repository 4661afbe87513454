"""Planning one `.bib`: find each record's entry, merge it, and put the edits together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from string import ascii_lowercase

from bibtools import bibfile, render
from bibtools.bibfile import BibText, EntryBlock, Habits
from bibtools.config import Target
from bibtools.errors import Place, Problem
from bibtools.lock import Base, Lock, LockedRecord
from bibtools.merge import Conflict, Outcome, same_entry
from bibtools.model import Entry, EntryOptions
from bibtools.plan.entries import new_base, plan_entry
from bibtools.plan.matching import FileEntries, keys_of, match
from bibtools.plan.remarks import lacks_year, remarks_about, unreadable_dates
from bibtools.plan.values import Change, Choices, HandedOver, TargetPlan, Updated


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A plan in the making."""

    target: Target
    there: FileEntries
    habits: Habits
    choices: Choices
    options: EntryOptions
    edits: list[bibfile.Edit] = field(default_factory=list)
    insert: list[tuple[str, Entry]] = field(default_factory=list)
    bases: dict[str, Base] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    updated: list[Updated] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    orphaned: list[str] = field(default_factory=list)
    prunable: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    settled: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    handed_over: list[HandedOver] = field(default_factory=list)
    flags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    without_year: list[str] = field(default_factory=list)


def plan_target(
    target: Target, held: Lock, wanted: Sequence[str], old: bytes | None, choices: Choices | None = None
) -> TargetPlan:
    """Bring one `.bib` up to date with the records `wanted` (ids, in order of first mention).

    Raises UnusableFileError (`bib-encoding`) for a file that cannot be edited.
    """
    text = bibfile.decode(old or b"", file=target.path)
    draft = _draft(target, text, choices or Choices())
    bases = held.targets.get(target.path, {})
    asked = [(held.records[i], bases.get(i)) for i in dict.fromkeys((*wanted, *bases)) if i in held.records]
    found = match(draft.there, asked)
    _report_doubles(draft, found.doubles)
    mentioned = frozenset(wanted)
    for locked, base in asked:
        number = found.numbers.get(locked.record.id)
        if number is None:
            _plan_absent(draft, locked, base, locked.record.id in mentioned)
        else:
            _plan_present(draft, locked, base, number, locked.record.id in mentioned)
    inserted = _with_keys(draft)
    draft.problems.extend(unreadable_dates(draft.without_year, target.path))
    edits = [*draft.edits, *bibfile.insert_entries(draft.there.bib, inserted, draft.habits, target.sort)]
    return TargetPlan(
        path=target.path,
        old=old,
        new=bibfile.encode(bibfile.apply(text.text, edits), like=text),
        bases=draft.bases,
        keys=draft.keys,
        added=tuple(sorted(entry.key for entry in inserted)),
        updated=tuple(sorted(draft.updated, key=lambda updated: updated.key)),
        removed=tuple(sorted(draft.removed)),
        missing=tuple(sorted(draft.missing)),
        orphaned=tuple(sorted(draft.orphaned)),
        prunable=tuple(sorted(draft.prunable)),
        conflicts=tuple(sorted(draft.conflicts, key=_by_key_and_field)),
        settled=tuple(sorted(draft.settled, key=_by_key_and_field)),
        handed_over=tuple(draft.handed_over),
        flags=draft.flags,
        problems=tuple(draft.problems),
        changes=tuple(draft.changes),
        inserted=tuple(inserted),
    )


def _by_key_and_field(conflict: Conflict) -> tuple[str, str]:
    return conflict.key, conflict.field


def _draft(target: Target, text: BibText, choices: Choices) -> _Draft:
    bib = bibfile.parse(text.text)
    options = target.options
    if text.encoding != "utf-8":  # whatever it is, ASCII is part of it
        options = replace(options, encoding="ascii")
    return _Draft(
        target=target,
        options=options,
        there=FileEntries.of(bib),
        habits=bibfile.measure(bib),
        choices=choices,
        problems=[p.at(replace(p.where, file=target.path)) for p in bib.problems],
    )


def _place(draft: _Draft, number: int) -> Place:
    there = draft.there
    return replace(there.bib.place(there.entries[number][0].span.start), file=draft.target.path)


def _report_doubles(draft: _Draft, doubles: dict[str, tuple[int, ...]]) -> None:
    for record_id, numbers in doubles.items():
        keys = ", ".join(draft.there.entries[number][1].key for number in numbers)
        draft.problems.append(
            Problem(
                severity="warning",
                code="bib-duplicate-work",
                message=f"{len(numbers)} entries are {record_id}: {keys}",
                where=_place(draft, numbers[1]),
                hint="keep the one you cite; bibtools changes only one of them",
                key=draft.there.entries[numbers[1]][1].key,
            )
        )


def _plan_absent(draft: _Draft, locked: LockedRecord, base: Base | None, is_wanted: bool) -> None:
    """A record without an entry: a new one, unless one was there and the user took it out."""
    choices, record_id = draft.choices, locked.record.id
    if base is None:
        _add(draft, locked, locked.key)
    elif base.entry.key.casefold() in draft.there.broken:
        draft.bases[record_id] = base  # still there, only that nobody can read it; the file's problems say so
    elif is_wanted and (choices.restore_all or record_id in choices.restore):
        _add(draft, locked, base.entry.key)
    elif is_wanted or not (choices.may_prune or draft.target.only_cited or record_id in choices.accepted):
        draft.missing.append(base.entry.key)
        draft.bases[record_id] = base


def _add(draft: _Draft, locked: LockedRecord, key: str) -> None:
    entry = _rendered(draft, locked, key)
    draft.insert.append((locked.record.id, entry))
    draft.bases[locked.record.id] = new_base(locked, entry, draft.target)


def _plan_present(draft: _Draft, locked: LockedRecord, base: Base | None, number: int, is_wanted: bool) -> None:
    block, ours = draft.there.entries[number]
    record_id = locked.record.id
    draft.keys[record_id] = ours.key
    if base is not None and not is_wanted:
        _plan_orphan(draft, record_id, block, ours, base)
        return
    planned = plan_entry(locked, base, ours, draft.target, draft.options, draft.choices)
    draft.problems.extend(planned.problems)
    draft.bases[record_id] = planned.base
    if planned.kept is not None:
        draft.handed_over.append(HandedOver(key=ours.key, kept=planned.kept))
    _write(draft, block, ours, planned.outcome, [f.name for f in planned.theirs.fields])
    remarks, flags = remarks_about(planned, ours, draft.target)
    draft.problems.extend(problem.at(_place(draft, number)) for problem in remarks)
    if flags:
        draft.flags[record_id] = flags
    if draft.target.format == "bibtex" and lacks_year(ours, planned.outcome):
        draft.without_year.append(ours.key)


def _rendered(draft: _Draft, locked: LockedRecord, key: str) -> Entry:
    rendered = render.render_entry(locked.record, key, draft.options)
    draft.problems.extend(replace(p, key=key) for p in rendered.problems)
    return rendered.entry


def _write(draft: _Draft, block: EntryBlock, ours: Entry, merged: Outcome, order: Sequence[str]) -> None:
    draft.conflicts.extend(merged.conflicts)
    draft.settled.extend(merged.settled)
    if not merged.changes:
        return
    bib = draft.there.bib
    there = {f.name for f in ours.fields}
    for new in merged.write:
        if new.name in there:
            draft.edits.append(bibfile.replace_value(bib, block, new.name, new))
        else:
            draft.edits.append(bibfile.add_field(bib, block, new, draft.habits, order))
    draft.edits.extend(bibfile.remove_field(bib, block, name) for name in merged.remove)
    if merged.entry_type:
        draft.edits.append(bibfile.change_type(bib, block, merged.entry_type))
    draft.changes.append(
        Change(at=block.span.start, entry_type=merged.entry_type, write=merged.write, remove=merged.remove)
    )
    draft.updated.append(Updated(key=ours.key, fields=merged.changes))


def _plan_orphan(draft: _Draft, record_id: str, block: EntryBlock, ours: Entry, base: Base) -> None:
    """An entry whose mention left the sources goes only where the user said so and never edited it."""
    prunable = not draft.choices.incomplete and not base.is_users and same_entry(base.entry, ours)
    if draft.choices.prune and prunable:
        draft.edits.append(bibfile.remove_entry(draft.there.bib, block))
        draft.changes.append(Change(at=block.span.start, whole=True))
        draft.removed.append(ours.key)
        del draft.keys[record_id]
        return
    draft.orphaned.append(ours.key)
    draft.prunable += [ours.key] if prunable else []
    draft.bases[record_id] = base


def _with_keys(draft: _Draft) -> list[Entry]:
    """The new entries, under keys of their own: a key that another entry has, or had before it went, stays its."""
    new = {record_id for record_id, _ in draft.insert}
    taken = {base.entry.key.casefold() for i, base in draft.bases.items() if i not in new}
    taken.update(keys_of(draft.there))
    inserted = []
    for record_id, entry in draft.insert:
        key = next(key for key in _spellings(entry.key) if key.casefold() not in taken)
        taken.add(key.casefold())
        entry = replace(entry, key=key)
        draft.bases[record_id] = replace(draft.bases[record_id], entry=entry)
        draft.keys[record_id] = key
        inserted.append(entry)
    return inserted


def _spellings(key: str) -> Iterator[str]:
    """A key, and the ones to take where it is in use: `a` to `z` behind it, then numbers."""
    yield key
    yield from (key + letter for letter in ascii_lowercase)
    yield from (f"{key}-{number}" for number in count(2))
