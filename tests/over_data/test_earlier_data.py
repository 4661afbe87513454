"""A project of thousands of papers, locked and synced by an earlier version, stays as it is."""

from __future__ import annotations

import subprocess
import tarfile
from io import BytesIO

import pytest

from tests import earlier
from tests.running import REPOSITORY
from tests.standin import Standin, load_papers
from tests.test_earlier import check_nothing_changes


def has_history():
    """Whether that version is in this repository; a copy of the files alone, or a shallow clone, lacks it."""
    command = ["git", "-C", str(REPOSITORY), "cat-file", "-e", earlier.VERSION]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not has_history(), reason="the history of this repository is not here")


def program(folder):
    """That version of the program, from this repository's history."""
    command = ["git", "-C", str(REPOSITORY), "archive", earlier.VERSION, "bibtools", "styles"]
    archive = subprocess.run(command, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def test_nothing_changes(bibtools, data_folder, tmp_path_factory):
    papers = load_papers(data_folder / "corpus_public.jsonl.gz")
    assert len(papers) > 4000
    old = program(tmp_path_factory.mktemp("earlier"))
    with Standin(papers) as standin:
        settings = 'sources = ["notes.md", "own.bib"]\n'
        earlier.build(bibtools.folder, old, [paper.id for paper in papers], standin.url, settings=settings)
    check_nothing_changes(bibtools)


def test_this_repositorys_own_project_stays_too(bibtools):
    archive = ["git", "-C", str(REPOSITORY), "archive", earlier.VERSION]
    with tarfile.open(fileobj=BytesIO(subprocess.run(archive, capture_output=True, check=True).stdout)) as tar:
        tar.extractall(bibtools.folder, filter="data")
    before = {p: p.read_bytes() for p in bibtools.folder.rglob("*") if p.is_file()}
    for arguments in (("sync", "--strict"), ("sync", "--check", "--strict"), ("lock", "--check"), ("status",)):
        bibtools(*arguments, "--offline")
    assert {p: p.read_bytes() for p in bibtools.folder.rglob("*") if p.is_file()} == before
