r"""What TeX reads in a value and does not print: empty boxes, commands about what comes next, comments.

A `%` comments out the rest of its line for LaTeX and for pandoc (2.17). To BibTeX and biber it is no comment
within a value: they hand it on. In a text it is more often a percent sign that somebody forgot to escape.
"""

from __future__ import annotations

import re

_NEXT = (
    r"\\(?:aftergroup|ignorespaces|ignorespacesafterend|unskip|leavevmode|allowbreak|nolinebreak|noexpand|expandafter"
    r"|null|nocorr|selectfont)(?![A-Za-z])\s*"
)
_EMPTY = r"\\(?:[mhf]box|text(?:rm|normal|up|md|bf|it|sl|sc|sf|tt)?|emph|[hv]?phantom|ensuremath)\s*\{\s*\}"
_SILENT = re.compile(rf"\{{\s*(?:{_NEXT})++\}}\s*|{_NEXT}|{_EMPTY}")
_COMMENT = re.compile(r"(?<!\\)(?:\s+%|%(?=[ \t]))[^\n]*")


def without_silent(latex: str) -> str:
    r"""A value without commands that print nothing.

    >>> without_silent(r"Smith\aftergroup\ignorespaces, {\mbox{}Ann}")
    'Smith, {Ann}'
    """
    return _SILENT.sub("", latex) if "\\" in latex else latex


def without_comments(value: str) -> str:
    """A value that is no running text without its comments; a `%` close behind a date belongs to it (ISO 8601-2).

    >>> without_comments("2010 % checked"), without_comments("2010%/2012%")
    ('2010', '2010%/2012%')
    """
    return _COMMENT.sub("", value).strip() if "%" in value else value
