"""YAML as plain lists, mappings and texts, with the place of each item of the list that matters.

Built from the parser's events with a stack of our own: depth and size are bounded, tags make no objects, every
scalar is a text. PyYAML comes with pybtex.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

_MAX_DEPTH = 40
_MAX_EVENTS = 2_000_000  # also of what aliases stand for: lists of lists of one alias grow without bound


class YamlError(ValueError):
    """What is no YAML that can be read; `line` counts from 1."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def read_yaml(text: str, *, keys: Sequence[str]) -> Iterator[tuple[Any, int, int]]:
    """The items of a list (at the top, or under one of the `keys`), each with its place in the text."""
    tree = _tree(text)
    top = tree.top[0] if tree.top else None
    if isinstance(top, dict):
        top = next((top[key] for key in keys if isinstance(top.get(key), list)), [top])
    for number, item in enumerate(top if isinstance(top, list) else []):
        spot = tree.spots.get(id(top), [])[number : number + 1]
        start, stop = tree.places.get(id(item), (spot[0], spot[0]) if spot else (0, len(text)))
        yield item, start, stop


class _Tree:
    """What has been read so far: `top` holds the document.

    By identity: `places` of collections, `spots` where the items of lists begin, and `sizes` of the collections
    that have ended, with what the aliases in them stand for.
    """

    def __init__(self) -> None:
        self.top: list[Any] = []
        self.stack: list[tuple[Any, Any, int]] = [
            (self.top, None, 0)
        ]  # (container, key awaiting its value, start)
        self.anchors: dict[str, Any] = {}
        self.places: dict[int, tuple[int, int]] = {}
        self.spots: dict[int, list[int]] = {}
        self.sizes: dict[int, int] = {}

    def begin(self, new: Any, anchor: str | None, start: int, line: int) -> None:
        """A list or mapping begins."""
        if len(self.stack) > _MAX_DEPTH:
            raise YamlError("nested too deep", line)
        self.sizes.pop(id(new), None)  # of one that was put away
        self.put(new, anchor)
        self.stack.append((new, None, start))

    def end(self, stop: int, line: int) -> None:
        """It ends."""
        made, _, start = self.stack.pop()
        self.places[id(made)] = (start, stop)
        parts = made.values() if isinstance(made, dict) else made
        size = self.sizes[id(made)] = 1 + sum(self.sizes.get(id(part), 1) for part in parts)
        if size > _MAX_EVENTS:
            raise YamlError("too large", line)

    def put(self, value: Any, anchor: str | None = None) -> None:
        """A value: an item of the list at hand, or a key or value of the mapping."""
        if anchor:
            self.anchors[anchor] = value
        container, key, start = self.stack[-1]
        if isinstance(container, list):
            container.append(value)
        elif key is None:
            self.stack[-1] = (container, (value if isinstance(value, str) else "",), start)
        else:
            container[key[0]] = value
            self.stack[-1] = (container, None, start)

    def repeat(self, anchor: str, line: int) -> None:
        """An alias."""
        meant = self.anchors.get(anchor, "")
        if not isinstance(meant, str) and id(meant) not in self.sizes:
            raise YamlError("an alias of what it stands in", line)
        self.put(meant)


def _tree(text: str) -> _Tree:
    """The first document of a text."""
    import yaml  # type: ignore[import-untyped]  # the stubs are one more dependency

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    tree = _Tree()
    starts = _line_starts(text)
    try:
        for number, event in enumerate(yaml.parse(text, Loader=loader)):
            line = event.start_mark.line
            if number > _MAX_EVENTS:
                raise YamlError("too large")
            if isinstance(event, yaml.DocumentEndEvent):
                break
            if isinstance(event, yaml.NodeEvent) and isinstance(tree.stack[-1][0], list):
                begin = starts[line] + event.start_mark.column
                tree.spots.setdefault(id(tree.stack[-1][0]), []).append(begin)
            if isinstance(event, yaml.CollectionEndEvent):
                tree.end(_end(text, starts, event.start_mark), line + 1)
            elif isinstance(event, yaml.CollectionStartEvent):
                new: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                tree.begin(new, event.anchor, starts[line] + event.start_mark.column, line + 1)
            elif isinstance(event, yaml.ScalarEvent):
                tree.put(event.value, event.anchor)
            elif isinstance(event, yaml.AliasEvent):
                tree.repeat(event.anchor, line + 1)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise YamlError(
            str(getattr(error, "problem", None) or "no YAML"), mark.line + 1 if mark else None
        ) from None
    return tree


def _line_starts(text: str) -> list[int]:
    """Where YAML's lines begin (LF, CRLF, CR, NEL and the Unicode separators end one)."""
    return [0, *(match.end() for match in re.finditer("\r\n|[\n\r\x85\u2028\u2029]", text)), len(text)]


def _end(text: str, starts: list[int], mark: Any) -> int:
    """The end of a collection: the parser reports where the next thing begins; blanks before it are given back."""
    stop: int = min(len(text), starts[min(mark.line, len(starts) - 1)] + mark.column)
    while stop and text[stop - 1] in " \n\r-":
        stop -= 1
    return stop
