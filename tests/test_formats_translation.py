"""A `.bib` file of one dialect put into the other: only what differs changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools import bibfile
from bibtools.formats import dialects, translated

CASES = [
    pytest.param("@misc{a, title = {T}}", "@misc{a, title = {T}}", id="nothing to do"),
    pytest.param(
        "@ARTICLE{a,\n  JOURNAL = {J}, % of old\n  YEAR    = 1999\n}",
        "@ARTICLE{a,\n  JOURNALTITLE = {J}, % of old\n  DATE    = 1999\n}",
        id="names in the file's case",
    ),
    pytest.param(
        "@phdthesis(a, school = uni, year = \"1999\")",
        "@thesis(a, institution = uni, date = \"1999\", type = \"phdthesis\")",
        id="a type, a macro, a field more",
    ),
    pytest.param(
        "text\n@article{a, journal = {J}\n\n@article{b, journal = {J}}",
        "text\n@article{a, journal = {J}\n\n@article{b, journaltitle = {J}}",
        id="a broken entry stays",
    ),
    pytest.param(
        "@misc{a, eprint = {1706.03762}, archivePrefix = {arXiv}, howpublished = {arXiv:1706.03762}}",
        "@online{a, eprint = {1706.03762}, eprinttype = {arxiv}}",
        id="a preprint",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("bibtex", "biblatex"), CASES)
def test_to_biblatex(bibtex, biblatex):
    assert translated(bibtex, "biblatex").text == biblatex


def test_to_bibtex():
    text = "@online{a,\n  title      = {T},\n  date       = {2017-06-12},\n  url        = {https://x.org},\n}\n"
    assert translated(text, "bibtex").text == (
        "@misc{a,\n  title      = {T},\n  year       = {2017},\n  month      = jun,\n  day        = {12},\n"
        "  url        = {https://x.org},\n  entrysubtype = {online},\n}\n"
    )


SOME_NAMES = "title year month day date journal journaltitle type school note eprint archiveprefix"
NAMES = st.sampled_from(SOME_NAMES.split())
VALUES = st.sampled_from(
    ["{2017}", "2017", '"jun"', "jun", "{arXiv}", "{1706.03762}", "{2017-06}", "{a {b} c}", "mac # { x}"]
)
FIELD = st.tuples(NAMES, st.sampled_from([" = ", "=", "\t=  "]), VALUES)
ENTRY = st.tuples(
    st.sampled_from(["misc", "Online", "thesis", "phdthesis", "techreport", "ARTICLE", "video"]),
    st.sampled_from(["{", "{ "]),
    st.lists(FIELD, unique_by=lambda field: field[0], max_size=5).map(lambda fields: ["".join(f) for f in fields]),
    st.sampled_from([", ", ",\n  ", ",  % x\n"]),
).map(lambda e: f"@{e[0]}{e[1]}k{e[3] if e[2] else ''}{e[3].join(e[2])}}}\n")


@settings(max_examples=300)
@given(
    st.lists(
        ENTRY | st.sampled_from(["% x\n", "@string{mac = {M}}\n", "@comment{y}\n", "@misc{z, a = {\n"]), max_size=4
    )
)
def test_a_file_says_what_its_entries_say_in_the_other_dialect(parts):
    text = "".join(parts)
    bib = bibfile.parse(text)
    macros = bibfile.macros(bib)
    for format, translate in (("bibtex", dialects.to_bibtex), ("biblatex", dialects.to_biblatex)):
        made = translated(text, format).text
        again = bibfile.parse(made)
        assert [said(translate(bibfile.entry_of(block, text, macros))) for block in bib.entries] == [
            said(bibfile.entry_of(block, made, bibfile.macros(again))) for block in again.entries
        ]
        assert translated(made, format).text == made


def said(entry):
    """What BibTeX reads: of a field that stands twice the first; months in any form."""
    fields = {field.name: field for field in reversed(entry.fields)}
    month = fields.pop("month", None)
    number = dialects.date_of_fields([fields["year"], month]) if month and "year" in fields else month
    return entry.entry_type.lower(), entry.key, {name: field.value for name, field in fields.items()}, str(number)
