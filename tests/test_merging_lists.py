"""Two branches that both add papers: the list of papers, generated files, markers of any length, rerere."""

from __future__ import annotations

import json

import pytest

from bibtools import bibfile
from bibtools.workflow import notes
from tests.test_merging_git import GROKKING, HYDRA, SAFE, WARP, repository  # noqa: F401  (a fixture)
from tests.typesetting import needs

pytestmark = needs("git")
SETTINGS = """sources = ["papers.txt"]
[[target]]
path = "refs.bib"
[[target]]
path = "out/refs.json"
[[target]]
path = "refs.md"
[[target]]
path = "my [1] list.html"
"""
GENERATED = ("out/refs.json", "refs.md", "my [1] list.html")


@pytest.fixture
def project(repository):  # noqa: F811
    """A project whose papers are all in the list that `add` writes to, with generated files."""
    for path in (repository.folder / "notes").iterdir():
        path.unlink()
    for name in ("refs.bib", "bibtools.lock"):
        (repository.folder / name).unlink()
    repository.bibtools.write("bibtools.toml", SETTINGS)
    repository.bibtools("add", HYDRA)
    repository.commit("list")
    return repository


@pytest.fixture
def driven(project):
    project.bibtools("init", "--merge-driver")
    project.commit("attributes")
    return project


def two_branches(project):
    project.branch("theirs")
    project.bibtools("add", SAFE, WARP)
    project.commit("theirs")
    project.branch("ours")
    project.bibtools("add", GROKKING)
    project.commit("ours")


def has_all(project, *numbers):
    """Every file holds these papers, no markers, and nothing is left to do."""
    numbers = {HYDRA, *numbers}
    for name in ("papers.txt", "refs.bib", "bibtools.lock", *GENERATED):
        text = project.bibtools.read(name)
        assert not bibfile.find_conflicts(text), name
        assert all(number in text for number in numbers), name
    assert len(json.loads(project.bibtools.read("out/refs.json"))) == len(numbers)
    assert project.bibtools.read("papers.txt").count("\n") == len(numbers)
    assert project.bibtools("sync", "--check", "--offline", "--strict").code == 0
    return True


def test_the_attributes_cover_every_file_that_is_written(driven):
    assert driven.bibtools.read(".gitattributes") == (
        "*.bib merge=bibtools\n/out/refs.json merge=bibtools\n/refs.md merge=bibtools\n"
        '"/my \\\\[1\\\\] list.html" merge=bibtools\n/bibtools.lock merge=bibtools\n/papers.txt merge=union\n'
    )
    for name in ("refs.bib", "bibtools.lock", *GENERATED):
        assert driven.git("check-attr", "merge", "--", name).strip().endswith("merge: bibtools"), name
    assert driven.git("check-attr", "merge", "--", "papers.txt").strip().endswith("merge: union")
    assert driven.git("check-attr", "merge", "--", "my 1 list.html").strip().endswith("unspecified")


def test_both_branches_add_with_the_driver(driven):
    two_branches(driven)
    driven.merge("theirs", code=0)
    assert driven.unmerged == set()
    driven.bibtools("sync", "--offline")
    assert has_all(driven, GROKKING, SAFE, WARP)


@pytest.mark.parametrize("style", ["merge", "diff3"])
@pytest.mark.parametrize("committed", [False, True])
def test_both_branches_add_without_the_driver(project, style, committed):
    two_branches(project)
    project.merge("theirs", "-c", f"merge.conflictStyle={style}", code=1)
    assert {"papers.txt", "refs.bib", "bibtools.lock"} <= project.unmerged
    if committed:
        project.commit("oops")
    assert project.bibtools("sync", "--check", "--offline", code=1)
    ran = project.bibtools("sync", "--offline")
    assert ran.summary.startswith("papers.txt: merged; refs.bib: merged; ")
    assert has_all(project, GROKKING, SAFE, WARP)


def test_lock_and_add_and_remove_read_the_marked_list_too(project):
    two_branches(project)
    project.merge("theirs", code=1)
    project.bibtools("lock", "--offline")
    project.bibtools("sync", "--offline", "refs.bib")
    project.bibtools("add", "2403.10704")
    project.bibtools("sync", "--offline")
    assert has_all(project, GROKKING, SAFE, WARP, "2403.10704")


