r"""Which words of a title keep their capitals when a bibliography style writes it small.

BibTeX's styles lower every letter of a title but its first and the first behind a colon, unless braces protect it.
Braced are words whose capitals no convention of titles explains: a capital inside (`BERT`, `LLaMA`), joined to
figures (`GPT-4`), a single letter (`K-theory`) but `A`; and in a title written as a sentence every capital that
begins no sentence (`the {Higgs} boson`). In Title Case a name cannot be told from any other word.

The styles know nothing of math nor of commands: `$SU(2)$` would become `$su(2)$`, and `\TeX` a command that there
is not. Both stand in braces where a capital is in reach.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bibtools.latex import commands as known
from bibtools.latex.syntax import Node, parse

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*(?:[-‐‑][0-9]+(?:\.[0-9]+)*[^\W_]*)*\+*")
_STARTS = re.compile(r"[:?!.—](?:['\"”’)]*)\s+[\W_]*\Z|---?\s*\Z|–\s+\Z")
_CONTENT = 4
_PREPOSITIONS = """
about above across after against along amid among around before behind below beneath between beyond during
from into like near onto over than that through toward towards under until upon versus when where which while
with within without your their this these those
"""
_SMALL = frozenset(_PREPOSITIONS.split())
_LOUD = 3
_MARK = re.compile(r"\\[A-Za-z]+|[{}]|[^\\{}]+|\\")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    first: bool
    joined: bool


def protect_case(latex: str) -> str:
    """The title with braces around the words whose capitals must stay; braces, math and commands stay as they are.

    >>> protect_case("Attention Is All You Need: BERT and GPT-4 for a K-theory")
    'Attention Is All You Need: {BERT} and {GPT-4} for a {K}-theory'
    >>> protect_case("Measuring the Higgs boson mass at large scale")
    'Measuring the {Higgs} boson mass at large scale'
    """
    return _protect_words(_protect_marks(latex))


def _protect_marks(latex: str) -> str:
    """Math, commands and font switches in braces where a style would change their letters."""
    nodes = parse(latex)
    out: list[str] = []
    place = 0
    for number, node in enumerate(nodes):
        stop = _stop_of(nodes, number)
        if stop and is_lowered(latex[node.start : stop]):
            out += [latex[place : node.start], "{", latex[node.start : stop], "}"]
            place = stop
    return "".join(out) + latex[place:]


def _stop_of(nodes: tuple[Node, ...], number: int) -> int:
    """Where that ends which must be kept whole with its braces; 0 for what need not."""
    node = nodes[number]
    if node.kind == "math":
        return node.stop
    if node.kind == "group":
        first = node.children[0] if node.children else node
        return node.stop if first.kind == "command" and first.text in known.SWITCHES else 0
    if node.kind != "command" or node.text in known.LETTERS or not re.search("[A-Z]", node.text):
        return 0
    after = nodes[number + 1] if number + 1 < len(nodes) else node
    return after.stop if after.kind == "group" else node.stop


def is_lowered(latex: str) -> bool:
    r"""Whether BibTeX's `change.case$` finds a capital: outside braces, or in a group that begins with a command.

    Inside such a group (a "special character") it leaves the names of commands alone (*Designing BibTeX styles*).

    >>> is_lowered(r"$\mathcal{N}=4$"), is_lowered("$SU(2)$"), is_lowered(r"$M_{\rm BH}$"), is_lowered(r"\TeX")
    (False, True, True, True)
    """
    depth, special = 0, False
    marks = _MARK.findall(latex)
    for mark, after in zip(marks, [*marks[1:], ""], strict=True):
        if mark == "{":
            special = special or (depth == 0 and after.startswith("\\"))
            depth += 1
        elif mark == "}":
            depth -= 1
            special = special and depth > 0
        elif (depth <= 0 or (special and mark[0] != "\\")) and re.search("[A-Z]", mark):
            return True
    return False


def _protect_words(latex: str) -> str:
    words = list(_words(latex))
    if sum(len(word.text) >= _CONTENT for word in words) >= _LOUD and not any(
        c.islower() for w in words for c in w.text
    ):
        return latex
    sentence = _is_sentence(words)
    out: list[str] = []
    place = 0
    for word in words:
        if _is_inherent(word.text) or (sentence and not word.first and _is_capitalised(word.text)):
            out += [latex[place : word.start], "{", word.text, "}"]
            place = word.start + len(word.text)
    return "".join(out) + latex[place:]


def _words(latex: str) -> list[_Word]:
    """The words outside braces, math and commands that touch no command."""
    nodes = parse(latex)
    found = []
    for place, node in enumerate(nodes):
        if node.kind != "text" or len(node.text) != node.stop - node.start:
            continue
        before = nodes[place - 1] if place else None
        for match in _WORD.finditer(node.text):
            start = node.start + match.start()
            if (match.start() == 0 and _joins(before)) or (
                match.end() == len(node.text) and _accents(nodes, place + 1)
            ):
                continue
            joined = start > 0 and latex[start - 1] in "-‐‑"
            found.append(_Word(match[0], start, _begins(latex[:start]), joined))
    return found


def _joins(before: Node | None) -> bool:
    """Whether a word goes on behind a node: an accent command, a letter's, a group that is part of it."""
    if before is not None and [child.kind for child in before.children] == ["math"]:
        return False
    return before is not None and before.kind in ("command", "group") and before.text not in tuple("%&#$_ \\,")


def _accents(nodes: tuple[Node, ...], place: int) -> bool:
    return place < len(nodes) and nodes[place].kind == "command" and nodes[place].text not in tuple("%&#$_ \\,^~")


def _begins(before: str) -> bool:
    """Whether a word is the first of the title or of a sentence in it."""
    tail = before[-40:]
    return not re.search(r"\w", before[-400:]) or bool(_STARTS.search(tail))


def _is_inherent(word: str) -> bool:
    head = word.rstrip("+")
    if len(head) == 1:
        return head.isascii() and head.isupper() and head != "A"
    return any(c.isupper() for c in head[1:]) or (any(c.isdigit() for c in head) and head[0].isupper())


def _is_capitalised(word: str) -> bool:
    return len(word) > 1 and word[0].isupper()


def _is_sentence(words: list[_Word]) -> bool:
    """Whether content words are mostly small: then a capital means something."""
    content = [
        w.text
        for w in words
        if not w.first
        and not w.joined
        and len(w.text) >= _CONTENT
        and w.text.lower() not in _SMALL
        and not _is_inherent(w.text)
    ]
    small = sum(text[0].islower() for text in content)
    return small > 0 and 2 * small >= len(content)
