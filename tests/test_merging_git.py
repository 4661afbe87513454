"""Merges as they happen: two branches, git itself, with our driver and without it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bibtools import bibfile, lock
from tests.running import REPOSITORY
from tests.typesetting import needs

HYDRA, GROKKING, SAFE, WARP = "2307.15771", "2309.02390", "2201.08102", "2402.02992"
pytestmark = needs("git")


class Repository:
    """A project in a git repository with the first paper committed on `main`."""

    def __init__(self, bibtools, folder):
        self.bibtools, self.folder = bibtools, folder

    def git(self, *arguments, code=0):
        done = subprocess.run(["git", *arguments], cwd=self.folder, capture_output=True, check=False, timeout=60)
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        assert code is None or done.returncode == code, said
        return said

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def mention(self, name, number):
        self.bibtools.write(f"notes/{name}.txt", f"arXiv:{number}\n")

    def add(self, name, *numbers):
        """Note papers down, look them up, and commit."""
        for number in numbers:
            self.mention(f"{name}-{number}", number)
        self.bibtools("lock")
        self.bibtools("sync")
        self.commit(name)

    def edit(self, old, new, message="edit"):
        text = self.read()
        assert old in text
        self.bibtools.write("refs.bib", text.replace(old, new))
        self.commit(message)

    def upgrade(self, number, *, when="2027-01-01T00:00:00Z", **changes):
        """Upstream's record changes, and the `.bib` with it."""
        held = lock.parse(self.bibtools.read("bibtools.lock"), file="bibtools.lock")
        locked = held.records[f"arxiv:{number}"]
        record = replace(locked.record, retrieved=when, **changes)
        held = replace(held, records={**held.records, record.id: replace(locked, record=record)})
        self.bibtools.write("bibtools.lock", lock.render(held))
        self.bibtools("sync", "--offline")
        self.commit("upgrade")

    def branch(self, name, start="main"):
        self.git("checkout", "-q", "-b", name, start)

    def merge(self, branch, *options, code=None):
        return self.git(*options, "merge", "--no-edit", branch, code=code)

    def read(self):
        return self.bibtools.read("refs.bib")

    @property
    def entries(self):
        text = self.read()
        bib = bibfile.parse(text)
        return {block.key: bibfile.entry_of(block, text) for block in bib.entries}

    @property
    def lock(self):
        return lock.parse(self.bibtools.read("bibtools.lock"), file="bibtools.lock")

    @property
    def unmerged(self):
        return set(self.git("diff", "--name-only", "--diff-filter=U").split())

    def is_clean(self):
        """No markers, nothing to do, nothing that another reader complains about."""
        assert "<<<<<<<" not in self.read() + self.bibtools.read("bibtools.lock")
        assert self.bibtools("sync", "--check", "--offline", "--strict").code == 0
        if shutil.which("biber"):
            done = subprocess.run(
                ["biber", "--tool", "--validate-datamodel", "--nolog", "refs.bib"],
                cwd=self.folder,
                capture_output=True,
                check=False,
                timeout=120,
            )
            said = (done.stdout + done.stderr).decode("utf-8", "replace")
            assert done.returncode == 0, said
            assert not re.search("^(WARN|ERROR)", said, re.MULTILINE), said
            (self.folder / "refs_bibertool.bib").unlink(missing_ok=True)
        return True


