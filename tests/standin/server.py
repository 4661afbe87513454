"""The stand-in on a port of this machine: HTTP around the service, a log of what was asked, faults on demand."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs

from tests.standin.faults import Fault, Headers
from tests.standin.papers import Paper
from tests.standin.service import Reply, Service

_NOT_FOUND = Reply(404, b"<!DOCTYPE html>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n", "text/html")
_LAST = 16_384  # bytes that surely fit into the socket's buffer


@dataclass(slots=True, kw_only=True)
class Seen:
    """One request as the server saw it. Times are monotonic seconds, header names lower-case.

    It is in the log before the client has its answer. `ended` is taken just before the last bytes go out (or the
    connection is broken off), so that it is never later than what the client takes for the end.
    """

    started: float
    ended: float
    method: str
    path: str
    params: dict[str, str]
    headers: dict[str, str]
    status: int = 0
    target: str = field(default="", repr=False)


class Standin:
    """arXiv on this machine. Give it papers, or a service that has indexed them already.

    With `delay`, `log` is told of each request that starts sooner than so many seconds after the one before
    ended. On leaving the `with` block the server stops, and a fault of its own is raised.
    """

    def __init__(
        self,
        papers: Sequence[Paper] | Service,
        *,
        port: int = 0,
        delay: float = 0.0,
        log: Callable[[str], None] | None = None,
    ) -> None:
        self.service = papers if isinstance(papers, Service) else Service(papers)
        self.requests: list[Seen] = []
        self._delay, self._log = delay, log
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._errors: list[BaseException] = []
        self._server = _Server(("127.0.0.1", port), self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/api/query"

    def __enter__(self) -> Standin:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        if self._errors and error is None:
            raise self._errors[0]

    def answer(self, params: dict[str, Any]) -> bytes:
        """The body that a request with these parameters would get, without HTTP, faults or log."""
        return self.reply(params).body

    def reply(self, params: dict[str, Any]) -> Reply:
        """Like :meth:`answer`, with the status."""
        return self.service.reply({name: str(value) for name, value in params.items()})

    def fault(
        self,
        kind: str,
        *,
        times: int | None = 1,
        when: Callable[[dict[str, str]], bool] | None = None,
        **options: Any,
    ) -> None:
        """Let the next `times` requests (None: all) for whose parameters `when` holds go wrong so.

        Kinds and their options are the functions of :mod:`tests.standin.faults`, with hyphens; several faults
        strike one after the other.
        """
        with self._lock:
            self._faults.append(Fault(kind=kind, times=times, when=when, options=options))

    def clear_faults(self) -> None:
        """From now on all goes well."""
        with self._lock:
            self._faults.clear()

    def _due(self, params: dict[str, str]) -> Fault | None:
        with self._lock:
            for at, fault in enumerate(self._faults):
                if fault.when is None or fault.when(params):
                    if fault.times is not None:
                        left = Fault(
                            kind=fault.kind, times=fault.times - 1, when=fault.when, options=fault.options
                        )
                        self._faults[at : at + 1] = [left] if left.times else []
                    return fault
        return None

    def _arrived(self, seen: Seen) -> None:
        with self._lock:
            last = max((earlier.ended for earlier in self.requests), default=None)
            self.requests.append(seen)
        if self._log is not None and last is not None and seen.started - last < self._delay:
            self._log(
                f"only {max(0.0, seen.started - last):.3f} s since the last answer: {seen.method} {seen.target}"
            )


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], standin: Standin) -> None:
        self.standin = standin
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no fault; anything else is one of the stand-in."""
        import sys

        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, ConnectionError):
            self.standin._errors.append(error)


class _Handler(BaseHTTPRequestHandler):
    """One connection; also the exchange that faults act on."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are written apart
    server: _Server
    seen: Seen
    url = ""
    query = ""

    def log_message(self, *args: Any) -> None:
        """The log is a list."""

    def do_GET(self) -> None:
        self._handle("")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._handle(self.rfile.read(length).decode("utf-8", "replace"))

    def _handle(self, form: str) -> None:
        started = time.monotonic()
        path, _, self.query = self.path.partition("?")
        standin = self.server.standin
        self.url = standin.url
        pairs = parse_qs(form if self.command == "POST" else self.query, keep_blank_values=True)
        self.seen = Seen(
            started=started,
            ended=started,
            method=self.command,
            path=path,
            params={name: values[0] for name, values in pairs.items()},
            headers={name.lower(): value for name, value in self.headers.items()},
            target=self.path,
        )
        standin._arrived(self.seen)
        fault = standin._due(self.seen.params) if path == "/api/query" else None
        if fault is not None:
            self.seen.status = fault.strike(self)
        else:
            reply = self.reply() if path == "/api/query" else _NOT_FOUND
            self.seen.status = reply.status
            self.send(reply.status, {"Content-Type": reply.content_type}, reply.body)

    # what a fault may do

    def reply(self) -> Reply:
        return self.server.standin.service.reply(self.seen.params)

    def send(self, status: int, headers: Headers, body: bytes, *, upto: int | None = None, rate: float = 0) -> int:
        self.seen.status = status
        chunked = "Transfer-Encoding" in headers
        if not chunked:
            headers = {"Content-Length": str(len(body)), **headers}
        whole = headers.get("Content-Length") == str(len(body)) and (upto is None or upto >= len(body))
        self.send_response(status)
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.seen.ended = time.monotonic()
        self.end_headers()
        self._write(body[:upto], rate)
        if not whole:
            self.close_connection = True
        return status

    def _write(self, body: bytes, rate: float) -> None:
        if not body:
            return
        if not rate:
            self.wfile.write(body[:-_LAST])
            self.seen.ended = time.monotonic()
            self.wfile.write(body[-_LAST:])
            return
        step = max(1, int(rate / 20))
        for at in range(0, len(body), step):
            self.seen.ended = time.monotonic()
            self.wfile.write(body[at : at + step])
            self.wait(step / rate)
            if self.server.standin._stopping.is_set():
                self.close_connection = True
                return

    def reset(self) -> None:
        self.close_connection = True
        self.seen.ended = time.monotonic()
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            socket.close(self.connection.detach())

    def wait(self, seconds: float | None) -> None:
        if seconds != 0:
            self.server.standin._stopping.wait(seconds)
