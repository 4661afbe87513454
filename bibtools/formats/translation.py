"""A `.bib` file of one dialect put into the other by edits: what says the same in both stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bibtools import bibfile
from bibtools.bibfile import BrokenBlock, Edit, EntryBlock, Habits
from bibtools.errors import InternalError, Problem
from bibtools.formats import keys
from bibtools.formats.items import Exported, Item
from bibtools.model import Entry, Field, Span

_BLANKS = re.compile(r"[ ]*")


def translated(text: str, translate: Callable[[Entry], Entry]) -> Exported:
    """A file with each entry as `translate` puts it; comments, macros, order and what cannot be read stay.

    An entry that no file could hold after it stays as it is and is reported (`entry-unwritable`).
    """
    bib = bibfile.parse(text)
    macros, habits = bibfile.macros(bib), bibfile.measure(bib)
    problems = list(bib.problems)
    edits: list[Edit] = []
    for block in bib.entries:
        entry = bibfile.entry_of(block, text, macros)
        try:
            edits += _edits(bib, block, entry, translate(entry), habits)
        except InternalError as error:
            message = f"{error}; the entry stays as it is"
            where = bib.place(block.span.start)
            problems.append(
                Problem(severity="warning", code="entry-unwritable", message=message, where=where, key=block.key)
            )
    return Exported(text=bibfile.apply(text, edits), problems=tuple(problems))


def with_own_keys(text: str, format: str) -> Exported:
    """A `.bib` file in which no entry has another's key, by edits of keys and of what refers to them alone.

    Keys that are only odd stay, and so do entries without one. Each change is told (`key-changed`).
    """
    bib = bibfile.parse(text)
    macros, habits = bibfile.macros(bib), bibfile.measure(bib)
    blocks = [block for block in bib.entries if block.key]
    entries = [bibfile.entry_of(block, text, macros) for block in blocks]
    items = [Item(entry=e, place=bib.place(block.span.start)) for e, block in zip(entries, blocks, strict=True)]
    rule = replace(keys.rule_of(format), held=str)
    broken = (block.key for block in bib.blocks if isinstance(block, BrokenBlock) and block.key)
    kept, problems = keys.distinct(items, rule, reserved=broken)
    edits: list[Edit] = []
    for block, old, new in zip(blocks, entries, (item.entry for item in kept), strict=True):
        if new.key != old.key:
            edits.append(bibfile.rename_key(bib, block, new.key))
        edits += _edits(bib, block, old, replace(new, key=old.key), habits)
    return Exported(text=bibfile.apply(text, edits), problems=problems)


def _edits(bib: bibfile.BibFile, block: EntryBlock, old: Entry, new: Entry, habits: Habits) -> list[Edit]:
    """What makes the new entry of the old one. Of a field that stands twice the first counts, as for BibTeX."""
    before = {field.name: field for field in reversed(old.fields)}
    after = {field.name: field for field in reversed(new.fields)}
    gone = [name for name in before if name not in after]
    come = [name for name in after if name not in before]
    edits = [] if old.entry_type == new.entry_type else [bibfile.change_type(bib, block, new.entry_type)]
    renamed = dict(_renamed(gone, come, before, after))
    for name, field in before.items():
        meant = after.get(renamed.get(name, name))
        if meant is None:
            edits.append(bibfile.remove_field(bib, block, name))
            continue
        if meant.name != name:
            edits.append(_rename(bib, block, name, meant.name, habits))
        if (meant.value, meant.macro) != (field.value, field.macro):
            edits.append(bibfile.replace_value(bib, block, name, meant))
    stands_for = {new_name: name for name, new_name in renamed.items()}
    order = [stands_for.get(field.name, field.name) for field in new.fields]
    added = (field for field in new.fields if field.name in after.keys() - before.keys() - set(renamed.values()))
    return [*edits, *(bibfile.add_field(bib, block, field, habits, order) for field in added)]


def _renamed(
    gone: list[str], come: list[str], before: Mapping[str, Field], after: Mapping[str, Field]
) -> Iterator[tuple[str, str]]:
    """Which of the fields that go is which of those that come: the one with its value, and `year` is `date`."""
    left = list(come)
    for name in gone:
        same = [new for new in left if after[new].value.lower() == before[name].value.lower()]
        new = same[0] if same else {"year": "date", "date": "year"}.get(name, "")
        if new in left:
            left.remove(new)
            yield name, new


def _rename(bib: bibfile.BibFile, block: EntryBlock, old: str, new: str, habits: Habits) -> Edit:
    """Another name for a field; its `=` stays where it is, if there is room."""
    view = block.field(old)
    assert view is not None
    own = bibfile.measure_entry(bib.text, block, habits)
    name = bibfile.spelled(new, own.field_case, own.spellings)
    blanks = _BLANKS.match(bib.text, view.name_span.stop)
    width = len(blanks[0]) if blanks else 0
    if width < 2:
        return Edit(view.name_span, name)
    column = view.name_span.stop - view.name_span.start + width
    return Edit(Span(view.name_span.start, view.name_span.stop + width), name.ljust(max(len(name) + 1, column)))
