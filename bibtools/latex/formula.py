"""A formula as text: Unicode or HTML where all of it can be said so, and a form to compare by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import escape

from bibtools.latex import signs
from bibtools.latex.frames import UnsoundError
from bibtools.latex.maths import Math

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\\|\s+|.", re.DOTALL)
_SPACED = {"rel": " {} ", "bin": " {} ", "punct": "{} "}
_COMPOUND = re.compile(r"[^\w.\u0300-\u036f\u2070-\u209f²³¹]")
_DEEPEST = 12


class _UnsayableError(Exception):
    """Something in the formula has no such form."""


def in_unicode(formula: str) -> str | None:
    r"""The formula in Unicode characters, None where they do not say all of it.

    >>> in_unicode(r"O(n \log n)"), in_unicode(r"10^{-3}"), in_unicode(r"\sum_{i=1}^q x_i")
    ('O(n log n)', '10⁻³', None)
    """
    return _said(_Said(formula, html=False))


def in_html(formula: str) -> str | None:
    r"""The formula in HTML with `<sub>` and `<sup>`; None where that does not say all of it.

    >>> in_html(r"\mathbb{R}^d"), in_html("a < 10^{-3}")
    ('ℝ<sup>d</sup>', 'a &lt; 10<sup>−3</sup>')
    """
    return _said(_Said(formula, html=True))


def canonical(formula: str) -> str:
    r"""The formula without what cannot be seen: blanks, needless braces, one of two names of a sign.

    >>> canonical(r"x_{1} \le \alpha "), canonical(r"x_1\leq α"), canonical(r"\alpha")
    ('$x_1≤α$', '$x_1≤α$', 'α')
    """
    try:
        formula = Math(formula, str).write()
    except UnsoundError:
        return f"${formula}$"
    marks = [_named(mark) for mark in _TOKEN.findall(formula) if not mark.isspace()]
    out: list[str] = []
    for mark in marks:
        if mark == "}" and len(out) > 1 and out[-2] == "{" and not out[-1].startswith("{"):
            out[-2:] = [out[-1]]
        else:
            out.append(mark)
    text = "".join(f"{mark} " if re.match(r"\\[A-Za-z]", mark) else mark for mark in out)
    return f"${text}$" if re.search(r"[A-Za-z\\^_{}]", text) else text


def _named(mark: str) -> str:
    return signs.SYMBOLS.get(mark[1:], mark) if mark[0] == "\\" else mark


def _said(said: _Said) -> str | None:
    try:
        return said.read(0, "")
    except (_UnsayableError, IndexError):
        return None


@dataclass(slots=True)
class _Said:
    """Reads one formula; what it returns is Unicode, or HTML with tags."""

    formula: str
    html: bool
    place: int = 0
    marks: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.marks = _TOKEN.findall(self.formula)

    def read(self, depth: int, closing: str, *, tight: bool = False) -> str:
        """Everything up to `closing` or the end."""
        if depth > _DEEPEST:
            raise _UnsayableError
        atoms: list[tuple[str, str]] = []
        while self.place < len(self.marks):
            mark = self.marks[self.place]
            self.place += 1
            if mark == closing:
                return _joined(atoms, tight=tight)
            if mark in ("^", "_"):
                text, kind = atoms.pop() if atoms else ("", "ord")
                atoms.append((text + self._script(mark, depth), kind))
            elif mark == "'":
                text, kind = atoms.pop() if atoms else ("", "ord")
                atoms.append((text + "′", kind))
            elif not mark.isspace():
                atoms.extend(self._atom(mark, depth))
        if closing:
            raise _UnsayableError
        return _joined(atoms, tight=tight)

    def _argument(self, depth: int, *, tight: bool = False) -> str:
        while self.marks[self.place].isspace():
            self.place += 1
        mark = self.marks[self.place]
        self.place += 1
        if mark == "{":
            return self.read(depth + 1, "}", tight=tight)
        return _joined(self._atom(mark, depth + 1), tight=True)

    def _script(self, mark: str, depth: int) -> str:
        text = self._argument(depth, tight=True)
        if text == "∘" and mark == "^":
            return "°"
        if self.html:
            tag = "sup" if mark == "^" else "sub"
            return f"<{tag}>{text}</{tag}>"
        table = signs.SUPERSCRIPTS if mark == "^" else signs.SUBSCRIPTS
        if not all(c in table for c in text):
            raise _UnsayableError
        return "".join(table[c] for c in text)

    def _atom(self, mark: str, depth: int) -> list[tuple[str, str]]:
        if depth > _DEEPEST or mark in ("}", "&", "\\\\", "%", "#", "$", "^", "_", "\\"):
            raise _UnsayableError
        if mark == "{":
            return [(self.read(depth + 1, "}"), "ord")]
        if mark in signs.SPACES:
            return [(" ", "space")]
        if mark[0] != "\\":
            return [self._sign(mark)]
        if not mark[1].isalpha():
            return [] if mark == "\\!" else [self._sign({"\\|": "‖"}.get(mark, mark[1]))]
        return self._command(mark[1:], depth)

    def _sign(self, character: str) -> tuple[str, str]:
        character = "−" if character == "-" else character
        kind = "rel" if character in signs.RELATIONS else "bin" if character in signs.BINARIES else "ord"
        kind = {",": "punct", ";": "punct", "(": "open", "[": "open", ")": "close", "]": "close"}.get(
            character, kind
        )
        return (escape(character, quote=False) if self.html else character, kind)

    def _command(self, name: str, depth: int) -> list[tuple[str, str]]:
        if name in signs.IGNORED:
            if name in ("left", "right") and self.marks[self.place : self.place + 1] == ["."]:
                self.place += 1
            return []
        if name in signs.FUNCTIONS or name in signs.SYMBOLS:
            return [(name, "fn") if name in signs.FUNCTIONS else self._sign(signs.SYMBOLS[name])]
        if name == "not":
            text, kind = self._atom(self.marks[self.place], depth)[0]
            self.place += 1
            return [(_under(text, "\u0338", letters=False), kind)]
        return [(self._with_argument(name, depth), "ord")]

    def _with_argument(self, name: str, depth: int) -> str:
        if name in signs.WORDS and self.marks[self.place : self.place + 1] == ["{"]:
            return self._words()
        if name in signs.PLAIN_FONTS:
            return self._argument(depth)
        if name in signs.BOLD:
            text = self._argument(depth)
            return f"<b>{text}</b>" if self.html else text
        if name in signs.ALPHABETS:
            return "".join(_letter(c, signs.ALPHABETS[name]) for c in self._argument(depth))
        if name in signs.ACCENTS:
            return _under(self._argument(depth), signs.ACCENTS[name])
        if name == "sqrt" and self.marks[self.place : self.place + 1] != ["["]:
            return "√" + _enclosed(self._argument(depth))
        if name in ("frac", "tfrac", "dfrac"):
            return f"{_enclosed(self._argument(depth))}/{_enclosed(self._argument(depth))}"
        raise _UnsayableError

    def _words(self) -> str:
        stop = self.marks.index("}", self.place) if "}" in self.marks[self.place : self.place + 200] else 0
        text = "".join(self.marks[self.place + 1 : stop])
        if not stop or re.search(r"[\\${]", text):
            raise _UnsayableError
        self.place = stop + 1
        return escape(text, quote=False) if self.html else text


def _letter(character: str, alphabet: str) -> str:
    size = "CAPITAL" if character.isupper() else "SMALL"
    for prefix in ("", "MATHEMATICAL "):
        for style in (alphabet, "BLACK-LETTER" if alphabet == "FRAKTUR" else alphabet):
            try:
                return unicodedata.lookup(f"{prefix}{style} {size} {character.upper()}")
            except KeyError:
                continue
    raise _UnsayableError


def _under(text: str, mark: str, *, letters: bool = True) -> str:
    if len(text) != 1 or (letters and not text.isalpha() and text != "∂"):
        raise _UnsayableError
    return unicodedata.normalize("NFC", text + mark)


def _enclosed(text: str) -> str:
    return f"({text})" if _COMPOUND.search(text) else text


def _joined(atoms: list[tuple[str, str]], *, tight: bool) -> str:
    """The atoms with TeX's spaces: around relations, around operators between two things, after commas."""
    out: list[str] = []
    before = ""
    for place, (text, kind) in enumerate(atoms):
        after = atoms[place + 1][1] if place + 1 < len(atoms) else ""
        if tight:
            out.append(text.strip())
        elif kind == "rel" or (kind == "bin" and before in ("ord", "close") and after):
            out.append(f" {text} " if before else f"{text} ")
        elif kind == "punct":
            out.append(f"{text} ")
        elif kind == "fn":
            out.append(
                (" " if before in ("ord", "close") else "") + text + (" " if after in ("ord", "fn") else "")
            )
        else:
            out.append(text)
        before = kind
    return re.sub(" +", " ", "".join(out)).strip()
