"""What the `.tex` files of a folder say about its bibliography."""

from __future__ import annotations

import time

import pytest

from bibtools.workflow.bibliography_styles import shown_by
from bibtools.workflow.latex_project import read_tex
from tests.latex_styles import BIBLATEX, STYLES


def found(*texts):
    project = read_tex(texts)
    return project.format, project.profile, project.style


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_the_documents_that_are_typeset_are_understood(style):
    """So that the profile under which the ids were seen is the one that `init` writes."""
    assert found(style.document) == ("bibtex", shown_by(style.name), style.name)
    assert read_tex([style.document]).bib_files == ("refs.bib",)


@pytest.mark.parametrize("style", BIBLATEX, ids=lambda style: style.name)
def test_the_documents_of_biblatex_are_understood(style):
    silent = style.name in ("phys", "chem-acs")
    assert found(style.document) == ("biblatex", "scholar" if silent else "classic", style.name)
    assert read_tex([style.document]).bib_files == ("refs.bib",)


@pytest.mark.parametrize(
    ("text", "style", "profile"),
    [
        (r"\documentclass[aps,prd]{revtex4-2}", "apsrev4-2", "modern"),
        (r"\documentclass[reprint, aip, jcp]{revtex4-2}", "aipnum4-2", "modern"),
        (r"\documentclass[aps,rmp]{revtex4-2}", "apsrmp4-2", "modern"),
        (r"\documentclass{revtex4-1}", "apsrev4-1", "modern"),
        (r"\documentclass[sigconf]{acmart}", "acm-reference-format", "modern"),
        (r"\documentclass[runningheads]{llncs}", "splncs04", "modern"),
        (r"\documentclass[preprint,12pt]{elsarticle}", "elsarticle-num", "modern"),
        (r"\documentclass[journal]{IEEEtran}", "ieeetran", "modern"),
        (r"\documentclass[fleqn]{mnras}", "mnras", "modern"),
        (r"\documentclass[twocolumn]{aastex631}", "aasjournal", "modern"),
        (r"\documentclass[pdflatex,sn-nature]{sn-jnl}", "sn-nature", "modern"),
        (r"\documentclass[sn-chicago]{sn-jnl}", "sn-chicago", "classic"),
        (r"\documentclass{sn-jnl}", None, "classic"),
        (r"\documentclass[11pt]{article}\usepackage[review]{acl}", "acl_natbib", "modern"),
        (r"\documentclass{article}\usepackage{url, apacite}", "apacite", "modern"),
        (r"\documentclass{amsart}", None, "classic"),
        ("\\documentclass\n  [a4paper]\n  {llncs}", "splncs04", "modern"),
        (r"% \documentclass{llncs}", None, "classic"),
    ],
)
def test_a_class_or_package_implies_a_style(text, style, profile):
    assert found(text) == ("bibtex", profile, style)
    assert found(text + "\n" + r"\bibliographystyle{plain}") == ("bibtex", "classic", "plain")
    assert found(r"\bibliographystyle{ plain }", text)[2] == "plain"


@pytest.mark.parametrize(
    ("name", "profile"),
    [
        ("iclr2025_conference", "modern"),
        ("icml2024", "modern"),
        ("icml2023", "classic"),  # prints no URL
        ("aaai25", "modern"),
        ("aaai", "classic"),
        ("ieeetr", "classic"),
        ("IEEETRAN", "modern"),
        ("rusnat", "scholar"),
        ("somebodys-own", "classic"),
    ],
)
def test_the_profile_for_a_style(name, profile):
    assert shown_by(name) == profile


@pytest.mark.parametrize(
    ("text", "style", "profile"),
    [
        (r"\usepackage{biblatex}", None, "classic"),
        (r"\usepackage[backend=biber,style=phys]{biblatex}", "phys", "scholar"),
        (r"\usepackage[ style = chem-angew , sorting=none]{biblatex}", "chem-angew", "scholar"),
        (r"\usepackage[style=numeric,bibstyle=phys]{biblatex}", "phys", "scholar"),
        (r"\usepackage[style={ieee},eprint=false]{biblatex}", "ieee", "scholar"),
        (r"\usepackage[style=ieee,eprint]{biblatex}", "ieee", "classic"),
        (r"\usepackage[style=apa,sortcites={true,false}]{biblatex}", "apa", "classic"),
        (r"\usepackage{biblatex}\ExecuteBibliographyOptions{eprint=false,url=false}", None, "scholar"),
        (r"\usepackage{csquotes,biblatex}\bibliographystyle{plainnat}", None, "classic"),
        (r"\RequirePackage[style=authoryear-comp]{biblatex}", "authoryear-comp", "classic"),
        (r"\documentclass{llncs}\usepackage[style=lncs]{biblatex}", "lncs", "classic"),
    ],
)
def test_biblatex_and_its_options(text, style, profile):
    assert found(text) == ("biblatex", profile, style)


def test_files_are_named_by_either():
    text = r"\addbibresource[location=local]{a.bib}\addglobalbib{b.bib}\bibliography{c, d/e.bib,}"
    assert read_tex([text]).bib_files == ("a.bib", "b.bib", "c.bib", "d/e.bib")


@pytest.mark.parametrize(
    "text",
    [
        "\\usepackage[" * 5_000,
        "\\usepackage[{" * 5_000,
        "\\documentclass[" * 5_000,
        "\\usepackage[" + "a=" * 9_000,
        "\\usepackage[" + "x=," * 600 + "]{biblatex}",
        "\\usepackage[" + "x= " * 600 + "]{biblatex}",
    ],
)
def test_hostile_text_takes_no_time(text):
    start = time.process_time()
    read_tex([text])
    assert time.process_time() - start < 3
