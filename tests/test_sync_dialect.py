"""Changing a target's dialect, taking publications and handing entries over, as commands."""

from __future__ import annotations

import json

import pytest

HYDRA = "2307.15771"
MINE = f"""% mine
@article{{attention,
  title   = {{The Hydra Effect: Emergent Self-repair in Language Model Computations}},
  author  = {{McGrath, Thomas and others}},
  journal = {{arXiv preprint arXiv:{HYDRA}}},
  year    = 2023
}}

@book{{knuth, author = {{Knuth, Donald E.}}, title = {{Art}}, publisher = {{AW}}, year = 1968, month = jan}}
"""


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", '# settings\nsources = ["notes.txt"]  # mine\n')
    bibtools.write("notes.txt", f"https://arxiv.org/abs/{HYDRA}\n\narXiv:2309.02390\n")
    bibtools.write("refs.bib", MINE)
    bibtools("lock")
    bibtools("sync")
    assert bibtools.read("refs.bib").startswith(MINE)
    return bibtools


def published(project):
    """The lock as if arXiv now said where the first paper was published."""
    document = json.loads(project.read("bibtools.lock"))
    document["records"][f"arxiv:{HYDRA}"] |= {"journal_ref": "Phys. Rev. D 109, 013039 (2024)"}
    project.write("bibtools.lock", json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def test_a_target_becomes_biblatex_with_its_lock_and_its_setting(project):
    ran = project("convert", "refs.bib", "--to", "biblatex", "-o", "refs.bib")
    assert "2 entries" not in ran.summary
    assert "3 entries in biblatex" in ran.summary
    assert project.read("bibtools.toml") == '# settings\nsources = ["notes.txt"]  # mine\nformat = "biblatex"\n'
    text = project.read("refs.bib")
    assert text.startswith("% mine\n@article{attention,")
    assert ("date = {1968-01}" in text, "eprinttype" in text, "howpublished" in text) == (True, True, False)
    before = project.files()
    assert project("sync", "--offline", "--strict").summary == "refs.bib is current"
    assert project.files() == before


def test_after_it_the_settings_and_the_record_change_what_bibtools_wrote_and_nothing_else(project):
    project("convert", "refs.bib", "--to", "biblatex", "-o", "refs.bib")
    before = project.read("refs.bib")
    settings = project.read("bibtools.toml")
    project.write("bibtools.toml", settings + "max-authors = 1\n")
    ran = project("sync", "--json", "--offline")
    (updated,) = ran.document["targets"][0]["updated"]
    assert updated["key"] not in ("attention", "knuth")
    assert project.read("refs.bib").startswith(before[: before.index("@online")])


def test_there_and_back(project):
    project("convert", "refs.bib", "--to", "biblatex", "-o", "refs.bib")
    project("convert", "refs.bib", "--to", "bibtex", "-o", "refs.bib")
    assert 'format = "bibtex"' in project.read("bibtools.toml")
    assert "year = {1968}" in project.read("refs.bib")
    assert project("sync", "--offline", "--strict").summary == "refs.bib is current"


def test_the_table_of_its_own_target_is_the_one_that_changes(project):
    project.write(
        "bibtools.toml",
        'sources = ["notes.txt"]\n[[target]]\npath = "a.bib"\n[[target]]\npath = "refs.bib"\nprofile = "modern"\n',
    )
    project("convert", "refs.bib", "--to", "biblatex", "-o", "refs.bib")
    assert project.read("bibtools.toml").endswith('path = "refs.bib"\nprofile = "modern"\nformat = "biblatex"\n')


def test_a_file_with_conflict_markers_is_left_alone(project):
    marked = "<<<<<<< a\n@misc{x,}\n=======\n@misc{y,}\n>>>>>>> b\n"
    project.write("refs.bib", marked)
    before = project.files()
    assert (
        "[bib-conflict-markers]"
        in project("convert", "refs.bib", "--to", "biblatex", "-o", "refs.bib", code=3).err
    )
    assert project.files() == before


def test_another_output_on_a_target_is_still_refused(project):
    project.write("other.bib", MINE)
    assert "[output-is-target]" in project("convert", "other.bib", "-o", "refs.bib", code=2).err


def test_a_publication_is_taken_by_its_key(project):
    published(project)
    ran = project("sync", "--offline", "-v")
    assert "bibtools sync --published attention" in ran.err
    assert project.read("refs.bib").startswith(MINE)
    records = {r["key"]: r["flags"] for r in project("status", "--json", "--offline").document["records"]}
    assert "published" in records["attention"]
    project("sync", "--published", "attention")
    text = project.read("refs.bib")
    assert ("Physical Review D" in text, "year    = 2024" in text or "year    = {2024}" in text) == (True, True)
    assert f"eprint  = {{{HYDRA}}}" in text or f"eprint = {{{HYDRA}}}" in text
    assert "McGrath, Thomas and others" in text


def test_handing_over_shows_the_difference_first(project):
    ran = project("sync", "--rerender", "attention", "--check", code=1)
    assert "-  journal = {arXiv preprint arXiv:2307.15771}," in ran.out
    assert "attention follows its record and your settings from now on" in ran.err
    assert project.read("refs.bib").startswith(MINE)
    document = project("sync", "--rerender", "attention", "--json").document
    assert document["targets"][0]["handed_over"] == [{"key": "attention", "kept": []}]
    assert "howpublished" in project.read("refs.bib").partition("@book")[0]
    project("sync", "--rerender")
    assert project("sync").summary == "refs.bib is current"


@pytest.mark.parametrize("arguments", [("--published", "--restore", "attention"), ("--rerender", "nobody")])
def test_keys_that_mean_nothing_are_refused(project, arguments):
    before = project.files()
    project("sync", *arguments, code=2)
    assert project.files() == before


def test_a_sync_that_was_killed_before_the_lock_was_written_is_finished(project, monkeypatch):
    from bibtools import files

    project.write("notes.txt", project.read("notes.txt") + "\narXiv:2403.08904\n")
    project("lock")
    lock, write = project.read("bibtools.lock"), files.write

    def killed(path, data, **options):
        if path.name == "bibtools.lock":
            raise KeyboardInterrupt
        return write(path, data, **options)

    with monkeypatch.context() as patch:
        patch.setattr(files, "write", killed)
        project("sync", "--offline", code=None)
    assert project.read("bibtools.lock") == lock
    assert "2403.08904" in project.read("refs.bib")
    text = project.read("refs.bib")
    project("sync", "--offline")
    bases = json.loads(project.read("bibtools.lock"))["targets"]["refs.bib"]
    assert "withheld" not in bases["arxiv:2403.08904"]
    assert project.read("refs.bib") == text
    assert project("sync", "--offline").summary == "refs.bib is current"


def test_what_is_pending_and_what_is_kept_survives_a_change_of_dialect(project):
    published(project)
    project("sync", "--offline")
    settings = project.read("bibtools.toml")
    project("convert", "refs.bib", "--to", "biblatex", "-o", "refs.bib")
    before = project.files()
    assert "--published attention" in project("sync", "--offline", "-v").err
    assert project.files() == before
    project("sync", "--published", "attention")
    assert "journaltitle" in project.read("refs.bib").partition("@book")[0]
    edited = project.read("refs.bib").replace("2023-09", "2022-09")
    assert "2022-09" in edited
    project.write("refs.bib", edited)
    project.write("bibtools.toml", settings)
    project("sync", "--offline")
    assert "2022-09" in project.read("refs.bib")
    project("convert", "refs.bib", "--to", "bibtex", "-o", "refs.bib")
    before = project.files()
    project("sync", "--offline")
    assert project.files()["refs.bib"] == before["refs.bib"]
    assert "2022" in project.read("refs.bib")
