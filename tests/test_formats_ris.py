r"""RIS: what is written, what is read of the files that programs write, and that the two agree."""

from __future__ import annotations

import json
import re
import time

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools import citekeys, latex, names, render
from bibtools.formats import ris
from bibtools.formats.items import Item
from bibtools.formats.ris.dates import parse_date, render_date
from bibtools.model import Entry, EntryOptions, Field, Name, PartialDate, Record
from tests.answered import seed_records


def entry(kind, key="k", **fields):
    return Entry(entry_type=kind, key=key, fields=tuple(Field(name, value) for name, value in fields.items()))


def written(*entries):
    return ris.render([Item(entry=one) for one in entries])


def tags(one):
    """The tags of an entry, without those that every record has."""
    lines = written(one).text.split("\n")
    assert lines[-3:] == [f"ID  - {one.key}", "ER  - ", ""]
    return lines[:-3]


def lost(one):
    """What the writer says is lost."""
    problems = written(one).problems
    assert {(p.severity, p.code, p.key) for p in problems} <= {("info", "format-lost-field", one.key)}
    return [name for p in problems for name in p.message.partition("all of ")[2].split(", ")]


def read(text):
    parsed = ris.parse(text)
    return [one.entry for one in parsed.entries]


def fields(one):
    return {field.name: field.value for field in one.fields}


def again(one):
    (back,) = read(written(one).text)
    return back


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(
            entry("misc", author="Vaswani, A.", title="T", eprint="1706.03762", archiveprefix="arXiv",
                  primaryclass="cs.CL", year="2017", month="jun"),
            ["TY  - GEN", "TI  - T", "AU  - Vaswani, A.", "DA  - 2017/06//", "PY  - 2017",
             "DO  - 10.48550/arXiv.1706.03762", "PB  - arXiv", "UR  - https://arxiv.org/abs/1706.03762",
             "AN  - arXiv:1706.03762 [cs.CL]", "DB  - arXiv"],
            id="preprint",
        ),
        pytest.param(
            entry("online", title="T", eprint="solv-int/9901001v2", eprinttype="arxiv", eprintclass="solv-int"),
            ["TY  - GEN", "TI  - T", "DO  - 10.48550/arXiv.solv-int/9901001", "PB  - arXiv",
             "UR  - https://arxiv.org/abs/solv-int/9901001v2", "AN  - arXiv:solv-int/9901001v2", "DB  - arXiv"],
            id="old id with a version",
        ),
        pytest.param(
            entry("article", title="T", subtitle="S", journal="J. Tests", volume="3", number="4", pages="1--10",
                  doi="10.1000/a\\_b", issn="1234-567X", eprint="1706.03762", archiveprefix="arXiv", date="2017"),
            ["TY  - JOUR", "TI  - T: S", "T2  - J. Tests", "PY  - 2017", "DO  - 10.1000/a_b", "VL  - 3", "IS  - 4",
             "SP  - 1", "EP  - 10", "SN  - 1234-567X", "UR  - https://arxiv.org/abs/1706.03762",
             "AN  - arXiv:1706.03762", "DB  - arXiv"],
            id="published, with its preprint",
        ),
        pytest.param(
            entry("inproceedings", title="T", booktitle="Proc.", eventtitle="Conf", editor="Doe, J.",
                  series="LNCS", number="7", venue="Here", location="There", publisher="P",
                  isbn="978-3-16-148410-0"),
            ["TY  - CONF", "TI  - T", "T2  - Conf", "C3  - Proc.", "ED  - Doe, J.", "T3  - LNCS", "C1  - Here",
             "CY  - There", "M1  - 7", "PB  - P", "SN  - 978-3-16-148410-0"],
            id="inproceedings",
        ),
        pytest.param(
            entry("phdthesis", title="T", school="U", year="2001"),
            ["TY  - THES", "TI  - T", "PY  - 2001", "M3  - PhD thesis", "PB  - U"],
            id="thesis",
        ),
        pytest.param(
            entry("techreport", title="T", institution="I", number="TR-1", year="2001"),
            ["TY  - RPRT", "TI  - T", "PY  - 2001", "M3  - Technical report", "PB  - I", "SN  - TR-1"],
            id="report",
        ),
        pytest.param(
            entry("patent", title="T", holder="{Some Inc.} and Doe, Jo", number="US1"),
            ["TY  - PAT", "TI  - T", "PB  - Some Inc.; Doe, Jo", "SN  - US1"],
            id="patent",
        ),
        pytest.param(
            entry("article", title="T", eid="e107", translator="Doe, Jo", keywords="a, b c; d"),
            ["TY  - JOUR", "TI  - T", "A4  - Doe, Jo", "C7  - e107", "SP  - e107", "KW  - a", "KW  - b c",
             "KW  - d"],
            id="article number, translator, keywords",
        ),
        pytest.param(
            entry("software", title="T", version="1.2", organization="O", url="https://x.org/a\\_b",
                  urldate="2020-01-02"),
            ["TY  - COMP", "TI  - T", "ET  - 1.2", "PB  - O", "UR  - https://x.org/a_b", "Y2  - 2020/01/02/"],
            id="software",
        ),
        pytest.param(
            entry("book", title="T", pagetotal="300", edition="2", series="S", number="3", volumes="2"),
            ["TY  - BOOK", "TI  - T", "T3  - S", "ET  - 2", "SP  - 300", "M1  - 3", "NV  - 2"],
            id="book",
        ),
    ],
)  # fmt: skip
def test_what_is_written_and_read_again(one, expected):
    assert tags(one) == expected
    assert lost(one) == []
    assert written(again(one)).text == written(one).text


