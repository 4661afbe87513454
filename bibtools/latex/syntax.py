r"""LaTeX text as a tree: text, commands, groups, math. Any text has a tree; nothing in it is an error.

Braces, dollars and escapes that do not pair are taken as what they most likely are: a group is closed where its
surroundings end, a lone `}` means nothing, a lone `$` or one before an amount of money is a dollar sign.
Time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bibtools.latex.commands import DISPLAYS

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\\|[{}$]|[^\\{}$]+", re.DOTALL)
_MONEY = re.compile(r"[0-9][^\\^_{}=<>$]*\Z")
_VERBATIM = ("\\url", "\\href", "\\path")
_CLOSERS = {"\\(": "\\)", "\\[": "\\]"}
_DEEPEST = 30

Kind = Literal["text", "command", "group", "math", "raw"]


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of LaTeX.

    `text` is what a text says (a lone dollar included), a command's name without backslash, the inside of math or
    of a verbatim group; `delimiters` stand around math. `start` and `stop` are its place in the source.
    """

    kind: Kind
    start: int
    stop: int
    text: str = ""
    children: tuple[Node, ...] = ()
    delimiters: tuple[str, str] = ("", "")


def parse(source: str) -> tuple[Node, ...]:
    r"""The tree of a text.

    >>> [node.kind for node in parse(r"On \emph{the} $\alpha$-decay")]
    ['text', 'command', 'group', 'text', 'math', 'text']
    """
    marks = [(match.start(), match[0]) for match in _TOKEN.finditer(source)]
    reader = _Reader(source, marks, _matching([mark for _, mark in marks]))
    return tuple(reader.read(0, len(marks), 0))


def _matching(marks: list[str]) -> dict[int, int]:
    """For each brace that has a partner, where that is."""
    waiting: list[int] = []
    partner: dict[int, int] = {}
    for place, mark in enumerate(marks):
        if mark == "{":
            waiting.append(place)
        elif mark == "}" and waiting:
            partner[waiting.pop()] = place
    return partner


@dataclass(frozen=True, slots=True)
class _Reader:
    source: str
    marks: list[tuple[int, str]]
    partner: dict[int, int]

    def read(self, first: int, last: int, depth: int) -> Iterator[Node]:
        """The nodes of the marks from `first` to before `last`."""
        place = first
        absent: set[str] = set()
        while place < last:
            _, mark = self.marks[place]
            if mark == "{":
                node, place = self._group(place, last, depth)
            elif mark == "}":
                node, place = None, place + 1
            elif mark == "$" or mark in _CLOSERS or mark == "\\begin":
                node, place = self._math(place, last, absent)
            elif mark.startswith("\\"):
                node, place = self._node("command", place, place + 1, mark[1:]), place + 1
            else:
                node, place = self._node("text", place, place + 1, mark), place + 1
            if node is not None:
                yield node
            if node is not None and node.kind == "command" and mark in _VERBATIM and self._opens(place, last):
                stop = self.partner[place]
                yield self._node("raw", place, stop + 1, self._inside(place, stop))
                place = stop + 1

    def _offset(self, place: int) -> int:
        return self.marks[place][0] if place < len(self.marks) else len(self.source)

    def _node(self, kind: Kind, place: int, stop: int, text: str = "", children: tuple[Node, ...] = ()) -> Node:
        return Node(kind, self._offset(place), self._offset(stop), text, children)

    def _inside(self, place: int, stop: int) -> str:
        return self.source[self._offset(place + 1) : self._offset(stop)]

    def _opens(self, place: int, last: int) -> bool:
        return place < last and place in self.partner and self.marks[place][1] == "{"

    def _group(self, place: int, last: int, depth: int) -> tuple[Node | None, int]:
        stop = self.partner.get(place, last)
        if depth >= _DEEPEST:
            text = re.sub(r"[{}$\\]", "", self._inside(place, stop))
            node = self._node("text", place, stop, text) if text else None
        else:
            node = self._node(
                "group", place, min(stop + 1, last), "", tuple(self.read(place + 1, stop, depth + 1))
            )
        return node, min(stop + 1, last)

    def _math(self, place: int, last: int, absent: set[str]) -> tuple[Node | None, int]:
        """Math that begins here, or the mark as text or command if none does."""
        _, mark = self.marks[place]
        opener, width = mark, 1
        if mark == "$" and place + 1 < last and self.marks[place + 1][1] == "$":
            opener, width = "$$", 2
        elif mark == "\\begin":
            opener, width = self._environment(place, last), 4
        closer = opener.replace("\\begin", "\\end") if width == 4 else _CLOSERS.get(opener, opener)
        stop = self._find(closer, place + width, last) if opener and closer not in absent else None
        if stop is None:
            absent.add(closer)
            kind: Kind = "text" if mark == "$" else "command"
            return self._node(kind, place, place + 1, mark.removeprefix("\\")), place + 1
        inside = self.source[self._offset(place + width) : self._offset(stop)]
        stop += width
        if mark == "$" and self._is_money(inside, stop):
            return self._node("text", place, place + 1, "$"), place + 1
        return Node("math", self._offset(place), self._offset(stop), inside, (), (opener, closer)), stop

    def _environment(self, place: int, last: int) -> str:
        r"""`\begin{name}` if it is an environment of math."""
        if place + 3 < last and [mark for _, mark in self.marks[place + 1 : place + 4 : 2]] == ["{", "}"]:
            name = self.marks[place + 2][1]
            return f"\\begin{{{name}}}" if name in DISPLAYS else ""
        return ""

    def _find(self, closer: str, place: int, last: int) -> int | None:
        """Where `closer` stands on the level of `place`."""
        head = "\\end" if closer.startswith("\\end") else closer[:1] if closer[:1] == "$" else closer
        while place < last:
            mark = self.marks[place][1]
            if mark == head and self.source.startswith(closer, self._offset(place)):
                return place
            place = self.partner.get(place, place) + 1
        return None

    def _is_money(self, inside: str, stop: int) -> bool:
        """`$5 and $10`: no math begins with an amount and ends before another or behind a blank."""
        if not _MONEY.match(inside):
            return False
        after = self.source[self._offset(stop) :][:1] if stop <= len(self.marks) else ""
        return after.isdigit() or inside[-1:].isspace()
