"""RIS over all papers of a public corpus and over real `.bib` files: written, and read again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
import rispy

from bibtools import bibfile, citekeys, names, render
from bibtools.formats import ris
from bibtools.formats.dialects import to_biblatex
from bibtools.formats.items import Item
from bibtools.latex.plain import to_plain
from bibtools.model import EntryOptions
from tests.answered import records
from tests.standin.papers import load_papers


@pytest.fixture(scope="module")
def corpus(data_folder):
    listed = records(load_papers(data_folder / "corpus_public.jsonl.gz"))
    keys = citekeys.assign(listed, {})
    items = [(keys[record.id], record) for record in listed]
    return listed, items, render.export(items, "ris", EntryOptions())


@pytest.fixture(scope="module")
def entries(data_folder):
    found = []
    for path in sorted((data_folder / "bib").glob("*.bib")):
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
        bib = bibfile.parse(text)
        macros = bibfile.macros(bib)
        found += [bibfile.entry_of(block, text, macros) for block in bib.entries]
    return found


def says(value):
    value = re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]", "", to_plain(value or ""))
    return re.sub(r"[\s–—-]+", "-", unicodedata.normalize("NFKC", value))


def test_a_paper_loses_nothing(corpus):
    listed, items, made = corpus
    lost = {p.key: p.message for p in made.problems if p.code.startswith("format-lost")}
    assert len(lost) <= 2  # their abstracts show TeX's own signs
    back = ris.parse(made.text)
    assert back.problems == ()
    for record, (key, _), read in zip(listed, items, back.entries, strict=True):
        entry = read.entry
        wanted, _ = render.item_of(record, key, "ris", EntryOptions())
        assert entry.key == key
        assert entry.entry_type == wanted.entry.entry_type
        for name in ("title", "abstract", "author", "date", "eprint", "eprinttype", "doi"):
            assert key in lost or says(entry.get(name)) == says(wanted.entry.get(name)), (key, name)
        assert names.parse_bibtex(entry.get("author") or "") == names.parse_bibtex(
            wanted.entry.get("author") or ""
        ) or says(entry.get("author")) == says(wanted.entry.get("author"))
        assert entry.get("eprintclass") == (wanted.entry.get("eprintclass") or None)


def test_written_read_and_written_again_it_is_the_same(corpus):
    _, _, made = corpus
    lost = {p.key for p in made.problems if p.code.startswith("format-lost")}
    entries = [one.entry for one in ris.parse(made.text).entries]
    kept = [Item(entry=entry) for entry in entries if entry.key not in lost]
    once = ris.render(kept)
    assert once.problems == ()
    assert set(once.text.rstrip().split("\n\n")) <= set(made.text.rstrip().split("\n\n"))


def test_rispy_reads_every_paper(corpus):
    listed, _, made = corpus
    entries = [one.entry for one in ris.parse(made.text).entries]
    for record, item, entry in zip(listed, rispy.loads(made.text), entries, strict=True):
        assert item["year"] == entry.get("date")[:4]
        assert item["accession_number"].startswith(f"arXiv:{record.arxiv_number}")
        assert len(item["authors"]) == len(record.authors) + (not record.authors_complete)
        assert "unknown_tag" not in item


RENAMED = {
    "subtitle", "booksubtitle", "langid", "year", "month", "address", "howpublished", "publisher", "organization",
    "institution", "pages", "location", "title", "booktitle",
}  # fmt: skip
"""Fields whose text stands in another field after RIS."""
REWORDED = {"date", "urldate", "type", "doi", "url", "year", "month"}
"""Fields that say the same in other words: a date in figures, a DOI without its resolver, an address of the id."""


def people(value):
    """The names in one order, commas and braces aside."""
    listed = names.parse_bibtex(value or "").names
    return [says(one.literal or one.natural).replace(",", "").split("-") for one in listed]


def same(name, wanted, read, everything):
    if name in ("author", "editor", "translator", "bookauthor", "holder"):
        return people(read) == people(wanted)
    if name == "keywords":
        return {says(word.strip()) for word in re.split("[,;]", read or "")} >= {
            says(word.strip()) for word in re.split("[,;\n]", wanted) if word.strip()
        }
    said, kept = (re.sub(r"\A(\d+)-\1\Z", r"\1", says(value).strip("-")) for value in (wanted, read))
    return kept == said or name in REWORDED or (name in RENAMED and said in everything)


def test_of_an_entry_only_what_was_reported_is_lost(entries):
    made = ris.render([Item(entry=replace(entry, key=entry.key or "none")) for entry in entries])
    reported = {}
    for problem in made.problems:
        reported.setdefault(problem.key, []).append(problem)
    back = ris.parse(made.text).entries
    assert len(back) == len(entries)
    by_key = {}
    for one in back:
        by_key.setdefault(one.entry.key, []).append(one.entry)
    wrong = []
    for entry in entries:
        lost = {
            name for p in reported.get(entry.key, ()) for name in p.message.partition("all of ")[2].split(", ")
        }
        if not entry.key or len(by_key.get(entry.key, ())) != 1:
            continue
        (read,) = by_key[entry.key]
        everything = " ".join(says(field.value) for field in read.fields)
        seen = set()
        for field in to_biblatex(entry).fields:
            name = field.name.lower()
            if name in lost or name in seen or not says(field.value).strip("-"):
                continue
            seen.add(name)
            if not same(name, field.value, read.get(name), everything):
                wrong.append((entry.key, name, field.value, read.get(name)))
    assert not wrong, "\n".join(str(one)[:400] for one in wrong)
