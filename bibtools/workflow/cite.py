"""Formatted references: which entries are cited, and whose style sets them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bibtools import bibfile, files, formats, render
from bibtools.errors import Place, Problem, UnusableFileError, UsageError
from bibtools.lock import Lock
from bibtools.model import Entry
from bibtools.plugins import citing
from bibtools.plugins.styles import load_style, load_style_file, style_names
from bibtools.workflow import export
from bibtools.workflow.project import Project

FOREIGN = (".bst", ".csl", ".py")
"""The suffixes by which a style is a file and no name."""

_LONGEST_STYLE = 5_000_000
_PATIENCE = 60.0


def library(project: Project, held: Lock, ids: Sequence[str]) -> tuple[list[Entry], list[Entry]]:
    """The library's entries by key, as they stand in the first `.bib`; and what else that file holds.

    `ids` are the library's records.
    """
    target = project.settings.first_bib
    options = target.options if target else project.settings.targets[0].options
    whole = export.library(project, held, ids, options, crossref=True)
    rows = [*whole.records.values(), *((work.entry.key, work.record) for work in whole.own)]
    entries = [render.item_of(record, key, options.format, options)[0].entry for key, record in rows]
    entries.sort(key=lambda entry: entry.key)
    data = files.read_if_there(project.root / target.path, name=target.path) if target else None
    others = _parsed(data, target.path)[0] if target and data is not None else []
    taken = {entry.key.lower() for entry in entries}
    return entries, [entry for entry in others if entry.key.lower() not in taken]


def from_files(paths: Sequence[Path], stdin: bytes) -> tuple[list[Entry], list[Problem]]:
    """The entries of some `.bib` files in their order, and what is wrong in them; `-` is standard input.

    UnusableFileError for a file that is not there or no text. Of entries with one key the first counts.
    """
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for path in paths:
        name = "<stdin>" if str(path) == "-" else str(path)
        found, faults = _parsed(stdin if str(path) == "-" else files.read(path, name=name), name)
        problems += faults
        for entry in found:
            entries.setdefault(entry.key.lower(), entry)
    return list(entries.values()), problems


def _parsed(data: bytes, name: str) -> tuple[list[Entry], list[Problem]]:
    bib = bibfile.parse(bibfile.decode(data, file=name).text)
    macros = bibfile.macros(bib)
    found: dict[str, Entry] = {}
    for block in bibfile.entry_blocks(bib):
        entry = bibfile.entry_of(block, bib.text, macros)
        found.setdefault(entry.key.lower(), entry)
    return list(found.values()), [replace(p, where=_in_file(p.where, name)) for p in bib.problems]


def _in_file(where: Place | None, name: str) -> Place:
    return Place(file=name) if where is None else replace(where, file=name)


def cite(entries: Sequence[Entry], keys: Sequence[str], style: str, to: str) -> tuple[citing.Cited, list[Problem]]:
    """The entries `keys` in a style of ours, or in that of a file (`.bst`, `.csl`, `.py`), and its warnings.

    `entries` are those that a cross-reference can name. UsageError: `style-unknown`, `style-unusable`,
    `style-dependent`, `style-failed`, `style-too-slow`, `extra-missing`; UnusableFileError for a file that cannot
    be read. A `.py` file is the user's own program and is run as such.
    """
    path = Path(style)
    suffix = path.suffix.lower()
    if suffix not in FOREIGN:
        return citing.by_style(load_style(style), entries, keys, to), []
    data = _style_bytes(path, style)
    if suffix == ".py":
        return citing.by_style(load_style_file(path), entries, keys, to), []
    wanted = {key.lower() for key in keys}
    items = [formats.Item(entry=entry) for entry in entries]
    if suffix == ".csl":
        cited = [item for item in items if item.entry.key.lower() in wanted]
        return _apart("csl", data, formats.render(cited, "csl-json").text, keys, to)
    return _apart("bst", data, formats.render(items, "bibtex").text, keys, to)


def _style_bytes(path: Path, name: str) -> bytes:
    if files.kind(path) != "file":
        hint = f"a path to a file, or one of {', '.join(style_names())}"
        if path.suffix == ".bst" and path.name == name:
            hint = f'those of TeX are found by: --style "$(kpsewhich {name})"'
        raise UsageError("style-unknown", f'there is no style file "{name}"', hint=hint)
    data = files.read(path, name=name)
    if len(data) > _LONGEST_STYLE:
        raise UnusableFileError("style-unusable", f"{name} is too long for a style")
    return data


def _apart(
    kind: str, style: bytes, entries: str, keys: Sequence[str], to: str
) -> tuple[citing.Cited, list[Problem]]:
    """The references as the style sets them, in a process that is stopped when it takes too long."""
    text = style.decode("latin-1") if kind == "csl" else bibfile.decode(style, file="the style").text
    request = {"kind": kind, "style": text, "entries": entries, "keys": list(keys), "to": to}
    command = [sys.executable, "-P", "-m", "bibtools.plugins.apart"]
    try:
        ran = subprocess.run(  # noqa: S603
            command, input=json.dumps(request).encode("ascii"), capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        message = f"the style has not come to an end in {_PATIENCE:.0f} s"
        raise UsageError("style-too-slow", message, hint="it may loop for ever; or give fewer keys") from None
    if ran.returncode or not ran.stdout:
        raise UsageError("style-failed", "the style needs too much memory, or breaks the program that runs it")
    answer = json.loads(ran.stdout)
    if error := answer.get("error"):
        raise UsageError(error["code"], error["message"], hint=error["hint"])
    problems = [Problem(severity="warning", code="style-warns", message=warning) for warning in answer["warnings"]]
    references = tuple(citing.Reference(**reference) for reference in answer["references"])
    return citing.Cited(references=references, text=answer["text"]), problems
