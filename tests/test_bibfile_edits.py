"""Edits look as if the file's own author had made them; habits are found; entries stand where they belong."""

from __future__ import annotations

import pytest

from bibtools import bibfile
from bibtools.bibfile import DEFAULT, Edit
from bibtools.errors import InternalError
from bibtools.model import Entry, Field, Span

YEAR = Field("year", "2017")
ORDER = ("author", "title", "year", "month", "eprint", "archiveprefix")


def block_of(text):
    bib = bibfile.parse(text)
    return bib, bib.entries[0]


def added(text, field, order=ORDER):
    bib, block = block_of(text)
    return bibfile.apply(text, [bibfile.add_field(bib, block, field, bibfile.measure(bib), order)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "@misc{a,\n  title = {T},\n}\n", "@misc{a,\n  title = {T},\n  year  = {2017},\n}\n", id="last"
        ),
        pytest.param(
            "@misc{a,\n  title = {T}\n}\n",
            "@misc{a,\n  title = {T},\n  year  = {2017}\n}\n",
            id="no comma at the end",
        ),
        pytest.param(
            "@misc{a,\n  title  = {T},\n  eprint = {E},\n}",
            "@misc{a,\n  title  = {T},\n  year   = {2017},\n  eprint = {E},\n}",
            id="in order, = in one column",
        ),
        pytest.param(
            "@misc{a,\n  title =  {T},\n  eprint = {E},\n}",
            "@misc{a,\n  title =  {T},\n  year =   {2017},\n  eprint = {E},\n}",
            id="values in one column",
        ),
        pytest.param(
            "@misc{a,\n  title       = {T},\n  eprint      = {E},\n}",
            "@misc{a,\n  title       = {T},\n  year        = {2017},\n  eprint      = {E},\n}",
            id="in a wide column",
        ),
        pytest.param(
            "@misc{a,\n\ttitle\t= {T},\n\tnote\t= {E},\n}",
            "@misc{a,\n\ttitle\t= {T},\n\tyear    = {2017},\n\tnote\t= {E},\n}",
            id="tab stops",
        ),
        pytest.param("@misc{a,\n  month = jun\n}", "@misc{a,\n  year  = {2017},\n  month = jun\n}", id="first"),
        pytest.param("@misc{a,\n  note = {N}}", "@misc{a,\n  note = {N},\n  year = {2017}}", id="none in order"),
        pytest.param("@misc{a, title={T}, note={N}}", "@misc{a, title={T}, year={2017}, note={N}}", id="one line"),
        pytest.param('@MISC{a,\n TITLE="T"}', '@MISC{a,\n TITLE="T",\n YEAR="2017"}', id="quotes and capitals"),
        pytest.param("@misc{a,\n  Title = {T}}", "@misc{a,\n  Title = {T},\n  Year  = {2017}}", id="title case"),
        pytest.param(
            "@misc{a,\n  title = {T},\n  volume = 3}",
            "@misc{a,\n  title = {T},\n  year = 2017,\n  volume = 3}",
            id="bare numbers",
        ),
        pytest.param(
            "@misc{a\n  , title = {T}\n  , note = {N}\n  }",
            "@misc{a\n  , title = {T}\n  , year = {2017}\n  , note = {N}\n  }",
            id="commas first",
        ),
        pytest.param(
            "@misc{a,\r\n  title = {T}\r\n}", "@misc{a,\r\n  title = {T},\r\n  year  = {2017}\r\n}", id="CRLF"
        ),
        pytest.param("@misc{a,\r title = {T}\r}", "@misc{a,\r title = {T},\r year  = {2017}\r}", id="CR"),
        pytest.param(
            "@misc(a,\n  title = {T}\n)", "@misc(a,\n  title = {T},\n  year  = {2017}\n)", id="parentheses"
        ),
        pytest.param("@misc{a}", "@misc{a,\n  year = {2017}}", id="no fields"),
        pytest.param("@misc{a,\n}", "@misc{a,\n  year = {2017},\n}", id="no fields but a comma"),
        pytest.param(
            "@misc{a,\n  title = {T}, % mine\n  note = {N},\n}",
            "@misc{a,\n  title = {T}, % mine\n  year = {2017},\n  note = {N},\n}",
            id="a remark stays with its field",
        ),
        pytest.param(
            "@misc{a,\n  title = {T} % mine\n}",
            "@misc{a,\n  title = {T},\n  year  = {2017} % mine\n}",
            id="a remark without comma",
        ),
    ],
)
def test_a_field_is_added_as_the_entry_is_written(text, expected):
    assert added(text, YEAR) == expected
    bib, block = block_of(expected)
    if "title" in text or "month" in text or "note" in text:
        assert bibfile.apply(expected, [bibfile.remove_field(bib, block, "YEAR")]) == text


