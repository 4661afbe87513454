"""An entry as somebody wrote it, as what it prints: for the formats and styles that take its values apart."""

from __future__ import annotations

from dataclasses import replace

from bibtools.latex.unprinted import without_comments, without_silent
from bibtools.model import Entry, Field

_ALIASES = {"hyphenation": "langid"}
"""biblatex's alias of a field, from before version 2 (manual, 2.2.3), and the field."""

_VERBATIM = frozenset(["url", "doi", "eprint", "file", "pdf", "ee", "link", "urlraw"])
_NAMES = """
author editor editora editorb editorc translator annotator commentator introduction foreword afterword bookauthor
shortauthor shorteditor holder namea nameb namec
"""
_NUMBERS = """
date year month day origdate origyear eventdate urldate volume volumes number issue pages pagetotal eid edition
chapter part langid language
"""
_NO_TEXTS = frozenset((*_NAMES.split(), *_NUMBERS.split()))
"""Fields in which a `%` is no percent sign that was not escaped."""


def printed(entry: Entry) -> Entry:
    """The entry without comments and commands that print nothing, its fields under biblatex's names."""
    present = {field.name for field in entry.fields}
    fields = tuple(_printed(field, present) for field in entry.fields)
    return entry if fields == entry.fields else replace(entry, fields=fields)


def _printed(field: Field, present: set[str]) -> Field:
    name = _ALIASES.get(field.name, field.name)
    field = replace(field, name=name) if name != field.name and name not in present else field
    if field.macro or field.name in _VERBATIM:
        return field
    value = without_comments(field.value) if field.name in _NO_TEXTS else field.value
    return replace(field, value=without_silent(value))
