"""BibTeX: `@misc` for a preprint, in one of three shapes.

`classic` shows the arXiv id in every style (`howpublished`), `modern` has arXiv's own shape (`url`), `scholar`
is the `@article` that Google Scholar gives. Measured over 24 styles; there is no shape that all of them show once.
"""

from __future__ import annotations

from bibtools.formats.dialects import arxiv_cite_as
from bibtools.model import EntryOptions, Record
from bibtools.render.fields import Draft, Rendered, category, journal_ref_problem


def render(record: Record, key: str, options: EntryOptions) -> Rendered:
    """The record as a BibTeX entry; year and month are the first version's."""
    draft = Draft(key, options)
    number, class_ = record.arxiv_number, category(record)
    draft.add("author", draft.authors(record))
    draft.add("title", draft.title(record))
    scholar = options.profile == "scholar" and number is not None
    if scholar:
        draft.add("journal", f"arXiv preprint arXiv:{draft.verbatim(number or '')}")
    _add_date(draft, record)
    if number is not None and options.profile == "classic":
        draft.add("howpublished", arxiv_cite_as(draft.verbatim(number), class_))
    if number is not None and options.profile == "modern":
        draft.add("url", f"https://arxiv.org/abs/{draft.verbatim(number)}")
    draft.add("doi", draft.doi(record))
    if number is not None and not scholar:
        draft.add("eprint", draft.verbatim(number))
        draft.add("archiveprefix", "arXiv")
        draft.add("primaryclass", class_)
    if options.abstract:
        draft.add("abstract", draft.encode(record.abstract))
    if record.journal_ref and options.prefer == "published":
        draft.problems.append(journal_ref_problem(record, key))
    return draft.finish("article" if scholar else "misc")


def _add_date(draft: Draft, record: Record) -> None:
    if record.published is None:
        return
    draft.add("year", f"{record.published.year:04d}")
    if record.published.month is not None:
        draft.add_month(record.published.month)
