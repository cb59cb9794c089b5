"""The same search as JSON and CSV."""

import csv
import io
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from msgspec.structs import replace
from werkzeug.test import Client

from searchq.api import Index
from searchq.exports import formats as export_formats
from searchq.exports.formats import EXPORT_FORMATS
from searchq.question import Question
from searchq.results.serialize import page_to_json
from searchq.web import create_app
from searchq.web.parameters import parse
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS


def test_json_has_the_shape_of_the_command_line(client: Any, index: Any) -> None:
    found = client.get("/?q=sociale+media&party=Open+Vld&format=json").json
    page = index.page(parse("q=sociale+media&party=Open+Vld").request)
    expected = page_to_json(page)
    assert found["hits"] == expected["hits"] and found["total"] == expected["total"]
    first = ["number", "date", "title", "minister", "author", "party", "status", "score", "snippets"]
    assert list(found["hits"][0])[:9] == first
    assert {"value": "Open Vld", "selected": True}.items() <= found["facets"]["party"]["values"][0].items()


def test_csv_holds_every_hit_whatever_the_page(client: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/?q=treinen&page=1&limit=2&format=csv").text)))
    assert len(rows) == client.get("/?q=treinen&format=json").json["total"] > 2
    assert list(rows[0]) == list(EXPORT_FORMATS["csv"].columns)


def test_a_download_of_more_than_5000_questions_holds_them_all() -> None:
    many = [Question(f"5-{serial}", title="Trein") for serial in range(1, 5_102)]
    text = Client(create_app(Index(PlainEngine(many)))).get("/?format=csv&fields=number&sort=number").text
    assert text.split() == ["number", *(one.number for one in many)]


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "parquet"])
def test_every_format_holds_the_columns_asked_for(client: Any, form: str) -> None:
    answer = client.get(f"/?q=treinen&format={form}&fields=number,address&velden=french_title")
    assert answer.status_code == 200 and len(answer.data) > 100
    assert answer.headers["Content-Disposition"] == f'attachment; filename="schriftelijke-vragen.{form}"'


def test_a_column_that_does_not_exist_is_named(client: Any) -> None:
    answer = client.get("/?format=csv&fields=number,kleur")
    assert answer.status_code == 400 and "‘kleur’ kan niet bij fields; kies uit number, house" in answer.text


def test_the_page_offers_what_it_can_write(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "format=xlsx" in client.get("/?q=treinen").text
    monkeypatch.setattr(export_formats, "_is_installed", lambda name: False)
    assert "format=xlsx" not in client.get("/?q=trein").text
    assert client.get("/?q=trein&format=xlsx").status_code == 400


def test_csv_disarms_what_a_spreadsheet_would_run() -> None:
    evil = replace(QUESTIONS[0], number="5-9", references=(), title='=HYPERLINK("http://x","y")')
    client = Client(create_app(Index(PlainEngine([evil]))))
    text = client.get("/?format=csv&dialect=excel&sort=newest").data.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text), delimiter=";"))["title"] == '\'=HYPERLINK("http://x","y")'
    text = client.get("/?format=csv&sort=newest").text
    assert next(csv.DictReader(io.StringIO(text)))["title"] == '=HYPERLINK("http://x","y")'


def test_the_map_names_every_question(client: Any) -> None:
    tree = ET.fromstring(client.get("/sitemap-1.xml").data)
    found = {one.text.removeprefix("http://localhost/vraag/") for one in tree.iter() if one.tag.endswith("loc")}
    assert found == {question.number for question in QUESTIONS}


def test_suggestions_lead_to_what_they_name(client: Any) -> None:
    assert client.get("/suggesties?q=soci").json == [
        "soci",
        ["sociale media", "sociale"],
        ["trefwoord · 12 vragen", "woord · 12 vragen"],
        ["http://localhost/?keyword=sociale+media", "http://localhost/?q=sociale"],
        [["sociale media", "alles over dit trefwoord", "http://localhost/trefwoord/sociale-media"]],
    ]


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("peet", ["Martha Peeters", "alles over deze indiener", "http://localhost/indiener/martha-peeters"]),
        ("justi", ["Justitie", "alles over deze bevoegdheid", "http://localhost/portefeuille/justitie"]),
    ],
)
def test_the_page_of_a_person_and_a_portfolio_is_suggested(client: Any, typed: str, page: list[str]) -> None:
    pages = client.get(f"/suggesties?q={typed}").json[4]
    assert page in pages
    assert all(client.get(address).status_code == 200 for _, _, address in pages)


def test_a_word_or_a_number_has_no_page_of_its_own(client: Any) -> None:
    assert client.get("/suggesties?q=5-10").json[4] == []


def test_suggestions_are_counted_under_the_filters_of_the_page_and_keep_them(client: Any) -> None:
    _, texts, kinds, addresses, _ = client.get("/suggesties?q=soci&party=Open+Vld&from=2013-01-01").json
    for kind, address in zip(kinds, addresses, strict=True):
        assert "party=Open+Vld" in address and "from=2013-01-01" in address
        total = client.get(f"{address}&format=json").json["total"]
        assert kind.endswith(f" {total} vragen") or (kind.endswith(" 1 vraag") and total == 1)
    assert len(texts) > 0


def test_robots_may_read_questions_but_not_wander_through_filters(client: Any) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /?" in lines and "Sitemap: http://localhost/sitemap.xml" in lines


def test_health_says_what_is_served(client: Any) -> None:
    assert client.get("/gezondheid").json == {"status": "goed", "generation": 1, "questions": len(QUESTIONS)}
