"""Whatever happens during a sync, a file is the old one or the new one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bibtools import files, lock
from bibtools.workflow import turn
from bibtools.workflow.project import find
from tests.bibliographies import lock_of, record
from tests.running import REPOSITORY

SETTINGS = 'sources = ["notes.txt"]\n'
HYDRA = "2307.15771"


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", SETTINGS)
    bibtools.write("notes.txt", f"arXiv:{HYDRA}\n")
    bibtools("lock")
    bibtools.write("refs.bib", "% mine\n")
    return bibtools


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


# --- one at a time ----------------------------------------------------------------------------------------


def test_a_second_run_waits_for_the_first(project):
    held = turn.alone(find(project.folder, os.environ), os.environ)
    held.__enter__()
    threading.Timer(0.4, lambda: held.__exit__(None, None, None)).start()
    started = time.monotonic()
    assert project("sync").summary == "refs.bib: 1 added"
    assert time.monotonic() - started > 0.3


def test_a_second_run_that_waited_long_enough_says_so(project, monkeypatch):
    monkeypatch.setattr(turn, "PATIENCE", 0.2)
    before = project.files()
    with turn.alone(find(project.folder, os.environ), os.environ):
        ran = project("sync", code=5)
        assert "[project-busy]" in ran.err
        assert "hint: let it finish" in ran.err
        assert project("sync", "--check", code=1)
    assert project.files() == before
    project("sync")


def test_another_project_is_not_waited_for(project, tmp_path):
    with turn.alone(find(tmp_path, os.environ), os.environ):
        assert project("sync").summary == "refs.bib: 1 added"


def test_without_a_cache_folder_there_is_no_lock_and_a_sync_all_the_same(project, tmp_path, monkeypatch):
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setenv("BIBTOOLS_CACHE_DIR", str(blocked / "cache"))
    assert project("sync", "--offline").summary == "refs.bib: 1 added"


def test_nothing_is_left_in_the_project(project):
    project("sync")
    assert set(project.files()) == {"bibtools.toml", "notes.txt", "refs.bib", "bibtools.lock"}


# --- killed -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is for POSIX")
def test_a_killed_sync_leaves_the_old_files_or_the_new_ones(tmp_path):
    records = [record(n, id=f"arxiv:2001.{n:05d}", title=f"A Title With Number {n}") for n in range(1, 31)]
    held = lock_of(*records, **{r.id: f"paper{r.id[-5:]}" for r in records})
    mentions = "".join(f"arXiv:{r.id.removeprefix('arxiv:')}\n\n" for r in records)
    (tmp_path / "bibtools.toml").write_text(SETTINGS)
    (tmp_path / "notes.txt").write_text(mentions)
    (tmp_path / "refs.bib").write_text("% mine\n" + "".join(f"@misc{{x{n}, note = {{y}}}}\n" for n in range(300)))
    (tmp_path / "bibtools.lock").write_text(lock.render(held), encoding="utf-8")
    times = os.environ.get("BIBTOOLS_TEST_KILLS", "30")
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.killing", str(tmp_path), times, "1"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    counts = json.loads(ran.stdout)
    assert sum(counts.values()) == int(times)
    assert counts["old"]


# --- it cannot be written ---------------------------------------------------------------------------------


def test_a_full_disk_leaves_everything_as_it_was(project):
    """The limit on the size of files is as good as a full disk: writing stops in the middle."""
    resource = pytest.importorskip("resource")
    project.write("refs.bib", "% mine\n" * 200)
    before = project.files()
    small = len(project.read("refs.bib")) + 10
    script = "import sys; from bibtools.cli import main; sys.exit(main(['sync', '--offline']))"
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=project.folder,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (small, small)),
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert (ran.returncode, ran.stdout) == (5, ""), ran.stderr
    assert "[file-not-written]" in ran.stderr
    assert project.files() == before


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_error_while_writing_leaves_everything_as_it_was(project, monkeypatch, step):
    def failing(*arguments, **options):
        raise OSError(28, "No space left on device")

    before = project.files()
    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (files.Path, "replace")), failing)
    assert "No space left" in project("sync", code=5).err
    monkeypatch.undo()
    assert project.files() == before


def test_a_read_only_file_is_refused(project, monkeypatch):
    path = project.folder / "refs.bib"
    path.chmod(0o444)
    if is_root():  # root may write anything; what the system would say to a user
        access = os.access
        monkeypatch.setattr(os, "access", lambda p, mode: access(p, mode) and Path(p).name != "refs.bib")
    before = project.files()
    assert "[file-read-only]" in project("sync", code=5).err
    assert project.files() == before


def test_behind_a_symbolic_link_the_file_itself_changes(project, tmp_path):
    shared = tmp_path / "shared.bib"
    (project.folder / "refs.bib").rename(shared)
    shared.chmod(0o640)
    (project.folder / "refs.bib").symlink_to(shared)
    project("sync")
    assert (project.folder / "refs.bib").is_symlink()
    assert "mcgrath2023hydra" in shared.read_text()
    assert shared.stat().st_mode & 0o777 == 0o640


def test_a_file_that_changed_meanwhile_is_not_overwritten(project, monkeypatch):
    from bibtools.workflow import sync

    apply = sync.apply

    def late(*arguments):
        project.write("refs.bib", "% somebody was quicker\n")
        return apply(*arguments)

    monkeypatch.setattr(sync, "apply", late)
    lock_before = project.read("bibtools.lock")
    assert "[file-changed]" in project("sync", code=5).err
    assert project.read("refs.bib") == "% somebody was quicker\n"
    assert project.read("bibtools.lock") == lock_before
    monkeypatch.undo()
    assert project.read("refs.bib").startswith("% somebody")


def test_a_bug_is_found_before_anything_is_written(project, monkeypatch):
    from bibtools import bibfile

    insert = bibfile.insert_entries
    monkeypatch.setattr(bibfile, "insert_entries", lambda *given: [*insert(*given)] * 2)
    before = project.files()
    assert "please report" in project("sync", code=70).err
    assert project.files() == before
