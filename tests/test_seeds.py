"""The main job: the four documents in `seeds/` become a correct bibliography."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from bibtools import bibfile
from bibtools.model import Name
from tests.running import REPOSITORY

PAPERS = {
    paper["id"]: paper
    for paper in json.loads(Path(__file__).with_name("data").joinpath("papers.json").read_text("utf-8"))
    if not paper.get("invented")
}
INCOMPLETE = {"2408.07009", "2403.05530"}


@pytest.fixture
def project(bibtools, standin):
    """A project with the seeds as its sources and the stand-in to ask, not yet locked."""
    bibtools.serve(standin)
    shutil.copytree(REPOSITORY / "seeds", bibtools.folder / "seeds")
    bibtools.write("bibtools.toml", 'sources = ["seeds/"]\n')
    return bibtools


def people(paper):
    """The names of a paper's authors as they must come out: no `:`, nobody who is called "et al."."""
    return [name for name in paper["authors"] if name not in (":", "et al.")]


def test_the_seeds_hold_38_mentions(project):
    mentions = project("extract", "--json").document["mentions"]
    by_source = {}
    for mention in mentions:
        by_source.setdefault(mention["source"], []).append(mention)
    assert [len(found) for _, found in sorted(by_source.items())] == [8, 10, 10, 10]
    assert not any((mention["title"] or "") == "Google DeepMind" for mention in mentions)
    quoted = [i for m in mentions for i in m["identifiers"] if i["value"] == "2212.03827"]
    assert [i["own"] for i in quoted] == [False]
    assert len({mention["digest"] for mention in mentions}) >= 27


def check_records(records):
    assert {record["id"].removeprefix("arxiv:") for record in records} == set(PAPERS)
    for record in records:
        paper = PAPERS[record["id"].removeprefix("arxiv:")]
        assert record["title"] == " ".join(paper["title"].split())
        assert record["authors"] == people(paper)
        assert record["year"] == int(paper["published"][:4])


def test_lock_finds_the_27_papers(project):
    document = project("lock", "--json").document
    assert {m["state"] for m in document["mentions"]} == {"resolved"}
    check_records(document["records"])
    by_id = {record["id"]: record for record in document["records"]}
    for number in INCOMPLETE:
        assert "incomplete-authors" in by_id[f"arxiv:{number}"]["flags"]
    contradicted = [p for p in document["problems"] if p["code"] == "contradicted"]
    assert [p["file"] for p in contradicted] == ["seeds/000_f96bdcf8ccac8f62.txt"]
    assert "contradicted" in by_id["arxiv:2408.00118"]["flags"]


def test_lock_finds_them_without_their_ids_too(project):
    path = project.folder / "seeds" / "000_f96bdcf8ccac8f62.txt"
    text = path.read_text("utf-8")
    stripped = re.sub(r"^arXiv:\S+\n", "", text, flags=re.MULTILINE)
    assert stripped.count("arXiv:") < text.count("arXiv:")
    path.write_text(stripped, "utf-8")
    document = project("lock", "--json").document
    assert len(document["mentions"]) == 38
    assert {m["state"] for m in document["mentions"]} == {"resolved"}
    check_records(document["records"])
    tracr = [m for m in document["mentions"] if m["id"] == "arxiv:2301.05062"]
    assert {m["evidence"]["version"] for m in tracr} <= {1, None}


def test_papers_that_exist_nowhere_are_not_matched(bibtools, standin):
    bibtools.serve(standin)
    text = Path(__file__).with_name("data").joinpath("nonexistent.txt").read_text("utf-8")
    abstracts = [part for part in text.split("\n\n") if part.strip()]
    assert len(abstracts) == 50
    bibtools.write("notes.txt", "\n\n".join("Abstract: " + part.strip() for part in abstracts) + "\n")
    bibtools.write("bibtools.toml", 'sources = ["notes.txt"]\n')
    document = bibtools("lock", "--json", code=1).document
    assert len(document["mentions"]) == 50
    assert {m["state"] for m in document["mentions"]} == {"unresolved"}
    assert document["records"] == []


def entries_of(text):
    bib = bibfile.parse(text)
    assert not bib.problems
    return {entry.key: entry for entry in (bibfile.entry_of(block, text) for block in bib.entries)}


def test_the_committed_lock_prints_the_bibliography_offline(bibtools, monkeypatch):
    bibtools.folder = REPOSITORY
    monkeypatch.setenv("BIBTOOLS_ARXIV_URL", "http://127.0.0.1:9/unreachable")
    printed = bibtools("export", "--format", "bibtex").out
    assert printed == (REPOSITORY / "refs.bib").read_text("utf-8")
    entries = entries_of(printed)
    assert {entry.get("eprint") for entry in entries.values()} == set(PAPERS)
    for entry in entries.values():
        paper = PAPERS[entry.get("eprint")]
        assert entry.entry_type == "misc"
        assert entry.get("year") == paper["published"][:4]
        assert entry.get("primaryclass") == paper["primary_category"]
        assert entry.get("howpublished") == f"arXiv:{paper['id']} [{paper['primary_category']}]"
        written = entry.get("author").split(" and ")
        complete = written[-1] != "others"
        assert complete is (paper["id"] not in INCOMPLETE)
        assert len(written) - (not complete) == len(people(paper))
    assert entries["gemmateam2024gemma"].get("author").startswith("{Gemma Team} and Riviere, Morgane and ")


def test_the_committed_project_is_current(bibtools):
    bibtools.folder = REPOSITORY
    assert bibtools("--help").out
    checked = bibtools("sync", "--check", "--strict", "--offline")
    assert "refs.bib is current" in checked.summary
    flags = {r["id"]: r["flags"] for r in bibtools("status", "--json").document["records"]}
    assert {i.removeprefix("arxiv:") for i, found in flags.items() if "incomplete-authors" in found} == INCOMPLETE
    assert "contradicted" in flags["arxiv:2408.00118"]


def test_every_author_comes_out_in_csl_json(bibtools):
    bibtools.folder = REPOSITORY
    items = json.loads(bibtools("export", "--format", "csl-json", "--offline").out)
    assert len(items) == 27
    for item in items:
        paper = PAPERS[item["archive_location"]]
        came = [Name(**_model_name(author)).natural for author in item["author"]]
        assert [name for name in came if name != "others"] == people(paper)


def _model_name(author):
    particle = author.get("non-dropping-particle") or author.get("dropping-particle") or ""
    known = {part: author.get(part, "") for part in ("family", "given", "suffix", "literal")}
    return {**known, "particle": particle}
