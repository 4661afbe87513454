"""References in HTML, Markdown, LaTeX and plain text: what hostile texts become there."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.richtext import HRef, Tag, Text

from bibtools.model import Entry, Field
from bibtools.plugins import backends, citing, styles
from bibtools.plugins.references import AuthorYearStyle
from bibtools.plugins.richtext import Value
from tests.test_clients import needs

NASTY = "<script>&amp; *a* _b_ `c` [d](e) #f ~g~ $h$ |i| ^j^ @k \\l {m} 100% -- ... 1. “q”"


def rendered(piece, backend):
    return Text(piece).render(citing.BACKENDS[backend]("utf-8"))


def seen(html):
    """The text of some HTML, and its tags."""

    class Reader(HTMLParser):
        def __init__(self):
            super().__init__(convert_charrefs=True)
            self.text, self.tags, self.links = "", [], []

        def handle_starttag(self, tag, attrs):
            self.tags.append(tag)
            self.links += [value for name, value in attrs if name == "href"]

        def handle_data(self, data):
            self.text += data

    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


printable = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=60)


@given(printable)
@example(NASTY)
def test_html_shows_the_text_and_makes_no_tag_of_it(text):
    read = seen(rendered(Tag("em", text), "html"))
    assert read.text == backends.clean(text)
    assert read.tags == (["em"] if backends.clean(text) else [])


@given(st.text(max_size=60))
@example('https://x.y/"onclick="z')
@example("javascript:alert(1)")
@example("JAVASCRIPT:alert(1)")
@example(" java\nscript:alert(1)")
@example("https://x.y/<b>")
def test_no_address_leaves_its_attribute_and_none_is_carried_out(url):
    for address in (url, f"https://{url}"):
        read = seen(rendered(HRef(address, "x"), "html"))
        assert read.text == "x"
        assert read.tags in ([], ["a"])
        assert all(link.lower().startswith(("http://", "https://", "ftp://", "mailto:")) for link in read.links)


@pytest.mark.parametrize(
    ("piece", "html", "markdown", "tex", "text"),
    [
        pytest.param("a < b & c", "a &lt; b &amp; c", r"a \< b & c", r"a \textless{} b \& c", "a < b & c",
                     id="signs"),
        pytest.param("AT&amp;T", "AT&amp;amp;T", r"AT\&amp;T", r"AT\&amp;T", "AT&amp;T", id="entity"),
        pytest.param("a_b*c", "a_b*c", r"a\_b\*c", r"a\_b*c", "a_b*c", id="marks"),
        pytest.param(r"\input{x}", r"\input{x}", r"\\input\{x\}", r"\textbackslash{}input\{x\}", r"\input{x}",
                     id="command"),
        pytest.param("5% of $3", "5% of $3", r"5% of \$3", r"5\% of \$3", "5% of $3", id="percent"),
        pytest.param(Tag("em", "x"), "<em>x</em>", "*x*", r"\emph{x}", "x", id="emphasis"),
        pytest.param(Tag("em", "(x)"), "<em>(x)</em>", "<em>(x)</em>", r"\emph{(x)}", "(x)", id="emphasis-marks"),
        pytest.param(Tag("script", "x"), "x", "x", "x", "x", id="unknown-tag"),
        pytest.param(Value(r"{\"O}l \emph{und} $\alpha$ \& --- {BERT}~x"), "Öl <em>und</em> α &amp; — BERT x",
                     "Öl *und* α & — BERT x", r"{\"O}l \emph{und} $\alpha$ \& --- {BERT}~x", "Öl und α & — BERT x",
                     id="latex"),
        pytest.param(Value(r"$\begin{cases}a<b\end{cases}$ & x"),
                     r'<span class="math">\(\begin{cases}a&lt;b\end{cases}\)</span> &amp; x',
                     r"$\begin{cases}a<b\end{cases}$ & x", r"$\begin{cases}a<b\end{cases}$ \& x",
                     r"$\begin{cases}a<b\end{cases}$ & x", id="formula"),
        pytest.param(HRef("https://x.y/a_(b)%20c#d", "t"), '<a href="https://x.y/a_(b)%20c#d">t</a>',
                     "[t](<https://x.y/a_(b)%20c#d>)", r"\href{https://x.y/a_(b)\%20c\#d}{t}", "t", id="link"),
        pytest.param(HRef("https://x.y/a_b", "https://x.y/a_b"), '<a href="https://x.y/a_b">https://x.y/a_b</a>',
                     "<https://x.y/a_b>", r"\url{https://x.y/a_b}", "https://x.y/a_b", id="bare-link"),
        pytest.param(HRef("javascript:x", "t"), "t", "t", "t", "t", id="script"),
    ],
)  # fmt: skip
def test_a_piece_in_each_form(piece, html, markdown, tex, text):
    made = {to: rendered(piece, to) for to in citing.BACKENDS}
    assert made == {"html": html, "markdown": markdown, "latex": tex, "text": text}


@needs("pandoc")
def test_pandoc_reads_markdown_as_it_was_meant():
    texts = [
        NASTY,
        "1984. A year",
        "- x",
        "+ x",
        "# x",
        "> x",
        "a\u00a0b",
        "x www.a.b ://c",
        "(c) --- \\\\ '",
        "![x](y)",
    ]
    document = "\n\n".join(rendered(Tag("b", "x"), "markdown") + " " + rendered(t, "markdown") for t in texts)
    ran = subprocess.run(
        ["pandoc", "--wrap=none", "--from", "markdown-smart", "--to", "html"],
        input=document,
        capture_output=True,
        text=True,
        check=True,
    )
    read = seen(ran.stdout)
    assert [line.removeprefix("x ") for line in read.text.strip().split("\n")] == [
        backends.clean(text).strip() for text in texts
    ]


@pytest.mark.parametrize("label", ["1984", "12", "-", "+"])
def test_no_reference_becomes_a_list_or_a_heading(label):
    backend = backends.MarkdownBackend("utf-8")
    backend.output = (written := []).append
    backend.write_entry("k", backends.AuthorYear("a", "b"), backend.format_str(f"{label}. x"))
    assert re.match(r"(?:\d+)?\\", written[0])


BROKEN = r"{a \emph{b} $x_1 \left( {\"o \url{c} % \end{thebibliography} \input{/etc/passwd} # & ~ ^ _"


@needs("pdflatex")
def test_latex_typesets_hostile_entries(tmp_path):
    entries = [
        Entry(entry_type="article", key="a", fields=(
            Field("author", "Doe, J{\\'a}ne and {A & B Team} and 100% Sure"), Field("title", BROKEN),
            Field("journal", "J. of $\\alpha$ & More_Things #1"), Field("year", "2001"),
            Field("doi", "10.1000/a_b%20(c)#d"), Field("url", "https://x.y/~a_b?c=d&e#f"))),
        Entry(entry_type="online", key="b", fields=(
            Field("title", "α ≤ β → ∞ <x> |y| \"z\""), Field("url", "https://x.y/~a_b?c=d&e%20#f"),
            Field("eprint", "2001.00001"), Field("eprinttype", "arxiv"))),
    ]  # fmt: skip
    cited = {
        name: citing.by_style(styles.load_style(name), entries, ["a", "b"], "latex")
        for name in styles.style_names()
    }
    by_author = [name for name in cited if issubclass(styles.load_style(name), AuthorYearStyle)]
    for package, names in (("", cited), ("\\usepackage{hyperref}", cited), ("\\usepackage{natbib}", by_author)):
        lists = "\n".join(cited[name].text for name in names)
        document = (
            f"\\documentclass{{article}}\\usepackage[T1]{{fontenc}}{package}\n"
            f"\\begin{{document}}x\n{lists}\n\\end{{document}}\n"
        )
        (tmp_path / "x.tex").write_text(document, encoding="utf-8")
        for left_over in ("x.aux", "x.out"):
            (tmp_path / left_over).unlink(missing_ok=True)
        ran = subprocess.run(
            [shutil.which("pdflatex"), "-halt-on-error", "-interaction=nonstopmode", "x.tex"],
            cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, (package, lists, ran.stdout[-1500:].decode("utf-8", "replace"))


hostile = st.lists(
    st.sampled_from(
        ["{", "}", "$", "\\", "\\emph{", "\\url{", "&", "%", "#", "_", "^", "~", "<b>", "*", "`", "[", "](",
         "x", " ", "é", "ß", "α", "\u202e", "\x00", "\\\"o", "--", "“", ".", ",", ";", ":", " and ", "others",
         "\n", "arXiv:", "1706.03762", "/", "2017", "\ue000"]
    ),
    max_size=14,
).map("".join)  # fmt: skip
fields = st.dictionaries(
    st.sampled_from(
        ["author", "editor", "title", "subtitle", "journal", "booktitle", "year", "date", "month", "pages",
         "volume",
         "number", "edition", "publisher", "address", "note", "howpublished", "url", "doi", "eprint", "eprinttype",
         "primaryclass", "type", "series", "chapter", "urldate", "version", "langid", "crossref", "translator"]
    ),
    hostile,
    max_size=10,
)  # fmt: skip
KINDS = ["article", "inproceedings", "incollection", "book", "phdthesis", "techreport", "misc", "online",
         "software",
         "patent", "manual", "nothing"]  # fmt: skip


@pytest.mark.parametrize("style", styles.style_names())
@settings(max_examples=25)
@given(st.sampled_from(KINDS), fields)
def test_no_entry_stops_a_style(style, kind, values):
    entry = Entry(entry_type=kind, key="k", fields=tuple(Field(name, value) for name, value in values.items()))
    for to in citing.BACKENDS:
        cited = citing.by_style(styles.load_style(style), [entry], ["k"], to)
        assert len(cited.references) == 1
        if to == "html":
            assert set(seen(cited.text).tags) <= {"p", "em", "strong", "a", "sup", "sub", "code", "span"}
        if to == "latex":
            body = cited.references[0].text
            assert body.count("{") == body.count("}")


def test_the_formula_of_another_backend_is_text():
    from pybtex.backends.html import Backend

    assert Text(Value(r"$\begin{cases}a\end{cases}$")).render(Backend()) == r"$\begin{cases}a\end{cases}$"


def test_a_document_of_pybtex_is_whole():
    data = parse_string("@misc{a, title = {Maps}, year = 2001}", "bibtex")
    made = styles.load_style("plain")().format_bibliography(data)
    for backend, start, end in (
        (backends.HTMLBackend, "<!DOCTYPE html>", "</html>\n"),
        (backends.LaTeXBackend, "\\providecommand", "\\end{thebibliography}\n"),
        (backends.MarkdownBackend, "\\[1\\] Maps. 2001.", "\n"),
        (backends.TextBackend, "[1] Maps. 2001.", "\n"),
    ):
        stream = io.StringIO()
        backend("utf-8").write_to_stream(made, stream)
        assert stream.getvalue().startswith(start)
        assert stream.getvalue().endswith(end)
