"""What a structured source says of a work is exported as written; a service's record fills what it lacks."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bibtools import bibfile, lock, render
from bibtools.extract.bib import mentions as read
from bibtools.model import EntryOptions, Name, PartialDate, Record
from bibtools.render import places, sources
from tests.standin import Standin
from tests.standin.papers import seed_papers

HYDRA, GROKKING = "2307.15771", "2309.02390"
BY_ID = {paper.id: paper for paper in seed_papers()}
TITLE = BY_ID[HYDRA].title
PEOPLE = "McGrath, Thomas and Rahtz, Matthew and Kramar, Janos"
PUBLISHED = {
    "journal": "Journal of Odd Results",
    "volume": "12",
    "pages": "101--117",
    "year": "2024",
    "doi": "10.5555/odd.12",
}

BIB = f"""@article{{Hydra:2024,
  author  = {{{PEOPLE}}},
  title   = {{{TITLE}}},
  journal = jor,
  volume  = {{12}},
  pages   = {{101--117}},
  year    = {{2024}},
  doi     = {{10.5555/odd.12}},
  url     = {{https://arxiv.org/abs/{HYDRA}}},
}}
@string{{jor = {{Journal of Odd Results}}}}
"""
RIS = f"""TY  - JOUR
ID  - Hydra:2024
AU  - McGrath, Thomas
AU  - Rahtz, Matthew
TI  - {TITLE}
JO  - Journal of Odd Results
VL  - 12
SP  - 101
EP  - 117
PY  - 2024
DO  - 10.5555/odd.12
UR  - https://arxiv.org/abs/{HYDRA}
ER  -
"""
CSL = json.dumps(
    [
        {
            "id": "Hydra:2024",
            "citation-key": "Hydra:2024",
            "type": "article-journal",
            "title": TITLE,
            "author": [{"family": "McGrath", "given": "Thomas"}, {"family": "Rahtz", "given": "Matthew"}],
            "container-title": "Journal of Odd Results",
            "volume": "12",
            "page": "101-117",
            "issued": {"date-parts": [[2024]]},
            "DOI": "10.5555/odd.12",
            "URL": f"https://arxiv.org/abs/{HYDRA}",
        }
    ]
)


def entry(text):
    bib = bibfile.parse(text)
    return bibfile.entry_of(bib.entries[0], bib.text)


def fields(entry):
    return {field.name: field.value for field in entry.fields}


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    return bibtools


def use(project, *names, **settings):
    lines = [
        f"sources = {json.dumps(list(names))}",
        *(f"{k.replace('_', '-')} = {json.dumps(v)}" for k, v in settings.items()),
    ]
    project.write("bibtools.toml", "\n".join(lines) + "\n")


def refs(project, name="refs.bib"):
    return entry(project.read(name))


# ---- a project


@pytest.mark.parametrize(("name", "text"), [("own.bib", BIB), ("own.ris", RIS), ("own.json", CSL)])
def test_published_data_of_the_own_source_are_exported(project, name, text):
    project.write(name, text)
    use(project, name)
    project("lock")
    project("sync")
    written = refs(project)
    assert (written.entry_type, written.key) == ("article", "Hydra:2024")
    assert {name: fields(written)[name] for name in PUBLISHED} == PUBLISHED
    assert json.loads(project.read("bibtools.lock"))["records"][f"arxiv:{HYDRA}"]["key"] == "Hydra:2024"
    assert project("sync", "--strict", "--offline").summary == "refs.bib is current"


def test_every_format_speaks_of_the_publication(project):
    project.write("own.bib", BIB)
    use(project, "own.bib")
    project("lock")
    for format in (
        "bibtex",
        "biblatex",
        "csl-json",
        "csl-yaml",
        "ris",
        "hayagriva",
        "markdown",
        "html",
        "text",
        "jsonl",
    ):
        text = " ".join(project("export", "--format", format).out.split())
        for said in ("Journal of Odd Results", "12", "101", "2024", "10.5555/odd.12", HYDRA):
            assert said in text, format
    item = json.loads(project("export", "--format", "csl-json").out)[0]
    assert (item["type"], item["issued"]["date-parts"]) == ("article-journal", [[2024]])
    assert item["abstract"].startswith(BY_ID[HYDRA].abstract[:40]), "what the source lacks the record gives"
    assert "Journal of Odd Results" in project("cite", "--style", "plain").out


def test_why_says_who_said_what(project):
    project.write("own.bib", BIB)
    use(project, "own.bib")
    project("lock")
    project("sync")
    project.write("refs.bib", project.read("refs.bib").replace("101--117", "101--118"))
    told = {field["name"]: field for field in project("why", "Hydra:2024", "--json").document["fields"]}
    assert {
        name: told[name]["origin"] for name in ("author", "title", "journal", "volume", "year", "doi")
    } == dict.fromkeys(("author", "title", "journal", "volume", "year", "doi"), "source")
    assert told["pages"]["origin"] == "user"
    assert told["year"]["since"] is None
    assert told["year"]["others"] == [], "a preprint's year is no other year of publication"


def test_where_source_and_service_differ_the_source_is_shown_and_both_are_told(bibtools):
    paper = replace(BY_ID[HYDRA], journal_ref="Phys. Rev. D 76, 013039 (2023)")
    bibtools.write("own.bib", BIB)
    use(bibtools, "own.bib")
    with Standin([paper]) as standin:
        bibtools.serve(standin)
        told = bibtools("lock")
        bibtools("sync")
    assert "[differs]" in told.err
    assert fields(refs(bibtools))["journal"] == "Journal of Odd Results"
    status = bibtools("status", "--json", code=0).document
    assert "differs" in status["records"][0]["flags"]
    why = {field["name"]: field for field in bibtools("why", "Hydra:2024", "--json").document["fields"]}
    assert [other["value"] for other in why["journal"]["others"]] == ["Physical Review D"]
    assert [(other["value"], other["origin"]) for other in why["year"]["others"]] == [("2023", "arxiv")]
    assert "but arxiv" in bibtools("why", "Hydra:2024").out
    bibtools("sync", "--check", "--strict", "--offline")


def test_the_place_of_the_service_comes_whole_where_the_source_has_none(bibtools):
    paper = replace(BY_ID[HYDRA], journal_ref="Phys. Rev. D 76, 013039 (2024)")
    bibtools.write(
        "own.bib",
        f"@misc{{mine, title = {{{TITLE}}}, author = {{{PEOPLE}}}, year = 2023, keywords = {{read}},\n"
        f" howpublished = {{arXiv:{HYDRA}}}, eprint = {{{HYDRA}}}, archiveprefix = {{arXiv}} }}\n",
    )
    use(bibtools, "own.bib")
    with Standin([paper]) as standin:
        bibtools.serve(standin)
        bibtools("lock")
    bibtools("sync")
    written = fields(refs(bibtools))
    assert refs(bibtools).entry_type == "article"
    assert (written["journal"], written["year"], written["eprint"]) == ("Physical Review D", "2024", HYDRA)
    assert (written["keywords"], written["author"]) == ("read", PEOPLE)
    assert "howpublished" not in written
    why = {field["name"]: field for field in bibtools("why", "mine", "--json").document["fields"]}
    assert why["year"]["origin"] == "arxiv"
    assert [(other["value"], other["origin"]) for other in why["year"]["others"]] == [("2023", "source")]


@pytest.mark.parametrize("first", ["a.bib", "z.bib"])
def test_of_two_sources_the_first_in_the_settings_wins_and_the_other_fills(project, first):
    project.write("a.bib", BIB.replace("author ", "keywords = {from a},\n  author "))
    other = (
        BIB.replace("Journal of Odd Results", "Annals of Zeal")
        .replace("{12}", "{99}")
        .replace("Hydra:2024", "zeal")
    )
    project.write("z.bib", other.replace("author ", "language = {from z},\n  author "))
    use(project, first, "z.bib" if first == "a.bib" else "a.bib")
    project("lock")
    project("sync")
    written = fields(refs(project))
    assert (written["journal"], written["volume"]) == (
        ("Journal of Odd Results", "12") if first == "a.bib" else ("Annals of Zeal", "99")
    )
    assert (written["keywords"], written["language"]) == ("from a", "from z")
    assert refs(project).key == ("Hydra:2024" if first == "a.bib" else "zeal")


def test_a_second_source_added_later_fills_too(project):
    project.write("a.bib", BIB)
    use(project, "a.bib")
    project("lock")
    project.write(
        "b.ris", RIS.replace("JO  - Journal of Odd Results", "JO  - Other\nKW  - later").replace("Rahtz", "Ratz")
    )
    use(project, "a.bib", "b.ris")
    project("lock")
    project("sync")
    assert fields(refs(project))["journal"] == "Journal of Odd Results"
    assert fields(refs(project))["keywords"] == "later"


def test_a_key_that_changes_in_an_export_renames_nothing(project):
    project.write("own.bib", BIB)
    use(project, "own.bib")
    project("lock")
    project("sync")
    project.write("own.bib", BIB.replace("Hydra:2024", "mcgrathHydra"))
    for command in (["sync"], ["lock"], ["lock", "--upgrade"], ["sync"]):
        project(*command)
        assert refs(project).key == "Hydra:2024"
        assert project.read("refs.bib").count("@") == 1


def test_a_key_that_is_taken_stays_where_it_is(project):
    project.write("a.bib", "@book{Hydra:2024, title = {On Hydras}, author = {Doe, Jane}, year = 1999}\n")
    project.write("b.bib", BIB)
    use(project, "a.bib", "b.bib")
    project("lock")
    records = json.loads(project.read("bibtools.lock"))["records"]
    assert records[f"arxiv:{HYDRA}"]["key"] == "mcgrath2023hydra"
    assert "Hydra:2024" in {record["key"] for record in records.values()}


def test_a_record_without_a_key_gets_one_by_the_rule_of_the_settings(project):
    item = json.loads(CSL)[0]
    project.write(
        "own.json", json.dumps([{name: item[name] for name in item if name not in ("id", "citation-key")}])
    )
    use(project, "own.json", citation_key="{auth3}{yy}")
    project("lock")
    assert json.loads(project.read("bibtools.lock"))["records"][f"arxiv:{HYDRA}"]["key"] == "mcg23"


def test_an_upgrade_reads_sources_anew_and_nothing_else_does(project):
    project.write("own.bib", BIB)
    use(project, "own.bib")
    project("lock")
    document = json.loads(project.read("bibtools.lock"))
    del document["records"][f"arxiv:{HYDRA}"]["source"]
    project.write("bibtools.lock", lock.render(lock.parse(json.dumps(document), file="bibtools.lock")))
    project("sync", "--offline")
    before = project.files()
    for command in (["sync", "--offline"], ["lock"], ["sync"], ["lock", "--offline"]):
        project(*command)
        assert project.files() == before, "what an earlier program locked stays as it is"
    project("lock", "--upgrade")
    project("sync", "--rerender")
    assert fields(refs(project))["journal"] == "Journal of Odd Results"


def test_an_upgrade_keeps_what_the_source_says(project):
    project.write("own.bib", BIB)
    use(project, "own.bib")
    project("lock")
    project("sync")
    before = project.read("refs.bib")
    project.forget()
    project("lock", "--upgrade")
    project("sync")
    assert project.read("refs.bib") == before


def test_hand_edits_of_the_target_go_into_every_format(project):
    project.write("own.bib", BIB)
    use(project, "own.bib")
    project("lock")
    project("sync")
    edited = project.read("refs.bib").replace("101--117", "1--17").replace("@article{Hydra:2024", "@article{mine")
    project.write("refs.bib", edited)
    item = json.loads(project("export", "--format", "csl-json").out)[0]
    assert (item["page"], item["container-title"], item["volume"]) == ("1-17", "Journal of Odd Results", "12")
    assert item["id"] == "mine"
    assert item["abstract"]


def test_settings_of_a_target_hold_for_what_is_exported_as_written(project):
    long = BIB.replace("author ", "note = {mine alone},\n  author ").replace("Kramar, Janos", "Krámař, János")
    project.write("own.bib", long)
    use(project, "own.bib", exclude_fields=["note"], encoding="ascii")
    project("lock")
    project("sync")
    text = project.read("refs.bib")
    assert text.isascii()
    assert "mine alone" not in text
    use(project, "own.bib", max_authors=1)
    assert "McGrath, Thomas and others" in project("export", "--upstream").out


def test_the_entry_of_a_target_under_the_key_of_the_source_is_its(project):
    """The output was the source's own export before."""
    project.write("own.bib", BIB)
    text = BIB.partition("  doi ")[0] + "}\n@string{jor = {Journal of Odd Results}}\n"
    project.write("refs.bib", text)
    use(project, "own.bib")
    project("lock")
    project("sync")
    assert project.read("refs.bib") == text


# ---- rules

SERVICE = Record(
    id="arxiv:0705.0001",
    title="A Grammar of References",
    authors=(Name(family="Reader", given="Ann"),),
    published=PartialDate(2007, 5, 3),
    primary_category="hep-ph",
    abstract="We read references.",
    retrieved="2026-01-01T00:00:00Z",
)
PLACED = replace(SERVICE, journal_ref="Phys.Rev.D76:013039,2007", dois=("10.1103/PhysRevD.76.013039",))
NO_PLACES = [
    "journal = {arXiv preprint arXiv:0705.0001}, year = 2006",
    "journal = {arXiv:0705.0001 [hep-ph, hep-th]}, year = 2006",
    "journal = {CoRR}, volume = {abs/0705.0001}, year = 2006",
    "journal = {ArXiv e-prints}, eprint = {0705.0001}, year = 2006",
    "publisher = {arXiv}, number = {arXiv:0705.0001}, year = 2006, doi = {10.48550/arXiv.0705.0001}",
    "howpublished = {arXiv:0705.0001}, year = 2006",
    "eprint = {0705.0001}",
    "journal = {Phys. Rev. D}",
    "journal = {Phys. Rev. D}, year = {in press}",
]
OWN_PLACES = [
    "journal = {Nature}, volume = 5, pages = {1--9}, year = 2008",
    "journal = {Physics Letters B}, year = 2007",
    "journal = {Physical Review D}, volume = 77, year = 2007",
    "journal = {Physical Review D}, volume = 76, pages = {013040}, year = 2007",
    "journal = {Phys. Rev. D}, volume = 76, pages = {013039}, year = 2008",
    "journal = {Nature}",
]
SAME_PLACES = [
    "journal = {Phys. Rev. D}, volume = 76, pages = {013039}, year = 2007",
    "journal = {Physical Review D}, volume = 76, number = 1, pages = {13039}, date = {2007-07}",
    "journaltitle = {PRD}, volume = {76}, eid = {013039}, date = {2007}",
    "journal = {Phys.\\ Rev.\\ D}, volume = 76, pages = {1--14}, year = 2007",
]


def rendered(record, said, kind="article", **options):
    record = replace(
        record, source=entry(f"@{kind}{{k, title = {{A {{G}}rammar}}, author = {{Reader, A.}}, {said}}}")
    )
    return record, render.render_entry(record, "key", EntryOptions(**options)).entry


@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
@pytest.mark.parametrize("said", NO_PLACES)
def test_a_journal_that_only_holds_the_id_is_no_place(said, format):
    record, written = rendered(PLACED, said, format=format)
    alone = render.render_entry(PLACED, "key", EntryOptions(format=format)).entry
    names = places.PLACE_FIELDS | places.DATE_FIELDS | {"doi"}
    assert {n: v for n, v in fields(written).items() if n in names} == {
        n: v for n, v in fields(alone).items() if n in names
    }
    assert (fields(written)["eprint"], fields(written)["title"]) == ("0705.0001", "A {G}rammar")
    assert "howpublished" not in fields(written)
    assert not render.differs(record)


@pytest.mark.parametrize("said", NO_PLACES[:7])
def test_without_a_place_anywhere_it_stays_as_it_is_written(said):
    _, written = rendered(SERVICE, said)
    source = fields(entry(f"@article{{k, {said}}}"))
    assert source.items() <= fields(written).items()


@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
@pytest.mark.parametrize("said", [*OWN_PLACES, *SAME_PLACES])
def test_the_place_of_the_source_stands(said, format):
    for record in (SERVICE, PLACED):
        _, written = rendered(record, said, format=format)
        source = fields(sources_dialect(entry(f"@article{{k, {said}}}"), format))
        own = {
            name: value
            for name, value in fields(written).items()
            if name in places.PLACE_FIELDS | places.DATE_FIELDS
        }
        assert own == source
        assert fields(written)["eprint"] == "0705.0001"


def sources_dialect(entry, format):
    return render.render_entry(Record(id="local:x", entry=entry), "k", EntryOptions(format=format)).entry


@pytest.mark.parametrize("said", OWN_PLACES)
def test_another_place_differs(said):
    record, written = rendered(PLACED, said)
    assert render.differs(record)
    assert "doi" not in fields(written), "the other publication's DOI is not this one's"
    assert not render.differs(replace(record, journal_ref="to appear somewhere"))


@pytest.mark.parametrize("said", SAME_PLACES)
def test_the_same_place_in_other_words_does_not_differ(said):
    record, written = rendered(PLACED, said)
    assert not render.differs(record)
    assert fields(written)["doi"] == "10.1103/PhysRevD.76.013039"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("phdthesis", "school = {MIT}, year = 2009"),
        ("book", "publisher = {Springer}, year = 2009"),
        ("inproceedings", "crossref = {proc}, year = 2007"),
        ("techreport", "institution = {CERN}, year = 2007"),
    ],
)
def test_theses_books_and_what_is_inherited_are_places(kind, said):
    _, written = rendered(PLACED, said, kind)
    assert written.entry_type == kind
    assert "journal" not in fields(written)


