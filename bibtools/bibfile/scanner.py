r"""The words of a `.bib` file: where blocks may begin, which braces belong together, values and their parts.

After BibTeX's own rules (Patashnik, *BibTeXing*, and `bibtex.web`, sections 218 to 261): braces pair up
everywhere, a backslash does not hide one; a `"` ends a quoted value only outside braces. Two things are taken
from btparse and biber, because files that are in use need them: `%` comments out the rest of a line between
tokens, and an entry behind `%` is no entry.

Everything is linear in the length of the text, whatever stands in it: braces are paired once for the whole text,
so no scan is ever repeated, and the patterns neither backtrack nor recurse. Offsets, which may be as many as
characters, are kept in arrays: eight bytes each, where a list of them takes forty.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bibtools.bibfile.blocks import Part, PartKind
from bibtools.model import Span

WHITE = " \t\r\n\f\v\u00a0\ufeff"
_W = f"[{WHITE}]*+"
_TYPE = re.compile(r"[^\W\d_][\w-]*+")
_START = re.compile(rf"@{_W}(?P<type>{_TYPE.pattern})(?P<gap>{_W})(?P<opening>[{{(])")
_SKIP = re.compile(rf"(?:[{WHITE}]++|%[^\r\n]*+)*+")
_WHITE_RUN = re.compile(_W)
_BRACE = re.compile(r"[{}]")
_QUOTE_MARK = re.compile(r'["{}]')
_PLAIN = "[^{}]*+"
_NESTED = _PLAIN
for _ in range(3):
    _NESTED = rf"{_PLAIN}(?:\{{{_NESTED}\}}{_PLAIN})*+"
_BRACED = rf"\{{{_NESTED}\}}"
_QUOTED = rf'"(?:[^"{{}}]++|{_BRACED})*+"'
_BARE = rf'[^{WHITE}"#%{{}}(),=]++'
_NAME = rf'[^{WHITE}"#%{{}}(),=@]++'
_BARE_WORD = re.compile(_BARE)
_FIELD_NAME = re.compile(rf"({_NAME}){_W}=")
KEY = {
    "{": re.compile(rf"[^{WHITE},{{}}]++(?:[ \t]++[^{WHITE},{{}}=%]++)*+"),
    "(": re.compile(rf"[^{WHITE},{{}}]++"),
}
"""A citation key, by the delimiter of the entry. BibTeX allows no blanks in it; files have them."""

_SIMPLE_FIELD = rf"{_W}({_NAME}){_W}={_W}({_BRACED}|{_QUOTED}|{_BARE}){_W}"
SIMPLE_FIELD = {
    "}": re.compile(rf"{_SIMPLE_FIELD}([,}}])"),
    ")": re.compile(rf"{_SIMPLE_FIELD}([,)])"),
}
"""The common field, with a value of one part, read in one step; anything else is read token by token."""

MOST_PARTS = 10_000  # of one value, and fields of one entry: bounds for what is no bibliography

KINDS: Mapping[str, PartKind] = {"{": "braced", '"': "quoted"}


class Start(NamedTuple):
    """A place where a block may begin: offsets of the `@`, the type's name and the opening delimiter."""

    at: int
    type_start: int
    type_stop: int
    opening: int


