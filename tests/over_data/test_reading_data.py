"""The formats that people read, for all papers of a public corpus and all entries of real `.bib` files."""

from __future__ import annotations

import json
import shutil
import unicodedata

import jsonschema
import pytest

from bibtools import bibfile, citekeys, formats, render
from bibtools.errors import UnusableFileError
from bibtools.formats import Item, keys
from bibtools.formats.showing import HIDES_NOTHING
from bibtools.formats.works import work_of
from bibtools.model import EntryOptions
from tests.answered import records
from tests.over_data.sampling import ALL, sample
from tests.standin.papers import load_papers
from tests.test_formats_html import by_class, loads, parsed
from tests.test_formats_jsonl import SCHEMA
from tests.test_formats_markdown import COMMONMARK, GITHUB, expected, inline, pandoc_text, same, shown


@pytest.fixture(scope="module")
def papers(data_folder):
    corpus = sample(records(load_papers(data_folder / "corpus_public.jsonl.gz")), 5)
    made = citekeys.assign(corpus, {})
    return [render.item_of(record, made[record.id], "html", EntryOptions())[0] for record in corpus]


@pytest.fixture(scope="module")
def entries(data_folder):
    found = {}
    for path in sorted((data_folder / "bib").glob("*.bib")):
        try:
            bib = bibfile.parse(bibfile.decode(path.read_bytes(), file=path.name).text)
        except UnusableFileError:
            continue
        macros = bibfile.macros(bib)
        for block in bibfile.entry_blocks(bib):
            entry = bibfile.entry_of(block, bib.text, macros)
            found.setdefault(entry.key, Item(entry=entry))
    named, _ = keys.distinct(list(found.values()), keys.rule_of("html"))  # some have no key
    return list(named)


@pytest.fixture(params=["papers", "entries"])
def works(request):
    return request.getfixturevalue(request.param)


def test_html_is_valid_and_loads_nothing(works):
    for start in range(0, len(works), 500):
        some = works[start : start + 500]
        tree = parsed(formats.render(some, "html").text)
        assert [work.get("id") or "" for work in by_class(tree, "work")] == [work_of(item).key for item in some]
        assert list(loads(tree)) == [("link", "href", "data:,")]


def test_few_formulas_are_left_as_code(papers):
    text = formats.render(papers, "html").text
    assert text.count("<math>") > (50 if ALL else 10)
    assert text.count("<code>") - len(papers) < 200


def test_jsonl_has_every_work(works):
    lines = formats.render(works, "jsonl").text.splitlines()
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for line, item in zip(lines, works, strict=True):
        one = json.loads(line)
        assert validator.is_valid(one), one
        assert one["key"] == work_of(item).key


@pytest.mark.parametrize("parser", [COMMONMARK, GITHUB], ids=["commonmark", "github"])
def test_markdown_shows_the_plain_text(works, parser):
    tokens = inline(parser, formats.render(works, "markdown", HIDES_NOTHING).text)
    odd = [
        (same(shown(children)), same(expected(item)))
        for children, item in zip(tokens, works, strict=True)
        if same(shown(children)) != same(expected(item))
    ]
    assert odd == []


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="no pandoc")
def test_pandoc_shows_the_plain_text(works):
    odd = []
    for start in range(0, len(works), 500):
        some = works[start : start + 500]
        texts = pandoc_text(formats.render(some, "markdown", HIDES_NOTHING).text)
        pairs = zip(texts, some, strict=True)
        odd += [(same(text), same(expected(item))) for text, item in pairs if same(text) != same(expected(item))]
    assert odd == []


def test_text_has_short_lines(works):
    lines = formats.render(works, "text").text.splitlines()
    wide = [line for line in lines if sum(not unicodedata.combining(char) for char in line) > 76]
    assert [line for line in wide if " " in line.strip()] == []
