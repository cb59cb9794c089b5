"""The page in French: under /fr at the same addresses, with no Dutch text of the page left."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from jinja2 import Environment
from selectolax.lexbor import LexborHTMLParser
from werkzeug.test import Client

from searchq.api import Index
from searchq.documents.portfolio_table import PORTFOLIOS
from searchq.query.hints import SENTENCES
from searchq.query.portfolio_names import FRENCH_PORTFOLIOS
from searchq.question import FrenchText, Question
from searchq.reasons import _TRANSLATIONS
from searchq.web import create_app, texts
from searchq.web.mount import Mount, mounted, split_language
from tests import catalogs
from tests.plain_engine import PlainEngine

PAGES = (
    "/",
    "/?q=klachten",
    "/?q=klachten&party=MR&not_status=open&from=2013",
    "/?sort=newest&limit=3",
    "/?sort=newest&limit=3&page=2",
    "/?q=nergensgevonden",
    "/?q=klachten+zeppelin&party=MR",
    "/vraag/5-101?q=sociale&hit=1",
    "/vraag/5-102",
    "/vraag/7-12",
    "/vraag/2-7",
    "/vraag/5-101/naast-elkaar",
    "/filter/author?q=klachten",
    "/filter/keyword?bevat=zzz",
    "/filter/nee",
    "/statistiek?q=klachten",
    "/statistiek?per=year",
    "/hulp",
    "/portefeuille/justitie",
    "/indiener/luc-dubois",
    "/problemen",
    "/dekking",
    "/nergens",
    "/vraag/5-99999",
    "/?page=0",
    "/?sort=x",
    "/?from=x",
    "/?page=99",
)
WORDS = re.compile(r"[^\W\d_]{3,}")


def dutch_texts() -> tuple[set[str], list[re.Pattern[str]]]:
    """The Dutch texts of the page that read otherwise in French: those that stand alone, and patterns of the others."""
    whole, patterns = set(), []
    for message in catalogs.read(catalogs.PAGE):
        for dutch, french in zip(*map(as_tuple, (message.id, message.string)), strict=True):
            for piece in re.split(r"<[^>]*>", dutch):
                fixed = re.split(r"%\(\w+\)s|\{\w+\}", piece.strip())
                if dutch == french or not WORDS.search(" ".join(fixed)):
                    continue
                if len(fixed) == 1:
                    whole.add(piece.strip())
                elif len(re.findall(r"[^\W\d_]", " ".join(fixed))) > 8:  # "{number} van {questions}" fits a title, too
                    patterns.append(re.compile(".+".join(map(re.escape, fixed)), re.DOTALL))
    return whole - {'"sociale media"'}, patterns  # an example, which is also made of the descriptors of an index


def as_tuple(text: Any) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


WHOLE, PATTERNS = dutch_texts()


def texts_of(page: str) -> list[str]:
    """The texts a French page says: nodes and attributes, without what is marked as Dutch."""
    tree = LexborHTMLParser(page)
    for node in tree.css('[lang="nl"], script, style'):
        node.decompose()
    found = [node.text(deep=False) for node in tree.css("*")]
    for node in tree.css("*"):
        found += [
            value or "" for name, value in node.attributes.items() if name in ("aria-label", "title", "placeholder")
        ]
    return [one.strip() for one in found if WORDS.search(one)]


def dutch_left(page: str) -> list[str]:
    counted = re.compile(r"[\d\s.]+ (\w+)")
    return [
        one
        for one in texts_of(page)
        if one in WHOLE
        or any(pattern.fullmatch(one) for pattern in PATTERNS)
        or ((noun := counted.fullmatch(one)) and noun[1] in WHOLE)
    ]


@pytest.mark.parametrize("page", PAGES)
def test_a_french_page_has_no_dutch_text_of_its_own(client: Any, page: Any) -> None:
    answer = client.get(f"/fr{page}")
    assert answer.status_code == client.get(page).status_code
    assert '<html lang="fr"' in answer.text
    assert dutch_left(answer.text) == []


@pytest.mark.parametrize("page", ["/", "/?q=klachten", "/vraag/5-101", "/statistiek", "/dekking", "/nergens"])
def test_the_same_test_finds_the_texts_of_the_dutch_page(client: Any, page: str) -> None:
    assert len(dutch_left(client.get(page).text.replace('lang="nl"', ""))) > 10


NAMES = {"searchq", "Atom", "JSON", "BibTeX", "RIS", "CSL-JSON", "Sitemap", "UTF-8"}
TEMPLATES = sorted((catalogs.PACKAGE / "web" / "templates").iterdir())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_text_of_a_template_stands_outside_the_catalog(path: Any) -> None:
    environment = Environment(extensions=["jinja2.ext.i18n"])
    source = re.sub(r"{%-?\s*trans\b.*?endtrans\s*-?%}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    source = re.sub(r"{% block kind %}.*?{% endblock %}|<style>.*?</style>", "", source, flags=re.DOTALL)  # no text
    data = "".join(value if kind == "data" else "\0" for _, kind, value in environment.lex(source))
    attributes = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"\0]+)"', data)
    words = re.sub(r"<[^>]*>|&#?\w+;|<!doctype.*?>", "\0", data)
    left = {word for text in (words, *attributes) for word in WORDS.findall(text)}
    assert left <= {part for name in NAMES for part in WORDS.findall(name)}


ADDRESSES = re.compile(r'<(?:a|form)\b[^>]*?(?:href|action)="([^"]*)"[^>]*>')


def ours(page: str) -> list[str]:
    """The addresses of this site that a page links to; the switch to the other language is none of them."""
    tags = [found for found in ADDRESSES.finditer(page) if 'id="taal"' not in found[0]]
    return [path for found in tags if (path := unescape(found[1])).startswith("/")]


@pytest.mark.parametrize("prefix", ["", "/vragen"])
@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_french_page_stays_french(index: Any, page: Any, prefix: str) -> None:
    found = ours(Client(create_app(index, prefix=prefix)).get(f"{prefix}/fr{page}").text)
    assert found and all(path.startswith(f"{prefix}/fr/") for path in found)


def test_every_french_page_that_can_be_reached_answers(client: Any) -> None:
    """Follow links from the start page, a few of each kind."""
    waiting, seen, kinds = ["/fr/"], set(), {}  # type: ignore[var-annotated]
    while waiting:
        address = waiting.pop(0)
        kind = re.sub(r"=[^&]*|\d+", "", address)
        if address in seen or kinds.get(kind, 0) >= 2 or len(seen) > 250:
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(address)
        assert answer.status_code in (200, 302), address
        if answer.mimetype == "text/html" and answer.status_code == 200:
            assert dutch_left(answer.text) == [], address
            waiting += ours(answer.text)
    assert len(seen) > 60


@pytest.mark.parametrize("page", ["/", "/?q=klachten&party=MR", "/vraag/5-101?q=sociale&hit=1", "/filter/author?q=a"])
def test_the_switch_keeps_the_address(client: Any, page: str) -> None:
    for here, there, language in ((f"/fr{page}", page, "nl"), (page, f"/fr{page}", "fr")):
        switch = re.search(r'<a id="taal" href="([^"]*)" hreflang="(\w+)"', client.get(here).text)
        assert (unescape(switch[1]), switch[2]) == (there, language)  # type: ignore[index]


def test_every_page_names_its_languages(index: Any) -> None:
    client = Client(create_app(index, site="https://vragen.example/vragen"))
    for path in ("/vragen/?q=klachten", "/vragen/fr/?q=klachten"):
        found = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]*)">', client.get(path).text)
        assert found == [
            ("nl", "https://vragen.example/vragen/?q=klachten"),
            ("fr", "https://vragen.example/vragen/fr/?q=klachten"),
        ]


def test_redirects_stay_french(client: Any) -> None:
    for address, target in [
        ("/fr", "/fr/"),
        ("/fr/?q=5-101", "/fr/vraag/5-101"),
        ("/fr/?q=trein&party=", "/fr/?q=trein"),
    ]:
        assert client.get(address).headers["Location"] == target


def test_a_path_that_only_begins_like_french_is_dutch(client: Any) -> None:
    assert split_language("/frigo") == ("nl", "/frigo")
    assert '<html lang="nl"' in client.get("/frigo").text


def test_a_page_is_never_answered_with_the_copy_of_the_other_language(client: Any) -> None:
    tags = {client.get(path).headers["ETag"] for path in ("/?q=klachten", "/fr/?q=klachten", "/?q=klachten")}
    assert len(tags) == 2
    assert '<html lang="fr"' in client.get("/fr/?q=klachten").text
    assert '<html lang="nl"' in client.get("/?q=klachten").text


def test_feed_and_search_description_are_french(client: Any) -> None:
    feed = client.get("/fr/?q=klachten&format=atom").text
    assert 'xml:lang="fr"' in feed and "<title>Questions écrites\u00a0: klachten</title>" in feed
    description = client.get("/fr/opensearch.xml").text
    assert "<Language>fr</Language>" in description and "/fr/?q={searchTerms}" in description
    assert len(re.search("<ShortName>(.*)</ShortName>", description)[1]) <= 16  # type: ignore[index]


def test_robots_and_sitemaps_know_both_languages(client: Any) -> None:
    robots = client.get("/robots.txt").text
    assert "Disallow: /?\n" in robots and "Disallow: /fr/?\n" in robots and "/fr/sitemap.xml" in robots
    assert "/fr/vraag/5-101</loc>" in client.get("/fr/sitemap-1.xml").text


BOTH = Question(
    "5-1", title="Treinen", minister="minister van Mobiliteit", portfolios=("Mobiliteit",), question="Rijden ze?",
    answer="Ja.", status="answered", keywords=("spoor",),
    french=FrenchText(title="Trains", minister="ministre de la Mobilité", question="Roulent-ils ?", answer="Oui."),
)  # fmt: skip
DUTCH = Question("5-2", title="Bussen", question="En bussen?", answer="Nee.", portfolios=("Mobiliteit",))


@pytest.fixture
def both() -> Any:
    return Client(create_app(Index(PlainEngine([BOTH, DUTCH]))))


def test_a_question_in_both_languages_shows_french_first(both: Any) -> None:
    text = both.get("/fr/vraag/5-1").text
    assert "<h1>Trains</h1>" in text and "à\u00a0: ministre de la Mobilité" in text
    assert text.index("Roulent-ils ?") < text.index("Oui.") < text.index("Rijden ze?")
    assert '<div class="prose" lang="nl">' in text and "<summary>Texte néerlandais</summary>" in text
    assert '<p class="title" lang="nl">Treinen</p>' in text
    assert "«\u00a0Trains\u00a0», question écrite n° 5-1" in text


def test_a_question_in_dutch_only_is_marked_as_such(both: Any) -> None:
    text = both.get("/fr/vraag/5-2").text
    assert '<h1 lang="nl">Bussen</h1>' in text and text.count('<div class="prose" lang="nl">') == 2
    assert "Texte néerlandais" not in text


def test_a_hit_has_the_french_title_where_there_is_one(both: Any) -> None:
    text = both.get("/fr/?sort=number").text
    assert ">Trains</a>" in text and re.search(r'lang="nl">Bussen</a>', text)


def test_a_portfolio_is_named_in_french_and_its_count_is_what_a_click_gives(both: Any) -> None:
    text = both.get("/fr/filter/portfolio").text
    count = re.search(r'href="([^"]*portfolio=Mobiliteit)"[^>]*><span>Mobilité</span> <data value="(\d+)">', text)
    data = both.get(f"{unescape(count[1])}&format=json").json  # type: ignore[index]
    assert int(count[2]) == data["total"] == 2  # type: ignore[index]


def test_values_in_dutch_are_marked(both: Any) -> None:
    assert '<span lang="nl">spoor</span>' in both.get("/fr/filter/keyword").text
    assert "spoor" in both.get("/filter/keyword").text and 'lang="nl">spoor' not in both.get("/filter/keyword").text


def test_keywords_of_a_french_page_are_french() -> None:
    question = Question("5-3", french=FrenchText(title="Trains", keywords=("rail",)))
    client = Client(create_app(Index(PlainEngine([question]))))
    assert re.search(r'lang="fr">rail</a>', client.get("/vraag/5-3").text)
    assert re.search(r'"[^"]*/fr/[^"]*">rail</a>', client.get("/fr/vraag/5-3").text)


def test_every_portfolio_has_its_french_name() -> None:
    assert set(FRENCH_PORTFOLIOS) == set(PORTFOLIOS)
    assert len(set(FRENCH_PORTFOLIOS.values())) == len(PORTFOLIOS)


def values_in(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w*)\}", text))


@pytest.mark.parametrize("code", SENTENCES)
def test_every_hint_has_its_french_sentence(code: Any) -> None:
    assert set(SENTENCES[code]) == {"en", "nl", "fr"}
    known = set(values_in(SENTENCES[code]["en"])) | set(values_in(SENTENCES[code]["nl"])) | {"depuis"}
    assert set(values_in(SENTENCES[code]["fr"])) <= known


@pytest.mark.parametrize("reason", _TRANSLATIONS)
def test_every_reason_is_told_in_both_languages(reason: Any) -> None:
    dutch, french = _TRANSLATIONS[reason]
    assert french and french != dutch and values_in(dutch) == values_in(french)


def test_dates_numbers_and_periods_are_french() -> None:
    day = dt.date
    with mounted(Mount(language="fr")):
        assert texts.date(day(2013, 4, 1)) == "1er avril 2013"
        assert texts.date(day(2013, 8, 30)) == "30 août 2013"
        assert texts.amount(1234567) == "1\u202f234\u202f567" and texts.amount(12.5) == "12,5"
        assert texts.count(0, "vraag", "vragen") == "0 question"
        assert texts.count(2, "vraag", "vragen") == "2 questions"
        assert texts.period(day(2013, 4, 1), day(2013, 6, 30)) == "avril à juin 2013"
        assert texts.period(day(2013, 4, 2), day(2014, 5, 6)) == "du 2 avril 2013 au 6 mai 2014"
        assert texts.period(day(2013, 4, 2), None) == "à partir du 2 avril 2013"
        assert texts.value_label("month", "2013-04") == "avril 2013"
    assert texts.value_label("month", "2013-04") == "april 2013"


def test_what_visitors_type_is_escaped_in_translated_sentences(client: Any) -> None:
    for path in (
        "/fr/?q=%3Cb%3Ex",
        "/fr/?sort=%3Cb%3E",
        "/fr/filter/author?bevat=%3Cb%3E",
        '/fr/x"<b>',
        "/fr/?q=x&%22%3E%3Cb%3E",
    ):
        assert "<b>x" not in client.get(path).text and '"><b>' not in client.get(path).text
