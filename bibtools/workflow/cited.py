"""What the documents of a project cite: which records a target needs, and where a key is used."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from bibtools import files
from bibtools.config import Target
from bibtools.errors import BibtoolsError, Place, Problem
from bibtools.extract.citations import EVERYTHING, cited
from bibtools.lock import Lock
from bibtools.plan import TargetPlan
from bibtools.text import shortened
from bibtools.workflow.project import PatternError, Project, matched

_LATEX = (".tex", ".ltx", ".latex", ".sty", ".cls")
_DOCUMENTS = (".tex", ".ltx", ".latex", ".md", ".markdown", ".qmd", ".rmd", ".typ")
_BUILT = frozenset({"node_modules", "build", "out", "dist", "_build", "__pycache__"})


def needed(
    project: Project, target: Target, held: Lock, ids: Sequence[str]
) -> tuple[list[str], tuple[Problem, ...]]:
    r"""Those of the records `ids` that the target's files cite, under their key, an earlier one, or the target's.

    All of them for a target that does not ask, or where a file says `\nocite{*}`. A pattern that leads to no file
    is a problem (`cited-missing`), a file that cannot be read one too; what it may cite counts as not cited.
    """
    if not target.only_cited:
        return list(ids), ()
    problems: list[Problem] = []
    keys: set[str] = set()
    for pattern in target.only_cited:
        try:
            paths = list(_matching(project.root, pattern))
        except PatternError as error:
            problems.append(error.problem.at(Place(file=target.path)))
            continue
        if not paths:
            message = f'only-cited of {target.path}: "{shortened(pattern)}" leads to no file of the project'
            problems.append(
                Problem(severity="warning", code="cited-missing", message=message, where=Place(file=target.path))
            )
        for path in paths:
            name = project.relative(path)
            try:
                text = files.read(path, name=name).decode("utf-8-sig", "replace")
            except BibtoolsError as error:
                problems.append(error.problem)
            else:
                keys |= cited(text, markdown=path.suffix.lower() not in _LATEX)
    if EVERYTHING in keys:
        return list(ids), tuple(problems)
    folded = {key.casefold() for key in keys}  # BibTeX finds an entry whatever the case
    chosen = [i for i in ids if not folded.isdisjoint(key.casefold() for key in _keys(held, target, i))]
    return chosen, tuple(problems)


def cited_at(project: Project, keys: Collection[str]) -> tuple[dict[str, list[Place]], tuple[Problem, ...]]:
    r"""Where the project's documents cite these keys, in any case: key → first place in each document that does.

    Documents are LaTeX, Markdown and Typst files below the project's folder, and what `only-cited` names. What
    `\nocite{*}` prints is not cited by its key. A file that cannot be read is a problem.
    """
    found: dict[str, list[Place]] = {}
    problems: list[Problem] = []
    folded = {key.casefold(): key for key in keys}
    for path in _documents(project) if folded else ():
        name = project.relative(path)
        try:
            text = files.read(path, name=name).decode("utf-8-sig", "replace")
        except BibtoolsError as error:
            problems.append(error.problem)
            continue
        used = {key.casefold() for key in cited(text, markdown=path.suffix.lower() not in _LATEX)}
        for key in sorted(used & folded.keys()):
            found.setdefault(folded[key], []).append(_place(text, key, name))
    return found, tuple(problems)


def missing(project: Project, plans: Iterable[TargetPlan]) -> tuple[Problem, ...]:
    """Where documents cite entries that are missing from a target, each a warning (`missing`)."""
    gone = {key: plan.path for plan in plans for key in plan.missing}
    found, _ = cited_at(project, gone)
    return tuple(
        Problem(
            severity="warning",
            code="missing",
            message=f'"{key}" is cited here and gone from {gone[key]}',
            where=place,
            key=key,
            hint=f"bring it back with: bibtools sync --restore {key}",
        )
        for key, places in sorted(found.items())
        for place in places
    )


def _documents(project: Project) -> list[Path]:
    named = {path for t in project.settings.targets for p in t.only_cited for path in _matching(project.root, p)}
    own = {project.root / target.path for target in project.settings.targets}
    for parent, folders, names in files.walk(project.root, {}):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _BUILT]
        named.update(Path(parent) / name for name in names if name.lower().endswith(_DOCUMENTS))
    return sorted(path for path in named - own if not path.name.startswith(".") and files.kind(path) == "file")


def _place(text: str, key: str, name: str) -> Place:
    match = re.search(rf"(?<![\w:.-]){re.escape(key)}(?![\w:-])", text, re.IGNORECASE)
    at = match.start() if match else 0
    return Place(file=name, line=text.count("\n", 0, at) + 1, column=at - text.rfind("\n", 0, at))


def _keys(held: Lock, target: Target, record_id: str) -> Iterator[str]:
    locked = held.records[record_id]
    yield locked.key
    yield from locked.aliases
    base = held.targets.get(target.path, {}).get(record_id)
    if base is not None:
        yield base.entry.key


def _matching(root: Path, pattern: str) -> Iterator[Path]:
    """The files a pattern names, inside the project only, whatever links say; hidden ones only by their name."""
    inside = files.real(root)
    literal = root / pattern
    named = files.kind(literal) == "file"
    found = [literal] if named else [] if Path(pattern).is_absolute() else matched(root, pattern)
    for path in found:
        hidden = path != literal and any(part.startswith(".") for part in path.relative_to(root).parts)
        if not hidden and files.kind(path) == "file" and files.real(path).is_relative_to(inside):
            yield path
