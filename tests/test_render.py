from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools import bibfile, render
from bibtools.errors import UsageError
from bibtools.model import Entry, EntryOptions, Field, Name, PartialDate, Record
from tests.answered import csl_item, seed_record, seed_records

SCHEMA = json.loads((Path(__file__).parent / "csl-data.schema.json").read_text(encoding="utf-8"))

ATTENTION = Record(
    id="arxiv:1706.03762",
    title="Attention Is All You Need",
    authors=(
        Name(family="Vaswani", given="Ashish"),
        Name(family="Shazeer", given="Noam"),
        Name(family="Parmar", given="Niki"),
    ),
    abstract="We propose a network of 100% attention & nothing else.",
    version=7,
    published=PartialDate(2017, 6, 12),
    updated=PartialDate(2023, 8, 2),
    categories=("cs.CL", "cs.LG"),
    primary_category="cs.CL",
)

CLASSIC = """\
@misc{vaswani2017attention,
  author        = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki},
  title         = {Attention Is All You Need},
  year          = {2017},
  month         = jun,
  howpublished  = {arXiv:1706.03762 [cs.CL]},
  eprint        = {1706.03762},
  archiveprefix = {arXiv},
  primaryclass  = {cs.CL},
}
"""
MODERN = CLASSIC.replace(
    "howpublished  = {arXiv:1706.03762 [cs.CL]}", "url           = {https://arxiv.org/abs/1706.03762}"
)
SCHOLAR = """\
@article{vaswani2017attention,
  author  = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki},
  title   = {Attention Is All You Need},
  journal = {arXiv preprint arXiv:1706.03762},
  year    = {2017},
  month   = jun,
}
"""
ONLINE = """\
@online{vaswani2017attention,
  author      = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki},
  title       = {Attention Is All You Need},
  date        = {2017-06-12},
  eprint      = {1706.03762},
  eprinttype  = {arxiv},
  eprintclass = {cs.CL},
}
"""
ARTICLE = """\
@article{vaswani2017attention,
  author       = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki},
  title        = {Attention Is All You Need},
  journaltitle = {arXiv preprint arXiv:1706.03762},
  date         = {2017-06-12},
}
"""


def exported(record, format="bibtex", key="vaswani2017attention", **options):
    return render.export([(key, record)], format, EntryOptions(**options)).text


def fields(record, **options):
    return render.render_entry(record, "k", EntryOptions(**options)).entry


@pytest.mark.parametrize(
    ("format", "profile", "expected"),
    [
        ("bibtex", "classic", CLASSIC),
        ("bibtex", "modern", MODERN),
        ("bibtex", "scholar", SCHOLAR),
        ("biblatex", "classic", ONLINE),
        ("biblatex", "modern", ONLINE),
        ("biblatex", "scholar", ARTICLE),
    ],
)
def test_shapes(format, profile, expected):
    assert exported(ATTENTION, format, profile=profile) == expected


def test_the_format_asked_for_wins_over_the_options():
    items = [("vaswani2017attention", ATTENTION)]
    assert render.export(items, "biblatex", EntryOptions(format="bibtex")).text == ONLINE
    assert render.export(items, "bibtex", EntryOptions(format="biblatex")).text == CLASSIC


def test_csl_item():
    item = csl_item(ATTENTION, "vaswani2017attention")
    assert item == {
        "id": "vaswani2017attention",
        "citation-key": "vaswani2017attention",
        "type": "article",
        "genre": "preprint",
        "author": [
            {"family": "Vaswani", "given": "Ashish"},
            {"family": "Shazeer", "given": "Noam"},
            {"family": "Parmar", "given": "Niki"},
        ],
        "title": "Attention Is All You Need",
        "issued": {"date-parts": [[2017, 6, 12]]},
        "number": "arXiv:1706.03762",
        "publisher": "arXiv",
        "archive": "arXiv",
        "archive_location": "1706.03762",
        "DOI": "10.48550/arXiv.1706.03762",
        "URL": "https://arxiv.org/abs/1706.03762",
        "abstract": "We propose a network of 100% attention & nothing else.",
        "custom": {"eprintclass": "cs.CL"},
    }


