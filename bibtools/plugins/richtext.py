r"""LaTeX as pybtex's rich text, by our own decoder.

pybtex reads fields with latexcodec, which leaves `\emph`, `$\alpha$`, ties and every command it does not know as
they stand, and fails on braces that do not match. A :class:`Value` is decoded text that knows its LaTeX: a backend
for LaTeX gets it back, encoded so that it typesets; any other renders the text. What mathematics cannot say in
characters is a :class:`Formula`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from typing import Any

from pybtex.backends.latex import Backend as PybtexLaTeX
from pybtex.backends.plaintext import Backend as PlainText
from pybtex.richtext import BaseText, String, Tag, Text

from bibtools import latex
from bibtools.latex.syntax import Node, parse
from bibtools.text import squeeze

_TAGS = {"i": "em", "b": "strong", "code": "tt", "sup": "sup", "sub": "sub"}
_NO_LATEX = re.compile(r"[A-Za-z0-9.,:;()?!/+=*@]*(?: [A-Za-z0-9.,:;()?!/+=*@]+)*\Z")  # says what it is
_FIRST_MARK = 0xE000  # the private characters of Unicode stand for formulas while a text is decoded
_MOST_MARKS = 0x1000


class Formula(String):  # type: ignore[misc]
    """A formula that has no form in characters: LaTeX's mathematics without dollar signs."""

    def render(self, backend: Any) -> Any:
        """As the backend writes formulas; one that does not know them gets the LaTeX between dollar signs."""
        write = getattr(backend, "format_formula", None)
        return write(self.value) if write else backend.format_str(str(self))

    def __str__(self) -> str:
        """The LaTeX between dollar signs."""
        return f"${self.value}$"

    def __len__(self) -> int:
        return len(str(self))

    def _typeinfo(self) -> tuple[None, tuple[()]]:
        return None, ()


class Value(Text):  # type: ignore[misc]
    r"""A field's value: rich text that knows the `latex` it was decoded from.

    >>> str(Value(r"{G\"o}del's \emph{proof} --- $\alpha^2$"))
    "Gödel's proof — α2"
    """

    def __init__(self, source: str) -> None:
        super().__init__(*decoded(source))
        self.latex = source

    def render(self, backend: Any) -> Any:
        """The LaTeX again for a backend that writes LaTeX, so that it typesets; else the text.

        Plain text has no raised letters, so `$x^2$` is x² there, and `$x^{ab}$` stays a formula.
        """
        if isinstance(backend, PybtexLaTeX):
            return latex.encode(self.latex).text
        if isinstance(backend, PlainText):
            return backend.format_str(plain(self.latex))
        return super().render(backend)

    def _unpack(self) -> Iterable[Any]:
        yield self

    def _typeinfo(self) -> tuple[None, tuple[()]]:
        return None, ()

    def _create_similar(self, parts: Iterable[Any]) -> Any:
        return Text(*parts)


def decoded(source: str) -> list[Any]:
    """The parts of the rich text that some LaTeX is."""
    source = unicodedata.normalize("NFC", squeeze(source))
    if _NO_LATEX.match(source):
        return [String(source)] if source else []
    formulas: list[str] = []
    if not any(_is_mark(char) for char in source):
        source = _marked(source, parse(source), formulas)
    reader = _Reader(formulas)
    reader.feed(latex.to_html(source))
    reader.close()
    return reader.finished()


def from_html(html: str) -> Any:
    """HTML with the few tags that references use, as rich text."""
    reader = _Reader(())
    reader.feed(html)
    reader.close()
    return Text(*reader.finished())


def plain(source: str) -> str:
    """LaTeX as plain text, its formulas as characters where they have some."""
    return source if _NO_LATEX.match(source) else latex.decode(source, math="unicode")


def _is_mark(char: str) -> bool:
    return _FIRST_MARK <= ord(char) < _FIRST_MARK + _MOST_MARKS


def _marked(source: str, nodes: Sequence[Node], formulas: list[str]) -> str:
    """The source with a private character for each formula that has no form in characters."""
    pieces: list[str] = []
    place = 0
    for node in _formulas(nodes):
        formula = source[node.start : node.stop]
        if len(formulas) < _MOST_MARKS and latex.to_html(formula).startswith("$"):
            pieces += [source[place : node.start], chr(_FIRST_MARK + len(formulas))]
            formulas.append(node.text.strip())
            place = node.stop
    return "".join(pieces) + source[place:]


def _formulas(nodes: Sequence[Node]) -> Iterable[Node]:
    for node in nodes:
        if node.kind == "math":
            yield node
        yield from _formulas(node.children)


class _Reader(HTMLParser):
    """Our decoder's HTML as parts of rich text."""

    def __init__(self, formulas: Sequence[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._formulas = formulas
        self._open: list[tuple[str, list[Any]]] = [("", [])]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1:
            _, parts = self._open.pop()
            self._open[-1][1].append(Tag(_TAGS[tag], *parts) if tag in _TAGS else Text(*parts))

    def handle_data(self, data: str) -> None:
        start = 0
        for place, char in enumerate(data):
            number = ord(char) - _FIRST_MARK
            if 0 <= number < len(self._formulas):
                self._open[-1][1].extend([String(data[start:place]), Formula(self._formulas[number])])
                start = place + 1
        self._open[-1][1].append(String(data[start:]))

    def finished(self) -> list[Any]:
        while len(self._open) > 1:
            self.handle_endtag(self._open[-1][0])
        return [part for part in self._open[0][1] if part]


def is_empty(piece: str | BaseText | None) -> bool:
    """Whether a piece of a reference says nothing."""
    return piece is None or not str(piece).strip()
