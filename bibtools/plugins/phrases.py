"""The pieces that references are made of: lists of names, dates, pages, and how pieces are put together.

A piece is a text or rich text of pybtex's; an empty one leaves no trace. No punctuation is doubled: what ends with
a full stop gets no other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from pybtex.richtext import HRef, Tag, Text

from bibtools.model import Name, PartialDate
from bibtools.plugins.backends import web_address
from bibtools.plugins.richtext import Value, is_empty, plain
from bibtools.plugins.works import MONTH_NAMES, People, When, Work

Piece = Any
"""A text, or rich text of pybtex's."""

_ENDS = ".?!…"
_CLOSING = "”’\"'"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_RANGE = re.compile(r"\s*(?:-{2,3}|[–—‒])\s*|(?<=[\dA-Za-z])-(?=[\dA-Za-z])")
_SEVERAL = re.compile(r"[–,&+]|\bff?\b|\band\b")
_GIVEN_WORD = re.compile(r"[^\s.]+\.?")


def join(sep: str, *pieces: Piece) -> Text:
    """The pieces that say something, with `sep` between them; of doubled punctuation only the first is kept."""
    made: list[Any] = []
    for piece in pieces:
        if is_empty(piece):
            continue
        if made:
            made.append(_after(str(made[-1]), sep))
        made.append(piece)
    return Text(*made)


def sentence(*pieces: Piece) -> Text:
    """The pieces, parted by commas, with a full stop."""
    made = join(", ", *pieces)
    return Text(made, _after(str(made), ".")) if made else Text()


def _after(before: str, mark: str) -> str:
    """The mark as it stands behind a text: nothing of it that would double what is there."""
    before = before.rstrip()
    if mark[:1] == "." and before.rstrip(_CLOSING)[-1:] in _ENDS and before:
        return mark[1:]
    if mark[:1] in tuple(",;:.") and before.rstrip(_CLOSING)[-1:] in tuple(",;:"):
        return mark[1:]
    return mark


def italic(piece: Piece) -> Piece:
    """The piece emphasised."""
    return "" if is_empty(piece) else Tag("em", piece)


def bold(piece: Piece) -> Piece:
    """The piece in bold type."""
    return "" if is_empty(piece) else Tag("strong", piece)


def wrap(before: str, piece: Piece, after: str = "") -> Piece:
    """The piece between two texts, if it says something."""
    return "" if is_empty(piece) else Text(before, piece, after)


def quoted(piece: Piece, mark: str = "") -> Piece:
    """The piece in quotation marks, with a mark inside them where American usage wants it."""
    if is_empty(piece):
        return ""
    ends = str(piece).rstrip()[-1:] in (*_ENDS, *",;:")
    return Text("“", piece, "" if ends else mark, "”")


def link(url: str, text: Piece = "") -> Piece:
    """A link that shows the text, else its own address; the text alone where the address is none for the web."""
    address = web_address(url)
    return HRef(address, text or url) if address else text or url


# -- people ------------------------------------------------------------------------------------------------------


def natural(name: Name) -> Piece:
    """Given name first: `Joost van der Putten`, `Martin Luther King, Jr.`."""
    return _named(name, (name.given, name.particle, name.family))


def initials_first(name: Name) -> Piece:
    """Initials first: `J. van der Putten`, `M. L. King, Jr.`."""
    return _named(name, (initials(name.given), name.particle, name.family))


def _named(name: Name, parts: Sequence[str]) -> Piece:
    whole = name.literal or " ".join(part for part in parts if part)
    return Value(f"{whole}, {name.suffix}" if name.suffix and not name.literal else whole) if whole else ""


def inverted(name: Name) -> Piece:
    """Family name first: `van der Putten, Joost`, `King, Martin Luther, Jr.`."""
    return _inverted(name, name.given)


def inverted_initials(name: Name) -> Piece:
    """Family name and initials: `van der Putten, J.`, `King, M. L., Jr.`."""
    return _inverted(name, initials(name.given))


def _inverted(name: Name, given: str) -> Piece:
    if name.literal:
        return Value(name.literal)
    family = " ".join(part for part in (name.particle, name.family) if part)
    return Value(", ".join(part for part in (family, given, name.suffix) if part))


def family(name: Name) -> str:
    """What a person is called in a label, as plain text."""
    return plain(name.literal or " ".join(part for part in (name.particle, name.family) if part))


