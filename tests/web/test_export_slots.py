"""Long exports: so many at once, fewer of one visitor, and a slot comes back whatever ends the export."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from searchq.api import Index
from searchq.web import create_app, export_slots
from searchq.web.export_slots import ExportSlots, NoExportSlot
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS

CSV = "/?q=klachten&format=csv"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., TestResponse]:
    """A page with two slots, one for each visitor, and a visit to it whose body is read by the test."""
    monkeypatch.setenv("SEARCHQ_CACHE", str(tmp_path))
    monkeypatch.setattr(ExportSlots.__init__, "__defaults__", (2, 1))
    client = Client(create_app(Index(PlainEngine(QUESTIONS)), today=lambda: dt.date(2020, 1, 1)))

    def visit(path: str, address: str = "192.0.2.1", **options: Any) -> TestResponse:
        return client.open(path, environ_overrides={"REMOTE_ADDR": address}, **options)

    return visit


def test_beyond_the_slots_an_export_is_told_to_come_back(few: Any) -> None:
    first = few(CSV)
    second = few(CSV)
    assert (first.status_code, second.status_code) == (200, 503)
    assert second.headers["Retry-After"] == "30"
    assert "Er lopen al genoeg downloads" in second.get_data(as_text=True)
    other = few(CSV, "192.0.2.2")
    assert (other.status_code, few(CSV, "192.0.2.3").status_code) == (200, 503)
    assert few("/?q=klachten").status_code == 200
    assert first.get_data().startswith(b"number,")
    first.close()
    assert few(CSV, "192.0.2.3").status_code == 200


def test_a_slot_comes_back_however_an_export_ends(few: Any) -> None:
    def read(answer: TestResponse) -> int:
        answer.get_data()
        answer.close()
        return answer.status_code

    endings: list[tuple[str, dict[str, Any], int]] = [
        (CSV, {}, 200),
        (CSV, {"method": "HEAD"}, 200),
        (f"{CSV}&fields=nonsense", {}, 400),
        ("/export.jsonl.gz", {}, 200),
        ("/export.jsonl.gz", {"method": "HEAD"}, 200),
        ("/export.jsonl.gz", {"headers": {"Range": "bytes=0-9"}}, 206),
        ("/export.jsonl.gz", {"headers": {"Range": "bytes=99999999-"}}, 416),
        (CSV, {"headers": {"Accept-Encoding": "gzip"}}, 200),
    ]
    for path, options, status in endings * 2:
        assert read(few(path, **options)) == status, (path, options)


def test_this_machine_which_may_be_a_proxy_has_all_slots() -> None:
    slots = ExportSlots(3, 1)
    for _ in range(3):
        slots.take("127.0.0.1")
    with pytest.raises(NoExportSlot):
        slots.take("127.0.0.1")
    slots.give_back("127.0.0.1")
    slots.take("192.0.2.1")
    assert export_slots.MAX_EXPORTS_PER_VISITOR < export_slots.MAX_EXPORTS
