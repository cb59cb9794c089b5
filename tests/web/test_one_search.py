"""A page is made with one search for what the visitor asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import Client

from searchq.api import Index
from searchq.query.hits import Hits
from searchq.query.request import Request
from searchq.question import Question
from searchq.web import create_app
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS


class CountingEngine(PlainEngine):
    """Notes the texts it was asked for."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.asked: list[str] = []

    def search(self, request: Request) -> Hits:
        self.asked.append(request.text)
        return super().search(request)

    def scan(self, request: Request) -> Iterator[Question]:
        self.asked.append(request.text)
        return super().scan(request)


@pytest.mark.parametrize(
    "path",
    [
        "/?q=klachten&format=csv",
        "/?q=klachten&format=jsonl",
        "/?q=klachten&format=json",
        "/vraag/{number}?q=klachten&hit=1",
        "/vraag/{number}?q=klachten",
        "/filter/party?q=klachten",
    ],
)
def test_one_search_is_enough_for(path: str) -> None:
    engine = CountingEngine(QUESTIONS)
    client = Client(create_app(Index(engine)))
    number = Index(engine).search("klachten").hits[0].question.number
    engine.asked.clear()
    assert client.get(path.format(number=number)).get_data()
    assert engine.asked.count("klachten") == 1
