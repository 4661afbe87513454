"""Targets that are written whole: a document in another format, never edited and never merged."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bibtools.config import Target
from bibtools.errors import Place, Problem
from bibtools.lock import Lock
from bibtools.plan import TargetPlan
from bibtools.workflow.cited import Cited
from bibtools.workflow.export import export_library
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
    cited: Cited | None,
) -> TargetPlan:
    """The document with the library whose records are `ids`, as the first `.bib` has it, or what of it is cited.

    `first` are the bytes of that file after the run, `sources` the paths that mention a record. A file that is
    neither what was generated last nor what comes out now was edited by somebody: the plan leaves it alone and
    says so in `refused` (`generated-edited`).
    """
    assert target.generated is not None
    exported, _ = export_library(
        project, held, ids, target.generated, target.options, standing=first, sources=sources, cited=cited
    )
    text = exported.text.encode("utf-8")
    plan = TargetPlan(path=target.path, old=old, new=text, bases={}, keys={}, problems=tuple(exported.problems))
    if old is None or old == text or held.generated.get(target.path) == digest(old):
        return plan
    problem = Problem(
        severity="error",
        code="generated-edited",
        message="is generated whole, but is not what was generated last; it was left alone",
        where=Place(file=target.path),
        hint="move your changes into the .bib or the sources, remove the file, and run: bibtools sync",
    )
    return replace(plan, new=old, refused=problem, problems=(*plan.problems, problem))
