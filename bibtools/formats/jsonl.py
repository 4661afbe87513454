"""JSON Lines: one object a work and line, for programs. `docs/json.md` says what each member is."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from bibtools.formats.addresses import of_arxiv
from bibtools.formats.items import Exported, Item
from bibtools.formats.references import container
from bibtools.formats.works import Work, work_of
from bibtools.model import Name

VERSION = 1
_LINE_ENDS = re.compile("[\u2028\u2029]")


def render(items: Sequence[Item]) -> Exported:
    """The items as lines of JSON, each complete in itself."""
    return Exported(text="".join(_line(work_of(item)) for item in items))


def _line(work: Work) -> str:
    """The object on one line, for programs too that end lines where Unicode does."""
    text = json.dumps(_object(work), ensure_ascii=False, separators=(", ", ": "))
    return _LINE_ENDS.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _object(work: Work) -> dict[str, object]:
    return {
        "version": VERSION,
        "id": work.id,
        "key": work.key,
        "type": work.kind,
        "title": work.title or None,
        "authors": [_name(name) for name in work.authors.names],
        "authors_complete": work.authors.complete,
        "editors": [_name(name) for name in work.editors.names],
        "editors_complete": work.editors.complete,
        "year": work.year,
        "date": work.date or None,
        "venue": container(work) or None,
        "abstract": work.abstract or None,
        "doi": work.doi,
        "arxiv": _arxiv(work),
        "comment": work.comment or None,
        "journal_ref": work.journal_ref or None,
        "url": work.url or (of_arxiv(work.arxiv) if work.arxiv is not None else None),
        "sources": list(work.sources),
        "fields": dict(work.fields),
    }


def _name(name: Name) -> dict[str, str | None]:
    parts = ("family", "given", "particle", "suffix", "literal")
    return {part: getattr(name, part) or None for part in parts}


def _arxiv(work: Work) -> dict[str, object] | None:
    if work.arxiv is None:
        return None
    return {
        "id": work.arxiv.number,
        "version": work.record.version if work.record is not None else work.arxiv.version,
        "categories": list(work.categories),
        "primary": work.categories[0] if work.categories else None,
    }
