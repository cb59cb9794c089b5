"""The server in front of the page: slow, rude and numerous visitors; others are still served."""

import contextlib
import http.client
import logging
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from werkzeug.wsgi import ClosingIterator

from searchq.api import Index
from searchq.web import channel, connections, create_app
from searchq.web.channel import MIN_WINDOW_BYTES, WRITE_WINDOW_SECONDS, BoundedChannel
from searchq.web.connections import BoundedServer
from searchq.web.server import SETTINGS, serve_application
from tests.plain_engine import PlainEngine
from tests.wait import PATIENCE, wait_until
from tests.web.records import QUESTIONS

NEVER = 10**6  # seconds


def send(served: Any, text: bytes) -> bytes:
    """Sends raw bytes and reads until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", served.server.effective_port), timeout=PATIENCE) as line:
        line.sendall(text)
        received = b""
        with contextlib.suppress(OSError):
            while chunk := line.recv(65536):
                received += chunk
        return received


def get(served: Any, address: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", served.server.effective_port, timeout=PATIENCE)
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


def test_a_page_asked_for_with_an_expectation_comes(served: Any) -> None:
    head = b"GET /gezondheid HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    assert send(served, head).startswith(b"HTTP/1.1 200")


def test_a_body_that_waits_for_a_word_is_asked_for_and_refused(served: Any) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served.server.effective_port), timeout=PATIENCE) as line:
        line.sendall(head)
        assert line.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(b"a=1")
        assert line.recv(12) == b"HTTP/1.1 405"


def test_the_first_pieces_of_a_stream_are_sent_before_it_ends() -> None:
    ended = threading.Event()

    def application(environ: Any, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [])
        yield b"one"
        yield b"two"
        ended.wait(PATIENCE)
        yield b"three"

    with serving(application) as port, connect(port) as line:
        line.sendall(b"GET / HTTP/1.0\r\n\r\n")
        received = b""
        while not received.endswith(b"onetwo"):
            received += line.recv(1000)
        ended.set()
        assert line.recv(1000) == b"three"


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
    with socket.create_connection(("127.0.0.1", served.server.effective_port), timeout=PATIENCE) as line:
        line.sendall(text)
        with contextlib.suppress(OSError):
            line.recv(1000)


def test_two_hundred_slow_visitors_do_not_keep_others_waiting(served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served.server.adj, "channel_timeout", NEVER)  # an answer does not come of their being cut off
    slow = [socket.create_connection(("127.0.0.1", served.server.effective_port)) for _ in range(200)]
    try:
        for line in slow:
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        assert get(served, "/gezondheid").status == 200
    finally:
        for line in slow:
            line.close()


def test_who_dribbles_is_cut_off_though_never_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then does not set the clock back: patience runs from the first byte."""
    monkeypatch.setitem(SETTINGS, "channel_timeout", 1)
    monkeypatch.setitem(SETTINGS, "cleanup_interval", 1)
    server = serve_application(create_app(Index(PlainEngine(QUESTIONS))), "127.0.0.1", 0, 1)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        with socket.create_connection(("127.0.0.1", server.effective_port), timeout=0.3) as line:
            line.sendall(b"GET / HTTP/1.1\r\n")
            wait_until(lambda: is_closed_to(line, b"X"))
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(5)


Application = Callable[[Any, Any], Iterable[bytes]]


@contextlib.contextmanager
def serving(application: Application, threads: int = 2) -> Iterator[int]:
    """An application on a port of its own."""
    server = serve_application(application, "127.0.0.1", 0, threads)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(5)


