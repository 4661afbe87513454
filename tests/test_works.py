"""Entries of any habit as works: one arXiv id, people, dates, titles as sentences."""

from __future__ import annotations

import pytest

from bibtools.model import Entry, Field
from bibtools.plugins import citing, styles
from bibtools.plugins.phrases import edition, initials, pages
from bibtools.plugins.sentence_case import sentence_case
from bibtools.plugins.works import work_of
from bibtools.pybtex_door import to_pybtex

ID = "1706.03762"
FORMS = {
    "classic": ("misc", {"howpublished": f"arXiv:{ID} [cs.CL]", "eprint": ID, "archiveprefix": "arXiv"}),
    "modern": ("misc", {"url": f"https://arxiv.org/abs/{ID}", "eprint": ID, "archiveprefix": "arXiv"}),
    "scholar": ("article", {"journal": f"arXiv preprint arXiv:{ID}"}),
    "online": ("online", {"eprint": ID, "eprinttype": "arxiv", "eprintclass": "cs.CL"}),
    "dblp": ("article", {"journal": "CoRR", "volume": f"abs/{ID}", "url": f"http://arxiv.org/abs/{ID}",
                         "eprint": ID, "eprinttype": "arXiv"}),
    "ads": ("article", {"journal": "arXiv e-prints", "eid": f"arXiv:{ID}", "pages": f"arXiv:{ID}", "eprint": ID,
                        "archiveprefix": "arXiv", "doi": f"10.48550/arXiv.{ID}"}),
    "datacite": ("misc", {"publisher": "arXiv", "doi": f"10.48550/ARXIV.{ID}", "url": f"https://arxiv.org/abs/{ID}"}),
    "pdf": ("misc", {"howpublished": rf"\url{{https://arxiv.org/pdf/{ID}.pdf}}"}),
    "report": ("techreport", {"institution": "arXiv", "number": f"arXiv:{ID}", "eprint": ID}),
    "note": ("misc", {"note": f"arXiv:{ID}", "url": f"https://arxiv.org/abs/{ID}"}),
    "acl": ("misc", {"howpublished": f"Preprint, arXiv:{ID}", "eprint": ID, "archiveprefix": "arXiv"}),
}  # fmt: skip


def work(kind, **fields):
    entry = Entry(entry_type=kind, key="k", fields=tuple(Field(name, value) for name, value in fields.items()))
    return work_of(to_pybtex(entry))


@pytest.mark.parametrize("style", styles.style_names())
@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_preprint_reads_alike(style, form):
    kind, fields = FORMS[form]
    given = {"author": "Doe, Jane", "title": "Maps", "year": "2017", **fields}
    entry = Entry(entry_type=kind, key="k", fields=tuple(Field(n, v) for n, v in given.items()))
    plain = Entry(entry_type="misc", key="k", fields=tuple(Field(n, v) for n, v in [
        ("author", "Doe, Jane"), ("title", "Maps"), ("year", "2017"), ("eprint", ID), ("archiveprefix", "arXiv"),
        *([("primaryclass", "cs.CL")] if "eprintclass" in fields else [])]))  # fmt: skip
    made, expected = (citing.by_style(styles.load_style(style), [e], ["k"], "html").text for e in (entry, plain))
    assert made == expected
    assert made.count(ID) == 2


