"""What the documentation shows is so."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bibtools import config, formats
from bibtools.cli.app import app
from bibtools.model import Page
from tests.running import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")
DOCS = {path.name: path.read_text("utf-8") for path in (REPOSITORY / "docs").glob("*.md")}


def example(text, name):
    """The fenced block after the comment that names it."""
    return re.search(rf"<!-- {name} -->\n```\w+\n(.*?)```", text, re.DOTALL)[1]


def test_before_becomes_after(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("notes.txt", example(README, "example: notes.txt"))
    bibtools("init", "notes.txt")
    bibtools("lock")
    printed = bibtools("export", "--format", "bibtex").out
    assert printed.count("@misc") == 2
    assert example(README, "example: output") in printed


@pytest.mark.parametrize("name", [info.name for info in app.registered_commands])
def test_every_command_stands_in_the_readme(name):
    assert f"| `bibtools {name}" in README


def test_the_settings_page_shows_every_key_with_its_default():
    text = example(DOCS["settings.md"], "example: settings")
    assert config.parse(text, file="settings.md") == replace(config.Settings(), page=Page())
    keys = set(re.findall(r"^([a-z-]+) =", text, re.MULTILINE)) | {"target", "page", "arxiv"}
    assert keys >= set(config.KNOWN_KEYS)


def test_links_between_the_pages_lead_somewhere():
    for name, text in {"README.md": README, **{f"docs/{n}": t for n, t in DOCS.items()}}.items():
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert ((REPOSITORY / name).parent / link).exists(), f"{name}: {link}"


def test_the_readme_names_both_commands():
    run, test = example(README, "command: run"), example(README, "command: test")
    assert run.count("\n") == test.count("\n") == 1
    assert run.rstrip().endswith("bibtools export --format bibtex")
    assert "pytest" in test


@pytest.mark.parametrize("name", formats.FORMATS)
def test_every_format_stands_in_the_documentation(name):
    table = DOCS["formats.md"].partition("```")[0]
    row = next(line for line in table.splitlines() if line.startswith("|") and f"`{name}`" in line)
    assert row.split("|")[3].strip() == ("yes" if name in formats.READABLE else "no")
    assert f"`{name}`" in README


def test_the_examples_of_convert_run(bibtools):
    bibtools.write("refs.bib", "@misc{a, title = {T}, year = 2017}")
    bibtools.write("zotero.json", '[{"id": "a", "type": "book", "title": "T"}]')
    bibtools.write("refs.ris", "TY  - BOOK\nTI  - T\nER  - \n")
    for line in example(DOCS["formats.md"], "example: convert").splitlines():
        command, _, source = line.partition("#")[0].partition("<")
        stdin = bibtools.read(source.strip()).encode() if source else b""
        bibtools(*command.split()[1:], stdin=stdin)
    assert '"title": "T"' in bibtools.read("refs.json")
