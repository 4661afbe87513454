r"""The `thebibliography` that a `.bst` writes, as references.

What the definitions before the first `\bibitem` would do in LaTeX is known for the commands that styles in
common use write (`\newblock`, `\natexlab`, `\bibinfo`, `\BIBentryALTinterwordspacing`, …); the rest is left to
our decoder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pybtex.richtext import HRef, Text
from pybtex.style import FormattedEntry

from bibtools.bibfile.scanner import is_balanced
from bibtools.plugins.backends import AuthorYear, Number, web_address
from bibtools.plugins.richtext import Value, plain

_ITEM = re.compile(r"\\bibitem\s*(?=[\[{])")
_UNSEEN = re.compile(r"(?:%[^\n]*|\s+)*")
_END = re.compile(r"\\end\s*\{thebibliography\}")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n?[ \t]*")
_GLUE = re.compile(
    r"\\hskip\s+[^\\]*?\\relax|\\penalty\s*-?\d+\s?|\\(?:newblock|par|allowbreak|relax)(?![A-Za-z])\s*"
)
_NOTHING = re.compile(
    r"\\BIBentry[A-Za-z]+|\\BibitemOpen(?![A-Za-z])|\\BibitemShut\s*\{[^{}]*\}|\\href@noop\s*\{[^{}]*\}\s*"
)
_KEPT = re.compile(r"\\(?:natexlab|bibnamefont|bibfnamefont|citenamefont|urlprefix|textsc)(?=\s*\{)\s*")
_KEPT_SECOND = re.compile(r"\\(?:bibinfo|bibfield)\s*\{[^{}]*\}\s*(?=\{)")
_SHOWN = re.compile(r"\\show(?:DOI|URL)\s*\{\s*(\\url\s*\{[^{}]*\})\s*\}")
_URLDEF = re.compile(r"\\urldef\s*(\\[A-Za-z]+)\s*\\url\s*(\{[^{}]*\})")
_DOI = re.compile(r"\\doi\s*\{([^{}\\]*(?:\\[_%#&][^{}\\]*)*)\}")
_EPRINT = re.compile(r"\\showeprint\s*\[arxiv\]\s*\{\s*([^{}\s]+)([^{}]*)\}", re.IGNORECASE)
_GROUP = r"(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*"
_ADDRESS = re.compile(
    r"\\(?:url|path|nolinkurl)\s*\{(?P<alone>[^{}]*)\}"
    rf"|\\(?:href|Eprint)\s*\{{(?P<to>[^{{}}]*)\}}\s*\{{(?P<text>{_GROUP})\}}"
)
_NATBIB = re.compile(r"(?P<authors>.*?)\((?P<year>[^()]*)\)(?P<all>.*)\Z", re.DOTALL)
_CITE_AUTHOR_YEAR = re.compile(
    rf"(?:\\protect\s*)?\\citeauthoryear\s*\{{{_GROUP}\}}\s*\{{(?P<authors>{_GROUP})\}}\s*\{{(?P<year>{_GROUP})\}}"
)
_LONGEST_LABEL = 2_000


def references(bbl: str) -> Iterator[FormattedEntry]:
    r"""The references of a `thebibliography`: label, key, rich text. Without a label LaTeX counts."""
    starts = list(_ITEM.finditer(bbl))
    for number, match in enumerate(starts, start=1):
        stop = starts[number].start() if number < len(starts) else len(bbl)
        place, label = match.end(), None
        if bbl[place : place + 1] == "[":
            end = _closing(bbl, place, "]", stop)
            label, place = bbl[place + 1 : end], end + 1
        place = _UNSEEN.match(bbl, place, stop).end()  # type: ignore[union-attr]  # it can match nothing
        end = _closing(bbl, place, "}", stop)
        body = _END.split(bbl[end + 1 : stop])[0].strip()
        yield FormattedEntry(bbl[place + 1 : end], rich(body), _label(label, number))


def _closing(text: str, place: int, mark: str, stop: int) -> int:
    """Where the bracket or brace that opens at `place` closes."""
    depth = 0
    for at in range(place + 1, stop):
        char = text[at]
        if char == mark and depth == 0:
            return at
        depth += (char == "{") - (char == "}")
    return stop


def _label(label: str | None, number: int) -> str:
    if label is None:
        return Number(number, "[{}]")
    text = _prepared(label[:_LONGEST_LABEL]).strip()
    chicago = _CITE_AUTHOR_YEAR.match(text)
    while text.startswith("{") and text.endswith("}") and is_balanced(text[1:-1]):
        text = text[1:-1]
    if natbib := chicago or _NATBIB.match(text):
        return AuthorYear(plain(natbib["authors"]), plain(natbib["year"]))
    return plain(text)


def _prepared(latex: str) -> str:
    latex = _NOTHING.sub("", _GLUE.sub(" ", _COMMENT.sub("", latex)))
    for name, address in _URLDEF.findall(latex):
        latex = _URLDEF.sub("", latex, count=1).replace(name, f"\\url{address}")
    latex = _SHOWN.sub(r"\1", latex)
    for _ in range(5):  # such commands nest: `\bibfield{author}{\bibinfo{person}{…}}`
        shorter = _KEPT_SECOND.sub("", _KEPT.sub("", latex))
        if shorter == latex:
            break
        latex = shorter
    return latex


def rich(latex: str) -> Text:
    """The LaTeX of one reference as rich text, with links where it has addresses."""
    latex = _DOI.sub(lambda m: f"doi: \\href{{https://doi.org/{m[1]}}}{{{m[1]}}}", _prepared(latex))
    latex = _EPRINT.sub(lambda m: f"\\href{{https://arxiv.org/abs/{m[1]}}}{{arXiv:{m[1]}{m[2]}}}", latex.strip())
    parts: list[object] = []
    place = 0
    for match in _ADDRESS.finditer(latex):
        address = re.sub(r"\\([#$%&_{}~])", r"\1", match["alone"] or match["to"] or "").strip()
        if not is_balanced(latex[place : match.start()]) or not web_address(address):
            continue
        parts += [
            *_spaced(latex[place : match.start()]),
            HRef(address, Value(match["text"]) if match["text"] else address),
        ]
        place = match.end()
    return Text(*parts, *_spaced(latex[place:], last=True))


def _spaced(latex: str, *, last: bool = False) -> list[object]:
    """The value with the blanks and ties at its ends, which decoding takes away."""
    value = Value(latex.strip("~ \n"))
    before = " " if re.match(r"[\s~]", latex) else ""
    after = " " if re.search(r"[\s~]\}*\Z", latex[-10:]) and not last else ""
    return [before, value, after] if str(value) else [before or after]
