"""Everything that goes wrong with the service, one by one: once and for ever."""

import email.utils
import re
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest

from bibtools.client import transport
from bibtools.client.courier import MAX_HOPS, MAX_THROTTLED, MAX_UNCONNECTED
from bibtools.errors import ExitCode, ServiceError
from bibtools.model import Query
from tests.client_bed import DELAY, PAPERS, Bed, ids
from tests.standin import Service, Standin

ASKED = ids("2401.00001", "2401.00002", "2401.00003")
SEARCH = Query(search="ti:invented", max_results=3)


@pytest.fixture(scope="module")
def service():
    return Service(PAPERS)


@pytest.fixture
def bed(service, tmp_path):
    with Standin(service) as standin:
        yield Bed(standin, tmp_path)


FAULTS = {
    "throttled": ("throttled", {}),
    "throttled, seconds": ("throttled", {"retry_after": "7"}),
    "throttled, nonsense": ("throttled", {"retry_after": "later"}),
    "throttled after a stall": ("throttled", {"stall": 0.05}),
    "overloaded 503": ("overloaded", {}),
    "overloaded 500": ("overloaded", {"status": 500}),
    "overloaded, seconds": ("overloaded", {"retry_after": "7"}),
    "gateway 502": ("gateway", {}),
    "gateway 504": ("gateway", {"status": 504}),
    "closed without an answer": ("hang", {"seconds": 0.05}),
    "reset": ("reset", {}),
    "reset in the body": ("reset", {"after": 300}),
    "cut": ("cut", {}),
    "cut near the end": ("cut", {"at": 0.99}),
    "cut without length": ("cut", {"length": False}),
    "cut in chunks": ("cut", {"chunked": True}),
    "truncated": ("truncated", {}),
    "truncated near the end": ("truncated", {"at": 0.99}),
    "empty page": ("empty-page", {}),
    "html": ("html", {}),
    "empty body": ("empty-body", {}),
    "entity bomb": ("entity-bomb", {}),
    "external entity": ("external-entity", {}),
    "huge attribute": ("huge-attribute", {"size": 1_500_000}),
    "error about another id": ("error-entry", {}),
}


@pytest.mark.parametrize(
    ("kind", "options", "query"),
    [
        pytest.param(kind, options, query, id=f"{name}, {'search' if query.search else 'ids'}")
        for name, (kind, options) in FAULTS.items()
        for query in (ASKED, SEARCH)
        if kind != "error-entry" or query.ids
    ],
)
def test_twice_wrong_then_right(bed, kind, options, query):
    bed.standin.fault(kind, times=2, **options)
    client = bed.client()
    assert len(client.ask(query).records) == 3
    assert client.requests_sent == len(bed.standin.requests) == 3
    assert all(seen.path == "/api/query" for seen in bed.standin.requests), "no entity was fetched"
    waits = [step.seconds for step in bed.told if step.kind in ("retrying", "waiting")]
    assert len(waits) == 2
    assert waits[0] < waits[1] or waits == [7, 7], "each wait is longer, or what was asked for"
    assert bed.client(offline=True).ask(query).records, "the good answer was kept"


def test_a_hanging_service_is_left_after_the_timeout(bed):
    bed.standin.fault("hang", times=1)
    start = time.monotonic()
    assert len(bed.client(timeout=0.2).ask(ASKED).records) == 3
    assert time.monotonic() - start < 2


def test_a_dripping_service_is_left_after_the_timeout(bed):
    bed.standin.fault("drip", times=1, rate=100)
    start = time.monotonic()
    assert len(bed.client(timeout=0.3).ask(ASKED).records) == 3
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("announced", [True, False], ids=["announced, not packed", "packed, not announced"])
def test_packing_announced_wrongly_does_no_harm(bed, announced):
    bed.standin.fault("gzip", announced=announced)
    assert len(bed.client().ask(ASKED).records) == 3
    assert len(bed.asked) == 1


@pytest.mark.parametrize("by", [5, -1, -5])
def test_a_wrong_count_does_no_harm(bed, by):
    bed.standin.fault("wrong-total", times=None, by=by)
    assert len(bed.client().ask(ASKED).records) == 3
    assert len(bed.asked) == 1


