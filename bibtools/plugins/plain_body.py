"""The reference of BibTeX's standard styles, from which plain, arxiv, author–year and ACL styles are made."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pybtex.richtext import Text

from bibtools.formats import dates
from bibtools.plugins.phrases import (
    Piece,
    american,
    arxiv_url,
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
from bibtools.plugins.references import ReferenceStyle, dated
from bibtools.plugins.richtext import Value, plain
from bibtools.plugins.works import MONTH_NAMES, People, When, Work, partial

KINDS = MappingProxyType(
    {
        "phdthesis": "PhD thesis", "mathesis": "Master’s thesis", "candthesis": "Candidate thesis",
        "bathesis": "Bachelor’s thesis", "techreport": "Technical Report", "resreport": "Research Report",
        "software": "Software", "datacd": "Data CD", "audiocd": "Audio CD", "patent": "Patent",
        "patentus": "US patent", "patenteu": "European patent", "patentde": "German patent",
        "patentfr": "French patent", "patentuk": "British patent", "patreq": "Patent request",
    }
)  # fmt: skip
"""What biblatex's words for the `type` of a work print (the biblatex manual, 4.9.2.13)."""


class PlainBody(ReferenceStyle):
    """Authors. Title. Where it appeared, when. Links."""

    year_first = False
    """Whether the year stands behind the authors, not at the end."""

    def reference(self, work: Work, suffix: str = "") -> Piece:
        """One reference."""
        return join(
            " ",
            sentence(self.heads(work)),
            sentence(dated(work, suffix)) if self.year_first else "",
            *self.body(work),
            sentence(work.text("note")),
            sentence(work.text("addendum")),
            *self.links(work),
        )

    def names(self, people: People) -> Piece:
        """A list of people."""
        return listed(people, natural, last=", and ", two=" and ")

    def heads(self, work: Work) -> Piece:
        """The people a reference begins with."""
        people, role = work.heads
        written = self.names(people)
        return join(", ", written, ("editors" if _several(people) else "editor") if role == "editor" else "")

    def when(self, work: Work) -> Piece:
        """The date where it stands at the end."""
        return month_year(work.when)

    def body(self, work: Work) -> list[Piece]:
        """Title, and where the work appeared."""
        of = {
            "article": self.article, "contribution": self.contribution, "book": self.book, "thesis": self.thesis,
            "report": self.report, "manual": self.report, "preprint": self.misc,
        }  # fmt: skip
        return of.get(work.kind, self.misc)(work)

    def article(self, work: Work) -> list[Piece]:
        """In a journal."""
        number = work.text("number", "issue")
        volume = Text(work.text("volume"), wrap("(", number, ")"))
        where = join(":", volume, pages(work)) if volume else wrap("pages ", pages(work))
        if not pages(work):
            where = join(":", volume, work.text("eid"))
        return [
            sentence(self.title(work)),
            sentence(italic(self.title(work, "journaltitle", small=False)), where, self.when(work)),
        ]

    def contribution(self, work: Work) -> list[Piece]:
        """In proceedings or a book."""
        editors = join(", ", self.names(work.editors), "editors" if _several(work.editors) else "editor")
        inside = sentence(
            editors if work.editors else "",
            italic(self.title(work, "booktitle", small=False)),
            *self.series(work),
            edition(work, "edition"),
            *self.part(work),
            work.text("location", "venue"),
            self.when(work),
        )
        publisher = sentence(work.text("organization"), work.text("publisher"))
        return [sentence(self.title(work)), wrap("In ", inside), publisher]

    def book(self, work: Work) -> list[Piece]:
        """A book of its own."""
        title = italic(self.title(work, small=False))
        editors = People() if work.heads[1] == "editor" else work.editors
        return [
            sentence(title, *self.series(work), *self.part(work)),
            sentence(wrap("Edited by ", self.names(editors))),
            sentence(wrap("Translated by ", self.names(work.translators))),
            sentence(
                work.text("publisher", "organization", "howpublished"),
                work.text("location"),
                edition(work, "edition"),
                self.when(work),
            ),
        ]

    def part(self, work: Work) -> list[Piece]:
        """Which part of a book: chapter and pages."""
        several = any(mark in pages(work) for mark in "–,")
        return [wrap("chapter ", work.text("chapter")), wrap("pages " if several else "page ", pages(work))]

    def thesis(self, work: Work) -> list[Piece]:
        """A thesis, of what kind and where."""
        kind = kind_of(work)
        school = work.text("institution", "school", "publisher")
        return [
            sentence(italic(self.title(work, small=False))),
            sentence(kind, school, work.text("location"), self.when(work)),
        ]

    def report(self, work: Work) -> list[Piece]:
        """A report or manual with its number."""
        kind = kind_of(work, otherwise="Technical Report")
        return [
            sentence(self.title(work), edition(work, "edition") if work.kind == "manual" else ""),
            sentence(
                "" if work.kind == "manual" else join(" ", kind, work.text("number")),
                work.text("institution", "organization", "publisher"),
                work.text("location"),
                self.when(work),
            ),
        ]

    def misc(self, work: Work) -> list[Piece]:
        """Anything else, as far as it goes."""
        return [
            sentence(self.title(work), wrap("version ", work.text("version"))),
            sentence(
                italic(self.title(work, "journaltitle", small=False)),
                wrap("in ", italic(self.title(work, "booktitle", small=False))),
                numbered(work),
                work.text("howpublished"),
                work.text("organization", "institution"),
                work.text("publisher"),
                self.when(work),
            ),
        ]

    def series(self, work: Work) -> list[Piece]:
        """`volume 3 of Series`, or as much of it as is known."""
        volume, series = work.text("volume"), italic(work.text("series"))
        number = "" if work.kind == "article" else work.text("number")
        if volume:
            return [join(" of ", Text("volume ", volume), series)]
        if number:
            return [join(" in ", Text("number ", number), series)]
        return [series]

    def links(self, work: Work) -> list[Piece]:
        """Where the work is found: DOI, arXiv, other archives, address."""
        return [
            sentence(link(doi_url(work))) if work.doi else "",
            sentence(arxiv_link(work)) if work.arxiv else sentence(other_archive(work)),
            web_page(work) if work.url and not work.doi else "",
        ]


