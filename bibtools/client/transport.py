"""One HTTP request: address in, status, headers and bytes out, within a time and a size.

The `arxiv` package's own HTTP client is not used. It has no timeout, repeats what must not be repeated, drops the
bodies of error answers (they say which id is wrong) and hides its session; mounting an adapter that changes all
this would leave of it one call of `requests` and two private attributes to depend on. `requests` itself is used,
as the package does, for what is tedious elsewhere: proxies, certificates, chunked bodies.

`requests` bounds each read, not the whole: a byte a second never times out. So a timer shuts the connection down
when time is over, whatever it is doing then (connecting, TLS, headers, body). Redirects are not followed, netrc
and cookies not used, nothing is repeated, each request has a connection of its own.
"""

from __future__ import annotations

import socket
import threading
import zlib
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from requests.adapters import HTTPAdapter

MAX_BODY = 50 * 1024 * 1024  # bytes, packed and unpacked
CONNECT_SECONDS = 15.0

TransportFault = Literal["timeout", "no-connection", "broken", "certificate", "address", "too-large"]
_GZIP = b"\x1f\x8b"


class TransportError(Exception):
    """There is no whole answer; `kind` says why in one word, the message in a sentence's part."""

    def __init__(self, kind: TransportFault, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came: `headers` by lower-case name, `body` unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Watch:
    """Shuts down the connections it was shown when its time is over."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def show(self, connection: socket.socket) -> None:
        # A duplicate, since TLS takes the socket itself away; shutting it down ends the connection all the same.
        with self._lock:
            self._sockets.append(connection.dup())
        if self.over:
            self._end()

    def _end(self) -> None:
        with self._lock:
            self.over = True
            for connection in self._sockets:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> _Watch:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for connection in self._sockets:
                connection.close()
            self._sockets.clear()


def get(url: str, *, timeout: float, user_agent: str) -> Reply:
    """Send one GET request and read the answer within `timeout` seconds; TransportError where that fails."""
    import requests
    import urllib3

    watch = _Watch(timeout)
    try:
        with watch:
            reply = _exchange(url, timeout, user_agent, watch)
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise _fault(error, timeout, over=watch.over) from None
    if watch.over:  # a body without a length ends when the connection does
        raise _fault(None, timeout, over=True)
    return reply


def _exchange(url: str, timeout: float, user_agent: str, watch: _Watch) -> Reply:
    import requests

    headers = {
        "User-Agent": user_agent,
        "Accept": "application/atom+xml",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    request = requests.Request("GET", url, headers=headers).prepare()
    with requests.Session() as session:  # only for what the environment says; its `send` reads redirects unbounded
        settings = session.merge_environment_settings(url, {}, True, None, None)
    if _is_loopback(url):
        settings["proxies"] = {}
    limits = (min(timeout, CONNECT_SECONDS), timeout)
    adapter = _adapter(watch)
    with closing(adapter), adapter.send(
        request, stream=True, timeout=limits, proxies=settings["proxies"],
        verify=settings["verify"] or True, cert=settings["cert"],
    ) as response:  # fmt: skip
        body = _unpacked(_read(response.raw))
        names = {name.lower(): value for name, value in response.headers.items()}
        return Reply(status=response.status_code, headers=names, body=body)


def _adapter(watch: _Watch) -> HTTPAdapter:
    """An adapter whose new connections are shown to the watch, through a proxy too."""
    from requests.adapters import HTTPAdapter
    from urllib3 import connection, connectionpool

    class Plain(connection.HTTPConnection):
        def _new_conn(self) -> socket.socket:
            made = super()._new_conn()
            watch.show(made)
            return made

    class Secure(connection.HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            made = super()._new_conn()
            watch.show(made)
            return made

    class PlainPool(connectionpool.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(connectionpool.HTTPSConnectionPool):
        ConnectionCls = Secure

    pools = {"http": PlainPool, "https": SecurePool}

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs)
            self.poolmanager.pool_classes_by_scheme = pools

        def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
            manager = super().proxy_manager_for(*args, **kwargs)
            manager.pool_classes_by_scheme = pools
            return manager

    return Adapter(max_retries=0)


def _is_loopback(url: str) -> bool:
    host = (urlsplit(url).hostname or "").lower()
    return host in ("localhost", "::1") or host.startswith("127.")


def _read(raw: Any) -> bytes:
    parts, size = [], 0
    for part in raw.stream(1 << 16, decode_content=False):
        parts.append(part)
        size += len(part)
        if size > MAX_BODY:
            raise TransportError("too-large", f"sent more than {MAX_BODY >> 20} MiB")
    return b"".join(parts)


def _unpacked(body: bytes) -> bytes:
    """The body unpacked if it *is* packed, whatever the headers say: they are wrong at times."""
    if not body.startswith(_GZIP):
        return body
    parts, size = [], 0
    while body.startswith(_GZIP):
        unpacker = zlib.decompressobj(31)
        try:
            parts.append(unpacker.decompress(body, MAX_BODY - size + 1))
        except zlib.error:
            raise TransportError("broken", "sent a packed answer that cannot be unpacked") from None
        size += len(parts[-1])
        if size > MAX_BODY:
            raise TransportError("too-large", f"sent more than {MAX_BODY >> 20} MiB")
        if not unpacker.eof:
            raise TransportError("broken", "sent a packed answer that stops short")
        body = unpacker.unused_data
    return b"".join(parts)


def _fault(error: Exception | None, timeout: float, *, over: bool) -> TransportError:
    import requests
    import urllib3

    errors = requests.exceptions
    if over or isinstance(error, errors.Timeout | urllib3.exceptions.TimeoutError | TimeoutError):
        connecting = isinstance(error, errors.ConnectTimeout) and not over
        seconds = min(timeout, CONNECT_SECONDS) if connecting else timeout
        return TransportError("timeout", f"gave no complete answer within {seconds:.3g} s")
    text = str(error)
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return TransportError("certificate", "showed a certificate that cannot be verified")
    if isinstance(error, errors.InvalidURL | errors.InvalidSchema | errors.MissingSchema):
        return TransportError("address", "has an address that cannot be used")
    if isinstance(error, errors.ProxyError):
        return TransportError("no-connection", "cannot be reached through the proxy")
    if "NewConnectionError" in text or "NameResolutionError" in text or "Failed to establish" in text:
        return TransportError("no-connection", "cannot be reached")
    return TransportError("broken", "broke off the connection in mid-answer")
