"""The commands, run as a user runs them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from tests.children import started
from tests.running import REPOSITORY

ATTENTION = "1706.03762"
HYDRA = "2307.15771"
GROKKING = "2309.02390"
SAFE = "2201.08102"

HAND_WRITTEN = """% my bibliography, do not touch
@string{jml = {Journal of Machine Learning}}
@comment{ nothing to see }

@Article{knuth84,
  AUTHOR="Donald E. Knuth",  title   = "Literate   Programming",
    year=1984, journal = jml }

@misc{hydra,
\ttitle = {The {Hydra} Effect},
  note={read this!!},
  eprint = {2307.15771},
}

@book{broken, title = {never closed
"""


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["notes.txt"]\n')
    bibtools.write("notes.txt", f"https://arxiv.org/abs/{HYDRA}\n\narXiv:{GROKKING}\n")
    return bibtools


def commands():
    from bibtools.cli.app import app

    return [info.name for info in app.registered_commands]


@pytest.mark.parametrize("name", commands())
def test_every_command_has_help_with_an_example(bibtools, name):
    helped = bibtools(name, "--help").out
    assert "Example" in helped
    assert "--offline" in helped
    assert "--json" in helped


def test_help_shows_the_everyday_commands_first(bibtools):
    helped = bibtools("--help").out
    at = [helped.index(f"\n  {name} ") for name in ("init", "add", "sync", "status", "export", "extract", "lock")]
    assert at == sorted(at)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["exprot"], "No such command"),
        (["export", "--fromat", "bibtex"], "--format"),
        (["export", "--format", "bibtx", HYDRA], "did you mean bibtex?"),
        (["export"], "bibtools export 1706.03762"),
        (["lock"], "bibtools init"),
        (["export", "no such file.bib"], "is no file"),
        (["export", "nonsense"], "is no file"),
        (["--project", "nowhere", "lock"], ""),
    ],
)
def test_wrong_usage_exits_2_and_says_what_to_do(bibtools, arguments, said):
    ran = bibtools(*arguments, code=2)
    assert ran.out == ""
    assert said in ran.err


def test_lock_sync_export_then_everything_works_offline(project, standin):
    locked = project("lock")
    assert "2 mentions, 2 records, 2 new; 0 unresolved" in locked.summary
    synced = project("sync")
    assert synced.summary == "refs.bib: 2 added"
    project.forget()
    sent = len(standin.requests)
    exported = project("export", "--format", "bibtex").out
    assert exported == project.read("refs.bib")
    assert json.loads(project("export", "--format", "csl-json").out)[0]["archive"] == "arXiv"
    assert len(standin.requests) == sent


def test_a_second_run_changes_nothing(project):
    project("lock")
    project("sync")
    before = project.files()
    project("lock")
    assert project("sync").summary == "refs.bib is current"
    assert project("sync", "--check").code == 0
    assert project.files() == before


def test_one_inserted_line_changes_nothing_in_the_lock(project):
    project("lock")
    before = project.read("bibtools.lock")
    project.write("notes.txt", "Reading list\n\n" + project.read("notes.txt"))
    project("lock")
    assert project.read("bibtools.lock") == before


def test_a_hand_written_file_comes_back_but_for_the_additions(project):
    project.write("refs.bib", HAND_WRITTEN)
    ran = project("sync")
    text = project.read("refs.bib")
    added = [line for line in text.splitlines() if line not in HAND_WRITTEN.splitlines()]
    assert "@misc{varma2023explaining," in added
    at = text.index("@misc{varma2023explaining,")
    end = text.index("\n}\n", at) + 3
    rest = text[:at] + text[end:]
    assert rest.replace("\n\n\n", "\n\n") == HAND_WRITTEN.replace("\n\n\n", "\n\n")
    assert text.startswith(HAND_WRITTEN[: HAND_WRITTEN.index("@book{broken")])
    assert text.count("2307.15771") == 1
    assert "refs.bib:15:1: " in ran.err
    assert "[bib-unclosed]" in ran.err
    before = project.files()
    assert project("sync").summary == "refs.bib is current"
    assert project.files() == before
    entry = next(r for r in project("status", "--json").document["records"] if r["id"] == f"arxiv:{HYDRA}")
    assert entry["key"] == "hydra"


@pytest.mark.parametrize(
    "field",
    [
        "eprint = {2307.15771v1}, archivePrefix = {arXiv}",
        "url = {https://arxiv.org/abs/2307.15771}",
        "url = {http://www.arxiv.org/pdf/2307.15771v1.pdf}",
        "doi = {10.48550/arXiv.2307.15771}",
        "journal = {arXiv preprint arXiv:2307.15771}",
        "journal = {CoRR}, volume = {abs/2307.15771}",
        "howpublished = {arXiv:2307.15771 [cs.LG]}",
    ],
)
def test_a_paper_that_stands_in_the_file_is_not_added_again(project, field):
    project.write("notes.txt", f"arXiv:{HYDRA}\n")
    text = f"@article{{McGrath23,\n  title = {{Hydra}},\n  {field}\n}}\n"
    project.write("refs.bib", text)
    assert project("sync").summary == "refs.bib is current"
    assert project.read("refs.bib") == text


def test_a_hand_edit_survives_and_upstream_changes_come(project, standin_service):
    project("sync")
    text = project.read("refs.bib").replace(
        "Explaining grokking through circuit efficiency", "Explaining {Grokking}, annotated"
    )
    project.write("refs.bib", text)
    assert project("sync").summary == "refs.bib is current"
    assert project.read("refs.bib") == text
    project.write("bibtools.toml", project.read("bibtools.toml") + 'profile = "modern"\n')
    assert "2 updated" in project("sync").summary
    changed = project.read("refs.bib")
    assert "Explaining {Grokking}, annotated" in changed
    assert "url           = {https://arxiv.org/abs/2309.02390}" in changed
    assert "howpublished" not in changed


def test_a_renamed_key_is_adopted(project):
    project("sync")
    text = project.read("refs.bib").replace("varma2023explaining", "grokking")
    project.write("refs.bib", text)
    assert project("sync").summary == "refs.bib is current"
    record = next(r for r in project("status", "--json").document["records"] if r["key"] == "grokking")
    assert record["aliases"] == ["varma2023explaining"]
    assert "@misc{grokking," in project("export").out


def test_a_deleted_entry_is_reported_not_brought_back(project):
    project("sync")
    text = project.read("refs.bib")
    project.write("refs.bib", text[: text.index("@misc{varma")])
    before = project.read("refs.bib")
    ran = project("sync")
    assert "[missing]" in ran.err
    assert project.read("refs.bib") == before
    assert project("status", code=1)
    project("sync", "--strict")
    project.write("paper.tex", r"\cite{varma2023explaining}")
    assert project("sync", "--strict", code=1)
    project("sync", "--restore", "varma2023explaining")
    assert "varma2023explaining" in project.read("refs.bib")


def test_an_entry_nobody_mentions_any_more_goes_only_when_pruned(project):
    project("sync")
    project.write("notes.txt", f"arXiv:{HYDRA}\n")
    assert "[orphaned]" in project("sync").err
    assert "varma2023explaining" in project.read("refs.bib")
    assert "1 removed" in project("sync", "--prune").summary
    assert "varma2023explaining" not in project.read("refs.bib")
    assert project("sync", "--strict").summary == "refs.bib is current"


def test_check_and_diff_write_nothing(project):
    project("lock")
    before = project.files()
    ran = project("sync", "--check", "--diff", code=1)
    assert "+@misc{varma2023explaining," in ran.out
    document = project("sync", "--check", "--diff", "--json", code=1).document
    assert document["targets"][0]["added"] == ["mcgrath2023hydra", "varma2023explaining"]
    assert document["targets"][0]["changed"]
    assert project.files() == before


def test_export_works_without_a_project(bibtools, standin):
    bibtools.serve(standin)
    assert "@misc{mcgrath2023hydra," in bibtools("export", HYDRA).out
    pasted = f"- https://arxiv.org/abs/{GROKKING}\n- arXiv:{HYDRA}\n".encode()
    printed = bibtools("export", "-", stdin=pasted).out
    assert [line for line in printed.splitlines() if line.startswith("@")] == [
        "@misc{varma2023explaining,",
        "@misc{mcgrath2023hydra,",
    ]
    assert bibtools.files() == {}
    unknown = bibtools("export", "2307.99999", code=0)
    assert unknown.out.strip() == ""
    assert "no-such-id" in unknown.err
    bibtools("export", "2307.99999", "--strict", code=1)


def test_export_into_a_file_but_never_onto_a_target(project):
    project("lock")
    project("export", "-o", "out.bib")
    assert project.read("out.bib").count("@misc") == 2
    refused = project("export", "-o", "refs.bib", code=2)
    assert "bibtools sync" in refused.err


def test_add_notes_down_resolves_and_syncs(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("pyproject.toml", "# mine\n[tool.bibtools]\nsources = [ ]  # nothing yet\n")
    assert bibtools("add", HYDRA).out == "mcgrath2023hydra\n"
    assert bibtools.read("papers.txt").startswith(f"- arXiv:{HYDRA} The Hydra Effect")
    assert "papers.txt" in bibtools.read("pyproject.toml")
    assert bibtools.read("pyproject.toml").startswith("# mine\n")
    assert "# nothing yet" in bibtools.read("pyproject.toml")
    assert "mcgrath2023hydra" in bibtools.read("refs.bib")
    assert bibtools("add", HYDRA).out == "mcgrath2023hydra\n"
    assert bibtools.read("papers.txt").count(HYDRA) == 1
    title = "Switching Policies by Hand: Demonstrations from Mixtures of Controllers"
    (row,) = bibtools("add", title, "--json").document["added"]
    assert (row["id"], row["key"]) == ("arxiv:2001.90001", "rahtz2020switching")
    two_papers_have_it = "Explaining grokking through circuit efficiency"
    assert "unresolved" in bibtools("add", two_papers_have_it, code=1).summary
    assert bibtools("sync", "--check", "--strict", "--offline").code == 0
    before = bibtools.files()
    bibtools("add", "A Title Nobody Ever Gave To A Paper About Nothing", code=1)
    assert bibtools.files() == before


def test_without_lock_and_cache_and_with_the_service_down(project):
    project.monkeypatch.setenv("BIBTOOLS_ARXIV_URL", "http://127.0.0.1:9/api/query")
    project.write("bibtools.toml", project.read("bibtools.toml") + "[arxiv]\npatience = 0.5\ntimeout = 1\n")
    project.write("refs.bib", HAND_WRITTEN)
    before = project.files()
    for command in (["lock"], ["sync"], ["export"], ["add", "2312.10029"]):
        ran = project(*command, code=4)
        assert ran.out == ""
        assert "arXiv" in ran.err
        assert "hint:" in ran.err
    assert project.files() == before


def test_offline_what_is_not_known_is_unresolved(project, standin):
    ran = project("sync", "--offline")
    assert ran.code == 0
    assert "bibtools lock" in ran.err
    project("lock", "--offline", "--json", code=1)
    assert not standin.requests


def test_what_was_fetched_is_kept_when_interrupted(project, standin, tmp_path):
    lines = [f"- arXiv:{number}\n" for number in (HYDRA, GROKKING)]
    notes = (
        "".join(lines)
        + "\nAbstract: "
        + (REPOSITORY / "seeds" / "004_5bd1f40ad0ef2019.txt")
        .read_text("utf-8")
        .splitlines()[1]
        .removeprefix("Abstract:")
    )
    project.write("notes.txt", notes + "\n")
    environment = {**os.environ, "BIBTOOLS_ARXIV_DELAY": "30"}
    command = [sys.executable, "-m", "bibtools", "lock"]
    with started(command, cwd=project.folder, env=environment, stderr=subprocess.PIPE) as running:
        deadline = time.monotonic() + 30
        while not standin.requests and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.3)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=30)
    assert running.returncode == 130, err
    assert b"interrupted" in err
    assert not (project.folder / "bibtools.lock").exists()
    asked = [seen.params.get("id_list") for seen in standin.requests]
    project("lock")
    again = [seen.params.get("id_list") for seen in standin.requests[len(asked) :]]
    assert not set(filter(None, asked)) & set(filter(None, again))
    assert "3 mentions, 3 records" in project("status").summary or project("status")


def test_a_newer_lock_is_refused(project):
    project.write("bibtools.lock", '{"version": 99}')
    before = project.files()
    for command in ("lock", "sync", "status", "export"):
        assert "upgrade bibtools" in project(command, code=2).err
    assert project.files() == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": "x"}', '{"version": 1, "mentions": 3}'])
def test_a_damaged_lock_is_told_and_left_alone(project, text):
    project.write("bibtools.lock", text)
    before = project.files()
    ran = project("sync", code=3)
    assert "[lock-damaged]" in ran.err
    assert project.files() == before


def test_a_source_that_cannot_be_read_does_not_stop_the_others(project):
    project.write("bibtools.toml", 'sources = ["notes.txt", "bad.txt", "nowhere.txt"]\n')
    project.write("bad.txt", b"\x00\x01\x02binary")
    ran = project("sync", code=3)
    assert "bad.txt" in ran.err
    assert "nowhere.txt" in ran.err
    assert project.read("refs.bib").count("@misc") == 2


def test_a_file_that_cannot_be_a_bib_is_refused_and_unchanged(project):
    project("lock")
    project.write("refs.bib", "@misc{a}".encode("utf-16"))
    before = project.files()
    assert "[bib-encoding]" in project("sync", code=3).err
    assert project.files() == before


def test_status_shows_the_open_mentions_with_candidates(project):
    title = "Gemma: Open Models Based on Gemini Research and Technology"
    project.write(
        "notes.txt", f"- arXiv:{HYDRA}\n- arXiv:{GROKKING}\n\n\n{title}\nJane Nobody, John Nowhere, 1999\n"
    )
    project("lock", code=1)
    ran = project("status", code=1)
    assert "1. unresolved  notes.txt:5" in ran.out
    document = project("status", "--json", code=1).document
    open_one = next(m for m in document["mentions"] if m["state"] == "unresolved")
    assert open_one["line"] == 5
    assert "arxiv:2403.08295" in [candidate["id"] for candidate in open_one["candidates"]]
    project("status", "--allow-unresolved")
    project("lock", "--allow-unresolved")


def test_dry_run_prints_the_queries_and_sends_none(project, standin):
    ran = project("lock", "--dry-run")
    assert f"id_list={HYDRA},{GROKKING}" in ran.out or f"id_list={GROKKING},{HYDRA}" in ran.out
    assert not standin.requests
    assert "bibtools.lock" not in project.files()


def test_a_reader_that_goes_away_is_no_error(project):
    project("lock")
    command = f'"{sys.executable}" -m bibtools export | head -c 1; exit "${{PIPESTATUS[0]}}"'
    ran = subprocess.run(["bash", "-c", command], cwd=project.folder, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, b"@")
    assert b"Traceback" not in ran.stderr


def test_a_bug_exits_70_and_not_1(bibtools, monkeypatch):
    import bibtools.cli.app as app

    def broken(arguments):
        raise ZeroDivisionError("unforeseen")

    monkeypatch.setattr(app, "run", broken)
    ran = bibtools("status", code=70)
    assert "nothing was written" in ran.err


def test_the_program_starts_as_a_module_and_says_its_version():
    ran = subprocess.run(
        [sys.executable, "-m", "bibtools", "--version"], capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("bibtools ")


@pytest.fixture
def undecided(project):
    """A project with one mention that two papers' title makes undecidable."""
    project.write(
        "notes.txt",
        f"- arXiv:{HYDRA}\n\n\n"
        "Safe Deep RL in 3D Environments using Human Feedback\nJane Nobody, John Nowhere, 1999\n",
    )
    project("lock", code=1)
    return project


@pytest.mark.parametrize("token", ["notes.txt:4", "notes.txt:5", "1"])
def test_pin_settles_a_mention_for_good(undecided, standin, token):
    pinned = undecided("pin", token, SAFE, "--json").document["mentions"][0]
    assert (pinned["state"], pinned["id"], pinned["key"]) == ("pinned", f"arxiv:{SAFE}", "rahtz2022safe")
    sent = len(standin.requests)
    undecided("lock")
    assert len(standin.requests) == sent
    undecided.write("notes.txt", "A new first line\n\n" + undecided.read("notes.txt"))
    undecided("sync", "--strict")
    assert "rahtz2022safe" in undecided.read("refs.bib")
    undecided("lock", "--upgrade")
    states = {m["line"]: m["state"] for m in undecided("status", "--json").document["mentions"]}
    assert states == {3: "resolved", 6: "pinned"}


def test_pin_refuses_what_does_not_exist(undecided):
    before = undecided.files()
    assert "[no-such-mention]" in undecided("pin", "notes.txt:77", SAFE, code=2).err
    assert "[no-such-record]" in undecided("pin", "1", "nonsense", code=2).err
    assert "[no-such-record]" in undecided("pin", "1", "2201.99999", code=2).err
    assert undecided.files() == before


def test_a_pin_made_offline_is_fetched_by_the_next_lock(undecided):
    undecided("pin", "1", SAFE, "--offline")
    assert "rahtz2022safe" in undecided("lock").err
    assert undecided("status", code=0)


def test_ignore_settles_a_mention_for_good(undecided):
    undecided("ignore", "notes.txt:4")
    assert "0 unresolved" in undecided("lock").summary
    states = [m["state"] for m in undecided("status", "--json").document["mentions"]]
    assert states == ["resolved", "ignored"]
    assert "rahtz" not in undecided("export").out


def test_resolve_without_a_terminal_shows_the_candidates(undecided):
    ran = undecided("resolve", code=1)
    assert "1. notes.txt:4" in ran.out
    assert SAFE in ran.out


def test_resolve_asks_and_keeps_each_answer(undecided, monkeypatch):
    import io

    class Terminal(io.TextIOWrapper):
        def isatty(self):
            return True

    monkeypatch.setattr(io, "TextIOWrapper", Terminal)
    ran = undecided("resolve", stdin=f"nonsense\n{SAFE}\n".encode())
    assert "is no arXiv id" in ran.err
    assert "0 left unresolved" in ran.summary
    assert undecided("status", "--json").document["mentions"][1]["state"] == "pinned"


def test_why_tells_the_evidence_and_where_each_field_comes_from(project):
    project("sync")
    project.write("refs.bib", project.read("refs.bib").replace("{sep}", "oct").replace("= sep", "= oct"))
    ran = project("why", "varma2023explaining")
    assert "its identifier stands in the text" in ran.out
    document = project("why", GROKKING, "--json").document
    origins = {field["name"]: field["origin"] for field in document["fields"]}
    assert (origins["title"], origins["month"], origins["howpublished"]) == ("arxiv", "user", "derived")
    assert document["evidence"]["method"] == "identifier"
    assert "[no-such-key]" in project("why", "nobody", code=2).err


def test_keys_lists_them_with_the_earlier_ones(project):
    project("sync")
    project.write("refs.bib", project.read("refs.bib").replace("varma2023explaining", "grokking"))
    project("sync")
    assert f"arxiv:{GROKKING}  grokking  varma2023explaining\n" in project("keys").out
    assert project("keys", "--json").document["keys"][0] == {
        "id": f"arxiv:{GROKKING}",
        "key": "grokking",
        "aliases": ["varma2023explaining"],
    }


def test_the_cache_is_shown_and_emptied(project):
    project("lock")
    assert project("cache", "info", "--json").document["answers"] > 0
    assert "forgotten" in project("cache", "clear").summary
    assert project("cache", "--json").document["answers"] == 0
    project("cache", "burn", code=2)


def test_what_is_unresolved_is_asked_again_by_lock_only(undecided, standin):
    undecided("cache", "clear")
    sent = len(standin.requests)
    undecided("sync")
    undecided("export")
    undecided("status", code=1)
    assert len(standin.requests) == sent
    undecided("lock", code=1)
    assert len(standin.requests) > sent


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("refs.bib", "output-is-target"),
        ("sub/../refs.bib", "output-is-target"),
        ("link.bib", "output-is-target"),
        ("bibtools.lock", "output-is-input"),
        ("bibtools.toml", "output-is-input"),
        ("notes.txt", "output-is-input"),
    ],
)
def test_export_never_writes_over_a_file_of_the_project(project, name, code):
    project("sync")
    (project.folder / "sub").mkdir()
    (project.folder / "link.bib").symlink_to("refs.bib")
    before = project.files()
    assert f"[{code}]" in project("export", "-o", name, code=2).err
    assert project.files() == before