@pytest.mark.parametrize(
    ("kind", "back"),
    [
        *((kind, kind) for kind in (
            "article", "book", "collection", "incollection", "inproceedings", "proceedings", "inreference",
            "booklet", "manual", "report", "thesis", "unpublished", "online", "misc", "patent", "software",
            "dataset", "periodical", "video", "movie", "audio", "music", "image", "legislation", "jurisdiction",
            "letter", "standard",
        )),
        ("mvbook", "book"), ("strange", "misc"),
    ],
)  # fmt: skip
def test_types(kind, back):
    role = "editor" if kind in ("collection", "proceedings") else "author"
    place = {"booktitle": "B"} if kind in ("incollection", "inproceedings", "inreference") else {}
    one = entry(kind, title="T", **{role: "Doe, Jo"}, **place)
    assert again(one).entry_type == back
    assert lost(one) == ([] if kind == back else [f"@{kind}"])


@pytest.mark.parametrize(
    ("latex_names", "lines", "back"),
    [
        ("van der Berg, Jan", ["van der Berg, Jan"], None),
        ("Jan van der Berg", ["van der Berg, Jan"], "van der Berg, Jan"),
        ("King, Jr., Martin Luther", ["King, Martin Luther, Jr."], None),
        ("{Hunt, III}, H. B.", ["Hunt, H. B., III"], "Hunt, III, H. B."),
        ("{Gemma Team}", ["Gemma Team"], None),
        ("{Barnes and Noble}", ["Barnes and Noble"], None),
        ("{OpenAI}", ["OpenAI"], "OpenAI"),
        (r"{\"O}zg{\"u}r, {\c C}a\u{g}la", ["Özgür, Çağla"], "Özgür, Çağla"),
        ("Doe, Jo and others", ["Doe, Jo", "et al."], None),
        ("Müller, Jörg and {The Group}", ["Müller, Jörg", "The Group"], None),
        ("王, 小明", ["王, 小明"], None),
    ],
)
def test_names(latex_names, lines, back):
    one = entry("article", title="T", author=latex_names)
    assert [line.removeprefix("AU  - ") for line in tags(one) if line.startswith("AU")] == lines
    assert again(one).get("author") == (back or latex_names)
    assert lost(one) == []


def test_a_comma_inside_a_collective_is_reported():
    one = entry("book", title="T", author="{Barnes, Noble and Co.}")
    assert "AU  - Barnes Noble and Co." in tags(one)
    assert lost(one) == ["author"]


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("2017", "2017///"), ("2017-06", "2017/06//"), ("2017-06-12", "2017/06/12/"),
        ("2017/2018", "2017///to 2018"), ("2017-06-12/2017-06-14", "2017/06/12/to 2017-06-14"),
        ("2017/", "2017///to .."), ("1850~", "1850///circa"), ("1850?", "1850///uncertain"),
        ("1850%", "1850///circa, uncertain"), ("2001-21", "2001///Spring"), ("2001-24~", "2001///Winter, circa"),
        ("1850~/1860", "1850///circa, to 1860"),
    ],
)  # fmt: skip
def test_dates(date, text):
    assert render_date(date) == text
    assert parse_date(text) == (date, "")


