"""A worker is killed: whoever waits for an answer gets it from the next worker, on the same connection."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchq.web.kept_connections import KeptConnections
from searchq.web.server import listen, serve_sockets
from searchq.web.steady_socket import SteadySocket
from tests.wait import PATIENCE, wait_until

SERVER = """
import os, signal, socket, sys
from pathlib import Path
from searchq.web import connections, processes, server

processes._PAUSE_SECONDS = 0.1  # between workers that end at once
connections.DEFER_SECONDS = 600  # however long the other worker is held up
folder = Path(sys.argv[1])

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def once(name):
    try:
        (folder / name).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True

def begun(answer):
    yield b"x" * 300_000
    die()

def application(environ, start_response):
    path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
    with (folder / "asked").open("a") as file:
        file.write(path + "\\n")
    if path == "/die" or (path == "/die-once" and once(query)):
        die()
    answer = f"{path}?{query} {os.getpid()} ".encode() + b"." * int(query or 0)
    if path == "/break":
        start_response("200 OK", [("Content-Length", "400000")])
        return begun(answer)
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]

server.create_app = lambda *arguments, **options: application
server.run("", port=0, threads=8, processes=int(sys.argv[2]), announce=lambda told: print(told, flush=True))
"""


class Server:
    """A server of one worker in processes of its own."""

    def __init__(self, folder: Path, pid: int, port: int) -> None:
        self._folder, self.pid, self.port = folder, pid, port

    def connect(self) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def asked(self) -> list[str]:
        """The requests that reached the application."""
        with contextlib.suppress(FileNotFoundError):
            return (self._folder / "asked").read_text().split()
        return []

    def forget(self) -> None:
        (self._folder / "asked").unlink(missing_ok=True)

    def worker(self) -> int:
        with self.connect() as line:
            return int(ask(line, "/pid").split()[1])

    def descriptors(self) -> int:
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))


@contextlib.contextmanager
def running(folder: Path, processes: int) -> Iterator[Server]:
    command = [sys.executable, "-c", SERVER, str(folder), str(processes)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        try:
            yield Server(folder, process.pid, int(process.stdout.readline().rstrip("/\n").rpartition(":")[2]))
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("kept"), 1) as server:
        yield server


@pytest.fixture
def server(started: Server) -> Server:
    started.forget()
    return started


def ask(line: socket.socket, path: str, method: str = "GET") -> str:
    body = "Content-Length: 1\r\n\r\nx" if method == "POST" else "\r\n"
    line.sendall(f"{method} {path} HTTP/1.1\r\nHost: x\r\n{body}".encode())
    return answer_on(line)


def answer_on(line: socket.socket) -> str:
    """The body of the next answer; empty where the connection ends first."""
    received = b""
    with contextlib.suppress(ConnectionError):
        while b"\r\n\r\n" not in received and (piece := line.recv(1)):
            received += piece
        head, _, _ = received.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
        body = b""
        while len(body) < length:
            piece = line.recv(length - len(body))
            if not piece:
                return ""
            body += piece
        return body.decode()
    return ""


def test_a_request_of_a_killed_worker_is_answered_by_the_next_and_idle_connections_go_on(server: Server) -> None:
    idle, waiting = server.connect(), server.connect()
    first = ask(idle, "/first").split()[1]
    second = ask(waiting, "/die-once?1").split()[1]
    assert first != second
    assert ask(idle, "/again").split() == ["/again?", second]
    assert ask(waiting, "/again").split() == ["/again?", second]
    assert server.asked() == ["/first", "/die-once", "/die-once", "/again", "/again"]


def test_requests_sent_at_once_are_answered_once_each_and_in_order(server: Server) -> None:
    line = server.connect()
    paths = [f"/{number}?20000" for number in range(5)] + ["/die-once?2"] + [f"/{number}" for number in range(5, 9)]
    line.sendall("".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in paths).encode())
    assert [answer_on(line).split("?")[0] for _ in paths] == [path.split("?")[0] for path in paths]
    assert server.asked().count("/die-once") == 2
    assert all(server.asked().count(f"/{number}") == 1 for number in range(9))


def test_what_was_answered_or_read_in_part_ends_with_its_worker(server: Server) -> None:
    broken, half, told = server.connect(), server.connect(), server.connect()
    half.sendall(b"GET /half HTTP/1.1\r\nHost:")
    assert ask(told, "/told")
    assert ask(broken, "/break") == ""
    assert half.recv(1) == b""
    assert ask(told, "/told").startswith("/told")


def test_new_connections_go_to_the_worker_that_has_fewer(tmp_path: Path) -> None:
    with running(tmp_path, 2) as server:
        lines = [server.connect() for _ in range(3)]
        (_, two), (other, one) = Counter(worker := [ask(line, "/pid").split()[1] for line in lines]).most_common()
        assert (two, one) == (2, 1)
        assert last_answer(lines[worker.index(other)]) == other
        assert {last_answer(server.connect()) for _ in range(20)} == {other}


def last_answer(line: socket.socket) -> str:
    """The worker that answers and, with that, ends the connection."""
    line.sendall(b"GET /pid HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    worker = answer_on(line).split()[1]
    assert line.recv(1) == b""
    line.close()
    return worker


def test_a_form_is_never_sent_twice(server: Server) -> None:
    assert ask(server.connect(), "/die-once?3", "POST") == ""
    wait_until(lambda: bool(server.worker()))
    assert server.asked().count("/die-once") == 1


def test_a_request_that_ends_three_workers_is_given_up_and_others_are_answered(server: Server) -> None:
    other = server.connect()
    assert ask(other, "/other")
    assert ask(server.connect(), "/die") == ""
    assert server.asked().count("/die") == 3
    assert ask(other, "/other").startswith("/other")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to count what is open")
def test_closed_connections_are_closed_everywhere(server: Server) -> None:
    server.worker()
    before = server.descriptors()
    lines = [server.connect() for _ in range(30)]
    assert all(ask(line, "/") for line in lines)
    wait_until(lambda: server.descriptors() >= before + 29)  # one of before may have been about to be closed
    os.kill(server.worker(), signal.SIGKILL)
    assert all(ask(line, "/") for line in lines)
    for line in lines:
        line.close()
    wait_until(lambda: server.descriptors() <= before + 1)
    closing = server.connect()
    closing.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer_on(closing) and closing.recv(1) == b""


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # the child runs no thread of ours
def test_on_a_line_that_is_full_nobody_waits_and_who_was_closed_stays_closed() -> None:
    kept = KeptConnections(1)
    pid = os.fork()
    if pid == 0:
        code = 1
        with contextlib.suppress(BaseException):
            register, inherited = kept.taken(0)
            pairs = [socket.socketpair() for _ in range(600)]
            for one, _ in pairs:
                register.opened(one)
            for one, _ in pairs:
                register.closed(one.fileno())
                one.shutdown(socket.SHUT_RDWR)
            code = len(inherited)
        os._exit(code)
    assert os.waitpid(pid, 0)[1] == 0
    kept.ended(0)
    assert all(one.recv(1) == b"" for one in kept.taken(0)[1])


def test_bytes_looked_at_stay_until_they_are_taken() -> None:
    ours, theirs = socket.socketpair()
    steady = SteadySocket(ours)
    theirs.sendall(b"one two")
    assert steady.look(100) == b"one two"
    steady.take(4)
    assert steady.look(100) == b"two"
    assert steady.send(b"three") == 5
    theirs.close()
    with pytest.raises(ConnectionError):
        steady.send(b"four")
    steady.close()


@pytest.mark.parametrize("count", [1, 2])
def test_each_connection_is_taken_over_once_whatever_is_listened_on(count: int) -> None:
    sockets = [one for _ in range(count) for one in listen("127.0.0.1", 0)]
    visitor = socket.create_connection(sockets[0].getsockname()[:2])
    connection, _ = sockets[0].accept()
    gone = socket.create_connection(sockets[0].getsockname()[:2])
    without, _ = sockets[0].accept()
    without.shutdown(socket.SHUT_RDWR)
    gone.close()

    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Length", "4")])
        return [b"here"]

    server = serve_sockets(application, sockets, 1, inherited=[connection, without])
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert ask(visitor, "/") == "here"
    visitor.close()
    server.task_dispatcher.shutdown()
    server.close()
    thread.join(5)