def test_a_paper_that_one_branch_removed_does_not_come_back(project):
    project.bibtools("add", SAFE)
    project.commit("more")
    project.branch("theirs")
    project.bibtools("remove", "rahtz2022safe")
    project.bibtools("add", WARP)
    project.commit("theirs")
    project.branch("ours")
    project.bibtools("add", GROKKING)
    project.commit("ours")
    project.merge("theirs", code=1)
    project.bibtools("sync", "--offline")
    assert has_all(project, GROKKING, WARP)
    assert SAFE not in project.bibtools.read("papers.txt") + project.read()


def test_generated_files_that_git_merged_by_lines_are_made_anew(project):
    """Far enough apart, git stops at nothing; what comes out is nobody's edit."""
    numbers = ["2408.00118", "2402.10524", "1906.02641", "2403.10704", "2402.02992"]
    project.bibtools("add", *numbers)
    project.commit("many")
    project.branch("theirs")
    project.upgrade(HYDRA, title="Hydra, Revised")
    project.branch("ours")
    project.upgrade("2403.10704", title="Perl, Revised")
    said = project.merge("theirs")
    assert "out/refs.json" not in project.unmerged, said
    text = project.bibtools.read("out/refs.json")
    assert "Hydra, Revised" in text
    assert "Perl, Revised" in text
    project.bibtools("sync", "--offline")
    if project.unmerged:
        project.git("add", "-A")
        project.git("commit", "-q", "--no-edit")
    assert has_all(project, *numbers)


def test_what_the_user_edited_in_a_generated_file_is_still_theirs(project):
    two_branches(project)
    project.merge("theirs", code=1)
    project.bibtools("sync", "--offline")
    project.commit("merged")
    text = project.bibtools.read("refs.md")
    project.bibtools.write("refs.md", text + "mine\n")
    assert "[generated-edited]" in project.bibtools("sync", "--offline", code=5).err
    assert project.bibtools.read("refs.md") == text + "mine\n"


def test_other_words_between_markers_are_left_to_the_user(project):
    project.branch("theirs")
    project.bibtools.write("papers.txt", project.bibtools.read("papers.txt") + "- remember the milk\n")
    project.commit("theirs")
    project.branch("ours")
    project.bibtools("add", GROKKING)
    project.commit("ours")
    project.merge("theirs", code=1)
    before = project.bibtools.read("papers.txt")
    ran = project.bibtools("sync", "--offline")
    assert (
        "papers.txt:2:1: warning: conflict markers of a merge stand in the file [source-conflict-markers]"
        in ran.err
    )
    assert project.bibtools.read("papers.txt") == before
    assert project.bibtools("sync", "--offline", "--strict", code=1)
    assert GROKKING in project.read()


LISTS = [
    (
        "a\n<<<<<<< x\n- arXiv:1 A\n=======\n- doi:10.1/2 B\n>>>>>>> y\nb\n",
        None,
        "a\n- arXiv:1 A\n- doi:10.1/2 B\nb\n",
    ),
    ("<<<<<<< x\n- arXiv:1\n- arXiv:2\n=======\n- arXiv:2\n>>>>>>> y\n", None, "- arXiv:1\n- arXiv:2\n"),
    ("<<<<<<< x\n- arXiv:1\n- arXiv:2\n=======\n- arXiv:2\n>>>>>>> y\n", "- arXiv:1\n", "- arXiv:2\n"),
    ("<<<<<<< x\n- arXiv:1\n||||||| b\n- arXiv:1\n=======\n>>>>>>> y\n", None, ""),
    ("<<<<<<<<<<<< x\n- arXiv:1\n============\n- Title: A\n>>>>>>>>>>>> y\n", None, "- arXiv:1\n- Title: A\n"),
    ("<<<<<<< x\n- arXiv:1\n=======\nmilk\n>>>>>>> y\n", None, None),
    ("- arXiv:1\n", None, None),
    ("<<<<<<< x\n- arXiv:1\n", None, None),
]


@pytest.mark.parametrize(("text", "ancestor", "after"), LISTS)
def test_a_list_with_markers(text, ancestor, after):
    assert notes.settled(text, lambda: ancestor) == after


