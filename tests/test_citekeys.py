from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools import citekeys
from bibtools.errors import UsageError
from bibtools.model import Entry, Field, Name, PartialDate, Record
from tests.answered import seed_records


def record(id: str, title: str, *authors: Name, year: int | None = 2024) -> Record:
    date = PartialDate(year) if year else None
    return Record(id=id, title=title, authors=authors, published=date)


MAATEN = Name(family="Maaten", particle="van der", given="Laurens")
GEMMA = Name(literal="Gemma Team")
TSNE = record("arxiv:0801.00001", "Visualizing Data using t-SNE", MAATEN, Name(family="Hinton"), year=2008)
GEMMA2 = record("arxiv:2408.00118", "Gemma 2: Improving Open Language Models at a Practical Size", GEMMA)
GEMMA1 = record("arxiv:2403.08295", "Gemma: Open Models Based on Gemini Research and Technology", GEMMA)


@pytest.mark.parametrize(
    ("made", "key"),
    [
        pytest.param(TSNE, "vandermaaten2008visualizing", id="particles are part of the name"),
        pytest.param(GEMMA2, "gemmateam2024gemma", id="a collective"),
        pytest.param(
            record("arxiv:1", "AtP*: An efficient", Name(family="Kramár")), "kramar2024atp", id="accents"
        ),
        pytest.param(record("arxiv:1", "On the Way", Name(family="Doe")), "doe2024way", id="function words"),
        pytest.param(record("arxiv:1", "Who's asking?", Name(family="Doe")), "doe2024asking", id="apostrophe"),
        pytest.param(record("arxiv:1", "3D 2 x Maps", Name(family="Doe")), "doe20243d", id="a word with a digit"),
        pytest.param(record("arxiv:1", "$\\alpha$ Decay", Name(family="Doe")), "doe2024decay", id="math"),
        pytest.param(record("arxiv:1", "Is It?", Name(family="Doe")), "doe2024", id="no significant word"),
        pytest.param(record("arxiv:1", "Maps", Name(family="Doe"), year=None), "doemaps", id="no date"),
        pytest.param(record("arxiv:1", "Maps"), "2024maps", id="no author"),
        pytest.param(record("arxiv:1706.03762", "数学", Name(family="李")), "arxiv170603762", id="nothing Latin"),
    ],
)
def test_default_key(made, key):
    assert citekeys.assign([made], {}) == {made.id: key}


def test_the_first_keeps_the_key_and_the_newcomer_takes_the_next_word():
    assert citekeys.assign([GEMMA2, GEMMA1], {}) == {
        GEMMA2.id: "gemmateam2024gemma",
        GEMMA1.id: "gemmateam2024open",
    }
    assert citekeys.assign([GEMMA1, GEMMA2], {}) == {
        GEMMA1.id: "gemmateam2024gemma",
        GEMMA2.id: "gemmateam2024improving",
    }


def test_after_the_next_word_come_letters():
    same = [record(f"arxiv:{n}", "Red Maps", Name(family="Doe")) for n in range(30)]
    keys = list(citekeys.assign(same, {}).values())
    assert keys[:4] == ["doe2024red", "doe2024maps", "doe2024mapsa", "doe2024mapsb"]
    assert keys[27:] == ["doe2024mapsz", "doe2024mapsaa", "doe2024mapsab"]


def test_a_key_that_exists_never_changes():
    taken = {"Whatever_1": GEMMA1.id, "gemma": GEMMA1.id, "gemmateam2024gemma": "arxiv:9999.00001"}
    assert citekeys.assign([GEMMA2, GEMMA1], taken) == {
        GEMMA1.id: "Whatever_1",
        GEMMA2.id: "gemmateam2024improving",
    }


def test_case_makes_no_other_key():
    assert citekeys.assign([GEMMA1], {"GemmaTeam2024Gemma": "doi:10.1/x"})[GEMMA1.id] == "gemmateam2024open"
    pattern = "{family:capitalize}{year}{word:capitalize}"
    assert (
        citekeys.assign([GEMMA1], {"gemmateam2024gemma": "doi:10.1/x"}, pattern)[GEMMA1.id] == "Gemmateam2024Open"
    )


