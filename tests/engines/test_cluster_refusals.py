"""What a cluster refuses, what a server before it says instead, and addresses that are none: a sentence each."""

import datetime as dt
import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard
from opensearchpy.exceptions import TransportError

from searchq.cli.main import main
from searchq.cli.sentences import in_dutch
from searchq.engines.open import is_on_cluster, open_engine
from searchq.engines.opensearch import connection
from searchq.engines.opensearch.actions import action, as_json
from searchq.engines.opensearch.address import read_address, read_settings
from searchq.engines.opensearch.connection import Connection
from searchq.engines.opensearch.generations import Generation, read_newest
from searchq.engines.opensearch.refusals import Gone, fault_of
from searchq.errors import IndexBroken, IndexFault, IndexMissing, IndexUnreadable, IndexWriteError, OutOfTime
from searchq.query.request import Request
from tests.cluster.answering import GREETING, Answer, answering

ADDRESS = read_address("opensearch+http://host/q")
PAGE = b"<html><title>x</title><body><h1>502</h1>Welcome  to a proxy</body></html>"


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_PAUSE", 0.0)


def packed_bytes(data: bytes) -> str:
    return b64encode(zstandard.compress(data)).decode()


ODD: list[Answer] = [
    (200, "text/html; charset=utf-8", PAGE),
    (200, "application/json", PAGE),
    (200, None, PAGE),
    (200, "application/json", b""),
    (200, "application/json", b"{}"),
    (200, "application/json", b"[]"),
    (200, "application/json", b'"ok"'),
    (200, "application/json", GREETING[:30]),
    (204, None, b""),
    (404, "text/html", PAGE),
    (404, "application/json", b'{"message": "no route"}'),
]


@pytest.mark.parametrize("step", ["/", "/q.state/_doc/newest", "/q/_search", "/q/_msearch", "/q/_bulk"])
@pytest.mark.parametrize("odd", ODD)
def test_an_answer_that_is_none_of_a_cluster_is_told_as_one(step: str, odd: Answer) -> None:
    with answering(lambda path: odd if path.partition("?")[0] == step else (200, "application/json", GREETING)) as url:
        asked = Connection(read_address(url), read_settings({}))
        calls: dict[str, Callable[[], Any]] = {
            "/q.state/_doc/newest": lambda: asked.document("q.state", "newest"),
            "/q/_search": lambda: asked.search("q", {}),
            "/q/_msearch": lambda: asked.searches("q", [{}]),
            "/q/_bulk": lambda: asked.write("q", [action({"delete": {"_id": "x"}})]),
        }
        with pytest.raises(IndexFault, match="is no OpenSearch, or broke off; check the address") as told:
            calls.get(step, lambda: asked.client)()
        assert not isinstance(told.value, IndexMissing) and "<" not in str(told.value)
        assert in_dutch(str(told.value)) != str(told.value)
        asked.close()


def refused(status: int, kind: str, reason: str, **more: str) -> TransportError:
    cause = {"type": kind, "reason": reason, **more}
    return TransportError(status, kind, {"error": {"root_cause": [cause], **cause}, "status": status})


DISK = "index [q-1] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has"
DISK += " read-only-allow-delete block];"


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        (refused(429, "cluster_block_exception", DISK), IndexWriteError, "disks of .* too full"),
        (refused(403, "cluster_block_exception", "[FORBIDDEN/5/index read-only (api)]"), IndexWriteError, "the block"),
        (refused(403, "cluster_block_exception", "[FORBIDDEN/7/index read (api)]"), IndexUnreadable, "lift"),
        (refused(403, "cluster_block_exception", "[FORBIDDEN/8/index write (api)]"), IndexWriteError, "lift"),
        (refused(404, "index_not_found_exception", "no such index", index="q-000001-a"), Gone, "q-000001-a .*rebuild"),
        (refused(404, "index_not_found_exception", "no such index", index="q.state"), IndexMissing, "searchq index"),
        (refused(404, "search_context_missing_exception", "No search context"), IndexFault, "begin again"),
        (refused(400, "index_closed_exception", "closed"), IndexBroken, "open it there"),
        (refused(400, "illegal_argument_exception", "Limit of total fields [9]"), IndexFault, r"400.*Limit .* \[9\]"),
        (TransportError(404, "", {"_index": "q.state", "found": False}), IndexMissing, "searchq index"),
        (TransportError(302, PAGE.decode(), PAGE.decode()), IndexFault, "another address"),
        (TransportError(502, PAGE.decode(), PAGE.decode()), IndexFault, r"none of its nodes \(502\): 502 Welcome to a"),
        (TransportError(504, "", ""), IndexFault, "it said nothing"),
    ],
)
def test_a_refusal_is_told_by_what_it_means(error: TransportError, kind: type[IndexFault], told: str) -> None:
    with pytest.raises(kind, match=told) as found:
        raise fault_of(error, ADDRESS)
    assert in_dutch(str(found.value)) != str(found.value)


def test_a_full_disk_is_not_taken_for_a_busy_cluster() -> None:
    item = {"index": {"_id": "x", "status": 429, "error": {"type": "cluster_block_exception", "reason": DISK}}}
    body = as_json({"errors": True, "items": [item]})
    with answering(lambda path: (200, "application/json", body if "_bulk" in path else GREETING)) as url:
        asked = Connection(read_address(url), read_settings({}))
        with pytest.raises(IndexWriteError, match="make room there"):
            asked.write("q", [action({"index": {"_id": "x"}}, {})])
        asked.close()


