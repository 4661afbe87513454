"""Structured sources: `.bib`, RIS, CSL in JSON and YAML; and what a `.tex` file names outright."""

import json
from itertools import pairwise

import pytest

from bibtools.extract import extract
from tests.extracting import brief, ids


def of(text, kind, source="source"):
    return extract(text, source=source, kind=kind, prose="all")


def fields(mention):
    return {field.name: field.value for field in mention.entry.fields}


BIB = r"""% a remark with arXiv:0704.0001
@string{jmlr = "J. Mach. Learn. Res."}
@article{a, title = {The {BERT} of {\'E}t{\'e}}, author = "M{\"u}ller, Jörg and {The Group and Co}",
  journal = jmlr, year = 2017, month = jun}
@misc{b, title={Attention}, eprint={1706.03762v2}, archivePrefix={arXiv}, abstract={We propose a
  thing.}, doi={10.1000/XYZ}}
@online{c, title={T}, subtitle={S}, date={2020-03-01}, url={https://example.org/x}, isbn={978-0-262-03384-8}}
@article{d, title={E}, journal={arXiv preprint arXiv:0704.0001}}
@article{broken, title = {never
@book{e, }
@book{f, note = {x}}
"""


def test_entries_of_a_bib_file():
    result = of(BIB, "bib")
    a, b, c, d, *_ = result.mentions
    assert brief(a) == ("entry", "The BERT of Été", ("Müller, Jörg", "The Group and Co"), [], "2017-06")
    assert brief(b) == ("entry", "Attention", (), ["arxiv:1706.03762v2", "doi:10.1000/xyz"], None)
    assert b.abstract == "We propose a thing."
    assert brief(c) == ("entry", "T: S", (), ["isbn:9780262033848", "url:https://example.org/x"], "2020-03-01")
    assert brief(d) == ("entry", "E", (), ["arxiv:0704.0001"], None)
    assert [m.entry.key for m in result.mentions] == ["a", "b", "c", "d", "e", "f"]
    assert [m.line for m in result.mentions] == [3, 5, 7, 8, 10, 11]
    assert a.entry.entry_type == "article"
    assert fields(a)["title"] == r"The {BERT} of {\'E}t{\'e}"
    assert result.problems[0].code == "bib-unclosed"
    assert len({m.digest for m in result.mentions}) == 6


def test_an_entry_with_an_id_is_known_by_it_and_one_without_by_its_key():
    def digest(text):
        return of(text, "bib").mentions[0].digest

    assert digest("@misc{a, title={T}, eprint={1706.03762}}") == digest(
        "@article{b,eprint = {1706.03762}, title = {{T}},}"
    )
    assert digest("@misc{a, title={T}}") != digest("@misc{b, title={T}}")
    assert digest("@misc{a, title={T}}") == digest("@misc{a,\n  title = {T}, note = {n}}")
    assert digest("@misc{, note={x}}") != digest("@misc{, note={y}}")


