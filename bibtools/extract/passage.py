"""Running text out of any format: passages that know where each character came from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

PassageKind = Literal["paragraph", "item", "heading", "row", "entry", "rule", "break"]


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere: `start` and `stop` in the passage's text, `url` as written."""

    start: int
    stop: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    r"""A piece of running text without its markup.

    `anchors` are pairs (place in `text`, place in the source): from one to the next the two run in step. Lines of
    the source stay lines. The cells of a `row` are separated by tabs, `columns` are the names in the table's head.
    `hidden` are places whose identifiers do not count (code). A `rule` is the line `\\` of arXiv's mails, a
    `break` any other line that separates.
    """

    kind: PassageKind
    text: str
    anchors: tuple[tuple[int, int], ...]
    links: tuple[Link, ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()
    columns: tuple[str, ...] = ()

    def offset(self, position: int) -> int:
        """Where in the source a character of the text stands."""
        index = max(0, bisect_right(self.anchors, (position, 2**62)) - 1)
        at, offset = self.anchors[index]
        return offset + position - at

    def place(self, start: int, stop: int) -> tuple[int, int]:
        """A half-open range of the text as one of the source; an empty one stays empty."""
        first = self.offset(start)
        return first, (self.offset(stop - 1) + 1 if stop > start else first)


@dataclass(slots=True)
class PassageBuilder:
    """Collects the text of one passage."""

    parts: list[str] = field(default_factory=list)
    anchors: list[tuple[int, int]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, offset: int) -> None:
        """Append text that stands at `offset` of the source."""
        if text:
            self.anchors.append((self.length, offset))
            self.parts.append(text)
            self.length += len(text)

    def build(self, kind: PassageKind, columns: tuple[str, ...] = ()) -> Passage:
        """The passage as collected."""
        return Passage(
            kind=kind,
            text="".join(self.parts),
            anchors=tuple(self.anchors) or ((0, 0),),
            links=tuple(link for link in self.links if link.stop > link.start),
            hidden=tuple(self.hidden),
            columns=columns,
        )
