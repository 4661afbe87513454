"""HTML as passages: saved pages, exported notes and bookmarks, arXiv's listings.

Only the standard library's tolerant parser, so any text is accepted. Blocks are paragraphs, list items are items,
rows of tables rows; `script`, `style`, code and comments are left out, of `pre` only BibTeX entries are kept.
A page that describes itself as one paper (with the `citation_…` names that Google Scholar reads, as arXiv and
publishers write them) is a mention of that paper and of nothing else in its text.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from bibtools.extract.layout import Block, blocks
from bibtools.extract.listing import date_of
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
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"]
)
_EMPHASIS = frozenset(("i", "em", "cite"))
_BLANKS = re.compile(r"[ \t\f\v\xa0]*[\r\n]+[ \t\f\v\xa0]*")
_META = re.compile(r"<meta\s[^<>]{0,200}?\bname\s{0,3}=\s{0,3}[\"']?citation_", re.IGNORECASE)


class _Reader(HTMLParser):
    """Collects passages; positions are offsets into the source."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.passages: list[Passage] = []
        self.meta: list[tuple[str, str, int, int]] = []
        self.builder = PassageBuilder()
        self.kinds: list[tuple[str, PassageKind]] = []
        self.skipping: list[str] = []
        self.link: tuple[str, int] | None = None
        self.columns: tuple[str, ...] = ()
        self.header_cells = 0

    @property
    def here(self) -> int:
        """Where the construct at hand begins in the source."""
        line, column = self.getpos()
        return self.starts[line - 1] + column

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
            self.builder.links.append(Link(self.link[1], self.builder.length, self.link[0]))
            self.link = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `html.parser`."""
        if tag == "meta":
            self._meta(dict(attrs))
        if tag in _SKIPPED and tag not in _VOID:
            self.skipping.append(tag)
        elif self.skipping:
            return
        elif tag == "br":
            self.builder.add("\n", self.here)
        elif tag in ("td", "th"):
            if self.builder.length:
                self.builder.add("\t", self.here)
            self.header_cells += tag == "th"
        elif tag in _BLOCKS:
            self._open_block(tag)
        elif tag == "a":
            self._end_link()
            url = dict(attrs).get("href")
            self.link = (url.strip(), self.builder.length) if url else None
        elif tag in _EMPHASIS:
            self.builder.add("*", self.here)

    def _open_block(self, tag: str) -> None:
        inside_unit = self.kind() in ("row", "item") and tag not in ("li", "tr", "ul", "ol", "table", "hr")
        if inside_unit:
            if self.builder.length:
                self.builder.add("\n" if self.kind() == "item" else " ", self.here)
        else:
            self.flush()
        if tag == "table":
            self.columns = ()
        if tag == "hr":
            self.passages.append(Passage(kind="break", text="", anchors=((0, self.here),)))
        elif len(self.kinds) < 500:
            self.kinds.append((tag, self.kind() if inside_unit else _BLOCKS[tag]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `html.parser`."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """See `html.parser`."""
        if self.skipping:
            if tag in self.skipping[-20:]:
                del self.skipping[len(self.skipping) - 1 - self.skipping[::-1].index(tag) :]
        elif tag == "a":
            self._end_link()
        elif tag in _EMPHASIS:
            self.builder.add("*", self.here)
        elif tag in _BLOCKS and any(open_tag == tag for open_tag, _ in self.kinds[-50:]):
            while self.kinds:
                inside_unit = len(self.kinds) > 1 and self.kinds[-1][1] == self.kinds[-2][1] != "paragraph"
                if not (inside_unit and self.kinds[-1][0] not in ("li", "tr")):
                    self.flush()
                if self.kinds.pop()[0] == tag:
                    break

    def handle_data(self, data: str) -> None:
        """See `html.parser`."""
        if self.skipping:
            return
        offset = self.here
        if self.kind() == "entry":
            self.builder.add(data, offset)
            return
        at = 0  # a line's end in HTML is a blank
        for match in _BLANKS.finditer(data):
            self.builder.add(data[at : match.start()], offset + at)
            if self.builder.length:
                self.builder.add(" ", offset + match.start())
            at = match.end()
        self.builder.add(data[at:], offset + at)

    def handle_entityref(self, name: str) -> None:
        """See `html.parser`."""
        self._character(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """See `html.parser`."""
        self._character(f"&#{name};")

    def _character(self, reference: str) -> None:
        if not self.skipping:
            self.builder.add(html.unescape(reference).replace("\xa0", " "), self.here)

    def _meta(self, attributes: dict[str, str | None]) -> None:
        name = (attributes.get("name") or "").lower()
        if name.startswith("citation_") and attributes.get("content"):
            stop = self.here + len(self.get_starttag_text() or "")
            self.meta.append((name, " ".join((attributes["content"] or "").split()), self.here, stop))


def _read(text: str) -> _Reader:
    reader = _Reader(text)
    reader.feed(text)
    reader.close()
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
