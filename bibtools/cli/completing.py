"""What the shell is offered when it completes a word: it asks nobody, and outside a project there is just less."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from bibtools.cli.session import Session
from bibtools.errors import BibtoolsError
from bibtools.workflow.project import Project, read_lock

_SIDES = ("ours", "theirs")


def style(incomplete: str) -> list[str]:
    """The names of styles that begin so; where none does, the shell completes files."""
    from bibtools.plugins.styles import style_names

    return _beginning(style_names(), incomplete)


def written_format(incomplete: str) -> list[str]:
    """The formats that can be written."""
    from bibtools.formats import FORMATS

    return _beginning(FORMATS, incomplete)


def read_format(incomplete: str) -> list[str]:
    """The formats that can be read."""
    from bibtools.formats import READABLE

    return _beginning(READABLE, incomplete)


def output(incomplete: str) -> list[str]:
    """What references can be written as."""
    from bibtools.plugins.citing import BACKENDS

    return _beginning(BACKENDS, incomplete)


def profile(incomplete: str) -> list[str]:
    """The profiles of entries."""
    from bibtools.model import Profile

    return _beginning(get_args(Profile), incomplete)


def action(incomplete: str) -> list[str]:
    """What can be done with the cache."""
    return _beginning(("info", "clear"), incomplete)


def key(incomplete: str, ctx: Any = None) -> list[str]:
    """The keys of the lock and of the first `.bib`."""
    return _beginning(_keys(_project(ctx)), incomplete)


def target(incomplete: str, ctx: Any = None) -> list[str]:
    """The targets; with `--restore` the keys too."""
    project = _project(ctx)
    names = [found.path for found in project.settings.targets] if project and project.settings_file else []
    restore = ctx is not None and bool(ctx.params.get("restore"))
    return _beginning((*names, *(_keys(project) if restore else ())), incomplete)


def preference(incomplete: str, ctx: Any = None) -> list[str]:
    """A side, and behind `=` the keys."""
    side, given, rest = incomplete.partition("=")
    if not given:
        return _beginning(_SIDES, incomplete)
    return [f"{side}={found}" for found in key(rest, ctx)] if side in _SIDES else []


def _beginning(names: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]


def _project(ctx: Any) -> Project | None:
    """The project of the words so far; None where its settings cannot be read."""
    folder = ctx.params.get("folder") if ctx is not None else None
    try:
        return Session(folder=Path(folder) if folder else None).project
    except (BibtoolsError, OSError):
        return None


def _keys(project: Project | None) -> list[str]:
    if project is None or project.settings_file is None:
        return []
    return sorted({*_locked(project), *_standing(project)})


def _locked(project: Project) -> list[str]:
    try:
        held, _ = read_lock(project)
    except (BibtoolsError, OSError):
        return []
    return [locked.key for locked in held.records.values()]


def _standing(project: Project) -> list[str]:
    """The keys of the entries in the first `.bib`, the user's own too."""
    from bibtools import bibfile, files

    first = project.settings.first_bib
    try:
        data = files.read_if_there(project.root / first.path, name=first.path) if first else None
        text = bibfile.decode(data, file="").text if data else ""
    except (BibtoolsError, OSError):
        return []
    return [block.key for block in bibfile.parse(text).entries]
