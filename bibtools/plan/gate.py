"""The gate before writing: a plan is proved on its result, by other means than those that made it.

What the plan does not name is byte for byte the same, what it names says what was planned, and planning again asks
for nothing. An error here is a bug, and better found before than after the file is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import zip_longest

from bibtools import bibfile
from bibtools.bibfile import BibFile, BrokenBlock, EntryBlock, FieldView, FreeText
from bibtools.bibfile.scanner import is_balanced
from bibtools.config import Target
from bibtools.errors import InternalError
from bibtools.lock import Lock
from bibtools.merge import comparable
from bibtools.model import Entry
from bibtools.plan.target import plan_target
from bibtools.plan.values import Change, TargetPlan

_ESCAPED_BRACE = re.compile(r"\\[{}]")
_LIKE_ENTRY = re.compile(r"^\s*@\w", re.MULTILINE)


def verified(plan: TargetPlan, target: Target, held: Lock, wanted: Sequence[str]) -> TargetPlan:
    """The plan, proved. InternalError (`plan-other-bytes`, `plan-other-entry`, `plan-unstable`) otherwise.

    `held` is the lock the plan was made with.
    """
    if not plan.changed and plan.bases == held.targets.get(plan.path, {}):
        return plan
    if plan.changed or plan.changes or plan.inserted:
        old, new = (
            bibfile.parse(bibfile.decode(data or b"", file=plan.path).text) for data in (plan.old, plan.new)
        )
        _check_blocks(plan, old, new)
    after = replace(held, targets={**held.targets, target.path: plan.bases})
    again = plan_target(target, after, wanted, plan.new)
    if again.changed or again.bases != plan.bases or again.conflicts != plan.conflicts:
        raise _broken("plan-unstable", f"a second run would change {target.path} again")
    return plan


def _broken(code: str, message: str) -> InternalError:
    return InternalError(code, message, hint="nothing was written; please report this with the file")


def _check_blocks(plan: TargetPlan, old: BibFile, new: BibFile) -> None:
    changes = {change.at: change for change in plan.changes}
    inserted = {entry.key: entry for entry in plan.inserted}
    macros = bibfile.macros(new)
    entries = {block.span.start: bibfile.entry_of(block, new.text, macros) for block in new.entries}
    one = _stream(old, {change.at for change in plan.changes if change.whole})
    other = _stream(new, {block.span.start for block in new.entries if block.key in inserted})
    for before, after in zip_longest(one, other, fillvalue=_NOTHING):
        if (before.block is None) is not (after.block is None):
            raise _broken("plan-other-bytes", f"an entry of {plan.path} would be lost or come from nowhere")
        _check_gap(plan, before.gap, after.gap, loose=before.loose or after.loose)
        change = None if before.block is None else changes.get(before.block.span.start)
        if change is None:
            if before.bytes_in(old) != after.bytes_in(new):
                raise _broken("plan-other-bytes", f"a part of {plan.path} would change that should not")
        elif not _carried_out(old, new, before.block, after.block, change, entries):
            raise _broken("plan-other-entry", f"an entry of {plan.path} would not say what was planned")
    for key, entry in inserted.items():
        written = [entries[block.span.start] for block in new.entries if block.key == key]
        if len(written) != 1 or not _says(written[0], entry):
            raise _broken("plan-other-entry", f'the new entry "{key}" of {plan.path} would not say what it should')
    _check_as_others_read(plan, new, [block for block in new.entries if block.key in inserted])


def _check_as_others_read(plan: TargetPlan, new: BibFile, blocks: Sequence[EntryBlock]) -> None:
    """A parser that is not ours must read the new entries as ours does: keys, types, fields, values as written.

    Entries are left out in which bibtexparser (2.1) does not see what BibTeX and biber do: a source may have such.
    """
    blocks = [block for block in blocks if not _is_misread(new, block)]
    if not blocks:
        return
    from bibtexparser.entrypoint import parse_string

    text = "\n".join(new.text[block.span.start : block.span.stop] for block in blocks)
    library = parse_string(text, parse_stack=[])
    theirs = [
        (entry.key, entry.entry_type.lower(), [(field.key.lower(), field.value.strip()) for field in entry.fields])
        for entry in library.entries
    ]
    ours = [
        (block.key, block.entry_type.lower(), [(field.lower, _value(new, field)) for field in block.fields])
        for block in blocks
    ]
    if library.failed_blocks or theirs != ours:
        raise _broken("plan-other-entry", f"new entries of {plan.path} would be read otherwise by other programs")


def _is_misread(bib: BibFile, block: EntryBlock) -> bool:
    """Whether bibtexparser sees another entry.

    A field stands twice, the type is none of letters or begins like another block's, a value has a line that
    begins like an entry, or braces that only pair up with those behind a backslash.
    """
    kind = block.entry_type.lower()
    if kind.startswith(("comment", "string", "preamble")) or not kind.replace("_", "a").isalnum():
        return True
    values = {field.lower: _value(bib, field) for field in block.fields}
    unlike = any(
        _LIKE_ENTRY.search(each) or not is_balanced(_ESCAPED_BRACE.sub("", each)) for each in values.values()
    )
    return unlike or len(values) < len(block.fields)


def _value(bib: BibFile, field: FieldView) -> str:
    return bib.text[field.value_span.start : field.value_span.stop].strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A block (None: the end) and the text before it; `loose` if an entry came into that text or went from it."""

    gap: str = ""
    loose: bool = False
    block: bibfile.Block | None = None

    def bytes_in(self, bib: BibFile) -> str:
        if self.block is None:
            return ""
        text = bib.text[self.block.span.start : self.block.span.stop]
        # An entry that is never closed reaches up to the next block, whatever blank lines stand before that.
        return text.rstrip() if isinstance(self.block, BrokenBlock) else text


