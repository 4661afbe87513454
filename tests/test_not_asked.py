"""What nobody was asked about is not known: no id is absent, no text is found nowhere, no paper is lacking."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools.errors import Problem
from bibtools.identify import identify
from bibtools.lock import parse, render
from bibtools.model import Answered, Entry, Field, NotAsked
from tests.identifying import Arxiv, mention
from tests.standin.papers import seed_papers
from tests.standin.service import Service

HYDRA, GROKKING, NOWHERE = "2307.15771", "2309.02390", "2307.99999"
TITLE = "The Hydra Effect: Emergent Self-repair in Language Model Computations"
PEOPLE = "McGrath, Thomas and Rahtz, Matthew and Kramar, Janos"
OFFLINE = Problem(severity="warning", code="offline", message="not known")
BY_ID = {paper.id: paper for paper in seed_papers()}

BIB = f"""@misc{{hydra,
  author = {{{PEOPLE}}},
  title = {{{TITLE}}},
  year = {{2023}},
  eprint = {{{HYDRA}}},
}}
"""
RIS = f"""TY  - UNPB
ID  - hydra
AU  - McGrath, Thomas
TI  - {TITLE}
PY  - 2023
UR  - https://arxiv.org/abs/{HYDRA}
ER  -
"""
CSL = json.dumps(
    [
        {
            "id": "hydra",
            "type": "article",
            "title": TITLE,
            "author": [{"family": "McGrath", "given": "Thomas"}],
            "issued": {"date-parts": [[2023]]},
            "number": f"arXiv:{HYDRA}",
            "publisher": "arXiv",
        }
    ]
)
BY_TITLE = f"@misc{{hydra,\n  author = {{{PEOPLE}}},\n  title = {{{TITLE}}},\n  year = {{2023}},\n}}\n"
SOURCES = [
    pytest.param("own.bib", BIB, id="bib"),
    pytest.param("own.ris", RIS, id="ris"),
    pytest.param("own.json", CSL, id="csl"),
    pytest.param("own.bib", BY_TITLE, id="title"),
]


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    return bibtools


def sources(project, **texts):
    names = []
    for name, text in texts.items():
        names.append(name.replace("_", "."))
        project.write(names[-1], text)
    project.write("bibtools.toml", f"sources = {json.dumps(names)}\n")


def locked(project):
    return json.loads(project.read("bibtools.lock"))


# ---- a project


@pytest.mark.parametrize(("name", "text"), SOURCES)
def test_an_entry_stands_offline_as_it_is_written_and_nothing_is_claimed(project, standin, name, text):
    project.write(name, text)
    project.write("bibtools.toml", f'sources = ["{name}"]\n')
    for _ in range(2):
        ran = project("sync", "--offline")
        assert ran.summary.endswith("; 1 mention unresolved, not looked up yet, run: bibtools lock")
        refs = project.read("refs.bib")
        assert refs.count("@") == 1
        assert "{hydra," in refs
        (said,) = locked(project)["mentions"].values()
        assert said["state"] == "unresolved"
        assert [problem["code"] for problem in said["problems"]] == ["offline"]
        assert "missing" not in ran.err
    status = project("status", "--json", code=1).document
    assert [m["state"] for m in status["mentions"]] == ["unresolved"]
    assert [record["flags"] for record in status["records"]] == [[]]
    assert project("sync", "--offline", "--strict", code=1)
    assert not standin.requests


@pytest.mark.parametrize(("name", "text"), SOURCES)
def test_the_next_run_that_may_ask_does_and_key_and_base_move(project, standin, name, text):
    project.write(name, text)
    project.write("bibtools.toml", f'sources = ["{name}"]\n')
    project("sync", "--offline")
    project("sync")
    lock = locked(project)
    (said,) = lock["mentions"].values()
    assert (said["state"], said["id"]) == ("resolved", f"arxiv:{HYDRA}")
    assert {i: record["key"] for i, record in lock["records"].items()} == {f"arxiv:{HYDRA}": "hydra"}
    assert list(lock["targets"]["refs.bib"]) == [f"arxiv:{HYDRA}"]
    assert project.read("refs.bib").count("@") == 1
    before = project.files()
    assert project("sync", "--strict").summary == "refs.bib is current"
    assert project.files() == before


@pytest.mark.parametrize("note", [f"arXiv:{HYDRA}", "doi:10.5555/nobody.1", f"Abstract: {BY_ID[HYDRA].abstract}"])
@pytest.mark.parametrize("command", [["lock"], ["sync"], ["lock", "--upgrade"]])
def test_an_offline_run_notes_nothing_down_of_what_it_does_not_know(project, note, command):
    sources(project, notes_txt=note + "\n")
    project(*command, "--offline", code=None)
    assert not (project.folder / "bibtools.lock").exists() or locked(project)["mentions"] == {}
    project("sync")
    assert "not looked up" not in project("status", code=None).err


def test_what_is_cached_of_several_ids_says_nothing_of_the_others(project, standin):
    sources(project, notes_txt=f"arXiv:{GROKKING}\n")
    project("lock")
    asked = len(standin.requests)
    (project.folder / "bibtools.lock").unlink()
    sources(project, notes_txt=f"arXiv:{GROKKING}\n", own_bib=BIB, more_bib=BIB.replace(HYDRA, "2301.05062"))
    ran = project("sync", "--offline")
    assert "no-such-id" not in ran.err
    states = sorted(said["state"] for said in locked(project)["mentions"].values())
    assert states == ["resolved", "unresolved", "unresolved"]
    assert len(standin.requests) == asked


def test_a_search_that_was_refused_found_nothing_out(project, standin):
    sources(project, own_bib=BY_TITLE)
    standin.fault(
        "error-entry", message="malformed query", times=None, when=lambda params: "search_query" in params
    )
    ran = project("lock", code=1)
    assert "[not-asked]" in ran.err
    (said,) = locked(project)["mentions"].values()
    assert (said["state"], said["problems"][0]["code"]) == ("unresolved", "not-asked")
    assert "hydra" in project("export").out
    standin.clear_faults()
    project("lock")
    (said,) = locked(project)["mentions"].values()
    assert (said["state"], said["id"]) == ("resolved", f"arxiv:{HYDRA}")


def test_an_entry_that_arxiv_was_asked_about_and_lacks_stays_in_its_file(project, standin):
    sources(project, own_bib=BIB.replace(HYDRA, NOWHERE).replace("The Hydra Effect", "Nobody's Effect"))
    ran = project("lock")
    assert "[no-such-id]" in ran.err
    project("sync")
    again = project("sync", "--strict")
    assert again.summary == "refs.bib is current; 1 known warning (bibtools status)"
    assert "missing" not in again.err
    asked = len(standin.requests)
    project("lock")
    assert len(standin.requests) == asked, "arXiv was asked, and said so twice"


# ---- a lock of a program that drew conclusions


def as_of_old(project, *, absent=HYDRA):
    """The lock as it was written where an offline run took it for granted that arXiv lacks the paper."""
    lock = parse(project.read("bibtools.lock"), file="bibtools.lock")
    document = json.loads(render(lock))
    for said in document["mentions"].values():
        if said["state"] != "unresolved":
            continue
        said |= {
            "state": "resolved",
            "evidence": {"method": "entry"},
            "problems": [
                {
                    "severity": "warning",
                    "code": "no-such-id",
                    "message": f"arXiv knows no paper with the id {absent}",
                    "hint": "check the identifier",
                }
            ],
        }
    project.write("bibtools.lock", render(parse(json.dumps(document), file="bibtools.lock")))


@pytest.fixture
def old(project):
    papers = [HYDRA, GROKKING, "2301.05062"]
    texts = {
        f"s{number}_bib": BIB.replace(HYDRA, paper)
        .replace(TITLE, BY_ID[paper].title)
        .replace("hydra", f"own{number}")
        for number, paper in enumerate(papers)
    }
    texts["s9_bib"] = (
        BIB.replace(HYDRA, NOWHERE).replace(TITLE, "Nobody's Effect on Nothing").replace("hydra", "nobody")
    )
    texts = {name: text.replace(PEOPLE, "Nobody, Ann") for name, text in texts.items()}
    sources(project, **texts)
    project("sync", "--offline")
    as_of_old(project)
    return project


def test_an_old_lock_is_not_touched_offline(old):
    before = old.files()
    assert old("sync", "--offline").summary == "refs.bib is current; 4 known warnings (bibtools status)"
    old("lock", "--offline")
    assert old.files() == before


def test_what_an_old_lock_denies_is_asked_once_more_in_one_batch(old, standin):
    refs = old.read("refs.bib")
    old("lock")
    batches = [seen.params["id_list"].split(",") for seen in standin.requests if "id_list" in seen.params]
    assert len(batches[0]) == 4, "one request for all"
    assert all(batch == [NOWHERE] for batch in batches[1:]), "what is absent is asked for a second time"
    lock = locked(old)
    assert sorted(said["id"].partition(":")[0] for said in lock["mentions"].values()) == ["arxiv"] * 3 + ["local"]
    assert {record["key"] for record in lock["records"].values()} == {"own0", "own1", "own2", "nobody"}
    assert set(lock["targets"]["refs.bib"]) == set(lock["records"])
    (denied,) = [said for said in lock["mentions"].values() if said["id"].startswith("local:")]
    assert denied["confirmed"] is True
    assert denied["problems"][0]["code"] == "no-such-id"
    asked = len(standin.requests)
    old("lock")
    assert len(standin.requests) == asked, "once"
    ran = old("sync", "--offline")
    assert "missing" not in ran.err
    assert [line for line in old.read("refs.bib").splitlines() if line.startswith("@")] == [
        line for line in refs.splitlines() if line.startswith("@")
    ]


def test_pins_and_renamed_keys_move_with_the_paper(old):
    old.write("refs.bib", old.read("refs.bib").replace("{own0,", "{mine,"))
    old("sync", "--offline")
    there = json.loads(old.read("bibtools.toml").partition("=")[2])
    old.write("bibtools.toml", f"sources = {json.dumps([*there, 'more.bib'])}\n")
    old.write("more.bib", "@book{other, title = {Something Else}, author = {Doe, Jane}, year = 1999}\n")
    old("sync", "--offline")
    old("pin", "more.bib:1", "mine", "--offline")
    as_of_old(old)
    old("lock")
    lock = locked(old)
    assert lock["records"][f"arxiv:{HYDRA}"]["key"] == "mine"
    assert "own0" in lock["records"][f"arxiv:{HYDRA}"]["aliases"]
    pinned = [said["id"] for said in lock["mentions"].values() if said["state"] == "pinned"]
    assert pinned == [f"arxiv:{HYDRA}"]
    ran = old("sync", "--offline")
    assert "@misc{mine," in old.read("refs.bib")
    assert "missing" not in ran.err


def test_two_papers_of_one_wrong_doi_are_not_joined(project):
    """The DOI of one entry is a slip: the other's record is not taken along."""
    one = BIB.replace("eprint", "doi = {10.5555/slip},\n  eprint")
    other = "@article{other, title = {Something Else}, author = {Doe, Jane}, year = 1999, doi = {10.5555/slip}}\n"
    sources(project, a_bib=one, b_bib=other)
    project("sync", "--offline")
    as_of_old(project)
    project("lock")
    lock = locked(project)
    assert sorted(said["id"] for said in lock["mentions"].values()) == [f"arxiv:{HYDRA}", "doi:10.5555/slip"]
    assert set(lock["records"]) == {f"arxiv:{HYDRA}", "doi:10.5555/slip"}


