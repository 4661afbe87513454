"""`pin MENTION local`: a reference is kept as it is written, a record of its own that nobody is asked about."""

from __future__ import annotations

import json

import pytest

from bibtools import bibfile

BOOK = "Knuth, Donald E. (1984). The TeXbook. Addison-Wesley. ISBN 0-201-13448-9."
THESIS = 'J. Doe and A. Roe, "On the Habits of Invented Animals", PhD thesis, 1999. doi:10.5555/Habits.1'
UNKNOWN = 'A. Reader, "A Grammar of References", 2020, arXiv:2307.99999'
TITLED = "A Work that Stands Alone Somewhere\nAnn Reader, Bob Writer"
ENTRY = """@book{knuth,
  author    = {Donald E. Knuth},
  title     = {The {\\TeX}book},
  publisher = {Addison-Wesley},
  year      = {1984},
  eprint    = {2307.99999},
  archiveprefix = {arXiv},
}
"""


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    return bibtools


def use(project, **texts):
    for name, text in texts.items():
        project.write(name.replace("_", "."), text)
    project.write("bibtools.toml", f"sources = {json.dumps([name.replace('_', '.') for name in texts])}\n")


def entries(project):
    bib = bibfile.parse(project.read("refs.bib"))
    assert not bib.problems
    read = [bibfile.entry_of(block, bib.text) for block in bib.entries]
    return [(e.entry_type, e.key, {f.name: f.value for f in e.fields}) for e in read]


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        (
            BOOK,
            "knuth1984texbook",
            {"author": "Knuth, Donald E.", "title": "The {TeXbook}", "year": "1984", "isbn": "0201134489"},
        ),
        (
            THESIS,
            "doe1999habits",
            {"title": "On the Habits of Invented Animals", "year": "1999", "doi": "10.5555/habits.1"},
        ),
        (
            UNKNOWN,
            "reader2020grammar",
            {"author": "Reader, A.", "title": "A Grammar of References", "year": "2020", "eprint": "2307.99999"},
        ),
        (
            TITLED,
            "readerwork",
            {"author": "Reader, Ann and Writer, Bob", "title": "A Work that Stands Alone Somewhere"},
        ),
    ],
)
def test_a_reference_of_a_note_is_a_record_of_its_own(project, standin, text, key, said):
    use(project, notes_txt=text + "\n")
    ran = project("pin", "notes.txt:1", "local", "--offline")
    assert "kept as it is written" in ran.summary
    project("sync", "--offline", "--strict")
    ((kind, found, fields),) = entries(project)
    assert kind == "misc"
    assert said.items() <= fields.items()
    assert found == key
    before = project.files()
    for command in (["lock"], ["lock", "--upgrade"], ["sync", "--strict"]):
        project(*command)
    assert project.files() == before
    assert not standin.requests, "never asked"


def test_it_is_in_every_format(project):
    use(project, notes_txt=BOOK + "\n")
    project("pin", "notes.txt:1", "local", "--offline")
    for format in ("biblatex", "csl-json", "csl-yaml", "ris", "hayagriva", "markdown", "html", "text", "jsonl"):
        text = project("export", "--format", format, "--offline").out
        assert "Knuth" in text, format
        assert "1984" in text, format
    why = {
        field["name"]: field["origin"] for field in project("why", "knuth1984texbook", "--json").document["fields"]
    }
    assert set(why.values()) == {"source"}


@pytest.mark.parametrize("first", [["lock"], ["sync", "--offline"], []])
def test_an_entry_of_a_structured_source_is_its_entry(project, standin, first):
    use(project, own_bib=ENTRY)
    if first:
        project(*first)
    project("pin", "own.bib:1", "local", "--offline")
    asked = len(standin.requests)
    for _ in range(2):
        ran = project("sync", "--strict")
        assert "no-such-id" not in ran.err
        ((kind, key, fields),) = entries(project)
        assert (kind, key, fields["title"]) == ("book", "knuth", "The {\\TeX}book")
    project("lock", "--upgrade")
    assert len(standin.requests) == asked
    status = project("status", "--json").document
    assert [mention["state"] for mention in status["mentions"]] == ["pinned"]


def test_what_was_taken_for_a_paper_is_kept_apart_from_it(project):
    title = "The Hydra Effect: Emergent Self-repair in Language Model Computations"
    own = f"@article{{own, title = {{{title}}}, author = {{McGrath, Thomas}}, eprint = {{2307.15771}},\n"
    own += " year = 2023, journal = {My Journal}}\n"
    use(project, notes_txt="arXiv:2307.15771\n", own_bib=own)
    project("lock")
    project("pin", "own.bib:1", "local")
    lock = json.loads(project.read("bibtools.lock"))
    assert len(lock["records"]) == 2
    assert "source" not in lock["records"]["arxiv:2307.15771"], "what the entry says is not said of the paper"
    assert "My Journal" in project("export").out


def test_a_pin_to_a_paper_takes_what_the_entry_says_with_it(project):
    use(project, own_bib=ENTRY)
    project("lock")
    project("sync")
    project("pin", "own.bib:1", "2307.15771")
    lock = json.loads(project.read("bibtools.lock"))
    assert list(lock["records"]) == ["arxiv:2307.15771"]
    assert lock["records"]["arxiv:2307.15771"]["key"] == "knuth"
    assert lock["records"]["arxiv:2307.15771"]["source"]["fields"]["publisher"] == "Addison-Wesley"
    assert list(lock["targets"]["refs.bib"]) == ["arxiv:2307.15771"]


@pytest.mark.parametrize("text", ["arXiv:2307.99999", "doi:10.5555/nothing"])
def test_what_says_no_title_cannot_be_kept(project, text):
    use(project, notes_txt=text + "\n")
    refused = project("pin", "notes.txt:1", "local", "--offline", code=2)
    assert "[nothing-to-keep]" in refused.err
    assert not (project.folder / "bibtools.lock").exists()


def test_two_references_of_one_doi_are_one_work(project):
    use(
        project,
        a_txt=THESIS + "\n",
        b_bib="@misc{b, title = {On the Habits of Invented Animals}, doi = {10.5555/habits.1}}\n",
    )
    project("sync", "--offline")
    project("pin", "a.txt:1", "local", "--offline")
    lock = json.loads(project.read("bibtools.lock"))
    assert {record["key"] for record in lock["records"].values()} == {"b"}
