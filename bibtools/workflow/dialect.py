"""Changing the dialect of a target: its file, what the lock keeps of it, and its `format` setting, in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bibtools import bibfile, files, formats, lock
from bibtools.config import Target
from bibtools.errors import Problem, UnusableFileError
from bibtools.formats.dialects import to_biblatex, to_bibtex
from bibtools.lock import Base, Lock, Origin, joint_origin, settings_digest
from bibtools.model import Entry, EntryFormat, EntryOptions, Record
from bibtools.workflow import conflicted
from bibtools.workflow.project import SETTINGS_FILES, Project

_TRANSLATIONS: Mapping[EntryFormat, Callable[[Entry], Entry]] = {"bibtex": to_bibtex, "biblatex": to_biblatex}


@dataclass(frozen=True, slots=True, kw_only=True)
class DialectChange:
    """The files to write, in this order: path, new bytes, bytes before. `count` is the number of entries."""

    writes: tuple[tuple[Path, bytes, bytes | None], ...]
    count: int
    problems: tuple[Problem, ...] = ()


def target_at(project: Project, path: Path) -> Target | None:
    """The `.bib` target of a project that stands at a path."""
    if project.settings_file is None:
        return None
    meant = path.resolve()
    bibs = (target for target in project.settings.targets if target.generated is None)
    return next((target for target in bibs if (project.root / target.path).resolve() == meant), None)


def plan_dialect(
    project: Project, target: Target, held: Lock, old_lock: bytes | None, to: EntryFormat
) -> DialectChange:
    """What to write so that a target is in the dialect `to`, and stays in it.

    Every entry is put into the other dialect's words, the user's too; what cannot be read stays as it is. What the
    lock keeps as rendered is translated likewise, so that the next sync finds nothing to do. UnusableFileError
    (`bib-encoding`, `bib-conflict-markers`) for a file that cannot be edited.
    """
    path = project.root / target.path
    data = files.read(path, name=target.path)
    text = bibfile.decode(data, file=target.path)
    if conflicted.is_marked(text.text):
        raise UnusableFileError(
            "bib-conflict-markers",
            f"{target.path} has conflict markers of a merge",
            hint="settle them first: bibtools sync",
        )
    made = formats.translated(text.text, to)
    new = bibfile.encode(made.text, like=text)
    writes: list[tuple[Path, bytes, bytes | None]] = [(path, new, data)]
    if old_lock is not None:
        after = _translated(held, target, replace(target, format=to))
        writes.append((project.lock_path, lock.render(after).encode("utf-8"), old_lock))
    if target.format != to:
        writes.append(_with_format(project, target, to))
    return DialectChange(writes=tuple(writes), count=len(bibfile.parse(text.text).entries), problems=made.problems)


def apply_dialect(project: Project, change: DialectChange) -> None:
    """Write the files, the target first: one ahead of its base says what upstream says."""
    for path, new, old in change.writes:
        files.write(path, new, name=project.relative(path), expected=old)


def _translated(held: Lock, before: Target, after: Target) -> Lock:
    """The lock with the bases of a target in its new dialect."""
    translate = _TRANSLATIONS[after.format]
    bases = {
        record_id: replace(
            base,
            entry=translate(base.entry),
            offered=None if base.offered is None else translate(base.offered),
            origin=_origin(base, held.records.get(record_id), before.options, after.options),
        )
        for record_id, base in held.targets.get(before.path, {}).items()
    }
    return replace(held, targets={**held.targets, before.path: bases}) if bases else held


def _origin(base: Base, locked: lock.LockedRecord | None, before: EntryOptions, after: EntryOptions) -> Origin:
    """The origin of an entry that was rendered with the settings before, as one rendered with those after."""
    origin = base.origin
    if base.is_users and origin.content:  # the shape in which the record was compared begins with the dialect
        _, slash, rest = origin.settings.partition("/")
        return replace(origin, settings=f"{after.format}{slash}{rest}")
    if origin.content:
        current = origin.settings == settings_digest(before)
        return replace(origin, settings=settings_digest(after)) if current else origin
    record: Record | None = locked.record if locked is not None else None
    if record is not None and origin == joint_origin(record, before):
        return joint_origin(record, after)
    return origin


def _with_format(project: Project, target: Target, to: EntryFormat) -> tuple[Path, bytes, bytes | None]:
    """The settings file with the target's `format`: in its own table, or among the settings of all."""
    import tomlkit

    path = project.settings_file
    assert path is not None
    data = files.read(path, name=str(path))
    document = tomlkit.parse(data.decode("utf-8-sig"))
    table: Any = document
    for name in dict(SETTINGS_FILES)[path.name]:
        table = table[name]
    own = next((each for each in table.get("target", ()) if each.get("path") == target.path), None)
    (table if own is None else own)["format"] = to
    return path, tomlkit.dumps(document).encode("utf-8"), data
