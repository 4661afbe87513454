r"""Bytes to text and back, so that what was not changed comes back byte for byte.

UTF-8 is read strictly. Bytes that are not UTF-8 are read one by one after the index `windows-1252` of the WHATWG
Encoding Standard, which gives every byte a character of its own (the right one for most old files). What such a
file's real encoding is cannot be known, so only ASCII may be added to it.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Literal

from bibtools.errors import Place, UnusableFileError

_SAMPLE = 4096
_BYTES = bytes(range(256))
_UNUSED = {0x81: 0x81, 0x8D: 0x8D, 0x8F: 0x8F, 0x90: 0x90, 0x9D: 0x9D}  # in cp1252; controls after WHATWG
_CHARACTERS = "".join(chr(b) if b in _UNUSED else bytes([b]).decode("cp1252") for b in _BYTES)
_CODES = {char: byte for byte, char in enumerate(_CHARACTERS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class BibText:
    """A decoded file: its text, how it was read, and whether a byte order mark (not in the text) came first."""

    text: str
    encoding: Literal["utf-8", "8-bit"] = "utf-8"
    bom: bool = False


def decode(data: bytes, *, file: str) -> BibText:
    r"""Read a file's bytes. UnusableFileError (`bib-encoding`) for UTF-16 and UTF-32.

    >>> decode(b"\xe9", file="refs.bib")
    BibText(text='é', encoding='8-bit', bom=False)
    """
    if _is_wide(data):
        raise UnusableFileError(
            "bib-encoding",
            "the file is UTF-16 or UTF-32, which BibTeX and biber cannot read",
            where=Place(file=file),
            hint="save it as UTF-8",
        )
    bom = data.startswith(codecs.BOM_UTF8)
    if bom:
        data = data[len(codecs.BOM_UTF8) :]
    try:
        return BibText(text=data.decode("utf-8"), bom=bom)
    except UnicodeDecodeError:
        return BibText(text=codecs.charmap_decode(data, "strict", _CHARACTERS)[0], encoding="8-bit", bom=bom)


def encode(text: str, like: BibText) -> bytes:
    """The bytes of a text made from `like` by edits; those of unchanged parts are what they were.

    UnusableFileError (`bib-encoding`) where something was added that the file's encoding cannot hold.
    """
    bom = codecs.BOM_UTF8 if like.bom else b""
    if like.encoding == "utf-8":
        try:
            return bom + text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise _cannot_hold(text[error.start], "UTF-8") from None
    old = (char for char in like.text if char > "\x7f")
    for char in text:
        if char > "\x7f" and char not in old:  # consumes `old`: the old characters must remain in their order
            raise _cannot_hold(char, "a file whose encoding is not known")
    return bom + bytes(map(_CODES.__getitem__, text))


def _cannot_hold(char: str, where: str) -> UnusableFileError:
    message = f"U+{ord(char):04X} cannot be written in {where}"
    return UnusableFileError("bib-encoding", message, hint='save the file as UTF-8, or set encoding = "ascii"')


def _is_wide(data: bytes) -> bool:
    """Whether the bytes are UTF-16 or UTF-32: a byte order mark, or zeros in every other place."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return True
    sample = data[:_SAMPLE]
    zeros = sorted((sample[0::2].count(0), sample[1::2].count(0)))
    half = len(sample) // 2
    return half > 1 and zeros[1] > half * 0.9 and zeros[0] <= half * 0.6
