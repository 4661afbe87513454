"""The arXiv API's Atom answers: bytes → records, pure.

The `arxiv` package turns an entry into a result, but its parser (lxml with `recover=True`) repairs broken XML in
silence: a truncated answer becomes fewer entries or entries without titles. So it is handed only bytes that expat,
which repairs nothing, has read to the end: well-formed UTF-8, no document type (hence no entity to expand or to
fetch), bounded in size, depth and number of elements, and every entry complete. What the two readings found is
then compared; a difference is a fault, never a guess.

Read from the checked XML because the package's `Result` has no place for it: all `arxiv:doi` of an entry (it keeps
the first), the error entry, and the exact bytes of each entry, so that it can be kept on its own. Affiliations are
not part of a record.

Both formats are understood, that since November 2025 and the one before (the API user manual, "Details of Atom
Results Returned").
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from bibtools.model import ArxivId, PartialDate, Record
from bibtools.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_SIZE = 50 * 1024 * 1024  # bytes; the largest page arXiv allows (2,000 entries) is a tenth of it
MAX_DEPTH = 16  # the real depth is 4
MAX_ELEMENTS = 500_000  # an entry with 3,000 authors has 6,000
MAX_ATTRIBUTES = 1_000_000  # characters of all attribute values of one element

_ATOM = "http://www.w3.org/2005/Atom "
_ARXIV = "http://arxiv.org/schemas/atom "
_SEARCH = "http://a9.com/-/spec/opensearch/1.1/ "
_NUMBER = r"[0-9]{4}\.[0-9]{4,5}|([a-z]+(?:-[a-z]+)*)(?:\.[A-Z]{2})?(/[0-9]{7})"
_ENTRY_ID = re.compile(rf"https?://[a-z.]+/abs/({_NUMBER})(?:v([1-9][0-9]{{0,4}}))?")
_START_TAG = re.compile(rb"""<([^\s>]+)(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_ENDS_EARLY = tuple(
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:", re.IGNORECASE)
_OWN_DOI = "10.48550/arxiv."


class FeedError(ValueError):
    """The bytes are not a usable answer; `reason` says what they are instead ("an HTML page")."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A checked answer.

    `records` in the order they came, `documents` the same entries as feeds of their own (bytes that
    :func:`parse_feed` accepts). `total` and `start` are what the service announced, which need not be true. An
    error entry gives `error` (its text) and `error_id` (its `id`) and no records.
    """

    records: tuple[Record, ...] = ()
    documents: tuple[bytes, ...] = ()
    total: int = 0
    start: int = 0
    error: str | None = None
    error_id: str | None = None


@dataclass(slots=True)
class _Entry:
    """What the strict reading found in one entry: place in the bytes, texts by element, number of authors."""

    start: int
    stop: int = 0
    texts: dict[str, list[str]] = field(default_factory=dict)
    authors: int = 0

    def text(self, name: str) -> str:
        return squeeze(self.texts.get(name, [""])[0])


def parse_feed(data: bytes, *, retrieved: str) -> Feed:
    """Read an answer; `retrieved` (ISO 8601, UTC) becomes that of its records.

    FeedError when it is empty, HTML, truncated, not well-formed, not an Atom feed, hostile, or when an entry lacks
    its id, title or dates. White space is normalised, nothing else.
    """
    data = data.removeprefix(BOM_UTF8)
    found = _Strict(data).read()
    if len(found.entries) == 1 and _is_error(found.entries[0]):
        entry = found.entries[0]
        return Feed(error=entry.text("summary") or "Error", error_id=entry.text("id"))
    ids = tuple(_entry_id(entry) for entry in found.entries)
    total, start = found.announced
    if total is None and not ids:
        raise FeedError("a feed without entries that does not say how many there are")
    results = _results(data) if ids else ()
    if len(results) != len(ids):
        raise FeedError("a feed with an incomplete entry")
    return Feed(
        records=tuple(map(_record, results, ids, found.entries, [retrieved] * len(ids))),
        documents=tuple(_documents(found)) if ids else (),
        total=len(ids) if total is None else total,
        start=start or 0,
    )


class _Strict:
    """One pass of expat over an answer."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.entries: list[_Entry] = []
        self.header: dict[str, str] = {}
        self.root = 0
        self._path: list[str] = []
        self._text: list[str] = []
        self._elements = 0

    def read(self) -> _Strict:
        if not self.data.strip():
            raise FeedError("an empty answer")
        if b"\0" in self.data[:4] or self.data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            raise FeedError("XML that is not in UTF-8")
        if len(self.data) > MAX_SIZE:
            raise FeedError(f"an answer of more than {MAX_SIZE >> 20} MiB")
        self._parser = parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError as error:
            raise FeedError(self._what_is_wrong(error)) from None
        return self

    @property
    def announced(self) -> tuple[int | None, int | None]:
        """`totalResults` and `startIndex`."""
        values = [self.header.get(_SEARCH + name) for name in ("totalResults", "startIndex")]
        if any(value is not None and not re.fullmatch(r"\s*[0-9]{1,12}\s*", value) for value in values):
            raise FeedError("a feed whose counts are not numbers")
        total, start = (None if value is None else int(value) for value in values)
        return total, start

    def _what_is_wrong(self, error: expat.ExpatError) -> str:
        opening = self.data[:1000].lstrip().lower()
        if opening.startswith((b"<!doctype html", b"<html")) or b"<html" in opening:
            return "an HTML page"
        if not opening.startswith(b"<"):
            return "no XML"
        kind = "XML that stops short" if error.code in _ENDS_EARLY else "XML that is not well-formed"
        return f"{kind} (line {error.lineno}: {expat.ErrorString(error.code)})"

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
            raise FeedError(f"XML in the encoding {encoding[:40]!r}")

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if name.lower() == "html":
            raise FeedError("an HTML page")
        raise FeedError("XML with a document type declaration, which is never read")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        path = self._path
        self._elements += 1
        if not path:
            self.root = self._parser.CurrentByteIndex
            if name != _ATOM + "feed":
                local = name.rpartition(" ")[2]
                raise FeedError("an HTML page" if local.lower() == "html" else f"no Atom feed but <{local[:40]}>")
        if len(path) >= MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise FeedError("XML with too many elements")
        if attributes and sum(map(len, attributes.values())) > MAX_ATTRIBUTES:
            raise FeedError("XML with huge attributes")
        path.append(name)
        self._text.clear()
        if len(path) == 2 and name == _ATOM + "entry":
            self.entries.append(_Entry(start=self._parser.CurrentByteIndex))

    def _end(self, name: str) -> None:
        path = self._path
        path.pop()
        text = "".join(self._text)
        self._text.clear()
        if len(path) == 1 and name == _ATOM + "entry":
            self.entries[-1].stop = self.data.index(b">", self._parser.CurrentByteIndex) + 1
        elif len(path) == 1:
            self.header[name] = text
        elif len(path) == 2 and path[1] == _ATOM + "entry":
            entry = self.entries[-1]
            if name == _ATOM + "author":
                entry.authors += 1
            else:
                short = name.removeprefix(_ATOM).removeprefix(_ARXIV)
                entry.texts.setdefault(short, []).append(text)


def _is_error(entry: _Entry) -> bool:
    """An error entry's id is a link to documentation, never to a paper: a paper may well be titled "Error"."""
    return entry.text("title") == "Error" and "/abs/" not in entry.text("id")


def _entry_id(entry: _Entry) -> ArxivId:
    if not entry.text("id") or not entry.text("title"):
        raise FeedError("a feed with an entry without id or title")
    found = _ENTRY_ID.fullmatch(entry.text("id"))
    if not found:
        raise FeedError(f"a feed with an entry that is no arXiv paper ({entry.text('id')[:80]!r})")
    number, archive, rest, version = found.groups()
    return ArxivId(archive + rest if archive else number, int(version) if version else None)


def _results(data: bytes) -> Sequence[Any]:
    """The `arxiv` package's results; its parser only ever sees checked bytes."""
    from arxiv import _feed

    try:
        parsed = _feed.parse(data)
    except (ValueError, OverflowError):  # a date that is none
        raise FeedError("a feed with an incomplete entry") from None
    if parsed.malformed:
        raise FeedError("XML that is not well-formed")
    results: Sequence[Any] = parsed.results
    return results


def _record(result: Any, arxiv_id: ArxivId, entry: _Entry, retrieved: str) -> Record:
    from bibtools.names import parse_served

    title, abstract = squeeze(result.title), squeeze(result.summary)
    same = title == entry.text("title") and abstract == entry.text("summary")
    if not same or len(result.authors) != entry.authors or squeeze(result.entry_id) != entry.text("id"):
        raise FeedError("a feed with an entry that can be read in two ways")
    served = parse_served([squeeze(author.name) for author in result.authors])
    return Record(
        id=arxiv_id.record_id,
        title=title,
        authors=served.names,
        authors_complete=served.complete,
        abstract=abstract,
        version=arxiv_id.version,
        published=PartialDate.parse(result.published.date().isoformat()),
        updated=PartialDate.parse(result.updated.date().isoformat()),
        categories=tuple(dict.fromkeys(filter(None, (result.primary_category, *result.categories)))),
        primary_category=result.primary_category,
        comment=squeeze(result.comment or ""),
        journal_ref=squeeze(result.journal_ref or ""),
        dois=_dois(entry.texts.get("doi", [])),
        retrieved=retrieved,
    )


def _dois(texts: list[str]) -> tuple[str, ...]:
    """Each DOI once, without resolver, arXiv's own left out; one element may hold several.

    >>> _dois(["10.1000/A doi:10.1000/b;", "https://doi.org/10.1000/a", "10.48550/arXiv.1706.03762"])
    ('10.1000/A', '10.1000/b')
    """
    found: dict[str, str] = {}
    for word in " ".join(texts).split():
        doi = _RESOLVER.sub("", word, count=1).rstrip(",;.")
        if doi.startswith("10.") and "/" in doi and not doi.lower().startswith(_OWN_DOI):
            found.setdefault(doi.lower(), doi)
    return tuple(found.values())


def _documents(found: _Strict) -> list[bytes]:
    """Each entry as a feed of its own, between the root's start tag (it declares the namespaces) and its end."""
    tag = _START_TAG.match(found.data, found.root)
    if tag is None:
        raise FeedError("XML that is not well-formed")
    opening, closing = _DECLARATION + tag[0], b"</" + tag[1] + b">"
    return [opening + found.data[entry.start : entry.stop] + closing for entry in found.entries]
