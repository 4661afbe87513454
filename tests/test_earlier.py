"""A project that an earlier version locked and synced stays as it is, byte for byte, with all that was decided."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

EARLIER = Path(__file__).parent / "data" / "earlier"
FILES = ("bibtools.lock", "bibtools.toml", "notes.md", "own.bib", "refs.bib", "other.bib", "refs.json")


def check_nothing_changes(bibtools):
    """Every command that may write, offline: no byte of any file changes, no decision is lost."""
    before = {name: (bibtools.folder / name).read_bytes() for name in FILES if (bibtools.folder / name).exists()}
    held = json.loads(before["bibtools.lock"])
    for arguments in (("sync",), ("sync", "--check"), ("sync", "refs.bib"), ("export",), ("status",)):
        bibtools(*arguments, "--offline", code=None)
        for name, data in before.items():
            assert (bibtools.folder / name).read_bytes() == data, (arguments, name)
    ran = bibtools("lock", "--check", "--json")
    states = {mention["digest"]: mention["state"] for mention in ran.document["mentions"]}
    for digest, said in held["mentions"].items():
        if digest in states:
            assert states[digest] == said["state"]
    assert {"pinned", "ignored"} <= set(states.values())
    status = bibtools("status", "--json", "--offline", code=None).document
    assert {m["digest"]: m["state"] for m in status["mentions"]} == states
    for name, data in before.items():
        assert (bibtools.folder / name).read_bytes() == data, name


@pytest.fixture
def project(bibtools):
    shutil.copytree(EARLIER, bibtools.folder, dirs_exist_ok=True)
    return bibtools


def test_nothing_changes(project):
    check_nothing_changes(project)


def test_what_was_open_is_open_and_what_was_deleted_stays_away(project):
    target = project("sync", "--json", "--offline").document["targets"][0]
    (conflict,) = target["conflicts"]
    assert (conflict["field"], conflict["ours"]) == ("title", "My Own Words")
    assert len(target["missing"]) == 1


def test_the_users_entries_are_known_and_no_setting_changes_them(project):
    before = project.read("refs.bib")
    users = before[before.index("@article{scholar") : before.index("@misc{mcgrath")]
    settings = project.read("bibtools.toml")
    for extra in ('format = "biblatex"', 'profile = "scholar"', 'exclude-fields = ["journal", "year", "eprint"]'):
        project.write("bibtools.toml", settings.replace('path = "refs.bib"', f'path = "refs.bib"\n{extra}'))
        project("sync", "--offline")
        assert users in project.read("refs.bib")
    project.write("bibtools.toml", settings)
    project("sync", "--offline")
    assert users in project.read("refs.bib")
    assert "My Own Words" in project.read("refs.bib")
