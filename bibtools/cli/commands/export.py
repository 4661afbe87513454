"""`bibtools export`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from bibtools import render
from bibtools.cli.asking import asking
from bibtools.cli.output import known, refuse_own, write
from bibtools.cli.session import Session, unreadable_code
from bibtools.errors import ExitCode, UsageError
from bibtools.lock import Lock
from bibtools.model import EntryOptions, Mention, Profile
from bibtools.plan import Choices
from bibtools.render import FORMATS
from bibtools.report import count
from bibtools.workflow import arguments, cited, follow, gather, resolve, sync
from bibtools.workflow import export as work
from bibtools.workflow import status as state
from bibtools.workflow.library import sources_of, unresolved, wanted
from bibtools.workflow.project import Project, read_lock


def run(
    session: Session,
    *,
    what: Sequence[str],
    format: str | None,
    output: Path | None,
    upstream: bool,
    max_authors: int | None,
    profile: str | None,
) -> int:
    """Print the library, or entries for what is given, in one format."""
    project = session.project
    chosen = known(format or project.settings.targets[0].printed_as, tuple(FORMATS), "format")
    options = _options(project, chosen, max_authors, profile)
    if output is not None:
        refuse_own(project, output)
    if not what and project.settings_file is None:
        raise UsageError("no-project", "nothing given and no project here", hint="bibtools export 1706.03762")
    held, old = read_lock(project)
    if what:
        found = arguments.mentions_of(project, what, stdin=sys.stdin.buffer.read, titles=True)
    else:
        found = gather.from_project(project)
    session.problems.extend(found.problems)
    with asking(session) as asker:
        held = resolve.resolve(found.mentions, held, project, asker)
    export = _given if what else _library
    exported, number = export(project, held, found.mentions, chosen, options, upstream)
    session.problems.extend(exported.problems)
    session.problems.extend(state.mention_problems(found.mentions, held, given=bool(what)))
    open_ones = unresolved(found.mentions, held)
    if output is not None:
        write(output, exported.text)
    if session.as_json:
        session.document(format=chosen, output=output and str(output), text=None if output else exported.text)
    elif output is None:
        session.write(exported.text)
    unsettled = bool(open_ones)
    if session.strict and not what:
        choices = Choices(incomplete=not found.is_complete)
        unsettled |= _unsettled(session, sync.plan(project, held, old, found.mentions, choices=choices))
    code = ExitCode.ATTENTION if session.strict and unsettled else ExitCode.DONE
    summary = f"{count(number, 'record')} as {chosen}"
    if open_ones:
        summary += f"; {count(len(open_ones), 'mention')} unresolved"
    return session.finish(unreadable_code(found.failed, code), summary)


def _given(
    project: Project, held: Lock, found: Sequence[Mention], format: str, options: EntryOptions, upstream: bool
) -> tuple[render.Exported, int]:
    """What the arguments lead to, in their order, and how much that is."""
    ids = wanted(found, held)
    kept = work.as_locked(held, ids) if upstream else work.as_kept(project, held, ids, options)
    rows = [kept[i] for i in ids]
    return render.export(rows, format, options, sources=sources_of(found, held)), len(rows)


def _library(
    project: Project, held: Lock, found: Sequence[Mention], format: str, options: EntryOptions, upstream: bool
) -> tuple[render.Exported, int]:
    """The library, and how many works that is."""
    ids = follow.library(project, held, found)
    sources = sources_of(found, held)
    return work.export_library(project, held, ids, format, options, upstream=upstream, sources=sources)


def _unsettled(session: Session, planned: sync.SyncPlan) -> bool:
    """Whether entries that a document cites are missing from the targets, or in conflict; which ones is told."""
    session.problems.extend(problem for plan in planned.targets for problem in state.target_problems(plan))
    needed = cited.missing(session.project, planned.targets)
    session.problems.extend(needed)
    return bool(needed) or any(plan.conflicts for plan in planned.targets)


def _options(project: Project, format: str, max_authors: int | None, profile: str | None) -> EntryOptions:
    changes: dict[str, Any] = {}
    if format in ("bibtex", "biblatex"):
        changes["format"] = format
    if max_authors is not None:
        changes["max_authors"] = max_authors
    if profile is not None:
        changes["profile"] = known(profile, get_args(Profile), "profile")
    return replace(project.settings.targets[0].options, **changes)
