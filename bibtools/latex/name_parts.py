r"""Parts of names as LaTeX that BibTeX can abbreviate."""

from __future__ import annotations

import re

from bibtools.latex.characters import in_text
from bibtools.latex.encode import encode_with

_INITIAL = re.compile(r"(?:(?<![^\s,~-])|(?<=\{))[^\x00-\x7f]")
_CHARACTER = re.compile(r"\{\\[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\\[A-Za-z]+|.", re.DOTALL)
_LABEL = 3  # characters; what the style alpha takes of the only author's name
_BRACED_LETTER = re.compile(r"\{(\\[A-Za-z])\{([A-Za-z])\}\}\Z")


def encode_name_part(text: str, *, bibtex: bool, ascii_only: bool = False, label: bool = False) -> str:
    r"""Family, given name, particle, suffix or literal as LaTeX.

    Accent commands become letters first. With `bibtex` a letter outside ASCII that begins a word (after a blank, a
    hyphen, a comma) is a braced command: BibTeX abbreviates by bytes, and half a character stops LaTeX. With
    `label` so are the first letters, which styles make labels of. With `ascii_only` all such letters are braced
    commands, since an unbraced `\c c` would split the name.

    >>> encode_name_part("Ágoston Çağlar-Örn", bibtex=True)
    '{\\\'A}goston {\\c C}ağlar-{\\"O}rn'
    >>> encode_name_part("Kästnerö", bibtex=True, label=True)
    'K{\\"a}stnerö'
    >>> encode_name_part("François", bibtex=False, ascii_only=True)
    'Fran{\\c{c}}ois'
    """
    latex = encode_with(text, ascii_only=ascii_only, compose=True).text
    if not bibtex:
        return latex
    return protect_initials(latex, label=label)


def protect_initials(latex: str, *, label: bool = False) -> str:
    r"""LaTeX of a name with a braced command for each letter outside ASCII that begins a word, or its `label`.

    >>> protect_initials("Weisz, Ágoston Çağlar"), protect_initials("Kästnerö", label=True)
    ("Weisz, {\\'A}goston {\\c C}ağlar", 'K{\\"a}stnerö')
    """
    latex = _INITIAL.sub(_command, latex)
    return _with_label(latex) if label and not latex.isascii() else latex


def _with_label(latex: str) -> str:
    """The first characters as commands; braces count nothing, a letter under a command counts one."""
    out: list[str] = []
    place = seen = 0
    while seen < _LABEL and (match := _CHARACTER.match(latex, place)):
        out.append(match[0] if match[0].isascii() or len(match[0]) > 1 else _command(match))
        seen += 0 if match[0] in "{}" else 1 if match[0][0] == "{" else len(match[0])
        place = match.end()
    return "".join(out) + latex[place:]


def _command(match: re.Match[str]) -> str:
    written = in_text(match[0], ascii_only=True)
    if not written.known or written.math or not match[0].isalpha():
        return match[0]
    return _BRACED_LETTER.sub(r"{\1 \2}", written.text)
