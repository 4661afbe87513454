"""Every author of a corpus: split, stored, written for BibTeX and read again by pybtex."""

import gzip
import json
from dataclasses import replace

import pytest
from pybtex.database import Person

from bibtools import latex, names
from tests.standin.tex2utf import tex2utf

PARTS = ("family", "given", "particle", "suffix")


@pytest.fixture(scope="module")
def lists(data_folder):
    with gzip.open(data_folder / "corpus_public.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [[tex2utf(author) for author in json.loads(line)["authors"]] for line in lines]


@pytest.fixture(scope="module")
def people(lists):
    found = {name for authors in lists for name in names.parse_served(authors).names}
    assert len(found) > 10_000
    return found


def test_names_are_stored_readably_and_exactly(people):
    for name in people:
        stored = names.render_stored(name)
        assert names.parse_stored(stored) == name
        assert not stored.startswith("=")


def test_pybtex_reads_the_parts_that_were_written(people):
    for name in people:
        if name.literal:
            continue
        encoded = replace(name, **{p: latex.encode_name_part(getattr(name, p), bibtex=True) for p in PARTS})
        person = Person(names.bibtex(encoded))
        family = " ".join(person.last_names)
        if family.startswith("{") and not encoded.family.startswith("{"):
            family = family[1:-1]
        given = " ".join(person.first_names + person.middle_names)
        got = (family, given, " ".join(person.prelast_names), " ".join(person.lineage_names))
        assert got == tuple(getattr(encoded, part) for part in PARTS)


def test_nearly_every_name_makes_a_key(people):
    assert [name for name in people if not names.key_family(name)] == []


def test_each_list_agrees_with_itself(lists):
    for authors in lists:
        served = names.parse_served(authors).names
        if len({names.render_stored(name) for name in served}) == len(served) and served:
            assert names.author_overlap(served, served) == 1.0


def test_what_stands_before_a_colon_is_a_literal(lists):
    marked = [authors for authors in lists if ":" in authors[1:]]
    assert marked
    for authors in marked:
        before = authors[authors.index(":", 1) - 1]
        assert before in {name.literal for name in names.parse_served(authors).names}


def test_the_word_rule_takes_few_names_for_collectives(lists):
    found = {name for authors in lists for name in authors if names.is_collective(name)}
    assert 0 < len(found) < 100
