import pytest

from bibtools import latex


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # escapes, and what is escaped already
        ("R&D at 50%, C# x_1", r"R\&D at 50\%, C\# x\_1"),
        (r"R\&D at 50\%, C\# x\_1 \$5", r"R\&D at 50\%, C\# x\_1 \$5"),
        ("10^5 and a<b>c|d", r"10\^{}5 and a\textless{}b\textgreater{}c\textbar{}d"),
        ("Fig.~3, about ~5, http://a.b/~c", r"Fig.~3, about \textasciitilde{}5, http://a.b/\textasciitilde{}c"),
        (r"a \\& b", r"a \& b"),
        # math
        ("$x_1 & 50% #$", r"$x_1 \& 50\% \#$"),
        (r"$O(n\log n)$ and \(x^2\), \[y\], $$z$$", r"$O(n\log n)$ and \(x^2\), \[y\], $$z$$"),
        (r"$0 \le α, β\le 1$", r"$0 \le \alpha, \beta\le 1$"),
        (r"$Θ(\sqrt{n})$", r"$\Theta(\sqrt{n})$"),
        (r"$δ\le π/4$", r"$\delta\le \pi/4$"),
        ("$αx$", r"$\alpha x$"),
        (r"$\mathbfθ$", r"$\mathbf{\theta}$"),
        (r"\mathbfθ", r"$\mathbf{\theta}$"),
        (r"$\hatθ^α_β$", r"$\hat{\theta}^\alpha_\beta$"),
        (r"$\hat\ell \bar\partial \frac12$", r"$\hat\ell \bar\partial \frac12$"),
        ("$ϕ φ ε ς Α$", r"$\phi \varphi \epsilon \varsigma \mathrm{A}$"),
        (r"$\text{if $x_1$, é & 5%}$", r"$\text{if $x_1$, é \& 5\%}$"),
        (r"$M_\rm{BH}$", r"$M_\mathrm{BH}$"),
        (r"$\bm{x}$ 7$\AA$", r"$\boldsymbol{x}$ 7$\mbox{\AA}$"),
        (r"$\left\{ x \right.$", r"$\left\lbrace{} x \right.$"),
        (r"$\{0,1\}^n$", r"$\{0,1\}^n$"),
        # characters
        ("Θ-hypernuclei", r"$\Theta$-hypernuclei"),
        ("αβ of αx & β", r"$\alpha\beta$ of $\alpha$x \& $\beta$"),
        ("≤ → ∞ ℝ × ± √", r"$\leq$ $\to$ $\infty$ $\mathbb{R}$ $\times$ $\pm$ $\surd$"),
        ("30°C ¶ § †5", r"30$^\circ$C \P{} \S{} \dag{}5"),
        ("5 µm, m², H₂O, 𝒪(n)", r"5 $\mu$m, m$^2$, H$_{2}$O, $\mathcal{O}$(n)"),
        ("é ǧ – ’ “q”", "é ǧ – ’ “q”"),
        ("e\u0301 q\u0303 Ấ", r"é \~{q} {\'{\^A}}"),
        ("a\u00a0b\u2009c\u200bd ﬁne", "a b cd fine"),
        # commands
        (r"\emph{x} \textbf{y} \'e \c{c} \%", r"\emph{x} \textbf{y} \'e \c{c} \%"),
        (r"\href{https://x.y/a_b%20c}{t_x} \url{https://x.y/#d}",
         r"\href{https://x.y/a_b\%20c}{t\_x} \url{https://x.y/\#d}"),
        (r"\alpha-decay, \sqrt{s}=7 TeV, \alpha_s, {\cal O}(n)",
         r"$\alpha$-decay, $\sqrt{s}$=7 TeV, $\alpha_s$, {$\cal O$}(n)"),
        (r"na\"ıve, \'{ı}, {é}cole, Schr{ö}dinger", "naïve, í, école, Schrödinger"),
        (r"{\bf x} \bf y", r"{\bf x} {\bf y}"),
        (r"\enquote{x} \textcolor{red}{y}\label{z}", "``x'' {y}"),
        (r"as in \cite{foo}, \S5", r"as in , \S5"),
        # harm undone
        ("lone $ sign", r"lone \$ sign"),
        ("from $5 and $10 to $7 a day", r"from \$5 and \$10 to \$7 a day"),
        ("costs $5 million for $n$ users", r"costs \$5 million for $n$ users"),
        ("{open", "{open}"),
        ("close}", "close"),
        ("$x_{a$ b", "$x_{a}$ b"),
        ("end\\", "end"),
        (r"\{ x", r"$\lbrace{}$ x"),
        (r"\{ x \}", r"\{ x \}"),
        (r"{a \{ b} c \}", r"{a $\lbrace{}$ b} c $\rbrace{}$"),
        (r"$\left( a \\ b \right)$", r"$( a \\ b )$"),
        ("\\'", "'"),
        (r"\emph", ""),
        ("$x^a^b$ $y_$ $\\frac{1}$", r"$x^a{}^b$ $y_{}$ $\frac{1}{}$"),
        (r"$\left( x$", "$( x$"),
        (r"\begin{itemize}\item a\end{itemize}", r"\textbullet{} a"),
        ("a\x00\x1b[31mb\n\n c", "a[31mb c"),
        ("", ""),
    ],
)  # fmt: skip
def test_encode(text, expected):
    encoded = latex.encode(text)
    assert encoded.text == expected
    assert latex.encode(encoded.text).text == encoded.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("François Ó Čapek", r"Fran{\c{c}}ois {\'O} {\v{C}}apek"),
        ("“Łódź” – naïve… €5 ß", r"``{\L}{\'o}d{\'z}'' -- na{\"i}ve\ldots{} \texteuro{}5 {\ss}"),
        ("Ấ ẹ ﬀ ½", r"{\'{\^A}} {\d{e}} ff \textonehalf{}"),
        ("Θ ≤", r"$\Theta$ $\leq$"),
        (r"\'e {\c c}", r"\'e {\c{c}}"),
    ],
)
def test_encode_in_ascii(text, expected):
    encoded = latex.encode(text, ascii_only=True)
    assert encoded.text == expected
    assert encoded.text.isascii()
    assert latex.encode(encoded.text, ascii_only=True).text == encoded.text


