"""Which work an entry is, in all the ways people and services write it."""

from __future__ import annotations

import pytest

from bibtools import bibfile


def entry(text):
    bib = bibfile.parse(f"@article{{k, {text}}}")
    (block,) = bib.entries
    return bibfile.entry_of(block, bib.text, bibfile.macros(bib))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param("eprint = {1706.03762}, archiveprefix = {arXiv}", "1706.03762", id="arXiv's own"),
        pytest.param("eprint = {1706.03762v2}, eprinttype = {arxiv}", "1706.03762v2", id="biblatex"),
        pytest.param("eprint = {hep-th/9901001}", "hep-th/9901001", id="bare, old"),
        pytest.param("eprint = 1706.03762", "1706.03762", id="bare, no delimiters"),
        pytest.param("eprint = {arXiv:1706.03762}", "1706.03762", id="with prefix"),
        pytest.param("eprint = {https://arxiv.org/abs/1706.03762}", "1706.03762", id="address"),
        pytest.param("eprint = {9901001}, archiveprefix = {hep-th}", "hep-th/9901001", id="archive as prefix"),
        pytest.param(
            "eprint = {0309136}, archiveprefix = {arXiv}, primaryclass = {math.GT}", "math/0309136", id="class"
        ),
        pytest.param("eprint = {3250920}, eprinttype = {jstor}", None, id="JSTOR"),
        pytest.param("eprint = {2017.12345}, eprinttype = {pubmed}", None, id="other type"),
        pytest.param("eprint = {1799.03762}", None, id="no such month"),
        pytest.param("eprint = {https://www.science.org/x/1706.03762.pdf}", None, id="other address"),
        pytest.param("arxivid = {1706.03762}", "1706.03762", id="Mendeley"),
        pytest.param("journal = {arXiv preprint arXiv:1706.03762}", "1706.03762", id="Google Scholar"),
        pytest.param("journal = {ArXiv e-prints, arXiv:1706.03762v1 [cs.CL]}", "1706.03762v1", id="with class"),
        pytest.param("journal = {CoRR}, volume = {abs/1706.03762}", "1706.03762", id="DBLP"),
        pytest.param("journal = {CoRR}, volume = {cs.CL/0309136}", "cs/0309136", id="DBLP, old"),
        pytest.param("journal = {CoRR abs/1706.03762}", "1706.03762", id="CoRR in one"),
        pytest.param("journal = {ArXiv}, volume = {abs/1706.03762}", "1706.03762", id="Semantic Scholar"),
        pytest.param(
            "journal = {Computing Research Repository}, volume = {arXiv:1706.03762}", "1706.03762", id="ACL"
        ),
        pytest.param("howpublished = {arXiv:1706.03762 [cs.CL]}", "1706.03762", id="ours"),
        pytest.param("howpublished = {\\url{https://arxiv.org/abs/1706.03762}}", "1706.03762", id="in url"),
        pytest.param(
            "howpublished = {Preprint at \\url{https://arxiv.org/abs/1706.03762} (2017)}",
            "1706.03762",
            id="Nature",
        ),
        pytest.param("note = {arXiv:1706.03762}", "1706.03762", id="note"),
        pytest.param("note = {Available at arXiv: 1706.03762 (2017).}", "1706.03762", id="note with words"),
        pytest.param("url = {http://arxiv.org/pdf/1706.03762v3.pdf}", "1706.03762v3", id="pdf"),
        pytest.param("doi = {10.48550/arXiv.1706.03762}", "1706.03762", id="DOI"),
        pytest.param("url = {https://doi.org/10.48550/arXiv.1706.03762}", "1706.03762", id="DOI as address"),
        pytest.param("pages = {arXiv:1706.03762}", "1706.03762", id="pages"),
        pytest.param("title = {{A}}, eprint = {{1706.03762}}", "1706.03762", id="braces"),
        pytest.param("note = {Extended version of arXiv:1706.03762}", None, id="another paper in a note"),
        pytest.param("note = {See also https://arxiv.org/abs/1706.03762}", None, id="another address in a note"),
        pytest.param("abstract = {We refute arXiv:1706.03762.}", None, id="abstract"),
        pytest.param("title = {On arXiv:1706.03762}", None, id="title"),
        pytest.param("journal = {Nature}, volume = {abs/1706.03762}", None, id="volume of another journal"),
        pytest.param("number = {1706.03762}, journal = {X}", None, id="a bare number"),
        pytest.param("journal = arxiv, volume = 12", None, id="macro"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_arxiv_ids(fields, expected):
    found = bibfile.arxiv_id(entry(fields))
    assert (str(found) if found else None) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param("doi = {10.1103/PhysRevD.76.013009}", "10.1103/physrevd.76.013009", id="plain"),
        pytest.param("doi = {https://doi.org/10.1000/X}", "10.1000/x", id="address"),
        pytest.param("doi = {10.1007/978-3-319\\_22}", "10.1007/978-3-319_22", id="escaped"),
        pytest.param("url = {http://dx.doi.org/10.1000/x}", "10.1000/x", id="url"),
        pytest.param("doi = {10.48550/arXiv.1706.03762}", None, id="arXiv's"),
        pytest.param(
            "doi = {10.48550/arXiv.1706.03762}, url = {https://doi.org/10.1000/x}", "10.1000/x", id="both"
        ),
        pytest.param("url = {https://publisher.org/10.1000/x}", None, id="other address"),
        pytest.param("note = {published as 10.1000/x}", None, id="note"),
        pytest.param("doi = {}", None, id="empty"),
    ],
)
def test_dois(fields, expected):
    assert bibfile.doi(entry(fields)) == expected


@pytest.mark.parametrize("unit", ["preprint ", "arXiv:", "abs/", "\\url{", "at ", "a" * 31 + "/", "10.1000/"])
def test_long_values_take_no_time(unit):
    for name in ("journal", "note", "url", "eprint", "doi"):
        text = unit.replace("{", "") * 20_000
        assert bibfile.arxiv_id(entry(f"{name} = {{{text}}}")) is None
        bibfile.doi(entry(f"{name} = {{{text}}}"))
        bibfile.arxiv_id(entry(f"{name} = {{{text[:900]}}}"))