RIS = """TY  - JOUR
AU  - Vaswani, Ashish
AU  - Shazeer, Noam, Jr.
AU  - The Group
TI  - Attention is all you
 need & more
JF  - Advances
PY  - 2017/06/12/
VL  - 30
SP  - 1
EP  - 11
DO  - https://doi.org/10.1000/XYZ
UR  - https://arxiv.org/abs/1706.03762v5
AB  - We propose
the Transformer.
KW  - a
KW  - b
ID  - vaswani2017
ER  -

stray
TY  - CHAP
T1  - A Chapter
A2  - Smith, J.
T2  - A Book
Y1  - 1999
SN  - 978-0-262-03384-8
ER  -
TY  - GEN
TI  - Not closed
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_ris(newline):
    result = of(RIS.replace("\n", newline), "ris")
    paper, chapter, rest = result.mentions
    assert brief(paper) == (
        "entry", "Attention is all you need & more", ("Vaswani, Ashish", "Shazeer, Jr., Noam", "The Group"),
        ["arxiv:1706.03762v5", "doi:10.1000/xyz"], "2017-06-12",
    )  # fmt: skip
    assert paper.abstract == "We propose the Transformer."
    assert (paper.entry.entry_type, paper.entry.key) == ("article", "vaswani2017")
    assert fields(paper) == {
        "author": "Vaswani, Ashish and Shazeer, Jr., Noam and {The Group}",
        "title": r"Attention is all you need \& more",
        "journaltitle": "Advances",
        "date": "2017-06-12",
        "volume": "30",
        "pages": "1--11",
        "doi": "10.1000/xyz",
        "url": "https://arxiv.org/abs/1706.03762v5",
        "abstract": "We propose the Transformer.",
        "keywords": "a, b",
        "eprint": "1706.03762v5",
        "eprinttype": "arxiv",
    }
    assert (paper.line, paper.end_line, chapter.line, rest.line) == (1, 19, 22, 29)
    assert (chapter.entry.entry_type, fields(chapter)["booktitle"]) == ("incollection", "A Book")
    assert chapter.entry.key == ""  # the library gives it one
    assert [(p.code, p.where.line) for p in result.problems] == [("ris-outside", 21), ("ris-unclosed", 29)]


ITEM = {
    "id": "http://zotero.org/users/1/items/vaswani2017",
    "type": "paper-conference",
    "title": "Attention is all you need",
    "author": [
        {"family": "Vaswani", "given": "Ashish"},
        {"family": "Beethoven", "given": "L.", "dropping-particle": "van"},
        {"literal": "Gemma Team"},
        "nonsense",
    ],
    "container-title": "Advances",
    "issued": {"date-parts": [["2017", 6, 12]]},
    "page": "1–11",
    "DOI": "10.48550/arXiv.1706.03762",
    "URL": "http://arxiv.org/abs/1706.03762",
    "abstract": "We propose.",
    "volume": 30,
}


def check_csl(mention):
    assert brief(mention) == (
        "entry",
        "Attention is all you need",
        ("Vaswani, Ashish", "van Beethoven, L.", "Gemma Team"),
        ["arxiv:1706.03762"],
        "2017-06-12",
    )
    assert (mention.entry.entry_type, mention.entry.key) == ("inproceedings", "vaswani2017")
    assert fields(mention)["pages"] == "1--11"
    assert fields(mention)["volume"] == "30"
    assert fields(mention)["eprint"] == "1706.03762"


@pytest.mark.parametrize(
    "wrap", [lambda x: [x], lambda x: x, lambda x: {"items": [x]}, lambda x: {"a": 1, "references": [x]}]
)
@pytest.mark.parametrize("indent", [None, 2])
def test_csl_json(wrap, indent):
    text = json.dumps(wrap(ITEM), indent=indent, ensure_ascii=False)
    result = of(text, "csl", "refs.json")
    (mention,) = result.mentions
    check_csl(mention)
    assert json.loads(text[mention.span.start : mention.span.stop]) == ITEM
    assert result.problems == ()


def test_csl_items_have_places_of_their_own():
    two = '{"id": "b", "title": "Two", "issued": {"raw": "2001"}}'
    text = f'[\n  {{"id": "a", "title": "One"}},\n  {two},\n  {{"x": 1}}, 3\n]'
    mentions = of(text, "csl", "x.json").mentions
    assert [(m.line, m.title, m.date and m.date.year) for m in mentions] == [(2, "One", None), (3, "Two", 2001)]


YAML = """---
references:
- id: vaswani2017
  type: paper-conference
  title: Attention is all you need
  author:
  - {family: Vaswani, given: Ashish}
  - family: Beethoven
    given: L.
    dropping-particle: van
  - literal: Gemma Team
  container-title: Advances
  issued: &d
    date-parts:
    - [2017, 6, 12]
  page: 1–11
  DOI: 10.48550/arXiv.1706.03762
  volume: 30

- id: two
  type: book
  title: "Zwei"
  issued: *d
  abstract: >
    Some
    text.
...
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csl_yaml(newline):
    result = of(YAML.replace("\n", newline), "csl", "refs.yaml")
    first, second = result.mentions
    check_csl(first)
    assert brief(second) == ("entry", "Zwei", (), [], "2017-06-12")
    assert second.abstract == "Some text."
    assert (first.line, first.end_line, second.line) == (3, 18, 20)
    assert result.problems == ()


LAUGHS = "a: &a [x,x]\n" + "\n".join(f"{c}: &{c} [*{p},*{p}]" for p, c in pairwise("abcdefghijklmnopqrst"))


