r"""Built-in functions of BibTeX as BibTeX has them, where pybtex's interpreter (0.26) differs.

`width$` counts the braces around a special character (`{\etalchar{+}}`), so that `alpha` takes another label for
the longest; `format.name$` ties the first of three initials whatever stands before it in the same braces;
`change.case$` and `purify$` know no foreign letters (`{\OE}`) and leave accented ones; `substring$` counts wrongly
from the end, `add.period$` stops at a text of braces, `call.type$` takes fields for types. Source: *bibtex.web*,
sections 360 to 376, 402 to 420, 430 to 438 and 451 to 453.
"""

from __future__ import annotations

import re
from typing import Any

from pybtex.bibtex.builtins import Builtin
from pybtex.bibtex.exceptions import BibTeXError
from pybtex.bibtex.interpreter import Function
from pybtex.bibtex.names import NameFormat, NamePart, tie_or_space
from pybtex.bibtex.utils import bibtex_abbreviate, bibtex_len, split_name_list
from pybtex.charwidths import charwidths
from pybtex.database import Person
from pybtex.errors import report_error

_LETTERS = {"ss": 500, "ae": 722, "oe": 778, "AE": 903, "OE": 1014}
_FIRST_LETTER = frozenset(["i", "j", "o", "O", "l", "L", "aa", "AA"])
_COMMAND = re.compile(r"\\([A-Za-z]*)")
_COMMAND_OR_SIGN = re.compile(r"\\([A-Za-z]*)|[^A-Za-z0-9]")
_FOREIGN = frozenset([*_FIRST_LETTER, *_LETTERS])
_ENOUGH = 3


def width(text: str) -> int:
    r"""The width of a text in hundredths of a point, each character as it stands but special ones.

    >>> width(r"{\etalchar{+}}") == width("+")
    True
    """
    total = depth = place = 0
    while place < len(text):
        if text[place] == "{" and depth == 0 and text[place + 1 : place + 2] == "\\":
            special, place = _special(text, place + 1)
            total += special
            continue
        depth = max(0, depth + (text[place] == "{") - (text[place] == "}"))
        total += charwidths.get(text[place], 0)
        place += 1
    return total


def _special(text: str, place: int) -> tuple[int, int]:
    """The width of a special character whose brace is open, and where it ends."""
    total, depth = 0, 1
    while place < len(text) and depth > 0:
        if match := _COMMAND.match(text, place):
            name = match[1]
            total += _LETTERS.get(name, charwidths.get(name[:1], 0) if name in _FIRST_LETTER else 0)
            place = match.end() if name else match.end() + 1
            while name and text[place : place + 1].isspace():
                place += 1
            continue
        depth += (text[place] == "{") - (text[place] == "}")
        total += charwidths.get(text[place], 0) if text[place] not in "{}" else 0
        place += 1
    return total, place


def format_name(name: str, pattern: str) -> str:
    """One name by a pattern as `{f. }{vv~}{ll}`.

    >>> format_name("Sanjay M. R. Arnold", "{ll}{, f.}"), format_name("S. M. R. Arnold", "{f.~}{ll}")
    ('Arnold, S. M.~R.', 'S.~M.~R. Arnold')
    """
    person = Person(name)
    return "".join(
        _part(part, person) if isinstance(part, NamePart) else part.format(person)
        for part in NameFormat(pattern).parts
    )


def _part(part: Any, person: Any) -> str:
    if not part.format_char or part.delimiter is not None:
        return str(part.format(person))
    names, dot = person.get_part(part.types[part.format_char]), ""
    if part.abbreviate:
        names, dot = [bibtex_abbreviate(name, None) for name in names], "."
    if not names:
        return ""
    joined = names[0]
    for number, name in enumerate(names[1:], start=1):
        joined += dot
        tied = number == len(names) - 1 or bibtex_len(part.pre_text + joined) < _ENOUGH
        joined += f"{'~' if tied else ' '}{name}"
    return _tied(part, f"{part.pre_text}{joined}{part.post_text}")


def _tied(part: Any, text: str) -> str:
    if part.tie == "~":
        return text + str(tie_or_space(text))
    return text + ("~" if part.tie == "~~" else "")


def change_case(text: str, mode: str) -> str:
    r"""The text in the case of `mode`: `t` as a sentence, `l` small, `u` capital; braces protect.

    >>> change_case(r"The {\'E}tude: {\OE}uvre IV of {Bach}", "t"), change_case(r"{\o}l {\ss}", "u")
    ("The {\\'e}tude: {\\OE}uvre iv of {Bach}", '{\\O}L {SS}')
    """
    out: list[str] = []
    depth = place = 0
    colon = False
    while place < len(text):
        char = text[place]
        stays = mode == "t" and (place == 0 or (colon and text[place - 1].isspace()))
        if char == "{" and depth == 0 and text[place + 1 : place + 2] == "\\":
            end = _closing(text, place)
            out.append(text[place:end] if stays else _special_case(text[place:end], mode))
            place, colon = end, False
            continue
        depth = max(0, depth + (char == "{") - (char == "}"))
        out.append(_cased(char, mode) if depth == 0 and not stays else char)
        colon = char == ":" or (colon and char.isspace()) if depth == 0 else False
        place += 1
    return "".join(out)


