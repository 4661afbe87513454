"""`bibtools init` beside documents that are no LaTeX: which files and formats it chooses, and that it says so."""

from __future__ import annotations

import re

import pytest
import typst

from bibtools import config

HYDRA = "2307.15771"


def settings(bibtools, name="bibtools.toml", prefix=()):
    return config.parse(bibtools.read(name), file=name, prefix=prefix)


def targets(bibtools):
    """Path, format, profile of each target; the format of one that is written whole is what it is written as."""
    return [(t.path, t.generated or t.format, t.profile) for t in settings(bibtools).targets]


def front(text, body="Text [@a].\n"):
    return f"---\ntitle: T\n{text}\n---\n\n{body}"


TYPST = '= T\n@a\n#bibliography("refs.bib", style: "ieee")\n'
BIB = [("refs.bib", "bibtex", "modern")]
WITH_YML = [("refs.bib", "bibtex", "modern"), ("refs.yml", "hayagriva", "modern")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TYPST, BIB),
        ('#bibliography("works.bib")', [("works.bib", "bibtex", "modern")]),
        ('#bibliography("refs.yml")', WITH_YML),
        ('#bibliography( ("refs.yml", "refs.bib"), full: true)', WITH_YML),
        ('#show: ieee.with(bibliography: bibliography("refs.yml"))', WITH_YML),
        ('#show: template.with(\n  bibliography-file: "refs.yml",\n)', WITH_YML),
        ('#bibliography("refs.yml") // was: #bibliography("old.bib")', WITH_YML),
        ('/* #bibliography("old.yml") */ #bibliography("refs.bib")', BIB),
        ('#link("https://x.org")[a] #bibliography("refs.bib")', BIB),
        ("= Nothing named yet", BIB),
        ('#bibliography("../outside.bib")', BIB),
    ],
)
def test_typst(bibtools, text, expected):
    bibtools.write("main.typ", text)
    ran = bibtools("init")
    assert targets(bibtools) == expected
    named = re.search(r'(?<!/)"(?:/lib/)?(?!\.\.)\w+\.(?:bib|yml)"', text)
    assert f"main.typ (Typst) {'reads' if named else 'names no bibliography'}" in ran.err
    assert f"format bibtex, profile {expected[0][2]}" in ran.err
    assert ("refs.yml: a target in Hayagriva" in ran.err) == (len(expected) > 1)


def test_a_yml_in_a_folder_is_seen_from_there_and_chapters_are_no_documents_of_their_own(bibtools):
    bibtools.write("thesis/main.typ", '#include "one.typ"\n#bibliography("refs.yml")')
    bibtools.write("thesis/one.typ", "@a")
    bibtools.write("thesis/two.typ", '#bibliography("/lib/more.yaml")')
    ran = bibtools("init")
    paths = [path for path, _, _ in targets(bibtools)]
    assert paths == ["refs.bib", "thesis/refs.yml", "lib/more.yaml"]
    assert "one.typ" not in ran.err


def test_typst_shows_the_id_of_what_init_and_sync_made(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("notes.txt", f"arXiv:{HYDRA}\n")
    bibtools.write("a.typ", '@mcgrath2023hydra\n#bibliography("refs.yml", style: "ieee")')
    bibtools.write("b.typ", '@mcgrath2023hydra\n#bibliography("refs.bib", style: "ieee")')
    bibtools("init")
    bibtools("sync")
    for name in ("a.typ", "b.typ"):
        made = typst.compile(str(bibtools.folder / name), format="html").decode()
        assert HYDRA in re.sub(r"<[^>]+>", "", made), name


NATBIB = "output:\n  pdf_document:\n    citation_package: natbib"
ONLINE, CLASSIC, SCHOLAR = (
    ("refs.bib", "biblatex", "classic"),
    ("refs.bib", "bibtex", "classic"),
    ("refs.bib", "bibtex", "scholar"),
)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("paper.md", front("bibliography: refs.bib"), [ONLINE]),
        ("paper.md", front('bibliography: ["refs.bib"]\ncsl: styles/nature.csl'), [ONLINE]),
        ("paper.md", front("bibliography: refs.bib\ncsl: styles/ieee.csl"), [SCHOLAR]),
        ("paper.md", front("bibliography: references.json"), [ONLINE, ("references.json", "csl-json", "classic")]),
        ("paper.md", front("bibliography:\n- refs.bib\n- web.yml"), [ONLINE, ("web.yml", "csl-yaml", "classic")]),
        ("a/paper.md", front("bibliography: lib.bib"), [("a/lib.bib", "biblatex", "classic")]),
        ("paper.Rmd", front("bibliography: refs.bib\noutput: html_document"), [ONLINE]),
        ("paper.Rmd", front("bibliography: refs.bib\n" + NATBIB), [CLASSIC]),
        ("index.qmd", front("bibliography: refs.bib"), [ONLINE]),
        ("_quarto.yml", "project:\n  type: book\nbibliography: refs.bib\n", [ONLINE]),
        ("_quarto.yml", "bibliography: refs.bib\nformat:\n  pdf:\n    cite-method: natbib\n", [CLASSIC]),
        ("myst.yml", "version: 1\nproject:\n  bibliography:\n    - refs.bib\n", [CLASSIC]),
        ("_config.yml", "title: Book\nbibtex_bibfiles:\n  - refs.bib\n", [CLASSIC]),
        ("conf.py", 'extensions = []\nbibtex_bibfiles = [\n    "refs.bib",\n]\n', [CLASSIC]),
    ],
)  # fmt: skip
def test_markdown_and_what_makes_books(bibtools, name, text, expected):
    bibtools.write(name, text)
    ran = bibtools("init")
    assert targets(bibtools) == [(p, f, expected[0][2]) for p, f, _ in expected]
    program = {"paper.Rmd": "R Markdown", "index.qmd": "Quarto", "_quarto.yml": "Quarto", "myst.yml": "MyST",
               "_config.yml": "Jupyter Book", "conf.py": "Sphinx"}.get(name, "pandoc")  # fmt: skip
    assert f"{name} ({program}) reads" in ran.err
    bibtools.write("papers.txt", "")
    bibtools("sync")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", "# T\n\nbibliography: refs.bib\n"),
        ("paper.md", "---\n: : :\nbibliography: [refs.bib\n---\n"),
        ("paper.md", front("bibliography: https://x.org/refs.bib")),
        ("paper.md", front("bibliography: ../refs.bib")),
        ("paper.md", front("bibliography: notes.docx")),
        ("paper.md", front("bibliography: " + "[" * 9000)),
        ("paper.md", front("bibliography: " + "a" * 300 + ".bib")),
        ("paper.md", b"\xff\xfe\x00---\nbibliography: refs.bib"),
        ("_config.yml", "bibliography: refs.bib\n"),
        ("_quarto.yml", "project: [bibliography, refs.bib]\n"),
        ("myst.yml", "project: refs.bib\n"),
        ("conf.py", "bibtex_bibfiles = glob('*.bib')\n"),
        ("main.typ.md", ""),
    ],
)
def test_what_names_no_bibliography_changes_nothing(bibtools, name, text):
    bibtools.write(name, text)
    ran = bibtools("init")
    assert targets(bibtools) == [CLASSIC]
    assert "reads" not in ran.err


