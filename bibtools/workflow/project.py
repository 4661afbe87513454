"""A project: the folder with the settings, its lock and its source files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

from bibtools import config, files, lock
from bibtools.errors import Place, Problem, UsageError
from bibtools.extract import source_kind

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
            if not path.is_file():
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
    """The project's lock and the bytes it was read from; an empty lock where there is none."""
    name = project.relative(project.lock_path)
    data = files.read_if_there(project.lock_path, name=name)
    if data is None:
        return lock.Lock(), None
    from bibtools.workflow import conflicted  # brings the whole planner; `--help` and `extract` do without

    return conflicted.read_lock(project.root, name, data.decode("utf-8", "replace")), data


def source_files(project: Project) -> tuple[list[Path], list[Problem]]:
    """The files the settings name, sorted by path; a name that leads nowhere is a problem (`source-missing`)."""
    settings = project.settings
    outputs = {project.root / target.path for target in settings.targets} | {project.lock_path}
    never = {path.resolve() for path in outputs}
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for pattern in settings.sources:
        paths = list(_matching(project.root, pattern))
        if not paths and not (project.root / pattern).is_dir():
            where = Place(file=str(project.settings_file) if project.settings_file else None)
            message = f'source "{pattern}" does not exist'
            problems.append(Problem(severity="warning", code="source-missing", message=message, where=where))
        for path in paths:
            if path.resolve() not in never and not _excluded(project.relative(path), settings.exclude):
                found[path] = None
    return sorted(found, key=project.relative), problems


def _excluded(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) or fnmatch(name, pattern.rstrip("/") + "/*") for pattern in patterns)


def _matching(root: Path, pattern: str) -> Iterator[Path]:
    """The readable files that a setting names: a file, all below a folder, or a glob; never hidden ones."""
    path = root / pattern
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from below(path)
    elif any(sign in pattern for sign in "*?["):
        anchor = Path(Path(pattern).anchor) if Path(pattern).is_absolute() else root
        relative = str(Path(pattern).relative_to(Path(pattern).anchor)) if Path(pattern).is_absolute() else pattern
        for match in sorted(anchor.glob(relative)):
            if match.is_file() and _is_source(match) and not _hidden(match, anchor):
                yield match


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in path.relative_to(root).parts)


def below(folder: Path) -> Iterator[Path]:
    """The files below a folder that can be sources, in a fixed order; hidden ones are never looked at."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent) / name
            if not name.startswith(".") and _is_source(path):
                yield path


def _is_source(path: Path) -> bool:
    return source_kind(path.name) is not None
