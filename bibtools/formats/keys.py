"""The citation keys of a document: every work has one, its own where the format can hold it, and no two have one.

To BibTeX keys that differ only in case are the same (it stops at a "repeated entry"); to biber, CSL and Typst they
are not. The first work with a key keeps it, as for biber; a later one gets a letter behind it, and every change is
told (`key-changed`). What refers to a work by its key (`crossref`, `related`, …) goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bibtools import citekeys
from bibtools.errors import Problem
from bibtools.formats.items import Item
from bibtools.model import Entry
from bibtools.text import squeeze

_CONTROLS = r"\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff\ue000\ue001"
_UNPRINTABLE = re.compile(rf"[{_CONTROLS}]")
_TEX = rf"\s{_CONTROLS},{{}}%#~\\"  # what BibTeX ends a key at, and what no `\cite` can name
_NO_BIBTEX = re.compile(rf"[{_TEX}]")
_NO_BIBER = re.compile(rf"""[{_TEX}()"'=]""")  # and where btparse, with which biber reads, ends it
_ZOTERO = re.compile(r"https?://zotero\.org/.*/items/(\w+)\Z")
_LONGEST = 500  # YAML reads no key of more than 1,024 characters, in some programs bytes
_CUT = 480  # room for letters behind it
_REFERENCES = ("crossref", "xref", "xdata", "related", "entryset")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a key may be: `held` makes of any text what can be held; where it `folds`, case makes no difference."""

    held: Callable[[str], str]
    folds: bool = False

    def same(self, key: str) -> str:
        """What two keys have in common that are one."""
        return key.casefold() if self.folds else key


def _in_bibtex(key: str) -> str:
    return key if not _NO_BIBTEX.search(key) and not _ZOTERO.match(key) else _in_biblatex(key)


def _in_biblatex(key: str) -> str:
    own = _ZOTERO.match(key)
    return _NO_BIBER.sub("", own[1] if own else key)


def _in_a_line(key: str) -> str:
    line = squeeze(_UNPRINTABLE.sub("", squeeze(key)))
    return line if len(line) <= _LONGEST else line[:_CUT].strip()


ANY = Rule(held=str)
"""Keys as they stand; only repeated ones are not."""

ANY_CASE = Rule(held=str, folds=True)
"""The same where case makes no difference, as to pybtex."""

_LINE = Rule(held=_in_a_line)
_RULES = {
    "bibtex": Rule(held=_in_bibtex, folds=True),
    "biblatex": Rule(held=_in_biblatex),
    "html": Rule(held=_in_bibtex),  # no `id` of HTML has a blank, and the page offers BibTeX for copying
}


def rule_of(format: str) -> Rule:
    """What a document in `format` asks of its keys."""
    return _RULES.get(format, _LINE)


@dataclass(frozen=True, slots=True)
class _Free:
    """The keys that are in use, in `casefold`, and where each search for a free one stands."""

    used: set[str]
    letters: dict[str, Iterator[str]] = field(default_factory=dict)

    def take(self, choices: Sequence[str]) -> str:
        """The first of the choices that nobody has, else the last with a letter behind it."""
        key = next((key for key in choices if key.casefold() not in self.used), "")
        search = self.letters.setdefault(choices[-1], citekeys.lettered(choices[-1]))
        while not key or key.casefold() in self.used:
            key = next(search)
        self.used.add(key.casefold())
        return key


def distinct(
    items: Sequence[Item], rule: Rule, *, reserved: Iterable[str] = ()
) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """The items, each under a key of its own, and what became of keys that are another now.

    A work without a key gets one of author, year and title (:func:`bibtools.citekeys.choices`). What is made
    differs from all others, and from the keys `reserved`, in more than case.
    """
    held = [rule.held(item.entry.key) for item in items]
    holders = _holders(items, held, rule)
    there = (key for item in items for key in (item.entry.key, *_names(item.entry.get("ids") or "")))
    free = _Free({key.casefold() for key in (*held, *there, *reserved)})
    keys: list[str] = []
    problems: list[Problem] = []
    for place, (item, key) in enumerate(zip(items, held, strict=True)):
        holder = holders.get(rule.same(key), place)
        keys.append(key if key and holder == place else free.take([key] if key else citekeys.choices(item.entry)))
        if item.entry.key and keys[-1] != item.entry.key:
            problems.append(_changed(item, keys[-1], items[holder] if holder != place else None))
    moved: dict[str, str] = {}
    for item, key in zip(items, keys, strict=True):
        moved.setdefault(item.entry.key, key)
    return tuple(_under(item, key, moved) for item, key in zip(items, keys, strict=True)), tuple(problems)


def _holders(items: Sequence[Item], held: Sequence[str], rule: Rule) -> dict[str, int]:
    """Whose a key is: the first one's that was written so, else the first one's that comes to it."""
    holders: dict[str, int] = {}
    for place in sorted(range(len(items)), key=lambda place: items[place].entry.key != held[place]):
        if held[place]:
            holders.setdefault(rule.same(held[place]), place)
    return holders


def _changed(item: Item, new: str, holder: Item | None) -> Problem:
    old = item.entry.key
    if holder is None:
        why = "the format cannot hold it as it is"
    elif holder.entry.key == old:
        why = "another entry has it already"
    else:
        why = f'it would be the same as "{holder.entry.key}"'
    return Problem(
        severity="warning",
        code="key-changed",
        message=f'the citation key "{old}" is written as "{new}": {why}',
        where=item.place,
        hint="give the entry another key where it comes from",
        key=old,
    )


def _under(item: Item, key: str, moved: Mapping[str, str]) -> Item:
    entry = _led(replace(item.entry, key=key), moved)
    written = item.written and _led(replace(item.written, key=key), moved)
    return item if (entry, written) == (item.entry, item.written) else replace(item, entry=entry, written=written)


def _led(entry: Entry, moved: Mapping[str, str]) -> Entry:
    """The entry with its references to works under the keys that these have now."""
    fields = tuple(
        replace(each, value=value)
        if each.name in _REFERENCES and (value := led(each.value, moved)) != each.value
        else each
        for each in entry.fields
    )
    return entry if fields == entry.fields else replace(entry, fields=fields)


def led(value: str, moved: Mapping[str, str]) -> str:
    """A list of keys under the new ones; as it was where none is another."""
    names = _names(value)
    new = [moved.get(name, name) for name in names]
    return value if new == names else ",".join(new)


def _names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",")]
