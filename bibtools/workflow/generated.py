"""Targets that are written whole: a document in another format, never edited and never merged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial

from bibtools import render
from bibtools.config import Target
from bibtools.errors import Place, Problem
from bibtools.formats import PAGES, Exported
from bibtools.formats.showing import HIDES_NOTHING
from bibtools.lock import Lock, settings_digest, works_digest
from bibtools.model import Page, Record
from bibtools.plan import TargetPlan
from bibtools.workflow import conflicted
from bibtools.workflow.cited import Cited
from bibtools.workflow.export import library_rows
from bibtools.workflow.project import Project


def is_of(kept: str | None, data: bytes) -> bool:
    """Whether what the lock keeps of a generated file is of these bytes."""
    return kept is not None and kept.partition("+")[0] == _hash(data)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


_WITH_SOURCES = (*PAGES, "jsonl")
"""The formats that may tell which notes mention a work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDocument:
    """The plan of a generated file, and what the lock keeps of it afterwards (None: what it kept before).

    That is a digest of the bytes and one of what they were made from: while that is the same, the file stays as it
    is, whatever a later version would make of it. Earlier versions kept the first only.
    """

    plan: TargetPlan
    kept: str | None = None


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
) -> PlannedDocument:
    """The document with the library whose records are `ids`, as the first `.bib` has it, or what of it is cited.

    `first` are the bytes of that file after the run, `sources` the paths that mention a record. A file that is
    neither what was generated last nor what comes out now, nor what git made of two such, was edited by somebody:
    the plan leaves it alone and says so in `refused` (`generated-edited`).
    """
    format, options, kept = target.generated, target.options, held.generated.get(target.path)
    assert format is not None
    rows_of = partial(library_rows, project, held, ids, format, options, standing=first, cited=cited)
    rows, problems = rows_of()
    shown = {i: sources[i] for i in sorted(sources)} if format in _WITH_SOURCES else {}
    page = None if project.settings.page is None or format not in PAGES else asdict(project.settings.page)
    made_from = works_digest(rows, format, settings_digest(options), page, shown)
    plan = TargetPlan(path=target.path, old=old, new=old or b"", bases={}, keys={}, problems=problems)
    if old is not None and is_of(kept, old) and kept is not None and kept.partition("+")[2] == made_from:
        return PlannedDocument(plan=plan)

    def text_of(rows: Sequence[tuple[str, Record]], page: Page | None = project.settings.page) -> Exported:
        return render.export(rows, format, options, sources=sources, page=page)

    exported = text_of(rows)
    new = exported.text.encode("utf-8")
    plan = replace(plan, new=new, problems=(*problems, *exported.problems))
    done = PlannedDocument(plan=plan, kept=f"{_hash(new)}+{made_from}")
    if old is None:
        return done
    if old == new:
        return PlannedDocument(plan=plan) if is_of(kept, old) and "+" not in (kept or "") else done
    if is_of(kept, old):
        is_before = "+" not in (kept or "") and _is_of_before(project, format, old, rows_of, text_of)
        return PlannedDocument(plan=replace(plan, new=old)) if is_before else done
    if conflicted.made_by_git(project.root, target.path, project.settings.lock, old, is_of):
        return done
    problem = Problem(
        severity="error",
        code="generated-edited",
        message="is generated whole, but is not what was generated last; it was left alone",
        where=Place(file=target.path),
        hint="move your changes into the .bib or the sources, remove the file, and run: bibtools sync",
    )
    return PlannedDocument(plan=replace(plan, new=old, refused=problem, problems=(*plan.problems, problem)))


def _is_of_before(
    project: Project,
    format: str,
    old: bytes,
    rows_of: Callable[..., tuple[Sequence[tuple[str, Record]], object]],
    text_of: Callable[..., Exported],
) -> bool:
    """Whether a document of an earlier version differs only in what these did: no reason to write it anew.

    They left out the user's own works, and their pages showed notes' names and every field. One that is there
    stays so until a work in it changes, or the settings say what pages show.
    """
    pages = [HIDES_NOTHING] if format in PAGES and project.settings.page is None else []
    for with_own in (False, True):
        rows, _ = rows_of(with_own=with_own)
        ways = [text_of(rows), *(text_of(rows, page=page) for page in pages)]
        if any(way.text.encode("utf-8") == old for way in ways):
            return True
    return False
