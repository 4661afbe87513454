"""Over real papers: an entry without any identifier is the paper it was rendered from, never a lookalike."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bibtools import bibfile
from bibtools.config import Target
from bibtools.lock import Lock, LockedRecord
from bibtools.model import Entry
from bibtools.plan import plan_target
from bibtools.render import render_entry
from tests.answered import records
from tests.over_data.sampling import sample
from tests.standin.papers import load_papers

TARGET = Target(path="refs.bib")
IDS = {
    "eprint",
    "archiveprefix",
    "primaryclass",
    "eprinttype",
    "eprintclass",
    "doi",
    "url",
    "howpublished",
    "note",
}


@pytest.fixture(scope="module")
def papers(data_folder):
    papers = load_papers(data_folder / "corpus_public.jsonl.gz")
    return dict(zip((paper.id for paper in papers), records(papers), strict=True))


def nameless(record, key, profile="classic"):
    """The record as an entry that names it by nothing but what it says."""
    entry = render_entry(record, key, replace(TARGET.options, profile=profile)).entry
    fields = tuple(f for f in entry.fields if f.name not in IDS and "arxiv" not in f.value.lower())
    return Entry(entry_type=entry.entry_type, key=entry.key, fields=fields)


def own(record, key):
    """The same as a source's own entry, without a service that knows it."""
    return replace(record, id=f"local:{key}", dois=(), journal_ref="", entry=nameless(record, key))


def found(record, *entries):
    """The key of the entry that the record is taken for; None for none."""
    text = "\n".join(map(bibfile.render_entry, entries)).encode()
    held = Lock(records={record.id: LockedRecord(key="new", record=record)})
    plan = plan_target(TARGET, held, [record.id], text)
    return plan.keys[record.id] if not plan.added else None


@pytest.mark.parametrize("make", [lambda record, key: record, own], ids=["arxiv", "local"])
def test_no_lookalike_is_taken_for_the_other(papers, data_folder, make):
    wrong = []
    for kind, *pair in json.loads((data_folder / "lookalikes.json").read_text()):
        one, other = (papers[i] for i in pair)
        for a, b in ((one, other), (other, one)):
            entry = nameless(a, "theirs")
            if kind != "duplicate" and found(make(b, "b"), entry):
                wrong.append((kind, a.id, b.id, a.title))
            assert found(make(a, "a"), entry) == "theirs", (kind, a.id)
    assert wrong == []


@pytest.mark.parametrize("profile", ["classic", "modern", "scholar"])
def test_every_paper_is_found_among_all_by_what_its_entry_says(papers, profile):
    chosen = sample(list(papers.values()), 20)
    entries = [nameless(record, f"k{number}", profile) for number, record in enumerate(chosen)]
    text = "\n".join(map(bibfile.render_entry, entries)).encode()
    held = Lock(records={r.id: LockedRecord(key=f"new{n}", record=r) for n, r in enumerate(chosen)})
    plan = plan_target(TARGET, held, list(held.records), text)
    expected = {record.id: f"k{number}" for number, record in enumerate(chosen)}
    assert {i: (key, expected[i]) for i, key in plan.keys.items() if key != expected[i]} == {}
    assert plan.added == ()