def test_reserved_keys_are_left_alone():
    assert citekeys.assign([GEMMA1], {}, reserved={"gemmateam2024gemma"})[GEMMA1.id] == "gemmateam2024open"


@pytest.mark.parametrize(
    ("written", "taken", "key"),
    [
        pytest.param("Knuth:84", {}, "Knuth:84", id="kept"),
        pytest.param("Knuth:84", {"knuth:84": "arxiv:1"}, "knuth1984texbook", id="another has it"),
        pytest.param("a, b", {}, "knuth1984texbook", id="cannot be a key"),
        pytest.param("", {}, "knuth1984texbook", id="none"),
    ],
)
def test_an_own_entry_keeps_the_key_it_was_written_with(written, taken, key):
    made = Record(
        id="local:knuth",
        title="The TeXbook",
        authors=(Name(family="Knuth"),),
        published=PartialDate(1984),
        entry=Entry(entry_type="book", key=written, fields=(Field("title", "The {\\TeX}book"),)),
    )
    assert citekeys.assign([made], taken) == {"local:knuth": key}


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{family}{year}{word}", "vandermaaten2008visualizing"),
        ("{auth3}{yy}", "van08"),
        ("{families}_{year}", "vandermaatenhinton_2008"),
        ("{family:capitalize}{year}", "Vandermaaten2008"),
        ("{auth3:upper}-{words2}", "VAN-visualizingdata"),
        ("{title3}", "visualizingdatausing"),
        ("{family:abbr}{word:upper:abbr}", "vV"),
        ("{id}", "0801.00001"),
        ("arxiv:{id}", "arxiv:0801.00001"),
        ("{Family}:{year}", "VanderMaaten:2008"),
        ("{FAMILY}{yy}", "VANDERMAATEN08"),
        ("{Families}{year}", "VanderMaatenHinton2008"),
        ("{families2:-}-{year}-{word}", "vandermaaten-hinton-2008-visualizing"),
        ("{families1:-}-{year}", "vandermaaten-etal-2008"),
        ("{Families1}{year}", "VanderMaatenEtAl2008"),
        ("{authors1}{Last}{yy}", "vandermaatenHinton08"),
        ("{Family}{Initials}{yy}", "VanderMaatenH08"),
        ("{Alpha}{yy}", "VH08"),
        ("{family}{Words3}{year}", "vandermaatenVisualizingDataUsing2008"),
        ("{family}_{words2:_}_{year}", "vandermaaten_visualizing_data_2008"),
        ("{family}{year}{words2:abbr}", "vandermaaten2008vd"),
        ("{auth3}{letter}", "vana"),
    ],
)
def test_patterns(pattern, key):
    assert citekeys.assign([TSNE], {}, pattern) == {TSNE.id: key}


def test_families_of_many_are_the_first_and_etal():
    many = record("arxiv:1", "Maps", *(Name(family=f"Name{letter}") for letter in "abcd"))
    assert citekeys.assign([many], {}, "{families}{yy}") == {"arxiv:1": "nameaetal24"}


def test_letters_are_always_there_where_the_pattern_has_them():
    same = [record(f"arxiv:{n}", "Red Maps", Name(family="Doe")) for n in range(4)]
    assert list(citekeys.assign(same, {}, "{Family}:{year}{letter}").values()) == [
        "Doe:2024a",
        "Doe:2024b",
        "Doe:2024c",
        "Doe:2024d",
    ]
    made = citekeys.assign(same, {}, "{Family}:{year}{letters3}")
    assert all(re.fullmatch("Doe:2024[a-z]{3}", key) for key in made.values())
    assert len(set(made.values())) == 4
    assert citekeys.assign(same[::-1], {}, "{Family}:{year}{letters3}") == made
    crowd = [record(f"arxiv:{n}", "Red Maps", Name(family="Doe")) for n in range(26)]
    assert len(set(citekeys.assign(crowd, {}, "{Family}{letters1}").values())) == 26


