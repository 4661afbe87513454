"""The groups in which the fields of an entry change: whole, or not at all.

date · arXiv id · place (with the entry's type) · each other field alone. Fields are known by biblatex's names, so
that `year`, `journal` or `archiveprefix` mean the same in entries of both dialects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from bibtools import bibfile
from bibtools.formats.dialects import biblatex_name
from bibtools.merge.agreement import date_says, moment
from bibtools.merge.values import comparable
from bibtools.model import Entry, Field

DATE, ARXIV, PLACE = "date", "arxiv", "place"
TYPE = "entrytype"

Fields: TypeAlias = Mapping[str, Field]
"""The fields of an entry by biblatex's names; under `entrytype` the type."""

_DATE_FIELDS = frozenset({"year", "month", "day", "date"})
_ARXIV_FIELDS = frozenset({"eprint", "eprinttype", "eprintclass"})
_CONTAINERS = ("journaltitle", "booktitle", "crossref", "xdata")
_PLACE_FIELDS = frozenset(
    (TYPE, *_CONTAINERS, "journalsubtitle", "shortjournal", "booksubtitle", "booktitleaddon", "series",
     "volume", "number", "pages", "eid", "publisher", "doi")
)  # fmt: skip
_ESSENTIAL = frozenset({"year", "date", "eprint", "journaltitle", "booktitle", "author", "title"})
_MAY_HOLD_ID = ("howpublished", "url", "journaltitle")


def by_name(entry: Entry) -> dict[str, Field]:
    """The first field of each name that says anything, and the type.

    In an entry that has a field under both its names, `journal` and `journaltitle`, these are two.
    """
    said = [f for f in entry.fields if f.value.strip()]
    there = {f.name for f in said}
    found: dict[str, Field] = {TYPE: Field(TYPE, entry.entry_type)}
    for each in said:
        name = biblatex_name(each.name)
        found.setdefault(each.name if name in there else name, each)
    return found


def is_essential(name: str) -> bool:
    """Whether removing the field is an edit: an entry without it is another reference."""
    return name in _ESSENTIAL


def is_place(name: str) -> bool:
    """Whether the field says where a work was published."""
    return name in _PLACE_FIELDS


def is_date(name: str) -> bool:
    """Whether the field says when a work was published."""
    return name in _DATE_FIELDS


def is_arxiv(name: str) -> bool:
    """Whether the field is one of those that are made for an arXiv id."""
    return name in _ARXIV_FIELDS


def holds_only_id(fields: Fields, name: str) -> bool:
    """Whether a field that is made for something else says nothing but an arXiv id.

    `howpublished = {arXiv:1706.03762 [cs.CL]}`, `journal = {arXiv preprint arXiv:1706.03762}`, and both of
    `journal = {CoRR}, volume = {abs/1706.03762}`.
    """
    if name == "volume":
        pair = [fields[n] for n in ("journaltitle", "volume") if n in fields]
        return len(pair) == 2 and not _names_id(pair[:1]) and _names_id(pair)
    if name not in _MAY_HOLD_ID or name not in fields:
        return False
    return _names_id([fields[name]]) or (name == "journaltitle" and holds_only_id(fields, "volume"))


def _names_id(fields: Iterable[Field]) -> bool:
    return bibfile.arxiv_id(Entry(entry_type="misc", key="", fields=tuple(fields))) is not None


def container_of(fields: Fields) -> Field | None:
    """What the work was published in, if the entry or the one it inherits from says so."""
    return next((fields[n] for n in _CONTAINERS if n in fields and not holds_only_id(fields, n)), None)


def place_of(fields: Fields) -> dict[str, Field]:
    """The fields that say where the work was published, but for its type; none that holds only an arXiv id."""
    said = {n: f for n, f in fields.items() if n in _PLACE_FIELDS and n != TYPE and not holds_only_id(fields, n)}
    return {n: f for n, f in said.items() if n != "publisher" or f.value.strip("{} ").casefold() != "arxiv"}


def groups(base: Fields, ours: Fields, theirs: Fields) -> dict[str, str]:
    """The group of every field of the three entries, by its name.

    A journal that holds only the arXiv id makes id and place one group: the type depends on it.
    """
    made: dict[str, str] = {}
    for name in dict.fromkeys((*theirs, *base, *ours)):
        if name in _DATE_FIELDS:
            made[name] = DATE
        elif name in _ARXIV_FIELDS or any(
            name != "journaltitle" and holds_only_id(fields, name) for fields in (base, theirs)
        ):
            made[name] = ARXIV
        else:
            made[name] = PLACE if name in _PLACE_FIELDS else name
    if any(holds_only_id(fields, "journaltitle") for fields in (base, theirs)):
        made = {name: PLACE if group == ARXIV else group for name, group in made.items()}
    return made


def part(fields: Fields, of: Mapping[str, str], group: str) -> dict[str, Field]:
    """The fields of one group."""
    return {name: field for name, field in fields.items() if of[name] == group}


def value_of(field: Field | None) -> str | None:
    """The form in which values of both dialects are compared."""
    text = comparable(field)
    if text is not None and field is not None and field.name in (TYPE, "eprinttype", "archiveprefix"):
        return text.casefold()
    return text


def same_group(group: str, one: Fields, other: Fields) -> bool:
    """Whether two entries say the same in a group: no field more, none less, dates in either dialect."""
    if group == DATE:
        return moment(one) == moment(other)
    return {n: value_of(f) for n, f in one.items()} == {n: value_of(f) for n, f in other.items()}


def is_edited(group: str, base: Fields, ours: Fields, theirs: Fields) -> bool:
    """Whether the user changed a group: a field differs from the base, was added, or an essential one removed.

    What the new group says too is no edit.
    """
    if group == DATE and ours:
        return not (is_within(ours, base) or is_within(ours, theirs))
    for name, field in ours.items():
        value = value_of(field)
        if value != value_of(base.get(name)) and value != value_of(theirs.get(name)):
            return True
    return any(is_essential(name) and name in theirs for name in base if name not in ours)


def is_within(ours: Fields, other: Fields) -> bool:
    """Whether a date says nothing but the other one: that date, or it without its day or month."""
    mine, said = moment(ours), moment(other)
    if isinstance(mine, tuple) and isinstance(said, tuple):
        return len(mine) <= len(said) and date_says(ours, other) == "same"
    return mine == said