def test_what_the_source_lacks_comes_from_the_record():
    bare = replace(PLACED, source=entry("@article{k, journal = {Nature}, year = 2008, note = {mine}}"))
    written = fields(render.render_entry(bare, "key", EntryOptions(abstract=True)).entry)
    assert (written["author"], written["title"]) == ("Reader, Ann", "A Grammar of References")
    assert (written["abstract"], written["note"]) == ("We read references.", "mine")
    nothing = replace(SERVICE, source=entry("@misc{k, note = {mine}}"))
    alone = fields(render.render_entry(SERVICE, "key", EntryOptions()).entry)
    assert fields(render.render_entry(nothing, "key", EntryOptions()).entry) == {**alone, "note": "mine"}


@pytest.mark.parametrize("profile", ["classic", "modern", "scholar"])
def test_a_preprint_without_its_id_gets_it_in_the_shape_of_the_profile(profile):
    _, written = rendered(SERVICE, "year = 2007", "misc", profile=profile)
    alone = render.render_entry(SERVICE, "key", EntryOptions(profile=profile)).entry
    ids = {"howpublished", "url", "journal", "eprint", "archiveprefix", "primaryclass"}
    assert {n: v for n, v in fields(written).items() if n in ids} == {
        n: v for n, v in fields(alone).items() if n in ids
    }
    assert written.entry_type == alone.entry_type


