"""The server as a process: it stops gracefully, replaces workers that are killed, and logs nothing but JSON."""

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchq.cli.main import main
from searchq.indexing import backup_index, restore_index
from tests.wait import PATIENCE, wait_until
from tests.web.told_numbers import numbers_at

SEARCHQ = str(Path(sys.executable).with_name("searchq"))
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
SLOW = """
import signal, sys, time
from searchq.web import server as module
from searchq.web.server import serve_application, serve_until_stopped

module.STOP_SECONDS = float(sys.argv[1])
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may run under nohup

def application(environ, start_response):
    print("begun", flush=True)
    time.sleep(float(environ["QUERY_STRING"]))
    start_response("200 OK", [("Content-Length", "4000000")])
    return [b"x" * 4_000_000]

server = serve_application(application, "127.0.0.1", 0, 4)
serve_until_stopped(server, lambda: print(server.effective_port, flush=True))
"""
# a worker that ends once it is known that the server stops; the second signal may come while it says so
ENDS_ONCE_KNOWN = """
import os, signal, sys, time
from pathlib import Path
from searchq.web import processes

known = Path(sys.argv[1])

def end(number, frame):
    while not known.exists():
        time.sleep(0.01)
    os.write(1, b"ended\\n")
    raise SystemExit

def work():
    signal.signal(signal.SIGTERM, end)
    print("begun", flush=True)
    while True:
        time.sleep(1)

processes.supervise([work], lambda: None, stops=known.touch)
"""
# a supervisor whose one worker tells when it was asked to stop; SIGHUP begins as the argument says
TELLS = """
import signal, sys, time
from searchq.web.processes import on_stop, supervise

signal.signal(signal.SIGHUP, getattr(signal, sys.argv[1]))

def work():
    stopped = []
    on_stop(lambda: stopped.append(True))
    print("begun", flush=True)
    while not stopped:
        time.sleep(0.01)
    print("ended", flush=True)

supervise([work], lambda: None)
"""


@pytest.fixture(scope="module")
def folder(sample_index: Path) -> str:
    return str(sample_index)


