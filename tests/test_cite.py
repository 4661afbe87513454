"""`bibtools cite`: which works, in whose style, as what."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bibtools import bibfile, formats
from bibtools.cli import completing
from bibtools.errors import UsageError
from bibtools.formats import Item
from bibtools.plugins import bbl, bst, citing, csl, styles
from bibtools.workflow import cite as work
from tests.running import REPOSITORY
from tests.test_clients import needs

BIB = r"""
@misc{vaswani2017, author = {Vaswani, Ashish and Shazeer, Noam}, title = {Attention Is All You Need}, year =
{2017},
  month = jun, howpublished = {arXiv:1706.03762 [cs.CL]}, eprint = {1706.03762}, archiveprefix = {arXiv},
  primaryclass = {cs.CL}}
@article{oe1999, author = {{\OE}uvre, {\'E}va and M{\"u}ller, J{\"o}rg and Arnold, S{\'e}b M. R.}, title = {The
{\'E}tude of
  $\alpha$ & 5\% {BERT}: On {\OE}uvres}, journal = {J. of Tests}, volume = {3}, number = {2}, pages = {1--10},
  year = {1999},
  doi = {10.1000/a_b}}
@inproceedings{doe2001, author = {Doe, Jane}, title = {Maps}, crossref = {proc2001}, pages = {5}}
@inproceedings{roe2001, author = {Roe, Jean-Pierre and others}, title = {Charts}, crossref = {proc2001}, pages
= {7--9}}
@book{knuth1997, author = {Knuth, Donald E.}, title = {The Art of Programming}, publisher = {Addison-Wesley},
  edition = {Second}, year = {1997}}
@phdthesis{doe2002, author = {van der Doe, Jr., Jane}, title = {On Maps}, school = {MIT}, year = {2002}}
@techreport{doe2003, author = {Doe, Jane}, title = {On Maps}, institution = {NASA}, number = {12}, year = {2003}}
@nothing{odd, title = {Odd}}
@proceedings{proc2001, editor = {Ede, A. and Bar, B.}, title = {Proceedings of the First Conference on Maps},
  booktitle = {Proceedings of the First Conference on Maps}, publisher = {ACM},
  address = {New York}, year = {2001}}
"""


def entries(text=BIB):
    bib = bibfile.parse(text)
    macros = bibfile.macros(bib)
    return [bibfile.entry_of(block, bib.text, macros) for block in bibfile.entry_blocks(bib)]


@pytest.fixture
def in_folder(bibtools):
    bibtools.write("refs.bib", BIB)
    return bibtools


def test_the_library_is_cited_as_it_stands_in_the_bib(bibtools):
    shutil.copy(REPOSITORY / "bibtools.lock", bibtools.folder)
    shutil.copytree(REPOSITORY / "seeds", bibtools.folder / "seeds")
    bibtools.write("bibtools.toml", 'sources = ["seeds/"]\n')
    edited = (REPOSITORY / "refs.bib").read_text("utf-8").replace("The Hydra Effect", "The Hydra Affair")
    bibtools.write("refs.bib", edited + "@book{own, author = {Own, Ann}, title = {A Book}, year = 2001}\n")
    ran = bibtools("cite")
    assert ran.out.count("\n") == 28
    assert ran.summary == "28 references in the style plain"
    assert "The hydra affair" in ran.out
    assert "Ann Own. A Book. 2001." in ran.out
    two = bibtools("cite", "own", "mcgrath2023hydra", "--style", "arxiv").out.splitlines()
    assert two[0] == "[1] Ann Own. A Book. 2001."
    assert two[1].startswith("[2] Thomas McGrath, Matthew Rahtz, ")
    unknown = bibtools("cite", "mcgrath2023hydro", code=2)
    assert "did you mean mcgrath2023hydra?" in unknown.err
    assert bibtools.read("bibtools.lock") == (REPOSITORY / "bibtools.lock").read_text("utf-8")


def test_golden_references_of_the_seed_records(bibtools):
    ran = bibtools(
        "cite", "--bib", REPOSITORY / "refs.bib", "--style", "apa", "mcgrath2023hydra", "lindner2023tracr"
    )
    assert ran.out == (
        "Lindner, D., Kramár, J., Farquhar, S., Rahtz, M., McGrath, T., & Mikulik, V. (2023). Tracr: Compiled "
        "transformers as a laboratory for interpretability. arXiv. https://doi.org/10.48550/arXiv.2301.05062\n"
        "McGrath, T., Rahtz, M., Kramar, J., Mikulik, V., & Legg, S. (2023). The hydra effect: Emergent "
        "self-repair in "
        "language model computations. arXiv. https://doi.org/10.48550/arXiv.2307.15771\n"
    )


@pytest.mark.parametrize("style", styles.style_names())
def test_each_seed_record_shows_its_arxiv_id_once_as_a_link(bibtools, style):
    ran = bibtools("cite", "--bib", REPOSITORY / "refs.bib", "--style", style, "--to", "html")
    seeds = entries((REPOSITORY / "refs.bib").read_text("utf-8"))
    lines = {line.split('"')[1]: line for line in ran.out.splitlines()}
    for entry in seeds:
        line, number = lines[f"ref-{entry.key}"], entry.get("eprint")
        links = [part for part in line.split("<a ")[1:] if number in part.split(">")[0]]
        assert len(links) == 1
        assert line.count(number) == 2


def test_a_file_is_cited_without_a_project(in_folder):
    ran = in_folder("cite", "--bib", "refs.bib", "knuth1997", "vaswani2017", "--style", "ieee")
    assert ran.out == (
        "[1] D. E. Knuth, The Art of Programming, 2nd ed. Addison-Wesley, 1997.\n"
        "[2] A. Vaswani and N. Shazeer, “Attention is all you need,” 2017, arXiv:1706.03762.\n"
    )
    piped = in_folder("cite", "-b", "-", "odd", stdin=BIB.encode())
    assert piped.out == "[1] Odd.\n"
    assert "no-project" in in_folder("cite", code=2).err
    assert in_folder("cite", "--bib", "none.bib", code=3).out == ""


def test_a_cross_reference_is_followed(in_folder):
    ran = in_folder("cite", "-b", "refs.bib", "doe2001", "roe2001")
    assert ran.out.splitlines()[0] == (
        "[1] Jane Doe. Maps. In A. Ede and B. Bar, editors, Proceedings of the First Conference on Maps, page 5, "
        "New York, 2001. ACM."
    )
    assert len(ran.out.splitlines()) == 2


def test_one_document_of_json(in_folder):
    ran = in_folder("cite", "-b", "refs.bib", "odd", "--style", "authoryear", "--to", "markdown", "--json")
    assert ran.document == {
        "version": 1, "style": "authoryear", "to": "markdown", "output": None, "requests": 0, "problems": [],
        "references": [{"key": "odd", "label": "Odd, n.d.", "text": "n.d. Odd."}],
    }  # fmt: skip
    stopped = in_folder("cite", "-b", "refs.bib", "nothing", "--json", code=2).document
    assert stopped["references"] == []
    assert stopped["problems"][0]["code"] == "key-unknown"


def test_what_is_written_goes_to_a_file_that_is_nobody_elses(in_folder):
    assert in_folder("cite", "-b", "refs.bib", "odd", "-o", "out.txt").out == ""
    assert in_folder.read("out.txt") == "[1] Odd.\n"
    in_folder.write("bibtools.toml", "")
    assert "output-is-target" in in_folder("cite", "-b", "refs.bib", "-o", "refs.bib", code=2).err


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        pytest.param(["--style", "ieeee"], "style-unknown", "did you mean ieee?", id="style"),
        pytest.param(["--style", "../plain"], "style-unknown", "did you mean plain?", id="no-path"),
        pytest.param(["--style", "plain.bst"], "style-unknown", "kpsewhich plain.bst", id="bst"),
        pytest.param(["--style", "gone.csl"], "style-unknown", "a path to a file", id="csl"),
        pytest.param(["--to", "htm"], "output-unknown", "did you mean html?", id="to"),
    ],
)
def test_a_wrong_word_is_told(in_folder, arguments, code, hint):
    ran = in_folder("cite", "-b", "refs.bib", *arguments, code=2)
    assert f"[{code}]" in ran.err
    assert hint in ran.err


def test_a_style_of_the_users_own_is_run_only_by_its_path(in_folder):
    in_folder.write(
        "mine.py",
        "from pybtex.style.formatting.unsrt import Style as Unsrt\n\n\nclass Style(Unsrt):\n    pass\n",
    )
    ran = in_folder("cite", "-b", "refs.bib", "knuth1997", "--style", "mine.py")
    assert ran.out == "[1] Donald E. Knuth. The Art of Programming. Addison-Wesley, second edition, 1997.\n"
    in_folder.write("bad.py", "raise SystemExit('no')\n")
    assert "style-failed" in in_folder("cite", "-b", "refs.bib", "--style", "bad.py", code=2).err
    in_folder.write("none.py", "x = 1\n")
    assert "no class Style" in in_folder("cite", "-b", "refs.bib", "--style", "none.py", code=2).err
    assert "style-unknown" in in_folder("cite", "-b", "refs.bib", "--style", "mine", code=2).err


def test_the_help_lists_the_styles(bibtools):
    words = bibtools("cite", "--help").out.replace(",", " ").replace(";", " ").split()
    assert set(styles.style_names()) <= set(words)


def test_the_shell_completes_styles_and_keys(bibtools, monkeypatch):
    assert completing.style("a") == ["acl", "acm", "apa", "arxiv", "authoryear"]
    monkeypatch.chdir(REPOSITORY)
    assert "mcgrath2023hydra" in completing.key("mcg")
    bibtools.write("bibtools.toml", "wrong = 1\n")
    monkeypatch.chdir(bibtools.folder)
    assert completing.key("") == []


# -- BibTeX styles -----------------------------------------------------------------------------------------------

SMALL = """ENTRY { author title year } {} { label }
FUNCTION {misc} { "\\bibitem[" cite$ * "]{" * cite$ * "}" * write$ newline$ title write$ newline$ }
FUNCTION {default.type} { misc }
READ
ITERATE {call.type$}
"""


def test_a_bst_sets_references(in_folder):
    in_folder.write("small.bst", SMALL)
    ran = in_folder("cite", "-b", "refs.bib", "oe1999", "knuth1997", "--style", "small.bst", "--to", "html")
    assert ran.out == (
        '<p id="ref-oe1999">[oe1999] The Étude of α &amp; 5% BERT: On Œuvres</p>\n'
        '<p id="ref-knuth1997">[knuth1997] The Art of Programming</p>\n'
    )
    assert "the style has no type article" in ran.err
    assert "[style-warns]" in ran.err


@pytest.mark.parametrize(
    ("program", "code"),
    [
        pytest.param("FUNCTION {f} { { #1 } { } while$ }", "style-too-slow", id="loop"),
        pytest.param('FUNCTION {f} { "x" { #1 } { duplicate$ * } while$ }', "style-failed", id="doubling"),
        pytest.param(
            'FUNCTION {f} { { #1 } { "' + "x" * 9000 + '" write$ } while$ }', "style-failed", id="output"
        ),
        pytest.param("FUNCTION {f} { { #1 } { #1 } while$ }", "style-", id="stack"),
        pytest.param("FUNCTION {f} { g } FUNCTION {g} { f }", "style-failed", id="recursion"),
        pytest.param("FUNCTION {f} { pop$ }", "style-failed", id="empty-stack"),
        pytest.param("FUNCTION {f} { #0 #1 + title }", "style-failed", id="undefined"),
        pytest.param("FUNCTION {f} " + "{" * 5000, "style-failed", id="braces"),
        pytest.param("hello world", "style-failed", id="no-program"),
        pytest.param('FUNCTION {f} { "a" chr.to.int$ #99999999999 int.to.chr$ }', "style-failed", id="character"),
    ],
)
def test_no_bst_hangs_or_breaks_the_program(in_folder, monkeypatch, program, code):
    monkeypatch.setattr(work, "_PATIENCE", 5.0)
    in_folder.write("x.bst", f"ENTRY {{ title }} {{}} {{}}\n{program}\nREAD\nEXECUTE {{f}}\n")
    before = in_folder.files()
    ran = in_folder("cite", "-b", "refs.bib", "--style", "x.bst", code=2)
    assert f"[{code}" in ran.err
    assert in_folder.files() == before


STANDARD = ("plain", "abbrv", "alpha", "unsrt", "plainnat", "IEEEtran", "apalike", "acm")


@needs("bibtex", "kpsewhich")
@pytest.mark.parametrize("name", STANDARD)
def test_the_interpreter_writes_what_bibtex_writes(tmp_path, name):
    found = subprocess.run(
        ["kpsewhich", f"{name}.bst"], capture_output=True, text=True, check=False
    ).stdout.strip()
    assert found
    works = [*entries(), *entries((REPOSITORY / "refs.bib").read_text("utf-8"))]
    text = formats.render([Item(entry=entry) for entry in works], "bibtex").text
    keys = [entry.key for entry in works]
    (tmp_path / "x.bib").write_text(text, encoding="utf-8")
    citations = "".join(f"\\citation{{{key}}}\n" for key in keys)
    (tmp_path / "x.aux").write_text(f"{citations}\\bibstyle{{{name}}}\n\\bibdata{{x}}\n", encoding="utf-8")
    subprocess.run(["bibtex", "x"], cwd=tmp_path, capture_output=True, check=False)
    real = (tmp_path / "x.bbl").read_text(encoding="utf-8", errors="replace")
    ours, _ = bst.run(Path(found).read_text(encoding="utf-8", errors="replace"), text, keys)
    assert ours.split() == real.split()  # BibTeX breaks lines by bytes
    assert sorted(entry.key for entry in bbl.references(ours)) == sorted(keys)


@needs("kpsewhich")
def test_what_a_bst_writes_is_read_as_references(in_folder):
    found = subprocess.run(
        ["kpsewhich", "plainnat.bst"], capture_output=True, text=True, check=False
    ).stdout.strip()
    keys = ("oe1999", "vaswani2017")
    html = in_folder("cite", "-b", "refs.bib", *keys, "--style", found, "--to", "html").out
    assert '3 (2): 1–10, 1999. doi: <a href="https://doi.org/10.1000/a_b">10.1000/a_b</a>.</p>' in html
    assert "<em>J. of Tests</em>" in html
    assert "\\" not in html
    labels = in_folder("cite", "-b", "refs.bib", *keys, "--style", found, "--json").document["references"]
    assert [reference["label"] for reference in labels] == ["Œuvre et al., 1999", "Vaswani and Shazeer, 2017"]
    tex = in_folder("cite", "-b", "refs.bib", *keys, "--style", found, "--to", "latex").out
    assert tex.startswith("\\begin{thebibliography}{2}")


# -- CSL styles --------------------------------------------------------------------------------------------------

CSL = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
  <info><title>Small</title><id>small</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="citation-number"/></layout></citation>
  <bibliography second-field-align="flush"><layout suffix=".">
    <text variable="citation-number" prefix="[" suffix="]"/>
    <group delimiter=", "><names variable="author"><name initialize-with=". "/></names>
    <text variable="title" font-style="italic"/><date variable="issued"><date-part name="year"/></date></group>
  </layout></bibliography>
</style>
"""


def test_a_csl_style_sets_references(in_folder):
    in_folder.write("small.csl", CSL)
    keys = ("oe1999", "vaswani2017", "odd")
    ran = in_folder("cite", "-b", "refs.bib", *keys, "--style", "small.csl", "--to", "markdown")
    assert ran.out == (
        "\\[1\\] É. Œuvre, J. Müller, S. M. R. Arnold, *The Étude of α & 5% BERT: On Œuvres*, 1999.\n\n"
        "\\[2\\] A. Vaswani, N. Shazeer, *Attention Is All You Need*, 2017.\n\n\\[3\\] *Odd*.\n\n"
    )
    document = in_folder("cite", "-b", "refs.bib", "odd", "--style", "small.csl", "--json").document
    assert document["references"] == [{"key": "odd", "label": "1", "text": "Odd."}]


DEPENDENT = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>x</title><id>x</id>
<link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info></style>"""
LAUGHS = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + CSL.partition("?>")[2]
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + CSL.partition("?>")[2].replace("Small", "&a;")


@pytest.mark.parametrize(
    ("style", "code"),
    [
        pytest.param(DEPENDENT, "style-dependent", id="dependent"),
        pytest.param(LAUGHS, "style-unusable", id="entities"),
        pytest.param(LAUGHS.encode("utf-16"), "style-unusable", id="entities-utf-16"),
        pytest.param(OUTSIDE, "style-unusable", id="outside"),
        pytest.param("<html/>", "style-unusable", id="no-style"),
        pytest.param("not xml", "style-unusable", id="no-xml"),
        pytest.param(CSL.replace("bibliography", "macro"), "style-unusable", id="no-bibliography"),
        pytest.param(
            CSL.replace("<citation>", '<macro name="m"><text macro="m"/></macro><citation>').replace(
                '<text variable="title" font-style="italic"/>', '<text macro="m"/>'
            ),
            "style-failed",
            id="recursion",
        ),
    ],
)
def test_no_csl_style_harms(in_folder, style, code):
    in_folder.write("x.csl", style)
    ran = in_folder("cite", "-b", "refs.bib", "odd", "--style", "x.csl", code=2)
    assert f"[{code}]" in ran.err
    assert "root:" not in ran.err + ran.out


def test_without_citeproc_what_to_install_is_told(monkeypatch):
    monkeypatch.setattr(csl, "find_spec", lambda name: None)
    with pytest.raises(UsageError) as caught:
        csl.check(CSL.encode())
    assert caught.value.problem.code == "extra-missing"
    assert "bibtools[csl]" in caught.value.problem.hint


# -- pybtex ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", styles.style_names())
def test_pybtex_format_finds_the_style_and_the_backend(tmp_path, name):
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    program = Path(sys.executable).with_name("pybtex-format")
    subprocess.run(
        [program, "--style", f"bibtools_{name}", "--output-backend", "bibtools_html", "refs.bib", "out.html"],
        cwd=tmp_path, check=True, capture_output=True, env={**os.environ, "PYTHONWARNINGS": "error"},
    )  # fmt: skip
    html = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert html.count("<p id=") == 9
    assert html.count('href="https://arxiv.org/abs/1706.03762"') + html.count("10.48550/arXiv.1706.03762</a>") == 1


def test_by_style_says_what_stopped():
    class Style:
        def __init__(self, **options):
            pass

        def format_bibliography(self, data, citations):
            raise LookupError("year")

    with pytest.raises(UsageError) as caught:
        citing.by_style(Style, entries(), ["odd"], "text")
    assert caught.value.problem.code == "style-failed"
    assert json.dumps(caught.value.problem.message).count("LookupError: ") == 1


BBL = r"""%%% by a style
\begin{thebibliography}{9}
\providecommand{\natexlab}[1]{#1}

\bibitem[{Doe and Roe(2001{\natexlab{a}})}]%
        {one}
\bibfield{author}{\bibinfo{person}{Jane Doe}} \bibinfo{year}{2001}. \newblock \showarticletitle{On {Maps}}.
\newblock {\em J. Tests\/}, 3\penalty0 (2). \urldef\tempurl%
\url{https://doi.org/10.1000/a_b} \showDOI{\tempurl} \showeprint[arxiv]{2001.00001}~[cs.LG]

\bibitem[\protect\citeauthoryear{Roe and others}{Roe et~al.}{1999}]{two}
\BibitemOpen R. Roe, \href@noop {} {\emph {Charts}}, \href {https://x.y/a\%20b}
 {\bibinfo {title} {a {b}}} \BibitemShut {NoStop}%

\bibitem{three}
Plain\hskip 1em plus 0.5em minus 0.4em\relax text \& 5\% % not this
of it.

\end{thebibliography}
"""


def test_a_bbl_is_read_as_references():
    html = citing.by_bbl(BBL, "html")
    assert [(each.key, each.label) for each in html.references] == [
        ("one", "Doe and Roe, 2001a"), ("two", "Roe et al., 1999"), ("three", "3")
    ]  # fmt: skip
    doi = "https://doi.org/10.1000/a_b"
    assert [each.text for each in html.references] == [
        f'Jane Doe 2001. On Maps. <em>J. Tests</em>, 3 (2). <a href="{doi}">{doi}</a> '
        '<a href="https://arxiv.org/abs/2001.00001">arXiv:2001.00001</a> [cs.LG]',
        'R. Roe, <em>Charts</em>, <a href="https://x.y/a%20b">a b</a>',
        "Plain text &amp; 5% of it.",
    ]
    assert citing.by_bbl(BBL, "latex").text == BBL


@pytest.mark.parametrize(
    "text", ["% \\bibitem[x]%", "\\bibitem", "\\bibitem[", "\\bibitem{", "\\bibitem[{]{a} x", ""]
)
def test_any_bbl_is_read(text):
    assert len(citing.by_bbl(text, "text").references) <= 1
