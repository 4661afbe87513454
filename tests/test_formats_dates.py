from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools.formats import dates
from bibtools.formats.dates import DateSpan, Moment
from bibtools.model import Field

CSL = [
    ("2017", {"date-parts": [[2017]]}),
    ("2017-06-12", {"date-parts": [[2017, 6, 12]]}),
    ("2017-06/2018-01", {"date-parts": [[2017, 6], [2018, 1]]}),
    ("2004-22", {"date-parts": [[2004]], "season": 2}),
    ("1723~", {"date-parts": [[1723]], "circa": True}),
    ("-0876", {"date-parts": [[-877]]}),
    ("0000", {"date-parts": [[-1]]}),
    ("-0003/0000", {"date-parts": [[-4], [-1]]}),
    ("y17000", {"date-parts": [[17000]]}),
    ("1997/", {"literal": "1997–"}),
    ("/1997", {"literal": "–1997"}),
    ("2004-21/2004-22", {"literal": "2004-21–2004-22"}),
]


@pytest.mark.parametrize(("text", "csl"), CSL)
def test_csl_and_back(text, csl):
    date = dates.parse(text)
    assert str(date) == text
    assert dates.to_csl(date) == csl
    assert dates.from_csl(csl) == date


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2004?", "2004~"),
        ("2004%", "2004~"),
        ("2004-04-25T14:34:00Z", "2004-04-25"),
        ("199X", "1990/1999"),
        ("19XX", "1900/1999"),
        ("19uu", "1900/1999"),
        ("1999-XX", "1999"),
        ("1999-07-XX", "1999-07"),
        ("1997/..", "1997/"),
        ("2004-13", None),
        ("2004-04-32", None),
        ("٢٠١٧", None),
        ("a/b/c", None),
        ("/", None),
        ("in press", None),
        ("", None),
    ],
)
def test_parse(text, read):
    assert (str(dates.parse(text)) if dates.parse(text) else None) == read


@pytest.mark.parametrize(
    ("fields", "read"),
    [
        ({"year": "2017", "month": "June"}, "2017-06"),
        ({"year": "{2017}", "month": "6"}, "2017-06"),
        ({"year": "2017", "month": "12~June"}, "2017-06-12"),
        ({"year": "2017", "month": "June 12"}, "2017-06-12"),
        ({"year": "2017", "month": "jun", "day": "12"}, "2017-06-12"),
        ({"year": "2017", "month": "June/July"}, "2017-06/2017-07"),
        ({"year": "2017", "month": "12--14 June"}, "2017-06-12/2017-06-14"),
        ({"year": "2017", "month": "Fall"}, "2017-23"),
        ({"year": "2017", "month": "Michaelmas"}, "2017"),
        ({"year": "2017", "month": "13"}, "2017"),
        ({"year": "in press"}, "in press"),
        ({"year": "2017~"}, "2017~"),
        ({"date": "2017/", "year": "2016"}, "2017/"),
        ({"date": "soon"}, "soon"),
        ({"date": "soon", "year": "2017"}, "2017"),
        ({}, None),
    ],
)
def test_of_fields(fields, read):
    found = dates.of_fields(Field(name, value) for name, value in fields.items())
    assert (None if found is None else str(found)) == read


@pytest.mark.parametrize(
    ("csl", "read"),
    [
        ({"date-parts": [["2017", "6"]]}, "2017-06"),
        ({"date-parts": [[1997], [0]]}, "1997/"),
        ({"date-parts": [[2004, 14]]}, "2004-22"),
        ({"date-parts": [[2004]], "season": "spring"}, "2004-21"),
        ({"date-parts": [[2004, 0, 0]], "circa": 0}, "2004"),
        ({"raw": "2004-05"}, "2004-05"),
        ({"literal": "in press"}, "in press"),
        ({"year": 2004, "month": 5}, "2004-05"),
        ([{"year": "2004"}], "2004"),
        ("2004-05-06", "2004-05-06"),
        (2004, "2004"),
        ({"date-parts": [["x"]]}, None),
        ({}, None),
        (None, None),
    ],
)
def test_from_csl(csl, read):
    found = dates.from_csl(csl)
    assert (None if found is None else str(found)) == read


MOMENTS = st.builds(Moment, st.integers(-9999, 99999), st.integers(1, 12)) | st.builds(
    Moment, st.integers(0, 2999), season=st.integers(1, 4)
)


@given(MOMENTS, st.none() | MOMENTS, st.booleans())
def test_what_is_written_is_read(start, stop, circa):
    date = DateSpan(start=start, stop=stop, is_range=stop is not None, circa=circa)
    assert dates.parse(str(date)) == date
    if not (date.is_range and (start.season or stop.season)):
        assert dates.from_csl(dates.to_csl(date)) == date
