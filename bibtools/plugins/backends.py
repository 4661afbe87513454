r"""What writes a formatted bibliography: HTML, Markdown, LaTeX, plain text.

pybtex's own (0.26) write addresses into HTML without escaping them, Markdown that a number or a dash at the
beginning turns into a list, links that a parenthesis ends, `&ndash;` for a dash, and plain text as LaTeX with
commands that LaTeX then carries out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from pybtex.backends import BaseBackend
from pybtex.backends.latex import Backend as PybtexLaTeX
from pybtex.backends.plaintext import Backend as PlainText

from bibtools import latex

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[\t\n ]+")
_SAFE_SCHEMES = ("https://", "http://", "ftp://", "mailto:")
_SYMBOLS = MappingProxyType({"ndash": "–", "newblock": " ", "nbsp": "\N{NO-BREAK SPACE}"})


class AuthorYear(str):
    """A label of an author–year style, which knows its two halves: `authors` and `year`."""

    __slots__ = ("authors", "year")
    authors: str
    year: str

    def __new__(cls, authors: str, year: str) -> AuthorYear:
        """The label `authors, year`."""
        self = super().__new__(cls, f"{authors}, {year}" if authors and year else authors or year)
        self.authors, self.year = authors, year
        return self


class Unlabelled(str):
    """The label of a style that has none."""

    __slots__ = ()


class Number(str):
    """A label that counts the references, and how it is `shown` before one: `[1]`, `1.`."""

    __slots__ = ("shown",)
    shown: str

    def __new__(cls, number: int, shape: str) -> Number:
        """The label of the reference `number`; `shape` is as in `[{}]`."""
        self = super().__new__(cls, str(number))
        self.shown = shape.format(number)
        return self


def shown(label: str) -> str:
    """What stands before a reference: nothing in author–year styles, where the reference itself says it."""
    if isinstance(label, (AuthorYear, Unlabelled)):
        return ""
    return label.shown if isinstance(label, Number) else f"[{label}]"


def clean(text: str) -> str:
    """Without control characters and marks that turn the direction of writing; white space is a blank."""
    return _SPACES.sub(" ", _CONTROL.sub("", text))


def web_address(url: str) -> str | None:
    """The address as a link may have it, in ASCII; None for one that a browser would carry out (`javascript:`)."""
    url = "".join(clean(url).split())
    if not url.lower().startswith(_SAFE_SCHEMES):
        return None
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~-._")


class Backend(BaseBackend):  # type: ignore[misc]
    """What ours have in common: text is cleaned, then escaped."""

    symbols = _SYMBOLS

    def entries(self, formatted: Any) -> Iterator[str]:
        """Each reference of a bibliography as it stands in a document, its label included."""
        written: list[str] = []
        self.output: Callable[[str], Any] = written.append
        for entry in formatted:
            self.write_entry(entry.key, entry.label, entry.text.render(self))
            yield "".join(written)
            written.clear()


class TextBackend(Backend, PlainText):  # type: ignore[misc]
    """Plain text."""

    default_suffix = ".txt"

    def format_str(self, str_: str) -> str:
        """The text itself."""
        return clean(str_)

    def format_tag(self, tag_name: str, text: str) -> str:
        """Text has no emphasis."""
        return text

    def format_href(self, url: str, text: str, external: bool = False) -> str:
        """The text of the link."""
        return text

    def write_entry(self, key: str, label: str, text: str) -> None:
        """One reference, one line."""
        self.output(" ".join(part for part in (shown(label), text.replace("\N{NO-BREAK SPACE}", " ")) if part))
        self.output("\n")


class HTMLBackend(Backend):
    """HTML 5; in a bibliography each reference has the anchor `ref-KEY`."""

    default_suffix = ".html"
    _tags = frozenset(["em", "strong", "i", "b", "tt", "sup", "sub"])

    def format_str(self, str_: str) -> str:
        """The text with `<`, `>` and `&` as entities."""
        return escape(clean(str_), quote=False)

    def format_formula(self, formula: str) -> str:
        r"""A formula between `\(` and `\)`, where MathJax and KaTeX find it."""
        return f'<span class="math">\\({escape(clean(formula), quote=False)}\\)</span>'

    def format_tag(self, tag_name: str, text: str) -> str:
        """The text with emphasis; a tag that HTML does not have says nothing."""
        name = "code" if tag_name == "tt" else tag_name
        return f"<{name}>{text}</{name}>" if text and tag_name in self._tags else text

    def format_href(self, url: str, text: str, external: bool = False) -> str:
        """A link; the text alone where the address is none for the web."""
        address = web_address(url)
        return f'<a href="{escape(address)}">{text}</a>' if text and address else text

    def write_prologue(self) -> None:
        """The beginning of a document."""
        self.output(
            f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="{escape(self.encoding)}">\n'
            "<title>References</title>\n</head>\n<body>\n"
        )

    def write_epilogue(self) -> None:
        """The end of a document."""
        self.output("</body>\n</html>\n")

    def write_entry(self, key: str, label: str, text: str) -> None:
        """One reference, one paragraph."""
        before = escape(clean(shown(label)), quote=False)
        self.output(f'<p id="ref-{escape(clean(key))}">{before}{" " if before else ""}{text}</p>\n')


class MarkdownBackend(Backend):
    r"""Markdown that CommonMark, GitHub and pandoc read alike."""

    default_suffix = ".md"
    _special = re.compile(r"[\\`*_{}\[\]<>#~$|^@]|&(?=[#\w])|(?<=-)-|!(?=\[)|(?<=\.)\.(?=\.)|(?<=:)//|(?<=www)\.")
    _list_mark = re.compile(r"(?P<mark>\d{1,9}(?=[.)])|(?=[-+=:>#~]))")
    _tags = MappingProxyType({"em": "*", "i": "*", "strong": "**", "b": "**"})

    def format_str(self, str_: str) -> str:
        """The text with a backslash before what Markdown would take for a mark."""
        return self._special.sub(r"\\\g<0>", clean(str_))

    def format_formula(self, formula: str) -> str:
        """A formula between dollar signs."""
        return f"${clean(formula).strip().replace('$', '')}$"

    def format_tag(self, tag_name: str, text: str) -> str:
        """The text with emphasis, by stars where they are read as such."""
        inner = text.strip()
        if not inner or tag_name not in (*self._tags, "tt", "sup", "sub"):
            return text
        head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        mark = self._tags.get(tag_name)
        if mark and inner[0].isalnum() and (inner[-1].isalnum() or inner[-1] in "?!."):
            return f"{head}{mark}{inner}{mark}{tail}"
        name = "code" if tag_name == "tt" else tag_name
        return f"{head}<{name}>{inner}</{name}>{tail}"

    def format_href(self, url: str, text: str, external: bool = False) -> str:
        """A link; the text alone where the address is none for the web."""
        address = web_address(url)
        if not text or not address:
            return text
        if text == self.format_str(address) and not re.search(r"[\\`]", address):
            return f"<{address}>"
        return f"[{text}](<{address}>)" if re.search(r"[()]", address) else f"[{text}]({address})"

    def write_entry(self, key: str, label: str, text: str) -> None:
        """One reference, one paragraph."""
        before = self.format_str(shown(label)) or ""
        whole = f"{before} {text}" if before else text
        match = self._list_mark.match(whole)
        if match:
            whole = f"{match['mark']}\\{whole[match.end() :]}"
        self.output(f"{whole}\n\n")


class LaTeXBackend(PybtexLaTeX):  # type: ignore[misc]
    r"""LaTeX's `thebibliography`; with natbib, author–year labels are its own."""

    symbols = MappingProxyType({"ndash": "--", "newblock": "\n\\newblock ", "nbsp": "~"})
    _commands = MappingProxyType(
        {
            "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "%": "\\%", "#": "\\#",
            "_": "\\_", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
        }
    )  # fmt: skip
    _tags = MappingProxyType(
        {
            "em": "emph", "i": "textit", "strong": "textbf", "b": "textbf", "tt": "texttt",
            "sup": "textsuperscript", "sub": "textsubscript",
        }
    )  # fmt: skip
    _plain_address = re.compile(r"[A-Za-z0-9:/.?=&_+,;@!'*()~-]+\Z")
    entries = Backend.entries

    def format_str(self, str_: str) -> str:
        """The text as LaTeX that prints it."""
        text = clean(str_)
        inner = latex.encode("".join(self._commands.get(char, char) for char in text)).text
        return f"{' ' if text[:1] == ' ' else ''}{inner}{' ' if text[1:] and text[-1:] == ' ' else ''}"

    def format_formula(self, formula: str) -> str:
        """A formula between dollar signs, mended where LaTeX would stop at it."""
        return str(latex.encode(f"${clean(formula)}$").text)

    def format_protected(self, text: str) -> str:
        """The text in braces."""
        return f"{{{text}}}"

    def format_tag(self, tag_name: str, text: str) -> str:
        """The text with emphasis."""
        command = self._tags.get(tag_name)
        return f"\\{command}{{{text}}}" if text and command else text

    def format_href(self, url: str, text: str, external: bool = False) -> str:
        r"""A link by hyperref's `\href`, or by `\url` where it shows the address itself."""
        address = web_address(url)
        if not text or not address:
            return text
        if text == self.format_str(url) and self._plain_address.match(address):
            return f"\\url{{{address}}}"
        escaped = re.sub(r"[%#]", r"\\\g<0>", address)
        return f"\\href{{{escaped}}}{{{text}}}"

    def write_prologue(self) -> None:
        """The beginning of the list, with the commands it needs where the document has none."""
        if self.formatted_bibliography.preamble:
            self.output(self.formatted_bibliography.preamble + "\n")
        longest = max((str(entry.label) for entry in self.formatted_bibliography), key=len, default="9")
        self.output(
            "\\providecommand{\\url}[1]{\\texttt{\\detokenize{#1}}}\n\\providecommand{\\href}[2]{#2}\n"
            f"\\begin{{thebibliography}}{{{self.format_str(longest) or '9'}}}\n"
        )

    def write_epilogue(self) -> None:
        """The end of the list."""
        self.output("\n\\end{thebibliography}\n")

    def write_entry(self, key: str, label: str, text: str) -> None:
        r"""One `\bibitem`; LaTeX counts by itself."""
        option = ""
        if isinstance(label, AuthorYear):
            option = f"[{{{self.format_str(label.authors)}}}({self.format_str(label.year)})]"
        elif not isinstance(label, Number) and label:
            option = f"[{{{self.format_str(label)}}}]"
        self.output(f"\n\\bibitem{option}{{{key}}}\n{text}\n")