# --- markers of another length ------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [3, 9, 12, 40])
@pytest.mark.parametrize("with_driver", [True, False])
def test_the_length_that_the_attributes_ask_for(driven, size, with_driver):
    if not with_driver:
        driven.git("config", "--remove-section", "merge.bibtools")
    attributes = driven.bibtools.read(".gitattributes")
    driven.bibtools.write(".gitattributes", attributes + f"* conflict-marker-size={size}\n")
    driven.commit("longer")
    driven.branch("theirs")
    driven.edit("Self-repair", "Selfrepair")
    driven.branch("ours")
    driven.edit("Self-repair", "Self repair")
    driven.merge("theirs", code=1)
    assert f"{'<' * size} " in driven.read()
    for strict, code in (([], None), (["--strict"], 1)):
        ran = driven.bibtools("sync", "--check", "--offline", *strict, code=code)
        assert "[bib-conflict-markers]" in ran.err
    driven.bibtools("sync", "--offline")
    (region,) = bibfile.find_conflicts(driven.read())
    assert region.size == size
    before = driven.read()
    driven.bibtools("sync", "--offline")
    assert driven.read() == before


@pytest.mark.parametrize("size", [9, 12])
def test_both_branches_add_with_longer_markers(project, size):
    project.bibtools.write(".gitattributes", f"* conflict-marker-size={size}\n")
    project.commit("longer")
    two_branches(project)
    project.merge("theirs", code=1)
    assert "<" * size in project.read()
    project.bibtools("sync", "--offline")
    assert has_all(project, GROKKING, SAFE, WARP)


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< a\nx\n=========\ny\n>>>>>>> b\n",
        "<<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n",
        "<< a\nx\n==\ny\n>> b\n",
        "====\n<<<< a\n>>>> b\n",
        "a <<<<<<< a\nx\n=======\ny\n>>>>>>> b\n",
    ],
)
def test_what_is_no_marker(text):
    assert bibfile.find_conflicts(text) == ()


# --- rerere -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [7, 12])
def test_a_recorded_resolution_is_replayed(driven, size):
    attributes = driven.bibtools.read(".gitattributes")
    driven.bibtools.write(".gitattributes", attributes + f"*.bib conflict-marker-size={size}\n")
    driven.commit("length")
    driven.git("config", "rerere.enabled", "true")
    driven.git("config", "rerere.autoUpdate", "true")
    driven.branch("theirs")
    driven.edit("Self-repair", "Selfrepair")
    driven.branch("ours")
    driven.edit("Self-repair", "Self repair")
    driven.merge("theirs", code=1)
    text = driven.read()
    (region,) = bibfile.find_conflicts(text)
    settled = text[: region.span.start] + text[region.ours.start : region.ours.stop] + text[region.span.stop :]
    driven.bibtools.write("refs.bib", settled.replace("Self repair", "Self Repair"))
    driven.commit("settled")
    driven.git("reset", "-q", "--hard", "HEAD^")
    said = driven.merge("theirs", code=1)
    assert "using previous resolution" in said
    assert driven.unmerged == set()
    assert not bibfile.find_conflicts(driven.read())
    assert "Self Repair" in driven.read()


BIB = "@misc{a,\n  title = {A},\n}\n"
MARKED = "<<<<<<<\n@misc{a}\n=======\n@misc{b}\n>>>>>>>\n"


@pytest.mark.parametrize("name", ["x.bib", "bibtools.lock", "x.json", "x.html", "x"])
@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        (MARKED, MARKED, BIB, BIB),
        (BIB, MARKED, BIB, MARKED),
        (BIB, MARKED, MARKED, MARKED),
        ("", "", BIB, BIB),
        ("", BIB, BIB, BIB),
    ],
)
def test_where_one_side_changed_nothing_the_other_is_right(bibtools, name, base, ours, theirs, result):
    for file, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        bibtools.write(file, text)
    bibtools("merge-driver", "base", "ours", "theirs", name)
    assert bibtools.read("ours") == result


@pytest.mark.parametrize("suffix", ["json", "yaml", "ris", "html", "md", "txt", "jsonl"])
def test_a_generated_file_stays_as_it_is_here_until_it_is_made_anew(bibtools, suffix):
    for file in ("base", "ours", "theirs"):
        bibtools.write(file, f'{{"version": 1, "id": "{file}"}}\n')
    ran = bibtools("merge-driver", "base", "ours", "theirs", f"out/refs.{suffix}", "--json")
    assert ran.document["conflicts"] == 0
    assert [(p["code"], p["severity"]) for p in ran.document["problems"]] == [("merge-generated", "info")]
    assert '"ours"' in bibtools.read("ours")
