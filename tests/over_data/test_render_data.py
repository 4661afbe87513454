"""Rendering all papers of a public corpus, as the service would answer them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from bibtools import bibfile, citekeys, render
from bibtools.model import EntryOptions
from tests.answered import records
from tests.standin.papers import load_papers

SCHEMA = json.loads((Path(__file__).parent.parent / "csl-data.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def items(data_folder):
    corpus = records(load_papers(data_folder / "corpus_public.jsonl.gz"))
    keys = citekeys.assign(corpus, {})
    return [(keys[record.id], record) for record in corpus]


def test_keys_are_unique_and_plain(items):
    keys = [key for key, _ in items]
    assert len(set(keys)) == len(items)
    odd = [
        (key, record.title)
        for key, record in items
        if not re.fullmatch(r"[a-z][a-z0-9]*(19|20)\d\d[a-z0-9]*", key)
    ]
    assert odd == []


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_every_entry_reads_back_as_it_was_rendered(items, format, encoding):
    options = EntryOptions(format=format, abstract=True, encoding=encoding)
    exported = render.export(items, format, options)
    assert {problem.code for problem in exported.problems} <= {
        "journal-ref-unread",
        "latex-unknown-character",
        "latex-needs-t1",
        "latex-unknown-command",
    }
    bib = bibfile.parse(exported.text)
    assert bib.problems == ()
    macros = bibfile.macros(bib)
    for (key, record), block in zip(items, bib.entries, strict=True):
        assert bibfile.entry_of(block, bib.text, macros) == render.render_entry(record, key, options).entry
    if encoding == "ascii":
        reported = {p.key for p in exported.problems if p.code == "latex-unknown-character"}
        assert {
            block.key for block in bib.entries if not bib.text[block.span.start : block.span.stop].isascii()
        } <= reported


def test_every_item_is_valid_and_plain(items):
    made = json.loads(render.export(items, "csl-json", EntryOptions()).text)
    jsonschema.validate(made, SCHEMA)
    assert [item["archive_location"] for item in made] == [record.arxiv_number for _, record in items]
    assert all(len(item["author"]) >= len(record.authors) for item, (_, record) in zip(made, items, strict=True))
    left = [(item["id"], item["title"]) for item in made if re.search(r"\\[A-Za-z]+", item["title"])]
    assert len(left) < len(made) / 100, left[:20]
