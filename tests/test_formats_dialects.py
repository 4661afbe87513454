from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools.formats import dialects
from bibtools.model import Entry, Field


def entry(kind, **fields):
    made = (
        Field(name, str(value).lstrip("@"), macro=str(value).startswith("@")) for name, value in fields.items()
    )
    return Entry(entry_type=kind, key="k", fields=tuple(made))


ARXIV = {"eprint": "1706.03762", "eprinttype": "arxiv", "eprintclass": "cs.CL"}
ARXIV_OLD = {"eprint": "1706.03762", "archiveprefix": "arXiv", "primaryclass": "cs.CL"}
SHOWN = "arXiv:1706.03762 [cs.CL]"

BOTH_WAYS = [
    pytest.param(
        entry("misc", title="T", year=2017, month="@jun", howpublished=SHOWN, **ARXIV_OLD),
        entry("online", title="T", date="2017-06", **ARXIV),
        id="preprint",
    ),
    pytest.param(
        entry("article", journal="J", year=2017, address="Here", annote="x"),
        entry("article", journaltitle="J", date="2017", location="Here", annotation="x"),
        id="renamed fields",
    ),
    pytest.param(
        entry("phdthesis", school="U", year=2017),
        entry("thesis", institution="U", date="2017", type="phdthesis"),
        id="dissertation",
    ),
    pytest.param(
        entry("mastersthesis", school="U", year=2017),
        entry("thesis", institution="U", date="2017", type="mathesis"),
        id="master's thesis",
    ),
    pytest.param(
        entry("techreport", institution="I", year=2017),
        entry("report", institution="I", date="2017", type="techreport"),
        id="report",
    ),
    pytest.param(entry("misc", year=2017, month="@jun", day=12), entry("misc", date="2017-06-12"), id="day"),
    pytest.param(
        entry("book", title="T", entrysubtype="collection"),
        entry("collection", title="T"),
        id="a type of biblatex",
    ),
    pytest.param(
        entry("misc", url="https://x.org", entrysubtype="online"),
        entry("online", url="https://x.org"),
        id="online",
    ),
    pytest.param(entry("Book", title="T"), entry("Book", title="T"), id="nothing to do"),
    pytest.param(entry("misc", eprint="x", year="in press"), entry("misc", eprint="x", year="in press"), id="odd"),
]


@pytest.mark.parametrize(("old", "new"), BOTH_WAYS)
def test_both_ways(old, new):
    assert dialects.to_biblatex(old) == new
    assert dialects.to_bibtex(new) == old


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            entry("misc", url="https://arxiv.org/abs/1706.03762", **ARXIV_OLD), entry("online", **ARXIV), id="url"
        ),
        pytest.param(
            entry("misc", url="https://example.org/1706.03762", howpublished="blog", **ARXIV_OLD),
            entry("online", url="https://example.org/1706.03762", howpublished="blog", **ARXIV),
            id="other places stay",
        ),
        pytest.param(entry("conference", title="T"), entry("inproceedings", title="T"), id="conference"),
        pytest.param(
            entry("phdthesis", type="Habilitation"), entry("thesis", type="Habilitation"), id="a type of its own"
        ),
        pytest.param(
            entry("article", journal="J", journaltitle="K"),
            entry("article", journal="J", journaltitle="K"),
            id="both names",
        ),
        pytest.param(
            entry("misc", year=2017, month="Spring"), entry("misc", year=2017, month="Spring"), id="season"
        ),
        pytest.param(entry("misc", year=2017, month="06"), entry("misc", date="2017-06"), id="month in figures"),
        pytest.param(
            entry("misc", year=2017, month="jun", date="2017-06/2018"),
            entry("misc", date="2017-06/2018"),
            id="twice",
        ),
        pytest.param(
            entry("misc", year=2017, date="2016"), entry("misc", year=2017, date="2016"), id="both dates"
        ),
    ],
)
def test_to_biblatex(old, new):
    assert dialects.to_biblatex(old) == new


@pytest.mark.parametrize(
    ("new", "old"),
    [
        pytest.param(
            entry("misc", date="2017-06/2018"),
            entry("misc", year=2017, month="@jun", date="2017-06/2018"),
            id="range",
        ),
        pytest.param(entry("misc", date="2017~"), entry("misc", year=2017, date="2017~"), id="circa"),
        pytest.param(entry("misc", date="2017-22"), entry("misc", year=2017, date="2017-22"), id="season"),
        pytest.param(entry("misc", date="/2017"), entry("misc", date="/2017"), id="no beginning"),
        pytest.param(entry("misc", date="in press"), entry("misc", year="in press"), id="no date"),
        pytest.param(entry("misc", date="2017-13"), entry("misc", year="2017-13"), id="no month"),
        pytest.param(
            entry("video", title="T", entrysubtype="film"),
            entry("misc", title="T", entrysubtype="film"),
            id="own subtype",
        ),
        pytest.param(entry("report", type="White paper"), entry("techreport", type="White paper"), id="report"),
        pytest.param(entry("thesis", title="phdthesis"), entry("phdthesis", title="phdthesis"), id="no type"),
        pytest.param(
            entry("online", howpublished="blog", **ARXIV),
            entry("misc", howpublished="blog", **ARXIV_OLD),
            id="shown already",
        ),
    ],
)
def test_to_bibtex(new, old):
    assert dialects.to_bibtex(new) == old


SOME_NAMES = (
    "title year month day date journal journaltitle type school institution eprint eprinttype archiveprefix"
)
NAMES = st.sampled_from([*SOME_NAMES.split(), "entrysubtype"])
VALUES = st.sampled_from(
    ["2017", "jun", "arXiv", "1706.03762", "mathesis", "2017-06", "video", "online"]
) | st.text(max_size=5)
KINDS = st.sampled_from(
    ["misc", "online", "video", "collection", "thesis", "phdthesis", "report", "techreport", "article", "Odd"]
)


@given(KINDS, st.lists(st.builds(Field, NAMES, VALUES), unique_by=lambda field: field.name))
def test_translating_twice_is_translating_once(kind, fields):
    made = Entry(entry_type=kind, key="k", fields=tuple(fields))
    for translate in (dialects.to_biblatex, dialects.to_bibtex):
        once = translate(made)
        assert translate(once) == once
