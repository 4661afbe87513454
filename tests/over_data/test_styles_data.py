"""Every style over all papers of a public corpus and all entries of real `.bib` files."""

from __future__ import annotations

import re

import pytest

from bibtools import bibfile, citekeys, render
from bibtools.errors import UnusableFileError
from bibtools.model import EntryOptions
from bibtools.plugins import backends, styles
from bibtools.pybtex_door import bibliography
from tests.answered import records
from tests.standin.papers import load_papers

DOUBLED = re.compile(r"(?<!\.)\.\.(?!\.)|,\s*,|;\s*;|,\.|\.\s\.|[:;]\s?[.,]|\(\)|\[\]|“”|  |\bNone\b")


def of_file(path):
    bib = bibfile.parse(bibfile.decode(path.read_bytes(), file=path.name).text)
    macros = bibfile.macros(bib)
    found = {}
    for block in bibfile.entry_blocks(bib):
        entry = bibfile.entry_of(block, bib.text, macros)
        found.setdefault(entry.key.lower(), entry)
    return list(found.values())


@pytest.fixture(scope="module")
def corpus(data_folder):
    papers = records(load_papers(data_folder / "corpus_public.jsonl.gz"))
    keys = citekeys.assign(papers, {})
    return {
        options: [render.render_entry(record, keys[record.id], options).entry for record in papers]
        for options in (
            EntryOptions(), EntryOptions(profile="modern"), EntryOptions(profile="scholar"),
            EntryOptions(format="biblatex"),
        )
    }  # fmt: skip


@pytest.fixture(scope="module")
def files(data_folder):
    found = {}
    for path in sorted((data_folder / "bib").glob("*.bib")):
        try:
            found[path.name] = of_file(path)
        except UnusableFileError:
            continue
    assert len(found) > 80
    return found


def doubled(text, entry):
    """Punctuation that the style doubled: what the entry itself has so does not count."""
    said = " ".join(" ".join(field.value.split()) for field in entry.fields)
    return [match[0] for match in DOUBLED.finditer(text) if match[0].strip() not in said]


@pytest.mark.parametrize("style", styles.style_names())
def test_every_entry_of_the_files_is_set(files, style):
    made = styles.load_style(style)()
    odd = []
    for name, entries in files.items():
        formatted = made.format_bibliography(bibliography(entries))
        known = {entry.key: entry for entry in entries}
        assert len(list(formatted)) == len(entries)
        for backend in (backends.HTMLBackend, backends.MarkdownBackend, backends.LaTeXBackend):
            assert len(list(backend("utf-8").entries(formatted))) == len(entries)
        for each, text in zip(formatted, backends.TextBackend("utf-8").entries(formatted), strict=True):
            odd += [(name, each.key, found) for found in doubled(text.strip(), known[each.key])]
    assert odd == []


@pytest.mark.parametrize("style", styles.style_names())
def test_every_paper_shows_its_id_once_as_a_link_and_doubles_no_mark(corpus, style):
    made = styles.load_style(style)()
    wrong, odd = [], []
    for options, entries in corpus.items():
        formatted = made.format_bibliography(bibliography(entries))
        known = {entry.key: entry for entry in entries}
        for each, html in zip(formatted, backends.HTMLBackend("utf-8").entries(formatted), strict=True):
            number = bibfile.arxiv_id(known[each.key])
            links = re.findall(r'<a href="https://(?:arxiv\.org/abs/|doi\.org/10\.48550/arXiv\.)([^"]+)"', html)
            if number is None or links != [str(number)]:
                wrong.append((options.format, options.profile, each.key, links))
        if options == EntryOptions():
            for each, text in zip(formatted, backends.TextBackend("utf-8").entries(formatted), strict=True):
                odd += [(each.key, found) for found in doubled(text.strip(), known[each.key])]
    assert wrong == []
    assert odd == []
