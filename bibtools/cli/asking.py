"""Who answers questions in a run: the client with cache and pacing, or offline the cache alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bibtools.cli.progress import ProgressLine
from bibtools.cli.session import Session
from bibtools.workflow.asking import Asker, open_asker


@contextmanager
def asking(session: Session, *, fresh: float | None = None) -> Iterator[Asker]:
    """An asker for one command; its progress is shown, and the session gets its problems and request count."""
    line = session.line = ProgressLine(quiet=session.quiet or session.as_json)
    try:
        arxiv = session.project.settings.arxiv
        with open_asker(arxiv, offline=session.offline, progress=line, fresh=fresh) as asker:
            try:
                yield asker
            finally:
                session.problems.extend(asker.problems)
                session.requests = asker.requests_sent
    finally:
        line.clear()
