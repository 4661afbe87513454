from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from bibtools import formats
from bibtools.formats.csl import item as csl
from bibtools.formats.csl.entry import entry_of
from bibtools.formats.csl.values import MARKDOWN, RICH
from bibtools.model import Entry, Field

SCHEMA = json.loads((Path(__file__).parent / "csl-data.schema.json").read_text(encoding="utf-8"))

PREPRINT = {
    "type": "article",
    "genre": "preprint",
    "number": "arXiv:1706.03762",
    "publisher": "arXiv",
    "archive": "arXiv",
    "archive_location": "1706.03762",
    "DOI": "10.48550/arXiv.1706.03762",
    "URL": "https://arxiv.org/abs/1706.03762",
}


def item(kind, **fields):
    made = csl.item_of(
        Entry(entry_type=kind, key="k", fields=tuple(Field(name, value) for name, value in fields.items()))
    )
    jsonschema.validate([made], SCHEMA)
    assert made.pop("id") == made.pop("citation-key") == "k"
    return made


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param(item("misc", eprint="1706.03762", archiveprefix="arXiv"), PREPRINT, id="classic"),
        pytest.param(item("online", eprint="1706.03762", eprinttype="arxiv"), PREPRINT, id="biblatex"),
        pytest.param(item("article", journal="arXiv preprint arXiv:1706.03762"), PREPRINT, id="scholar"),
        pytest.param(item("misc", howpublished="arXiv:1706.03762 [cs.CL]"), PREPRINT, id="howpublished alone"),
        pytest.param(item("misc", eprint="arXiv:1706.03762"), PREPRINT, id="a prefix in the eprint"),
        pytest.param(
            item("misc", eprint="solv-int/9901001v2", archiveprefix="arXiv"),
            {
                **PREPRINT,
                "number": "arXiv:solv-int/9901001v2",
                "archive_location": "solv-int/9901001v2",
                "DOI": "10.48550/arXiv.solv-int/9901001",
                "URL": "https://arxiv.org/abs/solv-int/9901001v2",
            },
            id="old id with a version",
        ),
        pytest.param(
            item("article", journal="J. Tests", eprint="1706.03762", archiveprefix="arXiv", doi="10.1/a"),
            {
                "type": "article-journal",
                "container-title": "J. Tests",
                "archive": "arXiv",
                "archive_location": "1706.03762",
                "DOI": "10.1/a",
            },
            id="published",
        ),
        pytest.param(
            item("misc", eprint="1234.56789", archiveprefix="HAL"),
            {"type": "document", "archive": "hal", "archive_location": "1234.56789"},
            id="elsewhere",
        ),
    ],
)
def test_an_arxiv_id_is_never_lost(made, expected):
    assert made == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param(
            item("article", journal="J", volume="3", number="4", pages="1--2", issn="1234"),
            {
                "type": "article-journal",
                "container-title": "J",
                "volume": "3",
                "issue": "4",
                "page": "1-2",
                "ISSN": "1234",
            },
            id="article",
        ),
        pytest.param(
            item("inproceedings", booktitle="Proc.", series="LNCS", number="7", publisher="P", address="Here"),
            {
                "type": "paper-conference",
                "container-title": "Proc.",
                "collection-title": "LNCS",
                "collection-number": "7",
                "publisher": "P",
                "publisher-place": "Here",
            },
            id="inproceedings",
        ),
        pytest.param(
            item("phdthesis", school="U", type="Diss."),
            {"type": "thesis", "publisher": "U", "genre": "Diss."},
            id="thesis with a type",
        ),
        pytest.param(
            item("mastersthesis", school="U"),
            {"type": "thesis", "publisher": "U", "genre": "Master’s thesis"},
            id="thesis",
        ),
        pytest.param(
            item("techreport", institution="I", number="TR-1"),
            {"type": "report", "publisher": "I", "number": "TR-1", "genre": "Technical report"},
            id="report",
        ),
        pytest.param(
            item("Book", title="A", subtitle='B {\\"o}', edition="2", isbn="1", editor="Doe, Jo"),
            {
                "type": "book",
                "title": "A: B ö",
                "edition": "2",
                "ISBN": "1",
                "editor": [{"family": "Doe", "given": "Jo"}],
                "custom": {"subtitle": 'B {\\"o}'},
            },
            id="book",
        ),
        pytest.param(
            item("online", url="https://x.org/a\\_b\\%20c", urldate="2020-01-02"),
            {
                "type": "webpage",
                "URL": "https://x.org/a_b%20c",
                "accessed": {"date-parts": [[2020, 1, 2]]},
            },
            id="online",
        ),
        pytest.param(
            item("strange", keywords="a, b"),
            {"type": "document", "keyword": "a, b", "custom": {"entrytype": "strange"}},
            id="unknown type",
        ),
    ],
)
def test_entries_that_users_wrote(made, expected):
    assert made == expected


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ({"date": "2017-06-12"}, {"date-parts": [[2017, 6, 12]]}),
        ({"date": "2017-06/2018-01"}, {"date-parts": [[2017, 6], [2018, 1]]}),
        ({"year": "2017", "month": "feb"}, {"date-parts": [[2017, 2]]}),
        ({"year": "2017", "month": "Spring"}, {"date-parts": [[2017]], "season": 1}),
        ({"year": "in press"}, {"literal": "in press"}),
        ({"date": "2017/"}, {"literal": "2017–"}),
        ({}, None),
    ],
)
def test_dates(fields, issued):
    assert item("misc", **fields).get("issued") == issued


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{Gemma Team}", [{"literal": "Gemma Team"}]),
        ("{\\'A}", [{"literal": "Á"}]),
        ("{\\'A}goston, B", [{"family": "Ágoston", "given": "B"}]),
        ("{A} {B}", [{"family": "B", "given": "A"}]),
        ("Ludwig van Beethoven", [{"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}]),
        ("Doe, Jo and others", [{"family": "Doe", "given": "Jo"}, {"literal": "others"}]),
        ("", None),
    ],
)
def test_people(written, expected):
    assert item("misc", author=written).get("author") == expected


def entry(kind, **fields):
    return Entry(entry_type=kind, key="k", fields=tuple(Field(name, value) for name, value in fields.items()))


@pytest.mark.parametrize(
    ("given", "variables"),
    [
        pytest.param(
            entry("misc", author="A. Bee and\n  C. Dee"),
            {"author": [{"family": "Bee", "given": "A."}, {"family": "Dee", "given": "C."}]},
            id="names over two lines",
        ),
        pytest.param(entry("misc", title="Περὶ ψυχῆς"), {"title": "Περὶ ψυχῆς"}, id="Greek words"),
        pytest.param(entry("misc", title="Ὀνείρου"), {"title": "Ὀνείρου"}, id="breathings"),
        pytest.param(
            entry("misc", title="A\\addcolon\\ \\mkbibquote{b} and \\autocap{c}\\hyphen d\\adddot"),
            {"title": "A: “b” and c-d."},
            id="biblatex's punctuation",
        ),
        pytest.param(
            entry("misc", year="\\noopsort{a}1973"), {"issued": {"date-parts": [[1973]]}}, id="a sorting prefix"
        ),
        pytest.param(
            entry("misc", year="1965--81"), {"issued": {"date-parts": [[1965], [1981]]}}, id="years with a dash"
        ),
        pytest.param(entry("book", origyear="1913"), {"original-date": {"date-parts": [[1913]]}}, id="origyear"),
        pytest.param(
            entry("misc", url="\\url{https://x.org/\\~{}me/$\\sim$you}"),
            {"URL": "https://x.org/~me/~you"},
            id="tildes in an address",
        ),
        pytest.param(entry("article", pages="12 - 15"), {"page": "12-15"}, id="a dash between blanks"),
        pytest.param(
            entry("movie", editor="Doe, Jo", editortype="director"),
            {"director": [{"family": "Doe", "given": "Jo"}]},
            id="editors of another kind",
        ),
        pytest.param(entry("book", title="Why?", subtitle="S"), {"title": "Why? S"}, id="a question's subtitle"),
        pytest.param(entry("phdthesis", type=""), {"genre": "PhD thesis"}, id="an empty type"),
        pytest.param(entry("book", library="Here"), {"call-number": "Here"}, id="library"),
        pytest.param(entry("article", pubstate="inpress"), {"status": "in press"}, id="pubstate"),
        pytest.param(
            entry("patent", location="countryde and countryus"),
            {"publisher-place": "Germany and United States of America"},
            id="countries of a patent",
        ),
    ],
)
def test_what_the_variables_say(given, variables):
    made = csl.item_of(given)
    assert {name: made[name] for name in variables} == variables
    assert "editor" not in made


FIELDS = [
    pytest.param("book", {"title": "T", "subtitle": "S --- {more}"}, id="subtitle with a dash"),
    pytest.param("book", {"title": "Why?", "subtitle": "S"}, id="subtitle of a question"),
    pytest.param("misc", {"note": "see \\cite{other} and \\url{https://x.org/a~b}"}, id="commands without a text"),
    pytest.param("manual", {"publisher": "P", "organization": "O"}, id="two publishers"),
    pytest.param("periodical", {"publisher": "P", "organization": "P"}, id="the same one twice"),
    pytest.param("article", {"number": "s01", "issue": "s01"}, id="number and issue"),
    pytest.param("report", {"eprint": "2060/1998", "archive": "NASA"}, id="eprint of no known kind"),
    pytest.param("thesis", {"type": "PhD thesis", "institution": "{A} and {B}"}, id="words for what has a name"),
    pytest.param("misc", {"language": "English"}, id="language"),
    pytest.param("misc", {"month": "Michaelmas", "year": "1991"}, id="a month nobody knows"),
    pytest.param("misc", {"date": "1565?"}, id="uncertain"),
    pytest.param("misc", {"date": "2001-01-03T17:07:34Z"}, id="time of day"),
    pytest.param("misc", {"year": "1965--1981"}, id="years with a dash"),
    pytest.param("misc", {"pages": "A-1--A-5"}, id="hyphens in pages"),
    pytest.param("misc", {"author": "family=Doe, given=Jo, id=7 and King, Jr., Martin"}, id="extended names"),
    pytest.param("misc", {"editor": "M. Halle, J. Bresnan, {} and Miller, G."}, id="an empty given name"),
    pytest.param("misc", {"author": "van Bee, C", "options": "useprefix=false,skipbib"}, id="options"),
    pytest.param("movie", {"editor": "Doe, Jo", "editortype": "director"}, id="editors of another kind"),
    pytest.param("software", {"entrysubtype": "computer program"}, id="a subtype of the user's own"),
    pytest.param("misc", {"_mine": "{x} y"}, id="a field of the user's own"),
    pytest.param("unpublished", {"note": "extends arXiv:1706.03762 greatly"}, id="somebody else's id in a note"),
    pytest.param("misc", {}, id="nothing"),
]


@pytest.mark.parametrize("markup", [RICH, MARKDOWN], ids=["json", "yaml"])
@pytest.mark.parametrize(("kind", "fields"), FIELDS)
def test_what_csl_cannot_say_is_kept(kind, fields, markup):
    made = csl.item_of(entry(kind, **fields), markup)
    read, unknown = entry_of(made, markup)
    assert read.entry_type == kind
    assert {f.name: f.value for f in read.fields if f.name not in ("date", "year")} == {
        name: latex for name, latex in fields.items() if name not in ("date", "year")
    }
    assert csl.item_of(read, markup) == made
    assert unknown == ()


@pytest.mark.parametrize("format", ["csl-json", "csl-yaml"])
@pytest.mark.parametrize("key", ["i3Š", "foo=bar", "a:b/c", "中文", "https://x.org/node/7"])
def test_keys_stay_and_empty_entries_too(format, key):
    document = formats.render([formats.Item(entry=Entry(entry_type="misc", key=key))], format).text
    parsed = formats.parse(document, format)
    assert [read.entry.key for read in parsed.entries] == [key]
    assert parsed.problems == ()


def test_people_edit_the_variables():
    made = csl.item_of(entry("misc", title="see \\cite{x} now", note="n"))
    made["title"] = "changed"
    assert entry_of(made)[0].get("title") == "changed"
