"""Entries and a style → formatted references.

A style is one of ours, a module of the user's own, or what came back from a `.bst` or `.csl` that ran apart.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bibtools.errors import UsageError
from bibtools.formats import Item
from bibtools.formats.keys import ANY_CASE, distinct
from bibtools.model import Entry
from bibtools.plugins import backends
from bibtools.plugins.bbl import references as bbl_references
from bibtools.plugins.richtext import from_html
from bibtools.pybtex_door import bibliography
from bibtools.text import meant, near

BACKENDS: dict[str, Any] = {
    "text": backends.TextBackend,
    "html": backends.HTMLBackend,
    "markdown": backends.MarkdownBackend,
    "latex": backends.LaTeXBackend,
}
"""What references can be written as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One reference: `key` and `label` of its work, and its text, without label, in the form asked for."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The references in the style's order, and all of them as one document's text."""

    references: tuple[Reference, ...]
    text: str


def by_style(style: type[Any], entries: Sequence[Entry], keys: Sequence[str], to: str) -> Cited:
    """The entries `keys` in a style of pybtex's; `entries` are those that a cross-reference can name.

    pybtex takes keys that differ only in case for one, so there they are others.
    UsageError (`style-failed`) where the style is none, or stops at an entry.
    """
    items, _ = distinct([Item(entry=entry) for entry in entries], ANY_CASE)
    in_pybtex = {entry.key: item.entry.key for entry, item in reversed(list(zip(entries, items, strict=True)))}
    ours = {key: own for own, key in in_pybtex.items()}
    data = bibliography(item.entry for item in items)
    try:
        made = style(min_crossrefs=len(entries) + 1).format_bibliography(data, [in_pybtex[key] for key in keys])
        for formatted in made:
            formatted.key = ours.get(formatted.key, formatted.key)
        return _written(made, to)
    except RecursionError:
        raise UsageError("style-failed", "braces are nested too deep for this style") from None
    except Exception as error:
        raise UsageError("style-failed", f"the style stops: {type(error).__name__}: {error}") from error


def by_bbl(bbl: str, to: str) -> Cited:
    """The references of a `thebibliography`; for LaTeX that is the document itself."""
    cited = _written(_Formatted(bbl_references(bbl)), to)
    return Cited(references=cited.references, text=bbl) if to == "latex" else cited


def by_html(rows: Iterable[Sequence[str]], to: str) -> Cited:
    """References that are HTML already, with their keys and numbers."""
    from pybtex.style import FormattedEntry

    made = (
        FormattedEntry(key, from_html(html), backends.Number(place, shown) if shown else backends.Unlabelled())
        for place, (key, shown, html) in enumerate(rows, start=1)
    )
    return _written(_Formatted(made), to)


class _Formatted(list[Any]):
    """Formatted entries as pybtex's backends take them."""

    preamble = ""


def _written(formatted: Any, to: str) -> Cited:
    backend = BACKENDS[to]("utf-8")
    references = tuple(
        Reference(key=entry.key, label=str(entry.label or ""), text=entry.text.render(backend).strip())
        for entry in formatted
    )
    if to == "latex":
        stream = io.StringIO()
        backend.write_to_stream(formatted, stream)
        return Cited(references=references, text=stream.getvalue())
    return Cited(references=references, text="".join(backend.entries(formatted)))


def chosen(entries: Sequence[Entry], keys: Sequence[str], aliases: Mapping[str, str]) -> list[str]:
    """The keys of the entries that are meant by `keys`, in their order; all where none are given.

    An earlier key of an entry (`aliases`: earlier key → key) will do, and another case where only one entry fits.
    UsageError (`key-unknown`) where none is meant, with the keys that may be.
    """
    known = {entry.key: entry.key for entry in entries}
    if not keys:
        return list(known)
    names = {alias: key for alias, key in aliases.items() if key in known} | known
    found = []
    for key in keys:
        named = meant(key, names)
        if named is None:
            raise _unknown_key(key, list(known))
        found.append(named)
    return list(dict.fromkeys(found))


def _unknown_key(key: str, known: list[str]) -> UsageError:
    maybe = near(key, known)
    hint = f"did you mean {' or '.join(maybe)}?" if maybe else "bibtools keys lists what there is"
    return UsageError("key-unknown", f'no entry has the key "{key}"', hint=hint)
