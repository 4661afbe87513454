"""Which entries of two versions of a file are the same entry, whatever their keys, places and spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from bibtools import bibfile
from bibtools.bibfile import BibFile, EntryBlock
from bibtools.merge import comparable
from bibtools.model import Entry


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Item:
    """An entry of one version: its block, what it says, the ids it names as its own, and its title to compare."""

    block: EntryBlock
    entry: Entry
    ids: frozenset[str]
    title: str


def items(bib: BibFile) -> tuple[Item, ...]:
    """The entries of a file, in order."""
    macros = bibfile.macros(bib)
    return tuple(_item(block, bibfile.entry_of(block, bib.text, macros)) for block in bib.entries)


def _item(block: EntryBlock, entry: Entry) -> Item:
    number, doi = bibfile.arxiv_id(entry), bibfile.doi(entry)
    ids = {number.record_id} if number else set()
    if doi:
        ids.add(f"doi:{doi}")
    title = next((comparable(field) for field in entry.fields if field.name == "title"), None)
    return Item(block=block, entry=entry, ids=frozenset(ids), title=(title or "").casefold())


def same_work(one: Item, other: Item) -> bool:
    """Whether two entries are one paper: by an id of their own, else by their titles."""
    return bool(one.ids & other.ids) or (bool(one.title) and one.title == other.title)


def other_work(one: Item, other: Item) -> bool:
    """Whether two entries are certainly two papers: other ids of the same kind, and other titles."""
    return _other_ids(one, other) and not same_work(one, other)


def _other_ids(one: Item, other: Item) -> bool:
    schemes = {i.partition(":")[0] for i in one.ids} & {i.partition(":")[0] for i in other.ids}
    return bool(schemes) and not one.ids & other.ids


def pair(one: Sequence[Item], other: Sequence[Item]) -> dict[int, int]:
    """Index in `one` → index in `other`; by key, id, key in any case, title and authors, and all fields."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    traits: tuple[tuple[Callable[[Item], Sequence[Hashable]], Callable[[Item, Item], bool]], ...] = (
        (lambda item: [item.entry.key], other_work),
        (lambda item: sorted(item.ids), other_work),
        (lambda item: [item.entry.key.casefold()], other_work),
        (lambda item: [(item.title, item.entry.get("author"))] if item.title else [], _other_ids),
        (lambda item: [_said(item.entry)], other_work),
    )
    for trait, differ in traits:
        at: dict[Hashable, list[int]] = defaultdict(list)
        for number in reversed(range(len(other))):
            for value in trait(other[number]) if number not in taken else ():
                at[value].append(number)
        for number, item in enumerate(one):
            numbers = [] if number in pairs else _first_free(trait(item), at, taken)
            found = next((n for n in numbers if not differ(item, other[n])), None)
            if found is not None:
                pairs[number] = found
                taken.add(found)
    return pairs


def _said(entry: Entry) -> Hashable:
    return entry.entry_type, tuple(sorted((field.name, comparable(field) or "") for field in entry.fields))


def _first_free(values: Sequence[Hashable], at: dict[Hashable, list[int]], taken: set[int]) -> list[int]:
    """For each value the first entry that has it and belongs to nobody yet."""
    found = []
    for value in values:
        numbers = at.get(value, [])
        while numbers and numbers[-1] in taken:
            numbers.pop()
        found += numbers[-1:]
    return found
