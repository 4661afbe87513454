"""Which entry of a file is which work's: all that both say must agree, and nothing may contradict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bibtools.model import Name, PartialDate
from bibtools.plan.evidence import of_entry, same_journal, same_work
from tests.bibliographies import lock_of, parsed, record, synced

NEMO = "author = {Nemo, Ann and Doe, Jane}"
SERIES = "journal = {J}, volume = 7, year = 2001"
PLUS = f"@article{{plus, {NEMO}, title = {{Search for $B^+ \\to K^+$ decays}}, {SERIES}}}"
PLACE = "journal = {Phys. Rev. D}, volume = {76}, pages = {1--10}, year = {2001}"
WORK = f"@article{{work, {NEMO}, title = {{Deep Nets for Rivers}}, {PLACE}}}"


def entry(text):
    (only,) = parsed(text.encode()).values()
    return only


def local(text, key="new"):
    """The record of an entry in a source, which no service knows."""
    said = entry(text)
    year = said.get("year")
    people = (Name(family="Nemo", given="Ann"), Name(family="Doe", given="Jane"))
    return record(
        1,
        id=f"local:{key}1",
        title=said.get("title") or "",
        authors=people,
        published=PartialDate(int(year)) if year else None,
        entry=said,
    )


def taken(source, text, key="new"):
    """The key of the entry in `text` that a source's entry is taken for; None where it is added."""
    one = local(source, key)
    plan, _ = synced(lock_of(one, **{one.id: key}), text.encode())
    return None if plan.added else plan.keys[one.id]


# --- by what they say ---------------------------------------------------------------------------------------

TITLES = [
    ("Parsing C", "Parsing C++"),
    ("Parsing C++", r"Parsing C\#"),
    (r"Search for $B^+ \to K^+$", r"Search for $B^- \to K^-$"),
    ("Spaces of type $L^2$", "Spaces of type $L_2$"),
    (r"Decays of the $\psi$ meson", r"Decays of the $\psi'$ meson"),
    ("Production of W⁺ bosons", "Production of W⁻ bosons"),
    ("The case $x < y$ of a law", "The case $x > y$ of a law"),
    ("A treatise on rivers, part II", "A treatise on rivers, part III"),
    ("A treatise on rivers, part 1", "A treatise on rivers, part 2"),
    ("Decays of the $\\Lambda$ baryon", "Decays of the $\\lambda$ baryon"),
]


@pytest.mark.parametrize(("one", "other"), [*TITLES, *(pair[::-1] for pair in TITLES)])
@pytest.mark.parametrize("key", ["other", "work"], ids=["other key", "same key"])
def test_titles_that_differ_in_a_sign_are_two_works(one, other, key):
    source, text = (WORK.replace("Deep Nets for Rivers", title) for title in (one, other))
    text = text.replace("{work,", f"{{{key},")
    assert taken(source, text) is None
    assert taken(source, text.replace(other, one)) == key


CONTRADICTIONS = [
    ("year = {2001}", "year = {2002}"),
    ("year = {2001}", "date = {2000-12}"),
    ("volume = {76}", "volume = {77}"),
    ("pages = {1--10}", "pages = {12--20}, number = {3}"),
    ("Phys. Rev. D}, volume = {76}", "Phys. Rev. C}, number = {76}"),
    ("author = {Nemo, Ann and Doe, Jane}", "author = {Nemo, Ann and Doe, Robert}"),
    ("author = {Nemo, Ann and Doe, Jane}", "author = {Nemo, Ann}"),
    ("year = {2001}", "year = {2001}, doi = {10.1000/other}"),
    ("year = {2001}", "year = {2001}, eprint = {0101001}, primaryclass = {hep-th}"),
    ("year = {2001}", "year = {2001}, isbn = {978-3-16-148410-0}"),
    ("@article{work", "@phdthesis{work"),
]
SOURCE = WORK.replace(
    "year = {2001}",
    "year = {2001}, doi = {10.1000/one}, eprint = {0101002}, primaryclass = {hep-th}, isbn = {978-0-13-110362-7}",
).replace("1--10", "2--10")


@pytest.mark.parametrize(("old", "new"), CONTRADICTIONS)
def test_one_contradiction_is_enough(old, new):
    text = WORK.replace("1--10", "2--10").replace(old.replace("1--10", "2--10"), new)
    assert text != WORK
    assert not same_work(of_entry(entry(SOURCE)), of_entry(entry(text)))
    if "doi" not in new and "eprint" not in new and "isbn" not in new:
        source = WORK.replace("1--10", "2--10")
        for key in ("work", "other"):
            assert taken(source, text.replace("{work,", f"{{{key},")) is None


