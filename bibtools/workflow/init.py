"""Making a folder a project: look what is there, write the settings, change nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bibtools import bibfile, config, files
from bibtools.citekeys import DEFAULT_PATTERN
from bibtools.errors import BibtoolsError, Problem, UsageError
from bibtools.report import count
from bibtools.workflow.bibliography_choice import Choice, choose
from bibtools.workflow.citing_documents import may_cite, read_document
from bibtools.workflow.key_pattern import pattern_of
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
_MAX_TEX = _MAX_DOCUMENTS = 500  # files; a folder with more of them is no paper
_BUILT = ("node_modules", "build", "out", "_build", "_site", "_book")


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
    choice: Choice
    citation_key: str = DEFAULT_PATTERN
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
    _look_at_output(root, found)
    settings_file, settings, new, old = _settings_file(root, found)
    return Initiation(
        settings_file=settings_file,
        settings=settings,
        writes=((settings_file, new, old),),
        remarks=tuple(found.remarks),
        problems=tuple(found.problems),
    )


def _look(root: Path, sources: Sequence[str], output: str | None) -> _Findings:
    tex, documents = _documents(root)
    texts = []
    for path in tex:
        try:
            texts.append(files.read(path, name=path.name).decode("utf-8", "replace"))
        except BibtoolsError:
            continue  # a .tex file that cannot be read says nothing about the style
    latex = read_tex(texts) if texts else None
    citing = [found for path in documents if (found := read_document(root, path))]
    choice = choose(latex, citing, lambda name: (root / name).exists())
    chosen = output or _existing_bib(root, latex, choice.output) or config.Target().path
    remarks = list(choice.remarks)
    if choice.targets:
        remarks.append(f"{chosen}: your edits go there; format {choice.format}, profile {choice.profile}")
    notes = list(sources) or _note_places(root, taken=chosen)
    return _Findings(output=chosen, sources=notes, choice=choice, remarks=remarks)


def _documents(root: Path) -> tuple[list[Path], list[Path]]:
    """The LaTeX files of the folder, and the other documents that may name a bibliography."""
    tex: list[Path] = []
    others: list[Path] = []
    for parent, folders, names in files.walk(root, {}):
        folders[:] = sorted(n for n in folders if not n.startswith(".") and n not in _BUILT)
        tex += [Path(parent) / name for name in sorted(names) if name.endswith((".tex", ".ltx"))]
        others += [Path(parent) / name for name in sorted(names) if may_cite(name)]
        if len(tex) > _MAX_TEX and len(others) > _MAX_DOCUMENTS:
            break
    return tex[:_MAX_TEX], others[:_MAX_DOCUMENTS]


def _existing_bib(root: Path, latex: LatexProject | None, named_elsewhere: str | None) -> str | None:
    """The `.bib` that the LaTeX files name, else one that other documents do, else the only one that is there."""
    named = [
        name
        for name in (latex.bib_files if latex else ())
        if files.kind(root / name) == "file" and _inside(root, name)
    ]
    there = [path.name for path in _inhabitants(root) if path.name.endswith(".bib") and files.kind(path) == "file"]
    return named[0] if named else named_elsewhere or (there[0] if len(there) == 1 else None)


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


def _look_at_output(root: Path, found: _Findings) -> None:
    """What the existing output says: the pattern of its keys, and how many papers in it will be followed."""
    data = files.read_if_there(root / found.output, name=found.output)
    if data is None:
        return
    try:
        bib = bibfile.parse(bibfile.decode(data, file=found.output).text)
    except BibtoolsError as error:
        found.problems.append(error.problem)
        return
    found.remarks.append(f"{found.output}: found, becomes the output; nothing in it changes by this")
    macros = bibfile.macros(bib)
    entries = [bibfile.entry_of(block, bib.text, macros) for block in bib.entries]
    naming = sum(1 for entry in entries if bibfile.arxiv_id(entry) or bibfile.doi(entry))
    if naming:
        found.remarks.append(
            f"{found.output}: {count(naming, 'entry has', 'entries have')} an id: lock follows them"
        )
    pattern = pattern_of(entries)
    if pattern is not None:
        found.citation_key = pattern.pattern
        share = f"{pattern.following} of {pattern.of}"
        found.remarks.append(
            f"{found.output}: citation keys follow {pattern.pattern} ({share}); new ones will too"
        )
    elif entries:
        found.remarks.append(
            f"{found.output}: citation keys follow no one pattern; new ones: {found.citation_key}"
        )


def _settings_file(root: Path, found: _Findings) -> tuple[Path, str, bytes, bytes | None]:
    """Where the settings go, what is written, the bytes of the file then and now.

    That is a table at the end of an existing `pyproject.toml`, else a `bibtools.toml`.
    """
    pyproject = root / "pyproject.toml"
    old = files.read_if_there(pyproject, name=pyproject.name)
    if old is None:
        settings = _settings(found, prefix="")
        return root / "bibtools.toml", settings, settings.encode("utf-8"), None
    newline = "\r\n" if b"\r\n" in old else "\n"
    gap = "" if not old or old.endswith(b"\n\n") else newline if old.endswith(b"\n") else newline * 2
    settings = "[tool.bibtools]\n" + _settings(found, prefix="tool.bibtools.")
    return pyproject, settings, old + (gap + settings.replace("\n", newline)).encode("utf-8"), old


def _settings(found: _Findings, *, prefix: str) -> str:
    """The settings as TOML; several targets are tables, whose names begin with `prefix`."""
    choice = found.choice
    form: dict[str, object] = {"format": choice.format, "profile": choice.profile}
    if found.citation_key != DEFAULT_PATTERN:
        form["citation-key"] = found.citation_key
    if not choice.targets:
        return _lines({"sources": found.sources, "output": found.output, **form})
    targets = {found.output: None, **dict(choice.targets)}
    tables = ({"path": path, **({"format": format} if format else {})} for path, format in targets.items())
    return _lines({"sources": found.sources, **form}) + "".join(
        f"\n[[{prefix}target]]\n{_lines(table)}" for table in tables
    )


def _lines(values: Mapping[str, object]) -> str:
    return "".join(f"{key} = {_toml(value)}\n" for key, value in values.items())


def _toml(value: object) -> str:
    """A string or a list of strings as TOML; JSON's escapes are TOML's (TOML 1.0, "String")."""
    return json.dumps(value, ensure_ascii=False)


def apply_init(plan: Initiation) -> Iterator[Path]:
    """Write what was planned; the files written."""
    for path, new, old in plan.writes:
        if files.write(path, new, name=path.name, expected=old):
            yield path
