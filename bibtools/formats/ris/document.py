"""A RIS file: records, each from `TY` to `ER`, a line for each value.

A value is one line: what is wrapped is read by some programs as it is, by others with the words run together.
Lines end in LF, as JabRef and publishers write them and all readers take them, though the specifications ask for
CR LF: a file that is kept in git must not change when git or an editor settles the ends of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bibtools import names
from bibtools.errors import Place, Problem
from bibtools.formats.items import Exported, Item, Parsed, ParsedEntry
from bibtools.formats.ris.reading import entry_of, name_of
from bibtools.formats.ris.tags import READ_TYPES
from bibtools.formats.ris.writing import PEOPLE, VERBATIM, in_our_words, tags_of
from bibtools.identifiers import parse_arxiv
from bibtools.latex.plain import to_plain
from bibtools.model import Entry, Span
from bibtools.text import LONGEST_VALUE

_LINE = re.compile(r"[^\r\n]*")
_LINE_END = re.compile(r"\r\n|\n|\r")
_TAG = re.compile(
    r"\ufeff?[ \t\xa0]{0,3}(?:([A-Z][A-Z0-9])(?:[ \t\xa0]{1,3}-(?:[ \t\xa0]|\Z)|[ \t\xa0]{2}[-–—])"
    r"|([A-Za-z][A-Za-z0-9])  -(?: |\Z))"
)
_LONGEST_TAG = 12


def render(items: Sequence[Item]) -> Exported:
    """The items as one file.

    What it does not say of an entry is reported: each record is read again, and the fields that say less then are
    named (`format-lost-field`).
    """
    records, problems = [], []
    for item in items:
        entry = in_our_words(item.entry)
        tags = tags_of(entry)
        read = in_our_words(entry_of(tags)[0])
        records.append("".join(f"{tag}  - {value}\n" for tag, value in (*tags, ("ER", ""))))
        if lost := _lost(entry, read):
            problems.append(_lost_problem(lost, item.entry.key))
    return Exported(text="\n".join(records), problems=tuple(problems))


def _lost(entry: Entry, read: Entry) -> list[str]:
    """The names of the fields of which the entry, read again, says less."""
    lost = [field.name for field in entry.fields if not _says(read, field.name, field.value)]
    return lost if read.entry_type == entry.entry_type else [f"@{entry.entry_type}", *lost]


def _says(read: Entry, name: str, wanted: str) -> bool:
    value = read.get(name)
    if value is None and name in ("url", "doi") and (address := parse_arxiv(wanted)):
        eprint = parse_arxiv(read.get("eprint") or "")
        return eprint is not None and eprint.number == address.number
    if value is None or value == wanted:
        return value is not None
    if name in VERBATIM:
        return value.lower() == wanted.lower()
    if name in PEOPLE:
        return _people(value) == _people(wanted)
    return _visible(value) == _visible(wanted)


def _people(value: str) -> list[str]:
    """The names as they are read; a suffix is one with or without a comma before it."""
    listed = names.parse_bibtex(value).names
    return [_visible(name.literal or name.natural.replace(",", "")) for name in listed]


def _visible(value: str) -> str:
    """What a reader sees of a value, blanks and dashes aside."""
    return re.sub(r"[\s–—-]+", "-", to_plain(value))


def _lost_problem(lost: Sequence[str], key: str) -> Problem:
    return Problem(
        severity="info",
        code="format-lost-field",
        message=f"RIS does not hold all of {', '.join(lost)}",
        hint="BibLaTeX and CSL-JSON hold more",
        key=key,
    )


# -- reading -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Record:
    """The tags of a record, and where it stands."""

    start: int
    stop: int
    line: int
    tags: list[tuple[str, list[str]]] = field(default_factory=list)

    def extend(self, text: str, stop: int) -> None:
        """A line without a tag continues the value before; of keywords it is one more."""
        if self.tags and text:
            self.tags[-1][1].append(text)
            self.stop = stop

    @property
    def values(self) -> list[tuple[str, str]]:
        """The tags with their values, those that are wrapped in one."""
        return [(tag, ("\n" if tag == "KW" else " ").join(filter(None, lines))) for tag, lines in self.tags]


def parse(text: str) -> Parsed:
    """The entries of a file, in biblatex's words.

    Problems: `ris-outside` (text outside records), `ris-unclosed`, `ris-untyped` (a record that does not begin
    with `TY`), `ris-type` (a type that is not known), `ris-empty` (nothing to read in it, and no key),
    `ris-too-large` (values that are left out), `ris-unread` (tags that no field says).
    """
    entries: list[ParsedEntry] = []
    problems: list[Problem] = []
    for record in _records(text, problems):
        values = record.values
        long = [tag for tag, value in values if len(value) > LONGEST_VALUE]
        if long:
            message = f"{', '.join(long)} is longer than {LONGEST_VALUE:,} characters; left out"
            problems.append(_problem("warning", "ris-too-large", message, record.line))
            values = [(tag, value) for tag, value in values if len(value) <= LONGEST_VALUE]
        kind = next((value for tag, value in values if tag == "TY"), None)
        entry, unread = entry_of(values)
        if not entry.fields and not entry.key:
            problems.append(empty(record.line))
            continue
        if kind is not None and kind.strip().upper() not in READ_TYPES:
            message = f'the type "{kind[:20]}" is not known; the entry is @{entry.entry_type}'
            problems.append(_problem("info", "ris-type", message, record.line, entry.key or None))
        if unread:
            message = f"no field says what stands behind {', '.join(unread)}"
            problems.append(_problem("info", "ris-unread", message, record.line, entry.key or None))
        span = Span(record.start, record.stop)
        entries.append(ParsedEntry(entry=entry, span=span, name=name_of(values, entry)))
    return Parsed(
        entries=tuple(entries), problems=tuple(problems), usable=bool(entries) or not text.strip("\ufeff \t\r\n")
    )


def _records(text: str, problems: list[Problem]) -> Iterator[_Record]:
    current: _Record | None = None
    outside = False
    for number, start, line in _lines(text):
        match = _TAG.match(line[:_LONGEST_TAG])
        stop = start + len(line)
        if match is None:
            if current is not None:
                current.extend(line.strip(), stop)
            elif line.strip("\ufeff \t\x1a") and not outside:
                outside = True
                problems.append(_problem("warning", "ris-outside", "text outside a record is ignored", number))
            continue
        tag, value = (match[1] or match[2]).upper(), line[match.end() :].strip()
        if tag == "TY" and current is not None:
            problems.append(_unclosed(current))
            yield current
            current = None
        if current is None and tag == "ER":
            continue
        if current is None:
            current = _Record(start, stop, number)
            if tag != "TY":
                problems.append(_problem("warning", "ris-untyped", "a record does not begin with TY", number))
        current.stop = stop
        current.tags.append((tag, [value]))
        if tag == "ER":
            yield current
            current, outside = None, False
    if current is not None:
        problems.append(_unclosed(current))
        yield current


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """The number, the place and the text of each line."""
    start = number = 0
    while start < len(text):
        number += 1
        line = _LINE.match(text, start)[0]  # type: ignore[index]  # may match nothing
        yield number, start, line
        end = _LINE_END.match(text, start + len(line))
        start = end.end() if end else len(text)


def empty(line: int) -> Problem:
    """What is said of a record that says nothing."""
    message = "a record without title, authors or anything else to read is left out"
    return _problem("warning", "ris-empty", message, line)


def _unclosed(record: _Record) -> Problem:
    return _problem("warning", "ris-unclosed", "a record is not closed by ER", record.line)


def _problem(severity: str, code: str, message: str, line: int, key: str | None = None) -> Problem:
    return Problem(severity=severity, code=code, message=message, where=Place(line=line), key=key)  # type: ignore[arg-type]
