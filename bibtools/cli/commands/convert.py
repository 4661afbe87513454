"""`bibtools convert`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import get_args

from bibtools import files, formats
from bibtools.cli.output import known, refuse_own, write
from bibtools.cli.session import Session
from bibtools.config import Target
from bibtools.errors import ExitCode, UsageError
from bibtools.model import EntryFormat
from bibtools.report import count
from bibtools.workflow import convert as work
from bibtools.workflow.dialect import apply_dialect, plan_dialect, target_at
from bibtools.workflow.project import read_lock
from bibtools.workflow.turn import alone


def run(session: Session, *, source: str, output: Path | None, read: str | None, to: str | None) -> int:
    """Print a document in another format, or write it to a file."""
    dialect = session.project.settings.targets[0].format
    path = None if source == "-" else Path(source)
    read = known(read, formats.READABLE, "format") if read else work.format_of(path)
    if read is None:
        raise UsageError(
            "format-unknown", f"what is {source}?", hint="say it with --from, such as: --from csl-json"
        )
    to = known(to, tuple(formats.FORMATS), "format") if to else work.format_of(output, dialect=dialect)
    if to is None:
        raise UsageError("format-unknown", "into which format?", hint="say it with --to, such as: --to csl-json")
    target = target_at(session.project, output) if output is not None and _is_same(path, output) else None
    dialect_to = next((name for name in get_args(EntryFormat) if name == to), None)
    if target is not None and dialect_to is not None:
        return _change_dialect(session, target, dialect_to)
    if output is not None:
        refuse_own(session.project, output)
        if _is_same(path, output):
            raise UsageError("output-is-input", f"{output} is what is read", hint="choose another name")
    name = source if path is None else str(path)
    data = sys.stdin.buffer.read() if path is None else files.read(path, name=name)
    page = session.project.settings.page
    made = work.convert(data, name="stdin" if path is None else name, source=read, target=to, page=page)
    session.problems.extend(made.problems)
    if made.usable and output is not None:
        write(output, made.text)
    text = made.text if made.usable and output is None else None
    if session.as_json:
        session.document(format=to, output=output and str(output), text=text)
    elif text is not None:
        session.write(text)
    if not made.usable:
        return session.finish(ExitCode.UNUSABLE_FILE, "stopped: nothing was written")
    return session.finish(ExitCode.DONE, f"{count(made.count, 'entry', 'entries')} from {read} to {to}")


def _is_same(path: Path | None, output: Path) -> bool:
    return path is not None and path.resolve() == output.resolve()


def _change_dialect(session: Session, target: Target, to: EntryFormat) -> int:
    """Put a target of the project into the other dialect: the file, its bases in the lock, the setting."""
    project = session.project
    with alone(project, os.environ):
        held, old = read_lock(project)
        change = plan_dialect(project, target, held, old, to)
        apply_dialect(project, change)
    session.problems.extend(problem.in_file(target.path) for problem in change.problems)
    if session.as_json:
        session.document(format=to, output=target.path, text=None)
    files_written = "its file, its lock and its settings agree" if target.format != to else "its settings said so"
    entries = count(change.count, "entry", "entries")
    return session.finish(ExitCode.DONE, f"{target.path}: {entries} in {to}; {files_written}")
