"""The old Bulletin, several questions on a page."""

import datetime as dt
from dataclasses import replace

import pytest
from written import BULLETIN, document

from searchq.documents import parse
from searchq.errors import DocumentError
from searchq.question import Question, Source

SOURCE = Source("a.txt", layout="bulletin")
FIRST = Question(
    number="2-1535/1",
    legislature=2,
    session="2001-2002",
    date=dt.date(2002, 5, 3),
    author="de Wael",
    minister="Minister van Justitie",
    portfolios=("Justitie",),
    title="Gevangenissen. — Overbevolking.",
    title_path=("Gevangenissen", "Overbevolking"),
    language="nl",
    question="Hoeveel gedetineerden zijn er ?\n\nZijn er plannen ?",
    answer="1. Er zijn er 8 000.\n\n2. Ja.",
    status="answered",
    source=SOURCE,
    sources=(SOURCE,),
)
SECOND = replace(
    FIRST,
    number="2-1536",
    date=dt.date(2002, 5, 6),
    author="Dupont-Durand",
    title="Rechtbanken.",
    title_path=("Rechtbanken",),
    language="fr",
    question="Is de achterstand weg ?",
    answer="Neen.",
)
THIRD = replace(
    FIRST,
    number="2-1600",
    date=dt.date(2002, 5, 7),
    author="Maes",
    minister="Minister van Mobiliteit en Vervoer (Vervoer)",
    portfolios=("Mobiliteit",),
    title="Luchthavens. — Nachtvluchten. — Geluid.",
    title_path=("Luchthavens", "Nachtvluchten", "Geluid"),
    question="Wanneer komt er stilte ?",
    answer=None,
    status="open",
    waiting_since=dt.date(2002, 5, 7),
)


def test_every_question_of_a_page_is_read_under_its_minister():
    assert parse(document(BULLETIN)) == [FIRST, SECOND, THIRD]


def test_a_number_that_lacks_its_legislature_needs_the_bulletin_line():
    with pytest.raises(DocumentError, match=r"1535/1 .* does not name its legislature"):
        parse(document(BULLETIN.replace("Bulletin 2-49", "")))


def test_a_number_with_its_legislature_needs_no_bulletin_line():
    page = BULLETIN.replace("Bulletin 2-49", "").replace("nr. 1535/1", "nr. 3-3104").replace("nr. 1536", "nr. 3-3105")
    assert [question.number for question in parse(document(page))] == ["3-3104", "3-3105", "2-1600"]


def test_a_competence_beside_the_title_is_kept():
    page = BULLETIN.replace(
        "Minister van Mobiliteit en Vervoer\n\n(Vervoer)", "Minister van Begroting (Overheidsbedrijven)"
    )
    third = parse(document(page))[2]
    assert third.minister == "Minister van Begroting (Overheidsbedrijven)"
    assert third.portfolios == ("Begroting", "Overheidsbedrijven")


def test_an_answer_that_ends_in_a_sentence_about_a_minister_keeps_it():
    page = BULLETIN.replace("2. Ja.", "Minister van Justitie is een zwaar ambt.")
    assert parse(document(page))[0].answer == "1. Er zijn er 8 000.\n\nMinister van Justitie is een zwaar ambt."


def test_a_placeholder_in_the_bulletin_is_an_answer_without_text():
    page = BULLETIN.replace("Antwoord : Neen.", "Antwoord : Texte pas encore disponible.")
    assert parse(document(page))[1].status == "answered-without-text"


def test_a_question_may_lack_its_language_mark():
    page = BULLETIN.replace(" (Fr.) :", " :")
    assert parse(document(page))[1] == replace(SECOND, language=None)
