from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.bibtex.exceptions import BibTeXError
from pybtex.database import BibliographyData, Person, parse_string
from pybtex.database import Entry as PybtexEntry

from bibtools import pybtex_door
from bibtools.model import Entry, Field
from bibtools.plugins.writers import BibLaTeXWriter, BibTeXWriter, CSLJSONWriter

ROOT = Path(__file__).parent.parent

GEMMA = Entry(
    entry_type="misc",
    key="gemmateam2024gemma",
    fields=(
        Field("title", "{Gemma} 2"),
        Field("author", "{Gemma Team} and van der Maaten, Laurens and {\\'A}goston, B{\\'a}lint and others"),
        Field("year", "2024"),
        Field("month", "jul", macro=True),
        Field("url", "https://example.org/a_b%20c"),
    ),
)


def test_pybtex_sees_persons_and_month_names():
    entry = pybtex_door.to_pybtex(GEMMA)
    assert [person.last_names for person in entry.persons["author"]] == [
        ["{Gemma Team}"], ["Maaten"], ["{\\'A}goston"], ["others"],
    ]  # fmt: skip
    assert entry.persons["author"][1].prelast_names == ["van", "der"]
    assert entry.fields["month"] == "July"
    assert entry.key == "gemmateam2024gemma"


@pytest.mark.parametrize(
    "field",
    [
        Field("author", "Ashish  Vaswani\n and Noam Shazeer"),
        Field("author", "One, Two, Three, Four, Five"),
        Field("author", "{" * 500 + "x" + "}" * 500),
        Field("author", "a and and b"),
        Field("author", ""),
        Field("author", "authors", macro=True),
        Field("editor", "{A and B} and Mc Carthy, Sara and King, Jr, Martin Luther"),
        Field("month", "jan", macro=True),
        Field("month", "June"),
        Field("month", "undefined", macro=True),
        Field("note", "a {b} \\& c"),
    ],
    ids=lambda field: f"{field.name}={field.value[:20]}",
)
def test_each_value_comes_back_as_written(field):
    entry = Entry(entry_type="InProceedings", key="K:1", fields=(Field("title", "T"), field, Field("year", "1")))
    back = pybtex_door.from_pybtex(pybtex_door.to_pybtex(entry))
    assert back == entry if field.value else back.get("author") is None


FIELDS = st.lists(
    st.builds(
        Field,
        st.sampled_from(["author", "editor", "title", "year", "month", "note", "x-y"]),
        st.text(min_size=1, alphabet="ab{}, \\~'é\n") | st.just("A B and C, D"),
        macro=st.booleans(),
    ),
    unique_by=lambda field: field.name,
)


@given(FIELDS)
def test_there_and_back_is_the_same(fields):
    fields = tuple(field for field in fields if field.macro or field.value.strip())
    entry = Entry(entry_type="misc", key="k", fields=fields)
    assert pybtex_door.from_pybtex(pybtex_door.to_pybtex(entry)) == entry


def test_of_a_repeated_field_the_first_counts():
    entry = Entry(entry_type="misc", key="k", fields=(Field("title", "A"), Field("title", "B")))
    assert pybtex_door.from_pybtex(pybtex_door.to_pybtex(entry)).fields == (Field("title", "A"),)


