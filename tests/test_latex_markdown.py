from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools.latex.markdown import from_markdown, to_markdown
from tests.test_clients import output_of
from tests.test_latex_plain import HOSTILE
from tests.typesetting import needs

BOTH_WAYS = [
    pytest.param("{BERT} and {GPT-4}", "[BERT]{.nocase} and [GPT-4]{.nocase}", id="case"),
    pytest.param(r"\emph{A} \textbf{b}", "*A* **b**", id="emphasis"),
    pytest.param(r"\emph{A \textbf{b}}", "*A **b***", id="nested"),
    pytest.param(r"\textbf{A \emph{b}}", "**A *b***", id="nested the other way"),
    pytest.param(r"H\textsubscript{2}O\textsuperscript{a b}", "H~2~O^a\\ b^", id="above and below"),
    pytest.param(r"\textsc{Small}", "[Small]{.smallcaps}", id="small capitals"),
    pytest.param(r"$x_1 \leq 2$", r"$x_1 \leq 2$", id="mathematics"),
    pytest.param(r"a\_b * \$5 \textless{}i\textgreater{} \#1", r"a\_b \* \$5 \<i\> \#1", id="literal"),
    pytest.param("1984. A novel", r"1984\. A novel", id="no list"),
    pytest.param("- x", r"\- x", id="no bullet"),
]


@pytest.mark.parametrize(("latex", "markdown"), BOTH_WAYS)
def test_both_ways(latex, markdown):
    assert to_markdown(latex) == markdown
    assert from_markdown(markdown) == latex


@pytest.mark.parametrize(
    ("markdown", "latex"),
    [
        pytest.param("2 * 3 and *a", "2 * 3 and *a", id="marks that do not pair"),
        pytest.param("snake_case_name _x_", r"snake\_case\_name \emph{x}", id="underscores in words"),
        pytest.param('<span class="nocase">A</span> <i>b</i> c</i>', r"{A} \emph{b} c\textless{}/i\textgreater{}",
                     id="HTML"),
        pytest.param("[a](https://x.org) [b] [c", "a [b] [c", id="links and brackets"),
        pytest.param("A&amp;B &co; `x_y`", r"A\&B \&co; \texttt{x\_y}", id="entities and code"),
        pytest.param("[*E. coli*]{.nocase}", r"{{\emph{E. coli}}}", id="a command in braces"),
        pytest.param("", "", id="nothing"),
    ],
)  # fmt: skip
def test_from_markdown(markdown, latex):
    assert from_markdown(markdown) == latex


TAGS = st.sampled_from(["\\emph{", "\\textbf{", "{", "}", "$", "\\textsubscript{", "_q", "*", "[a]{.nocase}", "^"])


@settings(max_examples=1500)
@given(st.lists(HOSTILE | TAGS, max_size=6).map("".join))
def test_what_is_read_from_what_was_written_is_written_the_same(text):
    for first in (text, from_markdown(text)):
        once = to_markdown(first)
        assert to_markdown(from_markdown(once)) == once


@needs("pandoc")
def test_pandoc_reads_it(tmp_path):
    """What pandoc makes of our Markdown is what the LaTeX says."""
    latex = r"1984. {BERT}'s \emph{a \textbf{b}} H\textsubscript{2}O x\textsuperscript{a b} "
    latex += r"\_*\$5 [a](b) @c \& ` $x_1$"
    (tmp_path / "t.md").write_text(to_markdown(latex), encoding="utf-8")
    html = output_of(tmp_path, "pandoc", "-f", "markdown", "-t", "html", "--mathml", "--wrap=none", "t.md")
    assert html.replace("\u00a0", " ").startswith(
        '<p>1984. <span class="nocase">BERT</span>’s <em>a <strong>b</strong></em> H<sub>2</sub>O x<sup>a b</sup> '
        "_*$5 [a](b) @c &amp; ‘ <math"
    )
