"""An entry of a structured source that arXiv lacks: a record of its own, exported as it was written."""

from __future__ import annotations

from bibtools.model import Mention, Record


def local_id(mention: Mention) -> str:
    """`doi:…` where the entry has one, else `local:` and the mention's digest."""
    doi = next((one.value.lower() for one in mention.identifiers if one.scheme == "doi" and one.own), None)
    return f"doi:{doi}" if doi else f"local:{mention.digest}"


def local_record(mention: Mention) -> Record:
    """The record that the entry itself describes."""
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
        entry=mention.entry,
    )
