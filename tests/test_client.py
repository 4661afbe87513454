"""Questions and answers: batches, completeness, versions, pages, cache."""

import pytest

from bibtools import atom
from bibtools.client import NotCachedError, QueryRefusedError, address
from bibtools.client.client import Client, user_agent
from bibtools.errors import UsageError
from bibtools.model import Answered, ArxivId, Query
from tests.client_bed import DELAY, PAPERS, Bed, ids, paper
from tests.standin import Service, Standin

DAY = 24 * 3600


@pytest.fixture(scope="module")
def service():
    return Service([*PAPERS, *(paper(number) for number in range(100, 360))])


@pytest.fixture
def bed(service, tmp_path):
    with Standin(service) as standin:
        yield Bed(standin, tmp_path)


def texts(answer):
    return [f"{record.arxiv_number}v{record.version}" for record in answer.records]


def test_ids_are_answered_in_their_order(bed):
    client = bed.client()
    answer = client.ask(ids("2401.00003", "hep-th/9901001", "2401.00001"))
    assert texts(answer) == ["2401.00003v1", "hep-th/9901001v1", "2401.00001v1"]
    assert answer.total == 3
    assert client.requests_sent == len(bed.standin.requests) == 1
    assert client.problems == []


def test_the_record_is_what_the_parser_makes_of_the_answer(bed):
    (record,) = bed.client().ask(ids("2401.00001")).records
    body = bed.standin.answer({"id_list": "2401.00001"})
    assert atom.parse_feed(body, retrieved=record.retrieved).records == (record,)
    assert record.retrieved[:2] == "20"
    assert record.retrieved.endswith("Z")


def test_the_request_names_its_sender(bed):
    bed.client(contact="mailto:me@example.org\r\nX-Evil: 1").ask(ids("2401.00001"))
    (seen,) = bed.standin.requests
    assert seen.headers["user-agent"] == "bibtools/0.1 (+mailto:me@example.orgX-Evil: 1)"
    assert "x-evil" not in seen.headers
    assert seen.method == "GET"
    assert seen.params == {"id_list": "2401.00001", "start": "0", "max_results": "1"}
    assert "cookie" not in seen.headers
    assert "authorization" not in seen.headers


def test_versions(bed):
    answer = bed.client().ask(ids("2401.00008", "2401.00008v1", "2401.00008v3"))
    assert texts(answer) == ["2401.00008v3", "2401.00008v1", "2401.00008v3"]
    assert [record.title for record in answer.records] == ["Now Called So", "Once Called So", "Now Called So"]
    assert bed.asked == ["2401.00008", "2401.00008v1,2401.00008v3"], "with and without version apart"


def test_a_version_that_is_not_there_is_absent_not_another_one(bed):
    assert bed.client().ask(ids("2401.00008v9")) == Answered()
    assert bed.asked == ["2401.00008v9"] * 2


def test_an_absent_id_is_asked_once_more_and_by_the_next_run_again(bed):
    client = bed.client()
    assert texts(client.ask(ids("2401.00001", "2401.99999", "2401.00002"))) == ["2401.00001v1", "2401.00002v1"]
    assert bed.asked == ["2401.00001,2401.99999,2401.00002", "2401.99999"]
    assert bed.client().ask(ids("2401.99999")).records == ()
    assert len(bed.asked) == 4


def test_many_ids_go_in_batches(bed):
    wanted = [f"2401.{number:05d}" for number in range(100, 350)]
    client = bed.client()
    assert len(client.ask(ids(*wanted)).records) == 250
    assert [request.count(",") + 1 for request in bed.asked] == [100, 100, 50]
    assert all(len(seen.target) < address.MAX_URL for seen in bed.standin.requests)
    assert [step.message for step in bed.told if step.kind == "asking"] == [
        "request 1 of 3",
        "request 2 of 3",
        "request 3 of 3",
    ]


