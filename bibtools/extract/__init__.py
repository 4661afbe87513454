"""From a source's text to the papers mentioned in it.

What is strong enough to be a mention, and what is not, stands in :mod:`bibtools.extract.pieces` (running text)
and :mod:`bibtools.extract.items` (list items, table rows, headings); what identifies one in
:mod:`bibtools.extract.digests`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bibtools.errors import Problem
from bibtools.model import Mention

SourceKind = Literal["notes", "markdown", "html", "bib", "ris", "csl", "tex"]
Prose = Literal["txt", "all", "none"]

_SUFFIXES: dict[str, SourceKind] = {
    "txt": "notes",
    "md": "markdown",
    "markdown": "markdown",
    "qmd": "markdown",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "bib": "bib",
    "ris": "ris",
    "json": "csl",
    "yaml": "csl",
    "yml": "csl",
    "tex": "tex",
}
SUFFIXES = tuple(_SUFFIXES)  # of the files that can be sources, in lower case


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a source says: its mentions in order, what went wrong, and how many bare paragraphs were left alone."""

    mentions: tuple[Mention, ...] = ()
    prose_skipped: int = 0
    problems: tuple[Problem, ...] = ()


def source_kind(path: str) -> SourceKind | None:
    """What a file is by its suffix (case does not matter); None for what is no source.

    >>> source_kind("notes/Reading.MD"), source_kind("paper.docx")
    ('markdown', None)
    """
    name = path.replace("\\", "/").rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return _SUFFIXES.get(suffix.lower()) if dot and stem else None


def extract(text: str, *, source: str, kind: SourceKind, prose: Prose) -> Extracted:
    """The mentions in a text. `source` is its path as mentions give it; `prose` as in the settings.

    A bare paragraph may be an abstract in notes (`txt`), in every running text (`all`) or never (`none`).
    Nothing is raised for any text: what cannot be read is among the problems.
    """
    if kind in ("notes", "markdown", "html"):
        from bibtools.extract.running import mentions_and_prose

        mentions, skipped = mentions_and_prose(text, source, kind=kind, prose=prose)
        return Extracted(mentions=mentions, prose_skipped=skipped)
    mentions, problems = _reader(kind)(text, source)
    return Extracted(mentions=mentions, problems=problems)


def _reader(kind: SourceKind) -> Callable[[str, str], tuple[tuple[Mention, ...], tuple[Problem, ...]]]:
    """What reads a structured source; imported only when there is one."""
    if kind == "bib":
        from bibtools.extract.bib import mentions
    elif kind == "ris":
        from bibtools.extract.ris import mentions
    elif kind == "csl":
        from bibtools.extract.csl import mentions
    else:
        from bibtools.extract.tex import mentions
    return mentions
