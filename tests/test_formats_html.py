"""The HTML page as text: valid, closed to the outside, and nothing in a work gets out of its place."""

from __future__ import annotations

import base64
import hashlib
import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools import formats
from bibtools.formats import Item, html, markdown, text
from bibtools.formats.mathml import html_of, mathml
from bibtools.formats.showing import HIDES_NOTHING
from bibtools.model import Entry, Field
from tests.readable import entry, items

NASTY = (
    "</script><script>window.pwned = 1</script>",
    "<!-- <script>",
    "]]></style></title></pre></details>",
    "<img src=x onerror=window.pwned=1>",
    "\"' onmouseover=window.pwned=1 x='",
    "&lt;script&gt; &#60;b&#62; &amp;amp;",
    "javascript:window.pwned=1",
    "\x00\x1b[31m\x9b\u202e\ufffe\ud800",
    "$\\text{<script>window.pwned=1</script>}\\sqrt[3]{x}$",
    "$\\href{javascript:window.pwned=1}{x}\\sqrt[3]{x}$",
    "\\href{javascript:window.pwned=1}{click}",
    "{{works}} {{style}} {{script}} {{title}}",
)


def hostile(text, key="k"):
    names = ("title", "author", "abstract", "journal", "note", "url", "doi", "eprint", "year", "keywords", "date")
    return Item(
        entry=Entry(entry_type="article", key=key, fields=tuple(Field(name, text) for name in names)),
        sources=(text,),
    )


def page(made):
    return formats.render(made, "html", HIDES_NOTHING).text


