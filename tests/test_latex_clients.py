"""Our entries in the styles of BibTeX and biblatex: nothing stops, nothing is complained of, every id is seen."""

from __future__ import annotations

import functools
import re

import pytest

from bibtools import citekeys, render
from bibtools.model import EntryOptions
from bibtools.workflow.bibliography_styles import biblatex_shows_eprint, shown_by
from tests.answered import seed_records
from tests.awkward import HELD, UNREADABLE, typed_records
from tests.latex_styles import BIBLATEX, STYLES
from tests.test_clients import published
from tests.typesetting import by_biber, by_bibtex, lualatex, needs

with_bibtex = needs("pdflatex", "bibtex", "pdftotext")
with_biber = needs("pdflatex", "biber", "pdftotext")
PUBLISHED_IN = ("plain", "plainnat", "IEEEtran", "apsrev4-2", "abbrvnat", "splncs04", "siam", "alpha")
by_name = {style.name: style for style in STYLES}


def keyed(records):
    keys = citekeys.assign(records, {})
    return tuple((keys[record.id], record) for record in records)


@functools.cache
def items(format="bibtex"):
    """All that pdfLaTeX can set."""
    rows = keyed((*seed_records(), *typed_records(), *HELD))
    return tuple(row for row in rows if not unknown(*row, format))


def unknown(key, record, format="bibtex"):
    """The letters of a record that we say pdfLaTeX does not know."""
    problems = render.render_entry(record, key, EntryOptions(format=format)).problems
    told = [p.message.partition(": ")[2] for p in problems if p.code == "latex-unknown-character"]
    return set("".join(told).replace(" ", ""))


def numbers(rows=None):
    return [record.arxiv_number for _, record in rows or items()]


def exported(format, rows=None, **options):
    """As preprints: a published paper is in a journal, and no style need print its eprint too."""
    options = {"abstract": True, "prefer": "preprint", **options}
    return render.export(rows or items(format), format, EntryOptions(**options)).text


def told(done, style):
    """What was complained of, but for what the style says of any entry of this kind."""
    return [*done.errors, *(text for text in done.warnings if not style.own or not text.startswith(style.own))]


def typeset(folder, style, **options):
    entries = exported("bibtex", max_authors=style.max_authors, **options)
    return by_bibtex(folder, style.document, entries)


@with_bibtex
@pytest.mark.parametrize(
    ("style", "profile"),
    [
        pytest.param(style, profile, id=f"{style.name}-{profile}")
        for style in STYLES
        for profile in sorted({"classic", shown_by(style.name)})
        if profile == shown_by(style.name) or shown_by(style.name) != "scholar"
    ],
)
def test_every_style_prints_every_id_and_complains_of_nothing(tmp_path, style, profile):
    done = typeset(tmp_path, style, profile=profile)
    assert told(done, style) == []
    assert done.missing(numbers()) == []


@with_bibtex
@pytest.mark.parametrize(
    "style", [s for s in STYLES if shown_by(s.name) != "modern"], ids=lambda style: style.name
)
def test_a_style_for_which_modern_is_not_chosen_prints_no_id_then(tmp_path, style):
    """If one day it does, `init` may choose it."""
    assert typeset(tmp_path, style, profile="modern").missing(numbers()) == numbers()


@with_bibtex
def test_a_style_that_prints_nothing_but_journals(tmp_path):
    assert typeset(tmp_path, by_name["rusnat"], profile="classic").missing(numbers()) == numbers()


@with_bibtex
@pytest.mark.parametrize("style", PUBLISHED_IN)
def test_published_papers(tmp_path, style):
    entries = exported("bibtex", published(), prefer="published")
    done = by_bibtex(tmp_path, by_name[style].document, entries)
    assert told(done, by_name[style]) == []
    for said in ("Phys", "013039", "37th"):
        assert said in done.shown


@with_biber
def test_published_papers_in_biblatex(tmp_path):
    entries = exported("biblatex", published(), prefer="published")
    done = by_biber(tmp_path, BIBLATEX[0].document, entries)
    assert told(done, BIBLATEX[0]) == []
    assert [n for n in numbers(published()) if done.shown.count(f"arXiv:{n}") != 1] == []
    assert "013039" in done.shown


