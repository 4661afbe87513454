"""Invented papers with every habit of real titles and names that LaTeX and BibTeX stumble over.

`typed_papers` are as authors type them and the service answers them; `held_records` are what no service converted.
"""

from __future__ import annotations

import functools

from bibtools.model import Name, PartialDate, Record
from tests.answered import records
from tests.standin.papers import Paper

TITLES = (
    r"Attention at 100% of $x_1$ & #1: the \emph{$\alpha$}-$\beta$_test of LLaMA-2 at $0 \le \alpha, \beta\le 1$",
    r"$\Theta$-hypernuclei, $\Lambda$CDM and $SU(2)_L\times U(1)_Y$ in $\mathcal{N}=4$",
    r"Measuring $M_{\rm BH}$ to $10^{-3}$ with $\mathbf{\theta}$ and \mathbf{\Sigma} in $O(n\log n)$",
    r"\textbf{Bold} moves, \textit{italic} ones, {\it Kepler} and {\bf CAPITALS}",
    r"The \TeX{} of \LaTeX, \S 5: Erd\H{o}s, {\L}ukasiewicz, \O{}rsted and \'Etude",
    r"From $5 to $10: a lone $ sign, a ~ tilde, a ^ caret, a | bar and a < b > c",
    r"Unbalanced {braces in the title} of } a paper {",
    r"A 20\% better R\&D of C\# and under\_scores",
    r"See \url{https://example.org/a_b%20c#d} and \href{https://example.org/~x}{this_page}",
    r"Foreign commands: \ourmodel{} beats \baseline{strong} by $\ours_{k}$",
    r"$x^a^b$, $\frac{1}$, $\left( y$ and $\sqrt[3]{z}$ are typed like that",
    r'Quotes: "straight", ``typed\'\' and \textquotedblleft named\textquotedblright',
    r"On $\mathbb{R}^n$, $\mathfrak{g}$, $\mathscr{L}$ and $\operatorname{argmax}$ \& friends",
    r"ALL IN CAPITALS AND NOTHING SMALL ABOUT IT",
    r"@article{key, is no entry} # 'concatenated' # \"or so\"",
    r"$\gtrsim 5\sigma$ for $H\to\gamma\gamma$ at $\sqrt{s}=13$ TeV: $e^+e^-$ and $K^0_S$",
    "A very long title " + "that goes on about what it goes on about and " * 40 + "ends",
    "Averyveryverylongword" * 30,
)

PEOPLE = (
    ("Ágoston-Élan Çağlar", "Øyvind van der Maaten", "Caoimhín Ó Donnaile"),
    ("Żółć Ćwik Łukasz", "Þór Škoda", "Đorđe Ðurić", "İlker Ünal"),
    (r"J\'anos Kram\'ar", r"Mich\`ele {\v S}evc{\'\i}k", r"\'Eric Br\'ezin", r"L. \'Alvarez-Gaum\'e"),
    ("Martin Luther King Jr.", "William Gates III", "John Smith, Jr."),
    ("ATLAS Collaboration",),
    ("Gemma Team", ":", "Morgane Riviere", "Shreya Pathak"),
    ("Ludwig van Beethoven", "Charles de la Vallée Poussin", "Vincent van 't Hoff", "Ibn al-Haytham"),
    ("X", "Plato", "J. K. Émile-Örn"),
    ("Mária Ždanová", "Ján Ľuboš Šťastný", "Péter Kürti", "Ägidius Öz"),
    ("Nguyễn Văn Ấn", "Lê Thị Ơn"),
    ("R&D Group at 50% Inc.", "Team #1 (under_score)"),
    ("Kürt Über",),
    ("Łuç",),
    ("Ö. Ä. Åström",),
    tuple(f"Author{chr(97 + n % 26)}{chr(97 + n // 26)} Émile{n}" for n in range(400)),
    ("Jean-Élie d'Été", "François l'Hôpital", "Ana María O’Neil"),
    ("and", "Others", "Et Al"),
    ("Søren Ångström", "Ñandú Ibáñez"),
)

_OLD_IDS = ("hep-th/9901001", "astro-ph/0703001", "math/0309136", "cond-mat/9612001", "quant-ph/0001001")


@functools.cache
def typed_records() -> tuple[Record, ...]:
    """The papers as the service answers them, ids old and new."""
    papers = []
    for number, (title, authors) in enumerate(zip(TITLES, PEOPLE, strict=True)):
        old = _OLD_IDS[number] if number < len(_OLD_IDS) else None
        category = old.partition("/")[0] if old else "cs.LG"
        category = "math.GT" if category == "math" else category
        papers.append(
            Paper(
                id=old or f"2401.{number:05d}",
                title=title,
                authors=authors,
                abstract=f"We say it again: {title}",
                published=f"{1996 if old else 2024}-0{1 + number % 9}-02T00:00:00Z",
                categories=(category,),
                primary_category=category,
                doi="10.1000/a_b(c)<1:d>2.0.CO;2-#"
                if number == 0
                else f"10.1000/x{number}"
                if number < 4
                else None,
            )
        )
    return records(papers)


UNREADABLE = (
    Record(
        id="arxiv:2402.00001",
        title="深度学习 for 😀 and ❤️ users",
        authors=(Name(family="李", given="小龙"), Name(family="Smith", given="Ann")),
        published=PartialDate(2024, 2, 1),
        primary_category="cs.CL",
    ),
    Record(
        id="arxiv:2402.00002",
        title="On the \u200fשלום\u200e of العربية and Кириллица",
        authors=(Name(family="Иванов", given="Пётр"),),
        published=PartialDate(2024, 2, 1),
        primary_category="cs.CL",
    ),
)
"""Letters that pdfLaTeX cannot set at all: they stay as they are, and are told."""

HELD = (
    Record(
        id="arxiv:2403.00001",
        title="Decomposed: e\u0301tude, q\u0303, \u200bzero\u00adwidth, ﬁne, ½, m², H₂O, ≤ → ∞ ℝ 𝒪 𝟙 ✔\ufe0f",
        authors=(Name(family="Ce\u0301line", given="E\u0301va"), Name(family="Müller", given="É.", suffix="Jr.")),
        authors_complete=False,
        published=PartialDate(2024, 3),
        primary_category="cs.LG",
    ),
    Record(
        id="arxiv:2403.00003",
        title="\u202eNo authors, directions\u202c and \u2066isolates\u2069",
        authors=(Name(literal="Research & Development of α-Team 100%"), Name(family="König", given="Ågot")),
        published=PartialDate(2024, 3, 1),
        primary_category="cs.LG",
    ),
)
