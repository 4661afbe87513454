"""Mentions out of entries: what a `.bib`, RIS or CSL entry says, in a mention's terms."""

from __future__ import annotations

import re
from dataclasses import replace

from bibtools import text
from bibtools.errors import Problem
from bibtools.extract.paper import Lines, Paper, distinct, mention_of
from bibtools.formats import Parsed, ParsedEntry
from bibtools.identifiers import parse_arxiv, parse_doi
from bibtools.model import Entry, Identifier, Mention, PartialDate

_YEAR = re.compile(r"(?<!\d)(\d{4})(?:[-/](0[1-9]|1[0-2])(?:[-/](0[1-9]|[12]\d|3[01]))?)?(?!\d)")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"]
)


def paper_of(entry: Entry, start: int, stop: int, *, pasted: bool = False) -> Paper:
    """What an entry at a place says. One `pasted` into notes is a reference and does not stand for itself."""
    title = plain(entry.get("title") or "") or None
    subtitle = plain(entry.get("subtitle") or "")
    return Paper(
        start=start,
        stop=stop,
        kind="reference" if pasted else "entry",
        title=f"{title}: {subtitle}" if title and subtitle else title,
        authors=tuple(plain(name) for name in names_of(entry.get("author") or "")),
        abstract=plain(entry.get("abstract") or "") or None,
        identifiers=identifiers_of(entry),
        date=date_of(entry),
        entry=None if pasted else entry,
    )


def mentions_of(parsed: Parsed, text: str, source: str) -> tuple[tuple[Mention, ...], tuple[Problem, ...]]:
    """A mention for each entry of a document that was read, and its problems."""
    lines = Lines.of(text)
    found = []
    for read in parsed.entries:
        named = _named(read)
        paper = paper_of(named, read.span.start, read.span.stop)
        # A key that was made up is no key of the source's: the library has its own rule for those.
        entry = named if read.entry.key else read.entry
        found.append(replace(mention_of(paper, source=source, lines=lines), entry=entry))
    return tuple(found), parsed.problems


def _named(parsed: ParsedEntry) -> Entry:
    """The entry under the key that it is known by; without one, of the first author, the year and the title."""
    return replace(parsed.entry, key=parsed.name or _key(parsed.entry))


def plain(value: str) -> str:
    """A LaTeX value as text, mathematics as written."""
    from bibtools import latex

    return text.squeeze(latex.decode(value)) if value else ""


def names_of(value: str) -> list[str]:
    """The names of a BibTeX list: split at `and` outside braces, without `others`."""
    names, depth, last = [], 0, 0
    for match in re.finditer(r"\\.|[{}]|\s+and(?=\s)", value, re.DOTALL | re.IGNORECASE):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif match[0].strip().lower() == "and" and depth <= 0:
            names.append(value[last : match.start()])
            last = match.end()
    names.append(value[last:])
    return [name.strip() for name in names if name.strip() and name.strip().lower() != "others"]


def identifiers_of(entry: Entry) -> tuple[Identifier, ...]:
    """The entry's own identifiers: arXiv's wherever people put it, DOI, ISBN, address."""
    from bibtools import bibfile

    found: list[Identifier] = []
    if arxiv := bibfile.arxiv_id(entry):
        found.append(Identifier("arxiv", str(arxiv)))
    if (doi := bibfile.doi(entry)) and not parse_arxiv(doi):
        found.append(Identifier("doi", doi))
    isbn = re.sub(r"[\s-]", "", entry.get("isbn") or "").upper()
    if re.fullmatch(r"\d{9}[\dX]|\d{13}", isbn):
        found.append(Identifier("isbn", isbn))
    url = (entry.get("url") or "").strip()
    if url.lower().startswith(("http://", "https://")) and not parse_arxiv(url) and not parse_doi(url):
        found.append(Identifier("url", url))
    return distinct(found)


def date_of(entry: Entry) -> PartialDate | None:
    """The date of an entry: biblatex's `date`, else `year` and `month`; None where there is no year in figures."""
    match = _YEAR.search(entry.get("date") or "") or _YEAR.search(entry.get("year") or "")
    if match is None:
        return None
    month = int(match[2]) if match[2] else _month(entry.get("month") or "")
    return PartialDate(int(match[1]), month, int(match[3]) if match[3] else None)


def _month(value: str) -> int | None:
    return _MONTHS.get(value.strip().lower()[:3]) or text.number_up_to(12, value)


def _key(entry: Entry) -> str:
    family = (names_of(entry.get("author") or "") or [""])[0].partition(",")[0]
    date = date_of(entry)
    words = [
        word
        for word in re.findall(r"[a-z0-9]+", text.fold(entry.get("title") or "").lower())
        if word not in _SMALL
    ]
    family = re.sub(r"[^a-z0-9]", "", text.fold(plain(family)).lower())
    return f"{family}{date.year if date else ''}{words[0] if words else ''}" or "entry"
