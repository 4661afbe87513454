r"""LaTeX ↔ the rich text of CSL-JSON: a few tags of HTML in a text that is otherwise plain.

Source: "Markup and Text Formatting" in the manual of citeproc-js, which pandoc, Zotero and citeproc-py follow:
`<i> <b> <sup> <sub>`, a span for small capitals, and one of class `nocase` for what keeps its case. Nothing is
escaped in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from bibtools.latex import plain
from bibtools.latex.decode import Piece
from bibtools.latex.formula import in_html, in_unicode
from bibtools.text import squeeze

_WRITTEN = {
    "i": ("<i>", "</i>"),
    "b": ("<b>", "</b>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "sc": ('<span style="font-variant:small-caps;">', "</span>"),
    "nocase": ('<span class="nocase">', "</span>"),
}
_TAG = re.compile(
    r"<(?P<end>/?)(?:(?P<name>i|b|sup|sub|sc|em|strong)|"
    r"span(?:\s+(?:class=[\"'](?P<class>nocase)[\"']|style=[\"']\s*(?P<style>font-variant:\s*small-caps);?\s*[\"']))?)\s*>"
)
_SAME = {"em": "i", "strong": "b"}
COMMANDS = {
    "i": "\\emph{", "b": "\\textbf{", "sup": "\\textsuperscript{", "sub": "\\textsubscript{", "sc": "\\textsc{",
    "code": "\\texttt{", "nocase": "{",
}  # fmt: skip
"""How the tags begin in LaTeX; each ends with a brace."""


def to_csl(latex: str, *, case: bool = False) -> str:
    r"""LaTeX as CSL's rich text; with `case`, braces that protect the case of words are spans of class `nocase`.

    >>> to_csl(r"{BERT} in H\textsubscript{2}O at $\alpha \le x_q$", case=True)
    '<span class="nocase">BERT</span> in H<sub>2</sub>O at α ≤ x<sub>q</sub>'
    """
    if plain.SURE.match(latex):
        return squeeze(latex)
    return plain.settled(lambda value: _write(value, case=case), from_csl, latex)


def _write(latex: str, *, case: bool) -> str:
    shown = _WRITTEN if case else _WRITTEN.keys() - {"nocase"}
    out: list[str] = []
    for piece in plain.tagged_pieces(latex, shown):
        if piece.kind in ("open", "close"):
            out.append(_WRITTEN[piece.text][piece.kind == "close"])
        else:
            out.append(_formula(piece) if piece.kind == "math" else plain.marked(piece))
    return plain.guarded("".join(out), _TAG)


def _formula(piece: Piece) -> str:
    """A formula in characters, else with tags above and below the line, else as TeX."""
    said = None if in_unicode(piece.text) is not None else in_html(piece.text)
    if said is None:
        return plain.marked(piece)
    parts = re.split(r"(</?[a-z]+>)", said)
    parts[::2] = [plain.marked_literal(unescape(part)) for part in parts[::2]]
    return "".join(parts)


def from_csl(text: str) -> str:
    r"""CSL's rich text as LaTeX. Tags that do not pair are literal text.

    >>> from_csl('<span class="nocase">BERT</span> in H<sub>2</sub>O: a < b &c.')
    '{BERT} in H\\textsubscript{2}O: a \\textless{} b \\&c.'
    """
    text = squeeze(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text))
    tex = plain.has_commands(_TAG.sub("", text))
    parts = [(part, is_math) for part, is_math in plain.split_math(text)]
    tokens = [token for part, is_math in parts for token in ([(part, "")] if is_math else _tokens(part, tex=tex))]
    return squeeze("".join(_paired(tokens)))


def _tokens(text: str, *, tex: bool) -> Iterator[tuple[str, str]]:
    """LaTeX of the literal parts, and tags as they stand with the name of what they begin (`/` for an end)."""
    place = 0
    for match in _TAG.finditer(text):
        if place < match.start():
            yield _literal(text[place : match.start()], tex=tex), ""
        name = "nocase" if match["class"] else "sc" if match["style"] else match["name"] or "span"
        yield match[0], ("/" if match["end"] else "") + _SAME.get(name, name)
        place = match.end()
    if place < len(text):
        yield _literal(text[place:], tex=tex), ""


def _literal(text: str, *, tex: bool) -> str:
    if not tex:
        return plain.literal(text)
    inner = plain.encoded(text)
    return " " * text[0].isspace() + inner + " " * (bool(inner) and text[-1].isspace())


def _paired(tokens: list[tuple[str, str]]) -> Iterator[str]:
    """The tokens with commands for tags that pair; a span's end ends whatever span is open."""
    partner: dict[int, int] = {}
    waiting: list[tuple[int, str]] = []
    for place, (_, name) in enumerate(tokens):
        if not name or name == "span":
            continue
        if not name.startswith("/"):
            waiting.append((place, name))
            continue
        wanted = ("nocase", "sc") if name == "/span" else (name[1:],)
        if waiting and waiting[-1][1] in wanted:
            partner[waiting[-1][0]] = place
            partner[place] = waiting.pop()[0]
    for place, (text, name) in enumerate(tokens):
        if not name:
            yield text
        elif place not in partner:
            yield plain.literal(text)
        elif name in ("nocase", "/span") and _begins_with_command(tokens, min(place, partner[place]), partner):
            yield "}}" if partner[place] < place else "{{"
        else:
            yield "}" if partner[place] < place else COMMANDS[name]


def _begins_with_command(tokens: list[tuple[str, str]], start: int, partner: dict[int, int]) -> bool:
    """Whether a span of class `nocase` needs two braces: BibTeX takes a brace before a command for an accent's."""
    if tokens[start][1] != "nocase":
        return False
    text, name = tokens[start + 1]
    return text.startswith("\\") if not name else start + 1 not in partner or name != "nocase"
