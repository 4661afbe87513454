"""Where an entry and each of its fields come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bibtools import files
from bibtools.identify import explain
from bibtools.lock import Lock, LockedRecord
from bibtools.merge import comparable
from bibtools.model import Entry, EntryOptions, Field, Mention, Resolution
from bibtools.plan import plan_target
from bibtools.render import origins, places
from bibtools.render.published import PLACE_FIELDS, shows_publication
from bibtools.workflow import export, follow
from bibtools.workflow.library import resolution_of
from bibtools.workflow.naming import record_named
from bibtools.workflow.own_works import OwnWork
from bibtools.workflow.project import Project
from bibtools.workflow.standing import holders

Origin = Literal["arxiv", "source", "user", "derived"]
_DERIVED = frozenset(
    {"howpublished", "archiveprefix", "eprinttype", "month", "year", "date", "journal", "journaltitle", "url"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherValue:
    """What somebody else says in place of a field that is shown."""

    value: str
    origin: Origin
    since: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOrigin:
    """One field: what it says, who said so, and since when (time of arXiv's answer; None for anybody else).

    `others` say something else of where and when the work was published.
    """

    name: str
    value: str
    origin: Origin
    since: str | None
    others: tuple[OtherValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Everything about one entry; `places` are the mentions, each with the words for its resolution.

    `id` is that of the record, or `entry:KEY` for a work of the user's own.
    """

    key: str
    id: str
    places: tuple[tuple[Mention, Resolution, str], ...]
    fields: tuple[FieldOrigin, ...]


def why(project: Project, mentions: Sequence[Mention], held: Lock, key: str) -> Reason:
    """Explain the entry under a citation key or an earlier one, or of a record id.

    UsageError (`no-such-key`) for a key that is not known.
    """
    works = export.own_works(project, held, follow.library(project, held, mentions))
    named = record_named(key, held, [work.entry.key for work in works])
    if named not in held.records:
        return _of_own(next(work for work in works if work.id == named))
    locked = held.records[named]
    record = locked.record
    found = [(m, resolution_of(m, held)) for m in mentions]
    for each in follow.everywhere(project, held, mentions):
        found += [(m, follow.resolution_of(i, m)) for i, m in each.records.items()]
    places = tuple((m, r, explain(r, record)) for m, r in found if r.id == record.id)
    base, ours = _entry(project, mentions, held, record.id)
    fields = _fields(locked, base, ours, project.settings.targets[0].options)
    return Reason(key=ours.key, id=record.id, places=places, fields=fields)


def _of_own(work: OwnWork) -> Reason:
    """A work of the user's own: nobody else said anything of it."""
    resolution = Resolution(digest=work.mention.digest, state="unresolved")
    fields = tuple(FieldOrigin(name=f.name, value=f.value, origin="user", since=None) for f in work.entry.fields)
    places = ((work.mention, resolution, "an entry of your own"),)
    return Reason(key=work.entry.key, id=work.id, places=places, fields=fields)


def _entry(project: Project, mentions: Sequence[Mention], held: Lock, record_id: str) -> tuple[Entry, Entry]:
    """What was last rendered for a record, and what stands (or would stand) in the first target."""
    target = project.settings.targets[0]
    old = files.read_if_there(project.root / target.path, name=target.path)
    ids = list(dict.fromkeys((*follow.library(project, held, mentions), record_id)))
    plan = plan_target(target, held, ids, old)
    base = plan.bases[record_id].entry
    return base, holders(plan, held, plan.new).entry(record_id) or base


def _fields(locked: LockedRecord, base: Entry, ours: Entry, options: EntryOptions) -> tuple[FieldOrigin, ...]:
    rendered = {f.name: f for f in reversed(base.fields)}
    derived = _DERIVED - PLACE_FIELDS if shows_publication(base) else _DERIVED
    own, described = origins(locked.record, options)
    published = described is not None and shows_publication(described)
    return tuple(
        _with_other(_origin(locked, rendered.get(f.name), f, own, derived), own, described, locked)
        if published
        else _origin(locked, rendered.get(f.name), f, own, derived)
        for f in ours.fields
    )


def _origin(
    locked: LockedRecord, rendered: Field | None, field: Field, own: Entry | None, derived: frozenset[str]
) -> FieldOrigin:
    """Whose a field is; where and when a paper was published is arXiv's own word, its `journal_ref`."""
    origin: Origin = "derived" if field.name in derived else "arxiv"
    if rendered is None or comparable(rendered) != comparable(field):
        origin = "user"
    elif not locked.record.retrieved or (
        own is not None and comparable(_field(own, field.name)) == comparable(field)
    ):
        origin = "source"
    return FieldOrigin(name=field.name, value=field.value, origin=origin, since=_since(locked, origin))


def _with_other(
    found: FieldOrigin, own: Entry | None, described: Entry | None, locked: LockedRecord
) -> FieldOrigin:
    """The field with what the other of source and service says, where it speaks of the publication."""
    if own is None or described is None or found.name not in places.PLACE_FIELDS | places.DATE_FIELDS:
        return found
    from_source = found.origin == "source"
    other = _field(described if from_source else own, found.name)
    if other is None or comparable(other) == comparable(Field(found.name, found.value)):
        return found
    origin: Origin = "arxiv" if from_source else "source"
    said = OtherValue(value=other.value, origin=origin, since=_since(locked, origin))
    return replace(found, others=(said,))


def _since(locked: LockedRecord, origin: Origin) -> str | None:
    return locked.record.retrieved or None if origin in ("arxiv", "derived") else None


def _field(entry: Entry, name: str) -> Field | None:
    return next((field for field in entry.fields if field.name == name), None)
