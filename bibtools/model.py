"""The values everything else speaks of: mentions, records, resolutions, entries.

All are immutable and hashable. Nothing here reads, writes or knows a format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bibtools.errors import Problem

IdentifierScheme = Literal["arxiv", "doi", "isbn", "url"]
MentionState = Literal["resolved", "unresolved", "pinned", "ignored"]
MentionKind = Literal["identifier", "entry", "reference", "title", "abstract", "paragraph", "followed"]


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text: half-open, in code points."""

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"not a span: {self.start}..{self.stop}")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as exactly as it is known.

    >>> str(PartialDate(2017, 6, 12)), str(PartialDate(2017))
    ('2017-06-12', '2017')
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """ISO 8601, as far as known."""
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
            if self.day is not None:
                text += f"-{self.day:02d}"
        return text

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2017`, `2017-06`, `2017-06-12` or an ISO time stamp; ValueError for anything else.

        >>> PartialDate.parse("2017-06-12T17:57:34Z")
        PartialDate(year=2017, month=6, day=12)
        """
        day = text.partition("T")[0]
        parts = [int(part) for part in day.split("-")]
        if not 1 <= len(parts) <= 3 or len(day.split("-")[0]) != 4:
            raise ValueError(f"not a date: {text!r}")
        if not all(1 <= part <= top for part, top in zip(parts[1:], (12, 31), strict=False)):
            raise ValueError(f"not a date: {text!r}")
        return cls(*parts)


@dataclass(frozen=True, slots=True, order=True)
class ArxivId:
    """An arXiv identifier: `number` is `2408.00118` or `hep-th/9901001` (no subject class), `version` 1, 2, …

    >>> str(ArxivId("2408.00118", 2)), ArxivId("2408.00118", 2).record_id
    ('2408.00118v2', 'arxiv:2408.00118')
    """

    number: str
    version: int | None = None

    def __str__(self) -> str:
        """The bare id as arXiv writes it, with `vN` where a version is meant."""
        return self.number if self.version is None else f"{self.number}v{self.version}"

    @property
    def record_id(self) -> str:
        """The id of the record: all versions of a paper are one record."""
        return f"arxiv:{self.number}"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier seen in a mention.

    `value` is normalised: `2408.00118v2` for arXiv, lower case without resolver for a DOI. `own` is false
    for an identifier that the mention's text merely quotes (a reference inside an abstract).
    """

    scheme: IdentifierScheme
    value: str
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person after CSL, or, with `literal`, a collective that must never be split.

    Texts are as the service wrote them (Unicode; TeX where authors typed it).
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def natural(self) -> str:
        """The name in natural order: given, particle, family, suffix.

        >>> Name(family="With", given="Peter H. N.", particle="de").natural
        'Peter H. N. de With'
        """
        parts = (self.given, self.particle, self.family, self.suffix)
        return self.literal or " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry: lower-case name and value without delimiters.

    With `macro` the value is the name of a macro (`jun`) and is written bare.
    """

    name: str
    value: str
    macro: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One `@type{key, …}`: what is rendered from a record for one format, or read from a file."""

    entry_type: str
    key: str
    fields: tuple[Field, ...] = ()

    def get(self, name: str) -> str | None:
        """The value of the first field of that name, if there is one."""
        return next((field.value for field in self.fields if field.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A work, source-neutral, as the service describes it.

    `id` is `scheme:value`: `arxiv:2408.00118` (no version), `doi:…` or `local:…`. Texts are the service's own
    with white space normalised: Unicode mixed with the TeX that authors typed. `published` is the date of the
    first version, `updated` that of `version`. `authors_complete` is false where the service's own list ends
    in "et al.". `retrieved` is the UTC time of the answer (ISO 8601). `entry` is set only for a record that no
    service described: the entry exactly as its source wrote it. `source` is what structured sources say of a work
    that has a description besides: it is shown as they write it, and completed with what it lacks.
    """

    id: str
    title: str = ""
    authors: tuple[Name, ...] = ()
    authors_complete: bool = True
    abstract: str = ""
    version: int | None = None
    published: PartialDate | None = None
    updated: PartialDate | None = None
    categories: tuple[str, ...] = ()
    primary_category: str = ""
    comment: str = ""
    journal_ref: str = ""
    dois: tuple[str, ...] = ()
    retrieved: str = ""
    entry: Entry | None = None
    source: Entry | None = None

    @property
    def arxiv_number(self) -> str | None:
        """The bare arXiv id, if arXiv is where the record comes from."""
        scheme, _, value = self.id.partition(":")
        return value if scheme == "arxiv" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A paper as somebody wrote it down.

    `digest` identifies it: a hash of the normalised text, so that moving it changes nothing; `abstract_digest`
    is that of the abstract alone, so that one text with and without an id beside it is known to be one paper.
    `source` is the path relative to the project with `/`, `line` and `end_line` count from 1, `span` is the
    place in the source's text. `entry` is set only for an entry of a structured source (`.bib`, RIS, CSL); one
    pasted into a note is a `reference`. One of a target is `followed`: a paper that arXiv has, or no mention.
    """

    source: str
    span: Span
    line: int
    end_line: int
    digest: str
    kind: MentionKind
    title: str | None = None
    authors: tuple[str, ...] = ()
    abstract: str | None = None
    abstract_digest: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    date: PartialDate | None = None
    comment: str | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A record that a mention might mean; `score` from 0 (nothing in common) to 1 (the same text)."""

    id: str
    title: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why a mention was taken to be a record.

    `method` is `identifier`, `doi`, `abstract`, `title`, `same-text` (another mention of the same text is
    resolved), `entry` (the source's own entry is the record), `pinned`, `ignored`; `score` and `margin` (distance
    to the runner-up) are from 0 to 1; `version` is the version whose wording was matched, if not the current one;
    `query` is what found it, or the record that an ignored mention led to before.
    """

    method: str
    score: float | None = None
    margin: float | None = None
    version: int | None = None
    query: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a mention turned out to be: a record with evidence, or unresolved with ranked candidates.

    `problems` are without place: what was found about the mention (contradicted, withdrawn, no such id, …).
    `confirmed` is set where they say that something does not exist and the service itself was asked. An entry of a
    structured source that nobody could be asked about is unresolved, and `id` is the record that stands in for it:
    the entry as it is written.
    """

    digest: str
    state: MentionState
    id: str | None = None
    evidence: Evidence | None = None
    candidates: tuple[Candidate, ...] = ()
    problems: tuple[Problem, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One question to arXiv: either `ids` (any number; the client sends them in batches) or a `search` expression.

    `search` is a complete `search_query` in arXiv's syntax, short enough for one request.
    """

    ids: tuple[ArxivId, ...] = ()
    search: str = ""
    max_results: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What arXiv said: the records that came, and for a search how many there are in all.

    A record asked for with a version describes that version (`Record.version`); unknown ids are absent.
    """

    records: tuple[Record, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAsked:
    """Nobody answered: nothing follows from it, and `problem` says why.

    `records` are those of the ids asked for that were known all the same; of the others nothing is known.
    """

    problem: Problem
    records: tuple[Record, ...] = ()


Answer = Answered | NotAsked


OTHERS = "others"
"""The name that stands for the rest of a list of names, in BibTeX and biblatex."""

EntryFormat = Literal["bibtex", "biblatex"]
Profile = Literal["classic", "modern", "scholar"]
Month = Literal["macro", "number", "name", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOptions:
    """How a record becomes an entry: the settings of a target that change what is rendered.

    `field_order` names the fields that come first; the rest follow in their usual order.
    """

    format: EntryFormat = "bibtex"
    profile: Profile = "classic"
    abstract: bool = False
    exclude_fields: tuple[str, ...] = ()
    max_authors: int = 0
    prefer: Literal["published", "preprint"] = "published"
    encoding: Literal["utf-8", "ascii"] = "utf-8"
    month: Month = "macro"
    field_order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page to be published (HTML, Markdown) shows beside the works.

    `title` is its heading, `sources` whether it tells which notes mention a work, `fields` the private fields of
    entries that it shows nevertheless.
    """

    title: str = ""
    sources: bool = False
    fields: tuple[str, ...] = ()
