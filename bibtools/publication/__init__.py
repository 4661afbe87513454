"""arXiv's `journal_ref` → the publication it names, by a strict grammar.

The text is free: authors write it. It is read only where every token is understood, the journal or meeting is in
our tables (or cannot be anything else), and the year is plausible. What is not read stays as it is: no field is
guessed, since a wrong volume is worse than none. The tables are imported when the first text is read.
"""

from __future__ import annotations

from bibtools.publication.values import Publication

__all__ = ["Publication", "parse"]

_LONGEST = 400


def parse(journal_ref: str, *, first_year: int) -> Publication | None:
    """The publication that `journal_ref` names; None where anything in it is not understood.

    `first_year` is that of the paper's first version: a publication more than a year before it or more than eight
    years after it is another one.

    >>> parse("Phys.Rev.D76:013039,2007", first_year=2007)
    Publication(entry_type='article', venue='Physical Review D', year=2007, series='', volume='76', number='', \
pages='', eid='013039', month=None, doi='')
    >>> parse("to appear in Phys. Rev. D", first_year=2007)
    """
    if len(journal_ref) > _LONGEST:
        return None
    from bibtools.publication.reading import read

    return read(journal_ref, first_year)
