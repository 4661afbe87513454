r"""The citation keys that a text uses.

LaTeX's `\cite…{a,b}` and `\nocite{*}`, pandoc's `[@key; -@key]`, Typst's `@key` and `#cite(<key>)`.

Rather a key too many than one too few: what is no citation names no entry either.
"""

from __future__ import annotations

import re

EVERYTHING = "*"

_COMMENT = re.compile(r"(?<!\\)((?:\\\\){0,50})%[^\r\n]*")
_COMMAND = re.compile(r"\\([A-Za-z]{0,30}[Cc]ite[A-Za-z]{0,30})\*?")
_PANDOC = re.compile(r"(?<![\w@.])-?@(?:\{([^{}\s]{1,200})\}|(\w[\w:.#$%&+?<>~/-]{0,200}|\*))")
_TYPST = re.compile(r"#?\bcite\(\s{0,20}(?:<([^<>\s]{1,200})>|label\(\s{0,20}\"([^\"\n]{1,200})\")")
_KEY_END = ":.#$%&-+?<>~/"
_OPTION = {"[": "]", "(": ")"}
_LONGEST_OPTION = 5_000
_MAX_GROUPS = 200  # \cites{a}{b}…


def cited(text: str, *, markdown: bool = False) -> frozenset[str]:
    r"""The keys cited, as written; with `*` among them everything is.

    LaTeX commands count in any text, `@key` and `#cite(<key>)` only with `markdown`.

    >>> sorted(cited(r"\citep[see][]{a, b} \nocite{c} % \cite{d}"))
    ['a', 'b', 'c']
    >>> sorted(cited("As [@a, p. 3; -@{b/c}] says, me@example.org", markdown=True))
    ['a', 'b/c']
    """
    keys: set[str] = set()
    plain = text if markdown else _COMMENT.sub(r"\1", text)
    for match in _COMMAND.finditer(plain):
        keys.update(_of_command(plain, match))
    if markdown:
        for match in _PANDOC.finditer(text):
            keys.add(match[1] or match[2].rstrip(_KEY_END))
        keys.update(match[1] or match[2] for match in _TYPST.finditer(text))
    return frozenset(keys)


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
