"""`bibtools sync --prune` where it is not known what is mentioned: nothing goes, and it is said why."""

from __future__ import annotations

import os

import pytest

HYDRA, GROKKING = "2307.15771", "2309.02390"
KEY = "mcgrath2023hydra"


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["notes.txt", "more/", "lib.bib"]\n')
    bibtools.write("notes.txt", f"https://arxiv.org/abs/{HYDRA}\n")
    bibtools.write("more/a.md", f"- arXiv:{GROKKING}\n")
    bibtools.write("lib.bib", "@book{own, author = {Doe, Jane}, title = {A Book}, year = 2001}\n")
    bibtools("lock")
    bibtools("sync")
    return bibtools


def mistyped(project):
    project.write("bibtools.toml", 'sources = ["note.txt", "more/", "lib.bib"]\n')


def mistyped_glob(project):
    project.write("bibtools.toml", 'sources = ["*.text", "more/", "lib.bib"]\n')


def gone(project):
    (project.folder / "notes.txt").unlink()


def folder_gone(project):
    (project.folder / "more" / "a.md").unlink()
    (project.folder / "more").rmdir()


def binary(project):
    project.write("notes.txt", b"%PDF-1.4 \0")


def a_folder(project):
    gone(project)
    (project.folder / "notes.txt").symlink_to(project.folder / "nowhere")


def broken_entry(project):
    project.write("lib.bib", "@book{own, author = {Doe, Jane}, title = {A Book, year = 2001\n")


def conflicted(project):
    project.write("lib.bib", "<<<<<<< HEAD\n@book{own, title = {A}\n=======\n@book{own, title = {B}\n>>>>>>> x\n")


@pytest.mark.parametrize(
    "spoil", [mistyped, mistyped_glob, gone, folder_gone, binary, a_folder, broken_entry, conflicted]
)
def test_nothing_is_pruned_while_a_source_is_missing_or_cannot_be_read(project, spoil):
    before = project.read("refs.bib"), project.read("bibtools.lock")
    assert KEY in before[0]
    spoil(project)
    for _ in range(2):
        ran = project("sync", "--prune", "--offline", code=None)
        assert "[not-pruned]" in ran.err
        assert project.read("refs.bib") == before[0]
    told = project("sync", "--offline", code=None).err + project("status", code=None).err
    assert "--prune\n" not in told
    assert "[not-pruned]" not in told
    project.write("bibtools.toml", 'sources = ["notes.txt", "more/", "lib.bib"]\n')


def test_nothing_is_pruned_while_a_folder_cannot_be_listed(project, monkeypatch):
    scandir = os.scandir

    def forbidden(path="."):
        if str(path).rstrip("/").endswith("more"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    ran = project("sync", "--prune", "--offline", code=None)
    assert "more: error: cannot be read: Permission denied [folder-unreadable]" in ran.err
    assert "[not-pruned]" in ran.err
    assert GROKKING in project.read("refs.bib")


def test_what_was_kept_is_pruned_once_the_sources_are_right(project):
    mistyped(project)
    project("sync", "--prune")
    project.write("bibtools.toml", 'sources = ["more/", "lib.bib"]\n')
    assert "sync --prune" in project("sync").err
    assert "1 removed" in project("sync", "--prune").summary
    assert KEY not in project.read("refs.bib")
    assert f"arxiv:{HYDRA}" not in project.read("bibtools.lock")


def test_an_entry_that_disappeared_is_not_forgotten_either(project):
    project.write("refs.bib", "")
    mistyped(project)
    assert "[not-pruned]" in project("sync", "--prune").err
    project.write("bibtools.toml", 'sources = ["notes.txt", "more/", "lib.bib"]\n')
    assert set(project("sync", "--json").document["targets"][0]["missing"]) >= {KEY, "own"}


def test_nothing_is_pruned_while_a_mention_was_not_looked_up(project):
    """It may be the paper whose line it replaced, written in another way."""
    project.write("notes.txt", "https://arxiv.org/abs/2201.08102\n")
    ran = project("sync", "--prune", "--offline")
    assert "[not-pruned]" in ran.err
    assert KEY in project.read("refs.bib")


def test_a_mistyped_list_of_documents_prunes_nothing_either(project):
    project.write("paper.tex", f"\\cite{{{KEY}}}")
    settings = 'sources = ["notes.txt", "more/", "lib.bib"]\n'
    settings += '[[target]]\npath = "refs.bib"\nonly-cited = ["paper.tex"]\n'
    project.write("bibtools.toml", settings.replace("paper.tex", "papre.tex"))
    ran = project("sync", "--prune")
    assert "[cited-missing]" in ran.err
    assert "[not-pruned]" in ran.err
    assert KEY in project.read("refs.bib")
    project.write("bibtools.toml", settings)
    project("sync", "--prune")
    assert KEY in project.read("refs.bib")
    assert "own" not in project.read("refs.bib")


def hints(ran):
    lines = ran.err.splitlines()
    return [lines[at + 1] for at, line in enumerate(lines) if "[orphaned]" in line]


@pytest.mark.parametrize("theirs", [False, True])
def test_the_hint_names_prune_only_where_it_would_remove_the_entry(project, theirs):
    if theirs:  # the user's own entry, recognised by its id
        project.write("refs.bib", f"@misc{{mine, title = {{X}}, eprint = {{{HYDRA}}}}}\n")
        (project.folder / "bibtools.lock").unlink()
        project("lock")
        project("sync")
    else:
        project.write("refs.bib", project.read("refs.bib").replace("{2023}", "{2024}", 1))
    project.write("notes.txt", "")
    for command in ("sync", "status"):
        found = hints(project(command, code=None))
        assert found or theirs  # of the user's own entry nothing need be said
        assert all("sync --prune leaves it" in hint and "bibtools remove" in hint for hint in found)
    before = project.read("refs.bib")
    project("sync", "--prune")
    assert project.read("refs.bib") == before