@pytest.mark.parametrize(
    "date", ["-0379-02", "199X", "Y17000002", "in press", "2017-13-01", "2017-06-32", "", "/2017"]
)
def test_dates_without_such_a_form(date):
    assert render_date(date) is None


@pytest.mark.parametrize(
    ("text", "date", "rest"),
    [
        ("2017-06-12", "2017-06-12", ""), ("2017/6/2", "2017-06-02", ""), ("20170612", "2017-06-12", ""),
        ("12 Jun 2017", "2017-06-12", ""), ("2017 Jun 12", "2017-06-12", ""), ("June 2017", "2017-06", ""),
        ("2017-06-12T10:00:00Z", "2017-06-12", ""), ("2017/06/12/print", "2017-06-12", "print"),
        ("2017/00/00", "2017", ""), ("1985-1986", "1985/1986", ""), ("Fall 2017", "", "Fall 2017"),
        ("2017/13/01", "2017", "2017/13/01"), ("in press", "", "in press"), ("", "", ""), ("2017///", "2017", ""),
        ("9" * 100_000, "", "9" * 60),
    ],
)  # fmt: skip
def test_dates_of_other_programs(text, date, rest):
    assert parse_date(text) == (date, rest)


def test_a_value_is_one_line_and_an_empty_line_stands_between_records():
    title = "a\n  ER  - \nTY  - JOUR\x0b\x0c\x85\u2028b\x00"
    text = written(entry("misc", title=title, abstract="one\n\ntwo"), entry("misc", key="l", title="T")).text
    assert text == (
        "TY  - GEN\nTI  - a ER - TY - JOUR b\nAB  - one two\nID  - k\nER  - \n"
        "\nTY  - GEN\nTI  - T\nID  - l\nER  - \n"
    )
    assert written().text == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (r"\emph{BERT} \& {GPT-4}: 50\% of \#1, a\_b", "BERT & GPT-4: 50% of #1, a_b"),
        (r"$\alpha^2 \le x_1$", "α² ≤ x₁"), (r"cost \$5 and \$6", "cost $5 and $6"),
        (r"the set \{0, 1\} in $\{a\}$", "the set {0, 1} in {a}"), (r"$A \setminus \{0\}$", "A ∖ {0}"),
        (r"C:\textbackslash{}new", "C:\\\u2060new"), (r"$\|x\|$ in $\mathcal{O}(n)$", "‖x‖ in 𝒪(n)"),
        ("``q'' -- 'x'", "“q” – 'x'"), ("👩\u200d💻 naïve", "👩\u200d💻 naïve"),
        ("ناحیه\u200cای", "ناحیه\u200cای"), ("שלום", "שלום"), ("e\u0301t\u0323", "éṭ"),
        (r"x $\xrightarrow{f}$ y", r"x $\xrightarrow{f}$ y"),
    ],
)  # fmt: skip
def test_texts(value, text):
    one = entry("misc", title=value)
    assert tags(one)[1] == f"TI  - {text}"
    assert lost(one) == []
    assert written(again(one)).text == written(one).text


def test_what_has_no_place_is_reported():
    one = entry(
        "article",
        title="T",
        author="Doe, Jo",
        journal="J",
        publisher="P",
        organization="O",
        file="a.pdf",
        date="199X",
    )
    assert lost(one) == ["organization", "file", "date"]


def test_the_second_of_two_numbers_is_reported():
    one = entry("book", title="T", isbn="978-90-277-1262-2 978-90-277-1263-9", issn="1234-567X")
    assert "SN  - 978-90-277-1262-2 978-90-277-1263-9" in tags(one)
    assert (again(one).get("isbn"), again(one).get("issn")) == ("978-90-277-1262-2", "1234-567X")
    assert lost(one) == ["isbn"]
    (problem,) = ris.parse(written(one).text).problems
    assert problem.message.endswith("SN: 978-90-277-1263-9")


