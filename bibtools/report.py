"""Problems as lines of text: sorted, control characters shown, a hundred at most."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bibtools.errors import Problem
from bibtools.text import shortened

MAX_PRINTED = 100
MAX_LENGTH = 2_000  # characters of a place, a message, a hint: what they quote may be of any length
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\t\n]")


def printable(text: str) -> str:
    r"""Text from outside, safe for a terminal: control and direction characters are shown as escapes.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, sorted by place, then key and code; those without a file come last."""

    def place(problem: Problem) -> tuple[Any, ...]:
        where = problem.where
        return (
            where.file is None,
            where.file or "",
            where.line or 0,
            where.column or 0,
            problem.key or "",
            problem.code,
            problem.message,
        )

    return tuple(sorted(dict.fromkeys(problems), key=place))


def problem_lines(problem: Problem) -> list[str]:
    """`file:line:column: severity: message [code]`, and a `hint:` line where there is one."""
    where = shortened(str(problem.where), MAX_LENGTH)
    line = f"{where}: " if where else ""
    about = f"{problem.key}: " if problem.key and problem.key not in problem.message else ""
    said = shortened(f"{about}{problem.message}", MAX_LENGTH)
    lines = [printable(f"{line}{problem.severity}: {said}") + f" [{problem.code}]"]
    if problem.hint:
        lines.append(printable(shortened(f"  hint: {problem.hint}", MAX_LENGTH)))
    return lines


def render(problems: Iterable[Problem], *, infos: bool = False) -> str:
    """All problems as text (infos only where asked), at most :data:`MAX_PRINTED` and then a count."""
    shown = [p for p in in_order(problems) if infos or p.severity != "info"]
    lines = [line for problem in shown[:MAX_PRINTED] for line in problem_lines(problem)]
    if len(shown) > MAX_PRINTED:
        lines.append(f"… and {len(shown) - MAX_PRINTED} more")
    return "".join(f"{line}\n" for line in lines)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "entry", "entries"), count(27, "mention")
    ('1 entry', '27 mentions')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def problem_document(problem: Problem) -> dict[str, Any]:
    """A problem in the JSON documents: every member present, absent is null."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        "file": problem.where.file,
        "line": problem.where.line,
        "column": problem.where.column,
        "key": problem.key,
    }
