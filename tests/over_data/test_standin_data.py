"""The stand-in against recorded answers of the service, and over thousands of real papers."""

from __future__ import annotations

import json
import re
import time
import urllib.parse
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.standin import Paper, Service, load_papers
from tests.standin.papers import SEED_FILE
from tests.standin.query import parse, render
from tests.standin.rewrite import adapt

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"


def paper_of(entry: ET.Element) -> Paper:
    """The paper that a recorded entry describes."""
    number, version = entry.findtext(f"{ATOM}id", "").rpartition("/abs/")[2].rsplit("v", 1)
    authors = entry.findall(f"{ATOM}author")
    names = [author.findtext(f"{ATOM}name", "") for author in authors]
    places = [tuple(place.text or "" for place in author.findall(f"{ARXIV}affiliation")) for author in authors]
    primary = entry.find(f"{ARXIV}primary_category")
    assert primary is not None
    return Paper(
        id=number,
        version=int(version),
        title=entry.findtext(f"{ATOM}title", ""),
        authors=tuple(names),
        abstract=entry.findtext(f"{ATOM}summary", ""),
        categories=tuple(category.get("term", "") for category in entry.findall(f"{ATOM}category")),
        primary_category=primary.get("term", ""),
        published=entry.findtext(f"{ATOM}published", ""),
        updated=entry.findtext(f"{ATOM}updated", ""),
        comment=entry.findtext(f"{ARXIV}comment"),
        journal_ref=entry.findtext(f"{ARXIV}journal_ref"),
        doi=" ".join(doi.text or "" for doi in entry.findall(f"{ARXIV}doi")) or None,
        affiliations=tuple((name, at) for name, at in zip(names, places, strict=True) if at),
    )


def papers_of(body: bytes) -> list[Paper]:
    return [
        paper_of(entry)
        for entry in ET.fromstring(body).iter(f"{ATOM}entry")
        if entry.find(f"{ARXIV}primary_category") is not None
    ]


def recordings(data_folder: Path) -> list[tuple[str, int, dict[str, str], bytes]]:
    """Name, status, parameters and body of each answer in the present format."""
    folder = data_folder / "captured"
    found = []
    for name, status, url in json.loads((folder / "index.json").read_text(encoding="utf-8")):
        params = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query, keep_blank_values=True))
        found.append((name, status, params, (folder / name).read_bytes()))
    assert found
    return found


def moment(body: bytes) -> str:
    return ET.fromstring(body).findtext(f"{ATOM}updated", "")


def test_id_lists_and_errors_are_answered_byte_for_byte(data_folder: Path) -> None:
    compared = 0
    for name, status, params, body in recordings(data_folder):
        if not params["id_list"]:
            continue
        now = moment(body)
        reply = Service(papers_of(body), now=lambda now=now: now).reply(params)
        assert (reply.status, reply.body) == (status, body), name
        compared += 1
    assert compared >= 9


def test_entries_and_the_head_of_searches_are_byte_for_byte(data_folder: Path) -> None:
    compared = 0
    for name, status, params, body in recordings(data_folder):
        if params["id_list"]:
            continue
        now = moment(body)
        service = Service(papers_of(body), now=lambda now=now: now)
        reply = service.reply({**params, "start": "0"})
        assert reply.status == status
        entry = re.compile(rb"  <entry>\n.*?  </entry>\n", re.DOTALL)
        assert sorted(entry.findall(reply.body)) == sorted(entry.findall(body)), name
        unlimited = Service([], now=lambda now=now: now).reply(params)
        head = re.sub(rb"(<opensearch:totalResults>)\d+", rb"\g<1>0", entry.sub(b"", body))
        assert unlimited.body == head, name
        compared += 1
    assert compared >= 10


def test_recorded_searches_are_understood_alike(data_folder: Path) -> None:
    """The recorded title holds the query as the service understood it, the link the same with its grouping."""
    for _, status, params, body in recordings(data_folder):
        if status != 200 or not params["search_query"]:
            continue
        feed = ET.fromstring(body)
        understood = adapt(params["search_query"])
        assert feed.findtext(f"{ATOM}title", "").startswith(f"arXiv Query: search_query={understood}&")
        link = feed.find(f"{ATOM}link")
        assert link is not None
        asked = urllib.parse.parse_qs(urllib.parse.urlsplit(link.get("href", "")).query)
        assert asked["search_query"] == [render(parse(understood))]


def test_searches_recorded_in_2016_find_the_same_papers(data_folder: Path) -> None:
    bodies = {path.name: path.read_bytes() for path in sorted((data_folder / "captured").glob("old2016_search*"))}
    papers = {paper.id: paper for body in bodies.values() for paper in papers_of(body)}
    service = Service(list(papers.values()))
    assert len(papers) >= 8
    for name, body in bodies.items():
        title = ET.fromstring(body).findtext(f"{ATOM}title", "")
        match = re.fullmatch(r"ArXiv Query: search_query=(.*)&id_list=.*", title)
        assert match is not None
        found = {
            paper.id for paper in papers_of(service.reply({"search_query": match[1], "max_results": "100"}).body)
        }
        recorded = {paper.id for paper in papers_of(body)}
        assert recorded, name
        assert recorded <= found, name
        assert recorded == found or total(body) > len(recorded), name


