"""What our styles have in common: order, labels, and what becomes of an entry that lacks something.

A style says how one :class:`~bibtools.plugins.works.Work` is set, in what order, and how it is labelled. It is a
style of pybtex's, so that everything which takes those takes it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from pybtex.style import FormattedBibliography, FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex.style.labels.number import LabelStyle

from bibtools.plugins.backends import AuthorYear, Number
from bibtools.plugins.phrases import Piece, family
from bibtools.plugins.richtext import Value, plain
from bibtools.plugins.sentence_case import sentence_case
from bibtools.plugins.works import Work, work_of
from bibtools.text import fold


class ReferenceStyle(BaseStyle):  # type: ignore[misc]
    """A style that numbers the references in the order of citation; subclasses say how a reference reads."""

    alphabetic: ClassVar[bool] = False
    """Whether the references stand in the order of their authors, years and titles, not as they were cited."""

    label_shape: ClassVar[str] = "[{}]"
    """How a number is shown before its reference."""

    small_titles: ClassVar[bool] = False
    """Whether titles are set as sentences, without the capitals of Title Case."""

    def __init__(self, *, label_style: Any = None, sorting_style: Any = None, **options: Any) -> None:
        super().__init__(label_style=label_style or LabelStyle, sorting_style=sorting_style, **options)
        self._labels_asked, self._order_asked = label_style is not None, sorting_style is not None
        self._suffixes: Mapping[str, str] = {}
        # pybtex keeps both as attributes of the style, and Sphinx calls them there
        if not self._order_asked:
            self.sort = self._in_order
        if not self._labels_asked:
            self.format_labels = self._labelled

    def reference(self, work: Work, suffix: str = "") -> Piece:
        """The reference; `suffix` (`a`, `b`, …) follows the year where the style says so."""
        raise NotImplementedError

    def format_bibliography(self, bib_data: Any, citations: Sequence[str] | None = None) -> Any:
        """The references of the citations, else of all entries, with those that two or more refer to."""
        entries = _cited(bib_data.entries, ["*"] if citations is None else citations, self.min_crossrefs)
        formatted = list(self.format_entries(entries, bib_data))
        return FormattedBibliography(formatted, style=self, preamble=bib_data.preamble)

    def format_entries(self, entries: Iterable[Any], bib_data: Any = None) -> Iterator[Any]:
        """The references of some entries; `bib_data` has those that a cross-reference can name."""
        pairs = self._paired(self.sort(entries) if self._order_asked else entries, bib_data)
        works = [work for _, work in pairs]
        asked = self._labels_asked
        labels: Iterable[str] = self.format_labels([entry for entry, _ in pairs]) if asked else self.labels(works)
        for work, label, suffix in zip(works, labels, year_suffixes(works), strict=True):
            yield FormattedEntry(work.key, self.reference(work, suffix), label)

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> Any:
        """The reference of one entry, with the letter behind its year that the labels made last have for it."""
        ((_, work),) = self._paired([entry], bib_data)
        return FormattedEntry(work.key, self.reference(work, self._suffixes.get(work.key, "")), label)

    def _in_order(self, entries: Iterable[Any]) -> list[Any]:
        """The entries in the order of the style."""
        return [entry for entry, _ in self._paired(entries)]

    def _labelled(self, entries: Iterable[Any]) -> list[str]:
        """The labels of entries that are sorted."""
        works = [work_of(entry) for entry in entries]
        self._suffixes = dict(zip((work.key for work in works), year_suffixes(works), strict=True))
        return list(self.labels(works))

    def _paired(self, entries: Iterable[Any], bib_data: Any = None) -> list[tuple[Any, Work]]:
        """The entries, each with its work, in the order of the style unless pybtex was asked for another."""
        others: Mapping[str, Any] | None = None if bib_data is None else bib_data.entries
        pairs = [(entry, work_of(entry, others)) for entry in entries]
        if self.alphabetic and not self._order_asked:
            pairs.sort(key=lambda pair: order(pair[1]))
        return pairs

    def labels(self, works: Sequence[Work]) -> Iterator[str]:
        r"""What `\cite` prints for each: a number."""
        for number in range(1, len(works) + 1):
            yield Number(number, self.label_shape)

    def title(self, work: Work, name: str = "title", *, small: bool | None = None) -> Value | str:
        """A title with its subtitle, in the capitals that the style wants."""
        title, subtitle = work.get(name), work.get(name.replace("title", "subtitle"))
        whole = title if not subtitle or not title else f"{title}{'' if title[-1:] in ':?!' else ':'} {subtitle}"
        if not whole:
            return ""
        small = self.small_titles if small is None else small
        return Value(sentence_case(whole, work.fields) if small else whole)


def _cited(entries: Any, citations: Sequence[str], least: int) -> list[Any]:
    """The entries cited, `*` for all, each once, then those that at least so many of them refer to.

    A key that there is not is passed over: whoever calls knows what to say of it.
    """
    keys: dict[str, None] = {}
    for citation in citations:
        keys.update(dict.fromkeys(map(str.lower, entries) if citation == "*" else [citation.lower()]))
    found = [entries[key] for key in keys if key in entries]
    parents = Counter(entry.fields.get("crossref", "").strip().lower() for entry in found)
    more = [
        entries[key] for key, times in parents.items() if times >= least and key in entries and key not in keys
    ]
    return found + more


class AuthorYearStyle(ReferenceStyle):
    """A style that cites by author and year, in the order of the alphabet."""

    alphabetic = True

    def labels(self, works: Sequence[Work]) -> Iterator[str]:
        r"""What `\citep` prints between its parentheses; `a`, `b`, … tell works of one label apart."""
        for work, suffix in zip(works, year_suffixes(works), strict=True):
            yield AuthorYear(cited_as(work), f"{year_shown(work)}{_joined(suffix, year_shown(work))}")


def year_shown(work: Work) -> str:
    """The year, or `n.d.` where none is known."""
    return work.when.year or "n.d."


def dated(work: Work, suffix: str) -> str:
    """The year with what tells it apart from others: `2017a`, `n.d.-a`."""
    return f"{year_shown(work)}{_joined(suffix, year_shown(work))}"


def _joined(suffix: str, year: str) -> str:
    return f"-{suffix}" if suffix and not year[-1:].isdigit() else suffix


def cited_as(work: Work) -> str:
    """The authors as a citation names them: `Vaswani`, `Vaswani and Shazeer`, `Vaswani et al.`, else a title."""
    heads, _ = work.heads
    names = [family(name) for name in heads.names]
    names = [name for name in names if name]
    if not names:
        return plain(work.get("label", "shorthand", "shorttitle", "title", "organization")) or work.key
    if len(names) == 2 and heads.complete:
        return f"{names[0]} and {names[1]}"
    return names[0] if len(names) == 1 and heads.complete else f"{names[0]} et al."


def year_suffixes(works: Sequence[Work]) -> list[str]:
    """`a`, `b`, … for works of the same authors and year, in their order; nothing for the others."""
    cited = [(fold(cited_as(work)), year_shown(work)) for work in works]
    count = Counter(cited)
    seen: Counter[tuple[str, str]] = Counter()
    suffixes = []
    for each in cited:
        suffixes.append(_letters(seen[each]) if count[each] > 1 else "")
        seen[each] += 1
    return suffixes


def _letters(number: int) -> str:
    """`a` to `z`, then `aa`, `ab`, …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def order(work: Work) -> tuple[Any, ...]:
    """The place in the alphabet: people, year, title."""
    heads, _ = work.heads
    people = [_sortable(f"{n.literal} {n.particle} {n.family} {n.given} {n.suffix}") for n in heads.names]
    begin = work.when.begin
    when = (begin.year, begin.month or 0, begin.day or 0) if begin else (9999, 0, 0)
    title = _sortable(work.get("title"))
    return (people or [_sortable(work.get("organization", "institution")) or title], when, title, work.key)


def _sortable(value: str) -> str:
    text = unicodedata.normalize("NFKD", plain(value)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in text if not unicodedata.combining(c)).split())
