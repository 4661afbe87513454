"""What goes wrong on the way to arXiv and back, on demand.

Each fault is a function that answers one exchange wrongly and returns the status it sent (0 for none). Its
keyword arguments are the options of :meth:`tests.standin.server.Standin.fault`.
"""

from __future__ import annotations

import gzip as gzip_module
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tests.standin import feed
from tests.standin.service import Reply

Headers = dict[str, str]
_ENTRY = re.compile(rb"  <entry>\n.*?  </entry>\n", re.DOTALL)
_TOTAL = re.compile(rb"(<opensearch:totalResults>)(\d+)(</opensearch:totalResults>)")
_PAGE = "<!DOCTYPE html>\n<html><head><title>{0}</title></head>\n<body><h1>{0}</h1><p>{1}</p></body></html>\n"


class Exchange(Protocol):
    """One request that waits for its answer, as the server offers it to a fault."""

    url: str
    query: str

    def reply(self) -> Reply:
        """The right answer."""

    def send(self, status: int, headers: Headers, body: bytes, *, upto: int | None = None, rate: float = 0) -> int:
        """Send an answer, of the body only so many bytes, at so many bytes a second; returns the status.

        `Content-Length` is that of the whole body unless the headers name one or a transfer coding; with an
        empty one it is left out. After less than the whole body, or without length, the connection is closed.
        """

    def reset(self) -> None:
        """Break the connection off, as a crashed host does."""

    def wait(self, seconds: float | None) -> None:
        """Wait so long, for ever with None; the server's end ends the wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault that is due: for the next `times` requests (None: all) for which `when(params)` holds."""

    kind: str
    times: int | None
    when: Callable[[dict[str, str]], bool] | None
    options: Mapping[str, Any]

    def __post_init__(self) -> None:
        if self.kind not in FAULTS:
            raise ValueError(f"no fault {self.kind!r}; there are {', '.join(sorted(FAULTS))}")
        inspect.signature(FAULTS[self.kind]).bind(None, **self.options)

    def strike(self, exchange: Exchange) -> int:
        return FAULTS[self.kind](exchange, **self.options)