def test_a_paper_left_out_is_asked_for_again(bed):
    bed.standin.fault("missing-id", times=1, id="2401.00002")
    assert len(bed.client().ask(ASKED).records) == 3
    assert bed.asked == ["2401.00001,2401.00002,2401.00003", "2401.00002"]


class Altered:
    """A service whose first answers are changed; `change` gets the number of the request and the right answer."""

    def __init__(self, service, change):
        self._service, self._change, self._number = service, change, 0

    def reply(self, params):
        self._number += 1
        return self._change(self._number, self._service.reply(params))


def test_fewer_than_announced_is_no_proof_of_absence(bed, service):
    """The pages lack entries that their counts include: such absence is not believed, however often it is seen."""

    def change(number, reply):
        entries = re.findall(rb"  <entry>\n.*?  </entry>\n", reply.body, re.DOTALL)
        kept = b"".join(entries[:1]) if number <= 2 else b"".join(entries)
        return replace(reply, body=reply.body.replace(b"".join(entries), kept))

    bed.standin.service = Altered(service, change)
    assert len(bed.client().ask(ASKED).records) == 3
    assert [request.count(",") + 1 for request in bed.asked] == [3, 2, 1]


def test_papers_nobody_asked_for_are_no_answer(bed, service):
    other = service.reply({"id_list": "2401.00007"})
    bed.standin.service = Altered(service, lambda number, reply: other if number == 1 else reply)
    client = bed.client()
    assert [record.id for record in client.ask(ids("2401.00001")).records] == ["arxiv:2401.00001"]
    assert client.requests_sent == 2


# for ever


def failure(client, query=ASKED):
    with pytest.raises(ServiceError) as caught:
        client.ask(query)
    assert caught.value.exit_code == ExitCode.SERVICE == 4
    assert caught.value.problem.hint
    return caught.value.problem


FOR_EVER = {
    "overloaded": ("overloaded", {}, "arxiv-unavailable", "503"),
    "gateway": ("gateway", {}, "arxiv-unavailable", "502"),
    "reset": ("reset", {}, "arxiv-connection", "broke off"),
    "cut": ("cut", {}, "arxiv-connection", "broke off"),
    "truncated": ("truncated", {}, "arxiv-unusable-answer", "stops short"),
    "empty page": ("empty-page", {}, "arxiv-unusable-answer", "empty page that speaks of 3 results"),
    "html": ("html", {}, "arxiv-unusable-answer", "an HTML page"),
    "empty body": ("empty-body", {}, "arxiv-unusable-answer", "an empty answer"),
    "entity bomb": ("entity-bomb", {}, "arxiv-unusable-answer", "document type"),
    "error about another id": ("error-entry", {}, "arxiv-unusable-answer", "incorrect id format for abc"),
    "500 with an error entry": (
        "error-entry",
        {"status": 500, "message": "The server encountered an internal error"},
        "arxiv-unavailable",
        "500",
    ),
}


@pytest.mark.parametrize(("kind", "options", "code", "words"), FOR_EVER.values(), ids=FOR_EVER)
def test_for_ever_wrong(bed, kind, options, code, words):
    bed.standin.fault(kind, times=None, **options)
    client = bed.client(patience=60.0)
    problem = failure(client)
    assert problem.code == code
    assert words in problem.message
    assert 6 <= len(bed.asked) <= 12, "the waits grow"
    assert 30 <= sum(bed.time.slept) <= 60, "patience is used, not exceeded"


def test_nothing_more_is_asked_after_giving_up_but_the_cache_answers(bed):
    client = bed.client(patience=1.0)
    client.ask(ids("2401.00004"))
    bed.standin.fault("overloaded", times=None)
    first = failure(client)
    sent = len(bed.asked)
    assert failure(client, Query(search="ti:old")) == first
    assert failure(client, ids("2401.00005")) == first
    assert len(bed.asked) == sent
    assert len(client.ask(ids("2401.00004")).records) == 1
    bed.standin.clear_faults()
    assert len(bed.client().ask(ASKED).records) == 3, "the next run asks again"


