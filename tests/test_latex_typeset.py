"""Encoded text goes through the real pdflatex and BibTeX without an error."""

import os
import re
import shutil
import subprocess

import pytest

from bibtools import latex, names
from bibtools.latex.commands import ARITY, MATH_COMMANDS, TEXT_SYMBOLS
from bibtools.latex.tables import MATH, TEXT
from bibtools.model import Name

needs_tex = pytest.mark.skipif(
    shutil.which("pdflatex") is None and not os.environ.get("CI"), reason="pdflatex is not installed here"
)
PREAMBLE = (
    r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{amsmath,amssymb,mathrsfs}\usepackage{hyperref}"
)

TEXTS = [
    r"R&D at 50% #1 x_1 10^5 a<b>c|d ~5 lone $",
    r"$0 \le α, β\le 1$ and $\mathbfθ^α_β$ \mathbfθ $\fracα2$",
    r"from $5 and $10 to $n$, $x^a^b$, $y_$, $\frac{1}$, $x'^2$, $x^2'$",
    r"$50% & # x$ $\left( x$ $\right)$ $\left\{ y \right.$ \{ z",
    r"$\begin{array}{cc} a & b & \\ c & d \end{array}$ $\begin{array}{c} a$ $\end{array}$",
    r"$\begin{array}{cc} \left( a & b \\ c \right) \end{array}$ $\left( a \\ b \right)$",
    r"\[ x \] $$ y $$ \( z \) \( \[ \) \begin{equation} x & y \end{equation}",
    r"\begin{align} x &= y \end{align} \[ \begin{cases} x & y \end{cases} \]",
    r"\'e \'{\i} \"ı \c c \v{s} \H{o} \k{a} \d{a} \b{b} \t{oo} \' \" \^ \~ \= \.",
    r"{\bf x} \bf y \it z {open \emph{open",
    r"} close \textbf \emph \href{https://x.y/a_b%20c#d&e}{t_x} \emph{\href{https://x.y/%}{z}}",
    r"\url{https://x.y/%23#} \emph{\url{https://x.y/%23}}",
    r"\input{nothing} \undefined{x} $\undefined_x$ \def\x{\x} $\def\x{\x}\x$ \end{document} $\end{document}$",
    r"\begin{itemize} \item a \end{itemize} \footnote{x} \cite{y} \label{z} \verb|x| \\ \\[2em] \newline \par",
    r"$\mathrm{\'e}$ $é$ $\text{é_ α $x_1$}$ $\mbox{a^b}$ $M_\rm{BH}$ $x_\bf y$ $\cal O$ {\cal O}",
    r"$\sqrt[3]{x}$ $\sqrt[α]{x}$ $\sqrt$ $\operatorname*{argmax}_x$ $\sum\limits_i$",
    r"$x\limits$ $a \over b \over c$",
    "naïve Łódź Þórir Kępa Đorđe Ấ q̃ ẹ ﬁ ½ € « » „ … – — ‘ ’ “ ” ª № ‰ \u00a0 \u200b \u00ad",
    r"$\hat\ell \bar\partial \vec\imath \mathbf\alpha x^\frac12 x^\mathbf{a} \not= \stackrel{a}{b}$",
    "ΑΒΓ αβγ άέή ϊΐ ℝ 𝔽 𝒪 𝐱 𝟙 x² H₂O a⁻¹",
    "end\\",
]


def typeset(folder, lines):
    """The errors of pdflatex, each with its line; the text of the document's log in the end."""
    body = "\n".join(f"{line}\\par" for line in lines)
    (folder / "t.tex").write_text(f"{PREAMBLE}\n\\begin{{document}}\n{body}\n\\end{{document}}\n", "utf-8")
    run = ["pdflatex", "-interaction=nonstopmode", "-file-line-error", "-no-shell-escape", "t.tex"]
    subprocess.run(run, cwd=folder, capture_output=True, timeout=120, check=False)
    log = (folder / "t.log").read_text("latin-1")
    failed = re.findall(r"^\./t\.tex:(\d+): (.*)", log, re.MULTILINE)
    assert "Output written on t.pdf" in log
    return [(message, lines[int(line) - 3] if int(line) - 3 < len(lines) else "") for line, message in failed]


@needs_tex
@pytest.mark.parametrize("ascii_only", [False, True], ids=["utf8", "ascii"])
def test_hostile_text_typesets(tmp_path, ascii_only):
    lines = [latex.encode(text, ascii_only=ascii_only).text for text in TEXTS]
    assert typeset(tmp_path, lines) == []


@needs_tex
def test_every_character_and_command_of_the_tables_typesets(tmp_path):
    characters = [latex.encode(c, ascii_only=a).text for c in (*MATH, *TEXT) for a in (False, True)]
    characters += [latex.encode(f"${c}$").text for c in (*MATH, *TEXT)]
    symbols = [f"\\{name}{{}} x" for name in sorted(TEXT_SYMBOLS)]
    fences = {
        "left",
        "right",
        "middle",
        "limits",
        "nolimits",
        "over",
        "choose",
        "atop",
        "big",
        "Big",
        "bigg",
        "Bigg",
    }
    fences |= {name for name in MATH_COMMANDS if name.lower().startswith("big") and name[-1] in "lrm"}
    formulas = [
        f"$a\\{name}{'{b}' * ARITY.get(name, 0)} c$" for name in sorted(MATH_COMMANDS - fences - {"boldmath"})
    ]
    assert typeset(tmp_path, characters + symbols + formulas) == []


@needs_tex
def test_a_text_that_is_not_encoded_does_fail(tmp_path):
    assert typeset(tmp_path, ["x_1 and α"]) != []


PEOPLE = [
    Name(family="Çağlar", given="Ágoston Örn"),
    Name(family="Ó Donnaile", given="Caoimhín"),
    Name(family="Putten", given="Joost", particle="van der"),
    Name(family="King", given="Émile Łukasz", suffix="Jr."),
    Name(literal="Gemma Team & Co"),
]


@needs_tex
def test_an_abbreviating_style_cuts_no_character_in_two(tmp_path):
    parts = ("family", "given", "particle", "suffix", "literal")
    people = [
        Name(**{part: latex.encode_name_part(getattr(name, part), bibtex=True) for part in parts})
        for name in PEOPLE
    ]
    authors = " and ".join(map(names.bibtex, people))
    title = latex.protect_case(latex.encode("Élan of BERT & $αx$: 50% of H₂O").text)
    (tmp_path / "t.bib").write_text(
        f"@misc{{k, author = {{{authors}}}, title = {{{title}}}, year = 2020}}\n", "utf-8"
    )
    (tmp_path / "t.aux").write_text("\\citation{k}\n\\bibstyle{abbrv}\n\\bibdata{t}\n", "utf-8")
    run = subprocess.run(["bibtex", "t"], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert run.returncode == 0, run.stdout
    written = (tmp_path / "t.bbl").read_bytes().decode("utf-8")
    assert "{\\'A}." in written
    assert "J.~van~der Putten" in written
    assert "Gemma Team \\& Co" in written
    assert "{BERT}" in written
    assert typeset(tmp_path, [line for line in written.splitlines() if line]) == []
