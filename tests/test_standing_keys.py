"""New records take no key that a target's entry has, and the one of their own entry where that stands already."""

from __future__ import annotations

import json

import pytest

BOOK = "@book{%s, author = {McGrath, Al}, title = {Another Book}, year = {2023}}\n"


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["notes.txt"]\n')
    bibtools.write("notes.txt", "arXiv:2307.15771\n")
    return bibtools


def record(project):
    (found,) = json.loads(project.read("bibtools.lock"))["records"].values()
    return found


@pytest.mark.parametrize("key", ["mcgrath2023hydra", "McGrath2023Hydra", "MCGRATH2023HYDRA"])
def test_a_key_that_an_entry_has_is_not_made_again(project, key):
    project.write("refs.bib", BOOK % key)
    project("lock")
    assert record(project)["key"] == "mcgrath2023effect"
    project("sync")
    assert BOOK % key in project.read("refs.bib")
    assert "@misc{mcgrath2023effect," in project.read("refs.bib")
    assert "aliases" not in record(project)


def test_nor_one_of_an_entry_that_cannot_be_read(project):
    project.write("refs.bib", "@book{mcgrath2023hydra, title = {never closed\n")
    project("lock")
    assert record(project)["key"] == "mcgrath2023effect"


def test_nor_one_of_another_target(project):
    project.write(
        "bibtools.toml", 'sources = ["notes.txt"]\n[[target]]\npath = "a.bib"\n[[target]]\npath = "b.bib"\n'
    )
    project.write("b.bib", BOOK % "mcgrath2023hydra")
    project("lock")
    assert record(project)["key"] == "mcgrath2023effect"


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param("eprint = {2307.15771}, archiveprefix = {arXiv}", id="by its id"),
        pytest.param(
            "year = 2023, author = "
            "{McGrath, Thomas and Rahtz, Matthew and Kramar, Janos and Mikulik, Vladimir and Legg, Shane}",
            id="by its description",
        ),
    ],
)
@pytest.mark.parametrize("key", ["Hyd23", "mcgrath2023hydra"])
def test_an_entry_of_the_record_itself_gives_it_its_key(project, fields, key):
    title = "The Hydra Effect: Emergent Self-repair in Language Model Computations"
    project.write("refs.bib", f"@misc{{{key}, title = {{{title}}}, {fields}}}\n")
    project("lock")
    assert record(project)["key"] == key
    project("sync")
    assert (record(project)["key"], "aliases" in record(project)) == (key, False)


def test_a_record_that_has_a_key_keeps_it(project):
    project("lock")
    project.write("refs.bib", BOOK % "mcgrath2023hydra")
    project("lock")
    assert record(project)["key"] == "mcgrath2023hydra"


# -- a key that stands twice --------------------------------------------------------------------------------------

PAPER = (
    "@misc{%s, title = {The Hydra Effect}, author = {McGrath, Thomas}, year = {2023}, "
    "eprint = {2307.15771}, archiveprefix = {arXiv}}\n"
)


@pytest.mark.parametrize("twin", ["hydra", "Hydra"])
@pytest.mark.parametrize("first", [True, False])
def test_of_two_entries_with_one_key_each_is_itself(project, first, twin):
    """The file is the user's and stays; what is made of it says of each work what is said of it there."""
    entries = [PAPER % "hydra", BOOK % twin]
    before = "".join(entries if first else reversed(entries))
    project.write("refs.bib", before)
    project("lock")
    project("sync")
    assert project.read("refs.bib") == before
    assert record(project)["key"] == "hydra"
    exported = project("export", "--format", "csl-json").document
    assert [item["title"] for item in exported if item["id"] == "hydra" and "Hydra" in item["title"]] == [
        "The Hydra Effect"
    ]
    said = project("why", "hydra").out
    assert "2307.15771" in said and "Another Book" not in said
    assert "Hydra" in project("cite", "--style", "arxiv").out
    cited = project("cite", "hydra", twin if twin != "hydra" else "hydraa", "--style", "arxiv").out
    assert "Another Book" in cited and "Hydra" in cited
