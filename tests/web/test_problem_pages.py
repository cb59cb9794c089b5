"""What could not be read: told in Dutch on the page of a question, and listed by kind."""

import re

from werkzeug.test import Client

from searchq.api import Index
from searchq.question import Question
from searchq.web import create_app
from tests.plain_engine import PlainEngine

LOST = "The author was not found."
DATED = "The date “31/6/2015” in the chronology cannot be read or does not exist."
FAULTY = [
    *(Question(f"5-{serial}", title=f"Vraag {serial}", problems=(LOST,)) for serial in range(1, 8)),
    Question("5-8", title="<b>", problems=(LOST, DATED, DATED)),
    Question("5-9", problems=("Something new.",)),
    Question("5-10"),
]


def page(address: str, questions: list[Question]) -> str:
    return Client(create_app(Index(PlainEngine(questions)))).get(address).text


def test_a_question_tells_its_problems_in_dutch_and_what_has_none_in_english() -> None:
    text = page("/vraag/5-8", FAULTY)
    assert "<li>Niet gevonden: de indiener.</li>" in text
    assert "<li>De datum “31/6/2015” in de chronologie is onleesbaar of bestaat niet.</li>" in text
    assert '<li lang="en">Something new.</li>' in page("/vraag/5-9", FAULTY)


def test_problems_are_listed_by_kind_and_lead_to_all_questions() -> None:
    text = page("/problemen", FAULTY)
    assert "Bij 9 vragen kon niet alles gelezen worden" in text
    kinds = re.findall(r'class="section">(.+?)</h2>', text)
    assert kinds == ["Gegeven niet gevonden", "Datum onleesbaar", "Overige"]
    assert 'href="/?problem=not-found&amp;sort=newest&amp;fold=0" rel="nofollow">Alle 8 vragen</a>' in text
    assert "&lt;b&gt;</a>" in text
    assert "van <b>8</b>" in page("/?problem=not-found&sort=newest&fold=0", FAULTY)


def test_where_all_was_read_the_page_says_so() -> None:
    assert "Van elke vraag kon alles gelezen worden." in page("/problemen", [Question("5-1")])
