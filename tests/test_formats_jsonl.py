"""JSON Lines: the members of each object, for works of all kinds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from bibtools import formats
from bibtools.formats import Item
from bibtools.model import Entry, Field
from tests.readable import items

TEXT = {"type": ["string", "null"]}
NAME = {"family", "given", "particle", "suffix", "literal"}
NAMES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": dict.fromkeys(NAME, TEXT),
        "required": sorted(NAME),
        "additionalProperties": False,
    },
}
STRINGS = {"type": "array", "items": {"type": "string"}}
ARXIV = {
    "id": {"type": "string"},
    "version": {"type": ["integer", "null"]},
    "categories": STRINGS,
    "primary": TEXT,
}
MEMBERS = {
    "version": {"const": 1},
    "id": TEXT,
    "key": {"type": "string"},
    "type": {"type": "string"},
    "title": TEXT,
    "authors": NAMES,
    "authors_complete": {"type": "boolean"},
    "editors": NAMES,
    "editors_complete": {"type": "boolean"},
    "year": {"type": ["integer", "null"]},
    "date": TEXT,
    "venue": TEXT,
    "abstract": TEXT,
    "doi": TEXT,
    "arxiv": {
        "type": ["object", "null"], "properties": ARXIV, "required": sorted(ARXIV), "additionalProperties": False
    },
    "comment": TEXT,
    "journal_ref": TEXT,
    "url": TEXT,
    "sources": STRINGS,
    "fields": {"type": "object", "additionalProperties": {"type": "string"}},
}  # fmt: skip
SCHEMA = {"type": "object", "properties": MEMBERS, "required": sorted(MEMBERS), "additionalProperties": False}


def objects(made):
    text = formats.render(made, "jsonl").text
    read = [json.loads(line) for line in text.splitlines()]
    for one in read:
        jsonschema.validate(one, SCHEMA)
    return read


def only(kind, **fields):
    made = tuple(Field(name, value) for name, value in fields.items())
    (one,) = objects([Item(entry=Entry(entry_type=kind, key="k", fields=made))])
    return one


def test_every_object_has_every_member():
    assert [one["key"] for one in objects(items("jsonl"))] == [item.entry.key for item in items("jsonl")]


def test_a_paper_of_arxiv():
    first, second = objects(items("jsonl"))[:2]
    assert first == {
        "version": 1,
        "id": "arxiv:2401.00001",
        "key": "unlu2024true",
        "type": "online",
        "title": "100% of x₁² & <script>alert(1)</script>: the true story of "
        "$\\mathrm{Ext}^{n}_{\\Lambda}(M, \\hat{N}^{*})$",
        "authors": [
            {"family": "Çağlar Ünlü", "given": "Ágoston", "particle": None, "suffix": None, "literal": None},
            {"family": "Maaten", "given": "Øyvind", "particle": "van der", "suffix": None, "literal": None},
            {"family": None, "given": None, "particle": None, "suffix": None, "literal": "Gemma Team"},
        ],
        "authors_complete": True,
        "editors": [],
        "editors_complete": True,
        "year": 2024,
        "date": "2024-01-02",
        "venue": "arXiv",
        "abstract": "We show a/b ≤ ∑ᵢ₌₁ⁿxᵢ and more — “quoted”, naïve_name, 50%.",
        "doi": "10.1000/xyz",
        "arxiv": {"id": "2401.00001", "version": 3, "categories": ["cs.LG", "cs.CL"], "primary": "cs.LG"},
        "comment": "12 pages, 50% figures",
        "journal_ref": "J. Inv. 3 (2025) 14",
        "url": "https://arxiv.org/abs/2401.00001",
        "sources": ["notes/a b.md", "papers.txt"],
        "fields": {},
    }
    assert (len(second["authors"]), second["authors_complete"]) == (15, False)


def test_an_entry_that_somebody_wrote_keeps_all_its_fields():
    one = only(
        "inproceedings",
        author="Doe, Jo",
        title="{T}itle",
        booktitle="A \\& B",
        pages="1--2",
        keywords="x, y",
        file=":a\\_b.pdf:",
        year="2001",
        month="jun",
        crossref="c",
        doi="none",
        eprint="hal-1",
        eprinttype="hal",
    )
    assert one["fields"] == {
        "booktitle": "A & B",
        "pages": "1–2",
        "keywords": "x, y",
        "file": ":a_b.pdf:",
        "crossref": "c",
        "doi": "none",
        "eprint": "hal-1",
        "eprinttype": "hal",
    }
    assert (one["date"], one["venue"], one["doi"], one["arxiv"]) == ("2001-06", "A & B", None, None)


def test_a_date_that_is_none_keeps_its_words():
    assert only("misc", year="in press", month="Spring")["fields"] == {"month": "Spring"}
    assert only("misc", date="2001", year="2002")["fields"] == {"year": "2002"}


@pytest.mark.parametrize(
    "char", ["\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\ud800", "\0"]
)
def test_nothing_in_a_text_ends_a_line(char):
    item = Item(
        entry=Entry(entry_type="misc", key="k", fields=(Field("note", f"a{char}b"), Field("file", f"a{char}b")))
    )
    text = formats.render([item], "jsonl").text
    text.encode("utf-8")
    assert len(text.splitlines()) == 1


def test_the_documentation_names_every_member():
    section = (
        (Path(__file__).parent.parent / "docs" / "json.md")
        .read_text(encoding="utf-8")
        .partition("## JSON Lines")[2]
    )
    named = re.findall(r"`([a-z_]+)`", section)
    assert {*MEMBERS, *ARXIV, *NAME} <= set(named)
