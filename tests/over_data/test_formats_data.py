"""The papers of a public corpus (a sample, or all) in every format that can be read, and back without loss."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from bibtools import citekeys, formats, latex, render
from bibtools.formats import Item, dates
from bibtools.formats.dialects import to_biblatex
from bibtools.latex.plain import to_plain
from bibtools.model import EntryOptions
from tests.answered import records
from tests.over_data.sampling import sample
from tests.standin.papers import load_papers

SCHEMA = json.loads((Path(__file__).parent.parent / "csl-data.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def corpus(data_folder):
    papers = sample(records(load_papers(data_folder / "corpus_public.jsonl.gz")), 5)
    return papers, citekeys.assign(papers, {})


@pytest.mark.parametrize("format", formats.READABLE)
def test_round_trip_of_a_corpus(corpus, format):
    papers, keys = corpus
    options = EntryOptions(abstract=True)
    items = [render.item_of(record, keys[record.id], format, options)[0] for record in papers]
    once = formats.render(items, format).text
    parsed = formats.parse(once, format)
    assert parsed.problems == ()
    assert formats.render([Item(entry=read.entry) for read in parsed.entries], format).text == once
    lost = [
        (item.entry.key, differences(item.entry, read.entry))
        for item, read in zip(items, parsed.entries, strict=True)
        if differences(item.entry, read.entry)
    ]
    assert lost == []


def differences(old, new):
    """The fields that do not say the same; a text says the same if it is the same when typeset."""
    old, new = to_biblatex(old), to_biblatex(new)
    names = {field.name for field in (*old.fields, *new.fields)}
    found = {} if old.entry_type == new.entry_type else {"type": (old.entry_type, new.entry_type)}
    for name in names:
        before, after = old.get(name) or "", new.get(name) or ""
        if before != after and not same(name, before, after):
            found[name] = (before, after)
    return found


def same(name, before, after):
    if name == "date":
        return dates.parse(before) == dates.parse(after)
    return any(unspaced(write(before)) == unspaced(write(after)) for write in (latex.to_html, to_plain))


def unspaced(value):
    """The text without its blanks: a formula read from characters is spaced anew. RIS has no emphasis."""
    return "".join(value.split())


def test_every_csl_item_is_valid(corpus):
    papers, keys = corpus
    items = [render.item_of(record, keys[record.id], "csl-json", EntryOptions())[0] for record in papers]
    made = json.loads(formats.render(items, "csl-json").text)
    jsonschema.validate(made, SCHEMA)
    assert [item["archive_location"] for item in made] == [record.arxiv_number for record in papers]
