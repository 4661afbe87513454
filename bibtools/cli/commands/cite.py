"""`bibtools cite`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bibtools.cli.output import known, refuse_own, write
from bibtools.cli.session import Session
from bibtools.errors import ExitCode, UsageError
from bibtools.model import Entry
from bibtools.plugins import citing
from bibtools.plugins.styles import style_names
from bibtools.report import count
from bibtools.workflow import cite as work
from bibtools.workflow import follow, gather
from bibtools.workflow.library import unresolved
from bibtools.workflow.project import read_lock


def run(
    session: Session, *, keys: Sequence[str], style: str, to: str, bib: Sequence[Path], output: Path | None
) -> int:
    """Print formatted references."""
    to = known(to, tuple(citing.BACKENDS), "output")
    if Path(style).suffix.lower() not in work.FOREIGN:
        style = known(style, style_names(), "style")
    if output is not None:
        refuse_own(session.project, output)
    entries, meant, open_mentions = _entries(session, keys, bib)
    cited, warnings = work.cite(entries, meant, style, to)
    session.problems.extend(warnings)
    if output is not None:
        write(output, cited.text)
    if session.as_json:
        references = [asdict(reference) for reference in cited.references]
        session.document(style=style, to=to, output=output and str(output), references=references)
    elif output is None:
        session.write(cited.text)
    summary = f"{count(len(cited.references), 'reference')} in the style {style}"
    if open_mentions:
        summary += f"; {count(open_mentions, 'mention')} unresolved"
    return session.finish(ExitCode.ATTENTION if session.strict and open_mentions else ExitCode.DONE, summary)


def _entries(session: Session, keys: Sequence[str], bib: Sequence[Path]) -> tuple[list[Entry], list[str], int]:
    """All entries that there are, the keys that are meant, and how many mentions are unresolved."""
    if bib:
        entries, problems = work.from_files(bib, sys.stdin.buffer.read() if Path("-") in bib else b"")
        session.problems.extend(problems)
        return entries, citing.chosen(entries, keys, {}), 0
    if session.project.settings_file is None:
        raise UsageError("no-project", "there is no project here", hint="bibtools cite --bib refs.bib")
    held, _ = read_lock(session.project)
    found = gather.from_project(session.project)
    session.problems.extend(found.problems)
    ids = follow.library(session.project, held, found.mentions)
    ours, others, problems = work.library(session.project, held, ids)
    session.problems.extend(problems)
    aliases = {alias: locked.key for locked in held.records.values() for alias in locked.aliases}
    meant = citing.chosen([*ours, *others], keys, aliases) if keys else [entry.key for entry in ours]
    return [*ours, *others], meant, len(unresolved(found.mentions, held))