def test_the_document_holds_the_items():
    document = exported(ATTENTION, "csl-json")
    assert json.loads(document) == [csl_item(ATTENTION, "vaswani2017attention")]
    assert document.endswith("]\n")


@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_the_abstract_is_there_only_when_wanted(format):
    assert fields(ATTENTION, format=format).get("abstract") is None
    wanted = fields(ATTENTION, format=format, abstract=True)
    assert wanted.fields[-1] == Field("abstract", r"We propose a network of 100\% attention \& nothing else.")


@pytest.mark.parametrize(
    ("most", "complete", "expected"),
    [
        pytest.param(0, True, "Vaswani, Ashish and Shazeer, Noam and Parmar, Niki", id="all"),
        pytest.param(3, True, "Vaswani, Ashish and Shazeer, Noam and Parmar, Niki", id="as many as there are"),
        pytest.param(1, True, "Vaswani, Ashish and others", id="cut"),
        pytest.param(1, False, "Vaswani, Ashish and others", id="cut and incomplete"),
        pytest.param(0, False, "Vaswani, Ashish and Shazeer, Noam and Parmar, Niki and others", id="incomplete"),
    ],
)
@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_how_many_authors(format, most, complete, expected):
    record = replace(ATTENTION, authors_complete=complete)
    assert fields(record, format=format, max_authors=most).get("author") == expected


def test_the_rest_of_the_authors_in_csl():
    item = csl_item(replace(ATTENTION, authors_complete=False), "k")
    assert item["author"][-1] == {"literal": "others"}
    (item,) = json.loads(exported(ATTENTION, "csl-json", max_authors=1))
    assert item["author"] == [{"family": "Vaswani", "given": "Ashish"}, {"literal": "others"}]


@pytest.mark.parametrize(
    ("name", "bibtex", "biblatex", "csl"),
    [
        pytest.param(Name(literal="Gemma Team"), "{Gemma Team}", None, {"literal": "Gemma Team"}, id="collective"),
        pytest.param(
            Name(family="Maaten", particle="van der", given="Laurens"),
            "van der Maaten, Laurens",
            None,
            {"family": "Maaten", "non-dropping-particle": "van der", "given": "Laurens"},
            id="particle",
        ),
        pytest.param(
            Name(family="King", given="Martin Luther", suffix="Jr."),
            "King, Jr., Martin Luther",
            None,
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            id="suffix",
        ),
        pytest.param(
            Name(family="Ágoston", given="Çağlar"),
            "{\\'A}goston, {\\c C}ağlar",
            "Ágoston, Çağlar",
            {"family": "Ágoston", "given": "Çağlar"},
            id="accents",
        ),
        pytest.param(
            Name(family="Mc Carthy", given="Sara"),
            "Mc Carthy, Sara",
            None,
            {"family": "Mc Carthy", "given": "Sara"},
            id="two words",
        ),
        pytest.param(
            Name(family="King", suffix="Jr."), "{King Jr.}", None, {"literal": "King Jr."}, id="suffix alone"
        ),
        pytest.param(Name(family="Madonna"), "Madonna", None, {"family": "Madonna"}, id="one word"),
    ],
)
def test_names(name, bibtex, biblatex, csl):
    record = replace(ATTENTION, authors=(name,))
    assert fields(record).get("author") == bibtex
    assert fields(record, format="biblatex").get("author") == (bibtex if biblatex is None else biblatex)
    assert csl_item(record, "k")["author"] == [csl]