def test_export_strict_minds_missing_entries_that_a_document_cites(project):
    project("sync")
    project.write("refs.bib", "")
    project("export")
    assert "[missing]" in project("export", "--strict").err
    project.write("paper.tex", r"\cite{varma2023explaining}")
    assert "[missing]" in project("export", "--strict", code=1).err


def test_export_can_be_json(project):
    document = project("export", "--json").document
    assert document["format"] == "bibtex"
    assert document["text"].count("@misc") == 2
    assert project("export", "--json", "-o", "x.bib").document["text"] is None


def test_add_refuses_what_names_nothing(project):
    before = project.files()
    assert "[argument]" in project("add", "", code=2).err
    assert project.files() == before


def test_papers_added_one_after_the_other_stay_apart(project):
    project.write(
        "doi.bib", "@article{x, title = {A Work That arXiv Lacks}, doi = {10.9999/abc.1}, year = 2001}\n"
    )
    project("add", "doi.bib")
    project("add", SAFE)
    keys = [row["key"] for row in project("status", "--json").document["records"]]
    assert sorted(keys) == ["mcgrath2023hydra", "rahtz2022safe", "varma2023explaining", "x"]


def test_a_structured_source_that_cannot_be_parsed_exits_3(project):
    project.write("b.json", "{broken")
    assert "[csl-broken]" in project("extract", "b.json", code=3).err
    project.write("p.pdf", b"%PDF-1.7 text")
    assert "[source-binary]" in project("extract", "p.pdf", code=3).err