def test_a_paper_that_the_lock_knows_already_takes_the_entry_in(project):
    sources(project, notes_txt=f"arXiv:{HYDRA}\n")
    project("sync")
    sources(project, notes_txt=f"arXiv:{HYDRA}\n", own_bib=BIB.replace(PEOPLE, "Nobody, Ann"))
    project("lock")
    lock = locked(project)
    assert {said["id"] for said in lock["mentions"].values()} == {f"arxiv:{HYDRA}"}
    assert lock["records"][f"arxiv:{HYDRA}"]["key"] == "mcgrath2023hydra"
    project("sync", "--offline")
    assert project.read("refs.bib").count("@") == 1


# ---- identification


@pytest.fixture(scope="module")
def service():
    return Service(seed_papers())


def answers(arxiv, mentions, ask):
    run = identify(mentions)
    try:
        queries = next(run)
        for _ in range(60):
            queries = run.send({query: ask(arxiv, query) for query in queries})
    except StopIteration as stop:
        return stop.value
    raise AssertionError("it never ends")


ENTRY = Entry(entry_type="misc", key="k", fields=(Field("title", "T"),))
MENTIONS = [
    mention(ids=[HYDRA]),
    mention(ids=[NOWHERE]),
    mention(TITLE, ids=[NOWHERE], authors=["T. McGrath"], year=2023, entry=ENTRY),
    mention(TITLE, authors=["T. McGrath"], year=2023, entry=ENTRY, source="b"),
    mention("Nobody Wrote This", authors=["A. Nobody"], year=2001, entry=ENTRY),
    mention("Nobody Wrote This", dois=["10.5555/nobody"], entry=ENTRY, source="c"),
    mention(dois=["10.5555/nobody"], source="d"),
    mention(BY_ID[GROKKING].title, authors=["Q. Nobody"], year=1987),
    mention(BY_ID[GROKKING].title, ids=[HYDRA], abstract=BY_ID[GROKKING].abstract),
    mention(abstract=BY_ID["2301.05062"].older_versions[0].abstract, ids=["2301.05062"]),
    mention(abstract=BY_ID["2403.10704"].older_versions[0].abstract),
    mention(abstract=BY_ID[GROKKING].abstract),
    mention(ids=[HYDRA, GROKKING]),
]