def test_an_odd_spelling_of_the_file_is_kept():
    text = "@misc{a,\n  archivePrefix = {arXiv}\n}\n@misc{b,\n  title = {T}\n}\n"
    bib = bibfile.parse(text)
    edit = bibfile.add_field(bib, bib.entries[1], Field("archiveprefix", "arXiv"), bibfile.measure(bib), ORDER)
    assert edit.text == ",\n  archivePrefix = {arXiv}"


def test_several_changes_of_one_entry_in_one_go():
    text = "@misc{a,\n  author = {A},\n  title = {T},\n  note = {N},\n}\n"
    bib, block = block_of(text)
    habits = bibfile.measure(bib)
    edits = [
        bibfile.add_field(bib, block, YEAR, habits, ORDER),
        bibfile.add_field(bib, block, Field("month", "jun", macro=True), habits, ORDER),
        bibfile.remove_field(bib, block, "title"),
        bibfile.remove_field(bib, block, "author"),
        bibfile.replace_value(bib, block, "note", Field("note", "M")),
        bibfile.rename_key(bib, block, "b"),
        bibfile.change_type(bib, block, "article"),
    ]
    assert bibfile.apply(text, edits) == "@article{b,\n  year = {2017},\n  month = jun,\n  note = {M},\n}\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("{x}", Field("f", "y"), "{y}", id="braces"),
        pytest.param('"x"', Field("f", "y"), '"y"', id="quotes"),
        pytest.param('"x"', Field("f", 'a "b"'), '{a "b"}', id="quotes in quotes"),
        pytest.param('"x"', Field("f", 'a {"}b{"}'), '"a {"}b{"}"', id="braced quotes in quotes"),
        pytest.param("2016", Field("f", "2017"), "2017", id="number"),
        pytest.param("2016", Field("f", "2017a"), "{2017a}", id="no number"),
        pytest.param("{2016}", Field("f", "2017"), "{2017}", id="braced number"),
        pytest.param("{June}", Field("f", "jul", macro=True), "jul", id="macro"),
        pytest.param("jun", Field("f", "July"), "{July}", id="macro to text"),
        pytest.param('"x" # jan', Field("f", "y"), '"y"', id="joined"),
        pytest.param("", Field("f", "y"), "{y}", id="missing"),
    ],
)
def test_a_value_keeps_its_delimiters_where_it_can(old, new, expected):
    text = f"@misc{{a, F ={old}, g = {{z}}}}"
    bib, block = block_of(text)
    edit = bibfile.replace_value(bib, block, "f", new)
    assert bibfile.apply(text, [edit]) == f"@misc{{a, F ={expected}, g = {{z}}}}"


def test_a_long_value_gets_the_file_s_line_ends():
    bib, block = block_of("@misc{a,\r\n abstract = {x}}\r\n")
    assert bibfile.replace_value(bib, block, "abstract", Field("abstract", "y\nz")).text == "{y\r\nz}"


@pytest.mark.parametrize(
    ("old", "kind", "new"),
    [("misc", "article", "article"), ("MISC", "article", "ARTICLE"), ("Misc", "inproceedings", "InProceedings")],
)
def test_a_type_keeps_its_case(old, kind, new):
    bib, block = block_of(f"@{old}{{a}}")
    assert bibfile.apply(bib.text, [bibfile.change_type(bib, block, kind)]) == f"@{new}{{a}}"


