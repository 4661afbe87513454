"""HTML as passages: saved pages, exported notes and bookmarks, arXiv's listings.

Blocks are paragraphs, list items are items,
rows of tables rows; `script`, `style`, code and comments are left out, of `pre` only BibTeX entries are kept.
A page that describes itself as one paper (with the `citation_…` names that Google Scholar reads, as arXiv and
publishers write them) is a mention of that paper and of nothing else in its text.
"""

from __future__ import annotations

import re

from bibtools.extract.layout import Block, blocks
from bibtools.extract.listing import date_of
from bibtools.extract.markup import Token, tokens
from bibtools.extract.paper import Paper, distinct, joined
from bibtools.extract.passage import Link, Passage, PassageBuilder, PassageKind
from bibtools.identifiers import find_identifiers, parse_arxiv, parse_doi
from bibtools.model import Identifier

_SKIPPED_TEXT = "script style template textarea noscript svg math button select option code kbd samp var head"
_SKIPPED = frozenset(_SKIPPED_TEXT.split())
_PARAGRAPHS_TEXT = (
    "p div dd dt article section main header footer blockquote figure figcaption address aside nav "
    "ul ol dl table tbody thead body form fieldset details summary center"
)
_BLOCKS: dict[str, PassageKind] = {
    **dict.fromkeys(
        _PARAGRAPHS_TEXT.split(),
        "paragraph",
    ),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "item",
    "tr": "row",
    "pre": "entry",
    "hr": "break",
}
_EMPHASIS = frozenset(("i", "em", "cite"))
_OWN_BLOCK = frozenset(("li", "tr", "ul", "ol", "table", "hr"))
_MAX_DEPTH = 500
_BLANKS = re.compile(r"[ \t\f\v\xa0\r\n]+")
_META = re.compile(r"<meta\s[^<>]{0,200}?\bname\s{0,3}=\s{0,3}[\"']?citation_", re.IGNORECASE)


class _Reader:
    """Collects passages out of tokens; positions are offsets into the source."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.meta: list[tuple[str, str, int, int]] = []
        self.builder = PassageBuilder()
        self.kinds: list[tuple[str, PassageKind]] = []
        self.skipping: list[str] = []
        self.link: tuple[str, int, int] | None = None
        self.columns: tuple[str, ...] = ()
        self.header_cells = 0

    def kind(self) -> PassageKind:
        """What the text at hand is: that of the innermost block which says so."""
        return self.kinds[-1][1] if self.kinds else "paragraph"

    def flush(self) -> None:
        """End the passage at hand."""
        self._end_link()
        kind = self.kind()
        builder, self.builder = self.builder, PassageBuilder()
        if kind == "row":
            self._row(builder)
        elif "".join(builder.parts).strip():
            self.passages.append(builder.build(kind))

    def _row(self, builder: PassageBuilder) -> None:
        text = "".join(builder.parts)
        if self.header_cells > 1:
            self.columns = tuple(" ".join(cell.split()).casefold() for cell in text.strip("\t").split("\t"))
        elif text.strip():
            self.passages.append(builder.build("row", self.columns))
        self.header_cells = 0

    def _end_link(self) -> None:
        if self.link:
            if self.link[1] == self.builder.length:  # an image or nothing: the address is all it says
                self.builder.add(self.link[0], self.link[2])
            self.builder.links.append(Link(self.link[1], self.builder.length, self.link[0]))
            self.link = None

    def take(self, token: Token) -> None:
        """The next token."""
        if token.kind == "text":
            self._text(token)
        elif token.kind == "start":
            self._start(token)
        else:
            self._end(token)

    def _start(self, token: Token) -> None:
        name = token.name
        if name == "meta":
            self._meta(token)
        if name in _SKIPPED:
            self.skipping.append(name)
        elif self.skipping:
            return
        elif name == "br":
            self._break("\n", token.start)
        elif name in ("td", "th"):
            if self.builder.length:
                self.builder.add("\t", token.start)
            self.header_cells += name == "th"
        elif name in _BLOCKS:
            self._open_block(token)
        elif name == "a":
            self._end_link()
            url = token.attributes.get("href", "").strip()
            self.link = (url, self.builder.length, token.start) if url else None
        elif name in _EMPHASIS:
            self.builder.add("*", token.start)

    def _open_block(self, token: Token) -> None:
        name = token.name
        inside_unit = self.kind() in ("row", "item") and name not in _OWN_BLOCK
        if inside_unit:
            self._break("\n" if self.kind() == "item" else " ", token.start)
        else:
            self.flush()
        if name == "table":
            self.columns = ()
        if name == "hr":
            self.passages.append(Passage(kind="break", text="", anchors=((0, token.start),)))
        elif len(self.kinds) < _MAX_DEPTH:
            self.kinds.append((name, self.kind() if inside_unit else _BLOCKS[name]))

    def _end(self, token: Token) -> None:
        name = token.name
        if self.skipping:
            if name in self.skipping[-20:]:
                del self.skipping[len(self.skipping) - 1 - self.skipping[::-1].index(name) :]
        elif name == "a":
            self._end_link()
        elif name in _EMPHASIS:
            self.builder.add("*", token.start)
        elif name in _BLOCKS and any(opened == name for opened, _ in self.kinds[-50:]):
            closed = ""
            while closed != name:
                inside_unit = len(self.kinds) > 1 and self.kinds[-1][1] == self.kinds[-2][1] != "paragraph"
                if not inside_unit or self.kinds[-1][0] in _OWN_BLOCK:
                    self.flush()
                closed = self.kinds.pop()[0]

    def _text(self, token: Token) -> None:
        if self.skipping:
            return
        if self.kind() == "entry":
            self.builder.add(token.name, token.start)
            return
        at = 0
        for match in _BLANKS.finditer(token.name):
            self.builder.add(token.name[at : match.start()], token.start + at)
            self._break(" ", token.start + match.start())
            at = match.end()
        self.builder.add(token.name[at:], token.start + at)

    def _break(self, blank: str, place: int) -> None:
        """A blank or a line's end; never two in a row, and none at the beginning."""
        last = self.builder.parts[-1][-1] if self.builder.parts else "\n"
        if last not in " \n\t" or (blank == "\n" and last == " "):
            self.builder.add(blank, place)

    def _meta(self, token: Token) -> None:
        name, content = token.attributes.get("name", "").lower(), token.attributes.get("content", "")
        if name.startswith("citation_") and content:
            self.meta.append((name, " ".join(content.split()), token.start, token.stop))


