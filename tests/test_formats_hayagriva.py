"""Hayagriva: what is written, and what Typst makes of it."""

from __future__ import annotations

import html
import re

import pytest
import typst
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools import citekeys, formats, latex, render
from bibtools.formats import hayagriva
from bibtools.formats.hayagriva.texts import address, date, formattable, language
from bibtools.formats.items import Item
from bibtools.model import Entry, EntryOptions, Field
from tests.answered import seed_records

STYLES = (
    "ieee", "apa", "chicago-author-date", "mla", "vancouver", "nature", "american-physics-society",
    "association-for-computing-machinery", "springer-lecture-notes-in-computer-science", "iso-690-numeric",
)  # fmt: skip


def entry(kind, key="k", **fields):
    return Entry(entry_type=kind, key=key, fields=tuple(Field(name, value) for name, value in fields.items()))


def work(one):
    return yaml.safe_load(hayagriva.render([Item(entry=one)]).text)[one.key]


def lost(one):
    problems = hayagriva.render([Item(entry=one)]).problems
    assert {(p.severity, p.code, p.key) for p in problems} <= {("info", "format-lost-field", one.key)}
    return [name for p in problems for name in p.message.partition("all of ")[2].split(", ")]


def typeset(folder, text, style):
    """The references that Typst prints, as text."""
    (folder / "refs.yaml").write_text(text, encoding="utf-8")
    (folder / "main.typ").write_text(f'#bibliography("refs.yaml", full: true, style: "{style}")', encoding="utf-8")
    made = typst.compile(str(folder / "main.typ"), format="html").decode("utf-8")
    return html.unescape(re.sub(r"<[^>]+>", "", made.partition("</h2>")[2]))


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(
            entry("misc", author="Vaswani, Ashish", title="T", eprint="1706.03762", archiveprefix="arXiv",
                  primaryclass="cs.CL", year="2017", month="jun"),
            {
                "type": "article", "title": "T", "author": ["Vaswani, Ashish"], "date": "2017-06",
                "url": "https://arxiv.org/abs/1706.03762",
                "serial-number": {"arxiv": "1706.03762", "doi": "10.48550/arXiv.1706.03762"},
                "parent": {"type": "periodical", "title": "{arXiv}",
                           "volume": "preprint arXiv:1706.03762 [cs.CL]"},
            },
            id="preprint",
        ),
        pytest.param(
            entry("article", title="T", journal="arXiv preprint arXiv:1706.03762", doi="10.1000/a"),
            {
                "type": "article", "title": "T", "url": "https://arxiv.org/abs/1706.03762",
                "serial-number": {"arxiv": "1706.03762", "doi": "10.1000/a"},
                "parent": {"type": "periodical", "title": "{arXiv}", "volume": "preprint arXiv:1706.03762"},
            },
            id="preprint in a journal of arXiv's",
        ),
        pytest.param(
            entry("article", title="T", journal="CoRR", volume="abs/1706.03762", eprint="1706.03762",
                  eprinttype="arXiv"),
            {
                "type": "article", "title": "T", "url": "https://arxiv.org/abs/1706.03762",
                "serial-number": {"arxiv": "1706.03762", "doi": "10.48550/arXiv.1706.03762"},
                "parent": {"type": "periodical", "title": "{arXiv}", "volume": "preprint arXiv:1706.03762"},
            },
            id="preprint as dblp has it",
        ),
        pytest.param(
            entry("article", title="T", journal="arXiv e-prints", eid="arXiv:1706.03762", pages="arXiv:1706.03762",
                  eprint="1706.03762", primaryclass="cs.CL"),
            {
                "type": "article", "title": "T", "url": "https://arxiv.org/abs/1706.03762",
                "serial-number": {"arxiv": "1706.03762", "doi": "10.48550/arXiv.1706.03762"},
                "parent": {"type": "periodical", "title": "{arXiv}",
                           "volume": "preprint arXiv:1706.03762 [cs.CL]"},
            },
            id="preprint as ADS has it",
        ),
        pytest.param(
            entry("misc", title="T", booktitle="A Workshop", volume="3", eprint="1706.03762"),
            {
                "type": "article", "title": "T", "genre": "preprint", "volume": 3,
                "url": "https://arxiv.org/abs/1706.03762",
                "serial-number": {"arxiv": "1706.03762", "serial": "arXiv:1706.03762",
                                  "doi": "10.48550/arXiv.1706.03762"},
                "parent": {"type": "misc", "title": "A Workshop"},
            },
            id="preprint that is part of something else",
        ),
        pytest.param(
            entry("article", title="T", subtitle="S", journal="Journal", shortjournal="J.", volume="3",
                  number="4b", pages="1--10", doi="10.1000/a\\_b", eprint="1706.03762v2", archiveprefix="arXiv",
                  date="2017-06-12"),
            {
                "type": "article", "title": "T: S", "date": "2017-06-12", "page-range": "1-10",
                "serial-number": {"arxiv": "1706.03762v2", "doi": "10.1000/a_b"},
                "parent": {"type": "periodical", "title": {"value": "Journal", "short": "J."}, "volume": 3,
                           "issue": "4b"},
            },
            id="published",
        ),
        pytest.param(
            entry("inproceedings", title="T", booktitle="Proc.", editor="van der Berg, Jr., Jan", series="LNCS",
                  number="7", publisher="P", location="There", eventtitle="Conf", venue="Here"),
            {
                "type": "article", "title": "T",
                "parent": [
                    {"type": "proceedings", "title": "Proc.",
                     "editor": [{"name": "Berg", "given-name": "Jan", "prefix": "van der", "suffix": "Jr."}],
                     "publisher": {"name": "P", "location": "There"},
                     "parent": {"type": "proceedings", "title": "LNCS", "volume": 7}},
                    {"type": "conference", "title": "Conf", "location": "Here"},
                ],
            },
            id="inproceedings",
        ),
        pytest.param(
            entry("incollection", title="T", booktitle="B", bookauthor="{The Group}", chapter="3", publisher="P"),
            {
                "type": "anthos", "title": "T", "chapter": 3,
                "parent": {"type": "anthology", "title": "B", "author": [{"name": "The Group"}], "publisher": "P"},
            },
            id="incollection",
        ),
        pytest.param(
            entry("phdthesis", title="T", school="U", year="2001"),
            {"type": "thesis", "title": "T", "date": "2001", "genre": "PhD thesis", "publisher": "U"},
            id="thesis",
        ),
        pytest.param(
            entry("techreport", title="T", institution="I", number="TR-1"),
            {"type": "report", "title": "T", "genre": "Technical report", "publisher": "I",
             "serial-number": {"serial": "TR-1"}},
            id="report",
        ),
        pytest.param(
            entry("book", title="T", shorttitle="S", series="Series", number="3", edition="2", pagetotal="300",
                  translator="Doe, Jo", langid="ngerman", date="1850~"),
            {
                "type": "book", "title": {"value": "T", "short": "S"}, "date": "~1850", "edition": 2,
                "affiliated": [{"role": "translator", "names": ["Doe, Jo"]}], "page-total": 300, "language": "de",
                "parent": {"type": "book", "title": "Series", "volume": 3},
            },
            id="book",
        ),
        pytest.param(
            entry("online", title="T", url="https://x.org/a\\_b?c=%20d#e", urldate="2020-01-02", organization="O"),
            {"type": "web", "title": "T", "publisher": "O",
             "url": {"value": "https://x.org/a_b?c=%20d#e", "date": "2020-01-02"}},
            id="online",
        ),
        pytest.param(
            entry("software", title="T", version="1.2", note="yes"),
            {"type": "repository", "title": "T", "note": "yes", "serial-number": {"version": "1.2"}},
            id="software",
        ),
    ],
)  # fmt: skip
def test_works(one, expected):
    assert work(one) == expected
    assert lost(one) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("{BERT} and {GPT-4} of eBay", "{BERT }and {GPT-4} of eBay"),  # or title case swallows the first blank
        ("The {BERT}: {t5}", "The {BERT}: t5"),
        (r"{\"O}l \emph{X} \textsc{Y} {{LLaMA}}", "Öl X Y {LLaMA}"),
        (r"\{0, 1\} at \$5 and {SAEs}", r"\{0, 1\} at \$5 and {SAEs}"),
        (r"$\alpha^2 \le {X}$", "α² ≤ X"),
        (r"C:\textbackslash{}x", "C:\\\\x"),
        (r"a $\xrightarrow{f}$ b", r"a \$\\xrightarrow\{f\}\$ b"),
        ("*a* _b_ #c @d <e> ~", "*a* _b_ #c @d <e> ~"),
        ("a\x00b\x85c\u2028d\ue000e", "ab c de"),
    ],
)
def test_formattable_strings(value, text):
    assert formattable(value) == text


