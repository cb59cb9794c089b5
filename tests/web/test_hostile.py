"""A hundred hostile texts as documents and as queries: shown as text, nothing runs, the policy is never touched."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from werkzeug.test import Client

from searchq.api import Index
from searchq.query.request import Request, Selection
from searchq.question import ChronologyEntry, FrenchText, Question, Reference, Source
from searchq.web import create_app
from searchq.web.parameters import query_string
from tests.plain_engine import PlainEngine
from tests.web.hostile import HOSTILE
from tests.web.records import QUESTIONS
from tests.web.visits import Served, watch


def poisoned(at: int, text: str) -> Question:
    """A question with the text in every place that holds text."""
    line = " ".join(text.split())
    return replace(
        QUESTIONS[at % 2],
        number=f"6-{at + 1}",
        author=line,
        party=line,
        minister=line,
        portfolios=(line,),
        title=f"{line} - {line}",
        keywords=(line, "gif"),
        question=f"Gif: {text}\n\n{text}",
        answer=f"Gif: {text}",
        chronology=(ChronologyEntry(None, "other", line),),
        references=tuple(Reference("also-asked-to", "written-question", f"6-{other + 1}") for other in range(100)),
        french=FrenchText(text, (line,), text, text, line),
        source=Source(address=line),
        problems=(text,),
    )


DOCUMENTS = [poisoned(at, text) for at, text in enumerate(HOSTILE)]


def test_there_are_more_than_a_hundred_of_them() -> None:
    assert len(HOSTILE) == len(set(HOSTILE)) == 102


@pytest.fixture(scope="module")
def poisoned_client() -> Client:
    return Client(create_app(Index(PlainEngine(DOCUMENTS))))


def visible(markup: str) -> str:
    """The text of a page as a reader gets it, blanks evened out."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


@pytest.mark.parametrize("at", range(len(HOSTILE)))
def test_a_hostile_document_is_shown_as_text(poisoned_client: Any, at: Any) -> None:
    answer = poisoned_client.get(f"/vraag/6-{at + 1}")
    assert answer.status_code == 200
    shown = " ".join(HOSTILE[at].replace("\r", "").split())
    assert f"Gif: {shown}" in visible(answer.text)
    assert "<script>" not in answer.text and "<img" not in answer.text


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:30].encode("unicode-escape").decode())
def test_a_hostile_query_is_an_answer_or_a_sentence(client: Any, text: Any) -> None:
    for request in (Request(text=text.strip()), Request(selections=(Selection("party", (text.strip() or "x",)),))):
        for extra in ("", "&format=json", "&format=atom", "&format=csv"):
            answer = client.get("/?" + query_string(request) + extra)
            assert answer.status_code in (200, 302, 400, 414)
            assert answer.headers.getlist("Set-Cookie") == []
            assert "<script>" not in answer.text or answer.mimetype in ("application/json", "text/csv")


@pytest.fixture(scope="module")
def poisoned_site() -> Iterator[Any]:
    served = Served(Index(PlainEngine(DOCUMENTS)))
    yield served
    served.close()


@pytest.mark.browser
def test_nothing_runs_in_a_browser(chromium: Any, poisoned_site: Any) -> None:
    """All documents in lists and side by side, some of their pages; all texts as filters and as queries."""
    lists = ["/?q=gif&fold=0&limit=100", "/statistiek?per=author&alle=1", "/filter/author", "/vraag/6-1/naast-elkaar"]
    documents = [f"/vraag/6-{number}" for number in range(1, 101, 9)]
    texts = [text.strip() or "x" for text in HOSTILE]
    filters = ["/?" + query_string(Request(selections=(Selection("party", tuple(some)),))) for some in in_tens(texts)]
    queries = ["/?" + query_string(Request(text=text, limit=1)) for text in HOSTILE]
    visit(chromium, poisoned_site, [*lists, *documents, *filters, *queries])


def in_tens(texts: list[str]) -> list[list[str]]:
    return [texts[at : at + 10] for at in range(0, len(texts), 10)]


@pytest.mark.slow
@pytest.mark.browser
def test_nothing_runs_on_any_page(chromium: Any, poisoned_site: Any) -> None:
    visit(chromium, poisoned_site, [f"/vraag/6-{number}?q=gif" for number in range(1, 101)])


def visit(chromium: Any, poisoned_site: Any, addresses: list[str]) -> None:
    """Opens each: no dialog, no violation of the policy, no request to elsewhere, nothing of ours missing."""
    context = chromium.new_context(base_url=poisoned_site.address)
    tab = context.new_page()
    wrong: list[str] = []
    watch(tab, wrong)
    tab.on("request", lambda one: wrong.append(one.url) if not one.url.startswith(poisoned_site.address) else None)
    for address in addresses:
        tab.goto(address, wait_until="domcontentloaded")
        assert tab.evaluate("document.querySelectorAll('main').length") == 1, address
    tab.goto("/?q=gif")
    tab.fill("#q", "")
    tab.type("#q", "aler")
    tab.wait_for_selector("#suggesties li")
    context.close()
    assert wrong == []
