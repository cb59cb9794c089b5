"""What stands on each page."""

import html
import re
from collections import Counter
from html import unescape
from typing import Any

import pytest
from werkzeug.test import Client

from searchq.api import Index
from searchq.query.request import Request
from searchq.question import Question
from searchq.web import create_app
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS


def links_of(text: str, wanted: str) -> list[str]:
    return re.findall(rf'href="({wanted})"', text)


def test_the_start_invites(client: Any) -> None:
    text = client.get("/").text
    for part in ("32 schriftelijke vragen uit 2011–2020", "Nieuwste vragen", "Zo zoekt u", "Vragen door de jaren"):
        assert part in text


def test_results_say_which_and_how_many(client: Any) -> None:
    text = client.get("/?q=klachten&limit=5&page=2").text
    assert "<b>6–10</b> van <b>27</b>" in text
    assert 'rel="prev" href="/?q=klachten&amp;limit=5"' in text
    assert 'rel="next" href="/?q=klachten&amp;limit=5&amp;page=3"' in text
    assert '<meta name="robots" content="noindex">' in text


def test_a_number_typed_goes_to_its_question(client: Any) -> None:
    answer = client.get("/?q=5-101")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/vraag/5-101")


def test_empty_fields_of_the_form_leave_the_address(client: Any) -> None:
    answer = client.get("/?q=treinen&from=&to=&format=json")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/?q=treinen&format=json")


def test_one_question_to_three_ministers_is_one_result(client: Any) -> None:
    text = client.get("/?q=potenti%C3%ABle").text
    assert text.count('<article class="hit">') == 1
    assert "Ook gesteld aan 2 andere ministers" in text
    assert "van <b>1</b> (samen 3 vragen)" in text


def test_the_form_carries_every_filter(client: Any) -> None:
    text = client.get("/?q=klachten&party=MR&not_status=open&sort=newest&fold=0").text
    assert re.findall(r'<input type="hidden" name="(.+?)" value="(.+?)">', text) == [
        ("party", "MR"), ("not_status", "open"), ("sort", "newest"), ("fold", "0"),
    ]  # fmt: skip


def test_an_active_filter_has_a_link_that_says_what_it_does(client: Any) -> None:
    text = client.get("/?party=Open+Vld").text
    assert "Verwijder filter Partij: Open Vld" in text and "Alles wissen" in text


def test_a_chosen_value_stays_in_sight_at_zero(client: Any) -> None:
    text = client.get("/?q=zeppelin&party=Open+Vld").text
    assert re.search(r'aria-current="true"><span>Open Vld</span> <data value="0">0</data>', text)


def test_nothing_found_says_what_to_drop_and_what_that_gives(client: Any) -> None:
    text = client.get("/?q=klachten+titel:zeppelin").text
    assert "Zonder het woord <b>titel:zeppelin</b>" in text and "27 vragen" in text


def test_filters_are_not_for_robots(client: Any) -> None:
    text = client.get("/?q=klachten").text
    facets = re.findall(r'<ul class="values">(.*?)</ul>', text, re.DOTALL)
    assert facets and all('rel="nofollow"' in link for block in facets for link in re.findall(r"<a .*?>", block))


@pytest.mark.parametrize("number", ["5-101", "5-102"])
def test_the_page_of_a_question_tells_all(client: Any, number: str) -> None:
    text = client.get(f"/vraag/{number}").text
    assert "potentiële" in text
    assert len(set(links_of(text, r"/vraag/5-10[123]"))) == 2  # two siblings
    assert f"/vraag/{number}/naast-elkaar" in text
    assert "vraag om uitleg 5-3000" in text and not links_of(text, "/vraag/5-3000")
    assert "LEG=5&amp;NR=101" in text
    assert links_of(text, r"/trefwoord/sociale-media") and links_of(text, r"/\?party=Open\+Vld")


def test_chronology_days_and_reminders(client: Any) -> None:
    text = client.get("/vraag/5-101").text
    assert "<b>293 dagen</b> tot het antwoord, 1 rappel" in text
    assert re.findall(r"<time datetime=\"(.+?)\">.+?</time> <span>(.+?)</span>", text) == [
        ("2013-04-30", "Verzonden"), ("2013-12-18", "Rappel"), ("2014-02-17", "Beantwoord"),
    ]  # fmt: skip


