"""What the running texts name: questions of both houses, laws, web addresses; and the many digits that name nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents.citations import find_citations
from searchq.question import Citation
from searchq.record_json import from_json, to_json
from tests.documents.written import NL_PRINT, read_one


def cited(text: str) -> list[tuple[str, str, str | None, str | None]]:
    """Each citation as its words, kind, house and number."""
    found = find_citations("9-1", text, None)
    return [(text[one.start : one.end], one.kind, one.house, one.number) for one in found]


QUESTIONS = [
    ("Zie mijn schriftelijke vraag nr. 5-2.", "schriftelijke vraag nr. 5-2", "senate", "5-2"),
    ("Mijn vraag 4-6120 bleef liggen.", "vraag 4-6120", "senate", "4-6120"),
    ("Voir la question écrite n° 7-475 du 3 mai.", "question écrite n° 7-475", "senate", "7-475"),
    ("Zie ook nr. 51-1235, Kamer.", "nr. 51-1235, Kamer", "chamber", "51-1235"),
    ("(vraag nr. 54-1235 (Kamer))", "vraag nr. 54-1235", "chamber", "54-1235"),
    ("Question n° 51-12, Chambre", "Question n° 51-12, Chambre", "chamber", "51-12"),
    ("de vraag van de heer Jan Peeters nr. 6-491 van 18 maart 2015", "nr. 6-491", "senate", "6-491"),
    ("Schriftelijke vraag nr. 2-1535/1, gesteld", "Schriftelijke vraag nr. 2-1535/1", "senate", "2-1535/1"),
    ("de parlementaire vraag nr. 5‑8902", "parlementaire vraag nr. 5‑8902", "senate", "5-8902"),
    ("zie vraag nr.5-2345 van", "vraag nr.5-2345", "senate", "5-2345"),
    ("de schriftelijke vraag\nnr. 5-0034", "schriftelijke vraag\nnr. 5-0034", "senate", "5-34"),
]


@pytest.mark.parametrize(("text", "words", "house", "number"), QUESTIONS)
def test_a_written_question_is_cited_with_its_house_and_number(text: Any, words: Any, house: Any, number: Any) -> None:
    assert cited(text) == [(words, "written-question", house, number)]


@pytest.mark.parametrize(
    "text",
    [
        "mondelinge vraag nr. 5-123",
        "vraag om uitleg nr. 5-123",
        "demande d'explications n° 5-123",
        "demande d’explications 5-123",
        "question orale n° 5-123",
        "actuele vraag nr. 5-123",
    ],
)
def test_oral_questions_are_a_series_of_their_own(text: str) -> None:
    assert cited(f"Zie {text}, en verder.") == [(text, "oral-question", "senate", "5-123")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("de vragen nrs. 5-1, 5-2 en 5-3 samen", ["5-1", "5-2", "5-3"]),
        ("questions écrites n°s 5-1, 5-2 et 5-3", ["5-1", "5-2", "5-3"]),
        ("schriftelijke vragen 5-8900 tot en met 5-8918", ["5-8900", "5-8918"]),
        ("parlementaire vragen (nr. 4-10, nr. 4-12 en nr. 5-7)", ["4-10", "4-12", "5-7"]),
        ("schriftelijke vraag nr. 5-8900, 5-10 jaar geleden", ["5-8900"]),
    ],
)
def test_every_number_of_a_list_is_cited_by_itself(text: str, numbers: Any) -> None:
    assert [number for _, _, _, number in cited(text)] == numbers


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [
        ("Artikel 5 van de wet van 12 januari 2007 zegt", "wet van 12 januari 2007", None),
        ("de Vreemdelingenwet van 15 december 1980", "Vreemdelingenwet van 15 december 1980", None),
        ("de programmawet (I) van 24 december 2002", "programmawet (I) van 24 december 2002", None),
        ("koninklijk besluit nr. 78 van 10 november 1967", "koninklijk besluit nr. 78 van 10 november 1967", "78"),
        ("ministerieel besluit van 3/7/1996", "ministerieel besluit van 3/7/1996", None),
        ("het KB van 3 juli 1996", "KB van 3 juli 1996", None),
        ("de wet van 21 maart 1804", "wet van 21 maart 1804", None),
        ("l'article 3 de la loi du 1er août 1985", "loi du 1er août 1985", None),
        ("l'arrêté royal du 3 juillet 1996", "arrêté royal du 3 juillet 1996", None),
        ("de richtlijn 2004/38/EG", "richtlijn 2004/38/EG", "2004/38/EG"),
        ("verordening (EG) nr. 883/2004", "verordening (EG) nr. 883/2004", "883/2004"),
        ("le règlement (CE) n° 883/2004", "règlement (CE) n° 883/2004", "883/2004"),
    ],
)
def test_a_law_is_cited_by_its_day_or_number_without_the_article(text: str, words: str, number: str | None) -> None:
    assert cited(text) == [(words, "law", None, number)]


@pytest.mark.parametrize(
    ("text", "words", "url"),
    [
        ("zie www.example.be/nota.", "www.example.be/nota", "http://www.example.be/nota"),
        ("(https://example.be/a_(b))", "https://example.be/a_(b)", "https://example.be/a_(b)"),
        ("https://example.be?x=www.example.org, en", *["https://example.be?x=www.example.org"] * 2),
    ],
)
def test_an_address_is_cited_without_the_marks_of_its_sentence(text: str, words: Any, url: Any) -> None:
    (found,) = find_citations("9-1", None, text)
    assert (text[found.start : found.end], found.kind, found.url) == (words, "address", url)


def test_the_address_of_a_question_names_the_question() -> None:
    address = "http://www.senate.be/www/?MIval=/Vragen/SchriftelijkeVraag&LEG=5&NR=8902&LANG=nl"
    (found,) = find_citations("9-1", f"Zie {address}.", None)
    assert (found.kind, found.house, found.number, found.url) == ("address", "senate", "5-8902", address)


@pytest.mark.parametrize(
    "text",
    [
        "binnen 5-10 jaar; in 2010-2011; nr. 5; tel. 02-555 12 34; op 12 januari 2007; 0475/12.34.56",
        "Op de vragen 1-4 en op vraag 1-4 antwoord ik; ook op de vragen nrs. 1-4.",
        "Ik vraag 5-10 jaar uitstel en 5-100 euro.",
        "stuk Senaat nr. 5-1053/1, stuk nr. 5-1053; Parl. St. Kamer, nr. 51-1235/001",
        "wetsontwerp nr. 51-1235, Kamer",
        "Vragen en Antwoorden, Senaat, nr. 3-49, blz. 3104; Bulletin nr. 3-49",
        "Questions et Réponses, n° 3-49",
        "het wetsvoorstel van 12 januari 2007; het ontwerp van wet van 12 januari 2007",
        "le projet de loi du 12 janvier 2007; l'arrêt du 12 janvier 2007",
        "de wet van 12 januari; de wet van 31 februari 2007; de wet",
        "artikel 5-2 van het wetboek; Handelingen nr. 5-123; 24/7; 1/2",
        "Is er een vraag? Het dossier met nr. 5-8902 ligt klaar.",
        "jan@www.example.be; http://localhost/; www.",
    ],
)
def test_other_digits_and_papers_are_no_citation(text: str) -> None:
    assert cited(text) == []


def test_the_number_of_the_page_itself_is_no_citation() -> None:
    assert not find_citations("5-8902", "Vraag nr. 5-8902.", "Zie vraag nr. 5-8902.")


def test_a_page_tells_its_citations_by_code_points_of_its_repaired_texts() -> None:
    page = NL_PRINT.replace(
        "Mogen gedetineerden", "😀 Zie vraag nr. 6-77 over potentiŽle gevangenen. Mogen gedetineerden"
    )
    question = read_one(page)
    (found,) = question.citations
    assert found == Citation("question", found.start, found.end, "written-question", "senate", "6-77")
    assert question.question is not None
    assert question.question[found.start : found.end] == "vraag nr. 6-77"
    assert from_json(to_json(question)).citations == question.citations


PIECES = st.sampled_from(
    [text for text, *_ in QUESTIONS] + ["wet van 3 mei 2001", "www.a.be/(x)", " en ", "5-7", "(", "€"]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map(" ".join))
def test_citations_of_any_text_stand_in_order_apart_and_within_it(text: Any) -> None:
    found = find_citations("", text, None)
    ends = [0, *(place for one in found for place in (one.start, one.end)), len(text)]
    assert ends == sorted(ends)
    assert all(one.start < one.end for one in found)