def test_a_full_standard_output_exits_5(project):
    project("lock")
    ran = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m bibtools export >/dev/full'],
        cwd=project.folder,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 5
    assert b"[stdout-not-written]" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_a_pin_whose_record_nobody_fetched_is_still_open(undecided):
    undecided("pin", "1", SAFE, "--offline")
    assert "1 unresolved" in undecided("status", code=1).summary
    undecided("lock")
    assert "0 unresolved" in undecided("status").summary


@pytest.mark.parametrize("arguments", [["sync", "--nonsense"], ["nonsense"], ["pin", "1"], ["export", "nonsense"]])
def test_wrong_usage_is_told_like_any_problem(project, arguments):
    ran = project(*arguments, code=2)
    assert re.search(r"^error: .* \[[a-z-]+\]\n  hint: ", ran.err, re.MULTILINE)
    assert ran.summary == "stopped: nothing was done"


def test_a_target_that_cannot_be_edited_does_not_stop_the_others(project):
    project.write(
        "bibtools.toml", 'sources = ["notes.txt"]\n[[target]]\npath = "bad.bib"\n[[target]]\npath = "good.bib"\n'
    )
    project.write("bad.bib", "@misc{a}".encode("utf-16"))
    ran = project("sync", code=3)
    assert re.search(r"^bad\.bib: error: .*\[bib-encoding\]", ran.err, re.MULTILINE)
    assert project.read("good.bib").count("@misc") == 2
    assert (project.folder / "bad.bib").read_bytes() == "@misc{a}".encode("utf-16")
    assert "[bib-encoding]" in project("status", code=None).err
