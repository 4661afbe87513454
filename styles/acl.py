"""The reference of the Association for Computational Linguistics, for papers at its conferences.

Source: `acl_natbib.bst` and the formatting guidelines of ACL publications (*References*): given names first, the
year behind the authors, titles as sentences; preprints are named as such with their arXiv id. A DOI is no text of
its own there but the title's link; the address of a page, a program, data is shown.
"""

from __future__ import annotations

from bibtools.plugins.phrases import Piece, arxiv_url, doi_url, italic, join, link, sentence
from bibtools.plugins.plain_body import PlainBody, other_archive, web_page
from bibtools.plugins.references import AuthorYearStyle
from bibtools.plugins.works import Work


class Style(AuthorYearStyle, PlainBody):
    """Authors. Year. Title. Where it appeared."""

    year_first = True
    small_titles = True

    def when(self, work: Work) -> Piece:
        """The year stands behind the authors."""
        return ""

    def title(self, work: Work, name: str = "title", *, small: bool | None = None) -> Piece:
        """The title, which leads to the work."""
        title = super().title(work, name, small=small)
        address = doi_url(work) if work.doi else "" if self.shows_address(work) else work.url
        return link(address, title) if name == "title" and title and address else title

    def shows_address(self, work: Work) -> bool:
        """Whether the address is all that says where the work is, and so a text of its own."""
        return bool(work.url) and not work.doi and not work.arxiv and work.kind not in ("article", "contribution")

    def links(self, work: Work) -> list[Piece]:
        """The arXiv id; of a preprint with the word that says what it is. The title has the other links."""
        if not work.arxiv:
            return [sentence(other_archive(work)), web_page(work) if self.shows_address(work) else ""]
        word = italic("Preprint") if work.kind == "preprint" else ""
        return [sentence(join(", ", word, link(arxiv_url(work), f"arXiv:{work.arxiv}")))]
