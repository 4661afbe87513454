"""Markdown and HTML: links, lists, tables, headings, quotes; what markup hides."""

import pytest

from bibtools.extract.inline import plain
from bibtools.extract.markup import tokens
from tests.extracting import INPUTS, brief, found, own_arxiv, read

ATTENTION = "Attention is all you need"
URL = "https://arxiv.org/abs/1706.03762"
ID = ["arxiv:1706.03762"]


def link(title=None, authors=(), date=None, kind="identifier", identifiers=ID):
    return (kind, title, authors, identifiers, date)


ONE_EACH = {
    "item with a link and a remark": (f"- [{ATTENTION}]({URL}) — a classic, read it!", link(ATTENTION)),
    "task": (f"- [x] [{ATTENTION}]({URL})", link(ATTENTION)),
    "numbered": (f"12. [{ATTENTION}]({URL})", link(ATTENTION)),
    "link with a title": (f'- [{ATTENTION}]({URL} "the paper")', link(ATTENTION)),
    "emphasised link": (f"- **[{ATTENTION}]({URL})**", link(ATTENTION)),
    "emphasis inside": (f"- [*{ATTENTION}*]({URL})", link(ATTENTION)),
    "authors behind": (f"- [{ATTENTION}]({URL}), Vaswani et al., 2017", link(ATTENTION, ("Vaswani",), "2017")),
    "authors before": (
        f"- Ashish Vaswani, Noam Shazeer: [{ATTENTION}]({URL})",
        link(ATTENTION, ("Ashish Vaswani", "Noam Shazeer")),
    ),
    "authors below": (
        f"- [{ATTENTION}]({URL})\n  Ashish Vaswani, Noam Shazeer",
        link(ATTENTION, ("Ashish Vaswani", "Noam Shazeer")),
    ),
    "a link that says pdf": (f"- Attention Is All You Need [pdf]({URL})", link("Attention Is All You Need")),
    "quoted title": (f'- "{ATTENTION}", Vaswani et al. 2017, {URL}', link(ATTENTION, ("Vaswani",), "2017")),
    "id in brackets": ("- Attention Is All You Need (arXiv:1706.03762)", link("Attention Is All You Need")),
    "title of arXiv's page": ("- [1706.03762] Attention Is All You Need", link("Attention Is All You Need")),
    "title of arXiv's page as a link": (
        f"- [[1706.03762] Attention Is All You Need]({URL})",
        link("Attention Is All You Need"),
    ),
    "id and address": (f"- [arXiv:1706.03762]({URL})", link()),
    "several addresses of one paper": (
        f"- {URL} [pdf](https://arxiv.org/pdf/1706.03762) [html](https://arxiv.org/html/1706.03762)",
        link(),
    ),
    "id and code": (f"- {URL} code: https://github.com/x/y", link()),
    "id and published DOI": (f"- {URL}, doi:10.1000/182", link(identifiers=[*ID, "doi:10.1000/182"])),
    "a remark only": (f"- the famous one: {URL}", link()),
    "remark of several words": (f"- must read this again before the talk {URL}", link()),
    "heading": (f"## [{ATTENTION}]({URL})", link(ATTENTION)),
    "heading with id": ("### Attention Is All You Need (arXiv:1706.03762)", link("Attention Is All You Need")),
    "underlined heading": (f"[{ATTENTION}]({URL})\n======\n", link(ATTENTION)),
    "quote": (f"> [{ATTENTION}]({URL})", link(ATTENTION)),
    "quoted item": (f"> - [{ATTENTION}]({URL})", link(ATTENTION)),
    "autolink": (f"<{URL}>", link()),
    "link in prose": (f"As [Vaswani et al.]({URL}) say, it is enough.", link()),
    "generic link in prose": (f"Read [this paper]({URL}) soon.", link()),
    "titled link in prose": (
        f"I liked [Attention Is All You Need]({URL}) a lot.",
        link("Attention Is All You Need"),
    ),
    "reference link": (f"- [{ATTENTION}][v]\n\n[v]: {URL}", link(ATTENTION)),
    "collapsed reference link": (f"- [{ATTENTION}][]\n\n[{ATTENTION}]: <{URL}> 'x'", link(ATTENTION)),
    "shortcut reference link": (f"- [{ATTENTION}]\n\n[{ATTENTION.upper()}]: {URL}", link(ATTENTION)),
    "unused definition": (f"Nothing here.\n\n[v]: {URL}", link()),
    "footnote": (
        f"Text[^1].\n\n[^1]: Vaswani et al. {ATTENTION}. arXiv:1706.03762, 2017.",
        link(ATTENTION, ("Vaswani",), "2017", "reference"),
    ),
    "html link": (f'- <a href="{URL}">{ATTENTION}</a>', link(ATTENTION)),
    "badge": (f"[![arXiv](https://img.shields.io/badge/arXiv-1706.03762-b31b1b.svg)]({URL})", link()),
    "table": (
        f"| Title | Authors | Year | Link |\n|:--|---|--|--:|\n| {ATTENTION} | Vaswani et al. | 2017 |"
        f" [pdf]({URL}) |",
        link(ATTENTION, ("Vaswani",), "2017"),
    ),
    "table without outer bars": (f"Title | Link\n--- | ---\n{ATTENTION} | {URL}", link(ATTENTION)),
    "table of ids": ("| id | note |\n|--|--|\n| 1706.03762 | good |", link()),
    "table without id": (
        f"| Paper | Authors |\n|--|--|\n| {ATTENTION} | Ashish Vaswani, Noam Shazeer |",
        link(ATTENTION, ("Ashish Vaswani", "Noam Shazeer"), None, "title", []),
    ),
    "openreview": (
        "- [Some title of it](https://openreview.net/forum?id=rJXMpikCZ)",
        link("Some title of it", identifiers=["url:https://openreview.net/forum?id=rJXMpikCZ"]),
    ),
    "isbn": (
        "- The Book of Books, ISBN 978-0-262-03384-8",
        link("The Book of Books", identifiers=["isbn:9780262033848"]),
    ),
    "with comment and code around": (
        f"<!-- arXiv:0704.0001 -->\n- [{ATTENTION}]({URL}) `arXiv:0704.0002` [[arXiv:0704.0003]]",
        link(ATTENTION),
    ),
    "escaped": (
        r"- [Attention\_is all you \*need\*](https://arxiv.org/abs/1706.03762)",
        link("Attention_is all you *need*"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), ONE_EACH.values(), ids=ONE_EACH)
def test_one_mention(text, expected):
    (mention,) = found(text, kind="markdown")
    assert brief(mention) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- arXiv:1706.03762, arXiv:0704.0001", ["1706.03762", "0704.0001"]),
        (f"- [Attention]({URL}), [other](https://arxiv.org/abs/0704.0001)", ["1706.03762", "0704.0001"]),
        (f"{URL}\nhttps://arxiv.org/abs/0704.0001", ["1706.03762", "0704.0001"]),
        (f"Read {URL} and https://arxiv.org/abs/0704.0001 first.", ["1706.03762", "0704.0001"]),
        (
            f"Attention Is All You Need {URL}\nThe Other Good Paper https://arxiv.org/abs/0704.0001",
            ["1706.03762", "0704.0001"],
        ),
        (f"- {URL}\n  - https://arxiv.org/abs/0704.0001\n", ["1706.03762", "0704.0001"]),
        (f"> {URL}\n\n{URL}", ["1706.03762", "1706.03762"]),
        ("| a |\n|--|\n| 1706.03762 |\n| 0704.0001 |", ["1706.03762", "0704.0001"]),
    ],
)
def test_several_mentions(text, expected):
    assert [own_arxiv(m)[0] for m in found(text, kind="markdown")] == expected


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{URL}\n```",
        f"~~~ python\n{URL}\n~~~",
        f"    {URL}",
        f"text\n\n\t{URL}",
        f"`{URL}`",
        f"<!-- {URL} -->",
        f"<!--\n- [{ATTENTION}]({URL})\n-->",
        f"%% {URL} %%",
        f"[[{URL}]]",
        f"![[{URL}]]",
        f"---\nurl: {URL}\n---\n",
        f"+++\nurl = '{URL}'\n+++\n",
        "- [nyt](https://github.com/nytimes)",
        "- [Title of a blog post](https://example.com/1706.03762)",
        "![1706.03762](x.png)",
        "[a](mailto:x@1706.03762.org)",
        "- [ ] Attention is all you need",
        "# Attention Is All You Need",
        "| Paper | Authors |\n|--|--|\n| Dinner | Anna Smith |",
        "- [[Attention Is All You Need]] by Ashish Vaswani",
    ],
)
def test_nothing(text):
    assert found(text, kind="markdown", prose="all") == ()


def test_front_matter_needs_an_end_and_keys():
    assert len(found(f"---\n{URL}\n", kind="markdown")) == 1
    assert len(found(f"---\n\n{URL}\n\n---\n", kind="markdown")) == 1


def test_markdown_spans_cover_the_source():
    text = f"# Papers\r\n\r\n> - **[{ATTENTION}]({URL})** by Vaswani et al., 2017\r\n"
    (mention,) = found(text, kind="markdown")
    covered = text[mention.span.start : mention.span.stop]
    assert covered.startswith(f"**[{ATTENTION}](") and covered.endswith("et al., 2017")
    assert (mention.line, mention.end_line) == (3, 3)


def test_a_link_in_prose_covers_the_link_alone():
    text = f"I read {URL} and then had tea.\nAnd [this one](https://arxiv.org/abs/0704.0001) too."
    a, b = found(text, kind="markdown")
    assert text[a.span.start : a.span.stop] == URL
    assert text[b.span.start : b.span.stop] == "this one"
    assert (a.line, b.line) == (1, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Bold** and *it*", "Bold and it"),
        ("__x__ _y_", "x y"),
        ("$a_1 * b_1$ and $c * d$", "$a_1 * b_1$ and $c * d$"),
        ("snake_case_name", "snake_case_name"),
        ("AtP*: An Efficient Method", "AtP*: An Efficient Method"),
        (r"10\_000 \*stars\*", "10_000 *stars*"),
        ("`code`", "code"),
    ],
)
def test_plain(text, expected):
    assert plain(text) == expected


# -- HTML -------------------------------------------------------------------------------------------------

HTML = {
    "item": (f'<ul><li><a href="{URL}">{ATTENTION}</a> - nice</li></ul>', link(ATTENTION)),
    "unclosed items": (f"<ul><li>milk<li><a href={URL}>{ATTENTION}</a><li>bread</ul>", link(ATTENTION)),
    "paragraph": (f"<p>see <a href='{URL}'>here</a>", link()),
    "text": ("<p>arXiv:1706.03762</p>", link()),
    "entities": (
        f'<li><a href="{URL}?a=1&amp;b=2">Attention &amp; the rest&nbsp;of it</a></li>',
        link("Attention & the rest of it"),
    ),
    "bookmark": (
        f'<DL><p><DT><A HREF="{URL}" ADD_DATE="1">[1706.03762] Attention Is All You Need</A>\n</DL>',
        link("Attention Is All You Need"),
    ),
    "emphasised": (
        "<li><i>Attention is all you need</i>, Vaswani &amp; Shazeer, 2017</li>",
        link(ATTENTION, ("Vaswani", "Shazeer"), "2017", "title", []),
    ),
    "table": (
        f"<table><tr><th>Title<th>Authors<th>Link<tr><td>{ATTENTION}<td>Vaswani et al.<td><a"
        f" href='{URL}'>pdf</a></table>",
        link(ATTENTION, ("Vaswani",)),
    ),
    "heading": (f"<h2><a href='{URL}'>{ATTENTION}</a></h2>", link(ATTENTION)),
    "relative": ('<a href="/abs/1706.03762">arXiv</a>', link()),
    "pasted entry": (
        "<pre>@misc{a,\n title = {Attention is all you need},\n eprint = {1706.03762},\n archiveprefix ="
        " {arXiv}}</pre>",
        link(ATTENTION, kind="reference"),
    ),
    "after a comment and a script": (
        f"<!-- arXiv:0704.0001 --><script>'<p>arXiv:0704.0002</p>'</script><p>{URL}</p>",
        link(),
    ),
    "lone brackets": (f"<p>1 < 2 and 3 > 2 <> {URL} <", link()),
}


@pytest.mark.parametrize(("text", "expected"), HTML.values(), ids=HTML)
def test_html(text, expected):
    (mention,) = found(text, kind="html")
    assert brief(mention) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"<code>{URL}</code>",
        f"<pre>curl {URL}</pre>",
        f"<style>{URL}</style>",
        f"<title>{URL}</title>",
        f"<!-- {URL}",
        f"<textarea>{URL}</textarea>",
        f'<img alt="{URL}">',
    ],
)
def test_nothing_in_html(text):
    assert found(text, kind="html", prose="all") == ()


def test_arxivs_listing_saved_as_a_page():
    first, second = read(INPUTS / "papers" / "listing.html").mentions
    assert brief(first) == link(
        "Gemma 2: Improving Open Language Models at a Practical Size",
        ("Gemma Team", "Morgane Riviere"),
        identifiers=["arxiv:2408.00118"],
    )
    assert first.comment == "22 pages"
    assert brief(second) == link(
        "Gemma: Open Models Based on Gemini Research and Technology",
        ("Gemma Team",),
        identifiers=["arxiv:2403.08295"],
    )


def test_a_page_that_says_what_paper_it_is():
    (mention,) = read(INPUTS / "papers" / "abs_page.html").mentions
    assert brief(mention) == link(
        "Gemma 2: Improving Open Language Models",
        ("Riviere, Morgane", "Pathak, Shreya"),
        "2024-07-31",
        identifiers=["arxiv:2408.00118"],
    )
    assert mention.abstract == "In this work, we introduce Gemma 2 & more."
    assert (mention.line, mention.end_line) == (4, 11)


def test_tokens_know_their_places():
    text = "a<b c='d>'>&amp;x</b ><!-- y --><br/>< z"
    found_tokens = list(tokens(text))
    assert [(t.kind, t.name) for t in found_tokens] == [
        ("text", "a"),
        ("start", "b"),
        ("text", "&"),
        ("text", "x"),
        ("end", "b"),
        ("start", "br"),
        ("text", "< z"),
    ]
    assert found_tokens[1].attributes == {"c": "d>"}
    assert [text[t.start : t.stop] for t in found_tokens] == [
        "a",
        "<b c='d>'>",
        "&amp;",
        "x",
        "</b >",
        "<br/>",
        "< z",
    ]
