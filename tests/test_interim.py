"""Answers that only say that one will come."""

from typing import Any

import pytest

from searchq.interim import is_interim
from searchq.question import FrenchText, Question


def interim(dutch: str | None, french: str | None = None) -> bool:
    return is_interim(Question("5-1", answer=dutch, french=FrenchText(answer=french) if french else None))


@pytest.mark.parametrize(
    "answer",
    [
        "Het antwoord op deze vraag zal zo spoedig mogelijk worden meegedeeld.",
        "De door het geachte lid gevraagde inlichtingen worden verzameld. Zij zullen hem later worden medegedeeld.",
        "Ik zal het geachte lid zo snel mogelijk een antwoord bezorgen.",
        "Voorlopig antwoord: het onderzoek loopt.",
        "De gegevens zullen u worden overgemaakt zodra ik ze ontvangen heb.",
        "La réponse à cette question sera communiquée ultérieurement à l'honorable membre.",
        "Les renseignements demandés sont actuellement recueillis auprès des services.",
        "Je répondrai à l'honorable membre la réponse sera transmise dès que possible.",
        "Réponse provisoire. Une enquête est en cours.",
    ],
)
def test_a_promise_is_no_answer(answer: str) -> None:
    assert interim(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Neen.",
        "De gegevens worden verzameld door de politie.",
        "De FOD Justitie beheert geen databanken. De gevraagde informatie wordt noch opgenomen, noch verzameld.",
        "Het College beschikt niet over de opgevraagde gegevens.",
        "Het antwoord zal rechtstreeks aan het geachte lid worden bezorgd zodra het er is.",
        "De volledige lijst zal binnenkort op dezelfde site gepubliceerd worden.",
        "1. Er waren er 812. "
        + "Zij werden per provincie geteld. " * 20
        + "De cijfers van 2016 zullen later worden gegeven.",
        "Les données sont recueillies par la police.",
    ],
)
def test_an_answer_that_tells_something_is_an_answer(answer: Any) -> None:
    assert not interim(answer)


def test_of_two_languages_both_have_to_promise() -> None:
    promise = "La réponse sera communiquée ultérieurement."
    assert interim("Het antwoord zal later worden meegedeeld.", promise)
    assert not interim("Er waren er 812.", promise)
    assert not interim(None)


@pytest.mark.parametrize(
    ("placeholder", "is_awaited"),
    [
        ("Texte pas encore disponible.", True),
        ("Tekst nog niet beschikbaar.", True),
        ("De tekst is momenteel niet beschikbaar.", True),
        ("Het antwoord wordt niet gepubliceerd.", False),
        ("Zie bijlage.", False),
    ],
)
def test_a_placeholder_for_a_text_that_comes_later_is_no_answer(placeholder: str, is_awaited: bool) -> None:
    assert is_interim(Question("5-1", status="answered-without-text", answer=placeholder)) is is_awaited
