"""Two references in notes of which only a sign differs are two mentions, whatever the digest of their letters."""

from __future__ import annotations

import pytest

from bibtools.extract import extract
from bibtools.workflow.gather import told_apart

HYDRA, GROKKING = "2307.15771", "2309.02390"


def references(*titles):
    return "".join(f'"{title}", Ann Nemo and Jane Doe, 2001.\n\n' for title in titles)


def digests(*titles):
    mentions = extract(references(*titles), source="notes.txt", kind="notes", prose="txt").mentions
    assert [mention.title for mention in mentions] == list(titles)
    return [mention.digest for mention in mentions], [mention.digest for mention in told_apart(mentions)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Search for B+ → K+ in the gardens", "Search for B- → K- in the gardens"),
        ("Production of W⁺ in the gardens", "Production of W⁻ in the gardens"),
        ("A parser of C++ for the gardens", "A parser of C# for the gardens"),
        ("Decays of ψ in the gardens", "Decays of ψ′ in the gardens"),
        ("Spaces like L² in the gardens", "Spaces like L₂ in the gardens"),
        ("The case x < y in the gardens", "The case x > y in the gardens"),
    ],
)
def test_what_differs_in_a_sign_alone(one, other):
    before, after = digests(one, other, "Another title of the gardens")
    assert before[0] == before[1]
    assert len(set(after)) == 3
    assert before[2] == after[2]
    assert digests(other, one)[1] == after[1::-1]  # whatever their order


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Search for B+ → K+ in the gardens", "Search for $B^+ \\to K^+$ in the gardens"),
        ("Spaces like L² in the gardens", "Spaces like L2 in the gardens"),
        ("Self-repair in the gardens", "Self repair in the gardens"),
        ("The gardener's gardens of the world", "The gardeners gardens of the world"),
    ],
)
def test_one_title_in_two_writings_stays_one_mention(one, other):
    before, after = digests(one, other)
    assert before == after


def test_each_is_decided_for_itself(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["notes.txt"]\n')
    bibtools.write(
        "notes.txt", references("Search for B+ → K+ in the gardens", "Search for B- → K- in the gardens")
    )
    bibtools("lock", "--allow-unresolved")
    bibtools("pin", "notes.txt:1", HYDRA)
    bibtools("pin", "notes.txt:3", GROKKING)
    bibtools("sync", "--offline")
    text = bibtools.read("refs.bib")
    assert HYDRA in text
    assert GROKKING in text
    assert bibtools("sync", "--check", "--offline", "--strict").code == 0
