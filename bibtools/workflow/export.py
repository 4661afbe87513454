"""The library as a document: under the keys and with the hand edits of the first target, and its other works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import get_args

from bibtools import files, names, render
from bibtools.config import Target
from bibtools.errors import Problem
from bibtools.lock import Lock
from bibtools.merge import comparable
from bibtools.model import Entry, EntryFormat, EntryOptions, PartialDate, Record
from bibtools.plan import TargetPlan, plan_target
from bibtools.render.published import PLACE_FIELDS, publication_of, shows_publication
from bibtools.workflow import own_works as own
from bibtools.workflow.cited import Cited, keys_of
from bibtools.workflow.project import Project
from bibtools.workflow.standing import Holders, holders


def export_library(
    project: Project,
    held: Lock,
    ids: Sequence[str],
    format: str,
    options: EntryOptions,
    *,
    upstream: bool = False,
    sources: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[render.Exported, int]:
    """The library in `format`, by key, and how many works it has: its records `ids`, and the user's own works.

    Unless `upstream`, a record whose entry stands in the first `.bib` has that entry's key and hand edits.
    `sources` are the paths that mention a record, by its id.
    """
    rows, problems = library_rows(project, held, ids, format, options, upstream=upstream)
    exported = render.export(rows, format, options, sources=sources, page=project.settings.page)
    return replace(exported, problems=(*problems, *exported.problems)), len(rows)


def library_rows(
    project: Project,
    held: Lock,
    ids: Sequence[str],
    format: str,
    options: EntryOptions,
    *,
    upstream: bool = False,
    standing: bytes | None = None,
    cited: Cited | None = None,
    with_own: bool = True,
) -> tuple[list[tuple[str, Record]], tuple[Problem, ...]]:
    """Key and record of each work of the library, in the order of a document in `format`.

    As :func:`export_library`; `standing` are the bytes of the first `.bib`, if not those it has now. With `cited`
    only what is cited is among them; without `with_own` none of the user's own works.
    """
    dialect = format in get_args(EntryFormat)
    whole = library(project, held, ids, options, crossref=dialect, standing=standing)
    records = as_locked(held, ids) if upstream else whole.records
    rows = [row for i, row in records.items() if cited is None or cited.names(row[0], *_keys(held, i))]
    own_ones = whole.own if with_own else ()
    rows += [(w.entry.key, w.record) for w in own_ones if cited is None or cited.names(*keys_of(w.entry))]
    # BibTeX wants an entry behind those that refer to it (btxdoc, 4).
    parents = {(r.entry.get("crossref") or "").strip().lower() for _, r in rows if dialect and r.entry}
    rows.sort(key=lambda row: (row[0].lower() in parents, row[0]))
    return rows, whole.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Record id → key and record as the first `.bib` has them, and the user's own works in that file.

    `file` says whose its entries are; it is None where there is no such file.
    """

    records: Mapping[str, tuple[str, Record]]
    file: Holders | None = None
    own: tuple[own.OwnWork, ...] = ()
    problems: tuple[Problem, ...] = ()


def library(
    project: Project,
    held: Lock,
    ids: Sequence[str],
    options: EntryOptions,
    *,
    crossref: bool = False,
    standing: bytes | None = None,
) -> Library:
    """The library whose records are `ids`. With `crossref` the user's entries keep their cross-references."""
    file = _planned(project, held, ids, standing)
    if file is None:
        return Library(records=as_locked(held, ids))
    there = holders(file.plan, held, file.plan.new)
    works = own.of(there, crossref=crossref)
    records = as_locked(held, ids) | _as_written(file, there, held, ids, options)
    return Library(records=records, file=there, own=works.works, problems=works.problems)


def own_works(project: Project, held: Lock, ids: Sequence[str]) -> tuple[own.OwnWork, ...]:
    """The user's own works in the first `.bib` of a library whose records are `ids`, where they stand now."""
    file = _planned(project, held, ids, None)
    if file is None or file.plan.old is None:
        return ()
    return own.of(holders(file.plan, held, file.plan.old)).works


