"""A cluster that encrypts and asks who is there, and servers that are none: each refusal says what to do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchq.engines.open import open_engine
from searchq.engines.opensearch.actions import as_json
from searchq.errors import IndexBroken, IndexFault, IndexMissing, SearchqError
from searchq.query.request import Request
from tests.cluster.answering import GREETING, answering
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


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ({"number": "2.9.0", "distribution": "opensearch"}, "opensearch 2.9.0; OpenSearch 2.10 or later"),
        ({"number": "8.1.0"}, "another server 8.1.0"),
    ],
)
def test_a_server_that_is_too_old_or_another_is_refused(version: Any, told: str) -> None:
    greeting = as_json({"version": version})
    with answering(lambda path: (200, "application/json", greeting)) as address, pytest.raises(IndexFault, match=told):
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
    refusal = (status, "application/json", as_json(body))
    greeting = (200, "application/json", GREETING)
    with answering(lambda path: greeting if path == "/" else refusal) as address, pytest.raises(kind, match=told):
        open_engine(address).about()
