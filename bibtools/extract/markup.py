"""HTML as tokens with their places, in one pass.

The standard library's parser takes quadratic time on some broken pages and stops with an assertion on others
(Python 3.11; CVE-2025-6069), so pages are cut here: any text is accepted, each character is looked at a few
times at most. The rules are those of the HTML standard (13.2.5, tokenization) as far as text and links need them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

_TAG = re.compile(r"<(/?)([A-Za-z][^\s<>/]{0,40})")
_ATTRIBUTE = re.compile(
    r"[\s/]{0,1000}([^\s=<>/\"']{1,200})(?:\s{0,50}=\s{0,50}(?:\"([^\"]{0,20000})\"|'([^']{0,20000})'|([^\s<>\"']{0,4000})))?"
)
_CLOSE = re.compile(r"[\s/\"'=]{0,1000}>")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style", "textarea", "title")
}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a page: a run of text (`name` is the text), a start tag or an end tag (`name` is its name)."""

    kind: Literal["text", "start", "end"]
    start: int
    stop: int
    name: str
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a page in order; comments, declarations and the content of scripts and the like left out."""
    at = done = 0
    while (at := text.find("<", at)) >= 0:
        token, stop = _markup(text, at)
        if stop == at:
            at += 1  # a lone "<" is text
            continue
        if at > done:
            yield from _text(text, done, at)
        if token:
            yield token
        done = at = stop
        if token and token.kind == "start" and token.name in _RAW:
            end = _RAW[token.name].search(text, stop)
            done = at = end.start() if end else len(text)
    yield from _text(text, done, len(text))


def _markup(text: str, at: int) -> tuple[Token | None, int]:
    """The tag, if any, and the end of the markup at `at`; its beginning if it is no markup."""
    if text.startswith("<!--", at):
        stop = text.find("-->", at + 4)
        return None, stop + 3 if stop >= 0 else len(text)
    if text.startswith(("<!", "<?"), at):
        stop = text.find(">", at, at + 4000)
        return None, stop + 1 if stop >= 0 else at
    match = _TAG.match(text, at)
    if match is None:
        return None, at
    attributes: dict[str, str] = {}
    stop = match.end()
    while not (close := _CLOSE.match(text, stop)):
        found = _ATTRIBUTE.match(text, stop)
        if found is None:
            return None, at
        value = next((group for group in found.groups()[1:] if group is not None), "")
        attributes.setdefault(found[1].lower(), html.unescape(value))
        stop = found.end()
    return Token("end" if match[1] else "start", at, close.end(), match[2].lower(), attributes), close.end()


def _text(text: str, start: int, stop: int) -> Iterator[Token]:
    """Text with its character references resolved, each a token of its own."""
    at = start
    for match in _REFERENCE.finditer(text, start, stop):
        if match.start() > at:
            yield Token("text", at, match.start(), text[at : match.start()])
        yield Token("text", match.start(), match.end(), html.unescape(match[0]).replace("\xa0", " "))
        at = match.end()
    if stop > at:
        yield Token("text", at, stop, text[at:stop])
