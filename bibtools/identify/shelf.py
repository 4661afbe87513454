"""The records seen so far, and which of them may resemble a text: an inverted index of telling words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from bibtools.identify.likeness import Work, Written, work
from bibtools.model import Record

Postings = Mapping[str, list[str]]
"""Of each telling word the ids of the records that have it."""

_POSTINGS = 4_000
"""Entries of the index looked at for one mention, rarest words first: enough to tell, bounded in time."""


class Shelf:
    """Current records by id, and their older versions beside them. Grows only."""

    def __init__(self) -> None:
        self.works: dict[str, Work] = {}
        self.older: dict[tuple[str, int], Work] = {}
        self.by_doi: dict[str, list[str]] = {}
        self._versions: dict[str, list[int]] = {}
        self._postings: dict[str, list[str]] = {}

    def add(self, records: Iterable[Record]) -> None:
        """Put current records on the shelf; one that is there already stays."""
        for record in records:
            if record.id in self.works:
                continue
            prepared = work(record)
            self.works[record.id] = prepared
            for doi in record.dois:
                self.by_doi.setdefault(doi.lower(), []).append(record.id)
            for word in prepared.abstract.telling | prepared.title.telling:
                self._postings.setdefault(word, []).append(record.id)

    def add_older(self, records: Iterable[Record]) -> None:
        """Put older versions on the shelf."""
        for record in records:
            if record.version is not None and (record.id, record.version) not in self.older:
                self.older[record.id, record.version] = work(record)
                self._versions.setdefault(record.id, []).append(record.version)

    def versions(self, record_id: str) -> list[Work]:
        """The older versions seen of a record, first version first."""
        return [self.older[record_id, version] for version in sorted(self._versions.get(record_id, ()))]

    def index(self, record_ids: Iterable[str]) -> Postings:
        """An index of some of the records alone: a large shelf hides what shares only common words."""
        postings: dict[str, list[str]] = {}
        for record_id in record_ids:
            for word in self.works[record_id].abstract.telling | self.works[record_id].title.telling:
                postings.setdefault(word, []).append(record_id)
        return postings

    def resembling(self, ours: Written, among: Postings | None = None) -> list[str]:
        """Ids of current records that share telling words with a mention's text, or with its title alone."""
        postings = self._postings if among is None else among
        found = _sharing(postings, ours.abstract.telling | ours.title.telling)
        if ours.abstract.words and ours.title.words:
            found += [one for one in _sharing(postings, ours.title.telling) if one not in found]
        return found


def _sharing(postings: Postings, words: frozenset[str], limit: int = 8) -> list[str]:
    """Ids of the records that share most of these words, most first."""
    shared: Counter[str] = Counter()
    left = _POSTINGS
    lists = [(len(postings[word]), word) for word in words if word in postings]
    for size, word in sorted(lists):
        left -= size
        if left < 0 and shared:
            break
        shared.update(postings[word])
    ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
    most = ranked[0][1] if ranked else 0
    return [record_id for record_id, count in ranked[:limit] if count * 4 >= most]
