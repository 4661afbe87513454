import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Person

from bibtools import names
from bibtools.model import Name

PIECES = r"""
Ada A. van de la der Van De Jr. III Smith O'Neil Pérez-Ruiz and e {Smith and Sons} Co, , { } Bal\'azs Fran\c cois
{\"O}zg{\"u}r 李 Team Collaboration the for others ~ 't hooks
"""
COLLECTIVES = """
Gemma Team
Gemini Team Google
Imagen-Team-Google
ATLAS Collaboration
H1 Collaboration
The Event Horizon Telescope Collaboration
LIGO Scientific Collaboration
Euclid Consortium
the PHOBOS Collaboration
MILC Group
Dphep Study Group
Shanghai AI Lab
LCM team
Institute of Physics
The Human Genome Project
Team GLM Authors
"""
PEOPLE = """
Grace Group
The Anh Han
Team
Mary Project
Mary Jane Group
Lab Singh
Jean Society
Kees A. Schouhamer Immink
"""
WORDS = st.sampled_from(PIECES.split())
NATURAL = st.lists(WORDS, max_size=7).map(" ".join) | st.text(max_size=20)
PART = st.lists(WORDS, max_size=3).map(" ".join) | st.text(max_size=12)


@pytest.mark.parametrize(
    ("text", "family", "given_name", "particle", "suffix"),
    [
        ("Peter H. N. de With", "With", "Peter H. N.", "de", ""),
        ("Ludwig van Beethoven", "Beethoven", "Ludwig", "van", ""),
        ("Joost van der Putten", "Putten", "Joost", "van der", ""),
        ("Juan de la Cruz", "Cruz", "Juan", "de la", ""),
        ("Gerard 't Hooft", "Hooft", "Gerard", "'t", ""),
        ("José Luis dos Santos e Silva", "Santos e Silva", "José Luis", "dos", ""),
        ("Kees A. Schouhamer Immink", "Immink", "Kees A. Schouhamer", "", ""),
        ("A. J. Han Vinck", "Vinck", "A. J. Han", "", ""),
        ("Dirk Van Compernolle", "Van Compernolle", "Dirk", "", ""),
        ("Van Nguyen", "Nguyen", "Van", "", ""),
        ("Martin Luther King Jr.", "King", "Martin Luther", "", "Jr."),
        ("Martin Luther King, Jr.", "King", "Martin Luther", "", "Jr."),
        ("Neal J. Evans II", "Evans", "Neal J.", "", "II"),
        ("John V", "V", "John", "", ""),
        ("Xi Chen", "Chen", "Xi", "", ""),
        ("Anshumann", "Anshumann", "", "", ""),
        ("bell hooks", "hooks", "bell", "", ""),
        ("Jean d'Alembert", "d'Alembert", "Jean", "", ""),
        (r"C. Bal\'azs", r"Bal\'azs", "C.", "", ""),
        (r"Ren\'e", r"Ren\'e", "", "", ""),
        (r"Fran\c cois Vi\`ete", r"Vi\`ete", r"Fran\c cois", "", ""),
        ("A.~B.  Smith", "Smith", "A. B.", "", ""),
        ("With, Peter H. N. de", "With", "Peter H. N.", "de", ""),
        ("Maaten, Laurens van der", "Maaten", "Laurens", "van der", ""),
        ("de With, Peter", "With", "Peter", "de", ""),
        ("van der Putten, Jr., Joost", "Putten", "Joost", "van der", "Jr."),
        ("Schouhamer Immink, Kees A.", "Schouhamer Immink", "Kees A.", "", ""),
        ("{Smith, Inc}, Given", "Smith, Inc", "Given", "", ""),
        ("", "", "", "", ""),
    ],
)
def test_split(text, family, given_name, particle, suffix):
    assert names.split(text) == Name(family=family, given=given_name, particle=particle, suffix=suffix)


@pytest.mark.parametrize(
    ("text", "literal"),
    [("{Gemma Team}", "Gemma Team"), ("Gemma Team", "Gemma Team"), ("{van Gogh, Inc}", "van Gogh, Inc")],
)
def test_split_keeps_literals_whole(text, literal):
    assert names.split(text) == Name(literal=literal)


@given(NATURAL.filter(lambda text: "," not in text and not text.strip().startswith("{")))
def test_splitting_a_natural_name_loses_nothing(text):
    blanks = " ".join(text.replace("\\~", "\\\0").replace("~", " ").replace("\\\0", "\\~").split())
    assert names.split(text).natural == blanks