def test_absent_ids_of_all_batches_are_asked_again_together(bed):
    wanted = [f"2401.{number:05d}" for number in range(100, 298)]
    wanted[50], wanted[150] = "2401.77777", "2401.88888"
    assert len(bed.client().ask(ids(*wanted)).records) == 196
    assert len(bed.asked) == 3
    assert bed.asked[-1] == "2401.77777,2401.88888"


@pytest.mark.parametrize(
    "text",
    ["abc", "2401.1", "math.GT/0309136", "hep-th/9901", "2401.00001,2401.00002", " 2401.00001", "arXiv:2401.00001",
     "2401.00001\n", "２４０１.00001", ""],
)  # fmt: skip
def test_a_malformed_id_is_never_sent(bed, text):
    with pytest.raises(ValueError, match="not an arXiv id"):
        bed.client().ask(Query(ids=(ArxivId("2401.00001"), ArxivId(text))))
    assert bed.asked == []


@pytest.mark.parametrize(
    "query",
    [
        Query(ids=(ArxivId("2401.00001"),), search="ti:x"),
        Query(search=" \n "),
        Query(search="ti:x", max_results=0),
        Query(search="ti:" + "x" * 2_000),
        Query(ids=(ArxivId("2401.00001", 0),)),
    ],
    ids=["both", "blank", "no results", "too long", "version 0"],
)
def test_questions_that_are_none(bed, query):
    with pytest.raises(ValueError, match=r"id|search|query"):
        bed.client().ask(query)
    assert bed.asked == []


def test_no_question_no_request(bed):
    assert bed.client().ask(Query()) == Answered()
    assert bed.asked == []


# the service refuses an id that looked like one


@pytest.mark.parametrize("status", [400, 200])
def test_a_refused_id_is_taken_out_and_reported(bed, status):
    bed.standin.fault("error-entry", message="incorrect id format for hep-xx/9901001", status=status)
    client = bed.client()
    answer = client.ask(ids("2401.00001", "hep-xx/9901001", "2401.00002"))
    assert texts(answer) == ["2401.00001v1", "2401.00002v1"]
    assert bed.asked == ["2401.00001,hep-xx/9901001,2401.00002", "2401.00001,2401.00002"]
    (problem,) = client.problems
    assert (problem.code, problem.severity) == ("arxiv-bad-id", "warning")
    assert "hep-xx/9901001" in problem.message


def test_the_stand_in_itself_refuses_an_unknown_archive(bed):
    client = bed.client()
    assert texts(client.ask(ids("foo-bar/9901001", "2401.00001", "foo-baz/9901001"))) == ["2401.00001v1"]
    assert len(client.problems) == 2
    assert bed.asked[-1] == "2401.00001"
    assert len(bed.asked) == 3


def test_only_refused_ids(bed):
    assert bed.client().ask(ids("foo-bar/9901001")) == Answered()
    assert len(bed.asked) == 1


# searches


def test_search(bed):
    client = bed.client()
    answer = client.ask(Query(search='ti:"old\n paper"', max_results=5))
    assert texts(answer) == ["hep-th/9901001v1"]
    assert answer.total == 1
    (seen,) = bed.standin.requests
    assert seen.params == {"search_query": 'ti:"old paper"', "start": "0", "max_results": "5"}


def test_a_search_that_finds_nothing_is_asked_twice_and_not_kept(bed):
    query = Query(search='ti:"nothing of the kind"')
    assert bed.client().ask(query) == Answered()
    assert bed.client().ask(query) == Answered()
    assert len(bed.asked) == 4


def test_no_more_results_than_wanted(bed):
    answer = bed.client().ask(Query(search="ti:invented", max_results=3))
    assert len(answer.records) == 3
    assert answer.total == 267
    assert len(bed.asked) == 1


def starts(bed):
    return [int(seen.params["start"]) for seen in bed.standin.requests]


def test_pages(bed, monkeypatch):
    monkeypatch.setattr(address, "MAX_PAGE", 100)
    answer = bed.client().ask(Query(search="ti:invented", max_results=1_000))
    assert len({record.id for record in answer.records}) == len(answer.records) == answer.total == 267
    assert starts(bed) == [0, 100, 200]


