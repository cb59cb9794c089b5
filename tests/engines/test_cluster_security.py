"""A cluster that encrypts and asks who is there, and servers that are none: each refusal says what to do."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from searchq.engines.open import open_engine
from searchq.errors import IndexBroken, IndexFault, IndexMissing, SearchqError
from searchq.query.request import Request
from tests.cluster.proxy import Proxy, proxy
from tests.engines.contract import QUESTIONS
from tests.writes import add

USER, PASSWORD = "reader", "hush"


@pytest.fixture
def secured(cluster_hosts: Any, tmp_path: Path) -> Iterator[Proxy]:
    with proxy(cluster_hosts[0], tmp_path, USER, PASSWORD) as running:
        yield running


@pytest.fixture
def secure_address(secured: Proxy, cluster_address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    settings = {"USER": USER, "PASSWORD": PASSWORD, "CA": str(secured.certificate)}
    for name, value in settings.items():
        monkeypatch.setenv(f"SEARCHQ_OPENSEARCH_{name}", value)
    return f"opensearch+https://127.0.0.1:{secured.port}/{cluster_address.rpartition('/')[2]}"


@pytest.mark.cluster
def test_an_encrypted_cluster_is_written_and_read(secure_address: str) -> None:
    engine = open_engine(secure_address)
    add(engine, QUESTIONS)
    assert engine.search(Request(text="treinen")).total == 2
    assert PASSWORD not in repr(engine.about())


@pytest.mark.cluster
@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PASSWORD", "wrong", "refuses the user or the password"),
        ("USER", "", "refuses the user or the password"),
        ("CA", "", "is not trusted"),
    ],
)
def test_a_refusal_names_what_to_set(
    secure_address: str, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(f"SEARCHQ_OPENSEARCH_{name}", value)
    engine = open_engine(secure_address)
    for ask in (engine.about, engine.update, lambda: engine.search(Request())):
        with pytest.raises(IndexFault, match=f"{told}.*SEARCHQ_OPENSEARCH_") as error:
            ask()
        assert not isinstance(error.value, IndexMissing)
    assert told in engine.verify()[0]


def answering(status: int, body: Any) -> Iterator[str]:
    """A server that answers everything alike."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = json.dumps({"version": VERSION} if self.path == "/" and status != 401 else body).encode()
            self.send_response(200 if self.path == "/" and status != 401 else status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"opensearch+http://127.0.0.1:{server.server_address[1]}/q"
    server.shutdown()
    server.server_close()


VERSION = {"number": "3.9.0", "distribution": "opensearch"}


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ({"number": "2.9.0", "distribution": "opensearch"}, "opensearch 2.9.0; OpenSearch 2.10 or later"),
        ({"number": "8.1.0"}, "another server 8.1.0"),
    ],
)
def test_a_server_that_is_too_old_or_another_is_refused(
    monkeypatch: pytest.MonkeyPatch, version: Any, told: str
) -> None:
    monkeypatch.setitem(globals(), "VERSION", version)
    for address in answering(200, {}):
        with pytest.raises(IndexFault, match=told):
            open_engine(address).about()


RED = {"error": {"root_cause": [], "type": "no_shard_available_action_exception", "reason": "No shard"}, "status": 503}


@pytest.mark.parametrize(
    ("status", "body", "kind", "told"),
    [
        (503, RED, IndexBroken, "not available; see the health"),
        (429, {"error": {"type": "rejected", "reason": "queue full"}}, IndexFault, "too much to do"),
        (403, {"error": {"root_cause": [{"reason": "no permissions"}], "reason": "x"}}, IndexFault, "may not do this"),
    ],
)
def test_what_a_cluster_refuses_is_told_in_a_sentence(
    status: int, body: Any, kind: type[SearchqError], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchq.engines.opensearch.connection._PAUSE", 0.0)
    for address in answering(status, body):
        with pytest.raises(kind, match=told):
            open_engine(address).about()
