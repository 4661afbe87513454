"""References as the style guides want them: written by hand after the guides, markup as Markdown."""

from __future__ import annotations

import re

import pytest
from pybtex.database import parse_string

from bibtools.plugins import backends, styles

VASWANI = "author = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki}, title = {Attention Is All You Need}"
ENTRIES = {
    "preprint": f"""@misc{{k, {VASWANI}, year = 2017, month = jun, howpublished = {{arXiv:1706.03762 [cs.CL]}},
        eprint = {{1706.03762}}, archiveprefix = {{arXiv}}, primaryclass = {{cs.CL}}}}""",
    "article": r"""@article{k, author = {van der Putten, Joost and King, Jr., Martin Luther},
        title = {Deep Nets and the {Higgs} Boson: A Study of {BERT}}, journal = {Journal of Tests}, volume = 3,
        number = 2, pages = {1--10}, year = 2018, month = jun, doi = {10.1000/ab_c}}""",
    "published": """@article{k, author = {Doe, Jane}, title = {Maps}, journal = {J. Tests}, volume = 3,
        pages = {7}, year = 2018, doi = {10.1000/a}, eprint = {1706.03763}, archiveprefix = {arXiv},
        primaryclass = {cs.LG}}""",
    "conference": """@inproceedings{k, author = {{Gemma Team} and Foo, Jean-Pierre}, title = {On Maps},
        booktitle = {Proceedings of the First Conference on Maps}, pages = {11--20}, publisher = {ACM},
        address = {New York}, year = 2019, month = dec}""",
    "chapter": """@incollection{k, author = {Doe, Jane}, title = {A Chapter}, booktitle = {The Book of Maps},
        editor = {Ede, Alice and Bar, Bob}, edition = {2}, pages = {5--9}, publisher = {CUP},
        address = {Cambridge}, year = 2001}""",
    "book": """@book{k, author = {Knuth, Donald E.}, title = {The Art of Computer Programming},
        publisher = {Addison-Wesley}, address = {Reading}, edition = {Second}, year = 1997}""",
    "edited": """@book{k, editor = {Ede, Alice and Bar, Bob}, title = {Collected Things}, publisher = {CUP},
        year = 1999}""",
    "thesis": "@phdthesis{k, author = {Doe, Jane}, title = {On Large Maps}, school = {MIT}, year = 2001}",
    "report": """@techreport{k, author = {Doe, Jane}, title = {On Large Maps}, institution = {NASA}, number = {12},
        year = 2001}""",
    "online": """@online{k, author = {Doe, Jane}, title = {A Web Page}, date = {2020-03-04},
        url = {https://example.org/a}, urldate = {2021-01-02}}""",
    "software": """@software{k, author = {Doe, Jane}, title = {Maptool}, version = {1.2}, date = {2022},
        publisher = {Zenodo}, doi = {10.5281/zenodo.1}}""",
    "dataset": """@dataset{k, author = {{Map Team}}, title = {Many Maps}, date = {2022}, publisher = {Zenodo},
        doi = {10.5281/zenodo.2}}""",
    "part": """@inbook{k, author = {Rose, H. E.}, title = {Number Theory}, chapter = {3}, pages = {4--6},
        publisher = {Oxford Univ. Press}, address = {New York}, year = 1988}""",
    "patent": """@patent{k, author = {Doe, Jane}, title = {Folding Maps}, number = {US 1234567},
        date = {1999-03-02}}""",
    "bare": "@misc{k, title = {Maps}}",
    "others": "@article{k, author = {Doe, Jane and Roe, R. and others}, title = {Maps}, "
    "journal = {J. Tests}, year = 1999}",
}  # fmt: skip
A = "[arXiv:1706.03762](https://arxiv.org/abs/1706.03762)"
A_CS = "[arXiv:1706.03762 [cs.CL]](https://arxiv.org/abs/1706.03762)"
P = "[arXiv:1706.03763](https://arxiv.org/abs/1706.03763)"
D, Z = "<https://doi.org/10.1000/ab_c>", "<https://doi.org/10.5281/zenodo.1>"
GOLDEN = {
    "plain": {
        "preprint": f"Ashish Vaswani, Noam Shazeer, and Niki Parmar. Attention is all you need. June 2017. "
        f"{A_CS}.",
        "article": "Joost van der Putten and Martin Luther King, Jr. Deep nets and the Higgs boson: A study "
        "of BERT. "
        f"*Journal of Tests*, 3(2):1–10, June 2018. {D}.",
        "conference": "Gemma Team and Jean-Pierre Foo. On maps. In *Proceedings of the First Conference on Maps*, "
        "pages 11–20, New York, December 2019. ACM.",
        "book": "Donald E. Knuth. *The Art of Computer Programming*. Addison-Wesley, Reading, 2nd edition, 1997.",
        "part": "H. E. Rose. *Number Theory*, chapter 3, pages 4–6. Oxford Univ. Press, New York, 1988.",
        "edited": "Alice Ede and Bob Bar, editors. *Collected Things*. CUP, 1999.",
        "thesis": "Jane Doe. *On Large Maps*. PhD thesis, MIT, 2001.",
        "report": "Jane Doe. On large maps. Technical Report 12, NASA, 2001.",
        "bare": "Maps.",
        "others": "Jane Doe, R. Roe, et al. Maps. *J. Tests*, 1999.",
    },
    "authoryear": {
        "preprint": "Vaswani, Ashish, Noam Shazeer, and Niki Parmar. 2017. Attention is all you need. "
        f"{A_CS}.",
        "article": "van der Putten, Joost, and Martin Luther King, Jr. 2018. Deep nets and the Higgs boson: "
        "A study "
        f"of BERT. *Journal of Tests*, 3(2):1–10. {D}.",
        "edited": "Ede, Alice, and Bob Bar, editors. 1999. *Collected Things*. CUP.",
        "bare": "n.d. Maps.",
    },
    "ieee": {
        "preprint": "A. Vaswani, N. Shazeer, and N. Parmar, “Attention is all you need,” 2017, "
        "[*arXiv:1706.03762*](https://arxiv.org/abs/1706.03762).",
        "article": "J. van der Putten and M. L. King, Jr., “Deep nets and the Higgs boson: A study of BERT,” "
        "*Journal of Tests*, vol. 3, no. 2, pp. 1–10, Jun. 2018, doi: [10.1000/ab_c](https://doi.org/10.1000/ab_c).",
        "published": "J. Doe, “Maps,” *J. Tests*, vol. 3, p. 7, 2018, doi: "
        "[10.1000/a](https://doi.org/10.1000/a), "
        + P + ".",
        "conference": "Gemma Team and J.-P. Foo, “On maps,” in *Proceedings of the First Conference on Maps*. "
        "New York: ACM, Dec. 2019, pp. 11–20.",
        "chapter": "J. Doe, “A chapter,” in *The Book of Maps*, 2nd ed., A. Ede and B. Bar, Eds. Cambridge: CUP, "
        "2001, pp. 5–9.",
        "book": "D. E. Knuth, *The Art of Computer Programming*, 2nd ed. Reading: Addison-Wesley, 1997.",
        "part": "H. E. Rose, *Number Theory*. New York: Oxford Univ. Press, 1988, ch. 3, pp. 4–6.",
        "edited": "A. Ede and B. Bar, Eds., *Collected Things*. CUP, 1999.",
        "thesis": "J. Doe, “On large maps,” Ph.D. dissertation, MIT, 2001.",
        "report": "J. Doe, “On large maps,” NASA, Tech. Rep. 12, 2001.",
        "online": "J. Doe, “A web page,” Mar. 2020. Accessed: Jan. 2, 2021. [Online]. Available: "
        "<https://example.org/a>",
        "patent": "J. Doe, “Folding maps,” Patent US 1234567, Mar. 2, 1999.",
        "bare": "“Maps.”",
        "others": "J. Doe, R. Roe, *et al.*, “Maps,” *J. Tests*, 1999.",
    },
    "acm": {
        "preprint": f"Ashish Vaswani, Noam Shazeer, and Niki Parmar. 2017. Attention Is All You Need. {A_CS}",
        "article": "Joost van der Putten and Martin Luther King, Jr. 2018. Deep Nets and the Higgs Boson: A "
        "Study of "
        f"BERT. *Journal of Tests* 3, 2 (June 2018), 1–10. {D}",
        "conference": "Gemma Team and Jean-Pierre Foo. 2019. On Maps. In *Proceedings of the First Conference on "
        "Maps*. ACM, New York, 11–20.",
        "chapter": "Jane Doe. 2001. A Chapter. In *The Book of Maps* (2nd. ed.), Alice Ede and Bob Bar "
        "(Eds.). CUP, "
        "Cambridge, 5–9.",
        "book": "Donald E. Knuth. 1997. *The Art of Computer Programming* (2nd. ed.). Addison-Wesley, Reading.",
        "edited": "Alice Ede and Bob Bar (Eds.). 1999. *Collected Things*. CUP.",
        "thesis": "Jane Doe. 2001. *On Large Maps*. Ph.D. Dissertation. MIT.",
        "online": "Jane Doe. 2020. A Web Page. Retrieved January 2, 2021 from <https://example.org/a>",
    },
    "apa": {
        "preprint": "Vaswani, A., Shazeer, N., & Parmar, N. (2017). *Attention is all you need*. arXiv. "
        "<https://doi.org/10.48550/arXiv.1706.03762>",
        "article": "van der Putten, J., & King, M. L., Jr. (2018). Deep nets and the Higgs boson: A study "
        "of BERT. "
        f"*Journal of Tests*, *3*(2), 1–10. {D}",
        "published": "Doe, J. (2018). Maps. *J. Tests*, *3*, 7. <https://doi.org/10.1000/a> (" + P + ")",
        "conference": "Gemma Team, & Foo, J.-P. (2019). On maps. In *Proceedings of the First Conference on Maps* "
        "(pp. 11–20). ACM.",
        "chapter": "Doe, J. (2001). A chapter. In A. Ede & B. Bar (Eds.), *The book of maps* (2nd ed., pp. "
        "5–9). CUP.",
        "book": "Knuth, D. E. (1997). *The art of computer programming* (2nd ed.). Addison-Wesley.",
        "part": "Rose, H. E. (1988). *Number theory* (Chapter 3, pp. 4–6). Oxford Univ. Press.",
        "edited": "Ede, A., & Bar, B. (Eds.). (1999). *Collected things*. CUP.",
        "thesis": "Doe, J. (2001). *On large maps* [Doctoral dissertation, MIT].",
        "report": "Doe, J. (2001). *On large maps* (Technical Report No. 12). NASA.",
        "online": "Doe, J. (2020, March 4). *A web page*. <https://example.org/a>",
        "software": f"Doe, J. (2022). *Maptool* (Version 1.2) [Computer software]. Zenodo. {Z}",
        "dataset": "Map Team. (2022). *Many maps* [Data set]. Zenodo. <https://doi.org/10.5281/zenodo.2>",
        "bare": "*Maps*. (n.d.).",
        "others": "Doe, J., Roe, R., et al. (1999). Maps. *J. Tests*.",
    },
    "acl": {
        "preprint": f"Ashish Vaswani, Noam Shazeer, and Niki Parmar. 2017. Attention is all you need. "
        f"*Preprint*, {A}.",
        "article": "Joost van der Putten and Martin Luther King, Jr. 2018. "
        "[Deep nets and the Higgs boson: A study of BERT](https://doi.org/10.1000/ab_c). *Journal of Tests*, "
        "3(2):1–10.",
        "published": f"Jane Doe. 2018. [Maps](https://doi.org/10.1000/a). *J. Tests*, 3:7. {P}.",
        "conference": "Gemma Team and Jean-Pierre Foo. 2019. On maps. In *Proceedings of the First Conference on "
        "Maps*, pages 11–20, New York. ACM.",
    },
    "nature": {
        "preprint": "Vaswani, A., Shazeer, N. & Parmar, N. Attention is all you need. Preprint at "
        "<https://arxiv.org/abs/1706.03762> (2017).",
        "article": "van der Putten, J. & King, M. L., Jr. Deep nets and the Higgs boson: A study of BERT. "
        f"*Journal of Tests* **3**, 1–10 (2018). {D}.",
        "chapter": "Doe, J. A chapter. In *The Book of Maps* 2nd edn (eds Ede, A. & Bar, B.) 5–9 (CUP, Cambridge, "
        "2001).",
        "book": "Knuth, D. E. *The Art of Computer Programming* 2nd edn (Addison-Wesley, Reading, 1997).",
        "thesis": "Doe, J. *On large maps*. PhD thesis, MIT (2001).",
        "others": "Doe, J. *et al.* Maps. *J. Tests* (1999).",
    },
}  # fmt: skip


