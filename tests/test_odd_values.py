"""Values that nobody means: too long, nested too deep, no characters, misread by other programs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bibtools import bibfile, formats
from bibtools.extract import extract
from bibtools.identify.batches import ROOM, length, pack
from bibtools.identify.plan import plan as plan_questions
from bibtools.identify.plan import with_author
from bibtools.text import LONGEST_VALUE
from tests.children import started
from tests.odd import ENTRY, laid_out
from tests.running import REPOSITORY


@pytest.fixture
def project(bibtools):
    return laid_out(bibtools)


# --- values ---

TOO_LONG = "word " * (LONGEST_VALUE // 5 + 1)


@pytest.mark.parametrize(
    "text",
    [
        f"@misc{{big, title = {{{TOO_LONG}}}}}",
        f"@misc{{big, title = {{T}}, note = {{\n@misc{{inner, title = {{I}}}}\n{TOO_LONG}}}}}",
        f'@misc{{big, title = "{TOO_LONG}"}}',
        f"@misc(big, title = {{T}}, note = {{{TOO_LONG}}})",
        "@misc{big, title = " + " # ".join(['"a"'] * 200_000) + "}",
        f"@misc{{{'k' * (LONGEST_VALUE + 1)}, title = {{T}}}}",
        f"@misc{{big, {'n' * (LONGEST_VALUE + 1)} = {{T}}}}",
        f"@string{{big = {{{TOO_LONG}}}}}",
        "@misc{big, " + "a = 1, " * 20_000 + "}",
        "@misc{big, title = {" + "{" * 600_000 + "}" * 600_000 + "}}",
    ],
    ids=range(10),
)  # fmt: skip
def test_a_value_too_long_is_told_and_left_alone(text):
    whole = f"% first\n@misc{{a, title = {{A}}}}\n{text}\n@misc{{b, title = {{B}}}}\n"
    bib = bibfile.parse(whole)
    assert [block.key for block in bib.entries] == ["a", "b"]
    assert "".join(whole[block.span.start : block.span.stop] for block in bib.blocks) == whole
    [problem] = [problem for problem in bib.problems if problem.code in ("bib-too-large", "bib-syntax")]
    assert problem.where.line == 3
    assert len(problem.message) < 200


def test_a_value_as_long_as_one_may_be_is_read():
    value = "x" * (LONGEST_VALUE - 2)
    bib = bibfile.parse(f"@misc{{a, note = {{{value}}}}}")
    assert bibfile.entry_of(bib.entries[0], bib.text).get("note") == value


def test_an_entry_too_long_stays_byte_for_byte(project):
    project.write("s.bib", ENTRY)
    big = f"@misc{{big,\n  title = {{T}},\n  note = {{{TOO_LONG}}},\n}}\n"
    project.write("refs.bib", big)
    project.write("bibtools.toml", 'sources = ["s.bib"]\n')
    ran = project("sync", "--offline")
    assert 'the value of "note" is longer than 1,000,000 characters' in ran.err
    assert "[bib-too-large]" in ran.err
    assert big in project.read("refs.bib")
    assert "Some Thing of Note" in project.read("refs.bib")
    assert "bib-too-large" in project("convert", "refs.bib", "--to", "csl-json").err
    assert TOO_LONG in project("convert", "refs.bib", "--to", "biblatex").out


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ('[{{"id": "a", "title": "T", "note": "{long}"}}, {{"id": "b", "title": "B"}}]', "csl-json"),
        ("references:\n- {{id: a, title: T, note: '{long}'}}\n- {{id: b, title: B}}\n", "csl-yaml"),
        ("TY  - BOOK\nTI  - T\nN1  - {long}\nID  - a\nER  - \nTY  - BOOK\nTI  - B\nID  - b\nER  - \n", "ris"),
        ("TY  - BOOK\nTI  - T\nN1  - x\n{lines}ID  - a\nER  - \nTY  - BOOK\nTI  - B\nID  - b\nER  - \n", "ris"),
    ],
)  # fmt: skip
def test_of_other_documents_the_value_too_long_is_left_out(text, format):
    parsed = formats.parse(text.format(long=TOO_LONG, lines="some words\n" * (LONGEST_VALUE // 10)), format)
    assert [each.entry.get("title") for each in parsed.entries] == ["T", "B"]
    assert not parsed.entries[0].entry.get("note")
    assert [problem.code.partition("-")[2] for problem in parsed.problems] == ["too-large"]


ALIASES = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        ALIASES + "references:\n- {id: x, type: book, title: T, author: *i}\n",
        "references: &r\n- {id: x, type: book, title: T, author: *r}\n",
        "references:\n- &r {id: x, type: book, title: T, custom: *r}\n",
        "a: &a " + "[" * 30 + "]" * 30 + "\nreferences:\n" + "- {id: x, type: book, title: T, author: *a}\n" * 50,
    ],
    ids=["tenfold", "itself", "its own item", "many"],
)
def test_aliases_that_unfold_without_bound(text):
    parsed = formats.parse(text, "csl-yaml")
    assert all(each.entry.get("title") == "T" for each in parsed.entries)
    assert {problem.code for problem in parsed.problems} <= {"csl-too-large", "csl-broken"}


def test_aliases_that_repeat_all_of_a_file_end_it():
    text = "big: &b '" + "x" * 900_000 + "'\nreferences:\n" + "- {id: x, type: book, title: T, note: *b}\n" * 50
    parsed = formats.parse(text, "csl-yaml")
    assert 0 < len(parsed.entries) < 10
    assert parsed.problems[-1].code == "csl-broken"


@pytest.mark.parametrize("text", [r"\ud800", r"\udc00x", r"\uDBFF\u0041", r"\\\ud800", r"\ud800\ud83d\ude00"])
def test_half_a_character_is_none(project, text):
    json = f'[{{"id": "a", "type": "book", "title": "T {text}", "author": [{{"family": "{text}"}}]}}]'
    title = formats.parse(json, "csl-json").entries[0].entry.get("title")
    assert "\ufffd" in title
    title.encode("utf-8")
    project.write("s.json", json)
    project.write("bibtools.toml", 'sources = ["s.json"]\n')
    project("sync", "--offline")
    project("sync", "--offline", "--check")


def test_whole_characters_out_of_two_halves_stay():
    assert (
        formats.parse(r'[{"id": "a", "type": "book", "title": "\ud83d\ude00 \\ud800"}]', "csl-json")
        .entries[0]
        .entry.get("title")
        .startswith("\U0001f600")
    )


NUMBERS = [
    "9" * 5_000,
    "-" * 5_000,
    "1--" * 2_000,
    "1e999",
    "-1",
    "0",
    "٣",
    "²",
    "nan",
    "2017-99-99",
    "99999-01",
    "/",
    "..",
    "%",
    "~",
]


@pytest.mark.parametrize("value", NUMBERS)
@pytest.mark.parametrize("name", ["year", "month", "pages", "volume", "date"])
def test_a_number_that_is_none(name, value):
    beside = "" if name in ("year", "date") else ", year = 2017"
    text = f"@article{{k, title = {{T}}, author = {{A, B}}, {name} = {{{value}}}{beside}}}"
    extract(text, source="x.bib", kind="bib", prose="none")
    for format in ("csl-json", "ris", "hayagriva", "jsonl", "html"):
        items = [formats.Item(entry=each.entry) for each in formats.parse(text, "bibtex").entries]
        assert formats.render(items, format).text
    for dialect in ("bibtex", "biblatex"):
        assert formats.translated(text, dialect).text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<div>" * 20_000, "html"),
        ("<ul><li>" * 5_000 + "arXiv:1706.03762", "html"),
        ("> " * 5_000 + "arXiv:1706.03762", "markdown"),
        ("[" * 20_000, "markdown"),
        ("[" * 100_000, "csl"),
        ("@misc{a, title = {" + "{" * 100_000 + "}" * 100_000 + "}}", "bib"),
        ("@misc{a, author = {" + "\\textbf{" * 10_000 + "}" * 10_000 + "}}", "bib"),
        ("\\bibitem{" * 5_000, "tex"),
    ],
    ids=range(8),
)
def test_whatever_is_nested_is_read_in_the_end(text, kind):
    extract(text, source="x.json", kind=kind, prose="all")


# --- what is asked, what is proved ---


@pytest.mark.parametrize("word", ["9" * 3_000, "x" * 3_000, "Q" * 1_999])
def test_a_word_too_long_for_a_request_is_not_asked_for(word):
    mention = extract(
        f"@misc{{k, title = {{{word} of Note}}, author = {{{word}, B.}}}}",
        source="s.bib",
        kind="bib",
        prose="none",
    ).mentions[0]
    clauses = [clause for group in plan_questions(mention) for clause in group]
    assert all(length(query.search) <= ROOM + 20 for query in pack(clauses))
    assert with_author("Some Thing of Note", (f"{word}, B.",)) is None or len(word) < 1_000


@pytest.mark.parametrize(
    "source",
    [
        "@commented{k, title = {Some Thing of Note}, author = {A. Author}, year = {2017}}\n",
        "@StringTheory{k, title = {Some Thing of Note}, author = {A. Author}, year = {2017}}\n",
        "@misc-{k, title = {Some Thing of Note}, author = {A. Author}, year = {2017}}\n",
        "@\u0130tem{k, title = {Some Thing of Note}, author = {A. Author}, year = {2017}}\n",
        "@preambles{k, title = {Some Thing of Note}, author = {A. Author}, year = {2017}}\n",
        "@misc{k, title = {Some Thing of Note}, author = {A. Author}, month = jan, month = {02}}\n",
        "@misc{k, title = {Some Thing of Note}, Title = {Another}, year = {2017}}\n",
    ],
)
def test_an_entry_that_other_programs_misread_stops_nothing(project, source):
    project.write("s.bib", source)
    project.write("refs.bib", "")
    project.write("bibtools.toml", 'sources = ["s.bib"]\n')
    project("sync", "--offline")
    assert "Some Thing of Note" in project.read("refs.bib")
    assert project("sync", "--offline", "--check").code == 0


@pytest.mark.parametrize("value", ["C:\\", "a\\\\", "{\\}", "\n@misc{a}", "\n  @string{x}"])
@pytest.mark.parametrize("name", ["note", "title", "author"])
def test_a_value_that_other_programs_misread_stops_nothing(project, name, value):
    said = {"title": "Some Thing of Note", "author": "A. Author", "year": "2017", name: value}
    source = "@misc{k, " + ", ".join(f"{n} = {{{v}}}" for n, v in said.items()) + "}\n"
    project.write("s.bib", source)
    project.write("refs.bib", "")
    project.write("bibtools.toml", 'sources = ["s.bib"]\n')
    project("sync", "--offline")
    assert f"{{{value}}}" in project.read("refs.bib")
    assert project("sync", "--offline", "--check").code == 0


# --- memory ---

MEASURED = """
import sys
from bibtools.cli import main
code = main(sys.argv[1:])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print("peak", code, int(peak.split()[1]) * 1024, file=sys.stderr)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory as Linux tells it")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["sync", "--offline"], 0), (["sync", "--offline", "s.bib"], 0), (["convert", "s.bib", "--to", "ris"], 3),
     (["convert", "s.bib", "--to", "biblatex"], 0), (["export", "--offline"], 0)],
    ids=["source", "target", "convert", "translate", "export"],
)  # fmt: skip
def test_a_field_of_20_megabytes_takes_a_few_times_as_much(project, arguments, code):
    size = 20_000_000
    project.write("s.bib", "@misc{k, title = {T}, note = {" + "{some} words\n" * (size // 13) + "}}\n")
    project.write("bibtools.toml", 'sources = ["s.bib"]\n')
    path = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    run = [sys.executable, "-c", MEASURED, *arguments]
    with started(run, cwd=project.folder, env=path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
        said = child.communicate(timeout=120)[1].decode()
    assert "bib-too-large" in said
    ended, peak = said.splitlines()[-1].split()[1:]
    assert int(ended) == code
    assert int(peak) < 60_000_000 + 6 * size


@pytest.mark.parametrize(
    "fields",
    [
        "date = {1996-01-01}, month = {02}",
        "month = {02}, date = {1996-01}",
        "day = 3, date = {1996-01-02}, month = 5",
    ],
)
def test_a_date_beside_its_parts_becomes_no_second_part(project, fields):
    source = f"@misc{{k, title = {{Some Thing of Note}}, author = {{A. Author}}, {fields}}}\n"
    project.write("s.bib", source)
    project.write("refs.bib", "")
    project.write("bibtools.toml", 'sources = ["s.bib"]\n')
    project("sync", "--offline")
    assert project.read("refs.bib").count("month") == 1
    assert "month  = jan" in project.read("refs.bib")
