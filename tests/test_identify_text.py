"""Texts compared: what is the same in another writing, and what is another text."""

from __future__ import annotations

import random
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools.identify.alignment import align, is_slip
from bibtools.identify.authors import agreement, begins_with, writers
from bibtools.identify.commonness import familiar, rarity
from bibtools.identify.likeness import TitleMatch, match_titles, year_agrees
from bibtools.identify.words import split
from bibtools.model import Name, PartialDate, Record
from tests.standin.papers import seed_papers

TEXT = (
    "We weigh snow on the roofs of railway stations with strain gauges glued to their beams. The load of a single "
    "winter night moves a beam by less than the width of a hair, yet eleven stations agree within four percent. "
    "A model with $\\alpha = 0.3$ and Fr\\'echet noise explains why fine-grained snow is \\emph{heavier} than it "
    "looks. Our measurements are efficient, reproducible and open to anybody who owns a ladder."
)


def in_column(text):
    lines = textwrap.wrap(text, 40, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace("reproducible", "repro-\nducible").replace("measurements", "measure-\nments")


def flat(text):
    return text.replace("$\\alpha = 0.3$", "α = 0.3").replace("\\'e", "é").replace("\\emph{heavier}", "heavier")


WRITINGS = {
    "as it is": TEXT,
    "upper case": TEXT.upper(),
    "a column with hyphens": in_column(TEXT),
    "mathematics as Unicode": flat(TEXT),
    "mathematics lost": TEXT.replace("$\\alpha = 0.3$", ""),
    "ligatures": TEXT.replace("fi", "ﬁ").replace("ffi", "ﬃ"),
    "words run together": TEXT.replace("railway stations", "railwaystations"),
    "a word split": TEXT.replace("winter", "win ter"),
    "slips": TEXT.replace("railway", "raliway")
    .replace("percent", "percemt")
    .replace("measurements", "mesurements"),
    "misread": TEXT.replace("station", "statlon").replace("beam", "bearn").replace("model", "mode1"),
    "soft hyphens": TEXT.replace("reproducible", "repro\u00adducible"),
}


@pytest.mark.parametrize("writing", WRITINGS.values(), ids=WRITINGS)
def test_another_writing_is_the_same_text(writing):
    found = align(split(writing), split(TEXT))
    assert found.ours > 0.985
    assert found.theirs > 0.985
    assert found.foreign < 0.6


REPLACED = {"snow": "rain", "roofs": "hulls", "railway stations": "harbours", "ladder": "boat"}


def test_other_words_are_another_text():
    other = TEXT
    for mine, yours in REPLACED.items():
        other = other.replace(mine, yours)
    assert align(split(other), split(TEXT)).ours < 0.93


def test_a_piece_stands_in_the_whole_but_not_the_other_way_round():
    piece = TEXT.partition(". A model")[0]
    found = align(split(piece), split(TEXT))
    assert found.ours == pytest.approx(1.0)
    assert found.theirs < 0.65


def test_scattered_common_words_are_chance():
    papers = [split(paper.abstract) for paper in seed_papers() if not paper.invented]
    found = [align(one, other) for one in papers for other in papers if one is not other]
    assert max(each.ours for each in found) < 0.3


SNOW = ("snow", "roof", "beam", "night", "winter", "load", "hair", "ladder", "model", "of", "the", "a")


@given(st.lists(st.sampled_from(SNOW), max_size=40))
def test_a_text_stands_in_itself(words):
    text = split(" ".join(words))
    found = align(text, text)
    assert found.ours == found.theirs == (pytest.approx(1.0) if text.words else 0.0)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(first, second):
    found = align(split(first), split(second))
    assert 0.0 <= found.ours <= 1.0
    assert 0.0 <= found.theirs <= 1.0


@given(st.integers(0, 10_000))
def test_few_slips_never_make_another_text(seed):
    rng = random.Random(seed)
    words = TEXT.split(" ")
    for number in rng.sample([n for n, word in enumerate(words) if len(word) > 5 and word.isalpha()], 3):
        word, at = words[number], rng.randrange(1, 4)
        words[number] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert align(split(" ".join(words)), split(TEXT)).ours > 0.95


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("methods", "methods", True),
        ("methods", "mehtods", True),
        ("methods", "rnethods", True),
        ("classical", "dassical", True),
        ("model", "mode1", True),
        ("reinforcement", "reinforcment", True),
        ("prime", "natural", False),
        ("projective", "injective", False),
        ("symmetric", "asymmetric", False),
        ("stable", "unstable", False),
        ("convex", "nonconvex", False),
        ("ii", "iii", False),
        ("odd", "add", True),
        ("cat", "dog", False),
    ],
)
def test_slips(first, second, same):
    assert is_slip(first, second) is same
    assert is_slip(second, first) is same


