"""Planning one entry that stands in the file: who wrote it, what changed since, and what a merge makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from bibtools import render
from bibtools.config import Encoding, Target
from bibtools.errors import Problem
from bibtools.formats.dialects import is_biblatex
from bibtools.lock import Base, LockedRecord, Origin, content_digest, joint_origin, settings_digest
from bibtools.merge import Allowed, Change, Outcome, Side, comparable, handed_over, merge_owned, merge_users
from bibtools.merge.groups import by_name
from bibtools.merge.users import PUBLISHED
from bibtools.model import Entry, EntryOptions, Field, Record
from bibtools.plan.values import Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEntry:
    """What a merge asks for, the base afterwards, and the problems of rendering.

    `theirs` is what upstream says; `kept` are the fields that an entry handed over in this run keeps of its own,
    None for any other entry.
    """

    outcome: Outcome
    base: Base
    theirs: Entry
    kept: tuple[str, ...] | None = None
    problems: tuple[Problem, ...] = ()


def new_base(locked: LockedRecord, entry: Entry, target: Target) -> Base:
    """The base of an entry that bibtools writes now."""
    origin = Origin(content_digest(locked.record), settings_digest(target.options))
    return Base(entry=entry, origin=origin)


def plan_entry(
    locked: LockedRecord,
    base: Base | None,
    ours: Entry,
    target: Target,
    options: EntryOptions,
    choices: Choices,
) -> PlannedEntry:
    """Merge the entry `ours` of a file with what its record says now.

    `options` are those of the target, but for an encoding that the file has of its own.
    An entry without a base stood there before bibtools: it is the user's until it is handed over.
    """
    planner = _Planner(locked=locked, base=base, ours=ours, target=target, options=options, choices=choices)
    if base is not None and not base.is_users:
        return planner.owned(base)
    if locked.record.id in choices.hand_over:
        return planner.hand_over()
    return planner.users()


@dataclass(slots=True, kw_only=True)
class _Planner:
    """One entry's plan in the making."""

    locked: LockedRecord
    base: Base | None
    ours: Entry
    target: Target
    options: EntryOptions
    choices: Choices
    problems: list[Problem] = field(default_factory=list)
    _said: frozenset[str | None] | None = None

    @property
    def record(self) -> Record:
        return self.locked.record

    @property
    def side(self) -> Callable[[str], Side | None]:
        return partial(self.choices.side, self.ours.key)

    def renamed(self, base: Base) -> Base:
        """The same base under the key that the entry has in the file."""
        if base.entry.key == self.ours.key:
            return base
        return replace(base, entry=replace(base.entry, key=self.ours.key))

    def rendered(self, options: EntryOptions) -> Entry:
        """What the record says now, under the key the entry has."""
        made = render.render_entry(self.record, self.ours.key, options)
        self.problems.extend(replace(problem, key=self.ours.key) for problem in made.problems)
        return made.entry

    def stands(self, value: Field) -> bool:
        """Whether the record says what a field says, in whatever shape it may be rendered."""
        if self._said is None:
            shapes = [
                render.render_entry(self.record, "", options).entry for options in _shapes(self.options.encoding)
            ]
            self._said = frozenset(comparable(f) for shape in shapes for f in shape.fields)
        return comparable(value) in self._said

    # --- entries that bibtools wrote --------------------------------------------------------------------------

    def owned(self, base: Base) -> PlannedEntry:
        """Render anew what the record or the settings changed."""
        options = self.options
        origin = Origin(content_digest(self.record), settings_digest(self.target.options))
        change = Change(offered=base.offered, kept=frozenset(base.kept))
        if not base.origin.content:  # a joint origin: its difference is read as one of settings
            if joint_origin(self.record, options) == base.origin:
                origin = base.origin
            else:
                change = replace(change, settings=True)
        else:
            change = replace(
                change,
                record=origin.content != base.origin.content,
                settings=origin.settings != base.origin.settings,
            )
        if self.choices.renders_anew(self.record.id) and not change.record:
            change = replace(change, settings=True)
        if change.record or change.settings:
            theirs = self.rendered(options)
        elif base.offered is None:
            return PlannedEntry(outcome=Outcome(base=base.entry), base=self.renamed(base), theirs=base.entry)
        else:
            theirs = base.offered
        return self._merged(base.entry, theirs, change, origin, base.removed)

    def hand_over(self) -> PlannedEntry:
        """The user's entry becomes bibtools', with what it says otherwise as the user's edits."""
        theirs = self.rendered(self.options)
        base, kept = handed_over(self.ours, theirs, self.stands)
        origin = Origin(content_digest(self.record), settings_digest(self.target.options))
        return replace(self._merged(base, theirs, Change(settings=True), origin, ()), kept=kept)

    def _merged(
        self, base: Entry, theirs: Entry, change: Change, origin: Origin, removed: tuple[str, ...]
    ) -> PlannedEntry:
        outcome = merge_owned(
            base, self.ours, theirs, change=change, stands=self.stands, removed=removed, side=self.side
        )
        after = Base(
            entry=outcome.base, origin=origin, offered=outcome.offered, kept=outcome.kept, removed=outcome.removed
        )
        return PlannedEntry(outcome=outcome, base=after, theirs=theirs, problems=tuple(self.problems))

    # --- entries that the user wrote --------------------------------------------------------------------------

    def users(self) -> PlannedEntry:
        """Compare the record with the entry; only its corrections come in unasked."""
        base, shape = self.base, _shape(self.ours, self.target, self.options.encoding)
        origin = Origin(content_digest(self.record), str(shape))
        if base is None:
            theirs = self.rendered(shape.options)
            return self._compared(theirs, theirs, origin, withheld=tuple(by_name(theirs)), filled=())
        withheld = base.withheld or ()
        if not base.origin.content:
            is_known = joint_origin(self.record, self.options) == base.origin
        else:
            is_known = base.origin.content == origin.content
        same_shape = not base.origin.content or base.origin.settings == origin.settings
        if is_known and (same_shape or base.offered is not None):
            found = self._compared(base.entry, base.offered or base.entry, base.origin, withheld, base.filled)
            return replace(found, base=self.renamed(base)) if _is_as_before(found, base) else found
        theirs = self.rendered(shape.options)
        if is_known or not base.origin.content:
            withheld = (*withheld, *(name for name in by_name(theirs) if name not in by_name(base.entry)))
            return self._compared(theirs, theirs, origin, withheld, base.filled)
        return self._compared(base.entry, theirs, origin, withheld, base.filled)

    def _compared(
        self, base: Entry, theirs: Entry, origin: Origin, withheld: tuple[str, ...], filled: tuple[str, ...]
    ) -> PlannedEntry:
        outcome = merge_users(
            base, self.ours, theirs, withheld=withheld, filled=filled, allowed=self._allowed(), side=self.side
        )
        after = Base(
            entry=outcome.base,
            origin=origin,
            offered=outcome.offered,
            withheld=outcome.withheld,
            filled=outcome.filled,
        )
        return PlannedEntry(outcome=outcome, base=after, theirs=theirs, problems=tuple(self.problems))

    def _allowed(self) -> Allowed:
        published = PUBLISHED in self.target.fill or self.choices.takes_published(self.record.id)
        if not published:
            return Allowed(fill=frozenset(self.target.fill))
        options = replace(_shape(self.ours, self.target, self.options.encoding).options, prefer="preprint")
        preprint = render.render_entry(self.record, self.ours.key, options).entry
        return Allowed(fill=frozenset(self.target.fill) - {PUBLISHED}, published=True, preprint=preprint)


