"""`bibtools extract`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bibtools.cli import documents
from bibtools.cli.session import Session, unreadable_code
from bibtools.errors import UsageError
from bibtools.files import real
from bibtools.report import count, printable
from bibtools.workflow import gather


def run(session: Session, *, files: Sequence[Path]) -> int:
    """Print the mentions found in `files`, or in the project's sources."""
    project = session.project
    if not files and project.settings_file is None:
        raise UsageError("no-project", "no files given and no project here", hint="bibtools extract FILE")
    paths = [real(path) for path in files]
    found = gather.from_paths(project, paths) if paths else gather.from_project(project)
    session.problems.extend(found.problems)
    if session.as_json:
        session.document(mentions=[documents.seen_mention(mention) for mention in found.mentions])
    else:
        for mention in found.mentions:
            ids = " ".join(f"{i.scheme}:{i.value}" for i in mention.identifiers if i.own)
            says = mention.title or mention.abstract or ""
            text = f"{mention.source}:{mention.line}: {mention.kind}  {ids}  {says[:70]}"
            session.write(printable(" ".join(text.split(" "))).rstrip() + "\n")
    prose = f"; {count(found.prose, 'other paragraph')} left alone" if found.prose else ""
    summary = f"{count(len(found.mentions), 'mention')} in {count(found.sources, 'source')}{prose}"
    return session.finish(unreadable_code(found.failed), summary)
