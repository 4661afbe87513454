"""Handing an entry that the user wrote over to bibtools."""

from __future__ import annotations

from collections.abc import Callable

from bibtools.merge.agreement import says
from bibtools.merge.groups import DATE, TYPE, Fields, by_name, groups, holds_only_id, is_within, part
from bibtools.model import Entry, Field


def handed_over(ours: Entry, theirs: Entry, stands: Callable[[Field], bool]) -> tuple[Entry, tuple[str, ...]]:
    """The base with which an entry of the user's becomes bibtools', and the names of the fields that are kept.

    A group that says what the record says, if in other words, counts as written by bibtools and is rendered anew;
    one that says something else counts as edited and stays, as does every field that no rendering has. `stands`
    tells whether the record says what a field says.
    """
    o, t = by_name(ours), by_name(theirs)
    of = groups(o, o, t)
    base: dict[str, Field] = {}
    kept: list[str] = []
    for group in dict.fromkeys(of.values()):
        mine, new = part(o, of, group), part(t, of, group)
        stays = _says_else(group, mine, new, o, stands)
        kept += [mine[name].name for name in stays]
        base.update(new if stays else mine)
    kind = base.pop(TYPE, Field(TYPE, theirs.entry_type)).value
    return Entry(entry_type=kind, key=ours.key, fields=tuple(base.values())), tuple(sorted(kept))


def _says_else(
    group: str, mine: Fields, new: Fields, ours: Fields, stands: Callable[[Field], bool]
) -> tuple[str, ...]:
    """The names of a group's fields that say what neither the new group nor the record says."""
    if group == DATE:
        return tuple(mine) if mine and new and not is_within(mine, new) else ()
    return tuple(
        name
        for name, f in mine.items()
        if name != TYPE and not holds_only_id(ours, name) and says(f, new.get(name)) == "another" and not stands(f)
    )
