r"""Between our entries and pybtex's entry model, in both directions and without loss.

pybtex keeps persons apart from fields, splits names, and expands macros while reading. So that nothing is lost on
the way, what we hand over remembers how it was written: a :class:`Macro` is a text that knows its name, a
:class:`WrittenPerson` a person that knows its spelling, and a :class:`DoorEntry` knows the order of its fields.
To pybtex they are ordinary values: its styles, backends and writers work on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pybtex.bibtex.utils import split_name_list
from pybtex.database import BibliographyData, Person
from pybtex.database import Entry as PybtexEntry
from pybtex.database.input.bibtex import month_names

from bibtools.model import Entry, Field
from bibtools.text import squeeze

ROLES = ("author", "editor")
"""The fields that pybtex holds as persons."""

_DEEPEST = 40  # pybtex recurses into braces and refuses more than 100 levels
_MOST_COMMAS = 2


class Macro(str):
    """The text a macro stands for (`June`), and the macro's `name` (`jun`)."""

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str) -> Macro:
        """The macro of that name; one that no style defines stands for its own name."""
        self = super().__new__(cls, month_names.get(name.lower(), name))
        self.name = name
        return self


class WrittenPerson(Person):  # type: ignore[misc]
    """A person that knows how its name was `written`.

    A name that BibTeX's rules cannot split (four commas, braces nested very deep) is one last name.
    """

    def __init__(self, written: str) -> None:
        splittable = _depth(written) <= _DEEPEST and _top_commas(written) <= _MOST_COMMAS
        super().__init__(written if splittable else "")
        if not splittable:
            self.last_names = [written]
        self.written = written


class WrittenPersons(list):  # type: ignore[type-arg]
    """A list of persons that knows how it was `written`, line breaks and all."""

    def __init__(self, written: str) -> None:
        self.written = written
        text = squeeze(written)  # pybtex's own reader hands over one line, and only there finds each `and`
        self.names = tuple(split_name_list(text)) if _depth(text) <= _DEEPEST else (text,)
        super().__init__(WrittenPerson(name) for name in self.names)


class DoorEntry(PybtexEntry):  # type: ignore[misc]
    """An entry that knows the `order` in which its fields were written, persons among them.

    `item` is for whoever hands it through pybtex: what the entry was made from.
    """

    def __init__(self, type_: str, fields: Any = None, persons: Any = None, order: Sequence[str] = ()) -> None:
        super().__init__(type_, fields=fields, persons=persons)
        self.order = tuple(order)
        self.item: object = None

    def lower(self) -> DoorEntry:
        """A copy with field names in lower case, as `pybtex-convert` makes before it writes."""
        made = DoorEntry(self.original_type, self.fields.lower(), self.persons.lower(), self.order)
        made.key, made.item = self.key, self.item
        return made


def to_pybtex(entry: Entry) -> Any:
    """Our entry as pybtex's. Of a field that is there twice the first counts, as in BibTeX."""
    made = DoorEntry(entry.entry_type, order=[field.name for field in entry.fields])
    made.key = entry.key
    for field in entry.fields:
        if field.name in made.fields or field.name in made.persons:
            continue
        if field.macro:
            made.fields[field.name] = Macro(field.value)
        elif field.name in ROLES:
            made.persons[field.name] = WrittenPersons(field.value)
        else:
            made.fields[field.name] = field.value
    return made


def from_pybtex(entry: Any, key: str | None = None) -> Entry:
    """An entry of pybtex's as ours: field names in lower case, in the order they were written where that is known.

    `key` is for entries that do not know theirs.
    """
    values: dict[str, Field] = {}
    for role, persons in entry.persons.items():
        if persons:
            values[role.lower()] = Field(role.lower(), write_persons(persons))
    for name, value in entry.fields.items():
        macro = isinstance(value, Macro)
        values[name.lower()] = Field(name.lower(), value.name if macro else str(value), macro=macro)
    order = [name for name in getattr(entry, "order", ()) if name in values]
    names = dict.fromkeys([*order, *values])
    return Entry(
        entry_type=entry.original_type,
        key=entry.key if key is None else key,
        fields=tuple(values[name] for name in names),
    )


def bibliography(entries: Iterable[Entry]) -> Any:
    """The entries as pybtex's BibliographyData. The keys must differ, whatever their case."""
    return BibliographyData(entries=[(entry.key, to_pybtex(entry)) for entry in entries])


def write_persons(persons: Sequence[Any]) -> str:
    """A list of names as BibTeX reads it: as it was written, if it still holds the same persons."""
    names = tuple(map(write_person, persons))
    if isinstance(persons, WrittenPersons) and persons.names == names:
        return persons.written
    return " and ".join(names)


def write_person(person: Any) -> str:
    """A person as BibTeX reads it: as it was written, else `von Last, Jr, First`."""
    if isinstance(person, WrittenPerson):
        return person.written
    last = " ".join([*person.prelast_names, *person.last_names])
    first = " ".join([*person.first_names, *person.middle_names])
    lineage = " ".join(person.lineage_names)
    if first:
        return ", ".join(part for part in (last, lineage, first) if part)
    if lineage or (len(person.last_names) > 1 and not person.prelast_names):
        return f"{{{' '.join(part for part in (last, lineage) if part)}}}"  # BibTeX refuses a comma at the end
    return last


def _depth(text: str) -> int:
    """How deep the braces nest."""
    depth = deepest = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        deepest = max(deepest, depth)
    return deepest


def _top_commas(text: str) -> int:
    """The number of commas outside braces."""
    depth = count = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        count += char == "," and depth <= 0
    return count
