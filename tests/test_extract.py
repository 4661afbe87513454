"""Extraction as a whole: the seeds, what identifies a mention, hostile and private texts."""

import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools.extract import extract, source_kind
from bibtools.extract.digests import letters, mention_digest, text_digest
from tests.extracting import INPUTS, brief, found, ids, read

SEEDS = Path(__file__).parent.parent / "seeds"
GOLDEN = {
    "000_f96bdcf8ccac8f62.txt": [
        (1, 7, "identifier", ["arxiv:2408.00118"], "2024-07-31"),
        (9, 12, "identifier", ["arxiv:2404.15058"], "2024-04-23"),
        (14, 17, "identifier", ["arxiv:2403.13793"], "2024-03-20"),
        (19, 22, "identifier", ["arxiv:2307.15771"], "2023-07-28"),
        (24, 27, "identifier", ["arxiv:2307.09458"], "2023-07-18"),
        (29, 32, "identifier", ["arxiv:2301.05062"], "2023-01-12"),
        (34, 37, "identifier", ["arxiv:2201.08102"], "2022-01-20"),
        (39, 44, "identifier", ["arxiv:1906.02641"], "2019-06-06"),
    ],
    "001_a5d7b0d4973f862f.txt": [(line, line, "abstract", [], None) for line in range(1, 11)],
    "003_dd4b9b65b304c986.txt": [(line, line, "abstract", [], None) for line in range(1, 11)],
    "004_5bd1f40ad0ef2019.txt": [
        (line, line, "abstract", ["(arxiv:2212.03827)"] if line == 7 else [], None) for line in range(2, 12)
    ],
}


def seed(name):
    return extract((SEEDS / name).read_text("utf-8"), source=f"seeds/{name}", kind="notes", prose="txt")


@pytest.mark.parametrize("name", GOLDEN)
def test_the_seeds(name):
    mentions = seed(name).mentions
    assert [(m.line, m.end_line, m.kind, ids(m), m.date and str(m.date)) for m in mentions] == GOLDEN[name]
    assert all(m.abstract and m.source == f"seeds/{name}" for m in mentions)


def test_the_first_seed_begins_with_a_title_its_authors_and_its_abstract():
    first, *others, last = seed("000_f96bdcf8ccac8f62.txt").mentions
    assert first.title == "Gemma 2: Improving Open Language Models at a Practical Size"
    assert len(first.authors) == 195
    assert first.authors[0] == "Morgane Gemma Team"
    assert first.authors[-1] == "Alek Dadashi"
    assert "Josh van Amersfoort" in first.authors
    assert first.abstract.startswith("In this work, we introduce Gemma 2,")
    assert first.abstract.endswith("to the community.")
    assert last.comment.startswith("Presented at 2019 ICML Workshop")
    assert not any(m.title or m.authors or m.comment for m in others)


def test_the_same_abstract_with_and_without_id_and_label_is_known_by_its_digest():
    by_digest = {}
    for name in GOLDEN:
        for mention in seed(name).mentions:
            by_digest.setdefault(mention.abstract_digest, []).append((name[:3], mention.line))
    assert len(by_digest) == 27
    assert by_digest[seed("001_a5d7b0d4973f862f.txt").mentions[1].abstract_digest] == [
        ("000", 1),
        ("001", 2),
        ("003", 2),
    ]


def test_latex_in_an_abstract_stays():
    mention = seed("004_5bd1f40ad0ef2019.txt").mentions[8]
    assert mention.abstract.startswith(r"\emph{Circuit analysis} is a promising technique")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a.txt", "notes"),
        ("a/b.MD", "markdown"),
        ("x.markdown", "markdown"),
        ("x.qmd", "markdown"),
        ("x.html", "html"),
        ("x.htm", "html"),
        ("refs.bib", "bib"),
        ("x.ris", "ris"),
        ("x.json", "csl"),
        ("x.yaml", "csl"),
        ("x.yml", "csl"),
        ("paper.tex", "tex"),
        ("a.txt/b", None),
        ("a.docx", None),
        ("README", None),
        (".txt", None),
        ("a\\b.txt", "notes"),
    ],
)
def test_source_kind(path, kind):
    assert source_kind(path) == kind


# -- what identifies a mention ------------------------------------------------------------------------------------

