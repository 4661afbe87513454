"""What a reference says of a work, whatever kind it is and however it was written down."""

from __future__ import annotations

import pytest

from bibtools.formats.addresses import linkable, of_doi
from bibtools.formats.references import container, links, listed, venue, when, who
from bibtools.formats.works import People, work_of
from bibtools.model import Name
from tests.readable import entries, entry

WORKS = {item.entry.key: work_of(item) for item in entries()}


def work(kind, **fields):
    body = "".join(f"{name} = {{{value}}},\n" for name, value in fields.items())
    return work_of(entry(f"@{kind}{{k,\n{body}}}\n"))


@pytest.mark.parametrize(
    ("key", "people", "where", "time"),
    [
        (
            "young2007cycles",
            "Ann Young, Ben Ágoston, and Clo de la Mare",
            "Journal of Invented Results 76(3–4), pp. 13–29",
            "2007",
        ),
        (
            "okoro2015minor",
            "N. Okoro et al.",
            "In Proceedings of the 7th Conference on Nothing, edited by Eve Editor and Otto Other, "
            "Lecture Notes 317, p. 5, Here: Made-Up Press",
            "2015–2016",
        ),
        ("manual", "Ida Grace and Max Hopper (eds.)", "2nd edition, Press", "c. 1850"),
        ("thesis", "Martin King, Jr.", "PhD thesis, University of X", "in press"),
        ("report", "Research & Development Team", "Technical report TR-1, Lab", "1999"),
        ("tool", "Jo Doe", "Computer software, version 2.1", ""),
        ("bare", "", "A note that is all there is", ""),
        ("eprint", "Wei Li", "arXiv:math/0309136 [math.GT]", "2003"),
        ("cjk", "王小明", "", "2020"),
    ],
)  # fmt: skip
def test_who_where_and_when(key, people, where, time):
    shown = WORKS[key]
    assert (who(shown), venue(shown).text, when(shown)) == (people, where, time)


@pytest.mark.parametrize(
    ("date", "year", "shown"),
    [
        ("2017-06-12", 2017, "2017"),
        ("2017-06/2018-01", 2017, "2017–2018"),
        ("2017-01/2017-03", 2017, "2017"),
        ("2017/", 2017, "2017–"),
        ("2017/..", 2017, "2017–"),
        ("/2017", 2017, "–2017"),
        ("1850~", 1850, "c. 1850"),
        ("1850?", 1850, "1850?"),
        ("1850%", 1850, "c. 1850?"),
        ("185X", None, "1850s"),
        ("-0044", -44, "-0044"),
        ("in press", None, "in press"),
        ("Spring 2017", 2017, "Spring 2017"),
        ("1999/2000/2001", 1999, "1999/2000/2001"),
        ("n.d.", None, "n.d."),
        ("", None, ""),
    ],
)
def test_dates_are_shown_as_exactly_as_they_are_known(date, year, shown):
    made = work("misc", title="T", **({"date": date} if date else {}))
    assert (made.year, when(made)) == (year, shown)


@pytest.mark.parametrize(
    ("kind", "fields", "where", "name"),
    [
        ("article", {"journal": "J", "volume": "3"}, "J 3", "J"),
        ("article", {"journal": "J", "number": "4", "eid": "e12"}, "J (4), e12", "J"),
        ("article", {"journal": "arXiv preprint arXiv:1706.03762"}, "arXiv:1706.03762", "arXiv"),
        ("article", {"journal": "J", "eprint": "1706.03762", "archiveprefix": "arXiv"}, "J", "J"),
        ("misc", {"howpublished": "arXiv:1706.03762 [cs.CL]"}, "arXiv:1706.03762", "arXiv"),
        ("inbook", {"booktitle": "B", "pages": "7--7", "chapter": "2"}, "In B, chapter 2, p. 7", "B"),
        ("book", {"booktitle": "B", "publisher": "P", "address": "A"}, "A: P", "P"),
        ("book", {"publisher": "P", "edition": "Third"}, "Third edition, P", "P"),
        ("book", {"publisher": "P", "edition": "21", "volume": "2"}, "21st edition, volume 2, P", "P"),
        ("book", {"series": "S", "number": "3"}, "S 3", ""),
        ("mastersthesis", {"school": "U", "address": "A"}, "Master’s thesis, U, A", "U"),
        ("thesis", {"type": "Habilitation", "institution": "U"}, "Habilitation, U", "U"),
        ("manual", {"organization": "O", "title": "T"}, "O", "O"),
        ("dataset", {"version": "1.0", "publisher": "Z"}, "Version 1.0, Z", "Z"),
        ("online", {"note": "\\url{https://x.y}"}, "", ""),
        ("online", {"howpublished": "Available at: https://x.y"}, "", ""),
        ("unpublished", {"note": "Talk at X.", "pubstate": "inpress"}, "in press, Talk at X", ""),
        ("strange", {}, "", ""),
    ],
)  # fmt: skip
def test_venues(kind, fields, where, name):
    made = work(kind, **fields)
    assert (venue(made).text, container(made)) == (where, name)


