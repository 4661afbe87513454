"""LaTeX values as HTML whose formulas are MathML where HTML alone does not say them.

MathML Core (W3C) is what browsers share. `latex2mathml` translates; only elements and attributes that lay out a
formula are let through, so that no TeX can bring an address, a style or a script into the page.
"""

from __future__ import annotations

import unicodedata
from html import escape
from xml.etree.ElementTree import Element

from bibtools.latex.decode import pieces
from bibtools.latex.formula import in_html
from bibtools.text import squeeze

HTML_TAGS = frozenset(["i", "b", "code", "sup", "sub"])
"""The emphasis that HTML has elements for, by the names of :func:`~bibtools.latex.decode.pieces`."""
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_ELEMENTS = frozenset(
    [
        "math", "mrow", "mi", "mn", "mo", "mtext", "ms", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup",
        "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mtd",
        "mpadded", "mphantom", "mstyle",
    ]
)  # fmt: skip
_ATTRIBUTES = frozenset(
    [
        "accent", "accentunder", "columnalign", "columnspan", "depth", "displaystyle", "fence", "form", "height",
        "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "rowspan",
        "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width",
    ]
)  # fmt: skip
_LONGEST = 2000
_DEEPEST = 60


def html_of(value: str) -> str:
    r"""A LaTeX value as HTML; a formula that nothing can say is its TeX in `<code>`.

    >>> html_of(r"A \emph{b} $x_1$ & $\sqrt[3]{x}$")
    'A <i>b</i> x<sub>1</sub> &amp; <math><mrow><mroot><mrow><mi>x</mi></mrow><mn>3</mn></mroot></mrow></math>'
    """
    out = []
    for kind, text in pieces(value):
        if kind == "text":
            out.append(escape(text, quote=False))
        elif kind == "math":
            out.append(in_html(text) or mathml(text) or f"<code>{escape(text, quote=False)}</code>")
        elif text in HTML_TAGS:
            out.append(f"<{text}>" if kind == "open" else f"</{text}>")
    return squeeze(unicodedata.normalize("NFC", "".join(out)))


def mathml(tex: str) -> str | None:
    """The formula as an inline `<math>`, or None where it cannot be said."""
    from xml.etree.ElementTree import fromstring

    if len(tex) > _LONGEST:
        return None
    from latex2mathml.converter import convert

    try:
        root = fromstring(convert(tex))  # noqa: S314  # it has no DTD: it was written a line above
    except Exception:  # whatever a translator of hostile input may stop with
        return None
    return _written(root)


def _written(element: Element, depth: int = 0) -> str | None:
    """The element with what may stay of it; None where something in it has no such form."""
    name = element.tag.removeprefix(_NAMESPACE)
    if name not in _ELEMENTS or depth > _DEEPEST or "\\" in (element.text or ""):
        return None
    kept = sorted((key, value) for key, value in element.attrib.items() if key in _ATTRIBUTES)
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in kept)
    inside = [escape(element.text or "", quote=False)]
    for child in element:
        written = _written(child, depth + 1)
        if written is None:
            return None
        inside += [written, escape(child.tail or "", quote=False)]
    return f"<{name}{attributes}>{''.join(inside)}</{name}>"
