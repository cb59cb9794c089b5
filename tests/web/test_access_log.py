"""What the server writes to standard error: one JSON object a line."""

import http.client
import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

import searchq
from searchq.exports import csv_format
from searchq.web import create_app
from searchq.web.access_log import ACCESS, log_to_stderr
from tests.faults.flips import flipped, made
from tests.wait import PATIENCE
from tests.web.visits import Served

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """The lines that were logged."""
    held, root = io.StringIO(), logging.getLogger()
    handlers, levels = list(root.handlers), (ACCESS.level, logging.getLogger("waitress").level)
    monkeypatch.setattr(sys, "stderr", held)
    log_to_stderr()
    yield lambda: [json.loads(line) for line in held.getvalue().splitlines()]
    root.handlers = handlers
    for name, level in zip((ACCESS.name, "waitress"), levels, strict=True):
        logging.getLogger(name).setLevel(level)


def test_an_export_cut_off_by_an_altered_record_is_one_sentence_with_its_remedy(
    logged: Lines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_format, "_CHUNK_ROWS", 5)
    place = made(tmp_path / "made", 60)
    records = max(place.glob("*.records"), key=lambda path: path.stat().st_size)
    served = Served(searchq.open(place))
    try:
        with flipped(records, records.stat().st_size // 2, 3):
            line = http.client.HTTPConnection("127.0.0.1", served.server.effective_port, timeout=PATIENCE)
            line.request("GET", "/?format=csv")
            answer = line.getresponse()
            assert answer.status == 200  # the beginning was on its way
            with pytest.raises(http.client.IncompleteRead):
                answer.read()
    finally:
        served.close()
    with flipped(records, records.stat().st_size // 2, 3):
        monkeypatch.setattr(csv_format, "_CHUNK_ROWS", 500)
        for form in ("csv", "xlsx", "parquet"):  # nothing was on its way
            assert Client(create_app(place)).get(f"/?format={form}").status_code == 503
    (told,) = [one for one in logged() if one.get("level") == "error"]
    assert told["message"] == "Exception while serving /"
    assert records.name in told["exception"]
    assert "restore a backup with `searchq restore`" in told["exception"]
    assert "\n" not in told["exception"]


def test_an_error_that_nobody_foresaw_keeps_its_traceback(logged: Lines) -> None:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        logging.getLogger("searchq.web").exception("unforeseen")
    (told,) = logged()
    assert told["exception"].startswith("Traceback (most recent call last):")
