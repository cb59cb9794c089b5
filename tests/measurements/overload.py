"""How a server of the page bears rude visitors: what a search takes beside each kind of them.

    searchq serve --index index40k --port 8010 &
    python -m tests.measurements.overload 8010 [KIND …]

All of it stays on this machine: the rude visitors come from 127.0.0.2 to 127.0.0.9, the searches from 127.0.0.1.
"""

import contextlib
import http.client
import itertools
import random
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote

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


def main() -> None:
    port, *kinds = sys.argv[1:]
    for kind in kinds or ["nobody", *KINDS]:
        print(measure(int(port), kind), flush=True)


if __name__ == "__main__":
    main()
