"""What a record says about itself beside its text: withdrawn, superseded, published, incomplete."""

from __future__ import annotations

import re

from bibtools.model import Record
from bibtools.text import squeeze

_PAPER = (
    r"(?:this|the)(?:\s(?:present|arxiv|above|current|whole|entire))?"
    r"\s(?:paper|article|manuscript|submission|preprint|e-?print|work|note|letter|document|version)"
)
_WITHDRAWN_PAPER = re.compile(
    rf"\b{_PAPER}\s(?:\(?[^.;]{{0,40}}\)?\s)?(?:has\s(?:now\s)?been|have\sbeen|was|is|is\sbeing|is\snow|has)"
    r"\s(?:temporarily\s|now\s|hereby\s|voluntarily\s|therefore\s)?(?:withdrawn|retracted|removed)\b(?!\sfrom)",
    re.IGNORECASE,
)
_WITHDRAWN_ALONE = re.compile(
    r"^(?:(?:paper|article|manuscript|submission|preprint|version)?\s?(?:is\s|has\sbeen\s|was\s|temporarily\s)?"
    r"(?:withdrawn|retracted)"
    r"(?=$|[.,;:!(]|\s(?:by|due|because|since|as|for|pending|in\sfavou?r|on\s|,|-|–|until|while|owing|temporarily|paper)))",
    re.IGNORECASE,
)
_WE_WITHDRAW = re.compile(
    r"\b(?:i|we|the\sauthors?)\s(?:have\s|has\s|hereby\s|wish(?:es)?\sto\s|would\slike\sto\s|am\s|are\s)?"
    rf"(?:withdraw|withdrawn|withdrew|withdraws|withdrawing|retract|retracted)\s(?:{_PAPER}|it\b)",
    re.IGNORECASE,
)
_SUPERSEDED = re.compile(
    r"\b(?:superseded|superceded|subsumed|replaced|supplanted)\sby\s(?!v\d|a?\s?(?:new|newer|later|revised)\sversion)"
    r"(?=.{0,60}(?:arxiv|\d{4}\.\d{4,5}|[a-z-]+/\d{7}|paper|article|preprint))",
    re.IGNORECASE,
)
_NOTICE_ROOM = 400
"""An abstract that is a notice of withdrawal says so at its beginning."""


def withdrawn(record: Record) -> bool:
    """Whether the comment, rarely the abstract, of the current version says that the paper itself is withdrawn.

    >>> withdrawn(Record(id="arxiv:1", comment="This paper has been withdrawn by the author due to an error"))
    True
    >>> withdrawn(Record(id="arxiv:1", comment="12 pages. v2: withdrawn section 4"))
    False
    """
    return withdrawn_notice(record.comment) or withdrawn_notice(record.abstract[:_NOTICE_ROOM])


def withdrawn_notice(text: str) -> bool:
    """Whether a comment or the beginning of an abstract says that the paper itself is withdrawn."""
    text = squeeze(text[:_NOTICE_ROOM])
    if "ithdr" not in text and "etract" not in text and "WITHDR" not in text and "emoved" not in text:
        return False
    return bool(_WITHDRAWN_PAPER.search(text) or _WITHDRAWN_ALONE.search(text) or _WE_WITHDRAW.search(text))


def record_flags(record: Record) -> tuple[str, ...]:
    """`withdrawn`, `superseded`, `published`, `incomplete-authors`, as far as they apply, in this order."""
    flags = []
    if withdrawn(record):
        flags.append("withdrawn")
    if _SUPERSEDED.search(squeeze(record.comment)):
        flags.append("superseded")
    if record.journal_ref or any(not doi.startswith("10.48550/") for doi in record.dois):
        flags.append("published")
    if not record.authors_complete:
        flags.append("incomplete-authors")
    return tuple(flags)
