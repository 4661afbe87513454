"""Records as the service would answer them: papers go through its own conversion, its Atom and our reader."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from bibtools import atom, render
from bibtools.formats.csl.item import item_of
from bibtools.model import EntryOptions, Record
from tests.standin import feed
from tests.standin.papers import Paper, seed_papers
from tests.standin.service import converted

WHEN = "2026-01-02T03:04:05Z"


def records(papers: Iterable[Paper]) -> tuple[Record, ...]:
    entries = [feed.entry(converted(paper)) for paper in papers]
    document = feed.answer(
        entries, query="", link_query="", ids="", start=0, size=len(entries), total=len(entries), now=WHEN
    )
    return atom.parse_feed(document, retrieved=WHEN).records


@functools.cache
def seed_records() -> tuple[Record, ...]:
    """The real papers, without the invented neighbours that tests of searching need."""
    return records(paper for paper in seed_papers() if not paper.invented)


def seed_record(number: str) -> Record:
    return next(record for record in seed_records() if record.id == f"arxiv:{number}")


def csl_item(record: Record, key: str) -> dict[str, object]:
    """The record as an item of CSL-JSON."""
    item, _ = render.item_of(record, key, "csl-json", EntryOptions())
    return item_of(item.entry)
