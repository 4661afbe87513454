"""What a run tells of mentions: news singly, the rest counted; what the lock lacks; what an upgrade brought."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bibtools import names
from bibtools.model import PartialDate, Record
from bibtools.workflow import news, told
from tests.standin import Service, Standin, seed_papers

HYDRA, GROKKING, SAFE = "2307.15771", "2309.02390", "2201.08102"
UNKNOWN = "2912.99999"
TWO_PAPERS_HAVE_IT = "Title: Explaining grokking through circuit efficiency\nAuthors: A. N. Other, B. Other\n"


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["notes.txt"]\n')
    bibtools.write("notes.txt", f"- arXiv:{HYDRA}\n- arXiv:{UNKNOWN}\n")
    return bibtools


def more(project, line):
    project.write("notes.txt", project.read("notes.txt") + line)


# -- status before any lock ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3, 38])
def test_status_before_any_lock_sums_up(project, number):
    project.write("notes.txt", "".join(f"- arXiv:2401.{i:05}\n" for i in range(1, number + 1)))
    ran = project("status", code=1)
    said = "1 mention" if number == 1 else f"{number} mentions"
    assert ran.err == f"{said}, none looked up yet: bibtools lock\n"
    assert ran.out == ""
    assert project("status", "-v", code=1).err.count("run: bibtools lock") == number
    assert len(project("status", "--json", code=1).document["problems"]) == number


def test_status_counts_what_was_not_looked_up(project):
    project("lock", code=1)
    more(project, f"- arXiv:{SAFE}\n- arXiv:{GROKKING}\n")
    ran = project("status", code=1)
    assert ran.summary == "4 mentions, 1 record, 3 unresolved, 2 of them not looked up yet: bibtools lock"
    assert f"1. unresolved  notes.txt:2  {UNKNOWN}" in ran.out
    assert SAFE not in ran.out
    assert SAFE not in ran.err.replace(ran.summary, "")
    assert project("pin", "2", HYDRA).code == 0


def test_status_of_nothing_is_nothing_to_look_up(project):
    project.write("notes.txt", "")
    assert project("status").summary == "0 mentions, 0 records, 0 unresolved"


def test_status_before_any_lock_minds_strict_and_allow_unresolved(project):
    assert "none looked up yet" in project("status", "--allow-unresolved").summary


# -- the hook ------------------------------------------------------------------------------------------------

WITHDRAWN = "2311.90002"
CONTRADICTED = f"- Jane Q. Public. Entirely different words about gardening tulips. arXiv:{SAFE}\n"


def test_a_warning_that_lock_told_is_counted_by_the_next_sync(project):
    more(project, f"- arXiv:{WITHDRAWN}\n")
    assert project("lock", code=1).err.count("warning: ") == 2
    first = project("sync", "--offline")
    assert "warning:" not in first.err
    assert first.summary.endswith("; 1 mention unresolved, 1 known warning (bibtools status)")
    everything = project("sync", "--offline", "-v").err
    assert "[withdrawn]" in everything
    assert "[no-such-id]" in everything
    assert {p["code"] for p in project("sync", "--json").document["problems"]} >= {"withdrawn", "no-such-id"}
    assert "[withdrawn]" in project("status", code=1).err


def test_a_warning_of_what_sync_itself_looked_up_is_told_once(project):
    assert "[no-such-id]" in project("sync").err
    assert "warning:" not in project("sync").err
    more(project, f"- arXiv:{WITHDRAWN}\n")
    again = project("sync").err
    assert "[withdrawn]" in again
    assert "[no-such-id]" not in again
    assert "warning:" not in project("sync").err


def test_what_nobody_looked_up_is_one_line_at_each_commit(project):
    project("lock", code=1)
    more(project, f"- arXiv:{SAFE}\n- arXiv:{GROKKING}\n- arXiv:2401.00001\n")
    for _ in range(2):
        ran = project("sync", "--offline")
        assert ran.err.count("\n") == 1
        assert ran.summary.endswith(
            "; 4 mentions unresolved (bibtools status); 3 not looked up yet, run: bibtools lock"
        )
    assert project("sync", "--offline", "-v").err.count("run: bibtools lock") == 4


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, ""),
        ({"unresolved": 2}, "; 2 mentions unresolved (bibtools status)"),
        ({"remarks": 1}, "; 1 known warning (bibtools status)"),
        ({"unresolved": 1, "remarks": 3}, "; 1 mention unresolved, 3 known warnings (bibtools status)"),
        ({"unasked": 1}, "; 1 mention unresolved, not looked up yet, run: bibtools lock"),
        (
            {"unasked": 2, "remarks": 1},
            "; 2 mentions unresolved, 1 known warning (bibtools status); 2 not looked up yet, run: bibtools lock",
        ),
        (
            {"unasked": 1000, "unresolved": 1},
            "; 1,001 mentions unresolved (bibtools status); 1,000 not looked up yet, run: bibtools lock",
        ),
    ],
)
def test_the_last_line_of_a_sync(counts, said):
    assert told.Warnings(**counts).summary == said


def test_the_same_words_stand_in_the_stamp(project):
    project("lock", code=1)
    project("sync")
    whole = project("sync", "--offline")
    assert project("sync", "--offline") == whole
    assert "[no-such-id]" not in whole.err
    assert "1 mention unresolved" in whole.summary


def test_conflicts_and_missing_entries_are_told_until_they_are_settled(project):
    more(project, f"- arXiv:{GROKKING}\n")
    project("sync")
    project.write("refs.bib", "")
    for _ in range(2):
        assert project("sync", "--offline").err.count("[missing]") == 2


# -- what the lock lacks -------------------------------------------------------------------------------------


def test_sync_check_tells_what_the_lock_lacks_and_asks_nobody(project, standin):
    project("lock", code=1)
    project("sync")
    sent = len(standin.requests)
    more(project, f"- arXiv:{SAFE}\n")
    before = project.files()
    ran = project("sync", "--check")
    assert "notes.txt:3:1: warning: " in ran.err
    assert "; 2 mentions unresolved (bibtools status); 1 not looked up yet, run: bibtools lock" in ran.summary
    assert project("sync", "--check", "--strict", code=1).code == 1
    assert len(standin.requests) == sent
    assert project.files() == before


@pytest.mark.parametrize("options", [[], ["--json"], ["-q"], ["--offline"], ["--strict"]], ids=" ".join)
def test_lock_check_says_whether_the_lock_lacks_a_mention(project, standin, options):
    before = project.files()
    assert project("lock", "--check", *options, code=1).code == 1
    assert project.files() == before
    assert not standin.requests
    project("lock", code=1)
    sent, before = len(standin.requests), project.files()
    ran = project("lock", "--check", *options)  # one is unresolved, and the lock says so: it lacks nothing
    if "-q" not in options:
        assert ran.summary == "2 mentions, all in the lock"
    more(project, f"- arXiv:{SAFE}\n")
    ran = project("lock", "--check", *options, code=1)
    assert "notes.txt:3:1: warning: " in ran.err
    if "-q" not in options:
        assert ran.summary == "3 mentions, the lock lacks 1; next: bibtools lock"
    assert len(standin.requests) == sent
    assert project.read("bibtools.lock").encode() == before["bibtools.lock"][0]


def test_lock_check_minds_a_pin_whose_record_nobody_fetched(project):
    project("lock", code=1)
    project("pin", "1", SAFE, "--offline")
    assert "[unresolved]" in project("lock", "--check", code=1).err
    project("lock")
    project("lock", "--check")


def test_lock_check_minds_neither_ignored_nor_moved_mentions(project):
    project("lock", code=1)
    project("ignore", "1")
    project.write("notes.txt", "Reading list\n\n" + project.read("notes.txt"))
    project("lock", "--check")
    project.write("notes.txt", f"- arXiv:{SAFE}\n- arXiv:{SAFE}\n")
    assert "2 mentions, the lock lacks 1" in project("lock", "--check", code=1).summary


@pytest.mark.parametrize("other", ["--upgrade", "--retry", "--dry-run"])
def test_lock_check_goes_alone(project, other):
    assert "[argument]" in project("lock", "--check", other, code=2).err


# -- retry ---------------------------------------------------------------------------------------------------


def test_retry_asks_again_what_was_answered_today(project, standin):
    project.write("notes.txt", TWO_PAPERS_HAVE_IT)
    project("lock", code=1)
    cached = project("lock", code=1)
    assert cached.summary.endswith("; 0 requests sent")
    sent = len(standin.requests)
    project("lock", "--retry", code=1)
    assert len(standin.requests) > sent


# -- candidates ----------------------------------------------------------------------------------------------


def test_where_there_are_candidates_the_hint_names_resolve(project):
    project.write("notes.txt", TWO_PAPERS_HAVE_IT)
    for command in (["lock"], ["status"]):
        err = project(*command, code=1).err
        assert "candidates; settle it with: bibtools resolve notes.txt:1" in err
    assert "2309.02390" in project("resolve", "notes.txt:1", code=1).out


def test_where_there_are_none_it_does_not(project):
    project.write(
        "notes.txt", "Title: Gardening tulips in the rain of autumn\nAuthors: Jane Q. Public, John Roe\n"
    )
    err = project("lock", code=1).err
    assert "bibtools resolve" not in err
    assert "hint: " in err


def test_words_of_the_command_line_cannot_be_settled_so(project):
    err = project("export", "Explaining grokking through circuit efficiency").err
    assert "bibtools resolve" not in err
    assert "name it by its id: 2309.02390" in err


# -- upgrade -------------------------------------------------------------------------------------------------


def changed_papers():
    papers = []
    for paper in seed_papers():
        if paper.id == HYDRA:
            paper = replace(
                paper, title="The Hydra Effect, Revised", version=9, journal_ref="Nature 600 (2024) 1-9"
            )
        if paper.id == GROKKING:
            paper = replace(
                paper, comment="This paper has been withdrawn by the authors", authors=paper.authors[:1]
            )
        papers.append(paper)
    return papers


@pytest.fixture
def upgraded(project):
    """A project locked before the papers changed; from now on the service knows the new ones."""
    project.write("notes.txt", f"- arXiv:{HYDRA}\n- arXiv:{GROKKING}\n- arXiv:{SAFE}\n")
    project("lock")
    with Standin(Service(changed_papers())) as running:
        project.serve(running)
        project.forget()
        yield project


def test_an_upgrade_ends_with_what_is_new(upgraded):
    ran = upgraded("lock", "--upgrade")
    line = next(line for line in ran.err.splitlines() if line.startswith("changed: mcgrath2023hydra"))
    assert "title: The Hydra Effect, Revised (was The Hydra Effect: Emergent Self-repair" in line
    assert "published in: Nature 600 (2024) 1-9" in line
    assert "version: 9 (was " in line
    assert "comment: This paper has been withdrawn" in ran.err
    assert "authors" in ran.err
    assert "rahtz2022safe" not in ran.err
    assert ", 2 changed; 0 unresolved" in ran.summary


@pytest.mark.parametrize("name", ["mcgrath2023hydra", HYDRA, f"arxiv:{HYDRA}"])
@pytest.mark.parametrize("option", ["--upgrade", "--upgrade-record"])
def test_an_upgrade_of_one(upgraded, name, option):
    document = upgraded("lock", option, name, "--json").document
    assert [row["key"] for row in document["changed"]] == ["mcgrath2023hydra"]
    fields = {field["field"]: (field["before"], field["after"]) for field in document["changed"][0]["fields"]}
    assert fields["journal_ref"] == ("", "Nature 600 (2024) 1-9")
    assert set(fields) == {"title", "journal_ref", "version"}
    assert "withdrawn by" not in upgraded.read("bibtools.lock")


def test_an_upgrade_of_two_and_of_one_under_an_earlier_key(upgraded):
    upgraded("sync", "--offline")
    upgraded.write("refs.bib", upgraded.read("refs.bib").replace("mcgrath2023hydra", "hydra"))
    upgraded("sync", "--offline")
    document = upgraded("lock", "--upgrade", "mcgrath2023hydra", "varma2023explaining", "--json").document
    assert [row["key"] for row in document["changed"]] == ["hydra", "varma2023explaining"]


def test_an_upgrade_without_news_says_so(project):
    project.write("notes.txt", f"- arXiv:{HYDRA}\n")
    project("lock")
    project.forget()
    ran = project("lock", "--upgrade")
    assert ", nothing new; " in ran.summary
    assert project("lock", "--upgrade", "--json").document["changed"] == []


def test_keys_without_upgrade_and_unknown_ones_are_refused(project):
    project("lock", code=1)
    before = project.files()
    assert "hint: bibtools lock --upgrade mcgrath2023hydra" in project("lock", "mcgrath2023hydra", code=2).err
    assert "[no-such-record]" in project("lock", "--upgrade", "nobody2000nothing", code=2).err
    assert project.files() == before


def test_the_old_word_for_it_is_in_no_help(project):
    assert "--upgrade-record" not in project("lock", "--help").out


RECORD = Record(
    id="arxiv:1",
    title="A",
    authors=names.parse_served(["Jane Doe"]).names,
    version=1,
    retrieved="2024-01-01T00:00:00Z",
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"retrieved": "2025-01-01T00:00:00Z", "updated": PartialDate(2025)}, []),
        ({"version": 2}, ["version: 2 (was 1)"]),
        ({"title": "B"}, ["title: B (was A)"]),
        ({"dois": ("10.1/x", "10.1/y")}, ["DOI: 10.1/x, 10.1/y"]),
        ({"title": ""}, ["no title any more (was A)"]),
        (
            {"authors": names.parse_served(["Jane Doe", "Al Roe"]).names},
            ["authors: Jane Doe, Al Roe (was Jane Doe)"],
        ),
        ({"authors_complete": False}, ["author list complete: no (was yes)"]),
        ({"abstract": "x" * 500, "comment": "c"}, ["abstract changed", "comment: c"]),
        ({"published": PartialDate(2017, 6)}, ["first version: 2017-06"]),
        ({"version": None}, ["no version any more (was 1)"]),
    ],
)
def test_what_changed_is_said_in_words(change, said):
    assert list(map(str, news.changes(RECORD, replace(RECORD, **change)))) == said


def test_the_lock_of_an_upgrade_is_the_same_again(upgraded):
    upgraded("lock", "--upgrade")
    once = json.loads(upgraded.read("bibtools.lock"))
    assert "nothing new" in upgraded("lock", "--upgrade").summary
    assert json.loads(upgraded.read("bibtools.lock")) == once
