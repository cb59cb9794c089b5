"""A site on 127.0.0.1 that serves made-up questions with the faults of the real one, and watches how it is asked.

A fault is scripted per number and used up by one request each: "503", "429", "reset", "cut", "shell", "slow",
"redirect", or a function of the handler and the question. Every request is logged with its beginning and end;
`violations` names the ones that overlapped another, or came sooner after an answer than `least_gap`.
"""

import gzip
import hashlib
import re
import select
import socket
import struct
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.fetching.pages import Made, both, changed_layout, dutch, shell

_PAGE = re.compile(
    r"/www/\?MIval=/Vragen/(?P<view>\w+)&LEG=(?P<leg>\d+)&NR=(?P<nr>\d+)&LANG=(?P<lang>\w+)(?P<moved>&moved)?"
)


@dataclass
class Request:
    """One request as the server saw it."""

    path: str
    begun: float
    ended: float = 0.0
    number: int | None = None
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)


class Site:
    """The server, its questions and its log; a context manager that stops it."""

    def __init__(self, *questions: Made, least_gap: float = 0.0, has_etags: bool = True) -> None:
        self.questions = {(one.legislature, one.number): one for one in questions}
        self.least_gap, self.has_etags = least_gap, has_etags
        self.faults: dict[int, list[str | Callable[[Any, Made | None], None]]] = defaultdict(list)
        self.absence = "404"
        self.robots: str | None = "User-agent: *\nAllow: /\n"
        self.robots_status = 200
        self.render: Callable[[Made], str] | None = None  # instead of the layout that was asked for
        self.charset, self.declared = "windows-1252", "windows-1252"
        self.charsets: dict[int, tuple[str, str]] = {}  # of single numbers: served and declared
        self.retry_after = "0"
        self.slow_seconds = 0.05
        self.other: dict[str, Callable[[Any], None]] = {}  # further paths, answered by the handler they are given
        self.most = sys.maxsize  # requests beyond wait until more are allowed; who leaves has not asked
        self.log: list[Request] = []
        self.violations: list[str] = []
        self._lock = threading.Lock()
        self._active = 0
        self._last_end = 0.0
        self._server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": self}))
        self._server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def asked(self) -> list[int]:
        """The numbers asked for, in order; robots.txt and the like left out."""
        return [request.number for request in self.log if request.number is not None]

    def admits(self, connection: socket.socket) -> bool:
        """Wait until one more request is allowed; whether the one who asks is still there."""
        if len(self.log) < self.most:
            return True
        while len(self.log) >= self.most:
            time.sleep(0.002)
        ready, _, _ = select.select([connection], [], [], 0)
        return not ready

    def begin(self, path: str, headers: dict[str, str]) -> Request:
        now = time.monotonic()
        with self._lock:
            if self._active:
                self.violations.append(f"{path} while another request is under way")
            if now - self._last_end < self.least_gap:
                self.violations.append(f"{path} {now - self._last_end:.4f} s after the last answer")
            self._active += 1
            request = Request(path, now, headers=headers)
            self.log.append(request)
        return request

    def end(self, request: Request) -> None:
        with self._lock:
            self._active -= 1
            request.ended = self._last_end = time.monotonic()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked was killed: nothing to say."""


class _Handler(BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_GET(self) -> None:
        if not self.site.admits(self.connection):
            self.close_connection = True
            return
        request = self.site.begin(self.path, dict(self.headers.items()))
        self.request_log, self.is_over = request, False
        try:
            self._serve(request)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            self._over()

    def _serve(self, request: Request) -> None:
        if self.path == "/robots.txt":
            robots = self.site.robots
            self.answer(
                self.site.robots_status if robots is not None else 404,
                (robots or "").encode(),
                {"Content-Type": "text/plain"},
            )
        elif found := _PAGE.fullmatch(self.path):
            request.number = int(found["nr"])
            self._page(found)
        elif serve := self.site.other.get(self.path):
            serve(self)
        else:
            self.html(200, shell("Welkom"))

    def _page(self, found: re.Match[str]) -> None:
        made = self.site.questions.get((int(found["leg"]), int(found["nr"])))
        faults = self.site.faults[int(found["nr"])]
        fault = faults.pop(0) if faults else None
        if fault:
            fault(self, made) if callable(fault) else getattr(self, f"fault_{fault}")(made)
        elif made is None:
            getattr(self, f"absent_{self.site.absence}")(int(found["nr"]))
        else:
            self.question(made, found["view"])

    def question(self, made: Made, view: str = "SVPrintNLFR") -> None:
        layout = both if view == "SVPrintNLFR" else dutch
        charset, declared = self.site.charsets.get(made.number, (self.site.charset, self.site.declared))
        body = (self.site.render or layout)(made).encode(charset)
        etag = f'"{hashlib.sha1(body).hexdigest()}"'
        if self.site.has_etags and self.headers.get("If-None-Match") == etag:
            self.answer(304, b"", {"ETag": etag})
            return
        kind = {"Content-Type": f"text/html; charset={declared}"}
        self.answer(200, body, {**kind, "ETag": etag} if self.site.has_etags else kind)

    def html(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        self.answer(status, text.encode(self.site.charset), headers or {})

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """One whole answer; it is over for the watch before its last byte is out."""
        self.request_log.status = status
        headers = {"Content-Type": f"text/html; charset={self.site.declared}", **headers}
        if "Content-Encoding" not in headers and "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 500:
            body, headers["Content-Encoding"] = gzip.compress(body, mtime=0), "gzip"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self._over()
        self.end_headers()
        self.wfile.write(body)

    def _over(self) -> None:
        if not self.is_over:
            self.is_over = True
            self.site.end(self.request_log)

    # --- what "no such question" looks like

    def absent_404(self, number: int) -> None:
        self.html(404, shell(f"Vraag {number} werd niet gevonden."))

    def absent_shell(self, number: int) -> None:
        self.html(200, shell(f"Er is geen document {number}. Vrijdag 27 november 2026, {time.time()}"))

    def absent_redirect(self, number: int) -> None:
        self.html(302, "", {"Location": "/www/welkom"})

    def absent_empty(self, number: int) -> None:
        self.answer(200, b"", {})

    # --- faults

    def fault_503(self, made: Made | None) -> None:
        self.html(503, shell("Service Unavailable"))

    def fault_429(self, made: Made | None) -> None:
        self.html(429, shell("Too Many Requests"), {"Retry-After": self.site.retry_after})

    def fault_reset(self, made: Made | None) -> None:
        self._over()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def fault_cut(self, made: Made | None) -> None:
        """An answer that ends before its length."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "5000")
        self._over()
        self.end_headers()
        self.wfile.write(b"<html><body>Schriftelijke")
        self.close_connection = True

    def fault_chunked(self, made: Made | None) -> None:
        """No fault, but another way to send a page."""
        assert made
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=windows-1252")
        self.send_header("Transfer-Encoding", "chunked")
        self._over()
        self.end_headers()
        body = both(made).encode("windows-1252")
        for start in range(0, len(body), 100):
            part = body[start : start + 100]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def fault_layout(self, made: Made | None) -> None:
        self.html(200, changed_layout(made) if made else shell())

    def fault_shell(self, made: Made | None) -> None:
        self.html(200, shell("Even geduld"))

    def fault_slow(self, made: Made | None) -> None:
        ready, _, _ = select.select([self.connection], [], [], self.site.slow_seconds)
        if ready:  # the one who asked is gone
            self._over()
        elif made:
            self.question(made)
        else:
            self.absent_404(0)

    def fault_redirect(self, made: Made | None) -> None:
        self.html(302, "", {"Location": self.path + "&moved"})

    def log_message(self, *_: object) -> None:
        return
