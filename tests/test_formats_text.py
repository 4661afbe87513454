"""Plain text: exactly what comes out, and that it fits a mail."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools import formats
from bibtools.formats import Item
from bibtools.formats.references import sentence
from bibtools.formats.works import fit, plain
from bibtools.model import Entry, Field
from tests.readable import entries, items

EXPECTED = """\
[unlu2024true]
    Ágoston Çağlar Ünlü, Øyvind van der Maaten, and Gemma Team. 100% of x₁²
    & <script>alert(1)</script>: the true story of
    $\\mathrm{Ext}^{n}_{\\Lambda}(M, \\hat{N}^{*})$. arXiv:2401.00001 [cs.LG],
    J. Inv. 3 (2025) 14, 2024.
    https://arxiv.org/abs/2401.00001
    https://doi.org/10.1000/xyz

[author1999collisions]
    A. B. Author00, A. B. Author01, A. B. Author02, A. B. Author03, A. B.
    Author04, A. B. Author05, A. B. Author06, A. B. Author07, A. B.
    Author08, A. B. Author09 et al. Collisions at 7 TeV.
    arXiv:hep-th/9901001, 1999.
    https://arxiv.org/abs/hep-th/9901001

[young2007cycles]
    Ann Young, Ben Ágoston, and Clo de la Mare. On DNA Cycles & the
    Escherichia coli Clock. Journal of Invented Results 76(3–4), pp. 13–29,
    2007.
    https://doi.org/10.1000/jir_76.013(a)
    https://example.org/a_b?x=1&copy=2

[okoro2015minor]
    N. Okoro et al. Minor-Free Graphs of $\\sqrt[3]{n_i}$ Vertices. In
    Proceedings of the 7th Conference on Nothing, edited by Eve Editor and
    Otto Other, Lecture Notes 317, p. 5, Here: Made-Up Press, 2015–2016.

[manual]
    Ida Grace and Max Hopper (eds.) A Handbook: Of All Things. 2nd edition,
    Press, c. 1850.

[thesis]
    Martin King, Jr. Why? PhD thesis, University of X, in press.
"""


def test_references():
    made = formats.render(items("text"), "text")
    assert made.text.startswith(EXPECTED + "\n[report]\n")
    assert made.problems == ()


def test_a_text_without_blanks_is_wrapped_too():
    (item,) = (item for item in entries() if item.entry.key == "cjk")
    assert formats.render([item], "text").text == (
        "[cjk]\n    王小明. 关于没有空格的很长的标题以及它在纯文本中如何换行的研究和讨论以及\n"
        "    更多的内容为了超过一行. 2020.\n"
    )


def test_an_entry_that_says_nothing_a_reference_is_made_of():
    item = Item(entry=Entry(entry_type="index", key="k", fields=(Field("name", "a"), Field("parent", "b"))))
    assert formats.render([item], "text").text == "[k]\n    name: a; parent: b\n"


def test_nothing_comes_of_nothing():
    assert formats.render([], "text").text == ""


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs",)), max_size=60), max_size=5))
def test_lines_are_short_and_no_word_is_lost(words):
    title = " ".join(words)
    made = formats.render([Item(entry=Entry(entry_type="misc", key="k", fields=(Field("title", title),)))], "text")
    for line in made.text.splitlines():
        width = sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line if not unicodedata.combining(c))
        assert width <= 76 or len(line.split()) == 1, line
    shown = "".join(made.text.removeprefix("[k]\n").split())
    assert shown == "".join(sentence(plain(fit(title))).split())


@pytest.mark.parametrize("format", ["text", "markdown", "jsonl", "html"])
def test_the_same_input_gives_the_same_bytes(format):
    assert formats.render(items(format), format) == formats.render(items(format), format)