def test_what_was_changed_in_pybtex_is_not_overridden():
    entry = pybtex_door.to_pybtex(GEMMA)
    entry.persons["author"].pop()
    entry.persons["author"].append(Person("New, Name"))
    entry.fields["month"] = "August"
    entry.fields["note"] = "new"
    back = pybtex_door.from_pybtex(entry)
    assert back.get("author").endswith("{\\'A}goston, B{\\'a}lint and New, Name")
    assert back.get("month") == "August"
    assert [field.name for field in back.fields] == ["title", "author", "year", "month", "url", "note"]


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ({"first": "Ada", "last": "Lovelace"}, "Lovelace, Ada"),
        ({"first": "Ada", "middle": "K.", "prelast": "de la", "last": "Lovelace"}, "de la Lovelace, Ada K."),
        ({"first": "Martin", "last": "King", "lineage": "Jr."}, "King, Jr., Martin"),
        ({"last": "King", "lineage": "Jr."}, "{King Jr.}"),
        ({"last": "Mc Carthy"}, "{Mc Carthy}"),
        ({"last": "{Gemma Team}"}, "{Gemma Team}"),
        ({"last": "Madonna"}, "Madonna"),
        ({"prelast": "van", "last": "Gogh"}, "van Gogh"),
        ({"first": "Ada"}, "Ada"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_person_is_written_so_that_bibtex_reads_it_back(parts, written):
    assert pybtex_door.write_person(Person(**parts)) == written


BIB = r"""@preamble{"\newcommand{\x}{y}"}
@Article{Doe:99,
  author = {John Doe and {Big Team} and Mac Mc Carthy},
  title = {Cats \& {Dogs}: $x_1$ 100\% \'etude},
  journal = {J. of \emph{Tests}},
  year = 1999, month = jun,
  url = {https://example.org/a_b%20c},
  doi = {10.1000/a_b},
}
"""


def written(data, writer):
    stream = io.StringIO()
    writer().write_stream(data, stream)
    return stream.getvalue()


def test_the_writer_leaves_values_as_they_are():
    assert written(parse_string(BIB, "bibtex"), BibTeXWriter) == (
        "@preamble{{\\newcommand{\\x}{y}}}\n\n"
        "@Article{Doe:99,\n"
        "  author  = {Doe, John and {Big Team} and Carthy, Mac Mc},\n"
        "  title   = {Cats \\& {Dogs}: $x_1$ 100\\% \\'etude},\n"
        "  journal = {J. of \\emph{Tests}},\n"
        "  year    = {1999},\n"
        "  month   = jun,\n"
        "  url     = {https://example.org/a_b%20c},\n"
        "  doi     = {10.1000/a_b},\n"
        "}\n"
    )


@pytest.mark.parametrize("writer", [BibTeXWriter, BibLaTeXWriter])
def test_writing_twice_is_writing_once(writer):
    once = written(parse_string(BIB, "bibtex"), writer)
    assert written(parse_string(once, "bibtex"), writer) == once


BALANCED = st.recursive(
    st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="{}"), max_size=6),
    lambda inner: st.lists(inner, max_size=3).map("".join) | inner.map("{{{}}}".format),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["title", "url", "note", "journal", "month", "date"]), BALANCED))
def test_writing_twice_is_writing_once_for_any_value(fields):
    data = BibliographyData({"k": PybtexEntry("article", {name: text for name, text in fields.items() if text})})
    text = written(parse_string(written(data, BibTeXWriter), "bibtex"), BibTeXWriter)
    assert written(parse_string(text, "bibtex"), BibTeXWriter) == text


def test_unbalanced_braces_are_refused_before_anything_is_written():
    data = BibliographyData(
        {"a": PybtexEntry("misc", {"title": "A"}), "b": PybtexEntry("misc", {"title": "a } {"})}
    )
    stream = io.StringIO()
    with pytest.raises(BibTeXError):
        BibTeXWriter().write_stream(data, stream)
    assert stream.getvalue() == ""


def test_biblatex_words_for_an_entry_of_bibtex():
    text = """@misc{a, title = {T}, year = {2017}, month = jun, howpublished = {arXiv:1706.03762 [cs.CL]},
        eprint = {1706.03762}, archiveprefix = {arXiv}, primaryclass = {cs.CL}}"""
    assert written(parse_string(text, "bibtex"), BibLaTeXWriter) == (
        "@online{a,\n"
        "  title       = {T},\n"
        "  date        = {2017-06},\n"
        "  eprint      = {1706.03762},\n"
        "  eprinttype  = {arxiv},\n"
        "  eprintclass = {cs.CL},\n"
        "}\n"
    )


def test_bibtex_words_for_an_entry_of_biblatex():
    text = """@online{a, title = {T}, date = {2017-06-12},
        eprint = {1706.03762}, eprinttype = {arxiv}, eprintclass = {cs.CL}}"""
    assert written(parse_string(text, "bibtex"), BibTeXWriter) == (
        "@misc{a,\n"
        "  title         = {T},\n"
        "  year          = {2017},\n"
        "  month         = jun,\n"
        "  day           = {12},\n"
        "  howpublished  = {arXiv:1706.03762 [cs.CL]},\n"
        "  eprint        = {1706.03762},\n"
        "  archiveprefix = {arXiv},\n"
        "  primaryclass  = {cs.CL},\n"
        "}\n"
    )


