"""Any text, any settings, any command line: an end in order."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools import config, formats
from bibtools.errors import UsageError
from bibtools.extract import extract
from tests.odd import LONG, laid_out


@pytest.fixture
def project(bibtools):
    return laid_out(bibtools)


PIECES = st.sampled_from(
    [
        "@misc{",
        "@string{",
        "{",
        "}",
        '"',
        ",",
        "=",
        "#",
        "%",
        "\\",
        "$",
        "\n",
        " and ",
        "title",
        "author",
        "year",
        "2017",
        "\\mbox{}",
        "\\'",
        "eprint",
        "1706.03762",
        "\x00",
        "\u202e",
        "<",
        ">",
        "&",
        "[",
        "]",
        ":",
        "- ",
        "TY  - ",
        "ER  - ",
        "arXiv:",
        "10.1000/x",
        "*",
        "&a ",
        "'",
        "é",
        "\ufeff",
        "9" * 50,
    ]
)
TEXTS = st.lists(PIECES | st.text(string.printable, max_size=3), max_size=25).map("".join)
KINDS = {
    "bib": "bib",
    "ris": "ris",
    "json": "csl",
    "yaml": "csl",
    "html": "html",
    "md": "markdown",
    "txt": "notes",
    "tex": "tex",
}


@settings(max_examples=150)
@given(TEXTS, st.sampled_from(sorted(KINDS)))
def test_any_source_is_read(text, suffix):
    extract(text, source=f"x.{suffix}", kind=KINDS[suffix], prose="all")


@settings(max_examples=150)
@given(TEXTS, st.sampled_from(formats.READABLE), st.sampled_from(sorted(formats.FORMATS)))
def test_any_document_is_converted(text, source, target):
    items = [formats.Item(entry=each.entry) for each in formats.parse(text, source).entries]
    formats.render(items, target).text.encode("utf-8", "surrogatepass")


SETTINGS = st.dictionaries(
    st.sampled_from([*config.KNOWN_KEYS, "x"]),
    st.sampled_from(
        [
            '"refs.bib"',
            '"s/*"',
            '"["',
            '["**"]',
            "[]",
            "true",
            "-1",
            "1e9",
            "nan",
            "{}",
            '"key"',
            '"none"',
            '""',
            '"\\u0000"',
            '"../x"',
            '"/"',
            f'"{LONG}"',
            "2017-01-01",
            '["a", 1]',
            "[{}]",
            '[{path = "o.bib"}]',
            '"bibtools.lock"',
        ]
    ),
    max_size=4,
)


@settings(max_examples=150)
@given(SETTINGS)
def test_any_settings_are_read_or_refused(values):
    text = "".join(f"{name} = {value}\n" for name, value in values.items())
    try:
        config.parse(text, file="bibtools.toml")
    except UsageError as error:
        assert error.problem.code.startswith(("settings-", "citation-key"))


WORDS = st.sampled_from(
    [
        "notes.txt",
        "refs.bib",
        "none.bib",
        "-",
        "1706.03762",
        "--json",
        "--to",
        "csl-json",
        "--from",
        "ris",
        "-o",
        "out.txt",
        ".",
        "*",
        "[",
        "--key",
        "x",
        "--check",
        "--diff",
        "--style",
        "plain",
        "--bib",
        "9" * 40,
        LONG,
        "",
        " ",
        "--strict",
        "-v",
        "\udc80",
    ]
)
COMMANDS = st.sampled_from(
    [
        "init",
        "sync",
        "status",
        "export",
        "extract",
        "why",
        "keys",
        "cite",
        "convert",
        "resolve",
        "pin",
        "ignore",
        "cache",
        "add",
    ]
)


@settings(max_examples=40)
@given(command=COMMANDS, words=st.lists(WORDS, max_size=4))
def test_any_command_line_ends_in_order(project, monkeypatch, command, words):
    monkeypatch.setenv("BIBTOOLS_OFFLINE", "1")
    ran = project(command, *words, code=None)
    assert ran.code in (0, 1, 2, 3, 4, 5), f"{command} {words}: {ran.err}"
    assert "Traceback" not in ran.err