def _is_as_before(found: PlannedEntry, base: Base) -> bool:
    """Whether a merge in which nothing is new leaves the entry, and what is pending about it, as they were."""
    outcome = found.outcome
    if outcome.changes or outcome.settled:
        return False
    same = set(found.base.entry.fields) == set(base.entry.fields)
    return base.offered is None or (found.base.offered is not None and same)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """The shape in which a record is compared with an entry of the user's: in its dialect, nothing left out."""

    options: EntryOptions

    def __str__(self) -> str:
        """As the origin of the base has it."""
        options = self.options
        return "/".join(
            (options.format, options.profile, options.prefer, *(["abstract"] if options.abstract else []))
        )


def _shape(ours: Entry, target: Target, encoding: Encoding) -> _Shape:
    dialect = is_biblatex(ours)
    return _Shape(
        options=EntryOptions(
            format=target.format if dialect is None else "biblatex" if dialect else "bibtex",
            profile="modern" if target.profile == "modern" else "classic",
            prefer=target.prefer,
            encoding=encoding,
            abstract="abstract" in target.fill,
        )
    )


def _shapes(encoding: Encoding) -> list[EntryOptions]:
    """Options that between them render everything a record says."""
    usual = EntryOptions(encoding=encoding, abstract=True)
    return [
        replace(usual, format="biblatex" if biblatex else "bibtex", profile=profile, prefer=prefer)
        for biblatex in (False, True)
        for profile in ("classic", "modern", "scholar")
        for prefer in ("published", "preprint")
    ]