ABSTRACT = (
    "We present a method for state-of-the-art attribution in \\emph{large} models, based on $x_1 < 3$"
    " heads. In this"
    " work the results of (1) earlier studies - and of (2) our own - are compared; e.g. “quoted” words,"
    " ligatures and"
    " efficient re-use of data are shown to help. This paper also proves a theorem on the structure of such models"
    " (Smith et al., 2020)."
)
SOURCES = {
    "labelled abstract": f"Abstract: {ABSTRACT}",
    "bare abstract": ABSTRACT,
    "abstract and id": f"{ABSTRACT}\n\narXiv:2408.00118\nCreated: 2024-07-31",
    "reference": '[3] A. Vaswani et al., "Attention is all you need," in Proc. NeurIPS, 2017, pp. 5998-6008.',
    "item": "- Attention is all you need (Vaswani et al., 2017)",
    "link": "- [Attention is all you need](https://arxiv.org/abs/1706.03762) — nice",
    "prose": "Have a look at https://arxiv.org/abs/1706.03762 when there is time.",
    "title and authors": "Attention Is All You Need\nAshish Vaswani, Noam Shazeer",
}


def said(mentions):
    return [(m.digest, m.abstract_digest, m.kind, m.title, m.authors, ids(m), m.comment) for m in mentions]


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: "Shopping: milk and bread.\n\n\n" + text,
        lambda text: text + "\n\nThat was all for now.\n",
        lambda text: text + "   \t\n",
        lambda text: "\n".join(line + "  " for line in text.split("\n")),
    ],
    ids=["crlf", "cr", "bom", "moved down", "followed", "trailing blanks", "blanks at line ends"],
)
def test_moving_a_mention_changes_nothing(name, change):
    before = said(found(SOURCES[name]))
    assert len(before) == 1
    assert said(found(change(SOURCES[name]))) == before


@given(st.integers(20, 120), st.booleans(), st.sampled_from(["", "Abstract: ", "Abstract\n\n"]))
@settings(max_examples=60)
def test_rewrapping_an_abstract_changes_no_digest(width, hyphens, label):
    wrapped = textwrap.fill(ABSTRACT, width, break_on_hyphens=hyphens, break_long_words=False)
    (mention,) = found(label + wrapped)
    assert mention.abstract_digest == text_digest(ABSTRACT)
    assert mention.digest == mention_digest(abstract=ABSTRACT)


@given(st.integers(30, 100))
def test_rewrapping_a_reference_changes_no_digest(width):
    reference = SOURCES["reference"]
    (mention,) = found(textwrap.fill(reference, width, break_on_hyphens=False))
    assert mention.digest == found(reference)[0].digest


@pytest.mark.parametrize(
    "text",
    [
        "arXiv:1706.03762",
        "https://arxiv.org/abs/1706.03762",
        "- 1706.03762",
        "* <https://arxiv.org/pdf/1706.03762.pdf>",
        "12. [pdf](https://arxiv.org/pdf/1706.03762)",
        "I like https://doi.org/10.48550/arXiv.1706.03762 very much.",
        "> arXiv:1706.03762 [cs.CL]",
        "- arXiv:1706.03762 (https://arxiv.org/abs/1706.03762)",
    ],
)
def test_the_spelling_of_an_identifier_is_not_part_of_the_digest(text):
    (mention,) = found(text, kind="markdown")
    assert mention.digest == mention_digest(identifiers=mention.identifiers) == found("arXiv:1706.03762")[0].digest


def test_a_remark_beside_a_link_is_not_part_of_the_mention():
    a, b = (found(f"- [Attention is all you need](https://arxiv.org/abs/1706.03762){r}") for r in ("", " — dull!"))
    assert said(a) == said(b)


@given(st.text(max_size=100))
def test_letters_are_stable(text):
    assert letters(letters(text)) == letters(text)
    assert letters(f" {text}\n") == letters(text)


def test_digests_tell_apart_what_differs():
    digests = [
        found(text)[0].digest
        for text in (
            "arXiv:1706.03762",
            "arXiv:1706.03762v2",
            "arXiv:1706.03763",
            "Attention is all you need (Vaswani et al., 2017)",
            "Attention is all you need (Vaswani et al., 2018)",
            "Attention is all you need (Smith et al., 2017)",
            "Attention is what you need (Vaswani et al., 2017)",
        )
    ]
    assert len(set(digests)) == 7


# -- private and hostile texts ------------------------------------------------------------------------------------


LINK = "https://arxiv.org/abs/1706.03762"


@pytest.mark.parametrize("path", sorted((INPUTS / "private").iterdir()), ids=lambda path: path.name)
def test_nothing_comes_out_of_private_notes(path):
    assert read(path).mentions == ()


@pytest.mark.parametrize("path", sorted((INPUTS / "private").glob("*.txt")), ids=lambda path: path.name)
def test_of_private_notes_with_a_link_only_the_link_comes_out(path):
    text = path.read_text("utf-8")
    paragraphs = text.split("\n\n")
    at = len(paragraphs) // 2
    paragraphs[at] += f" By the way, look at {LINK} when you can."
    changed = "\n\n".join(paragraphs)
    (mention,) = found(changed, prose="all")
    assert brief(mention) == ("identifier", None, (), ["arxiv:1706.03762"], None)
    covered = changed[mention.span.start : mention.span.stop]
    assert covered == LINK or (covered.endswith(f"{LINK} when you can.") and "\n\n" not in covered)  # a list item
    assert mention.abstract is mention.comment is None


