"""One way through for every request: routes, refusals, headers, copies that still hold, faults."""

import datetime as dt
import gzip
import json
import logging
from typing import Any

import pytest
from msgspec.structs import replace
from werkzeug.http import http_date, parse_date
from werkzeug.test import Client

from searchq.api import Index
from searchq.errors import IndexBroken, IndexMissing, OutOfTime
from searchq.web import create_app
from searchq.web.app import Application
from searchq.web.assets import ASSETS
from searchq.web.index_holder import IndexHolder
from searchq.web.security import HEADERS
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS
from tests.writes import add

PAGES = [
    "/",
    "/?q=treinen",
    "/?q=zeppelin",
    "/?sort=newest&page=2",
    "/vraag/5-101",
    "/vraag/5-101?q=sociale+media&hit=1",
    "/vraag/7-12",
    "/vraag/2-7",
    "/vraag/5-101/naast-elkaar",
    "/statistiek",
    "/hulp",
    "/trefwoord/sociale-media",
    "/statistiek?per=year&q=treinen",
    "/filter/author?q=treinen",
]
DATA = {
    "/vraag/5-101.json": "application/json",
    "/vraag/5-101.txt": "text/plain",
    "/?q=treinen&format=json": "application/json",
    "/?q=treinen&format=csv": "text/csv",
    "/?q=treinen&format=atom": "application/atom+xml",
    "/opensearch.xml": "application/opensearchdescription+xml",
    "/suggesties?q=so": "application/x-suggestions+json",
    "/robots.txt": "text/plain",
    "/sitemap.xml": "application/xml",
    "/sitemap-1.xml": "application/xml",
    "/gezondheid": "application/json",
    "/openapi.json": "application/json",
}
WRONG = {
    "/?page=0": 400,
    "/?page=-1": 400,
    f"/?page={10**30}": 400,
    "/?page=%D9%A3": 400,
    "/?page=2.0": 400,
    "/?limit=101": 400,
    "/?sort=mooiste": 400,
    "/?format=pdf": 400,
    "/?from=ooit": 400,
    "/?wachttijd=lang": 400,
    "/?from=2013-02-30": 400,
    "/?from=2014&to=2013-40": 400,
    "/?" + "&".join(f"party=p{at}" for at in range(200)): 400,
    "/?party=" + "x" * 600: 400,
    "/?q=treinen&page=99": 404,
    "/vraag/9-9": 404,
    "/vraag/x": 404,
    "/vraag/5-101/": 404,
    "/nergens": 404,
    "/static/../app.py": 404,
    "/static/%2e%2e/app.py": 404,
    "/..%2f..%2fetc/passwd": 404,
    "/filter/nonsens": 404,
    "/sitemap-9.xml": 404,
    "/sitemap-0.xml": 404,
    "/?q=" + "x" * 5000: 414,
}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_html_of_less_than_sixty_kilobytes(client: Any, address: Any) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert len(answer.data) < 60_000


@pytest.mark.parametrize(("address", "kind"), DATA.items())
def test_data_has_its_own_type(client: Any, address: Any, kind: Any) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, kind)


@pytest.mark.parametrize(("address", "status"), WRONG.items(), ids=lambda value: str(value)[:40])
def test_an_odd_address_gets_a_dutch_sentence(client: Any, address: Any, status: Any) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert 'lang="nl"' in answer.text and '<p class="lead">' in answer.text


