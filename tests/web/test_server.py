"""The server in front of the page: slow, rude and numerous visitors; others are still served."""

import contextlib
import http.client
import socket
import threading
import time
from typing import Any

import pytest

from searchq.api import Index
from searchq.web import create_app
from searchq.web.server import SETTINGS, ImpatientChannel, serve_application
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS


def send(served: Any, text: bytes) -> bytes:
    """Sends raw bytes and reads until the server ends the connection, or says nothing more."""
    with socket.create_connection(("127.0.0.1", served.server.effective_port), timeout=5) as line:
        line.sendall(text)
        received = b""
        with contextlib.suppress(OSError):
            while chunk := line.recv(65536):
                received += chunk
        return received


def get(served: Any, address: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", served.server.effective_port, timeout=10)
    line.request("GET", address)
    return line.getresponse()


def test_a_page_comes_over_the_line(served: Any) -> None:
    answer = get(served, "/?q=klachten")
    assert answer.status == 200 and answer.read().endswith(b"</html>")
    assert answer.getheader("Server") is None


def test_an_address_of_five_kilobytes_is_too_long(served: Any) -> None:
    assert get(served, "/?q=" + "x" * 5000).status == 414


def test_headers_without_end_are_cut_off(served: Any) -> None:
    answer = send(served, b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 40_000 + b"\r\n\r\n")
    assert answer == b"" or b" 431 " in answer[:20]  # told so, where it listens before the line is cut


def test_a_small_body_is_read_and_refused(served: Any) -> None:
    answer = send(served, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=1")
    assert answer.startswith(b"HTTP/1.1 405")


def test_a_large_body_is_not_read(served: Any) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n"
    assert send(served, head).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "text",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
    ],
)
def test_nonsense_on_the_line_leaves_the_others_be(served: Any, text: bytes) -> None:
    send_briefly(served, text)
    assert get(served, "/gezondheid").status == 200


def send_briefly(served: Any, text: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.server.effective_port), timeout=1) as line:
        line.sendall(text)
        with contextlib.suppress(OSError):
            line.recv(1000)


def test_two_hundred_slow_visitors_do_not_keep_others_waiting(served: Any) -> None:
    slow = [socket.create_connection(("127.0.0.1", served.server.effective_port)) for _ in range(200)]
    try:
        for line in slow:
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        began = time.monotonic()
        assert get(served, "/gezondheid").status == 200
        assert time.monotonic() - began < 5
    finally:
        for line in slow:
            line.close()


def test_who_dribbles_is_cut_off_though_never_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then does not set the clock back: patience runs from the first byte."""
    monkeypatch.setitem(SETTINGS, "channel_timeout", 1)
    monkeypatch.setitem(SETTINGS, "cleanup_interval", 1)
    server = serve_application(create_app(Index(PlainEngine(QUESTIONS))), "127.0.0.1", 0, 1)
    assert server.channel_class is ImpatientChannel
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        with socket.create_connection(("127.0.0.1", server.effective_port), timeout=0.3) as line:
            line.sendall(b"GET / HTTP/1.1\r\n")
            assert dribble_until_closed(line, seconds=10)
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(5)


def dribble_until_closed(line: socket.socket, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            line.sendall(b"X")
            if line.recv(1000) == b"":
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


def test_many_visitors_at_once_get_the_same_page(served: Any) -> None:
    expected = get(served, "/?q=klachten").read()
    found: list[bytes] = []

    def visit() -> None:
        found.extend(get(served, "/?q=klachten").read() for _ in range(5))

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 40
