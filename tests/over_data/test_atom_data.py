"""Answers that were really given: each is read as it must be, and as the `arxiv` package reads it."""

import json

import pytest

from bibtools.atom import FeedError, parse_feed
from bibtools.client.transport import Reply
from bibtools.client.verdict import judge
from bibtools.model import ArxivId

WHEN = "2026-04-12T22:09:26Z"


@pytest.fixture(scope="module")
def captured(data_folder):
    files = {path.name: path.read_bytes() for path in sorted((data_folder / "captured").glob("*.xml"))}
    assert len(files) > 20
    return files


def test_every_answer_has_the_expected_meaning(captured, data_folder):
    status = {name: code for name, code, _ in json.loads((data_folder / "captured" / "index.json").read_bytes())}
    for name, data in captured.items():
        code = status.get(name, 200)
        verdict = judge(Reply(status=code, headers={}, body=data), now=0.0, retrieved=WHEN)
        assert verdict.kind == ("good" if code == 200 else "bad-id"), name
        if code != 200:
            assert verdict.detail == name.split("_")[2]


def test_records_agree_with_the_packages_own_results(captured):
    from arxiv import _feed

    records = 0
    for name, data in captured.items():
        feed, theirs = parse_feed(data, retrieved=WHEN), _feed.parse(data)
        if feed.error is not None:
            assert theirs.results == [], name
            continue
        assert (feed.total, feed.start) == (theirs.header.total_results, theirs.header.start_index), name
        assert len(feed.records) == len(theirs.results) == data.count(b"<entry>"), name
        for record, result in zip(feed.records, theirs.results, strict=True):
            records += 1
            assert str(ArxivId(record.arxiv_number, record.version)) == result.get_short_id()
            assert record.title == " ".join(result.title.split())
            assert record.abstract == " ".join(result.summary.split())
            assert record.categories[0] == record.primary_category == result.primary_category
            assert str(record.published) == f"{result.published:%Y-%m-%d}"
            assert str(record.updated) == f"{result.updated:%Y-%m-%d}"
            assert set(result.categories) == set(record.categories)
            assert (result.doi or "").split() == list(record.dois) or len(record.dois) > 1
            names = [author.name for author in result.authors]
            assert len(record.authors) + names.count(":") == len(names)
    assert records > 200


def test_entries_alone_are_the_same(captured):
    for data in captured.values():
        feed = parse_feed(data, retrieved=WHEN)
        for record, document in zip(feed.records, feed.documents, strict=True):
            assert parse_feed(document, retrieved=WHEN).records == (record,)


def test_no_beginning_is_taken_for_the_whole(captured):
    for name, data in captured.items():
        whole = data.rstrip()
        for stop in range(0, len(whole), max(1, len(whole) // 40)):
            with pytest.raises(FeedError):
                parse_feed(whole[:stop], retrieved=WHEN)
                pytest.fail(f"{name} up to {stop}")