def test_errors_of_data_are_data(client: Any) -> None:
    answer = client.get("/?page=0&format=json")
    assert answer.json == {"status": 400, "error": "‘0’ is geen paginanummer; kies een getal van 1 tot 1.000.000."}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_only_reading_is_allowed(client: Any, method: str) -> None:
    answer = client.open("/", method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("address", ["/", "/?q=treinen", "/vraag/5-101.json", "/nergens", "/?format=csv"])
def test_head_is_get_without_the_body(client: Any, address: str) -> None:
    head, get = client.head(address), client.get(address)
    assert head.data == b""
    assert head.status_code == get.status_code
    assert head.headers == get.headers


@pytest.mark.parametrize("address", [*PAGES, *DATA, *WRONG, *ASSETS], ids=lambda value: value[:40])
def test_every_answer_carries_the_headers_of_security(client: Any, address: Any) -> None:
    answer = client.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("address", PAGES)
def test_no_page_holds_inline_code_or_an_outside_address_to_load(client: Any, address: Any) -> None:
    text = client.get(address).text
    assert " style=" not in text and "<style" not in text and "javascript:" not in text
    assert all(f" on{event}=" not in text for event in ("click", "load", "error", "submit"))
    assert 'src="http' not in text and 'rel="stylesheet" href="http' not in text


def test_a_host_that_is_not_listed_is_refused(index: Any) -> None:
    client = Client(create_app(index, hosts=["vragen.example"]))
    assert client.get("/", base_url="http://kwaad.example").status_code == 400
    assert client.get("/", base_url="http://vragen.example:8000").status_code == 200


def test_without_a_list_any_host_will_do(client: Any) -> None:
    assert client.get("/", base_url="http://wat.dan.ook").status_code == 200


def test_a_host_that_is_no_host_is_refused(client: Any) -> None:
    for host in ("a b<script>", 'x"onload=', "[::1", ""):
        assert client.get("/", environ_overrides={"HTTP_HOST": host}).status_code == 400
    assert client.get("/", environ_overrides={"HTTP_HOST": "[::1]:8000"}).status_code == 200


def test_absolute_addresses_follow_the_site_where_it_is_set(index: Any) -> None:
    client = Client(create_app(index, site="https://vragen.example/"))
    text = client.get("/sitemap.xml", base_url="http://kwaad.example").text
    assert "https://vragen.example/sitemap-1.xml" in text and "kwaad" not in text


def test_a_copy_that_still_holds_is_not_sent_again(client: Any) -> None:
    first = client.get("/?q=treinen")
    again = client.get("/?q=treinen", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    by_time = client.get("/?q=treinen", headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert by_time.status_code == 304


NOWHERE = ("/vraag/5-99999", "/nergens", "/?q=treinen&page=99", "/filter/nonsense", "/sitemap-99.xml", "/?q=x&sort=y")


@pytest.mark.parametrize("path", NOWHERE)
@pytest.mark.parametrize("name", ["If-None-Match", "If-Modified-Since"])
def test_no_copy_holds_of_what_does_not_exist(client: Any, path: str, name: str) -> None:
    value = "*" if name == "If-None-Match" else client.get("/").headers["Last-Modified"]
    assert client.get(path, headers={name: value}).status_code == client.get(path).status_code >= 400


@pytest.mark.parametrize("path", ["/", "/?q=treinen", "/?q=treinen&format=csv", "/vraag/5-101", "/vraag/5-101.json"])
def test_whatever_copy_there_is_of_what_exists_is_held_by_a_star(client: Any, path: str) -> None:
    plain = client.get(path, buffered=True)
    answer = client.get(path, headers={"If-None-Match": "*"}, buffered=True)
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", plain.headers["ETag"])


@pytest.mark.parametrize("later", [-1, 1, 3600, 10**8])
@pytest.mark.parametrize("path", ["/", "/?q=treinen", "/vraag/5-101.json"])
def test_only_the_very_time_that_was_sent_is_believed(client: Any, path: str, later: int) -> None:
    sent = parse_date(client.get(path).headers["Last-Modified"])
    assert sent
    other = http_date(sent + dt.timedelta(seconds=later))
    assert client.get(path, headers={"If-Modified-Since": other}).status_code == 200
    assert client.get(path, headers={"If-Modified-Since": http_date(sent)}).status_code == 304


def test_a_new_day_outdates_copies_of_searches_only(index: Any) -> None:
    day = dt.date(2044, 1, 1)
    client = Client(create_app(index, today=lambda: day))
    before = {path: client.get(path).headers for path in ("/?q=gisteren", "/")}
    day = dt.date(2044, 1, 2)
    for path, headers in before.items():
        for name, value in (("If-None-Match", headers["ETag"]), ("If-Modified-Since", headers["Last-Modified"])):
            assert client.get(path, headers={name: value}).status_code == (304 if path == "/" else 200)


def test_an_index_of_the_same_generation_and_moment_but_other_content_has_other_tags(
    index: Any, engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Client(create_app(index)).get("/").headers["ETag"]
    about = replace(engine.about(), content="other")
    monkeypatch.setattr(engine, "about", lambda: about)
    assert Client(create_app(Index(engine))).get("/", headers={"If-None-Match": before}).status_code == 200


def test_a_tag_that_differs_counts_more_than_a_time(client: Any) -> None:
    first = client.get("/")
    headers = {"If-None-Match": '"anders"', "If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get("/", headers=headers).status_code == 200


def test_a_commit_gives_every_page_a_new_tag(engine: Any, index: Any) -> None:
    client = Client(create_app(index))
    before = client.get("/?q=treinen").headers["ETag"]
    add(engine, [])
    after = client.get("/?q=treinen", headers={"If-None-Match": before})
    assert after.status_code == 200 and after.headers["ETag"] != before


def test_another_index_served_at_the_same_address_has_tags_of_its_own(
    index: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Client(create_app(index)).get("/").headers["ETag"]
    other = Index(PlainEngine(QUESTIONS))
    monkeypatch.setattr(other, "info", lambda: {"questions": 6, "built": "2024-05-01T13:00:00+00:00"})
    assert other.generation == index.generation
    assert Client(create_app(other)).get("/", headers={"If-None-Match": before}).status_code == 200


def test_a_commit_is_served_without_a_restart(engine: Any, index: Any) -> None:
    client = Client(create_app(index))
    assert client.get("/vraag/5-999").status_code == 404
    add(engine, [replace(QUESTIONS[0], number="5-999")])
    assert client.get("/vraag/5-999").status_code == 200


def test_the_same_address_gives_the_same_bytes(client: Any) -> None:
    for address in (*PAGES, *DATA):
        assert client.get(address).data == client.get(address).data


def test_gzip_is_for_those_who_take_it(client: Any) -> None:
    plain = client.get("/?q=treinen")
    packed = client.get("/?q=treinen", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers and plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["Content-Encoding"] == "gzip" and gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in client.get("/?q=treinen", headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_a_stream_is_compressed_as_it_comes(client: Any) -> None:
    plain = client.get("/?format=csv")
    packed = client.get("/?format=csv", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data


def test_files_are_kept_for_good_under_names_that_change_with_them(client: Any) -> None:
    for path, asset in ASSETS.items():
        answer = client.get(path)
        assert answer.data == asset.body and "immutable" in answer.headers["Cache-Control"]


class Torn:
    """An index that fails as soon as it is asked anything."""

    generation = 1
    content = ""

    def info(self) -> Any:
        return {"built": "2024-05-01T12:00:00+00:00"}

    def page(self, request: Any, snippets: bool = True) -> None:
        raise IndexBroken("segment 3 is torn")


@pytest.mark.parametrize("address", ["/", "/?q=treinen", "/vraag/5-101", "/statistiek", "/gezondheid"])
def test_a_missing_index_is_a_page_that_says_so(address: str) -> None:
    def opener() -> None:
        raise IndexMissing("there is no index at ./index")

    answer = Client(Application(IndexHolder(opener))).get(address)  # type: ignore[arg-type]
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "./index" not in answer.text  # folders are nobody's business


def test_a_torn_index_is_a_page_that_says_so_and_is_opened_again_later() -> None:
    indexes = iter([Torn(), Index(PlainEngine(QUESTIONS))])
    client = Client(Application(IndexHolder(lambda: next(indexes))))  # type: ignore[arg-type, return-value]
    assert client.get("/").status_code == 503
    assert client.get("/").status_code == 200


def test_an_index_built_later_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchq.web.index_holder.RETRY_SECONDS", 0.0)
    answers = iter([IndexMissing("none yet"), Index(PlainEngine(QUESTIONS))])

    def opener() -> Any:
        found = next(answers)
        if isinstance(found, Exception):
            raise found
        return found

    client = Client(Application(IndexHolder(opener)))
    assert [client.get("/").status_code for _ in range(2)] == [503, 200]


def test_a_fault_of_ours_is_a_page_without_a_traceback(
    index: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(index, "page", lambda request, snippets=True: 1 / 0)
    answer = Client(create_app(index)).get("/?q=treinen")
    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text and "ZeroDivisionError" in caplog.text


def test_the_log_tells_what_was_asked_and_found_but_not_by_whom(client: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "searchq.web")
    client.get("/?q=treinen&format=json", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    client.get("/?q=zeppelin%0Anep&format=json")
    lines = {name: [json.loads(r.getMessage()) for r in caplog.records if r.name == name] for name in _LOGS}
    access, empty = lines["searchq.web.access"], lines["searchq.web.empty"]
    assert [(one["query"], one["status"], one["results"]) for one in access] == [
        ("q=treinen&format=json", 200, 10),
        ("q=zeppelin%0Anep&format=json", 200, 0),
    ]
    assert [one["query"] for one in empty] == ["q=zeppelin%0Anep&format=json"]
    assert "192.0.2.7" not in caplog.text


_LOGS = ("searchq.web.access", "searchq.web.empty")


@pytest.mark.parametrize("address", ["/statistiek?q=treinen", "/?q=treinen&format=csv"])
def test_a_table_that_took_too_long_is_refused_and_not_empty(address: str) -> None:
    class SlowEngine(PlainEngine):
        def statistics(self, by: Any, request: Any) -> None:  # type: ignore[override]
            raise OutOfTime()

        def scan(self, request: Any) -> None:  # type: ignore[override]
            raise OutOfTime()

    answer = Client(create_app(Index(SlowEngine(QUESTIONS)))).get(address)  # type: ignore[arg-type]
    assert answer.status_code == 400
    assert "duurde te lang" in answer.text