UNWRITABLE = {
    "open brace": lambda bib, block: bibfile.replace_value(bib, block, "x", Field("x", "{")),
    "closing brace first": lambda bib, block: bibfile.replace_value(bib, block, "x", Field("x", "}{")),
    "escaped brace": lambda bib, block: bibfile.add_field(bib, block, Field("y", "\\{"), DEFAULT, ()),
    "macro with a blank": lambda bib, block: bibfile.replace_value(bib, block, "x", Field("x", "a b", macro=True)),
    "number as macro": lambda bib, block: bibfile.replace_value(bib, block, "x", Field("x", "1", macro=True)),
    "empty macro": lambda bib, block: bibfile.replace_value(bib, block, "x", Field("x", "", macro=True)),
    "key with a comma": lambda bib, block: bibfile.rename_key(bib, block, "a,b"),
    "key with a brace": lambda bib, block: bibfile.rename_key(bib, block, "a}b"),
    "empty key": lambda bib, block: bibfile.rename_key(bib, block, ""),
    "type with a brace": lambda bib, block: bibfile.change_type(bib, block, "misc{b}"),
    "a comment": lambda bib, block: bibfile.change_type(bib, block, "comment"),
    "name with =": lambda bib, block: bibfile.add_field(bib, block, Field("y=z", "1"), DEFAULT, ()),
    "entry with such a key": lambda bib, block: bibfile.render_entry(Entry(entry_type="misc", key="a b}")),
    "entry of no type": lambda bib, block: bibfile.render_entry(Entry(entry_type="", key="a")),
    "no such field": lambda bib, block: bibfile.remove_field(bib, block, "nothing"),
}


@pytest.mark.parametrize("change", UNWRITABLE.values(), ids=UNWRITABLE)
def test_what_would_break_the_file_is_refused(change):
    bib, block = block_of("@misc{a, x = {1}}")
    with pytest.raises(InternalError):
        change(bib, block)


def test_edits_that_meet_are_refused():
    with pytest.raises(InternalError) as caught:
        bibfile.apply("abcdef", [Edit(Span(0, 3), "x"), Edit(Span(2, 4), "y")])
    assert caught.value.problem.code == "bib-edits-overlap"
    with pytest.raises(InternalError):
        bibfile.apply("abcdef", [Edit(Span(0, 3), ""), Edit(Span(2, 2), "y")])
    assert bibfile.apply("abcdef", [Edit(Span(0, 3), ""), Edit(Span(2, 4), ""), Edit(Span(1, 2), "")]) == "ef"