@pytest.mark.parametrize(
    ("text", "source", "code"),
    [
        ('{"name": "left-pad", "version": "1.0"}', "package.json", "csl-unknown"),
        ("[1, 2]", "x.json", "csl-unknown"),
        ('[{"id": "a", "title": "One"}, {', "x.json", "csl-broken"),
        ("nonsense", "x.json", "csl-broken"),
        ("[" * 100_000, "x.json", "csl-broken"),
        ('{"a":' * 100_000, "x.json", "csl-broken"),
        ("repos:\n- repo: x\n", "x.yaml", "csl-unknown"),
        ("a: [b", "x.yaml", "csl-broken"),
        ("- " * 5_000, "x.yaml", "csl-broken"),
        ("a: !!python/object/apply:os.system ['true']", "x.yaml", "csl-unknown"),
        (LAUGHS, "x.yaml", "csl-unknown"),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_csl_is_a_problem(text, source, code):
    result = of(text, "csl", source)
    assert [p.code for p in result.problems] == [code]


@pytest.mark.parametrize(
    ("text", "source", "titles", "lines"),
    [
        ('[{"id": "a", "title": "One"},\n{"id": 3, "title": null},\n5,\n{"x": 1}]', "x.json", ["One"], [2, 3, 4]),
        ('{"id": 3, "title": null}', "x.json", [], [1]),
        ('{"items": [\n{"id": 3, "title": "", "author": []}]}', "x.json", [], [2]),
        ("- id: 3\n  title:\n- 5\n- id: b\n  title: Two\n- [1]\n", "x.yaml", ["Two"], [1, 3, 6]),
    ],
    ids=["list", "object", "items", "yaml"],
)
def test_an_empty_item_is_a_problem_and_no_mention(text, source, titles, lines):
    result = of(text, "csl", source)
    assert [m.title for m in result.mentions] == titles
    assert [(p.severity, p.code, p.where.line) for p in result.problems] == [
        ("warning", "csl-empty", line) for line in lines
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("TY  - JOUR\nER  - \n", [("ris-empty", 1)]),
        ("TY  - JOUR\nTI  - T\nER  - \nTY  - BOOK\nID  - x\nTI  - \nER  - \n", [("ris-empty", 4)]),
        ("TY  - JOUR", [("ris-unclosed", 1), ("ris-empty", 1)]),
    ],
)
def test_an_empty_record_is_a_problem_and_no_mention(text, codes):
    result = of(text, "ris")
    assert [m.title for m in result.mentions] == ["T"] * text.count("- T\n")
    assert [(p.code, p.where.line) for p in result.problems] == codes


def test_an_item_with_nothing_but_a_doi():
    (mention,) = of('[{"id": "a", "DOI": "10.1000/182"}]', "csl", "x.json").mentions
    assert ids(mention) == ["doi:10.1000/182"]


@pytest.mark.parametrize("text", ["@misc{x}", "@misc{x,}", "@misc{x, }\n"])
def test_an_empty_entry_of_a_bib_file_stays(text):
    (mention,) = of(text, "bib").mentions
    assert (mention.entry.key, mention.title, mention.identifiers) == ("x", None, ())


CONFIGURATION = (
    "repos:\n- repo: https://example.org/x\n  rev: v1\n- 5\n",
    "- a\n- b: 1\n- [1]\n",
    '{"items": [1, {"x": 2}], "type": "module"}',
    '[{"name": "a"}, {"name": "b"}, 5]',
    "just words\n",
)


@pytest.mark.parametrize("text", CONFIGURATION)
def test_a_file_that_is_no_bibliography_is_one_problem(text):
    result = of(text, "csl", "x.json" if text[0] in "[{" else "x.yaml")
    assert (result.mentions, [p.code for p in result.problems]) == ((), ["csl-unknown"])


def test_the_items_before_a_fault_are_kept():
    assert [m.title for m in of('[{"id": "a", "title": "One"}, {', "csl", "x.json").mentions] == ["One"]


@pytest.mark.parametrize("text", ["", "[]", "\ufeff[]", " \n"])
def test_empty_csl_is_no_problem(text):
    assert of(text, "csl", "x.json").problems == ()


TEX = r"""\documentclass{article} % see arXiv:0704.0001 and \url{https://arxiv.org/abs/0704.0002}
\begin{document}
As in arXiv:0704.0003 and \cite{vaswani2017}, 100\% of it.
Look at \url{https://arxiv.org/abs/1706.03762}, \href{https://doi.org/10.1000/a\_b}{this} and \url{https://github.com/x}.
\begin{verbatim}
\url{https://arxiv.org/abs/0704.0004}
\end{verbatim}
\\% \url{https://arxiv.org/abs/0704.0005}
\begin{thebibliography}{9}
\bibitem{v} A.~Vaswani, \emph{Attention is all you need}, \texttt{arXiv:1810.04805}
  [\href{https://arxiv.org/abs/1810.04805}{cs.CL}].
\bibitem[Xu(2000)]{x} X, \newblock no identifier, 2000.
\bibitem{y} Y, \eprint{hep-th/9901001}, \arxiv{2408.00118}.
\end{thebibliography}
\url{https://arxiv.org/abs/2403.05530}
\end{document}
"""


def test_tex():
    mentions = of(TEX, "tex").mentions
    assert [(m.line, m.kind, ids(m)) for m in mentions] == [
        (4, "identifier", ["arxiv:1706.03762"]),
        (4, "identifier", ["doi:10.1000/a_b"]),
        (10, "reference", ["arxiv:1810.04805"]),
        (13, "reference", ["arxiv:hep-th/9901001"]),
        (13, "reference", ["arxiv:2408.00118"]),
        (15, "identifier", ["arxiv:2403.05530"]),
    ]
    assert TEX[mentions[0].span.start : mentions[0].span.stop] == r"\url{https://arxiv.org/abs/1706.03762}"
