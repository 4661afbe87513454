r"""Titles as a sentence writes them, after BibTeX's `change.case$` with `"t"`.

All letters become small but the first, the first after a colon, and what stands in braces or mathematics. Words
whose capitals no convention of titles explains (`BERT`, `GPT-4`) stay without braces too.
Source: *Designing BibTeX Styles*, section 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bibtools import latex
from bibtools.latex.syntax import Node, parse

_ENGLISH = ("english", "american", "british", "usenglish", "ukenglish", "en", "eng", "canadian", "australian")
_OPENS = re.compile(r"[:?!]['\"”’)]*\s+[\W_]*\Z|---?\s*\Z|[—]\s*\Z")
_NEAR = 40


def sentence_case(title: str, fields: Mapping[str, str] | None = None) -> str:
    r"""The title in sentence case; as it stands where `fields` say that its language is not English.

    >>> sentence_case("Attention Is All You Need: The {Higgs} Boson and BERT")
    'Attention is all you need: The {Higgs} boson and {BERT}'
    """
    language = next(
        (fields[name] for name in ("langid", "hyphenation", "language") if fields and fields.get(name)), "english"
    )
    if not language.strip("{} ").lower().startswith(_ENGLISH):
        return title
    protected = latex.protect_case(title)
    out: list[str] = []
    _lowered(protected, parse(protected), out)
    return "".join(out)


def _lowered(source: str, nodes: Sequence[Node], out: list[str]) -> None:
    place = 0
    before = ""
    for node in nodes:
        piece = source[node.start : node.stop]
        if node.kind == "text":
            piece = _small(piece, before)
        elif node.kind == "group" and _is_special(node) and not _begins(before):
            piece = _small_special(piece)
        out += [source[place : node.start], piece]
        place = node.stop
        before = (before + piece)[-_NEAR:]
    out.append(source[place:])


def _small(text: str, before: str) -> str:
    """The text in small letters but one that begins the title or stands behind a colon."""
    letters = list(text)
    for place, letter in enumerate(letters):
        if letter.isupper() and not _begins(before + "".join(letters[max(0, place - _NEAR) : place])):
            letters[place] = letter.lower()
    return "".join(letters)


def _begins(before: str) -> bool:
    return not re.search(r"\w", before) or bool(_OPENS.search(before))


def _is_special(node: Node) -> bool:
    r"""Whether a group is one letter with its accent, as `{\"U}`, which is no protection."""
    return bool(node.children) and node.children[0].kind == "command" and len(node.children[0].text) == 1


def _small_special(piece: str) -> str:
    return re.sub(r"(\\[^A-Za-z]\{?|\\[A-Za-z]\s?\{)([A-Z])", lambda m: m[1] + m[2].lower(), piece)