def test_an_entry_of_which_nothing_is_left_is_a_record_still():
    exported = written(entry("index", category="x"), entry("misc", key="b", title="T"))
    assert exported.text == "TY  - GEN\nID  - k\nER  - \n\nTY  - GEN\nTI  - T\nID  - b\nER  - \n"
    assert [(p.severity, p.code, p.key) for p in exported.problems] == [("info", "format-lost-field", "k")]
    assert [read.entry.key for read in ris.parse(exported.text).entries] == ["k", "b"]


# -- files of other programs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        pytest.param(
            "TY  - JOUR\nTI  - T\nT2  - Journal of Tests\nAU  - Doe, Jo\nDA  - 2019/05/01/\nPY  - 2019\n"
            "DO  - 10.1000/Ab\nJ2  - J. Tests\nSN  - 1234-5678\nSP  - 12\nEP  - 34\nUR  - https://x.org/a b\n"
            "Y2  - 2020/01/02/10:11:12\nER  - \n",
            "article",
            {"author": "Doe, Jo", "title": "T", "journaltitle": "Journal of Tests", "shortjournal": "J. Tests",
             "date": "2019-05-01", "doi": "10.1000/Ab", "issn": "1234-5678", "pages": "12--34",
             "url": "https://x.org/a", "urldate": "2020-01-02"},
            id="Zotero",
        ),
        pytest.param(
            "TY  - GEN\nTI  - T\nAU  - Doe, Jo\nDA  - 2019/05/01/\nDO  - 10.48550/arXiv.1905.00001\n"
            "DP  - arXiv.org\nUR  - http://arxiv.org/abs/1905.00001\nER  - \n",
            "online",
            {"author": "Doe, Jo", "title": "T", "date": "2019-05-01", "doi": "10.48550/arXiv.1905.00001",
             "url": "http://arxiv.org/abs/1905.00001", "eprint": "1905.00001", "eprinttype": "arxiv"},
            id="a preprint of Zotero",
        ),
        pytest.param(
            "TY  - CONF\nTI  - T\nT2  - 2019 Conference on Tests\nSP  - 1\nEP  - 8\nAU  - J. -P. Doe\n"
            "AU  - A. B. van Roe\nPY  - 2019\nDO  - 10.1109/TEST.2019.1\nJO  - 2019 Conference on Tests\nIS  - \n"
            "SN  - 2379-1234\nVL  - \nJA  - 2019 Conference on Tests\nY1  - 20-25 May 2019\nER  - \n",
            "inproceedings",
            {"author": "Doe, J. -P. and van Roe, A. B.", "title": "T", "booktitle": "2019 Conference on Tests",
             "date": "2019", "pages": "1--8", "doi": "10.1109/TEST.2019.1", "issn": "2379-1234"},
            id="IEEE Xplore",
        ),
        pytest.param(
            "TY  - JOUR\nA1  - Doe,J.A.\nA1  - Roe,B.\nT1  - T\nJF  - Journal of Tests\nJO  - J.Tests\n"
            "Y1  - 1999/03//\nVL  - 7\nIS  - 2\nSP  - 101-7\nN2  - Short.\nM3  - 10.1000/xy\nKW  - a\nb\nER  - \n",
            "article",
            {"author": "Doe, J.A. and Roe, B.", "title": "T", "journaltitle": "Journal of Tests",
             "shortjournal": "J.Tests", "date": "1999-03", "volume": "7", "number": "2", "pages": "101--7",
             "doi": "10.1000/xy", "abstract": "Short.", "keywords": "a, b"},
            id="Reference Manager, tags of 2001",
        ),
        pytest.param(
            "TY  - EDBOOK\nAU  - Doe, Jo\nTI  - T\nT2  - Series\nA4  - Roe, B.\n"
            "CY  - Here\nPB  - P\nSN  - 9783161484100\nPY  - 2001\nER  - \n",
            "collection",
            {"title": "T", "editor": "Doe, Jo", "translator": "Roe, B.", "series": "Series", "date": "2001",
             "publisher": "P", "location": "Here", "isbn": "9783161484100"},
            id="EndNote, an edited book",
        ),
        pytest.param(
            "TY  - CHAP\nAU  - Doe, Jo\nA2  - Roe, B.\nTI  - T\nBT  - Book\n"
            "T3  - LNCS\nSV  - 12\nSE  - 3\nUR  - https://doi.org/10.1000/q\nER  - \n",
            "incollection",
            {"author": "Doe, Jo", "title": "T", "booktitle": "Book", "editor": "Roe, B.", "series": "LNCS",
             "number": "12", "chapter": "3", "doi": "10.1000/q", "url": "https://doi.org/10.1000/q"},
            id="a publisher's chapter",
        ),
        pytest.param(
            "TY  - JOUR\nAU  - Gemma Team,\nAU  - et al.\nTI  - T\nJO  - CoRR\n"
            "VL  - abs/1905.00001\nPY  - 2019\nER  - \n",
            "article",
            {"author": "{Gemma Team} and others", "title": "T", "journaltitle": "CoRR", "date": "2019",
             "volume": "abs/1905.00001", "eprint": "1905.00001", "eprinttype": "arxiv"},
            id="DBLP's CoRR, EndNote's collective",
        ),
        pytest.param(
            "TY  - JOUR\nTI  - T\nAN  - 123456\nDB  - PubMed\nDA  - May 12\nPY  - 2019\n"
            "SN  - 00280836 (ISSN)\nLA  - en\nC7  - 165126\nSP  - 165126\nN1  - doi: 10.1000/n\nER  - \n",
            "article",
            {"title": "T", "date": "2019-05-12", "eid": "165126", "doi": "10.1000/n", "eprint": "123456",
             "eprinttype": "pubmed", "issn": "00280836", "language": "en", "note": "doi: 10.1000/n"},
            id="an accession number, an article number, a DOI in the notes",
        ),
    ],
)  # fmt: skip
def test_files_of_other_programs(text, kind, expected):
    (one,) = read(text)
    assert (one.entry_type, fields(one)) == (kind, expected)


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - The title\nER  - \n", "\ufeffTY  - JOUR\r\nTI  - The\r\n title\r\nER  -",
        "TY  -JOUR\nTI  -The title\nER  -\n", "ty  - jour\nti  - The title\ner  - \n",
        " TY - JOUR\n TI - The title\n ER -\n", "TY\t- JOUR\nTI\t- The title\nER\t-\n",
        "TY  – JOUR\nTI  – The title\nER  – \n", "TY  - JOUR\rTI  - The title\rER  - \r",
        "TY  - JOUR\n\nT1  - The title\n\n\nER  - \n\n\x1a",
    ],
)  # fmt: skip
def test_how_a_file_may_be_spelt(text):
    parsed = ris.parse(text)
    assert [(e.entry.entry_type, e.entry.get("title")) for e in parsed.entries] == [("article", "The title")]
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("text", "count", "problems"),
    [
        ("TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\n", 2, [("ris-unclosed", 1), ("ris-unclosed", 3)]),
        ("TI  - A\nER  - \n", 1, [("ris-untyped", 1)]),
        (
            "Provider: X\nDatabase: Y\n\nTY  - JOUR\nTI  - A\nER  - \nEOF\n",
            1,
            [("ris-outside", 1), ("ris-outside", 7)],
        ),
        ("TY  - XYZ\nTI  - A\nER  - \n", 1, [("ris-type", 1)]),
        ("TY  - JOUR\nTI  - A\nAD  - Here\nL1  - a.pdf\nDA  - 2017/06/12/print\nER  - \n", 1, [("ris-unread", 1)]),
        ("TY  - JOUR\nER  - \nER  - \n", 0, [("ris-empty", 1)]),
        ("", 0, []),
        ("nothing of RIS\n", 0, [("ris-outside", 1)]),
    ],
)
def test_what_is_out_of_place(text, count, problems):
    parsed = ris.parse(text)
    assert (len(parsed.entries), [(p.code, p.where.line) for p in parsed.problems]) == (count, problems)
    assert parsed.usable == (bool(count) or not text)


