"""The reference of Nature and its sister journals.

Source: Nature, *Formatting guide*, "References": family names and initials, more than five authors as the first
*et al.*, an ampersand before the last, titles as sentences, journals in italics, volumes bold, the year in
parentheses at the end, preprints by their address.
"""

from __future__ import annotations

from pybtex.richtext import Text

from bibtools.plugins.phrases import (
    Piece,
    arxiv_url,
    bold,
    doi_url,
    edition,
    inverted_initials,
    italic,
    join,
    link,
    listed,
    pages,
    sentence,
    wrap,
)
from bibtools.plugins.plain_body import kind_of, numbered, other_archive
from bibtools.plugins.references import ReferenceStyle
from bibtools.plugins.works import People, Work

_MOST = 5


class Style(ReferenceStyle):
    """Numbered, in the order of citation."""

    small_titles = True
    label_shape = "{}."

    def reference(self, work: Work, suffix: str = "") -> Piece:
        """One reference."""
        heads = self.heads(work)
        of = {
            "article": self.article, "contribution": self.contribution, "book": self.book, "manual": self.book,
            "thesis": self.thesis, "preprint": self.preprint,
        }.get(work.kind, self.other)  # fmt: skip
        said = of(work, heads)
        arxiv = link(arxiv_url(work), f"arXiv:{work.arxiv}") if work.arxiv and work.kind != "preprint" else ""
        doi = link(doi_url(work)) if work.doi else ""
        return join(" ", sentence(said), sentence(work.text("note")), sentence(doi),
                    sentence(arxiv or other_archive(work)))  # fmt: skip

    def names(self, people: People) -> Piece:
        """A list of people."""
        most = _MOST if people.complete else 1
        return listed(people, inverted_initials, last=" & ", most=most, others=italic("et al."), comma=False)

    def heads(self, work: Work) -> Piece:
        """The people a reference begins with."""
        people, role = work.heads
        if role != "editor":
            return self.names(people)
        word = "(eds)" if len(people.names) > 1 or not people.complete else "(ed.)"
        return join(" ", self.names(people), word)

    def year(self, work: Work) -> Piece:
        """The year in parentheses."""
        return wrap("(", work.when.year, ")")

    def made(self, work: Work) -> Piece:
        """Publisher and year in parentheses."""
        publisher = work.text("publisher", "organization", "institution")
        return wrap("(", join(", ", publisher, work.text("location"), work.when.year), ")")

    def article(self, work: Work, heads: Piece) -> Piece:
        """In a journal."""
        place = join(", ", bold(work.text("volume")), pages(work) or work.text("eid"))
        where = join(" ", italic(self.title(work, "journaltitle", small=False)), place, self.year(work))
        return join(" ", sentence(heads), sentence(self.title(work)), where)

    def contribution(self, work: Work, heads: Piece) -> Piece:
        """In proceedings or a book."""
        word = "eds" if len(work.editors.names) > 1 or not work.editors.complete else "ed."
        editors = wrap(f"({word} ", self.names(work.editors), ")") if work.editors else ""
        series = join(" ", work.text("series"), wrap("Vol. ", work.text("volume")))
        title = italic(self.title(work, "booktitle", small=False))
        book = join(" ", title, edition(work, "edn"), series)
        chapter = "" if pages(work) else wrap("Ch. ", work.text("chapter"))
        inside = join(" ", book, editors, chapter or pages(work), self.made(work))
        return join(" ", sentence(heads), sentence(self.title(work)), wrap("In ", inside))

    def book(self, work: Work, heads: Piece) -> Piece:
        """A book of its own, or a manual."""
        volume = wrap("Vol. ", work.text("volume"))
        title = join(" ", italic(self.title(work, small=False)), edition(work, "edn"), volume)
        part = pages(work) or wrap("Ch. ", work.text("chapter"))
        return join(" ", sentence(heads), join(" ", title, part, self.made(work)))

    def thesis(self, work: Work, heads: Piece) -> Piece:
        """A thesis."""
        kind = kind_of(work)
        where = join(", ", kind, work.text("institution", "school", "publisher"))
        return join(" ", sentence(heads), sentence(italic(self.title(work))), join(" ", where, self.year(work)))

    def preprint(self, work: Work, heads: Piece) -> Piece:
        """A paper that is at arXiv alone."""
        at = Text("Preprint at ", link(arxiv_url(work)))
        return join(" ", sentence(heads), sentence(self.title(work)), join(" ", at, self.year(work)))

    def other(self, work: Work, heads: Piece) -> Piece:
        """Anything else: reports, pages, software, data, patents."""
        where = join(
            ", ",
            italic(self.title(work, "journaltitle", small=False)),
            wrap("in ", italic(self.title(work, "booktitle", small=False))),
            numbered(work),
            work.text("howpublished"),
        )
        title = join(", ", self.title(work), wrap("version ", work.text("version")))
        publisher = work.text("publisher", "organization", "institution")
        address = link(work.url) if work.url and not work.doi else ""
        end = wrap("(", join(", ", publisher, work.when.year), ")")
        return join(" ", sentence(heads), sentence(title), join(" ", where, address, end))
