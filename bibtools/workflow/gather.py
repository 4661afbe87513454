"""From files and arguments to mentions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bibtools import bibfile, files, text
from bibtools.config import Prose
from bibtools.errors import BibtoolsError, Place, Problem
from bibtools.extract import extract, source_kind
from bibtools.model import Mention
from bibtools.titles import meaning, same_signs, signs_of
from bibtools.workflow import conflicted
from bibtools.workflow.project import Project, below, source_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the sources mention, in their order; `prose` counts the paragraphs that were left alone.

    `failed` are the sources that could not be read at all.
    """

    mentions: tuple[Mention, ...] = ()
    prose: int = 0
    sources: int = 0
    failed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether the sources are all there and were read to the last entry."""
        return not self.failed and not any(p.severity == "error" or p.code in _LOSSES for p in self.problems)


_LOSSES_TEXT = """
source-missing folder-unreadable pattern-unusable bib-syntax bib-unclosed bib-runaway bib-missing-key
bib-missing-comma bib-too-large bib-conflict-markers csl-empty csl-unknown csl-too-large ris-too-large ris-empty
ris-outside ris-unclosed ris-unread
"""
_LOSSES = frozenset(_LOSSES_TEXT.split())
"""What says that something of a source was not read."""

_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")
"""How files begin that are no text, whatever their bytes look like."""


def joined(parts: Iterable[Gathered]) -> Gathered:
    """Several gatherings as one, in order."""
    parts = list(parts)
    return Gathered(
        mentions=tuple(mention for part in parts for mention in part.mentions),
        prose=sum(part.prose for part in parts),
        sources=sum(part.sources for part in parts),
        failed=tuple(name for part in parts for name in part.failed),
        problems=tuple(problem for part in parts for problem in part.problems),
    )


def from_project(project: Project) -> Gathered:
    """All mentions of the project's own sources."""
    paths, problems = source_files(project)
    found = joined([_not_read(problems), from_paths(project, paths)])
    return replace(found, mentions=told_apart(found.mentions))


def told_apart(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, each with a digest of its own where only signs of their titles differ.

    A digest is made of letters and digits, so that of `B+ → K+` is that of `B- → K-`. Where both are written down,
    and no identifier says which is which, what their titles say counts too.
    """
    titles: dict[str, dict[str, None]] = {}
    for mention in mentions:
        if mention.title and not any(each.own for each in mention.identifiers):
            titles.setdefault(mention.digest, {})[mention.title] = None
    clashing = {digest for digest, said in titles.items() if len(said) > 1 and _differ(list(said))}
    return tuple(
        replace(mention, digest=text.digest(f"{mention.digest}\n{meaning(mention.title)}"))
        if mention.title and mention.digest in clashing
        else mention
        for mention in mentions
    )


def _differ(titles: Sequence[str]) -> bool:
    first, *others = map(signs_of, titles)
    return any(not (same_signs(first, other) or same_signs(other, first)) for other in others)


def from_paths(project: Project, paths: Sequence[Path]) -> Gathered:
    """The mentions of some files; one that cannot be read is a problem and does not stop the others."""
    return joined(
        from_folder(project, path) if files.kind(path) == "folder" else _from_file(project, path) for path in paths
    )


def from_folder(project: Project, folder: Path) -> Gathered:
    """The mentions of all the sources below a folder."""
    paths, problems = below(project, folder)
    return joined([_not_read(problems), from_paths(project, paths)])


def _not_read(problems: Sequence[Problem]) -> Gathered:
    """What could not be found out about the sources; where that is an error, something was not read."""
    failed = tuple(problem.where.file or problem.code for problem in problems if problem.severity == "error")
    return Gathered(failed=failed, problems=tuple(problems))


def _from_file(project: Project, path: Path) -> Gathered:
    name = project.relative(path)
    try:
        data = files.read(path, name=name)
    except BibtoolsError as error:
        return Gathered(sources=1, failed=(name,), problems=(error.problem,))
    if name != project.settings.add_to:
        return from_bytes(data, name=name, prose=project.settings.prose)
    data = conflicted.noted(project.root, name, data) or data
    found = from_bytes(data, name=name, prose=project.settings.prose)
    marks = bibfile.find_conflicts(data.decode("utf-8", "replace"))
    return replace(found, problems=(*found.problems, _marked(data, marks[0], name))) if marks else found


def _marked(data: bytes, region: bibfile.MarkedConflict, name: str) -> Problem:
    line = data.decode("utf-8", "replace").count("\n", 0, region.span.start) + 1
    return Problem(
        severity="warning",
        code="source-conflict-markers",
        message="conflict markers of a merge stand in the file",
        where=Place(file=name, line=line, column=1),
        hint="keep what is right between the markers",
    )


def from_bytes(data: bytes, *, name: str, prose: Prose) -> Gathered:
    """The mentions in a source's bytes; `name` says by its suffix what the source is.

    Text is UTF-8; what is not is read as Latin-1 with a warning (`source-encoding`), so that one stray byte does
    not lose a file of notes. Binary data are an error.
    """
    content, problems = decoded(data, name)
    if content is None:
        return Gathered(sources=1, failed=(name,), problems=problems)
    found = extract(content, source=name, kind=source_kind(name) or "notes", prose=prose)
    # An error of a whole structured file, such as JSON that cannot be parsed, leaves nothing of it.
    useless = not found.mentions and any(problem.severity == "error" for problem in found.problems)
    return Gathered(
        mentions=found.mentions,
        prose=found.prose_skipped,
        sources=1,
        failed=(name,) if useless else (),
        problems=(*problems, *(_in_file(problem, name) for problem in found.problems)),
    )


def decoded(data: bytes, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    """A source's text; None, and why, for what is none (`source-binary`)."""
    if data.startswith(_BINARY) or (b"\0" in data[:65536] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))):
        hint = "sources are .txt, .md, .html, .bib, .ris, .json, .yaml and .tex files"
        where = Place(file=name)
        return None, (
            Problem(severity="error", code="source-binary", message="not a text", where=where, hint=hint),
        )
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        where = Place(file=name, line=data.count(b"\n", 0, error.start) + 1)
        message, hint = f"not {encoding}: read as Latin-1", "save the file as UTF-8"
        problem = Problem(severity="warning", code="source-encoding", message=message, where=where, hint=hint)
        return data.decode("latin-1"), (problem,)


def _in_file(problem: Problem, name: str) -> Problem:
    return problem if problem.where.file else problem.at(replace(problem.where, file=name))