def test_pages_end_where_enough_is_there(bed, monkeypatch):
    monkeypatch.setattr(address, "MAX_PAGE", 100)
    assert len(bed.client().ask(Query(search="ti:invented", max_results=150)).records) == 150
    assert starts(bed) == [0, 100]


@pytest.mark.parametrize(("by", "starts_seen"), [(30, [0, 100, 200, 267, 267]), (-200, [0, 100, 200])])
def test_paging_follows_what_comes_not_what_is_announced(bed, monkeypatch, by, starts_seen):
    monkeypatch.setattr(address, "MAX_PAGE", 100)
    bed.standin.fault("wrong-total", times=None, by=by)
    answer = bed.client().ask(Query(search="ti:invented", max_results=1_000))
    assert len(answer.records) == 267
    assert starts(bed) == starts_seen


def test_an_empty_page_in_between_is_asked_again(bed, monkeypatch):
    monkeypatch.setattr(address, "MAX_PAGE", 100)
    bed.standin.fault("empty-page", times=2, when=lambda params: params["start"] == "100")
    assert len(bed.client().ask(Query(search="ti:invented", max_results=1_000)).records) == 267
    assert starts(bed) == [0, 100, 100, 100, 200]


def test_a_service_that_ignores_the_start_ends_the_search(bed, monkeypatch):
    monkeypatch.setattr(address, "MAX_PAGE", 10)
    url = address.search_url
    monkeypatch.setattr(
        address, "search_url", lambda base, search, *, start, size: url(base, search, start=0, size=size)
    )
    assert len(bed.client(cache=None).ask(Query(search="ti:invented", max_results=1_000)).records) == 10
    assert len(bed.asked) == 2


@pytest.mark.parametrize(("search", "times"), [('ti:"a\\"', 1), ("ti:*x", 2), ("submittedDate:2023", 2)])
def test_a_refused_search(bed, search, times):
    """A 500 with an error entry may be trouble of the service's own, so it is asked once more."""
    client = bed.client()
    with pytest.raises(QueryRefusedError) as caught:
        client.ask(Query(search=search))
    assert len(bed.asked) == times
    assert caught.value.query == search
    assert caught.value.problem.code == "arxiv-query-refused"
    assert client.ask(Query(search="ti:old")).total == 1, "other queries go on"


# cache


def test_the_cache_answers_for_a_day_and_overlapping_batches(bed):
    bed.client().ask(ids("2401.00001", "2401.00002", "2401.00008"))
    again = bed.client()
    assert texts(again.ask(ids("2401.00002", "2401.00003", "2401.00001"))) == [
        "2401.00002v1",
        "2401.00003v1",
        "2401.00001v1",
    ]
    assert bed.asked[1:] == ["2401.00003"]
    bed.time.sleep(DAY - 60)
    assert again.ask(ids("2401.00002")).total == 1
    assert len(bed.asked) == 2
    bed.time.sleep(120)
    assert again.ask(ids("2401.00002", "2401.00008v3")).total == 2
    assert bed.asked[2:] == ["2401.00002"], "a given version never changes"


def test_a_record_from_the_cache_is_the_one_that_was_fetched(bed):
    fetched = bed.client().ask(ids("2401.00008", "2401.00008v1"))
    bed.time.sleep(100)
    assert bed.client().ask(ids("2401.00008", "2401.00008v1")) == fetched


def test_another_age_may_be_asked_for(bed):
    bed.client().ask(ids("2401.00001"))
    bed.time.sleep(100)
    bed.client(fresh=50).ask(ids("2401.00001"))
    assert len(bed.asked) == 2


def test_a_search_is_cached_for_a_day_with_its_entries(bed):
    query = Query(search='ti:"now called"', max_results=5)
    first = bed.client().ask(query)
    bed.time.sleep(1000)
    assert bed.client().ask(query) == first
    assert bed.client().ask(ids("2401.00008v3")).total == 1
    assert len(bed.asked) == 1
    bed.client().ask(Query(search='ti:"now called"', max_results=6))
    assert len(bed.asked) == 2


