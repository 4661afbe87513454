r"""LaTeX ↔ the plain Unicode of formats that know no markup, so that reading gives back what was written.

Such a text holds what TeX prints: dashes, quotes and accents are characters, mathematics too where characters say
it, else TeX between dollars, which people who read such fields know. Everything else is literal, braces and
backslashes among them, unless the text has TeX commands: then somebody pasted TeX, and it is taken for that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterator

from bibtools.latex.characters import INVISIBLE
from bibtools.latex.decode import Piece, pieces
from bibtools.latex.encode import encode
from bibtools.latex.formula import in_unicode
from bibtools.text import squeeze

JOINER = "\u2060"
"""The word joiner: stands, unseen, in a literal text that would otherwise be read as TeX or as a tag."""

_MATH = re.compile(rf"\$(?![\s{JOINER}$])((?:\\.|[^\\$])+?)(?<!\s)\$", re.DOTALL)
_AFTER_BACKSLASH = r"[A-Za-z\"'`^~=.{}&%$#_]"
_COMMAND = re.compile(rf"\\(?={_AFTER_BACKSLASH})")
_TYPEWRITTEN = {"---": "—", "--": "–", "``": "“", "''": "”"}
_TYPED = re.compile("|".join(map(re.escape, _TYPEWRITTEN)))
_TEX = {"\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "~": "\\textasciitilde{}",
        "`": "\\textasciigrave{}"}  # fmt: skip
_LITERAL = re.compile(r"[\\{}$~`]")
_DOLLAR, _BACKSLASH, _LESS, _DELIMITER = "\x00\x01\x02\x03"  # literal ones, and the dollar around mathematics
_AS_WRITTEN = {0: "$", 1: "\\", 2: "<", 3: "$"}
SURE = re.compile(r"(?:[A-Za-z0-9À-ÖØ-öø-ÿ .,:;?!()/+=]|-(?!-))*\Z")
"""Texts of which every format writes each character as it stands."""

_ROUNDS = 4
_TEX_SIGN = re.compile(r"[\\$]")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_PROSE = re.compile("[\u0386\u0388-\u0390\u03aa-\u03b0\u03ca-\u03ce\u1f00-\u1fff]|[\u0391-\u03c9]{5}")
"""What only prose in Greek has: letters with an accent, words of some length."""

_FORMULA = re.compile(r"((?<!\\)\$[^$]*\$)")
_ASIDE = 0xF0000  # a plane for private use
_SET_ASIDE = re.compile("[\U000f0370-\U000f03ff\U000f1f00-\U000f1fff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
UNSEEN = dict.fromkeys(map(ord, INVISIBLE))
"""For `str.translate`: drops the characters that print nothing."""


def to_plain(latex: str) -> str:
    r"""LaTeX as plain text, in one line.

    >>> to_plain(r"{BERT} \& $\alpha$-\emph{decay} of \{0,1\}-matrices -- $\sum_{i=1}^q x_i$")
    'BERT & α-decay of {0,1}-matrices – $\\sum_{i=1}^q x_i$'
    """
    return squeeze(latex) if SURE.match(latex) else settled(_write, from_plain, latex)


def _write(latex: str) -> str:
    return guarded("".join(marked(piece) for piece in tagged_pieces(latex, ())))


def settled(
    write: Callable[[str], str], read: Callable[[str], str], latex: str, *, has_escapes: bool = False
) -> str:
    """What `write` makes of a value, such that reading it and writing again gives the same text.

    Nearly always that is so at once; a formula may be spaced otherwise when its characters are read back. A text
    that would be read as another one (its dollars do not pair) is written with all its signs literal, unless the
    format `has_escapes`, with which they are so already.
    """
    text = first = write(latex)
    for _ in range(0 if text.isascii() and "$" not in text and "<" not in text else _ROUNDS):
        before, text = text, write(read(text))
        if text == before:
            return text
        if not has_escapes and "".join(text.split()) != "".join(first.split()):
            return write(read(_TEX_SIGN.sub(rf"\g<0>{JOINER}", first)))
    return text


def encoded(text: str) -> str:
    """As :func:`encode` has it, but for Greek prose: its words stay words, which formulas would not be."""
    if not _GREEK_PROSE.search(text):
        return encode(text).text
    parts = _FORMULA.split(text)
    parts[::2] = [_GREEK.sub(lambda match: chr(_ASIDE + ord(match[0])), part) for part in parts[::2]]
    return _SET_ASIDE.sub(lambda match: chr(ord(match[0]) - _ASIDE), encode("".join(parts)).text)


def encoded_pieces(latex: str) -> list[Piece]:
    r"""The pieces of a text in which all is LaTeX, so that `µ` and `$\mu$` are the same to every reader.

    Formulas that touch are one: as characters they would be read back as one.
    """
    joined: list[Piece] = []
    for piece in pieces(encoded(latex)):
        if joined and piece.kind == joined[-1].kind == "math":
            joined[-1] = Piece("math", f"{joined[-1].text} {piece.text}")
        else:
            joined.append(piece)
    return joined


def tagged_pieces(latex: str, shown: Container[str]) -> list[Piece]:
    """As :func:`encoded_pieces`, with the tags in `shown` only: none within itself, none around nothing.

    Blanks at the edges of a tag stand outside it.
    """
    out: list[Piece] = []
    tags: list[str] = []  # those that are open; nothing for one that is not shown
    for piece in encoded_pieces(latex):
        if piece.kind == "open":
            tags.append(piece.text if piece.text in shown and piece.text not in tags else "")
            if tags[-1]:
                out.append(piece)
        elif piece.kind == "close":
            if tag := tags.pop():
                _end_tag(out, tag)
        elif piece.kind == "text" and piece.text[:1].isspace():
            place = len(out)
            while place and out[place - 1].kind == "open":
                place -= 1
            inside = Piece("text", piece.text.lstrip())
            out[place:] = [Piece("text", " "), *out[place:], *([inside] if inside.text else [])]
        else:
            out.append(piece)
    return out


def _end_tag(out: list[Piece], tag: str) -> None:
    blank = bool(out) and out[-1].kind == "text" and out[-1].text[-1:].isspace()
    if blank:
        text = out.pop().text.rstrip()
        out += [Piece("text", text)] if text else []
    if out[-1].kind == "open":
        out.pop()
    else:
        out.append(Piece("close", tag))
    if blank:
        out.append(Piece("text", " "))


def from_plain(text: str) -> str:
    r"""Plain text as LaTeX; what :func:`to_plain` writes is read back to a value that it writes the same.

    >>> from_plain("{0,1}-matrices & α: 5% of $x_1$"), from_plain(r"Schr{\"o}dinger's \emph{cat}")
    ('\\{0,1\\}-matrices \\& $\\alpha$: 5\\% of $x_1$', 'Schr{\\"o}dinger\'s \\emph{cat}')
    """
    if SURE.match(text):
        return squeeze(text)
    text = squeeze(_CONTROL.sub(" ", text))
    if has_commands(text):
        return encoded(text)
    return "".join(part if is_math else literal(part) for part, is_math in split_math(text))


def has_commands(text: str) -> bool:
    """Whether somebody pasted TeX: a command stands outside the dollars of mathematics."""
    return bool(_COMMAND.search("".join(part for part, is_math in split_math(text) if not is_math)))


def split_math(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut into literal parts and formulas; a formula is given as LaTeX, with its dollars."""
    place = 0
    for match in _MATH.finditer(text):
        if _is_money(match):
            continue
        if match.start() > place:
            yield text[place : match.start()], False
        yield encode(match[0]).text, True
        place = match.end()
    if place < len(text):
        yield text[place:], False


