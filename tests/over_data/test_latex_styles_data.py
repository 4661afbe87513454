"""Real papers in the styles of BibTeX and biblatex: a sample in each, or with `BIBTOOLS_TEST_ALL=1` all."""

from __future__ import annotations

import os
import re
import sys

import pytest

from bibtools import citekeys, render
from bibtools.model import EntryOptions
from bibtools.workflow.bibliography_styles import biblatex_shows_eprint, shown_by
from tests.answered import records
from tests.latex_styles import BIBLATEX, STYLES
from tests.standin.papers import load_papers
from tests.typesetting import by_biber, by_bibtex, needs, run

ALL = bool(os.environ.get("BIBTOOLS_TEST_ALL"))
SAMPLE = 20
"""Of so many papers one is typeset."""
WHOLE = ("plain", "IEEEtran")
"""Styles that are always given all of them."""


@pytest.fixture(scope="module")
def items(data_folder):
    corpus = records(load_papers(data_folder / "corpus_public.jsonl.gz"))
    keys = citekeys.assign(corpus, {})
    return [(keys[record.id], record) for record in corpus]


def check(folder, style, rows, options, typeset):
    """Typeset the rows in as many documents as the style needs: errors, warnings and missing ids must be none."""
    documents = -(-len(rows) // style.at_once)
    faults = []
    for number in range(documents):
        part = rows[number::documents]
        (folder / str(number)).mkdir()
        done = typeset(folder / str(number), style.document, render.export(part, options.format, options).text)
        faults += done.errors
        faults += [text for text in done.warnings if not style.own or not text.startswith(style.own)]
        if options.prefer == "preprint":  # where a paper is published, a style may show the journal alone
            faults += done.missing(record.arxiv_number for _, record in part)
    print(f"{style.name} {options.profile}: {len(rows)} entries, {len(faults)} faults", file=sys.stderr)
    assert faults == []


@needs("pdflatex", "bibtex", "pdftotext")
@pytest.mark.parametrize(
    ("style", "profile"),
    [
        pytest.param(style, profile, id=f"{style.name}-{profile}")
        for style in STYLES
        for profile in sorted({"classic", shown_by(style.name)})
        if profile == shown_by(style.name) or shown_by(style.name) != "scholar"
    ],
)
def test_bibtex(items, tmp_path, style, profile):
    rows = items if ALL or style.name in WHOLE else items[::SAMPLE]
    options = EntryOptions(format="bibtex", profile=profile, max_authors=style.max_authors, prefer="preprint")
    check(tmp_path, style, rows, options, by_bibtex)


@needs("pdflatex", "bibtex", "pdftotext")
@pytest.mark.parametrize("style", [style for style in STYLES if style.name in WHOLE], ids=lambda style: style.name)
def test_published_papers(items, tmp_path, style):
    rows = [(key, record) for key, record in items if record.journal_ref]
    check(tmp_path, style, rows, EntryOptions(), by_bibtex)


@needs("pdflatex", "biber", "pdftotext")
@pytest.mark.parametrize("style", BIBLATEX, ids=lambda style: style.name)
def test_biblatex(items, tmp_path, style):
    profile = "classic" if biblatex_shows_eprint(style.name) else "scholar"
    options = EntryOptions(format="biblatex", profile=profile, max_authors=50, prefer="preprint")
    check(tmp_path, style, items if ALL else items[::SAMPLE], options, by_biber)


@needs("biber")
@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_the_data_model_of_biber(items, tmp_path, format):
    rows = items if format == "biblatex" or ALL else items[::SAMPLE]
    text = render.export(rows, format, EntryOptions(format=format, abstract=True)).text
    (tmp_path / "refs.bib").write_text(text, encoding="utf-8")
    done = run(tmp_path, "biber", "--tool", "--validate-datamodel", "--nolog", "refs.bib")
    assert done.returncode == 0
    assert re.findall("^(?:WARN|ERROR).*", done.stdout.decode("utf-8", "replace"), re.MULTILINE) == []