@with_bibtex
def test_revtex_does_not_take_all_authors_of_every_paper(tmp_path):
    done = by_bibtex(tmp_path, by_name["apsrev4-2"].document, exported("bibtex"))
    assert done.errors != ()


@with_bibtex
@pytest.mark.parametrize("style", ["plain", "IEEEtran", "alpha", "siam"])
def test_no_style_changes_a_formula(tmp_path, style):
    """Styles that write titles small write `$SU(2)$` small too, unless braces keep it from them."""
    done = typeset(tmp_path, by_name[style])
    shown = re.sub(r"%\n|\s+", "", done.references)
    titles = [render.render_entry(record, key, EntryOptions()).entry.get("title") for key, record in items()]
    formulas = [re.sub(r"\s+", "", formula) for title in titles for formula in re.findall(r"\$[^$]+\$", title)]
    assert len(formulas) > 20
    assert [formula for formula in formulas if formula not in shown] == []


@with_bibtex
@pytest.mark.parametrize("style", ["plain", "abbrv", "IEEEtran"])
def test_ascii_is_the_same_on_the_page(tmp_path, style):
    pages = []
    for encoding in ("utf-8", "ascii"):
        (folder := tmp_path / encoding).mkdir()
        done = typeset(folder, by_name[style], encoding=encoding)
        assert told(done, by_name[style]) == []
        pages.append(done.shown)
    assert (tmp_path / "ascii" / "refs.bib").read_text(encoding="utf-8").isascii()
    # A capital under a command is written small where a title is; one in UTF-8 is out of BibTeX's reach.
    assert sorted(pages[0].casefold()) == sorted(pages[1].casefold())


@with_bibtex
@pytest.mark.parametrize("style", ["plain", "abbrv", "alpha"])
def test_letters_that_stop_pdflatex_are_those_that_were_told(tmp_path, style):
    rows = keyed(UNREADABLE)
    done = by_bibtex(tmp_path, by_name[style].document, exported("bibtex", rows))
    stopped = {
        found[1] for text in done.errors if (found := re.match(r"! LaTeX Error: Unicode character (.)", text))
    }
    assert len(stopped) > 10
    assert stopped <= set().union(*(unknown(*row) for row in rows))
    assert [text for text in done.errors if not re.search("Unicode character|Invalid UTF-8", text)] == []
    assert done.missing(numbers(rows)) == []


@needs("lualatex", "bibtex")
def test_lualatex_takes_every_letter(tmp_path):
    rows = (*items(), *keyed(UNREADABLE))
    assert lualatex(tmp_path, by_name["plain"].document, exported("bibtex", rows)) == []


@with_biber
@pytest.mark.parametrize("style", BIBLATEX, ids=lambda style: style.name)
def test_every_style_of_biblatex_prints_every_id(tmp_path, style):
    """Under the profile that `init` chooses; the names of 1,351 people take biber 15 s."""
    profile = "classic" if biblatex_shows_eprint(style.name) else "scholar"
    done = by_biber(tmp_path, style.document, exported("biblatex", profile=profile, max_authors=50))
    assert told(done, style) == []
    assert done.missing(numbers(items("biblatex"))) == []
    if style.name == "numeric":
        assert [n for n in numbers(items("biblatex")) if done.shown.count(f"arXiv:{n}") != 1] == []


@with_biber
@pytest.mark.parametrize("style", [s for s in BIBLATEX if not biblatex_shows_eprint(s.name)], ids=lambda s: s.name)
def test_a_style_of_biblatex_that_prints_no_eprint(tmp_path, style):
    done = by_biber(tmp_path, style.document, exported("biblatex", max_authors=50))
    assert told(done, style) == []
    assert done.missing(numbers(items("biblatex"))) == numbers(items("biblatex"))


@with_biber
def test_an_option_that_hides_eprints(tmp_path):
    document = BIBLATEX[0].document.replace("style=numeric", "style=numeric,eprint=false")
    rows = items()[:5]
    assert by_biber(tmp_path, document, exported("biblatex", rows)).missing(numbers(rows)) == numbers(rows)
    done = by_biber(tmp_path, document, exported("biblatex", rows, profile="scholar"))
    assert done.missing(numbers(rows)) == []
