"""The connection: through the proxy that the environment names, and what goes wrong with it told in words."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from searchq.fetching.transport import Broken, Transport, proxy_of
from tests.fetching.conftest import Clock

ADDRESS = "http://senate.example/www/?NR=1"


@pytest.fixture
def proxy() -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    """A proxy that answers itself; its address, and what it was asked for."""
    asked: list[tuple[str, str | None]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Proxy-Authorization"]))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_a_request_goes_through_the_proxy_of_the_environment(proxy: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place, asked = proxy
    monkeypatch.setenv("http_proxy", f"http://me:s%40y@{place}")
    with Transport("agent", Clock()) as transport:
        assert transport.get(ADDRESS, {}, 100).body == b"ok"
    assert asked == [(ADDRESS, "Basic bWU6c0B5")]


@pytest.mark.parametrize(
    ("environment", "address", "proxy"),
    [
        ({}, "https://www.senate.be/", None),
        ({"HTTPS_PROXY": "http://proxy:3128"}, "https://www.senate.be/", "http://proxy:3128"),
        ({"https_proxy": "proxy:3128"}, "https://www.senate.be/", "http://proxy:3128"),
        ({"ALL_PROXY": "http://proxy:1"}, "https://data.dekamer.be/", "http://proxy:1"),
        ({"HTTPS_PROXY": "http://proxy:1"}, "http://localhost:8000/", None),
        ({"HTTPS_PROXY": "http://proxy:1", "NO_PROXY": "senate.be,localhost"}, "https://www.senate.be/", None),
        ({"HTTPS_PROXY": "http://proxy:1", "NO_PROXY": "senate.be"}, "https://data.dekamer.be/", "http://proxy:1"),
        ({"HTTPS_PROXY": "http://proxy:1", "NO_PROXY": "*"}, "https://data.dekamer.be/", None),
    ],
)
def test_the_environment_says_which_proxy_an_address_goes_through(
    monkeypatch: pytest.MonkeyPatch, environment: Any, address: str, proxy: str | None
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_of(address) == proxy


def test_a_proxy_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with Transport("agent", Clock()) as transport, pytest.raises(Broken, match="the proxy gives no connection"):
        transport.get(ADDRESS, {}, 100)
