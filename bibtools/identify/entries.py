"""An entry of a structured source that arXiv lacks: a record of its own, exported as it was written."""

from __future__ import annotations

from dataclasses import replace

from bibtools.model import Entry, Field, Mention, Record


def local_id(mention: Mention) -> str:
    """`doi:…` where the entry has one, else `local:` and the mention's digest."""
    doi = next((one.value.lower() for one in mention.identifiers if one.scheme == "doi" and one.own), None)
    return f"doi:{doi}" if doi else f"local:{mention.digest}"


def local_record(mention: Mention) -> Record:
    """The record that the entry itself describes. Of a field that stands twice BibTeX takes the first one."""
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
    )


def _without_doubles(entry: Entry) -> Entry:
    first: dict[str, Field] = {}
    for field in entry.fields:
        first.setdefault(field.name, field)
    return replace(entry, fields=tuple(first.values()))
