"""The lines of a text file, grouped: paragraphs, list items, headings, table rows; code and front matter left out.

One grammar serves plain notes and Markdown (CommonMark 0.31 as far as it matters here), because notes borrow from
Markdown; only four spaces of indent mean code in Markdown alone. Everything is decided line by line in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bibtools.extract.passage import PassageKind

LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTE = re.compile(r"(?:[ \t]{0,3}>[ \t]?){1,20}")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*\{?\.?([\w+-]*)")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+")
_ITEM = re.compile(
    r"[ \t]*(?:(?P<bullet>[-*+•◦▪·‣–])[ \t]+|(?P<open>\(?)(?P<number>[0-9]{1,3})(?P<close>[.)])[ \t]+"
    r"|(?P<bracket>\[)[0-9]{1,4}\][ \t]*(?![(:])|(?P<note>\[\^)[^\]\s]{1,60}\]:[ \t]*)"
)
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_BREAK = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:=[ \t]*){3,})$")
_RULE = re.compile(r"\\\\[ \t]*$")
_MAIL_END = re.compile(r"\\\\[ \t]*(?=\()")
_DELIMITER_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-{1,}:?[ \t]*(?:\|[ \t]*:?-{1,}:?[ \t]*)*\|?[ \t]*$")
_ENTRY = re.compile(r"[ \t]*@[A-Za-z]{3,20}[ \t]*[{(][ \t]*[^\s,={}()\"%#~\\]{0,200}[ \t]*(?:,|$)")
_KEY_LINE = re.compile(r"[\w.-]+[ \t]*:(?:\s|$)|[ \t]+\S|-[ \t]|#|\]|\}|$")
_BIBTEX_FENCES = {"", "bibtex", "bib", "biblatex", "latex", "tex", "text"}
_MAX_ENTRY_LINES = 3000
_MAX_LINE = 100_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its prefix; `start` is the place of its first remaining character in the source."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together."""

    kind: PassageKind
    lines: tuple[Line, ...]


@dataclass(slots=True)
class _State:
    kind: PassageKind = "paragraph"
    lines: list[Line] = field(default_factory=list)
    marker: str = ""
    quoted: bool = False
    in_list: bool = False
    after_blank: bool = True

    def flush(self) -> Iterator[Block]:
        if self.lines:
            yield Block(self.kind, tuple(self.lines))
        self.kind, self.lines = "paragraph", []


def lines_of(text: str) -> list[Line]:
    """The lines of a text with their places; CRLF, LF and CR all end one."""
    lines, start = [], 0
    for match in LINE_END.finditer(text):
        lines.append(Line(start, text[start : match.start()]))
        start = match.end()
    lines.append(Line(start, text[start:]))
    return lines


def blocks(text: str, *, markdown: bool) -> Iterator[Block]:
    """The blocks of a text in order, code and front matter left out."""
    lines = lines_of(_without_comments(text, markdown=markdown))
    state = _State()
    number = _front_matter(lines)
    while number < len(lines):
        fence = _FENCE.match(lines[number].text)
        if fence and "`" not in lines[number].text[fence.end() :]:
            yield from state.flush()
            stop = _fence_end(lines, number, fence[1])
            yield from _fenced_entries(lines[number + 1 : stop], fence[2].lower())
            number = stop + 1
            state.after_blank = True
            continue
        if _starts_entry(lines[number]) and (stop := _entry_end(lines, number)):
            yield from state.flush()
            yield _entry(lines[number:stop])
            number = stop
            state.after_blank = True
            continue
        yield from _line(state, lines, number, markdown=markdown)
        number += 1
    yield from state.flush()


def _line(state: _State, lines: list[Line], number: int, *, markdown: bool) -> Iterator[Block]:
    line, quoted = _unquoted(lines[number])
    if quoted and not state.quoted and not state.after_blank:
        line, quoted = lines[number], False  # a "greater than" that came to stand at a line's beginning
    text = line.text
    if quoted != state.quoted:
        yield from state.flush()
        state.quoted, state.after_blank = quoted, True
    if not text.strip():
        yield from state.flush()
        state.after_blank = True
        return
    indent = len(text[:40].expandtabs(4)) - len(text[:40].expandtabs(4).lstrip())
    if state.after_blank and indent == 0 and not _ITEM.match(text):
        state.in_list = False
    if markdown and state.after_blank and indent >= 4 and not state.in_list:
        return  # code
    state.after_blank = False
    yield from _content_line(state, line, _following(lines, number))


def _following(lines: list[Line], number: int) -> str:
    return _unquoted(lines[number + 1])[0].text if number + 1 < len(lines) else ""


def _content_line(state: _State, line: Line, following: str) -> Iterator[Block]:
    text = line.text
    if _BREAK.match(text) and len(text) < 400:
        if state.lines and state.kind == "paragraph" and len(state.lines) == 1 and text.strip()[0] in "=-":
            state.kind = "heading"  # underlined
        yield from state.flush()
        yield Block("break", (line,))
    elif _RULE.match(text):
        yield from state.flush()
        yield Block("rule", (line,))
    elif heading := _HEADING.match(text):
        yield from state.flush()
        yield Block("heading", (Line(line.start + heading.end(), text[heading.end() :].rstrip("# \t")),))
        state.in_list = False
    elif _is_row(state, text, following):
        if state.kind != "row":
            yield from state.flush()
            state.kind = "row"
        state.lines.append(line)
    elif (item := _ITEM.match(text)) and _begins_item(state, item, following):
        yield from state.flush()
        stop, state.marker = item.end(), _marker(item)
        if task := _TASK.match(text, stop):
            stop = task.end()
        state.kind, state.in_list = "item", True
        state.lines.append(Line(line.start + stop, text[stop:]))
    else:
        if state.kind == "row" or _MAIL_END.match(text):
            yield from state.flush()
        stop = end.end() if (end := _MAIL_END.match(text)) else len(text) - len(text.lstrip())
        state.lines.append(Line(line.start + stop, text[stop:]))