def test_the_citation_names_who_what_and_when(client: Any) -> None:
    assert (
        "Martha Peeters (Open Vld), ‘Federale overheidsdiensten - Gebruik van sociale media’, schriftelijke vraag "
        "nr. 5-102 aan de minister van Justitie, 30 april 2013, beantwoord op 30 mei 2013. Belgische Senaat"
    ) in client.get("/vraag/5-102").text


def test_the_words_of_the_search_are_marked_and_the_way_back_is_kept(client: Any) -> None:
    text = client.get("/vraag/5-101?q=sociale+media&party=Open+Vld&hit=1").text
    assert "<mark>sociale media</mark>" in text
    assert 'class="back" href="/?q=sociale+media&amp;party=Open+Vld#hit-1"' in text


def test_neighbours_are_the_hits_before_and_after(client: Any) -> None:
    text = client.get("/?q=klachten").text
    hits = re.findall(r'<h2 class="title"><a href="/vraag/(.+?)\?', text)
    second = client.get(f"/vraag/{hits[1]}?q=klachten&hit=2").text
    assert re.search(rf'rel="prev" href="/vraag/{hits[0]}\?q=klachten&amp;hit=1"', second)
    assert re.search(rf'rel="next" href="/vraag/{hits[2]}\?q=klachten&amp;hit=3"', second)


def test_the_hits_can_be_walked_through_from_the_first_to_the_last(client: Any, index: Any) -> None:
    hits = [hit.question.number for hit in index.page(Request(sort="newest", limit=100)).hits]
    address, walked = f"/vraag/{hits[0]}?sort=newest&hit=1", []
    while address:
        text = client.get(address).text
        walked.append(re.search(r"/vraag/([0-9-]+)", address)[1])  # type: ignore[index]
        following = re.search(r'<a rel="next" href="(.+?)"', text)
        address = following and unescape(following[1])  # type: ignore[assignment]
    assert walked == hits


def test_odd_places_in_the_results_do_no_harm(client: Any) -> None:
    for place in ("0", "-1", "x", "99999999999", "٣", "500"):
        assert client.get(f"/vraag/5-101?q=sociale&hit={place}").status_code == 200


def test_answers_stand_side_by_side(client: Any) -> None:
    text = client.get("/vraag/5-102/naast-elkaar").text
    assert "3 ministers; 2 antwoordden" in text
    assert re.findall(r'<section id="v(5-10.)"', text) == ["5-101", "5-102"]


def test_a_question_only_in_french_says_its_language(client: Any) -> None:
    text = client.get("/vraag/7-12").text
    assert '<div class="prose" lang="fr">' in text and "Quand reviendront-ils ?" in text


def test_a_question_that_is_not_here_is_sought_at_the_senate(client: Any) -> None:
    answer = client.get("/vraag/5-4444")
    assert answer.status_code == 404
    assert "LEG=5&amp;NR=4444" in answer.text


def test_every_number_of_the_statistics_leads_to_as_many_questions(client: Client) -> None:
    for by in ("portfolio", "party", "author", "year"):
        text = client.get(f"/statistiek?per={by}").text
        rows = re.findall(r'<td class="n"><a href="([^"]+)">([0-9.]+)(?: <small>|</a>)', text)
        assert rows
        for path, number in rows:
            total = client.get(path.replace("&amp;", "&") + "&format=json").json["total"]  # type: ignore[index]
            assert total == int(number.replace(".", "")), (path, number)


@pytest.mark.parametrize(("order", "column"), [("vragen", 0), ("helft", 1), ("negen", 2), ("zonder-antwoord", 3)])
def test_statistics_are_sorted_by_the_column_whose_head_was_followed(client: Any, order: str, column: int) -> None:
    start = client.get("/statistiek?per=author").text
    assert f'href="/statistiek?per=author&amp;volgorde={order}"' in start
    text = client.get(f"/statistiek?per=author&volgorde={order}&alle=1").text
    assert text.count('aria-sort="descending"') == 1
    rows = [re.findall(r'<td class="n">(?:<a [^>]*>)?([0-9.,–]+)', row) for row in text.split("<tr>")[2:]]
    figures = [-1.0 if row[column] == "–" else float(row[column].replace(".", "").replace(",", ".")) for row in rows]
    assert figures == sorted(figures, reverse=True) and len(set(figures)) > 1


