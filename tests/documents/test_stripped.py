"""Pages that kept only their address, and texts that are no question."""

import datetime as dt
from typing import Any

import pytest

from searchq.documents import parse
from searchq.errors import DocumentError
from searchq.question import Answer, ChronologyEntry, Point, Question, Reference, Source
from tests.documents.written import NL_PRINT, NLFR_PRINT, STRIPPED, STRIPPED_NAME, document, read_one

ADDRESS = "http://www.example.org/www/?MIval=/Vragen/SchriftelijkeVraag&LEG=4&NR=6596&LANG=nl"


def expected(source: Source) -> Question:
    return Question(
        number="4-6596",
        legislature=4,
        session="2009-2010",
        date=dt.date(2010, 3, 2),
        title="Gevangenissen - E-sigaret - Verbod",
        title_path=("Gevangenissen", "E-sigaret", "Verbod"),
        keywords=("strafgevangenis", "tabaksverslaving"),
        chronology=(
            ChronologyEntry(dt.date(2010, 3, 2), "sent", "Verzending vraag"),
            ChronologyEntry(dt.date(2010, 6, 1), "answered", "Antwoord"),
        ),
        deadline=dt.date(2010, 4, 2),
        references=(Reference("also-asked-to", "written-question", "4-6597"),),
        question="Mogen gedetineerden een e-sigaret gebruiken?\n\n1. Hoeveel ruimte is er daarvoor?\n\n"
        "2. Hoeveel gevallen zijn er bekend?",
        answer="1. Er is geen ruimte.\n\n2. Er zijn geen gevallen bekend.",
        answers=(
            Answer("Antwoord", dt.date(2010, 6, 1), text="1. Er is geen ruimte.\n\n2. Er zijn geen gevallen bekend."),
        ),
        answer_date=dt.date(2010, 6, 1),
        status="answered",
        delay_days=91,
        points=(Point("1", (46, 79), (0, 21)), Point("2", (81, 116), (23, 55))),
        source=source,
        sources=(source,),
        problems=(
            "The heading of the answer is lost; the answer is taken to begin where the numbering starts again.",
            "The author was not found.",
            "The minister was not found.",
        ),
    )


@pytest.mark.parametrize(
    "name",
    [
        STRIPPED_NAME,
        "SchriftelijkeVraag&amp;LEG=4&amp;NR=6596&amp;LANG=nl.txt",
        "index.html?MIval=%2FVragen%2FSchriftelijkeVraag&LEG=4&NR=6596&LANG=nl.txt",
        "www_Vragen_SVPrint_LEG=4_NR=6596_LANG=nl.txt",
    ],
)
def test_the_number_is_taken_from_the_file_name(name: Any) -> None:
    assert read_one(STRIPPED, name) == expected(Source(name, layout="stripped"))


def test_the_number_is_taken_from_the_first_line() -> None:
    assert read_one(f"{ADDRESS}\n\n{STRIPPED}") == expected(Source("a.txt", layout="stripped"))


def test_texts_that_cannot_be_parted_stay_together_and_say_so() -> None:
    question = read_one(STRIPPED.replace("1. Er is geen ruimte.\n\n2. Er", "Er is geen ruimte. Er"), STRIPPED_NAME)
    assert question.question.endswith("Er is geen ruimte. Er zijn geen gevallen bekend.")
    assert (question.status, question.answer) == ("answered", None)
    assert question.problems[0] == (
        "The headings are lost: if there is an answer, it stands at the end of the question."
    )


def test_a_french_address_puts_the_texts_under_french() -> None:
    name = STRIPPED_NAME.replace("LANG=nl", "LANG=fr")
    question = read_one(STRIPPED.replace("Verzending vraag", "Envoi question").replace("Antwoord", "Réponse"), name)
    assert (question.title, question.french.title) == (None, "Gevangenissen - E-sigaret - Verbod")
    assert question.status == "answered"


def test_a_stripped_print_version_keeps_its_blocks() -> None:
    page = NL_PRINT.replace("SENAAT Schriftelijke vraag nr. 6-512\n\nde Lore Vermeersch (Open Vld)\n\n", "")
    page = page.replace("aan de minister van Justitie\n", "")
    start = page.index("SENAAT Schriftelijke vraag")
    page = page[:start] + page[page.index("\n", start) :]
    page = page.replace("Antwoord ontvangen op 1 juni 2015 :\n\n", "")
    whole, question = read_one(NL_PRINT), read_one(page, "x&LEG=6&NR=512&LANG=nl.txt")
    for field in (
        "number",
        "session",
        "date",
        "title",
        "keywords",
        "chronology",
        "references",
        "answer_date",
        "status",
    ):
        assert getattr(question, field) == getattr(whole, field)
    assert question.question == whole.question + "\n\n" + whole.answer  # type: ignore[operator]


def test_a_stripped_two_language_page_keeps_both_languages() -> None:
    page = NLFR_PRINT[: NLFR_PRINT.index("Réponse reçue")]
    for lost in ("Question écrite n° 6-512 Schriftelijke vraag nr. 6-512\n", "de Lore Vermeersch (Open Vld)\n"):
        page = page.replace(lost, "")
    for lost in ("van Lore Vermeersch (Open Vld)\n", "à la ministre de la Justice\n", "aan de minister van Justitie\n"):
        page = page.replace(lost, "")
    start = page.index("Question n° 6-512")
    page = page[:start] + page[page.index("\n", start) :]
    whole, question = read_one(NLFR_PRINT), read_one(page, "x&LEG=6&NR=512&LANG=nl.txt")
    for field in ("number", "session", "date", "title", "keywords", "chronology", "references", "question", "deadline"):
        assert getattr(question, field) == getattr(whole, field)
    assert question.french.question == whole.french.question
    assert question.source.layout == "stripped"


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("", "a.txt", "it is empty"),
        (" \n\xa0\n", "a.txt", "it is empty"),
        ("Welkom op de site van de Senaat.", "a.txt", "it has the layout of no written question"),
        ("De pagina werd niet gevonden.", STRIPPED_NAME, "it has the layout of no written question"),
        ("Schriftelijke vraag nr. x", "a.txt", "it has the layout of no written question"),
        (f"BELGISCHE SENAAT\n{'_' * 8}\nZitting 2012", "a.txt", "it has the layout of no written question"),
    ],
)
def test_what_is_no_question_is_rejected_with_the_reason(text: str, name: Any, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        parse(document(text, name))


def test_another_page_of_the_site_is_no_question() -> None:
    address = "http://www.example.org/www/?MIval=/publications/viewPub&LEG=4&NR=6596&LANG=nl"
    with pytest.raises(DocumentError):
        parse(document(f"{address}\n\n{STRIPPED}"))