NEW = Entry(entry_type="misc", key="m", fields=(Field("title", "T"),))
M = "@misc{m,\n  title = {T},\n}"
A, B, Z = "@misc{a,\n  title = {A},\n}", "@misc{b,\n  title = {B},\n}", "@misc{z,\n  title = {Z},\n}"
META = "@Comment{jabref-meta: databaseType:bibtex;}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", f"{M}\n", id="new file"),
        pytest.param(f"{A}\n\n{B}\n", f"{A}\n\n{B}\n\n{M}\n", id="last in order"),
        pytest.param(f"{A}\n\n{Z}\n", f"{A}\n\n{M}\n\n{Z}\n", id="in order"),
        pytest.param(f"{Z}\n", f"{M}\n\n{Z}\n", id="first in order"),
        pytest.param(f"{Z}\n\n{A}\n", f"{Z}\n\n{A}\n\n{M}\n", id="no order"),
        pytest.param(f"{A}\n\n{B}", f"{A}\n\n{B}\n\n{M}", id="no newline at the end"),
        pytest.param(f"{A}\n{B}\n{Z}\n", f"{A}\n{B}\n{M}\n{Z}\n", id="no blank lines"),
        pytest.param(f"{B}\n\n\n\n{A}\n", f"{B}\n\n\n\n{A}\n\n\n\n{M}\n", id="three blank lines"),
        pytest.param(f"% Encoding: UTF-8\n\n{Z}\n", f"% Encoding: UTF-8\n\n{M}\n\n{Z}\n", id="behind a header"),
        pytest.param(f"% header\n{Z}\n", f"% header\n\n{M}\n\n{Z}\n", id="behind a header that touches"),
        pytest.param(f"head\n\n% on z\n{Z}\n", f"head\n\n{M}\n\n% on z\n{Z}\n", id="before a remark on the next"),
        pytest.param(f"@string{{x = 1}}\n\n{Z}\n", f"@string{{x = 1}}\n\n{M}\n\n{Z}\n", id="behind macros"),
        pytest.param(f"{A} % on a\n\n{Z}\n", f"{A} % on a\n\n{M}\n\n{Z}\n", id="behind a remark on the same line"),
        pytest.param(f"{A}\n\n{META}\n", f"{A}\n\n{M}\n\n{META}\n", id="before JabRef's data"),
        pytest.param(f"{META}\n", f"{M}\n\n{META}\n", id="only JabRef's data"),
        pytest.param(f"% x\n\n{META}\n", f"% x\n\n{M}\n\n{META}\n", id="only a header and JabRef's data"),
        pytest.param(f"{A}\n\n@misc{{broken,\n", f"{A}\n\n{M}\n\n@misc{{broken,\n", id="before an unclosed block"),
        pytest.param("@misc{broken,\n", f"{M}\n\n@misc{{broken,\n", id="only an unclosed block"),
        pytest.param("some words", f"some words\n\n{M}", id="only words"),
        pytest.param(f"{A} {Z}", f"{A}\n\n{M}\n\n {Z}", id="two on a line"),
        pytest.param(
            f"{A}\n{Z}\n\n@misc{{zz}}\n\n@misc{{zzz}}",
            f"{A}\n\n{M}\n\n{Z}\n\n@misc{{zz}}\n\n@misc{{zzz}}",
            id="too close",
        ),
        pytest.param(
            f"{A}\r\n\r\n{Z}\r\n".replace("\r\n", "\n").replace("\n", "\r\n"),
            f"{A}\n\n{M}\n\n{Z}\n".replace("\n", "\r\n"),
            id="CRLF",
        ),
    ],
)
def test_where_an_entry_goes(text, expected):
    bib = bibfile.parse(text)
    edit = bibfile.insert_entry(bib, NEW, bibfile.measure(bib))
    assert bibfile.apply(text, [edit]) == expected


@pytest.mark.parametrize(
    ("sort", "keys", "expected"),
    [
        ("auto", "b z a", "b z a m"),
        ("key", "b z a", "b m z a"),
        ("key", "b z a c", "b m z a c"),
        ("none", "a b z", "a b z m"),
        ("auto", "A b Z", "A b m Z"),
        ("auto", "B a", "B a m"),
        ("auto", "Z a", "Z a m"),
    ],
)
def test_orders(sort, keys, expected):
    text = "\n\n".join(f"@misc{{{key}}}" for key in keys.split())
    bib = bibfile.parse(text)
    after = bibfile.apply(text, [bibfile.insert_entry(bib, NEW, bibfile.measure(bib), sort)])
    assert [block.key for block in bibfile.parse(after).entries] == expected.split()


@pytest.mark.parametrize("start", ["", "@misc{c}\n", "@misc{z}\n\n@misc{a}\n"])
def test_many_entries_at_once(start):
    bib = bibfile.parse(start)
    new = [Entry(entry_type="misc", key=key) for key in ("d", "b", "x")]
    after = bibfile.apply(start, bibfile.insert_entries(bib, new, bibfile.measure(bib)))
    expected = {"": "b d x", "@misc{c}\n": "b c d x"}.get(start, "z a d b x")
    assert [block.key for block in bibfile.parse(after).entries] == expected.split()
    assert "\n\n\n" not in after
    assert after.endswith("}\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{A}\n\n{B}\n\n{Z}\n", f"{A}\n\n{Z}\n", id="middle"),
        pytest.param(f"{B}\n\n{Z}\n", f"{Z}\n", id="first"),
        pytest.param(f"{A}\n\n{B}\n", f"{A}\n", id="last"),
        pytest.param(f"{B}\n", "", id="only"),
        pytest.param(f"% on b\n{B}\n\n{Z}\n", f"% on b\n\n{Z}\n", id="remark"),
        pytest.param(f"% x\n{B} {Z}\n", f"% x\n{Z}\n", id="never moves an entry behind a percent"),
        pytest.param(f"{B}\n\n  {Z}\n", f"  {Z}\n", id="indent of the next"),
    ],
)
def test_an_entry_leaves_no_gap(text, expected):
    bib = bibfile.parse(text)
    (block,) = [block for block in bib.entries if block.key == "b"]
    assert bibfile.apply(text, [bibfile.remove_entry(bib, block)]) == expected


