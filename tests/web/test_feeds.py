"""Feeds: what is new of a search, a person, a portfolio, a keyword and a question, told once, in the order it came."""

import datetime as dt
import xml.etree.ElementTree as ET
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from msgspec.structs import replace
from werkzeug.test import Client

from searchq.api import Index
from searchq.question import FrenchText, Question
from searchq.web import create_app
from searchq.web.feeds import updated
from tests.plain_engine import PlainEngine
from tests.web.atom import ATOM, faults
from tests.web.records import QUESTIONS

DAYS = [dt.datetime(2026, 3, day, 6, 15, 30, tzinfo=dt.UTC) for day in range(1, 10)]
ASKED = Question(
    "5-1",
    date=dt.date(2011, 5, 3),
    author="Jan De Smet",
    party="MR",
    minister="minister van Justitie",
    portfolios=("Justitie",),
    keywords=("trein",),
    title="Treinen",
    question="Hoeveel treinen rijden er?",
    status="open",
)
ANSWERED = replace(
    ASKED, status="answered", answer="Er rijden <b>tien</b> treinen & een tram.", answer_date=dt.date(2011, 6, 1)
)
LATE = replace(
    ASKED, number="4-9", date=dt.date(2008, 1, 1), title="Trams", question="En trams?", french=FrenchText("Trams")
)


def put(engine: PlainEngine, moment: dt.datetime | None, *questions: Question) -> None:
    with engine.update(moment=moment) as update:
        for question in questions:
            update.put(question)
        update.commit()


def visitor(engine: PlainEngine, **options: Any) -> Client:
    return Client(create_app(Index(engine), **options))


