r"""Titles compared: which writings are one title, and which titles are two."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools.titles import meaning

SAME = [
    # case, braces, accents, quotes, punctuation, dashes between words
    ("Attention Is All You Need", "attention is all you need."),
    ("The {H}ydra {Effect}: Emergent Self-repair", "The Hydra Effect -- Emergent Self Repair"),
    (r"On {G{\"o}del}'s Theorem", "On Gödel’s theorem"),
    (r"On {G{\"o}del}'s Theorem", "On Godel's theorem"),
    ("``Why'' is a 'good' question?", "“Why” is a ‘good’ question"),
    ("Why is 'a' an article", "Why is a an article"),
    ("Pre-training of GPT-4", "Pretraining of GPT4"),
    ("pre- and post-war", "Pre and Post War"),
    (r"\emph{Homo sapiens} in R\&D", "Homo sapiens in R & D"),
    ("Cats and dogs", r"Cats \& Dogs"),
    ("A title\nthat is wrapped", "A title that   is wrapped"),
    ("Straße", "STRASSE"),
    (r"Ein Ma{\ss}", "Ein Maß"),
    ("naïve Bayes", r"na{\"\i}ve {B}ayes"),
    ("The effect, an essay", "The effect: an essay"),
    ("A footnote in the title*", "A footnote in the title"),
    ("Some Tool™", "Some Tool"),
    # LaTeX and Unicode
    (r"Search for $B^+ \to K^+$", "Search for B⁺ → K⁺"),
    (r"Search for $B^{+}\rightarrow K^{+}$", "Search for B+ -> K+"),
    (r"Search for $\mathrm{B}^{+}\longrightarrow{}\mathrm{K}^{+}$", "Search for B⁺ ⟶ K⁺"),
    (r"W\textsuperscript{+} bosons", "W⁺ bosons"),
    (r"$\mathrm{W}^{\pm}$ bosons", "W± bosons"),
    ("Spaces $L^2$", "Spaces L²"),
    ("Spaces $L^2$", r"Spaces $L\sp2$"),
    ("Spaces $L^2$", r"Spaces $L\sp{2}$"),
    ("Spaces $L^2$", "Spaces L^2"),
    ("Spaces $L^2$", r"Spaces L\^{}2"),
    ("Spaces $L^{p,q}$", r"Spaces $L^{p, q}$"),
    ("Spaces $L^{10}$", "Spaces L^{10}"),
    (r"H\textsubscript{2}O and H$_2$O", r"$\mathrm{H}_2\mathrm{O}$ and H₂O"),
    (r"$\psi'$ decays", "ψ′ decays"),
    (r"$\psi^\prime$ decays", "ψ' decays"),
    (r"$\psi''$ decays", "ψ″ decays"),
    ("f’ and g’", "$f'$ and $g'$"),
    (r"the 5$'$-end", "the 5'-end"),
    (r"$x\leq y$", "x ≤ y"),
    (r"$x\leqslant y$", "x <= y"),
    (r"$x < y$", r"x \textless{} y"),
    (r"$\varepsilon$-nets", "ε-nets"),
    (r"$\alpha$-decay", "α-decay"),
    (r"$\phi$ and $\varphi$", "ϕ and φ"),
    (r"$\Lambda_b^0$", r"$\Lambda^0_b$"),
    (r"$\Lambda_b^0$", "Λ_b⁰"),
    (r"$K^{*0}$", "K*⁰"),
    (r"A$^*$ search", "A* search"),
    (r"$C^\ast$-algebras", "C*-algebras"),
    (r"$C^{\star}$-algebras", "C∗-algebras"),
    (r"$10^{-5}$", "10⁻⁵"),
    (r"$10^{-5}$", "10^-5"),
    (r"$\frac{1}{2}$", "½"),
    (r"spin-1/2", r"spin $\frac12$"),
    (r"$\mathbb{R}^n$", "ℝⁿ"),
    (r"the 19$^{th}$ century", r"the 19th century"),
    (r"the 2\textsuperscript{nd} law", "the 2nd law"),
    (r"$\bar{B}^0$ mesons", r"$\bar B^0$ mesons"),
    (r"C\# and F\#", "C# and F$\\sharp$"),
    ("1,000 genomes", "1000 genomes"),
    (r"$n-1$ points", "n−1 points"),
    (r"$\ket{T}$ states", r"$\ket{ T }$ states"),
    (r"(+)-catechin", "$(+)$-catechin"),
    ("Sorting in O(n log n)", r"Sorting in $O(n\log n)$"),
]
DIFFERENT = [
    # programming languages
    ("Parsing C", "Parsing C++"),
    ("Parsing C", "Parsing C#"),
    ("Parsing C++", "Parsing C#"),
    (r"Parsing F", r"Parsing F\#"),
    ("Search by A*", "Search by A"),
    # raised, lowered, on the line
    ("Spaces L²", "Spaces L₂"),
    ("Spaces $L^2$", "Spaces $L_2$"),
    ("Spaces $L^2$", "Spaces $L^{2'}$"),
    ("10^5 samples", "105 samples"),
    ("$2^{10}$ ways", "$210$ ways"),
    ("$x^{12}$", "$x^1_2$"),
    # signs
    (r"$W^+$ bosons", r"$W^-$ bosons"),
    ("W⁺ bosons", "W⁻ bosons"),
    ("W+ bosons", "W- bosons"),
    ("W bosons", "W⁻ bosons"),
    (r"$W^\pm$ bosons", r"$W^\mp$ bosons"),
    (r"$B^+ \to K^+$", r"$B^- \to K^-$"),
    (r"$B^+ \to K^+$", r"$B^+ \to K^-$"),
    (r"$B^0 \to K^0$", r"$\bar{B}^0 \to \bar{K}^0$"),
    ("(+)-catechin", "(−)-catechin"),
    ("Li⁺ in water", "Li in water"),
    (r"\ce{Fe^{2+}}", r"\ce{Fe^{3+}}"),
    ("Fe²⁺", "Fe³⁺"),
    ("Values at -1", "Values at 1"),
    (r"$e^{x}$", r"$e^{-x}$"),
    (r"$\psi$ decays", r"$\psi'$ decays"),
    ("ψ decays", "ψ′ decays"),
    (r"$\psi'$ decays", r"$\psi''$ decays"),
    ("The 5' end", "The 5 end"),
    ("The case x < y", "The case x > y"),
    ("The case $x<y$", r"The case $x\le y$"),
    ("The case x = y", "The case x ≠ y"),
    (r"$A\cap B$", r"$A\cup B$"),
    (r"$A\times B$", r"$A\otimes B$"),
    ("From A → B", "From A ← B"),
    ("5% solutions", "5 solutions"),
    (r"$D^*$ mesons", r"$D^{(*)}$ mesons"),
    ("A formula for the core of an ideal", "A formula for the *-core of an ideal"),
    # Greek
    ("α-decay", "β-decay"),
    (r"$\Lambda$ baryons", r"$\lambda$ baryons"),
    ("α-decay", "a-decay"),
    (r"$\Sigma_b$", r"$\sigma_b$"),
    # numbers as written
    ("Part II", "Part III"),
    ("Part II", "Part 2"),
    ("Parts I, II", "Part III"),
    ("Parts 1, 2", "Part 12"),
    ("GPT-3.5", "GPT-35"),
    ("GPT-3.5", "GPT 3 and 5"),
    ("Spin 1/2", "Spin 12"),
    ("Phi-3", "Phi-4"),
    ("Report 2001", "Report 2002"),
    (r"${}^{12}$C", r"${}^{13}$C"),
    (r"$^{12}$C", r"$^{13}$C"),
    # words
    ("Deep nets for rivers", "Deep nets for lakes"),
    (r"$\ket{T}$ states", r"$\ket{S}$ states"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_title_in_two_writings(one, other):
    assert meaning(one) == meaning(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_titles_that_look_alike(one, other):
    assert meaning(one) != meaning(other)


SIGNS = "aBcIX12 '’`*^_{}$\\+-−–<>=()[]/.,:;αΨβ′²₂⁺&#%~\"\u0304ü"


@given(st.text(alphabet=st.sampled_from(SIGNS), max_size=60))
def test_any_text_has_a_meaning_that_blanks_around_it_do_not_change(text):
    assert meaning(text) == meaning(f" \n{text}\t")


@pytest.mark.parametrize(
    "bad", ["$" * 20_000, "{" * 20_000, "'a " * 7_000, "^" * 20_000, "$x_{" * 5_000, "²" * 20_000, "\\" * 20_000]
)
def test_odd_titles_take_no_time(bad):
    start = time.process_time()
    meaning(bad)
    assert time.process_time() - start < 2
