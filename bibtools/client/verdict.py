"""What an answer means: pure.

Worth asking again: throttled (429), overloaded (5xx, 408), anything with status 200 that is not a whole feed. Not
worth it: an error entry that names what is wrong with the request, a client error.

A 500 with an error entry is ambiguous: the service answers so, in the same words, to a query its index does not
understand (`ti:*x`) and when the index is in trouble. It is `unsure`: asked once more before it is believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bibtools.atom import Feed, FeedError, parse_feed

if TYPE_CHECKING:
    from bibtools.client.transport import Reply

VerdictKind = Literal["good", "again", "unsure", "bad-id", "refused", "redirect", "hopeless"]
_AGAIN = {408, 425, 500, 502, 503, 504, *range(520, 531)}
_REDIRECT = {301, 302, 303, 307, 308}
_BAD_ID = re.compile(r"incorrect id format for (.*)", re.DOTALL)
_OWN_TROUBLE = re.compile(r"internal (?:server )?error|overloaded|try again|transient|unavailable", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`code` and `reason` are for the message where it is not `good`, `wait` is a `Retry-After` in seconds.

    `detail` is the id of `bad-id`, the address of `redirect`.
    """

    kind: VerdictKind
    code: str = ""
    reason: str = ""
    feed: Feed | None = None
    wait: float | None = None
    detail: str = ""


def judge(reply: Reply, *, now: float, retrieved: str) -> Verdict:
    """What an answer means; `now` is the wall-clock time it came at, `retrieved` the same as ISO 8601."""
    wait = retry_after(reply.headers, now)
    status = reply.status
    if status == 429:
        return Verdict(
            kind="again", code="arxiv-throttled", reason="answered “too many requests” (429)", wait=wait
        )
    if status in _REDIRECT:
        return _redirect(reply)
    feed: Feed | FeedError
    try:
        feed = parse_feed(reply.body, retrieved=retrieved)
    except FeedError as error:
        feed = error
    if isinstance(feed, Feed) and feed.error is not None:
        return _error_entry(feed.error, status, wait)
    if status == 200:
        if isinstance(feed, Feed):
            return Verdict(kind="good", feed=feed)
        return Verdict(
            kind="again", code="arxiv-unusable-answer", reason=f"answered with {feed.reason}", wait=wait
        )
    if status in _AGAIN:
        return Verdict(kind="again", code="arxiv-unavailable", reason=f"answered with status {status}", wait=wait)
    kind: VerdictKind = "refused" if status in (400, 413, 414) else "hopeless"
    return Verdict(kind=kind, code="arxiv-refused", reason=f"answered with status {status}")


def _redirect(reply: Reply) -> Verdict:
    if goal := reply.headers.get("location", ""):
        return Verdict(kind="redirect", code="arxiv-redirected", reason="answered with a redirect", detail=goal)
    reason = f"answered with status {reply.status} that leads nowhere"
    return Verdict(kind="again", code="arxiv-unusable-answer", reason=reason)


def _error_entry(text: str, status: int, wait: float | None) -> Verdict:
    if bad := _BAD_ID.fullmatch(text):
        return Verdict(
            kind="bad-id", code="arxiv-unusable-answer", reason=f"answered “{text[:300]}”", detail=bad[1].strip()
        )
    if status >= 500 and _OWN_TROUBLE.search(text):
        return Verdict(kind="unsure", code="arxiv-unavailable", reason=f"answered with status {status}", wait=wait)
    return Verdict(kind="refused", code="arxiv-refused", reason=f"answered “{text[:300]}”")


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that a `Retry-After` asks for (RFC 9110, section 10.2.3: a number or a date), None where none does.

    A date is measured against the answer's own `Date`, so that a wrong clock here does no harm.

    >>> retry_after({"retry-after": "7"}, 0.0)
    7.0
    >>> until, sent = "Thu, 01 Jan 1970 00:01:00 GMT", "Thu, 01 Jan 1970 00:00:20 GMT"
    >>> retry_after({"retry-after": until, "date": sent}, 99.0)
    40.0
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", text):
        return float(text)
    until = _date(text)
    if until is None:
        return None
    sent = _date(headers.get("date", ""))
    return max(0.0, until - (now if sent is None else sent))


def _date(text: str) -> float | None:
    if not text:
        return None
    from email.utils import parsedate_to_datetime  # 5 ms, for a header that is rare

    try:
        return parsedate_to_datetime(text.strip()[:100]).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
