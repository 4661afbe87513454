"""A target in Hayagriva: what the settings say of it, what a sync makes of it, what Typst makes of that."""

from __future__ import annotations

import html
import re

import pytest
import typst
import yaml

from bibtools import config
from bibtools.errors import UsageError

BOTH = """
sources = ["notes.txt"]
{more}
[[target]]
path = "refs.bib"
{first}
[[target]]
path = "web/{name}"
format = "hayagriva"
"""


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("notes.txt", "arXiv:2307.15771 and arXiv:2309.02390\n")
    return bibtools


def settings(text):
    return config.parse(text, file="bibtools.toml")


@pytest.mark.parametrize("name", ["refs.yml", "refs.yaml", "REFS.YML"])
def test_a_hayagriva_target_is_current_refused_when_edited_and_follows_the_bib(project, name):
    project.write("bibtools.toml", BOTH.format(name=name, more="", first=""))
    assert f"web/{name}: generated" in project("sync").summary
    made = yaml.safe_load(project.read(f"web/{name}"))
    assert {key: work["parent"]["volume"] for key, work in made.items()} == {
        "mcgrath2023hydra": "preprint arXiv:2307.15771 [cs.LG]",
        "varma2023explaining": "preprint arXiv:2309.02390 [cs.LG]",
    }
    assert project("export", "--format", "hayagriva").out == project.read(f"web/{name}")
    before = project.files()
    assert project("sync", "--strict").summary == f"refs.bib is current; web/{name} is current"
    assert project.files() == before

    bib = project.read("refs.bib").replace("mcgrath2023hydra", "hydra").replace("{2023}", "{2024}", 1)
    project.write("refs.bib", bib)
    project("sync")
    made = yaml.safe_load(project.read(f"web/{name}"))
    assert (made["hydra"]["date"], made["varma2023explaining"]["date"][:4]) == ("2024-07", "2023")

    project.write(f"web/{name}", project.read(f"web/{name}") + "# mine\n")
    assert "[generated-edited]" in project("sync", code=5).err


def test_the_dialect_of_its_entries_is_that_of_the_bib():
    made = settings(BOTH.format(name="refs.yml", more="", first='format = "biblatex"'))
    assert [(t.format, t.generated) for t in made.targets] == [("biblatex", None), ("biblatex", "hayagriva")]
    assert made.targets[1].options == made.targets[0].options
    made = settings(BOTH.format(name="refs.yml", more='format = "biblatex"\nprofile = "modern"', first=""))
    assert made.targets[1].options == made.targets[0].options


def test_a_field_that_the_user_added_to_an_entry_is_in_it(project):
    project.write("bibtools.toml", BOTH.format(name="refs.yml", more="", first='format = "biblatex"'))
    project("sync")
    bib = project.read("refs.bib")
    project.write("refs.bib", bib.replace("  title ", "  shorttitle = {Hydra},\n  title ", 1))
    project("sync")
    made = yaml.safe_load(project.read("web/refs.yml"))
    assert made["mcgrath2023hydra"]["title"]["short"] == "Hydra"


def test_alone_it_is_what_export_prints(project):
    project.write("bibtools.toml", 'sources = ["notes.txt"]\noutput = "refs.yml"\nformat = "hayagriva"\n')
    project("sync")
    assert project("export").out == project.read("refs.yml")
    assert project("export", "--format", "bibtex").out.startswith("@misc{mcgrath2023hydra")
    assert project("sync", "--check").summary == "refs.yml is current"


def test_a_yaml_without_a_word_is_still_csl(project):
    project.write("bibtools.toml", 'sources = ["notes.txt"]\noutput = "refs.yml"\n')
    project("sync")
    assert list(yaml.safe_load(project.read("refs.yml"))) == ["references"]


TWO = 'format = "hayagriva"\n[[target]]\npath = "a.yml"\n[[target]]\npath = "b.bib"'
SECOND = '[[target]]\npath = "a.bib"\n[[target]]\npath = "yml"\nformat = "hayagriva"'


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('format = "hayagriva"', '"refs.bib" cannot be hayagriva'),
        ('output = "refs.json"\nformat = "hayagriva"', '"refs.json" cannot be hayagriva'),
        (TWO, '"b.bib" cannot be hayagriva'),
        (SECOND, '"yml" cannot be hayagriva'),
        ('format = "Hayagriva"', "one of bibtex, biblatex, hayagriva, zotero is needed"),
    ],
)
def test_what_cannot_be_hayagriva_is_refused(text, what):
    with pytest.raises(UsageError, match=re.escape(what)) as error:
        settings(text)
    assert error.value.problem.code == "settings-value"
    assert error.value.problem.where.line == text[: text.index("format")].count("\n") + 1


def test_typst_sets_it(project):
    project.write("bibtools.toml", BOTH.format(name="refs.yml", more="", first=""))
    project("sync")
    project.write("web/main.typ", '@mcgrath2023hydra\n#bibliography("refs.yml", style: "nature")')
    made = typst.compile(str(project.folder / "web/main.typ"), format="html").decode()
    assert "arXiv preprint arXiv:2307.15771 [cs.LG]" in html.unescape(re.sub(r"<[^>]+>", "", made))