def test_nothing_asked_is_nothing_known(service):
    found = answers(Arxiv(service), MENTIONS, lambda arxiv, query: NotAsked(problem=OFFLINE))
    assert {one.state for one in found.resolutions} == {"unresolved"}
    assert {one.problems for one in found.resolutions} == {(OFFLINE,)}
    assert all(
        (one.id is not None) == (m.entry is not None) for one, m in zip(found.resolutions, MENTIONS, strict=True)
    )
    assert {record.entry for record in found.records} == {ENTRY}


@given(st.data())
@settings(max_examples=60)
def test_whatever_is_left_unasked_no_answer_is_another_than_with_all_of_them(service, data):
    """A mention is what it is with all answers, or it is open because it was not asked about."""
    whole = answers(Arxiv(service), MENTIONS, lambda arxiv, query: arxiv.answer(query)).resolutions

    def ask(arxiv, query):
        answer = arxiv.answer(query)
        if data.draw(st.booleans()):
            return answer
        kept = data.draw(st.integers(0, len(answer.records))) if query.ids else 0
        return NotAsked(problem=OFFLINE, records=answer.records[:kept])

    for full, one in zip(whole, answers(Arxiv(service), MENTIONS, ask).resolutions, strict=True):
        if OFFLINE in one.problems:
            assert (one.state, one.confirmed, one.evidence) == ("unresolved", False, None)
        else:
            assert (one.state, one.id, [p.code for p in one.problems]) == (
                full.state,
                full.id,
                [p.code for p in full.problems],
            )


def test_an_answer_that_is_one_denies_and_says_that_it_was_asked(service):
    found = answers(Arxiv(service), MENTIONS[:2], lambda arxiv, query: arxiv.answer(query)).resolutions
    assert [one.confirmed for one in found] == [False, True]
    nothing = answers(Arxiv(service), MENTIONS[:3], lambda arxiv, query: Answered()).resolutions
    assert [one.problems[0].code for one in nothing] == ["no-such-id"] * 3
    assert all(one.confirmed for one in nothing)