def total(body: bytes) -> int:
    return int(ET.fromstring(body).findtext("{http://a9.com/-/spec/opensearch/1.1/}totalResults", "0"))


# --- thousands of real papers ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus(data_folder: Path) -> tuple[tuple[Paper, ...], Service]:
    papers = load_papers(data_folder / "corpus_public.jsonl.gz")
    return papers, Service(papers)


def numbers(body: bytes) -> set[str]:
    return {paper.id for paper in papers_of(body)}


def test_the_corpus_is_indexed_in_seconds_and_searched_in_milliseconds(data_folder: Path) -> None:
    papers = load_papers(data_folder / "corpus_public.jsonl.gz")
    start = time.perf_counter()
    service = Service(papers)
    service.prepare()
    assert time.perf_counter() - start < 30
    start = time.perf_counter()
    for paper in papers[:200]:
        service.reply({"id_list": paper.id})
        service.reply({"search_query": 'abs:"we show that" OR ti:"quantum field theory"'})
    assert (time.perf_counter() - start) / 400 < 0.05


def test_every_paper_of_the_corpus_is_answered_by_its_id(corpus: tuple[tuple[Paper, ...], Service]) -> None:
    papers, service = corpus
    for at in range(0, len(papers), 500):
        asked = [paper.id for paper in papers[at : at + 500]]
        assert numbers(service.reply({"id_list": ",".join(asked), "max_results": "500"}).body) == set(asked)


def test_every_older_version_of_the_corpus_has_its_wording(corpus: tuple[tuple[Paper, ...], Service]) -> None:
    papers, service = corpus
    asked = [(paper, older) for paper in papers for older in paper.older_versions if older.version < paper.version]
    assert len(asked) > 300
    for paper, older in asked:
        (answered,) = papers_of(service.reply({"id_list": f"{paper.id}v{older.version}"}).body)
        assert answered.version == older.version
        assert answered.published == paper.published


def test_phrases_of_the_corpus_find_their_papers(corpus: tuple[tuple[Paper, ...], Service]) -> None:
    _, service = corpus
    tried = 0
    for paper in service.index.papers[::5]:
        words = paper.abstract.split()
        phrase = " ".join(words[len(words) // 2 :][:9])
        if re.fullmatch(r"[A-Za-z ,.]{30,}", phrase):
            reply = service.reply({"search_query": f'abs:"{phrase}"', "max_results": "100"})
            assert paper.id in numbers(reply.body)
            assert total(reply.body) <= 10
            tried += 1
    assert tried > 300


def test_titles_of_the_corpus_find_their_papers(corpus: tuple[tuple[Paper, ...], Service]) -> None:
    _, service = corpus
    for paper in service.index.papers[::7]:
        if '"' not in paper.title and not paper.title.rstrip().endswith("\\"):
            reply = service.reply({"search_query": f'ti:"{paper.title}"', "max_results": "100"})
            assert reply.status == 200
            assert paper.id in numbers(reply.body), paper.title


def test_all_answers_over_the_corpus_are_well_formed(corpus: tuple[tuple[Paper, ...], Service]) -> None:
    papers, service = corpus
    seen = 0
    for start in range(0, len(papers), 500):
        params = {"search_query": 'ti:""', "start": str(start), "max_results": "500", "sortBy": "submittedDate"}
        seen += len(papers_of(service.reply(params).body))
    assert seen == len(papers)


def test_nonexistent_texts_exist_nowhere(corpus: tuple[tuple[Paper, ...], Service]) -> None:
    _, service = corpus
    for paragraph in (SEED_FILE.parent / "nonexistent.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        words = paragraph.replace('"', " ").split()
        phrases = [" ".join(words[at : at + 8]) for at in range(0, len(words) - 8, 8)]
        hits = [phrase for phrase in phrases if total(service.reply({"search_query": f'abs:"{phrase}"'}).body)]
        assert len(hits) <= 1, hits  # some share a turn of phrase with a real paper on purpose


def test_invented_papers_are_not_in_the_corpus(corpus: tuple[tuple[Paper, ...], Service]) -> None:
    papers, _ = corpus
    known = {paper.id for paper in papers}
    assert [paper.id for paper in load_papers(SEED_FILE) if paper.invented and paper.id in known] == []


def test_the_real_papers_are_as_the_data_have_them(data_folder: Path) -> None:
    theirs = {paper.id: paper for paper in load_papers(data_folder / "seeds_truth.json")}
    ours = {paper.id: paper for paper in load_papers(SEED_FILE) if not paper.invented}
    assert ours == theirs
