"""A whole text: its references, each read as an article or as a contribution to a meeting."""

from __future__ import annotations

import re

from bibtools.publication import journals, meetings
from bibtools.publication.references import parts_of, without_errata
from bibtools.publication.titles import Title
from bibtools.publication.values import Publication
from bibtools.publication.wording import plain

_LEAD = re.compile(r"(?:published\s)?in:?\s(?=\S)", re.IGNORECASE)

_Reading = tuple[Publication, Title | None]


def read(journal_ref: str, first_year: int) -> Publication | None:
    """The one publication that the text names, if all of it is understood."""
    whole = plain(journal_ref)
    text = without_errata(whole)
    if not text:
        return None
    parts = parts_of(text)
    readings = [_reading(part, first_year) for part in parts]
    if len(readings) == 1 and readings[0] is not None:
        found = readings[0][0]
        return found if text == whole or found.pages or found.eid else None
    if len(readings) == 2:
        return _translation(readings[0], readings[1])
    return None


def _reading(text: str, first_year: int) -> _Reading | None:
    if match := _LEAD.match(text):
        text = text[match.end() :]
    found: list[_Reading] = list(journals.read(text, first_year))
    found = found or [(publication, None) for publication in meetings.read(text, first_year)]
    return found[0] if len(found) == 1 else None


def _translation(one: _Reading | None, other: _Reading | None) -> Publication | None:
    """Of a pair of original and translation the latter."""
    if one is None or other is None:
        return None
    for (_, original), (publication, title) in ((one, other), (other, one)):
        if original is not None and title is not None and original.translation == title.name:
            return publication
    return None
