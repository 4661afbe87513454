"""The values a plan consists of, and what the user may allow for one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bibtools.errors import Problem, UsageError
from bibtools.lock import Base
from bibtools.merge import Conflict, Side
from bibtools.model import Entry, Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Whose value is taken where both changed it: everywhere (`what` None), or for `KEY` or `KEY.field`."""

    side: Side
    what: str | None = None

    @classmethod
    def parse(cls, text: str) -> Preference:
        """Read `ours`, `theirs`, `ours=KEY` or `theirs=KEY.field`; UsageError (`prefer`) for anything else.

        >>> Preference.parse("theirs=vaswani2017attention.title").what
        'vaswani2017attention.title'
        """
        side, given, what = text.partition("=")
        if side not in ("ours", "theirs") or (given and not what):
            hint = "ours, theirs, ours=KEY, theirs=KEY or theirs=KEY.field"
            raise UsageError("prefer", f'"{text}" does not say whose value to take', hint=hint)
        return cls(side="ours" if side == "ours" else "theirs", what=what or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the user allowed for this run beyond the everyday: for the records of these ids, or for all.

    `rerender` renders the entries that bibtools wrote anew; `hand_over` are records whose entries the user wrote
    and gives to bibtools now. `published` are those whose entries take place, date and type of the publication.
    With `incomplete` not all sources or documents could be read: what nobody mentions may be mentioned after all.
    `accepted` are the records that the user wants no more: their entries are not missing where they are gone.
    """

    prune: bool = False
    incomplete: bool = False
    accepted: frozenset[str] = frozenset()
    restore: frozenset[str] = frozenset()
    restore_all: bool = False
    rerender: bool = False
    hand_over: frozenset[str] = frozenset()
    published: frozenset[str] = frozenset()
    published_all: bool = False
    prefer: tuple[Preference, ...] = ()

    @property
    def may_prune(self) -> bool:
        """Whether entries may go: the user said so, and it is known what is mentioned."""
        return self.prune and not self.incomplete

    def takes_published(self, record_id: str) -> bool:
        """Whether the entry of a record takes what the record says of its publication."""
        return self.published_all or record_id in self.published

    def renders_anew(self, record_id: str) -> bool:
        """Whether the entry of a record is rendered anew though neither record nor settings changed."""
        return self.rerender or record_id in self.hand_over

    def side(self, key: str, name: str) -> Side | None:
        """Whose value to take for one field: the most exact preference counts, the last of equal ones."""
        for what in (f"{key}.{name}", key, None):
            for preference in reversed(self.prefer):
                if preference.what == what:
                    return preference.side
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """An entry that changed, and the names of the fields that did."""

    key: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is done to the entry whose block begins at offset `at` of the old text.

    With `whole` the entry goes; else the fields `write` are set and the fields `remove` go.
    """

    at: int
    whole: bool = False
    entry_type: str | None = None
    write: tuple[Field, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """An entry of the user's that became bibtools', and the names of the fields that it keeps of its own."""

    key: str
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPlan:
    """`old` and `new` are the file's bytes before (None: no file yet) and after; `bases` go into the lock.

    `keys` maps record ids to the citation keys that stand in the file; `missing` are keys of entries that
    disappeared from it, `orphaned` of entries whose mention left the sources, and `prunable` those of them that
    `--prune` removes. `settled` are the conflicts that a preference settled in this run. `flags` say by record id
    what a user may want to know of an entry: `published`, `corrected`. `changes` and `inserted` say what the
    difference between the bytes is made
    of. `refused` is why a file is left alone: it cannot be edited, or was
    generated whole and edited since.
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
    prunable: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    settled: tuple[Conflict, ...] = ()
    handed_over: tuple[HandedOver, ...] = ()
    flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()
    inserted: tuple[Entry, ...] = ()
    refused: Problem | None = None

    @property
    def changed(self) -> bool:
        """Whether the file's bytes would change."""
        return self.new != (self.old or b"")
