"""The entries of three versions: whole ones that come and go, and field by field what both sides have."""

from __future__ import annotations

from collections.abc import Sequence

from bibtools import bibfile
from bibtools.bibfile import Edit
from bibtools.bibmerge.draft import BibConflict, Draft
from bibtools.bibmerge.pairing import Item, pair, same_work
from bibtools.bibmerge.placing import Newcomer
from bibtools.merge import merge_entry, same_entry
from bibtools.model import Entry, Field

_NOTHING = Entry(entry_type="", key="")


def merge_entries(draft: Draft) -> None:
    """Put into the draft what their side changed in the entries."""
    to_ours, to_theirs = (pair(draft.base.items, side.items) for side in (draft.ours, draft.theirs))
    new = sorted(set(range(len(draft.theirs.items))) - set(to_theirs.values()))
    own = sorted(set(range(len(draft.ours.items))) - set(to_ours.values()))
    both = _added_by_both(draft, own, new)
    triples: list[tuple[Item | None, int | None, int | None]]
    triples = [(base, to_ours.get(n), to_theirs.get(n)) for n, base in enumerate(draft.base.items)]
    triples += [(None, both[n], n) for n in both]
    for _, mine, come in triples:
        if mine is not None and come is not None:
            draft.counterparts[draft.theirs.items[come].block.span] = draft.ours.items[mine].block.span
    for base, mine, come in triples:
        o = None if mine is None else draft.ours.items[mine]
        t = None if come is None else draft.theirs.items[come]
        if o is not None and t is not None:
            _merge_both(draft, base, o, t)
        elif o is not None and base is not None:
            _removed_by_them(draft, base, o)
        elif t is not None and base is not None and not _unchanged(base, t):
            _come(draft, t, BibConflict(kind="removed", key=base.entry.key), draft.was(base))
    for n in new:
        if n not in both:
            _come(draft, draft.theirs.items[n], None)


def _added_by_both(draft: Draft, own: Sequence[int], new: Sequence[int]) -> dict[int, int]:
    """The papers that both sides added under one key: index in theirs → index in ours."""
    ours, theirs = draft.ours.items, draft.theirs.items
    free = {ours[n].entry.key.casefold(): n for n in reversed(own)}
    found = {}
    for n in new:
        here = free.get(theirs[n].entry.key.casefold())
        if here is not None and (
            same_work(ours[here], theirs[n]) or same_entry(ours[here].entry, theirs[n].entry)
        ):
            found[n] = here
            del free[theirs[n].entry.key.casefold()]
    return found


def _unchanged(base: Item, side: Item) -> bool:
    return base.entry.key == side.entry.key and same_entry(base.entry, side.entry)


def _removed_by_them(draft: Draft, base: Item, ours: Item) -> None:
    if _unchanged(base, ours):
        draft.edits.append(bibfile.remove_entry(draft.ours.bib, ours.block))
    else:
        conflict = BibConflict(kind="removed", key=base.entry.key)
        span = ours.block.span
        draft.clash(conflict, Edit(span, ""), Edit(span, draft.was(base)))


def _come(draft: Draft, theirs: Item, conflict: BibConflict | None, was: str = "") -> None:
    """An entry that only they have: it goes in, unless its key is another paper's here."""
    text = _written(draft, theirs)
    here = draft.by_key.get(theirs.entry.key.casefold())
    if here is not None:
        span = draft.ours.items[here].block.span
        key = min(theirs.entry.key, draft.ours.items[here].entry.key)
        draft.clash(conflict or BibConflict(kind="two-papers", key=key), Edit(span, text), Edit(span, was))
        return
    if conflict:
        draft.conflicts.append(conflict)
    clash = conflict is not None
    key = theirs.entry.key
    draft.newcomers.append(Newcomer(text=text, span=theirs.block.span, key=key, clash=clash, base=was))


