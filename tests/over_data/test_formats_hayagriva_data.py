"""Hayagriva over all papers of a public corpus and over real `.bib` files, read by Typst."""

from __future__ import annotations

import html
import re

import pytest
import typst

from bibtools import bibfile, citekeys, formats, render
from bibtools.formats.items import Item
from bibtools.model import EntryOptions
from tests.answered import records
from tests.standin.papers import load_papers


def typeset(folder, text, style):
    (folder / "refs.yaml").write_text(text, encoding="utf-8")
    (folder / "main.typ").write_text(f'#bibliography("refs.yaml", full: true, style: "{style}")', encoding="utf-8")
    made = typst.compile(str(folder / "main.typ"), format="html").decode("utf-8")
    return html.unescape(re.sub(r"<[^>]+>", "", made.partition("</h2>")[2]))


@pytest.mark.parametrize("style", ["ieee", "apa"])
def test_typst_shows_the_id_or_the_doi_of_every_paper(data_folder, tmp_path, style):
    listed = records(load_papers(data_folder / "corpus_public.jsonl.gz"))[::4]
    keys = citekeys.assign(listed, {})
    options = EntryOptions(prefer="preprint")  # of what is published a style may show the journal alone
    made = render.export([(keys[record.id], record) for record in listed], "hayagriva", options)
    shown = typeset(tmp_path, made.text, style)
    assert [r.id for r in listed if not any(name in shown for name in (r.arxiv_number, *r.dois))] == []


def test_typst_reads_every_bib_file(data_folder, tmp_path):
    for path in sorted((data_folder / "bib").glob("*.bib")):
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
        bib = bibfile.parse(text)
        macros = bibfile.macros(bib)
        items = [Item(entry=bibfile.entry_of(block, text, macros)) for block in bib.entries]
        made = formats.render(items, "hayagriva")
        assert {problem.code for problem in made.problems} <= {"format-lost-field", "key-changed"}
        typeset(tmp_path, made.text, "apa")
