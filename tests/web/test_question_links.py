"""Where the texts, references and siblings of a question lead, on its page, beside its siblings and in results."""

import re
from html import unescape

import pytest
from msgspec.structs import replace
from werkzeug.test import Client

from searchq.api import Index
from searchq.documents.citations import find_citations
from searchq.exports.citations import as_sentence
from searchq.question import Citation, FrenchText, Question, Reference
from searchq.web import create_app
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS


def page(address: str, *questions: Question) -> str:
    return Client(create_app(Index(PlainEngine(questions)))).get(address).text


def citing(number: str, question: str, answer: str | None = None, french: FrenchText | None = None) -> Question:
    found = find_citations(number, question, answer, french)
    return Question(number, question=question, answer=answer, french=french, citations=found, status="open")


def links(html: str) -> list[tuple[str, str]]:
    found = re.findall(r'<a href="([^"]+)"(?: rel="[^"]*")?>([^<]+)</a>', html)
    return [(unescape(path), unescape(text)) for path, text in found]


def test_a_cited_question_is_linked_here_where_it_is_held_else_at_the_senate() -> None:
    text = page("/vraag/5-1", citing("5-1", "Zie vraag nr. 5-2 en vraag nr. 5-3."), Question("5-2"))
    assert ("/vraag/5-2", "vraag nr. 5-2") in links(text)
    senate = "https://www.senate.be/www/?MIval=/Vragen/SchriftelijkeVraag&LEG=5&NR=3&LANG=nl"
    assert (senate, "vraag nr. 5-3") in links(text)


def test_laws_oral_questions_and_the_chamber_lead_nowhere() -> None:
    words = "Zie mondelinge vraag nr. 5-7, nr. 51-12, Kamer, en de wet van 3 mei 2001."
    text = page("/vraag/5-1", citing("5-1", words), Question("5-7"))
    assert f"<p>{words}</p>" in text


def test_every_text_has_its_links() -> None:
    french = FrenchText(question="Voir la question n° 5-4.", answer="Voir www.example.be.")
    text = page("/vraag/5-1", citing("5-1", "Zie www.a.be.", "Zie (http://b.be/c?d=1&e=2).", french), Question("5-4"))
    wanted = {
        ("http://www.a.be", "www.a.be"),
        ("http://b.be/c?d=1&e=2", "http://b.be/c?d=1&e=2"),
        ("/vraag/5-4", "question n° 5-4"),
        ("http://www.example.be", "www.example.be"),
    }
    assert wanted <= set(links(text))


def test_a_text_around_links_is_escaped_once() -> None:
    text = page("/vraag/5-1", citing("5-1", "<b>A & B</b> <www.a.be/x?y=1&z=2>"))
    inside = '<a href="http://www.a.be/x?y=1&amp;z=2" rel="external nofollow">www.a.be/x?y=1&amp;z=2</a>'
    assert f"<p>&lt;b&gt;A &amp; B&lt;/b&gt; &lt;{inside}&gt;</p>" in text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.be", ""])
def test_an_imported_citation_cannot_plant_a_link(url: str) -> None:
    question = replace(citing("5-1", "Klik hier."), citations=(Citation("question", 0, 4, "address", url=url),))
    assert "<p>Klik hier.</p>" in page("/vraag/5-1", question)


def test_a_question_lists_by_which_it_is_cited() -> None:
    text = page("/vraag/5-2", Question("5-2"), citing("5-1", "Zie vraag nr. 5-2."), citing("5-3", "Zie vraag nr. 5-4."))
    section = text[text.index("Wordt aangehaald door") :].split("</section>")[0]
    assert re.findall(r'href="(.+?)"', section) == ["/vraag/5-1"]
    assert "Wordt aangehaald door" not in page("/vraag/5-1", citing("5-1", "Zie vraag nr. 5-2."))


def sibling(number: str, *others: str, **values: object) -> Question:
    asked = tuple(Reference("also-asked-to", "written-question", other) for other in others)
    return replace(Question(number, references=asked, question="Hoeveel?", status="open"), **values)


def test_absent_siblings_are_named_and_led_to_the_senate_not_to_a_missing_page() -> None:
    text = page("/vraag/5-1", sibling("5-1", "5-2", "5-3"), sibling("5-2", "5-1", "5-3"))
    assert 'href="/vraag/5-3"' not in text
    assert "Niet in deze verzameling: <a href" in text
    beside = page("/vraag/5-1/naast-elkaar", sibling("5-1", "5-2", "5-3"), sibling("5-2", "5-1", "5-3"))
    assert 'href="/vraag/5-3"' not in beside
    assert "Ook gesteld, maar niet in deze verzameling: <a href" in beside
    assert "3 ministers. Hier staan er 2: niemand antwoordde" in beside


def test_a_french_answer_counts_as_one_beside_its_siblings() -> None:
    answered = sibling("5-1", "5-2", french=FrenchText(answer="Oui."), status="answered", delay_days=270)
    text = page("/vraag/5-1/naast-elkaar", answered, sibling("5-2", "5-1"))
    assert "2 ministers; 1 antwoordde" in text
    assert '<div class="prose" lang="fr">\n<p>Oui.</p>' in text


def test_an_answer_whose_text_is_missing_is_no_lack_of_answer() -> None:
    answered = sibling("5-1", "5-2", status="answered-without-text")
    text = page("/vraag/5-1/naast-elkaar", answered, sibling("5-2", "5-1"))
    headings = re.findall(r"<h2 id=\"zonder-\d\">(.+?)</h2>", text)
    assert headings == ["Beantwoord, tekst ontbreekt", "Zonder antwoord"]


def test_how_many_others_were_asked_is_told_of_the_question_not_of_the_search() -> None:
    text = page(
        "/?status=answered&q=hoeveel", sibling("5-1", "5-2", "5-3", status="answered"), sibling("5-2", "5-1", "5-3")
    )
    assert "Ook gesteld aan 2 andere ministers" in text
    assert "2 vragen daarvan buiten deze zoekopdracht of niet in deze verzameling." in text


def test_no_page_of_the_small_parliament_leads_to_a_missing_question() -> None:
    client = Client(create_app(Index(PlainEngine(QUESTIONS))))
    for question in QUESTIONS:
        for path in re.findall(r'href="(/vraag/[0-9/-]+)"', client.get(f"/vraag/{question.number}").text):
            assert client.get(path).status_code == 200, path


def test_a_citation_names_the_house_of_the_question() -> None:
    assert " Belgische Senaat, https://www.senate.be/" in as_sentence(Question("5-1", title="A"))
    chamber = Question("56-7-0930-2025202606531", house="chamber", title="A")
    assert " Kamer van volksvertegenwoordigers, https://www.dekamer.be/" in as_sentence(chamber)
