"""Pages kept as they were sent: the same bytes and headers again, never those of another generation."""

from typing import Any

import pytest
from werkzeug.test import Client

from searchq.api import Index
from searchq.web import create_app, response_cache
from searchq.web.context import PageResponse
from searchq.web.response_cache import ResponseCache
from tests.writes import add


class Counting(Index):
    """An index that counts the searches it is asked."""

    asked = 0

    def page(self, request: Any, *, snippets: bool = True) -> Any:
        self.asked += 1
        return super().page(request, snippets=snippets)


@pytest.fixture
def index(engine: Any) -> Any:
    return Counting(engine)


def page_of(size: int, status: int = 200) -> PageResponse:
    return PageResponse("x" * size, "text/html; charset=utf-8", status, results=3)


@pytest.mark.parametrize("packing", ["gzip", "identity"])
def test_a_page_asked_again_is_the_same_and_costs_no_search(index: Any, client: Any, packing: str) -> None:
    first = client.get("/?q=treinen", headers={"Accept-Encoding": packing})
    asked = index.asked
    again = client.get("/?q=treinen", headers={"Accept-Encoding": packing})
    assert (again.status_code, again.data, sorted(again.headers)) == (200, first.data, sorted(first.headers))
    assert index.asked == asked


def test_packed_and_plain_pages_are_kept_apart(client: Any) -> None:
    packed = client.get("/?q=treinen", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/?q=treinen")
    assert (packed.headers.get("Content-Encoding"), plain.headers.get("Content-Encoding")) == ("gzip", None)
    assert packed.data != plain.data


def test_a_commit_makes_every_page_anew(engine: Any, index: Any, client: Any) -> None:
    client.get("/?q=treinen")
    add(engine, [])
    asked = index.asked
    assert client.get("/?q=treinen").status_code == 200
    assert index.asked > asked


def test_the_head_of_a_kept_page_has_its_length_and_no_body(client: Any) -> None:
    body = client.get("/?q=treinen").data
    answer = client.head("/?q=treinen")
    assert (answer.headers["Content-Length"], answer.data) == (str(len(body)), b"")


def test_health_asks_the_index_each_time(index: Any, client: Any) -> None:
    client.get("/gezondheid")
    asked = index.asked
    client.get("/gezondheid")
    assert index.asked == asked + 1


def test_other_sites_and_other_days_have_pages_of_their_own(index: Any) -> None:
    client = Client(create_app(index))
    here = client.get("/opensearch.xml", base_url="http://a.example").text
    there = client.get("/opensearch.xml", base_url="http://b.example").text
    assert "http://a.example/" in here
    assert "http://b.example/" in there


def test_the_pages_asked_for_longest_ago_go_when_there_is_no_room() -> None:
    kept = ResponseCache(max_bytes=3 * (2000 + 1024))
    for name in ("a", "b", "c"):
        kept.keep(name, page_of(2000))
    assert kept.answer("a") is not None
    kept.keep("d", page_of(2000))
    assert [name for name in "abcd" if kept.answer(name)] == ["a", "c", "d"]


def test_only_good_whole_answers_of_a_fair_size_are_kept() -> None:
    kept = ResponseCache()
    kept.keep("wrong", page_of(2000, 404))
    kept.keep("small", page_of(response_cache.MIN_BYTES - 1))
    kept.keep("large", page_of(response_cache.MAX_COPY_BYTES + 1))
    kept.keep("stream", PageResponse(iter([b"x" * 2000]), "text/csv"))
    kept.keep("good", page_of(2000))
    assert [name for name in ("wrong", "small", "large", "stream", "good") if kept.answer(name)] == ["good"]


def test_a_kept_answer_may_be_altered_by_whoever_gets_it() -> None:
    kept = ResponseCache()
    kept.keep("page", page_of(2000))
    first = kept.answer("page")
    first.headers["X-Own"] = "1"
    first.set_data(b"other")
    again = kept.answer("page")
    assert (again.get_data(), again.headers.get("X-Own"), again.results) == (b"x" * 2000, None, 3)