def test_tags_that_no_field_says_are_named():
    (problem,) = ris.parse(
        "TY  - JOUR\nID  - x\nTI  - A\nAD  - Here\nDP  - X\nDA  - 2017/06/12/print\nER  - \n"
    ).problems
    assert (problem.severity, problem.key) == ("info", "x")
    assert problem.message.endswith("AD, DP, DA: print")


def test_what_is_there_twice_is_read_or_named():
    text = (
        "TY  - JOUR\nTI  - A\nTI  - B\nN1  - one\nN1  - two\nUR  - https://x.org/1\nUR  - https://x.org/2\n"
        "UR  - https://doi.org/10.1000/a\nAB  - C\nN2  - D\nL1  - file:///home/a.pdf\nER  - \n"
    )
    parsed = ris.parse(text)
    assert fields(parsed.entries[0].entry) == {
        "title": "A", "doi": "10.1000/a", "url": "https://x.org/1", "abstract": "C", "note": "one; two",
    }  # fmt: skip
    assert parsed.problems[0].message.endswith("behind L1, N2, TI: B, UR: https://x.org/2")


def test_spans_are_the_records():
    text = "x\nTY  - JOUR\nTI  - A\nER  - \n\nTY  - JOUR\nTI  - B\n c\nER  - "
    assert [text[e.span.start : e.span.stop] for e in ris.parse(text).entries] == [
        "TY  - JOUR\nTI  - A\nER  - ", "TY  - JOUR\nTI  - B\n c\nER  - ",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["vaswani2017", "DBLP:conf/x/Doe+19", "o'brien_2", "徐2016", "Müller.2010"])
