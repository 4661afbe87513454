r"""What an entry says: delimiters off, parts joined, macros expanded, names in lower case.

The text of a value is otherwise as it stands, blanks and LaTeX included; only line ends become `\n`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bibtools.bibfile.blocks import EntryBlock, FieldView, Part, StringBlock
from bibtools.bibfile.lines import with_newlines
from bibtools.bibfile.view import BibFile
from bibtools.model import Entry, Field

MONTHS: Mapping[str, str] = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June",
    "jul": "July", "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip
"""The macros every BibTeX style defines, with the texts of the standard styles."""

_LONGEST_MACRO = 4_000  # characters; `@string`s that double one another would grow without bound
_LONGEST_EXPANSION = 40_000  # characters that macros may add to one value


def entry_blocks(bib: BibFile) -> tuple[EntryBlock, ...]:
    """The blocks that are entries, in order."""
    return bib.entries


def macros(bib: BibFile) -> dict[str, str]:
    """What the macros of a file stand for, by lower-case name, the months included.

    A macro may use those defined before it; the last definition of a name counts, as in BibTeX.
    """
    known = dict(MONTHS)
    for block in bib.blocks:
        if isinstance(block, StringBlock):
            text = _joined(block.parts, bib.text, known)
            known[block.name.lower()] = text if _is_short(text, block.parts) else block.name
    return known


def entry_of(block: EntryBlock, text: str, macros: Mapping[str, str] = MONTHS) -> Entry:
    """The meaning of an entry. A field that is one macro keeps its name (`macro=True`); see :func:`expanded`.

    A macro that nobody defined, joined to something, stands for its own name.
    """
    return Entry(
        entry_type=_lower(block.entry_type),
        key=block.key,
        fields=tuple(_field(field, text, macros) for field in block.fields),
    )


def _lower(name: str) -> str:
    """In lower case, but for a letter that becomes two (`İ`): the second is none that a type may have."""
    lower = name.lower()
    return lower if len(lower) == len(name) else name


def expanded(field: Field, macros: Mapping[str, str] = MONTHS) -> str:
    """The text of a field's value, with the macro expanded if it is one that is known.

    >>> expanded(Field("month", "jun", macro=True))
    'June'
    """
    return macros.get(field.value.lower(), field.value) if field.macro else field.value


def _field(field: FieldView, text: str, macros: Mapping[str, str]) -> Field:
    if len(field.parts) == 1 and field.parts[0].kind == "bare":
        word = field.parts[0].inner(text)
        if word[0].isdigit():
            return Field(field.lower, word)
        return Field(field.lower, word.lower() if word.lower() in MONTHS else word, macro=True)
    return Field(field.lower, _joined(field.parts, text, macros))


def _joined(parts: Iterable[Part], text: str, macros: Mapping[str, str]) -> str:
    pieces = []
    room = _LONGEST_EXPANSION
    for part in parts:
        piece = part.inner(text)
        if part.kind == "bare":
            meant = macros.get(piece.lower(), piece)
            room -= len(meant)
            piece = meant if room >= 0 else piece
        pieces.append(piece)
    joined = "".join(pieces)
    return with_newlines(joined, "\n") if "\r" in joined else joined


def _is_short(text: str, parts: tuple[Part, ...]) -> bool:
    return len(text) <= _LONGEST_MACRO or all(part.kind != "bare" for part in parts)