def test_statistics_are_files_too(client: Any) -> None:
    data = client.get("/statistiek?per=party&q=treinen&format=json").json
    assert data["total"]["questions"] == client.get("/?q=treinen&format=json").json["total"]
    lines = client.get("/statistiek?per=party&q=treinen&format=csv").text.splitlines()
    assert lines[0].startswith("party,questions,answered") and len(lines) == 1 + len(data["rows"])
    excel = client.get("/statistiek?per=party&q=treinen&format=csv&dialect=excel").text
    assert excel.startswith("\ufeffparty;questions")
    yearly = client.get("/statistiek?per=party&format=csv&jaren=1").text.splitlines()
    years = client.get("/statistiek?per=year&format=json").json["rows"]
    asked = {row["value"]: row["questions"] for row in years if row["value"]}
    for year, questions in asked.items():
        counts = [int(line.split(",")[2]) for line in yearly if line.split(",")[1] == year]
        assert sum(counts) == questions


def test_statistics_follow_the_search(client: Any) -> None:
    text = client.get("/statistiek?q=treinen&party=MR&per=year").text
    assert "Verwijder filter Partij: MR" in text and "year=" in text


@pytest.mark.parametrize(
    ("path", "facet", "value"),
    [
        ("/indiener/martha-peeters", "author", "Martha Peeters"),
        ("/portefeuille/buitenlandse-zaken", "portfolio", "Buitenlandse Zaken"),
        ("/trefwoord/sociale-media", "keyword", "sociale media"),
    ],
)
def test_a_value_has_a_page_with_its_figures(client: Any, path: str, facet: str, value: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200 and f"<h1>{value}</h1>" in answer.text
    search = f"/?{facet}={value.replace(' ', '+')}"
    total = client.get(f"{search}&format=json").json["total"]
    assert re.search(rf"<dt>Vragen</dt><dd><a [^>]+>{total}</a>", answer.text)
    years = client.get(f"/statistiek?per=year&format=json&{search[2:]}").json["rows"]
    shown = re.findall(r'<tr><th scope="row"><a [^>]+>([0-9]{4})</a></th><td class="n">([0-9.]+)', answer.text)
    assert shown == [(row["value"], str(row["questions"])) for row in years if row["value"]]
    assert (
        client.get(html.unescape(re.search(r'atom\+xml" title="[^"]*" href="([^"]+)"', answer.text)[1])).status_code  # type: ignore[index]
        == 200
    )


def test_related_keywords_are_those_of_its_questions(client: Any) -> None:
    text = client.get("/trefwoord/sociale-media").text.partition("Verwante trefwoorden</h2>")[2].partition("</ul>")[0]
    related = dict(re.findall(r'href="/trefwoord/[^"]+"><span>([^<]+)</span> <data value="([0-9]+)"', text))
    records = [record for record in QUESTIONS if "sociale media" in record.keywords]
    counted = Counter(keyword for record in records for keyword in record.keywords if keyword != "sociale media")
    assert {name: int(count) for name, count in related.items()} == dict(counted.most_common(11)[: len(related)])


def test_another_spelling_leads_to_the_page_and_nobody_to_none(client: Any) -> None:
    moved = client.get("/indiener/Peeters-Martha")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/indiener/martha-peeters")
    assert client.get("/indiener/niemand-zo-geheten").status_code == 404
    assert client.get("/trefwoord/%22%28").status_code == 404


def test_a_typed_name_offers_its_page_and_a_question_leads_there(client: Any) -> None:
    assert 'Indiener: <a href="/indiener/martha-peeters">Martha Peeters</a>' in client.get("/?q=peeters").text
    assert "Trefwoord: <a" in client.get("/?q=sociale+media").text
    assert 'class="hint">Trefwoord' not in client.get("/?q=media+trein").text
    page = client.get("/vraag/5-101").text
    for path in ("/indiener/martha-peeters", "/portefeuille/buitenlandse-zaken", "/trefwoord/sociale-media"):
        assert f'href="{path}"' in page


def test_every_example_of_the_help_finds_what_it_says(client: Any) -> None:
    text = client.get("/hulp").text
    examples = re.findall(r'<dt><a href="([^"]+)">[^<]+</a></dt><dd>[^<]+<small>\(([0-9.]+) vra', text)
    assert len(examples) > 15
    for path, count in examples:
        found = client.get(html.unescape(path) + "&all_words=1&fold=0&format=json").json
        assert found["total"] == int(count.replace(".", "")) > 0, path
    for name in ("wachttijd", "onderwerp", "beantwoord", "termijn"):
        assert f"<code>{name}:</code>" in text
    assert 'href="/hulp"' in client.get("/").text


def test_a_hit_in_the_answer_stands_under_the_first_sentence_of_its_question(client: Any) -> None:
    text = client.get("/?q=voorlopig").text
    first, answer = (
        re.search(r'question first"><span class="zone">Vraag</span> ([^<]+)</p>', text),
        text.index("<mark>voorlopig"),
    )
    assert first and first.start() < answer
    assert html.unescape(first[1]) in client.get("/vraag/5-102.json").json["question"]
    assert "question first" not in client.get("/?q=vraag:media").text


def test_a_long_facet_can_be_searched(client: Any) -> None:
    text = client.get("/filter/author?bevat=amr").text
    assert "Fatima El Amrani" in text and "Luc Dubois" not in text


def test_questions_with_most_of_the_words_follow_under_a_headline_of_their_own(client: Any) -> None:
    page = client.get("/?q=website+media").text
    assert "met alle woorden; daarna" in page
    assert page.index("met alle woorden; daarna") < page.index(">Met de meeste woorden</h2>")
    assert 'href="/?q=website+media&amp;all_words=1"' in page
    strict = client.get("/?q=website+media&all_words=1").text
    assert "Met de meeste woorden" not in strict
    assert "Alleen vragen met alle woorden." in strict
    assert '<a href="/?q=website+media" rel="nofollow">Toon ook' in strict


def test_a_feed_and_a_table_hold_only_questions_with_all_words(client: Any) -> None:
    data = client.get("/?q=website+media&format=json").json
    assert data["total"] and data["partial_total"]
    assert [hit["partial"] for hit in data["hits"]] == sorted(hit["partial"] for hit in data["hits"])
    assert client.get("/?q=website+media&format=atom").text.count("<entry>") == data["total"]
    assert len(client.get("/?q=website+media&format=csv").text.splitlines()) == data["total"] + 1


def test_translations_are_told_with_a_way_to_do_without(client: Any) -> None:
    text = client.get("/?q=plaintes+des+voyageurs").text
    assert "Ook gezocht naar: " in text
    assert 'href="/?q=plaintes+des+voyageurs&amp;translate=0" rel="nofollow">Zoek zonder vertaling</a>' in text
    without = client.get("/?q=plaintes+des+voyageurs&translate=0").text
    assert "Ook gezocht naar" not in without
    assert 'href="/?q=plaintes+des+voyageurs" rel="nofollow">Zoek met vertaling</a>' in without


def test_nothing_is_told_of_translations_where_none_are_sought(client: Any) -> None:
    text = client.get("/?q=%22plaintes%22").text
    assert "vertaling" not in text


def test_the_start_page_offers_what_finds_something_here(client: Client) -> None:
    text = client.get("/").text
    offered = re.findall(r'href="(/\?q=[^"]+)"', text.partition('class="try"')[2])
    assert len(offered) >= 10
    for address in offered:
        found: Any = client.get(unescape(address) + "&format=json").json
        assert found["total"] + found["partial_total"] > 0, address


def test_where_there_is_next_to_nothing_the_start_page_offers_nothing_that_is_not_there() -> None:
    bare = Client(create_app(Index(PlainEngine([Question("2-7")]))))
    text = bare.get("/").text
    assert 'class="try"' not in text
    assert re.findall(r"<dt><a href=\"([^\"]+)\">", text) == ["/vraag/2-7"]


def test_a_result_links_the_parts_of_its_title_and_its_keywords(client: Client) -> None:
    text = client.get("/?q=potenti%C3%ABle").text
    (line,) = re.findall(r'<p class="subjects">(.*?)</p>', text)
    assert re.findall(r'href="([^"]+)"[^>]*>([^<]+)</a>', line) == [
        ("/?title_part=Federale+overheidsdiensten", "Federale overheidsdiensten"),
        ("/trefwoord/sociale-media", "sociale media"),
    ]
    assert all(client.get(address).status_code == 200 for address in re.findall(r'href="([^"]+)"', line))


def test_keywords_of_a_question_in_french_lead_to_their_pages(client: Client) -> None:
    text = client.get("/?q=nuit&language=fr").text
    assert '<a href="/trefwoord/chemin-de-fer" lang="fr">chemin de fer</a>' in text
    assert client.get("/trefwoord/chemin-de-fer").status_code == 200


def test_no_line_begins_with_the_comma_between_keywords(client: Client) -> None:
    """It stands within the link before it."""
    facts = client.get("/vraag/5-101").text.partition('<dl class="facts">')[2]
    assert '>sociale media<span class="sep" aria-hidden="true">,</span></a> ' in facts
