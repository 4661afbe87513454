"""The works that words may mean, for a person to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from bibtools.identify.loosely import has_words, plain_searches
from bibtools.lock import Lock
from bibtools.model import ArxivId, Mention, Query, Record, Resolution
from bibtools.workflow.asking import Asker

MOST = 9  # a choice of one figure


def offers(
    mention: Mention, resolution: Resolution, held: Lock, asker: Asker, *, search: bool
) -> tuple[Record, ...]:
    """At most :data:`MOST` records that an unresolved mention may mean, the likeliest first.

    They are its candidates, and what came with them and has all of its title's words; where that is nothing, with
    `search` what a plain search by these words finds. ServiceError where the service is needed and cannot be used.
    """
    found = _records([candidate.id for candidate in resolution.candidates], held, asker)
    if mention.title:
        found += [record for record in asker.came.values() if has_words(mention.title, record.title)]
        for query in plain_searches(mention.title) if search and not found else ():
            found = found or list(asker.ask(query).records)
    return tuple({record.id: record for record in found}.values())[:MOST]


def _records(ids: Iterable[str], held: Lock, asker: Asker) -> list[Record]:
    """The records of ids, in their order; the service is asked for those that did not just come."""
    known = {i: held.records[i].record for i in ids if i in held.records} | asker.came
    missing = [i.removeprefix("arxiv:") for i in ids if i not in known and i.startswith("arxiv:")]
    if missing:
        known |= {record.id: record for record in asker.ask(Query(ids=tuple(map(ArxivId, missing)))).records}
    return [known[i] for i in ids if i in known]