def test_another_service_has_other_answers(bed, service):
    bed.client().ask(ids("2401.00001"))
    with Standin(service) as other:
        bed.client(url=other.url).ask(ids("2401.00001"))
        assert len(other.requests) == 1


def test_without_a_cache(bed):
    for _ in range(2):
        assert bed.client(cache=None).ask(ids("2401.00001")).total == 1
    assert len(bed.asked) == 2


def test_a_spoiled_answer_in_the_cache_is_none(bed):
    bed.client().ask(ids("2401.00001"))
    cache = bed.cache()
    key = bed.client()._key("2401.00001")
    document, retrieved = cache.get(key)
    for spoiled in (document[:-20], document.replace(b"2401.00001", b"2401.00002")):
        cache.put([(key, spoiled)], retrieved=retrieved)
        assert texts(bed.client().ask(ids("2401.00001"))) == ["2401.00001v1"]
    assert len(bed.asked) == 3


# offline


def test_offline_the_cache_answers_whatever_its_age(bed):
    bed.client().ask(ids("2401.00001", "2401.00002"))
    bed.client().ask(Query(search="ti:old"))
    bed.time.sleep(100 * DAY)
    offline = bed.client(offline=True)
    assert texts(offline.ask(ids("2401.00002", "2401.00001"))) == ["2401.00002v1", "2401.00001v1"]
    assert offline.ask(Query(search="ti:old")).total == 1
    assert len(bed.asked) == 2


def test_offline_what_is_not_cached_is_told(bed):
    bed.client().ask(ids("2401.00001"))
    offline = bed.client(offline=True)
    with pytest.raises(NotCachedError) as caught:
        offline.ask(ids("2401.00002", "2401.00001"))
    assert [record.id for record in caught.value.records] == ["arxiv:2401.00001"]
    assert caught.value.missing == (ArxivId("2401.00002"),)
    assert caught.value.problem.code == "arxiv-offline"
    with pytest.raises(NotCachedError, match="the search"):
        offline.ask(Query(search="ti:old"))
    assert len(bed.asked) == 1


def test_offline_without_any_cache(bed):
    with pytest.raises(NotCachedError):
        bed.client(offline=True, cache=None).ask(ids("2401.00001"))


# preview


# settings


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"url": "https://export.arxiv.org/api/query", "delay": 2.9}, "arxiv-delay"),
        ({"url": "https://EXPORT.arXiv.org./api/query", "delay": 0.0}, "arxiv-delay"),
        ({"url": "http://arxiv.org:8080/api/query", "delay": 1}, "arxiv-delay"),
        ({"delay": -1.0}, "arxiv-delay"),
        ({"delay": float("nan")}, "arxiv-delay"),
        ({"timeout": 0.0}, "arxiv-delay"),
        ({"patience": float("inf")}, "arxiv-delay"),
        ({"url": "file:///etc/passwd"}, "arxiv-url"),
        ({"url": "export.arxiv.org/api/query"}, "arxiv-url"),
        ({"url": "http://[::1/"}, "arxiv-url"),
        ({"url": "http://x:99999/"}, "arxiv-url"),
    ],
)
def test_settings_that_cannot_be_used(tmp_path, changes, code):
    values = {"url": "http://127.0.0.1/", "delay": DELAY, "timeout": 1.0, "patience": 1.0, **changes}
    with pytest.raises(UsageError) as caught:
        Client(**values, contact="", version="1", cache=None, state_folder=tmp_path)
    assert caught.value.problem.code == code


def test_arxiv_itself_may_be_asked_every_three_seconds(tmp_path):
    url = "https://export.arxiv.org/api/query"
    Client(url=url, delay=3, timeout=60, patience=120, contact="", version="1", cache=None, state_folder=tmp_path)


def test_user_agent():
    assert user_agent("1.0", " ") == "bibtools/1.0"
    assert user_agent("1.0", "x" * 999) == f"bibtools/1.0 (+{'x' * 200})"
    assert user_agent("1.0", "ü(c)\\") == "bibtools/1.0 (+c)"