def test_a_file_that_is_there_is_left_alone(bibtools):
    bibtools.write("refs.yml", "a: {type: misc, title: Mine}\n")
    bibtools.write("references.json", "[]")
    bibtools.write("main.typ", '#bibliography("refs.yml")')
    bibtools.write("paper.md", front("bibliography: references.json"))
    ran = bibtools("init")
    assert targets(bibtools) == BIB
    assert ran.err.count("is there already and is left alone") == 2
    assert bibtools.read("refs.yml") == "a: {type: misc, title: Mine}\n"
    assert bibtools.read("references.json") == "[]"


def test_an_existing_bib_that_a_document_names_is_the_output(bibtools):
    bibtools.write("lib/works.bib", "@book{a, title={T}}\n")
    bibtools.write("other.bib", "@book{b, title={U}}\n")
    bibtools.write("paper.md", front("bibliography: [missing.bib, lib/works.bib]"))
    bibtools("init")
    assert targets(bibtools) == [("lib/works.bib", "biblatex", "classic")]
    assert bibtools.read("lib/works.bib") == "@book{a, title={T}}\n"


def test_latex_decides_over_typst_and_typst_over_the_rest(bibtools):
    bibtools.write("refs.bib", "")
    bibtools.write("paper.md", front("bibliography: refs.bib"))
    bibtools.write("main.typ", '#bibliography(("refs.bib", "refs.yml"))')
    ran = bibtools("init")
    assert targets(bibtools) == WITH_YML
    assert "paper.md (pandoc) reads refs.bib: format and profile are those of another document" in ran.err
    (bibtools.folder / "bibtools.toml").unlink()
    bibtools.write("paper.tex", r"\usepackage{biblatex}\addbibresource{refs.bib}")
    ran = bibtools("init")
    assert targets(bibtools) == [("refs.bib", "biblatex", "classic"), ("refs.yml", "hayagriva", "classic")]
    assert "main.typ (Typst) reads refs.bib: format and profile are LaTeX's" in ran.err


def test_a_template_that_says_nothing_of_a_bibliography_decides_nothing(bibtools):
    bibtools.write("template.tex", r"\documentclass{article}$body$")
    bibtools.write("paper.md", front("bibliography: refs.bib"))
    bibtools("init")
    assert targets(bibtools) == [ONLINE]


def test_one_file_cannot_be_typsts_and_pandocs(bibtools):
    bibtools.write("main.typ", '#bibliography("refs.yaml")')
    bibtools.write("paper.md", front("bibliography: refs.yaml"))
    ran = bibtools("init")
    assert targets(bibtools)[1:] == [("refs.yaml", "hayagriva", "modern")]
    assert "paper.md (pandoc) reads refs.yaml, which is to be Typst's" in ran.err


def test_the_tables_of_several_targets_stand_in_a_pyproject_too(bibtools):
    bibtools.write("pyproject.toml", '[project]\nname = "x"\n')
    bibtools.write("main.typ", '#bibliography("refs.yml")')
    ran = bibtools("init")
    made = settings(bibtools, "pyproject.toml", ("tool", "bibtools"))
    assert [(t.path, t.generated) for t in made.targets] == [("refs.bib", None), ("refs.yml", "hayagriva")]
    assert ran.out.partition("\n")[2] in bibtools.read("pyproject.toml")


def test_an_output_that_is_given_is_no_target_twice(bibtools):
    bibtools.write("main.typ", '#bibliography("refs.yml")')
    bibtools("init", "--output", "refs.yml")
    assert targets(bibtools) == [("refs.yml", "hayagriva", "modern")]


def test_a_link_to_itself_stops_nothing(bibtools):
    (bibtools.folder / "refs.yml").symlink_to("refs.yml")
    bibtools.write("main.typ", '#bibliography(("refs.yml", "works.bib"))')
    bibtools("init")
    assert targets(bibtools)[0] == ("works.bib", "bibtex", "modern")
