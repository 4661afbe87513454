"""What became new about papers that the lock knew: which of their fields say something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from bibtools.lock import Lock
from bibtools.model import Record

_WORDS = {
    "title": "title",
    "authors": "authors",
    "authors_complete": "author list complete",
    "abstract": "abstract",
    "version": "version",
    "published": "first version",
    "categories": "categories",
    "primary_category": "primary category",
    "comment": "comment",
    "journal_ref": "published in",
    "dois": "DOI",
}
_UNTOLD = frozenset({"id", "retrieved", "updated"})
"""When something was asked is no news; a new date of a version comes with its number."""
_LONG = 120  # characters of a value that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One field of a record that changed: its name in :class:`~bibtools.model.Record`, what it said and says."""

    field: str
    before: str
    after: str

    def __str__(self) -> str:
        """`version: 2 (was 1)`; of a long text only that it changed."""
        name = _WORDS.get(self.field, self.field.replace("_", " "))
        if max(len(self.before), len(self.after)) > _LONG:
            return f"{name} changed"
        if not self.after:
            return f"no {name} any more (was {self.before})"
        return f"{name}: {self.after}" + (f" (was {self.before})" if self.before else "")


def changes(before: Record, after: Record) -> tuple[News, ...]:
    """The fields that say something else, in the order of the record's."""
    found = []
    for each in fields(Record):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if old != new and each.name not in _UNTOLD:
            found.append(News(field=each.name, before=_said(old), after=_said(new)))
    return tuple(found)


def news(before: Lock, after: Lock) -> Mapping[str, tuple[News, ...]]:
    """Record id → its changes, for the records of both locks that say something else now, in the order of keys."""
    both = sorted((before.records.keys() & after.records.keys()), key=lambda i: (after.records[i].key, i))
    found = {i: changes(before.records[i].record, after.records[i].record) for i in both}
    return {i: changed for i, changed in found.items() if changed}


def _said(value: object) -> str:
    if value is None or value == () or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(getattr(part, "natural", None) or str(part) for part in value)
    return str(value)
