"""The user's own works beside records: twins in case, repeated keys and works without a key are all there."""

from __future__ import annotations

import json

import pytest

from bibtools import formats
from tests.works_in import keys_in

HYDRA, GROKKING = "2307.15771", "2309.02390"
OWN = """@article{Wold, author={Xu, Yi}, title={Upper}, journal={J}, year={1999}}
@article{wold, author={Zorn, Wim}, title={Lower}, journal={J}, year={1998}}
@article{Hos_2016, author={Ash, Bo}, title={First}, journal={J}, year={2016}}
@article{Hos_2016, author={Ash, Bo}, title={Second}, journal={J}, year={2016}}
@inbook{part, author={Ash, Bo}, title={Third}, crossref={wold}, year={2016}}
@book{mcgrath2023hydra, author={McGrath, Al}, title={Eighth}, publisher={P}, year={2023}}
@book{, author={Doe, Jo}, title={Fourth}, publisher={P}, year={2016}}
@book{, author={Doe, Jo}, title={Fourth Edition}, publisher={P}, year={2016}}
"""
TITLES = {"upper", "lower", "first", "second", "third", "fourth", "fourth edition", "eighth", "hydra"}
FORMATS = sorted(formats.FORMATS)


@pytest.fixture
def shelf(bibtools, standin):
    """One paper in the notes, whose key another work in `refs.bib` has, too."""
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["notes.txt"]\n')
    bibtools.write("notes.txt", f"arXiv:{HYDRA}\n")
    bibtools("lock")
    bibtools("sync")
    bibtools.write("refs.bib", OWN + bibtools.read("refs.bib"))
    return bibtools


def there(text):
    return {title for title in TITLES if title in text.casefold()}


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_has_every_work_under_a_key_of_its_own(shelf, format):
    before = shelf.read("refs.bib")
    ran = shelf("export", "--format", format)
    assert there(ran.out) == TITLES
    keys = keys_in(ran.out, format)
    assert len(keys) == 9 == len({key.casefold() if format == "bibtex" else key for key in keys})
    changed = ran.err.count("[key-changed]")
    assert changed == (3 if format == "bibtex" else 2)
    assert "doe2016fourth" in keys
    assert ran.summary.startswith("9 records")
    assert shelf.read("refs.bib") == before


@pytest.mark.parametrize(("suffix", "format"), [("json", "csl-json"), ("ris", "ris"), ("md", "markdown")])
def test_so_has_a_generated_target(shelf, suffix, format):
    shelf.write(
        "bibtools.toml",
        f'sources = ["notes.txt"]\n[[target]]\npath = "refs.bib"\n[[target]]\npath = "made.{suffix}"\n',
    )
    before = shelf.read("refs.bib")
    ran = shelf("sync")
    made = shelf.read(f"made.{suffix}")
    assert len(set(keys_in(made, format))) == 9
    assert there(made) == TITLES
    assert ran.err.count("[key-changed]") == 2
    assert shelf.read("refs.bib") == before
    shelf("sync")
    assert shelf.read(f"made.{suffix}") == made


@pytest.mark.parametrize("style", ["plain", "apa"])
def test_cite_has_them_all(shelf, style):
    ran = shelf("cite", "--style", style)
    assert there(ran.out) == TITLES
    assert ran.summary.startswith("9 references")
    assert ran.err.count("[key-changed]") == 2
    assert 'refs.bib:4:1: warning: the citation key "Hos_2016" is written as "Hos_2016a"' in ran.err
    assert there(shelf("cite", "wold", "--style", style).out) == {"lower"}
    assert there(shelf("cite", "hos_2016a", "--style", style).out) == {"second"}


def test_the_paper_is_the_one_that_the_key_names(shelf):
    item, other = (
        next(item for item in shelf("export", "--format", "csl-json").document if item["title"].startswith(title))
        for title in ("The Hydra", "Eighth")
    )
    assert (item["id"], other["id"]) == ("mcgrath2023hydra", "mcgrath2023hydraa")
    assert f"is arxiv:{HYDRA}" in shelf("why", "mcgrath2023hydra").out


@pytest.mark.parametrize(
    ("word", "key"), [("Wold", "Wold"), ("wold", "wold"), ("PART", "part"), ("doe2016FOURTH", "doe2016fourth")]
)
def test_why_takes_another_case_where_only_one_fits(shelf, word, key):
    assert shelf("why", word).out.startswith(f"{key} is entry:{key}\n")


def test_why_says_which_there_are(shelf):
    assert "did you mean Wold or wold?" in shelf("why", "WOLD", code=2).err
    shelf.write("refs.bib", shelf.read("refs.bib") + "@book{MCGRATH2023hydra, title={Ninth}, year={2001}}\n")
    assert "did you mean" in shelf("why", "McGrath2023Hydra", code=2).err


def test_keys_and_status_name_those_without_a_key_as_an_export_does(shelf):
    exported = {key for key in keys_in(shelf("export", "--format", "ris").out, "ris") if key.startswith("doe")}
    listed = {row["key"] for row in shelf("keys", "--json").document["keys"]}
    shown = {row["key"] for row in shelf("status", "--json", code=None).document["records"]}
    assert len(exported) == 2
    assert exported <= listed
    assert exported <= shown


@pytest.mark.parametrize("first", [True, False])
def test_remove_takes_the_paper_that_a_key_names(shelf, first):
    book, paper = "@book{mcgrath2023hydra, title={Eighth}}\n", shelf.read("refs.bib").removeprefix(OWN)
    shelf.write("refs.bib", paper + "\n" + book if first else book + "\n" + paper)
    shelf("remove", "McGrath2023Hydra")
    assert shelf.read("refs.bib").strip() == book.strip()
    assert json.loads(shelf.read("bibtools.lock"))["records"] == {}


# -- entries that are followed ------------------------------------------------------------------------------------

MINE = (
    "@misc{%s, title = {Explaining grokking through circuit efficiency}, "
    f"eprint = {{{GROKKING}}}, archiveprefix = {{arXiv}}}}\n"
)


@pytest.mark.parametrize("taken", ["grok", "Grok"])
def test_a_followed_entry_elsewhere_gives_no_key_that_stands_in_the_first(shelf, taken):
    shelf.write(
        "bibtools.toml", 'sources = ["notes.txt"]\n[[target]]\npath = "refs.bib"\n[[target]]\npath = "more.bib"\n'
    )
    shelf.write("refs.bib", f"@book{{{taken}, title={{A Book}}, year={{2001}}}}\n")
    shelf.write("more.bib", MINE % "grok")
    shelf("lock")
    assert json.loads(shelf.read("bibtools.lock"))["records"][f"arxiv:{GROKKING}"]["key"] == "varma2023explaining"


@pytest.mark.parametrize("target", ["refs.bib", "more.bib"])
def test_else_it_gives_its_own(shelf, target):
    shelf.write(
        "bibtools.toml", 'sources = ["notes.txt"]\n[[target]]\npath = "refs.bib"\n[[target]]\npath = "more.bib"\n'
    )
    shelf.write(target, MINE % "grok")
    shelf("lock")
    assert json.loads(shelf.read("bibtools.lock"))["records"][f"arxiv:{GROKKING}"]["key"] == "grok"
