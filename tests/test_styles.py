from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from pybtex.database import parse_string
from pybtex.plugin import find_plugin

from bibtools.errors import UsageError
from bibtools.plugins import styles

ROOT = Path(__file__).parent.parent


def formatted(text, backend="html"):
    style = styles.load_style("arxiv")()
    data = parse_string(text, "bibtex")
    render = find_plugin("pybtex.backends", backend)()
    return [entry.text.render(render) for entry in style.format_bibliography(data)]


LINK = '<a href="https://arxiv.org/abs/1706.03762">arXiv:1706.03762'
START = "author = {Vaswani, Ashish and {Gemma Team} and others}, title = {Attention Is All {You} Need}"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(
            f"""@misc{{a, {START}, year = 2017, month = jun, howpublished = {{arXiv:1706.03762 [cs.CL]}},
            eprint = {{1706.03762}}, archiveprefix = {{arXiv}}, primaryclass = {{cs.CL}}}}""",
            f"June 2017.|{LINK} [cs.CL]</a>.",
            id="classic",
        ),
        pytest.param(
            f"""@misc{{a, {START}, year = 2017, url = {{https://arxiv.org/abs/1706.03762}},
            eprint = {{1706.03762}}, archiveprefix = {{arXiv}}, primaryclass = {{cs.CL}}}}""",
            f"2017.|{LINK} [cs.CL]</a>.",
            id="modern",
        ),
        pytest.param(
            f"@article{{a, {START}, year = 2017, journal = {{arXiv preprint arXiv:1706.03762}}}}",
            f"2017.|{LINK}</a>.",
            id="scholar",
        ),
        pytest.param(
            f"""@online{{a, {START}, date = {{2017-06-12}}, eprint = {{1706.03762}}, eprinttype = {{arxiv}},
            eprintclass = {{cs.CL}}}}""",
            f"June 2017.|{LINK} [cs.CL]</a>.",
            id="biblatex",
        ),
    ],
)
def test_an_arxiv_id_is_shown_once_as_a_link(entry, expected):
    (text,) = formatted(entry)
    assert text.count("1706.03762") == 2  # the address and the text of one link
    date, _, link = expected.partition("|")
    assert date in text
    assert ("June" in date) == ("June" in text)
    assert text.endswith(link)


def test_a_published_paper_keeps_its_journal():
    (text,) = formatted(
        f"""@article{{a, {START}, year = 2017, journal = {{J. Tests}}, volume = 3, pages = {{1--2}},
        doi = {{10.1000/a}}, eprint = {{1706.03762}}, archiveprefix = {{arXiv}}}}"""
    )
    assert "<em>J. Tests</em>, 3:1–2, 2017." in text
    assert LINK in text
    assert "https://doi.org/10.1000/a" in text


def test_an_eprint_elsewhere_is_no_arxiv_link():
    (text,) = formatted(f"@misc{{a, {START}, year = 2017, eprint = {{1234}}, archiveprefix = {{HAL}}}}")
    assert "HAL:1234" in text
    assert "arxiv.org" not in text


@pytest.mark.parametrize("kind", ["article", "report", "thesis", "whatever", "book", "phdthesis", "unpublished"])
def test_an_entry_without_most_fields_is_set_as_far_as_it_goes(kind):
    (text,) = formatted(f"@{kind}{{a, title = {{Maps}}, year = 2017}}", "plaintext")
    assert text == ("Maps. PhD thesis, 2017." if kind == "phdthesis" else "Maps. 2017.")


def test_the_case_of_titles_stays():
    (text,) = formatted("@misc{a, title = {Attention Is All You Need}, year = 2017}", "plaintext")
    assert text == "Attention Is All You Need. 2017."


@pytest.mark.parametrize(
    "name",
    [
        "",
        "nothing",
        "../bibtools/text",
        "../styles/arxiv",
        "/etc/passwd",
        "arxiv.py",
        "README",
        ".",
        "..",
        "os",
        "a/b",
        "arxiv\n",
    ],
)
def test_only_our_own_styles_are_found(name):
    for find in (styles.style_path, styles.load_style):
        with pytest.raises(UsageError) as caught:
            find(name)
        assert caught.value.problem.code == "style-unknown"
        assert "arxiv" in caught.value.problem.hint


def test_each_style_stands_in_the_readme():
    readme = (styles.styles_folder() / "README.md").read_text(encoding="utf-8")
    for name in styles.style_names():
        assert f"`{styles.style_path(name).name}`" in readme


def test_a_wheel_carries_the_styles_where_they_are_looked_for(tmp_path, monkeypatch):
    with (ROOT / "pyproject.toml").open("rb") as file:
        wheel = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]["wheel"]
    package = tmp_path / "site-packages" / "bibtools"
    for source, place in wheel["force-include"].items():
        shutil.copytree(ROOT / source, tmp_path / "site-packages" / place)
    (tmp_path / "site-packages" / "styles").mkdir()  # of another distribution
    monkeypatch.setattr(styles, "_PACKAGE", package)
    assert styles.style_path("arxiv") == package / "styles" / "arxiv.py"
    assert styles.load_style("arxiv").__name__ == "Style"