def read(client: Any, address: str) -> Any:
    """A feed as a reader takes it, after a look at its form."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    assert faults(answer.data) == []
    found = feedparser.parse(answer.data)
    assert not found.bozo and found.version == "atom10"
    return found


def told(feed: Any) -> list[tuple[str, str]]:
    return [(entry.id.partition("vraag/")[2], entry.updated) for entry in feed.entries]


@pytest.fixture
def engine() -> PlainEngine:
    engine = PlainEngine()
    put(engine, DAYS[0], ASKED)
    put(engine, DAYS[1], LATE)
    put(engine, DAYS[2], ANSWERED)
    return engine


def test_news_comes_in_the_order_in_which_the_index_came_to_hold_it(engine: PlainEngine) -> None:
    feed = read(visitor(engine), "/?format=atom")
    assert told(feed) == [
        ("5-1/antwoord", "2026-03-03T06:15:30Z"),
        ("4-9", "2026-03-02T06:15:30Z"),
        ("5-1", "2026-03-01T06:15:30Z"),
    ]
    assert feed.feed.updated == "2026-03-03T06:15:30Z"
    answer, late, asked = feed.entries
    assert (answer.title, answer.link) == ("Antwoord: Treinen", "http://localhost/vraag/5-1#antwoord")
    assert (asked.title, asked.link, asked.author) == ("Treinen", "http://localhost/vraag/5-1", "Jan De Smet")
    assert (answer.published, late.published) == ("2011-06-01T00:00:00Z", "2008-01-01T00:00:00Z")
    assert [tag.term for tag in asked.tags] == ["MR"]


def test_an_entry_tells_the_facts_and_an_excerpt_of_what_is_new_safely(engine: PlainEngine) -> None:
    answer, _, asked = read(visitor(engine), "/?q=treinen+OF+trams&format=atom").entries
    assert "3 mei 2011, aan minister van Justitie: " in answer.summary
    assert "Er rijden &lt;b&gt;tien&lt;/b&gt; <b>treinen</b> &amp; een <b>tram</b>." in answer.summary
    assert "Hoeveel <b>treinen</b> rijden er?" in asked.summary and "tien" not in asked.summary


def test_a_correction_a_rebuild_and_a_return_tell_nothing_again(engine: PlainEngine) -> None:
    before = told(read(visitor(engine), "/?format=atom"))
    put(engine, DAYS[3], replace(ANSWERED, title="Treinen in de spits"))
    with engine.update(moment=DAYS[4], rebuild=True) as update:
        update.put(ANSWERED)
        update.commit()
    put(engine, DAYS[5], LATE)
    assert told(read(visitor(engine), "/?format=atom")) == before


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        ("/?q=titel:trams&format=atom", ["4-9"]),
        ("/?author=Jan+De+Smet&format=atom", ["5-1/antwoord", "4-9", "5-1"]),
        ("/?portfolio=Justitie&not_party=MR&format=atom", []),
        ("/?keyword=trein&from=2010&format=atom&sort=oldest", ["5-1/antwoord", "5-1"]),
        ("/vraag/5-1.atom", ["5-1/antwoord", "5-1"]),
        ("/vraag/4-9.atom", ["4-9"]),
    ],
)
def test_each_thing_to_follow_has_a_feed(engine: PlainEngine, address: str, numbers: list[str]) -> None:
    client = visitor(engine)
    assert [number for number, _ in told(read(client, address))] == numbers
    french = read(client, f"/fr{address}")
    assert french.feed.language == "fr"
    assert [entry.id.partition("vraag/")[2] for entry in french.entries] == numbers


def test_a_feed_is_named_after_what_it_follows(engine: PlainEngine) -> None:
    client = visitor(engine)
    assert read(client, "/?format=atom").feed.title == "Schriftelijke vragen"
    named = "/?q=trein&portfolio=Justitie&not_party=MR&from=2010-01-01&format=atom"
    title = read(client, named).feed.title
    assert title == "Schriftelijke vragen: trein, Minister Justitie, Partij niet MR, Gevraagd vanaf 1 januari 2010"
    assert "Parti sauf MR" in read(client, f"/fr{named}").feed.title
    assert read(client, "/vraag/5-1.atom").feed.title == "Vraag 5-1: Treinen"
    assert client.get("/vraag/5-7.atom").status_code == 404


def steps(feed: Any) -> dict[str, str]:
    found = {link.rel: urlsplit(link.href) for link in feed.feed.links}
    return {rel: f"{place.path}?{place.query}" for rel, place in found.items() if rel != "alternate"}


def test_a_feed_has_a_hundred_entries_a_page_and_leads_to_all_of_them() -> None:
    engine = PlainEngine()
    put(engine, DAYS[0], *(replace(ASKED, number=f"5-{serial}") for serial in range(1, 231)))
    client, address, found = visitor(engine), "/?q=treinen&sort=newest&format=atom", []
    pages = []
    while address:
        page = read(client, address)
        pages.append(page)
        found += [entry.id for entry in page.entries]
        address = steps(page).get("next", "")
    assert [len(page.entries) for page in pages] == [100, 100, 30]
    assert len(set(found)) == 230
    assert {page.feed.id for page in pages} == {"http://localhost/?q=treinen&format=atom"}
    assert steps(pages[1]) == {
        "self": "/?q=treinen&page=2&format=atom",
        "first": "/?q=treinen&format=atom",
        "previous": "/?q=treinen&format=atom",
        "next": "/?q=treinen&page=3&format=atom",
        "last": "/?q=treinen&page=3&format=atom",
    }
    assert client.get("/?q=treinen&format=atom&page=4").status_code == 404


@pytest.mark.parametrize("limit", [1, 20, 50])
def test_a_limit_is_heeded_and_kept_from_page_to_page(limit: int) -> None:
    engine = PlainEngine()
    put(engine, DAYS[0], *(replace(ASKED, number=f"5-{serial}") for serial in range(1, 61)))
    client = visitor(engine)
    page = read(client, f"/?format=atom&limit={limit}")
    assert len(page.entries) == limit
    assert f"limit={limit}" in steps(page)["self"]
    following = read(client, steps(page)["next"])
    assert not {entry.id for entry in page.entries} & {entry.id for entry in following.entries}
    assert following.entries and page.feed.id == following.feed.id


def test_a_moment_that_is_not_known_is_not_made_up() -> None:
    engine = PlainEngine(QUESTIONS)
    newest = max(QUESTIONS, key=updated)
    by_number = dict(told(read(visitor(engine), "/?format=atom")))
    assert by_number[newest.number] == f"{updated(newest)}T00:00:00Z"
    put(engine, DAYS[0], replace(ASKED, number="1-1"))
    assert told(read(visitor(engine), "/?format=atom"))[0] == ("1-1", "2026-03-01T06:15:30Z")


def test_a_feed_without_entries_is_a_feed(engine: PlainEngine) -> None:
    assert read(visitor(engine), "/?q=niemendal&format=atom").entries == []


def test_a_feed_searches_once(engine: PlainEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    for name in ("search", "news", "scan"):
        real = getattr(engine, name)

        def counted(*given: Any, real: Any = real, name: str = name, **more: Any) -> Any:
            calls.append(name)
            return real(*given, **more)

        monkeypatch.setattr(engine, name, counted)
    client = visitor(engine)
    client.get("/?format=atom")  # which houses there are is looked up once
    calls.clear()
    read(client, "/?q=treinen&format=atom")
    assert calls == ["news"]


def test_a_reader_that_has_the_newest_feed_is_told_so_until_something_comes(engine: PlainEngine) -> None:
    client = visitor(engine)
    first = client.get("/?q=treinen&format=atom")
    kept = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get("/?q=treinen&format=atom", headers=kept).status_code == 304
    put(engine, DAYS[5], replace(ASKED, number="5-2"))
    again = client.get("/?q=treinen&format=atom", headers=kept)
    assert (again.status_code, again.headers["ETag"] != first.headers["ETag"]) == (200, True)


def test_ids_of_entries_do_not_depend_on_where_they_are_served(engine: PlainEngine) -> None:
    here = read(visitor(engine), "/?q=treinen&format=atom")
    there = read(visitor(engine, site="https://elders.example"), "/?q=treinen&format=atom")
    assert [entry.id for entry in here.entries] == [entry.id for entry in there.entries] != []


def test_xml_stays_xml_whatever_the_text() -> None:
    odd = replace(QUESTIONS[0], title="\x00\x08<b>&]]>\ufffe\x1f", question="\x0c<p>\x01 ]]> \ufffe", references=())
    client = visitor(PlainEngine([odd]))
    assert faults(client.get("/?format=atom&q=%01").data) == []
    answer = client.get("/?format=atom")
    assert faults(answer.data) == []
    entry = ET.fromstring(answer.data).find(f"{ATOM}entry")
    assert entry is not None and entry.findtext(f"{ATOM}title") == "<b>&]]>"
    assert "&lt;p&gt; ]]&gt;" in (entry.findtext(f"{ATOM}summary") or "")


def test_pages_name_their_feeds(engine: PlainEngine) -> None:
    client = visitor(engine)
    for address in (
        "/",
        "/?q=treinen",
        "/vraag/5-1",
        "/indiener/jan-de-smet",
        "/portefeuille/justitie",
        "/trefwoord/trein",
    ):
        page = client.get(address)
        found = feedparser.parse(page.data)  # no feed, but it must not be taken for one
        assert found.version == ""
        (link,) = [line for line in page.text.splitlines() if 'rel="alternate" type="application/atom+xml"' in line]
        read(client, link.partition('href="')[2].partition('"')[0].replace("&amp;", "&"))


def test_the_checker_finds_what_is_missing() -> None:
    assert faults(b"<rss/>") == ["the root is rss"]
    broken = (
        f'<feed xmlns="{ATOM[1:-1]}"><id>x</id><updated>2011-05-03</updated>'
        "<entry><id>a:b</id><title>t</title><updated>2011-05-03T00:00:00Z</updated><sumary/></entry></feed>"
    )
    assert sorted(faults(broken.encode())) == [
        "an entry has neither content nor alternate",
        "an entry has no author",
        "entry may not hold sumary",
        "feed has 0 links to itself",
        "feed has 0 title",
        "id is 'x', not absolute",
        "updated is '2011-05-03'",
    ]
