import pytest

from bibtools import latex


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"G{\"o}del, Fran{\c{c}}ois, \'{\i}, \"ı, na\"{\i}ve, S\o ren, \ss, Stra\ss e",
         "Gödel, François, í, ï, naïve, Søren, ß, Straße"),
        (r"Erd\H{o}s \v{S}koda \u{g} \k{e} \.z {\L}uk", "Erdős Škoda ğ ę ż Łuk"),
        (r"\emph{a} {\it b} \textbf{\textit{c}} \texttt{d}", "a b c d"),
        (r"\href{https://x.y/a_b}{the \emph{page}}, \url{https://x.y/a\_b}", "the page, https://x.y/a_b"),
        (r"5\% R\&D \#1 x\_1 \$5 \{a\}", "5% R&D #1 x_1 $5 {a}"),
        ("1--2, a --- b, ``q'' and `r's'", "1–2, a — b, “q” and ‘r's’"),
        ("don't Fig.~3 about ~5", "don't Fig. 3 about ~5"),
        (r"A.~B. at 10\,GeV et al.\ say", "A. B. at 10 GeV et al. say"),
        (r"{BERT}: {P}re-training of {LLM}s", "BERT: Pre-training of LLMs"),
        (r"\S5 \P{} \dag \ldots{} \LaTeX{} is", "§5 ¶ † … LaTeX is"),
        (r"\alpha-decay \to \infty", "α-decay → ∞"),
        (r"$\alpha_1^2$ and \(x\)", r"$\alpha_1^2$ and $x$"),
        (r"\ourmethod{} \todo{x} \textcolor{red}{y} \cite{z}w", "ourmethod x y w"),
        (r"x\footnote{Funded.}", "x"),
        (r"\textasciitilde{} \textless{} \^{} \textbackslash{}", "~ < ^ \\"),
        (r"a \\ b \newline c", "a b c"),
        ("lone $ and {open", "lone $ and open"),
        ("end\\", "end"),
    ],
)  # fmt: skip
def test_decode(text, expected):
    assert latex.decode(text) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"\alpha \le 1", "α ≤ 1"),
        (r"x_1^2 + y", "x₁² + y"),
        (r"10^{-3}", "10⁻³"),
        (r"O(n \log n)", "O(n log n)"),
        (r"\mathbb{R}^n", "ℝⁿ"),
        (r"\mathcal{O}(1)", "𝒪(1)"),
        (r"n\to\infty", "n → ∞"),
        (r"K", "K"),
        (r"30^\circ", "30°"),
        (r"\sqrt{n}/\sqrt{a+b}", "√n/√(a + b)"),
        (r"\frac{1}{2}", "1/2"),
        (r"\bar{x}, \hat\theta, \bar\partial", "x̄, θ̂, ∂̄"),
        (r"\text{if } x \not= 2", "if x ≠ 2"),
        (r"f'(x)", "f′(x)"),
        (r"\{0,1\}", "{0, 1}"),
        (r"-1", "−1"),
        (r"\left(\frac12\right)", "(1/2)"),
        ("α, β", "α, β"),
        # what characters cannot say stays math
        (r"\sum_{i=1}^Q x", None),
        (r"x^{a^b}", None),
        (r"\begin{array}{c}1\end{array}", None),
        (r"\ourmacro", None),
        (r"x^", None),
        (r"\frac{1}", None),
    ],
)
def test_math_as_unicode(formula, expected):
    assert latex.decode(f"${formula}$", math="unicode") == (expected or f"${formula}$")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\emph{a} \textbf{b} \texttt{c<d} {\it e}", "<i>a</i> <b>b</b> <code>c&lt;d</code> <i>e</i>"),
        ("a & b < c > d \"q\" <script>", "a &amp; b &lt; c &gt; d \"q\" &lt;script&gt;"),
        (r"H$_2$O, $x_{i,j}^{q}$, 1\textsuperscript{st}",
         "H<sub>2</sub>O, x<sub>i,j</sub><sup>q</sup>, 1<sup>st</sup>"),
        (r"$a<b$ $\mathbf{x}$", "a &lt; b <b>x</b>"),
        (r"\textsc{a} \href{javascript:x}{b}", "a b"),
        (r"$\sum_{i} \begin{array}{c} a<b \end{array}$", r"$\sum_{i} \begin{array}{c} a&lt;b \end{array}$"),
    ],
)  # fmt: skip
def test_to_html(text, expected):
    assert latex.to_html(text) == expected


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("a  b\n c ", "a b c"),
        (r"{BERT} and {\'e}", "BERT and é"),
        (r"Sch\"afer, Sch{\"a}fer", "Schäfer, Schäfer"),
        (r"R\&D \_ \%", "R&D _ %"),
        ("1--2 ``q''", "1–2 “q”"),
        (r"$\alpha$-decay", "α-decay"),
        (r"$x_{1} \le \beta $", r"$x_1\leq β$"),
        (r"{\em x}", r"\textit{x}"),
        ("m² 30°", latex.encode("m² 30°").text),
        ("Fig.~3", "Fig. 3"),
        ("`O'Neil's'", "‘O’Neil’s’"),
        (r"\url{a_b}", r"\url{a\_b}"),
    ],
)
def test_same_text(a, b):
    assert latex.same_text(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("BERT", "Bert"),
        ("a b", "ab"),
        (r"\emph{x}", "x"),
        (r"\mymacro{x}", "x"),
        (r"$\mathbf{x}$", "$x$"),
        ("$x^2$", "$x2$"),
        ("$x$", "x"),
        (r"x\footnote{y}", "x"),
        (r"\href{u}{x}", "x"),
        (r"\href{u}{x}", r"\href{v}{x}"),
        ("1-2", "1--2"),
        ("é", "e"),
    ],
)
def test_what_a_user_may_have_changed_is_not_the_same_text(a, b):
    assert not latex.same_text(a, b)