def references(style, text):
    formatted = styles.load_style(style)().format_bibliography(parse_string(text, "bibtex"))
    return [entry.text.render(backends.MarkdownBackend("utf-8")) for entry in formatted]


def unescaped(markdown):
    return re.sub(r"\\([^\w\s]|_)", r"\1", markdown)


@pytest.mark.parametrize(
    ("style", "kind"), [pytest.param(s, k, id=f"{s}-{k}") for s, kinds in GOLDEN.items() for k in kinds]
)
def test_a_reference_is_as_the_guide_wants_it(style, kind):
    (text,) = references(style, ENTRIES[kind])
    assert unescaped(text) == GOLDEN[style][kind]


@pytest.mark.parametrize("style", styles.style_names())
@pytest.mark.parametrize("kind", ENTRIES)
def test_every_style_sets_every_kind(style, kind):
    (text,) = references(style, ENTRIES[kind])
    assert not re.search(r"None|\.\.|, ,|,\.|\(\)|\[\]|  ", text)


def people(count):
    return " and ".join(f"Doe{chr(97 + n)}, Jane" for n in range(count))


@pytest.mark.parametrize(
    ("style", "count", "expected"),
    [
        pytest.param("ieee", 6, "J. Doee, and J. Doef, “", id="ieee-6"),
        pytest.param("ieee", 7, "J. Doea *et al.*, “", id="ieee-7"),
        pytest.param("nature", 5, "Doed, J. & Doee, J. Maps", id="nature-5"),
        pytest.param("nature", 6, "Doea, J. *et al.* Maps", id="nature-6"),
        pytest.param("apa", 20, "Does, J., & Doet, J. (", id="apa-20"),
        pytest.param("apa", 21, "Does, J., … Doeu, J. (", id="apa-21"),
    ],
)
def test_long_lists_of_authors(style, count, expected):
    (text,) = references(style, f"@misc{{k, author = {{{people(count)}}}, title = {{Maps}}, year = 2017}}")
    assert expected in unescaped(text)


def test_works_of_one_label_are_told_apart():
    text = """@misc{c, author = {Doe, Jane}, title = {Zebras}, year = 2017}
        @misc{a, author = {Doe, John}, title = {Apes}, year = 2017} @misc{b, author = {Doe, Jane}, title = {Bees}}
        @misc{d, author = {van der Aa, J.}, title = {Cats}, year = 2017}"""
    style = styles.load_style("authoryear")()
    formatted = list(style.format_bibliography(parse_string(text, "bibtex")))
    assert [(entry.key, entry.label) for entry in formatted] == [
        ("c", "Doe, 2017a"), ("b", "Doe, n.d."), ("a", "Doe, 2017b"), ("d", "van der Aa, 2017")
    ]  # fmt: skip
    assert str(formatted[0].text).startswith("Doe, Jane. 2017a. Zebras")