def _closing(text: str, place: int) -> int:
    """Behind the brace that closes the one at `place`."""
    depth = 0
    for at in range(place, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at + 1
    return len(text)


def _special_case(special: str, mode: str) -> str:
    out: list[str] = []
    place = 0
    while place < len(special):
        match = _COMMAND.match(special, place)
        if match is None:
            out.append(_cased(special[place], mode))
            place += 1
        elif match[1] in _FOREIGN:
            stripped = mode == "u" and match[1] in ("i", "j", "ss")
            out.append(_cased(match[1] if stripped else match[0], mode))
            place = match.end()
            while stripped and special[place : place + 1].isspace():
                place += 1
        else:
            place = match.end() if match[1] else match.end() + 1
            out.append(special[match.start() : place])
    return "".join(out)


def _cased(text: str, mode: str) -> str:
    return text.upper() if mode == "u" else text.lower()


def purify(text: str) -> str:
    r"""Letters, digits and blanks alone, as keys are sorted by.

    >>> purify(r"{\OE}uvre {\'E}t-{Bach} {\o}l")
    'OEuvre Et Bach ol'
    """
    out: list[str] = []
    depth = place = 0
    while place < len(text):
        char = text[place]
        if char == "{" and depth == 0 and text[place + 1 : place + 2] == "\\":
            end = _closing(text, place)
            out.append(_COMMAND_OR_SIGN.sub(_pure, text[place:end]))
            place = end
            continue
        depth = max(0, depth + (char == "{") - (char == "}"))
        out.append(char if char.isalnum() else " " if char.isspace() or char in "-~" else "")
        place += 1
    return "".join(out)


def _pure(match: re.Match[str]) -> str:
    name = match[1] or ""
    return (name if name in _LETTERS else name[:1]) if name in _FOREIGN else ""


def substring(text: str, start: int, length: int) -> str:
    """`length` characters from `start`, which counts from 1, or from the end where it is negative.

    >>> substring("abcdef", -1, 7), substring("abcdef", 2, 2), substring("abcdef", -2, 2)
    ('abcdef', 'bc', 'de')
    """
    if start > 0:
        return text[start - 1 : start - 1 + max(0, length)]
    if start < 0:
        end = len(text) + start + 1
        return text[max(0, end - max(0, length)) : max(0, end)]
    return ""


def _change_case(interpreter: Any) -> None:
    mode, text = interpreter.pop(), interpreter.pop()
    if mode[:1].lower() not in tuple("tlu"):
        raise BibTeXError(f"{mode!r} is no case for change.case$")
    interpreter.push(change_case(text, mode[:1].lower()))


def _purify(interpreter: Any) -> None:
    interpreter.push(purify(interpreter.pop()))


def _substring(interpreter: Any) -> None:
    length, start, text = interpreter.pop(), interpreter.pop(), interpreter.pop()
    interpreter.push(substring(text, start, length))


def _add_period(interpreter: Any) -> None:
    text = interpreter.pop()
    interpreter.push(text + "." if text and text.rstrip("}")[-1:] not in tuple(".?!") else text)


def _width(interpreter: Any) -> None:
    interpreter.push(width(interpreter.pop()))


def _format_name(interpreter: Any) -> None:
    pattern, number, names = interpreter.pop(), interpreter.pop(), interpreter.pop()
    interpreter.push(format_name(split_name_list(names)[number - 1], pattern))


def _call_type(interpreter: Any) -> None:
    """The function of the entry's type; a field or built-in function of that name is none."""
    made = interpreter.vars.get(interpreter.current_entry.type)
    if not isinstance(made, Function):
        key = interpreter.current_entry_key
        report_error(BibTeXError(f"the style has no type {interpreter.current_entry.type} for {key}"))
        made = interpreter.vars.get("default.type")
    if isinstance(made, Function):
        made.execute(interpreter)


BUILTINS = {
    "call.type$": Builtin(_call_type),
    "add.period$": Builtin(_add_period),
    "change.case$": Builtin(_change_case),
    "format.name$": Builtin(_format_name),
    "purify$": Builtin(_purify),
    "substring$": Builtin(_substring),
    "width$": Builtin(_width),
}
"""The functions by their names in a `.bst`."""
