r"""LaTeX ↔ the Markdown of pandoc, as the values of `references` in its YAML are written.

Source: *Pandoc User's Guide*, "Pandoc's Markdown" and "Citation": emphasis, `^super^` and `~sub~`script, bracketed
spans of class `nocase` and `smallcaps`, `$mathematics$`, a backslash before what is literal.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape

from bibtools.latex import plain
from bibtools.latex.csl import COMMANDS
from bibtools.latex.encode import encode
from bibtools.text import squeeze

_WRITTEN = {
    "i": ("*", "*"),
    "b": ("**", "**"),
    "sup": ("^", "^"),
    "sub": ("~", "~"),
    "sc": ("[", "]{.smallcaps}"),
    "nocase": ("[", "]{.nocase}"),
}
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#~^@$|&\"]")
_BLOCK = re.compile(r"(\(?(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+))([.)])(?=\s|\Z)")
_LINE = re.compile(r"[-+:%=](?:\s|\Z)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def to_markdown(latex: str) -> str:
    r"""LaTeX as Markdown, in one line.

    >>> to_markdown(r"{BERT} in H\textsubscript{2}O at $\alpha \le x_q$: 2 * \emph{3}")
    '[BERT]{.nocase} in H~2~O at $\\alpha \\le x_q$: 2 \\* *3*'
    """
    if plain.SURE.match(latex):
        return _not_block(squeeze(latex))
    return plain.settled(_write, from_markdown, latex, has_escapes=True)


def _write(latex: str) -> str:
    out: list[str] = []
    tags: list[str] = []
    for piece in plain.tagged_pieces(latex, _WRITTEN):
        if piece.kind == "open":
            tags.append(piece.text)
            out.append(_apart(out, _WRITTEN[piece.text][0]))
        elif piece.kind == "close":
            out.append(_WRITTEN[tags.pop()][1])
        elif piece.kind == "math":
            out.append(_apart(out, "$" + re.sub(r"(?<!\\)\$", "", piece.text).strip() + "$"))
        else:
            text = _text(piece.text)
            out.append(text.replace(" ", "\\ ") if {"sup", "sub"} & set(tags) else text)
    return _not_block(squeeze("".join(out)))


def _not_block(text: str) -> str:
    """The text with what would begin a list or a block made literal."""
    text = _BLOCK.sub(r"\1\\\2", text, count=1) if _BLOCK.match(text) else text
    return "\\" + text if _LINE.match(text) else text


def _apart(out: list[str], mark: str) -> str:
    """A mark that would run together with the one before it, kept apart by a joiner nobody sees."""
    before = next((part for part in reversed(out) if part), "")
    return plain.JOINER + mark if before[-1:] in ("*", "^", "~", "$") and before[-1] == mark[0] else mark


def _text(text: str) -> str:
    text = _CONTROL.sub(" ", unicodedata.normalize("NFC", text)).translate(plain.UNSEEN)
    return _SPECIAL.sub(r"\\\g<0>", plain.typeset(text))


_TOKEN = re.compile(
    r"\\(?P<escaped>[^A-Za-z0-9])|(?P<code>`+)|(?P<math>\$(?!\s)(?:\\.|[^\\$])+?(?<![\s\\])\$(?![0-9]))"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<attribute>\]\{\s*\.(?P<class>[a-z]+)[^{}]{0,80}\})|(?P<link>\]\([^()\s]*\))"
    r"|(?P<html></?(?:i|b|em|strong|sup|sub|span(?:\s+(?:class|style)=\"[^\"<>]*\")?)\s*>)"
    r"|(?P<mark>\*\*|\*|__|_|~~|~|\^|\[|\])",
    re.DOTALL,
)
_MARKS = {"*": "i", "_": "i", "**": "b", "__": "b", "^": "sup", "~": "sub"}
_CLASSES = {"nocase": "nocase", "smallcaps": "sc"}
_HTML = {"em": "i", "i": "i", "strong": "b", "b": "b", "sup": "sup", "sub": "sub"}


def from_markdown(text: str) -> str:
    r"""Markdown as LaTeX. Marks that do not pair are literal; a link is its text.

    >>> from_markdown(r"[BERT]{.nocase} in H~2~O at $\alpha$: 2 \* *3* & [this](https://x.org)")
    '{BERT} in H\\textsubscript{2}O at $\\alpha$: 2 * \\emph{3} \\& this'
    """
    reader = _Reader(squeeze(_CONTROL.sub(" ", text)))
    return squeeze("".join(reader.read()))


@dataclass(slots=True)
class _Open:
    """A mark that may begin something: `out` is where it stands in the output."""

    mark: str
    out: int


@dataclass(slots=True)
class _Reader:
    text: str
    out: list[str] = field(default_factory=list)
    waiting: list[_Open] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def read(self) -> list[str]:
        """The output: LaTeX in pieces."""
        place = 0
        while match := _TOKEN.search(self.text, place):
            self.words.append(self.text[place : match.start()])
            place = self._take(match)
        self.words.append(self.text[place:])
        self._flush()
        return self.out

    def _flush(self) -> None:
        words = "".join(self.words)
        self.words.clear()
        if words:
            self.out.append(plain.literal(words))

    def _take(self, match: re.Match[str]) -> int:
        """One token; the place behind what it took."""
        mark = match[0]
        if match["escaped"]:
            self.words.append(match["escaped"])
        elif match["code"]:
            return self._code(match)
        elif match["math"]:
            self._flush()
            self.out.append(encode(mark).text)
        elif match["entity"]:
            self.words.append(unescape(mark))
        elif match["attribute"]:
            self._close("[", _CLASSES.get(match["class"], ""), mark)
        elif match["link"]:
            self._close("[", "", mark)
        elif match["html"]:
            self._tag(mark)
        elif (
            mark == "**" and self.text[match.end() :][:1] == "*" and self.waiting and self.waiting[-1].mark == "*"
        ):
            self._close("*", "i", "*")  # of three stars the first ends what began last
            return match.start() + 1
        else:
            self._mark(match)
        return match.end()

    def _code(self, match: re.Match[str]) -> int:
        stop = self.text.find(match[0], match.end())
        if stop < 0:
            self.words.append(match[0])
            return match.end()
        self._flush()
        self.out.append("\\texttt{" + plain.literal(self.text[match.end() : stop].strip()) + "}")
        return stop + len(match[0])

    def _mark(self, match: re.Match[str]) -> None:
        mark = match[0]
        before, after = self.text[: match.start()][-1:], self.text[match.end() :][:1]
        inside_word = mark[0] == "_" and before.isalnum() and after.isalnum()
        if mark == "[":
            self._open(mark)
        elif mark in _MARKS and not inside_word and before.strip() and self._is_open(mark):
            self._close(mark, _MARKS[mark], mark)
        elif mark in _MARKS and not inside_word and after.strip():
            self._open(mark)
        elif mark == "]" and self._is_open("["):
            self._literal_again("[")
            self.words.append(mark)
        else:
            self.words.append(mark)

    def _tag(self, tag: str) -> None:
        name = re.sub(r"[</>]", "", tag).partition(" ")[0]
        if not tag.startswith("</"):
            kind = _HTML.get(name) or ("nocase" if '"nocase"' in tag else "sc" if "small-caps" in tag else "")
            self._open(f"<{name}>{kind}")
            return
        last = next((o.mark for o in reversed(self.waiting) if o.mark.startswith(f"<{name}>")), None)
        if last is None:
            self.words.append(tag)
        else:
            self._close(last, last.partition(">")[2], tag)

    def _open(self, mark: str) -> None:
        self._flush()
        self.waiting.append(_Open(mark, len(self.out)))
        self.out.append(plain.literal(mark.partition(">")[0] + ">" if mark.startswith("<") else mark))

    def _is_open(self, mark: str) -> bool:
        return any(opened.mark == mark for opened in self.waiting)

    def _literal_again(self, mark: str) -> None:
        """The last such mark begins nothing."""
        self._flush()
        place = max(i for i, opened in enumerate(self.waiting) if opened.mark == mark)
        del self.waiting[place]

    def _close(self, mark: str, tag: str, written: str) -> None:
        """What the last such mark began ends here; marks between that wait are literal."""
        self._flush()
        if not self._is_open(mark):
            self.words.append(written)
            return
        place = max(i for i, opened in enumerate(self.waiting) if opened.mark == mark)
        opened = self.waiting[place]
        del self.waiting[place:]
        if not tag:
            self.out[opened.out] = ""
            return
        begins = self.out[opened.out + 1 : opened.out + 2]
        double = tag == "nocase" and bool(begins) and begins[0].startswith("\\")
        self.out[opened.out] = "{{" if double else COMMANDS[tag]
        self.out.append("}}" if double else "}")
