"""What an answer means, and what Retry-After asks for."""

from pathlib import Path

import pytest

from bibtools.client.transport import Reply
from bibtools.client.verdict import judge, retry_after

FOLDER = Path(__file__).parent / "atom"
NEW, ERROR = ((FOLDER / f"{name}.xml").read_bytes() for name in ("new", "error"))
HTML = b"<!DOCTYPE html><html></html>"
GENERIC = ERROR.replace(
    b"incorrect id format for foo/0309136",
    b"The server encountered an internal error and was unable to complete your request.",
)
INVALID = ERROR.replace(b"incorrect id format for foo/0309136", b"Invalid query string: x")


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (200, NEW, "good", ""),
        (200, ERROR, "bad-id", "arxiv-unusable-answer"),
        (400, ERROR, "bad-id", "arxiv-unusable-answer"),
        (400, INVALID, "refused", "arxiv-refused"),
        (200, INVALID, "refused", "arxiv-refused"),
        (500, INVALID, "refused", "arxiv-refused"),
        (500, GENERIC, "unsure", "arxiv-unavailable"),
        (503, GENERIC, "unsure", "arxiv-unavailable"),
        (500, HTML, "again", "arxiv-unavailable"),
        (502, b"", "again", "arxiv-unavailable"),
        (503, NEW, "again", "arxiv-unavailable"),
        (408, b"", "again", "arxiv-unavailable"),
        (522, HTML, "again", "arxiv-unavailable"),
        (429, b"Rate exceeded.", "again", "arxiv-throttled"),
        (429, ERROR, "again", "arxiv-throttled"),
        (200, HTML, "again", "arxiv-unusable-answer"),
        (200, b"", "again", "arxiv-unusable-answer"),
        (200, NEW[:300], "again", "arxiv-unusable-answer"),
        (400, HTML, "refused", "arxiv-refused"),
        (414, b"", "refused", "arxiv-refused"),
        (403, HTML, "hopeless", "arxiv-refused"),
        (404, HTML, "hopeless", "arxiv-refused"),
        (204, b"", "hopeless", "arxiv-refused"),
        (206, NEW, "hopeless", "arxiv-refused"),
        (301, b"", "again", "arxiv-unusable-answer"),
        (304, b"", "hopeless", "arxiv-refused"),
    ],
)
def test_kinds(status, body, kind, code):
    verdict = judge(Reply(status=status, headers={}, body=body), now=0.0, retrieved="")
    assert (verdict.kind, verdict.code) == (kind, code)
    assert (verdict.feed is not None) is (kind == "good")
    assert bool(verdict.reason) is (kind != "good")
    assert len(verdict.reason) < 400


def test_the_refused_id_is_named():
    assert judge(Reply(status=400, headers={}, body=ERROR), now=0.0, retrieved="").detail == "foo/0309136"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_told(status):
    verdict = judge(Reply(status=status, headers={"location": "/x"}, body=b""), now=0.0, retrieved="")
    assert (verdict.kind, verdict.detail) == ("redirect", "/x")


DATE = "Thu, 01 Jan 1970 00:02:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "40"}, 40.0),
        ({"retry-after": " 0 "}, 0.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "1e9"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": "9" * 500}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": DATE}, 20.0),
        ({"retry-after": DATE, "date": "Thu, 01 Jan 1970 00:01:00 GMT"}, 60.0),
        ({"retry-after": DATE, "date": "nonsense"}, 20.0),
        ({"retry-after": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0.0),
        ({"retry-after": "Thu, 99 Jan 1970 00:00:00 GMT"}, None),
    ],
)
def test_retry_after(headers, seconds):
    assert retry_after(headers, 100.0) == seconds
