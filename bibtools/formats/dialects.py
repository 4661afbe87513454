"""The two dialects of `.bib`: what BibTeX and biblatex call the same things.

Sources: *BibTeXing*, section 3; the biblatex manual, 2.1 (entry types), 2.2.5 (field aliases), 2.3.8 (dates).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bibtools.formats.dates import MONTHS, DateSpan, Moment
from bibtools.formats.dates import of_fields as date_of_fields
from bibtools.formats.dates import parse as parse_date
from bibtools.model import Entry, Field

_TO_BIBLATEX = {
    "journal": "journaltitle",
    "address": "location",
    "school": "institution",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
}
_TO_BIBTEX = {new: old for old, new in _TO_BIBLATEX.items() if old != "school"}
_BIBLATEX_ONLY = frozenset(_TO_BIBTEX)
_BIBTEX_ONLY = frozenset({"year", *_TO_BIBLATEX})
_THESES = {"phdthesis": "phdthesis", "mastersthesis": "mathesis"}
_TYPE_FIELDS = {("type", kind) for kind in ("mathesis", "phdthesis", "techreport")}
_BIBTEX_TYPES = {
    "online": "misc", "electronic": "misc", "www": "misc", "dataset": "misc", "software": "misc", "patent": "misc",
    "report": "techreport", "collection": "book", "mvbook": "book", "mvcollection": "book", "reference": "book",
    "mvproceedings": "proceedings", "suppbook": "inbook", "bookinbook": "inbook", "inreference": "incollection",
    "suppcollection": "incollection", "periodical": "misc", "suppperiodical": "article", "mvreference": "book",
    "movie": "misc", "video": "misc", "audio": "misc", "music": "misc", "image": "misc", "artwork": "misc",
    "letter": "misc", "legal": "misc", "jurisdiction": "misc", "legislation": "misc", "performance": "misc",
    "review": "article", "standard": "misc", "bibnote": "misc", "commentary": "misc",
}  # fmt: skip
_ARXIV_URL = re.compile(r"https?://(?:www\.)?arxiv\.org/abs/(?P<id>[^\s{}]+)\Z", re.ASCII | re.IGNORECASE)


def biblatex_name(name: str) -> str:
    """What biblatex calls a field of either dialect; `year`, `month` and `date` stay themselves.

    >>> biblatex_name("archiveprefix"), biblatex_name("journaltitle")
    ('eprinttype', 'journaltitle')
    """
    return _TO_BIBLATEX.get(name, name)


def is_biblatex(entry: Entry) -> bool | None:
    """Whether an entry is in biblatex's words, or else in BibTeX's; None where it could be either.

    >>> is_biblatex(Entry(entry_type="misc", key="a", fields=(Field("date", "2017"),)))
    True
    """
    names = {field.name for field in entry.fields}
    if names & {"date", "journaltitle"} or entry.entry_type.lower() in ("online", "thesis", "report"):
        return True
    if names & _BIBTEX_ONLY:
        return False
    return True if names & _BIBLATEX_ONLY else None


def to_biblatex(entry: Entry) -> Entry:
    """An entry in biblatex's words; what has no counterpart stays.

    An arXiv preprint becomes `@online` without the places where its id was only repeated.
    """
    kind = entry.entry_type.lower()
    fields = _rename(entry.fields, _TO_BIBLATEX, _eprinttype)
    fields = _merge_date(fields)
    number = _arxiv_eprint(fields)
    if kind in ("misc", "unpublished") and number is not None:
        kind = "online"
        fields = [field for field in fields if not _repeats_id(field, number)]
    if kind in _THESES or kind == "techreport":
        fields = _with(fields, Field("type", _THESES.get(kind, kind)))
        kind = "report" if kind == "techreport" else "thesis"
    kind = {"conference": "inproceedings", "electronic": "online", "www": "online"}.get(kind, kind)
    subtype = next(iter(_values(fields, "entrysubtype")), "")
    if _BIBTEX_TYPES.get(subtype) == kind:
        kind = subtype
        fields = [field for field in fields if field.name != "entrysubtype"]
    return replace(entry, entry_type=_type(entry, kind), fields=tuple(fields))


def to_bibtex(entry: Entry) -> Entry:
    """An entry in BibTeX's words; what has no counterpart stays, but no `date` without `year`.

    An arXiv preprint gets a place where every style shows its id. A type that BibTeX does not have is kept in
    `entrysubtype`, which BibTeX ignores.
    """
    kind = entry.entry_type.lower()
    fields = _rename(entry.fields, _TO_BIBTEX, _archiveprefix)
    fields = _split_date(fields)
    if kind == "thesis":
        master = any(field.name == "type" and field.value == "mathesis" for field in fields)
        kind = "mastersthesis" if master else "phdthesis"
    if kind in _THESES or (kind == "report" and "techreport" in _values(fields, "type")):
        fields = [field for field in fields if (field.name, field.value) not in _TYPE_FIELDS]
    if kind in _THESES:
        fields = _rename(fields, {"institution": "school"})
    number = _arxiv_eprint(fields)
    if kind == "online" and number is not None and not _values(fields, "howpublished"):
        class_ = next(iter(_values(fields, "primaryclass")), "")
        shown = Field("howpublished", arxiv_cite_as(number, class_))
        place = next(index for index, field in enumerate(fields) if field.name == "eprint")
        fields.insert(place, shown)
    made = _BIBTEX_TYPES.get(kind, kind)
    if kind != made and made != "techreport" and not (kind == "online" and number is not None):
        fields = _with(fields, Field("entrysubtype", kind))
    return replace(entry, entry_type=_type(entry, made), fields=tuple(fields))


def arxiv_cite_as(number: str, primary_category: str) -> str:
    """The id as arXiv asks to be cited: an old id that begins with its category does not repeat it.

    >>> arxiv_cite_as("1706.03762", "cs.CL"), arxiv_cite_as("hep-th/9901001", "hep-th")
    ('arXiv:1706.03762 [cs.CL]', 'arXiv:hep-th/9901001')
    """
    if not primary_category or number.partition("/")[0] == primary_category:
        return f"arXiv:{number}"
    return f"arXiv:{number} [{primary_category}]"


def _type(entry: Entry, kind: str) -> str:
    """The type as the entry wrote it, if it is still the same."""
    return entry.entry_type if entry.entry_type.lower() == kind else kind


def _values(fields: Iterable[Field], name: str) -> list[str]:
    return [field.value for field in fields if field.name == name]


def _with(fields: list[Field], new: Field) -> list[Field]:
    return fields if _values(fields, new.name) else [*fields, new]


def _rename(
    fields: Iterable[Field], names: Mapping[str, str], adapt: Callable[[Field], Field] = lambda field: field
) -> list[Field]:
    """The fields under their new names, unless one of that name is there already."""
    fields = list(fields)
    present = {field.name for field in fields}
    return [
        adapt(replace(field, name=names[field.name]))
        if field.name in names and names[field.name] not in present
        else field
        for field in fields
    ]


def _eprinttype(field: Field) -> Field:
    return replace(field, value=field.value.lower()) if field.name == "eprinttype" else field


def _archiveprefix(field: Field) -> Field:
    arxiv = field.name == "archiveprefix" and field.value.lower() == "arxiv"
    return replace(field, value="arXiv") if arxiv else field


def _merge_date(fields: list[Field]) -> list[Field]:
    """`year`, `month` and `day` as one `date`, where they are plain; beside a `date` of that year they go."""
    years = _values(fields, "year")
    if dates := _values(fields, "date"):
        date = parse_date(dates[0])
        if (
            not years
            or date is None
            or date.start is None
            or years[0].strip("{} ") != str(Moment(date.start.year))
        ):
            return fields
        return [field for field in fields if field.name not in ("year", "month", "day")]
    date_found = date_of_fields(fields)
    months = _values(fields, "month")
    if not isinstance(date_found, DateSpan) or date_found.start is None or date_found.start.season:
        return fields
    if months and date_found.start.month is None:
        return fields
    merged = [Field("date", str(date_found)) if field.name == "year" else field for field in fields]
    day_used = date_found.start.day is not None
    return [field for field in merged if field.name != "month" and not (day_used and field.name == "day")]


def _split_date(fields: list[Field]) -> list[Field]:
    """`date` as `year`, `month` and `day` of its beginning; it stays beside them where they do not say all."""
    dates = _values(fields, "date")
    if not dates or _values(fields, "year"):
        return fields
    date = parse_date(dates[0])
    if date is None:
        return [replace(field, name="year") if field.name == "date" else field for field in fields]
    if date.start is None:
        return fields
    split = [Field("year", str(Moment(date.start.year)))]
    if date.start.month is not None:
        split.append(Field("month", MONTHS[date.start.month - 1], macro=True))
    if date.start.day is not None:
        split.append(Field("day", str(date.start.day)))
    says_all = not date.is_range and not date.circa and not date.start.season
    split += [] if says_all else [Field("date", dates[0])]
    place = next(index for index, field in enumerate(fields) if field.name == "date")
    said = {"date", "day", *(field.name for field in split)}
    before = [field for field in fields[:place] if field.name not in said]
    return [*before, *split, *(field for field in fields[place + 1 :] if field.name not in said)]


def _arxiv_eprint(fields: Iterable[Field]) -> str | None:
    """The eprint, if arXiv is where it is."""
    values = {field.name: field.value for field in fields}
    kind = values.get("eprinttype", values.get("archiveprefix", ""))
    return values.get("eprint") if kind.lower() == "arxiv" else None


def _repeats_id(field: Field, number: str) -> bool:
    if field.name == "howpublished":
        return field.value.partition(" ")[0] == f"arXiv:{number}"
    match = _ARXIV_URL.match(field.value) if field.name == "url" else None
    return match is not None and match["id"] == number
