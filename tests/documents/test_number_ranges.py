"""A range or a list of points after "vraag" is no question's number; a number with a person, a day or a kind is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents.citations import find_citations

FRAMES = ("Zie {}.", "Het antwoord op {} volgt later.", "{}")

RANGES = [
    "vraag 1-150 van de lijst",
    "vragen nr. 1-100 tot 150",
    "vragen 1-20",
    "de vragen 1–150",
    "(vragen nrs. 1-150)",
    "schriftelijke vragen 1-20",
    "de schriftelijke vragen nrs. 1-20 en 30-45",
    "vragen nr. 1-20 en nr. 30-45",
    "samengevoegde mondelinge vragen nrs. 1-12",
    "vragen om uitleg 1-20",
    "vragen nrs. 1-150 van de heer Peeters",
    "op de vragen 1-4 van senator Maes",
    "vragen nrs. 1-4, 5-20 en 30-45",
    "vraag 1-2-3",
    "vraag nr. 1-4",
    "vraag 5-12",
    "vraag nr. 3-150 van de vragenlijst",
    "vraag 3-1200 van de enquête",
    "vraag 3-150 uit dat boek",
    "vraag 3-150 van tabel 2",
    "op de vragenlijst, vraag nr. 3-150",
    "Ik vraag 5-200 extra agenten",
    "Ik vraag dan ook 5-200 agenten",
    "de vraag naar 5-100 MW",
    "vragen 5-10 mei 2012",
    "de vraag over de percelen nr. 5-150",
    "de vraag over de huisnummers nrs. 5-150",
    "de vraag over een woning, Kerkstraat, nr. 5-12",
    "vraag over artikel 3-150",
    "vraag nr. 14 (blz. 3-150)",
    "wetgevingsstuk nr. 5-965 van de Senaat",
    "het advies nr. 5-123, Senaat",
    "questions 1-20",
    "question 1-150 de la liste",
    "question n° 3-150 du questionnaire",
    "question 3-150 dans le formulaire",
    "question 5-120 de l'annexe",
    "aux questions n°s 1-100",
    "les questions n° 1-100 à 150",
    "questions écrites 1-20",
    "demandes d'explications 1-20",
]

NUMBERS = {
    "vraag nr. 6-77 over gevangenen": ["6-77"],
    "vragen 5-8900 en 5-8901": ["5-8900", "5-8901"],
    "schriftelijke vragen nrs. 7-12 en 7-13": ["7-12", "7-13"],
    "vragen nr. 5-123 van senator Maes en nr. 5-456 van senator Peeters": ["5-123", "5-456"],
    "vraag nr. 5-8902, 1-4": ["5-8902"],
    "vraag 5-120 en bijlage 3-12": ["5-120"],
    "vraag nr. 5-12 van de heer Peeters van 3 mei 2012": ["5-12"],
    "vraag nr. 1-12 van mevrouw Maes": ["1-12"],
    "vraag 5-123 van het geachte lid": ["5-123"],
    "vraag 5-123 over de lijst van ziekenhuizen": ["5-123"],
    "vraag 5-1234 over de wachtlijsten": ["5-1234"],
    "mijn vraag 5-8902 van de vorige legislatuur": ["5-8902"],
    "de vraag van senator Maes (nr. 5-12)": ["5-12"],
    "de vraag van mevrouw De Block over vluchtelingen (nr. 5-123)": ["5-123"],
    "een schriftelijke vraag met nummer 5-6529": ["5-6529"],
    "vraag nr. 5-12 (Senaat)": ["5-12"],
    "vraag 54-123 (Kamer)": ["54-123"],
    "question n° 5-12 de Jean Dupont": ["5-12"],
    "question 5-123 posée par M. Dupont": ["5-123"],
    "question n° 5-123 de l'honorable membre": ["5-123"],
    "les questions n°s 5-123 et 5-124": ["5-123", "5-124"],
    "demandes d'explications n°s 5-12 et 5-14": ["5-12", "5-14"],
}


def numbers(text: str, own: str = "7-1") -> list[str | None]:
    return [one.number for one in find_citations(own, text, None)]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("words", RANGES)
def test_a_range_or_a_point_of_another_paper_is_no_citation(words: str, frame: str) -> None:
    assert numbers(frame.format(words)) == []


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("words", "cited"), NUMBERS.items())
def test_a_number_that_no_range_explains_is_a_citation(words: str, cited: list[str], frame: str) -> None:
    assert numbers(frame.format(words)) == cited


@pytest.mark.parametrize(
    ("own", "cited"),
    [
        ("5-1", ["5-8902"]),
        ("6-1", ["5-8902", "6-300", "54-120"]),
        ("54-7-0930-2016201706531", ["5-8902", "6-300", "54-120"]),
    ],
)
def test_no_text_cites_a_question_of_a_later_legislature(own: str, cited: list[str]) -> None:
    assert numbers("Zie vraag nr. 5-8902, vraag nr. 6-300, vraag nr. 54-120 en vraag nr. 9-500.", own) == cited


@given(
    st.integers(1, 8), st.integers(1, 400), st.sampled_from(["vragen", "de vragen nrs.", "questions", "questions n°s"])
)
def test_one_pair_of_digits_after_a_plural_is_never_a_citation(low: Any, span: Any, words: Any) -> None:
    assert numbers(f"Zie {words} {low}-{low + span}.", "8-1") == []
