"""What a page to be published shows, and what stays with its owner."""

from __future__ import annotations

import html
import json
import re

import pytest

from bibtools import config, formats
from bibtools.errors import UsageError
from bibtools.formats.items import Item
from bibtools.formats.showing import HIDES_NOTHING, PRIVATE
from bibtools.model import Entry, Field, Page
from bibtools.workflow.generated import is_of

GROKKING, HYDRA = "2309.02390", "2307.15771"
TARGETS = """
sources = ["notes.txt", "diary/secret.txt"]
[[target]]
path = "refs.bib"
[[target]]
path = "{name}"
"""


def entry(**fields):
    return Entry(entry_type="article", key="k", fields=tuple(Field(name, value) for name, value in fields.items()))


def secret(name):
    return f"s3cret {name}"


@pytest.fixture
def item():
    fields = {"title": "T", "author": "Doe, Ann", "journal": "J", "year": "2001"}
    one = entry(**fields, **{name: secret(name) for name in sorted(PRIVATE)})
    return Item(entry=one, sources=("diary/secret.txt",), written=one)


@pytest.mark.parametrize("format", formats.PAGES)
def test_a_page_shows_nothing_private(item, format):
    made = formats.render([item], format).text
    assert "s3cret" not in made
    assert "diary" not in made
    assert "Ann" in made


@pytest.mark.parametrize("format", formats.PAGES)
def test_an_entry_of_nothing_but_private_fields_tells_none_of_them(format):
    bare = Item(entry=entry(**{name: secret(name) for name in PRIVATE}))
    assert "s3cret" not in formats.render([bare], format).text
    upper = Item(entry=entry(Note="s3cret", FILE="s3cret"))
    assert "s3cret" not in formats.render([upper], format).text


@pytest.mark.parametrize("name", sorted(PRIVATE))
def test_a_field_that_is_named_is_shown(item, name):
    made = formats.render([item], "html", Page(fields=(name,))).text
    twins = {"annote", "annotation"}, {"file", "pdf"}
    expected = next((twin for twin in twins if name in twin), {name})
    assert set(re.findall(r"s3cret ([a-z0-9-]+)", made)) == expected


def test_what_is_data_holds_everything(item):
    for format in ("jsonl", "csl-json", "bibtex"):
        assert "s3cret note" in formats.render([item], format).text
    assert json.loads(formats.render([item], "jsonl").text)["sources"] == ["diary/secret.txt"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [("", "Bibliography"), ("Our papers", "Our papers"), ("<b>&\n{{works}}\x00", "<b>& {{works}}\ufffd")],
)
def test_the_title_of_a_page(item, title, shown):
    made = formats.render([item], "html", Page(title=title)).text
    assert html.unescape(re.search(r"<h1>(.*?)</h1>", made)[1]) == shown
    assert html.unescape(re.search(r"<title>(.*?)</title>", made)[1]) == f"{shown} (1 work)"
    assert made.count('<li class="work"') == 1


@pytest.mark.parametrize(
    ("title", "first"),
    [("", "- Ann"), ("Our papers", "# Our papers"), ("1. *a*\n# b", "# 1\\. \\*a\\* # b"), ("<i>", "# \\<i>")],
)
def test_the_heading_of_a_list(item, title, first):
    assert formats.render([item], "markdown", Page(title=title)).text.startswith(first)


def test_pybtex_writes_the_same_page(item):
    from pybtex.database import parse_string

    text = "@article{k, title={T}, author={Doe, Ann}, journal={J}, year=2001, file={s3cret}, note={s3cret}}"
    for format in formats.PAGES:
        assert "s3cret" not in parse_string(text, "bibtex").to_string(f"bibtools_{format}")


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("", None),
        ("[page]", Page()),
        (
            '[page]\ntitle = "T"\nsources = true\nfields = ["Note"]',
            Page(title="T", sources=True, fields=("note",)),
        ),
    ],
)
def test_settings(text, page):
    assert config.parse(text, file="bibtools.toml").page == page


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("[page]\ntitel = 1", "settings-unknown-key", 2),
        ('[page]\nsources = "yes"', "settings-value", 2),
        ('[page]\nfields = "note"', "settings-value", 2),
        ("page = 1", "settings-value", 1),
        ("[pages]\ntitle = 1", "settings-unknown-key", 1),
    ],
)
def test_wrong_settings(text, code, line):
    with pytest.raises(UsageError) as error:
        config.parse(text, file="bibtools.toml")
    assert (error.value.problem.code, error.value.problem.where.line) == (code, line)


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("notes.txt", f"arXiv:{HYDRA}\n")
    bibtools.write("diary/secret.txt", f"arXiv:{GROKKING}\n")
    return bibtools


