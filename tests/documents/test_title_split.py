"""Two titles on one line of a two-language page."""

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents.senate.title_split import SplitTitle, split_title
from tests.documents.written import DUTCH, FRENCH, NLFR_PRINT, read_one

sys.path.append(str(Path(__file__).parents[1] / "measurements"))
from tests.measurements import titles as measurement

PAIRS = """
Société nationale des phares - Panne | Nationale Maatschappij der Vuurtorens - Panne
Banque nationale - Réserves d'or | Nationale Bank - Goudreserves
Réserves d'or - Banque nationale | Goudreserves - Nationale Bank
Banque nationale | Nationale Bank
Loterie nationale - Subsides | Nationale Loterij - Subsidies
Rwanda - Soutien - Enfants soldats au M23 | Rwanda - Steun - Kindsoldaten bij M23
Rwanda - Génocide | Rwanda - Genocide
Rwanda | Rwanda
Belgocontrol - Retards - Brussels Airport | Belgocontrol - Vertragingen - Brussels Airport
Google Street View | Google Street View
Google Street View - Données | Google Street View - Gegevens
Commission européenne - Amendes | Europese Commissie - Boetes
Commission pour l'aide aux victimes - Fonctionnement | Commissie voor hulp aan slachtoffers - Werking
Institut royal météorologique - Radar | Koninklijk Meteorologisch Instituut - Radar
Ambassade à Kinshasa - Personnel | Ambassade te Kinshasa - Personeel
Ambassade à Kinshasa | Ambassade in Kinshasa
Visite de Jan Peeters | Bezoek van Jan Peeters
Mme De Block - Visite | Mme De Block - Bezoek
SNCB - Gare d'Alost - Ascenseurs | NMBS - Station Aalst - Liften
Ligne 50A - Travaux - Nuisances | Lijn 50A - Werken - Hinder
112 - Centrales d'urgence | 112 - Noodcentrales
La Poste - Facteurs | De Post - Postbodes
E-commerce - TVA | E-commerce - Btw
Facebook - Vie privée | Facebook - Privacy
« Grooming » - Internet | « Grooming » - Internet
"Happy slapping" - Plan | "Happy slapping" - Plan
Violence (conjugale) - Plan d'action (2010-2014) | Geweld (partner-) - Actieplan (2010-2014)
La Haye - Cour pénale internationale | 's-Gravenhage - Internationaal Strafhof
Gare de Lokeren - Travaux | 's Herenelderen - Werken
iPad - Utilisation par les fonctionnaires | iPad - Gebruik door ambtenaren
Aide -Soutien européen - Congo | Hulp -Europese steun - Congo
Transports - Sécurité des voyageurs | Veiligheid van de reizigers
Vaccins - Grippe | Vaccins - Griep - Ouderen
Une journée sans voiture | Een autoloze dag
Affaire Dutroux | Zaak-Dutroux
Cannabis - Légalisation | Cannabis - Legalisering
Bus et trams | Bussen en trams
Dossier Dexia | Dossier Dexia
""".strip().splitlines()


@pytest.mark.parametrize("pair", PAIRS)
def test_a_line_of_two_titles_is_split_where_the_dutch_one_begins(pair: Any) -> None:
    french, dutch = pair.split(" | ")
    split = split_title(f"{french} {dutch}")
    assert (split.french, split.dutch) == (french, dutch)


def test_a_page_gives_both_titles_without_a_problem() -> None:
    french, dutch = PAIRS[0].split(" | ")
    question = read_one(NLFR_PRINT.replace(f"{FRENCH['title']} {DUTCH['title']}", f"{french} {dutch}"))
    assert (question.french.title, question.title, question.problems) == (french, dutch, ())
    assert question.title_path == tuple(dutch.split(" - "))


@pytest.mark.parametrize(
    ("line", "split"),
    [
        ("Prisons - Cigarette électronique", SplitTitle("Prisons - Cigarette électronique", None)),
        ("Gevangenissen - Verbod", SplitTitle(None, "Gevangenissen - Verbod")),
        ("", SplitTitle(None, None)),
    ],
)
def test_a_line_of_one_title_is_not_split(line: str, split: Any) -> None:
    assert split_title(line) == split


