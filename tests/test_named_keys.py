"""Keys that a user names: exactly, or in another case where only one fits; and works that share a key, cited."""

from __future__ import annotations

import json

import pytest
from pybtex import errors
from pybtex.database import parse_string

from bibtools import bibfile, text
from bibtools.errors import UsageError
from bibtools.lock import Base, Lock, LockedRecord
from bibtools.model import Entry, Record
from bibtools.plugins import readers, writers
from bibtools.workflow import naming
from tests.test_cite import CSL, SMALL
from tests.works_in import keys_in

TWINS = """@article{Wold, author={Xu, Yi}, title={Upper}, journal={J}, year={1999}}
@article{wold, author={Zorn, Wim}, title={Lower}, journal={J}, year={1998}}
@article{Hos_2016, author={Ash, Bo}, title={First}, journal={J}, year={2016}}
@article{Hos_2016, author={Ash, Bo}, title={Second}, journal={J}, year={2016}}
@inbook{part, author={Ash, Bo}, title={Third}, crossref={wold}, year={2016}}
@book{, author={Doe, Jo}, title={Fourth}, publisher={P}, year={2016}}
"""
TITLES = {"upper", "lower", "first", "second", "third", "fourth"}


@pytest.fixture
def twins(bibtools):
    bibtools.write("refs.bib", TWINS)
    bibtools.write("small.bst", SMALL)
    bibtools.write("small.csl", CSL)
    return bibtools


def cited(ran):
    return {title for title in TITLES if title in ran.out.casefold()}


# -- cite ---------------------------------------------------------------------------------------------------------

STYLES = ["plain", "apa", "small.bst", "small.csl"]


@pytest.mark.parametrize("style", STYLES)
def test_every_work_is_cited(twins, style):
    ran = twins("cite", "-b", "refs.bib", "--style", style)
    assert cited(ran) == TITLES
    assert ran.summary.startswith("6 references")
    assert 'warning: the citation key "Hos_2016" is written as "Hos_2016a"' in ran.err


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("Wold", "upper"),
        ("wold", "lower"),
        ("hos_2016", "first"),
        ("HOS_2016A", "second"),
        ("DOE2016FOURTH", "fourth"),
    ],
)
def test_one_of_them_is_cited_by_its_key(twins, style, key, title):
    assert cited(twins("cite", "-b", "refs.bib", key, "--style", style)) == {title}


def test_where_two_fit_neither_is_taken(twins):
    ran = twins("cite", "-b", "refs.bib", "WOLD", code=2)
    assert '"WOLD"' in ran.err and "did you mean Wold or wold?" in ran.err


@pytest.mark.parametrize("style", ["plain", "apa", "small.csl"])
def test_latex_has_the_keys_that_documents_cite(twins, style):
    ran = twins("cite", "-b", "refs.bib", "wold", "Wold", "--style", style, "--to", "latex")
    assert "{wold}" in ran.out and "{Wold}" in ran.out and "wolda" not in ran.out
    assert '"wold" is written' not in ran.err
    document = twins("cite", "-b", "refs.bib", "wold", "Wold", "--style", style, "--json").document
    assert {reference["key"] for reference in document["references"]} == {"wold", "Wold"}


def test_a_bst_is_told_of_as_bibtex_is(twins):
    ran = twins("cite", "-b", "refs.bib", "wold", "Wold", "--style", "small.bst", "--to", "latex")
    assert "]{wolda}" in ran.out and "]{Wold}" in ran.out
    assert 'the citation key "wold" is written as "wolda"' in ran.err
    assert "wolda" not in twins("cite", "-b", "refs.bib", "Wold", "--style", "small.bst").err


@pytest.mark.parametrize("style", ["plain", "apa"])
@pytest.mark.parametrize(("parent", "title"), [("wold", "Lower"), ("Wold", "Upper"), ("Hos_2016", "First")])
def test_a_cross_reference_leads_to_the_work_it_names(twins, style, parent, title):
    twins.write("b.bib", TWINS.replace("crossref={wold}", f"crossref={{{parent}}}"))
    assert f"In {title}" in twins("cite", "-b", "b.bib", "part", "--style", style).out.replace("*", "")


def test_works_of_several_files_under_one_key(twins):
    twins.write("more.bib", "@book{part, author={Roe, Al}, title={Fifth}, publisher={P}, year={2001}}\n")
    ran = twins("cite", "-b", "refs.bib", "-b", "more.bib")
    assert "Fifth" in ran.out and ran.summary.startswith("7 references")
    assert 'more.bib:1:1: warning: the citation key "part" is written as "parta"' in ran.err


# -- the records of a lock ----------------------------------------------------------------------------------------


