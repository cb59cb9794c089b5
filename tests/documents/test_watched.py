"""A document that costs too much is named, whatever its reader does, and the run goes on."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from searchq.documents import Parsed, Rejection, read, reading
from searchq.documents.watched import Allowed
from searchq.limits import MAX_VALUES, UNWATCHED_DOCUMENT_BYTES
from searchq.worker_pool import WorkerKilled, WorkerPool
from tests.documents.written import NL_PRINT, NL_WEB
from tests.wait import PATIENCE

DEEP = "<div><object></div></object>"  # opens an element for good, which no count of tags can tell


def folder(tmp_path: Path, hostile: str) -> Path:
    """A hostile page between two good ones."""
    (tmp_path / "a.txt").write_text(NL_PRINT)
    (tmp_path / "b.html").write_text(hostile)
    (tmp_path / "c.txt").write_text(NL_WEB)
    return tmp_path


def told(items: Any) -> list[str]:
    return [item.reason if isinstance(item, Rejection) else type(item).__name__ for item in items]


def test_a_document_that_takes_too_long_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "ALLOWED", Allowed(0.5, 1 << 29))
    items = list(read([folder(tmp_path, DEEP * 100_000)], jobs=2))
    assert told(items) == ["Parsed", "it takes more than 0.5 s of processor time", "Parsed"]
    assert [Path(item.name).name for item in items if not isinstance(item, Parsed)] == ["b.html"]


def test_a_document_that_takes_too_much_memory_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "ALLOWED", Allowed(60, 64 << 20))
    items = list(read([folder(tmp_path, "<p>x" * 400_000)], jobs=1))
    assert told(items) == ["Parsed", "it takes more than 64 MB of memory", "Parsed"]


def test_a_page_of_ordinary_size_needs_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WorkerPool", None)
    page = NL_WEB + "\n" + "x" * (UNWATCHED_DOCUMENT_BYTES - len(NL_WEB) - 100)
    (tmp_path / "a.txt").write_text(page)
    assert told(read([tmp_path], 1)) == told(read([tmp_path], 2)) == ["Parsed"]


def test_where_no_process_can_start_a_large_document_is_read_in_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    (tmp_path / "a.txt").write_text(NL_WEB + "\n" + "x" * UNWATCHED_DOCUMENT_BYTES)
    assert told(read([tmp_path], jobs=1)) == ["Parsed"]


@pytest.mark.parametrize("what", ["keywords", "events", "citations"])
def test_a_question_with_more_values_than_any_is_rejected(tmp_path: Path, what: str) -> None:
    values = {
        "keywords": ("tabaksverslaving", "\n".join(f"woord{at}" for at in range(6000))),
        "events": ("20/4/2015Rappel", "20/4/2015Rappel\n" * 6000),
        "citations": ("Mogen", "Zie vraag nr. 5-8902. " * 6000 + "Mogen"),
    }
    (tmp_path / "a.txt").write_text(NL_PRINT.replace(*values[what]))
    assert told(read([tmp_path])) == [f"it has more than 5000 {what}"]


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("sources", {"path": "a.txt"}),
        ("portfolios", "Justitie"),
        ("problems", "no-date"),
        ("points", {"label": "1", "question": [0, 1], "answer": [0, 1]}),
    ],
)
def test_a_record_with_more_values_than_any_is_rejected(tmp_path: Path, what: str, value: object) -> None:
    for count, reason in ((MAX_VALUES - 1, "Parsed"), (MAX_VALUES + 1, f"it has more than 5000 {what}")):
        record = {"number": "5-1", "source": {}, "question": "Hoe?", "answer": "Zo.", what: [value] * count}
        (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n")
        assert told(read([tmp_path])) == [reason]


@pytest.mark.parametrize("number", [signal.SIGPROF, signal.SIGKILL, signal.SIGSEGV])
def test_what_ended_a_worker_is_known(number: int) -> None:
    with WorkerPool(1) as pool:
        with pytest.raises(WorkerKilled) as killed:
            pool.submit(signal.raise_signal, number).get()
        assert killed.value.signal == number
        with pytest.raises(WorkerKilled) as ended:
            pool.submit(os._exit, 3).get()
        assert ended.value.signal is None
        assert pool.submit(len, "abc").get() == 3


RUN = """
import signal, sys
from searchq.documents import read, reading
from searchq.documents.watched import Allowed

signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell may have set to be ignored
reading.ALLOWED = Allowed(3600, 1 << 32)
print("begun", flush=True)
list(read([sys.argv[1]], jobs=2))
"""


def test_an_interrupt_ends_a_run_whose_worker_would_take_minutes(tmp_path: Path) -> None:
    folder(tmp_path, DEEP * 300_000)
    command = [sys.executable, "-c", RUN, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout
        assert run.stdout.readline() == "begun\n"
        with pytest.raises(subprocess.TimeoutExpired):
            run.wait(1)
        run.send_signal(signal.SIGINT)
        try:
            _, errors = run.communicate(timeout=PATIENCE)
        finally:
            run.kill()
    assert "KeyboardInterrupt" in errors
