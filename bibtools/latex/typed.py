"""Writes a tree of typed LaTeX out again so that it typesets: the rules for each kind of node."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from bibtools.latex import addresses
from bibtools.latex import commands as known
from bibtools.latex.accents import accented_letter, letter_after, only_letter
from bibtools.latex.bare import extent
from bibtools.latex.characters import in_text
from bibtools.latex.frames import UnsoundError
from bibtools.latex.maths import Math
from bibtools.latex.syntax import Node, parse

_SPECIAL = {
    "&": "\\&", "%": "\\%", "#": "\\#", "_": "\\_", "$": "\\$", "^": "\\^{}",
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}",
}  # fmt: skip
_TO_CHANGE = re.compile(r"[&%#_$^<>|~]|[^\x00-\x7f]+")
_ENDS_WORD = re.compile(r"\\[A-Za-z]+\Z")
_OPTION = re.compile(r"\s*\[[^\]\n]{0,80}\]")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}|[\\{}$^_]")
_KEPT_SYMBOLS = frozenset("&%#_$ ,/-@")
_SPACE_SYMBOLS = {"\\": " ", ";": "\\,", ":": "\\,", ">": "\\,", "!": "", "": ""}
_ONE_BEFORE = frozenset(["textcolor", "colorbox", "hyperref", "hypertarget", "hyperlink", "foreignlanguage"])
_DEEPEST_TEXT = 4


@dataclass(slots=True)
class Typed:
    """One run over one text; `unknown` and `commands` collect what LaTeX does not know.

    Without `links`, addresses become text: only documents that load hyperref have the commands.
    """

    ascii_only: bool = False
    compose: bool = False
    links: bool = True
    depth: int = 0
    source: str = ""
    unknown: dict[str, None] = field(default_factory=dict)
    commands: dict[str, None] = field(default_factory=dict)
    out: list[str] = field(default_factory=list)

    def write(self, source: str) -> str:
        """The text as LaTeX; blanks at its ends stay."""
        self.source = source
        self._nodes(parse(source), inside=False)
        return "".join(self.out)

    def _put(self, text: str) -> None:
        """More output; a control word is kept apart from a letter behind it."""
        if text and self.out and (text[0].isalpha() or not text[0].isascii()) and _ENDS_WORD.search(self.out[-1]):
            self.out.append("{}")
        if text:
            self.out.append(text)

    def _nodes(self, nodes: Sequence[Node], *, inside: bool) -> None:
        place = 0
        while place < len(nodes):
            node = nodes[place]
            place += 1
            if node.kind == "text":
                self._plain(node.text)
            elif node.kind == "math":
                self._math(node.text, node.delimiters)
            elif node.kind == "group":
                self._group(node)
            else:
                place = self._command(nodes, place, inside=inside)

    # -- text --------------------------------------------------------------------------------------------------

    def _plain(self, text: str) -> None:
        """Text that holds no command."""
        place = 0
        for match in _TO_CHANGE.finditer(text):
            self._put(text[place : match.start()])
            if match[0] == "~":
                self._tilde()
            elif match[0].isascii():
                self._put(_SPECIAL[match[0]])
            else:
                self._run(match[0])
            place = match.end()
        self._put(text[place:])

    def _tilde(self) -> None:
        """A tie stands behind something; a tilde that begins a word or a part of an address is one."""
        last = self.out[-1][-1] if self.out else "" if self.depth else " "
        self._put("\\textasciitilde{}" if last in " (/" and last else "~")

    def _run(self, characters: str) -> None:
        """Characters that are not ASCII; neighbours that need math share it."""
        formula: list[str] = []
        for character in characters:
            written = in_text(character, ascii_only=self.ascii_only)
            if not written.known:
                self.unknown[character] = None
            if written.math:
                formula.append(written.text)
                continue
            self._formula(formula)
            formula.clear()
            self._put(written.text)
        self._formula(formula)

    def _formula(self, parts: list[str]) -> None:
        apart = (
            f"{part} " if _ENDS_WORD.search(part) and after[:1].isalpha() else part
            for part, after in zip(parts, [*parts[1:], ""], strict=True)
        )
        if parts:
            self._math("".join(apart), ("$", "$"))

    def _group(self, node: Node) -> None:
        letter = None if self._after_command() else only_letter(node, accented=self.compose)
        if letter is not None and not letter.isascii():
            self._run(letter)
            return
        self.out.append("{")
        self._nodes(node.children, inside=True)
        self.out.append("}")

    def _after_command(self) -> bool:
        return bool(self.out) and bool(_ENDS_WORD.search(self.out[-1]))

    # -- math --------------------------------------------------------------------------------------------------

    def _math(self, formula: str, delimiters: tuple[str, str]) -> None:
        math = Math(formula, self._text_in_math)
        math.frames[0].name = "cells" if "align" in delimiters[0] or "eqnarray" in delimiters[0] else ""
        try:
            body = math.write()
        except UnsoundError:
            self._plain(_ENVIRONMENT.sub(" ", formula))
            return
        self.unknown.update(dict.fromkeys(math.unknown))
        self.commands.update(dict.fromkeys(math.commands))
        if body.strip():
            self._put(f"{delimiters[0]}{body}{delimiters[1]}")

    def _text_in_math(self, text: str) -> str:
        if self.depth >= _DEEPEST_TEXT:
            return re.sub(r"[^\w\s]|_", "", text, flags=re.ASCII)
        inner = Typed(ascii_only=self.ascii_only, compose=self.compose, links=self.links, depth=self.depth + 1)
        written = inner.write(text)
        self.unknown.update(inner.unknown)
        self.commands.update(inner.commands)
        return written

    def _math_outside(self, nodes: Sequence[Node], place: int) -> int:
        """A command of math with what belongs to it, in math of its own; the place behind it."""
        stop, after, rest = extent(nodes, place)
        self._math(self.source[nodes[place - 1].start : stop], ("$", "$"))
        self._plain(rest)
        return after

    # -- commands ----------------------------------------------------------------------------------------------

    def _command(self, nodes: Sequence[Node], place: int, *, inside: bool) -> int:
        """The command before `place`; the place behind it and what it took."""
        name = nodes[place - 1].text
        if len(name) <= 1 or name in ("url", "href", "path"):
            return self._special(name, nodes, place)
        if name in known.TEXT_SYMBOLS:
            return self._symbol(name, nodes, place)
        if name in known.TEXT_ARGUMENT:
            if _group_at(nodes, place) is not None:
                self._put(f"\\{name}")
            return place
        if name in known.SWITCHES:
            return self._switch(name, nodes, place, inside=inside)
        if name in known.SPACES or name in ("hspace", "vspace"):
            self._put(" ")
        if name in known.SPACES:
            return place
        if name in known.DROPPED:
            return self._skip_arguments(nodes, place)
        if name in known.MATH_COMMANDS or name in known.ALIASES:
            return self._math_outside(nodes, place)
        return self._foreign(name, nodes, place)

    def _special(self, name: str, nodes: Sequence[Node], place: int) -> int:
        """Accents, control symbols and addresses."""
        if name in ("url", "href", "path"):
            return self._address(name, nodes, place)
        found = letter_after(nodes, place, name)
        if found is not None:
            return self._accent(name, found, typed=nodes[place].kind == "text" and not name.isalpha())
        if name in known.LETTERS | {"S", "P"}:
            return self._symbol(name, nodes, place)
        if name in _KEPT_SYMBOLS or name in "{}":
            self._put(f"\\{name}" if name else "")
        elif name in _SPACE_SYMBOLS:
            self._put(_SPACE_SYMBOLS[name])
        elif name == "|":
            self._put("$\\|$")
        elif name.isascii() and name.isalpha():
            return self._foreign(name, nodes, place)
        elif (
            name in "^~'`\"=."
            and place < len(nodes)
            and nodes[place].kind == "group"
            and not nodes[place].children
        ):
            self._put(f"\\{name}{{}}")
            return place + 1
        else:
            self._put("\\textasciitilde{}") if name == "~" else self._plain(name)
        return place

    def _accent(self, name: str, found: tuple[str, int, str], *, typed: bool) -> int:
        """A letter under an accent: as it was typed, or as one character."""
        letter, place, rest = found
        composed = accented_letter(name, letter)
        if len(composed) == 1 and self.compose:
            self._run(composed)
        elif len(composed) == 1 and not letter.isascii():
            written = in_text(composed, ascii_only=self.ascii_only).text
            self._put(written[1:-1] if written.startswith("{") else written)
        elif letter.isascii():
            self._put(f"\\{name}{letter}" if typed else f"\\{name}{{{letter}}}")
        else:
            self._run(unicodedata.normalize("NFC", letter))
        self._plain(rest)
        return place

    def _symbol(self, name: str, nodes: Sequence[Node], place: int) -> int:
        """A command that stands for a character."""
        if self.compose and name in known.LETTERS:
            found = letter_after(nodes[place - 1 :], 0, "")
            if found is not None:
                self._run(found[0])
                if place < len(nodes) and nodes[place].kind == "text":
                    self._plain(nodes[place].text.lstrip())
                    return place + 1
                return place
        self._put(f"\\{name}")
        return place

    def _switch(self, name: str, nodes: Sequence[Node], place: int, *, inside: bool) -> int:
        if inside:
            self._put(f"\\{name}")
            return place
        if place < len(nodes):
            self.out.append("{")
            self._put(f"\\{name}")
            self._nodes(nodes[place:], inside=True)
            self.out.append("}")
        return len(nodes)

    def _address(self, name: str, nodes: Sequence[Node], place: int) -> int:
        raw = nodes[place].text if place < len(nodes) and nodes[place].kind == "raw" else ""
        place += bool(raw) or (place < len(nodes) and nodes[place].kind == "raw")
        address = addresses.clean(raw)
        if raw and name == "href" and _group_at(nodes, place) == place:
            if self.links:
                self._put(f"\\href{{{addresses.escaped(address)}}}")
        elif raw and name == "url" and self.links:
            self._put(f"\\url{{{addresses.escaped(address)}}}")
        else:
            self._plain(address)
        return place

    def _skip_arguments(self, nodes: Sequence[Node], place: int) -> int:
        """The place behind a dropped command's arguments."""
        if place < len(nodes) and nodes[place].kind == "text" and (match := _OPTION.match(nodes[place].text)):
            if match.end() < len(nodes[place].text):
                self._plain(nodes[place].text[match.end() :])
                return place + 1
            place += 1
        return place + 1 if place < len(nodes) and nodes[place].kind == "group" else place

    def _foreign(self, name: str, nodes: Sequence[Node], place: int) -> int:
        """A command LaTeX does not know: its argument is what it says, or its name."""
        group = nodes[place] if place < len(nodes) and nodes[place].kind == "group" else None
        if name == "item":
            self._put("\\textbullet{}")
            return place
        if name in known.SAID:
            self._plain(known.SAID[name])
            if place < len(nodes) and nodes[place].kind == "text":
                self._plain(nodes[place].text.lstrip())
                return place + 1
            return place + (group is not None and not group.children)
        if group is not None and name in known.AROUND:
            before, after = known.AROUND[name]
            self._put(before)
            self._nodes(group.children, inside=True)
            self._put(after)
            return place + 1
        if group is not None and name in known.SAME_AS:
            self._put(f"\\{known.SAME_AS[name]}")
            return place
        if name in _ONE_BEFORE:
            return self._skip_arguments(nodes, place)
        self.commands[name] = None
        if group is not None and group.children:
            return place
        self._put(name)
        return place + (group is not None)


def _group_at(nodes: Sequence[Node], place: int) -> int | None:
    """Where a group follows, blanks before it aside."""
    if place + 1 < len(nodes) and nodes[place].kind == "text" and nodes[place].text.isspace():
        place += 1
    return place if place < len(nodes) and nodes[place].kind == "group" else None