def initials(given: str) -> str:
    r"""The initials of given names, as plain text: `Jean-Pierre` is `J.-P.`, `J.P.` is `J. P.`.

    >>> initials("Jean-Pierre"), initials("J.P."), initials(r"{\'A}goston")
    ('J.-P.', 'J. P.', 'Á.')
    """
    made = []
    for word in _GIVEN_WORD.findall(plain(given).replace("‐", "-")):
        letters = [letter for part in word.split("-") if (letter := _first_letter(part))]
        made.append("-".join(f"{letter}." for letter in letters))
    return " ".join(filter(None, made))


def _first_letter(word: str) -> str:
    for place, char in enumerate(word):
        if char.isalpha():
            end = place + 1
            while end < len(word) and unicodedata.combining(word[end]):
                end += 1
            return word[place:end]
    return ""


def listed(
    people: People,
    write: Callable[[Name], Piece],
    *,
    last: str,
    two: str | None = None,
    most: int = 0,
    shown: int = 1,
    others: Piece = "et al.",
    comma: bool | None = None,
    first: Callable[[Name], Piece] | None = None,
) -> Text:
    """The names of a role.

    `last` stands before the last name and `two` between two; with more than `most` names (0: no limit), or where
    the list itself ends in `and others`, `others` follows the names that are shown, behind a comma if
    `comma` says so, else if there are several. `first` writes the first name.
    """
    names = people.names
    shortened = bool(most) and len(names) > most
    if shortened:
        names = names[:shown]
    written: list[Piece] = [
        w for w in ((first if first and not n else write)(name) for n, name in enumerate(names)) if w
    ]
    if not written:
        return Text()
    if shortened or not people.complete:
        with_comma = len(written) > 1 if comma is None else comma
        return Text(join(", ", *written), ", " if with_comma else " ", others)
    if len(written) == 2:
        return join(last if two is None else two, *written)
    return Text(*([join(", ", *written[:-1]), _after(str(written[-2]), last)] if written[1:] else []), written[-1])


# -- numbers and dates -------------------------------------------------------------------------------------------


def pages(work: Work) -> str:
    """The pages with en dashes."""
    return _RANGE.sub("–", plain(work.get("pages"))).strip().rstrip(".,;") if work.get("pages") else ""


def numbered_pages(work: Work, one: str, several: str) -> str:
    """The pages behind `p.` or `pp.`; as they stand where they are no numbers."""
    found = pages(work)
    if not found or not found[:1].isalnum() or found.lower().startswith(("p", "art")):
        return found
    return f"{several if _SEVERAL.search(found) else one}{found}"


def edition(work: Work, suffix: str) -> str:
    """The edition: `2nd ed.` for `2`, `second` or `2nd edition`; other words as they stand."""
    text = plain(work.get("edition")).strip()
    words = re.sub(r"\s*\b(?:edition|ed\.?|edn\.?)\Z", "", text, flags=re.IGNORECASE)
    number = _ORDINALS.index(words.lower()) + 1 if words.lower() in _ORDINALS else None
    if words.isdecimal() and words.isascii() and len(words) <= 3:
        number = int(words)
    if number is not None:
        words = ordinal(number)
    return f"{words} {suffix}" if words else ""


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def month(when: When, names: Sequence[str] = MONTH_NAMES) -> Piece:
    """The month, by its name or as it was written."""
    if when.begin is not None and when.begin.month:
        return names[when.begin.month - 1]
    return Value(when.month) if when.month else ""


def month_year(when: When, names: Sequence[str] = MONTH_NAMES) -> Text:
    """`June 2017`, or as much of it as is known."""
    return join(" ", month(when, names), when.year)


def american(date: PartialDate | None, names: Sequence[str] = MONTH_NAMES) -> str:
    """`June 12, 2017`, or as much of it as is known."""
    if date is None:
        return ""
    if not date.month:
        return str(date.year)
    return (
        f"{names[date.month - 1]} {date.day}, {date.year}" if date.day else f"{names[date.month - 1]} {date.year}"
    )


def arxiv_url(work: Work) -> str:
    """The address of a work's page at arXiv."""
    return f"https://arxiv.org/abs/{work.arxiv}"


def doi_url(work: Work) -> str:
    """The address that a work's DOI leads to."""
    return f"https://doi.org/{work.doi}"
