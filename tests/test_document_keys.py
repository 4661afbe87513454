"""Every work of a document has a citation key of its own, and what becomes of a key is told."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools import bibfile, formats
from bibtools.formats import FORMATS, Item, keys
from bibtools.model import Entry, Field
from bibtools.workflow.convert import convert
from tests.running import Runner
from tests.works_in import keys_in

TWINS = """@article{Wold, author={X, Y}, title={upper}, journaltitle={J}, date={1999-01}}
@article{wold, author={Z, W}, title={lower}, journaltitle={J}, date={1998-02}}
@article{Hos_2016, author={A, B}, title={first}, journaltitle={J}, date={2016}}
@article{Hos_2016, author={A, B}, title={second}, journaltitle={J}, date={2016}}
"""
LENIENT = sorted(FORMATS.keys() - {"bibtex"})
FREE = sorted(FORMATS.keys() - {"bibtex", "biblatex", "html"})


def work(key, title="Deep nets for rivers", **fields):
    values = {"author": "Doe, Jo", "title": title, "year": "2020", **fields}
    return Item(entry=Entry(entry_type="misc", key=key, fields=tuple(Field(*pair) for pair in values.items())))


def rendered(keys, format):
    """The keys in the document, and what is told: old key → new."""
    exported = formats.render([work(key, f"Title {n}") for n, key in enumerate(keys)], format)
    return keys_in(exported.text, format), told(exported.problems)


def told(problems):
    pairs = []
    for problem in problems:
        if problem.code == "key-changed":
            before = f'the citation key "{problem.key}" is written as "'
            assert problem.severity == "warning" and problem.message.startswith(before)
            pairs.append((problem.key, problem.message.removeprefix(before).partition('": ')[0]))
    return pairs


# -- keys that are the same, or the same but for case -------------------------------------------------------------


@pytest.mark.parametrize("format", LENIENT)
def test_only_a_repeated_key_is_another_where_case_counts(format):
    assert rendered(["Wold", "wold", "Hos", "Hos"], format) == (["Wold", "wold", "Hos", "Hosa"], [("Hos", "Hosa")])


def test_to_bibtex_keys_are_the_same_whatever_their_case():
    assert rendered(["Wold", "wold", "Hos", "Hos", "WOLD"], "bibtex") == (
        ["Wold", "wolda", "Hos", "Hosa", "WOLDb"],
        [("wold", "wolda"), ("Hos", "Hosa"), ("WOLD", "WOLDb")],
    )


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("keys", "new"),
    [
        pytest.param(["a", "a", "aa"], ["a", "ab", "aa"], id="the letter is another's"),
        pytest.param(["a", "a", "AA"], ["a", "ab", "AA"], id="but for case"),
        pytest.param(["aa", "a", "a", "a"], ["aa", "a", "ab", "ac"], id="letter by letter"),
        pytest.param(["é", "é", "Éa"], ["é", "éb", "Éa"], id="accents"),
        pytest.param(["ß", "ß", "SSA"], ["ß", "ßb", "SSA"], id="letters that unfold"),
        pytest.param([*"k" * 28, "z"], ["k", *(f"k{c}" for c in "abcdefghijklmnopqrstuvwxyz"), "kaa", "z"],
                     id="beyond z"),
    ],
)  # fmt: skip
def test_a_key_that_is_made_is_nobody_elses(format, keys, new):
    assert rendered(keys, format)[0] == new


# -- works without a key ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_works_without_a_key_get_one_by_the_rule(format):
    titles = ("Deep nets for rivers", "Deep nets for lakes", "Deep nets for seas", "On deep water", "2020")
    exported = formats.render([work("", title) for title in titles], format)
    assert keys_in(exported.text, format) == [
        "doe2020deep", "doe2020nets", "doe2020netsa", "doe2020water", "doe2020",
    ]  # fmt: skip
    assert told(exported.problems) == []


@pytest.mark.parametrize("format", FORMATS)
def test_a_key_that_is_made_leaves_alone_what_others_have(format):
    exported = formats.render([work(""), work("DOE2020deep"), work("doe2020Nets"), work("")], format)
    assert keys_in(exported.text, format) == ["doe2020netsa", "DOE2020deep", "doe2020Nets", "doe2020netsb"]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        pytest.param({"author": "van der Maaten, Laurens and Hinton, G."}, "vandermaaten2020deep", id="particles"),
        pytest.param({"author": "Laurens van der Maaten"}, "vandermaaten2020deep", id="given name first"),
        pytest.param({"author": r"Kram{\'a}r, J{\'a}nos"}, "kramar2020deep", id="LaTeX"),
        pytest.param({"author": "{The Gemma Team}"}, "thegemmateam2020deep", id="a collective"),
        pytest.param({"author": "", "editor": "Roe, Ann"}, "roe2020deep", id="editors"),
        pytest.param({"author": ""}, "2020deep", id="nobody"),
        pytest.param({"year": "", "date": "1999-06/2001"}, "doe1999deep", id="a range of dates"),
        pytest.param({"year": "in press"}, "doedeep", id="no year"),
        pytest.param({"title": r"The {\emph{Deep}} $\alpha$-nets"}, "doe2020deep", id="markup"),
        pytest.param({"author": "", "title": "", "year": ""}, "entry", id="nothing"),
        pytest.param({"author": "李", "title": "数学", "year": ""}, "entry", id="nothing Latin"),
    ],
)
def test_what_a_key_is_made_of(fields, key):
    assert keys_in(formats.render([work("", **fields)], "csl-json").text, "csl-json") == [key]


# -- keys that a format cannot hold -------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["bibtex", "biblatex", "html"])
@pytest.mark.parametrize(
    ("keys", "new"),
    [
        pytest.param(["Doe 2020"], ["Doe2020"], id="a blank"),
        pytest.param(["Doe, 2020", "Doe2020"], ["Doe2020a", "Doe2020"], id="a comma, and another has the rest"),
        pytest.param(["{a}", "a,"], ["a", "aa"], id="two that come to one"),
        pytest.param(["a\u2003b\tc\n"], ["abc"], id="blanks of any kind"),
        pytest.param(["50%#~\\"], ["50"], id="what TeX takes for something else"),
        pytest.param([" , "], ["doe2020title"], id="nothing left"),
        pytest.param(["http://zotero.org/users/1/items/AB12CD"], ["AB12CD"], id="Zotero's own"),
        pytest.param(["a\x00b"], ["ab"], id="a control character"),
        pytest.param(["a\ud800b"], ["ab"], id="half of a character"),
    ],
)
def test_what_no_bib_file_can_hold_is_left_out_of_a_key(format, keys, new):
    made, changes = rendered(keys, format)
    assert made == new
    assert [old for old, _ in changes] == [old for old, key in zip(keys, new, strict=True) if old != key]


@pytest.mark.parametrize("key", ["O'Sullivan-hale2005", "foo=bar", "a(b)", 'a"b'])
def test_a_key_that_only_biber_cannot_read_stays_for_bibtex(key):
    assert rendered([key], "bibtex") == ([key], [])
    plain = re.sub("[^A-Za-z0-9-]", "", key)
    assert rendered([key], "biblatex") == ([plain], [(key, plain)])


@pytest.mark.parametrize("format", FREE)
@pytest.mark.parametrize("key", ["Doe, 2020", "http://zotero.org/users/1/items/AB12CD", "{a}%#~", "Müller (2020)"])
def test_other_formats_hold_any_key(format, key):
    assert rendered([key], format) == ([key], [])


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("key", ["a:b/c+d.e_f-g", "中文", "i3Š", "DBLP:conf/x/Doe+19", "x&y;z", "https://x.org/7"])
def test_what_can_be_held_stays(format, key):
    assert rendered([key], format) == ([key], [])


@pytest.mark.parametrize("format", FREE)
def test_a_key_is_one_line_of_what_can_be_printed(format):
    made, changes = rendered(["a\n b\x00", "x" * 2000], format)
    assert made[0] == "a b" and len(made[1]) < 1000
    assert len(changes) == 2


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize("source", ["csl-json", "csl-yaml", "ris"])
def test_keys_of_other_programs_are_read_as_they_are(source, target):
    document = formats.render([work("Doe, 2020", "One"), work("Doe2020", "Two")], source).text
    made = convert(document.encode(), name="in", source=source, target=target)
    keys = ["Doe, 2020", "Doe2020"] if target in FREE else ["Doe2020a", "Doe2020"]
    assert keys_in(made.text, target) == keys
    assert told(made.problems) == ([("Doe, 2020", "Doe2020a")] if keys[0] == "Doe2020a" else [])


# -- what refers to a key -----------------------------------------------------------------------------------------


def test_a_reference_leads_to_the_entry_it_led_to():
    items = [
        work("Wold"), work("wold"), work("k"), work("k"),
        work("one", crossref="wold"), work("two", related="k, wold , Wold"), work("three", xref="WOLD"),
        work("four", entryset="wold,k", xdata="wold"),
    ]  # fmt: skip
    text = formats.render(items, "bibtex").text
    bib = bibfile.parse(text)
    entries = {block.key: bibfile.entry_of(block, text, {}) for block in bib.entries}
    assert entries["one"].get("crossref") == "wolda"
    assert entries["two"].get("related") == "k,wolda,Wold"
    assert entries["three"].get("xref") == "WOLD"
    assert (entries["four"].get("entryset"), entries["four"].get("xdata")) == ("wolda,k", "wolda")


INHERITING = """@book{Wold, title={Upper}, publisher={U}, year=1999}
@book{wold, title={Lower}, publisher={L}, year=1998}
@book{k, title={First}, publisher={F}, year=2001}
@book{k, title={Second}, publisher={S}, year=2002}
@inbook{c1, author={A, B}, title={c1}, crossref={wold}}
@inbook{c2, author={A, B}, title={c2}, crossref={k}}
@inbook{c3, author={A, B}, title={c3}, crossref={WOLD}}
@inbook{c4, author={A, B}, title={c4}, crossref={Wold}}
"""


@pytest.mark.parametrize("target", ["csl-json", "csl-yaml", "ris", "jsonl"])
def test_an_entry_inherits_from_the_one_it_names(target):
    made = convert(INHERITING.encode(), name="in.bib", source="biblatex", target=target)
    for child, publisher in (("c1", "L"), ("c2", "F"), ("c3", "U"), ("c4", "U")):
        at = made.text.index(child)
        found = re.search(r'(?:PB  - |publisher"?: "?)(\w)', made.text[at:] if target != "ris" else
                          made.text[made.text.rindex("TY  -", 0, at) :])  # fmt: skip
        assert found[1] == publisher, child


def test_twins_that_name_each_other_are_no_circle():
    text = "@book{a, title={A}, crossref={A}}\n@book{A, title={B}, publisher={P}, year=2000}\n"
    (one, _) = formats.parse(text, "biblatex").entries
    assert one.entry.get("publisher") == "P"
    assert formats.parse(text, "biblatex").problems[0].code == "bib-duplicate-key"


# -- a .bib file of the other dialect -----------------------------------------------------------------------------

KEPT = """% mine
@string{j = {Journal}}
@book{ Wold , title = {Upper}, year = 1999}
@Book{wold,title={Lower}, year=1998}  % here too
@comment{wolda}
@book(k, title={First}, year=2001)
@book{K, title={Second}, year=2002}
@inbook{c1, title={c1}, crossref={wold}, year=2003}
@inbook{c2, title={c2}, xref = "k", related={K, wold}, year=2003}
@broken{ka, title={never closed
"""


def test_in_a_bib_file_only_the_keys_change():
    made = convert(KEPT.encode(), name="in.bib", source="bibtex", target="bibtex")
    assert made.text == (
        KEPT.replace("{wold,", "{wolda,").replace("{K,", "{Kb,", 1).replace("crossref={wold}", "crossref={wolda}")
        .replace("related={K, wold}", "related={Kb,wolda}")
    )  # fmt: skip
    assert told(made.problems) == [("wold", "wolda"), ("K", "Kb")]
    assert [str(p.where) for p in made.problems if p.code == "key-changed"] == ["in.bib:4:1", "in.bib:7:1"]


def test_to_biber_twins_are_two():
    made = convert(KEPT.encode(), name="in.bib", source="bibtex", target="biblatex")
    assert keys_in(made.text, "biblatex") == ["Wold", "wold", "k", "K", "c1", "c2"]
    assert told(made.problems) == []


@pytest.mark.parametrize("target", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("@misc{a b, title={T}}\n@misc{O'Neil, title={U}}\n", id="odd keys"),
        pytest.param("@misc{, title={T}}\n@misc{, title={U}}\n", id="no keys"),
        pytest.param("@misc(a, title={T})\n@misc{aa, title={U}}\n", id="nothing amiss"),
    ],
)
def test_in_a_bib_file_other_keys_stay(text, target):
    assert convert(text.encode(), name="in.bib", source="biblatex", target=target).text == text


# -- from the command line ----------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path, monkeypatch, capfdbinary):
    return Runner(tmp_path, monkeypatch, capfdbinary)


@pytest.mark.parametrize("format", FORMATS)
def test_convert_keeps_every_work_and_tells_where(run, format):
    run.write("in.bib", TWINS)
    ran = run("convert", "in.bib", "--from", "biblatex", "--to", format)
    for title in ("upper", "lower", "first", "second"):
        assert re.search(title, ran.out, re.IGNORECASE), title
    assert "in.bib:4:1: warning: " in ran.err and "[key-changed]" in ran.err
    assert ('in.bib:2:1: warning: the citation key "wold" is written' in ran.err) == (format == "bibtex")
    assert re.match(r"4 entries from biblatex to ", ran.summary)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param(
            "in.ris",
            "".join(
                f"TY  - JOUR\nAU  - Doe, Jo\nTI  - Deep nets for {what}\nPY  - 2020\nER  - \n\n"
                for what in ("rivers", "lakes")
            ),
            id="ris",
        ),
        pytest.param(
            "in.json",
            json.dumps(
                [
                    {"type": "book", "title": f"Deep nets for {what}", "author": [{"family": "Doe"}],
                     "issued": {"date-parts": [[2020]]}}
                    for what in ("rivers", "lakes")
                ]
            ),
            id="csl",
        ),
        pytest.param(
            "in.bib",
            "".join(
                f"@book{{, author = {{Doe, Jo}}, title = {{Deep nets for {what}}}, year = 2020}}\n"
                for what in ("rivers", "lakes")
            ),
            id="bib",
        ),
    ],
)  # fmt: skip
def test_records_without_keys_are_all_kept(run, format, name, text):
    run.write(name, text)
    ran = run("convert", name, "--to", format)
    if name == "in.bib" and format in ("bibtex", "biblatex"):
        assert len(keys_in(ran.out, format)) == 2
    else:
        assert keys_in(ran.out, format) == ["doe2020deep", "doe2020nets"]
    assert "key-changed" not in ran.err and ran.summary.startswith("2 entries")


# -- laws ---------------------------------------------------------------------------------------------------------

KEYS = st.sampled_from(
    ["a", "A", "aa", "Aa", "b", "", "a b", "ab", "a,b", "{a}", "a%b", "é", "E\u0301", "ß", "SS", "\x00", "a\nb",
     "(a)", "O'B", "OB", "x" * 1100, "X" * 1100, " ", "doe2020one", "-", "1", "null", "~", "http://zotero.org/users/1/items/A"]
) | st.text(max_size=4)  # fmt: skip
DOCUMENTS = st.lists(
    st.builds(
        lambda key, title, author, kind, crossref: replace(
            work(key, title, author=author, crossref=crossref).entry, entry_type=kind
        ),
        KEYS,
        st.sampled_from(["One", "Two of them", "", "数学"]),
        st.sampled_from(["Doe, Jo", ""]),
        st.sampled_from(["misc", "book", "dataset", "odd kind", "comment", ""]),
        KEYS,
    )
    | st.builds(Entry, entry_type=st.sampled_from(["misc", "index"]), key=KEYS),
    max_size=8,
)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_every_work_stands_under_a_key_of_its_own(format, entries):
    exported = formats.render([Item(entry=entry) for entry in entries], format)
    keys = keys_in(exported.text, format)
    assert len(keys) == len(entries)
    assert all(keys)
    assert len({key.casefold() if format == "bibtex" else key for key in keys}) == len(keys)
    olds = [entry.key for entry in entries]
    assert told(exported.problems) == [
        (old, new) for old, new in zip(olds, keys, strict=True) if old not in ("", new)
    ]


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=25, deadline=None)
@given(DOCUMENTS)
def test_writing_again_what_was_written_changes_no_key(format, entries):
    first = formats.render([Item(entry=entry) for entry in entries], format)
    again = formats.render(
        [Item(entry=replace(e, key=key)) for e, key in zip(entries, keys_in(first.text, format), strict=True)],
        format,
    )
    assert told(again.problems) == []


@pytest.mark.parametrize("source", formats.READABLE)
@settings(max_examples=60, deadline=None)
@given(entries=DOCUMENTS, target=st.sampled_from(sorted(FORMATS)))
def test_no_work_is_lost_on_the_way(source, target, entries):
    document = formats.render([Item(entry=entry) for entry in entries], source).text
    made = convert(document.encode(), name="in", source=source, target=target)
    before, after = keys_in(document, source), keys_in(made.text, target)
    assert len(after) == len(before) == made.count == len(entries)
    assert told(made.problems) == [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, st.sampled_from(["bibtex", "biblatex"]), st.sampled_from(["bibtex", "biblatex"]))
def test_nor_in_a_bib_file_that_is_edited(entries, source, target):
    blocks = "\n".join(f"@misc{{{e.key}, title = {{{number}}}}}" for number, e in enumerate(entries)
                       if bibfile.scanner.is_citation_key(e.key))  # fmt: skip
    before = keys_in(blocks, source)
    made = convert(blocks.encode("utf-8", "surrogatepass"), name="in", source=source, target=target)
    after = keys_in(made.text, target)
    assert len(after) == len(before)
    assert [p for p in zip(before, after, strict=True) if p[0] != p[1]] == told(made.problems)
    kept = [key.casefold() if target == "bibtex" else key for key in after if key]
    assert len(set(kept)) == len(kept)


def test_ten_thousand_works_with_one_key_take_no_time():
    entries = [Item(entry=Entry(entry_type="misc", key=key)) for key in ["k", ""] * 10_000]
    begin = time.perf_counter()
    keys.distinct(entries, keys.rule_of("bibtex"))
    assert time.perf_counter() - begin < 5