def test_labels_as_the_style_alpha_makes_them():
    one, *more = [Name(family=family) for family in ("Knuth", "Bach", "Cray", "Dijkstra", "Euler")]
    for number, label in ((0, "knu"), (1, "kb"), (3, "kbcd"), (4, "kbc+")):
        made = record("arxiv:1", "Maps", one, *more[:number])
        assert citekeys.assign([made], {}, "{alpha}{yy}") == {"arxiv:1": f"{label}24"}


def test_an_old_id_can_be_a_key():
    old = record("arxiv:hep-th/9901001", "Strings", Name(family="Doe"))
    assert citekeys.assign([old], {}, "{id}") == {old.id: "hep-th-9901001"}


@pytest.mark.parametrize(
    ("pattern", "message", "hint"),
    [
        ("{famly}{year}", "famly", 'did you mean "family"?'),
        ("{auth}{year}", '"auth"', 'did you mean "auth3"?'),
        ("{auth0}", '"auth0"', 'did you mean "auth3"?'),
        ("{year4}", '"year4"', 'did you mean "year"?'),
        ("{word:uper}", '"uper"', 'did you mean "upper"?'),
        ("{fAmily}", '"fAmily"', 'did you mean "family"?'),
        ("{authors}", '"authors"', 'did you mean "authors3"?'),
        ("{families0}", '"families0"', 'did you mean "families"?'),
        ("{family:,}", "{family:,}", 'did you mean "family"?'),
        ("{family", "{family", 'did you mean "family"?'),
        ("{family} {year}", '" "', "letters"),
        ("{family}{", '"{"', "known: family"),
        ("refs", "no placeholder in it", "{family}{year}{word}"),
        ("", "no placeholder in it", "{family}{year}{word}"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused(pattern, message, hint):
    with pytest.raises(UsageError) as caught:
        citekeys.parse_pattern(pattern)
    assert caught.value.problem.code == "citation-key-pattern"
    assert message in caught.value.problem.message
    assert hint in caught.value.problem.hint


NAMES = st.builds(Name, family=st.text(max_size=8), given=st.text(max_size=4)) | st.builds(Name, literal=st.text())
RECORDS = st.lists(
    st.builds(
        Record,
        id=st.integers(0, 40).map("arxiv:2401.{:05}".format),
        title=st.sampled_from(["Red Maps", "Red Birds", "red maps!", "The"]) | st.text(max_size=20),
        authors=st.lists(NAMES | st.just(Name(family="Doe")), max_size=4).map(tuple),
        published=st.none() | st.builds(PartialDate, st.integers(1990, 1992)),
    ),
    max_size=12,
)


@given(RECORDS, RECORDS)
def test_keys_are_unique_and_stay_when_records_are_added(before, after):
    first = citekeys.assign(before, {})
    taken = {key: id for id, key in first.items()}
    second = citekeys.assign([*after, *before], taken)
    assert second.items() >= first.items()
    assert len({key.lower() for key in second.values()}) == len(second) == len({r.id for r in [*after, *before]})
    assert all(re.fullmatch("[a-z0-9]+", key) for key in second.values())


@given(RECORDS)
def test_each_key_is_the_same_when_assigned_one_by_one(records):
    taken: dict[str, str] = {}
    for made in records:
        taken |= {key: id for id, key in citekeys.assign([made], taken).items()}
    assert {id: key for key, id in taken.items()} == citekeys.assign(records, {})


def test_seed_papers_have_speaking_keys():
    keys = citekeys.assign(seed_records(), {})
    assert keys["arxiv:2403.00745"] == "kramar2024atp"
    assert keys["arxiv:2312.11805"] == "geminiteamgoogle2023gemini"
    assert keys["arxiv:2404.15058"] == "elsayed2024mechanism"
    assert keys["arxiv:2408.07009"] == "imagenteamgoogle2024imagen"
    assert len(set(keys.values())) == 27


@pytest.mark.parametrize(
    "pattern", ["{family}{letters1}", "{word}{letter}", "{family}{letter}", "{word}{letters2}"]
)
def test_letters_that_run_out_are_no_end(pattern):
    records = [replace(GEMMA1, id=f"arxiv:1.{number}", title="") for number in range(60)]
    taken = {f"arxiv1{number}": "" for number in range(60)}
    keys = citekeys.assign(records, taken, pattern)
    assert len(set(keys.values())) == 60
