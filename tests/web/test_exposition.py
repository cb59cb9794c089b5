"""The numbers as Prometheus reads them: its parser understands them, and nothing that a visitor typed is in them."""

import contextlib
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from searchq.api import Index
from searchq.errors import IndexBroken
from searchq.web import create_app
from searchq.web.app import ROUTES
from searchq.web.exposition import PATH, metrics_app
from searchq.web.index_holder import IndexHolder
from searchq.web.request_kinds import KINDS, kind_of
from searchq.web.server import serve_application
from tests.plain_engine import PlainEngine
from tests.wait import wait_until
from tests.web.records import QUESTIONS
from tests.web.told_numbers import Numbers, numbers_in

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
OF_PROCESSES = {"searchq_process_resident_memory_bytes", "searchq_process_cpu_seconds"}  # of workers only


@pytest.fixture
def told(index: Index) -> Callable[[], Numbers]:
    client = Client(metrics_app(IndexHolder(lambda: index)))
    return lambda: numbers_in(client.get(PATH).get_data(as_text=True))


def test_what_is_answered_is_counted_by_kind_and_status(client: Client, told: Any) -> None:
    before = told()
    for path in ("/?q=klachten", "/?q=klachten", "/?q=klachten&format=atom", "/?page=x", "/vraag/9-99", "/?q=qqqqq"):
        client.get(path)
    after = told()

    def grown(name: str, **labels: str) -> float:
        key = (name, tuple(sorted(labels.items())))
        return float(after[key] - before[key])

    assert grown("searchq_requests_total", kind="search", status="200") == 3
    assert grown("searchq_requests_total", kind="search", status="400") == 1
    assert grown("searchq_requests_total", kind="feed", status="200") == 1
    assert grown("searchq_requests_total", kind="question", status="404") == 1
    assert grown("searchq_request_duration_seconds_count", kind="search") == 4
    assert grown("searchq_page_cache_requests_total", result="hit") == 1
    assert grown("searchq_searches_without_results_total") == 1
    assert grown("searchq_refused_total", reason="invalid") == 2
    assert grown("searchq_stage_duration_seconds_count", stage="search") == grown(
        "searchq_stage_duration_seconds_count", stage="render"
    )


def test_nothing_a_visitor_sends_becomes_a_label(client: Client, index: Index) -> None:
    for path in ("/?q=geheim&format=geheim", "/geheim", "/vraag/geheim", "/indiener/geheim?format=atom"):
        client.get(path, headers={"Host": "geheim.example", "X-Forwarded-For": "192.0.2.77"})
    text = Client(metrics_app(IndexHolder(lambda: index))).get(PATH).get_data(as_text=True)
    assert "geheim" not in text and "192.0.2" not in text
    assert len(text.splitlines()) < 1000


def test_every_route_has_a_kind_of_its_own_and_all_others_have_one_together() -> None:
    for pattern, _ in ROUTES:
        path = re.sub(r"\(\?:|[\\()]|\|[^/]*(?=/)", "", pattern.pattern)
        path = re.sub(r"\[[^]]*\](\{[^}]*\})?|\.\{[^}]*\}", "x", path)
        assert kind_of(path, b"") not in ("other", "unparsed"), path
    assert kind_of("/nergens", b"") == "other"
    assert kind_of("/", b"format=json&format=csv") == "export"
    assert len(set(KINDS)) == len(KINDS)


def test_the_index_is_told_as_it_is_now(index: Index, told: Any) -> None:
    assert told()["searchq_index_questions", ()] == len(QUESTIONS)
    assert told()["searchq_index_readable", ()] == 1

    class Broken(PlainEngine):
        def about(self) -> Any:
            raise IndexBroken("…")

    client = Client(metrics_app(IndexHolder(lambda: Index(Broken(QUESTIONS)))))
    numbers = numbers_in(client.get(PATH).get_data(as_text=True))
    assert numbers["searchq_index_readable", ()] == 0
    assert ("searchq_index_questions", ()) not in numbers


def test_a_fault_of_the_index_and_a_line_that_is_no_request_are_counted(index: Index, told: Any) -> None:
    before, malformed = told(), ("searchq_refused_total", (("reason", "malformed"),))
    Client(create_app(Path("nowhere"))).get("/")
    server = serve_application(create_app(index), "127.0.0.1", 0, 1)
    with contextlib.closing(server), socket.create_connection(("127.0.0.1", server.effective_port)) as line:
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        wait_until(lambda: server.asyncore.poll2(0.1, server._map) or told()[malformed] > before[malformed])
        server.task_dispatcher.shutdown()
    after = told()
    for key in (
        ("searchq_index_faults_total", (("kind", "IndexMissing"),)),
        malformed,
        ("searchq_requests_total", (("kind", "unparsed"), ("status", "400"))),
    ):
        assert after[key] == before[key] + 1


def test_the_numbers_are_at_one_path_only(client: Client, index: Index) -> None:
    assert client.get(PATH).status_code == 404
    own = Client(metrics_app(IndexHolder(lambda: index)))
    assert own.get("/").status_code == 404
    assert own.post(PATH).status_code == 405


def test_the_rules_and_the_table_in_the_documents_name_numbers_that_there_are(told: Any) -> None:
    text = DOCUMENT.read_text(encoding="utf-8").partition("## Metrics")[2].partition("\n## ")[0]
    named = set(re.findall(r"searchq_[a-z_]+", text))
    table = [cell for line in text.splitlines() if line.startswith("| `") for cell in [line.split("|")[1]]]
    named |= {f"searchq_{name}" for cell in table for name in re.findall(r"`([a-z_]+)`", cell)}
    families = {re.sub(r"_(total|bucket|count|sum)$", "", name) for name, _ in told()} | OF_PROCESSES
    assert {re.sub(r"_(total|bucket)$", "", name) for name in named} - {"searchq_"} == families - {"searchq_build_info"}
