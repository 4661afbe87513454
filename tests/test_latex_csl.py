from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools.latex.csl import from_csl, to_csl
from tests.test_latex_plain import HOSTILE

BOTH_WAYS = [
    pytest.param("{BERT} and {GPT-4}", '<span class="nocase">BERT</span> and <span class="nocase">GPT-4</span>',
                 id="case"),
    pytest.param(r"\emph{E.~coli} \textbf{b}", "<i>E. coli</i> <b>b</b>", id="emphasis"),
    pytest.param(r"H\textsubscript{2}O\textsuperscript{+}", "H<sub>2</sub>O<sup>+</sup>", id="above and below"),
    pytest.param(r"\textsc{Small}", '<span style="font-variant:small-caps;">Small</span>', id="small capitals"),
    pytest.param(r"a \textless{}i\textgreater{} b", "a <\u2060i> b", id="a tag that is none"),
    pytest.param(r"$\overbrace{x}^{q}$", r"$\overbrace{x}^{q}$", id="mathematics that only TeX says"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "csl"), BOTH_WAYS)
def test_both_ways(latex, csl):
    assert to_csl(latex, case=True) == csl
    assert from_csl(csl) == latex.replace("~", " ")


@pytest.mark.parametrize(
    ("csl", "latex"),
    [
        pytest.param("a <i>b", r"a \textless{}i\textgreater{}b", id="not closed"),
        pytest.param("a</span> b", r"a\textless{}/span\textgreater{} b", id="not opened"),
        pytest.param("<i>a <b>b</i> c</b>", r"\textless{}i\textgreater{}a \textbf{b\textless{}/i\textgreater{} c}",
                     id="crossed"),
        pytest.param("<em>a</em> < b", r"\emph{a} \textless{} b", id="other tags"),
        pytest.param(r"Schr{\"o}dinger <i>co</i>", r"Schr{\"o}dinger \emph{co}", id="pasted TeX"),
        pytest.param("", "", id="nothing"),
    ],
)  # fmt: skip
def test_from_csl(csl, latex):
    assert from_csl(csl) == latex


def test_braces_protect_case_in_titles_only():
    assert to_csl("{Springer}") == "Springer"
    assert to_csl("{A {B} c} {\\'E}t", case=True) == '<span class="nocase">A B c</span> Ét'


TAGS = st.sampled_from(
    ["<i>", "</i>", "<b>", "</span>", '<span class="nocase">', "\\emph{", "{", "}", "$", "\\textsubscript{", "_q"]
)


@settings(max_examples=1500)
@given(st.lists(HOSTILE | TAGS, max_size=6).map("".join))
def test_what_is_read_from_what_was_written_is_written_the_same(text):
    for first in (text, from_csl(text)):
        once = to_csl(first, case=True)
        assert to_csl(from_csl(once), case=True) == once
