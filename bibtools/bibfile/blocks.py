"""What a `.bib` file consists of: blocks whose texts, one after the other, are the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bibtools.model import Span

PartKind = Literal["braced", "quoted", "bare"]


@dataclass(frozen=True, slots=True)
class Part:
    """One operand of a value: `{…}`, `"…"` or a bare word; `span` includes the delimiters."""

    kind: PartKind
    span: Span

    def inner(self, text: str) -> str:
        """The text of the part without its delimiters."""
        edge = 0 if self.kind == "bare" else 1
        return text[self.span.start + edge : self.span.stop - edge]


@dataclass(frozen=True, slots=True)
class FieldView:
    """One `name = value` as it stands; `value_span` covers delimiters and all parts joined by `#`.

    A field whose value is missing (`year = ,`) has no parts and an empty `value_span`.
    """

    name: str
    name_span: Span
    value_span: Span
    parts: tuple[Part, ...]

    @property
    def lower(self) -> str:
        """The name as BibTeX compares it."""
        return self.name.lower()

    def raw(self, text: str) -> str:
        """The value as written: without delimiters where it is one part, whole otherwise."""
        if len(self.parts) == 1:
            return self.parts[0].inner(text)
        return text[self.value_span.start : self.value_span.stop]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryBlock:
    """An entry that can be read. `body` is what stands between the opening and the closing delimiter."""

    span: Span
    entry_type: str
    type_span: Span
    key: str
    key_span: Span
    fields: tuple[FieldView, ...]
    opening: Literal["{", "("]
    body: Span

    def field(self, name: str) -> FieldView | None:
        """The first field of that name, in any case."""
        name = name.lower()
        return next((field for field in self.fields if field.lower == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StringBlock:
    """`@string{name = value}`: a macro."""

    span: Span
    name: str
    name_span: Span
    value_span: Span
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreambleBlock:
    """`@preamble{value}`; without parts where the value is not one that BibTeX reads."""

    span: Span
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentBlock:
    """`@comment{…}`; `body` is what stands inside."""

    span: Span
    body: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """Whatever stands between blocks: white space, remarks, `%` lines."""

    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenBlock:
    """A block that cannot be read, up to its closing brace or the next block that begins a line.

    `key` is what would have been its key, as far as that can be told: the file holds it already.
    """

    span: Span
    entry_type: str
    key: str | None


Block = EntryBlock | StringBlock | PreambleBlock | CommentBlock | FreeText | BrokenBlock