@pytest.mark.parametrize(
    ("title", "expected", "csl"),
    [
        pytest.param(
            "AtP*: An LLM & 5%",
            "{AtP}*: An {LLM} \\& 5\\%",
            '<span class="nocase">AtP</span>*: An <span class="nocase">LLM</span> & 5%',
            id="case and escapes",
        ),
        pytest.param("$0 \\le α, β\\le 1$", "$0 \\le \\alpha, \\beta\\le 1$", "0 ≤ α, β ≤ 1", id="Greek in math"),
        pytest.param(
            "Θ-hypernuclei",
            "{$\\Theta$}-hypernuclei",
            '<span class="nocase">Θ</span>-hypernuclei',
            id="Greek in text",
        ),
        pytest.param("\\textbf{Bold} moves", "\\textbf{Bold} moves", "<b>Bold</b> moves", id="a command"),
        pytest.param(
            "\\href{https://x.y/%}{This} at \\url{x.y/a_b}",
            "{This} at x.y/a\\_b",
            '<span class="nocase">This</span> at x.y/a_b',
            id="links",
        ),
    ],
)
def test_titles(title, expected, csl):
    assert fields(replace(ATTENTION, title=title)).get("title") == expected
    assert csl_item(replace(ATTENTION, title=title), "k")["title"] == csl


@pytest.mark.parametrize(
    ("id", "category", "howpublished", "eprint"),
    [
        ("arxiv:hep-th/9901001", "hep-th", "arXiv:hep-th/9901001", "hep-th/9901001"),
        ("arxiv:math/0309136", "math.GT", "arXiv:math/0309136 [math.GT]", "math/0309136"),
        ("arxiv:2401.00001", "", "arXiv:2401.00001", "2401.00001"),
        ("arxiv:2401.00001", "no} category", "arXiv:2401.00001", "2401.00001"),
    ],
)
def test_ids_and_categories(id, category, howpublished, eprint):
    entry = fields(replace(ATTENTION, id=id, primary_category=category))
    assert (entry.get("howpublished"), entry.get("eprint")) == (howpublished, eprint)
    assert entry.get("primaryclass") == (category if category and "}" not in category else None)


@pytest.mark.parametrize(
    ("dois", "expected"),
    [
        ((), None),
        (("10.48550/arXiv.1706.03762",), None),
        (("10.48550/ARXIV.1706.03762", "10.1000/a_b"), "10.1000/a_b"),
        (("10.1000/(SICI)1097<1661::AID-X968>3.0.CO;2-2",), "10.1000/(SICI)1097<1661::AID-X968>3.0.CO;2-2"),
        ((" 10.1000/a\n", "10.1000/b"), "10.1000/a"),
    ],
)
def test_dois(dois, expected):
    record = replace(ATTENTION, dois=dois)
    assert fields(record).get("doi") == fields(record, format="biblatex").get("doi") == expected
    assert fields(record, profile="scholar").get("doi") == expected
    item = csl_item(record, "k")
    assert item["DOI"] == (expected or "10.48550/arXiv.1706.03762")
    assert item["archive_location"] == "1706.03762"


@pytest.mark.parametrize(
    ("doi", "expected"),
    [("10.1000/a_b%20", "10.1000/a_b%20"), ("10.1000/a#b", "10.1000/a#b"), ("10.1000/x{y}", "10.1000/x%7By%7D")],
)
def test_a_doi_that_would_stop_latex_stays_out_of_bibtex_and_is_told(doi, expected):
    record = replace(ATTENTION, dois=(doi,))
    rendered = render.render_entry(record, "k", EntryOptions())
    assert rendered.entry.get("doi") is None
    assert [problem.code for problem in rendered.problems] == ["doi-unwritable"]
    assert fields(record, format="biblatex").get("doi") == csl_item(record, "k")["DOI"] == expected


def test_the_doi_stands_before_the_eprint():
    names = " ".join(field.name for field in fields(replace(ATTENTION, dois=("10.1000/a",))).fields)
    assert names == "author title year month howpublished doi eprint archiveprefix primaryclass"


