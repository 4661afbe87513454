"""A work that no service describes: a record of its own, as its source wrote it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from bibtools.model import Entry, Field, Mention, Record

_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%-._~"


def local_id(mention: Mention) -> str:
    """`doi:…` where the entry has one, else `local:` and the mention's digest."""
    doi = next((one.value.lower() for one in mention.identifiers if one.scheme == "doi" and one.own), None)
    return f"doi:{doi}" if doi else f"local:{mention.digest}"


def local_record(mention: Mention) -> Record:
    """The record that the mention itself describes: an entry as it is, of a note what it says.

    Of a field that stands twice BibTeX takes the first one.
    """
    from bibtools.names import parse_served

    authors = parse_served(mention.authors)
    return Record(
        id=local_id(mention),
        title=mention.title or "",
        authors=authors.names,
        authors_complete=authors.complete,
        abstract=mention.abstract or "",
        published=mention.date,
        dois=tuple(one.value.lower() for one in mention.identifiers if one.scheme == "doi" and one.own),
        entry=mention.entry and _without_doubles(mention.entry),
        source=None if mention.entry is not None else _besides(mention),
    )


def _besides(mention: Mention) -> Entry | None:
    """The identifiers of a note that a record has no place for, as an entry says them."""
    fields: list[Field] = []
    names = {"isbn": "isbn", "url": "url", "arxiv": "eprint"}
    for identifier in mention.identifiers:
        name = names.get(identifier.scheme)
        if identifier.own and name and all(field.name != name for field in fields):
            fields.append(Field(name, quote(identifier.value, safe=_IN_ADDRESSES)))
            fields += [Field("archiveprefix", "arXiv")] if name == "eprint" else []
    return Entry(entry_type="misc", key="", fields=tuple(fields)) if fields else None


def _without_doubles(entry: Entry) -> Entry:
    first: dict[str, Field] = {}
    for field in entry.fields:
        first.setdefault(field.name, field)
    return replace(entry, fields=tuple(first.values()))
