r"""Math that authors typed without dollars: `\alpha_s`, `\sqrt{s}`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bibtools.latex import commands as known
from bibtools.latex.syntax import Node

_SCRIPTS = re.compile(r"(?:[_^](?:[^\s\\{}$]|\Z))+")
_ARGUMENT = re.compile(r"\s*(?:[A-Za-z0-9]|[^\x00-\x7f])")


def extent(nodes: Sequence[Node], place: int) -> tuple[int, int, str]:
    r"""What belongs to the command of math before `place`: arguments, exponents, indices, commands that touch it.

    Returns where that ends in the source, the place of the next node, and the text left over of the one before.
    """
    stop = nodes[place - 1].stop
    need = 1 if nodes[place - 1].text == "cal" else known.ARITY.get(nodes[place - 1].text, 0)
    rest = ""
    while place < len(nodes) and not rest:
        node = nodes[place]
        script = _SCRIPTS.match(node.text) if node.kind == "text" else None
        argument = _ARGUMENT.match(node.text) if node.kind == "text" and need else None
        if found := script or argument:
            stop = node.start + found.end()
            need = 1 if found[0][-1] in "_^" else max(0, need - bool(argument))
            rest = node.text[found.end() :]
        elif node.kind == "group" and (need or not node.children):
            stop, need = node.stop, max(0, need - 1)
        elif node.kind == "command" and node.text in known.MATH_COMMANDS and node.text not in known.MATH_TEXT:
            stop, need = node.stop, max(0, need - 1) + known.ARITY.get(node.text, 0)
        else:
            break
        place += 1
    return stop, place, rest
