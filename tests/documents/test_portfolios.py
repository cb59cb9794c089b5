"""Titles of ministers and what they are charged with."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents.portfolios import PORTFOLIOS, PRIME_MINISTER, portfolios_of

NAMES = {*PORTFOLIOS, PRIME_MINISTER}


@pytest.mark.parametrize(
    ("title", "portfolios"),
    [
        ("eerste minister", ("Eerste minister",)),
        ("premier ministre", ("Eerste minister",)),
        ("première ministre", ("Eerste minister",)),
        ("minister van Justitie", ("Justitie",)),
        ("ministre de la Justice", ("Justitie",)),
        ("vice-eersteminister en minister van Justitie en van Binnenlandse Zaken", ("Justitie", "Binnenlandse Zaken")),
        (
            "vice-eersteminister en minister van Buitenlandse Zaken, Buitenlandse Handel en Europese Zaken",
            ("Buitenlandse Zaken", "Buitenlandse Handel", "Europese Zaken"),
        ),
        (
            "vice-première ministre et ministre de l’Intérieur et de l’Égalité des chances",
            ("Binnenlandse Zaken", "Gelijke Kansen"),
        ),
        (
            "staatssecretaris voor Asiel en Migratie, belast met Administratieve Vereenvoudiging, toegevoegd aan de "
            "minister van Veiligheid en Binnenlandse Zaken",
            ("Asiel en Migratie", "Vereenvoudiging"),
        ),
        (
            "staatssecretaris voor Leefmilieu, Energie en Mobiliteit, toegevoegd aan de minister van Binnenlandse "
            "Zaken en Gelijke Kansen en staatssecretaris voor Staatshervorming, toegevoegd aan de eerste minister",
            ("Leefmilieu", "Energie", "Mobiliteit", "Institutionele Hervormingen"),
        ),
        (
            "secrétaire d'État à l’Asile et à la Migration, à l’Intégration sociale et à la Lutte contre la Pauvreté, "
            "adjointe à la ministre de la Justice",
            ("Asiel en Migratie", "Maatschappelijke Integratie", "Armoedebestrijding"),
        ),
        ("staatssecretaris, toegevoegd aan de minister van Financiën", ("Financiën",)),
        ("staatssecretaris voor Buitenlandse Handel, toegevoegd aan de minister belast met Buitenlandse Handel",
         ("Buitenlandse Handel",)),
        ("minister van Financiën, belast met Bestrijding van de fiscale fraude", ("Financiën", "Fraudebestrijding")),
        ("minister van Tewerkstelling en Arbeid, belast met het Beleid van gelijke kansen tussen mannen en vrouwen",
         ("Werk", "Gelijke Kansen")),
        ("ministre du Budget et de la Simplification administrative", ("Begroting", "Vereenvoudiging")),
        ("minister van Mobiliteit, belast met Belgocontrol en de Nationale Maatschappij der Belgische spoorwegen",
         ("Mobiliteit", "Luchtvaart", "Spoorwegen")),
        ("staatssecretaris voor Energie en Sociale Economie", ("Energie", "Sociale Economie")),
        ("minister van Ruimtevaart en Justitie", ("Ruimtevaart", "Justitie")),
        ("", ()),
        ("minister", ()),
    ],
)  # fmt: skip
def test_a_title_names_its_portfolios_in_order(title, portfolios):
    assert portfolios_of(title) == portfolios


PAIRS = {
    "vice-eersteminister en minister van Sociale Zaken en Volksgezondheid, belast met Maatschappelijke Integratie":
        "vice-première ministre et ministre des Affaires sociales et de la Santé publique, "
        "chargée de l'Intégration sociale",
    "minister van Middenstand, KMO's, Zelfstandigen en Landbouw":
        "ministre des Classes moyennes, des PME, des Indépendants et de l'Agriculture",
    "minister van Klimaat en Energie": "ministre du Climat et de l'Énergie",
    "minister van Overheidsbedrijven, Wetenschapsbeleid en Ontwikkelingssamenwerking, belast met Grote Steden":
        "ministre des Entreprises publiques, de la Politique scientifique et de la Coopération au développement, "
        "chargé des Grandes Villes",
    "staatssecretaris voor Ambtenarenzaken en Modernisering van de Openbare Diensten":
        "secrétaire d'État à la Fonction publique et à la Modernisation des Services publics",
    "minister van Landsverdediging": "ministre de la Défense",
    "minister van Financiën en Institutionele Hervormingen": "ministre des Finances et des Réformes institutionnelles",
    "minister van Werk": "ministre de l'Emploi",
    "minister van Pensioenen en Grote Steden": "ministre des Pensions et des Grandes villes",
    "staatssecretaris voor de Regie der Gebouwen": "secrétaire d'État à la Régie des bâtiments",
}  # fmt: skip


@pytest.mark.parametrize(("dutch", "french"), PAIRS.items())
def test_a_title_names_the_same_in_both_languages(dutch, french):
    assert set(portfolios_of(dutch)) == set(portfolios_of(french))


def test_all_ministers_of_the_corpus_have_known_portfolios(shared):
    with gzip.open(shared / "corpus" / "questions-2017.jsonl.gz", "rt", encoding="utf-8") as lines:
        titles = {json.loads(line)["minister"] for line in lines}
    named = {title: portfolios_of(title) for title in titles}
    assert all(named.values())
    assert {name for names in named.values() for name in names} <= NAMES


@given(st.text())
def test_any_text_gives_portfolios_without_a_failure(text):
    assert all(portfolios_of(text))
