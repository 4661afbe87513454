"""Finding out a file's habits: every entry votes, the majority wins."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TypeVar

from bibtools.bibfile.blocks import Block, EntryBlock, FieldView, FreeText
from bibtools.bibfile.habits import DEFAULT, Alignment, Case, Habits, MonthForm, case_of, month_form, spelled
from bibtools.bibfile.lines import Newline, main_newline, with_newlines
from bibtools.bibfile.scanner import WHITE
from bibtools.bibfile.view import BibFile

_SAMPLE = 400  # entries, evenly over the file: habits of a file of 10,000 show in these

T = TypeVar("T")


@dataclass(slots=True)
class _Votes:
    """What was seen; each counter is of the habit it is named after."""

    indent: Counter[str] = field(default_factory=Counter)
    own_line: Counter[bool] = field(default_factory=Counter)
    before_equals: Counter[str] = field(default_factory=Counter)
    after_equals: Counter[str] = field(default_factory=Counter)
    alignment: Counter[Alignment] = field(default_factory=Counter)
    column: Counter[tuple[Alignment, int | None]] = field(default_factory=Counter)
    quoted: Counter[bool] = field(default_factory=Counter)
    bare_number: Counter[bool] = field(default_factory=Counter)
    month: Counter[MonthForm] = field(default_factory=Counter)
    field_case: Counter[Case] = field(default_factory=Counter)
    type_case: Counter[Case] = field(default_factory=Counter)
    field_spelling: dict[str, Counter[str]] = field(default_factory=dict)
    type_spelling: dict[str, Counter[str]] = field(default_factory=dict)
    trailing_comma: Counter[bool] = field(default_factory=Counter)
    entry_indent: Counter[str] = field(default_factory=Counter)
    before_key: Counter[str] = field(default_factory=Counter)
    close: Counter[str] = field(default_factory=Counter)
    blank_lines: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where one field stands: `indent` is None unless only blanks stand before it on its line.

    `before` and `after` are the widths of the blanks beside the `=`, with tab stops every eight columns.
    """

    view: FieldView
    indent: str | None
    before: int
    after: int

    @property
    def equals(self) -> int:
        """The column of the `=`, counted from the name."""
        return len(self.view.name) + self.before

    @property
    def value(self) -> int:
        """The column of the value, counted from the name."""
        return self.equals + 1 + self.after


def measure(bib: BibFile) -> Habits:
    """The habits of a file; :data:`DEFAULT` where it says nothing."""
    entries = bib.entries
    newline = main_newline(bib.text)
    if not entries:
        return Habits(newline=newline)
    return _decided(_votes(bib, _sampled(entries)), newline)


def measure_entry(text: str, block: EntryBlock, habits: Habits) -> Habits:
    """The habits of one entry, and the file's in what the entry leaves open."""
    votes = _Votes()
    _vote_entry(votes, text, block)
    return _decided(votes, habits.newline, habits)


def layouts_of(text: str, block: EntryBlock) -> list[Layout]:
    """Where each field of an entry stands."""
    ends = [block.key_span.stop, *(view.value_span.stop for view in block.fields)]
    return [_layout(text, view, end) for view, end in zip(block.fields, ends, strict=False)]


def _layout(text: str, view: FieldView, after: int) -> Layout:
    name, value = view.name_span, view.value_span
    begin = max(text.rfind("\n", after, name.start), text.rfind("\r", after, name.start)) + 1
    indent = text[begin : name.start] if begin else "?"
    equals = text.index("=", name.stop)
    column = len(indent.expandtabs(8)) + len(view.name)
    before = _width(text[name.stop : equals], column)
    return Layout(
        view,
        None if indent.strip(WHITE) else indent,
        before,
        _width(text[equals + 1 : value.start], column + before + 1),
    )


def _width(blanks: str, column: int) -> int:
    """The width of the blanks that begin at a column; that of one blank where a line ends or a remark stands."""
    return 1 if blanks.strip(" \t") else len((" " * (column % 8) + blanks).expandtabs(8)) - column % 8


