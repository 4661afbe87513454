"""One field of an entry as the text of one variable, and back; how the two documents of CSL write markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bibtools.formats.csl.tables import COUNTRIES, GENRES, LANGUAGES, STATES, VARIABLES
from bibtools.latex import same_text
from bibtools.latex.csl import from_csl, to_csl
from bibtools.latex.markdown import from_markdown, to_markdown
from bibtools.latex.plain import from_plain, to_plain

Write = Callable[[str], str]
Read = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """How LaTeX becomes a text with markup (in a title with the words whose case is protected), and is read."""

    title: Write
    text: Write
    read: Read


RICH = Markup(title=lambda latex: to_csl(latex, case=True), text=to_csl, read=from_csl)
"""The rich text of CSL-JSON."""

MARKDOWN = Markup(title=to_markdown, text=to_markdown, read=from_markdown)
"""The Markdown of pandoc's YAML."""

RESOLVER = re.compile(r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(?=10\.)", re.IGNORECASE)
"""What people put before a DOI."""

_COUNTRY = re.compile("|".join(COUNTRIES))
_PLAIN = re.compile(r"[A-Za-z0-9 .,:;?!()\[\]/+*=-]*\Z")
_ESCAPED = re.compile(r"\\([#$%&_{}~])")
_WRAPPED = re.compile(r"\s*\\(?:url|path|nolinkurl)\s*\{(.*)\}\s*\Z", re.DOTALL)
_TILDE = re.compile(r"\$\s*\\sim\s*\$|\{?\\(?:textasciitilde|~)(?![A-Za-z])\s*(?:\{\s*\})?\}?|\{\\sim\}|\\string~")
_DASHES = re.compile(r"\s*(?:-{2,3}|–|—)\s*|(?<=[0-9])\s*-\s*(?=[0-9])")
_ONE_DASH = re.compile(r"\s*[–—-]+\s*")
_NOT_IN_ADDRESSES = re.compile(r"[\s{}\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_GENRE_NAMES = {text: name for name, text in GENRES.items()} | {"Master's thesis": "mathesis"}
_LISTS = ("publisher", "publisher-place", "original-publisher", "original-publisher-place")
_STATE_NAMES = {text: name for name, text in STATES.items()}
_LANGUAGE_NAMES = {code: name for name, code in reversed(LANGUAGES.items())}


def write(variable: str, latex: str, markup: Markup) -> str:
    """A field's value as the variable's text."""
    kind = VARIABLES[variable][0]
    if kind == "title":
        return markup.title(latex)
    if kind == "text":
        return markup.text(latex)
    if kind == "verbatim":
        address = _NOT_IN_ADDRESSES.sub("", _address(latex))
        return RESOLVER.sub("", address) if variable == "DOI" else address
    if variable == "page":
        return _DASHES.sub("-", to_plain(latex))
    if variable == "genre":
        return GENRES.get(latex) or to_plain(latex)
    if variable == "language":
        return LANGUAGES.get(latex.strip().lower()) or to_plain(latex)
    if variable == "status":
        return STATES.get(latex.strip()) or to_plain(latex)
    if variable == "publisher-place" and "country" in latex:
        return _COUNTRY.sub(lambda match: COUNTRIES[match[0]], to_plain(latex))
    return to_plain(latex)


def joined(title: str, subtitle: str) -> str:
    """A title with its subtitle, as it is printed."""
    return f"{title} {subtitle}" if title.endswith(("?", "!", ":")) else f"{title}: {subtitle}"


def _address(latex: str) -> str:
    wrapped = _WRAPPED.match(latex)
    return _NOT_IN_ADDRESSES.sub("", _ESCAPED.sub(r"\1", _TILDE.sub("~", wrapped[1] if wrapped else latex)))


def read(variable: str, text: str, markup: Markup) -> str:
    """A variable's text as a field's value."""
    kind = VARIABLES[variable][0]
    if kind in ("title", "text"):
        return markup.read(text)
    if kind == "verbatim":
        return _NOT_IN_ADDRESSES.sub("", RESOLVER.sub("", text) if variable == "DOI" else text)
    if variable == "page":
        return _pages(text)
    if variable == "genre" and text in _GENRE_NAMES:
        return _GENRE_NAMES[text]
    if variable == "status" and text in _STATE_NAMES:
        return _STATE_NAMES[text]
    if variable == "language" and text in _LANGUAGE_NAMES:
        return _LANGUAGE_NAMES[text]
    return from_plain(text)


def _pages(text: str) -> str:
    """Each range with the dash of one; where a place has more dashes than one, they are as likely hyphens."""
    places = re.split(r"([,;]\s*)", text)
    for index, place in enumerate(places[::2]):
        ends = _ONE_DASH.split(place)
        places[2 * index] = "--".join(map(from_plain, ends)) if len(ends) == 2 else from_plain(place)
    return "".join(places)


def says_all(variable: str, latex: str, text: str, markup: Markup) -> bool:
    """Whether the variable's text is read back to a value that says the same as the field's."""
    kind = VARIABLES[variable][0]
    if variable in _LISTS and "{" in latex and " and " in latex:
        return False  # the braces tell an `and` within a name from one between two
    if variable in ("genre", "language", "status", "publisher-place"):
        return same_text(latex, read(variable, text, markup))
    if kind == "verbatim":
        address = _address(latex)
        return text == (RESOLVER.sub("", address) if variable == "DOI" else address)
    if variable == "page":
        written = latex if "\\" in latex else _pages(to_plain(latex))
        return same_text(written, read(variable, text, markup))
    return bool(_PLAIN.match(latex)) or same_text(latex, read(variable, text, markup))
