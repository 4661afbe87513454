"""What a user names on the command line: files, ids, URLs, DOIs, titles, or standard input."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from bibtools import files, text
from bibtools.errors import UsageError
from bibtools.extract import extract, source_kind
from bibtools.extract.digests import mention_digest
from bibtools.model import Mention, Span
from bibtools.workflow import gather, library
from bibtools.workflow.pasted import from_pasted
from bibtools.workflow.project import Project

STDIN = "-"
_WORD = re.compile(r"[^\W\d_][^\s/\\:@.]*")


def mentions_of(
    project: Project,
    what: Sequence[str],
    *,
    stdin: Callable[[], bytes],
    titles: bool = False,
    adding: bool = False,
) -> gather.Gathered:
    """The mentions that the arguments are, in their order.

    With `titles`, words that are nothing else are taken for a title; with `adding` also a single one, and
    BibTeX, RIS and CSL on the standard input are read as entries. UsageError (`argument`) for what is not
    understood.
    """
    parts = [_gathered(project, argument, stdin, titles=titles, adding=adding) for argument in what]
    return gather.joined(parts)


def _gathered(
    project: Project, argument: str, stdin: Callable[[], bytes], *, titles: bool, adding: bool
) -> gather.Gathered:
    if argument == STDIN:
        if adding:
            return from_pasted(stdin(), prose=project.settings.prose)
        return gather.from_bytes(stdin(), name=library.STDIN, prose=project.settings.prose)
    if not argument.strip():
        raise UsageError("argument", "an empty argument names nothing")
    path = Path(argument)
    if files.kind(path) in ("file", "folder"):
        return gather.from_paths(project, [files.real(path)])
    found = extract(argument, source=library.ARGUMENT, kind="notes", prose="none").mentions
    if found:
        return gather.Gathered(mentions=found)
    is_title = len(argument.split()) > 1 or (adding and _WORD.fullmatch(argument.strip()))
    if titles and is_title and source_kind(argument) is None:
        return gather.Gathered(mentions=(_title(argument),))
    raise UsageError(
        "argument",
        f'"{argument}" is no file, arXiv id, URL or DOI',
        hint="give it as 1706.03762, https://arxiv.org/abs/1706.03762, 10.1103/PhysRevD.76.013009 or FILE",
    )


def _title(words: str) -> Mention:
    title = text.squeeze(words)
    return Mention(
        source=library.ARGUMENT,
        span=Span(0, len(words)),
        line=1,
        end_line=1,
        digest=mention_digest(title=title),
        kind="title",
        title=title,
    )
