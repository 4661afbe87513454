"""Where a document goes that a command makes: which format, and a file that is none of the project's own."""

from __future__ import annotations

from pathlib import Path

from bibtools import files
from bibtools.config import nearest
from bibtools.errors import UnusableFileError, UsageError
from bibtools.workflow.project import Project, source_files


def known(name: str, known: tuple[str, ...], what: str) -> str:
    """The name, if it is a known one; UsageError (`format-unknown` …) with the nearest known one if not."""
    if name in known:
        return name
    meant = nearest(name, known)
    hint = f"did you mean {meant}?" if meant else f"one of {', '.join(known)}"
    raise UsageError(f"{what}-unknown", f'no {what} "{name}"', hint=hint)


def refuse_own(project: Project, output: Path) -> None:
    """UsageError where `output` is a file of the project's own: a target, the lock, the settings, a source."""
    if project.settings_file is None:
        return
    meant = files.real(output)
    if meant in {files.real(project.root / target.path) for target in project.settings.targets}:
        hint = (
            "bibtools sync keeps it current; to change its dialect, convert the file itself: IN and OUT the same"
        )
        raise UsageError("output-is-target", f"{output} is kept current by sync", hint=hint)
    sources, _ = source_files(project)
    if meant in {files.real(path) for path in (project.lock_path, project.settings_file, *sources)}:
        raise UsageError("output-is-input", f"{output} is a file of this project", hint="choose another name")


def write(output: Path, text: str) -> None:
    """A document into a file, in one step; NotWrittenError where that cannot be."""
    name = str(output)
    try:
        there = files.read_if_there(output, name=name)
    except UnusableFileError as error:
        raise files.not_written(error, name) from None
    files.write(output, text.encode("utf-8"), name=name, expected=there)
