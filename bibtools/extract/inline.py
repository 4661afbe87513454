"""Inline markup of Markdown: links become text that leads somewhere, code is marked, the rest stays as it is.

Emphasis and escapes are left in the text (`$a_1 * b_1$` must survive); :func:`plain` removes them from a title.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from bibtools.extract.layout import Block, is_delimiter_row, lines_of
from bibtools.extract.passage import Link, Passage, PassageBuilder

_DEFINITION = re.compile(
    r"[ ]{0,3}\[(?!\^)([^\]\r\n]{1,200})\]:[ \t]*<?([^\s<>]{1,2000})>?(?:[ \t]+[\"'(][^\r\n]{0,500})?[ \t]*$"
)
_CODE = re.compile(r"(?<![`\w\\])(`{1,2})(?!`)[^`\n]{1,300}(?<!\s)\1(?![`\w])")
_TARGET = re.compile(
    r"\(\s{0,9}<?((?:[^\s()<>]|\([^\s()<>]{0,300}\)){0,2000})>?(?:\s{1,9}(?:\"[^\"]{0,500}\""
    r"|'[^']{0,500}'))?\s{0,9}\)"
)
_LABEL = re.compile(r"\[([^\[\]]{0,200})\]")
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,300}?href\s?=\s?[\"']?(?P<href>[^\s\"'<>]{1,2000})[^<>]{0,300}>(?P<inner>[^<>]{0,500})</a>",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:br|p|b|i|em|strong|sup|sub|span|small|details|summary|div|li|ul|u)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*]{1,600}?)(?<=\S)\1(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])([^_]{1,600}?)(?<=[^\s_])\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_STAR = "\ue000"  # stands for an escaped star
_MAX_LINK_TEXT = 1000


@dataclass(slots=True)
class Definitions:
    """The link definitions of a file: address and place by label, and which of them are used."""

    urls: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def url(self, label: str) -> str | None:
        """The address a label stands for; remembers that it was used."""
        name = " ".join(label.split()).casefold()
        if name not in self.urls:
            return None
        self.used.add(name)
        return self.urls[name][0]


def definitions_of(text: str) -> Definitions:
    """All `[label]: address` lines of a file; the first of a label counts."""
    found = Definitions()
    for line in lines_of(text):
        if match := _DEFINITION.match(line.text[:2500]):
            name = " ".join(match[1].split()).casefold()
            found.urls.setdefault(name, (match[2], line.start + match.start(2), line.start + match.end(2)))
    return found


def is_definition(line: str) -> bool:
    """Whether a line defines a link."""
    return _DEFINITION.match(line[:2500]) is not None


def unused(definitions: Definitions) -> Iterator[Passage]:
    """A passage for each definition that nothing refers to: the address itself."""
    for name, (url, start, _) in definitions.urls.items():
        if name not in definitions.used:
            yield Passage(kind="item", text=url, anchors=((0, start),))


def passages(block: Block, definitions: Definitions, *, markdown: bool) -> Iterator[Passage]:
    """The passages of a block: one, but a table has one for each row below its head."""
    if block.kind == "row":
        yield from _rows(block, definitions)
        return
    lines = [line for line in block.lines if not is_definition(line.text)]
    if not lines:
        return
    builder = PassageBuilder()
    for number, line in enumerate(lines):
        if number:
            builder.add("\n", max(0, line.start - 1))
        builder.add(line.text, line.start)
    passage = builder.build(block.kind)
    yield passage if block.kind in ("entry", "break", "rule") else with_links(passage, definitions, code=markdown)


def _rows(block: Block, definitions: Definitions) -> Iterator[Passage]:
    columns: tuple[str, ...] = ()
    rows = list(block.lines)
    if len(rows) > 1 and is_delimiter_row(rows[1].text):
        columns = tuple(plain(cell).casefold() for cell in rows[0].text.strip().strip("|").split("|"))
        rows = rows[2:]
    for row in rows:
        lead = len(row.text) - len(row.text.lstrip(" \t|"))
        builder = PassageBuilder()
        builder.add(row.text[lead:].rstrip(" \t|").replace("\t", " ").replace("|", "\t"), row.start + lead)
        yield with_links(builder.build("row", columns), definitions, code=True)


def with_links(passage: Passage, definitions: Definitions, *, code: bool) -> Passage:
    """The passage with its link markup turned into links, images' markup and HTML tags removed."""
    text = passage.text
    hidden = [match.span() for match in _CODE.finditer(text)] if code else []
    cuts, links = _markup(text, definitions, hidden)
    if not cuts:
        return Passage(
            kind=passage.kind, text=text, anchors=passage.anchors, hidden=tuple(hidden), columns=passage.columns
        )
    builder = PassageBuilder()
    moved: list[tuple[int, int]] = []  # (place in the old text, place in the new one)
    at = 0
    for start, stop in [*sorted(cuts), (len(text), len(text))]:
        if start > at:
            moved.append((at, builder.length))
            _add_piece(builder, passage, at, start)
        at = max(at, stop)
    new = _Moved(moved, builder.length)
    builder.links = [Link(new.place(link.start), new.place(link.stop), link.url) for link in links]
    builder.hidden = [(new.place(start), new.place(stop)) for start, stop in hidden]
    return builder.build(passage.kind, passage.columns)