VARIANTS = [
    ("", ""),
    ("Phys. Rev. D", "Physical Review D"),
    ("Phys. Rev. D}, volume = {76}", "Phys. Rev.}, volume = {D76}"),
    ("Phys. Rev. D", "PRD"),
    ("pages = {1--10}", "pages = {1-10}"),
    ("pages = {1--10}", "pages = {1}"),
    ("pages = {1--10}", "eid = {013039}"),
    ("volume = {76}", "note = {read}"),
    ("Deep Nets for Rivers", "{D}eep {N}ets -- for {R}ivers"),
    ("Nemo, Ann and Doe, Jane", "A. Nemo and J. Doe"),
    ("Nemo, Ann and Doe, Jane", "Nemo, Ann and others"),
    ("year = {2001}", "year = 2001, doi = {10.1000/one}"),
    ("year = {2001}", "date = {2001-05-03}"),
    ("year = {2001}", "year = {2001}, month = may"),
    ("year = {2001}", "year = {2001}, eprint = {0101002}, primaryclass = {hep-th}"),
]


@pytest.mark.parametrize(("old", "new"), VARIANTS)
def test_other_writings_and_what_only_one_side_gives_contradict_nothing(old, new):
    assert old in WORK
    text = WORK.replace(old, new).replace("{work,", "{other,")
    assert taken(WORK, text) == "other"


PREPRINT = f"@misc{{pre, {NEMO}, title = {{Deep Nets for Rivers}}, year = {{2000}}, month = dec}}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (PREPRINT, "pre"),
        (PREPRINT.replace("2000", "2001"), "pre"),
        (PREPRINT.replace("2000", "1999"), None),
        (PREPRINT.replace("@misc", "@article").replace("month", "journal = {arXiv preprint}, month"), "pre"),
        (PREPRINT.replace("@misc", "@article").replace("month", "journal = {Phys. Rev. D}, month"), None),
    ],
)
def test_a_preprint_and_its_publication_may_be_a_year_apart(text, found):
    assert taken(WORK, text) == found


def test_two_preprints_of_two_months_are_two():
    assert taken(PREPRINT, PREPRINT.replace("{pre,", "{x,")) == "x"
    assert taken(PREPRINT, PREPRINT.replace("{pre,", "{x,").replace("dec", "may")) is None
    assert (
        taken(PREPRINT, PREPRINT.replace("{pre,", "{x,").replace("year = {2000}, month = dec", "date = {2000-12}"))
        == "x"
    )


# --- short titles -------------------------------------------------------------------------------------------

SHORT = f"@book{{short, {NEMO}, title = {{Grammars}}, publisher = {{P}}, year = {{2001}}}}"


@pytest.mark.parametrize("title", ["Grammars", "Ant", "W⁺", "C++", "1984"])
def test_a_short_title_with_all_its_people_and_its_year_is_that_work(title):
    source = SHORT.replace("Grammars", title)
    assert taken(source, source.replace("{short,", "{mine,")) == "mine"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Grammars", "Grammar"),
        ("2001", "2002"),
        ("year = {2001}", "note = {no year}"),
        (NEMO, "author = {Nemo, Ann}"),
        (NEMO, "author = {Nemo, Ann and others}"),
        (NEMO, "author = {Nemo, Ann and Doe, Jane and Roe, Richard}"),
        (NEMO, "note = {by nobody}"),
    ],
)
def test_a_short_title_with_less_is_not(old, new):
    assert taken(SHORT, SHORT.replace(old, new).replace("{short,", "{mine,")) is None


@pytest.mark.parametrize(
    "text",
    [
        "@misc{same, title = {Home Page}}",
        "@manual{same, title = {R}, organization = {R Core Team}}",
        "@misc{same, author = {Nemo, Ann}, title = {On}, howpublished = {\\url{https://example.org}}}",
        "@article{same, author = {Nemo, Ann}, title = {Deep Nets for Rivers}}",
    ],
)
def test_an_entry_that_is_the_same_to_a_field_is_that_work(text):
    assert taken(text, text.replace("{same,", "{mine,")) == "mine"
    assert taken(text, text) == "same"


# --- the key is never enough --------------------------------------------------------------------------------


def test_an_editor_is_no_author():
    text = WORK.replace("author", "editor")
    assert taken(WORK, text.replace("{work,", "{other,")) is None
    assert taken(text, text.replace("{work,", "{other,")) == "other"