def people(number, complete=True):
    return People(names=tuple(Name(family=f"N{n}") for n in range(number)), complete=complete)


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (people(1), "N0"),
        (people(2), "N0 and N1"),
        (people(3), "N0, N1, and N2"),
        (people(1, complete=False), "N0 et al."),
        (people(12), ", ".join(f"N{n}" for n in range(11)) + ", and N11"),
        (people(1130), ", ".join(f"N{n}" for n in range(10)) + ", and 1,120 others"),
        (people(20, complete=False), ", ".join(f"N{n}" for n in range(10)) + " et al."),
    ],
)
def test_a_long_list_of_names_says_how_many_are_left_out(names, shown):
    assert listed(names) == shown


@pytest.mark.parametrize(
    ("fields", "addresses"),
    [
        ({"doi": "https://doi.org/10.1000/A_b"}, ["https://doi.org/10.1000/a_b"]),
        ({"doi": "10.1000/x", "url": "http://dx.doi.org/10.1000/X"}, ["https://doi.org/10.1000/x"]),
        ({"doi": "10.48550/arXiv.1706.03762"}, ["https://arxiv.org/abs/1706.03762"]),
        ({"url": "https://arxiv.org/abs/1706.03762v2"}, ["https://arxiv.org/abs/1706.03762v2"]),
        ({"url": "\\url{https://x.y/a\\_b}"}, ["https://x.y/a_b"]),
        ({"url": "https://x.y/ü \"><script>"}, ["https://x.y/%C3%BC%20%22%3E%3Cscript%3E"]),
        ({"howpublished": "\\url{https://x.y/p}"}, ["https://x.y/p"]),
        ({"url": "javascript:alert(1)"}, []),
        ({"url": " JaVaScRiPt\t:alert(1)//https://x.y"}, []),
        ({"url": "data:text/html,x"}, []),
        ({"url": "//x.y/z"}, []),
        ({"url": "https://[x"}, []),
        ({"url": "www.example.org"}, []),
        ({"note": "see the code of arXiv:1706.03762"}, []),
    ],
)  # fmt: skip
def test_links(fields, addresses):
    assert [link.address for link in links(work("misc", title="T", **fields))] == addresses


def test_an_address_that_no_link_may_have_is_not_lost():
    made = work("misc", title="T", url="javascript:alert(1)", doi="unknown")
    assert dict(made.fields) == {"url": "javascript:alert(1)", "doi": "unknown"}


def test_addresses_are_encoded():
    assert linkable("https://x.y/{a}|b") == "https://x.y/%7Ba%7D%7Cb"
    assert of_doi("10.1000/a?b#c<d>") == "https://doi.org/10.1000/a%3Fb%23c%3Cd%3E"


def test_what_no_document_may_hold_is_replaced():
    item = entry("@misc{k, title = {a\x01b\x7fc\x9bd\ud800e\ufffef}, author = {X\x00Y}}\n")
    made = work_of(item)
    assert made.title == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf"
    assert made.authors.names[0].family == "X\ufffdY"


@pytest.mark.parametrize("value", ["{}", ", ", "others", "and", "and and"])
def test_lists_of_names_that_name_nobody(value):
    assert who(work("misc", title="T", author=value)) == ""