def _add_piece(builder: PassageBuilder, passage: Passage, start: int, stop: int) -> None:
    """Copy a part of a passage, with the anchors inside it."""
    first = bisect_right(passage.anchors, (start, 2**62))
    last = bisect_right(passage.anchors, (stop - 1, 2**62))
    inner = [at for at, _ in passage.anchors[first:last]]
    for begin, end in zip([start, *inner], [*inner, stop], strict=True):
        builder.add(passage.text[begin:end], passage.offset(begin))


@dataclass(slots=True)
class _Moved:
    pairs: list[tuple[int, int]]
    length: int

    def place(self, position: int) -> int:
        index = bisect_right(self.pairs, (position, 2**62)) - 1
        if index < 0:
            return 0
        old, new = self.pairs[index]
        limit = self.pairs[index + 1][1] if index + 1 < len(self.pairs) else self.length
        return min(new + position - old, limit)


def _markup(
    text: str, definitions: Definitions, hidden: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[Link]]:
    cuts: list[tuple[int, int]] = []
    links: list[Link] = []
    for match in _ANCHOR.finditer(text) if "<a" in text or "<A" in text else ():
        cuts += [(match.start(), match.start("inner")), (match.end("inner"), match.end())]
        links.append(Link(match.start("inner"), match.end("inner"), html.unescape(match["href"])))
    cuts += [match.span() for match in (_TAG.finditer(text) if "<" in text else ())]
    opened: list[int] = []
    skip = _places(hidden)
    for match in re.finditer(r"\\.|[\[\]]", text, re.DOTALL):
        at = match.start()
        if match[0] == "[" and not skip(at):
            opened.append(at)
        elif match[0] == "]" and opened and not skip(at):
            start = opened.pop()
            target = _target(text, start, at, definitions)
            if target is not None and at - start <= _MAX_LINK_TEXT:
                url, stop = target
                if start > 0 and text[start - 1] == "!":  # an image: its words are no text
                    cuts.append((start - 1, stop))
                elif cuts and cuts[-1] == (start + 1, at) and (place := text.find(url, at)) >= 0:
                    cuts += [(start, place), (place + len(url), stop)]  # a badge: the address is all it says
                else:
                    cuts += [(start, start + 1), (at, stop)]
                    links.append(Link(start + 1, at, html.unescape(url)))
    return cuts, sorted(links, key=lambda link: link.start)


def _places(spans: Iterable[tuple[int, int]]) -> Callable[[int], bool]:
    spans = sorted(spans)

    def inside(position: int) -> bool:
        index = bisect_right(spans, (position, 2**62)) - 1
        return index >= 0 and position < spans[index][1]

    return inside


def _target(text: str, start: int, at: int, definitions: Definitions) -> tuple[str, int] | None:
    """The address behind `[…]`, and where its markup ends."""
    following = text[at + 1 : at + 2]
    if following == "(" and (match := _TARGET.match(text, at + 1)):
        return match[1], match.end()
    if not definitions.urls or at - start > 300:
        return None
    if following == "[" and (match := _LABEL.match(text, at + 1)):
        url = definitions.url(match[1] or text[start + 1 : at])
        return (url, match.end()) if url else None
    url = definitions.url(text[start + 1 : at])
    return (url, at + 1) if url and following != ":" else None


def emphasised(text: str) -> list[tuple[int, int]]:
    """Where the text is emphasised (`*…*`, `_…_`, doubled or not), without the marks."""
    return sorted(match.span(2) for rule in (_EMPHASIS, _UNDERLINED) for match in rule.finditer(text))


def unemphasised(text: str) -> str:
    """Text without marks of emphasis; mathematics and products keep their stars and underscores."""
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return _UNDERLINED.sub(r"\2", text)


def plain(text: str) -> str:
    r"""A short text (title, name) without Markdown's emphasis, code marks and escapes.

    >>> plain(r"**A *fine* title\_1** ")
    'A fine title_1'
    """
    text = unemphasised(text.strip().replace("\\*", _STAR)).strip(" \t*`").replace(_STAR, "*")
    return _ESCAPED.sub(r"\1", text)
