"""Our styles where documentation is made: sphinxcontrib-bibtex, Jupyter Book 1, pybtex-docutils.

Those sort, label and format the entries one step after the other, and not with `format_bibliography`.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from pybtex.database import parse_string
from pybtex.plugin import find_plugin

from bibtools.plugins.styles import style_names

BIB = r"""
@article{zeta, author = {Zeta, Zoë}, title = {Zebras and {BERT}}, journal = {Journal of Zoos}, year = 1999,
  volume = 3, pages = {1--10}, doi = {10.1000/z_1}}
@misc{doeb, author = {Doe, Ann and Roe, Bo and Poe, Cy}, title = {Second {$\alpha^2$} garden}, year = 2017,
  month = jun, eprint = {1706.00002}, archiveprefix = {arXiv}, primaryclass = {cs.CL}}
@misc{doea, author = {Doe, Ann and Roe, Bo and Poe, Cy}, title = {First $\xrightarrow{f}$ garden}, year = 2017,
  eprint = {1706.00001}, archiveprefix = {arXiv}}
@book{anon, title = {Anonymous \emph{works}}, publisher = {P}, year = {in press}}
@inproceedings{child, author = {van der Berg, Jan}, title = {Part}, booktitle = {The Whole}, year = 2001}
"""
GIVEN = ["zeta", "doeb", "doea", "anon", "child"]
ALPHABET = ["anon", "doea", "doeb", "child", "zeta"]
NUMBERED = {"plain": ALPHABET, "acm": ALPHABET, "ieee": GIVEN, "nature": GIVEN, "arxiv": GIVEN}
LABELS = {
    "anon": "Anonymous works, in press", "doea": "Doe et al., 2017a", "doeb": "Doe et al., 2017b",
    "child": "van der Berg, 2001", "zeta": "Zeta, 1999",
}  # fmt: skip


def expected(style):
    """Keys and labels in the order of the style."""
    if style in NUMBERED:
        return [(key, str(number)) for number, key in enumerate(NUMBERED[style], start=1)]
    return list(LABELS.items())


def found(style):
    return find_plugin("pybtex.style.formatting", f"bibtools_{style}")()


def test_every_style_is_tried():
    assert set(style_names()) == {*NUMBERED, "apa", "authoryear", "acl"}


@pytest.mark.parametrize("name", style_names())
def test_step_by_step_the_references_are_the_same_as_at_once(name):
    data = parse_string(BIB, "bibtex")
    style = found(name)
    entries = style.sort(data.entries.values())
    labels = style.format_labels(entries)
    made = [style.format_entry(label, entry) for label, entry in zip(labels, entries, strict=True)]
    assert [(entry.key, entry.label) for entry in made] == expected(name)
    at_once = list(found(name).format_bibliography(data))
    assert [(e.key, e.label, e.text) for e in made] == [(e.key, e.label, e.text) for e in at_once]


@pytest.mark.parametrize("name", style_names())
def test_an_entry_can_be_formatted_alone(name):
    data = parse_string(BIB, "bibtex")
    for entry in data.entries.values():
        (alone,) = found(name).format_bibliography(data, [entry.key])
        assert found(name).format_entry("", entry).text == alone.text
        assert found(name).format_entry(label="x", entry=entry, bib_data=data).label == "x"
    assert found(name).sort([]) == list(found(name).format_labels([])) == []


@pytest.mark.parametrize("name", style_names())
def test_a_style_asked_to_sort_or_label_as_pybtex_does_so(name):
    data = parse_string(BIB, "bibtex")
    style = type(found(name))(sorting_style="author_year_title", label_style="alpha")
    at_once = [(entry.key, entry.label) for entry in style.format_bibliography(data)]
    entries = style.sort(data.entries.values())
    assert at_once == list(zip([entry.key for entry in entries], style.format_labels(entries), strict=True))
    assert ("zeta", "Zet99") in at_once
    labelled = type(found(name))(label_style="alpha")
    entries = labelled.sort(data.entries.values())
    at_once = [(entry.key, entry.label) for entry in labelled.format_bibliography(data)]
    assert at_once == list(zip([entry.key for entry in entries], labelled.format_labels(entries), strict=True))
    assert [key for key, _ in at_once] == [key for key, _ in expected(name)]


def test_a_cross_reference_is_followed_where_the_others_are_known():
    text = "@inproceedings{a, title = {Part}, crossref = {b}}\n@proceedings{b, title = {Whole}, year = 2001}"
    data = parse_string(text, "bibtex")
    style = found("plain")
    assert "Whole" in str(style.format_entry("1", data.entries["a"], bib_data=data).text)


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    """A document with a list of references in each style, built by Sphinx; warnings are errors."""
    folder = tmp_path_factory.mktemp("sphinx")
    (folder / "refs.bib").write_text(BIB, encoding="utf-8")
    (folder / "conf.py").write_text(
        'extensions = ["sphinxcontrib.bibtex"]\nbibtex_bibfiles = ["refs.bib"]\n'
        'bibtex_default_style = "bibtools_ieee"\n',
        encoding="utf-8",
    )
    lines = ["Title", "=====", "", ":footcite:`zeta`", "", ".. footbibliography::", ""]
    for style in style_names():
        lines += [
            style,
            "-" * len(style),
            "",
            f".. bibliography:: refs.bib\n   :style: bibtools_{style}\n   :all:",
        ]
        lines += [f"   :keyprefix: {style}-", f"   :labelprefix: {style}-", ""]
        lines += [f":cite:`{style}-zeta`", ""]
    (folder / "index.rst").write_text("\n".join(lines), encoding="utf-8")
    options = ["-q", "-W", "--keep-going", "-b", "xml", str(folder), str(folder / "out")]
    command = [sys.executable, "-m", "sphinx", *options]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ET.parse(folder / "out/index.xml")


@pytest.mark.parametrize("style", style_names())
def test_sphinx_sets_a_list_in_the_order_and_with_the_labels_of_the_style(document, style):
    citations = [c for c in document.iter("citation") if c.findtext("label").startswith(f"{style}-")]
    assert [c.findtext("label") for c in citations] == [f"{style}-{label}" for _, label in expected(style)]
    texts = ["".join(c.find("paragraph").itertext()) for c in citations]
    at_once = found(style).format_bibliography(parse_string(BIB, "bibtex"))
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts] == [
        str(entry.text).replace("\N{NO-BREAK SPACE}", " ").replace("<nbsp>", " ") for entry in at_once
    ]


def test_sphinx_sets_a_reference_as_a_footnote(document):
    (footnote,) = document.iter("footnote")
    assert "Journal of Zoos" in "".join(footnote.itertext())
    assert [link.get("refuri") for link in footnote.iter("reference")] == ["https://doi.org/10.1000/z_1"]
