"""Markdown: what CommonMark, GitHub's rules for formulas and pandoc show of it is the plain text."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from bibtools import formats
from bibtools.formats import Item, markdown
from bibtools.formats.printed import printed
from bibtools.formats.references import links, otherwise, sentence, venue, when, who
from bibtools.formats.showing import HIDES_NOTHING
from bibtools.formats.works import work_of
from bibtools.model import Entry, Field
from tests.readable import entries, items
from tests.test_clients import needs

EXPECTED = """\
- Ágoston Çağlar Ünlü, Øyvind van der Maaten, and Gemma Team. [100% of x₁² & \\<script>alert(1)\\</script>: the \
<i>true</i> story of $\\mathrm{Ext}^{n}_ {\\Lambda}(M, \\hat{N}^{\\ast })$](https://arxiv.org/abs/2401.00001). \
[arXiv:2401.00001](https://arxiv.org/abs/2401.00001) \\[cs.LG\\], J. Inv. 3 (2025) 14, 2024. \
[doi:10.1000/xyz](https://doi.org/10.1000/xyz) `unlu2024true`
"""
COMMONMARK = MarkdownIt("commonmark").enable("table")
GITHUB = MarkdownIt("gfm-like", {"linkify": False}).enable("table").use(dollarmath_plugin, double_inline=True)


def inline(parser, markdown):
    """The inline tokens of a list of one paragraph each; anything else in it is a mistake."""
    found = []
    for token in parser.parse(markdown):
        assert token.type in (
            "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "paragraph_open",
            "paragraph_close", "inline",
        )  # fmt: skip
        found += [token.children] if token.type == "inline" else []
    return found


def shown(tokens):
    """The text that a reader sees."""
    parts = {"text": "{}", "code_inline": "{}", "math_inline": "${}$", "softbreak": " "}
    texts = [parts[t.type].format(t.content) for t in tokens if t.type in parts]
    assert not [t.content for t in tokens if t.type == "html_inline" and t.content not in TAGS]
    return "".join(texts)


TAGS = {f"<{slash}{tag}>" for tag in ("i", "sub", "sup") for slash in ("", "/")}


def expected(item):
    """The reference in plain text, as the Markdown says it."""
    work = work_of(replace(item, entry=printed(item.entry)))
    found = links(work)
    where = ", ".join(filter(None, (venue(work).text, when(work))))
    parts = [sentence(who(work)), sentence(work.title), sentence(where)]
    left = found[work.is_preprint :]
    parts.append(" ".join(link.label for link in left if link.label != link.address or len(found) > 1))
    if not any(parts):
        parts[0] = otherwise(work)
    return " ".join(filter(None, (*parts, work.key)))


def same(text):
    """A text but for blanks, and formulas in the words that stay in Markdown."""
    words = {
        r"\lbrace": r"\{", r"\rbrace": r"\}", r"\Vert": r"\|", r"\cr": r"\\", r"\thinspace": r"\,", r"\ast": "*",
        r"\medspace": r"\:", r"\thickspace": r"\;", r"\negthinspace": r"\!", r"\lbrack": "[", r"\rbrack": "]",
    }  # fmt: skip
    for word, mark in words.items():
        text = text.replace(word, mark)
    return re.sub(r"[\s\\]+", "", text)


def test_a_reference():
    made = formats.render(items("markdown"), "markdown")
    assert made.text.startswith(EXPECTED)
    assert made.problems == ()


@pytest.mark.parametrize("parser", [COMMONMARK, GITHUB], ids=["commonmark", "github"])
def test_what_is_shown_is_the_plain_text(parser):
    made = items("markdown")
    tokens = inline(parser, markdown.render(made, HIDES_NOTHING).text)
    assert [same(shown(children)) for children in tokens] == [same(expected(item)) for item in made]


def test_titles_lead_to_the_work():
    (first, *_) = inline(GITHUB, formats.render(items("markdown"), "markdown").text)
    hrefs = [token.attrs["href"] for token in first if token.type == "link_open"]
    assert hrefs == ["https://arxiv.org/abs/2401.00001"] * 2 + ["https://doi.org/10.1000/xyz"]
    formulas = [token.content for token in first if token.type == "math_inline"]
    assert formulas == [r"\mathrm{Ext}^{n}_ {\Lambda}(M, \hat{N}^{\ast })"]


AWKWARD = [
    "1. A list", "1) A list", "(1) A list", "a. list", "ii) list", "MM. list", "#. list", "- x", "+ x", "* x",
    "# x", "> x", "=== x", "| a | b |", ": x", "% x", "~~x~~", "**x**", "_x_", "x_y_z", "`x`", "``", "[x](y)",
    "![x](y)", "[^1]", "<b>x</b>", "&amp; &#35; &", "\\\\ x", "$5 and $6", "H\\textsubscript{2}O", "@key said",
    "x^2^ y~2~", "http://x.y/a_b_c", "a `\\textbf{b} c", "\\textit{a}\\textit{b}c", "www.example.org", "x*",
    "*", "_", "---", "- - -", "Title \\#", "``a''", "{.class} x", "| x", "$[0,1)\\sqrt[3]{x}$",
    "$\\sqrt[3]{\\{a\\}_*}$2 follows", "$\\sqrt[3]{x\\%y}$", "$a<b\\underbrace{x}$>c", "\\verb|x|",
    "1986\\. A year", "A. B", "x\\\\y", "\\'{E}t\\'e", "'quoted'", "...", "--", "x -- y", "<!-- x -->",
    "<https://x.y>", "x\\& y", "&copy x", "\\_\\_x\\_\\_", "a!", "!", "![", "]", "](x)", "[x]: y",
    "{\\it slanted", "x~y",
]  # fmt: skip


def titled(title, **fields):
    made = [Field("title", title), *(Field(name, value) for name, value in fields.items())]
    return Item(entry=Entry(entry_type="article", key="k", fields=tuple(made)))


@pytest.mark.parametrize("title", AWKWARD)
@pytest.mark.parametrize("parser", [COMMONMARK, GITHUB], ids=["commonmark", "github"])
def test_what_means_something_in_markdown_is_shown_as_it_is(parser, title):
    for item in (
        titled(title),
        titled(title, url="https://x.y/(a)_b_<c>"),
        titled("T", author=title, journal=title),
    ):
        (tokens,) = inline(parser, formats.render([item], "markdown").text)
        assert same(shown(tokens)) == same(expected(item))


@given(st.text(st.sampled_from("ab1 .)(*_`[]<>!&;#$~^|\\{}@-+=:'\"/"), max_size=14))
def test_whatever_a_title_is_made_of(title):
    for item in (titled(title), titled(title, doi="10.1000/1"), titled("T", journal=title)):
        (tokens,) = inline(COMMONMARK, formats.render([item], "markdown").text)
        assert same(shown(tokens)) == same(expected(item))


@pytest.mark.parametrize("key", ["a`b", "`a", "a``b`", "a_b*c"])
def test_keys_are_code_whatever_they_are_made_of(key):
    item = Item(entry=Entry(entry_type="misc", key=key, fields=(Field("title", "T"),)))
    (tokens,) = inline(COMMONMARK, formats.render([item], "markdown").text)
    assert [token.content for token in tokens if token.type == "code_inline"] == [key]


def pandoc_text(markdown):
    """What pandoc reads, as plain text; formulas as TeX."""
    done = subprocess.run(
        ["pandoc", "-f", "markdown-smart", "-t", "json"], input=markdown.encode(), capture_output=True, check=True
    )
    (block,) = json.loads(done.stdout)["blocks"]
    assert block["t"] == "BulletList"
    return ["".join(_text(node) for node in blocks) for blocks in block["c"]]


def _text(node):
    kind, content = node["t"], node.get("c")
    if kind in ("Str", "Code"):
        return content if kind == "Str" else content[1]
    if kind in ("Space", "SoftBreak", "RawInline"):
        return " "
    if kind == "Math":
        return f"${content[1]}$"
    if kind in ("Plain", "Para", "Emph"):
        return "".join(map(_text, content))
    assert kind == "Link", node
    return "".join(map(_text, content[1]))


@needs("pandoc")
def test_pandoc_shows_the_plain_text():
    made = [*items("markdown"), *map(titled, AWKWARD), *(titled(title, doi="10.1000/1") for title in AWKWARD)]
    made += [titled("T", author=title) for title in AWKWARD]
    texts = pandoc_text(
        markdown.render([replace(item, entry=printed(item.entry)) for item in made], HIDES_NOTHING).text
    )
    assert [same(text) for text in texts] == [same(expected(item)) for item in made]


def test_every_entry_is_one_item():
    assert formats.render(entries(), "markdown").text.count("\n") == len(entries())
