"""The library as a document: under the keys and with the hand edits of the first target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from bibtools import files, names, render
from bibtools.lock import Lock
from bibtools.merge import comparable
from bibtools.model import Entry, EntryOptions, PartialDate, Record
from bibtools.plan import plan_target
from bibtools.render.published import PLACE_FIELDS, publication_of, shows_publication
from bibtools.workflow.project import Project
from bibtools.workflow.standing import entries_of


def export(
    project: Project,
    held: Lock,
    ids: Sequence[str],
    format: str,
    options: EntryOptions,
    *,
    upstream: bool = False,
    in_order_given: bool = False,
    standing: bytes | None = None,
    sources: Mapping[str, tuple[str, ...]] | None = None,
) -> render.Exported:
    """Render the records `ids` in `format`: in the order given, or in that of their keys.

    Unless `upstream`, a record whose entry stands in the first `.bib` has that entry's key and hand edits;
    `standing` are that file's bytes, if they are to be other than it has now. `sources` are the paths that mention
    a record, by its id.
    """
    items = as_kept(project, held, ids, options, standing) if not upstream else _as_locked(held, ids)
    rows = [items[i] for i in ids]
    if not in_order_given:
        rows.sort(key=lambda row: row[0])
    return render.export(rows, format, options, sources=sources)


def as_kept(
    project: Project, held: Lock, ids: Sequence[str], options: EntryOptions, standing: bytes | None = None
) -> dict[str, tuple[str, Record]]:
    """Record id → key and record, with the key and the hand edits of an entry that stands in the first `.bib`."""
    kept = _as_locked(held, ids)
    return kept | _as_written(project, held, ids, options, standing) if project.settings_file is not None else kept


def _as_locked(held: Lock, ids: Sequence[str]) -> dict[str, tuple[str, Record]]:
    return {i: (held.records[i].key, held.records[i].record) for i in ids}


def _as_written(
    project: Project, held: Lock, ids: Sequence[str], options: EntryOptions, standing: bytes | None
) -> dict[str, tuple[str, Record]]:
    """Record id → key and record as the first `.bib` has them, for the records that stand in it."""
    target = project.settings.first_bib
    if target is None:
        return {}
    old = standing
    if old is None:
        old = files.read_if_there(project.root / target.path, name=target.path)
    if old is None:
        return {}
    plan = plan_target(target, held, ids, old)
    entries = entries_of(plan, held)
    found = {}
    for record_id in ids:
        ours = entries.get(record_id)
        if ours is None:
            continue
        base = plan.bases[record_id].entry
        record = _as_rendered(held.records[record_id].record, base, options)
        if options == target.options:
            # Fields the user added or removed count too: the entry is exported as it stands.
            same = [comparable(f) for f in base.fields] == [comparable(f) for f in ours.fields]
            record = record if same else replace(record, entry=ours)
        else:
            record = edited(record, base, ours)
        found[record_id] = (ours.key, record)
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
    the entry as it stands: a record has no place for them.
    """
    based, held = ({f.name: f for f in reversed(entry.fields)} for entry in (base, ours))
    changed = {
        name: field.value
        for name, field in held.items()
        if comparable(field) not in (None, comparable(based.get(name)))
    }
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
