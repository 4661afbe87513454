"""YAML that YAML 1.1 and 1.2 read alike: whatever is not plainly a word stands in quotes.

A quoted text is JSON's, which both read. The texts have no control characters and no line breaks of any kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*\Z")
_MEANT = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"))
"""Words that one of the two takes for something else."""


def dump(value: dict[str, Any]) -> str:
    r"""A mapping of texts, numbers, lists and mappings, none empty, as a block in its own order.

    >>> dump({"k": {"title": "A: b", "volume": 3, "author": ["Doe, Jo", {"name": "no"}]}})
    'k:\n  title: "A: b"\n  volume: 3\n  author:\n    - "Doe, Jo"\n    - name: "no"\n'
    """
    return "".join(f"{line}\n" for line in _mapping(value))


def _mapping(value: dict[str, Any]) -> Iterator[str]:
    for key, inner in value.items():
        if isinstance(inner, dict | list):
            yield f"{_scalar(key)}:"
            yield from (f"  {line}" for line in (_mapping(inner) if isinstance(inner, dict) else _list(inner)))
        else:
            yield f"{_scalar(key)}: {_scalar(inner)}"


def _list(value: list[Any]) -> Iterator[str]:
    for inner in value:
        lines = _mapping(inner) if isinstance(inner, dict) else iter([_scalar(inner)])
        yield f"- {next(lines)}"
        yield from (f"  {line}" for line in lines)


def _scalar(value: str | int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or (_WORDS.match(value) and value.lower() not in _MEANT):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
