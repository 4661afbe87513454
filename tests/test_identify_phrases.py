"""Phrases and requests: what is asked for, and what is kept away from."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools.identify.batches import ROOM, pack, with_doi
from bibtools.identify.phrases import phrases, telling_words, title_runs
from bibtools.identify.plan import plan, title_rounds, with_author
from tests.identifying import mention
from tests.standin import analysis
from tests.standin.papers import seed_papers
from tests.standin.tex2utf import tex2utf


def words_of(text):
    return [phrase.text for phrase in phrases(text, enough=14.0)]


@pytest.mark.parametrize("paper", seed_papers()[:80], ids=lambda paper: paper.id)
def test_a_phrase_stands_in_the_indexed_text(paper):
    """Each phrase of an undamaged text is found by the service's own analysis, word by word."""
    indexed = analysis.as_it_stands(tex2utf(paper.abstract))
    for phrase in phrases(paper.abstract):
        wanted = phrase.text.split()
        starts = [at for at, word in enumerate(indexed) if word == wanted[0]]
        assert any(indexed[at : at + len(wanted)] == wanted for at in starts), phrase.text


@pytest.mark.parametrize(
    ("text", "avoided"),
    [
        ("we study spectral gaps of $x$ random lattice operators", "gaps random"),
        ("we study spectral gaps of \\emph{random} lattice operators", "emph"),
        ("the Schrödinger lattice operators diffuse quickly outward", "schr"),
        ("graph neural trans-\nport networks diffuse quickly outward", "trans"),
        ("graph neural trans- port networks diffuse quickly outward", "trans port"),
        ("lattice gauge theories. Quantum walks diffuse", "theories quantum"),
        ("see github.com/snow for details of lattice gauge diffusion", "github"),
        ("Newton's lattice operators diffuse quickly outward", "newton"),
        ("the 3D lattice x_1 operators diffuse quickly outward", "lattice x"),
    ],
)
def test_what_may_be_written_otherwise_is_avoided(text, avoided):
    assert not [phrase for phrase in words_of(text) if avoided in phrase]


def test_phrases_do_not_overlap_and_begin_far_apart():
    abstract = seed_papers()[0].abstract
    found = phrases(abstract)
    places = [place for phrase in found for place in range(phrase.start, phrase.start + len(phrase.text.split()))]
    assert len(places) == len(set(places))
    assert found[0].sentence != found[1].sentence


def test_a_coined_name_is_telling():
    older = next(paper for paper in seed_papers() if paper.id == "2301.05062").older_versions[0]
    assert telling_words(older.abstract)[0] == "tracr"


@pytest.mark.parametrize(
    ("title", "runs"),
    [
        ("Attention Is All You Need", ("attention is all you need",)),
        ("AtP*: An efficient method", ("atp an efficient method",)),
        ("Gemini 1.5: Unlocking understanding", ("gemini 1.5 unlocking understanding",)),
        ("On $L^2$-extension of closed forms", ("extension of closed forms",)),
        ("Who's asking? User personas", ("asking user personas",)),
        ("Bézier meets diffusion", ("meets diffusion",)),
        ("$E = mc^2$", ()),
        ("", ()),
    ],
)
def test_title_runs(title, runs):
    assert title_runs(title) == runs


def test_a_title_is_asked_for_whole_then_in_parts():
    rounds = title_rounds("Weighing Snow on the Roofs of Railway Stations")
    assert rounds[0] == ('ti:"weighing snow on the roofs of railway stations"',)
    assert all('ti:"' in clause for clause in rounds[1])
    assert all(" AND " in clause for clause in rounds[2])


def test_a_title_that_many_contain_is_asked_for_with_an_author():
    assert with_author("Imagen 3", ("Baldridge, Jason",)) == '(ti:"imagen 3" AND au:baldridge)'
    assert with_author("Imagen 3", ()) is None
    assert with_author("Imagen 3", ("Jason Müller",)) == '(ti:"imagen 3" AND au:muller)'


def test_a_plan_is_short_at_first_and_bounded():
    paper = seed_papers()[0]
    rounds = plan(mention(paper.title, abstract=paper.abstract))
    assert len(rounds[0]) == 2
    assert sum(map(len, rounds)) <= 30


BALANCED = re.compile(r'(?:[^"\\]*"[^"\\]*")*[^"\\]*')


@given(st.text(max_size=300), st.text(max_size=100))
def test_nothing_in_a_text_breaks_a_query(abstract, title):
    for query in pack(
        clause for group in plan(mention(title or "x", abstract=abstract or "x")) for clause in group
    ):
        assert BALANCED.fullmatch(query.search)
        assert query.search.count("(") == query.search.count(")")
        assert query.search.isascii()
        assert not re.search(r"(?:^|[(: ])[*?]", query.search)


@given(st.lists(st.text("abc \u00e9", min_size=1, max_size=60), max_size=60))
def test_requests_are_full_but_not_too_long(texts):
    clauses = [f'abs:"{text}"' for text in texts]
    packed = pack(clauses)
    assert [clause for query in packed for clause in query.search.split(" OR ")] == list(dict.fromkeys(clauses))
    assert all(len(quote_plus(query.search)) <= ROOM for query in packed)


@pytest.mark.parametrize("doi", ["", "11.1/x", "10.1/ü", "10.1/" + "x" * 300, "10.1/a\nb"])
def test_what_is_no_doi_is_not_asked_for(doi):
    assert with_doi(doi) == ()


@pytest.mark.parametrize("doi", ['10.1002/(sici)1097"x', "10.1002/(sici)1097-0258", "10.1/a*b\\c"])
def test_odd_signs_of_a_doi_do_no_harm(doi):
    pattern = with_doi(doi)[-1]
    assert re.fullmatch(r"doi:10\.[0-9.?-]*", pattern)
    assert len(pattern) == len(doi) + 4
