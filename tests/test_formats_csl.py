from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from bibtools.formats.csl import item as csl
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
