"""What we write, read by biber's validation and by pandoc; `test_latex_clients` typesets it."""

from __future__ import annotations

import functools
import json
import re

import pytest

from bibtools import citekeys, render
from bibtools.model import EntryOptions, Name, PartialDate, Record
from tests.answered import csl_item, seed_records
from tests.typesetting import needs, run

AWKWARD = (
    Record(
        id="arxiv:2401.00001",
        title="100% of $x_1$ & #1: the \\emph{α}-β_test of LLaMA-2 at $0 \\le α, β\\le 1$ ~ {Braces} \\& GPT-4",
        authors=(
            Name(family="Çağlar Ünlü", given="Ágoston-Élan"),
            Name(family="Donnaile", particle="Ó", given="Caoimhín"),
            Name(family="Maaten", particle="van der", given="Øyvind"),
            Name(family="Łukasz", given="Żółć Ćwik", suffix="Jr."),
            Name(literal="Research and Development Team & Friends"),
            Name(family="Škoda", given="Þór"),
            Name(family="King", suffix="Jr."),
        ),
        abstract="We have 50% of $O(n\\log n)$ & more: naïve_name, \\textbf{bold}, ≤ → ∞ “quoted” – #1 ~ 2^3.",
        published=PartialDate(2024, 1, 2),
        primary_category="cs.LG",
        dois=("10.1000/a_b%20(c)#d",),
    ),
    Record(
        id="arxiv:hep-th/9901001",
        title="Strings: \\'etude in $\\mathcal{N}=4$ \\textit{and} Θ-hypernuclei",
        authors=(Name(family="Müller", given="É."), Name(family="Zoë", given="Í")),
        authors_complete=False,
        published=PartialDate(1999, 1, 1),
        primary_category="hep-th",
    ),
)


REFERENCES = (
    "Phys. Rev. D 101, 013039 (2020)",
    "Nature Physics 16 (2020), no. 3, 629-635",
    "JHEP 2006:045,2020",
    "A&A 633, A13 (2020)",
    "PoS LATTICE2019 (2020) 123",
    "Transactions on Machine Learning Research, 2022",
    "Ann. of Math. (2) 191 (2020), no. 1, 1-20",
    "J. reine angew. Math. 760 (2020), 1-20",
    "IEEE Trans. Inf. Theory, vol. 66, no. 3, pp. 1-10, Mar. 2020",
    "Software: Practice and Experience 50 (8), 2020",
    "Proceedings of the 37th International Conference on Machine Learning, PMLR 119:1-10, 2020",
    "Advances in Neural Information Processing Systems 33 (2020)",
    "ACL 2020",
    "ECCV 2020, LNCS 12346, pp. 213-229",
    "Proceedings of the 5th Workshop on Invented Grammars, pages 1-9, July 2020",
)
PUBLISHED = tuple(
    Record(
        id=f"arxiv:2002.{number:05d}",
        title=f"Grammar number {number}",
        authors=(Name(family="Reader", given="Ann"), Name(family="Writer", given="Bo")),
        published=PartialDate(2020, 2, 3),
        primary_category="cs.DL",
        journal_ref=reference,
    )
    for number, reference in enumerate(REFERENCES)
)


@functools.cache
def items():
    records = (*seed_records(), *AWKWARD)
    keys = citekeys.assign(records, {})
    return tuple((keys[record.id], record) for record in records)


def published():
    return tuple((f"published{number}", record) for number, record in enumerate(PUBLISHED))


def written(folder, format, rows=None, **options):
    exported = render.export(rows or items(), format, EntryOptions(**options))
    name = "refs.json" if format == "csl-json" else "refs.bib"
    (folder / name).write_text(exported.text, encoding="utf-8")


def output_of(folder, *command):
    done = run(folder, *command)
    output = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert done.returncode == 0, output[-4000:]
    return output


@needs("pandoc")
def test_published_papers_in_pandoc(tmp_path):
    written(tmp_path, "csl-json", published())
    (tmp_path / "paper.md").write_text("---\nnocite: '@*'\n---\n", encoding="utf-8")
    shown = output_of(
        tmp_path, "pandoc", "--citeproc", "--bibliography=refs.json", "--wrap=none", "-t", "plain", "paper.md"
    )
    for said in ("Physical Review D", "013039", "Nature Physics", "Proceedings of Machine Learning Research"):
        assert said in shown


@needs("biber")
@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_the_data_model_of_biber(tmp_path, format):
    written(tmp_path, format, abstract=True)
    output = output_of(tmp_path, "biber", "--tool", "--validate-datamodel", "--nolog", "refs.bib")
    assert not re.search("^(WARN|ERROR)", output, re.MULTILINE), output


@needs("pandoc")
def test_pandoc_prints_every_id(tmp_path):
    written(tmp_path, "csl-json")
    (tmp_path / "paper.md").write_text("---\nnocite: '@*'\n---\n", encoding="utf-8")
    shown = output_of(
        tmp_path, "pandoc", "--citeproc", "--bibliography=refs.json", "--wrap=none", "-t", "plain", "paper.md"
    )
    assert [record.id for _, record in items() if record.arxiv_number not in shown] == []
    assert "Research and Development Team & Friends" in shown
    assert "\\" not in shown


@needs("pandoc")
def test_pandoc_takes_the_rest_of_the_authors_for_et_al(tmp_path):
    (item,) = (item for key, record in items() if (item := csl_item(record, key))["id"].startswith("muller"))
    (tmp_path / "refs.json").write_text(json.dumps([item]))
    (tmp_path / "paper.md").write_text(f"@{item['id']}", encoding="utf-8")
    shown = output_of(tmp_path, "pandoc", "--citeproc", "--bibliography=refs.json", "-t", "plain", "paper.md")
    assert "et al." in shown
    assert "others" not in shown


@needs("pandoc")
@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_pandoc_reads_our_entries(tmp_path, format):
    written(tmp_path, format, abstract=True)
    found = json.loads(output_of(tmp_path, "pandoc", "-f", format, "-t", "csljson", "refs.bib"))
    ours = {key: csl_item(record, key) for key, record in items()}
    assert {item["id"] for item in found} == set(ours)
    for item in found:
        if item["id"] != items()[-2][0]:  # math, which pandoc renders in its own way
            assert item["author"][0].get("family") == ours[item["id"]]["author"][0].get("family")
            assert len(item["author"]) == len(ours[item["id"]]["author"])
