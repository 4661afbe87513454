"""Where Typst shows the arXiv id of a preprint: in every style that it knows, exactly as it is."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import typst

from bibtools.formats import hayagriva
from bibtools.formats.items import Item
from bibtools.model import Entry, Field

IDS = {
    "1706.03762": "cs.CL", "0704.0001": "hep-ph", "0912.0001": "", "hep-th/0207001": "hep-th",
    "math/0309136": "math.GT", "cond-mat/0001001": "", "0801.0500v2": "cs.DL",
}  # fmt: skip
"""Ids whose zeros, dots and hyphens a number, a range or an abbreviation would lose, with their classes."""

NAMES = Path(__file__).with_name("typst_styles.txt").read_text("utf-8").split()
"""The names of styles that Typst 0.15.2 knows, but `alphanumeric`, in which it sets no list of references."""

ONLY_DOI = {"royal-society-of-chemistry", "springer-fachzeitschriften-medizin-psychologie"}
"""Styles that print of a work with a DOI nothing but that; arXiv's has the id in it."""
NO_YEAR = {"royal-society-of-chemistry"}


def preprint(number, class_, **fields):
    fields = {"title": "Gardens", "author": "Doe, Ann", "eprint": number, "archiveprefix": "arXiv", **fields}
    fields |= {"primaryclass": class_} if class_ else {}
    made = tuple(Field(name, value) for name, value in {"year": "1987", **fields}.items())
    return Item(entry=Entry(entry_type="misc", key=f"k{number}", fields=made))


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    folder = tmp_path_factory.mktemp("typst")
    text = hayagriva.render([preprint(number, class_) for number, class_ in IDS.items()]).text
    (folder / "refs.yml").write_text(text, encoding="utf-8")
    return folder


def typeset(folder, style):
    """The references, as the text that a reader sees."""
    (folder / "main.typ").write_text(f'#bibliography("refs.yml", full: true, style: "{style}")', encoding="utf-8")
    made = typst.compile(str(folder / "main.typ"), format="html").decode("utf-8")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", made.partition("</h2>")[2])).split())


@pytest.mark.parametrize("style", NAMES)
def test_the_id_is_shown_as_it_is(document, style):
    shown = typeset(document, style)
    prefix = "10.48550/arXiv." if style in ONLY_DOI else "preprint arXiv:"
    cited = [prefix + (number.partition("v")[0] if style in ONLY_DOI else number) for number in IDS]
    assert [text for text in cited if text not in shown] == []
    assert shown.count("1987") >= len(IDS) or style in NO_YEAR
    assert "{" not in shown


def test_an_entry_has_its_class_behind_the_id(document):
    shown = typeset(document, "nature")
    assert "arXiv preprint arXiv:1706.03762 [cs.CL]" in shown
    assert "arXiv preprint arXiv:math/0309136 [math.GT]" in shown
