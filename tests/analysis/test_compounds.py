"""Compounds fall into the parts a reader sees; other words stay whole."""

from math import inf

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchq.analysis.compounds import parts, split
from searchq.analysis.lexicon import Dictionary, dictionary
from searchq.analysis.packed import Entries
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
def test_a_compound_falls_into_its_parts(word: str, expected: tuple[str, ...]) -> None:
    assert split(word, dictionary()) == expected


def test_parts_that_are_compounds_fall_further() -> None:
    assert parts("gezondheidszorgbeleid", dictionary()) == ("gezondheidszorg", "gezondheid", "zorg", "beleid")


@pytest.mark.parametrize("word", WHOLE.split())
def test_a_word_that_is_no_compound_stays_whole(word: str) -> None:
    assert split(word, dictionary()) == ()


@given(st.text(alphabet="abdegiklmnorstuvwz", max_size=60))
def test_parts_stand_in_the_word_in_their_order(word: str) -> None:
    place = 0
    for part in split(word, dictionary()):
        place = word.index(part, place) + len(part)
    assert place <= len(word)


@given(st.text(max_size=30))
def test_any_text_may_be_asked_for(word: str) -> None:
    assert all(dictionary().is_listed(part) or part in words_of("prefixes.txt") for part in parts(word, dictionary()))


LEMMAS = {
    "zorg": "zorg", "zorgen": "zorg", "zorgt": "zorgen", "beleid": "beleid", "gezond": "gezond",
    "gezondheid": "gezondheid", "regering": "regering", "leden": "lid", "lid": "lid", "eden": "eden",
    "sleden": "slede", "slede": "slede", "werk": "werk", "werkt": "werken", "werken": "werken", "dag": "dag",
    "dagen": "dag", "bus": "bus", "eed": "eed", "zee": "zee", "as": "as", "heidi": "heidi", "raads": "raad",
    "raad": "raad", "asbeleid": "asbeleid", "zorgdag": "zorgdag", "onder": "onder", "herregering": "herregering",
}  # fmt: skip
SMALL = Dictionary(Entries(LEMMAS, {}, {"werken", "zorgen"}, {"zorg", "lid", "slede", "dag", "raad", "werk"}))


def cuts(word: str, place: int = 0) -> list[tuple[float, tuple[str, ...]]]:
    """Every way to cut a word into parts from a place on, with its price, as the rules say it."""
    if place == len(word):
        return [(0.0, ())]
    found = []
    for end in range(place + 1, len(word) + 1):
        letters = word[place:end]
        readings = [(letters, price(letters, last=end == len(word)))] if letters != word else []
        if letters.endswith("s") and not letters.endswith("ss") and end < len(word):
            plain = price(letters[:-1], last=True)
            readings.append((letters[:-1], plain and plain + 0.05))
        if place == 0 and letters in words_of("prefixes.txt") and not SMALL.is_listed(word) and end < len(word):
            readings.append((letters, 1.6))
        for part, cost in readings:
            if cost is not None:
                found += [(cost + rest, (part, *parts)) for rest, parts in cuts(word, end)]
    return found


def price(part: str, last: bool) -> float | None:
    """What a part costs that stands without a linking -s-."""
    lemma = SMALL.lemma(part)
    chance = len(part) < 4 and part not in words_of("short_parts.txt")
    if lemma is None or chance or part == lemma + "s" or part in words_of("no_parts.txt"):
        return None
    short = {1: inf, 2: 0.5, 3: 0.4, 4: 0.2, 5: 0.05}.get(len(part), 0.0)
    verb = 0.3 if lemma != part and SMALL.is_verb(lemma) and not SMALL.is_noun(part) else 0.0
    unlinked = 0.2 if part.endswith(("ing", "heid", "schap", "teit")) and not last else 0.0
    return 1.0 + short + verb + unlinked


PIECES = [*LEMMAS, "her", "on", "s", "s", "s", "en", "x"]


@given(st.lists(st.sampled_from(PIECES), max_size=4).map("".join))
@example("regeringsleden")
@example("herregering")
@example("bussdag")
def test_the_parts_are_those_of_the_cheapest_of_all_cuts(word: str) -> None:
    is_whole = len(word) <= 4 or word in words_of("no_compounds.txt")
    found = [] if is_whole else cuts(word)
    cost = min((price for price, _ in found), default=inf)
    dearest = 1.31 if SMALL.is_listed(word) else 1.45
    cheapest = [parts for price, parts in found if price <= cost + 1e-9]
    expected = [parts if cost <= dearest * len(parts) + 1e-9 else () for parts in cheapest]
    assert split(word, SMALL) in (expected or [()])
