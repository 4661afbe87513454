"""Addresses as readers follow them: out of verbatim fields, and only of schemes that cannot run anything."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from bibtools.latex.addresses import clean
from bibtools.model import ArxivId

_SCHEMES = ("http", "https", "ftp")
_WRAPPED = re.compile(r"\s*\\(?:url|path|href)\s*\{(.*)\}\s*\Z", re.DOTALL)
_ESCAPED = re.compile(r"\\([#$%&_{}~])")
_IN_DOI = "/:;()._-,+!*'@="


def address(value: str) -> str:
    r"""The address that a verbatim field holds: without escapes, braces and `\url` around it.

    >>> address(r"\url{https://x.y/a\_b}")
    'https://x.y/a_b'
    """
    if wrapped := _WRAPPED.match(value):
        value = wrapped[1].partition("}")[0]
    return _ESCAPED.sub(r"\1", value.strip().strip("{}").strip())


def linkable(value: str) -> str | None:
    """The address as a link may have it, percent-encoded; None for what is none or is of another scheme.

    >>> linkable("https://x.y/a b"), linkable("javascript:alert(1)")
    ('https://x.y/a%20b', None)
    """
    cleaned = clean(address(value))
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return None
    return cleaned if parts.scheme.lower() in _SCHEMES and parts.netloc else None


def of_doi(doi: str) -> str:
    """Where a DOI resolves.

    >>> of_doi("10.1000/a<b>")
    'https://doi.org/10.1000/a%3Cb%3E'
    """
    return f"https://doi.org/{quote(doi, safe=_IN_DOI)}"


def of_arxiv(number: ArxivId, what: str = "abs") -> str:
    """Where arXiv has a paper; `what` is `abs` or `pdf`."""
    return f"https://arxiv.org/{what}/{number}"