def test_a_key_stays(key):
    assert again(entry("misc", key=key, title="T")).key == key


# -- laws ------------------------------------------------------------------------------------------------------

HOSTILE = st.lists(
    st.one_of(
        st.sampled_from([
            r"\&", r"\%", r"\#", r"\$", "{", "}", r"\{", r"\}", r"\textbackslash{}", "``", "''", '"', "'", "\n",
            "\r\n", "TY  - JOUR", "ER  - ", "~", "--", "---", "$x_1$", r"$\alpha$", "😀", "👩\u200d💻", "שלום",
            "e\u0301",
            "n\u0323\u0307", r"\emph{a}", r"\'e", r"{\"o}", "{BERT}", "a", "word", " ", ",", ";", "<b>", "|",
            "^", "_", "*",
            "\x00", "\u2028", "\u200f", "Ω", "ℝ", r"\alpha", "and", "1706.03762",
        ]),
        st.text(max_size=6),
    ),
    max_size=8,
).map("".join)  # fmt: skip
KINDS = st.sampled_from(
    ["article", "book", "inproceedings", "incollection", "thesis", "report", "online", "misc", "patent"]
)
NAMES = (
    "title",
    "abstract",
    "note",
    "journaltitle",
    "booktitle",
    "series",
    "publisher",
    "number",
    "keywords",
    "type",
)
PEOPLE = st.lists(
    st.builds(
        Name, family=HOSTILE.filter(str.strip), given=HOSTILE, particle=st.sampled_from(["", "van der"]),
        suffix=st.sampled_from(["", "Jr."]), literal=st.one_of(st.just(""), HOSTILE),
    ),
    max_size=3,
)  # fmt: skip


def listed(people):
    encoded = [
        Name(
            **{
                part: latex.encode_name_part(getattr(one, part), bibtex=False)
                for part in Name.__dataclass_fields__
            }
        )
        for one in people
    ]
    return " and ".join(filter(None, map(names.bibtex, encoded)))


ENTRIES = st.builds(
    lambda kind, values, people: entry(kind, title="T", author=listed(people), **values),
    KINDS,
    st.dictionaries(st.sampled_from(NAMES[1:]), HOSTILE.map(lambda text: latex.encode(text).text), max_size=5),
    PEOPLE,
)


@settings(max_examples=300)
@given(ENTRIES)
def test_what_is_not_reported_is_written_the_same_again(one):
    exported = written(one)
    (back,) = read(exported.text)
    assert back.key == one.key
    if not exported.problems:
        assert written(back).text == exported.text


def visible(text):
    """Blanks, dashes, control characters and the two signs of set difference aside."""
    return re.sub(r"[\s–—-]+", "-", re.sub(r"[\x00-\x1f\x7f-\x9f]", "", text).replace("\u2060", "")).strip("-")


@settings(max_examples=200)
@given(HOSTILE.map(lambda text: latex.encode(text).text))
def test_a_hostile_text_is_written_as_it_prints_and_read_so_or_reported(value):
    one = entry("misc", title="T", abstract=value)
    (line, *_) = [*(line.removeprefix("AB  - ") for line in tags(one) if line.startswith("AB")), ""]
    prints = visible(latex.decode(value, math="unicode"))
    assert visible(line) == prints
    said = visible(latex.decode(again(one).get("abstract") or "", math="unicode"))
    assert said == prints or lost(one) == ["abstract"]