def test_prose_is_counted_but_not_shown():
    result = read(INPUTS / "private" / "diary.txt")
    assert result.prose_skipped == 6
    assert result.problems == ()


@pytest.mark.parametrize("kind", ["notes", "markdown", "html", "bib", "ris", "csl", "tex"])
@given(text=st.text(max_size=300))
@settings(max_examples=40)
def test_any_text_is_accepted(kind, text):
    result = extract(text, source="x", kind=kind, prose="all")
    for mention in result.mentions:
        assert 0 <= mention.span.start <= mention.span.stop <= len(text)
        assert 1 <= mention.line <= mention.end_line


TOKENS = (
    "# - * > ` | [ ] ( ) < > & \\ $ { } @ % ~ _ : ; , . ! ? \" ' — \n \r\n \t 1. [1] ``` --- <!-- -->"
    " <p> </p> <a <li>"
    " <tr><td> &amp; Title: Authors: Abstract: arXiv:1706.03762 https://arxiv.org/abs/1706.03762 [a](b) [[x]]"
    ' @article{a, \\\\ 2017 (2017) et al. Smith, A. Jones and In Proc. we propose this paper TY  - ER  - {"id":1}'
)
MARKUP = st.sampled_from(TOKENS.split(" "))


@pytest.mark.parametrize("kind", ["notes", "markdown", "html", "bib", "ris", "csl", "tex"])
@given(pieces=st.lists(MARKUP, max_size=40), glue=st.sampled_from(["", " ", "\n"]))
@settings(max_examples=60)
def test_any_markup_is_accepted_and_spans_are_inside(kind, pieces, glue):
    text = glue.join(pieces)
    result = extract(text, source="x.json", kind=kind, prose="all")
    spans = [mention.span for mention in result.mentions]
    assert all(0 <= span.start <= span.stop <= len(text) for span in spans)
    assert [span.start for span in spans] == sorted(span.start for span in spans)


HOSTILE = {
    "notes": [
        "Abstract:\n",
        "Ann Smith, ",
        "A. B, ",
        "“a b ",
        "Title: a b\nAuthors: C D\n",
        "- \\a\n",
        "\\\\\n",
        "a-\n",
        " ",
        "(2017) ",
        "A B. II. ",
        "'a b ",
        "‘a'b",
        "arXiv:1706.03762\ndoi:10.1000/1\n",
    ],
    "markdown": [
        "[",
        "[](",
        "[a][",
        "*a ",
        "`a ",
        "<a ",
        "<!--",
        "[[a",
        "%%a",
        "| a |\n|---|\n",
        "@a{b,\n",
        "```\n",
        "> a\nb\n",
        "a-<br>\n",
    ],
    "html": [
        "<",
        "<!--",
        "<a ",
        '<a href="',
        "<![",
        "<div>",
        "<tr><td>",
        "</p>",
        "&amp;",
        "\t",
        "<script>",
        "a-<br>",
        "<li>a",
    ],
    "bib": ["@a{", "{", "@string{a=a#a}\n"],
    "ris": ["TY  - JOUR\n", "AU  - A, B\n", "a\n"],
    "csl": ["[", '{"a":', "- ", "{"],
    "tex": ["\\bibitem{a} arXiv:2408.00118 ", "\\begin{verbatim}", "\\url{", "%", "\\"],
}


@pytest.mark.parametrize(
    ("kind", "piece"), [(kind, piece) for kind, pieces in HOSTILE.items() for piece in pieces]
)
def test_time_grows_with_the_text_and_not_with_its_square(kind, piece):
    def spent(size):
        text = piece * (size // len(piece))
        start = time.process_time()
        extract(text, source="x.json", kind=kind, prose="all")
        return time.process_time() - start

    assert spent(80_000) < 8 * spent(20_000) + 0.4


@pytest.mark.parametrize("kind", ["notes", "markdown"])
def test_a_hyphen_before_very_many_line_ends(kind):
    text = "Abstract: we show a-" + "<br>\n" * 30_000 + "7 and that is all there is."
    start = time.process_time()
    (mention,) = found(text, kind=kind)
    assert mention.abstract.startswith("we show a- 7 and")
    assert time.process_time() - start < 5


@pytest.mark.parametrize("kind", ["notes", "markdown", "html"])
def test_a_line_of_a_megabyte(kind):
    text = "the quick brown fox jumps over arXiv:1706.03762 " * 22_000
    assert len(found(text, kind=kind)) in (1, 22_000)