@pytest.mark.parametrize(
    "name",
    [
        "Gemma Team",
        "Gemini Team Google",
        "Imagen-Team-Google",
        "ATLAS Collaboration",
        "H1 Collaboration",
        "The Event Horizon Telescope Collaboration",
        "LIGO Scientific Collaboration",
        "Euclid Consortium",
        "the PHOBOS Collaboration",
        "MILC Group",
        "Dphep Study Group",
        "Particle Data Group 2020",
        "Shanghai AI Lab",
        "LCM team",
        "Institute of Physics",
        "The Human Genome Project",
        "Team GLM Authors",
    ],
)
def test_collectives(name):
    assert names.is_collective(name)


@pytest.mark.parametrize(
    "name",
    [
        "Grace Group",
        "The Anh Han",
        "Team",
        "Mary Project",
        "Mary Jane Group",
        "Lab Singh",
        "Jean Society",
        "",
        ":",
    ],
)
def test_people_are_no_collectives(name):
    assert not names.is_collective(name)


@pytest.mark.parametrize(
    ("served", "expected", "complete"),
    [
        (["Gemma Team", ":", "Morgane Riviere"], ["{Gemma Team}", "Morgane Riviere"], True),
        (["Imagen-Team-Google", ":", "A. Li"], ["{Imagen-Team-Google}", "A. Li"], True),
        (["Gemini Team Google"], ["{Gemini Team Google}"], True),
        (["Qwen", ":", "An Yang"], ["{Qwen}", "An Yang"], True),
        (["A. Li", "et al."], ["A. Li"], False),
        (["A. Li", "and others"], ["A. Li"], False),
        (["A. Li et al."], ["A. Li"], False),
        (["A. Li", "others"], ["A. Li"], False),
        (["D0 Collaboration: V. Abazov"], ["{D0 Collaboration}", "V. Abazov"], True),
        (["The BABAR Collaboration", ":", "B. Aubert"], ["{The BABAR Collaboration}", "B. Aubert"], True),
        (["A. Li for the CDF Collaboration"], ["A. Li", "{CDF Collaboration}"], True),
        (["A. Li (on behalf of the H1 Collaboration)"], ["A. Li", "{H1 Collaboration}"], True),
        (["for the Belle Collaboration"], ["{Belle Collaboration}"], True),
        (["", "  ", "A. Li", "-"], ["A. Li"], True),
        ([":"], [], True),
        ([], [], True),
    ],
)
def test_parse_served(served, expected, complete):
    got = names.parse_served(served)
    assert [names.render_stored(name) for name in got.names] == expected
    assert got.complete is complete


def test_parse_served_marks_the_name_before_a_colon_as_literal_even_if_no_word_says_so():
    assert names.parse_served(["Qwen", ":"]).names == (Name(literal="Qwen"),)


@pytest.mark.parametrize(
    ("value", "expected", "complete"),
    [
        ("With, Peter de and {Gemma Team}", ["Peter de With", "{Gemma Team}"], True),
        ("A. Li\n  and B. Wu AND others", ["A. Li", "B. Wu"], False),
        ("{Smith and Sons} and Li, A.", ["{Smith and Sons}", "A. Li"], True),
        ("{Van der Putten}, Joost", ["Joost Van der Putten"], True),
        ("and and", [], True),
    ],
)
def test_parse_bibtex(value, expected, complete):
    got = names.parse_bibtex(value)
    assert [names.render_stored(name) for name in got.names] == expected
    assert got.complete is complete


NAMES = st.builds(Name, family=PART, given=PART, particle=PART, suffix=PART, literal=st.just("") | PART)


@given(NAMES)
def test_a_stored_name_is_read_back_exactly(name):
    assert names.parse_stored(names.render_stored(name)) == name


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        (Name(literal="Gemma Team"), "{Gemma Team}"),
        (Name(family="With", given="Peter H. N.", particle="de"), "Peter H. N. de With"),
        (Name(family="Schouhamer Immink", given="Kees A."), "Schouhamer Immink, Kees A."),
        (Name(family="Smith, Inc", given="A."), "{Smith, Inc}, {A.}"),
        (Name(given="Plato"), '=["", "Plato", "", "", ""]'),
    ],
)
def test_stored_form(name, stored):
    assert names.render_stored(name) == stored


