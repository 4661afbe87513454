"""`bibtools convert`, from the command line."""

from __future__ import annotations

import json

import pytest

from bibtools import bibfile
from tests.running import Runner

BIB = r"""% kept by hand
@string{jml = {J. Mach. Learn.}}
@preamble{"\newcommand{\x}{y}"}

@Article{doe:17,
  author   = {Doe, Jo and van der Berg, Ann and {A Team} and others},
  title    = "The {BERT} of \'Etudes: $x_1$",
  journal  = jml,
  year     = 2017, month = jun,
  annote   = {read it},
  file     = {a.pdf},
}

@inproceedings{child, title = {Paper}, crossref = {conf}}
@proceedings{conf, title = {Proceedings of Things}, year = 2018, publisher = {Pub}}
@broken{x, title = {never closed
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capfdbinary):
    runner = Runner(tmp_path, monkeypatch, capfdbinary)
    runner.write("refs.bib", BIB)
    return runner


def items(text):
    return {item["id"]: item for item in json.loads(text)}


def test_a_bib_file_as_csl_json(run):
    ran = run("convert", "refs.bib", "--to", "csl-json")
    made = items(ran.out)
    assert made["doe:17"] == {
        "id": "doe:17",
        "citation-key": "doe:17",
        "type": "article-journal",
        "author": [
            {"family": "Doe", "given": "Jo"},
            {"family": "Berg", "given": "Ann", "non-dropping-particle": "van der"},
            {"literal": "A Team"},
            {"literal": "others"},
        ],
        "title": 'The <span class="nocase">BERT</span> of Études: x₁',
        "container-title": "J. Mach. Learn.",
        "annote": "read it",
        "issued": {"date-parts": [[2017, 6]]},
        "custom": {"file": "a.pdf", "title": r"The {BERT} of \'Etudes: $x_1$"},
    }
    assert made["child"]["container-title"] == "Proceedings of Things"
    assert made["child"]["publisher"] == "Pub"
    assert "[bib-unclosed]" in ran.err and "refs.bib:" in ran.err
    assert ran.err.splitlines()[-1] == "3 entries from bibtex to csl-json"


@pytest.mark.parametrize("format", ["csl-json", "csl-yaml"])
def test_there_and_back(run, format):
    run.write("refs." + format.partition("-")[2], run("convert", "refs.bib", "--to", format).out)
    back = run("convert", "refs." + format.partition("-")[2], "--to", "bibtex").out
    entry = next(e for e in parsed(back) if e.key == "doe:17")
    assert entry.entry_type == "article"
    assert {field.name: field.value for field in entry.fields} == {
        "author": "Doe, Jo and van der Berg, Ann and {A Team} and others",
        "title": r"The {BERT} of \'Etudes: $x_1$" if format == "csl-json" else "The {BERT} of Études: $x_1$",
        "journal": "J. Mach. Learn.",
        "year": "2017",
        "month": "jun",
        "annote": "read it",
        "file": "a.pdf",
    }


def parsed(text):
    bib = bibfile.parse(text)
    assert bib.problems == ()
    return [bibfile.entry_of(block, text, bibfile.macros(bib)) for block in bib.entries]


def test_the_other_dialect_keeps_all_else(run):
    made = run("convert", "refs.bib", "--to", "biblatex").out
    assert made == BIB.replace("journal  = jml", "journaltitle = jml").replace(
        "year     = 2017, month = jun,", "date     = {2017-06},"
    ).replace("annote   =", "annotation =").replace("year = 2018", "date = 2018")


def test_files_and_suffixes(run):
    assert run("convert", "refs.bib", "-o", "refs.json").out == ""
    assert set(items(run.read("refs.json"))) == {"doe:17", "child", "conf"}
    assert run("convert", "-", "--from", "csl-json", "--to", "bibtex", stdin=run.read("refs.json").encode()).out
    document = json.loads(run("convert", "refs.json", "--to", "biblatex", "--json").out)
    assert document["format"] == "biblatex" and document["text"].startswith("@article{doe:17,")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["refs.bib"], 2, "into which format?", id="no format"),
        pytest.param(["refs.bib", "--to", "csl_json"], 2, "did you mean csl-json?", id="a slip"),
        pytest.param(["refs.xyz", "--to", "bibtex"], 2, "--from", id="unknown suffix"),
        pytest.param(["-", "--to", "bibtex"], 2, "--from", id="stdin without a format"),
        pytest.param(["missing.bib", "--to", "csl-json"], 3, "missing.bib", id="no such file"),
        pytest.param(["refs.bib", "-o", "refs.bib"], 2, "choose another name", id="onto itself"),
        pytest.param(["broken.json", "--to", "bibtex"], 3, "[csl-broken]", id="nothing to read"),
    ],
)
def test_what_cannot_be_done(run, arguments, code, said):
    run.write("broken.json", "{ nonsense")
    before = run.files()
    assert said in run("convert", *arguments, code=code).err
    assert run.files() == before


def test_a_target_of_the_project_is_left_to_sync(run):
    run.write("bibtools.toml", 'sources = []\noutput = "out.bib"\n')
    assert "kept current by sync" in run("convert", "refs.bib", "-o", "out.bib", code=2).err


def test_an_item_without_a_key_gets_one(run):
    run.write(
        "a.json",
        '[{"type": "book", "title": "On Tests", "author": [{"family": "Doe"}], "issued": {"raw": "2017"}}]',
    )
    (entry,) = parsed(run("convert", "a.json", "--to", "biblatex").out)
    assert entry.key == "doe2017tests"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("out.html", "<cite>Nature</cite>"),
        ("out.md", "*Nature* 521, 2015."),
        ("out.txt", "Deep learning. Nature 521, 2015."),
        ("out.jsonl", '"venue": "Nature"'),
    ],
)
def test_into_what_people_read(bibtools, name, expected):
    bibtools.write(
        "in.bib", "@article{a, title = {Deep learning}, journal = {Nature}, volume = {521}, year = {2015}}\n"
    )
    bibtools("convert", "in.bib", "-o", name)
    assert expected in bibtools.read(name)


def test_names_become_such_as_bibtex_abbreviates(run):
    run.write(
        "in.bib", "@online{a, author = {Müller, Ágnes and {Ünlü Team} and others}, title = {T}, date = {2017}}"
    )
    run("convert", "in.bib", "-o", "a.json")
    (entry,) = parsed(run("convert", "a.json", "-t", "bibtex").out)
    assert entry.get("author") == r"M{\"u}ller, {\'A}gnes and {{\"U}nlü Team} and others"