def lock_of(*keys, **aliases):
    records = {
        f"arxiv:2001.0000{n}": LockedRecord(
            key=key, record=Record(id=f"arxiv:2001.0000{n}", title=""), aliases=aliases.get(key, ())
        )
        for n, key in enumerate(keys)
    }
    return Lock(records=records)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        pytest.param("Wold", 0, id="exactly"),
        pytest.param("wold", 1, id="exactly, and not its twin"),
        pytest.param("DOE", 2, id="another case"),
        pytest.param("old", 2, id="an earlier key"),
        pytest.param("OLD", 2, id="an earlier key in another case"),
        pytest.param("file", 0, id="the key in a target"),
        pytest.param("arxiv:2001.00002", 2, id="an id"),
        pytest.param("2001.00002", 2, id="an id without scheme"),
        pytest.param("ArXiv:2001.00002", 2, id="an id in another case"),
        pytest.param("both", 1, id="a key before another's earlier one"),
        pytest.param("TWICE", 0, id="twice in another case, and one record"),
    ],
)
def test_a_record_is_named_by_any_key_of_it(word, number):
    held = lock_of("Wold", "wold", "doe", "both", Wold=("Twice", "twice"), wold=("other",), doe=("old", "both"))
    held = Lock(
        records={**held.records},
        targets={"refs.bib": {"arxiv:2001.00000": Base(entry=Entry(entry_type="misc", key="file"), origin="")}},
    )
    expected = "arxiv:2001.00003" if word == "both" else f"arxiv:2001.0000{number}"
    assert naming.find_record(word, held) == expected
    assert naming.record_named(word, held) == expected


@pytest.mark.parametrize(
    ("word", "hint"),
    [("WOLD", "did you mean Wold or wold?"), ("dow", "did you mean doe?"), ("zzz", "bibtools keys lists them")],
)
def test_a_key_that_nobody_has_is_an_error(word, hint):
    held = lock_of("Wold", "wold", "doe")
    assert naming.find_record(word, held) is None
    with pytest.raises(UsageError) as caught:
        naming.record_named(word, held)
    assert (caught.value.problem.code, caught.value.problem.hint) == ("no-such-key", hint)


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["notes.txt"]\n')
    bibtools.write("notes.txt", "https://arxiv.org/abs/2307.15771\n\narXiv:2309.02390\n")
    bibtools("lock")
    bibtools("sync")
    return bibtools


def test_commands_take_a_key_in_another_case(project):
    assert project("why", "McGrath2023Hydra").out.startswith("mcgrath2023hydra is arxiv:2307.15771")
    assert "Hydra" in project("cite", "McGrath2023Hydra", "--style", "arxiv").out
    project("lock", "--upgrade-record", "McGrath2023Hydra")
    whole = project.read("refs.bib")
    project.write("refs.bib", whole[whole.index("@misc{varma") :])
    assert "added" in project("sync", "--restore", "McGrath2023Hydra").summary
    assert project.read("refs.bib") == whole


@pytest.mark.parametrize("command", [["why"], ["cite"], ["lock", "--upgrade-record"], ["sync", "--restore"]])
def test_commands_say_which_there_are(project, command):
    document = json.loads(project.read("bibtools.lock"))
    for record, key in zip(document["records"].values(), ("Twin", "twin"), strict=True):
        record["key"] = key
    project.write("bibtools.lock", json.dumps(document))
    project.write("refs.bib", project.read("refs.bib").replace("{mcgrath2023hydra", "{Twin").replace(
        "{varma2023explaining", "{twin"))  # fmt: skip
    assert "did you mean Twin or twin?" in project(*command, "TWIN", code=2).err


def test_words_near_a_word():
    assert text.near("wold", ["Wold", "WOLD", "world"]) == ["Wold", "WOLD"]
    assert text.near("worl", ["Wold", "world"]) == ["world"]
    assert text.near("x", ["Wold"]) == []


# -- pybtex -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reader", "document"),
    [
        pytest.param(readers.BibReader, TWINS, id="bib"),
        pytest.param(
            readers.CSLJSONReader,
            json.dumps([{"id": i, "type": "book", "title": i} for i in ("Wold", "wold", "h", "h", "part")]
                       + [{"type": "book", "title": "Fourth"}]),
            id="csl",
        ),
        pytest.param(
            readers.RISReader,
            "".join(f"TY  - BOOK\nTI  - {i}\n{'ID  - ' * bool(i)}{i}\nER  - \n"
                    for i in ("Wold", "wold", "h", "h", "part", "Fourth")).replace("ID  - Fourth\n", ""),
            id="ris",
        ),
    ],
)  # fmt: skip
def test_a_reader_of_pybtex_loses_no_work(reader, document):
    with errors.capture() as told:
        data = reader().parse_string(document)
    keys = list(data.entries)
    assert len(keys) == 6 and keys[:2] == ["Wold", "wolda"]
    assert len([error for error in told if "[key-changed]" in str(error)]) == 2


def test_a_writer_of_pybtex_tells_of_a_key_that_it_cannot_write():
    data = parse_string("@misc{b, title = {T}}\n@misc{c, title = {U}}\n", "bibtex")
    for key, odd in (("b", "a b"), ("c", "ab")):
        entry = data.entries.pop(key)
        data.entries[odd] = entry
    with errors.capture() as told:
        made = writers.BibTeXWriter().to_string(data)
    assert keys_in(made, "bibtex") == ["aba", "ab"]
    assert [str(error) for error in told] == [
        'the citation key "a b" is written as "aba": it would be the same as "ab" [key-changed]'
    ]
    assert bibfile.parse(made).problems == ()
