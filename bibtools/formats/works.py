"""What the formats for readers say of a work: plain Unicode, taken from the entry and, beside it, from the record.

The entry goes first, because it has the user's hand edits; the record adds what no entry holds (categories,
version, comment). Controls and other characters that no document may hold become U+FFFD.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bibtools import latex, names
from bibtools.formats.addresses import address, linkable
from bibtools.formats.dialects import to_biblatex
from bibtools.formats.items import Item
from bibtools.identifiers import find_identifiers, parse_arxiv, parse_doi
from bibtools.model import ArxivId, Entry, Field, Name, Record

_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_EDTF = re.compile(r"[\dX~?%/. -]+\Z", re.ASCII)
_YEAR = re.compile(r"(?:\A-)?(?<!\d)\d{4}(?!\d)", re.ASCII)
_ARXIV_PLACES = ("journaltitle", "howpublished", "url", "doi")
_URL_PLACES = ("howpublished", "note")
_LONGEST_PLACE = 1000
_OLD_CLASS = re.compile(r"([a-z-]+\.[A-Z]{2})/\d", re.ASCII)
_ARXIV_DOI = "10.48550/arxiv."
_SAID = frozenset(["author", "editor", "title", "subtitle", "abstract", "date", "year", "doi", "url"])
_EPRINT = frozenset(["eprint", "eprinttype", "eprintclass"])


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A list of names, decoded; `complete` is false where it ends in "and others"."""

    names: tuple[Name, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A work as readers meet it: its texts are plain Unicode; `entry` is in biblatex's words, its values LaTeX.

    `kind` is biblatex's type in lower case; `date` is as the entry has it (`2017-06-12`, `in press`), `year` the
    first year in it. `doi` is the publisher's; `url` is one that may be followed (http, https, ftp).
    """

    key: str
    entry: Entry
    record: Record | None
    sources: tuple[str, ...]
    title: str
    authors: People
    editors: People
    date: str
    year: int | None
    arxiv: ArxivId | None
    categories: tuple[str, ...]
    doi: str | None
    url: str | None

    @property
    def kind(self) -> str:
        """The type of the entry, in lower case."""
        return self.entry.entry_type.lower()

    @property
    def id(self) -> str | None:
        """`arxiv:…`, `doi:…` or what the library calls it; None for a work that nothing identifies."""
        if self.record is not None:
            return fit(self.record.id)
        if self.arxiv is not None:
            return self.arxiv.record_id
        return f"doi:{self.doi}" if self.doi else None

    @property
    def is_preprint(self) -> bool:
        """Whether arXiv is the only place it is known to be."""
        in_journal = self.get("journaltitle").lower().startswith("arxiv")
        return self.arxiv is not None and (self.kind in ("online", "misc", "unpublished") or in_journal)

    @property
    def abstract(self) -> str:
        """The abstract; decoded only when asked for."""
        return self.get("abstract")

    @property
    def comment(self) -> str:
        """What the authors say about it at arXiv."""
        return plain(fit(self.record.comment)) if self.record is not None else ""

    @property
    def journal_ref(self) -> str:
        """Where arXiv says that it was published, in the authors' words."""
        return plain(fit(self.record.journal_ref)) if self.record is not None else ""

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Name and plain value of the entry's fields that no other member holds."""
        held = {name for name in _SAID if self._holds(name)}
        if (self.entry.get("eprinttype") or "arxiv").lower() == "arxiv" and self.arxiv is not None:
            held |= _EPRINT
        left = {f.name: f for f in reversed(self.entry.fields) if f.name not in held}
        return tuple((name, _plain(field)) for name, field in reversed(left.items()))

    def _holds(self, name: str) -> bool:
        """Whether what the field says is in another member: an address that is none, or a second year, is not."""
        if name in ("doi", "url"):
            return bool(self.doi if name == "doi" else self.url)
        return name != "year" or self.entry.get("date") is None

    def get(self, name: str) -> str:
        """A field of the entry as plain Unicode; the empty text where there is none."""
        return plain(self.entry.get(name) or "")


def work_of(item: Item) -> Work:
    """The item as a work. Its entry may be of either dialect."""
    entry = to_biblatex(_fit_entry(item.entry))
    record = item.record
    value = entry.get("date") or entry.get("year") or ""
    arxiv = parse_arxiv(f"arXiv:{record.arxiv_number}") if record is not None and record.arxiv_number else None
    arxiv = arxiv or _arxiv_of(entry)
    year = _YEAR.search(value)
    return Work(
        key=entry.key,
        entry=entry,
        record=record,
        sources=tuple(map(fit, item.sources)),
        title=_title(entry),
        authors=people(entry.get("author")),
        editors=people(entry.get("editor")),
        date=value.strip() if _EDTF.match(value) else plain(value),
        year=int(year[0]) if year else None,
        arxiv=arxiv,
        categories=_categories(entry, record),
        doi=_doi(entry),
        url=_url(entry),
    )


def people(value: str | None) -> People:
    """The names of a field."""
    if not value:
        return People()
    read = names.parse_bibtex(value)
    decoded = map(_decoded, read.names)
    return People(names=tuple(name for name in decoded if name.natural), complete=read.complete)


def plain(value: str) -> str:
    """A LaTeX value as plain Unicode."""
    return latex.decode(value, math="unicode") if value else ""


def fit(text: str) -> str:
    r"""The text without characters that documents may not hold.

    >>> fit("a\x00b")
    'a�b'
    """
    return _UNFIT.sub("\ufffd", text)


def _fit_entry(entry: Entry) -> Entry:
    fields = tuple(Field(fit(f.name), fit(f.value), macro=f.macro) for f in entry.fields)
    return replace(entry, key=fit(entry.key), entry_type=fit(entry.entry_type), fields=fields)


def _decoded(name: Name) -> Name:
    parts = ("family", "given", "particle", "suffix", "literal")
    return Name(**{part: plain(getattr(name, part)) for part in parts})


def _title(entry: Entry) -> str:
    return ": ".join(filter(None, (plain(entry.get(name) or "") for name in ("title", "subtitle"))))


def _plain(field: Field) -> str:
    verbatim = field.name in ("doi", "url", "file", "eprint", "urn")
    return address(field.value) if verbatim else field.value if field.macro else plain(field.value)


def _arxiv_of(entry: Entry) -> ArxivId | None:
    """The id in `eprint`, else in a field where people put it."""
    eprint = entry.get("eprint") or ""
    if (entry.get("eprinttype") or "arxiv").lower() == "arxiv" and (number := parse_arxiv(eprint)):
        return number
    for name in _ARXIV_PLACES:
        for _, identifier in find_identifiers((entry.get(name) or "")[:_LONGEST_PLACE]):
            if identifier.scheme == "arxiv":
                return parse_arxiv(identifier.value)
    return None


def _doi(entry: Entry) -> str | None:
    doi = parse_doi(address(entry.get("doi") or ""))
    return None if doi is None or doi.startswith(_ARXIV_DOI) else doi


def _categories(entry: Entry, record: Record | None) -> tuple[str, ...]:
    """The categories at arXiv, the primary one first."""
    if record is not None and (record.primary_category or record.categories):
        found = (record.primary_category, *record.categories)
        return tuple(dict.fromkeys(fit(category) for category in found if category))
    class_ = plain(entry.get("eprintclass") or "")
    if not class_ and (old := _OLD_CLASS.match(entry.get("eprint") or "")):
        class_ = old[1]
    return (class_,) if class_ else ()


def _url(entry: Entry) -> str | None:
    """The address in `url`, else one in a field where people put it."""
    if found := linkable(entry.get("url") or ""):
        return found
    for name in _URL_PLACES:
        for _, identifier in find_identifiers((entry.get(name) or "")[:_LONGEST_PLACE]):
            if identifier.scheme == "url":
                return linkable(identifier.value)
    return None
