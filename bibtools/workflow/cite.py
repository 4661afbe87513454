"""Formatted references: which entries are cited, and whose style sets them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bibtools import bibfile, files, formats, render
from bibtools.errors import NOWHERE, Place, Problem, UnusableFileError, UsageError
from bibtools.formats.keys import ANY, distinct, rule_of
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


def library(project: Project, held: Lock, ids: Sequence[str]) -> tuple[list[Entry], list[Entry], list[Problem]]:
    """The library's entries by key, as they stand in the first `.bib`; what else that file holds; problems.

    `ids` are the library's records. Of entries with one key the first keeps it (`key-changed`).
    """
    target = project.settings.first_bib
    options = target.options if target else project.settings.targets[0].options
    whole = export.library(project, held, ids, options, crossref=True)
    there = _items(whole.file.there.bib, whole.file.path) if whole.file else []
    rows = [(NOWHERE, *row) for row in whole.records.values()]
    rows += [(there[work.number].place, work.entry.key, work.record) for work in whole.own]
    ours = [_item(place, render.item_of(r, key, options.format, options)[0].entry) for place, key, r in rows]
    ours.sort(key=lambda item: item.entry.key)
    taken = {work.number for work in whole.own}
    taken |= {number for i, number in (whole.file.numbers.items() if whole.file else ()) if i in whole.records}
    others = [item for number, item in enumerate(there) if number not in taken]
    items, problems = distinct([*ours, *others], ANY)
    made = [item.entry for item in items]
    return made[: len(ours)], made[len(ours) :], list(problems)


def _item(place: Place, entry: Entry) -> formats.Item:
    return formats.Item(entry=entry, place=place)


def from_files(paths: Sequence[Path], stdin: bytes) -> tuple[list[Entry], list[Problem]]:
    """The entries of some `.bib` files in their order, and what is wrong in them; `-` is standard input.

    UnusableFileError for a file that is not there or no text. Of entries with one key the first keeps it
    (`key-changed`), and an entry without one gets one.
    """
    items: list[formats.Item] = []
    problems: list[Problem] = []
    for path in paths:
        name = "<stdin>" if str(path) == "-" else str(path)
        found, faults = _parsed(stdin if str(path) == "-" else files.read(path, name=name), name)
        items += found
        problems += faults
    kept, changed = distinct(items, ANY)
    return [item.entry for item in kept], [*problems, *changed]


def _parsed(data: bytes, name: str) -> tuple[list[formats.Item], list[Problem]]:
    bib = bibfile.parse(bibfile.decode(data, file=name).text)
    return _items(bib, name), [replace(p, where=_in_file(p.where, name)) for p in bib.problems]


def _items(bib: bibfile.BibFile, name: str) -> list[formats.Item]:
    macros = bibfile.macros(bib)
    return [
        formats.Item(
            entry=bibfile.entry_of(block, bib.text, macros),
            place=replace(bib.place(block.span.start), file=name),
        )
        for block in bib.entries
    ]


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
    kind, format = ("csl", "csl-json") if suffix == ".csl" else ("bst", "bibtex")
    wanted = frozenset(keys)
    items = [formats.Item(entry=entry) for entry in entries if kind == "bst" or entry.key in wanted]
    written, changed = distinct(items, rule_of(format))
    names = {item.entry.key: made.entry.key for item, made in zip(items, written, strict=True)}
    cited, problems = _apart(kind, data, formats.render(written, format).text, [names[key] for key in keys], to)
    return cited, [*(problem for problem in changed if problem.key in wanted), *problems]


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
