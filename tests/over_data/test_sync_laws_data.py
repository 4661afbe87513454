"""The three laws of who wrote an entry, over real files: each record is made from the file's own entry."""

from __future__ import annotations

import pytest

from bibtools import bibfile, lock
from bibtools.errors import UnusableFileError
from tests.over_data.sampling import ALL, sample
from tests.sync_laws import (
    CHANGES,
    PAIRS,
    check_nothing_is_lost,
    check_settings_there_and_back,
    check_users_entries_stay,
    lock_of,
)


def files(data_folder):
    found = sorted((data_folder / "bib").glob("*.bib"))
    assert len(found) > 50
    for path in found:
        try:
            bibfile.decode(path.read_bytes(), file=path.name)
        except UnusableFileError:
            continue
        yield path.name, path.read_bytes()


def pairs_for(number):
    """All pairs of settings for each file, or another few for each."""
    return PAIRS if ALL else PAIRS[number % 7 :: 29]


def test_no_settings_change_an_entry_of_the_users(data_folder):
    for number, (name, data) in enumerate(files(data_folder)):
        try:
            check_users_entries_stay(data, pairs_for(number))
        except AssertionError as error:
            raise AssertionError(name, *error.args) from error


def test_settings_there_and_back_leave_what_was_written(data_folder):
    for number, (name, data) in enumerate(files(data_folder)):
        try:
            check_settings_there_and_back(data, pairs_for(number))
        except AssertionError as error:
            raise AssertionError(name, *error.args) from error


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_lost_when_the_records_change(data_folder, change):
    found = list(files(data_folder))
    for name, data in sample(found, 2):
        try:
            check_nothing_is_lost(data, change)
        except AssertionError as error:
            raise AssertionError(name, *error.args) from error


@pytest.mark.parametrize(
    "name", ["acl_custom.bib", "acmart_sample-base.bib", "biber_examples.bib", "harvard.bib", "tidy_bom.bib"]
)
def test_the_first_law_by_the_command_line(bibtools, data_folder, name):
    data = (data_folder / "bib" / name).read_bytes()
    held = lock_of(data)
    bibtools.write("refs.bib", data)
    bibtools("init")
    settings = bibtools.read("bibtools.toml")
    bibtools.write("bibtools.lock", lock.render(held))
    for extra in (
        "",
        'format = "biblatex"',
        'profile = "scholar"',
        'exclude-fields = ["year", "journal", "doi"]',
        "",
    ):
        kept = [line for line in settings.splitlines() if line.partition(" ")[0] != extra.partition(" ")[0]]
        bibtools.write("bibtools.toml", "\n".join([*kept, extra]) + "\n")
        bibtools("sync", "--offline")
        assert (bibtools.folder / "refs.bib").read_bytes() == data, extra
    bases = lock.parse(bibtools.read("bibtools.lock"), file="bibtools.lock").targets.get("refs.bib", {})
    named = [i for i in held.records if not i.startswith("local:")]
    assert not named or bases
    assert all(base.is_users for base in bases.values())
