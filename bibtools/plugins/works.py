"""An entry of either dialect as one kind of value, which every style sets.

What BibTeX and biblatex call differently has one name here (biblatex's), a cross-reference is followed, and the
arXiv id stands in one place alone: wherever else an entry repeats it (`howpublished`, `url`, the journal "arXiv
preprint …", `CoRR` with `abs/…`, arXiv's DOI), it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bibtools import bibfile, names
from bibtools.formats import dates
from bibtools.formats.dates import MONTHS, DateSpan, Moment
from bibtools.formats.dialects import to_biblatex
from bibtools.formats.printed import printed
from bibtools.identifiers import parse_arxiv, parse_doi
from bibtools.model import ArxivId, Entry, Field, Name, PartialDate
from bibtools.plugins.richtext import Value, plain
from bibtools.pybtex_door import from_pybtex

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_KINDS = {
    "article": "article", "suppperiodical": "article", "review": "article",
    "inproceedings": "contribution", "incollection": "contribution", "inbook": "contribution",
    "bookinbook": "contribution", "suppbook": "contribution", "suppcollection": "contribution",
    "inreference": "contribution", "conference": "contribution",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book", "proceedings": "book",
    "mvproceedings": "book", "reference": "book", "mvreference": "book", "periodical": "book", "booklet": "book",
    "manual": "manual", "report": "report", "thesis": "thesis", "patent": "patent", "software": "software",
    "dataset": "dataset", "online": "online",
}  # fmt: skip
_PREPRINTS = ("online", "misc", "unpublished", "report")
_MENTIONS = (
    "howpublished", "note", "addendum", "number", "volume", "eid", "pages", "series",
    "journaltitle", "booktitle", "publisher", "institution", "organization", "type", "pubstate",
)  # fmt: skip
_HOMES = re.compile(
    r"(?:(?:published |available )?(?:at |on |as |in )?(?:the )?arxiv(?:\.org|\.com)?"
    r"(?: (?:e-?prints?|preprints?|\(cornell university\)))*|corr|computing research repository|"
    r"arxiv[: ]\s*abs/.*|e-?prints?|preprints?)(?:\s*[:,]?\s*\[?[a-z-]+(?:\.[a-z-]+)?\]?)?\Z",
    re.IGNORECASE,
)
_AROUND = r"(?:(?:preprint|e-?print|available|online|at|from|on|see|also|as|in)[\s:,]{1,3}){0,4}"
_MENTION = re.compile(
    rf"[\s(\[]{{0,3}}{_AROUND}(?:https?://(?:[a-z]+\.)?arxiv\.org/[a-z]+/|(?:corr[\s,:]{{0,3}})?abs/|"
    r"(?:https?://(?:dx\.)?doi\.org/)?10\.48550/arxiv\.|arxiv(?:\.org)?(?:[\s:/]|e-?prints?|preprints?|,|--?){0,6})"
    r"(?:[a-z-]+(?:\.[a-z]+)?/)?(?P<id>\d{4}\.\d{4,5}|\d{7})(?!\d)(?:v[0-9]+)?(?:\.pdf)?(?:\s*\[[a-z.-]+\])?[)\]]?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_WRAPPER = re.compile(r"\\(?:url|path|nolinkurl|texttt)\s*\{([^{}]*)\}")
_HREF = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ESCAPED = re.compile(r"\\([#$%&_{}~])")
_YEARS = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_TITLE_END = re.compile(r"(?<=[\w)}\]$]{4})\.\Z|(?<=[a-z)}]{2})\.\Z")
_ARCHIVES = {"hal": "HAL", "jstor": "JSTOR", "pubmed": "PubMed", "googlebooks": "Google Books", "pmcid": "PMCID"}
_LONGEST = 20_000
_INHERITED_NEVER = frozenset(
    ["crossref", "xref", "xdata", "ids", "entryset", "label", "sortkey", "key", "shorthand", "abstract"]
)
_BOOK = {"title": "booktitle", "subtitle": "booksubtitle"}
_JOURNAL = {"title": "journaltitle", "subtitle": "journalsubtitle"}


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The people of one role; `complete` is false where the list ends in `and others`. Names are LaTeX."""

    names: tuple[Name, ...] = ()
    complete: bool = True

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When a work appeared: a date, the `end` of a range, or `words` ("in press", LaTeX) where it is no date.

    A range that `is_open` has no end yet; `month` is a month as it was written, where it is none of the twelve.
    """

    begin: PartialDate | None = None
    end: PartialDate | None = None
    is_open: bool = False
    words: str = ""
    month: str = ""

    @property
    def year(self) -> str:
        """The year, or the years of a range, or the words; empty where nothing is known."""
        if self.begin is None:
            return plain(self.words)
        if self.end is not None and self.end.year != self.begin.year:
            return f"{self.begin.year}–{self.end.year}"
        return f"{self.begin.year}–" if self.is_open else str(self.begin.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One work to be set: `kind`, people, date, identifiers, and all other fields (LaTeX, biblatex's names)."""

    kind: str
    entry_type: str
    key: str
    authors: People = People()
    editors: People = People()
    translators: People = People()
    when: When = When()
    arxiv: ArxivId | None = None
    category: str = ""
    doi: str = ""
    url: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    def get(self, *names: str) -> str:
        """The first of the fields that says something, as LaTeX; empty if none does."""
        return next((self.fields[name] for name in names if self.fields.get(name)), "")

    def text(self, *names: str) -> Value | str:
        """The same as rich text."""
        value = self.get(*names)
        return Value(value) if value else ""

    @property
    def heads(self) -> tuple[People, str]:
        """Who a reference begins with, and the role (`author`, `editor`, or nothing)."""
        if self.authors:
            return self.authors, "author"
        if self.editors and self.kind != "contribution":
            return self.editors, "editor"
        return People(), ""