@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_a_journal_reference_is_reported_and_not_invented(format):
    record = replace(ATTENTION, journal_ref="Phys. Rev. D 76, 013009 (2007)")
    rendered = render.render_entry(record, "k", EntryOptions(format=format))
    assert rendered.entry == fields(ATTENTION, format=format)
    (problem,) = rendered.problems
    assert (problem.severity, problem.code, problem.key) == ("info", "journal-ref-unread", "k")
    assert "Phys. Rev. D 76, 013009 (2007)" in problem.message
    assert not render.render_entry(record, "k", EntryOptions(format=format, prefer="preprint")).problems
    assert render.export([("k", record)], format, EntryOptions()).problems == (problem,)


def test_unknown_characters_are_reported_once_a_record():
    record = replace(ATTENTION, title="数 𓀀 数", abstract="𓀀")
    rendered = render.render_entry(record, "k", EntryOptions(abstract=True))
    (problem,) = rendered.problems
    assert (problem.severity, problem.code, problem.key) == ("warning", "latex-unknown-character", "k")
    assert problem.message.count("𓀀") == problem.message.count("数") == 1
    assert problem.hint


def test_commands_that_only_their_author_knew_are_reported_once_a_record():
    record = replace(ATTENTION, title="\\ourmodel{} Maps", abstract="\\ourmodel \\ours")
    rendered = render.render_entry(record, "k", EntryOptions(abstract=True))
    (problem,) = rendered.problems
    assert (problem.severity, problem.code, problem.key) == ("info", "latex-unknown-command", "k")
    assert problem.message.endswith(": \\ourmodel \\ours")
    assert "\\our" not in str(rendered.entry)


def test_fields_can_be_left_out():
    entry = fields(ATTENTION, exclude_fields=("Month", "primaryclass"))
    names = " ".join(field.name for field in entry.fields)
    assert names == "author title year howpublished eprint archiveprefix"
    (item,) = json.loads(exported(ATTENTION, "csl-json", exclude_fields=("abstract",)))
    assert "abstract" not in item


@pytest.mark.parametrize(
    ("month", "written"),
    [("macro", "month         = jun,"), ("number", "month         = {6},"), ("name", "month         = {June},")],
)
def test_the_month_has_the_form_asked_for(month, written):
    text = exported(ATTENTION, month=month)
    assert written in text
    assert text.replace(written, "month         = jun,") == CLASSIC


def test_a_month_can_be_left_out_and_biblatex_has_none():
    assert fields(ATTENTION, month="none") == fields(ATTENTION, exclude_fields=("month",))
    for month in ("number", "name", "none"):
        assert exported(ATTENTION, "biblatex", month=month) == ONLINE


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((), "author title year month howpublished eprint archiveprefix primaryclass"),
        (("Year", "title"), "year title author month howpublished eprint archiveprefix primaryclass"),
        (("eprint", "note", "eprint"), "eprint author title year month howpublished archiveprefix primaryclass"),
    ],
)
def test_the_fields_named_come_first(order, expected):
    assert " ".join(field.name for field in fields(ATTENTION, field_order=order).fields) == expected


@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_ascii(format):
    record = replace(ATTENTION, title="Café", authors=(Name(family="François"),), dois=("10.1000/é",))
    text = exported(record, format, encoding="ascii")
    assert text.isascii()
    assert "{Fran{\\c{c}}ois}" in text
    assert ("10.1000/%C3%A9" in text) is (format == "biblatex")


def test_what_is_not_known_is_not_there():
    bare = Record(id="doi:10.1000/a", title="Maps", dois=("10.1000/a",))
    for format in ("bibtex", "biblatex"):
        assert fields(bare, format=format) == Entry(
            entry_type="misc", key="k", fields=(Field("title", "Maps"), Field("doi", "10.1000/a"))
        )
    assert csl_item(bare, "k") == {
        "id": "k", "citation-key": "k", "type": "document", "title": "Maps", "DOI": "10.1000/a",
    }  # fmt: skip


