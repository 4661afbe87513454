r"""Text as a service gives it (Unicode mixed with the TeX authors typed) → LaTeX that typesets.

What is LaTeX already stays; what LaTeX would stop at is escaped, written as a command, or made harmless. Encoding
what is encoded changes nothing; braces and dollars of the result are balanced as TeX and as BibTeX count them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bibtools.latex.tables import COMBINING
from bibtools.latex.typed import Typed
from bibtools.text import squeeze

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_JOINERS = re.compile("(?:(?<=[\0-\u058f])|\\A)[\u200c\u200d]+")  # Persian and Indic scripts and emoji need theirs
_UNDER_MARKS = re.compile(f"([A-Za-z])([{''.join(COMBINING)}])")
_ESCAPED_BRACES = re.compile(r"\\[{}]|\\.|[{}]", re.DOTALL)
_STRAY = re.compile(r"(?<!\\)((?:\\\\)*)\\\Z")
_NEEDS_CARE = re.compile(r"[\\{}$~]")
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Encoded:
    """LaTeX, the characters in it that pdflatex does not know, and the commands nobody knows (now words)."""

    text: str
    unknown: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


def encode(text: str, *, ascii_only: bool = False, links: bool = True) -> Encoded:
    r"""`text` as LaTeX for a title, an abstract or a name.

    Outside math `& % # _ ^ $ < > |` are escaped unless they are already, `~` where it is no tie. Greek and other
    characters that pdflatex's UTF-8 input does not read become commands, in math of their own where they need it;
    the rest stays Unicode, or with `ascii_only` becomes braced accents. Math keeps what is sound in it (amsmath
    and amssymb have the commands). Commands only their author knew become words; without `links`, so do addresses.

    >>> encode("Θ-hypernuclei & 50%").text
    '$\\Theta$-hypernuclei \\& 50\\%'
    >>> encode(r"$0 \le α, β\le 1$, $\mathbfθ$").text
    '$0 \\le \\alpha, \\beta\\le 1$, $\\mathbf{\\theta}$'
    """
    return encode_with(text, ascii_only=ascii_only, compose=False, links=links)


def encode_with(text: str, *, ascii_only: bool, compose: bool, links: bool = True) -> Encoded:
    """As :func:`encode`; with `compose`, accent commands become letters first wherever there are such letters."""
    unknown: dict[str, None] = {}
    commands: dict[str, None] = {}
    for _ in range(_ROUNDS):
        writer = Typed(ascii_only=ascii_only, compose=compose, links=links)
        result = _STRAY.sub(r"\1", squeeze(writer.write(_pair_escaped_braces(_clean(text))))).rstrip()
        unknown.update(writer.unknown)
        commands.update(writer.commands)
        if result == text or not _NEEDS_CARE.search(result):
            return Encoded(result, tuple(unknown), tuple(commands))
        text = result
    # mending changed something each time: only hostile text does that, and its words are all it says
    words = Typed(ascii_only=ascii_only).write(re.sub(r"[\\{}$^_~]", " ", _clean(text)))
    return Encoded(squeeze(words), tuple(unknown), tuple(commands))


def _clean(text: str) -> str:
    """Composed, white space normalised, without control characters; marks no letter composes with as commands."""
    text = _CONTROL.sub("", squeeze(unicodedata.normalize("NFC", text)))
    if text.isascii():
        return text
    text = _JOINERS.sub("", text)
    return _UNDER_MARKS.sub(lambda match: f"\\{COMBINING[match[2]]}{{{match[1]}}}", text)


def _pair_escaped_braces(source: str) -> str:
    r"""`\{` without `\}` in the same group by name: BibTeX counts braces whether they are escaped or not."""
    if "\\{" not in source and "\\}" not in source:
        return source
    waiting: list[re.Match[str]] = []
    alone: dict[int, str] = {}
    for match in _ESCAPED_BRACES.finditer(source):
        if match[0] in ("{", "\\{"):
            waiting.append(match)
        elif match[0] == "\\}":
            if waiting and waiting[-1][0] == "\\{":
                waiting.pop()
            else:
                alone[match.start()] = "\\rbrace{}"
        elif match[0] == "}":
            while waiting and waiting[-1][0] == "\\{":
                alone[waiting.pop().start()] = "\\lbrace{}"
            if waiting:
                waiting.pop()
    alone.update((match.start(), "\\lbrace{}") for match in waiting if match[0] == "\\{")
    return _ESCAPED_BRACES.sub(lambda match: alone.get(match.start(), match[0]), source)
