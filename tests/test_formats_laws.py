"""Writing, reading and writing again gives the same document, whatever stands in it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools import formats, render
from bibtools.bibfile.scanner import is_balanced
from bibtools.formats import Item
from bibtools.formats.csl.tables import TYPES
from bibtools.model import Entry, EntryOptions, Field, Name, PartialDate, Record
from tests.answered import seed_records

SCHEMA = json.loads((Path(__file__).parent / "csl-data.schema.json").read_text(encoding="utf-8"))

PIECES = [
    "\\&", "%", "#", "$", "{", "}", "\\", '"', "\n", "\t", "😀", "אבג", "\u202e", "e\u0301", "\u0338", "漢字", "α",
    "x_1", "$x_1$", "\\emph{", "\\alpha", "<i>", "</i>", "&amp;", "--", "``", "''", "~", "^", "*", "_", "`", "[a]",
    "@b", "≤", " and ", ", ", "others", "BERT", "of the", "(2)", "1984. ", "- ", ": ", "| ", "\u2028", "\x00", "'",
]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=8).map("".join)
NAMES = st.builds(Name, family=HOSTILE, given=HOSTILE, particle=st.sampled_from(["", "van der", "de"]),
                  suffix=st.sampled_from(["", "Jr.", "III"])) | st.builds(Name, literal=HOSTILE)  # fmt: skip
RECORDS = st.builds(
    Record,
    id=st.sampled_from(["arxiv:1706.03762", "arxiv:hep-th/9901001"]),
    title=HOSTILE,
    authors=st.lists(NAMES, max_size=4).map(tuple),
    authors_complete=st.booleans(),
    abstract=HOSTILE,
    published=st.just(PartialDate(2017, 6, 12)),
    primary_category=st.sampled_from(["cs.CL", "hep-th", ""]),
    dois=st.lists(HOSTILE, max_size=2).map(tuple),
)
FIELDS = """
subtitle shorttitle author editor translator journaltitle journal booktitle maintitle issuetitle series
volume number issue eid pages edition publisher institution school organization howpublished location address date
year month day urldate url doi isbn note annotation abstract keywords type language langid eprint eprinttype
eprintclass version entrysubtype custom_field file addendum pubstate
"""
VALUES = HOSTILE.filter(is_balanced) | st.sampled_from(
    ["2017", "2017-06/2018", "jun", "12", "arxiv", "1706.03762", "phdthesis", "german",
     "Doe, Jo and {A Team} and others", "https://x.org/a_b%20c?d={e}", "10.1000/a_b", "1--2, 5",
     "magazine", "in press", "1997/", "199X"]
)  # fmt: skip
ENTRIES = st.builds(
    Entry,
    entry_type=st.sampled_from([*TYPES, "phdthesis", "techreport", "odd"]),
    key=st.sampled_from(["a", "b:2017", "Ünl-x"]),
    fields=st.lists(
        st.builds(Field, st.sampled_from(FIELDS.split()), VALUES), unique_by=lambda field: field.name, max_size=8
    ).map(lambda fields: (Field("title", "T"), *fields)),
)
READABLE = [name for name in formats.FORMATS if name in formats.READABLE]


def written(items, format):
    return formats.render(items, format).text


def check(items, format):
    once = written(items, format)
    parsed = formats.parse(once, format)
    assert [problem for problem in parsed.problems if problem.severity == "error"] == []
    again = written([Item(entry=read.entry) for read in parsed.entries], format)
    assert again == once
    return once


@pytest.mark.parametrize("format", READABLE)
@settings(max_examples=150)
@given(RECORDS)
def test_records(format, record):
    item, _ = render.item_of(record, "key", format, EntryOptions())
    check([item], format)


@pytest.mark.parametrize("format", READABLE)
@settings(max_examples=150)
@given(ENTRIES)
def test_entries_of_any_kind(format, entry):
    check([Item(entry=entry)], format)


@settings(max_examples=150)
@given(ENTRIES)
def test_every_csl_item_is_valid(entry):
    jsonschema.validate(json.loads(written([Item(entry=entry)], "csl-json")), SCHEMA)


@pytest.mark.parametrize("format", READABLE)
def test_the_seeds_and_a_long_list_of_authors(format):
    crowd = Record(
        id="arxiv:1706.03762", title="T", authors=tuple(Name(family=f"F{i}", given="G.") for i in range(400))
    )
    records = (*seed_records(), crowd)
    items = [
        render.item_of(record, f"k{number}", format, EntryOptions())[0] for number, record in enumerate(records)
    ]
    once = check(items, format)
    assert len(formats.parse(once, format).entries) == len(records)


@pytest.mark.parametrize("format", READABLE)
def test_an_empty_document(format):
    assert formats.parse(written([], format), format).entries == ()
