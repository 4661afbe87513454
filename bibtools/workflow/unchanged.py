"""Keeping the stamp of a sync that had nothing to do: which places decide what it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from bibtools.config import Target
from bibtools.extract import SUFFIXES
from bibtools.workflow import stamp
from bibtools.workflow.cited import cited_for
from bibtools.workflow.project import SETTINGS_FILES, Project

_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A project's places and their state at the beginning of a run."""

    places: tuple[stamp.Place, ...]
    state: str


def look(project: Project, environ: Mapping[str, str]) -> Seen | None:
    """The state before anything is read; None where it cannot be told."""
    places = tuple(places_of(project))
    with suppress(OSError, ValueError):
        return Seen(places=places, state=stamp.observe(str(project.root), places, environ))
    return None


def keep(
    project: Project, seen: Seen, environ: Mapping[str, str], *, unsettled: bool, summary: str, warnings: str
) -> None:
    """Stamp what was seen, unless it changed during the run. A cache that cannot be written is no problem."""
    with suppress(OSError, ValueError):
        if stamp.observe(str(project.root), seen.places, environ) == seen.state:
            said = stamp.Stamp(
                state=seen.state, places=seen.places, unsettled=unsettled, summary=summary, warnings=warnings
            )
            stamp.write(stamp.file_of(str(project.root), environ), said)


def places_of(project: Project) -> Iterator[stamp.Place]:
    """Every place whose state decides what a sync of the project's own targets does; rather too many."""
    settings = project.settings
    for name, _ in SETTINGS_FILES:
        yield stamp.Place(name)
    yield stamp.Place(settings.lock)
    for target in settings.targets:
        yield stamp.Place(target.path)
        yield from _cited(project, target)
    endings = tuple(sorted(f".{suffix}" for suffix in SUFFIXES))
    for pattern in settings.sources:
        yield from _matched(pattern, endings)


def _cited(project: Project, target: Target) -> Iterator[stamp.Place]:
    for pattern in target.only_cited:
        yield from _matched(pattern, ())
    if cites := cited_for(project, target):
        yield from (stamp.Place(project.relative(path)) for path in cites.bibs)


def _matched(pattern: str, endings: tuple[str, ...]) -> Iterator[stamp.Place]:
    """The places of a setting that names a file, a folder or a glob: a glob may also be a name as it stands."""
    yield stamp.Place(pattern, stamp.BELOW, endings)
    parts = PurePath(pattern).parts
    first = next((number for number, part in enumerate(parts) if _MAGIC & set(part)), None)
    if first is None:
        return
    levels = stamp.ANY_LEVEL if any("**" in part for part in parts) else len(parts) - first
    _, dot, suffix = parts[-1].rpartition(".")
    if dot and not _MAGIC & set(suffix):
        endings = (f".{suffix.lower()}",)
    yield stamp.Place(PurePath(*parts[:first]).as_posix(), levels, endings)