def test_what_latex_does_not_know_is_kept_and_named_once():
    encoded = latex.encode("李 and 李 🎉 é $李$")
    assert encoded.text == "李 and 李 🎉 é $李$"
    assert encoded.unknown == ("李", "🎉")


def test_an_authors_own_commands_become_words_and_are_named():
    encoded = latex.encode(r"\ourmethod{} beats \sota on $\cR_i$ \todo{really}")
    assert encoded.text == r"ourmethod beats sota on $\mathrm{cR}_i$ {really}"
    assert encoded.commands == ("ourmethod", "sota", "cR", "todo")


@pytest.mark.parametrize(
    "hostile",
    [
        r"\input{/etc/passwd}",
        r"$\input{/etc/passwd}$",
        r"\immediate\write18{id}",
        r"$\def\x{\x\x}\x$",
        r"$\csname input\endcsname{x}$",
        r"\catcode`\@=11 \openout5=x",
        r"\expandafter\loop\iftrue\repeat",
        r"$\text{\input{x}}$",
        r"\href{x}{\input{y}}",
    ],
)
def test_no_command_that_acts_survives(hostile):
    text = latex.encode(hostile).text
    for name in ("input", "write", "def", "csname", "catcode", "openout", "loop", "immediate", "expandafter", "x"):
        assert f"\\{name}" not in text


@pytest.mark.parametrize(
    ("text", "bibtex", "ascii_only", "expected"),
    [
        ("Ágoston Çağlar-Örn", True, False, r"{\'A}goston {\c C}ağlar-{\"O}rn"),
        ("Ágoston Çağlar-Örn", False, False, "Ágoston Çağlar-Örn"),
        ("Ágoston Çağlar-Örn", True, True, r"{\'A}goston {\c{C}}a{\u{g}}lar-{\"O}rn"),
        ("François", True, True, r"Fran{\c{c}}ois"),
        ("Ó Donnaile", True, False, r"{\'O} Donnaile"),
        ("Øster Łuk Þór Đor", True, False, r"{\O}ster {\L}uk {\TH}{\'o}r {\DJ}or".replace(r"{\'o}", "ó")),
        (r"\'Agoston", True, False, r"{\'A}goston"),
        (r"{\'A}goston {É}mile", True, False, r"{\'A}goston {\'E}mile"),
        (r"Fran\c cois S\o ren", True, False, "François Søren"),
        (r"Bal\'azs", False, True, r"Bal{\'a}zs"),
        ("李 Ming", True, False, "李 Ming"),
        ("R&D Team", True, False, r"R\&D Team"),
    ],
)
def test_name_parts(text, bibtex, ascii_only, expected):
    assert latex.encode_name_part(text, bibtex=bibtex, ascii_only=ascii_only) == expected
    assert latex.encode_name_part(expected, bibtex=bibtex, ascii_only=ascii_only) == expected