def test_what_came_before_is_kept_and_the_message_says_so(bed):
    client = bed.client(patience=1.0)
    bed.standin.fault("overloaded", times=None, when=lambda params: params["id_list"] == "2401.00008v1")
    problem = failure(client, ids("2401.00001", "2401.00008", "2401.00008v1"))
    assert "answered before" in problem.message
    assert "kept" in problem.message
    bed.standin.clear_faults()
    sent = len(bed.asked)
    assert len(bed.client().ask(ids("2401.00001", "2401.00008", "2401.00008v1")).records) == 3
    assert bed.asked[sent:] == ["2401.00008v1"]


def test_hanging_for_ever(bed):
    bed.standin.fault("hang", times=None)
    start = time.monotonic()
    problem = failure(bed.client(timeout=0.2, patience=0.7))
    assert problem.code == "arxiv-timeout"
    assert "no complete answer" in problem.message
    assert time.monotonic() - start < 2


def test_nobody_there(bed):
    with Standin(PAPERS) as gone:
        url = gone.url
    client = bed.client(url=url)
    problem = failure(client)
    assert (problem.code, problem.message) == ("arxiv-unreachable", "arXiv cannot be reached")
    assert client.requests_sent == MAX_UNCONNECTED


@pytest.mark.parametrize("status", [403, 404, 405, 410])
def test_a_refusal_is_not_argued_with(bed, status):
    bed.standin.fault("html", times=None, status=status)
    problem = failure(bed.client())
    assert (problem.code, len(bed.asked)) == ("arxiv-refused", 1)
    assert str(status) in problem.message


@pytest.mark.parametrize(
    ("kind", "code"),
    [("too-large", "arxiv-unusable-answer"), ("certificate", "arxiv-certificate"), ("address", "arxiv-refused")],
)
def test_what_waiting_does_not_heal(bed, monkeypatch, kind, code):
    def fail(*args, **options):
        raise transport.TransportError(kind, "does not work")

    monkeypatch.setattr(transport, "get", fail)
    client = bed.client()
    problem = failure(client)
    assert (problem.code, problem.message) == (code, "arXiv does not work")
    assert client.requests_sent == 1


@pytest.mark.parametrize("message", ["start must be an integer", "Invalid query string: x"])
def test_an_error_entry_for_ids_is_not_argued_with(bed, message):
    bed.standin.fault("error-entry", times=None, message=message)
    problem = failure(bed.client())
    assert (problem.code, len(bed.asked)) == ("arxiv-refused", 1)
    assert message in problem.message


# throttled


def test_throttled_again_and_again(bed):
    bed.standin.fault("throttled", times=None)
    problem = failure(bed.client(patience=600.0))
    assert problem.code == "arxiv-throttled"
    assert f"(429) {MAX_THROTTLED} times in a row" in problem.message
    assert "wait some minutes" in problem.hint
    assert len(bed.asked) == MAX_THROTTLED


def test_without_retry_after_the_next_run_may_ask_at_once(bed):
    bed.standin.fault("throttled", times=MAX_THROTTLED)
    failure(bed.client(patience=600.0))
    bed.time.slept.clear()
    assert len(bed.client().ask(ASKED).records) == 3
    assert sum(bed.time.slept) <= DELAY


def date_in(seconds):
    return email.utils.formatdate(time.time() + seconds, usegmt=True)


@pytest.mark.parametrize("asked", ["40", lambda: date_in(40)], ids=["seconds", "date"])
def test_retry_after_is_honoured_in_the_run(bed, asked):
    bed.standin.fault("throttled", retry_after=asked if isinstance(asked, str) else asked())
    assert len(bed.client().ask(ASKED).records) == 3
    assert 38 <= sum(bed.time.slept) <= 42
    (waiting,) = [step for step in bed.told if step.kind == "waiting"]
    assert "asking again in 40 s" in waiting.message or "asking again in 39 s" in waiting.message


