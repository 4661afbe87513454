"""CSL-JSON for Zotero: its importer reads `family`, `given` and `literal` of a name and nothing else."""

from __future__ import annotations

import json

import pytest

from bibtools import config, formats
from bibtools.formats.items import Item
from bibtools.formats.zotero import whole
from bibtools.model import Entry, Field
from tests.answered import seed_records


def entry(kind="article", **fields):
    made = tuple(Field(name, value) for name, value in fields.items())
    return Entry(entry_type=kind, key="k", fields=made)


def made(one, format="zotero"):
    (item,) = json.loads(formats.render([Item(entry=one)], format).text)
    return item


def imported(item, role="author"):
    """Last and first name of each person, as Zotero has them then."""
    return [(n.get("family") or n.get("literal"), n.get("given", "")) for n in item[role]]


@pytest.mark.parametrize(
    ("name", "arrives"),
    [
        ("van Liemt, Gijs", ("van Liemt", "Gijs")),
        ("Gijs van der Liemt", ("van der Liemt", "Gijs")),
        ("Davis, Jr., Sammy", ("Davis", "Sammy, Jr.")),
        ("de la Vega, III, Ana Mar{\\'\\i}a", ("de la Vega", "Ana María, III")),
        ("{Gemma Team}", ("Gemma Team", "")),
        ("Plato", ("Plato", "")),
        ("Doe, Ann", ("Doe", "Ann")),
        ("family=Maaten, given=Laurens, prefix=van der, useprefix=true", ("van der Maaten", "Laurens")),
    ],
)
def test_names_arrive_whole(name, arrives):
    assert imported(made(entry(author=name, title="T"))) == [arrives]


def test_particles_that_drop_stand_behind_the_given_name():
    one = entry(author="de la Fontaine, Jean", title="T", options="useprefix=false")
    assert imported(made(one)) == [("Fontaine", "Jean de la")]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ({"family": "King", "suffix": "Jr."}, {"family": "King Jr."}),
        ({"given": "Cher"}, {"given": "Cher"}),
        ({"literal": "van Team"}, {"literal": "van Team"}),
        ({"non-dropping-particle": "van"}, {"family": "van"}),
    ],
)
def test_names_that_lack_parts(name, parts):
    assert whole(name) == parts


@pytest.mark.parametrize("role", ["editor", "translator", "bookauthor"])
def test_every_role_is_read_so(role):
    one = entry("inbook", title="T", booktitle="B", author="Doe, Ann", **{role: "van Liemt, Gijs"})
    variable = {"bookauthor": "container-author"}.get(role, role)
    assert imported(made(one), variable) == [("van Liemt", "Gijs")]
    one = entry("movie", title="T", editor="van Liemt, Gijs", editortype="director")
    assert imported(made(one), "director") == [("van Liemt", "Gijs")]


def test_all_else_is_csl_json():
    one = entry("misc", title="{BERT} $\\alpha^2$", author="Doe, Ann and others", eprint="1706.03762",
                archiveprefix="arXiv", primaryclass="cs.CL", date="2017-06-12/2018", keywords="a, b",
                note="n", file="x.pdf")  # fmt: skip
    assert made(one) == made(one, "csl-json")
    item = made(one)
    assert (item["type"], item["number"], item["archive"]) == ("article", "arXiv:1706.03762", "arXiv")


def test_of_every_seed_the_names_say_what_csl_says():
    from bibtools import render
    from bibtools.model import EntryOptions

    rows = [(f"k{number}", record) for number, record in enumerate(seed_records())]
    zotero, csl = (json.loads(render.export(rows, f, EntryOptions()).text) for f in ("zotero", "csl-json"))
    for ours, theirs in zip(zotero, csl, strict=True):
        said = [" ".join(filter(None, (n.get("non-dropping-particle"), n.get("family", n.get("literal")))))
                for n in theirs["author"]]  # fmt: skip
        assert [last for last, _ in imported(ours)] == said
        assert {v: x for v, x in ours.items() if v != "author"} == {
            v: x for v, x in theirs.items() if v != "author"
        }


TARGETS = """
sources = ["notes.txt"]
[[target]]
path = "refs.bib"
[[target]]
path = "z.json"
format = "zotero"
"""


def test_a_target_for_zotero(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("notes.txt", "arXiv:2307.15771\n")
    bibtools.write("bibtools.toml", TARGETS)
    bibtools("sync")
    bib = bibtools.read("refs.bib")
    bibtools.write("refs.bib", bib.replace("McGrath, Thomas", "van Liemt, Jr., Thomas"))
    bibtools("sync")
    (item,) = json.loads(bibtools.read("z.json"))
    assert imported(item)[0] == ("van Liemt", "Thomas, Jr.")
    assert bibtools("export", "--format", "zotero").out == bibtools.read("z.json")
    (converted,) = json.loads(bibtools("convert", "refs.bib", "--to", "zotero").out)
    assert converted["author"] == item["author"]
    assert bibtools("sync", "--check", "--strict").summary == "refs.bib is current; z.json is current"
    assert config.parse(TARGETS, file="b.toml").targets[1].generated == "zotero"
