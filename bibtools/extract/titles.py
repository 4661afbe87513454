"""What looks like the title of a paper."""

from __future__ import annotations

import re

from bibtools.extract.private import is_private

_GENERIC = re.compile(
    r"(?:the\s|this\s|link\sto\s|see\s|read\s|full\s|original\s|a\s|an\s)*(?:arxiv|pdf|paper|papers|link|links"
    r"|here|preprint|abs|abstract|html|article|source"
    r"|website|web|page|url|doi|project|project\spage|code|blog|blog\spost|post|video|slides|demo|github|report"
    r"|technical\sreport"
    r"|publication|ref|reference|details|more|download|version|view\spdf|arxiv\s(?:paper|link|preprint|page|pdf"
    r"|version)|paper\slink)s?",
    re.IGNORECASE,
)
_AUTHOR_YEAR = re.compile(
    r"\bet\.?\s?al\b|^[^\W\d_][\w'’-]*(?:\s(?:and|&)\s[^\W\d_][\w'’-]*)?,?\s\(?(?:19|20)\d\d[a-z]?\)?$",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(r"[a-z]{3}\.\s|\(?(?:1[89]|20)\d\d\)?$|\b[A-Z][a-z]{1,4}\.\s[A-Z]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SMALL_TEXT = (
    "a about after all an and are as at be between beyond but by can do does for from how if in into "
    "is it its not of off on or over per than that the their through to toward towards under up via "
    "vs was what when where why with within without you your"
)
_SMALL = frozenset(_SMALL_TEXT.split())


def is_generic(text: str) -> bool:
    """Whether a link's text says nothing about the paper: "pdf", "here", "arXiv paper".

    >>> is_generic("PDF"), is_generic("this paper"), is_generic("Gemma 2")
    (True, True, False)
    """
    return _GENERIC.fullmatch(text.strip(" .:()[]*_")) is not None


def is_title(text: str) -> bool:
    """Whether a text can be a title at all: 2 to 40 words, one phrase, no citation ("Smith et al., 2020").

    >>> is_title("Attention is all you need"), is_title("Vaswani et al., 2017"), is_title("here")
    (True, False, False)
    """
    words = _WORD.findall(text[:600])
    if not 2 <= len(words) <= 40 or len(text) > 400 or text.rstrip().endswith((",", ";", ":")):
        return False
    return not is_generic(text) and _AUTHOR_YEAR.search(text.strip()) is None and "://" not in text


def is_evident_title(text: str) -> bool:
    """Whether a text shows by itself that it is a title: written in title case, or with a subtitle; not private.

    >>> is_evident_title("Attention Is All You Need"), is_evident_title("read the paper on attention")
    (True, False)
    """
    if (
        not is_title(text)
        or is_private(text, title=True)
        or text.rstrip().endswith((".", "…"))
        or _NO_TITLE.search(text)
    ):
        return False
    words = [word for word in _WORD.findall(text) if word.lower() not in _SMALL and not word.isdigit()]
    if (
        len(words) < 2
        or len(_WORD.findall(text)) < 3
        or not (text.lstrip(" \"'“‘(*_")[:1].isupper() or text[:1].isdigit())
    ):
        return False
    capital = sum(not word[0].islower() or any(c.isupper() for c in word) for word in words)
    return capital >= 0.7 * len(words)
