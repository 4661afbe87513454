r"""The citation keys that a text uses.

LaTeX's `\cite…{a,b}` and `\nocite{*}`, pandoc's `[@key; -@key]`, Typst's `@key` and `#cite(<key>)`.

:func:`cited` is for choosing entries: rather a key too many than one too few. :func:`first_lines` is for telling
keys that name no entry: what may be no citation is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

EVERYTHING = "*"

_COMMENT = re.compile(r"(?<!\\)((?:\\\\){0,50})%[^\r\n]*")
_COMMAND = re.compile(r"\\([A-Za-z]{0,30}[Cc]ite[A-Za-z]{0,30})\*?")
_PANDOC = re.compile(r"(?<![\w@.])-?@(?:\{([^{}\s]{1,200})\}|(\w[\w:.#$%&+?<>~/-]{0,200}|\*))")
_TYPST = re.compile(r"#?\bcite\(\s{0,20}(?:<([^<>\s]{1,200})>|label\(\s{0,20}\"([^\"\n]{1,200})\")")
_KEY_END = ":.#$%&-+?<>~/"
_OPTION = {"[": "]", "(": ")"}
_LONGEST_OPTION = 5_000
_MAX_GROUPS = 200  # \cites{a}{b}…

_STYLES = frozenset({"citestyle", "setcitestyle", "citetext"})
_VERBATIM = re.compile(
    r"\\begin\{(verbatim\*?|lstlisting|minted|Verbatim|comment|filecontents\*?)\}.*?\\end\{\1\}", re.DOTALL
)
_CODE = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1|\Z)|(?<!`)(`{1,3})(?!`)[^`]{1,2000}\2(?!`)",
    re.DOTALL | re.MULTILINE,
)
_NOT_NEWLINE = re.compile(r"[^\r\n]")
_ITEM = re.compile(r"\\bibitem\s{0,9}(?:\[[^\[\]]{0,500}\]\s{0,9})?\{([^{}]{1,200})\}")
_LABEL = re.compile(r"(?:<|\{#|#\|\s{0,3}label:\s{0,3})([\w:.-]{1,200})(?=[>}\s])")
_REFERENCE = re.compile(
    r"(?:fig|tbl|tab|eq|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg)[:-]\w"
)  # pandoc-crossref, Quarto
_NO_KEY = re.compile(r"[\\#{}\s]")


def cited(text: str, *, markdown: bool = False) -> frozenset[str]:
    r"""The keys cited, as written; with `*` among them everything is.

    LaTeX commands count in any text, `@key` and `#cite(<key>)` only with `markdown`.

    >>> sorted(cited(r"\citep[see][]{a, b} \nocite{c} % \cite{d}"))
    ['a', 'b', 'c']
    >>> sorted(cited("As [@a, p. 3; -@{b/c}] says, me@example.org", markdown=True))
    ['a', 'b/c']
    """
    return frozenset(key for key, _, _ in _citations(text, markdown=markdown))


def first_lines(text: str, *, markdown: bool = False) -> dict[str, int]:
    r"""Each key that is certainly cited, with the line (from 1) of its first citation.

    Not what stands in code or verbatim text, in the definition of a command (`#1`), or behind `\setcitestyle`; nor
    what the text itself defines: a `\bibitem`, a label, or a reference to a figure as pandoc and Quarto write it.

    >>> first_lines("see [@a]\n`@b` and @fig-x\n@c", markdown=True)
    {'a': 1, 'c': 3}
    """
    text = (_CODE if markdown else _VERBATIM).sub(lambda match: _NOT_NEWLINE.sub(" ", match[0]), text)
    own = {match[1] for match in (_LABEL if markdown else _ITEM).finditer(text)}
    lines: dict[str, int] = {}
    line, seen = 1, 0
    for key, at, command in sorted(_citations(text, markdown=markdown), key=lambda found: found[1]):
        line += text.count("\n", seen, at)
        seen = at
        is_style = command in _STYLES or command.startswith("declare")
        is_reference = markdown and _REFERENCE.match(key)
        if not (is_style or is_reference or key in own or key == EVERYTHING or _NO_KEY.search(key)):
            lines.setdefault(key, line)
    return lines


def _citations(text: str, *, markdown: bool) -> Iterator[tuple[str, int, str]]:
    """Key, offset, and the name of the LaTeX command in lower case (nothing for pandoc's)."""
    plain = (
        text if markdown else _COMMENT.sub(lambda match: match[1] + " " * (len(match[0]) - len(match[1])), text)
    )
    for match in _COMMAND.finditer(plain):
        yield from ((key, match.start(), match[1].lower()) for key in _of_command(plain, match))
    if markdown:
        for match in _PANDOC.finditer(text):
            yield match[1] or match[2].rstrip(_KEY_END), match.start(), ""
        yield from ((match[1] or match[2], match.start(), "") for match in _TYPST.finditer(text))


def _of_command(text: str, match: re.Match[str]) -> list[str]:
    r"""The keys in the first group behind a command; in all of them for biblatex's `\cites` and `\volcite`."""
    name = match[1].lower()
    groups = _MAX_GROUPS if name.endswith("cites") or "volcite" in name else 1
    keys: list[str] = []
    at = match.end()
    while groups:
        at = _blanks_end(text, at)
        opening = text[at : at + 1]
        if opening in _OPTION and opening:
            at = _closed(text, at, opening)
        elif opening == "{":
            stop = text.find("}", at, at + 50_000)
            if stop < 0:
                break
            keys += [key.strip() for key in text[at + 1 : stop].split(",")]
            at, groups = stop + 1, groups - 1
        else:
            break
        if at < 0:
            break
    return [key for key in keys if key]


def _blanks_end(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _closed(text: str, at: int, opening: str) -> int:
    """The end of an optional argument, in which braces hide brackets; -1 where it is not closed."""
    depth = 0
    for place in range(at + 1, min(len(text), at + _LONGEST_OPTION)):
        character = text[place]
        if character == "\\":
            continue
        if character in "{}":
            depth += 1 if character == "{" else -1
        elif character == _OPTION[opening] and depth <= 0:
            return place + 1
    return -1