@dataclass(slots=True)
class Scanner:
    """A text and what is found out about it once: where blocks may begin, and which of these begin a line."""

    text: str
    starts: array[int]
    line_starts: array[int]
    _openings: array[int] | None = None
    _closings: array[int] | None = None

    def start(self, at: int) -> Start:
        """What begins at one of the `starts`."""
        match = _START.match(self.text, at)
        assert match is not None
        return Start(at, match.start("type"), match.end("type"), match.start("opening"))

    def closing_brace(self, opening: int) -> int | None:
        """The offset of the brace that closes the one at `opening`, if there is one."""
        if self._openings is None or self._closings is None:
            self._openings, self._closings = _pair_braces(self.text)
        index = bisect_left(self._openings, opening)
        return self._closings[index] or None

    def next_line_start(self, after: int) -> int:
        """Where the next block begins that is the first thing on its line; the text's end without one."""
        index = bisect_left(self.line_starts, after)
        return self.line_starts[index] if index < len(self.line_starts) else len(self.text)

    def skip(self, at: int) -> int:
        """Past white space and `%` comments."""
        match = _SKIP.match(self.text, at)
        return match.end() if match else at

    def name(self, at: int) -> int | None:
        """The end of a field's name at `at` that has its `=`."""
        match = _FIELD_NAME.match(self.text, at)
        return match.end(1) if match else None

    def value(self, at: int) -> tuple[Part, ...] | None:
        """The parts of a value that begins at `at`; None where it is not one."""
        parts: list[Part] = []
        while True:
            part = self._part(at)
            if part is None or len(parts) == MOST_PARTS:
                return None
            parts.append(part)
            at = self.skip(part.span.stop)
            if not self.text.startswith("#", at):
                return tuple(parts)
            at = self.skip(at + 1)

    def _part(self, at: int) -> Part | None:
        char = self.text[at : at + 1]
        if char == "{":
            close = self.closing_brace(at)
            return None if close is None else Part("braced", Span(at, close + 1))
        if char == '"':
            stop = self._closing_quote(at)
            return None if stop is None else Part("quoted", Span(at, stop + 1))
        match = _BARE_WORD.match(self.text, at)
        return Part("bare", Span(at, match.end())) if match else None

    def _closing_quote(self, opening: int) -> int | None:
        at = opening + 1
        while match := _QUOTE_MARK.search(self.text, at):
            if match[0] == '"':
                return match.start()
            close = self.closing_brace(match.start()) if match[0] == "{" else None
            if close is None:
                return None
            at = close + 1
        return None


def scan(text: str) -> Scanner:
    """Find where blocks may begin."""
    starts, line_starts = array("Q"), array("Q")
    for match in _START.finditer(text):
        at, type_start = match.start(), match.start("type")
        before = text[at - 1] if at else "\n"
        if _is_word(before) and (match["opening"] == "(" or match["gap"] or type_start > at + 1):
            continue  # an e-mail address
        starts.append(at)
        if _begins_line(text, at):
            line_starts.append(at)
    return Scanner(text, starts, line_starts)


def white_end(text: str, at: int) -> int:
    """Past the white space that begins at `at`."""
    match = _WHITE_RUN.match(text, at)
    return match.end() if match else at


def is_word(text: str) -> bool:
    """Whether a text can stand as a bare word: a number or the name of a macro."""
    return _BARE_WORD.fullmatch(text) is not None


def is_citation_key(text: str) -> bool:
    """Whether a text is read as a citation key; the empty one is (and reported), so entries without key stay."""
    return not text or (KEY["{"].fullmatch(text) is not None and not text.startswith("%"))


def is_entry_type(text: str) -> bool:
    """Whether a text can be the type of an entry, and of no other block."""
    return _TYPE.fullmatch(text) is not None and text.lower() not in ("comment", "preamble", "string")


def is_field_name(text: str) -> bool:
    """Whether a text can be the name of a field."""
    return re.fullmatch(_NAME, text) is not None


def is_balanced(text: str) -> bool:
    r"""Whether braces pair up, so that the text can stand between delimiters. A backslash hides none.

    >>> is_balanced("{a}{b}"), is_balanced(r"\}{")
    (True, False)
    """
    depth = 0
    for match in _BRACE.finditer(text):
        depth += 1 if match[0] == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def has_bare_quote(text: str) -> bool:
    """Whether a balanced text has a `"` outside all braces, which would end a quoted value."""
    depth = 0
    for match in _QUOTE_MARK.finditer(text):
        if match[0] == '"' and depth == 0:
            return True
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    return False


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _begins_line(text: str, at: int) -> bool:
    at -= 1
    while at >= 0 and text[at] in " \t\u00a0\ufeff":
        at -= 1
    return at < 0 or text[at] in "\r\n"


def _pair_braces(text: str) -> tuple[array[int], array[int]]:
    """The offsets of all opening braces, and of the braces that close them (0: none does)."""
    openings, closings, waiting = array("Q"), array("Q"), array("Q")
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            waiting.append(len(openings))
            openings.append(match.start())
            closings.append(0)
        elif waiting:
            closings[waiting.pop()] = match.start()
    return openings, closings
