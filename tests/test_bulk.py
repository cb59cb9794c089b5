"""The file with every record: made once a generation, the same bytes each time, gone with its generation."""

import datetime as dt
import fcntl
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from searchq.api import Index
from searchq.bulk import BulkBusy, bulk_path, make_bulk, remove_old_bulk
from searchq.engine import About
from searchq.question import Question
from searchq.record_json import from_json
from searchq.web import create_app
from tests.plain_engine import PlainEngine

QUESTIONS = [Question(f"5-{serial}", title=f"Treinen {serial}") for serial in range(1, 40)]


def about(generation: Any, place: str = "/srv/index") -> Any:
    built = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    return About(place, generation, built, len(QUESTIONS), None, None)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("SEARCHQ_CACHE", str(tmp_path))
    return tmp_path


def test_every_record_is_a_line() -> None:
    lines = gzip.decompress(make_bulk(about(1), QUESTIONS).read_bytes()).splitlines()
    assert [from_json(json.loads(line)) for line in lines] == QUESTIONS


def test_the_same_generation_gives_the_same_bytes() -> None:
    path = make_bulk(about(1), QUESTIONS)
    first = path.read_bytes()
    path.unlink()
    assert make_bulk(about(1), QUESTIONS).read_bytes() == first


def test_what_is_there_is_not_made_again() -> None:
    path = make_bulk(about(1), QUESTIONS)
    assert make_bulk(about(1), iter([])) == path


def test_a_newer_file_removes_the_older_ones_of_its_index_only() -> None:
    old, other = make_bulk(about(1), QUESTIONS), make_bulk(about(1, "/elsewhere"), QUESTIONS)
    new = make_bulk(about(2), QUESTIONS)
    assert (old.exists(), other.exists(), new.exists()) == (False, True, True)
    remove_old_bulk(about(3))
    assert not new.exists()


def test_two_do_not_make_it_at_once() -> None:
    path = bulk_path(about(1))
    path.parent.mkdir(parents=True)
    with (path.parent / ".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BulkBusy):
            make_bulk(about(1), QUESTIONS)
    assert make_bulk(about(1), QUESTIONS).is_file()


def test_a_run_that_fails_leaves_nothing() -> None:
    def broken() -> Iterator[Any]:
        yield QUESTIONS[0]
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        make_bulk(about(1), broken())
    assert [path.name for path in bulk_path(about(1)).parent.iterdir()] == [".lock"]


@pytest.fixture
def client() -> Any:
    return Client(create_app(Index(PlainEngine(QUESTIONS))))


def test_the_page_gives_the_file_whole_and_in_ranges(client: Any) -> None:
    whole = client.get("/export.jsonl.gz", headers={"Accept-Encoding": "gzip"})
    assert whole.status_code == 200 and "Content-Encoding" not in whole.headers
    assert len(gzip.decompress(whole.data).splitlines()) == len(QUESTIONS)
    tag = whole.headers["ETag"]
    assert not tag.startswith("W/")
    part = client.get("/export.jsonl.gz", headers={"Range": "bytes=10-19", "If-Range": tag})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.data)}"
    stale = client.get("/export.jsonl.gz", headers={"Range": "bytes=10-19", "If-Range": '"old"'})
    assert (stale.status_code, stale.data) == (200, whole.data)
    assert client.get("/export.jsonl.gz", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/export.jsonl.gz", headers={"Range": f"bytes={10**9}-"}).status_code == 416


def test_the_schema_of_a_line_names_every_key(client: Any) -> None:
    schema = client.get("/record.schema.json").json
    assert set(schema["$defs"]["Question"]["properties"]) == set(Question.__struct_fields__)
