"""Author and year, as natbib cites them: in the order of the alphabet, the first author's family name first.

Works of the same authors and year are told apart by letters. In LaTeX the labels are natbib's own. Source: the
natbib manual, section 2.
"""

from __future__ import annotations

from bibtools.plugins.phrases import Piece, inverted, join, listed, natural
from bibtools.plugins.plain_body import PlainBody
from bibtools.plugins.references import AuthorYearStyle
from bibtools.plugins.works import People, Work


class Style(AuthorYearStyle, PlainBody):
    """Labels of author and year."""

    year_first = True
    small_titles = True

    def heads(self, work: Work) -> Piece:
        """The people a reference begins with, the first by the family name."""
        people, role = work.heads
        written = listed(people, natural, last=", and ", first=inverted)
        several = len(people.names) > 1 or not people.complete
        return join(", ", written, ("editors" if several else "editor") if role == "editor" else "")

    def names(self, people: People) -> Piece:
        """A list of people inside a reference."""
        return listed(people, natural, last=", and ", two=" and ")

    def when(self, work: Work) -> Piece:
        """The year stands behind the authors."""
        return ""