def _read(text: str) -> _Reader:
    reader = _Reader()
    for token in tokens(text):
        reader.take(token)
    reader.flush()
    return reader


def html_passages(text: str) -> list[Passage]:
    """The passages of a page in order."""
    found: list[Passage] = []
    for passage in _read(text).passages:
        found += _entries(passage) if passage.kind == "entry" else [passage]
    return found


def _entries(passage: Passage) -> list[Passage]:
    """The BibTeX entries of preformatted text; anything else in it is code."""
    return [_of_block(passage, block) for block in blocks(passage.text, markdown=True) if block.kind == "entry"]


def _of_block(passage: Passage, block: Block) -> Passage:
    text = "\n".join(line.text for line in block.lines)
    return Passage(kind="entry", text=text, anchors=((0, passage.offset(block.lines[0].start)),))


def described_paper(text: str) -> Paper | None:
    """The paper that a page says it is, or None."""
    if not _META.search(text):
        return None
    meta = _read(text).meta
    values: dict[str, list[str]] = {}
    for name, value, _, _ in meta:
        values.setdefault(name.removeprefix("citation_"), []).append(value)
    identifiers = _identifiers(values)
    title = values.get("title", [""])[0]
    if not title:
        return None
    dates = [
        date_of(value)
        for name in ("date", "publication_date", "online_date", "year")
        for value in values.get(name, [])
    ]
    return Paper(
        start=min(start for _, _, start, _ in meta),
        stop=max(stop for _, _, _, stop in meta),
        kind="identifier" if identifiers else "title",
        title=joined(title),
        authors=tuple(values.get("author", [])),
        abstract=joined(values.get("abstract", [""])[0]) or None,
        identifiers=identifiers,
        date=next((date for date in dates if date), None),
    )


def _identifiers(values: dict[str, list[str]]) -> tuple[Identifier, ...]:
    found = [Identifier("arxiv", str(a)) for value in values.get("arxiv_id", []) if (a := parse_arxiv(value))]
    for value in values.get("doi", []):
        if doi := parse_doi(value):
            own = [identifier for _, identifier in find_identifiers(doi)]
            found += own[:1]
    return distinct(found)