@pytest.mark.parametrize("asked", ["300", lambda: date_in(300)], ids=["seconds", "date"])
def test_a_retry_after_beyond_patience_stops_this_run_and_later_ones(bed, asked):
    bed.standin.fault("throttled", retry_after=asked if isinstance(asked, str) else asked())
    until = bed.time.clock.wall() + 300
    for _ in range(3):
        problem = failure(bed.client(patience=120.0))
        assert problem.code == "arxiv-throttled"
        named = re.search(r"run it again after (\S+ \S+) UTC", problem.hint)
        seconds = time.strptime(named[1], "%Y-%m-%d %H:%M:%S")
        assert abs(time.mktime(seconds) - time.timezone - until) < 4
        bed.time.sleep(10)
    assert len(bed.asked) == 1
    bed.time.slept.clear()
    assert len(bed.client(patience=300.0).ask(ASKED).records) == 3
    assert 260 <= sum(bed.time.slept) <= 271, "a run with more patience waits"
    assert any(
        "arXiv asked to wait 5 min" in step.message or "asked to wait 4 min" in step.message for step in bed.told
    )


def test_a_later_run_waits_for_what_an_earlier_one_was_told(bed):
    bed.standin.fault("throttled", retry_after="50")
    failure(bed.client(patience=20.0))
    bed.time.slept.clear()
    assert len(bed.client(patience=120.0).ask(ASKED).records) == 3
    assert 45 <= sum(bed.time.slept) <= 51


def test_an_absurd_retry_after_is_not_for_ever(bed):
    bed.standin.fault("throttled", retry_after="999999999")
    assert failure(bed.client()).code == "arxiv-throttled"
    bed.time.sleep(24 * 3600 + 1)
    assert len(bed.client().ask(ASKED).records) == 3


def test_a_503_with_retry_after_is_one(bed):
    bed.standin.fault("overloaded", retry_after="300")
    assert "without requests" in failure(bed.client()).message
    failure(bed.client())
    assert len(bed.asked) == 1


# redirects


def test_a_redirect_within_the_host_is_followed_and_remembered(bed, service):
    paths = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path, _, query = self.path.partition("?")
            paths.append(path)
            moved = path == "/old"
            body = b"" if moved else service.reply(dict(parse_qsl(query))).body
            self.send_response(301 if moved else 200)
            self.send_header("Location", f"/new?{query}")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        client = bed.client(url=f"http://127.0.0.1:{server.server_address[1]}/old")
        assert len(client.ask(ASKED).records) == 3
        assert len(client.ask(ids("2401.00004")).records) == 1
        server.shutdown()
    assert paths == ["/old", "/new", "/new"]


def test_a_loop_of_redirects_ends(bed):
    bed.standin.fault("redirect", times=None)
    problem = failure(bed.client())
    assert problem.code == "arxiv-redirected"
    assert len(bed.asked) == MAX_HOPS + 1


@pytest.mark.parametrize(
    "to", ["http://portal.example/login", "http://localhost:1/api/query", "file:///etc/passwd"]
)
def test_a_redirect_elsewhere_is_not_followed(bed, to):
    bed.standin.fault("redirect", times=None, to=to)
    problem = failure(bed.client())
    assert problem.code == "arxiv-redirected"
    assert to in problem.message
    assert len(bed.asked) == 1


def test_a_redirect_into_trouble_is_begun_anew(bed):
    bed.standin.fault("redirect", times=1, status=302)
    bed.standin.fault("html", times=1)
    assert len(bed.client().ask(ASKED).records) == 3
    assert len(bed.asked) == 3


def test_redirects_are_requests_too(bed):
    bed.standin.fault("redirect", times=2)
    client = bed.client()
    client.ask(ASKED)
    assert client.requests_sent == 3
    paced = [step for step in bed.told if step.kind == "pacing"]
    assert len(paced) == 2


def test_messages_are_plain_data(bed, capfd):
    bed.standin.fault("overloaded", times=2)
    bed.client().ask(ASKED)
    assert capfd.readouterr() == ("", "")
    assert {step.kind for step in bed.told} == {"asking", "retrying"}