def work_of(entry: Any, others: Mapping[str, Any] | None = None) -> Work:
    """An entry of pybtex's as a work; `others` are the entries among which a `crossref` is looked up."""
    ours = printed(_with_parent(from_pybtex(entry), others))
    number = bibfile.arxiv_id(ours)
    translated = to_biblatex(ours)
    fields = {f.name: _trimmed(f.name, f.value) for f in reversed(translated.fields) if f.value.strip()}
    doi, url = _doi(fields.pop("doi", "")), _url(fields.pop("url", ""))
    if not doi and (found := parse_doi(url)):
        doi = found
    kind = translated.entry_type.lower()
    if "articleno" in fields:
        fields.setdefault("eid", fields.pop("articleno"))
    if archive := ours.get("eprinttype") or ours.get("archiveprefix"):
        fields["eprinttype"] = _ARCHIVES.get(archive.lower(), archive)
    if number is not None:
        fields = _without_arxiv(fields, number)
        doi = "" if _is_arxiv(f"https://doi.org/{doi}", number) else doi
        url = "" if _is_arxiv(url, number) else url
    if doi and parse_doi(url) == doi.lower():
        url = ""
    fields, url = _web(fields, url)
    return Work(
        kind=_kind(kind, fields, number),
        entry_type=kind,
        key=ours.key,
        authors=_people(fields.pop("author", "")),
        editors=_people(fields.pop("editor", "")),
        translators=_people(fields.pop("translator", "")),
        when=_when(fields),
        arxiv=number,
        category=plain(fields.pop("eprintclass", "")),
        doi=doi,
        url=url,
        fields=fields,
    )


def _is_arxiv(address: str, number: ArxivId) -> bool:
    found = parse_arxiv(address)
    return found is not None and found.number == number.number


def _kind(kind: str, fields: Mapping[str, str], number: ArxivId | None) -> str:
    at_home = not any(fields.get(name) for name in ("journaltitle", "booktitle", "publisher", "institution"))
    if number is not None and at_home and kind in (*_PREPRINTS, "article", "inproceedings"):
        return "preprint"
    if kind == "article" and not fields.get("journaltitle"):
        return "misc"
    if kind == "inbook" and not fields.get("booktitle"):
        return "book"  # BibTeX's: a part, by chapter or pages, of a book that the title names
    return _KINDS.get(kind, "misc")


def _with_parent(entry: Entry, others: Mapping[str, Any] | None) -> Entry:
    """The entry with what its cross-reference says: the parent's title is the title of the book it stands in."""
    parent_key = entry.get("crossref")
    found = others.get(parent_key.strip()) if others and parent_key else None
    if found is None:
        return entry
    parent = from_pybtex(found)
    kind = _KINDS.get(entry.entry_type.lower())
    names_there = _BOOK if kind == "contribution" else _JOURNAL if kind == "article" else {}
    present = {f.name for f in entry.fields}
    present |= {"year", "month"} if "date" in present else {"date"} if "year" in present else set()
    added = []
    for each in parent.fields:
        name = names_there.get(each.name, each.name)
        if each.name == "booktitle" and parent.get("title"):
            continue
        if name not in present and name not in _INHERITED_NEVER:
            added.append(Field(name, each.value, macro=each.macro))
            present.add(name)
    return Entry(entry_type=entry.entry_type, key=entry.key, fields=(*entry.fields, *added))


