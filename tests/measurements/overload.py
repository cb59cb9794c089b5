"""How a server of the page bears rude visitors: what a search takes beside each kind of them.

    searchq serve --index index40k --port 8010 &
    python -m tests.measurements.overload kinds 8010 [KIND …]

    python -m tests.measurements.overload crowd index40k --kill 2      starts a server itself; needs wrk

All of it stays on this machine: the rude visitors come from 127.0.0.2 to 127.0.0.9, the searches from 127.0.0.1.
"""

import contextlib
import http.client
import itertools
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote

import click

SECONDS: Final = 12.0
WORDS: Final = ("fiets", "trein", "gevangenis", "klimaat", "politie", "pensioen", "huurder", "asiel", "energie", "taal")
SYLLABLES: Final = ("ve", "in", "on", "be", "ge", "op", "aa", "de", "re", "mi", "st", "pr", "co", "ov", "ui", "ar")
Visitor = Callable[[int, threading.Event, str], None]


def connect(port: int, source: str, timeout: float = 30) -> socket.socket:
    line = socket.socket()
    line.settimeout(timeout)
    line.bind((source, 0))
    line.connect(("127.0.0.1", port))
    return line


def pipeline(port: int, stop: threading.Event, source: str) -> None:
    """Asks for 190 long pages at once, and reads none."""
    while not stop.is_set():
        with contextlib.suppress(OSError), connect(port, source) as line:
            line.sendall(b"GET /sitemap-1.xml HTTP/1.1\r\nHost: x\r\n\r\n" * 190)
            stop.wait(600)


def read_slowly(port: int, stop: threading.Event, source: str) -> None:
    """Asks for every question as CSV, and reads a hundred bytes a second."""
    while not stop.is_set():
        with contextlib.suppress(OSError), connect(port, source) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.sendall(f"GET /?q={random.choice(WORDS)}&format=csv HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            while not stop.is_set() and line.recv(100):
                stop.wait(1)
        stop.wait(0.5)


def ask_slowly(port: int, stop: threading.Event, source: str) -> None:
    """Sends a byte of a header now and then."""
    while not stop.is_set():
        with contextlib.suppress(OSError), connect(port, source) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            while not stop.wait(2):
                line.sendall(b"x")
        stop.wait(0.5)


def search_hard(port: int, stop: threading.Event, source: str) -> None:
    """Asks the slowest of queries, one after the other, none of them twice."""
    draw = random.Random(source)
    while not stop.is_set():
        words = [f"{draw.choice(SYLLABLES)}*" for _ in range(14)] + [f"x{draw.random()}"[:7]]
        with contextlib.suppress(OSError, http.client.HTTPException):
            get(port, "/?q=" + quote(" OF ".join(words)), source)


KINDS: Final[dict[str, tuple[Visitor, int]]] = {
    "pipelining": (pipeline, 4),
    "slow readers": (read_slowly, 110),
    "slow heads": (ask_slowly, 200),
    "slow queries": (search_hard, 16),
}


def get(port: int, path: str, source: str = "127.0.0.1", timeout: float = 30) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout, source_address=(source, 0))
    try:
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
        return answer.status
    finally:
        line.close()


def searches(port: int, seconds: float) -> Iterator[tuple[float, str]]:
    """A plain search every quarter of a second: how long it took, and what came of it."""
    until = time.monotonic() + seconds
    for turn in itertools.count():
        began = time.monotonic()
        if began > until:
            return
        path = f"/?q={WORDS[turn % len(WORDS)]}+{random.randrange(10**6)}"
        try:
            outcome = str(get(port, path))
        except (OSError, http.client.HTTPException) as error:
            outcome = type(error).__name__
        yield time.monotonic() - began, outcome
        time.sleep(0.25)