def arxiv_link(work: Work) -> Piece:
    """The arXiv id with its category, as a link; an old id that begins with its category does not repeat it."""
    number = str(work.arxiv)
    category = "" if not work.category or number.startswith(f"{work.category}/") else f" [{work.category}]"
    return link(arxiv_url(work), f"arXiv:{number}{category}")


def other_archive(work: Work) -> Piece:
    """An id at another archive, as text."""
    return join(":", plain(work.get("eprinttype")), plain(work.get("eprint"))) if work.get("eprint") else ""


def web_page(work: Work) -> Piece:
    """The address, with the day on which it was visited if that is known."""
    visited = american(visit(work).begin, MONTH_NAMES)
    return sentence(join(" ", link(work.url), f"(visited on {visited})" if visited else ""))


def visit(work: Work) -> When:
    """When an address was visited."""
    found = dates.parse(work.get("urldate") or "")
    return When(begin=partial(found.start) if found else None)


def kind_of(work: Work, names: Mapping[str, str] = KINDS, otherwise: str = "") -> Piece:
    """What kind of report, thesis, patent, … a work is; `otherwise`, if it has a number but does not say."""
    said = work.get("type")
    if not said:
        return otherwise if work.get("number") else ""
    return names.get(said) or KINDS.get(said) or Value(said)


def numbered(work: Work) -> Piece:
    """Kind and number of a patent or of anything else that has one; those of a preprint say nothing."""
    if work.kind == "preprint":
        return ""
    return join(" ", kind_of(work, otherwise="Patent" if work.kind == "patent" else ""), work.text("number"))


def _several(people: People) -> bool:
    return len(people.names) > 1 or not people.complete
