"""Labelled lines: arXiv's own pages, listings and mails copied as text, and notes in their manner.

`Title:`, `Authors:`, `Abstract:`, `Comments:`, `Created:` and the rest, as arXiv's abstract pages, daily listings,
search results and announcement mails have them; in any order, with or without a blank after the colon.
"""

from __future__ import annotations

import re
from typing import Literal

from bibtools.model import PartialDate

Label = Literal["title", "authors", "abstract", "comment", "date", "identifier", "other", "noise"]

_NAMES: dict[Label, str] = {
    "title": "title",
    "authors": "author|authors|author(s)|by",
    "abstract": "abstract",
    "comment": "comment|comments",
    "date": (
        "date|created|updated|submitted|published|year|submitted on|publication date|last revised"
        "|date (revised)|date added"
    ),
    "identifier": (
        "arxiv|arxiv id|arxivid|arxiv-id|arxiv link|cite as|doi|id|isbn|link|links|paper|pdf|related doi|url"
    ),
    "other": (
        "subject|subjects|categories|category|keywords|key words|index terms|journal|journal reference|journal-ref"
        "|journal ref|venue|report number|report-no|msc classes|msc-class|acm classes|acm-class|ccs concepts|pacs"
        "|license|licence|mathematics subject classification|proxy"
    ),
}
_LABELS: dict[str, Label] = {name: label for label, names in _NAMES.items() for name in names.split("|")}
_LINE = re.compile(
    r"[\s*_#>]{0,8}([A-Za-z][A-Za-z()\- ]{1,34}?)[\s*_]{0,4}(?::|\s*[—–](?=\s?\S)"
    r"|\.(?=[*_]{1,3}\s|\s+[A-Z0-9\"“‘`'$\\(]))[*_]{0,3}[ \t]*"
)
_SUBMITTED = re.compile(r"\s{0,8}\[?submitted (?:on )?(?=\d{1,2} [A-Z])", re.IGNORECASE)
_ALONE = re.compile(
    r"[\s*_#>]{0,8}(?:(?:\d{1,2}|[A-Z])\.?\s+)?(?:abstract|a b s t r a c t)[\s*_:.#—–-]{0,8}$", re.IGNORECASE
)
_NOISE = re.compile(
    r"(?:view pdf|html(?: \(experimental\))?|download(?::|\b)|tex source|other formats|view license"
    r"|full-text links:?|access paper:?|△ less|▽ more|[△▽].*"
    r"|submission history|from: .*|\[v\d{1,3}\] .*|\(or arxiv:.*|focus to learn more|current browse context:?"
    r"|< prev.*|export bibtex citation"
    r"|new submissions.*|cross[- ]lists.*|replacements.*|cross submissions.*|replacement submissions.*"
    r"|showing .* entries.*|\(showing .*|total of \d+ entries.*|arxiv-issued doi.*)$",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?:\[\d{1,4}\]\s*)?arxiv:\S{9,40}\s*(?=[(\[])(?:\([^()]{1,60}\)\s*)?"
    r"(?:\[(?:pdf|ps|other|html|abs|v\d)[^\]]{0,60}\].{0,80})?",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-/.](0?[1-9]|1[0-2])(?:[-/.](0?[1-9]|[12]\d|3[01]))?)?(?!\d)")
_WORDY = re.compile(
    r"(?<!\d)(\d{1,2})\s+([A-Za-z]{3,9})\.?,?\s+((?:19|20)\d\d)|([A-Za-z]{3,9})\.?\s+(?:(\d{1,2}),?\s+)?((?:19"
    r"|20)\d\d)"
)
_COMMENT = re.compile(
    r"(?:presented (?:at|in)|accepted (?:at|to|by|for|in)|to appear (?:in|at)|published (?:in|at|as)"
    r"|appeared (?:in|at)|submitted to|in proceedings of|camera[- ]ready|oral (?:at|presentation)|spotlight at"
    r"|\d{1,4} pages?\b|\d{1,3} figures?\b|this paper has been withdrawn|withdrawn|code (?:is )?available"
    r"|extended version|v\d{1,2}:)",
    re.IGNORECASE,
)


def label_of(line: str) -> tuple[Label, int] | None:
    """What a line's label says and where its value begins; None for a line without a known label.

    >>> label_of("Abstract:We introduce"), label_of("We introduce: nothing")
    (('abstract', 9), None)
    """
    text = line[:120]
    if submitted := _SUBMITTED.match(text):
        return "date", submitted.end()
    if _ALONE.match(text):
        return "abstract", len(line)
    match = _LINE.match(text)
    if match is None:
        return None
    label = _LABELS.get(" ".join(match[1].lower().split()))
    if label is None or (label != "abstract" and ":" not in match[0]):
        return None
    return label, match.end()


def is_noise(line: str) -> bool:
    """Whether a line is furniture of arXiv's pages ("View PDF", "Submission history")."""
    return len(line) < 300 and _NOISE.fullmatch(line.strip()) is not None


def is_header(line: str) -> bool:
    """Whether a line opens an entry of arXiv's listings: `[1] arXiv:2408.00118 [pdf, html, other]`."""
    return len(line) < 300 and _HEADER.fullmatch(line.strip()) is not None


def is_comment(text: str) -> bool:
    """Whether a short text is what authors write into arXiv's comment field ("Accepted at …", "12 pages")."""
    return len(text) < 500 and _COMMENT.match(text.strip()) is not None


def date_of(text: str) -> PartialDate | None:
    """The date of a value: ISO, `31 Jul 2024` or `July 31, 2024`; of several the first version's.

    >>> str(date_of("2 October, 2024; v1 submitted 31 July, 2024; originally announced July 2024."))
    '2024-07-31'
    """
    text = text[:300]
    first = text.lower().find("v1 submitted")
    text = text[first:] if first >= 0 else text
    iso, wordy = _ISO.search(text), _WORDY.search(text)
    if wordy and (not iso or wordy.start() <= iso.start()):
        day, month, year = (wordy[1], wordy[2], wordy[3]) if wordy[3] else (wordy[5], wordy[4], wordy[6])
        number = _MONTHS.get(month[:3].lower())
        if number:
            return PartialDate(int(year), number, int(day) if day and 1 <= int(day) <= 31 else None)
    if iso:
        return PartialDate(int(iso[1]), int(iso[2]) if iso[2] else None, int(iso[3]) if iso[3] else None)
    return None