SHAPES = {
    "ours": "@misc{k,\n  author       = {A},\n  howpublished = {H},\n  month        = jun,\n}\n",
    "Google Scholar": "@misc{k,\n  author={A},\n  howpublished={H},\n  month=jun\n}\n",
    "Zotero": "@misc{k,\n\tauthor = {A},\n\thowpublished = {H},\n\tmonth = jun,\n}\n",
    "BibDesk": "@misc{k,\n\tAuthor = {A},\n\tHowpublished = {H},\n\tMonth = jun}\n",
    "old JabRef": (
        "@Misc{k,\n"
        "  Author                   = {A},\n"
        "  Howpublished             = {H},\n"
        "  Month                    = {6}\n"
        "}\n"
    ),
    "JabRef": "@Misc{k,\n  author       = {A},\n  howpublished = {H},\n  month        = jun,\n}\n",
    "old style": '@MISC{k,\n   AUTHOR = "A",\n   HOWPUBLISHED = "H",\n   MONTH = jun}\n',
    "Beebe": '@Misc{k,\n  author =       "A",\n  howpublished = "H",\n  month =        jun,\n}\n',
    "one line": "@misc{k, author = {A}, howpublished = {H}, month = jun}\n",
    "month by name": "@misc{k,\n author = {A},\n howpublished = {H},\n month = {June}\n}\n",
    "CRLF": "@misc{k,\r\n author = {A},\r\n howpublished = {H},\r\n month = jun\r\n }\r\n",
    "no indent": "@misc{k,\nauthor={A},\nhowpublished={H},\nmonth=jun}\n",
    "indented entries": (
        "@misc{j, author = {A}, volume = 1}\n\n @misc{k, author = {A}, howpublished = {H}, month = jun}\n"
    ),
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_a_new_entry_looks_like_the_others(text):
    bib = bibfile.parse(text)
    fields = (Field("author", "A"), Field("howpublished", "H"), Field("month", "jun", macro=True))
    rendered = bibfile.render_entry(Entry(entry_type="misc", key="k", fields=fields), bibfile.measure(bib))
    assert rendered == text[text.replace("\r", "\n").rfind("\n\n") + 2 if "@misc{j" in text else 0 :]


def test_the_majority_decides():
    text = "@misc{a,\n  x={1}}\n@misc{b,\n\tx = {1},\n}\n@misc{c,\n\tx = {1},\n}\n"
    habits = bibfile.measure(bibfile.parse(text))
    assert (habits.indent, habits.after_equals, habits.trailing_comma, habits.blank_lines) == ("\t", " ", True, 0)


@pytest.mark.parametrize("text", ["", "% nothing\n", "@string{a = 1}\n"])
def test_a_file_without_entries_has_the_default_habits(text):
    assert bibfile.measure(bibfile.parse(text)) == DEFAULT


def test_the_default_shape():
    fields = (
        Field("author", "Vaswani, Ashish"),
        Field("month", "jun", macro=True),
        Field("archiveprefix", "arXiv"),
    )
    assert bibfile.render_entry(Entry(entry_type="misc", key="vaswani2017attention", fields=fields)) == (
        "@misc{vaswani2017attention,\n"
        "  author        = {Vaswani, Ashish},\n"
        "  month         = jun,\n"
        "  archiveprefix = {arXiv},\n"
        "}\n"
    )
