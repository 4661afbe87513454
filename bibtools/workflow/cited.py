"""What the documents of a project cite: which works a target needs, where a key is used, which exist nowhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bibtools import bibfile, files
from bibtools.bibfile import BrokenBlock
from bibtools.config import Target
from bibtools.errors import BibtoolsError, Place, Problem
from bibtools.extract.citations import EVERYTHING, cited, first_lines
from bibtools.lock import Lock
from bibtools.model import Entry
from bibtools.plan import TargetPlan
from bibtools.text import shortened
from bibtools.workflow.latex_project import read_tex
from bibtools.workflow.project import PatternError, Project, matched

_LATEX = (".tex", ".ltx", ".latex", ".sty", ".cls")
_DOCUMENTS = (".tex", ".ltx", ".latex", ".md", ".markdown", ".qmd", ".rmd", ".typ")
_BUILT = frozenset({"node_modules", "build", "out", "dist", "_build", "__pycache__"})
_MOST_TOLD = 3  # keys, each on a line of its own; more of them share one
_MOST_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Cited:
    r"""What the files of a target's `only-cited` cite: the keys as written, `*` among them for `\nocite{*}`.

    `places` says where a key stands first, for those that are certainly citations; `bibs` is where the `.bib`
    files may be that the documents read. A pattern that leads to no file is a problem (`cited-missing`), a file
    that cannot be read one too; what it may cite counts as not cited.
    """

    keys: frozenset[str] = frozenset()
    places: Mapping[str, Place] = field(default_factory=dict)
    bibs: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()

    def names(self, *keys: str) -> bool:
        """Whether a work with one of these keys is cited. BibTeX finds an entry whatever the case."""
        return EVERYTHING in self.keys or any(key.casefold() in self._folded for key in keys)

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(key.casefold() for key in self.keys)


def cited_for(project: Project, target: Target) -> Cited | None:
    """What the target's files cite; None for a target that holds everything."""
    if not target.only_cited:
        return None
    problems: list[Problem] = []
    keys: set[str] = set()
    places: dict[str, Place] = {}
    bibs: dict[Path, None] = {}
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
                continue
            markdown = path.suffix.lower() not in _LATEX
            keys |= cited(text, markdown=markdown)
            for key, line in first_lines(text, markdown=markdown).items():
                places.setdefault(key, Place(file=name, line=line, column=1))
            bibs.update(dict.fromkeys(_bibs(project, path, text)))
    return Cited(keys=frozenset(keys), places=places, bibs=tuple(bibs), problems=tuple(problems))


def needed(cites: Cited | None, target: Target, held: Lock, ids: Sequence[str]) -> list[str]:
    """Those of the records `ids` that are cited under their key, an earlier one, or the target's."""
    if cites is None:
        return list(ids)
    return [i for i in ids if cites.names(*_keys(held, target, i))]


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


def keys_of(entry: Entry) -> tuple[str, ...]:
    """The keys under which a document may cite an entry: its own, and biblatex's `ids`."""
    return (entry.key, *filter(None, (key.strip() for key in (entry.get("ids") or "").split(","))))


def keys_in_file(path: Path) -> Iterator[str]:
    """The keys of a `.bib` file; none where there is none, or none that can be read."""
    try:
        data = files.read_if_there(path, name=path.name)
    except BibtoolsError:
        return
    yield from keys_in(data or b"")


def keys_in(data: bytes) -> Iterator[str]:
    """The keys of a `.bib`, those of entries that cannot be read too; none of a file that is no text."""
    try:
        bib = bibfile.parse(bibfile.decode(data, file="").text)
    except BibtoolsError:
        return
    macros = bibfile.macros(bib)
    for block in bib.entries:
        yield from keys_of(bibfile.entry_of(block, bib.text, macros))
    yield from (block.key for block in bib.blocks if isinstance(block, BrokenBlock) and block.key)


def nowhere(cites: Cited, known: Iterable[str]) -> list[Problem]:
    """A warning for every cited key that is none of the `known` ones, nor one of another `.bib` of the documents.

    Where there are many, one for all of them (`cited-unknown`).
    """
    there = {key.casefold(): key for key in known}
    lacking = [key for key in cites.places if key.casefold() not in there]
    if lacking:
        for path in cites.bibs:
            there |= {key.casefold(): key for key in keys_in_file(path)}
        lacking = [key for key in lacking if key.casefold() not in there]
    if len(lacking) > _MOST_TOLD:
        names = ", ".join(lacking[:_MOST_NAMED]) + (", …" if len(lacking) > _MOST_NAMED else "")
        return [
            _unknown(f"{len(lacking)} cited keys exist nowhere: {names}", cites.places[lacking[0]], None, None)
        ]
    return [
        _unknown(f'"{key}" is cited and exists nowhere', cites.places[key], key, _near(key, there))
        for key in lacking
    ]


def _unknown(message: str, where: Place, key: str | None, near: str | None) -> Problem:
    hint = f"did you mean {near}?" if near else "add the paper, or correct the key"
    return Problem(severity="warning", code="cited-unknown", message=message, where=where, hint=hint, key=key)


def _near(key: str, there: Mapping[str, str]) -> str | None:
    from difflib import get_close_matches

    near = get_close_matches(key.casefold(), there, n=1, cutoff=0.7)
    return there[near[0]] if near else None


def _bibs(project: Project, document: Path, text: str) -> Iterator[Path]:
    """Where the `.bib` files may be that a LaTeX document names, from its folder or the project's, inside that."""
    inside = files.real(project.root)
    for name in read_tex([text]).bib_files:
        for path in (files.real(document.parent / name), files.real(project.root / name)):
            if path.is_relative_to(inside):
                yield path


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
