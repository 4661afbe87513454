"""Targets that are written whole: a document in another format, never edited and never merged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from bibtools.config import Target
from bibtools.errors import Place, Problem
from bibtools.formats import PAGES, Exported
from bibtools.formats.showing import HIDES_NOTHING
from bibtools.lock import Lock
from bibtools.plan import TargetPlan
from bibtools.workflow import conflicted
from bibtools.workflow.export import export
from bibtools.workflow.project import Project


def digest(data: bytes) -> str:
    """What the lock keeps of a generated file."""
    return hashlib.sha256(data).hexdigest()[:16]


def plan_generated(
    project: Project,
    target: Target,
    held: Lock,
    ids: Sequence[str],
    old: bytes | None,
    *,
    first: bytes | None,
    sources: Mapping[str, tuple[str, ...]],
) -> TargetPlan:
    """The document with the records `ids`, under the keys and with the hand edits of the first `.bib`.

    `first` are the bytes of that file after the run, `sources` the paths that mention a record. A file that is
    neither what was generated last nor what comes out now, nor what git made of two such, was edited by somebody:
    the plan leaves it alone and says so in `refused` (`generated-edited`).
    """
    assert target.generated is not None
    render = partial(export, project, held, ids, target.generated, target.options, standing=first, sources=sources)
    exported = render()
    text = exported.text.encode("utf-8")
    plan = TargetPlan(path=target.path, old=old, new=text, bases={}, keys={}, problems=tuple(exported.problems))
    if old is None or old == text:
        return plan
    if held.generated.get(target.path) == digest(old):
        return replace(plan, new=old) if _is_of_before(project, target, old, render) else plan
    if conflicted.made_by_git(project.root, target.path, project.settings.lock, old, digest):
        return plan
    problem = Problem(
        severity="error",
        code="generated-edited",
        message="is generated whole, but is not what was generated last; it was left alone",
        where=Place(file=target.path),
        hint="move your changes into the .bib or the sources, remove the file, and run: bibtools sync",
    )
    return replace(plan, new=old, refused=problem, problems=(*plan.problems, problem))


def _is_of_before(project: Project, target: Target, old: bytes, render: Callable[..., Exported]) -> bool:
    """Whether a page differs only in what pages show unasked: that alone is no reason to write it anew.

    Pages used to show notes' names and every field. One that is there stays so until a work in it changes, or the
    settings say what pages show.
    """
    if target.generated not in PAGES or project.settings.page is not None:
        return False
    return render(page=HIDES_NOTHING).text.encode("utf-8") == old
