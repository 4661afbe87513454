"""Generated targets: made anew where what they are made from changed, and never because the program did."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

HYDRA, GROKKING = "2307.15771", "2309.02390"
NAMES = ("refs.json", "refs.yaml", "refs.ris", "refs.html", "refs.md", "refs.txt", "refs.jsonl")
SETTINGS = 'sources = ["notes.txt"]\n' + "".join(f'[[target]]\npath = "{n}"\n' for n in ("refs.bib", *NAMES))


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", SETTINGS)
    bibtools.write("notes.txt", f"arXiv:{HYDRA}\n")
    bibtools("lock")
    bibtools("sync")
    return bibtools


def documents(project):
    return {name: project.read(name) for name in NAMES}


@pytest.fixture
def newer(monkeypatch):
    """A program that writes every document otherwise."""
    from bibtools.workflow import generated

    export = generated.render.export

    def otherwise(*arguments, **options):
        made = export(*arguments, **options)
        return replace(made, text=made.text + "\n")

    monkeypatch.setattr(generated.render, "export", otherwise)


def test_a_newer_program_leaves_them_as_they_are(project, newer):
    before, held = documents(project), project.read("bibtools.lock")
    assert project("sync", "--offline", "--strict").code == 0
    assert (documents(project), project.read("bibtools.lock")) == (before, held)


def test_it_makes_them_anew_when_a_work_comes(project, newer):
    before = documents(project)
    project.write("notes.txt", f"arXiv:{HYDRA}\n\narXiv:{GROKKING}\n")
    project("lock")
    project("sync")
    assert all(text != documents(project)[name] for name, text in before.items())
    assert project("sync", "--check", "--strict").code == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.write("refs.bib", p.read("refs.bib").replace("The Hydra Effect", "The {Hydra} Effect Again")),
        lambda p: p.write("refs.bib", p.read("refs.bib").replace("{mcgrath2023hydra,", "{renamed,")),
        lambda p: p.write("refs.bib", p.read("refs.bib") + "\n@book{own, author = {Doe, Jo}, title = {Mine}}\n"),
    ],
    ids=["a hand edit", "another key", "a work of the user's own"],
)
def test_what_changes_in_the_bib_comes_into_all_of_them(project, change):
    before = documents(project)
    change(project)
    project("sync", "--offline")
    assert all(text != documents(project)[name] for name, text in before.items())
    settled = documents(project)
    project("sync", "--offline")
    assert documents(project) == settled


def test_one_that_was_edited_by_hand_is_refused(project):
    project.write("refs.ris", project.read("refs.ris") + "\n")
    assert "[generated-edited]" in project("sync", "--offline", code=5).err


def test_what_earlier_versions_kept_is_understood(project):
    held = json.loads(project.read("bibtools.lock"))
    held["generated"] = {name: kept.partition("+")[0] for name, kept in held["generated"].items()}
    project.write("bibtools.lock", json.dumps(held, ensure_ascii=False, indent=1) + "\n")
    before = project.files()
    project("sync", "--offline")
    assert project.files() == before