_NOTHING = _Piece()


def _stream(bib: BibFile, left_out: AbstractSet[int]) -> Iterator[_Piece]:
    """The blocks in order, without the entries that begin at the offsets `left_out`; last the rest of the text."""
    gap, loose = "", False
    for block in bib.blocks:
        if isinstance(block, FreeText):
            gap += bib.text[block.span.start : block.span.stop]
        elif block.span.start in left_out:
            loose = True
        else:
            piece = _Piece(gap=gap, loose=loose, block=block)
            yield piece
            gap = bib.text[block.span.start + len(piece.bytes_in(bib)) : block.span.stop]
            loose = False
    yield _Piece(gap=gap, loose=loose)


def _check_gap(plan: TargetPlan, before: str, after: str, *, loose: bool) -> None:
    if before != after and not (loose and "".join(before.split()) == "".join(after.split())):
        raise _broken("plan-other-bytes", f"text between the entries of {plan.path} would change")


def _carried_out(
    old: BibFile,
    new: BibFile,
    before: bibfile.Block | None,
    after: bibfile.Block | None,
    change: Change,
    entries: Mapping[int, Entry],
) -> bool:
    """Whether an entry's fields are the old ones in their order and bytes, but for the planned ones."""
    if not isinstance(before, EntryBlock) or not isinstance(after, EntryBlock) or after.key != before.key:
        return False
    if after.entry_type.lower() != (change.entry_type or before.entry_type).lower():
        return False
    write = {field.name: comparable(field) for field in change.write}
    expected = _expected(old, before, change)
    added = set(write) - {name for name, _ in expected}
    for view, value in zip(after.fields, entries[after.span.start].fields, strict=True):
        raw: str | None = None
        if view.lower in added:
            added.remove(view.lower)
        elif expected and expected[0][0] == view.lower:
            raw = expected.pop(0)[1]
        else:
            return False
        same = comparable(value) == write.get(view.lower) if raw is None else _raw(new, view) == raw
        if not same:
            return False
    return not added and not expected


def _expected(old: BibFile, block: EntryBlock, change: Change) -> list[tuple[str, str | None]]:
    """The names of the fields that stay, each with the bytes of its value, or None where a new one is written."""
    write = {field.name for field in change.write}
    remove = set(change.remove)
    expected: list[tuple[str, str | None]] = []
    for view in block.fields:  # of fields that stand twice only the first is meant
        if view.lower in remove:
            remove.discard(view.lower)
            continue
        expected.append((view.lower, None if view.lower in write else _raw(old, view)))
        write.discard(view.lower)
    return expected


def _raw(bib: BibFile, view: FieldView) -> str:
    return bib.text[view.value_span.start : view.value_span.stop]


def _says(written: Entry, planned: Entry) -> bool:
    if written.entry_type.lower() != planned.entry_type.lower() or len(written.fields) != len(planned.fields):
        return False
    said = {field.name: comparable(field) for field in written.fields}
    return said == {field.name: comparable(field) for field in planned.fields}
