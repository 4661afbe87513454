"""Adding papers: resolve them, note them down in a source, sync."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bibtools import files
from bibtools.errors import UsageError
from bibtools.lock import Lock
from bibtools.model import Mention, Record
from bibtools.plan import Choices
from bibtools.text import squeeze
from bibtools.workflow import gather, sync
from bibtools.workflow.asking import Asker
from bibtools.workflow.library import wanted
from bibtools.workflow.project import SETTINGS_FILES, Project, read_lock, source_files
from bibtools.workflow.resolve import resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """The ids of the records that were added or were there already; the lock and targets afterwards."""

    ids: tuple[str, ...]
    lock: Lock
    targets: sync.SyncPlan


def add(project: Project, mentions: Sequence[Mention], asker: Asker) -> Added:
    """Note down every paper that the mentions turn out to be, and bring the targets up to date.

    What stays unresolved is not noted down. Everything is decided before anything is written; ServiceError where
    arXiv is needed and cannot be used.
    """
    held, old_lock = read_lock(project)
    resolved = resolve(mentions, held, project, asker)
    ids = wanted(mentions, resolved)
    before = gather.from_project(project).mentions
    mentioned = wanted(before, held)
    new = [resolved.records[i].record for i in ids if i not in mentioned]
    _refuse_local(new)
    everything, note_down = _noted_down(project, before, new)
    final = resolve(everything, replace(held, records=resolved.records), project, asker)
    choices = Choices(restore=frozenset(ids))
    drafted = sync.plan(project, final, old_lock, everything, choices=choices)
    for path, data, expected in note_down:
        files.write(path, data, name=project.relative(path), expected=expected)
    sync.apply(project, drafted)
    return Added(ids=tuple(ids), lock=_covering(drafted.lock, resolved, mentions), targets=drafted)


def _refuse_local(records: Sequence[Record]) -> None:
    """UsageError for works that no identifier names: a note could not lead back to them."""
    local = [record for record in records if record.id.startswith("local:")]
    if local:
        keys = ", ".join(record.entry.key for record in local if record.entry)
        hint = "list their file under sources in the settings instead"
        raise UsageError("no-identifier", f"no arXiv id and no DOI for {keys or local[0].id}", hint=hint)


def _noted_down(
    project: Project, before: Sequence[Mention], new: Sequence[Record]
) -> tuple[list[Mention], list[tuple[Path, bytes, bytes | None]]]:
    """The mentions with the new papers among them; the files to write for it: path, new bytes, bytes before."""
    if not new:
        return list(before), []
    name = project.settings.add_to
    path = project.root / name
    old = files.read_if_there(path, name=name)
    notes = (old or b"") + _lines(new, old)
    noted = gather.from_bytes(notes, name=name, prose=project.settings.prose).mentions
    others = [mention for mention in before if mention.source != project.relative(path)]
    listed = _listed(project, path)
    return [*others, *noted], [(path, notes, old), *([listed] if listed else [])]


def _covering(final: Lock, resolved: Lock, mentions: Sequence[Mention]) -> Lock:
    """The final lock, together with what was found about the arguments themselves."""
    said = {m.digest: resolved.mentions[m.digest] for m in mentions}
    return replace(final, mentions={**final.mentions, **said})


def _lines(records: Sequence[Record], before: bytes | None) -> bytes:
    """One list item a paper, with the file's own newline, after its last line."""
    newline = "\r\n" if before and b"\r\n" in before else "\n"
    # A list item each: two identifiers on neighbouring bare lines would be read as one paper's.
    lines = [f"- {_noted(record)}{newline}" for record in records]
    if before and not before.endswith((b"\n", b"\r")):
        lines.insert(0, newline)
    return "".join(lines).encode("utf-8")


def _noted(record: Record) -> str:
    """How a paper is noted down: its id, and its title for the human reader."""
    scheme, _, value = record.id.partition(":")
    label = {"arxiv": "arXiv", "doi": "doi"}.get(scheme, scheme)
    return squeeze(f"{label}:{value} {record.title}")


def _listed(project: Project, path: Path) -> tuple[Path, bytes, bytes] | None:
    """The settings file with `add-to` among its sources: path, bytes, bytes before; None where it is one."""
    assert project.settings_file is not None
    data = files.read(project.settings_file, name=str(project.settings_file))
    there, _ = source_files(project)
    if path in there or _is_named(project):
        return None
    import tomlkit

    document = tomlkit.parse(data.decode("utf-8-sig"))
    table: Any = document
    for name in dict(SETTINGS_FILES)[project.settings_file.name]:
        table = table[name]
    if "sources" in table:
        table["sources"].append(project.settings.add_to)
    else:
        table["sources"] = [project.settings.add_to]
    return project.settings_file, tomlkit.dumps(document).encode("utf-8"), data


def _is_named(project: Project) -> bool:
    """Whether the settings name the file although it does not exist yet, itself or by its folder."""
    path = (project.root / project.settings.add_to).resolve()
    named = [(project.root / source).resolve() for source in project.settings.sources]
    return path in named or any(folder.is_dir() and folder in path.parents for folder in named)
