r"""How a file is written: indent, alignment, delimiters, case, commas; and entries written that way.

Each habit is what most entries do. A new or empty file gets the shape of :data:`DEFAULT`: two blanks of indent,
`=` in one column, braces, a comma after the last field, one blank line between entries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bibtools.bibfile.lines import Newline, with_newlines
from bibtools.bibfile.meaning import MONTHS
from bibtools.bibfile.scanner import (
    has_bare_quote,
    is_balanced,
    is_citation_key,
    is_entry_type,
    is_field_name,
    is_word,
)
from bibtools.errors import InternalError
from bibtools.model import Entry, Field

Case = Literal["lower", "upper", "title"]
Alignment = Literal["none", "equals", "values"]
MonthForm = Literal["macro", "name", "abbreviation", "number"]
Delimiter = Literal["{", '"']

_COMPOUND = re.compile("(in)(book|collection|proceedings)|(phd|masters)(thesis)|(tech)(report)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    r"""How entries of a file are written.

    `indent` begins a field's line. With `alignment` `equals` the `=` stand in one column, with `values` the values
    do and the `=` follow the names; `column` is that column counted from the name's first character, None where
    each entry has its own. `before_equals` and `after_equals` are the blanks beside the `=` (the least, where
    aligned). `spellings` are names of fields and types as the file writes them, where case alone does not tell.
    `one_line` puts an entry on one line. `close` is what stands between the last field and the closing brace.
    """

    indent: str = "  "
    alignment: Alignment = "equals"
    column: int | None = None
    before_equals: str = " "
    after_equals: str = " "
    delimiter: Delimiter = "{"
    bare_numbers: bool = False
    month: MonthForm = "macro"
    field_case: Case = "lower"
    type_case: Case = "lower"
    spellings: tuple[tuple[str, str], ...] = ()
    trailing_comma: bool = True
    one_line: bool = False
    entry_indent: str = ""
    before_key: str = ""
    close: str = "\n"
    newline: Newline = "\n"
    blank_lines: int = 1


DEFAULT = Habits()


def adopted(entry: Entry, habits: Habits) -> Entry:
    """The entry as it will be read after :func:`render_entry`: only the form of the month may differ.

    >>> adopted(Entry(entry_type="misc", key="a", fields=(Field("month", "jun", macro=True),)), DEFAULT).fields
    (Field(name='month', value='jun', macro=True),)
    """
    return replace(entry, fields=tuple(adopted_field(field, habits) for field in entry.fields))


def adopted_field(field: Field, habits: Habits) -> Field:
    """One field as it will be read after writing it after the file's habits."""
    if field.name != "month" or not field.macro or habits.month == "macro" or field.value not in MONTHS:
        return field
    name = MONTHS[field.value]
    forms = {"name": name, "abbreviation": name[:3], "number": str(list(MONTHS).index(field.value) + 1)}
    return Field(field.name, forms[habits.month])


def render_entry(entry: Entry, habits: Habits = DEFAULT) -> str:
    r"""The text of an entry, with a newline at its end.

    InternalError (`bib-unwritable`) for a key, name or value that cannot be written so that it is read again.

    >>> print(render_entry(Entry(entry_type="misc", key="a", fields=(Field("year", "2017"), Field("note", "x")))))
    @misc{a,
      year = {2017},
      note = {x},
    }
    <BLANKLINE>
    """
    if not is_citation_key(entry.key) or not is_entry_type(entry.entry_type):
        raise unwritable(f'the entry "@{entry.entry_type}{{{entry.key}"')
    names = [spelled(field.name, habits.field_case, habits.spellings) for field in entry.fields]
    width = max(map(len, names), default=0)
    lines = [
        render_field(field, name, habits, width)
        for field, name in zip(adopted(entry, habits).fields, names, strict=True)
    ]
    gap = " " if habits.one_line else habits.newline + habits.indent
    body = "".join(f",{gap}{line}" for line in lines)
    end = "," if habits.trailing_comma or not lines else ""
    kind = spelled(entry.entry_type, habits.type_case, habits.spellings)
    close = with_newlines(habits.close, habits.newline)
    return f"{habits.entry_indent}@{kind}{{{habits.before_key}{entry.key}{body}{end}{close}}}{habits.newline}"