def test_the_key_of_the_source_with_another_title_is_another_work():
    minus = PLUS.replace("^+", "^-").replace("= 7", "= 8").replace("2001", "2002")
    assert taken(PLUS, minus) is None
    assert taken(PLUS, PLUS.replace("Nemo, Ann and Doe, Jane", "Roe, Richard")) is None
    assert taken(PLUS, PLUS.replace("= 7", "= 8")) is None
    assert taken(PLUS, "@article{plus, author = {Nemo, Ann and Doe, Jane}, journal = {J}, volume = 7}") == "plus"
    assert taken(PLUS, "@article{plus, journal = {J}, volume = 7}") is None


OTHERS = [
    ("another paper of the series", "^+", "^-", "volume = 7", "volume = 8"),
    ("another year", "Search", "Observation", "2001", "2002"),
    ("other people", "Search", "Observation", "Nemo, Ann and Doe, Jane", "Roe, Richard"),
    ("another DOI", "Search", "Observation", "year", "doi = {10.1000/other}, year"),
]


@pytest.mark.parametrize("change", OTHERS, ids=[each[0] for each in OTHERS])
def test_the_key_that_was_written_with_another_paper_under_it_is_no_proof(change):
    one = local(PLUS.replace("journal", "doi = {10.1000/one}, journal") if "DOI" in change[0] else PLUS)
    first, held = synced(lock_of(one, **{one.id: "new"}), b"")
    assert first.added == ("new",)
    text = first.new.decode()
    old, new = (
        each.replace("volume = 7", "volume  = {7}").replace("volume = 8", "volume  = {8}") for each in change[3:]
    )
    if old == "year":
        text = text.replace("10.1000/one", "10.1000/other")
    else:
        assert old in text, text
        text = text.replace(old, new)
    text = text.replace(change[1], change[2])
    plan, _ = synced(held, text.encode())
    assert (plan.new.decode(), plan.missing, plan.keys) == (text, ("new",), {})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Search for", "A search for"),
        ("decays", "Decays of Beauty"),
        ("= {2001}", "= {2004}"),
        ("= {J}", "= {The J}"),
        ("Doe, Jane", "Doe, Janet"),
    ],
)
def test_an_entry_that_the_user_edited_is_still_the_one_that_was_written(old, new):
    one = local(PLUS)
    first, held = synced(lock_of(one, **{one.id: "new"}), b"")
    text = first.new.decode()
    assert old in text
    plan, _ = synced(held, text.replace(old, new).encode())
    assert (plan.changed, plan.missing, plan.keys) == (False, (), {one.id: "new"})


def test_a_paper_of_the_source_is_added_beside_the_other_of_its_series(bibtools):
    bibtools.write("bibtools.toml", 'sources = ["lib.bib"]\n')
    bibtools.write("lib.bib", PLUS + "\n")
    minus = (
        PLUS.replace("{plus,", "{minus,").replace("^+", "^-").replace("= 7", "= 8").replace("2001", "2002") + "\n"
    )
    bibtools.write("refs.bib", minus)
    bibtools("sync", "--offline")
    text = bibtools.read("refs.bib")
    assert minus in text
    assert set(parsed(text.encode())) == {"minus", "plus"}
    out = bibtools("export", "--offline", "--format", "bibtex").out
    assert "B^+" in out
    assert "volume" in out


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Phys. Rev. Lett.", "Physical Review Letters", True),
        ("PRL", "Physical Review Letters", True),
        ("J. High Energy Phys.", "JHEP", True),
        ("Nucl. Phys. B", "Nuclear Physics B", True),
        ("Commun. Math. Phys.", "Communications in Mathematical Physics", True),
        ("Nature", "Nature Physics", False),
        ("Nature", "Science", False),
        ("Phys. Lett. A", "Phys. Lett. B", False),
        ("Annals of Mathematics", "Annals of Physics", False),
        ("Ann. Math.", "The Annals of Mathematics", True),
    ],
)
def test_names_of_journals(one, other, same):
    assert same_journal(one, other) is same is same_journal(other, one)


def test_a_record_of_a_service_with_another_paper_s_place_is_not_that_entry():
    paper = record(
        1, title="Deep Nets for Rivers", journal_ref="Phys.Rev.D76:013039,2007", published=PartialDate(2007, 3, 1)
    )
    text = "@article{mine, author = {With, Peter de}, title = {Deep Nets for Rivers},\n"
    text += " journal = {Phys. Rev. D}, volume = {VOL}, year = {2007}}\n"
    people = replace(paper, authors=(Name(family="With", given="Peter", particle="de"),))
    for volume, key in (("76", "mine"), ("77", None)):
        plan, _ = synced(lock_of(people), text.replace("VOL", volume).encode())
        assert (None if plan.added else plan.keys[paper.id]) == key
