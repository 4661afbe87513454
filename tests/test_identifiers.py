"""Identifiers in every spelling: alone, and in running text."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools.identifiers import find_identifiers, parse_arxiv, parse_doi

NEW = "2408.00118"
SPELLINGS = {
    "2408.00118": "2408.00118",
    " 2408.00118. ": "2408.00118",
    "(2408.00118v2)": "2408.00118v2",
    "2408.00118V2": "2408.00118v2",
    "arXiv:2408.00118": "2408.00118",
    "arxiv: 2408.00118v3": "2408.00118v3",
    "ARXIV:2408.00118": "2408.00118",
    "[arXiv:2408.00118]": "2408.00118",
    "arXiv:2408.00118v1 [cs.CL]": "2408.00118v1",
    "arXiv.org:0804.2273": "0804.2273",
    "arXiv 2408.00118": "2408.00118",
    "arXiv preprint arXiv:2408.00118": "2408.00118",
    "arXiv e-prints, arXiv:2408.00118": "2408.00118",
    "arXiv:abs/2408.00118": "2408.00118",
    "eprint: 2408.00118": "2408.00118",
    "e-Print: 1207.7214 [hep-ex]": "1207.7214",
    "CoRR abs/1706.03762": "1706.03762",
    "CoRR, abs/1706.03762": "1706.03762",
    "https://arxiv.org/abs/2408.00118": "2408.00118",
    "http://arxiv.org/abs/2408.00118v2": "2408.00118v2",
    "arxiv.org/abs/2408.00118": "2408.00118",
    "www.arxiv.org/abs/2408.00118": "2408.00118",
    "https://arxiv.org/abs/2408.00118/": "2408.00118",
    "https://arxiv.org/abs/2408.00118?context=cs.LG": "2408.00118",
    "https://arxiv.org/abs/2408.00118#S1": "2408.00118",
    "<https://arxiv.org/pdf/2408.00118>": "2408.00118",
    "https://arxiv.org/pdf/2408.00118v2.pdf": "2408.00118v2",
    "https://arxiv.org/pdf/2408.00118.pdf#page=3": "2408.00118",
    "https://arxiv.org/html/2408.00118v3": "2408.00118v3",
    "https://arxiv.org/format/2408.00118": "2408.00118",
    "https://arxiv.org/src/2408.00118": "2408.00118",
    "https://arxiv.org/e-print/2408.00118": "2408.00118",
    "https://export.arxiv.org/abs/2408.00118": "2408.00118",
    "http://de.arxiv.org/abs/2408.00118": "2408.00118",
    "http://xxx.lanl.gov/abs/hep-th/9901001": "hep-th/9901001",
    "http://lanl.arxiv.org/abs/hep-th/9901001": "hep-th/9901001",
    "https://ar5iv.org/abs/2408.00118": "2408.00118",
    "https://ar5iv.labs.arxiv.org/html/2408.00118": "2408.00118",
    "https://www.alphaxiv.org/abs/2408.00118v1": "2408.00118v1",
    "https://alphaxiv.org/overview/2408.00118": "2408.00118",
    "https://huggingface.co/papers/2408.00118": "2408.00118",
    "https://hf.co/papers/2408.00118": "2408.00118",
    "https://scirate.com/arxiv/2408.00118": "2408.00118",
    "https://web.archive.org/web/2020/https://arxiv.org/abs/1706.03762": "1706.03762",
    "https://doi.org/10.48550/arXiv.2408.00118": "2408.00118",
    "http://dx.doi.org/10.48550/ARXIV.2408.00118": "2408.00118",
    "10.48550/arXiv.2408.00118": "2408.00118",
    "doi:10.48550/arXiv.hep-th/9901001": "hep-th/9901001",
    "hep-th/9901001": "hep-th/9901001",
    "hep-th/9901001v2": "hep-th/9901001v2",
    "arXiv:hep-th/9901001": "hep-th/9901001",
    "math.GT/0309136": "math/0309136",
    "arXiv:math.GT/0309136v1": "math/0309136v1",
    "cond-mat.mtrl-sci/0301001": "cond-mat/0301001",
    "https://arxiv.org/abs/math.GT/0309136": "math/0309136",
    "https://arxiv.org/abs/hep-th%2F9901001": "hep-th/9901001",
    "http://arxiv.org/pdf/quant-ph/0703001v1.pdf": "quant-ph/0703001v1",
    "1412.9999": "1412.9999",
    "1501.00001": "1501.00001",
    "0704.0001": "0704.0001",
}
NO_ARXIV = [
    "", " ", "arXiv", "arXiv:", "abc", "2408", "2408.", "2408.118", "2408.001189", "2408.00118v0", "2408.00118v",
    "2408.00118.1", "12408.00118", "2400.00118", "2413.00118", "2408.00000", "1412.00001", "1501.0001",
    "0703.0001", "0000.0000", "9912.12345", "2024-07-31", "31.12.2024", "2024.0801", "1.2.3", "v2.0",
    "0711.123456", "0800.1234", "+49 711 123456", "$1203.4521", "1,203.45", "10.1145/2408.00118",
    "10.1000/arXiv.2408.00118",
    "hep-th/9913001", "hep-th/0704001", "hep-th/990100", "hep-th/99010011", "hep-zz/9901001", "hep-th/9901000",
    "usr/9901001", "https://arxiv.org/", "https://arxiv.org/list/cs.CL/2408", "https://arxiv.org/abs/2413.00118",
    "https://example.org/2408.00118", "2408.00118 and more words", "see arXiv:2408.00118 for more", "x" * 5000,
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPELLINGS.items(), ids=SPELLINGS)
def test_parse_arxiv(text, expected):
    assert str(parse_arxiv(text)) == expected


@pytest.mark.parametrize("text", NO_ARXIV)
def test_parse_arxiv_refuses(text):
    assert parse_arxiv(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1038/171737A0", "10.1038/171737a0"),
        ("doi:10.1038/171737a0", "10.1038/171737a0"),
        ("DOI: 10.1038/171737a0.", "10.1038/171737a0"),
        ("https://doi.org/10.1103/PhysRevD.76.013009", "10.1103/physrevd.76.013009"),
        ("http://dx.doi.org/10.1103/PhysRevD.76.013009)", "10.1103/physrevd.76.013009"),
        ("https://doi.org/10.1016%2FS0140-6736(05)12345-6", "10.1016/s0140-6736(05)12345-6"),
        ("(10.1016/S0140-6736(05)12345-6)", "10.1016/s0140-6736(05)12345-6"),
        (r"10.1007/978-3-030-1\_7", "10.1007/978-3-030-1_7"),
        (
            "10.1002/(SICI)1097-4679(199902)55:2<117::AID-JCLP1>3.0.CO;2-A",
            "10.1002/(sici)1097-4679(199902)55:2<117::aid-jclp1>3.0.co;2-a",
        ),
        ("10.1000.10/123", "10.1000.10/123"),
        ("10.48550/arXiv.2408.00118", "10.48550/arxiv.2408.00118"),
        ("10.1038/", None),
        ("10.10/x", None),
        ("11.1038/x", None),
        ("https://example.org/10", None),
        ("10.1038/a and 10.1038/b", None),
        ("2408.00118", None),
        ("", None),
    ],
)
def test_parse_doi(text, expected):
    assert parse_doi(text) == expected


FOUND = {
    "prefix in a sentence": (
        "We build on arXiv:2408.00118, and on [arXiv:1706.03762v5].",
        ["arxiv:2408.00118", "arxiv:1706.03762v5"],
    ),
    "broken after the colon": ("as in arXiv:\n2408.00118 and", ["arxiv:2408.00118"]),
    "broken after the dot": ("as in arXiv:2408.\n00118 and", ["arxiv:2408.00118"]),
    "broken by CRLF and indented": ("arXiv:2408.\r\n   00118", ["arxiv:2408.00118"]),
    "broken address": ("https://arxiv.org/abs/\n2408.00118", ["arxiv:2408.00118"]),
    "broken DOI": ("doi:10.1145/\n3292500.3330701", ["doi:10.1145/3292500.3330701"]),
    "address at a sentence's end": ("See https://arxiv.org/abs/2408.00118.", ["arxiv:2408.00118"]),
    "address in brackets": ("(https://arxiv.org/abs/2408.00118)", ["arxiv:2408.00118"]),
    "markdown links side by side": (
        "[a](https://arxiv.org/abs/2408.00118),[b](https://arxiv.org/abs/1706.03762)",
        ["arxiv:2408.00118", "arxiv:1706.03762"],
    ),
    "arXiv's own DOI is an arXiv id": ("https://doi.org/10.48550/arXiv.2408.00118", ["arxiv:2408.00118"]),
    "old style in running text": (
        "shown in hep-th/9901001v2 and math.GT/0309136.",
        ["arxiv:hep-th/9901001v2", "arxiv:math/0309136"],
    ),
    "DOI in brackets": ("(doi:10.1038/171737a0)", ["doi:10.1038/171737a0"]),
    "publisher's page": (
        "https://dl.acm.org/doi/10.1145/3292500.3330701?casa_token=x",
        ["doi:10.1145/3292500.3330701"],
    ),
    "publisher's pdf": (
        "https://link.springer.com/content/pdf/10.1007/978-3-030-1_7.pdf",
        ["doi:10.1007/978-3-030-1_7"],
    ),
    "page of a journal": (
        "https://iopscience.iop.org/article/10.1088/1126-6708/2009/06/045/meta",
        ["doi:10.1088/1126-6708/2009/06/045"],
    ),
    "bioRxiv's version": (
        "https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full.pdf",
        ["doi:10.1101/2020.01.02.123456"],
    ),
    "LaTeX address": (r"\url{https://doi.org/10.1007/978-3-030-1\_7}.", ["doi:10.1007/978-3-030-1_7"]),
    "other address": ("Code: https://github.com/x/y_(z).", ["url:https://github.com/x/y_(z)"]),
    "isbn": ("ISBN 978-0-262-03384-8", ["isbn:9780262033848"]),
    "isbn-10": ("ISBN-10: 0-8044-2957-X.", ["isbn:080442957X"]),
    "isbn with a wrong digit": ("ISBN 978-0-262-03384-7", []),
    "bare ids on lines": ("2408.00118\n1706.03762v5\n", ["arxiv:2408.00118", "arxiv:1706.03762v5"]),
    "bare ids in a list": (
        "- 2408.00118\n2. 1706.03762\n* [ ] 0704.0001\n",
        ["arxiv:2408.00118", "arxiv:1706.03762", "arxiv:0704.0001"],
    ),
    "bare ids on one line": (
        "2408.00118, 1706.03762 and 2403.05530",
        ["arxiv:2408.00118", "arxiv:1706.03762", "arxiv:2403.05530"],
    ),
    "title of arXiv's page": ("[2408.00118] Gemma 2: Improving", ["arxiv:2408.00118"]),
    "id heads an entry": ("- 2408.00118: Gemma 2", ["arxiv:2408.00118"]),
    "id in a cell": ("| 2408.00118 | Gemma 2 |", ["arxiv:2408.00118"]),
    "id heads an item's words": (
        "- 2408.00118 must read\n* 0704.0017: good stuff\n1. 0704.0022 (Malham)\n",
        ["arxiv:2408.00118", "arxiv:0704.0017", "arxiv:0704.0022"],
    ),
    "id heads a line's words": (
        "0704.0042 - Title of it\n0704.0001 nice\n2408.00118, too\n",
        ["arxiv:0704.0042", "arxiv:0704.0001", "arxiv:2408.00118"],
    ),
    "ids head words": ("- 0704.0001 and 0704.0002 are good", ["arxiv:0704.0001", "arxiv:0704.0002"]),
    "id heads a title with a number in it": ("- 0704.0001: 3D scenes", ["arxiv:0704.0001"]),
    "four digits need more than a comma on a line": ("0704.0001, nice", []),
    "units": ("- 2408.00118 EUR\n- 0704.0001 m/s\n0704.0001 kg of it\n- 1203.4521%\n- 0704.0001 (USD)\n", []),
    "units on lines": ("0704.0001 euros\n\n2408.00118 seconds\n\n0804.2273 meter reading\n", []),
    "numbers behind": ("- 0704.0001 2.718\n- 0704.0001: 12.5\n- 0704.0001: $5\n- 0704.0001 → 1204.5 m\n", []),
    "times and dates behind": ("0704.0001 10:30\n\n2408.00118 2024-01-01 entry\n", []),
    "versions": ("- 1804.0001 LTS\n- 1203.4521 released in May\n", []),
    "a column with words": ("0804.2273 kitchen\n0811.9921 bath\n1000.0001 hall\n", []),
    "a line that runs on": ("we counted\n0704.0001 nice pieces, and\n2408.00118 others", []),
    "a cell with words among numbers": ("| 0704.0001 kitchen | 3.14 |", []),
    "an impossible month before words": ("- 2413.00118 must read\n- 0704.00017 read\n- 1501.0001 read\n", []),
    "bare id in a sentence": ("the ratio was 2408.00118 in all", []),
    "bare id before a word": ("2408.00118 euros", []),
    "a column of numbers": ("3.1415\n1203.4521\n2.7182\n", []),
    "a column with an id-like run": ("0804.2273\n0811.9921\n1000.0001\n", []),
    "money, phones, versions": ("$1203.4521 0711.1234-5 1203.4521€ v1203.4521 1203.4521.7", []),
    "a commit or path": ("git checkout origin/2408.00118 && cat data/2408.00118", []),
    "email": ("write to arxiv@2408.00118.org", []),
    "DOI's tail": ("10.1145/2408.00118", ["doi:10.1145/2408.00118"]),
    "IP with mask": ("10.0.0.0/24 10.12.13.14/16", []),
    "bad month": ("arXiv:2413.00118", []),
    "letters behind": ("arXiv:2408.00118x", []),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_find_identifiers(text, expected):
    found = find_identifiers(text)
    assert [f"{i.scheme}:{i.value}" for _, i in found] == expected
    assert all(i.own for _, i in found)


def test_the_text_of_an_item_without_its_marker():
    assert find_identifiers("0704.0017, good", is_item=True)[0][1].value == "0704.0017"
    assert find_identifiers("0704.0017, good") == ()


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("see https://arxiv.org/abs/2408.00118v2, now", "https://arxiv.org/abs/2408.00118v2"),
        ("x arXiv:2408.\n00118 [cs.CL] y", "arXiv:2408.\n00118 [cs.CL]"),
        ("(doi:10.1038/171737a0)", "doi:10.1038/171737a0"),
        ("a hep-th/9901001v2.", "hep-th/9901001v2"),
        ("- 2408.00118: Gemma", "2408.00118"),
        ("ISBN 978-0-262-03384-8!", "ISBN 978-0-262-03384-8"),
        ("https://github.com/x.", "https://github.com/x"),
    ],
)
def test_the_place_of_an_identifier_is_exactly_its_text(text, covered):
    ((span, _),) = find_identifiers(text)
    assert text[span.start : span.stop] == covered


numbers = st.builds(
    lambda year, month, serial, version: (
        f"{year:02d}{month:02d}.{serial:0{4 if (year, month) < (15, 1) else 5}d}{f'v{version}' if version else ''}"
    ),
    st.integers(8, 90),
    st.integers(1, 12),
    st.integers(1, 9999),
    st.integers(0, 99),
)
frames = st.sampled_from(
    [
        "{}",
        "arXiv:{}",
        "https://arxiv.org/abs/{}",
        "arxiv.org/pdf/{}.pdf",
        "10.48550/arXiv.{}",
        "https://ar5iv.org/abs/{}",
    ]
)


@given(numbers, frames)
def test_every_spelling_of_an_id_is_read_back(number, frame):
    assert str(parse_arxiv(frame.format(number))) == number


@given(
    numbers,
    frames,
    st.sampled_from(["see ", "(", "as in [", "«", "\n"]),
    st.sampled_from([" now", ").", "], and", ".\n", ""]),
)
def test_what_is_parsed_alone_is_found_in_text(number, frame, before, after):
    if frame == "{}":
        return
    ((span, identifier),) = find_identifiers(before + frame.format(number) + after)
    assert (identifier.scheme, identifier.value) == ("arxiv", number)
    assert span.start == len(before)


@given(st.text(max_size=200))
def test_any_text_is_accepted(text):
    spans = [span for span, _ in find_identifiers(text)]
    assert spans == sorted(spans, key=lambda span: span.start)
    assert all(a.stop <= b.start for a, b in pairwise(spans))
    parse_arxiv(text)
    parse_doi(text)


@given(st.text(alphabet="0123456789./-:arXivv hepth\n[]()", max_size=80))
def test_id_like_noise_gives_only_valid_ids(text):
    for _, identifier in find_identifiers(text):
        if identifier.scheme == "arxiv":
            assert str(parse_arxiv(identifier.value)) == identifier.value


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "http://",
        "arxiv:",
        "9",
        "10.1234/",
        "arxiv.org/\n",
        "arXiv ",
        "(",
        "https://x.y/(",
        "the quick fox ",
        "isbn 97897897",
        "- 0704.0001 a\n",
        "0704.0001 ",
        "0704.0001 nice",
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(piece):
    def spent(size):
        text = piece * (size // len(piece))
        start = time.process_time()
        find_identifiers(text)
        return time.process_time() - start

    assert spent(800_000) < 8 * spent(200_000) + 0.3