def test_what_a_note_says_besides_stays():
    said = work("misc", eprint=ID, archiveprefix="arXiv", note=f"arXiv:{ID} [cs.CL]. Accepted at ICML 2018")
    assert said.get("note") == "Accepted at ICML 2018"
    other = work("article", eprint=ID, archiveprefix="arXiv", journal="J", note="Comment on arXiv:1501.00001")
    assert other.get("note") == "Comment on arXiv:1501.00001"
    assert other.kind == "article"


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ({"year": "2017"}, "2017"),
        ({"date": "2017-06-12"}, "2017"),
        ({"date": "2017/2019"}, "2017–2019"),
        ({"date": "2017-01/2017-03"}, "2017"),
        ({"date": "2017/"}, "2017–"),
        ({"date": "2017/.."}, "2017–"),
        ({"date": "../2017"}, "–2017"),
        ({"date": "1850~"}, "1850"),
        ({"year": "in press"}, "in press"),
        ({"year": "{2017}"}, "2017"),
        ({}, ""),
    ],
)
def test_dates(fields, year):
    assert work("misc", **fields).when.year == year


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Attention Is All You Need", "Attention is all you need"),
        ("BERT: Pre-Training of GPT-4 Models", "{BERT}: Pre-training of {GPT-4} models"),
        ("The {Higgs} Boson: A Study", "The {Higgs} boson: A study"),
        (r"The {\'E}tude of {\"U}ber", r"The {\'e}tude of {\"u}ber"),
        (r"{\'E}tude One", r"{\'E}tude one"),
        (r"On \emph{Drosophila Melanogaster} Flies", r"On \emph{Drosophila Melanogaster} flies"),
        ("The $L_2$ Norm", "The {$L_2$} norm"),
        ("Why Now? Because It Works", "Why now? Because it works"),
        ("ATTENTION MAKES EVERYTHING", "Attention makes everything"),
        ("", ""),
    ],
)
def test_titles_as_sentences(title, expected):
    assert sentence_case(title) == expected


def test_the_address_of_another_paper_stays():
    said = work("misc", eprint=ID, archiveprefix="arXiv", url="https://arxiv.org/abs/1501.00001")
    assert said.url == "https://arxiv.org/abs/1501.00001"


def test_a_part_has_the_title_of_what_it_stands_in():
    parents = [("periodical", "J. of Maps", "journaltitle"), ("proceedings", "Proc. Maps", "booktitle")]
    for (kind, title, field), part in zip(parents, ("article", "inproceedings"), strict=True):
        parent = Entry(entry_type=kind, key="p", fields=(Field("title", title), Field("booktitle", "No")))
        child = Entry(entry_type=part, key="c", fields=(Field("title", "A"), Field("crossref", "p")))
        said = work_of(to_pybtex(child), {"p": to_pybtex(parent)})
        assert (said.get("title"), said.get(field)) == ("A", title)


def test_a_full_stop_stays_where_it_is_an_abbreviation():
    said = work("article", title="On Maps.", journal="Comput. Commun. Rev.", booktitle="Proc. Conf.")
    assert (said.get("title"), said.get("journaltitle")) == ("On Maps", "Comput. Commun. Rev.")
    assert said.get("booktitle") == "Proc. Conf."


def test_titles_in_other_languages_stay():
    title = "Die Welt als Wille"
    assert sentence_case(title, {"langid": "german"}) == title
    assert sentence_case(title, {"language": "ngerman"}) == title
    assert sentence_case(title, {"langid": "american"}) == "Die welt als wille"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Jean-Pierre", "J.-P."),
        ("J.P.", "J. P."),
        (r"{\'E}va M.", "É. M."),
        ("", ""),
        ("\u674e", "\u674e."),
        ("9", ""),
    ],
)
def test_initials(given, expected):
    assert initials(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [("2", "2nd ed."), ("Second", "2nd ed."), ("3rd", "3rd ed."), ("2nd edition", "2nd ed."), ("11", "11th ed."),
     ("Revised", "Revised ed."), ("", "")],
)  # fmt: skip
def test_editions(given, expected):
    assert edition(work("book", edition=given or " "), "ed.") == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("1--10", "1–10"),
        ("1-10", "1–10"),
        ("1 -- 10, 12", "1–10, 12"),
        ("e12", "e12"),
        ("S1-S5", "S1–S5"),
        ("3+", "3+"),
    ],
)
def test_pages(given, expected):
    assert pages(work("article", pages=given)) == expected


def test_very_long_values_are_set_in_time():
    long = "A" * 5_000 + " (" * 5_000 + "arXiv" * 2_000 + "\\emph{" * 2_000
    said = work(
        "article", title=long, journal=long, note=long, howpublished=long, eprint=ID, archiveprefix="arXiv"
    )
    assert said.arxiv is not None
