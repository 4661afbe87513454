"""The reference of the American Psychological Association, seventh edition.

Source: *Publication Manual of the APA* (2020), chapters 9 and 10: family names and initials, up to 20 authors
(else the first 19 and the last), an ampersand before the last, the year in parentheses, titles as sentences,
titles of wholes and volumes in italics, the DOI as an address without a full stop. A preprint has arXiv's own DOI.
"""

from __future__ import annotations

from pybtex.richtext import Text

from bibtools.plugins.phrases import (
    Piece,
    arxiv_url,
    doi_url,
    edition,
    initials_first,
    inverted_initials,
    italic,
    join,
    link,
    listed,
    numbered_pages,
    pages,
    sentence,
    wrap,
)
from bibtools.plugins.plain_body import kind_of, numbered, other_archive
from bibtools.plugins.references import AuthorYearStyle, dated
from bibtools.plugins.works import MONTH_NAMES, People, Work

_MOST, _SHOWN = 20, 19
_THESES = {"phdthesis": "Doctoral dissertation", "mathesis": "Master’s thesis"}
_WHAT = {"software": "Computer software", "dataset": "Data set"}
_WITH_DAY = ("online", "misc", "patent")


class Style(AuthorYearStyle):
    """Author (year). Title. Source."""

    small_titles = True

    def reference(self, work: Work, suffix: str = "") -> Piece:
        """One reference; a work without authors begins with its title."""
        heads = self.heads(work)
        date = sentence(wrap("(", self.date(work, suffix), ")"))
        title, source = self.title_and_source(work)
        begin = [sentence(heads), date, title] if heads else [title, date]
        return join(" ", *begin, *source, *self.links(work))

    def heads(self, work: Work) -> Piece:
        """The people a reference begins with."""
        people, role = work.heads
        written = authors(people)
        word = "(Eds.)" if len(people.names) > 1 or not people.complete else "(Ed.)"
        return join(" ", written, word) if role == "editor" else written

    def date(self, work: Work, suffix: str) -> Piece:
        """The year; of what has no volumes the month and day too."""
        begin, year = work.when.begin, dated(work, suffix)
        if work.kind not in _WITH_DAY or begin is None or not begin.month or work.when.end:
            return year
        return f"{year}, {MONTH_NAMES[begin.month - 1]}{f' {begin.day}' if begin.day else ''}"

    def title_and_source(self, work: Work) -> tuple[Piece, list[Piece]]:
        """The title as it is set, and what stands behind it."""
        of = {
            "article": self.article, "contribution": self.contribution, "book": self.book, "thesis": self.thesis,
            "report": self.report, "manual": self.report,
        }  # fmt: skip
        return of.get(work.kind, self.other)(work)

    def links(self, work: Work) -> list[Piece]:
        """The address, without a full stop, and the arXiv id of what has appeared elsewhere."""
        if work.kind == "preprint" and not work.doi:
            return [link(f"https://doi.org/10.48550/arXiv.{work.arxiv.number}" if work.arxiv else "")]
        shown = link(doi_url(work)) if work.doi else link(work.url) if work.url else ""
        arxiv = wrap("(", link(arxiv_url(work), f"arXiv:{work.arxiv}"), ")") if work.arxiv else ""
        return [shown, arxiv or wrap("(", other_archive(work), ")")]

    def article(self, work: Work) -> tuple[Piece, list[Piece]]:
        """In a journal; its name and volume are in italics."""
        number = wrap("(", work.text("number", "issue"), ")")
        volume = Text(italic(work.text("volume")), number)
        eid = wrap("Article ", work.text("eid"))
        journal = italic(self.title(work, "journaltitle", small=False))
        return sentence(self.title(work)), [sentence(journal, volume, eid or pages(work))]

    def contribution(self, work: Work) -> tuple[Piece, list[Piece]]:
        """In proceedings or a book."""
        word = "(Eds.)" if len(work.editors.names) > 1 or not work.editors.complete else "(Ed.)"
        editors = listed(work.editors, initials_first, last=", & ", two=" & ")
        volume = wrap("Vol. ", work.text("volume"))
        about = join(", ", edition(work, "ed."), volume, numbered_pages(work, "p. ", "pp. "))
        title = italic(self.title(work, "booktitle", small=work.entry_type != "inproceedings"))
        book = join(" ", title, wrap("(", about, ")"))
        inside = join(", ", join(" ", editors, word) if editors else "", book)
        publisher = sentence(work.text("publisher", "organization"))
        return sentence(self.title(work)), [wrap("In ", sentence(inside)), publisher]

    def book(self, work: Work) -> tuple[Piece, list[Piece]]:
        """A book of its own."""
        translators = listed(work.translators, initials_first, last=", & ", two=" & ")
        editors = People() if work.heads[1] == "editor" else work.editors
        word = ", Eds." if len(editors.names) > 1 or not editors.complete else ", Ed."
        edited = wrap("", listed(editors, initials_first, last=", & ", two=" & "), word)
        about = join("; ", edited, wrap("", translators, ", Trans."))
        part = [wrap("Chapter ", work.text("chapter")), numbered_pages(work, "p. ", "pp. ")]
        which = join(", ", edition(work, "ed."), wrap("Vol. ", work.text("volume")), *part)
        title = join(" ", italic(self.title(work)), wrap("(", about, ")"), wrap("(", which, ")"))
        return sentence(title), [sentence(work.text("publisher", "organization", "howpublished"))]

    def thesis(self, work: Work) -> tuple[Piece, list[Piece]]:
        """A thesis with its kind and university in brackets."""
        kind = kind_of(work, _THESES)
        about = join(", ", kind, work.text("institution", "school", "publisher"))
        return sentence(join(" ", italic(self.title(work)), wrap("[", about, "]"))), []

    def report(self, work: Work) -> tuple[Piece, list[Piece]]:
        """A report with its number."""
        kind = kind_of(work, otherwise="Report")
        about = join(", ", join(" No. ", kind, work.text("number")), edition(work, "ed."))
        title = join(" ", italic(self.title(work)), wrap("(", about, ")"))
        return sentence(title), [sentence(work.text("institution", "organization", "publisher"))]

    def other(self, work: Work) -> tuple[Piece, list[Piece]]:
        """Anything else: preprints, pages, software, data, patents."""
        version = wrap("Version ", work.text("version"))
        about = join(", ", numbered(work), version)
        what = wrap("[", _WHAT.get(work.kind, ""), "]")
        title = join(" ", italic(self.title(work)), wrap("(", about, ")"), what)
        where = sentence(
            italic(self.title(work, "journaltitle", small=False)),
            italic(self.title(work, "booktitle")),
            work.text("howpublished"),
            work.text("organization", "institution"),
            work.text("publisher"),
        )
        note = sentence(work.text("note"))
        return sentence(title), [where, note, sentence("arXiv") if work.kind == "preprint" else ""]


def authors(people: People) -> Piece:
    """The authors: an ampersand before the last, of more than 20 the first 19 and the last."""
    if len(people.names) > _MOST and people.complete:
        first = [inverted_initials(name) for name in people.names[:_SHOWN]]
        return join(", … ", join(", ", *first), inverted_initials(people.names[-1]))
    return listed(people, inverted_initials, last=", & ", most=_MOST, shown=_SHOWN, comma=True)