@pytest.mark.parametrize("name", ["index.html", "refs.md"])
def test_a_target_and_an_export_are_as_the_settings_say(project, name):
    settings = TARGETS.format(name=name)
    project.write("bibtools.toml", settings)
    project("sync")
    bib = project.read("refs.bib")
    project.write("refs.bib", bib.replace("  title ", "  note = {s3cret},\n  file = {s3cret.pdf},\n  title ", 1))
    project("sync")
    assert "secret" not in project.read(name)
    assert "s3cret" not in project.read(name)
    format = "html" if name == "index.html" else "markdown"
    assert project("export", "--format", format).out == project.read(name)
    assert "s3cret" not in project("convert", "refs.bib", "--to", format).out

    project.write("bibtools.toml", settings + '[page]\ntitle = "Ours"\nsources = true\nfields = ["note"]\n')
    project("sync")
    page = project.read(name)
    assert ("diary/secret.txt" in page) == (name == "index.html")  # a list in Markdown tells no sources
    assert "s3cret" in page
    assert "s3cret.pdf" not in page
    assert "Ours" in page
    assert project("export", "--format", format).out == page
    converted = project("convert", "refs.bib", "--to", format).out
    assert "s3cret" in converted
    assert "Ours" in converted
    assert project("sync", "--check").code == 0


@pytest.mark.parametrize("name", ["index.html", "refs.md"])
def test_a_page_of_before_stays_until_there_is_a_reason_to_write_it(project, monkeypatch, name):
    settings = TARGETS.format(name=name)
    project.write("bibtools.toml", settings)
    project("sync")
    bib = project.read("refs.bib").replace("  title ", "  note = {s3cret},\n  title ", 1)
    project.write("refs.bib", bib)
    with monkeypatch.context() as patched:  # the program of before showed everything
        from bibtools.workflow import generated

        export = generated.render.export
        patched.setattr(
            generated.render, "export", lambda *given, **more: export(*given, **more | {"page": HIDES_NOTHING})
        )
        project("sync")
    held = json.loads(project.read("bibtools.lock"))  # and kept no digest of what a page was made from
    held["generated"] = {path: kept.partition("+")[0] for path, kept in held["generated"].items()}
    project.write("bibtools.lock", json.dumps(held, ensure_ascii=False, indent=1) + "\n")
    assert "s3cret" in project.read(name)
    before = project.files()
    assert f"{name} is current" in project("sync").summary
    project("sync", "--check", "--strict")
    assert project.files() == before

    project.write("refs.bib", bib.replace("{2023}", "{2024}", 1))
    assert f"{name}: generated" in project("sync").summary
    assert "s3cret" not in project.read(name)


@pytest.mark.parametrize("page", ["[page]\n", "[page]\nsources = false\n"])
def test_a_word_in_the_settings_is_a_reason(project, page):
    project.write("bibtools.toml", TARGETS.format(name="index.html"))
    project("sync")
    shown = project("export", "--format", "html").out
    project.write("bibtools.toml", TARGETS.format(name="index.html") + "[page]\nsources = true\n")
    project("sync")
    assert "secret" in project.read("index.html")
    project.write("bibtools.toml", TARGETS.format(name="index.html") + page)
    project("sync")
    assert project.read("index.html") == shown


def test_a_page_that_was_edited_is_still_refused(project):
    project.write("bibtools.toml", TARGETS.format(name="index.html"))
    project("sync")
    project.write("index.html", project.read("index.html").replace("<h1>", "<h1>My "))
    assert "[generated-edited]" in project("sync", code=5).err
    lock = json.loads(project.read("bibtools.lock"))
    assert not is_of(lock["generated"]["index.html"], (project.folder / "index.html").read_bytes())