@pytest.fixture
def repository(bibtools, standin, monkeypatch, tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    script = programs / "bibtools"
    script.write_text(f'#!/bin/sh\nPYTHONPATH="{REPOSITORY}" exec "{sys.executable}" -m bibtools "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    for name, value in {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["notes/"]\n')
    found = Repository(bibtools, bibtools.folder)
    found.git("init", "-q", "-b", "main")
    found.git("config", "user.name", "Nobody")
    found.git("config", "user.email", "nobody@localhost")
    found.git("config", "core.autocrlf", "false")
    found.add("first", HYDRA)
    return found


@pytest.fixture
def driven(repository):
    repository.bibtools("init", "--merge-driver")
    repository.commit("attributes")
    return repository


def three_branches(repository):
    """`theirs` adds two papers, `ours` one; the work tree is at `ours`."""
    repository.branch("theirs")
    repository.add("their", SAFE, WARP)
    repository.branch("ours")
    repository.add("our", GROKKING)


ALL = {f"arxiv:{number}" for number in (HYDRA, GROKKING, SAFE, WARP)}


def test_both_branches_add_papers_with_the_driver(driven):
    three_branches(driven)
    driven.merge("theirs", code=0)
    assert driven.unmerged == set()
    assert len(driven.entries) == 4
    assert set(driven.lock.records) == set(driven.lock.targets["refs.bib"]) == ALL
    assert driven.is_clean()


@pytest.mark.parametrize("style", ["merge", "diff3"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_both_branches_add_papers_without_the_driver(repository, style, newline):
    three_branches(repository)
    repository.merge("theirs", "-c", f"merge.conflictStyle={style}", code=1)
    assert repository.unmerged == {"refs.bib", "bibtools.lock"}
    for name in ("refs.bib", "bibtools.lock"):
        repository.bibtools.write(name, repository.bibtools.read(name).replace("\n", newline))
    assert repository.bibtools("sync", "--offline", "--strict").summary == "refs.bib: merged"
    assert set(repository.lock.records) == ALL
    assert len(repository.entries) == 4
    assert ("\r\n" in repository.read()) is (newline == "\r\n")
    assert repository.is_clean()


@pytest.mark.parametrize("committed", [False, True])
def test_markers_that_were_committed_are_read_all_the_same(repository, committed):
    three_branches(repository)
    repository.merge("theirs", code=1)
    if committed:
        repository.commit("oops")
    repository.bibtools("lock", "--offline")
    repository.bibtools("sync", "--offline", "--strict")
    assert set(repository.lock.records) == ALL
    assert len(repository.entries) == 4
    assert repository.is_clean()


@pytest.mark.parametrize("with_driver", [True, False])
def test_one_edits_a_field_and_upstream_changes_another(driven, with_driver):
    if not with_driver:
        driven.git("config", "--remove-section", "merge.bibtools")
    driven.branch("theirs")
    driven.upgrade(HYDRA, title="The Hydra Effect, Revised")
    driven.branch("ours")
    driven.edit("year          = {2023}", "year          = {2024}")
    driven.merge("theirs", code=0 if with_driver else 1)
    driven.bibtools("sync", "--offline")
    entry = driven.entries["mcgrath2023hydra"]
    assert (entry.get("title"), entry.get("year")) == ("The Hydra Effect, Revised", "2024")
    assert driven.is_clean()
    assert driven.bibtools("why", "mcgrath2023hydra", "--json").document["fields"]


@pytest.mark.parametrize("with_driver", [True, False])
def test_one_edits_what_upstream_changes(driven, with_driver):
    if not with_driver:
        driven.git("config", "--remove-section", "merge.bibtools")
    title = "The Hydra Effect: Emergent Self-repair in Language Model Computations"
    driven.branch("theirs")
    driven.upgrade(HYDRA, title="The Hydra Effect, Revised")
    driven.branch("ours")
    driven.edit(title, "The {Hydra} Effect (read!)")
    driven.merge("theirs", code=1)
    assert driven.unmerged == {"refs.bib"}
    before = driven.read()
    ran = driven.bibtools("sync", "--offline")
    assert "[bib-conflict-markers]" in ran.err
    assert "are left" in ran.summary
    assert driven.bibtools("sync", "--offline", "--strict", code=1)
    text = driven.read()
    if with_driver:
        assert before == BOTH_TITLES.format(base="")
    assert text == BOTH_TITLES.format(base=f"||||||| base\n  title         = {{{title}}},\n")
    again = driven.bibtools("sync", "--offline")
    assert "[bib-conflict-markers]" in again.err
    assert driven.read() == text
    driven.bibtools.write("refs.bib", re.sub(r"<{7}.*\n(.*\n)(?s:.*?)>{7}.*\n", r"\1", text))
    driven.commit("settled")
    assert driven.is_clean()
    assert driven.entries["mcgrath2023hydra"].get("title") == "The {Hydra} Effect (read!)"


BOTH_TITLES = """\
@misc{{mcgrath2023hydra,
  author        = {{McGrath, Thomas and Rahtz, Matthew and Kramar, Janos and Mikulik, Vladimir and Legg, Shane}},
<<<<<<< ours
  title         = {{The {{Hydra}} Effect (read!)}},
{base}=======
  title         = {{The Hydra Effect, Revised}},
>>>>>>> theirs
  year          = {{2023}},
  month         = jul,
  howpublished  = {{arXiv:2307.15771 [cs.LG]}},
  eprint        = {{2307.15771}},
  archiveprefix = {{arXiv}},
  primaryclass  = {{cs.LG}},
}}
"""


@pytest.mark.parametrize(("bib", "lock_side"), [("--ours", "--theirs"), ("--theirs", "--ours")])
def test_the_bib_settled_with_one_side_and_the_lock_with_the_other(repository, bib, lock_side):
    repository.branch("theirs")
    repository.add("their", SAFE)
    repository.branch("ours")
    repository.add("our", GROKKING)
    repository.edit("Self-repair", "Selfrepair")
    repository.merge("theirs", code=1)
    repository.git("checkout", bib, "refs.bib")
    repository.git("checkout", lock_side, "bibtools.lock")
    before = repository.entries
    repository.commit("settled")
    ran = repository.bibtools("sync", "--offline", "--json")
    assert repository.entries == before
    here, there = (GROKKING, SAFE) if bib == "--ours" else (SAFE, GROKKING)
    (gone,) = ran.document["targets"][0]["missing"]
    assert repository.lock.records[f"arxiv:{there}"].key == gone
    repository.bibtools("lock")
    repository.bibtools("sync", "--restore")
    assert before.items() <= repository.entries.items()
    assert {bibfile.arxiv_id(e).number for e in repository.entries.values()} == {HYDRA, here, there}
    assert repository.is_clean()


@pytest.mark.parametrize("with_driver", [True, False])
@pytest.mark.parametrize("tidied", ["ours", "theirs"])
@needs("bibtex-tidy")
def test_one_branch_was_reformatted(driven, with_driver, tidied):
    if not with_driver:
        driven.git("config", "--remove-section", "merge.bibtools")
    other = "theirs" if tidied == "ours" else "ours"
    driven.add("more", WARP)
    driven.branch(tidied)
    subprocess.run(
        ["bibtex-tidy", "refs.bib", "--modify", "--sort", "--tab", "--align=20", "--sort-fields", "--quiet"],
        cwd=driven.folder,
        check=True,
        timeout=60,
        capture_output=True,
    )
    assert "\ttitle" in driven.read()
    driven.commit("tidy")
    driven.branch(other)
    driven.add("new", GROKKING)
    driven.edit("Self-repair", "Selfrepair")
    driven.git("checkout", "-q", "ours")
    driven.merge("theirs", code=0 if with_driver else 1)
    driven.bibtools("sync", "--offline")
    assert len(driven.entries) == 3
    assert "Selfrepair" in driven.entries["mcgrath2023hydra"].get("title")
    assert driven.is_clean()


def test_an_older_lock_on_one_branch(driven):
    driven.branch("theirs")
    driven.upgrade(HYDRA, when="2028-01-01T00:00:00Z", title="Newest")
    driven.branch("ours")
    driven.upgrade(HYDRA, when="2027-01-01T00:00:00Z", comment="older, and with a comment")
    driven.merge("theirs", code=0)
    record = driven.lock.records[f"arxiv:{HYDRA}"].record
    assert (record.title, record.comment) == ("Newest", driven.lock.records[f"arxiv:{HYDRA}"].record.comment)
    assert driven.entries["mcgrath2023hydra"].get("title") == "Newest"
    driven.bibtools("sync", "--offline")
    assert driven.is_clean()


@pytest.mark.parametrize("with_driver", [True, False])
def test_a_co_author_renames_a_key_deletes_an_entry_and_reformats(driven, with_driver):
    if not with_driver:
        driven.git("config", "--remove-section", "merge.bibtools")
    driven.add("more", SAFE)
    driven.branch("theirs")
    text = driven.read().replace("  ", "\t").replace("{mcgrath2023hydra,", "{Hydra,")
    driven.bibtools.write("refs.bib", text[: text.index("@misc{rahtz")].rstrip() + "\n")
    driven.commit("by hand")
    driven.branch("ours")
    driven.add("our", GROKKING)
    driven.merge("theirs", code=None if not with_driver else 0)
    ran = driven.bibtools("sync", "--offline", "--json")
    assert ran.document["targets"][0]["missing"] == ["rahtz2022safe"]
    assert set(driven.entries) == {"Hydra", "varma2023explaining"}
    assert {r["key"] for r in driven.bibtools("keys", "--json").document["keys"]} >= set(driven.entries)
    assert driven.lock.records[f"arxiv:{HYDRA}"].aliases == ("mcgrath2023hydra",)
    assert driven.bibtools("sync", "--check", "--offline").code == 0


def test_both_added_one_paper_under_two_keys(driven):
    driven.branch("theirs")
    driven.edit(
        "@misc{mcgrath", "@misc{their-own,\n  title = {Safe},\n  eprint = {2201.08102},\n}\n\n@misc{mcgrath"
    )
    driven.branch("ours")
    driven.add("our", SAFE)
    driven.merge("theirs", code=0)
    assert {"their-own", "rahtz2022safe"} < set(driven.entries)
    assert "[bib-duplicate-work]" in driven.bibtools("sync", "--offline").err
    assert driven.bibtools("sync", "--check", "--offline").code == 0


def test_a_lock_of_a_newer_format_is_left_to_git(driven):
    driven.branch("theirs")
    driven.bibtools.write(
        "bibtools.lock", driven.bibtools.read("bibtools.lock").replace('"version": 1', '"version": 99', 1)
    )
    driven.commit("newer")
    driven.branch("ours")
    driven.bibtools.write(
        "bibtools.lock", driven.bibtools.read("bibtools.lock").replace('"version": 1', '"version": 1 ', 1)
    )
    driven.commit("other")
    driven.merge("theirs", code=1)
    assert "<<<<<<< ours" in driven.bibtools.read("bibtools.lock")


def test_one_key_for_two_papers_is_a_conflict(driven):
    driven.branch("theirs")
    driven.edit("@misc{mcgrath2023hydra", "@misc{key,\n  title = {One paper},\n}\n\n@misc{mcgrath2023hydra")
    driven.branch("ours")
    driven.edit("@misc{mcgrath2023hydra", "@misc{key,\n  title = {Another paper},\n}\n\n@misc{mcgrath2023hydra")
    driven.merge("theirs", code=1)
    expected = (
        "<<<<<<< ours\n@misc{key,\n  title = {Another paper},\n}\n=======\n@misc{key,\n  title = {One paper},\n}\n"
    )
    assert driven.read().startswith(expected + ">>>>>>> theirs\n")
    ran = driven.bibtools("sync", "--offline")
    assert "key" in ran.err
    assert driven.read().count("@misc{key,") == 2


def test_an_entry_removed_by_one_and_edited_by_the_other(driven):
    driven.branch("theirs")
    driven.edit("Self-repair", "Selfrepair")
    driven.branch("ours")
    driven.bibtools.write("refs.bib", "% nothing here\n")
    driven.commit("remove")
    driven.merge("theirs", code=1)
    text = driven.read()
    assert "<<<<<<< ours\n=======\n" in text
    assert "% nothing here\n" in text
    assert "Selfrepair" in text
    for _ in range(2):
        assert "[bib-conflict-markers]" in driven.bibtools("sync", "--offline").err
        assert "Selfrepair" in driven.read()


def test_contradicting_pins_stop_with_a_clear_message(driven):
    driven.bibtools.write(
        "notes/x.txt",
        "Abstract: Nobody ever wrote these words about anything at all, and nobody ever will again.\n",
    )
    driven.bibtools("lock", code=None)
    driven.commit("a mention")
    (digest,) = [
        m["digest"]
        for m in driven.bibtools("status", "--json", code=None).document["mentions"]
        if m["source"] == "notes/x.txt"
    ] or [None]
    for branch, number in (("theirs", SAFE), ("ours", GROKKING)):
        driven.branch(branch)
        driven.bibtools("pin", digest, number)
        driven.bibtools("sync")
        driven.commit("pin")
    driven.merge("theirs", code=1)
    text = driven.bibtools.read("bibtools.lock")
    assert text.count("<<<<<<< ours") == 1
    ran = driven.bibtools("sync", "--offline", code=2)
    assert "[lock-conflict]" in ran.err
    assert f"pinned to arxiv:{GROKKING} on one side and pinned to arxiv:{SAFE} on the other" in ran.err
    settled = re.sub(r"<{7}.*\n((?s:.*?))={7}\n(?s:.*?)>{7}.*\n", r"\1", text)
    driven.bibtools.write("bibtools.lock", settled)
    driven.bibtools("sync", "--offline")
    assert driven.lock.mentions[digest].resolution.id == f"arxiv:{GROKKING}"


@pytest.mark.parametrize(
    "garbage",
    [b"\x00\x01\x02" * 50, b"\xff\xfea\x00b\x00", b"\xfe\xff" + bytes(range(1, 255))],
    ids=["nul", "wide", "bytes"],
)
def test_a_file_the_driver_cannot_read_is_left_to_git(driven, garbage):
    folder = driven.folder
    for name, data in {"base": b"@misc{a}\n", "ours": garbage, "theirs": b"@misc{b}\n"}.items():
        (folder / name).write_bytes(data)
    shutil.copy(folder / "ours", folder / "lines")
    ran = driven.bibtools("merge-driver", "base", "ours", "theirs", "refs.bib", "--marker-size", "9", code=1)
    assert "[merge-by-lines]" in ran.err
    driven.git(
        "merge-file",
        "--marker-size=9",
        "-L",
        "ours",
        "-L",
        "base",
        "-L",
        "theirs",
        "lines",
        "base",
        "theirs",
        code=None,
    )
    assert (folder / "ours").read_bytes() == (folder / "lines").read_bytes()


LATIN = "@misc{a,\n  author = {Müller},\n  year = {2017},\n}\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        pytest.param(
            LATIN.replace("17", "18").encode("latin-1"), LATIN.replace("a,", "b,", 1).encode("latin-1"),
            LATIN.replace("a,", "b,", 1).replace("17", "18").encode("latin-1"), id="latin-1",
        ),
        pytest.param(
            LATIN.replace("17", "18").encode("utf-8-sig"), LATIN.replace("a,", "b,", 1).encode(),
            LATIN.replace("a,", "b,", 1).replace("17", "18").encode("utf-8-sig"), id="byte order mark",
        ),
        pytest.param(
            LATIN.replace("17", "18").encode("latin-1"), LATIN.replace("ü", "ö").encode(), None, id="mixed",
        ),
    ],
)  # fmt: skip
def test_the_encoding_of_ours_stays_or_git_merges_lines(bibtools, ours, theirs, expected):
    base = LATIN.encode("latin-1") if b"\xfc" in ours else LATIN.encode()
    for name, data in {"base": base, "ours": ours, "theirs": theirs}.items():
        bibtools.write(name, data)
    ran = bibtools("merge-driver", "base", "ours", "theirs", "refs.bib", "--json", code=0 if expected else 1)
    assert ran.document["fell_back"] is (expected is None)
    found = (bibtools.folder / "ours").read_bytes()
    assert found == expected if expected else b"<<<<<<< ours" in found


