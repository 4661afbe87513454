from __future__ import annotations

import pytest

from bibtools import formats


def read(text):
    parsed = formats.parse(text, "bibtex")
    entries = {p.entry.key: {f.name: f.value for f in p.entry.fields} for p in parsed.entries}
    return entries, [problem.code for problem in parsed.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "@incollection{c, title={T}, crossref={b}} @book{b, title={B}, subtitle={S}, publisher={P}}",
            {"title": "T", "booktitle": "B", "booksubtitle": "S", "publisher": "P"},
            id="a part of a book",
        ),
        pytest.param(
            "@inbook{c, title={T}, crossref={b}} @book{b, title={B}, author={A}}",
            {"title": "T", "booktitle": "B", "bookauthor": "A", "author": "A"},
            id="whose author is the book's",
        ),
        pytest.param(
            "@book{c, title={T}, crossref={b}} @mvbook{b, title={M}, volumes={3}}",
            {"title": "T", "maintitle": "M", "volumes": "3"},
            id="a volume",
        ),
        pytest.param(
            "@article{c, title={T}, crossref={b}} @periodical{b, title={J}, volume={3}}",
            {"title": "T", "journaltitle": "J", "volume": "3"},
            id="an issue",
        ),
        pytest.param(
            "@softwareversion{c, version={2}, crossref={b}} @software{b, title={Tool}, author={A}}",
            {"version": "2", "title": "Tool", "author": "A"},
            id="a title where no rule renames it",
        ),
        pytest.param(
            "@book{c, note={N}, crossref={b}} @book{b, title={B}, shorttitle={short}}",
            {"note": "N", "title": "B"},
            id="between equals, but for labels",
        ),
        pytest.param(
            "@set{c, entryset={one, two}} @misc{one, title={T}, date={2001}, label={L}} @misc{two, title={U}}",
            {"entryset": "one, two", "title": "T", "date": "2001"},
            id="a set is its first member",
        ),
        pytest.param(
            "@article{c, title={T}, year={2001}, crossref={b}} @periodical{b, title={J}, date={1999}}",
            {"title": "T", "year": "2001", "journaltitle": "J"},
            id="its own date counts whole",
        ),
        pytest.param(
            "@book{c, title={T}, xdata={p, q}} @xdata{p, publisher={P}} @xdata{q, location={L}, publisher={Q}}",
            {"title": "T", "publisher": "P", "location": "L"},
            id="data",
        ),
    ],
)
def test_what_is_inherited(text, expected):
    entries, problems = read(text)
    assert entries["c"] == expected
    assert problems == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("@book{c, title={T}, crossref={gone}}", "crossref-missing", id="missing"),
        pytest.param("@book{c, title={T}, crossref={c}}", "crossref-circular", id="itself"),
        pytest.param("@set{c, entryset={c}}", "crossref-circular", id="a set of itself"),
    ],
)
def test_what_cannot_be_inherited_is_told(text, code):
    assert read(text)[1] == [code]
