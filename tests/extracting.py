"""Shorthands for the tests of extraction."""

from pathlib import Path

from bibtools.extract import extract, source_kind

INPUTS = Path(__file__).parent / "extract"


def found(text, kind="notes", prose="txt"):
    """The mentions of a text."""
    return extract(text, source="source.txt", kind=kind, prose=prose).mentions


def ids(mention):
    """The identifiers of a mention, a quoted one in brackets."""
    return [f"{i.scheme}:{i.value}" if i.own else f"({i.scheme}:{i.value})" for i in mention.identifiers]


def own_arxiv(mention):
    """The arXiv ids that are the mention's own, as written."""
    return tuple(i.value for i in mention.identifiers if i.scheme == "arxiv" and i.own)


def brief(mention):
    """What a table of expectations compares: kind, title, authors, identifiers, date."""
    return (mention.kind, mention.title, mention.authors, ids(mention), mention.date and str(mention.date))


def read(path, prose="all"):
    """What is found in a committed input, bare paragraphs looked at wherever they are."""
    return extract(path.read_text("utf-8"), source=path.name, kind=source_kind(path.name), prose=prose)
