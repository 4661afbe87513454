r"""The inside of math made safe: characters LaTeX does not know become commands, mistakes that stop it are mended.

What is sound already stays as it is. Mended are: a second exponent at one place (`x^a^b`), an argument that is not
there (`\frac{1}`, `x^`), `%`, `#` and a lone `&`, `\left` without `\right`, commands only their author knew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bibtools.latex import commands as known
from bibtools.latex.characters import in_math
from bibtools.latex.frames import TOKEN, Frame, UnsoundError, group_end

_CONTROL_WORD = re.compile(r"\\[A-Za-z]+\Z")
_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+\*?)\}")
_COLUMNS = re.compile(r"\s*\{([lcr|\s]+)\}")
_OPTION = re.compile(r"\[([^\[\]{}$\\]{0,40})\]")
_CONTROL_SYMBOLS = frozenset(",;:!>|{}%&#_$/-\\ ")
_FENCED = re.compile(r"\s*(\\[A-Za-z]+|\\.|.)")
_DEEPEST = 60


@dataclass(slots=True)
class Math:
    """Writes the inside of one formula; `unknown` and `commands` collect what LaTeX does not know."""

    source: str
    encode_text: Callable[[str], str]
    unknown: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=lambda: [Frame()])
    place: int = 0
    ignored: int = 0

    def write(self) -> str:
        """The formula; raises UnsoundError where nothing helps."""
        self.place = 0
        while match := TOKEN.match(self.source, self.place):
            self.place = match.end()
            self._take(match[0])
        while len(self.frames) > 1:
            if self.frames[-1].name:
                raise UnsoundError
            self._close_group()
        self._finish()
        return "".join(self.out)

    @property
    def _top(self) -> Frame:
        return self.frames[-1]

    def _put(self, text: str) -> None:
        if text[:1].isalpha() and self.out and _CONTROL_WORD.match(self.out[-1]):
            self.out.append(" ")
        self.out.append(text)

    def _take(self, mark: str) -> None:
        if mark.isspace():
            self._put(" ")
        elif mark in _MARKS:
            _MARKS[mark](self, mark)
        elif mark[0] != "\\":
            self._character(mark)
        elif len(mark) == 1:
            pass
        elif mark[1].isalpha() and mark[1].isascii():
            self._command(mark[1:])
        elif mark[1] in _CONTROL_SYMBOLS:
            self._symbol(mark)
        elif not mark[1].isascii():
            self._character(mark[1])
        elif mark[1] not in "'`\"^~=.()[]":
            self._atom(mark[1])

    def _symbol(self, mark: str) -> None:
        if mark == "\\\\":
            self._finish()
            self._top.cells_left = self._top.columns
            self._put(mark)
        elif mark in ("\\{", "\\}", "\\|", "\\%", "\\&", "\\#", "\\_", "\\$"):
            self._atom(mark, typed=True)
        else:
            self._put(mark)

    # -- atoms -------------------------------------------------------------------------------------------------

    def _atom(self, text: str, arity: int = 0, *, typed: bool = False) -> None:
        """Something that can be an argument (in braces unless typed like that), or else begins anew."""
        top = self._top
        if top.need:
            top.need -= 1
            whole = typed or len(text) == 1 or (top.by_script and _CONTROL_WORD.match(text))
            text = text if whole else f"{{{text}}}"
        else:
            top.scripts.clear()
        top.need += arity
        top.by_script = top.by_script and bool(top.need) and not arity
        self._put(text)

    def _character(self, character: str) -> None:
        if character.isascii():
            self._atom(character)
            return
        written = in_math(character)
        if not written.known:
            self.unknown.append(character)
        if written.text[:1] in ("^", "_") and not self._top.need:
            self._script(written.text[0])
            self._top.need = 0
            self._put(written.text[1:])
        elif written.text:
            self._atom(written.text)

    def _prime(self, mark: str) -> None:
        self._fill()
        if "^" in self._top.scripts:
            self._put("{}")
            self._top.scripts.clear()
        self._top.scripts.add(mark)
        self._put(mark)

    def _script(self, mark: str) -> None:
        self._fill()
        top = self._top
        if mark in top.scripts:
            self._put("{}")
            top.scripts.clear()
        top.scripts.add(mark)
        top.need, top.by_script = 1, True
        self._put(mark)

    def _fill(self) -> None:
        """Empty arguments where there are none."""
        if self._top.need:
            self._put("{}" * self._top.need)
            self._top.need = 0

    def _finish(self) -> None:
        """The end of a cell, a line, a group: nothing can be pending beyond it."""
        self._fill()
        self._top.scripts.clear()
        for place in self._top.lefts:
            self.out[place] = ""
        self._top.lefts.clear()

    # -- groups ------------------------------------------------------------------------------------------------

    def _open_group(self, _: str) -> None:
        if len(self.frames) > _DEEPEST:
            self.ignored += 1
            return
        self.frames.append(Frame())
        self._put("{")

    def _close_group(self, _: str = "}") -> None:
        if self.ignored:
            self.ignored -= 1
        elif len(self.frames) > 1 and not self._top.name:
            self._finish()
            self.frames.pop()
            self.out.append("}")
            if self._top.need:
                self._top.need -= 1
            else:
                self._top.scripts.clear()

    def _ampersand(self, _: str) -> None:
        if not self._top.name:
            self._atom("\\&", typed=True)
            return
        self._finish()
        if self._top.columns:
            self._top.cells_left -= 1
        self._put(" " if self._top.columns and self._top.cells_left <= 0 else "&")

    def _escape(self, mark: str) -> None:
        self._atom(f"\\{mark}", typed=True)

    def _nothing(self, _: str) -> None:
        """A dollar inside math ends nothing and begins nothing."""

    def _environment(self, name: str) -> None:
        match = _ENVIRONMENT.match(self.source, self.place)
        if match is None or match[1] not in known.ENVIRONMENTS:
            raise UnsoundError
        self.place = match.end()
        self._fill()
        if name == "begin":
            columns = _COLUMNS.match(self.source, self.place)
            count = sum(c in "lcr" for c in columns[1]) if columns and match[1] == "array" else 0
            self.frames.append(Frame(name=match[1], columns=count, cells_left=count))
        elif self._top.name != match[1]:
            raise UnsoundError
        else:
            self._finish()
            self.frames.pop()
            self._top.scripts.clear()
        self.out.append(f"\\{name}{{{match[1]}}}")

    # -- commands ----------------------------------------------------------------------------------------------

    def _command(self, name: str) -> None:
        alias = known.ALIASES.get(name, "")
        if len(alias) == 1:
            self._character(alias)
        elif alias:
            self._known(alias)
        elif name in ("begin", "end"):
            self._environment(name)
        elif name in ("left", "right", "middle"):
            self._fence(name)
        elif name in known.MATH_TEXT and self._text(name):
            pass
        elif name in known.LETTERS:
            self._atom(f"\\mbox{{\\{name}}}", typed=True)
        else:
            self._known(name)

    def _known(self, name: str) -> None:
        if name in ("limits", "nolimits"):
            if self.out and self.out[-1] in known.OPERATORS:
                self._put(f"\\{name}")
        elif name in known.ONCE:
            self._divide(name)
        elif name in known.FONTS:
            if self._top.need:
                self._atom(f"\\{known.FONTS[name]}", 1, typed=True)
            else:
                self._put(f"\\{name}")
        elif name in known.MATH_COMMANDS:
            self._atom(f"\\{name}", known.ARITY.get(name, 0), typed=True)
            self._option(name)
        else:
            self.commands.append(name)
            self._atom(f"\\mathrm{{{name}}}")

    def _divide(self, name: str) -> None:
        self._finish()
        if not self._top.divided:
            self._put(f"\\{name}")
        self._top.divided = True

    def _option(self, name: str) -> None:
        """`[3]` of a root and the star of an operator name are no arguments."""
        if name == "sqrt" and (match := _OPTION.match(self.source, self.place)):
            self.place = match.end()
            self.out.append("[" + "".join(c if c.isascii() else in_math(c).text for c in match[1]) + "]")
        elif name == "operatorname" and self.source.startswith("*", self.place):
            self.place += 1
            self.out.append("*")

    def _text(self, name: str) -> bool:
        r"""`\text{…}`: its inside is text again. False if no group follows."""
        while self.source.startswith(" ", self.place):
            self.place += 1
        if not self.source.startswith("{", self.place):
            return False
        stop = group_end(self.source, self.place)
        inside = self.source[self.place + 1 : stop]
        self.place = stop + 1
        self._atom(f"\\{name}{{{self.encode_text(inside)}}}", typed=True)
        return True

    def _fence(self, name: str) -> None:
        r"""`\left`, `\middle`, `\right` where a delimiter follows and each has its partner."""
        match = _FENCED.match(self.source, self.place)
        mark = match[1] if match else ""
        if mark and not mark.isascii():
            mark = in_math(mark).text
        top = self._top
        if mark not in known.DELIMITERS or (name != "left" and not top.lefts):
            return
        self._fill()
        if name == "left":
            top.lefts.append(len(self.out))
        elif name == "right":
            top.lefts.pop()
        self.out.append(f"\\{name}")


_MARKS: dict[str, Callable[[Math, str], None]] = {
    "{": Math._open_group,
    "}": Math._close_group,
    "^": Math._script,
    "_": Math._script,
    "'": Math._prime,
    "&": Math._ampersand,
    "%": Math._escape,
    "#": Math._escape,
    "$": Math._nothing,
}