def typeset(text: str) -> str:
    """Dashes and quotes typed as for TeX are characters."""
    return _TYPED.sub(lambda match: _TYPEWRITTEN[match[0]], text)


def literal(text: str) -> str:
    """A text that is no TeX as LaTeX; blanks at its ends stay."""
    text = typeset(text.translate(UNSEEN))
    inner = encoded(_LITERAL.sub(lambda match: _TEX[match[0]], text))
    if not inner:
        return " " if text.isspace() else ""
    return " " * text[0].isspace() + inner + " " * text[-1].isspace()


def marked(piece: Piece) -> str:
    """A text or a formula for :func:`guarded`, which tells what is literal from what is mathematics."""
    if piece.kind == "text":
        text = _CONTROL.sub(" ", piece.text).translate(UNSEEN)
        return marked_literal(typeset(text))
    said = in_unicode(piece.text)
    if said is not None:
        return marked_literal(said)
    return _DELIMITER + re.sub(r"(?<!\\)\$", "", piece.text).strip() + _DELIMITER


def marked_literal(text: str) -> str:
    """A text in which nothing is TeX, for :func:`guarded`."""
    return text.replace("$", _DOLLAR).replace("\\", _BACKSLASH).replace("<", _LESS)


def guarded(text: str, tag: re.Pattern[str] | None = None) -> str:
    """What :func:`marked` wrote, put together, as a text: with joiners where something literal looks like TeX.

    Or like a `tag` of the format's: a pattern that begins with `<`.
    """
    text = squeeze(unicodedata.normalize("NFC", text))
    if tag is not None and _LESS in text:
        seen = text.translate(_AS_WRITTEN)
        text = "".join(c + JOINER if c == _LESS and tag.match(seen, i) else c for i, c in enumerate(text))
    text = re.sub(f"{_BACKSLASH}(?={_AFTER_BACKSLASH}|[{_DOLLAR}{_DELIMITER}])", _BACKSLASH + JOINER, text)
    seen = text.translate(_AS_WRITTEN)
    out: list[str] = []
    place = 0
    while match := _MATH.search(seen, place):
        start, stop = match.span()
        looks = text[start] == _DOLLAR and not _is_money(match)
        stop = start + 1 if text[start] == _DOLLAR else stop
        out += [seen[place:stop], JOINER * looks]
        place = stop
    return "".join(out) + seen[place:]


def _is_money(match: re.Match[str]) -> bool:
    """`$5-$`: what begins with a figure and has no sign of mathematics is an amount."""
    return bool(re.match(r"[0-9][^\\^_{}=<>]*\Z", match[1]))
