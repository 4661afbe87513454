"""Every text of a corpus, as arXiv would answer it, through the encoder and pdflatex."""

import gzip
import json
import re

import pytest

from bibtools import latex
from tests.standin.tex2utf import tex2utf
from tests.test_latex_laws import is_balanced
from tests.test_latex_typeset import needs_tex, typeset

KINDS = ("title", "authors", "comment", "abstract")


@pytest.fixture(scope="module")
def served(data_folder):
    """For each kind of text, what arXiv answers."""
    texts = {kind: [] for kind in KINDS}
    with gzip.open(data_folder / "corpus_public.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            for kind in KINDS:
                value = paper.get(kind) or []
                texts[kind] += [tex2utf(text) for text in ([value] if isinstance(value, str) else value)]
    assert len(texts["title"]) > 1_000
    return texts


@pytest.mark.parametrize("kind", KINDS)
def test_the_laws_hold(served, kind):
    for text in served[kind]:
        encoded = latex.encode(text).text
        assert latex.encode(encoded).text == encoded
        assert is_balanced(encoded)
        protected = latex.protect_case(encoded)
        assert latex.protect_case(protected) == protected
        assert latex.same_text(protected, encoded)
        decoded = latex.decode(text)
        assert "\\" not in re.sub(r"\$[^$]*\$", "", decoded) or decoded.count("$") % 2


@pytest.mark.parametrize("kind", KINDS)
def test_plain_text_is_not_touched(served, kind):
    plain = re.compile(r"[A-Za-z0-9 .,:;!?()'\"/*+=@\[\]-]*\Z")
    texts = [" ".join(text.split()) for text in served[kind] if plain.match(text)]
    assert texts
    for text in texts:
        assert latex.encode(text).text == text


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_unknown_to_pdflatex(served, kind):
    assert {c for text in served[kind] for c in latex.encode(text).unknown} == set()


@needs_tex
@pytest.mark.parametrize("kind", KINDS)
def test_all_typesets(served, kind, tmp_path):
    texts = sorted(set(served[kind]))
    assert typeset(tmp_path, [latex.encode(text).text for text in texts]) == []
