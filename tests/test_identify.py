"""Which paper a mention is: the committed papers, real and invented, behind the stand-in."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote_plus

import pytest

from bibtools.identify import explain, first_questions, identify
from bibtools.model import (
    Answered,
    ArxivId,
    Entry,
    Evidence,
    Field,
    Identifier,
    Mention,
    Query,
    Record,
    Resolution,
    Span,
)
from tests.identifying import Arxiv, mention
from tests.standin.papers import seed_papers
from tests.standin.service import Service

SEEDS = tuple(paper for paper in seed_papers() if not paper.invented)
INVENTED = tuple(paper for paper in seed_papers() if paper.invented)
BY_ID = {paper.id: paper for paper in seed_papers()}
NONEXISTENT = [
    text
    for text in re.split(r"\n\s*\n", (Path(__file__).parent / "data" / "nonexistent.txt").read_text())
    if text.strip()
]


@pytest.fixture(scope="module")
def service():
    return Service(seed_papers())


@pytest.fixture
def arxiv(service):
    return Arxiv(service)


def seed_texts():
    """The bare abstracts of the seed documents, with the id that stands beneath where one does."""
    folder = Path(__file__).parent.parent / "seeds"
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text().splitlines():
            if len(line) > 300 and not line.startswith("Morgane"):
                yield line.removeprefix("Abstract:")


@pytest.mark.parametrize("paper", SEEDS, ids=lambda paper: paper.id)
def test_an_abstract_is_found_without_an_id(arxiv, paper):
    found = arxiv.one(mention(abstract=paper.abstract))
    assert (found.state, found.id) == ("resolved", f"arxiv:{paper.id}")
    assert found.evidence.method == "abstract"
    assert found.evidence.score > 0.99


def test_every_abstract_of_the_seed_documents_is_found(arxiv):
    texts = list(seed_texts())
    found = arxiv.identify([mention(abstract=text) for text in texts])
    assert len(texts) > 35
    assert {one.state for one in found.resolutions} == {"resolved"}
    assert {one.id for one in found.resolutions} == {f"arxiv:{paper.id}" for paper in SEEDS}
    assert {record.id for record in found.records} == {f"arxiv:{paper.id}" for paper in SEEDS}


@pytest.mark.parametrize("paper_id", ["2301.05062", "2403.10704", "2403.05530"])
def test_an_older_wording_is_found_and_named(arxiv, paper_id):
    older = BY_ID[paper_id].older_versions[0]
    found = arxiv.one(mention(abstract=older.abstract))
    assert found.id == f"arxiv:{paper_id}"
    assert found.evidence.version == older.version
    assert any(query.ids and query.ids[0].version for query in arxiv.asked)


@pytest.mark.parametrize("paper_id", ["2301.05062", "2403.10704"])
def test_an_older_wording_beside_its_id_contradicts_nothing(arxiv, paper_id):
    found = arxiv.one(mention(abstract=BY_ID[paper_id].older_versions[0].abstract, ids=[paper_id]))
    assert found.id == f"arxiv:{paper_id}"
    assert found.evidence.method == "identifier"
    assert found.evidence.version == 1
    assert not found.problems


def test_ids_alone_take_one_request_a_hundred(arxiv):
    found = arxiv.identify([mention(ids=[paper.id]) for paper in seed_papers()])
    assert [one.id for one in found.resolutions] == [f"arxiv:{paper.id}" for paper in seed_papers()]
    assert arxiv.requests == 3


@pytest.mark.parametrize("paper", SEEDS, ids=lambda paper: paper.id)
def test_a_title_with_its_authors_is_found(arxiv, paper):
    authors = [name for name in paper.authors if name != ":"][:4]
    found = arxiv.one(mention(paper.title, authors=authors))
    assert (found.state, found.id) == ("resolved", f"arxiv:{paper.id}")


@pytest.mark.parametrize("paper", INVENTED, ids=lambda paper: paper.id)
def test_a_neighbour_is_itself(arxiv, paper):
    """Series, revisions, replies and namesakes of the seeds are found as themselves or left open."""
    trials = [
        mention(paper.title, authors=paper.authors[:3], year=int(paper.published[:4])),
        mention(abstract=paper.abstract),
        mention(paper.title),
    ]
    for found in arxiv.identify(trials).resolutions:
        assert found.id in (None, f"arxiv:{paper.id}")


def test_texts_that_exist_nowhere_match_nothing(arxiv):
    assert len(NONEXISTENT) >= 50
    found = arxiv.identify([mention(abstract=text) for text in NONEXISTENT])
    assert {one.state for one in found.resolutions} == {"unresolved"}
    assert found.records == ()


@pytest.mark.parametrize("paper", SEEDS, ids=lambda paper: paper.id)
def test_a_real_title_with_other_authors_is_no_reference(arxiv, paper):
    found = arxiv.one(mention(paper.title, authors=["Q. Nobody", "Zx. Noone"], year=1987))
    assert found.state == "unresolved"
    assert [problem.code for problem in found.problems] == ["no-such-reference"]
    assert f"arxiv:{paper.id}" in [candidate.id for candidate in found.candidates]


@pytest.mark.parametrize(
    "title", ["Imagen 3", "Gemini", "Tracr", "Hydra Effects", "A Title That Nobody Ever Wrote"]
)
def test_a_title_that_says_too_little_stays_open(arxiv, title):
    assert arxiv.one(mention(title)).state == "unresolved"


def test_a_lookalike_does_not_stand_in_for_an_absent_paper():
    gone = {"2408.00118", "2301.05062", "2307.15771", "2408.07009"}
    arxiv = Arxiv(Service([paper for paper in seed_papers() if paper.id not in gone]))
    for paper_id in sorted(gone):
        paper = BY_ID[paper_id]
        assert arxiv.one(mention(abstract=paper.abstract)).state == "unresolved"
        assert arxiv.one(mention(paper.title, authors=paper.authors[2:5])).state == "unresolved"


def test_two_papers_of_one_abstract_are_told_apart_by_what_else_is_written():
    paper = BY_ID["2307.15771"]
    twin = replace(paper, id="2307.88888", title="Layers That Mend Themselves", authors=("Ada Twin", "Bo Twin"))
    arxiv = Arxiv(Service([*seed_papers(), twin]))
    bare = arxiv.one(mention(abstract=paper.abstract))
    assert bare.state == "unresolved"
    assert {one.id for one in bare.candidates[:2]} == {"arxiv:2307.15771", "arxiv:2307.88888"}
    assert arxiv.one(mention(abstract=". ".join(paper.abstract.split(". ")[:3]))).state == "unresolved"
    assert arxiv.one(mention(twin.title, abstract=paper.abstract)).id == "arxiv:2307.88888"
    assert arxiv.one(mention(abstract=paper.abstract, authors=["Ada Twin"])).id == "arxiv:2307.88888"


def test_two_papers_of_one_title_are_told_apart_by_their_authors():
    paper = BY_ID["2307.15771"]
    twin = replace(paper, id="2307.88888", abstract="About something else.", authors=("Ada Twin", "Bo Twin"))
    arxiv = Arxiv(Service([*seed_papers(), twin]))
    assert arxiv.one(mention(paper.title)).state == "unresolved"
    assert arxiv.one(mention(paper.title, authors=["B. Twin"])).id == "arxiv:2307.88888"
    assert arxiv.one(mention(paper.title, authors=paper.authors[:2])).id == "arxiv:2307.15771"


# ---- identifiers beside text


def test_an_id_without_text_is_taken(arxiv):
    found = arxiv.one(mention(ids=["2408.00118v2"]))
    assert found.id == "arxiv:2408.00118"
    assert found.evidence == Evidence(method="identifier", query="2408.00118")
    assert arxiv.asked == [Query(ids=(ArxivId("2408.00118"),), max_results=1)]


def test_the_text_of_another_paper_beside_an_id_is_a_contradiction(arxiv):
    found = arxiv.one(mention(abstract=BY_ID["2404.15058"].abstract, ids=["2408.00118"]))
    assert found.state == "unresolved"
    assert [problem.code for problem in found.problems] == ["contradicted"]
    assert found.candidates[0].id == "arxiv:2404.15058"
    assert "arxiv:2408.00118" in [candidate.id for candidate in found.candidates]
    assert [one.score for one in found.candidates] == sorted((one.score for one in found.candidates), reverse=True)


def test_the_title_of_another_paper_beside_an_id_is_a_contradiction(arxiv):
    found = arxiv.one(mention("Explaining grokking through circuit efficiency", ids=["2408.00118"]))
    assert (found.state, found.problems[0].code) == ("unresolved", "contradicted")


def test_a_wrong_author_list_beside_id_and_abstract_is_only_a_warning(arxiv):
    paper = BY_ID["2408.00118"]
    shifted = ["Shreya Riviere", "Pier Giuseppe Pathak", "Cassidy Sessa", "Surya Hardin"]
    found = arxiv.one(mention(paper.title, abstract=paper.abstract, authors=shifted, ids=[paper.id]))
    assert (found.state, found.id) == ("resolved", "arxiv:2408.00118")
    assert [(problem.severity, problem.code) for problem in found.problems] == [("warning", "contradicted")]
    assert "authors" in found.problems[0].message


@pytest.mark.parametrize("number", ["2912.99999", "2999.99999"], ids=["well-formed", "malformed"])
def test_an_unknown_id_is_said_to_be_unknown(arxiv, number):
    found = arxiv.one(mention(ids=[number]))
    assert (found.state, found.id, found.problems[0].code) == ("unresolved", None, "no-such-id")


def test_an_unknown_id_beside_a_known_text_gives_a_candidate(arxiv):
    found = arxiv.one(mention(abstract=BY_ID["2307.15771"].abstract, ids=["2999.99999"]))
    assert (found.state, found.problems[0].code) == ("unresolved", "no-such-id")
    assert found.candidates[0].id == "arxiv:2307.15771"


def test_the_text_decides_between_two_ids(arxiv):
    found = arxiv.one(mention(abstract=BY_ID["2307.15771"].abstract, ids=["2408.00118", "2307.15771"]))
    assert (found.id, found.evidence.method) == ("arxiv:2307.15771", "identifier")


def test_two_ids_without_text_decide_nothing(arxiv):
    found = arxiv.one(mention(ids=["2408.00118", "2307.15771"]))
    assert (found.state, found.problems[0].code) == ("unresolved", "several-ids")
    assert len(found.candidates) == 2


def test_a_quoted_id_is_not_the_papers_own(arxiv):
    paper = BY_ID["2307.15771"]
    quoting = mention(abstract=paper.abstract, ids=["2408.00118"])
    quoting = replace(quoting, identifiers=tuple(replace(one, own=False) for one in quoting.identifiers))
    assert arxiv.one(quoting).id == "arxiv:2307.15771"


@pytest.mark.parametrize(
    ("doi", "paper_id"),
    [
        ("10.5555/mammlettb.2013.719", "1204.9999"),
        ("10.5555/physexerc.d.77.019901", "1605.90001"),
        ("10.48550/arxiv.2408.00118", "2408.00118"),
    ],
)
def test_a_doi_names_its_paper(arxiv, doi, paper_id):
    assert arxiv.one(mention(dois=[doi])).id == f"arxiv:{paper_id}"


def test_a_doi_that_arxiv_does_not_know(arxiv):
    found = arxiv.one(mention(dois=["10.5555/nothing"]))
    assert (found.state, found.problems[0].code) == ("unresolved", "no-such-id")


def test_a_withdrawn_paper_is_resolved_with_a_warning(arxiv):
    found = arxiv.one(mention(ids=["2311.90002"]))
    assert (found.state, [problem.code for problem in found.problems]) == ("resolved", ["withdrawn"])


# ---- one text, one paper


def test_mentions_of_one_text_are_one_paper(arxiv):
    older = BY_ID["2301.05062"].older_versions[0].abstract
    named, bare = mention(abstract=older, ids=["2301.05062"]), mention(abstract=older, source="b.txt")
    found = arxiv.identify([bare, named])
    assert [one.id for one in found.resolutions] == ["arxiv:2301.05062"] * 2
    assert [one.evidence.method for one in found.resolutions] == ["same-text", "identifier"]
    assert not [query for query in arxiv.asked if query.search]


def test_mentions_of_one_text_with_different_ids_are_judged_apart(arxiv):
    text = BY_ID["2307.15771"].abstract
    right, wrong = mention(abstract=text, ids=["2307.15771"]), mention(abstract=text, ids=["2408.00118"])
    found = arxiv.identify([right, wrong])
    assert [one.state for one in found.resolutions] == ["resolved", "unresolved"]


def test_one_text_with_another_papers_title_is_not_taken_along(arxiv):
    paper = BY_ID["2307.15771"]
    other = mention("Explaining grokking through circuit efficiency", abstract=paper.abstract, source="b.txt")
    found = arxiv.identify([mention(paper.title, abstract=paper.abstract, authors=paper.authors[:2]), other])
    assert [one.state for one in found.resolutions] == ["resolved", "unresolved"]
    assert [problem.code for problem in found.resolutions[1].problems] == ["contradicted"]


def test_a_heading_over_an_abstract_is_no_title(arxiv):
    found = arxiv.one(mention("Notes for the penguin seminar in November", abstract=BY_ID["2307.15771"].abstract))
    assert found.id == "arxiv:2307.15771"


def test_the_abstract_under_the_title_of_its_sequel_decides_nothing(arxiv):
    paper = BY_ID["2408.00118"]
    sequel = "Gemma 2: Improving Open Language Models at a Practical Size, Part II: Tokenisation and Long Inputs"
    gone = Arxiv(Service([one for one in seed_papers() if one.title != sequel]))
    assert (
        gone.one(mention("Gemma 3: Improving Open Models at Any Size", abstract=paper.abstract)).state
        == "unresolved"
    )


def test_one_text_of_two_papers_is_not_shared_out():
    paper = BY_ID["2307.15771"]
    twin = replace(paper, id="2307.88888", title="Layers That Mend Themselves", authors=("Ada Twin", "Bo Twin"))
    arxiv = Arxiv(Service([*seed_papers(), twin]))
    texts = [mention(abstract=paper.abstract, ids=[one]) for one in (paper.id, twin.id)]
    found = arxiv.identify([*texts, mention(abstract=paper.abstract, source="b.txt")])
    assert [one.id for one in found.resolutions] == ["arxiv:2307.15771", "arxiv:2307.88888", None]


def test_a_piece_of_two_abstracts_is_not_the_shorter_ones():
    paper = BY_ID["2307.15771"]
    longer = replace(
        paper, id="2307.88888", title="Layers", abstract=paper.abstract + " " + BY_ID["2408.00118"].abstract
    )
    arxiv = Arxiv(Service([*seed_papers(), longer]))
    piece = ". ".join(paper.abstract.split(". ")[:3])
    assert arxiv.one(mention(abstract=piece)).state == "unresolved"
    assert arxiv.one(mention(abstract=paper.abstract)).id == "arxiv:2307.15771"
    assert arxiv.one(mention(abstract=longer.abstract)).id == "arxiv:2307.88888"


# ---- what is known already


def test_known_records_are_compared_before_anything_is_asked(arxiv):
    paper = BY_ID["2307.15771"]
    known = {record.id: record for record in arxiv.identify([mention(ids=[paper.id])]).records}
    arxiv.asked.clear()
    edited = mention(abstract=paper.abstract.replace("motifs", "motives"))
    found = arxiv.identify([edited, mention(ids=[paper.id])], known=known)
    assert [one.id for one in found.resolutions] == [f"arxiv:{paper.id}"] * 2
    assert found.records == tuple(known.values())
    assert arxiv.asked == []


@pytest.mark.parametrize("state", ["resolved", "pinned", "ignored"])
def test_what_is_settled_stays(arxiv, state):
    one = mention(abstract=BY_ID["2307.15771"].abstract)
    paper_id = None if state == "ignored" else "arxiv:2404.15058"
    settled = Resolution(digest=one.digest, state=state, id=paper_id)
    found = arxiv.identify([one], settled={one.digest: settled})
    assert found.resolutions == (settled,)
    assert [record.id for record in found.records] == ([] if paper_id is None else [paper_id])


def test_what_was_open_is_asked_again(arxiv):
    one = mention(abstract=BY_ID["2307.15771"].abstract)
    open_before = {one.digest: Resolution(digest=one.digest, state="unresolved")}
    assert arxiv.one(one, settled=open_before).id == "arxiv:2307.15771"


def test_without_answers_everything_stays_open():
    run = identify([mention(abstract=paper.abstract) for paper in SEEDS])
    queries = next(run)
    with pytest.raises(StopIteration) as stop:
        while True:
            queries = run.send({query: Answered() for query in queries})
    assert {one.state for one in stop.value.value.resolutions} == {"unresolved"}


# ---- entries of structured sources

BOOK = Entry(entry_type="book", key="knuth", fields=(Field("title", "The TeXbook"),))


def test_an_entry_that_arxiv_lacks_is_a_record_of_its_own(arxiv):
    one = mention("The TeXbook", authors=["Donald E. Knuth"], year=1984, entry=BOOK)
    found = arxiv.identify([one])
    (resolution,), (record,) = found.resolutions, found.records
    assert (resolution.state, resolution.id) == ("resolved", f"local:{one.digest}")
    assert resolution.evidence.method == "entry"
    assert (record.title, record.entry, record.authors[0].family) == ("The TeXbook", BOOK, "Knuth")


def test_an_entry_with_a_doi_keeps_it_as_its_id(arxiv):
    found = arxiv.identify([mention("The TeXbook", authors=["D. Knuth"], dois=["10.5555/texbook"], entry=BOOK)])
    assert found.resolutions[0].id == "doi:10.5555/texbook"
    assert found.records[0].dois == ("10.5555/texbook",)


def test_an_entry_is_found_by_title_authors_and_year_together(arxiv):
    paper = BY_ID["2309.02390"]
    entry = Entry(entry_type="article", key="k", fields=())
    whole = mention(paper.title, authors=paper.authors[:2], year=2023, entry=entry)
    no_year = mention(paper.title, authors=paper.authors[:2], entry=entry)
    wrong_year = mention(paper.title, authors=paper.authors[:2], year=1999, entry=entry)
    found = arxiv.identify([whole, no_year, wrong_year])
    assert [one.id.partition(":")[0] for one in found.resolutions] == ["arxiv", "local", "local"]


def test_an_entry_with_an_id_that_arxiv_lacks_is_kept_with_a_warning(arxiv):
    found = arxiv.one(mention("The TeXbook", authors=["D. Knuth"], ids=["2999.99999"], entry=BOOK))
    assert (found.state, found.evidence.method, found.problems[0].code) == ("resolved", "entry", "no-such-id")


# ---- asking politely, answering alike


def test_many_mentions_share_requests_of_bounded_length(arxiv):
    mentions = [mention(abstract=paper.abstract) for paper in seed_papers()]
    arxiv.identify(mentions)
    assert arxiv.requests < 0.2 * len(mentions)
    assert max(len(quote_plus(query.search)) for query in arxiv.asked) <= 1_780


def test_a_mention_alone_takes_one_request_or_two(service):
    spent = []
    for paper in SEEDS:
        arxiv = Arxiv(service)
        arxiv.one(mention(abstract=paper.abstract))
        spent.append(arxiv.requests)
    assert sum(spent) <= 1.5 * len(spent)


def test_the_order_of_mentions_changes_nothing(service):
    mentions = [mention(abstract=paper.abstract) for paper in seed_papers()[:80]]
    forth = {one.digest: one for one in Arxiv(service).identify(mentions).resolutions}
    back = {one.digest: one for one in Arxiv(service).identify(mentions[::-1]).resolutions}
    assert {digest: (one.state, one.id) for digest, one in forth.items()} == {
        digest: (one.state, one.id) for digest, one in back.items()
    }
    assert [one.digest for one in Arxiv(service).identify(mentions).resolutions] == [
        one.digest for one in mentions
    ]


def test_the_first_questions_can_be_shown_without_asking():
    one = mention("Explaining grokking through circuit efficiency", abstract=BY_ID["2309.02390"].abstract)
    assert first_questions([mention(ids=["2309.02390"])]) == (Query(ids=(ArxivId("2309.02390"),), max_results=1),)
    (query,) = first_questions([one])
    assert 'ti:"explaining grokking through circuit efficiency"' in query.search
    assert first_questions([]) == ()


def test_an_answer_cut_off_is_not_taken_for_the_only_one(arxiv):
    """More papers contain the title's phrase than the page shows: an equal title may be among those not shown."""
    record = arxiv.identify([mention(ids=["2309.02390"])]).records[0]
    run = identify([mention(record.title)])
    queries = next(run)
    with pytest.raises(StopIteration) as stop:
        while True:
            queries = run.send({query: Answered(records=(record,), total=5_000) for query in queries})
    assert stop.value.value.resolutions[0].state == "unresolved"


def test_a_resolution_is_explained_in_words(arxiv):
    older = BY_ID["2403.10704"].older_versions[0].abstract
    found = arxiv.identify([mention(abstract=older)])
    text = explain(found.resolutions[0], found.records[0])
    assert "version 1" in text
    assert "Parameter Efficient Reinforcement Learning from Human Feedback" in text
    assert "\n" not in text


def test_a_doi_that_is_not_the_records_is_told():
    said = {"arxiv": "0704.0001", "doi": "10.9999/other"}
    identifiers = tuple(Identifier(scheme, value) for scheme, value in said.items())
    written = Mention(
        source="n.txt", span=Span(0, 1), line=1, end_line=1, digest="d", kind="identifier", identifiers=identifiers
    )
    record = Record(id="arxiv:0704.0001", title="Diphotons", dois=("10.1103/PhysRevD.76.013009",))
    with pytest.raises(StopIteration) as end:
        next(identify([written], known={record.id: record}))
    found = end.value.value.resolutions[0]
    assert (found.state, [problem.code for problem in found.problems]) == ("resolved", ["contradicted"])
