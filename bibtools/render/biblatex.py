"""biblatex: `@online` with the eprint triple, which 13 of 15 styles print exactly once; a published paper is
`@article` or `@inproceedings`, with the same triple.

No `url`, no DOI of arXiv and no `pubstate`: each would be printed beside the eprint.
"""

from __future__ import annotations

from dataclasses import replace

from bibtools.model import EntryOptions, Record
from bibtools.render.fields import Draft, Rendered, category, journal_ref_problem, published_doi
from bibtools.render.published import add_venue, date_of, is_unread, publication_of


def render(record: Record, key: str, options: EntryOptions) -> Rendered:
    """The record as a biblatex entry; the date is the publication's, else the first version's.

    Profile `scholar` gives preprints the `@article` that styles show which print no eprint of an `@online`.
    """
    draft = Draft(key, options)
    publication = publication_of(record, options)
    number = record.arxiv_number
    scholar = options.profile == "scholar" and number is not None and publication is None
    draft.add("author", draft.authors(record))
    draft.add("title", draft.title(record))
    if publication is not None:
        if not publication.volume.isdecimal():  # biblatex's data model knows no other volumes, biber drops them
            named = publication.number or publication.volume
            publication = replace(publication, volume="", number=named)
        add_venue(draft, publication, journal="journaltitle")
        draft.add("pages", publication.pages)
        draft.add("eid", publication.eid)
        draft.add("date", str(date_of(publication)))
    else:
        if scholar:
            draft.add("journaltitle", f"arXiv preprint arXiv:{draft.verbatim(number or '')}")
        draft.add("date", str(record.published) if record.published is not None else "")
    draft.add("doi", draft.doi(published_doi(record) or (publication.doi if publication else "")))
    if number is not None and not scholar:
        draft.add("eprint", draft.verbatim(number))
        draft.add("eprinttype", "arxiv")
        draft.add("eprintclass", category(record))
    if options.abstract:
        draft.add("abstract", draft.encode(record.abstract))
    if is_unread(record, options, publication):
        draft.problems.append(journal_ref_problem(record, key))
    if publication is not None:
        return draft.finish(publication.entry_type)
    return draft.finish(_entry_type(record, scholar=scholar))


def _entry_type(record: Record, *, scholar: bool) -> str:
    if scholar:
        return "article"
    return "online" if record.arxiv_number is not None else "misc"
