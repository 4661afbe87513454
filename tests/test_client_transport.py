"""One request over a socket: bounded in time and size, whatever the other side does."""

import gzip
import os
import socket
import threading
import time
import zlib
from contextlib import contextmanager, suppress

import pytest
import requests
import urllib3

from bibtools.client import transport
from bibtools.client.transport import TransportError

BODY = b"<feed/>" * 100


@contextmanager
def serving(script):
    """A server for one connection: `script(connection)` plays the other side after the request's head came."""
    heads = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            connection, _ = listener.accept()
            with connection:
                head = b""
                while b"\r\n\r\n" not in head:
                    part = connection.recv(4096)
                    if not part:
                        return
                    head += part
                heads.append(head)
                with suppress(OSError):  # the client went away, as it should at times
                    script(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/q", heads
        thread.join(10)
        assert not thread.is_alive()


def sends(data):
    return lambda connection: connection.sendall(data)


def drips(data, seconds):
    def script(connection):
        for at in range(len(data)):
            connection.sendall(data[at : at + 1])
            time.sleep(seconds)

    return script


def head(*lines, status="200 OK"):
    return "\r\n".join((f"HTTP/1.1 {status}", *lines, "", "")).encode()


def get(url, timeout=5.0):
    return transport.get(url, timeout=timeout, user_agent="bibtools/test")


PACKED = gzip.compress(BODY)
GOOD = {
    "with length": head(f"Content-Length: {len(BODY)}") + BODY,
    "without length": head() + BODY,
    "chunked": head("Transfer-Encoding: chunked") + b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY),
    "packed": head("Content-Encoding: gzip", f"Content-Length: {len(PACKED)}") + PACKED,
    "packed in two": head("Content-Encoding: gzip") + gzip.compress(BODY[:50]) + gzip.compress(BODY[50:]),
    "packed and not said": head() + PACKED,
    "said to be packed": head("Content-Encoding: gzip", f"Content-Length: {len(BODY)}") + BODY,
    "said to be packed otherwise": head("Content-Encoding: br") + BODY,
}


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_whole_answers(data):
    with serving(sends(data)) as (url, heads):
        reply = get(url)
    assert (reply.status, reply.body) == (200, BODY)
    assert heads[0].startswith(b"GET /q HTTP/1.1\r\n")
    assert b"\r\nUser-Agent: bibtools/test\r\n" in heads[0]
    assert heads[0].count(b"User-Agent") == 1


@pytest.mark.parametrize("status", ["404 Not Found", "302 Found", "500 Oops"])
def test_any_status_is_an_answer_and_redirects_are_not_followed(status):
    data = head("Location: http://127.0.0.1:1/", "Retry-After: 7", "Content-Length: 2", status=status) + b"no"
    with serving(sends(data)) as (url, _):
        reply = get(url)
    assert (reply.status, reply.body, reply.headers["retry-after"]) == (int(status[:3]), b"no", "7")