def test_csl_for_an_entry_of_bibtex():
    (item,) = json.loads(written(parse_string(BIB, "bibtex"), CSLJSONWriter))
    assert item == {
        "id": "Doe:99",
        "citation-key": "Doe:99",
        "type": "article-journal",
        "author": [
            {"family": "Doe", "given": "John"},
            {"literal": "Big Team"},
            {"family": "Carthy", "given": "Mac Mc"},
        ],
        "title": 'Cats & <span class="nocase">Dogs</span>: x₁ 100% étude',
        "container-title": "J. of <i>Tests</i>",
        "URL": "https://example.org/a_b%20c",
        "DOI": "10.1000/a_b",
        "issued": {"date-parts": [[1999, 6]]},
        "custom": {"title": r"Cats \& {Dogs}: $x_1$ 100\% \'etude"},
    }


def entry_points():
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["entry-points"]


@pytest.mark.parametrize(
    ("name", "place"),
    [(f"{group} {name}", place) for group, points in entry_points().items() for name, place in points.items()],
)
def test_entry_points_lead_to_classes(name, place):
    module, _, attribute = place.partition(":")
    assert isinstance(getattr(import_module(module), attribute), type), name


@pytest.fixture
def installed(tmp_path):
    """An environment for a new process in which pybtex finds our entry points."""
    info = tmp_path / "site" / "bibtools_points-0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bibtools-points\nVersion: 0\n")
    lines = [
        line
        for group, points in entry_points().items()
        for line in (f"[{group}]", *(f"{name} = {place}" for name, place in points.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines))
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(info.parent), str(ROOT)]), "PYTHONUTF8": "1"}


@pytest.mark.parametrize(
    ("arguments", "output", "expected"),
    [
        pytest.param(["--to", "bibtools_bibtex"], "out.bib", "month   = jun", id="bibtex"),
        pytest.param(["--to", "bibtools_biblatex"], "out.bib", "journaltitle = {J. of", id="biblatex"),
        pytest.param(["--to", "bibtools_cslyaml"], "out.x", "- family: Doe", id="csl-yaml"),
        pytest.param(["--from", "bibtools_bib"], "out.json", '"family": "Doe"', id="our reader of .bib files"),
        pytest.param(["--to", "bibtools_csljson"], "out.x", '"family": "Doe"', id="csl-json"),
        pytest.param([], "out.json", '"family": "Doe"', id="csl-json by suffix"),
        pytest.param(["--to", "bibtools_ris"], "out.x", "AU  - Doe, ", id="ris"),
        pytest.param([], "out.ris", "AU  - Doe, ", id="ris by suffix"),
        pytest.param(["--to", "bibtools_hayagriva"], "out.x", '- "Doe, ', id="hayagriva"),
        pytest.param([], "out.html", "<cite>J. of Tests</cite>", id="html by suffix"),
        pytest.param([], "out.md", "*J. of Tests*", id="markdown by suffix"),
        pytest.param([], "out.txt", "[doe:99]\n    John Doe, Big Team", id="text by suffix"),
        pytest.param(["--to", "bibtools_jsonl"], "out.x", '"venue": "J. of Tests"', id="jsonl"),
    ],
)
def test_pybtex_convert_finds_the_writers(installed, tmp_path, arguments, output, expected):
    (tmp_path / "in.bib").write_text(BIB, encoding="utf-8")
    command = [sys.executable, "-m", "pybtex.database.convert", *arguments, "in.bib", output]
    subprocess.run(command, cwd=tmp_path, env=installed, check=True, capture_output=True)
    assert expected in (tmp_path / output).read_text(encoding="utf-8")


def test_pybtex_format_finds_the_style(installed, tmp_path):
    (tmp_path / "in.bib").write_text(
        "@misc{a, author = {Doe, Jo}, title = {T}, year = 2017, eprint = {1706.03762}, archiveprefix = {arXiv}}"
    )
    command = [sys.executable, "-m", "pybtex.database.format", "--style", "bibtools_arxiv", "in.bib", "out.html"]
    subprocess.run(command, cwd=tmp_path, env=installed, check=True, capture_output=True)
    assert '<a href="https://arxiv.org/abs/1706.03762">arXiv:1706.03762</a>' in (tmp_path / "out.html").read_text()