def test_status_tells_of_markers(repository):
    three_branches(repository)
    repository.bibtools.write(
        "refs.bib", "<<<<<<< a\n@misc{x, title={1}}\n=======\n@misc{x, title={2}}\n>>>>>>> b\n"
    )
    assert "[bib-conflict-markers]" in repository.bibtools("status", code=1).err


def test_without_bibtools_at_hand_git_merges_lines(driven, monkeypatch):
    three_branches(driven)
    git = Path(shutil.which("git")).parent
    monkeypatch.setenv("PATH", os.pathsep.join(dict.fromkeys([str(git), "/usr/bin", "/bin"])))
    assert shutil.which("bibtools") is None
    driven.merge("theirs", code=1)
    assert "<<<<<<< ours\n" in driven.read()
    assert driven.unmerged == {"refs.bib", "bibtools.lock"}


def test_registering_twice_changes_nothing_and_keeps_the_rest(repository):
    repository.bibtools.write(".gitattributes", "*.pdf binary\r\n*.bibx merge=ours\r\n*.bib text")
    first = repository.bibtools("init", "--merge-driver", "--json").document
    assert first["written"] == [".gitattributes"]
    assert repository.bibtools.read(".gitattributes") == (
        "*.pdf binary\r\n*.bibx merge=ours\r\n*.bib text\r\n"
        "*.bib merge=bibtools\r\n/bibtools.lock merge=bibtools\r\n/papers.txt merge=union\r\n"
    )
    before = repository.bibtools.files()
    assert repository.bibtools("init", "--merge-driver", "--json").document["written"] == []
    assert repository.bibtools.files() == {
        **repository.bibtools.files(),
        **{k: v for k, v in before.items() if k != ".git/config"},
    }
    assert repository.git("config", "--get-all", "merge.bibtools.driver").count("merge-driver") == 1


def test_another_driver_for_these_files_stays(repository):
    repository.bibtools.write(".gitattributes", "*.bib\tmerge=union\n*.bibx merge=ours\n")
    ran = repository.bibtools("init", "--merge-driver")
    assert "[other-merge-driver]" in ran.err
    assert repository.bibtools.read(".gitattributes") == (
        "*.bib\tmerge=union\n*.bibx merge=ours\n/bibtools.lock merge=bibtools\n/papers.txt merge=union\n"
    )


def test_outside_of_a_repository_there_is_nothing_to_register(bibtools, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(bibtools.folder.parent))
    assert "[no-repository]" in bibtools("init", "--merge-driver", code=2).err
