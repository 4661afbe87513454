"""One run at a time: who writes into a project holds a lock in the user's cache folder, never in the project."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bibtools import cache, files
from bibtools.errors import NotWrittenError
from bibtools.workflow.project import Project

PATIENCE = 5.0  # seconds; a sync takes less than one, so longer waiting seldom helps
FOLDER = "turns"


@contextmanager
def alone(project: Project, environ: Mapping[str, str], *, patience: float | None = None) -> Iterator[None]:
    """Hold the project's lock for as long as the context lasts.

    NotWrittenError (`project-busy`) if another run still holds it after `patience` seconds (None: `PATIENCE`).
    Where the cache folder cannot be used there is no lock: every file is still compared with what was read before
    it is replaced.
    """
    from filelock import FileLock, Timeout

    name = hashlib.sha256(str(files.real(project.root)).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    try:
        folder = cache.default_folder(environ) / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{name}.lock")
        lock.acquire(timeout=PATIENCE if patience is None else patience, poll_interval=0.05)
    except Timeout:
        hint = "let it finish, then run this again"
        raise NotWrittenError("project-busy", f"another bibtools works on {project.root}", hint=hint) from None
    except OSError:
        yield
        return
    try:
        yield
    finally:
        lock.release()
