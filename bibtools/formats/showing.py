"""What a page to be published shows of a work: nothing that its owner keeps for himself, unless it is named."""

from __future__ import annotations

from dataclasses import replace

from bibtools.formats.items import Item
from bibtools.model import Entry, Page

PRIVATE = frozenset(
    (
        "file", "pdf", "local-url", *(f"bdsk-file-{number}" for number in range(1, 10)),
        "note", "annote", "annotation", "comment", "review",
        "keywords", "groups", "mendeley-tags", "mendeley-groups", "readstatus", "ranking", "priority", "rating",
        "owner", "username",
        "timestamp", "date-added", "date-modified", "creationdate", "modificationdate",
    )
)  # fmt: skip
"""The fields that programs and people keep for themselves: paths, notes, keywords, who and when."""

HIDES_NOTHING = Page(sources=True, fields=tuple(sorted(PRIVATE)))
"""How every page was shown before there were settings for it."""
_OTHER_NAMES = {"annotation": "annote", "annote": "annotation", "pdf": "file", "file": "pdf"}


def shown(item: Item, page: Page) -> Item:
    """The item without its private fields, but those that `page` names, and without its sources unless it asks.

    >>> from bibtools.model import Field
    >>> entry = Entry(entry_type="misc", key="k", fields=(Field("title", "T"), Field("file", "/home/me/t.pdf")))
    >>> [field.name for field in shown(Item(entry=entry), Page()).entry.fields]
    ['title']
    """
    named = {*page.fields, *(_OTHER_NAMES.get(name, name) for name in page.fields)}
    hidden = PRIVATE - named
    written = item.written and _without(item.written, hidden)
    sources = item.sources if page.sources else ()
    return replace(item, entry=_without(item.entry, hidden), written=written, sources=sources)


def _without(entry: Entry, hidden: frozenset[str]) -> Entry:
    return replace(entry, fields=tuple(field for field in entry.fields if field.name.lower() not in hidden))
