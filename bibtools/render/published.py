"""The fields of a published paper, where arXiv says where it was published and we can read it.

Journals have their full name, which styles may abbreviate and no style can spell out; proceedings have their
official title, and the series they are a volume of. The shape is the same in all profiles: a reader finds a
published paper by its journal and DOI, so the styles' trouble with the ids of preprints is none here, and the
eprint triple still leads to the free copy. There is no `url` beside it, which would be a second way to arXiv.

`@article` of BibTeX has no `eid`: the number of an article stands in `pages`, as publishers and databases give it.
Standard BibTeX styles take the volume of a series or its number, never both; the grammar gives no number there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibtools.model import Entry, EntryOptions, PartialDate, Record
from bibtools.render.fields import Draft

if TYPE_CHECKING:
    from bibtools.publication import Publication

PLACE_FIELDS = frozenset(
    ("journal", "journaltitle", "booktitle", "series", "volume", "number", "pages", "eid", "year", "month", "date")
)
"""The fields that say where and when a paper was published."""


def publication_of(record: Record, options: EntryOptions) -> Publication | None:
    """The publication to show, if the settings want one and arXiv's words for it are understood."""
    if not record.journal_ref or record.published is None or options.prefer != "published":
        return None
    from bibtools import publication  # late: its tables are needed by few runs

    return publication.parse(record.journal_ref, first_year=record.published.year)


def is_unread(record: Record, options: EntryOptions, publication: Publication | None) -> bool:
    """Whether there are words about a publication that the entry does not show."""
    return bool(record.journal_ref) and options.prefer == "published" and publication is None


def shows_publication(entry: Entry) -> bool:
    """Whether an entry that we rendered is that of a publication, not of a preprint."""
    journal = entry.get("journal") or entry.get("journaltitle") or ""
    return entry.entry_type in ("article", "inproceedings") and not journal.startswith("arXiv ")


def add_venue(draft: Draft, publication: Publication, *, journal: str) -> None:
    """Journal (in the field `journal`) or proceedings, series, volume and number."""
    name = "booktitle" if publication.entry_type == "inproceedings" else journal
    draft.add(name, draft.encode(publication.venue))
    draft.add("series", draft.encode(publication.series))
    draft.add("volume", draft.encode(publication.volume))
    draft.add("number", draft.encode(publication.number))


def date_of(publication: Publication) -> PartialDate:
    """When it was published."""
    return PartialDate(publication.year, publication.month)
