"""The journal references of a public corpus, against what a reader of each wrote down.

`journal_refs.tsv` has one line a paper, by its arXiv id: what is right, or `refuse` for what is no single
publication, or not enough to say where it is. Its parts: `dev` was looked at while the grammar was built, `test`
was kept back until it was done, `last` was not even read before that.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from pathlib import Path

import pytest

from bibtools import text
from bibtools.publication import parse

LABELS = Path(__file__).with_name("journal_refs.tsv")


@pytest.fixture(scope="module")
def papers(data_folder):
    with gzip.open(data_folder / "corpus_public.jsonl.gz", "rt", encoding="utf-8") as lines:
        known = {paper["id"]: paper for paper in map(json.loads, lines)}
    with LABELS.open(encoding="utf-8", newline="") as table:
        return [(row, known[row["id"]]) for row in csv.DictReader(table, delimiter="\t")]


def plain(name):
    """A name without what two careful writers may write differently."""
    words = re.sub(r"[^a-z0-9]+", " ", text.fold(name).casefold().replace("&", "and")).split()
    return " ".join(words[words[:1] == ["the"] :])


def read(paper):
    return parse(paper["journal_ref"], first_year=int(paper["published"][:4]))


def said(found):
    month = "" if found.month is None else str(found.month)
    names = ("series", "volume", "number", "pages", "eid")
    return {name: getattr(found, name) for name in names} | {
        "type": found.entry_type, "venue": plain(found.venue), "year": str(found.year), "month": month,
    }  # fmt: skip


def wanted(row):
    return {name: value for name, value in row.items() if name not in ("id", "part")} | {
        "venue": plain(row["venue"])
    }


@pytest.mark.parametrize("part", ["dev", "test", "last"])
def test_what_is_accepted_is_right_and_most_is_accepted(papers, part):
    rows = [(row, paper) for row, paper in papers if row["part"] == part]
    accepted = [(row, said(found)) for row, paper in rows if (found := read(paper))]
    wrong = [(row["id"], found) for row, found in accepted if found != wanted(row)]
    clean = sum(row["type"] != "refuse" for row, _ in rows)
    print(f"{part}: {len(rows)} labelled, {clean} to accept, {len(accepted)} accepted, {len(wrong)} wrong")
    assert len(rows) >= 100
    assert len(wrong) <= 0.02 * len(accepted), wrong
    assert [row["id"] for row, found in accepted if found["venue"] != plain(row["venue"])] == []
    assert len(accepted) >= 0.8 * clean


def test_what_is_no_publication_is_refused(papers):
    assert [row["id"] for row, paper in papers if row["type"] == "refuse" and read(paper)] == []
