"""Making a folder a project: look what is there, write the settings, change nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bibtools import bibfile, config, files
from bibtools.errors import BibtoolsError, Problem, UsageError
from bibtools.text import squeeze
from bibtools.workflow.latex_project import LatexProject, read_tex

_NOTE_FOLDERS = ("seeds", "notes", "papers", "references", "reading")
_NOTE_SUFFIXES = (".txt", ".md", ".markdown")
_NO_NOTES = (
    "readme",
    "changelog",
    "contributing",
    "license",
    "licence",
    "authors",
    "todo",
    "requirements",
    "robots",
)
_MAX_TEX = 500  # files; a folder with more of them is no paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiation:
    """What `init` found and would write: files with their new and present bytes, remarks for the user."""

    settings_file: Path
    settings: str
    writes: tuple[tuple[Path, bytes, bytes | None], ...]
    remarks: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Findings:
    output: str
    sources: list[str]
    latex: LatexProject | None
    remarks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def plan_init(root: Path, sources: Sequence[str], output: str | None) -> Initiation:
    """What to write to make `root` a project. UsageError for a source that does not exist."""
    for source in sources:
        if files.kind(root / source) is None and not any(sign in source for sign in "*?["):
            raise UsageError(
                "source-missing", f'"{source}" does not exist', hint="name files or folders with notes"
            )
    found = _look(root, sources, output)
    writes: list[tuple[Path, bytes, bytes | None]] = []
    papers = root / config.Settings().add_to
    lines = _first_mentions(root, found)
    if lines and not papers.exists():
        writes.append((papers, "".join(f"- {line}\n" for line in lines).encode("utf-8"), None))
        found.remarks.append(f"{papers.name}: {len(lines)} papers of {found.output} noted down")
    if (lines or not found.sources) and papers.name not in found.sources:
        found.sources.append(papers.name)
    settings_file, new, old = _settings_file(root, found)
    return Initiation(
        settings_file=settings_file,
        settings=_settings(found),
        writes=((settings_file, new, old), *writes),
        remarks=tuple(found.remarks),
        problems=tuple(found.problems),
    )


def _look(root: Path, sources: Sequence[str], output: str | None) -> _Findings:
    texts = []
    for path in _tex_files(root):
        try:
            texts.append(files.read(path, name=path.name).decode("utf-8", "replace"))
        except BibtoolsError:
            continue  # a .tex file that cannot be read says nothing about the style
    latex = read_tex(texts) if texts else None
    remarks = []
    if latex is not None:
        package = "biblatex" if latex.biblatex else f"style {latex.style}" if latex.style else "no style named"
        remarks.append(f"LaTeX files found ({package}): format {latex.format}, profile {latex.profile}")
    chosen = output or _existing_bib(root, latex) or config.Target().path
    if files.kind(root / chosen) == "file":
        remarks.append(f"{chosen}: found, becomes the output; nothing in it changes by this")
    notes = list(sources) or _note_places(root, taken=chosen)
    return _Findings(output=chosen, sources=notes, latex=latex, remarks=remarks)


def _tex_files(root: Path) -> list[Path]:
    found = []
    for parent, folders, names in files.walk(root, {}):
        folders[:] = sorted(
            n for n in folders if not n.startswith(".") and n not in ("node_modules", "build", "out")
        )
        found += [Path(parent) / name for name in sorted(names) if name.endswith((".tex", ".ltx"))]
        if len(found) > _MAX_TEX:
            break
    return found[:_MAX_TEX]


def _existing_bib(root: Path, latex: LatexProject | None) -> str | None:
    """The `.bib` that the LaTeX files name, else the only one that is there."""
    named = [
        name
        for name in (latex.bib_files if latex else ())
        if files.kind(root / name) == "file" and _inside(root, name)
    ]
    there = [path.name for path in _inhabitants(root) if path.name.endswith(".bib") and files.kind(path) == "file"]
    return named[0] if named else there[0] if len(there) == 1 else None


def _inhabitants(root: Path) -> list[Path]:
    """What stands in the folder, by name; UsageError (`folder-unreadable`) where that cannot be told."""
    try:
        return sorted(root.iterdir())
    except OSError as error:
        raise UsageError("folder-unreadable", f"{root} cannot be read: {files.reason(error)}") from None


def _inside(root: Path, name: str) -> bool:
    return files.real(root / name).is_relative_to(files.real(root))


def _note_places(root: Path, *, taken: str) -> list[str]:
    folders = [f"{name}/" for name in _NOTE_FOLDERS if files.kind(root / name) == "folder"]
    notes = [
        path.name
        for path in _inhabitants(root)
        if path.suffix.lower() in _NOTE_SUFFIXES
        and files.kind(path) == "file"
        and not path.name.startswith(".")
        and not path.stem.lower().startswith(_NO_NOTES)
        and path.name != taken
    ]
    return [*folders, *notes]


def _first_mentions(root: Path, found: _Findings) -> list[str]:
    """The arXiv papers of an existing output, one line each, as `add` would note them down."""
    data = files.read_if_there(root / found.output, name=found.output)
    if data is None:
        return []
    try:
        bib = bibfile.parse(bibfile.decode(data, file=found.output).text)
    except BibtoolsError as error:
        found.problems.append(error.problem)
        return []
    macros = bibfile.macros(bib)
    lines: dict[str, str] = {}
    for block in bibfile.entry_blocks(bib):
        entry = bibfile.entry_of(block, bib.text, macros)
        number = bibfile.arxiv_id(entry)
        if number is not None:
            title = squeeze((entry.get("title") or "").replace("{", "").replace("}", ""))
            lines.setdefault(number.record_id, squeeze(f"arXiv:{number.number} {title}"))
    return list(lines.values())


def _settings_file(root: Path, found: _Findings) -> tuple[Path, bytes, bytes | None]:
    """Where the settings go: a table at the end of an existing `pyproject.toml`, else a `bibtools.toml`."""
    pyproject = root / "pyproject.toml"
    old = files.read_if_there(pyproject, name=pyproject.name)
    if old is None:
        return root / "bibtools.toml", _settings(found).encode("utf-8"), None
    newline = "\r\n" if b"\r\n" in old else "\n"
    gap = "" if not old or old.endswith(b"\n\n") else newline if old.endswith(b"\n") else newline * 2
    table = "[tool.bibtools]\n" + _settings(found)
    return pyproject, old + (gap + table.replace("\n", newline)).encode("utf-8"), old


def _settings(found: _Findings) -> str:
    latex = found.latex or LatexProject()
    values = {
        "sources": found.sources,
        "output": found.output,
        "format": latex.format,
        "profile": latex.profile,
    }
    return "".join(f"{key} = {_toml(value)}\n" for key, value in values.items())


def _toml(value: object) -> str:
    """A string or a list of strings as TOML; JSON's escapes are TOML's (TOML 1.0, "String")."""
    return json.dumps(value, ensure_ascii=False)


def apply_init(plan: Initiation) -> Iterator[Path]:
    """Write what was planned; the files written."""
    for path, new, old in plan.writes:
        if files.write(path, new, name=path.name, expected=old):
            yield path
