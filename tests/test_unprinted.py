r"""What a value does not print: `\mbox{}`, `\aftergroup\ignorespaces`, comments; `hyphenation` is `langid`."""

from __future__ import annotations

import json

import pytest

from bibtools import bibfile, formats
from bibtools.formats import Item, dates
from bibtools.formats.printed import printed
from bibtools.latex.unprinted import without_comments, without_silent
from bibtools.model import Entry, Field
from bibtools.plugins.works import work_of
from bibtools.plugins.writers import write
from bibtools.pybtex_door import bibliography

READABLE = ("csl-json", "csl-yaml", "ris", "hayagriva", "markdown", "text", "html", "jsonl")


def entry(**values):
    fields = {"author": "Doe, Jane", "title": "A Title", "journal": "J", "year": "2017", **values}
    return Entry(entry_type="article", key="k", fields=tuple(Field(n, v) for n, v in fields.items()))


def written(format, **values):
    return write([Item(entry=entry(**values))], format).text


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"Doe\mbox{}", "Doe"),
        (r"\mbox{Doe}", r"\mbox{Doe}"),
        (r"{\mbox{}Doe}", "{Doe}"),
        (r"J.\mbox{ }P.", "J.P."),
        (r"J.\mbox{-}P.", r"J.\mbox{-}P."),
        (r"Smith\aftergroup\ignorespaces", "Smith"),
        (r"{\aftergroup\ignorespaces} Smith", "Smith"),
        (r"{\ignorespaces Smith\unskip}", "{Smith}"),
        (r"\leavevmode Smith\textrm{}\null", "Smith"),
        (r"\nullify{x} \ignorespacesx", r"\nullify{x} \ignorespacesx"),
        (r"Sm\'{\i}th", r"Sm\'{\i}th"),
        ("Smith", "Smith"),
    ],
)
def test_commands_that_print_nothing_go(latex, said):
    assert without_silent(latex) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2010 % checked\n", "2010"),
        ("2010 % checked", "2010"),
        ("2010% checked\n", "2010"),
        ("2010\n% checked 2011\n", "2010"),
        ("% was 2009\n2010", "2010"),
        ("2010%", "2010%"),
        ("2010%/2012", "2010%/2012"),
        (r"5\% of", r"5\% of"),
        ("1--5", "1--5"),
    ],
)
def test_comments_go_and_what_belongs_to_a_date_stays(value, said):
    assert without_comments(value).strip() == said


@pytest.mark.parametrize("format", READABLE)
@pytest.mark.parametrize(
    ("name", "value", "clean", "leak"),
    [
        ("author", "Doe\\mbox{}, Jane", "Doe, Jane", "mbox"),
        ("author", "Doe, Jane and {\\aftergroup\\ignorespaces} Roe, R.", "Doe, Jane and Roe, R.", "ignorespaces"),
        ("author", "Doe, Jane % nobody\nand Roe, R.", "Doe, Jane and Roe, R.", "nobody"),
        ("title", "A \\mbox{}Title", "A Title", "mbox"),
        ("year", "2010 % checked\n", "2010", "checked"),
        ("volume", "7 % seven\n", "7", "seven"),
        ("pages", "1--5 % five\n", "1--5", "five"),
        ("number", "3\n% three", "3", "three"),
        ("month", "6 % or 7\n", "6", "or 7"),
    ],
)  # fmt: skip
def test_nothing_of_it_leaks_into_a_document(format, name, value, clean, leak):
    text = written(format, **{name: value}).replace("Jane\nand", "Jane and")
    assert leak not in text
    assert text == written(format, **{name: clean})


@pytest.mark.parametrize("value", ["2010 % checked\n", "2010-05 % May\n", "2010/2012 % years"])
def test_a_comment_in_a_date_is_none_of_it(value):
    assert dates.parse(value) == dates.parse(value.partition(" %")[0])
    assert dates.of_fields([Field("date", value)]) == dates.parse(value.partition(" %")[0])


def test_a_date_with_a_comment_is_put_into_the_other_dialect():
    text = "@article{k, author = {Doe, J.}, title = {T}, journal = {J}, year = {2010 % checked\n}, month = 5}\n"
    fields = bibfile.parse(formats.translated(text, "biblatex").text).entries[0].fields
    assert [field.name for field in fields] == ["author", "title", "journaltitle", "date"]
    assert "date = {2010-05}" in formats.translated(text, "biblatex").text


@pytest.mark.parametrize("value", ["a 10 % share\nof all", "100% pure", "5 % of"])
def test_a_percent_sign_in_a_text_stays(value):
    for format in ("csl-json", "ris", "jsonl"):
        assert "%" in written(format, title=value)
        assert "%" in written(format, abstract=value)


def test_addresses_keep_every_sign():
    item = json.loads(written("csl-json", url="http://x.org/a %20b", doi="10.1000/a%20b"))[0]
    assert "%20b" in item["URL"]
    assert item["DOI"] == "10.1000/a%20b"


@pytest.mark.parametrize("name", ["hyphenation", "langid"])
def test_hyphenation_is_another_name_of_langid(name):
    assert json.loads(written("csl-json", **{name: "ngerman"}))[0]["language"] == "de-DE"
    assert "LA  - ngerman\n" in written("ris", **{name: "ngerman"})
    assert "  language: de\n" in written("hayagriva", **{name: "ngerman"})
    assert "language: de-DE\n" in written("csl-yaml", **{name: "ngerman"})


def test_langid_goes_before_its_other_name():
    item = json.loads(written("csl-json", hyphenation="ngerman", langid="french"))[0]
    assert item["language"] == "fr-FR"
    assert item["custom"] == {"hyphenation": "ngerman"}


@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_in_a_bib_file_values_stay_as_written(format):
    text = written(format, author="Doe\\mbox{}, Jane", volume="7 % seven\n", hyphenation="ngerman")
    assert "Doe\\mbox{}, Jane" in text
    assert "7 % seven\n" in text
    assert "hyphenation" in text


def test_styles_set_what_is_printed():
    found = bibliography([entry(author="Doe\\mbox{}, Jane", volume="7 % seven\n")])
    work = work_of(found.entries["k"], found.entries)
    assert work.fields["volume"] == "7"
    assert [name.family for name in work.authors.names] == ["Doe"]


def test_an_entry_without_any_of_it_is_the_same_entry():
    held = entry()
    assert printed(held) is held