BOOK = Record(
    id="local:x",
    entry=Entry(
        entry_type="Book",
        key="old",
        fields=(
            Field("title", "The {\\TeX}book"),
            Field("author", "Donald E. Knuth"),
            Field("month", "June"),
            Field("year", "1984"),
            Field("publisher", "aw", macro=True),
        ),
    ),
)


@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_a_record_that_no_service_described_is_exported_as_written(format):
    assert exported(BOOK, format, key="new") == (
        "@Book{new,\n"
        "  title     = {The {\\TeX}book},\n"
        "  author    = {Donald E. Knuth},\n"
        "  month     = {June},\n"
        "  year      = {1984},\n"
        "  publisher = aw,\n"
        "}\n"
    )


def test_entries_stand_apart_and_in_order():
    text = render.export([("b", ATTENTION), ("a", BOOK)], "bibtex", EntryOptions()).text
    assert text == CLASSIC.replace("vaswani2017attention", "b") + "\n" + exported(BOOK, key="a")


@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_nothing_makes_an_empty_document(format):
    assert render.export([], format, EntryOptions()) == render.Exported(text="")


@pytest.mark.parametrize("format", sorted(render.FORMATS))
def test_a_key_that_comes_twice_has_a_letter_behind_it(format):
    made = render.export([("k", ATTENTION), ("k", BOOK), ("b", BOOK)], format, EntryOptions())
    assert [(p.code, p.severity, p.key) for p in made.problems] == [("key-changed", "warning", "k")]
    assert made.text == render.export([("k", ATTENTION), ("ka", BOOK), ("b", BOOK)], format, EntryOptions()).text


@pytest.mark.parametrize("format", sorted(render.FORMATS))
def test_a_key_of_another_case_is_another_but_to_bibtex(format):
    made = render.export([("a", ATTENTION), ("A", BOOK)], format, EntryOptions())
    second = "Aa" if format == "bibtex" else "A"
    assert [p.key for p in made.problems] == (["A"] if format == "bibtex" else [])
    assert made.text == render.export([("a", ATTENTION), (second, BOOK)], format, EntryOptions()).text


def test_a_field_that_would_break_the_file_is_left_out_and_reported():
    broken = replace(BOOK, entry=replace(BOOK.entry, fields=(Field("title", "a } b {"), Field("year", "1984"))))
    made = render.export([("k", broken)], "bibtex", EntryOptions())
    assert made.text == "@Book{k,\n  year = {1984},\n}\n"
    assert [problem.code for problem in made.problems] == ["entry-unwritable"]


def test_a_key_that_no_file_can_hold_is_another_and_told():
    made = render.export([("a,b", BOOK), ("k", BOOK)], "bibtex", EntryOptions())
    assert made.text == exported(BOOK, key="ab") + "\n" + exported(BOOK, key="k")
    assert [(problem.code, problem.key) for problem in made.problems] == [("key-changed", "a,b")]


def test_of_an_entry_that_no_file_can_hold_what_one_can_is_written():
    odd = Entry(
        entry_type="comment", key="k", fields=(Field("a b", "x"), Field("note", "y"), Field("title", "}{"))
    )
    made = render.export([("k", replace(BOOK, entry=odd))], "bibtex", EntryOptions())
    assert made.text == "@misc{k,\n  note = {y},\n}\n"
    assert [problem.code for problem in made.problems] == ["entry-unwritable"] * 3


def test_an_unknown_format_is_refused():
    with pytest.raises(UsageError, match="no format") as caught:
        render.export([], "bibtexx", EntryOptions())
    assert caught.value.problem.code == "format-unknown"


