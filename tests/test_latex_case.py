import pytest

from bibtools import latex


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("BERT: Pre-Training of Deep Transformers", "{BERT}: Pre-Training of Deep Transformers"),
        ("LLaMA and GPT-4 Meet Qwen2.5", "{LLaMA} and {GPT-4} Meet {Qwen2.5}"),
        ("Scaling SAEs with RL on arXiv and iPhones", "Scaling {SAEs} with {RL} on {arXiv} and {iPhones}"),
        ("A Study of a K-Theory for D-Branes", "A Study of a {K}-Theory for {D}-Branes"),
        ("BERT-Based Retrieval in 3D", "{BERT}-Based Retrieval in {3D}"),
        ("COVID-19 and C++ in the U.S.", "{COVID-19} and {C++} in the {U.S}."),
        ("Measuring the Higgs boson mass at large scale", "Measuring the {Higgs} boson mass at large scale"),
        ("Training models: Why it works", "Training models: Why it works"),
        ("Is it true? Maybe not at large scale", "Is it true? Maybe not at large scale"),
        ("Training with Gaussian noise -- Part one", "Training with {Gaussian} noise -- Part one"),
        ("ON THE ELECTRODYNAMICS OF MOVING BODIES", "ON THE ELECTRODYNAMICS OF MOVING BODIES"),
        ("BERT", "{BERT}"),
        ("{BERT} and \\emph{GPT} on $K$-theory", "{BERT} and \\emph{GPT} on {$K$}-theory"),
        (r"$SU(2)$ and $x_i$ on $\mathcal{N}=4$", r"{$SU(2)$} and $x_i$ on $\mathcal{N}=4$"),
        (r"$\Lambda$CDM with $M_{\rm BH}$ and $\rm d$", r"{$\Lambda$}{CDM} with {$M_{\rm BH}$} and $\rm d$"),
        (r"The \TeX{} of \LaTeX, \S{} 5", r"The {\TeX{}} of {\LaTeX}, {\S{}} 5"),
        (r"Erd\H{o}s and \O{}rsted and {\L}os", r"Erd{\H{o}}s and \O{}rsted and {\L}os"),
        (r"{\it Kepler} and {\bf small} dust", r"{{\it Kepler}} and {\bf small} dust"),
        (r"The Schr\"ODINGER Equation", r"The Schr\"ODINGER Equation"),
        (r"R\&D of LLMs", r"{R}\&{D} of {LLMs}"),
        (r"\href{http://X.Y}{ABC} DEF", r"\href{http://X.Y}{ABC} {DEF}"),
        ("Understanding I and O’Neil", "Understanding {I} and {O’Neil}"),
        ("", ""),
        ("A", "A"),
    ],
)
def test_protect_case(title, expected):
    assert latex.protect_case(title) == expected
    assert latex.protect_case(expected) == expected
    assert latex.same_text(title, expected)
