"""`bibtools export`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from bibtools.cli.asking import asking
from bibtools.cli.output import known, refuse_own, write
from bibtools.cli.session import Session, unreadable_code
from bibtools.errors import ExitCode, UsageError
from bibtools.model import EntryOptions, Profile
from bibtools.render import FORMATS
from bibtools.report import count
from bibtools.workflow import arguments, gather, resolve, sync
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
    chosen = known(format or project.settings.targets[0].format, tuple(FORMATS), "format")
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
    ids = wanted(found.mentions, held)
    exported = work.export(
        project,
        held,
        ids,
        chosen,
        options,
        upstream=upstream,
        in_order_given=bool(what),
        sources=sources_of(found.mentions, held),
    )
    session.problems.extend(exported.problems)
    session.problems.extend(state.mention_problems(found.mentions, held))
    open_ones = unresolved(found.mentions, held)
    if output is not None:
        write(output, exported.text)
    if session.as_json:
        session.document(format=chosen, output=output and str(output), text=None if output else exported.text)
    elif output is None:
        session.write(exported.text)
    unsettled = bool(open_ones)
    if session.strict and not what:
        unsettled |= _unsettled(session, sync.plan(project, held, old, found.mentions))
    code = ExitCode.ATTENTION if session.strict and unsettled else ExitCode.DONE
    summary = f"{count(len(ids), 'record')} as {chosen}"
    if open_ones:
        summary += f"; {count(len(open_ones), 'mention')} unresolved"
    return session.finish(unreadable_code(found.failed, code), summary)


def _unsettled(session: Session, planned: sync.SyncPlan) -> bool:
    """Whether entries are missing from the targets or in conflict; which ones is told."""
    session.problems.extend(problem for plan in planned.targets for problem in state.target_problems(plan))
    return any(plan.missing or plan.conflicts for plan in planned.targets)


def _options(project: Project, format: str, max_authors: int | None, profile: str | None) -> EntryOptions:
    changes: dict[str, Any] = {}
    if format in ("bibtex", "biblatex"):
        changes["format"] = format
    if max_authors is not None:
        changes["max_authors"] = max_authors
    if profile is not None:
        changes["profile"] = known(profile, get_args(Profile), "profile")
    return replace(project.settings.targets[0].options, **changes)
