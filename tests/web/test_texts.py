"""Dutch sentences: dates, numbers, and where a question stands."""

import datetime as dt
from typing import Any

import pytest

from searchq.query.facet_table import FACETS
from searchq.query.hints import Hint
from searchq.question import Question
from searchq.web import texts

TODAY = dt.date(2013, 6, 1)
APRIL = dt.date(2013, 4, 30)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2013-01-01", "2013-12-31", "2013"),
        ("2011-01-01", "2013-12-31", "2011–2013"),
        ("2013-04-01", "2013-04-30", "april 2013"),
        ("2013-04-01", "2013-06-30", "april tot juni 2013"),
        ("2013-04-30", "2013-04-30", "30 april 2013"),
        ("2013-04-02", "2014-05-06", "2 april 2013 tot 6 mei 2014"),
        ("2013-04-02", None, "vanaf 2 april 2013"),
        (None, "9999-12-31", "tot en met 31 december 9999"),
        ("9999-12-01", "9999-12-31", "1 december 9999 tot 31 december 9999"),
    ],
)
def test_a_period_in_the_fewest_words(first: str | None, last: str | None, words: str) -> None:
    days = [dt.date.fromisoformat(day) if day else None for day in (first, last)]
    assert texts.period(*days) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (1234567, "1.234.567"), (29.5, "29,5"), (30.0, "30"), (1234.25, "1.234,2")]
)
def test_numbers_are_written_as_in_dutch(number: float, words: str) -> None:
    assert texts.amount(number) == words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question("5-1", status="answered", delay_days=293), "beantwoord in 293 dagen"),
        (Question("5-1", status="answered", delay_days=1), "beantwoord in 1 dag"),
        (Question("5-1", status="answered", delay_days=0), "beantwoord op dezelfde dag"),
        (Question("5-1", status="answered", answer_date=APRIL), "beantwoord op 30 april 2013"),
        (Question("3-1", status="answered"), "beantwoord"),
        (
            Question("5-1", status="answered-without-text", delay_days=9),
            "beantwoord in 9 dagen, tekst nog niet gepubliceerd",
        ),
        (Question("5-1", status="open", waiting_since=APRIL), "op 1 juni 2013 nog niet beantwoord (32 dagen)"),
        (Question("5-1", status="open"), "nog niet beantwoord"),
        (Question("5-1", status="closed"), "gesloten zonder antwoord"),
        (Question("5-1", status="end-of-legislature"), "vervallen bij het einde van de zittingsperiode"),
        (Question("5-1", status="requalified"), "omgezet in een vraag om uitleg"),
        (Question("5-1"), "onbekend of er een antwoord kwam"),
    ],
)
def test_where_a_question_stands(question: Any, words: str) -> None:
    assert texts.status(question, TODAY) == words


def test_every_facet_has_names_in_both_languages() -> None:
    for facet in FACETS:
        assert facet.label("nl") and facet.label("fr")
        assert facet.without("nl").startswith("zonder ") and facet.without("fr").startswith("sans ")


@pytest.mark.parametrize(
    ("facet", "value", "label"),
    [
        ("status", "open", "Nog niet beantwoord"),
        ("month", "2013-04", "april 2013"),
        ("month", "2013-13", "2013-13"),
        ("legislature", "5", "5e (2010–2014)"),
        ("delay", "31-60", "31–60 dagen"),
        ("delay", "366+", "meer dan een jaar"),
        ("reminders", "1", "1 rappel"),
        ("language", "fr", "Frans"),
        ("party", "open", "open"),
    ],
)
def test_values_are_shown_as_people_read_them(facet: str, value: str, label: str) -> None:
    assert texts.value_label(facet, value) == label


@pytest.mark.parametrize(
    ("asked", "held", "answered", "sentence"),
    [
        (1, 1, 1, "1 minister; die antwoordde"),
        (1, 1, 0, "1 minister; niemand antwoordde"),
        (2, 2, 2, "2 ministers; beiden antwoordden"),
        (5, 5, 5, "5 ministers; allen antwoordden"),
        (5, 5, 1, "5 ministers; 1 antwoordde"),
        (5, 5, 0, "5 ministers; niemand antwoordde"),
        (19, 2, 2, "19 ministers. Hier staan er 2: beiden antwoordden"),
        (19, 1, 1, "19 ministers. Hier staat er 1: die antwoordde"),
        (19, 18, 17, "19 ministers. Hier staan er 18: 17 antwoordden"),
    ],
)
def test_who_was_asked_and_who_answered(asked: int, held: int, answered: int, sentence: str) -> None:
    assert texts.answering(asked, held, answered) == sentence


@pytest.mark.parametrize(
    ("remark", "sentence"),
    [
        (Hint("unknown-value", {"field": "year", "value": "1999"}), "Geen enkele vraag heeft ‘1999’ bij Jaar."),
        (
            Hint("unknown-value-nearest", {"field": "party", "value": "Groene", "nearest": "Groen"}),
            "Geen enkele vraag heeft “Groene” als Partij; bedoelde u “Groen”?",
        ),
        (
            Hint("unknown-value", {"field": "jaar", "value": "1999"}, 0, 9),
            "Geen enkele vraag heeft “1999” als jaar; probeer een andere waarde, of zoek het als woord zonder jaar:.",
        ),
        (Hint("long-text", {"limit": 512}), "Alleen de eerste 512 tekens zijn gelezen; maak de zoekvraag korter."),
    ],
)
def test_a_remark_about_a_filter_uses_its_name_on_the_page(remark: Any, sentence: str) -> None:
    assert texts.hint(remark) == sentence
