"""A reference as plain text: TeX read, dashes and blanks of one kind, the author's last full stop left out."""

from __future__ import annotations

import re

from bibtools import latex

_DASHES = re.compile(r"\s*(?:-{2,3}|[‐‑‒–—−])\s*")
_BLANKS = re.compile(r"[\s~\u00a0\u2009\u202f]+")
_FONTS = re.compile(r"\\(?:bf|it|em|textbf|textit|emph|rm|sl)\b\s*")
_NUMERO = re.compile(r"N[°º]|№")


def plain(text: str) -> str:
    r"""`text` ready to be taken apart.

    >>> plain("{\\bf 75}, 1--10~(2007).")
    '75, 1-10 (2007)'
    """
    text = _NUMERO.sub("no. ", _FONTS.sub("", text))
    if "\\" in text or "{" in text or "$" in text:
        text = latex.decode(text, math="unicode")
    text = _BLANKS.sub(" ", _DASHES.sub("-", text))
    return text.strip().rstrip(" .;,")