@pytest.mark.parametrize("broken", ['=["a"]', "={}", '=["a", 1, "", "", ""]', "=["])
def test_a_broken_stored_name_is_refused(broken):
    with pytest.raises(ValueError, match=r"."):
        names.parse_stored(broken)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (Name(family="Putten", particle="van der", given="Joost"), "van der Putten, Joost"),
        (Name(family="King", suffix="Jr.", given="Martin Luther"), "King, Jr., Martin Luther"),
        (Name(literal="Gemma Team"), "{Gemma Team}"),
        (Name(literal="Smith and Sons"), "{Smith and Sons}"),
        (Name(family="Smith and Sons", given="A."), "{Smith and Sons}, A."),
        (Name(family="Smith, Inc"), "{Smith, Inc}"),
        (Name(family="Santos e Silva", particle="dos", given="José"), "dos {Santos e Silva}, José"),
        (Name(family="Van der Putten", given="Joost"), "{Van der Putten}, Joost"),
        (Name(family="Schouhamer Immink"), "{Schouhamer Immink}"),
        (Name(family="Anshumann"), "Anshumann"),
        (Name(given="Plato"), "Plato"),
        (Name(family="others"), "{others}"),
        (Name(family="A}", given="B"), "A, B"),
        (Name(), ""),
    ],
)
def test_bibtex(name, written):
    assert names.bibtex(name) == written


SIMPLE = st.lists(
    st.sampled_from(["Ada", "Pérez", "e", "and", "X.", "O'Neil", "Ruiz-Gil", "van"]), min_size=1, max_size=3
)
SIMPLE = SIMPLE.map(" ".join)


@given(SIMPLE, SIMPLE, st.sampled_from(["", "van der", "de la", "von"]), st.sampled_from(["", "Jr.", "III"]))
def test_pybtex_reads_the_same_parts(family, given_name, particle, suffix):
    person = Person(names.bibtex(Name(family=family, given=given_name, particle=particle, suffix=suffix)))
    got = [" ".join(p).strip("{}") for p in (person.prelast_names, person.last_names, person.lineage_names)]
    first = " ".join(person.first_names + person.middle_names).strip("{}")
    assert [*got, first] == [particle, family, suffix, given_name]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (Name(family="Maaten", particle="van der", given="Laurens"), "vandermaaten"),
        (Name(literal="Gemma Team"), "gemmateam"),
        (Name(family="Ó Donnaile"), "odonnaile"),
        (Name(family=r"Bal\'azs"), "balazs"),
        (Name(family=r"Stra\ss e"), "strasse"),
        (Name(family=r"{\L}ukasz"), "lukasz"),
        (Name(family="Çağlar"), "caglar"),
        (Name(family="Иванов"), "ivanov"),
        (Name(family="Παπαδόπουλος"), "papadopoulos"),
        (Name(family="李", given="Ming"), "ming"),
        (Name(family="李", given="明"), ""),
        (Name(family="A.B.Kaidalov"), "kaidalov"),
        (Name(family="O'Neil-Smith"), "oneilsmith"),
    ],
)
def test_key_family(name, key):
    assert names.key_family(name) == key


@given(NAMES)
def test_keys_are_small_ascii(name):
    key = names.key_family(name)
    assert key == "" or (key.isascii() and key.isalnum() and key.islower() | key.isdigit())


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("János Kramár", "Janos Kramar", True),
        ("János Kramár", "J. Kramar", True),
        ("Peter H. N. de With", "P. H. N. de With", True),
        ("Peter H. N. de With", "P.H.N. With", True),
        ("Peter H. N. de With", "With, PHN de", True),
        ("Kees A. Schouhamer Immink", "Schouhamer Immink, Kees A.", True),
        ("Wei Wang", "Wang Wei", True),
        ("Wei Wang", "Wang", True),
        (r"C. Bal\'azs", "Csaba Balázs", True),
        ("Gemma Team", "gemma team", True),
        ("Gemma Team", "Gemini Team", False),
        ("Wei Wang", "Lei Wang", False),
        ("John Smith", "John Smyth", False),
        ("A. Li", "B. Li", False),
    ],
)
def test_same_person(a, b, same):
    assert names.same_person(names.split(a), names.split(b)) is same
    assert names.same_person(names.split(b), names.split(a)) is same


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [
        (["Noam Shazeer", "Niki Parmar"], ["N. Shazeer", "N. Parmar", "A. Vaswani"], 1.0),
        (["Noam Shazeer", "Niki Parmar"], ["N. Shazeer", "X. Chen"], 0.5),
        (["Noam Shazeer"], [], 0.0),
        (["Wei Wang", "Wei Wang"], ["Wei Wang", "Bo Li"], 0.5),
        (["Wei Wang"], ["Wang Wei"], 1.0),
    ],
)
def test_author_overlap(a, b, share):
    left, right = [names.split(n) for n in a], [names.split(n) for n in b]
    assert names.author_overlap(left, right) == share == names.author_overlap(right, left)
