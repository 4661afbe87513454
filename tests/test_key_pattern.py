"""The pattern that the keys of a bibliography follow, found and followed."""

from __future__ import annotations

import re

import pytest

from bibtools import bibfile, citekeys
from bibtools.workflow import key_pattern
from bibtools.workflow.key_pattern import pattern_of

WORKS = [
    ("Vaswani, Ashish and Shazeer, Noam and Parmar, Niki", "Attention Is All You Need", 2017),
    ("Maldacena, Juan", "The Large {N} limit of superconformal field theories", 1997),
    ("van der Maaten, Laurens and Hinton, Geoffrey", "Visualizing Data using t-SNE", 2008),
    ("Kram{\\'a}r, J{\\'a}nos and Lieberum, Tom", "{AtP*}: An efficient method for localizing behaviour", 2024),
    ("{Gemma Team}", "Gemma 2: Improving Open Language Models", 2024),
    ("MacDonald, Ann and Byron, Ada and Curie, Marie and Doe, Jo", "On the Mechanics of Maps", 1986),
]


def entries(keys):
    text = "".join(
        f"@article{{{key},\n author = {{{author}}},\n title = {{{title}}},\n year = {year},\n}}\n"
        for key, (author, title, year) in zip(keys, WORKS, strict=False)
    )
    bib = bibfile.parse(text)
    return [bibfile.entry_of(block, text) for block in bib.entries]


