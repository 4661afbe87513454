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
from bibtools.workflow.cited import Cited
from bibtools.workflow.export import export_library
from bibtools.workflow.project import Project

_WHOLE = "+"
"""Behind the digest of a document with the whole library, the user's own works too, as earlier ones were not."""


def digest(data: bytes) -> str:
    """What the lock keeps of a generated file."""
    return _hash(data) + _WHOLE


def is_of(kept: str | None, data: bytes) -> bool:
    """Whether a digest that the lock keeps is that of a file's bytes."""
    return kept is not None and kept.removesuffix(_WHOLE) == _hash(data)


def _hash(data: bytes) -> str:
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
    cited: Cited | None,
) -> TargetPlan:
    """The document with the library whose records are `ids`, as the first `.bib` has it, or what of it is cited.

    `first` are the bytes of that file after the run, `sources` the paths that mention a record. A file that is
    neither what was generated last nor what comes out now, nor what git made of two such, was edited by somebody:
    the plan leaves it alone and says so in `refused` (`generated-edited`).
    """
    assert target.generated is not None
    render = partial(
        export_library,
        project,
        held,
        ids,
        target.generated,
        target.options,
        standing=first,
        sources=sources,
        cited=cited,
    )
    exported, _ = render()
    text = exported.text.encode("utf-8")
    plan = TargetPlan(path=target.path, old=old, new=text, bases={}, keys={}, problems=tuple(exported.problems))
    if old is None or old == text:
        return plan
    kept = held.generated.get(target.path)
    if is_of(kept, old):
        is_before = kept == _hash(old) and _is_of_before(project, target, old, render)
        return replace(plan, new=old) if is_before else plan
    if conflicted.made_by_git(project.root, target.path, project.settings.lock, old, is_of):
        return plan
    problem = Problem(
        severity="error",
        code="generated-edited",
        message="is generated whole, but is not what was generated last; it was left alone",
        where=Place(file=target.path),
        hint="move your changes into the .bib or the sources, remove the file, and run: bibtools sync",
    )
    return replace(plan, new=old, refused=problem, problems=(*plan.problems, problem))


def _is_of_before(
    project: Project, target: Target, old: bytes, render: Callable[..., tuple[Exported, int]]
) -> bool:
    """Whether a document of an earlier version differs only in what these did: no reason to write it anew.

    They left out the user's own works, and their pages showed notes' names and every field. One that is there
    stays so until a work in it changes, or the settings say what pages show.
    """
    ways: list[dict[str, object]] = [{"with_own": False}]
    if target.generated in PAGES and project.settings.page is None:
        ways += [{"page": HIDES_NOTHING}, {"page": HIDES_NOTHING, "with_own": False}]
    return any(render(**way)[0].text.encode("utf-8") == old for way in ways)