def rude(port: int, kind: str, count: int, stop: threading.Event) -> list[threading.Thread]:
    visit, _ = KINDS[kind]
    sources = itertools.cycle(f"127.0.0.{last}" for last in range(2, 10))
    threads = [threading.Thread(target=visit, args=(port, stop, next(sources)), daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def measure(port: int, kind: str, seconds: float = SECONDS) -> str:
    stop = threading.Event()
    if kind in KINDS:
        rude(port, kind, KINDS[kind][1], stop)
        time.sleep(3)
    found = list(searches(port, seconds))
    stop.set()
    times = sorted(taken for taken, _ in found)
    outcomes = {outcome: sum(one == outcome for _, one in found) for _, outcome in found}
    middle, worst = times[len(times) // 2], times[-1]
    return f"{kind:14} {len(times):3} searches, median {middle:6.3f} s, worst {worst:6.3f} s, {outcomes}"


@click.group()
def main() -> None:
    """How a server of the page bears rude visitors."""


@main.command()
@click.argument("port", type=int)
@click.argument("kinds", nargs=-1)
def kinds(port: int, kinds: tuple[str, ...]) -> None:
    """A plain search beside each kind of them, at a server that runs."""
    for kind in kinds or ["nobody", *KINDS]:
        click.echo(measure(port, kind))


@main.command()
@click.argument("index")
@click.option("--seconds", default=60, show_default=True, help="Of each run.")
@click.option("--processes", default=2, show_default=True, help="Workers of the server.")
@click.option("--kill", default=0, metavar="N", help="In a third run, kill a worker so many times.")
def crowd(index: str, seconds: int, processes: int, kill: int) -> None:
    """Fifty connections of wrk: alone, then beside 200 slow readers, 200 slow heads and 8 who pipeline."""
    with Server(index, processes) as server:
        load(server, 10)  # the caches
        click.echo(f"alone           {load(server, seconds)}")
        stop = threading.Event()
        for kind, count in CROWD.items():
            rude(server.port, kind, count, stop)
        time.sleep(3)
        click.echo(f"beside rude     {load(server, seconds)}")
        if kill:
            killer = threading.Thread(target=server.kill, args=(kill, seconds), daemon=True)
            killer.start()
            click.echo(f"workers killed  {load(server, seconds)}")
        stop.set()


CROWD: Final = {"slow readers": 200, "slow heads": 200, "pipelining": 8}

SCRIPT: Final = f"""
local words = {{{", ".join(f'"{word}"' for word in WORDS)}}}
local threads, n = 0, 0
function setup(thread) threads = threads + 1; thread:set("place", threads) end
function request()
  n = n + 1
  local one, other = words[n % 10 + 1], words[math.floor(n / 10) % 10 + 1]
  return wrk.format("GET", "/?q=" .. one .. "+" .. other .. "+" .. place .. "x" .. n .. "x{random.randrange(10**6)}")
end
"""


class Server:
    """A server of an index, in processes of its own."""

    def __init__(self, index: str, processes: int) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        searchq = str(Path(sys.executable).with_name("searchq"))
        options = ["--index", index, "--port", str(self.port), "--processes", str(processes)]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen([searchq, "serve", *options], stdout=subprocess.PIPE, stderr=quiet, text=True)

    def __enter__(self) -> Self:
        assert self._process.stdout and self._process.stdout.readline()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)

    @property
    def workers(self) -> list[int]:
        pid = self._process.pid
        return sorted(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    @property
    def megabytes(self) -> list[int]:
        """What each worker holds in memory."""
        status = [Path(f"/proc/{pid}/status").read_text() for pid in self.workers]
        return [int(text.partition("VmRSS:")[2].split()[0]) // 1024 for text in status if "VmRSS:" in text]

    def kill(self, times: int, seconds: float) -> None:
        """Kill a worker, evenly over so many seconds."""
        for _ in range(times):
            time.sleep(seconds / (times + 1))
            os.kill(self.workers[0], signal.SIGKILL)


def load(server: Server, seconds: int) -> str:
    """What wrk says of so many seconds, each search a new one, and the memory before and after."""
    before = server.megabytes
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT)
        script.flush()
        options = ["-t2", "-c50", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", script.name]
        command = ["wrk", *options, f"http://127.0.0.1:{server.port}"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [" ".join(line.split()) for line in said.splitlines()]
    told = [line for line in lines if line.startswith(("50%", "99%", "Requests/sec", "Socket errors", "Non-2xx"))]
    return f"{', '.join(told)}; MB {before} -> {server.megabytes}"


if __name__ == "__main__":
    main()
