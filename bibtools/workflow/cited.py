"""Which records a target needs that holds only what certain files cite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bibtools import files
from bibtools.config import Target
from bibtools.errors import BibtoolsError, Place, Problem
from bibtools.extract.citations import EVERYTHING, cited
from bibtools.lock import Lock
from bibtools.text import shortened
from bibtools.workflow.project import PatternError, Project, matched

_LATEX = (".tex", ".ltx", ".latex", ".sty", ".cls")


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