def _sampled(entries: tuple[EntryBlock, ...]) -> tuple[EntryBlock, ...]:
    return entries[:: len(entries) // _SAMPLE + 1]


def _votes(bib: BibFile, sample: tuple[EntryBlock, ...]) -> _Votes:
    votes = _Votes()
    for block in sample:
        _vote_entry(votes, bib.text, block)
    for before, between, after in zip(bib.blocks, bib.blocks[1:], bib.blocks[2:], strict=False):
        if isinstance(before, EntryBlock) and isinstance(after, EntryBlock):
            _vote_gap(votes, bib.text, between)
    return votes


def _vote_gap(votes: _Votes, text: str, between: Block) -> None:
    gap = text[between.span.start : between.span.stop]
    if isinstance(between, FreeText) and not gap.strip(WHITE):
        *lines, indent = with_newlines(gap, "\n").split("\n")
        if lines:
            votes.blank_lines[len(lines) - 1] += 1
            votes.entry_indent[indent] += 1


def _vote_entry(votes: _Votes, text: str, block: EntryBlock) -> None:
    _vote_name(votes.type_case, votes.type_spelling, block.entry_type)
    blanks = text[block.body.start : block.key_span.start]
    votes.before_key[blanks if not blanks.strip(" \t") else ""] += 1
    layouts = layouts_of(text, block)
    for each in layouts:
        votes.own_line[each.indent is not None] += 1
        if each.indent is not None:
            votes.indent[each.indent] += 1
        _vote_name(votes.field_case, votes.field_spelling, each.view.name)
        _vote_value(votes, text, each.view)
    if layouts:
        _vote_alignment(votes, [each for each in layouts if each.indent is not None])
        rest = text[block.fields[-1].value_span.stop : block.body.stop]
        if "%" not in rest:
            votes.trailing_comma["," in rest] += 1
            votes.close[with_newlines(rest.replace(",", "", 1), "\n").lstrip(" \t")] += 1
        votes.before_equals[" " * min(1, *(each.before for each in layouts))] += 1
        votes.after_equals[" " * min(1, *(each.after for each in layouts))] += 1


def _vote_name(cases: Counter[Case], spellings: dict[str, Counter[str]], name: str) -> None:
    case = case_of(name)
    if case is not None:
        cases[case] += 1
    spellings.setdefault(name.lower(), Counter())[name] += 1


def _vote_value(votes: _Votes, text: str, view: FieldView) -> None:
    if len(view.parts) != 1:
        return
    kind, inner = view.parts[0].kind, view.parts[0].inner(text)
    if inner.isdigit():
        votes.bare_number[kind == "bare"] += 1
    if kind != "bare":
        votes.quoted[kind == "quoted"] += 1
    if view.lower == "month" and (form := month_form(inner, macro=kind == "bare" and not inner.isdigit())):
        votes.month[form] += 1


def _vote_alignment(votes: _Votes, layouts: list[Layout]) -> None:
    widths = {len(each.view.name) for each in layouts}
    if len(widths) < 2:
        return
    equals, values = {each.equals for each in layouts}, {each.value for each in layouts}
    before, after = min(each.before for each in layouts), min(each.after for each in layouts)
    if len(equals) == 1:
        least = max(widths) + min(1, before)
        votes.alignment["equals"] += 1
        votes.column["equals", None if equals == {least} else equals.pop()] += 1
    elif len(values) == 1:
        least = max(each.equals for each in layouts) + 1 + min(1, after)
        votes.alignment["values"] += 1
        votes.column["values", None if values == {least} else values.pop()] += 1
    else:
        votes.alignment["none"] += 1


def _most(counter: Counter[T], default: T) -> T:
    """What most voted for; of equals the default, else what came first."""
    if not counter:
        return default
    top = max(counter.values())
    return default if counter.get(default) == top else next(k for k, n in counter.items() if n == top)


def _decided(votes: _Votes, newline: Newline, default: Habits = DEFAULT) -> Habits:
    one_line = not _most(votes.own_line, not default.one_line)
    before_equals = _most(votes.before_equals, default.before_equals)
    alignment = _most(votes.alignment, default.alignment if before_equals else "none")
    if one_line:
        alignment = "none"
    columns = Counter({column: n for (kind, column), n in votes.column.items() if kind == alignment})
    field_case = _most(votes.field_case, default.field_case)
    type_case = _most(votes.type_case, default.type_case)
    return Habits(
        indent=_most(votes.indent, default.indent),
        alignment=alignment,
        column=_most(columns, default.column),
        before_equals=before_equals,
        after_equals=_most(votes.after_equals, default.after_equals),
        delimiter='"' if _most(votes.quoted, default.delimiter == '"') else "{",
        bare_numbers=_most(votes.bare_number, default.bare_numbers),
        month=_most(votes.month, default.month),
        field_case=field_case,
        type_case=type_case,
        spellings=_spellings(votes, field_case, default),
        trailing_comma=_most(votes.trailing_comma, default.trailing_comma),
        one_line=one_line,
        entry_indent=_most(votes.entry_indent, default.entry_indent),
        before_key=_most(votes.before_key, default.before_key),
        close=_most(votes.close, default.close),
        newline=newline,
        blank_lines=_most(votes.blank_lines, default.blank_lines),
    )


def _spellings(votes: _Votes, case: Case, default: Habits) -> tuple[tuple[str, str], ...]:
    """The file's own way with names that no case explains (`archivePrefix`), and with acronyms (`ISSN`)."""
    seen = {name: max(written, key=lambda each: written[each]) for name, written in votes.field_spelling.items()}
    own = {name: written for name, written in seen.items() if case_of(written) in (None, "upper")}
    own = {name: written for name, written in own.items() if spelled(name, case) != written}
    for name, counts in votes.type_spelling.items():
        written = max(counts, key=lambda each: counts[each])
        if case_of(written) is None:
            own.setdefault(name, written)
    return tuple(sorted({**dict(default.spellings), **own}.items()))