TITLES = [
    ("Attention Is All You Need", "Attention is all you need.", TitleMatch.SAME),
    ("Pre-training of GPT-4", "Pretraining of GPT-4", TitleMatch.SAME),
    ("On $L^2$-extension of forms", "On L2-extension of forms", TitleMatch.SAME),
    ("$\\sigma$-PBW extensions of skew rings", "σ-PBW extensions of skew rings", TitleMatch.SAME),
    ("Weighing Snow on Railway Stations", "Weighing Snow on Raliway Stations", TitleMatch.SLIP),
    ("Rings of order", "Rings of order $p^2$", TitleMatch.SLIP),
    ("Weighing Snow", "Weighing Snow on the Roofs of Railway Stations", TitleMatch.OTHER),
    ("Weighing Snow on Roofs", "Weighing Snow on Roofs. II", TitleMatch.PART),
    ("Weighing Snow on Roofs I", "Weighing Snow on Roofs", TitleMatch.OTHER),
    ("Weighing Snow on Roofs: Part 1", "Weighing Snow on Roofs: Part 2", TitleMatch.OTHER),
    ("Extensions of $S_{2,2}$-free graphs", "Extensions of $S_{1,5}$-free graphs", TitleMatch.OTHER),
    ("Search for $B^+ \\to K^+$ decays", "Search for B+ → K+ decays", TitleMatch.SAME),
    ("Search for $B^+ \\to K^+$ decays", "Search for B + → K + decays", TitleMatch.SAME),
    ("Search for K − π + decays", "Search for $K^-\\pi^+$ decays", TitleMatch.SAME),
    ("Search for $B^+ \\to K^+$ decays", "Search for $B^- \\to K^-$ decays", TitleMatch.OTHER),
    ("Search for B⁺ → K⁺ decays", "Search for $B^- \\to K^-$ decays", TitleMatch.OTHER),
    ("Search for B → K decays", "Search for $B^+ \\to K^+$ decays", TitleMatch.OTHER),
    ("Decays of the ψ meson", "Decays of the $\\psi$' meson", TitleMatch.OTHER),
    ("Decays of the ψ′ meson", "Decays of the $\\psi$ meson", TitleMatch.OTHER),
    ("A parser of C++ programs", "A parser of C programs", TitleMatch.OTHER),
    ("A parser of C programs", "A parser of C# programs", TitleMatch.OTHER),
    ("Regularity in L² spaces", "Regularity in $L_2$ spaces", TitleMatch.OTHER),
    ("Regularity in L2 spaces", "Regularity in $L_2$ spaces", TitleMatch.SAME),
    ("Production of W⁺ bosons", "Production of $W^\\pm$ bosons", TitleMatch.OTHER),
    ("The case x < y of a law", "The case $x > y$ of a law", TitleMatch.OTHER),
    ("Search for $B^+$ decays", "Search for $B^-$ decays in beams of hadrons", TitleMatch.OTHER),
    ("$\\sigma$-PBW extensions of skew rings", "$\\pi$-PBW extensions of skew rings", TitleMatch.OTHER),
    ("The *-core of an ideal", "The core of an ideal", TitleMatch.OTHER),
    ("Symmetric spaces of snow", "Asymmetric spaces of snow", TitleMatch.OTHER),
    ("Imagen 3", "Imagen 2", TitleMatch.OTHER),
    ("", "Imagen 2", TitleMatch.OTHER),
]


@pytest.mark.parametrize(("ours", "theirs", "match"), TITLES, ids=[row[0] or "none" for row in TITLES])
def test_titles(ours, theirs, match):
    found = match_titles(split(ours), split(theirs))[0]
    same_kind = found is match or {found, match} <= {TitleMatch.OTHER, TitleMatch.PART}
    assert same_kind, found


def test_a_known_word_is_no_slip_in_a_title():
    assert (
        match_titles(split("Causal inference in snow"), split("Casual inference in snow"))[0]
        is not TitleMatch.SAME
    )
    assert (
        match_titles(split("The state of snow on roofs"), split("The stage of snow on roofs"))[0] < TitleMatch.SLIP
    )


TEAM = writers(
    [
        Name(given="Ashish", family="Vaswani"),
        Name(given="Noam", family="Shazeer"),
        Name(given="Wouter", particle="van", family="Berg"),
        Name(literal="Gemma Team"),
    ]
)


@pytest.mark.parametrize(
    ("names", "share"),
    [
        (["Ashish Vaswani", "Noam Shazeer"], 1.0),
        (["Vaswani, A.", "Shazeer, N."], 1.0),
        (["VASWANI A"], 1.0),
        (["Vaswani"], 1.0),
        (["W. van Berg"], 1.0),
        (["Gemma Team"], 1.0),
        (["Noam Vaswani", "Ashish Shazeer"], 0.0),
        (["Ashish Vaswani", "J. Doe"], 0.5),
        (["J. Doe", "et al."], 0.0),
        (["et al."], None),
        ([], None),
    ],
)
def test_authors(names, share):
    assert agreement(names, TEAM) == share


def test_a_long_list_holds_common_names_by_chance():
    crowd = writers(
        [Name(given=f"A{n}", family=f"Family{chr(97 + n % 26)}{chr(97 + n // 26)}") for n in range(60)]
    )
    assert agreement(["Familyaa"], crowd) == 1.0
    assert agreement(["Familyaz"], crowd) in (0.0, None)
    assert agreement(["Familyhc", "Familyab"], crowd) == 0.0


def test_spelling_and_order_tell_namesakes_apart():
    assert begins_with(["Ashish Vaswani", "Noam Shazeer"], TEAM)
    assert not begins_with(["Noam Shazeer", "Ashish Vaswani"], TEAM)
    assert not begins_with(["A. Vaswani"], TEAM)
    assert not begins_with([], TEAM)


@pytest.mark.parametrize(
    ("year", "agrees"), [(2016, True), (2017, True), (2020, True), (2025, True), (2026, False), (2015, False)]
)
def test_years(year, agrees):
    assert year_agrees(year, Record(id="arxiv:1706.03762", published=PartialDate(2017, 6, 12))) is agrees


def test_a_year_that_nobody_wrote_says_nothing():
    assert year_agrees(None, Record(id="arxiv:1706.03762", published=PartialDate(2017))) is None


@pytest.mark.parametrize("word", ["the", "model", "models", "studied", "properties", "training", "quantum"])
def test_common_words_are_familiar(word):
    assert familiar(word)
    assert rarity(word) < 12


@pytest.mark.parametrize("word", ["tracr", "rnodels", "diphoton", "zxqv"])
def test_rare_words_and_slips_are_not(word):
    assert not familiar(word)
    assert rarity(word) >= 9
