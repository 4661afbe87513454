"""What both dialects of `.bib` files share: entries ↔ text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bibtools import bibfile
from bibtools.bibfile.scanner import is_balanced
from bibtools.errors import InternalError, Problem
from bibtools.formats.items import Exported, Item
from bibtools.model import Entry


def render(items: Sequence[Item], translate: Callable[[Entry], Entry]) -> Exported:
    """The entries as one file, with a blank line between them.

    An entry that was rendered from a record is in the file's dialect; any other is put into it by `translate`.
    A field or an entry that no file can hold is left out and reported (`entry-unwritable`).
    """
    problems: list[Problem] = []
    blocks: list[str] = []
    for item in items:
        entry, found = _writable(translate(item.entry) if item.record is None else item.entry)
        problems += found
        blocks += [bibfile.render_entry(entry)] if entry else []
    return Exported(text="\n".join(blocks), problems=tuple(problems))


def _writable(entry: Entry) -> tuple[Entry | None, list[Problem]]:
    """The entry as a file can hold it, and what had to be left out."""
    broken = [field.name for field in entry.fields if not is_balanced(field.value)]
    if broken:
        entry = replace(entry, fields=tuple(field for field in entry.fields if field.name not in broken))
    problems = [
        _unwritable(entry.key, f"the braces in {name} do not match; the field is left out") for name in broken
    ]
    try:
        bibfile.render_entry(entry)
    except InternalError as error:
        return None, [*problems, _unwritable(entry.key, f"{error}; the entry is left out")]
    return entry, problems


def _unwritable(key: str, why: str) -> Problem:
    return Problem(severity="warning", code="entry-unwritable", message=why, key=key)
