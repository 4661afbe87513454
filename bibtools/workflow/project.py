"""A project: the folder with the settings, its lock and its source files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

from bibtools import config, files, lock
from bibtools.errors import Place, Problem, UsageError
from bibtools.extract import source_kind
from bibtools.text import shortened

SETTINGS_FILES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("bibtools.toml", ()),
    ("pyproject.toml", ("tool", "bibtools")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """`root` is the project's folder, `settings_file` where its settings stand (None: no project, defaults)."""

    root: Path
    settings: config.Settings
    settings_file: Path | None = None

    @property
    def lock_path(self) -> Path:
        """Where the lock is, or will be."""
        return self.root / self.settings.lock

    def relative(self, path: Path) -> str:
        """A path as messages and the JSON documents show it: from the project's folder, `/` between parts."""
        try:
            return Path(os.path.relpath(path, self.root)).as_posix()
        except ValueError:  # another drive on Windows
            return path.as_posix()


def find(start: Path, environ: Mapping[str, str], *, explicit: Path | None = None) -> Project:
    """The project of a folder: the nearest one upwards, or `explicit`; without any, the defaults at `start`.

    UsageError where `explicit` is no project or where settings are wrong.
    """
    folders = [explicit] if explicit is not None else [start, *start.parents]
    for folder in folders:
        for name, prefix in SETTINGS_FILES:
            path = folder / name
            if files.kind(path) in (None, "folder") or not os.path.lexists(path):
                continue
            text = _settings_text(path)
            settings = config.parse(text, file=str(path), prefix=prefix)
            if settings is not None:
                settings = config.with_environment(settings, environ)
                return Project(root=folder, settings=settings, settings_file=path)
    if explicit is not None:
        hint = "a project has a bibtools.toml, or [tool.bibtools] in its pyproject.toml; bibtools init makes one"
        raise UsageError("no-project", f"{explicit} is not a project", hint=hint)
    return Project(root=start, settings=config.with_environment(config.Settings(), environ))


def _settings_text(path: Path) -> str:
    try:
        return files.read(path, name=str(path)).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("settings-toml", f"not UTF-8: {error.reason}", where=Place(file=str(path))) from None


def with_first(project: Project, name: str) -> Project:
    """The project with another `.bib` target, named as in the settings or by its path, as the first one.

    UsageError (`no-such-target`) where it is none.
    """
    targets = project.settings.targets
    names = (Path(name).as_posix(), project.relative(Path(name).absolute()))
    chosen = next((t for t in targets if t.generated is None and Path(t.path).as_posix() in names), None)
    if chosen is None:
        known = ", ".join(target.path for target in targets if target.generated is None)
        raise UsageError(
            "no-such-target", f'"{name}" is no .bib target', hint=f"one of {known}" if known else None
        )
    first = (chosen, *(target for target in targets if target is not chosen))
    return replace(project, settings=replace(project.settings, targets=first))


def read_lock(project: Project) -> tuple[lock.Lock, bytes | None]:
    """The project's lock and the bytes it was read from; an empty lock where there is none.

    What a killed run wrote into the targets without coming to the lock is in it.
    """
    from bibtools.workflow import conflicted, unfinished  # bring the planner; `--help` and `extract` do without

    name = project.relative(project.lock_path)
    data = files.read_if_there(project.lock_path, name=name)
    held = lock.Lock()
    if data is not None:
        held = conflicted.read_lock(project.root, name, data.decode("utf-8", "replace"))
    return unfinished.finished(project, held, data, os.environ), data


def source_files(project: Project) -> tuple[list[Path], list[Problem]]:
    """The files the settings name, sorted by path.

    Problems: a name that leads nowhere (`source-missing`, a warning), a folder that cannot be read
    (`folder-unreadable`), a pattern that cannot be followed (`pattern-unusable`).
    """
    settings = project.settings
    outputs = {project.root / target.path for target in settings.targets} | {project.lock_path}
    never = {files.real(path) for path in outputs}
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for pattern in settings.sources:
        paths, faults = _matching(project, pattern)
        problems += [fault for fault in faults if not _excluded(f"{fault.where.file}/", settings.exclude)]
        if not paths and not faults and files.kind(project.root / pattern) != "folder":
            message = f'source "{shortened(pattern)}" does not exist'
            where = _settings_place(project)
            problems.append(Problem(severity="warning", code="source-missing", message=message, where=where))
        for path in paths:
            if files.real(path) not in never and not _excluded(project.relative(path), settings.exclude):
                found[path] = None
    return sorted(found, key=project.relative), problems


def _settings_place(project: Project) -> Place:
    return Place(file=str(project.settings_file) if project.settings_file else None)


def _excluded(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) or fnmatch(name, pattern.rstrip("/") + "/*") for pattern in patterns)


def _matching(project: Project, pattern: str) -> tuple[list[Path], list[Problem]]:
    """The readable files that a setting names: a file, all below a folder, or a glob; never hidden ones."""
    path = project.root / pattern
    is_glob = any(sign in pattern for sign in "*?[")
    there = files.kind(path)
    if there == "folder":
        return below(project, path)
    if there == "file" or (there == "other" and not is_glob):
        return [path], []
    if not is_glob:
        return [], []
    anchor = Path(Path(pattern).anchor) if Path(pattern).is_absolute() else project.root
    relative = str(Path(pattern).relative_to(Path(pattern).anchor)) if Path(pattern).is_absolute() else pattern
    try:
        matches = matched(anchor, relative)
    except PatternError as error:
        return [], [error.problem.at(_settings_place(project))]
    return [p for p in matches if files.kind(p) == "file" and _is_source(p) and not _hidden(p, anchor)], []


class PatternError(UsageError):
    """A glob that cannot be followed (`pattern-unusable`)."""


def matched(folder: Path, pattern: str) -> list[Path]:
    """What a glob matches below a folder, sorted; PatternError for one that is wrong, or leads too deep."""
    try:
        return sorted(folder.glob(pattern))
    except RecursionError:
        why = "it leads too deep"
    except (OSError, ValueError, NotImplementedError) as error:
        why = files.reason(error)
    message = f'"{shortened(pattern)}" cannot be followed: {why}'
    raise PatternError("pattern-unusable", message, hint="name the file or the folder itself")


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in path.relative_to(root).parts)


def below(project: Project, folder: Path) -> tuple[list[Path], list[Problem]]:
    """The files below a folder that can be sources, in a fixed order; hidden ones are never looked at.

    A folder that cannot be read is a problem (`folder-unreadable`).
    """
    found: list[Path] = []
    failed: dict[str, str] = {}
    for parent, folders, names in files.walk(folder, failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(parent) / name for name in sorted(names) if not name.startswith("."))
        found += [path for path in paths if _is_source(path)]
    return found, [_unreadable(project.relative(Path(name)), why) for name, why in failed.items()]


def _unreadable(name: str, why: str) -> Problem:
    hint = "make it readable, or list it under `exclude`"
    message = f"cannot be read: {why}"
    where = Place(file=name)
    return Problem(severity="error", code="folder-unreadable", message=message, where=where, hint=hint)


def _is_source(path: Path) -> bool:
    return source_kind(path.name) is not None