def render_field(field: Field, name: str, habits: Habits, width: int) -> str:
    """`name = value` with the `=` or the value in its column; `width` is that of the entry's longest name."""
    value = render_value(field, habits.delimiter, habits.newline, bare_number=habits.bare_numbers)
    before, after = habits.before_equals, habits.after_equals
    if habits.alignment == "equals":
        before = " " * max(len(before), (habits.column or width + len(before)) - len(name))
    elif habits.alignment == "values":
        least = len(f"{name}{before}={after}")
        column = habits.column or width + len(f"{before}={after}")
        after += " " * max(0, column - least)
    return f"{name}{before}={after}{value}"


def render_value(field: Field, delimiter: str, newline: str = "\n", *, bare_number: bool = False) -> str:
    r"""A value with its delimiters: those asked for, as long as it is still read as itself.

    InternalError (`bib-unwritable`) for unbalanced braces or an impossible macro.

    >>> render_value(Field("title", 'A "quoted" word'), '"')
    '{A "quoted" word}'
    """
    value = field.value
    if field.macro:
        if not is_word(value) or value[0].isdigit():
            raise unwritable(f'the macro "{value}"')
        return value
    if bare_number and value.isascii() and value.isdigit():
        return value
    if not is_balanced(value):
        raise unwritable(f'the value of "{field.name}", whose braces do not match,')
    if "\n" in value or "\r" in value:
        value = with_newlines(value, newline)
    if delimiter == '"' and not has_bare_quote(value):
        return f'"{value}"'
    return f"{{{value}}}"


def spelled(name: str, case: Case, spellings: tuple[tuple[str, str], ...] = ()) -> str:
    """A lower-case name of a field or type in the file's case.

    >>> spelled("date-added", "title"), spelled("inproceedings", "title")
    ('Date-Added', 'InProceedings')
    """
    if not is_field_name(name):
        raise unwritable(f'the name "{name}"')
    known = dict(spellings).get(name.lower())
    if known is not None or case == "lower":
        return known or name
    if case == "upper":
        written = name.upper()
    else:
        match = _COMPOUND.fullmatch(name)
        parts = filter(None, match.groups()) if match else re.split("(?<=[-_])", name)
        written = "".join(part[:1].upper() + part[1:] for part in parts)
    return written if written.lower() == name else name


def unwritable(what: str) -> InternalError:
    """The error for what would break the file."""
    return InternalError("bib-unwritable", f"{what} cannot be written in a .bib file")


def case_of(name: str) -> Case | None:
    """The case of a name as written; None for one that mixes cases in its own way.

    >>> case_of("TITLE"), case_of("Date-Added"), case_of("archivePrefix")
    ('upper', 'title', None)
    """
    if name == name.lower():
        return "lower"
    if name == name.upper():
        return "upper" if len(name) > 1 else None
    return "title" if spelled(name.lower(), "title") == name else None


def month_form(value: str, *, macro: bool, months: Mapping[str, str] = MONTHS) -> MonthForm | None:
    """In which form a month is written; None for any other text.

    >>> month_form("jun", macro=True), month_form("June", macro=False), month_form("06", macro=False)
    ('macro', 'name', 'number')
    """
    text = value.strip().strip("{}").rstrip(".").lower()
    if macro:
        return "macro" if text in months else None
    if text.isascii() and text.isdigit():
        return "number"
    if text in months:
        return "name" if months[text].lower() == text and len(value.strip()) > 3 else "abbreviation"
    return "name" if text.capitalize() in months.values() else None
