"""biblatex: `@online` with the eprint triple, which 13 of 15 styles print exactly once.

No `url`, no DOI of arXiv and no `pubstate`: each would be printed beside the eprint.
"""

from __future__ import annotations

from bibtools.model import EntryOptions, Record
from bibtools.render.fields import Draft, Rendered, category, journal_ref_problem


def render(record: Record, key: str, options: EntryOptions) -> Rendered:
    """The record as a biblatex entry; the date is the first version's.

    Profile `scholar` gives the `@article` that styles show which print no eprint of an `@online`.
    """
    draft = Draft(key, options)
    number = record.arxiv_number
    scholar = options.profile == "scholar" and number is not None
    draft.add("author", draft.authors(record))
    draft.add("title", draft.title(record))
    if scholar:
        draft.add("journaltitle", f"arXiv preprint arXiv:{draft.verbatim(number or '')}")
    if record.published is not None:
        draft.add("date", str(record.published))
    draft.add("doi", draft.doi(record))
    if number is not None and not scholar:
        draft.add("eprint", draft.verbatim(number))
        draft.add("eprinttype", "arxiv")
        draft.add("eprintclass", category(record))
    if options.abstract:
        draft.add("abstract", draft.encode(record.abstract))
    if record.journal_ref and options.prefer == "published":
        draft.problems.append(journal_ref_problem(record, key))
    return draft.finish(_entry_type(record, scholar=scholar))


def _entry_type(record: Record, *, scholar: bool) -> str:
    if scholar:
        return "article"
    return "online" if record.arxiv_number is not None else "misc"
