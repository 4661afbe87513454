"""`bibtools cache`: the answers kept on this machine."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from shutil import rmtree

from bibtools.cache import Cache, default_folder
from bibtools.cli.session import Session
from bibtools.errors import ExitCode, UsageError
from bibtools.report import count
from bibtools.workflow import stamp


def run(session: Session, *, action: str) -> int:
    """Say what is in the cache, or empty it."""
    if action not in ("info", "clear"):
        raise UsageError("argument", f'"{action}" is nothing to do with the cache', hint="info or clear")
    cache = Cache(default_folder(os.environ))
    try:
        if action == "clear":
            gone = cache.clear()
            rmtree(cache.path.parent / stamp.FOLDER, ignore_errors=True)
            session.problems.extend(cache.problems)
            if session.as_json:
                session.document(path=str(cache.path), cleared=gone)
            return session.finish(ExitCode.DONE, f"{count(gone, 'answer')} forgotten")
        info = cache.info()
        session.problems.extend(cache.problems)
    finally:
        cache.close()
    times = [_iso(at) for at in (info.oldest, info.newest)]
    if session.as_json:
        session.document(
            path=str(info.path), answers=info.answers, size=info.size, oldest=times[0], newest=times[1]
        )
    else:
        session.write(f"{info.path}\n")
    span = f", from {times[0]} to {times[1]}" if info.answers else ""
    return session.finish(ExitCode.DONE, f"{count(info.answers, 'answer')}, {info.size / 1024:,.0f} KiB{span}")


def _iso(at: float | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
