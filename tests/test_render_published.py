"""Published papers: what their entries look like, and that no entry becomes one by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import jsonschema
import pytest

from bibtools import citekeys, render
from bibtools.lock import Base, joint_origin
from bibtools.model import EntryOptions
from bibtools.plan import Choices, plan_target
from tests.answered import csl_item
from tests.bibliographies import TARGET, lock_of, parsed, record, synced
from tests.test_render import ATTENTION, SCHEMA

ARTICLE_REF = "Astron. Astrophys. 612 (June 2018) A13"
PAPER_REF = "Proceedings of the 35th International Conference on Machine Learning, PMLR 80:5998-6008, 2018"
ARTICLE = replace(ATTENTION, journal_ref=ARTICLE_REF, dois=("10.1000/xyz",))
PAPER = replace(ATTENTION, journal_ref=PAPER_REF)

BIBTEX_ARTICLE = """\
@article{k,
  author        = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki},
  title         = {Attention Is All You Need},
  journal       = {Astronomy \\& Astrophysics},
  volume        = {612},
  pages         = {A13},
  year          = {2018},
  month         = jun,
  doi           = {10.1000/xyz},
  eprint        = {1706.03762},
  archiveprefix = {arXiv},
  primaryclass  = {cs.CL},
}
"""
BIBTEX_PAPER = """\
@inproceedings{k,
  author        = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki},
  title         = {Attention Is All You Need},
  booktitle     = {Proceedings of the 35th International Conference on Machine Learning},
  series        = {Proceedings of Machine Learning Research},
  volume        = {80},
  pages         = {5998--6008},
  year          = {2018},
  eprint        = {1706.03762},
  archiveprefix = {arXiv},
  primaryclass  = {cs.CL},
}
"""
BIBLATEX_ARTICLE = """\
@article{k,
  author       = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki},
  title        = {Attention Is All You Need},
  journaltitle = {Astronomy \\& Astrophysics},
  volume       = {612},
  eid          = {A13},
  date         = {2018-06},
  doi          = {10.1000/xyz},
  eprint       = {1706.03762},
  eprinttype   = {arxiv},
  eprintclass  = {cs.CL},
}
"""
BIBLATEX_PAPER = """\
@inproceedings{k,
  author      = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki},
  title       = {Attention Is All You Need},
  booktitle   = {Proceedings of the 35th International Conference on Machine Learning},
  series      = {Proceedings of Machine Learning Research},
  volume      = {80},
  pages       = {5998--6008},
  date        = {2018},
  eprint      = {1706.03762},
  eprinttype  = {arxiv},
  eprintclass = {cs.CL},
}
"""
SHAPES = [
    pytest.param(ARTICLE, "bibtex", BIBTEX_ARTICLE, id="article"),
    pytest.param(PAPER, "bibtex", BIBTEX_PAPER, id="paper"),
    pytest.param(ARTICLE, "biblatex", BIBLATEX_ARTICLE, id="article in biblatex"),
    pytest.param(PAPER, "biblatex", BIBLATEX_PAPER, id="paper in biblatex"),
]


@pytest.mark.parametrize("profile", ["classic", "modern", "scholar"])
@pytest.mark.parametrize(("said", "format", "text"), SHAPES)
def test_a_published_paper_has_one_shape_in_all_profiles(said, format, text, profile):
    exported = render.export([("k", said)], format, EntryOptions(profile=profile))
    assert exported.text == text
    assert exported.problems == ()


@pytest.mark.parametrize("profile", ["classic", "modern", "scholar"])
@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
@pytest.mark.parametrize("said", [ARTICLE, PAPER])
def test_who_prefers_the_preprint_gets_it_without_a_word(said, format, profile):
    options = EntryOptions(format=format, profile=profile, prefer="preprint")
    rendered = render.render_entry(said, "k", options)
    assert rendered == render.render_entry(replace(said, journal_ref=""), "k", options)


def test_what_was_not_read_stays_a_preprint_and_is_told():
    said = replace(ARTICLE, journal_ref="to appear in A&A")
    rendered = render.render_entry(said, "k", EntryOptions())
    assert rendered.entry == render.render_entry(replace(said, journal_ref=""), "k", EntryOptions()).entry
    assert [problem.code for problem in rendered.problems] == ["journal-ref-unread"]
    dateless = replace(ARTICLE, published=None)
    assert [p.code for p in render.render_entry(dateless, "k", EntryOptions()).problems] == ["journal-ref-unread"]


def test_a_doi_in_the_words_counts_where_arxiv_knows_none():
    said = replace(ARTICLE, journal_ref=ARTICLE_REF + ", doi:10.1000/in-words")
    for format in ("bibtex", "biblatex"):
        options = EntryOptions(format=format)
        assert render.render_entry(said, "k", options).entry.get("doi") == "10.1000/xyz"
        assert render.render_entry(replace(said, dois=()), "k", options).entry.get("doi") == "10.1000/in-words"


def test_fields_can_be_left_out():
    entry = render.render_entry(ARTICLE, "k", EntryOptions(exclude_fields=("Month", "eprint", "volume"))).entry
    assert [f.name for f in entry.fields] == (
        ["author", "title", "journal", "pages", "year", "doi", "archiveprefix", "primaryclass"]
    )


def test_a_name_beyond_ascii_is_written_in_ascii_where_that_is_asked():
    said = replace(ATTENTION, journal_ref="J. Reine Angew. Math. 739 (2018), 1-20")
    entry = render.render_entry(said, "k", EntryOptions(encoding="ascii")).entry
    assert entry.get("journal") == 'Journal f{\\"u}r die reine und angewandte Mathematik'
    eccv = replace(ATTENTION, journal_ref="ECCV 2018")
    assert render.render_entry(eccv, "k", EntryOptions(encoding="ascii")).entry.get("booktitle").isascii()


def test_a_meeting_as_volume_is_a_number_to_biblatex_which_wants_integers():
    said = replace(ATTENTION, journal_ref="PoS LATTICE2017 (2018) 123")
    entry = render.render_entry(said, "k", EntryOptions(format="biblatex")).entry
    assert (entry.get("volume"), entry.get("number"), entry.get("eid")) == (None, "LATTICE2017", "123")
    entry = render.render_entry(said, "k", EntryOptions()).entry
    assert (entry.get("volume"), entry.get("number"), entry.get("pages")) == ("LATTICE2017", None, "123")


def test_the_key_is_that_of_the_first_version():
    assert citekeys.assign([ARTICLE], {}) == citekeys.assign([replace(ARTICLE, journal_ref="")], {})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            ARTICLE,
            {"type": "article-journal", "container-title": "Astronomy & Astrophysics", "volume": "612",
             "page": "A13", "issued": {"date-parts": [[2018, 6]]}, "DOI": "10.1000/xyz"},
        ),
        (
            PAPER,
            {"type": "paper-conference", "volume": "80", "page": "5998-6008", "issued": {"date-parts": [[2018]]},
             "container-title": "Proceedings of the 35th International Conference on Machine Learning",
             "collection-title": "Proceedings of Machine Learning Research"},
        ),
    ],
)  # fmt: skip
def test_csl_json(said, expected):
    item = csl_item(said, "k")
    jsonschema.validate([item], SCHEMA)
    assert {name: item.get(name) for name in expected} == expected
    assert (item["archive"], item["archive_location"]) == ("arXiv", "1706.03762")
    assert {"genre", "publisher", "number", "URL"} & set(item) == set()
    assert ("DOI" in item) == bool(said.dois)


def test_the_tables_are_not_read_for_papers_without_a_reference():
    code = """if True:
        import sys
        from bibtools import render
        from bibtools.model import EntryOptions, Record, PartialDate
        said = Record(id="arxiv:1706.03762", title="T", published=PartialDate(2017), journal_ref=sys.argv[1])
        render.render_entry(said, "k", EntryOptions())
        render.render_entry(said, "k", EntryOptions(prefer="preprint"))
        print(sum(name.startswith("bibtools.publication") for name in sys.modules))
    """
    for ref, loaded in (("", False), ("JHEP 1706:045,2017", True)):
        done = subprocess.run([sys.executable, "-c", code, ref], capture_output=True, check=True, text=True)
        assert (int(done.stdout) > 0) is loaded


# --- no entry becomes one by itself -----------------------------------------------------------------------

HELD = replace(record(1), journal_ref="Phys. Rev. D 101, 013039 (2020)")


def old_lock():
    """A lock and its file, as a program left them that could not read the reference."""
    entry = render.render_entry(replace(HELD, journal_ref=""), "paper1", TARGET.options).entry
    plan, _ = synced(lock_of(replace(HELD, journal_ref="")), None)
    held = lock_of(HELD)
    base = Base(entry=entry, origin=joint_origin(HELD, TARGET.options))
    return replace(held, targets={TARGET.path: {HELD.id: base}}), plan.new


def test_an_entry_that_was_rendered_before_stays_as_it_is():
    held, old = old_lock()
    for _ in range(2):
        plan, held = synced(held, old)
        assert plan.new == old
        assert not plan.updated
        assert parsed(old)["paper1"].entry_type == "misc"


def test_it_becomes_one_when_asked_and_then_stays():
    held, old = old_lock()
    plan, held = synced(held, old, choices=Choices(rerender=True))
    entry = parsed(plan.new)["paper1"]
    assert (entry.entry_type, entry.get("journal"), entry.get("howpublished")) == (
        "article",
        "Physical Review D",
        None,
    )
    again, _ = synced(held, plan.new)
    assert again.new == plan.new


def test_it_becomes_one_when_arxiv_learns_of_it():
    before = replace(HELD, journal_ref="")
    plan, held = synced(lock_of(before), None)
    held = replace(lock_of(HELD), targets=held.targets)
    after, _ = synced(held, plan.new)
    entry = parsed(after.new)["paper1"]
    assert (entry.entry_type, entry.get("volume"), entry.get("pages")) == ("article", "101", "013039")


def test_what_the_user_wrote_there_stands():
    held, old = old_lock()
    mine = old.replace(b"  eprint ", b"  journal       = {PRD},\n  eprint ")
    plan = plan_target(TARGET, held, [HELD.id], mine, Choices(rerender=True))
    assert parsed(plan.new)["paper1"].get("journal") == "PRD"
    assert plan.conflicts == ()
    assert ("setting-not-applied", "paper1") in [(p.code, p.key) for p in plan.problems]


# --- as commands show it ----------------------------------------------------------------------------------

HYDRA = "2307.15771"
REF = "Phys. Rev. D 109, 013039 (2024)"
TWO = """sources = ["notes.txt"]
[[target]]
path = "refs.bib"
[[target]]
path = "refs.json"
"""


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", TWO)
    bibtools.write("notes.txt", f"https://arxiv.org/abs/{HYDRA}\n")
    bibtools("lock")
    return bibtools


def arxiv_says(project, **changes):
    document = json.loads(project.read("bibtools.lock"))
    document["records"][f"arxiv:{HYDRA}"] |= changes
    project.write("bibtools.lock", json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def test_why_says_that_the_journal_is_arxivs_word(project):
    arxiv_says(project, journal_ref=REF)
    project("sync")
    fields = project("why", "mcgrath2023hydra", "--json").document["fields"]
    origins = {field["name"]: field["origin"] for field in fields}
    published = ("journal", "volume", "pages", "year")
    assert {origins[name] for name in published} == {"arxiv"}
    assert origins["archiveprefix"] == "derived"
    project.write("refs.bib", project.read("refs.bib").replace("{Physical Review D}", "{PRD}"))
    fields = project("why", "mcgrath2023hydra", "--json").document["fields"]
    assert {field["name"]: field["origin"] for field in fields}["journal"] == "user"


def test_status_knows_it_as_published(project):
    arxiv_says(project, journal_ref=REF)
    assert "published" in project("status", "--json").document["records"][0]["flags"]


def test_generated_documents_follow_the_bib(project, monkeypatch):
    from bibtools.render import biblatex, bibtex

    arxiv_says(project, journal_ref=REF)
    with monkeypatch.context() as older:
        for module in (bibtex, biblatex):
            older.setattr(module, "publication_of", lambda record, options: None)
        project("sync")
    before = project.files()
    assert json.loads(project.read("refs.json"))[0]["type"] == "article"
    project("sync")
    assert project.files() == before
    assert json.loads(project("export", "--format", "csl-json").out)[0]["type"] == "article"
    project("sync", "--rerender")
    (item,) = json.loads(project.read("refs.json"))
    assert (item["type"], item["container-title"], item["page"]) == (
        "article-journal",
        "Physical Review D",
        "013039",
    )
    project.write("refs.bib", project.read("refs.bib").replace("2024", "2025").replace("{109}", "{110}"))
    project("sync")
    (item,) = json.loads(project.read("refs.json"))
    assert (item["issued"], item["volume"]) == ({"date-parts": [[2025]]}, "110")


def test_hand_edits_of_the_place_count_in_other_documents_too(project):
    arxiv_says(project, journal_ref=REF)
    project("sync")
    project.write("refs.bib", project.read("refs.bib").replace("2024", "2025").replace("{109}", "{110}"))
    (item,) = json.loads(project("export", "--format", "csl-json", "--max-authors", "1").out)
    assert (item["issued"], item["volume"]) == ({"date-parts": [[2025]]}, "110")
    (item,) = json.loads(project("export", "--format", "csl-json", "--upstream").out)
    assert (item["issued"], item["volume"]) == ({"date-parts": [[2024]]}, "109")