def test_an_id_that_is_another_papers_is_not_printed():
    _, written = rendered(SERVICE, "eprint = {0705.9999}, archiveprefix = {arXiv}, year = 2007", "misc")
    assert fields(written)["eprint"] == "0705.0001"
    _, written = rendered(SERVICE, "journal = {arXiv preprint arXiv:0705.9999}, year = 2007")
    assert "0705.9999" not in str(fields(written))


def test_the_wish_for_preprints_takes_nothing_from_the_source():
    _, written = rendered(PLACED, "journal = {Nature}, year = 2008", prefer="preprint")
    assert fields(written)["journal"] == "Nature"
    _, written = rendered(PLACED, "eprint = {0705.0001}, year = 2007", "misc", prefer="preprint")
    assert "journal" not in fields(written)


def test_merging_takes_groups_whole():
    first = entry("@article{a, title = {T}, journal = {Nature}, year = 2008}")
    second = entry(
        "@article{b, author = {Doe, J.}, journal = {Science}, volume = 3, pages = {7}, year = 2009, isbn = {1}}"
    )
    both = sources.merged([first, second])
    assert fields(both) == {"author": "Doe, J.", "title": "T", "journal": "Nature", "year": "2008", "isbn": "1"}
    assert both.key == "a"
    assert fields(sources.merged([entry("@misc{a, title = {T}, year = 2007}"), second]))["journal"] == "Science"


def test_the_lock_keeps_it_where_it_is_and_says_nothing_elsewhere():
    said = entry("@article{k, title = {T}, month = jun}")
    held = lock.Lock(
        records={
            i: lock.LockedRecord(key=i, record=replace(SERVICE, id=i, source=s))
            for i, s in (("arxiv:1", said), ("arxiv:2", None))
        }
    )
    text = lock.render(held)
    assert lock.parse(text, file="x") == held
    assert "source" not in json.loads(text)["records"]["arxiv:2"]


def test_macros_of_the_source_are_written_out():
    text = BIB.replace("volume ", "month = jun,\n  series = unknown,\n  volume ")
    said = {field.name: (field.value, field.macro) for field in read(text, "own.bib")[0][0].entry.fields}
    assert said["journal"] == ("Journal of Odd Results", False)
    assert (said["month"], said["series"]) == (("jun", True), ("unknown", True))
