"""Where an entry and each of its fields come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bibtools import files
from bibtools.identify import explain
from bibtools.lock import Lock, LockedRecord
from bibtools.merge import comparable
from bibtools.model import Entry, Field, Mention, Resolution
from bibtools.plan import plan_target
from bibtools.render.published import PLACE_FIELDS, shows_publication
from bibtools.workflow.library import resolution_of, wanted
from bibtools.workflow.naming import record_named
from bibtools.workflow.project import Project
from bibtools.workflow.standing import entries_of

Origin = Literal["arxiv", "user", "derived"]
_DERIVED = frozenset(
    {"howpublished", "archiveprefix", "eprinttype", "month", "year", "date", "journal", "journaltitle", "url"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOrigin:
    """One field: what it says, who said so, and since when (time of arXiv's answer; None for the user's own)."""

    name: str
    value: str
    origin: Origin
    since: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Everything about one entry; `places` are the mentions, each with the words for its resolution."""

    key: str
    locked: LockedRecord
    places: tuple[tuple[Mention, Resolution, str], ...]
    fields: tuple[FieldOrigin, ...]


def why(project: Project, mentions: Sequence[Mention], held: Lock, key: str) -> Reason:
    """Explain the entry under a citation key or an earlier one, or of a record id.

    UsageError (`no-such-key`) for a key that is not known.
    """
    locked = held.records[record_named(key, held)]
    record = locked.record
    found = [(m, resolution_of(m, held)) for m in mentions]
    places = tuple((m, r, explain(r, record)) for m, r in found if r.id == record.id)
    base, ours = _entry(project, mentions, held, record.id)
    return Reason(key=ours.key, locked=locked, places=places, fields=_fields(locked, base, ours))


def _entry(project: Project, mentions: Sequence[Mention], held: Lock, record_id: str) -> tuple[Entry, Entry]:
    """What was last rendered for a record, and what stands (or would stand) in the first target."""
    target = project.settings.targets[0]
    old = files.read_if_there(project.root / target.path, name=target.path)
    ids = list(dict.fromkeys((*wanted(mentions, held), record_id)))
    plan = plan_target(target, held, ids, old)
    base = plan.bases[record_id].entry
    return base, entries_of(plan, held).get(record_id, base)


def _fields(locked: LockedRecord, base: Entry, ours: Entry) -> tuple[FieldOrigin, ...]:
    rendered = {f.name: f for f in reversed(base.fields)}
    derived = _DERIVED - PLACE_FIELDS if shows_publication(base) else _DERIVED
    return tuple(_origin(locked, rendered.get(field.name), field, derived) for field in ours.fields)


def _origin(locked: LockedRecord, rendered: Field | None, field: Field, derived: frozenset[str]) -> FieldOrigin:
    """Whose a field is; where and when a paper was published is arXiv's own word, its `journal_ref`."""
    origin: Origin = "derived" if field.name in derived else "arxiv"
    if locked.record.entry is not None or rendered is None or comparable(rendered) != comparable(field):
        origin = "user"
    since = None if origin == "user" else locked.record.retrieved
    return FieldOrigin(name=field.name, value=field.value, origin=origin, since=since or None)
