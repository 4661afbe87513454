r"""LaTeX, or text as a service gives it → plain Unicode, HTML, or the form in which two values are compared.

The text is read into pieces once; the writers differ in what becomes of emphasis and of math.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal, NamedTuple

from bibtools.latex import commands as known
from bibtools.latex import signs
from bibtools.latex.accents import LETTER_COMMANDS, accented_letter, letter_after
from bibtools.latex.encode import encode
from bibtools.latex.formula import canonical, in_html, in_unicode
from bibtools.latex.syntax import Node, parse
from bibtools.latex.tables import MATH
from bibtools.text import squeeze

_TAGS = {
    "emph": "i", "textit": "i", "textsl": "i", "it": "i", "em": "i", "sl": "i", "itshape": "i", "slshape": "i",
    "textbf": "b", "bf": "b", "bfseries": "b", "texttt": "code", "tt": "code", "ttfamily": "code",
    "textsuperscript": "sup", "textsubscript": "sub", "textsc": "sc", "sc": "sc", "scshape": "sc",
    "underline": "u",
}  # fmt: skip
_HTML_TAGS = frozenset(["i", "b", "code", "sup", "sub"])
_TYPEWRITTEN = re.compile(r"---?|``|''|`|~|'")
_CONTROL_SYMBOLS = {
    "\\": " ",
    ",": " ",
    ";": " ",
    ":": " ",
    ">": " ",
    " ": " ",
    "!": "",
    "/": "",
    "-": "",
    "@": "",
    "": "",
}
_DEEPEST = 100
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_ARGUMENT_FIRST = frozenset(["textcolor", "colorbox", "hyperref"])

Math = Literal["latex", "unicode"]
PieceKind = Literal["text", "open", "close", "math"]


class Piece(NamedTuple):
    """What a text consists of: words, the beginning or end of what a tag names (`i`, `nocase`), a formula."""

    kind: PieceKind
    text: str


def decode(latex: str, *, math: Math = "latex") -> str:
    r"""LaTeX, or arXiv's mixture, as plain Unicode without a visible command outside math.

    Accents are composed, emphasis and braces dropped, `--` and quotes become what they print, ties and thin
    spaces blanks; `\href{u}{t}` is `t`. Math stays as `$…$`, or with `math="unicode"` becomes characters where all
    of it has some.

    >>> decode(r"{G\"o}del's \emph{proof} --- \href{https://x.y}{of} $\alpha^2$ at 5\%")
    "Gödel's proof — of $\\alpha^2$ at 5%"
    >>> decode(r"$\alpha^2 \le x_1$", math="unicode")
    'α² ≤ x₁'
    """
    out = []
    for piece in pieces(latex):
        if piece.kind == "text":
            out.append(piece.text)
        elif piece.kind == "math":
            said = in_unicode(piece.text) if math == "unicode" else None
            out.append(f"${piece.text}$" if said is None else said)
    return _composed("".join(out))


def to_html(latex: str) -> str:
    r"""As :func:`decode`, with `<i> <b> <code> <sub> <sup>`, math too where that says it all; all else escaped.

    >>> to_html(r"\textbf{A} & $x_i^2$ <b>")
    '<b>A</b> &amp; x<sub>i</sub><sup>2</sup> &lt;b&gt;'
    """
    out = []
    for piece in pieces(latex):
        if piece.kind == "text":
            out.append(escape(piece.text, quote=False))
        elif piece.kind == "math":
            out.append(in_html(piece.text) or escape(f"${piece.text}$", quote=False))
        elif piece.text in _HTML_TAGS:
            out.append(f"<{piece.text}>" if piece.kind == "open" else f"</{piece.text}>")
    return _composed("".join(out))


def comparable(latex: str) -> str:
    r"""The form in which two values are compared.

    White space, escapes, case braces and whether a character is Unicode or a command do not matter; words, their
    case, emphasis, and what stands in math do.

    >>> comparable(r"{BERT} \& Sch\"afer: $\alpha $") == comparable("BERT & Schäfer: α")
    True
    >>> comparable(r"\emph{BERT}") == comparable("BERT")
    False
    """
    out = []
    for piece in _Reader(exact=True).read(latex):
        if piece.kind == "text":
            out.append(piece.text)
        elif piece.kind == "math":
            out.append(canonical(piece.text))
        elif piece.text != "nocase":
            out.append(f"<{piece.text}>" if piece.kind == "open" else f"</{piece.text}>")
    return _composed("".join(out))


def same_text(a: str, b: str) -> bool:
    """Whether two values say the same; see :func:`comparable`."""
    return a == b or comparable(a) == comparable(b)


def pieces(latex: str) -> list[Piece]:
    r"""The text as pieces; neighbouring texts are one, white space is as typed, tags nest.

    Tags are `i b code sup sub sc u` and `nocase` for what braces of its own protect from change of case.

    >>> [f"{kind} {text}" for kind, text in pieces(r"{BERT} on $x$")]
    ['open nocase', 'text BERT', 'close nocase', 'text  on ', 'math x']
    """
    return _Reader().read(latex)


def _composed(text: str) -> str:
    return squeeze(unicodedata.normalize("NFC", text))


@dataclass(slots=True)
class _Reader:
    """One run over one text. `exact` keeps apart whatever a reader of the typeset text could tell apart."""

    exact: bool = False
    out: list[Piece] = field(default_factory=list)
    quoted: bool = False
    after_word: bool = False
    protected: bool = False
    depth: int = 0

    def read(self, latex: str) -> list[Piece]:
        """The pieces of a text."""
        self._nodes(parse(unicodedata.normalize("NFC", squeeze(latex))))
        return self.out

    def _put(self, text: str) -> None:
        if self.out and self.out[-1].kind == "text":
            self.out[-1] = Piece("text", self.out[-1].text + text)
        elif text:
            self.out.append(Piece("text", text))

    def _nodes(self, nodes: Sequence[Node]) -> None:
        place = 0
        self.depth += 1
        while place < len(nodes):
            node = nodes[place]
            place += 1
            if node.kind == "text":
                self._plain(node.text)
            elif node.kind == "math":
                self._math(node.text)
            elif node.kind == "group":
                self._group(node.children)
            elif node.kind == "command":
                place = self._command(node.text, nodes, place)
        self.depth -= 1

    def _group(self, children: Sequence[Node]) -> None:
        """A group; one that is not the mere argument of a command protects its case, as BibTeX sees it."""
        protects = not self.protected and bool(children) and children[0].kind != "command"
        if protects:
            self.protected = True
            self.out.append(Piece("open", "nocase"))
        self._nodes(children)
        if protects:
            self.out.append(Piece("close", "nocase"))
            self.protected = False

    def _plain(self, text: str) -> None:
        text = text.lstrip() if self.after_word and not self.exact else text
        self.after_word = False
        text = _TYPEWRITTEN.sub(self._printed, text)
        text = text.replace("’", "'") if self.exact else text
        self._put(_NOT_ASCII.sub(_as_encoded, text) if self.exact else text)

    def _printed(self, match: re.Match[str]) -> str:
        """What quotes, dashes and ties print; an apostrophe stays as typed unless it closes a quotation."""
        mark = match[0]
        if mark == "`":
            self.quoted = True
        elif mark == "'":
            closes = self.quoted and not self.exact and not match.string[match.end() : match.end() + 1].isalpha()
            self.quoted = self.quoted and not closes
            return "’" if closes else mark
        elif mark == "~":
            before = match.string[match.start() - 1] if match.start() else self._last()
            return "~" if before in " (/" else " "
        return {"--": "–", "---": "—", "``": "“", "''": "”", "`": "‘"}[mark]

    def _last(self) -> str:
        """The character before; a blank at the beginning."""
        return next((piece.text[-1:] for piece in reversed(self.out) if piece.kind in ("text", "math")), " ")

    def _math(self, formula: str) -> None:
        if formula.strip():
            self.out.append(Piece("math", formula.strip()))

    # -- commands ----------------------------------------------------------------------------------------------

    def _command(self, name: str, nodes: Sequence[Node], place: int) -> int:
        found = letter_after(nodes, place, name) if len(name) == 1 else None
        if found is not None:
            self._put(accented_letter(name, found[0]))
            self._plain(found[2])
            return found[1]
        if name in LETTER_COMMANDS or name in signs.SIGNS:
            return self._symbol(LETTER_COMMANDS.get(name) or signs.SIGNS[name], nodes, place)
        if len(name) == 1 and not (name.isascii() and name.isalpha()):
            return self._control_symbol(name, nodes, place)
        if name in _TAGS:
            return self._emphasis(name, nodes, place)
        if name in ("url", "href", "path"):
            return self._address(name, nodes, place)
        if not self.exact and (name in known.DROPPED or name in _ARGUMENT_FIRST):
            return place + (place < len(nodes) and nodes[place].kind == "group")
        if name in known.SPACES:
            self._put(" ")
            return place
        return self._other(name, nodes, place)

    def _control_symbol(self, name: str, nodes: Sequence[Node], place: int) -> int:
        self._put(_CONTROL_SYMBOLS.get(name, name))
        return place + (name in "^~" and _empty_group(nodes, place))

    def _symbol(self, symbol: str, nodes: Sequence[Node], place: int) -> int:
        self._put(symbol)
        if _empty_group(nodes, place):
            return place + 1
        self.after_word = symbol.isalpha() and len(symbol) == 1 and symbol not in MATH
        return place

    def _emphasis(self, name: str, nodes: Sequence[Node], place: int) -> int:
        if name in known.SWITCHES and self.depth > _DEEPEST:
            return place
        if name in known.SWITCHES:
            inside, after = nodes[place:], len(nodes)
        else:
            place += place + 1 < len(nodes) and nodes[place].kind == "text" and nodes[place].text.isspace()
            group = nodes[place] if place < len(nodes) and nodes[place].kind == "group" else None
            inside, after = (group.children, place + 1) if group is not None else ((), place)
        tagged = bool(inside)
        if tagged:
            self.out.append(Piece("open", _TAGS[name]))
        if name in known.SWITCHES and inside and inside[0].kind == "text":
            self._plain(inside[0].text.lstrip())
            inside = inside[1:]
        self._nodes(inside)
        if tagged:
            self.out.append(Piece("close", _TAGS[name]))
        return after

    def _address(self, name: str, nodes: Sequence[Node], place: int) -> int:
        if place >= len(nodes) or nodes[place].kind != "raw":
            return place
        address = re.sub(r"[\\{}]", "", nodes[place].text.strip())
        follows = place + 1 < len(nodes) and nodes[place + 1].kind == "group"
        if name != "href" or not follows or self.exact:
            self._put(f"<{address}>" if self.exact else address)
        return place + 1

    def _other(self, name: str, nodes: Sequence[Node], place: int) -> int:
        """Commands of math outside it, and those nobody knows: what they stand on, or their name."""
        group = nodes[place] if place < len(nodes) and nodes[place].kind == "group" else None
        if self.exact and name not in ("mbox", "text", "textrm", "textnormal", "textup", "protect"):
            self._put(f"\\{name} ")
        elif name in known.SAID:
            self._plain(known.SAID[name])
            self.after_word = True
        elif group is not None and name in known.AROUND:
            before, after = known.AROUND[name]
            self._plain(before)
            self._nodes(group.children)
            self._plain(after)
            return place + 1
        elif (group is None or not group.children) and name not in known.SWITCHES:
            self._put(name)
        return place


def _empty_group(nodes: Sequence[Node], place: int) -> bool:
    return place < len(nodes) and nodes[place].kind == "group" and not nodes[place].children


def _as_encoded(match: re.Match[str]) -> str:
    """Signs as their formula is compared, so that it does not matter which of the two was written."""
    return "".join(map(_sign, parse(encode(match[0]).text)))


def _sign(node: Node) -> str:
    if node.kind == "math":
        return canonical(node.text)
    return signs.SIGNS.get(node.text, node.text) if node.kind == "command" else node.text