def test_mathematics_that_stays_tex_is_reported():
    assert lost(entry("misc", title=r"a $\xrightarrow{f}$ b")) == ["title"]
    assert lost(entry("misc", title=r"a $\alpha$ at \$5")) == []


@pytest.mark.parametrize(
    ("value", "made"),
    [
        ("2017", "2017"), ("2017-06-12", "2017-06-12"), ("1850~", "~1850"), ("2017/2018", "2017"),
        ("2017-06-12T10:00", "2017-06-12"), ("2001-22", {"year": 2001, "season": 2}), ("2017-13", None),
        ("2017-02-29", None), ("2016-02-29", "2016-02-29"), ("2017-04-31", None), ("in press", None), ("", None),
    ],
)  # fmt: skip
def test_dates(value, made):
    assert date(value) == made


@pytest.mark.parametrize(
    "value",
    ["http://[x", "x.org", "http://", "http://a b", "http://1.2.3.4.5/", "http://x.org:99999/",
     "javascript:alert(1)",
     "http://exa%mple.org/", "http://x..org/", "http://xn--0.org/", "http://-.org/", "http://x.org/ä", ""],
)  # fmt: skip
def test_addresses_that_would_stop_typst_are_reported(value):
    assert address(value) is None
    one = entry("misc", title="T", url=value)
    assert "url" not in work(one)
    assert lost(one) == (["url"] if value else [])


