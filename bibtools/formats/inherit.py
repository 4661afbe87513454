"""Entries with what they inherit from others: `crossref`, `xdata`, and the first member of an `@set`.

Source: the biblatex manual, appendix B (*Default Inheritance Setup*) and 3.14.6 (*Data-only entries*). In BibTeX a
child has all fields of its parent that it lacks; the renaming of titles only adds to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from bibtools.errors import Problem
from bibtools.model import Entry, Field

_IN_BOOKS = ("inbook", "bookinbook", "suppbook")
_IN_COLLECTIONS = ("incollection", "suppcollection", "inreference")
_NOT_INHERITED = """
ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions relatedstring
relatedtype shortauthor shorteditor shorthand shorthandintro shorttitle sortkey sortname sorttitle indextitle
indexsorttitle
"""
_NEVER = frozenset(_NOT_INHERITED.split())
_DATE = frozenset(["date", "year", "month", "day"])
_TITLES = ("title", "subtitle", "titleaddon")
_MOST_STEPS = 8


def inherited(
    entries: Sequence[Entry], *, crossref: bool = False
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The entries, each with what it inherits, in their order and without `@xdata`, which are no works.

    With `crossref` only the data of `@xdata` are filled in; cross-references and sets stay as they are.
    Problems: `crossref-missing` for a parent that is not there, `crossref-circular`.
    """
    exact = {entry.key: entry for entry in reversed(entries)}
    folded = {
        entry.key.casefold(): entry for entry in reversed(entries)
    }  # BibTeX finds a parent whatever the case

    def known(name: str) -> Entry | None:
        return exact.get(name) or folded.get(name.casefold())

    problems: list[Problem] = []
    made = tuple(
        _with_parents(entry, known, problems, (), crossref)
        for entry in entries
        if entry.entry_type.lower() != "xdata"
    )
    return made, tuple(problems)


def _with_parents(
    entry: Entry,
    known: Callable[[str], Entry | None],
    problems: list[Problem],
    children: tuple[Entry, ...],
    keep: bool,
) -> Entry:
    """The entry with its fields and then its parents': what it has itself counts."""
    own = entry
    names = [name.strip() for name in (entry.get("xdata") or "").split(",") if name.strip()]
    crossref = "" if keep else (entry.get("crossref") or "").strip()
    is_set = entry.entry_type.lower() == "set" and not keep
    first = (entry.get("entryset") or "").partition(",")[0].strip() if is_set else ""
    parents = [*((name, True) for name in (*names, first) if name), *([(crossref, False)] if crossref else [])]
    for name, is_data in parents:
        parent = known(name)
        if parent is None:
            problems.append(_problem("crossref-missing", f'there is no entry "{name}" to inherit from', entry.key))
            continue
        if any(parent is each for each in (*children, own)) or len(children) >= _MOST_STEPS:
            problems.append(_problem("crossref-circular", f'"{name}" inherits from itself', entry.key))
            continue
        parent = _with_parents(parent, known, problems, (*children, own), keep)
        entry = _joined(entry, _own(parent) if is_data else _handed_down(parent, entry.entry_type.lower()))
    gone = ("xdata",) if keep else ("xdata", "crossref")
    return (
        replace(entry, fields=tuple(field for field in entry.fields if field.name not in gone))
        if parents
        else entry
    )


def _joined(entry: Entry, fields: Iterable[Field]) -> Entry:
    present = {field.name for field in entry.fields}
    if present & _DATE:
        present |= _DATE
    added = tuple({field.name: field for field in reversed([f for f in fields if f.name not in present])}.values())
    return replace(entry, fields=(*entry.fields, *reversed(added)))


def _own(parent: Entry) -> Iterator[Field]:
    """The fields that data, or the first member of a set, stand for."""
    return (field for field in parent.fields if parent.entry_type.lower() == "xdata" or field.name not in _NEVER)


def _handed_down(parent: Entry, child: str) -> Iterator[Field]:
    """The fields that a parent gives to a child of type `child`, under the names they have there."""
    kind = parent.entry_type.lower()
    prefix = _title_prefix(kind, child)
    for field in parent.fields:
        if field.name in _NEVER:
            continue
        if field.name in _TITLES and prefix:
            if parent.get(prefix + field.name) is None:
                yield replace(field, name=prefix + field.name)
        elif field.name == "author" and kind in ("book", "mvbook") and child in _IN_BOOKS:
            yield replace(field, name="bookauthor")
            yield field
        else:
            yield field


def _title_prefix(parent: str, child: str) -> str:
    """What is put before the parent's titles in the child; nothing where they are the child's too."""
    if parent == "periodical":
        return "journal" if child in ("article", "suppperiodical") else ""
    if parent.startswith("mv"):
        return "" if child.startswith("mv") else "main"
    if child in (*_IN_BOOKS, *_IN_COLLECTIONS, "inproceedings", "conference"):
        return "book"
    return ""


def _problem(code: str, message: str, key: str) -> Problem:
    return Problem(severity="warning", code=code, message=message, key=key)
