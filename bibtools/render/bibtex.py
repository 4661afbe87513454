"""BibTeX: `@misc` for a preprint, in one of three shapes; `@article` or `@inproceedings` for a published paper.

`classic` shows the arXiv id in every style (`howpublished`), `modern` has arXiv's own shape (`url`), `scholar`
is the `@article` that Google Scholar gives. Measured over 24 styles; there is no shape that all of them show once.
"""

from __future__ import annotations

from bibtools.formats.dialects import arxiv_cite_as
from bibtools.model import EntryOptions, PartialDate, Record
from bibtools.render.fields import Draft, Rendered, category, journal_ref_problem, published_doi
from bibtools.render.published import add_venue, date_of, is_unread, publication_of


def render(record: Record, key: str, options: EntryOptions) -> Rendered:
    """The record as a BibTeX entry; year and month are the publication's, else the first version's."""
    draft = Draft(key, options)
    publication = publication_of(record, options)
    number, class_ = record.arxiv_number, category(record)
    draft.add("author", draft.authors(record))
    draft.add("title", draft.title(record))
    scholar = options.profile == "scholar" and number is not None and publication is None
    if publication is not None:
        add_venue(draft, publication, journal="journal")
        draft.add("pages", publication.pages or publication.eid)
        _add_date(draft, date_of(publication))
    else:
        if scholar:
            draft.add("journal", f"arXiv preprint arXiv:{draft.verbatim(number or '')}")
        _add_date(draft, record.published)
        _add_place(draft, number, class_)
    draft.add("doi", draft.doi(published_doi(record) or (publication.doi if publication else "")))
    if number is not None and not scholar:
        draft.add("eprint", draft.verbatim(number))
        draft.add("archiveprefix", "arXiv")
        draft.add("primaryclass", class_)
    if options.abstract:
        draft.add("abstract", draft.encode(record.abstract))
    if is_unread(record, options, publication):
        draft.problems.append(journal_ref_problem(record, key))
    if publication is not None:
        return draft.finish(publication.entry_type)
    return draft.finish("article" if scholar else "misc")


def _add_place(draft: Draft, number: str | None, class_: str) -> None:
    """Where styles that know no eprint find the id of a preprint."""
    if number is not None and draft.options.profile == "classic":
        draft.add("howpublished", arxiv_cite_as(draft.verbatim(number), class_))
    if number is not None and draft.options.profile == "modern":
        draft.add("url", f"https://arxiv.org/abs/{draft.verbatim(number)}")


def _add_date(draft: Draft, date: PartialDate | None) -> None:
    if date is None:
        return
    draft.add("year", f"{date.year:04d}")
    if date.month is not None:
        draft.add_month(date.month)