def test_a_page_with_one_title_says_which_one_is_missing() -> None:
    question = read_one(NLFR_PRINT.replace(f"{FRENCH['title']} {DUTCH['title']}", FRENCH["title"]))
    assert (question.french.title, question.title) == (FRENCH["title"], None)
    assert "The Dutch title was not found." in question.problems


@pytest.mark.parametrize(
    "line",
    [
        "Iran",
        "Affaire Namur Kazan ZaakCoût Dexia Treinen",  # a name at the seam that one title has
        "Mesures Thalys Treinen",
        "Budget Sabena Treinen",
        "Évaluation - Prison de Virton Delhaize - Evaluatie",
        "Quelle est la situation Tihange 2 Welke maatregelen komen er",  # figures after a name
        "Aide aux victimes (Van den Brande) Slachtofferhulp in het gerecht",  # small words within and before one
        "Recrues de l'armée - Formation Al Qaida Rekruten van het leger - Opleiding",
        "La Belgique y a-t-elle participé Bpost Heeft België eraan meegewerkt",  # a word of both languages
        "Quel est votre point de vue à cet égard (Bpost) Wat is uw standpunt",
    ],
)
def test_a_split_that_could_as_well_be_elsewhere_is_in_doubt(line: str) -> None:
    assert not split_title(line).sure


@pytest.mark.parametrize(
    "pair",
    [
        "Combien de détenus y a-t-il en Belgique | Hoeveel gedetineerden zijn er",
        "Carnaval d'Alost - Subsides | Karnaval - Subsidies",
        "Réponse à l'appel du SNI | Wat antwoordt u daarop",
    ],
)
def test_a_name_that_a_french_word_asks_for_is_in_no_doubt(pair: str) -> None:
    french, dutch = pair.split(" | ")
    assert split_title(f"{french} {dutch}") == SplitTitle(french, dutch, sure=True)


def test_few_names_at_the_seam_that_one_title_has_go_to_the_other_unnoticed(shared: Any) -> None:
    names = ["Thalys", "Virton", "Jan Peeters", "Tihange 2", "Kosovo", "Van den Brande", "Proximus", "Al Qaida"]
    pairs = list(measurement.title_pairs(measurement.texts(shared)))[::5]
    unnoticed = 0
    for at, (french, dutch) in enumerate(pairs):
        name = names[at % len(names)]
        title = (f"{french} {name}", dutch) if at % 2 else (french, f"{name} {dutch}")
        split = split_title(" ".join(title))
        unnoticed += split.sure and (split.french, split.dutch) != title
    assert unnoticed < 0.02 * len(pairs)


def test_a_split_in_doubt_is_a_problem_of_the_record() -> None:
    page = NLFR_PRINT.replace(f"{FRENCH['title']} {DUTCH['title']}", "Affaire Namur Kazan Zaak")
    assert (
        "The French and the Dutch title stand on one line and may be split at the wrong word."
        in read_one(page).problems
    )


def test_author_lines_that_name_the_party_in_each_language_are_told_apart() -> None:
    page = NLFR_PRINT.replace(
        "de Lore Vermeersch (Open Vld)\n\nvan Lore Vermeersch (Open Vld)",
        "de Lore Vermeersch (Indépendant) van Lore Vermeersch (Onafhankelijke)",
    )
    assert (read_one(page).author, read_one(page).party) == ("Lore Vermeersch", "Onafhankelijke")


@given(st.text(alphabet="aA é-–'\"()«»1 \xa0", max_size=60))
def test_no_character_is_lost_or_added(line: Any) -> None:
    split = split_title(line)
    parts = [part for part in (split.french, split.dutch) if part]
    assert "".join(parts).replace(" ", "") == line.replace(" ", "")


def test_a_line_of_thousands_of_words_is_read_in_their_number() -> None:
    assert split_title("Panne " * 100_000).french


def test_nearly_all_pairs_of_real_sentences_are_split_at_the_right_word(shared: Any) -> None:
    count, wrong, unnoticed, doubted = measurement.measure(measurement.texts(shared))
    assert count > 3000
    assert len(wrong) < 0.005 * count
    assert unnoticed < 0.002 * count
    assert doubted < 0.01 * count
