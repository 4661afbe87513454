"""Tables of titles, and the search for the title that a reference begins with.

A table has one title a line: `Full Name | another name | =ABBR [flags]`. Names match word by word, each word in
full or cut short; what stands behind `=` matches only as it is, blanks and stops aside. A name of one word, the
letter of a section aside, is never cut: `Phys. D` may be anything. The flags:

- `e`, `e2012`: a single number is that of an article, from that year on
- `m`: volumes are months; `y`: volumes are years; `pos`: volumes are meetings; `track`: issues may be names
- `novol`: there are no volumes
- `aanda`: articles have numbers such as A12
- `from2007`, `to2006`: the name of these years only
- `s2`: the series that may stand behind the name in parentheses
- `ru:Name`: the original of that translated journal
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bibtools.publication.words import Word, abbreviates, fold, is_small, words_of

_FLAGS = re.compile(r"\s*\[(?P<flags>[^\]]*)\]\Z")
_YEAR_FLAG = re.compile(r"(?P<name>e|from|to)(?P<year>\d{4})\Z")
_GAP = re.compile(r"\.?[)’']?\s?[,:/&–—-]?\s?[('’]?\Z")
_MOST_WORDS = 24
_ENOUGH = 5
_SHORT = 5
"""A name as short as this has a capital, or it is a word like others."""


@dataclass(frozen=True, slots=True)
class Title:
    """One line of a table; `years` are those of which the name is, `eids_from` the year of article numbers."""

    name: str
    names: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    first: int = 0
    last: int = 9999
    eids_from: int | None = None
    series: str = ""
    translation: str = ""

    @property
    def is_one_word(self) -> bool:
        """Whether the name is such that it could be an ordinary word."""
        return _is_one_word(_large(words_of(self.name)))


def read_table(text: str) -> Iterator[Title]:
    """The titles of a table."""
    for line in text.splitlines():
        if line.strip():
            yield _title(line.strip())


def _title(line: str) -> Title:
    match = _FLAGS.search(line)
    flags, translation = (match["flags"], "") if match else ("", "")
    if "ru:" in flags:
        flags, _, translation = flags.partition("ru:")
    names = tuple(name.strip() for name in (line[: match.start()] if match else line).split(" | "))
    given = flags.split()
    years = {m["name"]: int(m["year"]) for flag in given if (m := _YEAR_FLAG.match(flag))}
    return Title(
        name=names[0],
        names=names,
        flags=frozenset(given),
        first=years.get("from", 0),
        last=years.get("to", 9999),
        eids_from=years.get("e", 0 if "e" in given else None),
        series=next((flag[1:] for flag in given if re.match(r"s[\dN]", flag)), ""),
        translation=translation,
    )


@dataclass(slots=True)
class Index:
    """Titles by how they may be written. Lines of tables wait until a title with their first letter is sought."""

    exact: dict[str, list[Title]] = field(default_factory=lambda: defaultdict(list))
    spelled: dict[tuple[int, str], list[tuple[tuple[str, ...], Title]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    waiting: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, tables: Iterable[str]) -> Index:
        """The index of these tables."""
        index = cls()
        for table in tables:
            for line in table.splitlines():
                for letter in _letters(line):
                    index.waiting[letter].append(line)
        return index

    def _read(self, letter: str) -> None:
        for line in self.waiting.pop(letter, ()):
            title = _title(line)
            for name in title.names:
                self.add(name, title)

    def add(self, name: str, title: Title) -> None:
        """One more way to write a title."""
        if name.startswith("="):
            self.exact[_squashed(words_of(name[1:]))].append(title)
            return
        words = words_of(name)
        self.exact[_squashed(words)].append(title)
        large = _large(words)
        if not _is_one_word(large):
            self.spelled[len(large), large[0][0]].append((large, title))

    def find(self, text: str, start: int = 0) -> tuple[list[Title], int]:
        """The titles that the longest beginning of `text` (from `start`) names, and where it ends."""
        words = _run(text, start)
        for count in range(len(words), 0, -1):
            titles = self.named(words[:count])
            stop = _end(text, start, words[count - 1].stop)
            if titles and (stop - start > _SHORT or not text[start:stop].islower()):
                return titles, stop
        return [], start

    def named(self, words: Sequence[Word]) -> list[Title]:
        """The titles that these words name, each once."""
        self._read(words[0].text[0])
        if titles := self.exact.get(_squashed(words)):
            return list(dict.fromkeys(titles))
        if is_small(words[-1].text):
            return []
        large = _large(words)
        if large:
            self._read(large[0][0])
        known = self.spelled.get((len(large), large[0][0]), ()) if large else ()
        return list(dict.fromkeys(title for name, title in known if _abbreviate(large, name)))


def _letters(line: str) -> set[str]:
    """The letters that a title may begin with, the article left out or not."""
    letters = set()
    for name in line.partition(" [")[0].split(" | "):
        first, _, rest = name.lstrip("= ").partition(" ")
        letters.add(fold(first[:1]))
        if is_small(fold(first)):
            letters.add(fold(rest[:1]))
    return letters - {""}


def _abbreviate(written: Sequence[str], name: Sequence[str]) -> bool:
    """Word by word. `J. Chem.` is too little to tell one journal of something from another."""
    if len(name) == 2 and name[0] == "journal" and written[1] != name[1] and len(written[1]) < _ENOUGH:
        return False
    return all(map(abbreviates, written, name))


def _squashed(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def _large(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words if not is_small(word.text))


def _is_one_word(large: Sequence[str]) -> bool:
    return sum(len(word) > 1 for word in large) <= 1


def _run(text: str, start: int) -> list[Word]:
    """The words from `start` on with nothing but blanks and punctuation between them."""
    run: list[Word] = []
    for word in words_of(text, start):
        is_next = _GAP.match(text[run[-1].stop : word.start]) if run else word.start == start
        if not is_next or len(run) == _MOST_WORDS:
            break
        run.append(word)
    return run


def _end(text: str, start: int, stop: int) -> int:
    """Where a title ends: parentheses that it opened are closed."""
    for _ in range(text.count("(", start, stop) - text.count(")", start, stop)):
        if match := re.compile(r"\.?\)").match(text, stop):
            stop = match.end()
    return stop
