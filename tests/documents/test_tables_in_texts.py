"""Tables of figures within the texts of saved pages: they are a part of the text that they stand in, in any layout."""

from typing import Any

import pytest

from searchq.documents import parse
from searchq.question import FrenchText, Question
from tests.documents.written import BULLETIN, FR_WEB, NL_PRINT, NL_WEB, as_html, document

PLACE = "TABEL"
FIGURES = "<table><tr><th>Jaar</th><th>Aantal</th></tr><tr><td>2013</td><td>1 200</td></tr></table>"
QUESTIONS = (
    "<table><tr><td>Schriftelijke vraag nr. 6-12</td><td>beantwoord</td></tr>"
    "<tr><td>Schriftelijke vraag nr. 6-13</td><td>open</td></tr></table>"
)
EVENTS = "<table><tr><td>2/3/2013</td><td>Rappel</td></tr><tr><td>4/1/2013</td><td>Antwoord</td></tr></table>"
TABLES = {
    FIGURES: "Jaar Aantal\n2013 1 200",
    QUESTIONS: "Schriftelijke vraag nr. 6-12 beantwoord\nSchriftelijke vraag nr. 6-13 open",
    EVENTS: "2/3/2013 Rappel\n4/1/2013 Antwoord",
}


def with_table(page: str, text: str, table: str) -> Question:
    """The first record of a saved page in whose text a table stands."""
    html = as_html(page.replace(text, f"{text} {PLACE}", 1)).replace(PLACE, table)
    return parse(document(html, media="html"))[0]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("page", "text"),
    [
        (NL_WEB, "Mogen gedetineerden een e-sigaret gebruiken?"),
        (NL_WEB, "Het reglement werd aangepast."),
        (NL_PRINT, "Mogen gedetineerden een e-sigaret gebruiken?"),
        (NL_PRINT, "Het reglement werd aangepast."),
        (FR_WEB, "Non, c'est interdit."),
        (BULLETIN, "1. Er zijn er 8 000."),
    ],
)
def test_a_page_of_one_language_is_read_around_a_table(page: str, text: str, table: str) -> None:
    (plain, *_), shown = parse(document(as_html(page), media="html")), with_table(page, text, table)
    for fact in ("number", "author", "date", "minister", "title", "keywords", "chronology", "status", "problems"):
        assert getattr(shown, fact) == getattr(plain, fact), fact
    french = shown.french or FrenchText()
    held = " ".join(filter(None, [shown.question, shown.answer, french.question, french.answer]))
    assert TABLES[table] in held


def two_languages(**texts: str) -> Question:
    """The record of a saved two-language table with these texts."""
    cells = [
        ("SÉNAT DE BELGIQUE", "BELGISCHE SENAAT"),
        ("Question écrite n° 6-512", "Schriftelijke vraag nr. 6-512"),
        ("de Lore Vermeersch (Open Vld)", "van Lore Vermeersch (Open Vld)"),
        ("à la ministre de la Justice", "aan de minister van Justitie"),
        ("<hr>", "<hr>"),
        ("Prisons", "Gevangenissen"),
        ("<hr>", "<hr>"),
        ("tabagisme", "tabaksverslaving"),
        ("<hr>", "<hr>"),
        ("2/3/2015Verzending vraag<br>1/6/2015Antwoord",) * 2,
        ("<hr>", "<hr>"),
        (
            "Question n° 6-512 du 2 mars 2015 : (Question posée en néerlandais)",
            "Vraag nr. 6-512 d.d. 2 maart 2015 : (Vraag gesteld in het Nederlands)",
        ),
        (texts.get("french_question", "Pourquoi ?"), texts.get("question", "Waarom?")),
        ("Réponse reçue le 1 juin 2015 :", "Antwoord ontvangen op 1 juni 2015 :"),
        (texts.get("french_answer", "Parce que."), texts.get("answer", "Daarom.")),
    ]
    rows = "".join(f"<tr><td>{french}</td><td>{dutch}</td></tr>" for french, dutch in cells)
    (question,) = parse(document(f"<html><body><table>{rows}</table></body></html>", media="html"))
    return question


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("part", ["question", "answer"])
def test_a_table_in_a_text_of_a_two_language_table_stays_in_its_language(part: Any, table: str) -> None:
    dutch, french = f"<p>Cijfers:</p>{table}<p>Dat is alles.</p>", f"<p>Chiffres :</p>{table}<p>C'est tout.</p>"
    shown = two_languages(**{part: dutch, f"french_{part}": french})
    assert shown.french is not None
    assert getattr(shown, part) == f"Cijfers:\n\n{TABLES[table]}\n\nDat is alles."
    assert getattr(shown.french, part) == f"Chiffres :\n\n{TABLES[table]}\n\nC'est tout."
    other = "answer" if part == "question" else "question"
    plain = two_languages()
    assert (getattr(shown, other), shown.number, shown.keywords) == (getattr(plain, other), "6-512", plain.keywords)
    assert shown.problems == plain.problems == ()


def test_a_two_language_table_within_a_frame_of_tables_keeps_its_columns() -> None:
    top = "<tr><td>Question écrite n° 6-1</td><td>Schriftelijke vraag nr. 6-1</td></tr>"
    heading = ("Question n° 6-1 du 2 mars 2015 :", "Vraag nr. 6-1 d.d. 2 maart 2015 :")
    rows = "".join(f"<tr><td>{french}</td><td>{dutch}</td></tr>" for french, dutch in [heading, ("Quoi ?", FIGURES)])
    (question,) = parse(
        document(f"<table><tr><td>Menu</td><td><table>{top}{rows}</table></td></tr></table>", media="html")
    )
    assert question.french is not None
    assert (question.question, question.french.question) == (TABLES[FIGURES], "Quoi ?")
