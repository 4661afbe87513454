"""The reference of IEEE's journals and conferences.

Source: *IEEE Reference Guide* (IEEE Publishing Operations, 2023), section II: initials first, more than six
authors as the first *et al.*, titles of parts in quotation marks with the comma inside, titles of wholes in
italics, abbreviated months, `doi:` at the end, no full stop behind an address.
"""

from __future__ import annotations

from pybtex.richtext import Text

from bibtools.plugins.phrases import (
    Piece,
    american,
    arxiv_url,
    doi_url,
    edition,
    initials_first,
    italic,
    join,
    link,
    listed,
    month_year,
    numbered_pages,
    quoted,
    sentence,
    wrap,
)
from bibtools.plugins.plain_body import kind_of, numbered, other_archive, visit
from bibtools.plugins.references import ReferenceStyle
from bibtools.plugins.works import People, Work

MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sep.", "Oct.", "Nov.", "Dec.")
_MOST = 6
_THESES = {"phdthesis": "Ph.D. dissertation", "mathesis": "M.S. thesis"}
_REPORTS = {"techreport": "Tech. Rep.", "resreport": "Res. Rep."}


class Style(ReferenceStyle):
    """Numbered, in the order of citation."""

    small_titles = True

    def reference(self, work: Work, suffix: str = "") -> Piece:
        """One reference."""
        heads = self.heads(work)
        of = {
            "article": self.article, "contribution": self.contribution, "book": self.book, "thesis": self.thesis,
            "report": self.report, "manual": self.book, "preprint": self.preprint, "patent": self.patent,
        }.get(work.kind, self.online)  # fmt: skip
        return self.ended(work, of(work, heads))

    def ended(self, work: Work, said: Piece) -> Piece:
        """What was said, with the links behind it."""
        doi = Text("doi: ", link(doi_url(work), work.doi)) if work.doi else ""
        arxiv = link(arxiv_url(work), f"arXiv:{work.arxiv}") if work.arxiv and work.kind != "preprint" else ""
        said = join(", ", said, work.text("note"), doi, arxiv or other_archive(work))
        if str(said).endswith(",”"):
            said = Text(said[:-2], ".”")
        if not work.url or work.doi:
            return sentence(said)
        visited = american(visit(work).begin, MONTHS)
        accessed = f"Accessed: {visited}." if visited else ""
        return join(" ", sentence(said), accessed, "[Online]. Available:", link(work.url))

    def names(self, people: People) -> Piece:
        """A list of people."""
        return listed(people, initials_first, last=", and ", two=" and ", most=_MOST, others=italic("et al."))

    def heads(self, work: Work) -> Piece:
        """The people a reference begins with."""
        people, role = work.heads
        return self.editors(people) if role == "editor" else self.names(people)

    def editors(self, people: People) -> Piece:
        """Editors, who are said to be some."""
        word = "Eds." if len(people.names) > 1 or not people.complete else "Ed."
        return join(", ", self.names(people), word) if people else ""

    def quoted_title(self, work: Work, heads: Piece) -> Piece:
        """Authors and title of a part, with the comma that belongs inside."""
        return join(", ", heads, quoted(self.title(work), ","))

    def article(self, work: Work, heads: Piece) -> Piece:
        """In a journal."""
        where = join(
            ", ",
            italic(self.title(work, "journaltitle", small=False)),
            wrap("vol. ", work.text("volume")),
            wrap("no. ", work.text("number", "issue")),
            numbered_pages(work, "p. ", "pp. "),
            month_year(work.when, MONTHS),
            wrap("Art. no. ", work.text("eid")),
        )
        return join(" ", self.quoted_title(work, heads), where)

    def contribution(self, work: Work, heads: Piece) -> Piece:
        """In proceedings, or a chapter of a book."""
        book = wrap("in ", italic(self.title(work, "booktitle", small=False)))
        series = join(", ", wrap("ser. ", work.text("series")), wrap("vol. ", work.text("volume")))
        head = join(", ", book, series, edition(work, "ed."), self.editors(work.editors))
        place, publisher = work.text("location", "venue"), work.text("publisher")
        when = month_year(work.when, MONTHS) if work.entry_type == "inproceedings" else work.when.year
        end = [wrap("ch. ", work.text("chapter")), numbered_pages(work, "p. ", "pp. ")]
        tail = join(", ", join(": ", place, publisher), when, *end)
        return join(" ", self.quoted_title(work, heads), join(". " if publisher else ", ", head, tail))

    def book(self, work: Work, heads: Piece) -> Piece:
        """A book of its own, or a manual."""
        title = italic(self.title(work, small=False))
        series = join(", ", wrap("ser. ", work.text("series")), wrap("vol. ", work.text("volume")))
        made = join(": ", work.text("location"), work.text("publisher", "organization", "institution"))
        editors = "" if work.heads[1] == "editor" else self.editors(work.editors)
        head = join(", ", heads, title, series, edition(work, "ed."), editors)
        part = [wrap("ch. ", work.text("chapter")), numbered_pages(work, "p. ", "pp. ")]
        return join(". ", head, join(", ", made, work.text("howpublished"), work.when.year, *part))

    def thesis(self, work: Work, heads: Piece) -> Piece:
        """A thesis."""
        kind = kind_of(work, _THESES)
        school = work.text("institution", "school", "publisher")
        where = join(", ", kind, school, work.text("location"), work.when.year)
        return join(" ", self.quoted_title(work, heads), where)

    def report(self, work: Work, heads: Piece) -> Piece:
        """A report."""
        kind = kind_of(work, _REPORTS, "Rep.")
        where = join(
            ", ",
            work.text("institution", "organization", "publisher"),
            work.text("location"),
            join(" ", kind, work.text("number")),
            month_year(work.when, MONTHS),
        )
        return join(" ", self.quoted_title(work, heads), where)

    def preprint(self, work: Work, heads: Piece) -> Piece:
        """A paper that is at arXiv alone."""
        number = link(arxiv_url(work), italic(f"arXiv:{work.arxiv}"))
        said = join(", ", work.text("howpublished"), work.text("eventtitle"), work.when.year, number)
        return join(" ", self.quoted_title(work, heads), said)

    def patent(self, work: Work, heads: Piece) -> Piece:
        """A patent with its number and day."""
        said = join(", ", numbered(work), american(work.when.begin, MONTHS) or work.when.year)
        return join(" ", self.quoted_title(work, heads), said)

    def online(self, work: Work, heads: Piece) -> Piece:
        """Anything else: pages, software, data, what is unpublished."""
        where = join(
            ", ",
            italic(self.title(work, "journaltitle", small=False)),
            wrap("in ", italic(self.title(work, "booktitle", small=False))),
            wrap("version ", work.text("version")),
            numbered(work),
            work.text("howpublished"),
            work.text("organization", "institution"),
            work.text("publisher"),
            month_year(work.when, MONTHS),
        )
        return join(" ", self.quoted_title(work, heads), where)
