"""One block at a time: from the place where it begins to a block and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bibtools.bibfile.blocks import (
    Block,
    BrokenBlock,
    CommentBlock,
    EntryBlock,
    FieldView,
    Part,
    PreambleBlock,
    StringBlock,
)
from bibtools.bibfile.scanner import KEY, KINDS, MOST_PARTS, SIMPLE_FIELD, WHITE, Scanner, Start
from bibtools.model import Span
from bibtools.text import LONGEST_VALUE, shortened

_PAREN = re.compile(r"[{})]")


class Fault(NamedTuple):
    """Something wrong at an offset of the text; what a `Problem` is made of."""

    at: int
    code: str
    message: str
    hint: str | None
    key: str | None = None


@dataclass(slots=True)
class _Reader:
    """One block being read. What reads returns None where the block breaks; `fault` then says how."""

    scanner: Scanner
    start: Start
    opening: Literal["{", "("]
    faults: list[Fault]
    fault: tuple[str, int, str] | None = None
    key: str | None = None
    key_span: Span | None = None

    @property
    def closing(self) -> str:
        return "}" if self.opening == "{" else ")"

    def breaks(self, code: str, at: int, message: str) -> None:
        self.fault = self.fault or (code, at, message)

    def is_at(self, at: int, char: str) -> bool:
        return self.scanner.text.startswith(char, at)

    def read_key(self) -> int | None:
        """Past the key; the offset is at the comma or the closing delimiter."""
        at = self.scanner.skip(self.start.opening + 1)
        match = KEY[self.opening].match(self.scanner.text, at)
        stop = match.end() if match else at
        after = self.scanner.skip(stop)
        if self.opening == "(" and match and match[0].endswith(")") and not self.is_at(after, ","):
            stop = after = stop - 1
        self.key, self.key_span = self.scanner.text[at:stop], Span(at, stop)
        if self.is_at(after, ",") or self.is_at(after, self.closing):
            if not self.key:
                self.faults.append(
                    Fault(self.start.at, "bib-missing-key", "the entry has no citation key", _NO_KEY)
                )
            return after
        words = self.key.split()
        if len(words) > 1:
            self.key, after = words[0], at + len(words[0])
        elif self.is_at(after, "=") or "=" in self.key:
            self.key = None
            self.breaks("bib-missing-key", self.start.at, "the entry has no citation key")
            return None
        self.breaks("bib-missing-comma", after, "expected a comma after the citation key")
        return None

    def read_fields(self, at: int) -> tuple[list[FieldView], int] | None:
        """All fields from the offset behind the key; the offset returned is at the closing delimiter."""
        fields: list[FieldView] = []
        text, simple = self.scanner.text, SIMPLE_FIELD[self.closing]
        after_comma = self.is_at(at, ",")
        while after_comma:
            if len(fields) == MOST_PARTS:
                self.breaks("bib-too-large", at, f"an entry of more than {MOST_PARTS:,} fields")
                return None
            match = simple.match(text, at + 1)
            if match:
                name, value = Span(*match.span(1)), Span(*match.span(2))
                kind = KINDS.get(text[value.start], "bare")
                fields.append(FieldView(match[1], name, value, (Part(kind, value),)))
                at = match.start(3)
                after_comma = match[3] == ","
                continue
            begin = self.scanner.skip(at + 1)
            if self.is_at(begin, self.closing):
                return fields, begin
            if self.is_at(begin, ","):
                self.faults.append(Fault(begin, "bib-stray-comma", "a comma without a field", _STRAY))
                at = begin
                continue
            read = self.read_field(begin)
            if read is None:
                return None
            fields.append(read[0])
            at = read[1]
            after_comma = not self.is_at(at, self.closing)
        return fields, at

    def read_field(self, at: int) -> tuple[FieldView, int] | None:
        """One field; the offset returned is at what counts as the comma behind it, or at the closing delimiter."""
        text = self.scanner.text
        name_stop = self.scanner.name(at)
        if name_stop is None:
            self.breaks("bib-syntax", at, "expected a field: name = value")
            return None
        name = text[at:name_stop]
        begin = self.scanner.skip(text.index("=", name_stop) + 1)
        if self.is_at(begin, ",") or self.is_at(begin, self.closing):
            self.faults.append(Fault(at, "bib-empty-value", f'the field "{name}" has no value', _EMPTY, self.key))
            here = text.index("=", name_stop) + 1
            return FieldView(name, Span(at, name_stop), Span(here, here), ()), begin
        parts = self.scanner.value(begin)
        if parts is None:
            self.breaks("bib-syntax", begin, f'the value of "{name}" cannot be read')
            return None
        stop = parts[-1].span.stop
        field = FieldView(name, Span(at, name_stop), Span(begin, stop), parts)
        after = self.scanner.skip(stop)
        if self.is_at(after, ",") or self.is_at(after, self.closing):
            return field, after
        if self.scanner.name(after) is not None and after > stop:
            message = f'expected a comma after the field "{name}"'
            self.faults.append(Fault(stop, "bib-missing-comma", message, _MISSING_COMMA, self.key))
            return field, after - 1
        self.breaks("bib-syntax", after, f'expected a comma or "{self.closing}" after the field "{name}"')
        return None


_NO_KEY = "write one after the opening brace, followed by a comma"
_STRAY = "BibTeX ignores what follows in this entry; remove the comma"
_EMPTY = "write {} or remove the field"
_MISSING_COMMA = "BibTeX ignores what follows in this entry; add the comma"
_RECOVERED = "the block is left as it is; reading goes on at the next one"
_TOO_LARGE = "shorten it, or keep such a text in a file of its own and name that"
_SWALLOWED = "if that is not meant, look for a missing closing brace or quote before it"


def read_block(scanner: Scanner, start: Start) -> tuple[Block, list[Fault]]:
    """The block that begins at `start`, which may turn out to be broken, and its faults."""
    opening: Literal["{", "("] = "{" if scanner.text[start.opening] == "{" else "("
    reader = _Reader(scanner, start, opening, [])
    kind = scanner.text[start.type_start : start.type_stop].lower()
    read = {"comment": _comment, "string": _string, "preamble": _preamble}.get(kind, _entry)
    block = read(reader)
    if block is None:
        return _broken(reader)
    if large := _too_large(block):
        return _left_alone(block, *large)
    if scanner.next_line_start(start.at + 1) < block.span.stop and not isinstance(block, CommentBlock):
        at = scanner.next_line_start(start.at + 1)
        reader.faults.append(
            Fault(at, "bib-runaway", "a line inside a value begins like an entry", _SWALLOWED, reader.key)
        )
    return block, reader.faults


def _too_large(block: Block) -> tuple[str, Span] | None:
    """The first part of a block that is longer than anybody means it to be: what it is, and where it stands."""
    if block.span.stop - block.span.start <= LONGEST_VALUE:
        return None
    parts: list[tuple[str, Span]] = []
    if isinstance(block, StringBlock):
        parts = [("a macro's name", block.name_span), ("the value of a macro", block.value_span)]
    elif isinstance(block, EntryBlock):
        parts = [("the entry's type", block.type_span), ("the citation key", block.key_span)]
        for field in block.fields:
            name = shortened(field.name)
            parts += [("a field's name", field.name_span), (f'the value of "{name}"', field.value_span)]
    return next(((what, span) for what, span in parts if span.stop - span.start > LONGEST_VALUE), None)


def _left_alone(block: Block, what: str, span: Span) -> tuple[BrokenBlock, list[Fault]]:
    kind, key = (block.entry_type, block.key) if isinstance(block, EntryBlock) else ("string", "")
    kind, key = (text if len(text) <= LONGEST_VALUE else "" for text in (kind, key))
    message = f"{what} is longer than {LONGEST_VALUE:,} characters; the block is left as it is, and not used"
    broken = BrokenBlock(span=block.span, entry_type=kind, key=key or None)
    return broken, [Fault(span.start, "bib-too-large", message, _TOO_LARGE, key or None)]


def _entry(reader: _Reader) -> EntryBlock | None:
    at = reader.read_key()
    read = None if at is None else reader.read_fields(at)
    if read is None or reader.key is None or reader.key_span is None:
        return None
    fields, close = read
    text, start = reader.scanner.text, reader.start
    return EntryBlock(
        span=Span(start.at, close + 1),
        entry_type=text[start.type_start : start.type_stop],
        type_span=Span(start.type_start, start.type_stop),
        key=reader.key,
        key_span=reader.key_span,
        fields=tuple(fields),
        opening=reader.opening,
        body=Span(start.opening + 1, close),
    )


def _string(reader: _Reader) -> StringBlock | None:
    at = reader.scanner.skip(reader.start.opening + 1)
    read = reader.read_field(at)
    if read is None:
        return None
    field, close = read
    if reader.is_at(close, ","):
        close = reader.scanner.skip(close + 1)
    if not reader.is_at(close, reader.closing):
        reader.breaks("bib-syntax", close, f'expected "{reader.closing}" after the macro\'s value')
        return None
    return StringBlock(
        span=Span(reader.start.at, close + 1),
        name=field.name,
        name_span=field.name_span,
        value_span=field.value_span,
        parts=field.parts,
    )


def _preamble(reader: _Reader) -> PreambleBlock | None:
    parts = reader.scanner.value(reader.scanner.skip(reader.start.opening + 1))
    close = reader.scanner.skip(parts[-1].span.stop) if parts else -1
    if parts is not None and reader.is_at(close, reader.closing):
        return PreambleBlock(span=Span(reader.start.at, close + 1), parts=parts)
    brace = reader.scanner.closing_brace(reader.start.opening)
    if brace is None:
        reader.breaks("bib-syntax", reader.start.at, "the preamble cannot be read")
        return None
    message = "the preamble is no value"
    reader.faults.append(Fault(reader.start.at, "bib-syntax", message, 'write it as @preamble{"…"}'))
    return PreambleBlock(span=Span(reader.start.at, brace + 1), parts=())


def _comment(reader: _Reader) -> CommentBlock | None:
    opening = reader.start.opening
    close = reader.scanner.closing_brace(opening) if reader.opening == "{" else _closing_paren(reader)
    if close is None:
        reader.breaks("bib-unclosed", reader.start.at, "the comment is not closed")
        return None
    return CommentBlock(span=Span(reader.start.at, close + 1), body=Span(opening + 1, close))


def _closing_paren(reader: _Reader) -> int | None:
    """The first `)` outside braces, before the next block that begins a line."""
    scanner, at = reader.scanner, reader.start.opening + 1
    limit = scanner.next_line_start(at)
    while match := _PAREN.search(scanner.text, at, limit):
        if match[0] == ")":
            return match.start()
        close = scanner.closing_brace(match.start()) if match[0] == "{" else None
        at = match.end() if close is None else close + 1
    return None


def _broken(reader: _Reader) -> tuple[BrokenBlock, list[Fault]]:
    """Up to the block's own closing brace, if nothing else begins before it, else up to what begins next."""
    scanner, start = reader.scanner, reader.start
    limit = scanner.next_line_start(start.at + 1)
    brace = scanner.closing_brace(start.opening) if reader.opening == "{" else None
    is_closed = brace is not None and brace < limit
    if brace is not None and is_closed:
        stop = brace + 1
    else:
        stop = start.at + len(scanner.text[start.at : limit].rstrip(WHITE))
    kind = scanner.text[start.type_start : start.type_stop]
    key = reader.key or None
    code, at, message = reader.fault or ("bib-syntax", start.at, "the block cannot be read")
    if not is_closed and (at >= stop or reader.opening == "{"):
        what = f'entry "{key}"' if key else f"@{kind}"
        code, at, message = "bib-unclosed", start.at, f"{what} is not closed"
    block = BrokenBlock(span=Span(start.at, stop), entry_type=kind, key=key)
    return block, [Fault(at, code, message, _RECOVERED, key)]
