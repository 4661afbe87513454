"""The stand-in answers as the arXiv API does, and goes wrong as it does."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.standin import Older, Paper, Service, Standin, load_papers, seed_papers
from tests.standin.__main__ import main
from tests.standin.analysis import as_it_stands, combined, english, name_words, simple, tokens
from tests.standin.faults import FAULTS
from tests.standin.papers import SEED_FILE
from tests.standin.porter import stem
from tests.standin.query import Both, InvalidQueryError, Not, Term, parse, render
from tests.standin.rewrite import adapt
from tests.standin.service import has_id_format
from tests.standin.tex2utf import tex2utf

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
ARXIV = "{http://arxiv.org/schemas/atom}"
DATA = SEED_FILE.parent


def feed_of(body: bytes) -> ET.Element:
    return ET.fromstring(body)


def ids_of(body: bytes) -> list[str]:
    return [e.findtext(f"{ATOM}id", "").rpartition("/abs/")[2] for e in feed_of(body).iter(f"{ATOM}entry")]


def numbers_of(body: bytes) -> set[str]:
    return {re.sub(r"v\d+$", "", shown) for shown in ids_of(body)}


def total_of(body: bytes) -> int:
    return int(feed_of(body).findtext(f"{OPENSEARCH}totalResults", "-1"))


# --- text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tex", "unicode"),
    [
        (r"Bal\'azs", "Balázs"),
        (r"Bal\'{a}zs", "Balázs"),
        (r"Fran\c{c}ois \v{S}im\'ak", "François Šimák"),
        (r"Erd\H{o}s, \k{a}, \r{u}, \u{g}, \.z, \=o, \^w, \`e, \~n", "Erdős, ą, ů, ğ, ż, ō, ŵ, è, ñ"),
        (r"{\o}, \ss, \ae x, \L ukasz, \AA", "ø, ß, æx, Łukasz, Å"),
        (r"\"{\i}", '\\"ı'),
        (r"Jo\~ao d{\i}", "João dı"),
        (r"$0 \le \alpha , \beta \le 1$", r"$0 \le α, β\le 1$"),
        (r"$\Theta(\sqrt{n})$", r"$Θ(\sqrt{n})$"),
        (r"\mathbf\theta", r"\mathbfθ"),
        (r"$\delta \le \pi/4$", r"$δ\le π/4$"),
        (r"\alpha_1 \alpha1 \alphax", r"α_1 \alpha1 \alphax"),
        (r"\varepsilon \vartheta \varrho \varpi \upsilon", r"\varepsilon \vartheta \varrho \varpi \upsilon"),
        (r"\phi{}\varphi{}\varsigma{}\epsilon", "ϕφςε"),
        (r"\S 3, \P{}, \dag, \ddag, 5\deg C", "§3, ¶, †, ‡, 5°C"),
        ("{{x}} {{{y}}}", "{x} {y}"),
        (r"\'q \v{q} \c{i}", "q vq ci"),
        (r"\t{o}o, {\j}", "oo, j"),
        (r"\textbf{a} \emph{b} 5\% \& \mathcal{O}", r"\textbf{a} \emph{b} 5\% \& \mathcal{O}"),
        (r"\[x\] ~ _ ^ # % &", r"\[x\] ~ _ ^ # % &"),
        ("no commands at all", "no commands at all"),
    ],
)  # fmt: skip
def test_tex_becomes_unicode_as_arxiv_does_it(tex: str, unicode: str) -> None:
    assert tex2utf(tex) == unicode


PORTER = """
caresses=caress ponies=poni ties=ti caress=caress cats=cat feed=feed agreed=agre plastered=plaster bled=bled
motoring=motor sing=sing conflated=conflat troubled=troubl sized=size hopping=hop tanned=tan falling=fall
hissing=hiss
fizzed=fizz failing=fail
filing=file happy=happi sky=sky relational=relat conditional=condit rational=ration
valenci=valenc hesitanci=hesit digitizer=digit conformabli=conform radicalli=radic differentli=differ vileli=vile
analogousli=analog vietnamization=vietnam predication=predic operator=oper feudalism=feudal decisiveness=decis
hopefulness=hope callousness=callous formaliti=formal sensitiviti=sensit sensibiliti=sensibl triplicate=triplic
formative=form formalize=formal electriciti=electr electrical=electr hopeful=hope goodness=good revival=reviv
allowance=allow inference=infer airliner=airlin gyroscopic=gyroscop adjustable=adjust defensible=defens
irritant=irrit
replacement=replac adjustment=adjust dependent=depend adoption=adopt homologou=homolog communism=commun
activate=activ considered=consid
angulariti=angular homologous=homolog effective=effect bowdlerize=bowdler probate=probat rate=rate cease=ceas
controll=control roll=roll generalizations=gener oscillators=oscil
at=at is=is models=model attention=attent analogies=analog technology=technolog possibly=possibl
"""


@pytest.mark.parametrize("pair", PORTER.split())
def test_the_stemmer_agrees_with_the_examples_of_porters_paper(pair: str) -> None:
    word, expected = pair.split("=")
    assert stem(word) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pre-training and/or GPT-4", ["pre", "training", "and", "or", "gpt", "4"]),
        ("$x_1$ {a} \\alpha α", ["x_1", "a", "alpha", "α"]),
        ("3.5 1,000 v1.2 e.g. Newton's l’homme", ["3.5", "1,000", "v1.2", "e.g", "newton's", "l’homme"]),
        ("x. y 1.x O(n) F#", ["x", "y", "1", "x", "o", "n", "f"]),
        ("naïve Übung 量子 x²", ["naïve", "übung", "量", "子", "x"]),
        ("", []),
    ],
)
def test_words_end_where_the_standard_tokeniser_ends_them(text: str, words: list[str]) -> None:
    assert tokens(text) == words


def test_analyses_differ_in_stems_and_holes() -> None:
    text = "The Models' attention isn't all; Newton's"
    assert english(text) == [None, "model", "attent", "isn't", "all", "newton"]
    assert simple(text) == [None, "models", "attention", "isn't", "all", "newton's"]
    assert as_it_stands(text)[0] == "the"
    assert combined("(LHC) Görner, the") == ["(lhc)", "gorner", None]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("C.-P. Yuan", ["c-p", "yuan"]),
        ("Łukasz Kaiser", ["lukasz", "kaiser"]),
        ("Görner", ["gorner"]),
        ("Goerner", ["gorner"]),
        ("Peter H. N. de With, Jr.", ["peter", "h", "n", "de", "with", "jr"]),
        ("Müller", ["muller"]),
        ("Mueller", ["muller"]),
        ("Søren", ["soren"]),
    ],
)
def test_names_are_folded(name: str, words: list[str]) -> None:
    assert name_words(name) == words


# --- the query language ----------------------------------------------------------------------------------------

ADAPTED = [
    ("testing", "all:testing"),
    ("", ""),
    ("ti:", ""),
    ("ti:deep learning", "ti:deep OR all:learning"),
    ("ti:deep\nlearning", "ti:deep OR all:learning"),
    ("ti:(a b)", "(ti:a OR ti:b)"),
    ("ti:(a AND (b OR c))", "(ti:a AND (ti:b OR ti:c) )"),
    ("ti:(a au:b)", "(ti:a OR au:b)"),
    ('ti:"a b" abs:c', 'ti:"a b" OR abs:c'),
    ("title:a", "ti:a"),
    ("a AND AND AND b", "all:a AND all:b"),
    ("a AND OR b", "all:a OR all:b"),
    ("a AND au:", "all:a AND"),
    ("a and b", "all:a OR all:and OR all:b"),
    ('ti:"a AND b"', 'ti:"a AND b"'),
    ("a NOT b", "all:a ANDNOT all:b"),
    ("a AND NOT b", "all:a ANDNOT all:b"),
    ("a AND NOT NOT b", "all:a NOT all:b"),
    ("a ORR b", "all:a OR all:ORR OR all:b"),
    ('ti:"deep learning', "ti:deep OR all:learning"),
    ('ti:"a" b" c', 'ti:"a" OR all:b OR all:c'),
    ("au:del_maestro AND ti:checkerboard", 'au:"del maestro" AND ti:checkerboard'),
    ("ti:x_y AND au:smith", 'ti:x_y AND au:"x y"'),
    ("au:a_b OR au:c_d", 'au:"a b" OR au:c_d'),
    ("(au:a_b)", "(au:a_b)"),
    ("lastUpdatedDate:[2023 TO 2024]", 'submittedDate:"202301010000 TO 202412312359"'),
    ("submittedDate:[202301010600 TO 202401010600]", 'submittedDate:"202301010600 TO 202401010600"'),
    ("submittedDate:[202302 TO 202402]", 'submittedDate:"202302010000 TO 202402292359"'),
    ("submittedDate:[20230105 TO 20230106]", 'submittedDate:"202301050000 TO 202301062359"'),
    ("submittedDate:[20230105123456 TO 20230106]", 'submittedDate:"202301051234 TO 202301062359"'),
    ("submittedDate:[202399 TO 20230106]", 'submittedDate:"202399 TO 202301062359"'),
    ("((a) b)", "( (all:a) OR all:b)"),
]


@pytest.mark.parametrize(("typed", "strict"), ADAPTED)
def test_what_people_type_becomes_the_strict_grammar(typed: str, strict: str) -> None:
    assert adapt(typed) == strict


A, B, C = (Term("ti", letter) for letter in "abc")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("ti:a AND ti:b OR ti:c", Both("AND", A, Both("OR", B, C))),
        ("ti:a OR ti:b AND ti:c", Both("OR", A, Both("AND", B, C))),
        ("(ti:a AND ti:b) OR ti:c", Both("OR", Both("AND", A, B), C)),
        ("ti:a ANDNOT ti:b OR ti:c", Both("ANDNOT", A, Both("OR", B, C))),
        ("ti:a OR (ANDNOT ti:b)", Both("OR", A, Not(B))),
        ("((ti:a))", A),
        ('ti:"  a  "', Term("ti", '"a"')),
        ('ti:"  "', Term("ti", "")),
        ("", Term("all", "")),
        ("cat:cs.*", Term("cat", "cs.*")),
        ("ti:a:b", Term("ti", "a:b")),
        ('ti:"a\\\\"', Term("ti", '"a\\\\"')),
    ],
)
def test_operators_group_to_the_right(text: str, tree: object) -> None:
    assert parse(text) == tree


def test_the_tree_is_shown_with_every_group_in_parentheses() -> None:
    assert render(parse("ti:a AND ti:b OR (ANDNOT ti:c)")) == "ti:a AND (ti:b OR (ANDNOT ti:c))"


@pytest.mark.parametrize(
    "text",
    ["ti:a AND", "AND ti:a", "ti:a ti:b", "(ti:a", "ti:a)", "()", "ti:a NOT ti:b", "xx:a", 'ti:"a\\"', "ti:"],
)
def test_what_is_not_in_the_grammar_is_invalid(text: str) -> None:
    with pytest.raises(InvalidQueryError, match="Invalid query string"):
        parse(text)


# --- searching -------------------------------------------------------------------------------------------------

LIBRARY = (
    Paper(
        id="1706.90001",
        title="Attention is all you need",
        authors=("Ashish Vaswani", "Łukasz Kaiser"),
        abstract="The dominant models are based on complex networks. Pre-training $\\alpha$ of GPT-4 with x_1.",
        categories=("cs.CL", "cs.LG"),
        primary_category="cs.CL",
        published="2017-06-12T17:57:34Z",
        updated="2023-08-02T00:41:18Z",
        version=7,
        comment="15 pages, accepted at NIPS",
        older_versions=(
            Older(version=4, title="Attention is all B\\'ela needs"),
            Older(version=2, title="Attention is what you need", abstract="An older wording entirely."),
        ),
    ),
    Paper(
        id="1907.90002",
        title="Why attention is all you need to know about modelling",
        authors=("Adrian Del Maestro", "C.-P. Yuan"),
        abstract="This is it. Newton's attentions; the dominant model is based in complex network theory.",
        categories=("hep-th",),
        primary_category="hep-th",
        published="2019-07-01T00:00:00Z",
        updated="2019-07-01T00:00:00Z",
        journal_ref="Phys. Rev. D 76, 013009 (2007)",
        doi="10.1103/PhysRevD.76.013009 10.1103/other",
        report_number="FERMILAB-PUB-07-001",
    ),
    Paper(
        id="hep-th/9901001",
        title="Deep strings",
        authors=("Maria del Carmen Maestro", "János Kramár"),
        abstract="Learning nothing from (LHC) data after Gödel.",
        categories=("hep-th",),
        primary_category="hep-th",
        published="1999-01-01T12:00:00Z",
        updated="1999-01-01T12:00:00Z",
    ),
)
CS, HEP, OLD = "1706.90001", "1907.90002", "hep-th/9901001"
SMALL = Service(LIBRARY)

FOUND = [
    # a phrase: each word at its place, stems, case and punctuation do not matter
    ('ti:"attention is all you need"', {CS, HEP}),
    ('ti:"ATTENTION, is all; you needs!"', {CS, HEP}),
    ('ti:"attention is everything you need"', set()),
    ('ti:"attention all you need"', set()),
    ('ti:"attention of all you need"', {CS, HEP}),  # a stop word leaves a hole that any one word fills
    ('ti:"the attention is all you need and"', {CS, HEP}),  # holes at the ends ask for nothing
    ('abs:"dominant models are based on complex networks"', {CS, HEP}),
    ('abs:"dominant models based on complex networks"', set()),
    ('abs:"complex networks. Pre-training"', {CS}),
    ('abs:"this is it"', {HEP}),  # only stop words: found in the abstract as it stands
    ('ti:"is"', set()),
    ("ti:is", set()),
    # words
    ("ti:attention", {CS, HEP}),
    ("ti:attentive", {CS, HEP}),
    ("ti:model", {HEP}),
    ("abs:pre-training", {CS}),
    ("abs:training-pre", {CS}),  # one word with a hyphen is two words, anywhere
    ("abs:newton", {HEP}),
    ("abs:x_1", {CS}),
    ("abs:alpha", set()),
    ("abs:α", {CS}),
    ("abs:$α$", {CS}),
    ("ti:deep learning", {OLD}),
    ("ti:(deep attention)", {CS, HEP, OLD}),
    # wildcards
    ("ti:att*", {CS, HEP}),
    ("ti:atten?ion*", set()),  # compared with stems
    ("ti:atten?", {CS, HEP}),
    ('ti:"att*"', set()),
    ("cat:cs.*", {CS}),
    ("cat:*.LG", {CS}),
    ("cat:hep-th", {HEP, OLD}),
    ("cat:cs.lg", {CS}),
    ('cat:"cs.CL"', {CS}),
    ("cat:cs", set()),
    # authors
    ('au:"del maestro"', {HEP, OLD}),
    ('au:"maestro del"', {HEP, OLD}),
    ('au:"adrian maestro"', {HEP}),
    ('au:"adrian yuan"', set()),  # within one author only
    ("au:del_maestro", {HEP, OLD}),
    ('au:"del maes*"', {HEP, OLD}),
    ("au:kramar", {OLD}),
    ("au:Kramár", {OLD}),
    ("au:lukasz", {CS}),
    ("au:c-p", {HEP}),
    ("au:a", {CS, HEP}),  # an initial
    ("au:maestro,a", {HEP}),
    ("au:kramar,jan", {OLD}),
    # identifiers
    ("id:1706.90001", {CS}),
    ("id:1706.90001v7", {CS}),
    ("id:1706.90001v2", set()),
    ('id:"1706.90001"', set()),
    ("id:1706*", {CS}),
    ("id:9901001", {OLD}),
    ("id:hep-th/9901001", set()),
    ("doi:10.1103/PhysRevD.76.013009", {HEP}),
    ('doi:"10.1103/other"', {HEP}),
    ("doi:10.1103/physrevd.76.013009", set()),
    ("doi:10.1103/oth*", {HEP}),
    # comments, journals, reports
    ("co:accepted", {CS}),
    ('co:"accepted at NIPS"', {CS}),
    ("co:at", set()),
    ("co:accepted-at", set()),
    ('co:"accepted to NIPS"', {CS}),
    ('jr:"Phys. Rev. D 76"', {HEP}),
    ("rn:FERMILAB-PUB-07-001", {HEP}),
    # dates are those of the first version, ends included
    ("submittedDate:[201706121757 TO 201706121758]", {CS}),
    ("submittedDate:[2019 TO 2019]", {HEP}),
    ("lastUpdatedDate:[2023 TO 2023]", set()),
    # the mixture
    ("all:attention", {CS, HEP}),
    ("attention", {CS, HEP}),
    ("all:kramar", {OLD}),
    ("all:2017", {CS}),
    ("all:1907", {HEP}),
    ("all:9901001", {OLD}),
    ('all:"attention is all you need"', {CS, HEP}),
    ("all:hep-th", {HEP, OLD}),
    ("all:hep", set()),
    ("all:cs", {CS}),
    ('all:"you need the dominant models"', set()),  # no phrase goes on into another field
    ('all:"(LHC) data"', {OLD}),
    ('all:"data after Godel"', {OLD}),  # the mixture is folded, the abstract is not
    ('abs:"data after Godel"', set()),
    ('all:"10.1103/other fermilab-pub-07-001"', set()),
    ('all:"complex networks. pre-training $α$"', {CS}),
    ('all:"networks pre-training $α$ of gpt-4"', {CS}),
    # operators
    ("ti:attention AND abs:newton", {HEP}),
    ("ti:attention ANDNOT abs:newton", {CS}),
    ("ti:attention AND abs:newton OR au:kramar", {HEP}),
    ("(ti:attention AND abs:newton) OR au:kramar", {HEP, OLD}),
    ("au:kramar OR (ANDNOT ti:attention)", {OLD}),
    ('ti:""', {CS, HEP, OLD}),
    ('ti:"" AND au:kramar', {OLD}),
    # only current versions are searched
    ('abs:"An older wording entirely"', set()),
    ('ti:"attention is what you need"', set()),
]


@pytest.mark.parametrize(("query", "found"), FOUND, ids=[query for query, _ in FOUND])
def test_a_query_finds(query: str, found: set[str]) -> None:
    reply = SMALL.reply({"search_query": query, "max_results": "100"})
    assert reply.status == 200
    assert numbers_of(reply.body) == found
    assert total_of(reply.body) == len(found)


REFUSED = [
    ({}, 400, "Either a search_query or id_list must be specified for the classic API."),
    ({"search_query": ""}, 400, "Either a search_query or id_list must be specified for the classic API."),
    ({"search_query": "ti:"}, 400, "Either a search_query or id_list must be specified for the classic API."),
    ({"search_query": "ti:a AND"}, 400, "Invalid query string: 'ti:a AND'"),
    ({"search_query": '"'}, 400, "Either a search_query or id_list must be specified for the classic API."),
    ({"search_query": 'ti:"a\\"'}, 400, "Invalid query string: 'ti:\"a\\\"'"),
    ({"search_query": "pineapple", "raw": "1"}, 400, "Invalid query string: 'pineapple'"),
    ({"search_query": "a", "start": "x"}, 400, "start must be an integer"),
    ({"search_query": "a", "start": "-1"}, 400, "start must be non-negative"),
    ({"search_query": "a", "max_results": "x"}, 400, "max_results must be an integer"),
    ({"search_query": "a", "max_results": "-1"}, 400, "max_results must be non-negative"),
    ({"search_query": "a", "sortBy": "date"}, 400, "sortBy must be in: relevance, lastUpdatedDate, submittedDate"),
    ({"search_query": "a", "sortOrder": "up"}, 400, "sortOrder must be in: ascending, descending"),
    ({"id_list": "abc"}, 400, "incorrect id format for abc"),
    ({"id_list": "1706.90001,abc"}, 400, "incorrect id format for abc"),
    ({"id_list": "1706.90001,"}, 400, "incorrect id format for "),
    ({"id_list": "math.XY/0309136"}, 400, "incorrect id format for math.XY/0309136"),
    ({"search_query": "ti:*a"}, 500, None),
    ({"search_query": "all:?a"}, 500, None),
    ({"search_query": "au:*a"}, 500, None),
    ({"search_query": "id:*1"}, 500, None),
    ({"search_query": "doi:*1"}, 500, None),
    ({"search_query": "NOT ti:a"}, 500, None),
    ({"search_query": "NOT ti:a AND ti:b"}, 500, None),
    ({"search_query": "ti:a OR (NOT (ti:b AND ti:c))"}, 500, None),
    ({"search_query": "submittedDate:2023"}, 500, None),
    ({"search_query": "submittedDate:[202399 TO 2024]"}, 500, None),
    ({"search_query": "a", "max_results": "0"}, 500, None),
    ({"search_query": "a", "start": "10000"}, 500, None),
    ({"search_query": "a", "start": "9995"}, 500, None),
    ({"search_query": "a", "start": "9000", "max_results": "2000"}, 500, None),
    ({"search_query": "a", "max_results": "10001"}, 500, None),
    ({"search_query": "a", "start": "4000", "max_results": "6000"}, 500, None),
    ({"search_query": "(" * 5000 + "a" + ")" * 5000}, 500, None),
    ({"search_query": "a\x01b"}, 500, None),
]


@pytest.mark.parametrize(("params", "status", "message"), REFUSED, ids=[str(r[0])[:60] for r in REFUSED])
def test_a_refusal_is_an_atom_feed_with_one_error(
    params: dict[str, str], status: int, message: str | None
) -> None:
    reply = SMALL.reply(params)
    assert reply.status == status
    assert reply.content_type == "application/atom+xml; charset=utf-8"
    (entry,) = feed_of(reply.body).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Error"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "arXiv api core"
    if message is not None:
        assert entry.findtext(f"{ATOM}summary", "") == message
    assert total_of(reply.body) == 1


def test_the_error_names_the_malformed_id() -> None:
    body = SMALL.reply({"id_list": "abc"}).body
    assert b"<id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id>" in body


def test_the_last_reachable_page_is_answered() -> None:
    assert SMALL.reply({"search_query": "a", "start": "9990"}).status == 200
    assert SMALL.reply({"search_query": "a", "start": "8000", "max_results": "2000"}).status == 200


# --- id lists --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("1706.90001", {"1706.90001v7"}),
        ("1706.90001v7", {"1706.90001v7"}),
        ("1706.90001v2", {"1706.90001v2"}),
        ("1706.90001v8", set()),
        ("1706.90001v0", set()),
        ("1706.90001,1706.90001v7,1706.90001", {"1706.90001v7"}),
        ("1706.90001,1706.90001v2", {"1706.90001v7", "1706.90001v2"}),
        ("hep-th/9901001", {"hep-th/9901001v1"}),
        ("0000.0000", set()),
        ("9999.99999,1907.90002", {"1907.90002v1"}),
        # these pass the check of the format and are silently absent
        ("arXiv:1706.90001", set()),
        ("https://arxiv.org/abs/1706.90001", set()),
        ("1907.90002, 1706.90001", {"1907.90002v1"}),
        ("1706.90001V7", set()),
        ("math.GT/0309136", set()),
        ("1706.90001.pdf", set()),
    ],
)
def test_an_id_list_answers(asked: str, answered: set[str]) -> None:
    reply = SMALL.reply({"id_list": asked})
    assert reply.status == 200
    assert set(ids_of(reply.body)) == answered
    assert len(ids_of(reply.body)) == total_of(reply.body) == len(answered)


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("2408.00118", True),
        ("0704.0001v2", True),
        ("0808.05394", True),
        ("hep-th/9901001", True),
        ("MATH/0309136", True),
        ("math.GT/0309136", True),
        ("abc", False),
        ("", False),
        ("2408.118", False),
        ("12345.67890", False),
        ("hep-th/99010", False),
        ("nosuch/9901001", False),
    ],
)
def test_the_format_of_ids(text: str, accepted: bool) -> None:
    assert has_id_format(text) is accepted


def test_an_older_version_has_its_own_wording() -> None:
    (entry,) = feed_of(SMALL.reply({"id_list": "1706.90001v2"}).body).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Attention is what you need"
    assert entry.findtext(f"{ATOM}summary") == "An older wording entirely."
    assert entry.findtext(f"{ATOM}published") == "2017-06-12T17:57:34Z"
    assert [a.findtext(f"{ATOM}name") for a in entry.iter(f"{ATOM}author")] == ["Ashish Vaswani", "Łukasz Kaiser"]


@pytest.mark.parametrize(
    ("version", "title"),
    [
        (1, "Attention is all you need"),
        (2, "Attention is what you need"),
        (3, "Attention is what you need"),
        (6, "Attention is all B\\'ela needs"),
    ],
)
def test_a_version_of_unknown_wording_is_like_the_nearest_older_one(version: int, title: str) -> None:
    paper = LIBRARY[0].at(version)
    assert paper is not None
    assert (paper.version, paper.title) == (version, title)


def test_older_wordings_are_answered_in_unicode_too() -> None:
    (entry,) = feed_of(SMALL.reply({"id_list": "1706.90001v5"}).body).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Attention is all Béla needs"


def test_publication_data_belong_to_the_current_version() -> None:
    paper = Paper(id="2001.90001", version=2, title="t", authors=("a",), doi="10.1/x", journal_ref="J. 1")
    first = paper.at(1)
    assert first is not None
    assert (first.doi, first.journal_ref, first.updated) == (None, None, paper.published)


@pytest.mark.parametrize(
    ("ids", "query", "answered"),
    [
        ("1706.90001,1907.90002", "abs:newton", {"1907.90002v1"}),
        ("1706.90001", "abs:newton", set()),
        ("1706.90001v2", 'abs:"older wording"', {"1706.90001v2"}),
        ("1706.90001", 'abs:"older wording"', set()),
        ("1706.90001,1706.90001v2", "ti:attention", {"1706.90001v7", "1706.90001v2"}),
    ],
)
def test_a_query_filters_an_id_list(ids: str, query: str, answered: set[str]) -> None:
    assert set(ids_of(SMALL.reply({"id_list": ids, "search_query": query}).body)) == answered


def test_the_order_of_an_id_list_is_not_that_of_the_question(standin_service: Service) -> None:
    asked = [paper.id for paper in seed_papers()[:27]]
    orders = [
        ids_of(standin_service.reply({"id_list": ",".join(ids), "max_results": "50"}).body)
        for ids in (asked, asked[::-1], sorted(asked))
    ]
    answered = [number.partition("v")[0] for number in orders[0]]
    assert orders[0] == orders[1] == orders[2]
    assert set(answered) == set(asked)
    assert answered not in (asked, asked[::-1], sorted(asked), sorted(asked, reverse=True))


# --- pages and order -------------------------------------------------------------------------------------------

MANY = Service([Paper(id=f"2001.{n:05d}", title=f"Paper {n}", authors=("A. Nobody",)) for n in range(1, 2501)])


def test_ten_results_come_unasked_and_two_thousand_at_most() -> None:
    unasked = MANY.reply({"search_query": "ti:paper"})
    assert len(ids_of(unasked.body)) == 10
    assert total_of(unasked.body) == 2500
    most = MANY.reply({"search_query": "ti:paper", "max_results": "3000"})
    assert len(ids_of(most.body)) == 2000
    assert feed_of(most.body).findtext(f"{OPENSEARCH}itemsPerPage") == "3000"


def test_fifty_ids_without_a_number_of_results_answer_ten() -> None:
    ids = ",".join(f"2001.{n:05d}" for n in range(1, 51))
    body = MANY.reply({"id_list": ids}).body
    assert (len(ids_of(body)), total_of(body)) == (10, 50)


def test_pages_are_parts_of_one_order() -> None:
    whole = ids_of(MANY.reply({"search_query": "ti:paper", "max_results": "100"}).body)
    pages = [
        ids_of(MANY.reply({"search_query": "ti:paper", "start": str(start), "max_results": "25"}).body)
        for start in (0, 25, 50, 75)
    ]
    assert [shown for page in pages for shown in page] == whole
    assert ids_of(MANY.reply({"search_query": "ti:paper", "start": "2499"}).body)[1:] == []
    assert ids_of(MANY.reply({"search_query": "ti:paper", "start": "2500"}).body) == []


@pytest.mark.parametrize(
    ("by", "order", "first"),
    [
        ("submittedDate", "descending", HEP),
        ("submittedDate", "ascending", OLD),
        ("lastUpdatedDate", "descending", CS),
        ("lastUpdatedDate", "ascending", OLD),
    ],
)
def test_results_are_sorted_by_date_on_request(by: str, order: str, first: str) -> None:
    body = SMALL.reply({"search_query": 'ti:""', "sortBy": by, "sortOrder": order}).body
    assert re.sub(r"v\d+$", "", ids_of(body)[0]) == first


def test_the_shorter_title_is_more_relevant() -> None:
    body = SMALL.reply({"search_query": 'ti:"attention is all you need"'}).body
    assert ids_of(body) == ["1706.90001v7", "1907.90002v1"]


# --- the feed --------------------------------------------------------------------------------------------------


def test_the_feed_says_how_the_query_was_understood() -> None:
    body = SMALL.reply({"search_query": "ti:deep learning AND x", "start": "5"}).body
    feed = feed_of(body)
    assert feed.findtext(f"{ATOM}title") == (
        "arXiv Query: search_query=ti:deep OR all:learning AND all:x&id_list=&start=5&max_results=10"
    )
    link = feed.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == (
        "https://arxiv.org/api/query?search_query=ti:deep+OR+(all:learning+AND+all:x)&start=5&max_results=10&id_list="
    )
    assert feed.findtext(f"{OPENSEARCH}startIndex") == "5"


def test_the_elements_of_an_entry_stand_in_the_services_order() -> None:
    paper = Paper(
        id="2001.90001",
        title="A & B <c>",
        authors=("A. One", "B. Two"),
        affiliations=(("B. Two", ("Here", "There")),),
        abstract="x > y",
        categories=("cs.AI", "cs.LG"),
        primary_category="cs.LG",
        comment="c",
        journal_ref="j",
        doi="10.1/x 10.2/y",
    )
    body = Service([paper], now=lambda: "2026-01-01T00:00:00Z").reply({"id_list": "2001.90001"}).body
    (entry,) = feed_of(body).iter(f"{ATOM}entry")
    names = [child.tag.replace(ATOM, "").replace(ARXIV, "arxiv:") for child in entry]
    assert " ".join(names) == (
        "id title updated link link summary category category published arxiv:comment arxiv:primary_category "
        "arxiv:journal_ref author author arxiv:doi link arxiv:doi link"
    )
    assert [c.get("term") for c in entry.iter(f"{ATOM}category")] == ["cs.LG", "cs.AI"]
    assert [a.text for a in entry.iter(f"{ARXIV}affiliation")] == ["Here", "There"]
    assert entry.findtext(f"{ATOM}title") == "A & B <c>"
    assert b"<updated>2026-01-01T00:00:00Z</updated>" in body


def test_texts_are_answered_and_searched_in_unicode(standin_service: Service) -> None:
    body = standin_service.reply({"search_query": 'au:"balazs"', "max_results": "5"}).body
    assert ids_of(body) == []  # a name in an abstract is no author
    body = standin_service.reply({"search_query": 'abs:"in the style of Balázs and Šimák"'}).body
    (entry,) = feed_of(body).iter(f"{ATOM}entry")
    assert r"$0 \le α, β\le 1$" in entry.findtext(f"{ATOM}summary", "")
    assert r"\varepsilon" in entry.findtext(f"{ATOM}summary", "")
    assert entry.findtext(f"{ATOM}title", "").startswith("Diphoton Spectra from $γγ$ Scattering")
    assert [d.text for d in entry.iter(f"{ARXIV}doi")] == [
        "10.5555/PhysExerc.D.76.013009",
        "10.5555/PhysExerc.D.77.019901",
    ]


# --- laws ------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "AND",
        "OR",
        "ANDNOT",
        "NOT",
        "(",
        ")",
        '"',
        "ti:",
        "au:",
        "all:",
        "a_b",
        "deep",
        "*",
        "?",
        "\\",
        "$x$",
        " ",
        "é",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=10).map("".join))
def test_every_query_has_a_well_formed_answer(query: str) -> None:
    reply = SMALL.reply({"search_query": query})
    assert reply.status in (200, 400, 500)
    feed_of(reply.body)


@settings(max_examples=60)
@given(st.sampled_from(seed_papers()), st.integers(0, 120), st.integers(3, 12))
def test_any_words_that_follow_one_another_find_their_paper(
    standin_service: Service, paper: Paper, start: int, count: int
) -> None:
    words = tex2utf(paper.abstract).split()
    phrase = " ".join(words[start % len(words) :][:count]).replace('"', " ").rstrip("\\ ")
    reply = standin_service.reply({"search_query": f'abs:"{phrase}"', "max_results": "2000"})
    if any(tokens(phrase)):
        assert paper.id in numbers_of(reply.body)


@given(st.text(alphabet="\\{}'\"`^~=.cvHiαaeo $", max_size=20))
def test_the_conversion_ends_and_leaves_plain_text_alone(text: str) -> None:
    converted = tex2utf(text)
    assert len(converted) <= len(text)
    if "\\" not in text and "{{" not in text:
        assert converted == text


# --- over HTTP -------------------------------------------------------------------------------------------------


class Client:
    """http.client on one connection a request, so that nothing hides what the server does."""

    def __init__(self, standin: Standin) -> None:
        self.netloc = urllib.parse.urlsplit(standin.url).netloc

    def ask(self, target: str = "/api/query?id_list=2408.00118", *, timeout: float = 5.0, **more: object):
        connection = http.client.HTTPConnection(self.netloc, timeout=timeout)
        try:
            connection.request(str(more.pop("method", "GET")), target, **more)
            response = connection.getresponse()
            return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
        finally:
            connection.close()


def test_get_and_post_answer_alike(standin: Standin) -> None:
    client = Client(standin)
    form = urllib.parse.urlencode({"search_query": 'ti:"Imagen 3"', "max_results": 3})
    got = client.ask(f"/api/query?{form}")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    posted = client.ask("/api/query", method="POST", body=form, headers=headers)
    assert got[0] == posted[0] == 200
    assert got[1]["content-type"] == "application/atom+xml; charset=utf-8"
    assert (
        ids_of(got[2])
        == ids_of(posted[2])
        == ids_of(standin.answer({"search_query": 'ti:"Imagen 3"', "max_results": 3}))
    )
    assert [seen.method for seen in standin.requests] == ["GET", "POST"]
    assert (
        standin.requests[0].params
        == standin.requests[1].params
        == {"search_query": 'ti:"Imagen 3"', "max_results": "3"}
    )


def test_the_log_knows_times_headers_and_status(standin: Standin) -> None:
    client = Client(standin)
    before = time.monotonic()
    client.ask(headers={"User-Agent": "somebody/1.0"})
    client.ask("/api/query?id_list=abc")
    client.ask("/nowhere")
    first, second, third = standin.requests
    assert first.headers["user-agent"] == "somebody/1.0"
    assert (first.status, second.status, third.status) == (200, 400, 404)
    assert before <= first.started <= first.ended <= second.started <= time.monotonic()
    assert third.path == "/nowhere"


def test_of_a_repeated_parameter_the_first_counts(standin: Standin) -> None:
    _, _, body = Client(standin).ask("/api/query?id_list=2408.00118&id_list=2307.15771")
    assert ids_of(body) == ["2408.00118v3"]


def test_one_connection_carries_several_requests(standin: Standin) -> None:
    connection = http.client.HTTPConnection(Client(standin).netloc, timeout=5)
    for _ in range(3):
        connection.request("GET", "/api/query?id_list=2408.00118")
        assert ids_of(connection.getresponse().read()) == ["2408.00118v3"]
    connection.close()
    assert len(standin.requests) == 3


def test_requests_that_come_too_soon_are_told_of(standin_service: Service) -> None:
    lines: list[str] = []
    with Standin(standin_service, delay=30.0, log=lines.append) as hasty:
        Client(hasty).ask()
        assert lines == []
        Client(hasty).ask()
    (line,) = lines
    assert "s since the last answer: GET /api/query?id_list=2408.00118" in line


def test_it_runs_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = tmp_path / "some.jsonl"
    papers.write_text(json.dumps({"id": "2001.90001", "title": "T", "authors": ["A"], "categories": ["cs.AI"],
                                  "published": "2020-01-01T00:00:00Z"}) + "\n", encoding="utf-8")  # fmt: skip
    stop = threading.Event()
    stop.set()
    assert main(["--papers", str(papers), "--delay", "3"], until=stop) == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/api/query\n", capsys.readouterr().out)


# --- what goes wrong -------------------------------------------------------------------------------------------

ASKED = "/api/query?id_list=2408.00118,2307.15771&max_results=10"


def struck(standin: Standin, kind: str, **options: object):
    standin.fault(kind, **options)
    return Client(standin).ask(ASKED)


def test_throttled(standin: Standin) -> None:
    status, headers, body = struck(standin, "throttled", retry_after="7")
    assert (status, body, headers["retry-after"]) == (429, b"Rate exceeded.", "7")
    assert headers["content-type"].startswith("text/plain")
    status, headers, body = struck(standin, "throttled", retry_after="Wed, 21 Oct 2026 07:28:00 GMT")
    assert headers["retry-after"] == "Wed, 21 Oct 2026 07:28:00 GMT"
    start = time.monotonic()
    status, headers, _ = struck(standin, "throttled", stall=0.2)
    assert status == 429
    assert "retry-after" not in headers
    assert time.monotonic() - start >= 0.2


@pytest.mark.parametrize(
    ("kind", "status"), [("overloaded", 503), ("overloaded", 500), ("gateway", 502), ("gateway", 504)]
)
def test_a_server_error_has_a_page_for_people(standin: Standin, kind: str, status: int) -> None:
    answered, headers, body = struck(standin, kind, status=status)
    assert answered == status
    assert headers["content-type"].startswith("text/html")
    assert b"<html>" in body


def test_hang(standin: Standin) -> None:
    standin.fault("hang")
    with pytest.raises(TimeoutError):
        Client(standin).ask(ASKED, timeout=0.2)
    standin.fault("hang", seconds=0.05)
    with pytest.raises((ConnectionResetError, http.client.RemoteDisconnected)):
        Client(standin).ask(ASKED)
    assert [seen.status for seen in standin.requests] == [0, 0]


def test_reset(standin: Standin) -> None:
    standin.fault("reset")
    with pytest.raises(ConnectionResetError):
        Client(standin).ask(ASKED)
    standin.fault("reset", after=100)
    with pytest.raises((ConnectionResetError, http.client.IncompleteRead)):
        Client(standin).ask(ASKED)


def test_half_an_answer_with_a_length_or_in_chunks(standin: Standin) -> None:
    whole = Client(standin).ask(ASKED)[2]
    for options in ({}, {"chunked": True}):
        standin.fault("cut", **options)
        with pytest.raises(http.client.IncompleteRead) as caught:
            Client(standin).ask(ASKED)
        assert 0 <= len(caught.value.partial) <= len(whole) // 2 + 1


def test_half_an_answer_without_a_length_looks_whole_to_http(standin: Standin) -> None:
    status, headers, body = struck(standin, "cut", length=False)
    assert status == 200
    assert "content-length" not in headers
    with pytest.raises(ET.ParseError):
        feed_of(body)


def test_truncated(standin: Standin) -> None:
    status, headers, body = struck(standin, "truncated", at=0.3)
    assert (status, headers["content-length"]) == (200, str(len(body)))
    with pytest.raises(ET.ParseError):
        feed_of(body)


def test_empty_page(standin: Standin) -> None:
    status, _, body = struck(standin, "empty-page")
    assert (status, ids_of(body), total_of(body)) == (200, [], 2)
    assert len(ids_of(Client(standin).ask(ASKED)[2])) == 2


def test_not_atom(standin: Standin) -> None:
    status, headers, body = struck(standin, "html")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert body.startswith(b"<!DOCTYPE html>")
    status, headers, body = struck(standin, "empty-body")
    assert (status, headers["content-length"], body) == (200, "0", b"")


def test_gzip(standin: Standin) -> None:
    _, headers, body = struck(standin, "gzip")
    assert headers["content-encoding"] == "gzip"
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(body)
    _, headers, body = struck(standin, "gzip", announced=False)
    assert "content-encoding" not in headers
    assert len(ids_of(gzip.decompress(body))) == 2


@pytest.mark.parametrize(("by", "total"), [(5, 7), (-1, 1), (-9, 0)])
def test_wrong_total(standin: Standin, by: int, total: int) -> None:
    _, _, body = struck(standin, "wrong-total", by=by)
    assert (len(ids_of(body)), total_of(body)) == (2, total)


def test_missing_id(standin: Standin) -> None:
    _, _, body = struck(standin, "missing-id", id="2307.15771")
    assert (ids_of(body), total_of(body)) == (["2408.00118v3"], 1)
    _, _, body = struck(standin, "missing-id")
    assert len(ids_of(body)) == 1
    _, _, body = struck(standin, "missing-id", id="0704.0001")
    assert len(ids_of(body)) == 2


@pytest.mark.parametrize("status", [400, 200])
def test_error_entry(standin: Standin, status: int) -> None:
    answered, _, body = struck(standin, "error-entry", message="start must be an integer", status=status)
    assert answered == status
    assert feed_of(body).findtext(f"{ATOM}entry/{ATOM}summary") == "start must be an integer"


def test_redirect(standin: Standin) -> None:
    status, headers, _ = struck(standin, "redirect")
    assert (status, headers["location"]) == (301, standin.url + ASKED.removeprefix("/api/query"))
    standin.fault("redirect", times=None, status=302)
    assert [Client(standin).ask(ASKED)[0] for _ in range(4)] == [302] * 4
    standin.clear_faults()
    assert Client(standin).ask(ASKED)[0] == 200
    _, headers, _ = struck(standin, "redirect", to="http://127.0.0.1:9/api/query")
    assert headers["location"].startswith("http://127.0.0.1:9/api/query?id_list=")


def test_drip(standin: Standin) -> None:
    standin.fault("drip", rate=50)
    connection = http.client.HTTPConnection(Client(standin).netloc, timeout=5)
    connection.request("GET", ASKED)
    response = connection.getresponse()
    start = time.monotonic()
    assert len(response.read(20)) == 20
    assert 0.2 <= time.monotonic() - start <= 3
    connection.close()
    response.close()
    standin.fault("drip", rate=1_000_000)
    assert len(ids_of(Client(standin).ask(ASKED)[2])) == 2


def test_hostile_xml(standin: Standin) -> None:
    _, _, body = struck(standin, "entity-bomb", levels=5)
    assert body.count(b"<!ENTITY") == 6
    assert b"&e5;" in body
    _, _, body = struck(standin, "external-entity")
    place = standin.url.replace("/api/query", "/external-entity")
    assert f'<!ENTITY x SYSTEM "{place}">'.encode() in body
    assert "/external-entity" not in {seen.path for seen in standin.requests}
    _, _, body = struck(standin, "external-entity", target="file:///etc/passwd")
    assert b'SYSTEM "file:///etc/passwd"' in body
    _, _, body = struck(standin, "huge-attribute", size=100_000)
    assert len(feed_of(body).get("data", "")) == 100_000


def test_every_fault_is_tried_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [kind for kind in FAULTS if f'"{kind}"' not in text] == []


def test_faults_strike_in_turn_and_where_they_apply(standin: Standin) -> None:
    standin.fault("throttled", times=2)
    standin.fault("gateway", when=lambda params: "search_query" in params)
    client = Client(standin)
    search = "/api/query?search_query=ti:gemma"
    assert [client.ask(t)[0] for t in (ASKED, ASKED, ASKED, search, search)] == [429, 429, 200, 502, 200]
    assert [seen.status for seen in standin.requests] == [429, 429, 200, 502, 200]


@pytest.mark.parametrize(("kind", "options"), [("nonsense", {}), ("throttled", {"sleep": 3})])
def test_a_fault_that_does_not_exist_is_refused_at_once(
    standin: Standin, kind: str, options: dict[str, int]
) -> None:
    with pytest.raises((ValueError, TypeError)):
        standin.fault(kind, **options)


def test_faults_do_not_touch_answers_without_http(standin: Standin) -> None:
    standin.fault("throttled")
    assert ids_of(standin.answer({"id_list": "2408.00118"})) == ["2408.00118v3"]
    assert standin.requests == []


def test_a_client_that_went_away_is_no_fault_of_the_server(standin_service: Service) -> None:
    with Standin(standin_service) as running:
        running.fault("huge-attribute", size=20_000_000)
        connection = http.client.HTTPConnection(Client(running).netloc, timeout=5)
        connection.request("GET", ASKED)
        connection.close()


# --- the committed data ----------------------------------------------------------------------------------------


def rows() -> list[dict]:
    return json.loads(SEED_FILE.read_text(encoding="utf-8"))


def test_the_committed_papers_are_27_and_their_invented_neighbours() -> None:
    papers = seed_papers()
    assert len(papers) == len({paper.id for paper in papers})
    assert [paper.invented for paper in papers[:27]] == [False] * 27
    assert sum(paper.invented for paper in papers) == len(papers) - 27 >= 150
    assert load_papers(SEED_FILE) == papers


def test_incomplete_author_lists_end_in_et_al() -> None:
    ends = {paper.id: paper.authors[-1] for paper in seed_papers()[:27] if paper.authors[-1] == "et al."}
    assert set(ends) == {"2408.07009", "2403.05530"}


def test_the_numbers_of_invented_papers_cannot_exist() -> None:
    impossible = re.compile(r"\d{4}\.9\d{4}|1204\.9999|hep-th/9107999|math/0309999")
    assert [paper.id for paper in seed_papers() if paper.invented and not impossible.fullmatch(paper.id)] == []


def test_every_real_paper_has_neighbours_of_every_kind() -> None:
    kinds: dict[str, set[str]] = {}
    for row in rows()[27:]:
        kinds.setdefault(row.get("neighbour_of", ""), set()).add(row["kind"])
    wanted = {"same-title", "longer-title", "about", "same-opening", "near-abstract", "same-authors"}
    assert [row["id"] for row in rows()[:27] if not wanted <= kinds[row["id"]]] == []


def test_invented_texts_are_all_different_and_near_ones_really_near() -> None:
    abstracts = [row["abstract"] for row in rows()]
    assert len(set(abstracts)) == len(abstracts)
    real = {row["id"]: row for row in rows()[:27]}
    for row in rows()[27:]:
        if row["kind"] == "same-title":
            assert row["title"] == real[row["neighbour_of"]]["title"]
        if row["kind"] in ("near-abstract", "same-opening"):
            ours, theirs = (set(tokens(text)) for text in (row["abstract"], real[row["neighbour_of"]]["abstract"]))
            assert 0.1 < len(ours & theirs) / len(ours) < 0.97


def test_a_same_title_is_found_twice(standin: Standin) -> None:
    for paper in seed_papers()[:27]:
        title = re.sub(r'["*?]', " ", paper.title)
        found = numbers_of(standin.answer({"search_query": f'ti:"{title}"', "max_results": 50}))
        assert paper.id in found
        assert len(found) >= 2


def test_nonexistent_texts_are_not_served(standin: Standin) -> None:
    paragraphs = (DATA / "nonexistent.txt").read_text(encoding="utf-8").strip().split("\n\n")
    assert len(paragraphs) == len(set(paragraphs)) == 50
    for paragraph in paragraphs:
        words = paragraph.split()
        assert 60 <= len(words) <= 200
        first, middle = " ".join(words[:8]), " ".join(words[25:33])
        query = " OR ".join(
            f'abs:"{phrase}"'.replace('""', '"') for phrase in (first, middle) if '"' not in phrase
        )
        assert total_of(standin.answer({"search_query": query})) == 0


def test_nonexistent_references_hold_real_titles_with_other_authors() -> None:
    references = (DATA / "nonexistent_references.txt").read_text(encoding="utf-8").splitlines()
    assert len(references) == len(set(references)) == 30
    titles = [paper.title for paper in seed_papers()[:27]]
    assert sum(any(title in reference for title in titles) for reference in references) >= 8
