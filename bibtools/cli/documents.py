"""The JSON documents' members: absent is null or an empty list, never missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bibtools.lock import Lock
from bibtools.model import Mention, Record, Resolution
from bibtools.plan import TargetPlan
from bibtools.workflow.library import resolution_of
from bibtools.workflow.own_works import OwnWork
from bibtools.workflow.sync import diff


def seen_mention(mention: Mention) -> dict[str, Any]:
    """A mention as `extract` shows it."""
    return {
        "source": mention.source,
        "line": mention.line,
        "end_line": mention.end_line,
        "digest": mention.digest,
        "kind": mention.kind,
        "title": mention.title,
        "authors": list(mention.authors),
        "abstract": mention.abstract,
        "identifiers": [asdict(identifier) for identifier in mention.identifiers],
        "date": None if mention.date is None else str(mention.date),
        "comment": mention.comment,
    }


def resolved_mention(mention: Mention, resolution: Resolution, key: str | None) -> dict[str, Any]:
    """A mention as `lock` and `status` show it."""
    return {
        "source": mention.source,
        "line": mention.line,
        "end_line": mention.end_line,
        "digest": mention.digest,
        "state": resolution.state,
        "id": resolution.id,
        "key": key,
        "evidence": None if resolution.evidence is None else asdict(resolution.evidence),
        "candidates": [asdict(candidate) for candidate in resolution.candidates],
    }


def mentions(found: Sequence[Mention], held: Lock) -> list[dict[str, Any]]:
    """All mentions with what the lock says of them, sorted by place."""
    rows = []
    for mention in sorted(found, key=lambda m: (m.source, m.line, m.span.start)):
        resolution = resolution_of(mention, held)
        locked = held.records.get(resolution.id) if resolution.id else None
        rows.append(resolved_mention(mention, resolution, locked.key if locked else None))
    return rows


def record(
    key: str, said: Record, *, places: Sequence[str] = (), flags: Sequence[str] = (), aliases: Sequence[str] = ()
) -> dict[str, Any]:
    """A record as `lock` and `status` show it."""
    return {
        "id": said.id,
        "key": key,
        "title": said.title,
        "authors": [name.natural for name in said.authors],
        "year": said.published.year if said.published else None,
        "sources": list(places),
        "flags": list(flags),
        "aliases": list(aliases),
    }


def records(
    found: Mapping[str, Sequence[str]],
    flags: Mapping[str, Sequence[str]],
    held: Lock,
    own: Sequence[OwnWork] = (),
) -> list[dict[str, Any]]:
    """The records by key: `found` maps their ids to the places that mention them, `flags` to what is odd.

    The user's `own` works stand among them.
    """
    rows = [
        record(r.key, r.record, places=found[i], flags=flags.get(i, ()), aliases=r.aliases)
        for i, r in ((i, held.records[i]) for i in found)
    ]
    rows += [record(work.entry.key, work.record, places=[work.place], flags=["user"]) for work in own]
    return sorted(rows, key=lambda row: (row["key"], row["id"]))


def target(plan: TargetPlan, *, with_diff: bool = False) -> dict[str, Any]:
    """What a sync does to one target."""
    return {
        "path": plan.path,
        "changed": plan.changed,
        "added": list(plan.added),
        "updated": [{"key": updated.key, "fields": list(updated.fields)} for updated in plan.updated],
        "removed": list(plan.removed),
        "missing": list(plan.missing),
        "orphaned": list(plan.orphaned),
        "conflicts": [asdict(conflict) for conflict in plan.conflicts],
        "settled": [asdict(conflict) for conflict in plan.settled],
        "handed_over": [{"key": each.key, "kept": list(each.kept)} for each in plan.handed_over],
        **({"diff": diff(plan)} if with_diff else {}),
    }
