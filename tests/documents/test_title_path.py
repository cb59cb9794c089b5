"""The parts of a title."""

from typing import Any

import pytest

from searchq.documents import parse
from searchq.documents.senate.title_path import title_path
from tests.documents.written import BULLETIN, NL_PRINT, document, read_one


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Gevangenissen - E-sigaret - Verbod", ("Gevangenissen", "E-sigaret", "Verbod")),
        ("Congo -Europese steun - Controle", ("Congo", "Europese steun", "Controle")),
        ("Spoorwegen- Stakingen", ("Spoorwegen", "Stakingen")),
        ('Congo -"Europese" steun', ("Congo", '"Europese" steun')),
        ("Prisons -État des lieux", ("Prisons", "État des lieux")),
        ("Wapens - In- en uitvoer", ("Wapens", "In- en uitvoer")),
        ("WAPENS - IN- EN UITVOER", ("WAPENS", "IN- EN UITVOER")),
        ("Noord- en Zuid-Korea - Import en -Export", ("Noord- en Zuid-Korea", "Import en -Export")),
        ("Jongeren -16 jaar", ("Jongeren -16 jaar",)),
        ("Brussel-Nationaal. Geluid", ("Brussel-Nationaal. Geluid",)),
        ("Treinen — Geluid", ("Treinen — Geluid",)),
        ("Treinen -", ("Treinen",)),
        (None, ()),
    ],
)
def test_a_title_parts_at_hyphens_with_a_blank_before_a_capital(title: str | None, parts: Any) -> None:
    assert title_path(title) == parts


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Luchthavens. — Nachtvluchten. — Geluid.", ("Luchthavens", "Nachtvluchten", "Geluid")),
        ("Luchthavens — Geluid.", ("Luchthavens", "Geluid")),
        ("Strijdkrachten. Deserteurs.", ("Strijdkrachten", "Deserteurs")),
        ("Strijdkrachten.  Deserteurs.", ("Strijdkrachten", "Deserteurs")),
        ("Grondwet. Toepassing van art. 66 en nr. 5.", ("Grondwet", "Toepassing van art. 66 en nr. 5")),
        ("Station St. Niklaas. Werken.", ("Station St. Niklaas", "Werken")),
        ("Aanslag op J. Peeters. Onderzoek.", ("Aanslag op J. Peeters", "Onderzoek")),
        ("Lijn nr. 5. Werken", ("Lijn nr. 5. Werken",)),
        ("Wapens. In- en uitvoer.", ("Wapens", "In- en uitvoer")),
        ("Erkenning door het RIZIV.", ("Erkenning door het RIZIV",)),
        ("En verder...", ("En verder...",)),
        (".", ()),
    ],
)
def test_a_title_of_the_bulletin_parts_at_full_stops_and_dashes_too(title: str, parts: Any) -> None:
    assert title_path(title, bulletin=True) == parts


def test_the_title_itself_stays_as_published() -> None:
    (question, *_) = parse(document(BULLETIN))
    assert (question.title, question.title_path) == (
        "Gevangenissen. — Overbevolking.",
        ("Gevangenissen", "Overbevolking"),
    )
    page = NL_PRINT.replace("Gevangenissen - E-sigaret - Verbod", "Gevangenissen. Verbod -Europese steun.")
    assert read_one(page).title == "Gevangenissen. Verbod -Europese steun."
    assert read_one(page).title_path == ("Gevangenissen. Verbod", "Europese steun.")
