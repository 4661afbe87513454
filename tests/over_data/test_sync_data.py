"""Over real `.bib` files: a sync touches what it must and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bibtools import bibfile, lock
from bibtools.errors import UnusableFileError
from tests.bibliographies import lock_of, record, synced, with_record

NEW = record(4, id="arxiv:2999.00004", title="Quite Unlike Any Other Title There Is")


def bib_files(data_folder):
    found = sorted((data_folder / "bib").glob("*.bib"))
    assert len(found) > 50
    return found


def usable(data_folder):
    """Name and bytes of each file that can be edited; the others are refused."""
    for path in bib_files(data_folder):
        data = path.read_bytes()
        try:
            bibfile.decode(data, file=path.name)
        except UnusableFileError:
            assert "utf16" in path.name, path.name
        else:
            yield path.name, data


def lines(data):
    return data.decode("utf-8", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def test_only_utf16_is_refused(data_folder):
    names = {name for name, _ in usable(data_folder)}
    refused = [path.name for path in bib_files(data_folder) if path.name not in names]
    assert len(refused) == 2


def test_nothing_to_do_leaves_every_file_alone(data_folder):
    for name, data in usable(data_folder):
        plan, held = synced(lock_of(), data)
        assert plan.new == data, name
        plan, _ = synced(held, data)
        assert not plan.changed, name


def test_one_more_entry_is_an_insertion_and_nothing_else(data_folder):
    for name, data in usable(data_folder):
        plan, held = synced(lock_of(NEW), data)
        assert plan.added == ("paper4",), name
        pairs = enumerate(zip(data, plan.new, strict=False))
        kept = next((at for at, (one, other) in pairs if one != other), len(data))
        assert plan.new.endswith(data[kept:]), name
        assert not synced(held, plan.new)[0].changed, name


def test_a_changed_value_changes_its_own_lines_only(data_folder):
    for name, data in usable(data_folder):
        first, held = synced(lock_of(NEW), data)
        changed = with_record(held, replace(NEW, title="Another Title Than Before Stands Here Now"))
        plan, _ = synced(changed, first.new)
        assert [u.fields for u in plan.updated] == [("title",)], name
        before, after = lines(first.new), lines(plan.new)
        assert len(before) == len(after), name
        different = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        assert len(different) == 1, (name, different)
        assert "Another Title" in different[0][1], name


def test_adding_and_pruning_gives_the_file_back(data_folder):
    from bibtools.plan import Choices

    for name, data in usable(data_folder):
        first, held = synced(lock_of(NEW), data)
        plan, _ = synced(held, first.new, wanted=[], choices=Choices(prune=True))
        assert plan.removed == ("paper4",), name
        assert "".join(lines(plan.new)).split() == "".join(lines(data)).split(), name


@pytest.mark.parametrize(
    "name", ["tidy_bom.bib", "derived_xampl_crlf.bib", "afparticle_latin1.bib", "harvard.bib"]
)
def test_a_run_with_nothing_to_do_keeps_the_time_stamp(bibtools, data_folder, name):
    bibtools.write("bibtools.toml", "sources = []\n")
    bibtools.write("refs.bib", (data_folder / "bib" / name).read_bytes())
    before = bibtools.files()
    bibtools("sync", "--offline")
    assert bibtools.files()["refs.bib"] == before["refs.bib"]


@pytest.mark.parametrize("name", ["derived_testjabref_utf16le_bom.bib", "jabref_tiny-LE-withBOM_utf16.bib"])
def test_utf16_is_refused_and_unchanged(bibtools, data_folder, name):
    bibtools.write("bibtools.toml", 'sources = ["notes.txt"]\n')
    bibtools.write("notes.txt", "arXiv:2999.00004\n")
    bibtools.write("bibtools.lock", lock.render(lock_of(NEW)))
    bibtools.write("refs.bib", (data_folder / "bib" / name).read_bytes())
    before = bibtools.files()
    assert "[bib-encoding]" in bibtools("sync", "--offline", code=3).err
    assert bibtools.files() == before