def _trimmed(name: str, value: str) -> str:
    """The value without the punctuation that the reference brings itself."""
    value = value[:_LONGEST] if len(value) > _LONGEST and name not in ("author", "editor") else value
    if name in ("author", "editor", "translator"):
        return value.strip()
    value = value.strip().rstrip(",;").strip()
    ends = name in ("title", "subtitle") and not value.endswith("..")
    return _TITLE_END.sub("", value) if ends else value


def _without_arxiv(fields: dict[str, str], number: ArxivId) -> dict[str, str]:
    """The fields without the places that only say the id again, or that arXiv is where the work is."""
    short = number.number.rpartition("/")[2]

    def other(match: re.Match[str]) -> str:
        return " " if match["id"] == short else match[0]

    kept = {name: value for name, value in fields.items() if name not in ("eprint", "eprinttype", "archive")}
    for name in _MENTIONS:
        value = kept.get(name)
        if value is None or (name not in ("volume", "number", "eid", "pages") and "rxiv" not in value.lower()
                             and "corr" not in value.lower() and "abs/" not in value):  # fmt: skip
            continue
        bare = _WRAPPER.sub(r" \1 ", _HREF.sub(r" \1 ", value)).replace("{", "").replace("}", "")
        if bare.strip().removeprefix("abs/") == number.number or _HOMES.match(bare.strip()):
            del kept[name]
        elif (rest := _MENTION.sub(other, bare)) != bare:
            rest = rest.strip(" .,;:()[]")
            if _says_something(rest):
                kept[name] = rest
            else:
                del kept[name]
    return kept


def _says_something(rest: str) -> bool:
    if _YEARS.fullmatch(rest) or _HOMES.match(rest):
        return False
    return any(char.isalnum() for char in rest)


def _doi(value: str) -> str:
    """The DOI without resolver, in its own spelling where that is one."""
    value = _ESCAPED.sub(r"\1", _WRAPPER.sub(r"\1", _HREF.sub(r"\1", value))).strip().strip("{}")
    found = parse_doi(value)
    place = value.lower().find(found) if found else -1
    return value[place : place + len(found)] if found and place >= 0 else found or ""


def _url(value: str) -> str:
    value = _ESCAPED.sub(r"\1", _WRAPPER.sub(r"\1", _HREF.sub(r"\1", value)))
    return "".join(value.replace("{", "").replace("}", "").split("\n")[0].split())


def _web(fields: dict[str, str], url: str) -> tuple[dict[str, str], str]:
    r"""`howpublished = {\url{…}}` is the address, if there is none."""
    shown = _WRAPPER.sub(r"\1", fields.get("howpublished", "")).strip()
    if _ADDRESS.fullmatch(shown) and (not url or url == _url(shown)):
        return {name: value for name, value in fields.items() if name != "howpublished"}, _url(shown)
    return fields, url


def _people(value: str) -> People:
    """The names of a role; what cannot be split stays one name."""
    found = names.parse_bibtex(value) if value else None
    return People(names=found.names, complete=found.complete) if found else People()


def _when(fields: dict[str, str]) -> When:
    """The date, out of `date`, `year`, `month` and `day`; these are taken away from the fields."""
    given = {name: fields.pop(name, "").strip() for name in ("date", "year", "month", "day")}
    found = dates.of_fields(Field(name, value) for name, value in given.items() if value)
    month = given["month"]
    if not isinstance(found, DateSpan):
        text = (found or "").strip("{}~%? ")
        return When(words=text, month="" if text else _month(month))
    begin, end = partial(found.start), partial(found.stop)
    if begin is None:
        return When(words=f"–{end.year}") if end else When()
    if not given["date"] and begin.month is None:
        return When(begin=begin, month="" if month.lower() in MONTHS else month)
    if not given["date"] and found.is_range:  # of months, as they are written
        return When(begin=PartialDate(begin.year), month=month)
    season = _SEASONS[found.start.season - 1] if found.start and found.start.season else ""
    return When(begin=begin, end=end, is_open=found.is_range and end is None, month=season)


def partial(moment: Moment | None) -> PartialDate | None:
    """A moment without its season."""
    return PartialDate(moment.year, moment.month, moment.day) if moment else None


def _month(month: str) -> str:
    """A month that stands alone, by its name."""
    number = MONTHS.index(month.lower()[:3]) if month.lower()[:3] in MONTHS else None
    return month if number is None else MONTH_NAMES[number]