def _marker(item: re.Match[str]) -> str:
    return item["bullet"] or item["bracket"] or item["note"] or f"{item['open']}1{item['close']}"


def _begins_item(state: _State, item: re.Match[str], following: str) -> bool:
    """Whether a marker begins an item, or only came to stand at the beginning of a wrapped line.

    Inside a paragraph "(2)" or a dash is mostly part of the sentence: what comes before must look finished.
    """
    if not state.lines or item["note"] or (state.kind == "item" and _marker(item) == state.marker):
        return True
    if item["open"] or (item["number"] and item["number"] != "1"):
        return False
    before = state.lines[-1].text.rstrip()
    after = _ITEM.match(following)
    return before.endswith(":") or len(before) < 40 or (after is not None and _marker(after) == _marker(item))


def _is_row(state: _State, text: str, following: str) -> bool:
    if "|" not in text:
        return False
    if state.kind == "row" or (not state.lines and text.lstrip().startswith("|") and text.count("|") > 1):
        return True
    return not state.lines and "|" in following and _DELIMITER_ROW.match(following) is not None


def is_delimiter_row(text: str) -> bool:
    """Whether a table's row is the one of dashes below its head."""
    return _DELIMITER_ROW.match(text) is not None


def _unquoted(line: Line) -> tuple[Line, bool]:
    match = _QUOTE.match(line.text)
    return (Line(line.start + match.end(), line.text[match.end() :]), True) if match else (line, False)


def _front_matter(lines: list[Line]) -> int:
    """The number of the first line after front matter, 0 if there is none."""
    opening = lines[0].text.lstrip("\ufeff").rstrip()
    if opening not in ("---", "+++"):
        return 0
    for number, line in enumerate(lines[1:500], start=1):
        if line.text.rstrip() in (opening, "..."):
            return number + 1
        if opening == "---" and not _KEY_LINE.match(line.text):
            return 0
    return 0


def _fence_end(lines: list[Line], number: int, fence: str) -> int:
    """The number of the line that closes a fence; the end of the text if none does."""
    for other in range(number + 1, len(lines)):
        text = lines[other].text.strip()
        text = text.lstrip("> \t") if text.startswith(">") else text
        if text.startswith(fence) and not text.strip(fence[0]):
            return other
    return len(lines)


def _fenced_entries(lines: list[Line], language: str) -> Iterator[Block]:
    """BibTeX entries in a fence; any other code is left out."""
    if language not in _BIBTEX_FENCES:
        return
    number = 0
    while number < len(lines):
        stop = _entry_end(lines, number) if _starts_entry(lines[number]) else 0
        if stop:
            yield _entry(lines[number:stop])
        elif lines[number].text.strip():
            return
        number = stop or number + 1


def _starts_entry(line: Line) -> bool:
    return line.text.lstrip("> \t").startswith("@")


def _entry(lines: list[Line]) -> Block:
    return Block("entry", tuple(_unquoted(line)[0] for line in lines))


def _entry_end(lines: list[Line], number: int) -> int:
    """The number of the line after a BibTeX entry that begins here; 0 if none does or it is never closed."""
    first = lines[number].text.lstrip("> \t")
    if not _ENTRY.match(first[:400]):
        return 0
    depth = 0
    for other in range(number, min(len(lines), number + _MAX_ENTRY_LINES)):
        text = lines[other].text
        if len(text) > _MAX_LINE or (other > number and _ENTRY.match(text[:400].lstrip("> \t"))):
            return 0
        opened = text.replace("\\{", "").replace("\\}", "")
        depth += opened.count("{") - opened.count("}")
        if other == number and depth == 0 and "(" in text.partition(",")[0]:
            depth = 1  # @article(key, …): closed by a line that ends in a parenthesis
        elif depth == 1 and "(" in lines[number].text.partition(",")[0] and text.rstrip().endswith(")"):
            return other + 1
        if depth <= 0:
            return other + 1
    return 0


def _without_comments(text: str, *, markdown: bool) -> str:
    """HTML comments, wiki links and (in Markdown) Obsidian's `%%…%%` as blanks of the same length."""
    text = _blanked(_blanked(text, "<!--", "-->", 2**62), "[[", "]]", 500)
    return _blanked(text, "%%", "%%", 10_000) if markdown else text


def _blanked(text: str, opening: str, closing: str, limit: int) -> str:
    parts, done = [], 0
    start = text.find(opening)
    while start >= 0:
        stop = text.find(closing, start + len(opening), start + len(opening) + limit)
        if stop < 0 and limit > len(text):
            break
        if stop < 0:
            start = text.find(opening, start + len(opening))
            continue
        stop += len(closing)
        parts.append(text[done:start])
        parts.append(re.sub(r"[^\r\n]", " ", text[start:stop]))
        done = stop
        start = text.find(opening, done)
    return "".join((*parts, text[done:]))