FOUND = {
    "Google Scholar": (
        "vaswani2017attention maldacena1997large vandermaaten2008visualizing kramar2024atp gemmateam2024gemma macdonald1986mechanics",
        "{family}{year}{word}",
    ),
    "JabRef": (
        "Vaswani2017 Maldacena1997 VanderMaaten2008 Kramar2024 GemmaTeam2024 MacDonald1986",
        "{Family}{year}",
    ),
    "small letters": (
        "vaswani2017 maldacena1997 vandermaaten2008 kramar2024 gemmateam2024 macdonald1986",
        "{family}{year}",
    ),
    "Crossref": (
        "Vaswani_2017 Maldacena_1997 VanderMaaten_2008 Kramar_2024 GemmaTeam_2024 MacDonald_1986",
        "{Family}_{year}",
    ),
    "Zotero": (
        "vaswani_attention_2017 maldacena_large_1997 vandermaaten_visualizing_2008 kramar_atp_2024 gemmateam_gemma_2024 macdonald_mechanics_1986",
        "{family}_{word}_{year}",
    ),
    "Better BibTeX": (
        "vaswaniAttentionAllYou2017 maldacenaLargeLimitSuperconformal1997 vandermaatenVisualizingDataUsing2008 kramarAtPEfficientMethod2024 gemmateamGemmaImprovingOpen2024 macdonaldMechanicsMaps1986",
        "{family}{Words3}{year}",
    ),
    "two authors": (
        "VaswaniShazeer2017 Maldacena1997 VanderMaatenHinton2008 KramarLieberum2024 GemmaTeam2024 MacDonaldByron1986",
        "{Authors2}{year}",
    ),
    "JabRef's etal": (
        "VaswaniShazeerEtAl2017 Maldacena1997 VanderMaatenHinton2008 KramarLieberum2024 GemmaTeam2024 MacDonaldByronEtAl1986",
        "{Etal2}{year}",
    ),
    "dblp": (
        "VaswaniSP17 Maldacena97 VanderMaatenH08 KramarL24 GemmaTeam24 MacDonaldBCD86",
        "{Family}{Initials}{yy}",
    ),
    "ACL": (
        "vaswani-etal-2017-attention maldacena-1997-large vandermaaten-hinton-2008-visualizing kramar-lieberum-2024-atp gemmateam-2024-gemma macdonald-etal-1986-mechanics",
        "{families2:-}-{year}-{word}",
    ),
    "INSPIRE": (
        "Vaswani:2017lxt Maldacena:1997re VanderMaaten:2008tsn Kramar:2024zzq GemmaTeam:2024abv MacDonald:1986qq",
        "{Family}:{year}{letters3}",
    ),
    "always a letter": (
        "Vaswani:2017a Maldacena:1997a VanderMaaten:2008a Kramar:2024b GemmaTeam:2024a MacDonald:1986a",
        "{Family}:{year}{letter}",
    ),
    "alpha": ("VSP17 Mal97 VH08 KL24 Gem24 MBCD86", "{Alpha}{yy}"),
    "year first": (
        "2017vaswani 1997maldacena 2008vandermaaten 2024kramar 2024gemmateam 1986macdonald",
        "{year}{family}",
    ),
    "initials of the title": (
        "vaswani2017aayn maldacena1997lls vandermaaten2008vdu kramar2024aem gemmateam2024gio macdonald1986mm",
        "{family}{year}{words3:abbr}",
    ),
    "letters where needed": (
        "Vaswani2017a Maldacena1997 VanderMaaten2008b Kramar2024 GemmaTeam2024a MacDonald1986",
        "{Family}{year}",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_a_pattern_is_found(name):
    keys, pattern = FOUND[name]
    found = pattern_of(entries(keys.split()))
    assert found is not None
    assert found.pattern == pattern
    assert found.of == 6


@pytest.mark.parametrize(
    "keys",
    [
        "DBLP:conf/nips/VaswaniSPUJGKP17 DBLP:journals/ijmpa/Maldacena97 DBLP:journals/jmlr/MaatenH08 DBLP:journals/corr/abs-2403 x y",
        "10.1145/3292500 10.1109/5.771073 10.1007/123 1132768 1137628 1373163",
        "attention maldacena tsne atp gemma maps",
        "vaswani2017attention maldacena1997large maaten:08 Kramar gemma2 maps",
    ],
)
def test_where_most_follow_none_nothing_is_found(keys):
    assert pattern_of(entries(keys.split())) is None


def test_a_few_exceptions_do_no_harm_and_few_entries_say_nothing():
    keys = FOUND["JabRef"][0].split()
    assert pattern_of(entries(["attention", *keys[1:]])) is not None
    assert pattern_of(entries(["attention", "large", *keys[2:]])) is None
    assert pattern_of(entries(keys[:2])) is None
    assert pattern_of([]) is None


def test_entries_without_author_year_or_title_do_not_count():
    text = "".join(
        f"@misc{{web{n}, title = {{Page {n}}}, url = {{https://example.org/{n}}}}}\n" for n in range(20)
    )
    others = [bibfile.entry_of(block, text) for block in bibfile.parse(text).entries]
    found = pattern_of([*others, *entries(FOUND["JabRef"][0].split())])
    assert found is not None
    assert (found.pattern, found.of) == ("{Family}{year}", 6)


@pytest.mark.parametrize("name", FOUND)
def test_the_pattern_makes_such_keys(name):
    """What the pattern makes of the same works is mostly what stood there, but for the letters behind it."""
    keys, pattern = FOUND[name]
    works = [record for entry in entries(keys.split()) if (record := key_pattern._record(entry))]
    rule = citekeys.parse_pattern(pattern)
    bases = [citekeys.bases(work, [rule])[0] for work in works]
    same = [
        re.fullmatch(re.escape(base) + "[a-z]{0,3}", key) for key, base in zip(keys.split(), bases, strict=True)
    ]
    assert len([match for match in same if match]) >= 5


def test_odd_input_costs_nothing():
    keys = ["a" * 5000, "(" * 50, "-_-_-_-_-_-", "", "1" * 70, "{}"]
    many = " and ".join(f"A{n}, B" for n in range(3000))
    text = "".join(
        f"@misc{{k{n}, author = {{{many}}}, title = {{{'T ' * 3000}}}, year = 2000}}\n" for n in range(3)
    )
    odd = [bibfile.entry_of(block, text) for block in bibfile.parse(text).entries]
    pattern_of([*odd, *entries(keys)])


# --- init -------------------------------------------------------------------------------------------------


def written(keys):
    return "".join(
        f"@article{{{key},\n author = {{{author}}},\n title = {{{title}}},\n year = {year},\n}}\n"
        for key, (author, title, year) in zip(keys, WORKS, strict=True)
    )


def test_init_takes_the_pattern_from_the_file(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("refs.bib", written(FOUND["INSPIRE"][0].split()))
    ran = bibtools("init")
    assert 'citation-key = "{Family}:{year}{letters3}"' in bibtools.read("bibtools.toml")
    assert "refs.bib: citation keys follow {Family}:{year}{letters3} (6 of 6); new ones will too" in ran.err
    assert re.fullmatch(r"McGrath:2023[a-z]{3}\n", bibtools("add", "2307.15771").out)


def test_init_leaves_the_default_and_says_so(bibtools):
    bibtools.write("refs.bib", written(["attention", "maldacena", "tsne", "atp", "gemma", "maps"]))
    ran = bibtools("init")
    assert "citation-key" not in bibtools.read("bibtools.toml")
    assert "follow no one pattern; new ones: {family}{year}{word}" in ran.err


def test_init_writes_no_default(bibtools):
    bibtools.write("refs.bib", written(FOUND["Google Scholar"][0].split()))
    ran = bibtools("init")
    assert "citation-key" not in bibtools.read("bibtools.toml")
    assert "citation keys follow {family}{year}{word} (6 of 6)" in ran.err
