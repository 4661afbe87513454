"""`bibtools merge-driver`, and its part of `bibtools init`."""

from __future__ import annotations

from pathlib import Path

from bibtools.cli.session import Session
from bibtools.errors import ExitCode
from bibtools.report import count
from bibtools.workflow import merge_driver as work


def run(session: Session, *, base: Path, ours: Path, theirs: Path, path: str | None, marker_size: int) -> int:
    """Merge into OURS; exit 1 where conflicts are left, as git expects."""
    name = path or str(ours)
    driven = work.drive(base, ours, theirs, name=name, marker_size=marker_size)
    session.problems.extend(driven.problems)
    if session.as_json:
        session.document(path=name, conflicts=driven.conflicts, fell_back=driven.fell_back)
    if driven.fell_back:
        return session.finish(ExitCode.ATTENTION, f"{name}: merged by lines")
    if driven.conflicts:
        return session.finish(ExitCode.ATTENTION, f"{name}: {count(driven.conflicts, 'conflict')}")
    return session.finish(ExitCode.DONE, f"{name}: merged")
