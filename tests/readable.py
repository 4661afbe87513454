"""Invented works of all kinds, with the habits of real ones, for the formats that people read."""

from __future__ import annotations

from bibtools import bibfile, render
from bibtools.formats import Item
from bibtools.model import EntryOptions, Name, PartialDate, Record

BIB = r"""
@article{young2007cycles,
  author  = {Young, Ann and {\'A}goston, Ben and de la Mare, Clo},
  title   = {On {DNA} Cycles \& the \emph{Escherichia coli} Clock},
  journal = {Journal of Invented Results},
  year    = 2007, month = mar,
  volume  = {76}, number = {3--4}, pages = {13--29},
  doi     = {10.1000/jir_76.013(a)},
  url     = {https://example.org/a\_b?x=1&copy=2},
}
@inproceedings{okoro2015minor,
  author    = {Okoro, N. and others},
  title     = {Minor-Free Graphs of $\sqrt[3]{n_i}$ {V}ertices},
  booktitle = {Proceedings of the 7th Conference on Nothing},
  editor    = {Editor, Eve and Other, Otto},
  series    = {Lecture Notes}, number = {317}, pages = {5},
  publisher = {Made-Up Press}, address = {Here},
  date      = {2015-07/2016-01},
}
@book{manual,
  editor    = {Grace, Ida and Hopper, Max},
  title     = {A Handbook}, subtitle = {Of All Things},
  edition   = {2}, publisher = {Press}, year = {1850~},
}
@phdthesis{thesis, author = {King, Jr., Martin}, title = {Why?}, school = {University of X}, year = {in press}}
@techreport{report, author = {{Research \& Development Team}}, title = {Report!}, institution = {Lab},
  number = {TR-1}, year = {1999}, month = {Spring}}
@software{tool, author = {Doe, Jo}, title = {The 1. tool_kit}, version = {2.1},
  howpublished = {\url{https://x.example/~doe}}}
@misc{bare, note = {A note that is all there is}}
@online{eprint, author = {Li, Wei}, title = {Copied}, eprint = {math.GT/0309136},
  archiveprefix = {arXiv}, year = {2003}}
@misc{dash, author = {# 1. Team, -}, title = {\texttt{code} * [x] <b> $5 & $10 `quoted'}, date = {1999/..}}
@unpublished{cjk, author = {王, 小明}, year = {2020},
  title = {关于没有空格的很长的标题以及它在纯文本中如何换行的研究和讨论以及更多的内容为了超过一行}}
"""

RECORDS = (
    Record(
        id="arxiv:2401.00001",
        title="100% of $x_1^2$ & <script>alert(1)</script>: the \\textit{true} story of "
        "$\\mathrm{Ext}^{n}_{\\Lambda}(M, \\hat{N}^{*})$",
        authors=(
            Name(family="Çağlar Ünlü", given="Ágoston"),
            Name(family="Maaten", particle="van der", given="Øyvind"),
            Name(literal="Gemma Team"),
        ),
        abstract="We show $\\frac{a}{b} \\le \\sum_{i=1}^{n} x_i$ and more — “quoted”, naïve_name, 50\\%.",
        version=3,
        published=PartialDate(2024, 1, 2),
        categories=("cs.LG", "cs.CL"),
        primary_category="cs.LG",
        comment="12 pages, 50% figures",
        dois=("10.1000/xyz",),
        journal_ref="J. Inv. 3 (2025) 14",
    ),
    Record(
        id="arxiv:hep-th/9901001",
        title="Collisions at 7 TeV",
        authors=tuple(Name(family=f"Author{number:02}", given="A. B.") for number in range(15)),
        authors_complete=False,
        abstract="Short.",
        version=1,
        published=PartialDate(1999, 1, 1),
        categories=("hep-th",),
        primary_category="hep-th",
    ),
)
KEYS = {"arxiv:2401.00001": "unlu2024true", "arxiv:hep-th/9901001": "author1999collisions"}
SOURCES = {"arxiv:2401.00001": ("notes/a b.md", "papers.txt"), "arxiv:hep-th/9901001": ("papers.txt",)}


def entries(text: str = BIB) -> list[Item]:
    """The entries of a `.bib` as items that no record is known of."""
    bib = bibfile.parse(text)
    macros = bibfile.macros(bib)
    return [Item(entry=bibfile.entry_of(block, bib.text, macros)) for block in bibfile.entry_blocks(bib)]


def entry(text: str) -> Item:
    """The only entry of a text."""
    (item,) = entries(text)
    return item


def items(format: str) -> list[Item]:
    """All of them, as items of a document in `format`."""
    known = [render.item_of(r, KEYS[r.id], format, EntryOptions(), SOURCES[r.id])[0] for r in RECORDS]
    return [*known, *entries()]
