"""Thousands of mentions of real papers, damaged in every way, against the stand-in: none may be wrong."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict

import pytest

from benchmarks.identify import Asker, judge, run, trials, twins
from bibtools.model import Query
from tests.standin.papers import load_papers

LEAST = {
    "abstract, whole": 0.99,
    "abstract, wrapped": 0.99,
    "abstract, wrapped and hyphenated": 0.98,
    "abstract, math as Unicode": 0.95,
    "abstract, 5 % slips": 0.95,
    "abstract, 5 % misread": 0.95,
    "abstract, three sentences": 0.97,
    "abstract, two sentences": 0.95,
    "title": 0.98,
    "title, authors": 0.98,
    "reference": 0.96,
    "older wording, a sentence shared": 0.95,
    "older wording, no sentence shared": 0.85,
}


@pytest.fixture(scope="module")
def papers(data_folder):
    return load_papers(data_folder / "corpus_public.jsonl.gz")


@pytest.fixture(scope="module")
def pairs(data_folder):
    return json.loads((data_folder / "lookalikes.json").read_text())


@pytest.fixture(scope="module")
def outcome(papers, pairs):
    served, found = trials(papers, pairs, seed=7, each=50, absent=200)
    asker = Asker(served)
    asker.answer(Query(search='abs:"warm up"'))
    for paper in served:
        asker.record(asker.service.version(paper.id))
    asker.requests, asker.seconds = 0, 0.0
    start = time.process_time()
    resolutions = run([trial.mention for trial in found], asker).resolutions
    return found, resolutions, asker, time.process_time() - start - asker.seconds


def test_no_mention_is_taken_for_another_paper(outcome):
    found, resolutions, _, _ = outcome
    wrong = [
        (t.kind, sorted(t.right), r.id) for t, r in zip(found, resolutions, strict=True) if judge(t, r) == "wrong"
    ]
    assert wrong == []


def test_what_can_be_found_is_found(outcome):
    found, resolutions, _, _ = outcome
    counts = defaultdict(Counter)
    for trial, resolution in zip(found, resolutions, strict=True):
        counts[trial.kind][judge(trial, resolution)] += 1
    recall = {kind: counts[kind]["right"] / counts[kind].total() for kind in LEAST}
    assert {kind: share for kind, share in recall.items() if share < LEAST[kind]} == {}


def test_it_costs_little(outcome):
    found, _, asker, seconds = outcome
    assert asker.requests <= 0.2 * len(found)
    assert asker.longest <= 1_900
    assert seconds / len(found) < 0.010


def test_only_a_text_that_a_lookalike_contains_is_taken_for_it(papers, pairs):
    """Where a paper is absent and its lookalike is not, nothing can tell them apart but what they do not share."""
    served, found = twins(papers, pairs, seed=7)
    resolutions = run([trial.mention for trial in found], Asker(served)).resolutions
    wrong = [one for trial, one in zip(found, resolutions, strict=True) if judge(trial, one) == "wrong"]
    assert len(wrong) <= 0.03 * len(found)
    assert all(one.evidence.score > 0.97 for one in wrong)
