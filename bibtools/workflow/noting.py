"""Noting papers down in the file that `add` writes: lines that are read back as what they were written for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibtools import files
from bibtools.errors import UsageError
from bibtools.model import Mention, Record
from bibtools.text import squeeze
from bibtools.workflow import conflicted, gather
from bibtools.workflow.project import SETTINGS_FILES, Project, source_files

_GAPS = ("", "\n", "\n---\n\n")
"""What may have to stand before the lines, so that they are not read together with the end of the file."""

_LABELS = {"arxiv": "arXiv", "doi": "doi"}
_Check = Callable[[Mention], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What noting down comes to: all mentions of the file, and what to write (path, bytes, bytes before)."""

    mentions: tuple[Mention, ...] = ()
    writes: tuple[tuple[Path, bytes, bytes | None], ...] = ()


def noted_down(project: Project, records: Sequence[Record], unasked: Sequence[Mention]) -> Notes:
    """Note down papers that are known, and mentions that are still to be looked up; nothing is written yet.

    UsageError (`add-to`) where the file is none that lines can be added to and read from.
    """
    name = project.settings.add_to
    path = project.root / name
    old = files.read_if_there(path, name=name)
    standing = conflicted.noted(project.root, name, old) or old if old is not None else None
    wanted = [*map(_of_record, records), *map(_of_mention, unasked)]
    pairs = [_readable(project, lines, check) for lines, check in wanted]
    added = [line for line, _ in pairs]
    expected = [*_digests(_read(project, standing or b"")), *(digest for _, digest in pairs)]
    for gap in _GAPS:
        new = _with(standing, added, gap)
        mentions = _read(project, new)
        if _digests(mentions) == expected:
            listed = _listed(project, path)
            return Notes(mentions=mentions, writes=((path, new, old), *([listed] if listed else [])))
    raise _unreadable(name)


def _read(project: Project, data: bytes) -> tuple[Mention, ...]:
    return gather.from_bytes(data, name=project.settings.add_to, prose=project.settings.prose).mentions


def _digests(mentions: Sequence[Mention]) -> list[str]:
    return [mention.digest for mention in mentions]


def _readable(project: Project, lines: Iterator[str], check: _Check) -> tuple[str, str]:
    """The first of the lines that is read as what it was written for, and the digest of what is read."""
    for line in lines:
        found = _read(project, _with(None, [line]))
        if len(found) == 1 and check(found[0]):
            return line, found[0].digest
    raise _unreadable(project.settings.add_to)


def _unreadable(name: str) -> UsageError:
    hint = 'name a file of notes in the settings, such as: add-to = "papers.txt"'
    return UsageError("add-to", f"what is noted down in {name} would not be read back", hint=hint)


def _with(old: bytes | None, lines: Sequence[str], gap: str = "") -> bytes:
    """The file with a list item a line at its end, with its own newline.

    A list item each: two identifiers on neighbouring bare lines would be read as one paper's.
    """
    newline = "\r\n" if old and b"\r\n" in old else "\n"
    end = newline if old and not old.endswith((b"\n", b"\r")) else ""
    text = end + gap.replace("\n", newline) + "".join(f"- {line}{newline}" for line in lines)
    return (old or b"") + text.encode("utf-8", "replace")


def _of_record(record: Record) -> tuple[Iterator[str], _Check]:
    """A paper's id, with its title for the human reader unless that would be read as something else."""
    scheme, _, value = record.id.partition(":")
    label = f"{_LABELS.get(scheme, scheme)}:{value}"
    return iter((squeeze(f"{label} {record.title}"), label)), _has_just((scheme, value.lower()))


def _of_mention(mention: Mention) -> tuple[Iterator[str], _Check]:
    """What a mention says, in a line: its identifier with the title, else its title, else its abstract."""
    own = [(i.scheme, i.value) for i in mention.identifiers if i.own and i.scheme in _LABELS]
    own.sort(key=lambda one: one[0] != "arxiv")
    title = squeeze(mention.title or "")
    if own:
        scheme, value = own[0]
        label = f"{_LABELS[scheme]}:{value}"
        return iter((f"{label} {title}".strip(), label)), _has_just((scheme, value.lower()))
    if title:
        return iter((f"Title: {title}",)), lambda found: _says(found.title, title)
    abstract = squeeze(mention.abstract or "")
    return iter((f"Abstract: {abstract}",)), lambda found: _says(found.abstract, abstract)


def _has_just(identifier: tuple[str, str]) -> _Check:
    return lambda found: [(i.scheme, i.value.lower()) for i in found.identifiers if i.own] == [identifier]


def _says(text: str | None, meant: str) -> bool:
    from bibtools.extract.digests import letters

    return letters(text or "") == letters(meant)


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
    path = files.real(project.root / project.settings.add_to)
    named = [files.real(project.root / source) for source in project.settings.sources]
    return path in named or any(files.kind(folder) == "folder" and folder in path.parents for folder in named)
