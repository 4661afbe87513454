r"""Changes to a `.bib` text by span: everything outside the spans stays, by construction.

Between two fields stands a separator (`,\n  `); a field is added and removed together with the one before it, so
that the two undo one another and several changes of one entry never meet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bibtools.bibfile.blocks import EntryBlock, FieldView
from bibtools.bibfile.habits import Habits, adopted_field, case_of, render_field, render_value, spelled, unwritable
from bibtools.bibfile.lines import line_end, with_newlines
from bibtools.bibfile.measuring import measure_entry
from bibtools.bibfile.scanner import WHITE, is_citation_key, is_entry_type, white_end
from bibtools.bibfile.view import BibFile
from bibtools.errors import InternalError
from bibtools.model import Field, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of `span`."""

    span: Span
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits carried out; edits at one place in the order given.

    Removals may overlap; for anything else that does, InternalError (`bib-edits-overlap`).

    >>> apply("abc", [Edit(Span(1, 2), ""), Edit(Span(1, 1), "x")])
    'axc'
    """
    pieces: list[str] = []
    at = 0
    was_removal = True
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.stop)):
        if edit.span.start < at:
            if not was_removal or edit.text:
                raise InternalError("bib-edits-overlap", "two changes want the same place of the file")
            at = max(at, edit.span.stop)
            continue
        pieces += (text[at : edit.span.start], edit.text)
        at = edit.span.stop
        was_removal = not edit.text
    return "".join((*pieces, text[at:]))


def replace_value(bib: BibFile, block: EntryBlock, field_name: str, new: Field) -> Edit:
    r"""Change one value, and nothing but its characters; its delimiters stay where the new value allows it.

    The first field of that name changes, as it is the one BibTeX reads.
    """
    view = _field(block, field_name)
    kinds = {part.kind for part in view.parts}
    old = bib.text[view.value_span.start : view.value_span.stop]
    newline = _newline_of(bib)
    value = render_value(new, '"' if "quoted" in kinds else "{", newline, bare_number=old.isdigit())
    return Edit(view.value_span, value)


def add_field(bib: BibFile, block: EntryBlock, field: Field, habits: Habits, order: Sequence[str]) -> Edit:
    """Add a field, written as the entry's others, behind the last one that `order` puts before it."""
    own = measure_entry(bib.text, block, habits)
    name = spelled(field.name, own.field_case, own.spellings)
    width = max((len(view.name) for view in block.fields), default=len(name))
    line = render_field(adopted_field(field, own), name, own, width)
    position = _position(block, field.name, order)
    comment_end = _comment_end(bib.text, block, position)
    separator = _separator(bib.text, block, own)
    if comment_end is not None:
        return Edit(Span(comment_end, comment_end), f"{own.newline}{own.indent}{line},")
    at = _end_of(block, position)
    return Edit(Span(at, at), separator + line)


def remove_field(bib: BibFile, block: EntryBlock, field_name: str) -> Edit:
    """Remove a field and the separator before it. A `%` comment before it stays."""
    view = _field(block, field_name)
    position = block.fields.index(view)
    comment_end = _comment_end(bib.text, block, position)
    if comment_end is None:
        return Edit(Span(_end_of(block, position), view.value_span.stop), "")
    stop = view.value_span.stop
    comma = white_end(bib.text, stop)
    if bib.text.startswith(",", comma):
        stop = comma + 1
    return Edit(Span(comment_end, stop), "")


def rename_key(bib: BibFile, block: EntryBlock, key: str) -> Edit:
    """Give an entry another citation key. InternalError (`bib-unwritable`) for one that cannot be a key."""
    if not key or not is_citation_key(key):
        raise unwritable(f'the citation key "{key}"')
    return Edit(block.key_span, key)


def change_type(bib: BibFile, block: EntryBlock, entry_type: str) -> Edit:
    """Give an entry another type, in the case of the old one."""
    if not is_entry_type(entry_type):
        raise unwritable(f'the entry type "{entry_type}"')
    return Edit(block.type_span, spelled(entry_type, case_of(block.entry_type) or "lower"))


def _field(block: EntryBlock, name: str) -> FieldView:
    view = block.field(name)
    if view is None:
        raise InternalError("bib-no-field", f'the entry "{block.key}" has no field "{name}"')
    return view


def _newline_of(bib: BibFile) -> str:
    first_end = line_end(bib.text, 0)
    if bib.text.startswith("\r\n", first_end):
        return "\r\n"
    return bib.text[first_end : first_end + 1] or "\n"


def _end_of(block: EntryBlock, position: int) -> int:
    """The end of the field before `position`, or of the key before the first."""
    return block.fields[position - 1].value_span.stop if position else block.key_span.stop


def _position(block: EntryBlock, name: str, order: Sequence[str]) -> int:
    """Behind how many of the entry's fields a new one belongs."""
    rank = {each: index for index, each in reversed(list(enumerate(order)))}
    here = rank.get(name)
    if here is None:
        return len(block.fields)
    ranks = [rank.get(view.lower, -1) for view in block.fields]
    before = [r for r in ranks if 0 <= r < here]
    if before:
        return ranks.index(max(before)) + 1
    after = [r for r in ranks if r > here]
    return ranks.index(min(after)) if after else len(block.fields)


def _comment_end(text: str, block: EntryBlock, position: int) -> int | None:
    """The end of the `%` comment behind the comma that ends the field before `position`, if there is one."""
    begin = _end_of(block, position)
    stop = block.fields[position].name_span.start if position < len(block.fields) else block.body.stop
    between = text[begin:stop]
    comma, percent = between.find(","), between.find("%")
    if percent < 0 or not 0 <= comma < percent:
        return None
    last = begin + between.rindex("%", 0, len(between.rstrip(WHITE)))
    return line_end(text, last)


def _separator(text: str, block: EntryBlock, own: Habits) -> str:
    """What stands between the entry's fields; where it has none or one, what its habits say."""
    ends = [_end_of(block, position) for position in range(len(block.fields))]
    starts = [view.name_span.start for view in block.fields]
    seen = Counter(text[end:start] for end, start in zip(ends, starts, strict=True))
    clean = Counter({gap: count for gap, count in seen.items() if gap.strip(WHITE) == ","})
    if clean:
        return clean.most_common(1)[0][0]
    return with_newlines(", " if own.one_line else f",\n{own.indent}", own.newline)
