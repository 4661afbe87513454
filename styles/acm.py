"""The ACM Reference Format.

Source: ACM, *Citation Style and Reference Formats*, and `ACM-Reference-Format.bst`: full names, the year behind
them, titles as they are, `volume, number (month year), pages`, numbers in the order of the alphabet.
"""

from __future__ import annotations

import re

from bibtools.plugins.phrases import (
    Piece,
    american,
    doi_url,
    edition,
    italic,
    join,
    link,
    listed,
    month_year,
    natural,
    pages,
    sentence,
    wrap,
)
from bibtools.plugins.plain_body import arxiv_link, kind_of, numbered, other_archive, visit
from bibtools.plugins.references import ReferenceStyle, dated
from bibtools.plugins.works import MONTH_NAMES, People, Work

SHORT_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_THESES = {"phdthesis": "Ph.D. Dissertation", "mathesis": "Master’s thesis"}


def _edition(work: Work) -> str:
    """The edition as ACM writes it: `2nd. ed.`"""
    return re.sub(r"(\d(?:st|nd|rd|th)) ", r"\1. ", edition(work, "ed."))


class Style(ReferenceStyle):
    """Numbered, in the order of the alphabet."""

    alphabetic = True

    def reference(self, work: Work, suffix: str = "") -> Piece:
        """One reference."""
        of = {
            "article": self.article, "contribution": self.contribution, "book": self.book, "thesis": self.thesis,
            "report": self.report, "manual": self.book,
        }.get(work.kind, self.misc)  # fmt: skip
        return join(
            " ",
            sentence(self.heads(work)),
            sentence(dated(work, suffix)),
            *of(work),
            sentence(work.text("note")),
            *self.links(work),
        )

    def names(self, people: People) -> Piece:
        """A list of people."""
        return listed(people, natural, last=", and ", two=" and ")

    def heads(self, work: Work) -> Piece:
        """The people a reference begins with."""
        people, role = work.heads
        return self.editors(people) if role == "editor" else self.names(people)

    def editors(self, people: People) -> Piece:
        """Editors, who are said to be some."""
        word = "(Eds.)" if len(people.names) > 1 or not people.complete else "(Ed.)"
        return join(" ", self.names(people), word) if people else ""

    def links(self, work: Work) -> list[Piece]:
        """arXiv, DOI, or the address with the day of the visit."""
        visited = american(visit(work).begin, MONTH_NAMES)
        retrieved = f"Retrieved {visited} from" if visited else "Retrieved from"
        return [
            arxiv_link(work) if work.arxiv else sentence(other_archive(work)),
            link(doi_url(work)) if work.doi else "",
            join(" ", retrieved, link(work.url)) if work.url and not work.doi else "",
        ]

    def article(self, work: Work) -> list[Piece]:
        """In a journal."""
        number = wrap("Article ", work.text("eid"))
        date = month_year(work.when, SHORT_MONTHS)
        volume = join(", ", work.text("volume"), work.text("number", "issue"), number)
        where = join(" ", italic(self.title(work, "journaltitle")), volume, wrap("(", date, ")"))
        return [sentence(self.title(work)), sentence(where, pages(work))]

    def contribution(self, work: Work) -> list[Piece]:
        """In proceedings or a book."""
        series = join(", ", work.text("series"), wrap("Vol. ", work.text("volume")))
        book = italic(self.title(work, "booktitle"))
        whole = join(", ", join(" ", book, wrap("(", _edition(work), ")"), wrap("(", series, ")")))
        inside = join(", ", whole, work.text("venue"), self.editors(work.editors))
        made = sentence(
            work.text("organization"),
            work.text("publisher"),
            work.text("location"),
            wrap("Chapter ", work.text("chapter")),
            pages(work),
        )
        return [sentence(self.title(work)), wrap("In ", sentence(inside)), made]

    def book(self, work: Work) -> list[Piece]:
        """A book of its own, or a manual."""
        title = join(" ", italic(self.title(work)), wrap("(", _edition(work), ")"))
        editors = "" if work.heads[1] == "editor" else self.editors(work.editors)
        return [
            sentence(title, editors),
            sentence(work.text("series"), wrap("Vol. ", work.text("volume"))),
            sentence(work.text("publisher", "organization", "institution", "howpublished"), work.text("location")),
        ]

    def thesis(self, work: Work) -> list[Piece]:
        """A thesis."""
        kind = kind_of(work, _THESES)
        school = work.text("institution", "school", "publisher")
        return [sentence(italic(self.title(work))), sentence(kind), sentence(school, work.text("location"))]

    def report(self, work: Work) -> list[Piece]:
        """A report."""
        kind = kind_of(work, otherwise="Technical Report")
        return [
            sentence(italic(self.title(work))),
            sentence(join(" ", kind, work.text("number"))),
            sentence(work.text("institution", "organization", "publisher"), work.text("location")),
        ]

    def misc(self, work: Work) -> list[Piece]:
        """Anything else: preprints, pages, software, data, patents."""
        title = self.title(work)
        return [
            sentence(italic(title) if work.kind in ("software", "dataset") else title),
            sentence(wrap("Version ", work.text("version"))),
            sentence(
                italic(self.title(work, "journaltitle")),
                wrap("In ", italic(self.title(work, "booktitle"))),
                numbered(work),
                work.text("howpublished"),
                work.text("organization", "institution"),
                work.text("publisher"),
            ),
        ]