def connect(port: int, source: str = "127.0.0.1") -> socket.socket:
    """A connection whose buffers hold little."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.settimeout(PATIENCE)
    line.bind((source, 0))
    line.connect(("127.0.0.1", port))
    return line


def test_of_many_requests_at_once_on_a_line_the_next_begins_when_the_last_is_read() -> None:
    begun: list[str] = []
    body = b"x" * 12_000_000  # more than any system's buffers

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        begun.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    with serving(application, threads=1) as port, connect(port) as greedy:
        greedy.sendall(b"".join(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % number for number in range(150)))
        wait_until(lambda: begun)
        for number in range(3):  # the only thread is free
            with connect(port) as line:
                line.sendall(b"HEAD /other-%d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" % number)
                assert line.recv(100).startswith(b"HTTP/1.1 200")
        assert begun == ["/0", "/other-0", "/other-1", "/other-2"]
        read = 0
        while "/1" not in begun:
            read += len(greedy.recv(1 << 20))
        assert read > len(body) / 2


def test_a_reader_who_takes_nothing_is_cut_off_and_the_stream_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETTINGS, "cleanup_interval", 0)
    monkeypatch.setattr(channel, "WRITE_WINDOW_SECONDS", 0.3)
    ended = threading.Event()

    def application(environ: Any, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [])
        try:
            for _ in range(10_000):
                yield b"x" * 65536
        finally:
            ended.set()

    with serving(application) as port, connect(port) as stuck:
        stuck.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert ended.wait(PATIENCE)


def test_who_leaves_while_a_page_is_made_leaves_no_word_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    begun, door, ended = threading.Event(), threading.Event(), threading.Event()

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", "3")])
        begun.set()
        door.wait(PATIENCE)
        return ClosingIterator([b"one"], ended.set)

    with serving(application) as port:
        line = connect(port)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # it ends by a reset
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert begun.wait(PATIENCE)
        line.close()
        door.set()
        assert ended.wait(PATIENCE)
        wait_until(lambda: is_served(port, "127.0.0.1"))
    assert [one.message for one in caplog.records if one.levelno >= logging.ERROR] == []


def test_who_takes_enough_of_what_is_pending_in_each_window_is_not_stuck() -> None:
    channel = BoundedChannel.__new__(BoundedChannel)
    window, least = WRITE_WINDOW_SECONDS, MIN_WINDOW_BYTES
    channel.total_outbufs_len = 10**6
    assert not channel.is_stuck(0)
    assert not channel.is_stuck(window - 1)
    for turn in range(1, 4):
        channel._bytes_sent += least
        assert not channel.is_stuck(turn * window)
    channel._bytes_sent += least - 1
    assert channel.is_stuck(4 * window)
    channel.total_outbufs_len = 0
    assert not channel.is_stuck(9 * window)
    channel.total_outbufs_len = 10**6  # of a later response
    assert not channel.is_stuck(20 * window)


def test_an_address_has_so_many_connections_and_others_are_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoundedServer, "max_per_address", 3)
    with serving(create_app(Index(PlainEngine(QUESTIONS)))) as port:
        lines = [connect(port, "127.0.0.2") for _ in range(5)]
        for line in lines:
            with contextlib.suppress(OSError):
                line.sendall(b"HEAD /gezondheid HTTP/1.1\r\nHost: x\r\n\r\n")
        assert [heard(line) for line in lines] == [True] * 3 + [False] * 2
        with connect(port, "127.0.0.3") as other:
            other.sendall(b"HEAD /gezondheid HTTP/1.1\r\nHost: x\r\n\r\n")
            assert heard(other)
        lines.pop(0).close()
        wait_until(lambda: is_served(port, "127.0.0.2"))
        for line in lines:
            line.close()


def is_served(port: int, source: str) -> bool:
    with connect(port, source) as line, contextlib.suppress(OSError):
        line.sendall(b"HEAD /gezondheid HTTP/1.1\r\nHost: x\r\n\r\n")
        return heard(line)
    return False


def heard(line: socket.socket) -> bool:
    try:
        return line.recv(12) == b"HTTP/1.1 200"
    except OSError:
        return False


@pytest.mark.parametrize(
    "head",
    [
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.0\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\na=1",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    ],
)
def test_what_two_servers_might_read_differently_is_refused(served: Any, head: bytes) -> None:
    answer = send(served, head + b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400"))
    assert answer.count(b" 400 ") == 1 and b" 404 " not in answer


@pytest.mark.parametrize(
    "head", [b"GET /gezondheid HTTP/1.0\r\n\r\n", b"GET /gezondheid HTTP/1.1\r\nConnection: close\r\nHost:\r\n\r\n"]
)
def test_an_old_client_needs_no_host_and_an_empty_one_is_no_name(served: Any, head: bytes) -> None:
    assert send(served, head)[9:12] == (b"200" if b"1.0" in head else b"400")


@pytest.mark.parametrize(
    "head",
    [
        b"GET http://[::1/ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://[x]/?q=a HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://[v1.\t]/ HTTP/1.0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"0" * 5000 + b"\r\n\r\n",
    ],
)
def test_a_head_that_cannot_be_read_is_refused_and_leaves_no_word_in_the_log(
    served: Any, head: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    assert send(served, head)[9:12] == b"400"
    assert not caplog.records


def test_where_no_more_connections_fit_one_of_whoever_has_most_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETTINGS, "connection_limit", 12)
    monkeypatch.setitem(SETTINGS, "channel_timeout", NEVER)  # silent ones are not cut off for another reason
    with serving(create_app(Index(PlainEngine(QUESTIONS)))) as port, contextlib.ExitStack() as lines:
        first = lines.enter_context(connect(port, "127.0.0.3"))
        crowd = [lines.enter_context(connect(port, "127.0.0.2")) for _ in range(30)]
        for number, line in enumerate(crowd):
            with contextlib.suppress(OSError):
                line.sendall(b"GET / HT" if number % 2 else b"")
        wait_until(lambda: is_served(port, "127.0.0.4"))
        first.sendall(b"HEAD /gezondheid HTTP/1.1\r\nHost: x\r\n\r\n")
        assert heard(first)


def test_a_clock_that_is_set_back_keeps_nobody_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1.9e9]
    monkeypatch.setattr("waitress.server.time.time", lambda: now[0])
    monkeypatch.setitem(SETTINGS, "channel_timeout", 0.2)
    monkeypatch.setitem(SETTINGS, "cleanup_interval", 0.1)
    with serving(create_app(Index(PlainEngine(QUESTIONS))), 1) as port, connect(port) as silent:
        now[0] -= 86400
        assert silent.recv(1) == b""


def test_one_visitor_does_not_get_all_threads() -> None:
    inside: set[str] = set()
    door = threading.Event()

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        inside.add(environ["PATH_INFO"])
        if environ["REMOTE_ADDR"] == "127.0.0.2":
            door.wait(PATIENCE)
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    with serving(application, threads=8) as port:
        lines = [connect(port, "127.0.0.2") for _ in range(20)]
        for number, line in enumerate(lines):
            line.sendall(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % number)
        wait_until(lambda: len(inside) == 2)
        with connect(port, "127.0.0.3") as other:
            other.sendall(b"GET /other HTTP/1.1\r\nHost: x\r\n\r\n")
            assert heard(other)
        assert len(inside) == 3
        door.set()
        assert all(map(heard, lines))
        for line in lines:
            line.close()


def test_what_is_pending_for_all_readers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETTINGS, "cleanup_interval", 0)
    monkeypatch.setattr(connections, "MAX_PENDING_BYTES", 1_000_000)
    body = b"x" * 12_000_000

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    closed = threading.Event()
    close = BoundedChannel.handle_close

    def close_and_tell(channel: BoundedChannel) -> None:
        close(channel)
        closed.set()

    monkeypatch.setattr(BoundedChannel, "handle_close", close_and_tell)
    with serving(application) as port, connect(port) as greedy:
        greedy.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert closed.wait(PATIENCE)
        received = 0
        with contextlib.suppress(ConnectionError):
            while piece := greedy.recv(1 << 20):
                received += len(piece)
        assert received < len(body)


def is_closed_to(line: socket.socket, piece: bytes) -> bool:
    try:
        line.sendall(piece)
        return line.recv(1000) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


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
