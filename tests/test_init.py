"""`bibtools init`: what it finds in a folder, what it writes, what it leaves alone."""

from __future__ import annotations

import pytest

from bibtools import config
from bibtools.workflow.latex_project import read_tex


def written(bibtools):
    return config.parse(bibtools.read("bibtools.toml"), file="bibtools.toml")


def test_an_empty_folder(bibtools):
    ran = bibtools("init")
    assert written(bibtools).sources == ()
    assert "wrote bibtools.toml" in ran.summary
    assert set(bibtools.files()) == {"bibtools.toml"}
    assert "already a project" in bibtools("init").summary


def test_notes_are_found_and_readmes_are_none(bibtools):
    for name in ("notes/a.md", "reading.txt", "README.md", "CHANGELOG.md", ".hidden.txt"):
        bibtools.write(name, "x")
    bibtools("init")
    assert written(bibtools).sources == ("notes/", "reading.txt")


def test_a_pyproject_gets_a_table_and_keeps_the_rest(bibtools):
    bibtools.write("pyproject.toml", '# mine\r\n[project]\r\nname = "x"')
    bibtools("init", "--json")
    text = bibtools.read("pyproject.toml")
    assert text.startswith('# mine\r\n[project]\r\nname = "x"\r\n\r\n[tool.bibtools]\r\n')
    assert config.parse(text, file="p", prefix=("tool", "bibtools")).sources == ()


@pytest.mark.parametrize(
    ("preamble", "format", "profile"),
    [
        (r"\bibliographystyle{plain}", "bibtex", "classic"),
        (r"\bibliographystyle{plainnat}", "bibtex", "modern"),
        (r"\bibliographystyle{IEEEtran}", "bibtex", "modern"),
        (r"\bibliographystyle{ACM-Reference-Format}", "bibtex", "modern"),
        (r"\bibliographystyle{somebodys-own}", "bibtex", "classic"),
        ("\\usepackage[style=apa,\n backend=biber]{biblatex}\n\\addbibresource{refs.bib}", "biblatex", "classic"),
        ("% \\usepackage{biblatex}\n\\bibliographystyle{plain}", "bibtex", "classic"),
    ],
)
def test_format_and_profile_come_from_the_style(bibtools, preamble, format, profile):
    bibtools.write("paper.tex", "\\documentclass{article}\n" + preamble)
    bibtools("init")
    target = written(bibtools).targets[0]
    assert (target.format, target.profile) == (format, profile)


def test_the_existing_bib_becomes_the_output_and_its_papers_are_followed(bibtools, standin):
    bib = (
        "% ours\n@misc{hydra, title={The {Hydra} Effect: Emergent Self-repair in Language Model Computations},"
        " eprint={2307.15771}}\n@book{knuth, title={The TeXbook}}\n"
        "@article{x, title={Explaining grokking through circuit efficiency},"
        " journal={arXiv preprint arXiv:2309.02390}}\n"
    )
    bibtools.write("bib/library.bib", bib)
    bibtools.write("paper.tex", r"\bibliographystyle{unsrt}\bibliography{bib/library}")
    assert "bib/library.bib: 2 entries have an id: lock follows them" in bibtools("init").err
    assert written(bibtools).targets[0].path == "bib/library.bib"
    assert written(bibtools).sources == ()
    assert sorted(bibtools.files()) == ["bib/library.bib", "bibtools.toml", "paper.tex"]
    assert bibtools.read("bib/library.bib") == bib
    bibtools.serve(standin)
    assert bibtools("sync").summary == "bib/library.bib is current"
    assert bibtools.read("bib/library.bib") == bib
    records = bibtools("status", "--json").document["records"]
    assert {r["key"]: r["id"] for r in records} == {
        "hydra": "arxiv:2307.15771",
        "knuth": "entry:knuth",
        "x": "arxiv:2309.02390",
    }


def test_a_source_that_does_not_exist_is_refused(bibtools):
    bibtools("init", "nowhere/", code=2)
    assert bibtools.files() == {}


def test_a_bib_outside_the_folder_is_never_taken():
    assert read_tex([r"\bibliography{../../etc/passwd}"]).bib_files == ("../../etc/passwd.bib",)


def test_a_bib_that_leads_out_of_the_folder_is_not_the_output(bibtools):
    (bibtools.folder.parent / "outside.bib").write_text("@misc{a}")
    bibtools.write("paper.tex", r"\bibliography{../outside}")
    bibtools("init")
    assert written(bibtools).targets[0].path == "refs.bib"
