"""Whether a value has the shape that its annotations say: one built from JSON may hold anything anywhere."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

_MOST = 2**63  # as in TOML and SQLite: no count, version or year comes near

Check = Callable[[Any], bool]
T = TypeVar("T")


def checked(value: T) -> T:
    """The dataclass, if each of its members is what its annotation says, at every depth; ValueError if not.

    Known are dataclasses, `str`, `int` of 64 bits, finite `float`, `bool`, `None`, literals, unions,
    `tuple[X, ...]` and `Mapping[str, X]`.

    >>> from bibtools.model import Field
    >>> checked(Field("title", "A"))
    Field(name='title', value='A', macro=False)
    >>> checked(Field("title", None))
    Traceback (most recent call last):
    ValueError: value of a Field is of another kind
    """
    kind: Any = type(value)
    _dataclass(kind)(value)
    return value


@cache
def _dataclass(kind: type) -> Check:
    hints = get_type_hints(kind)
    members = tuple((each.name, _check(hints[each.name])) for each in fields(kind))

    def check(value: Any) -> bool:
        if type(value) is not kind:
            return False
        for name, fits in members:
            held = getattr(value, name)
            if not fits(held):
                raise ValueError(f"{name} of a {kind.__name__} is of another kind")
        return True

    return check


def _check(hint: Any) -> Check:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return lambda value: isinstance(value, str) and value in arguments
    if origin in (Union, UnionType):
        either = tuple(map(_check, arguments))
        return lambda value: any(fits(value) for fits in either)
    if origin is tuple:
        part = _check(arguments[0])
        return lambda value: isinstance(value, tuple) and all(map(part, value))
    if origin is Mapping:
        held = _check(arguments[1])
        return lambda value: isinstance(value, Mapping) and all(map(held, value.values()))
    if hint is int:
        return lambda value: type(value) is int and abs(value) < _MOST
    if hint is float:
        return lambda value: type(value) in (int, float) and abs(value) < _MOST and math.isfinite(value)
    return _dataclass(hint) if is_dataclass(hint) and isinstance(hint, type) else lambda value: type(value) is hint