def _html(exchange: Exchange, status: int, title: str, text: str, headers: Headers | None = None) -> int:
    headers = {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
    return exchange.send(status, headers, _PAGE.format(title, text).encode())


def _right(exchange: Exchange) -> tuple[Headers, bytes]:
    reply = exchange.reply()
    return {"Content-Type": reply.content_type}, reply.body


def throttled(exchange: Exchange, *, retry_after: str | None = None, stall: float = 0.0) -> int:
    """429 in plain text, after a stall, with or without Retry-After (seconds or an HTTP date)."""
    exchange.wait(stall)
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    if retry_after is not None:
        headers["Retry-After"] = retry_after
    return exchange.send(429, headers, b"Rate exceeded.")


def overloaded(
    exchange: Exchange, *, status: int = 503, retry_after: str | None = None, stall: float = 0.0
) -> int:
    """503 or 500 with an HTML body."""
    exchange.wait(stall)
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return _html(exchange, status, f"{status} Service Unavailable", "No server is available.", headers)


def gateway(exchange: Exchange, *, status: int = 502) -> int:
    """502 or 504 from the cache in front."""
    return _html(exchange, status, f"{status} Gateway Error", "The upstream server did not answer in time.")


def hang(exchange: Exchange, *, seconds: float | None = None) -> int:
    """No answer at all; the connection is closed after so many seconds, if given."""
    exchange.wait(seconds)
    exchange.reset()
    return 0


def reset(exchange: Exchange, *, after: int | None = None) -> int:
    """The connection is reset: at once, or after so many bytes of the body."""
    if after is not None:
        headers, body = _right(exchange)
        exchange.send(200, headers, body, upto=after)
    exchange.reset()
    return 0 if after is None else 200


def cut(exchange: Exchange, *, at: float = 0.5, length: bool = True, chunked: bool = False) -> int:
    """The connection ends in mid-body: with Content-Length, without, or in a chunked body without its end."""
    headers, body = _right(exchange)
    upto = int(len(body) * at)
    if chunked:
        piece = b"%x\r\n%b\r\n" % (upto, body[:upto])
        return exchange.send(200, {**headers, "Transfer-Encoding": "chunked"}, piece)
    return exchange.send(200, headers if length else {**headers, "Content-Length": ""}, body, upto=upto)


def truncated(exchange: Exchange, *, at: float = 0.5) -> int:
    """A complete answer of HTTP whose XML stops short."""
    headers, body = _right(exchange)
    return exchange.send(200, headers, body[: int(len(body) * at)])


def empty_page(exchange: Exchange) -> int:
    """A feed without an entry that says how many there are."""
    headers, body = _right(exchange)
    return exchange.send(200, headers, _ENTRY.sub(b"", body))


def html(exchange: Exchange, *, status: int = 200) -> int:
    """A page for people, with status 200: maintenance, a captive portal."""
    return _html(exchange, status, "arXiv is down for maintenance", "Please try again later &amp; thank you.")


def empty_body(exchange: Exchange) -> int:
    """200 and nothing."""
    return exchange.send(200, {"Content-Type": feed.CONTENT_TYPE}, b"")


def gzip(exchange: Exchange, *, announced: bool = True) -> int:
    """A plain body announced as gzip, or a gzip body that nobody announced."""
    headers, body = _right(exchange)
    if announced:
        return exchange.send(200, {**headers, "Content-Encoding": "gzip"}, body)
    return exchange.send(200, headers, gzip_module.compress(body, mtime=0))


def wrong_total(exchange: Exchange, *, by: int = 5) -> int:
    """`totalResults` larger or smaller (at least 0) than what comes."""
    headers, body = _right(exchange)
    changed = _TOTAL.sub(lambda m: b"%b%d%b" % (m[1], max(0, int(m[2]) + by), m[3]), body, count=1)
    return exchange.send(200, headers, changed)


def missing_id(exchange: Exchange, *, id: str | None = None) -> int:
    """One paper that was found does not come: the first of the answer, or the one of that bare id."""
    headers, body = _right(exchange)
    mark = b"<id>http://arxiv.org/abs/" + (f"{id}v".encode() if id else b"")
    gone = next((entry for entry in _ENTRY.findall(body) if mark in entry), None)
    if gone is not None:
        body = body.replace(gone, b"", 1)
        body = _TOTAL.sub(lambda m: b"%b%d%b" % (m[1], int(m[2]) - 1, m[3]), body, count=1)
    return exchange.send(200, headers, body)


def error_entry(exchange: Exchange, *, message: str = "incorrect id format for abc", status: int = 400) -> int:
    """An Atom feed whose only entry is an error; before 2025 such came with status 200."""
    link = f"https://arxiv.org/api/errors#{message.replace(' ', '_')}"
    body = feed.error(message, link=link, now="2026-04-12T22:59:06Z")
    return exchange.send(status, {"Content-Type": feed.CONTENT_TYPE}, body)


def redirect(exchange: Exchange, *, to: str | None = None, status: int = 301) -> int:
    """To another address (a base, the query is kept); by default to the same one: for ever, that is a loop."""
    return _html(exchange, status, "Moved", "", {"Location": f"{to or exchange.url}?{exchange.query}"})


def drip(exchange: Exchange, *, rate: float = 1.0) -> int:
    """The right answer, so many bytes a second."""
    headers, body = _right(exchange)
    return exchange.send(200, headers, body, rate=rate)


def _with_doctype(body: bytes, doctype: str, reference: bytes) -> bytes:
    """The feed with a document type before it and an entity inside its title."""
    head, feed_tag, rest = body.partition(b"<feed ")
    return head + doctype.encode() + b"\n" + feed_tag + rest.replace(b"<title>", b"<title>" + reference, 1)


def entity_bomb(exchange: Exchange, *, levels: int = 9) -> int:
    """Entities of ten entities of ten entities: a few bytes that become gigabytes if expanded."""
    headers, body = _right(exchange)
    lines = ['<!ENTITY e0 "lol">', *(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels + 1))]
    doctype = "<!DOCTYPE feed [\n" + "\n".join(lines) + "\n]>"
    return exchange.send(200, headers, _with_doctype(body, doctype, b"&e%d;" % levels))


def external_entity(exchange: Exchange, *, target: str | None = None) -> int:
    """An entity that names another document: by default one of this server, whose log shows who fetched it."""
    headers, body = _right(exchange)
    place = target or exchange.url.replace("/api/query", "/external-entity")
    return exchange.send(
        200, headers, _with_doctype(body, f'<!DOCTYPE feed [<!ENTITY x SYSTEM "{place}">]>', b"&x;")
    )


def huge_attribute(exchange: Exchange, *, size: int = 12_000_000) -> int:
    """An attribute of some megabytes."""
    headers, body = _right(exchange)
    return exchange.send(200, headers, body.replace(b"<feed ", b'<feed data="' + b"x" * size + b'" ', 1))


FAULTS: dict[str, Callable[..., int]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        throttled, overloaded, gateway, hang, reset, cut, truncated, empty_page, html, empty_body, gzip,
        wrong_total, missing_id, error_entry, redirect, drip, entity_bomb, external_entity, huge_attribute,
    )
}  # fmt: skip
