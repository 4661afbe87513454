"""Other programs that write the whole file anew: what they leave is the user's file, and nobody edited it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from bibtools import render
from bibtools.lock import LockedRecord
from bibtools.model import PartialDate
from tests.bibliographies import TARGET, key, lock_of, parsed, record, said, synced

NODE = Path("node_modules/.bin")


def program(name):
    found = shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), str(NODE))))
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is not installed")
        pytest.skip(f"{name} is not installed")
    return found


def tidied(data, folder, *options):
    path = folder / "tidied.bib"
    path.write_bytes(data)
    subprocess.run([program("bibtex-tidy"), str(path), "--quiet", "--modify", *options], check=True)
    return path.read_bytes()


def bibtooled(data, folder, *options):
    path = folder / "tool.bib"
    path.write_bytes(data)
    ran = subprocess.run([program("bibtool"), "-q", *options, str(path)], check=True, capture_output=True)
    return ran.stdout


REFORMATTERS = {
    "bibtex-tidy": lambda data, folder: tidied(data, folder),
    "bibtex-tidy, sorted, aligned, numeric": lambda data, folder: tidied(
        data, folder, "--sort=key", "--sort-fields", "--align=14", "--numeric", "--tab", "--trailing-commas"
    ),
    "bibtex-tidy, wrapped, lower case": lambda data, folder: tidied(
        data, folder, "--wrap=60", "--no-lowercase", "--blank-lines", "--curly"
    ),
    "bibtool": lambda data, folder: bibtooled(data, folder),
    "bibtool, sorted": lambda data, folder: bibtooled(data, folder, "-s"),
}


@pytest.mark.parametrize("reformat", REFORMATTERS.values(), ids=REFORMATTERS)
def test_a_history_with_a_reformatter(reformat, tmp_path):
    """Twelve times: upstream says something, a sync, the reformatter, a sync that finds nothing to do."""
    dice = random.Random(7)
    held = lock_of(record(1), record(2))
    text = b"@comment{mine}\n\n@Book{knuth84,\n  author = {Donald E. Knuth},\n  year = 1984\n}\n"
    for turn in range(12):
        number = dice.choice([1, 2, 3, 4])
        now = record(number)
        if now.id in held.records:
            title, date = f"Title Number {turn} of $x^2$ & {{BERT}}", PartialDate(2020, turn + 1, 2)
            now = replace(now, title=title, published=date)
        known = held.records.get(now.id) or LockedRecord(key=key(number), record=now)
        held = replace(held, records={**held.records, now.id: replace(known, record=now)})
        plan, held = synced(held, text)
        text = reformat(plan.new, tmp_path)
        again, held = synced(held, text)
        assert (again.new, again.updated, again.missing) == (text, (), ())
        assert [c.key for c in again.conflicts] in ([], ["paper2"])
        if turn == 5:
            text = text.replace(parsed(text)["paper2"].get("title").encode(), b"My Own Words")
    entries = parsed(text)
    assert "knuth84" in entries
    for record_id, locked in held.records.items():
        ours = said(entries[key(int(record_id[-1]))])
        theirs = said(render.render_entry(locked.record, "k", TARGET.options).entry)
        assert ours == theirs | ({"title": "My Own Words"} if record_id == record(2).id else {})
