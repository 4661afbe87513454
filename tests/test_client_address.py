"""Addresses: which ids share a request, where redirects may lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools.client import address
from bibtools.model import ArxivId

BASE = "https://export.arxiv.org/api/query"
NUMBERS = st.one_of(
    st.integers(0, 300).map(lambda n: f"2401.{n:05d}"), st.integers(0, 50).map(lambda n: f"astro-ph/{n:07d}")
)
IDS = st.lists(st.builds(ArxivId, NUMBERS, st.none() | st.integers(1, 12)), unique=True, max_size=400)


@given(IDS)
def test_batches_hold_each_id_once_within_the_limits(ids):
    batches = address.batches(BASE, ids)
    assert sorted(map(str, (i for batch in batches for i in batch))) == sorted(map(str, ids))
    for batch in batches:
        assert 1 <= len(batch) <= address.MAX_IDS
        assert len(address.ids_url(BASE, batch)) <= address.MAX_URL
        bare = {i.number for i in batch if i.version is None}
        assert not bare & {i.number for i in batch if i.version is not None}


@pytest.mark.parametrize(
    ("ids", "count"),
    [
        ([ArxivId(f"2401.{n:05d}") for n in range(100)], 1),
        ([ArxivId(f"2401.{n:05d}") for n in range(101)], 2),
        ([ArxivId(f"2401.{n:05d}", 1 + n % 2) for n in range(100)], 1),
        ([ArxivId(f"cond-mat/{n:07d}", 12) for n in range(100)], 2),
        ([], 0),
    ],
)
def test_batches_are_few(ids, count):
    assert len(address.batches(BASE, ids)) == count


def test_a_base_with_a_query_of_its_own_keeps_it():
    assert address.ids_url("http://x/q?key=1", [ArxivId("2401.00001")]).startswith(
        "http://x/q?key=1&id_list=2401.00001"
    )


def test_a_search_is_encoded():
    url = address.search_url("http://x/q", 'ti:"é & b" AND au:#1', start=10, size=5)
    assert url == "http://x/q?search_query=ti:%22%C3%A9+%26+b%22+AND+au:%231&start=10&max_results=5"


@pytest.mark.parametrize(
    ("url", "location", "goal"),
    [
        ("http://export.arxiv.org/api/query?a=b", "https://export.arxiv.org/api/query?a=b", True),
        ("https://export.arxiv.org/api/query", "https://www.arxiv.org/api/query", True),
        ("https://export.arxiv.org/api/query", "http://export.arxiv.org/api/query", False),
        ("https://export.arxiv.org/api/query", "http://arxiv.org/api/query", False),
        ("https://export.arxiv.org/api/query", "https://arxiv.org.evil.example/api/query", False),
        ("https://export.arxiv.org/api/query", "https://evilarxiv.org/", False),
        ("https://export.arxiv.org/api/query", "https://arxiv.org:8443/", False),
        ("https://export.arxiv.org/api/query", "https://arxiv.org@evil.example/", False),
        ("https://export.arxiv.org/api/query", "https://user:pw@arxiv.org/", False),
        ("https://export.arxiv.org/api/query", "//evil.example/x", False),
        ("https://export.arxiv.org/api/query", "file:///etc/passwd", False),
        ("https://export.arxiv.org/api/query", "javascript:alert(1)", False),
        ("https://export.arxiv.org/api/query", "http://[::1", False),
        ("https://export.arxiv.org/api/query", "https://arxiv.org:99999/", False),
        ("https://export.arxiv.org/api/query?a=b", "/new?a=b", "https://export.arxiv.org/new?a=b"),
        ("http://127.0.0.1:80/q", "http://127.0.0.1:81/q", False),
        ("http://127.0.0.1:80/q", "http://localhost:80/q", False),
        ("http://127.0.0.1:8000/q", "http://127.0.0.1:8000/p", True),
        ("http://mirror.example:8000/q", "https://mirror.example/q", True),
        ("http://mirror.example/q", "https://arxiv.org/q", False),
    ],
)
def test_redirects(url, location, goal):
    assert address.redirected(url, location) == {True: location, False: None}.get(goal, goal)


@given(st.text(max_size=60))
def test_a_redirect_never_leaves_arxiv(location):
    goal = address.redirected(BASE, location)
    assert goal is None or goal.startswith(
        ("https://export.arxiv.org", "https://arxiv.org", "https://www.arxiv.org")
    )


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (BASE, "arxiv.org"),
        ("http://arxiv.org:80/x", "arxiv.org"),
        ("http://127.0.0.1:8000/x", "127.0.0.1_8000"),
        ("https://mirror.example/x", "mirror.example_443"),
        ("http://../..:1/", "..-.._1"),
    ],
)
def test_the_service_is_a_file_name(url, name):
    made = address.service(url)
    assert "/" not in made
    assert made == name or name.startswith("..")