def test_rendering_an_entry_imports_nothing_heavy():
    code = (
        "import sys; from bibtools import citekeys, model, render; "
        "r = model.Record(id='arxiv:1', title='$x$ É', authors=(model.Name(family='É'),)); "
        "render.render_entry(r, 'k', model.EntryOptions()); citekeys.assign([r], {}); "
        "print(*({'pybtex', 'pylatexenc', 'bibtexparser', 'arxiv', 'requests'} & set(sys.modules)))"
    )
    root = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


HOSTILE = st.text(
    alphabet=st.sampled_from("aB é{}\\%&#_$^~@\",='-αÁ数\n1") | st.characters(exclude_categories=["Cs"])
)
PEOPLE = st.builds(Name, family=HOSTILE, given=HOSTILE, particle=HOSTILE, suffix=HOSTILE) | st.builds(
    Name, literal=HOSTILE
)
RECORDS = st.builds(
    Record,
    id=st.sampled_from(["arxiv:2401.00001", "arxiv:hep-th/9901001"]) | HOSTILE.map("arxiv:{}".format),
    title=HOSTILE,
    authors=st.lists(PEOPLE, max_size=4).map(tuple),
    authors_complete=st.booleans(),
    abstract=HOSTILE,
    published=st.none() | st.builds(PartialDate, st.integers(1991, 2030), st.none() | st.integers(1, 12)),
    primary_category=st.just("cs.CL") | HOSTILE,
    journal_ref=HOSTILE,
    dois=st.lists(HOSTILE.map("10.1000/{}".format), max_size=2).map(tuple),
)
OPTIONS = st.builds(
    EntryOptions,
    format=st.sampled_from(["bibtex", "biblatex"]),
    profile=st.sampled_from(["classic", "modern", "scholar"]),
    abstract=st.booleans(),
    max_authors=st.integers(0, 3),
    encoding=st.sampled_from(["utf-8", "ascii"]),
    month=st.sampled_from(["macro", "number", "name", "none"]),
    field_order=st.lists(st.sampled_from(["title", "eprint", "month", "date"]), max_size=3).map(tuple),
)


@given(RECORDS, OPTIONS)
def test_whatever_a_record_holds_the_entry_reads_back_as_it_was_rendered(record, options):
    rendered = render.render_entry(record, "k", options)
    text = render.export([("k", record)], options.format, options).text
    unknown = any(problem.code == "latex-unknown-character" for problem in rendered.problems)
    assert text.isascii() or options.encoding == "utf-8" or unknown
    bib = bibfile.parse(text)
    assert bib.problems == ()
    (block,) = bib.entries
    assert bibfile.entry_of(block, bib.text, bibfile.macros(bib)) == rendered.entry


@given(RECORDS)
def test_whatever_a_record_holds_its_item_is_valid(record):
    jsonschema.validate([csl_item(record, "k")], SCHEMA)


@given(RECORDS, OPTIONS)
def test_rendering_is_a_function(record, options):
    assert render.render_entry(record, "k", options) == render.render_entry(record, "k", options)


def test_seed_papers_are_valid_items():
    items = [csl_item(record, record.id) for record in seed_records()]
    jsonschema.validate(items, SCHEMA)
    assert {item["archive_location"] for item in items} == {record.arxiv_number for record in seed_records()}


def test_a_list_of_1351_authors_is_whole():
    record = seed_record("2312.11805")
    assert fields(record).get("author").count(" and ") == 1350
    assert len(csl_item(record, "k")["author"]) == 1351


@pytest.mark.parametrize(
    ("family", "told"),
    [("Kępa", True), ("K\\k{e}pa", True), ("Þórsson", True), ("Kramár", False), ("Çağlar", False)],
)
def test_letters_that_need_a_font_encoding_are_told(family, told):
    record = Record(id="arxiv:2312.11805", title="Gemini", authors=(Name(family=family, given="A."),))
    rendered = render.render_entry(record, "k", EntryOptions())
    assert ("latex-needs-t1" in [problem.code for problem in rendered.problems]) is told
