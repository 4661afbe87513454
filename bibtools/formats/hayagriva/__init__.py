"""Hayagriva, the bibliography format of Typst: a YAML mapping of citation keys to works and what they appeared in.

Source: `docs/file-format.md` of Hayagriva (0.9), and what Typst 0.15 does with it. One value that Typst cannot
read (an address, a language, a date) makes it refuse the whole file, so that each is checked here.
"""

from __future__ import annotations

from collections.abc import Sequence

from bibtools.errors import Problem
from bibtools.formats.hayagriva.work import work_of
from bibtools.formats.hayagriva.yaml import dump
from bibtools.formats.items import Exported, Item

__all__ = ["render"]


def render(items: Sequence[Item]) -> Exported:
    """The items as one file. The fields that the format does not hold are reported (`format-lost-field`).

    The abstract is one of these only for an entry that a user wrote: whoever wants it has it in other formats.
    """
    texts, problems = [], []
    for item in items:
        work = work_of(item.entry)
        texts.append(dump({item.entry.key: work.values}))
        if lost := [name for name in work.lost if name != "abstract" or item.record is None]:
            problems.append(_lost(item.entry.key, lost))
    return Exported(text="\n".join(texts), problems=tuple(problems))


def _lost(key: str, lost: Sequence[str]) -> Problem:
    return Problem(
        severity="info",
        code="format-lost-field",
        message=f"Hayagriva does not hold all of {', '.join(lost)}",
        key=key,
    )