@contextlib.contextmanager
def started(*command: str, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env={**os.environ, "LC_ALL": "C", **environment}, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def port_of(server: "subprocess.Popen[str]") -> int:
    assert server.stdout
    return int(server.stdout.readline().rstrip("/\n").rpartition(":")[2])


def get(port: int, path: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with contextlib.closing(line):
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
        return answer.status


def children(process: int) -> set[int]:
    return set(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see the workers")
def test_a_killed_worker_is_replaced_and_all_end_with_the_server(folder: str) -> None:
    with started(SEARCHQ, "serve", "--index", folder, "--port", "0", "--processes", "2") as server:
        port = port_of(server)
        wait_until(lambda: len(children(server.pid)) == 2)
        workers = children(server.pid)
        assert get(port, "/gezondheid") == 200
        for worker, number in zip(sorted(workers), (signal.SIGKILL, signal.SIGBUS), strict=True):
            os.kill(worker, number)
        wait_until(lambda: len(children(server.pid) - workers) == 2)
        assert get(port, "/?q=trein") == 200
        workers = children(server.pid)
        server.terminate()
        _, logged = server.communicate(timeout=PATIENCE)
        assert server.returncode == 0
        assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
        told = [json.loads(line) for line in logged.splitlines()]
        assert [line["path"] for line in told if "path" in line] == ["/gezondheid", "/"]
        ended = [line["message"].split()[4] for line in told if line.get("level") == "warning"]
        assert sorted(ended) == ["SIGBUS;", "SIGKILL;"]


def page_of(port: int) -> int:
    """The status of a search; 0 where the connection breaks off."""
    try:
        return get(port, f"/?q=trein+{time.monotonic_ns()}")
    except (OSError, http.client.HTTPException):
        return 0


def test_an_index_cut_short_under_the_server_is_503_until_it_is_restored_and_no_worker_outlives_its_supervisor(
    folder: str, tmp_path: Path
) -> None:
    index, kept = tmp_path / "index", tmp_path / "kept"
    backup_index(folder, kept)
    restore_index(kept, index)
    with started(SEARCHQ, "serve", "--index", str(index), "--port", "0") as server:
        assert server.stderr
        threading.Thread(target=server.stderr.read).start()  # a full pipe would hold the server up
        port = port_of(server)
        wait_until(lambda: page_of(port) == 200)
        for path in index.glob("MAIN_*"):
            os.truncate(path, 100)
        wait_until(lambda: page_of(port) == 503)
        restore_index(kept, index)
        wait_until(lambda: page_of(port) == 200)
        server.kill()
        wait_until(lambda: page_of(port) == 0)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see the workers")
def test_two_workers_are_told_together_and_nothing_is_lost_with_one(folder: str) -> None:
    options = ("--port", "0", "--processes", "2", "--metrics", "127.0.0.1:0")
    with started(SEARCHQ, "serve", "--index", folder, *options) as server:
        assert server.stdout
        port, own = (int(re.findall(r":(\d+)/", server.stdout.readline())[0]) for _ in range(2))
        wait_until(lambda: len(children(server.pid)) == 3)
        for _ in range(6):
            assert get(port, "/gezondheid") == 200
        memory = [("searchq_process_resident_memory_bytes", (("worker", place),)) for place in "01"]
        wait_until(lambda: set(memory) <= set(numbers_at(own)))  # both have begun
        before = numbers_at(own)
        assert before["searchq_requests_total", (("kind", "health"), ("status", "200"))] == 6
        os.kill(min(children(server.pid)), signal.SIGKILL)
        killed = ("searchq_workers_ended_total", (("cause", "SIGKILL"),))
        wait_until(lambda: numbers_at(own)[killed] == 1 and len(children(server.pid)) == 3)
        after = numbers_at(own)
        assert all(after[key] >= before[key] for key in before if key[0].startswith("searchq_requests"))
        server.terminate()
        assert server.wait(PATIENCE) == 0


def test_what_is_wrong_with_the_place_is_told(
    folder: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*options: str) -> str:
        assert main(["serve", "--index", folder, "--port", "0", *options]) == 2
        return capsys.readouterr().err

    assert "write HOST:PORT, such as 127.0.0.1:9100" in fails("--metrics", "nowhere")
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        assert f"Cannot listen on {taken}: address in use; choose another --metrics." in fails("--metrics", taken)
    monkeypatch.setitem(sys.modules, "searchq.web.exposition", None)
    assert "pip install 'searchq[metrics]'" in fails("--metrics", "0")


@pytest.mark.parametrize("number", STOPPING)
def test_a_request_under_way_is_answered_in_full_before_the_server_stops(number: int) -> None:
    with started(sys.executable, "-c", SLOW, "600") as server, socket.socket() as line:
        assert server.stdout
        line.connect(("127.0.0.1", port_of(server)))
        line.sendall(b"GET /?0.5 HTTP/1.1\r\nHost: x\r\n\r\n")
        assert server.stdout.readline() == "begun\n"
        server.send_signal(number)
        received = 0
        while piece := line.recv(1 << 20):
            received += len(piece)
        assert received > 4_000_000
        assert server.wait(PATIENCE) == 0


def test_a_request_without_end_does_not_keep_the_server_from_stopping() -> None:
    with started(sys.executable, "-c", SLOW, "0.5") as server, socket.socket() as line:
        assert server.stdout
        line.connect(("127.0.0.1", port_of(server)))
        line.sendall(b"GET /?600 HTTP/1.1\r\nHost: x\r\n\r\n")
        assert server.stdout.readline() == "begun\n"
        server.terminate()
        assert server.wait(PATIENCE) == 0


def test_systemd_is_told_when_the_server_is_ready_and_when_it_stops(folder: str, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(PATIENCE)
        environment = {"NOTIFY_SOCKET": str(tmp_path / "notify")}
        with started(SEARCHQ, "serve", "--index", folder, "--port", "0", **environment) as server:
            assert manager.recv(100) == b"READY=1"
            assert get(port_of(server), "/gezondheid") == 200
            server.terminate()
            assert manager.recv(100) == b"STOPPING=1"
            assert server.wait(PATIENCE) == 0


def test_that_the_server_stops_is_told_while_workers_still_answer(tmp_path: Path) -> None:
    with started(sys.executable, "-c", ENDS_ONCE_KNOWN, str(tmp_path / "known")) as server:
        assert server.stdout
        assert server.stdout.readline() == "begun\n"
        server.terminate()
        assert server.stdout.readline() == "ended\n"
        assert server.wait(PATIENCE) == 0


@pytest.mark.parametrize("number", STOPPING)
def test_workers_end_their_work_on_each_signal_that_stops_the_supervisor(number: int) -> None:
    with started(sys.executable, "-c", TELLS, "SIG_DFL") as server:
        assert server.stdout
        assert server.stdout.readline() == "begun\n"
        server.send_signal(number)
        assert server.stdout.read() == "ended\n"
        assert server.wait(PATIENCE) == 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see the worker")
def test_a_closed_terminal_is_nothing_to_a_server_under_nohup() -> None:
    with started(sys.executable, "-c", TELLS, "SIG_IGN") as server:
        assert server.stdout
        assert server.stdout.readline() == "begun\n"
        for process in (server.pid, *children(server.pid)):
            os.kill(process, signal.SIGHUP)
        server.terminate()
        assert server.stdout.read() == "ended\n"
        assert server.wait(PATIENCE) == 0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is absent")
def test_the_unit_in_the_documents_is_valid(tmp_path: Path) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    block = text.partition("    # /etc/systemd/system/searchq.service\n")[2].partition("\n\n`")[0]
    unit = "\n".join(line.removeprefix("    ") for line in block.splitlines())
    unit = unit.replace("/srv/searchq/.venv/bin/searchq", SEARCHQ).replace("User=searchq", "User=root")
    (tmp_path / "searchq.service").write_text(unit)
    command = ["systemd-analyze", "verify", str(tmp_path / "searchq.service")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert "[Service]" in unit
    assert [line for line in done.stderr.splitlines() if "searchq.service" in line] == []