@pytest.mark.parametrize("value", ["Klingon", "e", "EN", "en_US", "deutsch und english"])
def test_languages_that_would_stop_typst_are_reported(value):
    assert language(value) is None
    assert lost(entry("misc", title="T", language=value)) == ["language"]


def test_what_has_no_place_is_reported():
    one = entry(
        "article", title="T", author="Doe, Jo and others", date="2017/2018", keywords="a", abstract="A", file="f"
    )
    assert lost(one) == ["author", "date", "keywords", "abstract", "file"]


@pytest.mark.parametrize("key", ["", "k" * 2000])
def test_an_entry_without_a_usable_key_gets_one(key):
    items = [Item(entry=entry("misc", key, title="Tea")), Item(entry=entry("misc", title="U"))]
    exported = formats.render(items, "hayagriva")
    assert yaml.safe_load(exported.text) == {
        key[:480] or "tea": {"type": "misc", "title": "Tea"},
        "k": {"type": "misc", "title": "U"},
    }
    assert [(p.severity, p.code) for p in exported.problems] == ([("warning", "key-changed")] if key else [])


WORDS = [
    "no", "Yes", "null", "~", "1e3", "0o14", "0x1F", "12:30:45", "2017-06-12", ".inf", "=", "<<", "- a", "? a",
    "a: b", "a #b", "#b", "@a", "`a", "%a", "&a", "*a", "!a", "|", ">", "'a", '"a"', "{a", "[a", "a\\", "\\",
    "😀 a", "שלום", "e\u0301",
    " a ", "a,b", "a\tb", "a\u2028b", "\u200f", "true", "1_000", "0123", "+1", "1.5", "nan", "---", "...",
    "a" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_text_stays_text(word):
    value = latex.encode(word).text
    made = work(entry("misc", title="T", note=value, publisher=value, type=value, doi=value))
    expected = " ".join(latex.decode(value, math="unicode").split())
    shown = (
        str(made.get("note", "")).replace("\\\\", "\\").replace("\\{", "{").replace("\\}", "}").replace("\\$", "$")
    )
    assert (shown, type(made.get("note", ""))) == (expected, str)
    assert all(isinstance(made.get(name, ""), str) for name in ("publisher", "genre"))


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from(["title", "note", "journaltitle", "publisher", "volume", "number", "pages", "type",
                         "author", "doi", "edition", "series", "eprint", "date", "url", "language", "shorttitle",
                         "location"]),
        st.one_of(st.sampled_from(WORDS), st.text(max_size=20)),
    ),
    st.text(min_size=1, max_size=10).filter(lambda key: key.strip().isprintable() and key.strip() == key and key),
)  # fmt: skip
def test_any_entry_is_yaml_of_its_shape(values, key):
    text = hayagriva.render([Item(entry=entry("article", key, **values))]).text
    ((read, made),) = yaml.safe_load(text).items()
    assert isinstance(read, str)
    assert made["type"] == "article"
    for name in ("title", "note", "publisher", "genre"):
        assert isinstance(made.get(name, ""), str | dict)
    for name in ("volume", "issue"):
        assert isinstance(made.get("parent", {}).get(name, 0), int | str)
    assert yaml.safe_load(hayagriva.render([Item(entry=entry("article", key, **values))]).text) == yaml.safe_load(
        text
    )


