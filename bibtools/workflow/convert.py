"""A document of one format in another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from bibtools import bibfile, formats
from bibtools.errors import Place, Problem, UsageError
from bibtools.extract.paper import Lines
from bibtools.formats import Item
from bibtools.model import Page
from bibtools.plugins.writers import write
from bibtools.workflow.gather import decoded

SUFFIXES = {
    ".bib": "bibtex", ".json": "csl-json", ".yaml": "csl-yaml", ".yml": "csl-yaml", ".ris": "ris",
    ".md": "markdown", ".html": "html", ".htm": "html", ".txt": "text", ".jsonl": "jsonl",
}  # fmt: skip
"""The formats that a file's suffix stands for."""

_DIALECTS = ("bibtex", "biblatex")


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A document, how many entries it has, and the problems of the one it was made from.

    `usable` is false where nothing of that one could be read.
    """

    text: str
    count: int
    problems: tuple[Problem, ...] = ()
    usable: bool = True


def format_of(path: PurePath | None, *, dialect: str = "bibtex") -> str | None:
    """The format that a file's suffix stands for; `.bib` is `dialect`."""
    found = SUFFIXES.get(path.suffix.lower()) if path is not None else None
    return dialect if found == "bibtex" else found


def convert(data: bytes, *, name: str, source: str, target: str, page: Page | None = None) -> Converted:
    """The document `data`, in format `source` and called `name` to the user, in format `target`.

    `page` says what HTML and Markdown show.

    A `.bib` file that becomes one of the other dialect keeps its comments, macros and order, and whatever in it
    cannot be read; only a key that another entry has gets a letter behind it. UsageError (`format-unknown`) for a
    format that cannot be read or written; UnusableFileError (`bib-encoding`) for a `.bib` file in UTF-16.
    """
    if source not in formats.READABLE:
        raise UsageError(
            "format-unknown", f'"{source}" cannot be read', hint=f"one of {', '.join(formats.READABLE)}"
        )
    text, found = (bibfile.decode(data, file=name).text, ()) if source in _DIALECTS else decoded(data, name)
    if text is None:
        return Converted(text="", count=0, problems=found, usable=False)
    if source in _DIALECTS and target in _DIALECTS:
        own = formats.with_own_keys(text, target)
        exported = formats.translated(own.text, target)
        count = len(bibfile.parse(exported.text).entries)
        return Converted(
            text=exported.text, count=count, problems=_in_file((*found, *own.problems, *exported.problems), name)
        )
    parsed = formats.parse(text, source)
    lines = Lines.of(text)
    items = [Item(entry=read.entry, place=lines.place(read.span.start)) for read in parsed.entries]
    written = write(items, target, page)
    problems = _in_file((*found, *parsed.problems, *written.problems), name)
    return Converted(text=written.text, count=len(items), problems=problems, usable=parsed.usable)


def _in_file(problems: tuple[Problem, ...], name: str) -> tuple[Problem, ...]:
    return tuple(
        problem
        if problem.where.file
        else problem.at(replace(problem.where, file=name) if problem.where else Place(file=name))
        for problem in problems
    )