@settings(max_examples=300)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([
                "TY  - JOUR", "ER  - ", "TI  - ", "AU  - ", "KW  - ", "DA  - ", "\n", "\r\n", "\r", "\ufeff",
                "2017/", "10.1000/x",
            ]),
            st.text(max_size=8),
        ),
        max_size=20,
    ).map("".join)
)  # fmt: skip
def test_any_text_is_read(text):
    parsed = ris.parse(text)
    stops = [0]
    for one in parsed.entries:
        assert stops[-1] <= one.span.start < one.span.stop <= len(text)
        assert one.entry.fields
        stops.append(one.span.stop)
    assert all(p.where.line is not None for p in parsed.problems)


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\n" + "AU  - Doe, Jo\n" * 20_000 + "ER  - \n",
        "TY  - JOUR\nTI  - " + "{" * 20_000 + "\nER  - \n",
        "TY  - JOUR\nTI  - A\nN1  - " + "a\n" * 50_000,
        "TY  - JOUR\nAU  - " + "A. " * 20_000 + "\nTI  - T\nER  - \n",
        "TY  - JOUR\nSN  - " + "1-" * 50_000 + "\nTI  - T\nER  - \n",
        "TY  - JOUR\nSP  - " + "1-" * 50_000 + "\nTI  - T\nER  - \n",
        "TY  - JOUR\nUR  - " + "https://" * 20_000 + "\nTI  - T\nER  - \n",
        "x\n" * 100_000,
    ],
    ids=["authors", "braces", "lines", "initials", "numbers", "pages", "addresses", "outside"],
)
def test_large_files_take_little_time(text):
    begin = time.monotonic()
    ris.parse(text)
    assert time.monotonic() - begin < 20


def test_four_hundred_authors():
    people = " and ".join(f"Fam{n}, G. {n % 7}." for n in range(400))
    one = entry("article", title="T", author=people)
    assert again(one).get("author") == people
    assert lost(one) == []


# -- real readers ----------------------------------------------------------------------------------------------

AWKWARD = Record(
    id="arxiv:2401.00001",
    title="100% of $x_1$ & #1: the \\emph{α}-β_test of LLaMA-2",
    authors=(Name(family="Maaten", particle="van der", given="Øvyind"), Name(literal="Gemma Team"),
             Name(family="Łukasz", given="Żółć", suffix="Jr.")),
    abstract="We have 50% of $O(n\\log n)$.",
    published=PartialDate(2024, 1, 2),
    primary_category="cs.LG",
    dois=("10.1000/a_b",),
)  # fmt: skip


@pytest.fixture(scope="module")
def exported():
    records = (*seed_records(), AWKWARD)
    keys = citekeys.assign(records, {})
    return records, render.export(tuple((keys[r.id], r) for r in records), "ris", EntryOptions())


def test_records_lose_nothing(exported):
    records, made = exported
    assert [p for p in made.problems if p.code.startswith("format-lost")] == []
    for record, one in zip(records, read(made.text), strict=True):
        assert (one.entry_type, one.get("eprint")) == ("online", record.arxiv_number)
        assert one.get("eprintclass") == record.primary_category
        assert one.get("date") == str(record.published)
        assert one.get("url") is None  # what only repeats the id is gone again
        assert one.get("doi") == next((doi for doi in record.dois if "arxiv" not in doi.lower()), None)


def test_rispy_reads_it(exported):
    records, made = exported
    for record, item in zip(records, rispy.loads(made.text), strict=True):
        assert item["type_of_reference"] == "GEN"
        assert item["year"] == str(record.published.year)
        assert item["title"] == latex.decode(latex.encode(record.title).text, math="unicode")
        assert item["abstract"] == latex.decode(latex.encode(record.abstract).text, math="unicode")
        assert len(item["authors"]) == len(record.authors) + (not record.authors_complete)
        assert item["accession_number"].startswith(f"arXiv:{record.arxiv_number}")
        assert item["doi"] in (*record.dois, f"10.48550/arXiv.{record.arxiv_number}")
        assert item["urls"] == [f"https://arxiv.org/abs/{record.arxiv_number}"]
        assert "unknown_tag" not in json.dumps(item)