@pytest.fixture(scope="module")
def exported():
    records = seed_records()
    keys = citekeys.assign(records, {})
    return records, render.export(tuple((keys[r.id], r) for r in records), "hayagriva", EntryOptions())


@pytest.mark.parametrize("style", STYLES)
def test_typst_shows_the_id_of_every_seed(exported, style, tmp_path):
    records, made = exported
    shown = typeset(tmp_path, made.text, style)
    assert [r.id for r in records if (r.arxiv_number or "") not in shown] == []


def test_of_records_only_the_end_of_a_list_is_lost(exported):
    records, made = exported
    incomplete = [r for r in records if not r.authors_complete]
    found = [p for p in made.problems if p.code.startswith("format-lost")]
    assert [p.message for p in found] == ["Hayagriva does not hold all of author"] * len(incomplete)


@pytest.mark.parametrize("style", ["apa", "chicago-author-date", "iso-690-numeric"])
def test_typst_reads_hostile_entries(style, tmp_path):
    names = ("title", "note", "journaltitle", "publisher", "volume", "pages", "type", "author", "doi",
             "edition", "url", "series", "eprint", "date", "language", "shorttitle", "location", "number",
             "version", "isbn")  # fmt: skip
    items = [
        Item(entry=entry(kind, f"k{number}{word[:20]}{kind}", **{name: latex.encode(word).text for name in names}))
        for number, word in enumerate(WORDS)
        for kind in ("article", "book", "inproceedings", "online", "software", "thesis")
    ]
    items.append(
        Item(entry=entry("article", "many", title="T", author=" and ".join(f"F{n}, G." for n in range(400))))
    )
    shown = typeset(tmp_path, formats.render(items, "hayagriva").text, style)
    assert "😀 a" in shown


def test_typst_keeps_words_and_blanks(tmp_path):
    one = entry(
        "article",
        title="{BERT} of the LLaMA and {GPT-4} at \\$5 \\{x\\}",
        author="Doe, Jo",
        journal="J",
        year="2001",
    )
    text = hayagriva.render([Item(entry=one)]).text
    assert "BERT of the" in typeset(tmp_path, text, "chicago-author-date")
    assert "GPT-4 at $5 {X}" in typeset(tmp_path, text, "chicago-author-date")
    assert "BERT of the LLaMA and GPT-4 at $5 {x}" in typeset(tmp_path, text, "ieee")