def as_kept(
    project: Project, held: Lock, ids: Sequence[str], options: EntryOptions
) -> dict[str, tuple[str, Record]]:
    """Record id → key and record, with the key and the hand edits of an entry that stands in the first `.bib`."""
    file = _planned(project, held, ids, None)
    kept = as_locked(held, ids)
    if file is None:
        return kept
    return kept | _as_written(file, holders(file.plan, held, file.plan.new), held, ids, options)


def _keys(held: Lock, record_id: str) -> tuple[str, ...]:
    """The keys a record has or had in the lock."""
    locked = held.records[record_id]
    return (locked.key, *locked.aliases)


def as_locked(held: Lock, ids: Sequence[str]) -> dict[str, tuple[str, Record]]:
    """Record id → key and record as the lock has them."""
    return {i: (held.records[i].key, held.records[i].record) for i in ids}


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The first `.bib` as a sync would leave it."""

    target: Target
    plan: TargetPlan


def _planned(project: Project, held: Lock, ids: Sequence[str], standing: bytes | None) -> _File | None:
    """The first `.bib` with the records `ids`, from the bytes `standing` or its own; None if there is none."""
    target = project.settings.first_bib
    if target is None or project.settings_file is None:
        return None
    old = standing
    if old is None:
        old = files.read_if_there(project.root / target.path, name=target.path)
    return None if old is None else _File(target=target, plan=plan_target(target, held, ids, old))


def _as_written(
    file: _File, there: Holders, held: Lock, ids: Sequence[str], options: EntryOptions
) -> dict[str, tuple[str, Record]]:
    """Record id → key and record as the first `.bib` has them, for the records that stand in it."""
    found = {}
    for record_id in ids:
        ours = there.entry(record_id)
        if ours is None:
            continue
        base = file.plan.bases[record_id].entry
        record = _as_rendered(held.records[record_id].record, base, options)
        if options == file.target.options:
            # Fields the user added or removed count too: the entry is exported as it stands.
            same = [comparable(f) for f in base.fields] == [comparable(f) for f in ours.fields]
            record = record if same else replace(record, entry=ours)
        else:
            record = edited(record, base, ours)
        found[record_id] = (ours.key or held.records[record_id].key, record)
    return found


def _as_rendered(record: Record, base: Entry, options: EntryOptions) -> Record:
    """The record without its publication where its entry was rendered as that of a preprint.

    An older program may have done so; all documents say the same until the entry is rendered anew.
    """
    if publication_of(record, options) is None or shows_publication(base):
        return record
    return replace(record, journal_ref="")


def edited(record: Record, base: Entry, ours: Entry) -> Record:
    """The record with what the user changed by hand in title, authors, date, abstract and DOI of its entry.

    `base` is what was rendered, `ours` what stands in the file; a field the user removed keeps the record's value,
    which other formats may need to name the work at all. A published paper whose place or date the user changed is
    the entry as it stands: a record has no place for them. One that a structured source describes is what was
    rendered of it, with the changes.
    """
    based, held = ({f.name: f for f in reversed(entry.fields)} for entry in (base, ours))
    changed = {
        name: field.value
        for name, field in held.items()
        if comparable(field) not in (None, comparable(based.get(name)))
    }
    if record.source is not None and changed:
        kept = [held[f.name] if f.name in changed else f for f in base.fields]
        added = [f for f in ours.fields if f.name in changed and f.name not in based]
        return replace(record, entry=replace(base, fields=(*kept, *added)))
    if shows_publication(base) and PLACE_FIELDS & set(changed):
        return replace(record, entry=ours)
    changes: dict[str, object] = {name: changed[name] for name in ("title", "abstract") if name in changed}
    if "author" in changed:
        people = names.parse_bibtex(changed["author"])
        changes |= {"authors": people.names, "authors_complete": people.complete}
    if "doi" in changed:
        changes["dois"] = (changed["doi"],)
    with suppress(ValueError):
        if "date" in changed:
            changes["published"] = PartialDate.parse(changed["date"])
        elif "year" in changed:
            changes["published"] = PartialDate.parse(changed["year"])
    return replace(record, **changes)  # type: ignore[arg-type]
