"""Addresses that are papers although they carry no identifier."""

from __future__ import annotations

import re

_PAPER = re.compile(
    r"https?://(?:www\.)?(?:"
    r"openreview\.net/(?:forum|pdf)\?\S*id=\w"
    r"|aclanthology\.org/(?:[A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d)"
    r"|aclweb\.org/anthology/\w"
    r"|proceedings\.mlr\.press/v\d+/\w"
    r"|(?:papers|proceedings)\.(?:nips|neurips)\.cc/paper"
    r"|jmlr\.org/papers/v\d+/\w"
    r"|openaccess\.thecvf\.com/content\w*/\S*paper"
    r"|semanticscholar\.org/(?:paper|reader)/\w"
    r"|(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/\d"
    r"|(?:ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/PMC\d"
    r"|inspirehep\.net/(?:literature|record)/\d"
    r"|(?:ui\.)?adsabs\.harvard\.edu/abs/\S"
    r"|ieeexplore\.ieee\.org/(?:abstract/)?document/\d"
    r"|eprint\.iacr\.org/\d{4}/\d"
    r"|(?:papers\.)?ssrn\.com/(?:sol3/papers\.cfm\?\S*abstract_?id=|abstract=)\d"
    r"|hal\.science/\w+-\d|nature\.com/articles/\w|sciencedirect\.com/science/article/\w"
    r"|dblp\.(?:org|uni-trier\.de)/rec/\w|zbmath\.org/\d"
    r")",
    re.IGNORECASE,
)


def is_paper(url: str) -> bool:
    """Whether an address is one paper's page at a publisher, archive or index that holds nothing but papers.

    >>> is_paper("https://openreview.net/forum?id=rJXMpikCZ"), is_paper("https://github.com/nytimes")
    (True, False)
    """
    return _PAPER.match(url) is not None