def test_only_a_search_for_which_someone_waits_is_out_of_time() -> None:
    late = b'{"timed_out": true, "_shards": {"failed": 0, "total": 1}, "hits": {}}'
    with answering(lambda path: (200, "application/json", late if "_search" in path else GREETING)) as url:
        asked = Connection(read_address(url), read_settings({}))
        with pytest.raises(OutOfTime):
            asked.search("q", {}, seconds=1.0)
        with pytest.raises(IndexFault, match="in time"):
            asked.search("q", {})
        asked.close()


@pytest.mark.parametrize(
    "place",
    ["http://host:9200/q", "https://host/q", "opensearch://host/q", "OpenSearch+http://host/q", " opensearch+http:x"],
)
def test_an_address_of_another_form_is_no_folder(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "documents").mkdir()
    assert main(["index", "--index", place, "documents"]) == 3
    assert "opensearch+https://host:9200/name" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["documents"]


@pytest.mark.parametrize("place", ["index", "./opensearch", "C:\\index", "/data/a:b", Path("opensearch+http:/host/q")])
def test_a_folder_is_no_address(place: Any) -> None:
    assert not is_on_cluster(place)


@pytest.mark.parametrize("host", ["host:0", "host:65536", "host:99999", "::1"])
def test_a_port_that_none_can_be_is_refused(host: str) -> None:
    with pytest.raises(IndexFault, match="is no address"):
        open_engine(f"opensearch+http://{host}/q")


def test_an_address_in_numbers_is_shown_as_it_is_written() -> None:
    assert str(read_address("opensearch+http://[::1]:9200/q")) == "opensearch+http://[::1]:9200/q"


def test_a_password_file_is_read_whatever_wrote_it(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_bytes(b"\xef\xbb\xbfhush\r\n")
    assert read_settings({"SEARCHQ_OPENSEARCH_PASSWORD_FILE": str(file)}).password == "hush"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(IndexFault, match="not in UTF-8"):
        read_settings({"SEARCHQ_OPENSEARCH_PASSWORD_FILE": str(file)})


def test_a_state_that_is_of_another_program_is_named() -> None:
    newest = b'{"_source": {"hello": 1}, "_seq_no": 0, "_primary_term": 1}'
    with answering(lambda path: (200, "application/json", newest if "newest" in path else GREETING)) as url:
        asked = Connection(read_address(url), read_settings({}))
        for any_version in (False, True):
            with pytest.raises(IndexFault, match=r"q.state is an index of another program"):
                read_newest(asked, any_version=any_version)
        asked.close()


def in_an_index(hit: dict[str, Any]) -> Callable[[str], Answer]:
    """What a cluster answers in whose index of questions stands one document."""
    generation = Generation(number=1, index="q-000001-abcdef", built=dt.datetime.now(dt.UTC), questions=1, averages={})
    counted: dict[str, Any] = {name: {"doc_count": 1, "count": 1} for name in ("text", "chamber", "groups", "alone")}
    counted["all"] = dict(counted)
    hits = {"total": {"value": 1}, "hits": [hit]}
    found = {"timed_out": False, "_shards": {"failed": 0, "total": 1}, "hits": hits, "aggregations": counted}
    answers = {
        "newest": {"_source": msgspec.to_builtins(generation), "_seq_no": 0, "_primary_term": 1},
        "point_in_time": {"pit_id": "pit"},
        "_search": found,
        "_msearch": {"responses": [found] * 2},
    }

    def answer(path: str) -> Answer:
        body = answers.get(path.partition("?")[0].rpartition("/")[2])
        return 200, "application/json", as_json(body) if body else GREETING

    return answer


EVENT = {"new_in": [1], "answered_later": [1]}
FOREIGN: list[dict[str, list[Any]]] = [
    {"born": [1]},
    {"born": [1], "number": ["5-10"]},
    {"born": [1], "number": ["5-10"], "record": ["aGVsbG8="]},
    {"born": [1], "number": ["5-10"], "group": ["5-10"]},
    {"born": [1], "number": ["5-10"], "group": ["5-10"], "record": ["aGVsbG8="]},
    {"born": [1], "number": ["5-10"], "group": ["5-10"], "record": ["no base 64"]},
    {"born": [1], "number": ["5-10"], "group": ["5-10"], "record": [packed_bytes(b"no JSON")]},
    {"born": [1], "number": ["5-10"], "group": ["5-10"], "record": [packed_bytes(b'{"hello": 1}')]},
]


@pytest.mark.parametrize("fields", FOREIGN)
def test_a_document_of_another_program_among_the_questions_is_named(fields: dict[str, list[Any]]) -> None:
    hit = {"_index": "q-000001-abcdef", "_id": "stray", "_score": 1.0, "fields": fields | EVENT, "sort": [1]}
    told = "The document (stray|5-10) in the index q-000001-abcdef .*; remove it there, or run searchq index --rebuild"
    with answering(in_an_index(hit)) as url:
        engine = open_engine(url)
        for ask in (
            lambda: engine.search(Request()),
            lambda: engine.search(Request(sort="number")),
            lambda: list(engine.scan(Request())),
            lambda: engine.questions(["5-10"]),
            lambda: engine.news(Request()),
        ):
            with pytest.raises(IndexBroken, match=told) as found:
                ask()
            assert in_dutch(str(found.value)) != str(found.value)
        (fault,) = engine.verify()
        assert re.match(told, fault)
        engine.close()
