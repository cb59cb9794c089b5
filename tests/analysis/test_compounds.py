"""Compounds fall into the parts a reader sees; other words stay whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.analysis.compounds import parts, split
from searchq.analysis.lexicon import KnownWords, dictionary
from searchq.analysis.wordlists import words_of

WHOLE = """
ministerie verantwoordelijkheid organisatie mogelijkheid universiteit parlement regering beslissing besluit bevolking
belangrijk toekenning toepassing uitvoering vergunning verzekering vereniging ondernemer onderneming onderzoek
omgeving opdracht overheid overeenkomst procedure professor programma provincie publicatie reglement samenleving
secretaris statistiek subsidie territorium toelating tussenkomst uitgave vennootschap verdediging verdrag vereiste
verklaring verkiezing verslag vertegenwoordiger verwijzing vluchteling vrijwilliger waarneming wetenschap kandidaat
kapitaal karakter klimaat koninklijk laboratorium landschap legislatuur magistraat materiaal mededeling migratie
monument nationaliteit notaris ambtenaar administratie advocaat afdeling aanvraag aanbeveling aansprakelijkheid
aangifte afspraak apotheker argument artikel assistentie begroting behandeling beperking bescherming betaling
betrokkenheid bezoeker burgemeester categorie centrale commissaris commissie communicatie computer concurrent
conferentie consument contract controle coördinatie criminaliteit criterium debat delegatie democratie departement
diplomaat directeur directie discriminatie document dossier economie eigenaar element energie erkenning evaluatie
expertise faillissement federatie financiering formulier functie gebruiker gedetineerde gelegenheid gemeenschap
generaal gerechtigheid gezondheid griffier handhaving herziening homologatie identiteit immigrant indicator industrie
informatie infrastructuur initiatief inspectie instantie instelling integratie internering investering jurisdictie
kabinet kwartaal scherven koninginnen gendarmen
"""


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("politiezone", ("politie", "zone")),
        ("wiskundeonderwijs", ("wiskunde", "onderwijs")),
        ("gezondheidszorgbeleid", ("gezondheidszorg", "beleid")),
        ("regeringsleden", ("regering", "leden")),
        ("studentenkamer", ("studenten", "kamer")),
        ("zonnepaneel", ("zonne", "paneel")),
        ("arbeidsongevallenverzekering", ("arbeidsongevallen", "verzekering")),
        ("herfinanciering", ("her", "financiering")),
        ("blorpzone", ()),
    ],
)
def test_a_compound_falls_into_its_parts(word: str, expected: tuple[str, ...]):
    assert split(word, dictionary()) == expected


def test_parts_that_are_compounds_fall_further():
    assert parts("gezondheidszorgbeleid", dictionary()) == ("gezondheidszorg", "gezondheid", "zorg", "beleid")


@pytest.mark.parametrize("word", WHOLE.split())
def test_a_word_that_is_no_compound_stays_whole(word: str):
    assert split(word, dictionary()) == ()


def test_a_search_splits_by_the_words_its_index_knows():
    indexed = {"wiskunde": "wiskunde", "onderwijs": "onderwijs"}
    assert split("wiskundeonderwijs", KnownWords(indexed.get)) == ("wiskunde", "onderwijs")


@given(st.text(alphabet="abdegiklmnorstuvwz", max_size=60))
def test_parts_stand_in_the_word_in_their_order(word: str):
    place = 0
    for part in split(word, dictionary()):
        place = word.index(part, place) + len(part)
    assert place <= len(word)


@given(st.text(max_size=30))
def test_any_text_may_be_asked_for(word: str):
    assert all(part in dictionary() or part in words_of("prefixes.txt") for part in parts(word, dictionary()))