BROKEN = {
    "nothing": b"",
    "not HTTP": b"SSH-2.0-OpenSSH\r\n",
    "short": head("Content-Length: 999") + BODY[:500],
    "short chunk": head("Transfer-Encoding: chunked") + b"%x\r\n%b" % (len(BODY), BODY[:10]),
    "no last chunk": head("Transfer-Encoding: chunked") + b"%x\r\n%b\r\n" % (len(BODY), BODY),
    "no chunks": head("Transfer-Encoding: chunked") + b"nonsense\r\n",
    "half packed": head() + PACKED[:30],
    "badly packed": head() + PACKED[:15] + b"\xff" * 30,
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_broken_answers(data):
    with serving(sends(data)) as (url, _), pytest.raises(TransportError) as caught:
        get(url)
    assert caught.value.kind == "broken"


def test_half_a_head_is_an_answer_without_a_body():
    with serving(sends(head("Content-Length: 5")[:20])) as (url, _):
        assert get(url).body == b""


SLOW = {
    "no head": (b"", b""),
    "slow head": (b"", head(*[f"X-{n}: y" for n in range(90)])),
    "slow status": (b"", b"HTTP/1.1 200 " + b"O" * 500),
    "slow body": (head("Content-Length: 700"), BODY),
    "slow body without length": (head(), BODY),
    "slow chunks": (head("Transfer-Encoding: chunked"), b"1\r\na\r\n" * 200),
    "body that stalls": (head("Content-Length: 700") + BODY[:300], b""),
    "body without length that stalls": (head() + BODY[:300], b""),
}


@pytest.mark.parametrize(("at_once", "slowly"), SLOW.values(), ids=SLOW)
def test_the_time_is_bounded_whatever_drips(at_once, slowly):
    over = threading.Event()

    def script(connection):
        connection.sendall(at_once)
        drips(slowly, 0.02)(connection)
        over.wait(5)

    start = time.monotonic()
    with serving(script) as (url, _):
        with pytest.raises(TransportError) as caught:
            get(url, timeout=0.3)
        assert 0.25 < time.monotonic() - start < 1.5
        over.set()
    assert caught.value.kind == "timeout"
    assert "0.3 s" in str(caught.value)


def test_no_threads_or_sockets_are_left():
    def threads():
        return [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]

    with serving(sends(GOOD["with length"])) as (url, _):
        get(url)
    time.sleep(0.01)
    assert threads() == []


def test_nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(TransportError) as caught:
        get(f"http://127.0.0.1:{port}/")
    assert caught.value.kind == "no-connection"


def test_no_such_host(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(TransportError) as caught:
        get("http://nowhere.example/")
    assert caught.value.kind == "no-connection"


def test_tls_with_somebody_who_does_not_speak_it():
    with serving(lambda connection: None) as (url, _):
        with pytest.raises(TransportError) as caught:
            get(url.replace("http:", "https:"), timeout=0.3)
        with socket.create_connection(("127.0.0.1", int(url.split(":")[2][:-2]))):
            pass
    assert caught.value.kind in ("timeout", "broken")


def test_the_size_is_bounded(monkeypatch):
    monkeypatch.setattr(transport, "MAX_BODY", 100_000)

    def endless(connection):
        connection.sendall(head())
        while True:
            connection.sendall(b"x" * 10_000)

    with serving(endless) as (url, _), pytest.raises(TransportError) as caught:
        get(url)
    assert caught.value.kind == "too-large"


def test_an_unpacked_size_is_bounded(monkeypatch):
    monkeypatch.setattr(transport, "MAX_BODY", 1_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(b"\0" * 50_000_000) + packer.flush()
    assert len(bomb) < 100_000
    for data in (bomb, gzip.compress(b"x") + bomb, gzip.compress(b"\0" * 600_000) * 2):
        with serving(sends(head() + data)) as (url, _), pytest.raises(TransportError) as caught:
            get(url)
        assert caught.value.kind == "too-large"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (requests.exceptions.SSLError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate"), "certificate"),
        (requests.exceptions.SSLError("EOF occurred in violation of protocol"), "broken"),
        (requests.exceptions.ProxyError("Unable to connect to proxy"), "no-connection"),
        (requests.exceptions.InvalidURL("x"), "address"),
        (requests.exceptions.ConnectTimeout("x"), "timeout"),
        (requests.exceptions.ReadTimeout("x"), "timeout"),
        (urllib3.exceptions.ReadTimeoutError(None, None, "x"), "timeout"),
        (urllib3.exceptions.ProtocolError("x"), "broken"),
        (ConnectionResetError(), "broken"),
        (TimeoutError(), "timeout"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_what_other_libraries_call_it(monkeypatch, error, kind):
    def raising(*args):
        raise error

    monkeypatch.setattr(transport, "_exchange", raising)
    with pytest.raises(TransportError) as caught:
        get("http://127.0.0.1/")
    assert caught.value.kind == kind


@pytest.mark.parametrize("url", ["http://", "http://exa mple/", "http://[::1/", "http://*.example/"])
def test_addresses_that_are_none(url):
    with pytest.raises(TransportError):
        get(url)


def test_netrc_is_not_used(tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", os.fspath(netrc))
    with serving(sends(GOOD["with length"])) as (url, heads):
        get(url)
    assert b"Authorization" not in heads[0]


def test_a_proxy_is_used_but_not_for_this_machine(monkeypatch):
    with serving(sends(GOOD["with length"])) as (proxy, heads):
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        assert get("http://mirror.example/q").body == BODY
        assert heads[0].startswith(b"GET http://mirror.example/q HTTP/1.1\r\n")
    with serving(sends(GOOD["with length"])) as (url, heads):
        assert get(url).body == BODY
        assert heads[0].startswith(b"GET /q ")


def test_a_slow_proxy_is_bounded_in_time(monkeypatch):
    over = threading.Event()
    with serving(lambda connection: over.wait(5)) as (proxy, _):
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        with pytest.raises(TransportError) as caught:
            get("http://mirror.example/q", timeout=0.3)
        over.set()
    assert caught.value.kind == "timeout"
