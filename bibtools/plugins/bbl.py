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
_END = re.compile(r"\\end\s*\{thebibliography\}")
_GLUE = re.compile(
    r"\\hskip\s+[^\\]*?\\relax|\\penalty\s*-?\d+\s?|\\(?:newblock|par|allowbreak|relax)(?![A-Za-z])\s*"
)
_SPACING = re.compile(r"\\BIBentry[A-Za-z]+|\\(?:bblplain|bibAnnoteFile|BibitemShut|EOS|bibsep)(?![A-Za-z])")
_KEPT = re.compile(
    r"\\(?:natexlab|bibnamefont|bibfnamefont|urlprefix|enquote\*|Eprint|text|mbox|textnormal|textsw|textsc|"
    r"Name|Review|singleletter)(?=\s*\{)"
)
_KEPT_SECOND = re.compile(
    r"\\(?:bibinfo|bibfield|BibitemOpen|Eprint|href@noop|providecommand)\s*\{[^{}]*\}\s*(?=\{)"
)
_DOI = re.compile(r"\\(?:doi|showDOI)\s*\{([^{}]*)\}")
_ADDRESS = re.compile(
    r"\\(?:url|path|nolinkurl|showURL)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
)
_NATBIB = re.compile(r"(?P<authors>.*?)\((?P<year>[^()]*)\)(?P<all>.*)\Z", re.DOTALL)
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
        while bbl[place : place + 1] in ("%", "\n", " ") and place < stop:
            place = bbl.find("\n", place) + 1 if bbl[place] == "%" else place + 1
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
    while text.startswith("{") and text.endswith("}") and is_balanced(text[1:-1]):
        text = text[1:-1]
    natbib = _NATBIB.match(re.sub(r"\\(?:protect\\)?cite(?:author|year)[a-z]*", "", text))
    if natbib:
        return AuthorYear(plain(natbib["authors"]), plain(natbib["year"]))
    return plain(text)


def _prepared(latex: str) -> str:
    latex = re.sub(r"(?<!\\)%[^\n]*\n?[ \t]*", "", latex)
    latex = _SPACING.sub("", _GLUE.sub(" ", latex))
    for _ in range(5):  # such commands nest: `\bibfield{author}{\bibinfo{person}{…}}`
        shorter = _KEPT_SECOND.sub("", _KEPT.sub("", latex))
        if shorter == latex:
            break
        latex = shorter
    return latex


def rich(latex: str) -> Text:
    """The LaTeX of one reference as rich text, with links where it has addresses."""
    latex = _DOI.sub(lambda m: f"doi: \\href{{https://doi.org/{m[1]}}}{{{m[1]}}}", _prepared(latex))
    parts: list[object] = []
    place = 0
    for match in _ADDRESS.finditer(latex):
        address = re.sub(r"\\([#$%&_{}~])", r"\1", match[1] or match[2] or "").strip()
        if not is_balanced(latex[place : match.start()]) or not web_address(address):
            continue
        parts += [*_spaced(latex[place : match.start()]), HRef(address, Value(match[3]) if match[3] else address)]
        place = match.end()
    return Text(*parts, *_spaced(latex[place:], last=True))


def _spaced(latex: str, *, last: bool = False) -> list[object]:
    """The value with the blanks at its ends, which decoding takes away."""
    value = Value(latex)
    if not str(value):
        return [" "] if latex.strip() != latex and not last else []
    before = " " if latex[:1].isspace() else ""
    after = " " if latex[-1:].isspace() and not last else ""
    return [before, value, after]