def _written(draft: Draft, theirs: Item) -> str:
    """Their entry after our file's habits, where that says all that theirs does."""
    block, text = theirs.block, draft.theirs.bib.text
    plain = all(len(view.parts) == 1 for view in block.fields) and "%" not in _between(theirs, text)
    unique = len({view.lower for view in block.fields}) == len(block.fields)
    if plain and unique and draft.their_habits != draft.habits:
        return bibfile.render_entry(theirs.entry, draft.habits).rstrip("\r\n").lstrip()
    return draft.theirs.raw(block.span, draft.newline)


def _between(item: Item, text: str) -> str:
    """What stands in an entry outside of its values."""
    pieces, at = [], item.block.span.start
    for view in item.block.fields:
        pieces.append(text[at : view.value_span.start])
        at = view.value_span.stop
    return "".join((*pieces, text[at : item.block.span.stop]))


def _merge_both(draft: Draft, base: Item | None, ours: Item, theirs: Item) -> None:
    newline = draft.newline
    mine, come = draft.ours.raw(ours.block.span, newline), draft.theirs.raw(theirs.block.span, newline)
    was = draft.was(base)
    if come in (was, mine):
        return
    if not _key_is_free(draft, base, ours, theirs):
        key = min(ours.entry.key, theirs.entry.key)
        span = ours.block.span
        draft.clash(BibConflict(kind="key", key=key), Edit(span, come), Edit(span, was))
        return
    if mine == was:
        draft.edits.append(Edit(ours.block.span, come))
        return
    _merge_key(draft, base, ours, theirs)
    _merge_fields(draft, base, ours, theirs)


def _key_is_free(draft: Draft, base: Item | None, ours: Item, theirs: Item) -> bool:
    """Whether a key that they gave the entry is nobody else's in our file."""
    if base is None or theirs.entry.key == base.entry.key or ours.entry.key != base.entry.key:
        return True
    here = draft.by_key.get(theirs.entry.key.casefold())
    return here is None or draft.ours.items[here] is ours


def _merge_key(draft: Draft, base: Item | None, ours: Item, theirs: Item) -> None:
    was, mine, come = (item.entry.key if item else None for item in (base, ours, theirs))
    if come in (was, mine) or come is None:
        return
    edit = bibfile.rename_key(draft.ours.bib, ours.block, come)
    if mine == was:
        draft.edits.append(edit)
    else:
        key = was or min(ours.entry.key, come)
        old = bibfile.rename_key(draft.ours.bib, ours.block, was) if was else None
        draft.clash(BibConflict(kind="key", key=key), edit, old, whole=False)


def _merge_fields(draft: Draft, base: Item | None, ours: Item, theirs: Item) -> None:
    bib, block = draft.ours.bib, ours.block
    order = [f.name for f in theirs.entry.fields]
    merged = merge_entry(base.entry if base else _NOTHING, ours.entry, theirs.entry)
    draft.edits += [_set(draft, ours, new, order) for new in merged.write]
    draft.edits += [bibfile.remove_field(bib, block, name) for name in merged.remove]
    if merged.entry_type:
        draft.edits.append(bibfile.change_type(bib, block, merged.entry_type))
    for conflict in merged.conflicts:
        key = base.entry.key if base else min(ours.entry.key, theirs.entry.key)
        come, was = (_as_in(draft, ours, side, conflict.field, order) for side in (theirs, base))
        if come is not None:
            draft.clash(BibConflict(kind="field", key=key, field=conflict.field), come, was, whole=False)


def _as_in(draft: Draft, ours: Item, side: Item | None, name: str, order: Sequence[str]) -> Edit | None:
    """The edit that makes one field of our entry what it is on another side; None where it is absent on both."""
    bib, block = draft.ours.bib, ours.block
    if name == "entrytype":
        return bibfile.change_type(bib, block, side.entry.entry_type) if side else None
    new = next((f for f in side.entry.fields if f.name == name), None) if side else None
    if new is not None:
        return _set(draft, ours, new, order)
    return bibfile.remove_field(bib, block, name) if block.field(name) else None


def _set(draft: Draft, ours: Item, new: Field, order: Sequence[str]) -> Edit:
    if ours.block.field(new.name) is None:
        return bibfile.add_field(draft.ours.bib, ours.block, new, draft.habits, order)
    return bibfile.replace_value(draft.ours.bib, ours.block, new.name, new)
