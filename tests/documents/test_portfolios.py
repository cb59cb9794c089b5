"""Titles of ministers and what they are charged with."""

import gzip
import importlib.util
import json
import unicodedata
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents import Parsed, portfolio_table, read
from searchq.documents.portfolios import PORTFOLIOS, PRIME_MINISTER, Portfolios, portfolios_of, read_portfolios
from tests.documents.written import NL_PRINT, NLFR_PRINT, read_one

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
        ("minister van Tovenarij en Justitie", ("Justitie",)),
        ("", ()),
        ("minister", ()),
    ],
)  # fmt: skip
def test_a_title_names_its_portfolios_in_order(title: str, portfolios: Any) -> None:
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
def test_a_title_names_the_same_in_both_languages(dutch: Any, french: Any) -> None:
    assert set(portfolios_of(dutch)) == set(portfolios_of(french))


# titles of the governments since 1995, Dutch and French
TWINS = [
    line.split("\t") for line in (Path(__file__).parent / "ministers.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("twins", TWINS)
def test_every_title_of_the_governments_since_1995_is_resolved_alike_in_both_languages(twins: Any) -> None:
    dutch, french = map(read_portfolios, twins)
    assert set(dutch.names) == set(french.names)
    assert dutch.names and not dutch.unknown and not french.unknown


def _without_accents(text: Any) -> Any:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


@pytest.mark.parametrize("twins", TWINS)
def test_accents_capitals_hyphens_and_apostrophes_make_no_difference(twins: Any) -> None:
    for title in twins:
        named = read_portfolios(title)
        for written in (_without_accents(title), title.upper(), title.lower(), title.replace("-", " "),
                        title.replace("'", "’"), title.replace(" ", "\xa0")):  # fmt: skip
            assert read_portfolios(written) == named


@pytest.mark.parametrize(
    ("title", "portfolios"),
    [
        ("minister van Tovenarij en Justitie", Portfolios(("Justitie",), "Tovenarij")),
        ("ministre de la Coordination", Portfolios((), "Coordination")),
        ("minister van Justitie, belast met Welzijn op", Portfolios(("Justitie",), "Welzijn")),
        ("minister van Veiligheid op de Weg en Justitie", Portfolios(("Justitie",), "Veiligheid op de Weg")),
        ("ministre de la Protection de l'Environnement marin", Portfolios((), "Protection de l'Environnement marin")),
        ("minister van Binnenlandse Za", Portfolios((), "Binnenlandse Za")),
        ("minister van Justitie | ||||", Portfolios(("Justitie",))),
        ("Participations publiques chargé des Classes moyennes", Portfolios(("Overheidsbedrijven", "Middenstand"))),
        ("vice-eersteminister", Portfolios()),
    ],
)
def test_what_the_table_cannot_resolve_names_nothing_and_is_reported(title: str, portfolios: Any) -> None:
    assert read_portfolios(title) == portfolios


def test_an_unknown_portfolio_is_a_problem_of_the_record_and_the_minister_stays_as_published() -> None:
    question = read_one(NL_PRINT.replace("minister van Justitie", "minister van Tovenarij en Justitie"))
    assert (question.minister, question.portfolios) == ("minister van Tovenarij en Justitie", ("Justitie",))
    assert question.problems == ("The portfolio “Tovenarij” in the title of the minister is not known.",)


def test_the_french_title_of_a_page_helps_where_the_dutch_one_is_not_understood() -> None:
    question = read_one(NLFR_PRINT.replace("aan de minister van Justitie", "aan de minister van Jusitie"))
    assert (question.minister, question.portfolios, question.problems) == ("minister van Jusitie", ("Justitie",), ())


def test_a_title_without_a_portfolio_is_a_problem_of_the_record() -> None:
    question = read_one(NL_PRINT.replace("minister van Justitie", "vice-eersteminister"))
    assert (question.portfolios, question.problems) == ((), ("The title of the minister names no portfolio.",))


def test_no_phrase_of_the_table_stands_for_two_portfolios() -> None:
    entries = [(phrase, name) for name, phrases in PORTFOLIOS.items() for phrase in phrases.split(" | ")]
    assert all(portfolios_of(phrase) == (name,) for phrase, name in entries)
    assert all(portfolios_of(phrase) == names for phrase, names in portfolio_table.COMBINED.items())


def test_all_departments_of_the_chamber_and_all_pages_name_the_same_in_both_languages(shared: Any) -> None:
    spec = importlib.util.spec_from_loader(
        "maker", SourceFileLoader("maker", str(shared / "corpus" / "make-chamber-archive"))
    )
    maker = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(maker)
    questions = [q for item in read([shared / "pages"]) if isinstance(item, Parsed) for q in item.questions]
    twins = maker.DEPARTMENTS_2020 + [
        (q.minister, q.french.minister) for q in questions if q.minister and q.french and q.french.minister
    ]
    assert len(twins) > len(maker.DEPARTMENTS_2020)
    for dutch, french in twins:
        assert set(portfolios_of(dutch)) == set(portfolios_of(french)) != set()
        assert read_portfolios(dutch).unknown is read_portfolios(french).unknown is None


@given(st.lists(st.sampled_from(TWINS), min_size=1, max_size=3), st.sampled_from([(" en ", " et "), (", ", ", ")]))
def test_titles_joined_by_a_word_or_a_comma_name_what_each_of_them_names(chosen: Any, joins: Any) -> None:
    for side, join in enumerate(joins):
        titles = [twins[side] for twins in chosen if "adjoint" not in twins[1]]
        names = dict.fromkeys(name for title in titles for name in portfolios_of(title))
        assert portfolios_of(join.join(titles)) == tuple(names)


def test_all_ministers_of_the_corpus_have_known_portfolios(shared: Any) -> None:
    with gzip.open(shared / "corpus" / "questions-2017.jsonl.gz", "rt", encoding="utf-8") as lines:
        titles = {json.loads(line)["minister"] for line in lines}
    named = {title: portfolios_of(title) for title in titles}
    assert all(named.values())
    assert not any(read_portfolios(title).unknown for title in titles)
    assert {name for names in named.values() for name in names} <= NAMES


@given(st.text())
def test_any_text_gives_portfolios_without_a_failure(text: Any) -> None:
    assert all(portfolios_of(text))
