"""YAML as plain lists, mappings and texts, with the place of each item of the list that matters.

Built from the parser's events with a stack of our own: depth and size are bounded, tags make no objects, every
scalar is a text. PyYAML comes with pybtex.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

_MAX_DEPTH = 40
_MAX_EVENTS = 2_000_000


class YamlError(ValueError):
    """What is no YAML that can be read; `line` counts from 1."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def read_yaml(text: str, *, keys: Sequence[str]) -> Iterator[tuple[Any, int, int]]:
    """The items of a list (at the top, or under one of the `keys`), each with its place in the text."""
    tree, places, spots = _tree(text)
    if isinstance(tree, dict):
        tree = next((tree[key] for key in keys if isinstance(tree.get(key), list)), [tree])
    for number, item in enumerate(tree if isinstance(tree, list) else []):
        spot = spots.get(id(tree), [])[number : number + 1]
        start, stop = places.get(id(item), (spot[0], spot[0]) if spot else (0, len(text)))
        yield item, start, stop


def _tree(text: str) -> tuple[Any, dict[int, tuple[int, int]], dict[int, list[int]]]:
    """The first document, the places of its collections, and where the items of its lists begin, by identity."""
    import yaml  # type: ignore[import-untyped]  # the stubs are one more dependency

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    top: list[Any] = []
    stack: list[tuple[Any, Any, int]] = [(top, None, 0)]  # (container, key awaiting its value, start)
    anchors: dict[str, Any] = {}
    places: dict[int, tuple[int, int]] = {}
    spots: dict[int, list[int]] = {}
    starts = _line_starts(text)
    try:
        for number, event in enumerate(yaml.parse(text, Loader=loader)):
            if number > _MAX_EVENTS:
                raise YamlError("too large")
            if isinstance(event, yaml.DocumentEndEvent):
                break
            if isinstance(event, yaml.NodeEvent) and isinstance(stack[-1][0], list):
                begin = starts[event.start_mark.line] + event.start_mark.column
                spots.setdefault(id(stack[-1][0]), []).append(begin)
            if isinstance(event, yaml.CollectionEndEvent):
                made, _, start = stack.pop()
                places[id(made)] = (start, _end(text, starts, event.start_mark))
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(stack) > _MAX_DEPTH:
                    raise YamlError("nested too deep", event.start_mark.line + 1)
                new: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                _put(stack, new, event.anchor, anchors)
                stack.append((new, None, starts[event.start_mark.line] + event.start_mark.column))
            elif isinstance(event, yaml.ScalarEvent):
                _put(stack, event.value, event.anchor, anchors)
            elif isinstance(event, yaml.AliasEvent):
                _put(stack, anchors.get(event.anchor, ""), None, anchors)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise YamlError(
            str(getattr(error, "problem", None) or "no YAML"), mark.line + 1 if mark else None
        ) from None
    return (top[0] if top else None), places, spots


def _put(stack: list[tuple[Any, Any, int]], value: Any, anchor: str | None, anchors: dict[str, Any]) -> None:
    if anchor:
        anchors[anchor] = value
    container, key, start = stack[-1]
    if isinstance(container, list):
        container.append(value)
    elif key is None:
        stack[-1] = (container, (value if isinstance(value, str) else "",), start)
    else:
        container[key[0]] = value
        stack[-1] = (container, None, start)


def _line_starts(text: str) -> list[int]:
    """Where YAML's lines begin (LF, CRLF, CR, NEL and the Unicode separators end one)."""
    return [0, *(match.end() for match in re.finditer("\r\n|[\n\r\x85\u2028\u2029]", text)), len(text)]


def _end(text: str, starts: list[int], mark: Any) -> int:
    """The end of a collection: the parser reports where the next thing begins; blanks before it are given back."""
    stop: int = min(len(text), starts[min(mark.line, len(starts) - 1)] + mark.column)
    while stop and text[stop - 1] in " \n\r-":
        stop -= 1
    return stop
