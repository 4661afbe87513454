"""An entry as a structured source writes it, completed with what it lacks by whoever else describes the work.

Fields come in groups, whole or not at all: people, title, date, arXiv id, place. What the entry says stands. Its
place stands where it names container and year; else that of the other comes, year and type with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from bibtools import bibfile, latex, names
from bibtools.bibfile import only_arxiv
from bibtools.model import OTHERS, Entry, EntryOptions, Field
from bibtools.render.places import DATE_FIELDS, PLACE_FIELDS, container_of, differ, has_place, without

_EPRINT = frozenset(("eprint", "archiveprefix", "primaryclass", "eprinttype", "eprintclass"))
_HOMES = frozenset(("howpublished", "url", "journal", "journaltitle"))
_PEOPLE = frozenset(("author", "editor"))
_TITLE = frozenset(("title",))
_DOI = frozenset(("doi",))
_NUMBER = frozenset(("eprint",))
_ABSTRACT = frozenset(("abstract",))
_WHERE = PLACE_FIELDS | DATE_FIELDS
_GROUPS = _EPRINT | _PEOPLE | _TITLE | _DOI | _ABSTRACT | _WHERE
_VERBATIM = frozenset(("url", "doi", "eprint", "file", "pdf"))
_PREPRINTS = ("misc", "online", "unpublished")


def completed(own: Entry, other: Entry, *, place: bool) -> Entry:
    """The entry `own` with the groups that it lacks from `other`; `place` says whether that one has a place.

    Both are in one dialect, or in words that one dialect reads.
    """
    stands = has_place(own) or (bool(container_of(own)) and place and differ(own, other))
    kind, fields = own.entry_type, list(own.fields)
    if place and not stands:
        kind = other.entry_type
        fields = [field for field in without(fields, _WHERE) if not _gives_way(field)]
        fields += [field for field in other.fields if field.name in _WHERE]
    elif not container_of(own):
        fields = _given(fields, other, DATE_FIELDS)
    if not stands or (place and not differ(own, other)):
        fields = _given(fields, other, _DOI)
    has_id = _has(fields, _NUMBER) if place and not stands else bibfile.arxiv_id(own) is not None
    if not has_id:
        kind, fields = _with_id(kind, fields, other, in_place=place or bool(container_of(own)))
    fields = _given(fields, other, _TITLE, first=True)
    fields = _given(fields, other, _PEOPLE, first=True)
    fields = _given(fields, other, _ABSTRACT)
    there = {field.name for field in fields}
    fields += [field for field in other.fields if field.name not in _GROUPS | there and not _only_id(field)]
    return replace(own, entry_type=kind, fields=tuple(fields))


def without_wrong_id(entry: Entry, number: str | None) -> Entry:
    """The entry without an arXiv id that is not the work's: a slip, since its text is that of another paper."""
    found = bibfile.arxiv_id(entry)
    if number is None or found is None or found.number == number:
        return entry
    return replace(
        entry, fields=tuple(f for f in entry.fields if f.name not in _EPRINT and not only_arxiv(f.value))
    )


def merged(entries: Sequence[Entry]) -> Entry:
    """What several sources say of one work: the first stands, the others complete it in their order."""
    return reduce(lambda own, other: completed(own, other, place=has_place(other)), entries)


def fitted(entry: Entry, options: EntryOptions) -> Entry:
    """The entry with what the settings of a target ask for: fields left out, fewer people, ASCII alone."""
    excluded = frozenset(name.lower() for name in options.exclude_fields)
    fields = without(entry.fields, excluded)
    if options.max_authors:
        fields = [_shortened(field, options.max_authors) if field.name == "author" else field for field in fields]
    return as_encoded(replace(entry, fields=tuple(fields)), options)


def as_encoded(entry: Entry, options: EntryOptions) -> Entry:
    """The entry in the characters that its file can hold."""
    if options.encoding != "ascii":
        return entry
    return replace(entry, fields=tuple(map(_ascii, entry.fields)))


def _has(fields: Sequence[Field], names: frozenset[str]) -> bool:
    return any(field.name in names and field.value.strip() for field in fields)


def _gives_way(field: Field) -> bool:
    """Whether a field only holds the id of a preprint, for which the eprint stands beside a publication."""
    return field.name in ("doi", "howpublished") and only_arxiv(field.value)


def _only_id(field: Field) -> bool:
    """Whether a field is a place where styles look for the arXiv id, and says nothing else."""
    return field.name in _HOMES and only_arxiv(field.value)


def _given(fields: list[Field], other: Entry, group: frozenset[str], *, first: bool = False) -> list[Field]:
    """The fields, with those of a group that none of them is of."""
    if _has(fields, group):
        return fields
    given = [field for field in other.fields if field.name in group]
    return [*given, *without(fields, group)] if first else [*without(fields, group), *given]


def _with_id(kind: str, fields: list[Field], other: Entry, *, in_place: bool) -> tuple[str, list[Field]]:
    """Type and fields with the other's arXiv id; without a place also where styles look for it."""
    given = [f for f in other.fields if f.name in _EPRINT]
    if not in_place:
        given += [f for f in other.fields if _only_id(f)]
        if any(f.name in ("journal", "journaltitle") for f in given) and kind.lower() in _PREPRINTS:
            kind = other.entry_type
    there = {field.name for field in fields}
    return kind, [*fields, *(field for field in given if field.name not in there)]


def _shortened(field: Field, most: int) -> Field:
    people = [name for name in names.between_ands(field.value) if name.strip()]
    shown = people if people[-1:] != [OTHERS] else people[:-1]
    return field if len(shown) <= most else replace(field, value=" and ".join([*shown[:most], OTHERS]))


def _ascii(field: Field) -> Field:
    if field.macro or field.value.isascii():
        return field
    if field.name in _VERBATIM:
        encoded = (
            c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode("utf-8")) for c in field.value
        )
        return replace(field, value="".join(encoded))
    return replace(field, value=latex.encode(field.value, ascii_only=True).text)