def parsed(text):
    """The page as a tree; an error of HTML is one of the test."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
    return parser.parse(text)


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def by_class(tree, name):
    return [element for element in tree.iter() if name in (element.get("class") or "").split()]


def test_a_page_is_valid():
    tree = parsed(page(items("html")))
    assert text_of(tree.find("head/title")) == "Bibliography (12 works)"
    works = by_class(tree, "work")
    assert [work.get("id") for work in works] == [item.entry.key for item in items("html")]
    first = works[0]
    assert text_of(first.find(".//h2")).startswith("100% of x12 & <script>alert(1)</script>: the true story")
    assert first.find(".//h2/a").get("href") == "https://arxiv.org/abs/2401.00001"
    assert [text_of(chip) for chip in by_class(first, "cat")] == ["cs.LG", "cs.CL"]
    assert [text_of(source) for source in by_class(first, "source")] == ["notes/a b.md", "papers.txt"]
    assert text_of(by_class(first, "abs")[0]).startswith("AbstractWe show a/b ≤ ∑")
    assert first.find(".//time").get("datetime") == "2024-01-02"


def test_the_bibtex_is_what_an_export_prints():
    (work, *_) = by_class(parsed(page(items("html"))), "work")
    shown = work.find(".//pre").text
    assert shown.startswith('@misc{unlu2024true,\n  author        = {{\\c C}a{\\u g}lar {\\"U}nl')
    assert "archiveprefix = {arXiv}" in shown
    assert "abstract" not in shown


def test_an_entry_that_somebody_wrote_is_offered_as_it_is():
    item = entry("@thesis{k, title = {T}, institution = {U}, type = {phdthesis}, note = {n}, date = {2001}}\n")
    shown = parsed(page([item])).find(".//pre").text
    assert shown == "@phdthesis{k,\n  title  = {T},\n  school = {U},\n  note   = {n},\n  year   = {2001},\n}\n"


def test_what_a_document_cannot_hold_is_told():
    item = Item(entry=Entry(entry_type="misc", key="k", fields=(Field("title", "a } b {"),)))
    assert [problem.code for problem in formats.render([item], "html").problems] == ["entry-unwritable"]


def test_the_rest_of_a_long_list_of_names_is_folded():
    (_, work, *_) = by_class(parsed(page(items("html"))), "work")
    who = by_class(work, "who")[0]
    assert text_of(who.find("details/summary")) == "and 5 or more others"
    assert text_of(who).endswith("A. B. Author13, A. B. Author14 et al.")


def test_an_empty_library():
    tree = parsed(page([]))
    assert by_class(tree, "work") == []
    assert text_of(tree.find("head/title")) == "Bibliography (0 works)"


# --- nothing from outside, nothing to the outside -----------------------------------------------------------


def test_the_policy_allows_its_own_script_and_style_alone():
    text = page(items("html"))
    tree = parsed(text)
    (policy,) = [m.get("content") for m in tree.iter("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name, rule in (("script", "script-src"), ("style", "style-src")):
        (element,) = tree.iter(name)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert rules["img-src"] == "data:"
    assert set(rules) == {"default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"}


def loads(tree):
    """What a browser would load or run."""
    for element in tree.iter():
        tag = element.tag if isinstance(element.tag, str) else "comment"
        for name, value in element.attrib.items():
            if name in ("src", "srcset", "style", "background", "action") or name.startswith("on"):
                yield tag, name, value
            if tag != "a" and name in ("href", "xlink:href"):
                yield tag, name, value
            if tag == "a" and name == "href" and not value.startswith(("https://", "http://", "ftp://", "#")):
                yield tag, name, value


def test_nothing_is_loaded():
    tree = parsed(page([*items("html"), *map(hostile, NASTY)]))
    assert list(loads(tree)) == [("link", "href", "data:,")]


@pytest.mark.parametrize("text", NASTY)
def test_hostile_texts_stay_text(text):
    plain = parsed(page([hostile("plain text")]))
    tree = parsed(page([hostile(text), *items("html")]))
    assert list(loads(tree)) == [("link", "href", "data:,")]
    assert len(list(tree.iter("script"))) == len(list(tree.iter("style"))) == 1
    assert len(by_class(tree, "work")) == 1 + len(items("html"))
    known = {element.tag for element in parsed(page(items("html"))).iter()}
    assert {e.tag for e in by_class(tree, "work")[0].iter()} <= known | {e.tag for e in plain.iter()} | {
        "mroot",
        "mn",
    }


@given(st.text(st.sampled_from("ab<>&\"'/!-=`{}$\\[]^_ \x00\n\u2028\ud800é"), max_size=20))
def test_any_text_makes_a_valid_page(text):
    tree = parsed(page([hostile(text, key=f"k{text}".replace(" ", "").replace("\n", "") or "k")]))
    assert len(by_class(tree, "work")) == 1
    assert list(loads(tree)) == [("link", "href", "data:,")]


# --- formulas -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latex", "html"),
    [
        (r"$x_i^2$", "x<sub>i</sub><sup>2</sup>"),
        (r"\emph{a} $\alpha$ & b", "<i>a</i> α &amp; b"),
        (r"\$5 and \$6", "$5 and $6"),
        (
            r"$\sqrt[3]{x}$ at \$5",
            "<math><mrow><mroot><mrow><mi>x</mi></mrow><mn>3</mn></mroot></mrow></math> at $5",
        ),
        (r"$\sqrt[3]{x} \unknowncommand$", r"<code>\sqrt[3]{x} \unknowncommand</code>"),
    ],
)
def test_formulas_are_html_else_mathml_else_their_tex(latex, html):
    assert html in html_of(latex)


@pytest.mark.parametrize(
    "tex",
    [r"\href{javascript:x}{y}", r"\style{color:red}{y}", r"\class{a}{y}", r"\text{a}", r"\frac{a}{\frac{b}{c}}"],
)
def test_mathml_has_only_what_lays_out_a_formula(tex):
    made = mathml(tex)
    assert made is not None
    assert not re.search(r"href|style|class|on[a-z]+=", made)
    parsed(f"<!DOCTYPE html><title>t</title>{made}")


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<b>x</b>}",
        r"\text{a & b}",
        r"\foo",
        r"\frac",
        "x^a^b",
        "{" * 900 + "}" * 900,
        "_{" * 500,
        r"\left(" * 300,
        "x" * 5000,
        r"\begin{array}",
    ],
)
def test_what_cannot_be_said_is_none(tex):
    assert mathml(tex) is None


def test_an_entry_without_a_key_is_shown_without_one():
    made = Item(entry=Entry(entry_type="misc", key="", fields=(Field("title", "T"),)))
    (work,) = by_class(parsed(html.render([made]).text), "work")
    assert work.get("id") is None
    assert by_class(work, "key") == []
    assert [module.render([made]).text for module in (markdown, text)] == ["- T.\n", "    T.\n"]
