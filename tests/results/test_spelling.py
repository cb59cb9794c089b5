from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.engines.embedded.spelling import distance
from searchq.engines.embedded.spelling import near_words as near
from searchq.engines.embedded.vocabulary import word_table


def plain_edits(left: Any, right: Any) -> Any:
    """Optimal string alignment, by its definition."""
    if not left or not right:
        return len(left) + len(right)
    best = min(
        plain_edits(left[1:], right) + 1,
        plain_edits(left, right[1:]) + 1,
        plain_edits(left[1:], right[1:]) + (left[0] != right[0]),
    )
    if len(left) > 1 and len(right) > 1 and left[:2] == right[1::-1]:
        best = min(best, plain_edits(left[2:], right[2:]) + 1)
    return best


def near_words(typed: Any, table: Any) -> Any:
    return [one.word for one in near(typed, table)]


WORD = st.lists(st.sampled_from("gmrlnps"), max_size=5, unique=True).map("".join)  # letters that sound one way only


@given(WORD, WORD)
def test_distance_is_the_number_of_edits_up_to_its_reach(left: Any, right: Any) -> None:
    edits = plain_edits(left, right)
    found = distance(left, right)
    assert found == edits if edits <= 2 else found > 2


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("controle", "kontrole", 0.5),
        ("leiden", "lijden", 0.5),
        ("beleid", "beleit", 0.5),
        ("veiligheid", "veiligeid", 1.0),
        ("asielzoeker", "asielzoker", 1.0),
        ("onderwijs", "onderwjis", 1.0),
        ("minister", "minister", 0.0),
    ],
)
def test_sounds_cost_half_and_slips_cost_one(left: str, right: str, expected: float) -> None:
    assert distance(left, right) == expected


# How often words occur in some thousand questions: those meant below, and others that look like them.
FREQUENCIES = {
    "ambtenaar": 190, "ambtenaren": 284, "asielzoeker": 28, "asielzoekers": 138, "audit": 81, "bedrag": 425,
    "begroting": 193, "belang": 343, "belast": 2758, "belasting": 132, "betaling": 229, "biedt": 252, "binnen": 878,
    "budget": 280, "buurt": 52, "bewaking": 195, "controle": 247, "criminaliteit": 96, "discriminatie": 87,
    "discriminaties": 4, "diensten": 1040, "dienst": 1271, "documenten": 120, "energie": 252, "facebook": 37,
    "feiten": 237, "feit": 412, "fiets": 50, "fietsen": 38, "fietsers": 20, "fietspaden": 14, "gedrag": 74,
    "gevangenis": 113, "gevangenissen": 140, "gezien": 625, "gezin": 52, "gezondheid": 304, "gezondheids": 4,
    "identiteit": 66, "iets": 104, "immigratie": 19, "instellingen": 130, "interne": 205, "intern": 84,
    "internet": 170, "jaren": 751, "justitia": 5, "justitie": 890, "kernenergie": 21, "kinderbijslag": 17,
    "klimaat": 26, "leiden": 160, "manier": 594, "medewerkers": 201, "migranten": 45, "migratie": 464, "milieu": 89,
    "milieus": 17, "minder": 480, "minister": 5151, "ministers": 194, "nieuwe": 900, "niets": 98, "onderwerp": 90,
    "onderwijs": 101, "opvang": 160, "pensioen": 106, "pensioenen": 152, "personen": 1261, "police": 13,
    "politie": 862, "politiek": 66, "politiezone": 40, "positie": 77, "privaat": 6, "privacy": 115, "procedure": 300,
    "racisme": 18, "radio": 30, "spoorwegen": 558, "spoorweg": 11, "statistieken": 85, "tarieven": 57, "titel": 63,
    "tekort": 70, "terrorisme": 164, "transport": 60, "treinen": 155, "dienen": 370, "treden": 110, "twitter": 17,
    "vaccin": 30, "vaccins": 24, "veiligheid": 640, "vertraging": 118, "vertragingen": 68, "vluchteling": 163,
    "vluchtelingen": 120, "vrijwilliger": 13, "vrijwilligers": 56, "water": 67, "werkloosheid": 97, "winter": 20,
    "ziekenhuis": 125, "ziekenhuizen": 160, "zieken": 40,
}  # fmt: skip
SLIPS = {
    # letters doubled that should not be, at the end too
    "fietss": "fiets", "ministerr": "minister", "energiee": "energie", "pensioenn": "pensioen", "klimaatt": "klimaat",
    "begrotting": "begroting", "migrattie": "migratie", "terrrorisme": "terrorisme", "privacyy": "privacy",
    # letters single that should be double
    "facebok": "facebook", "vrijwiligers": "vrijwilligers", "terorisme": "terrorisme", "twiter": "twitter",
    "werklosheid": "werkloosheid", "vacin": "vaccin",
    # letters swapped
    "fiest": "fiets", "politei": "politie", "onderwjis": "onderwijs", "ziekenhius": "ziekenhuis", "trienen": "treinen",
    "gezondhied": "gezondheid", "vertragign": "vertraging", "privcay": "privacy", "energei": "energie",
    "racsime": "racisme", "interent": "internet",
    # letters lost
    "poltie": "politie", "miniser": "minister", "belasing": "belasting", "belastng": "belasting", "mileu": "milieu",
    "gevangnis": "gevangenis", "asielzoker": "asielzoeker", "asielzoekrs": "asielzoekers", "budet": "budget",
    "kernenrgie": "kernenergie", "kinderbijlag": "kinderbijslag", "ambtenarn": "ambtenaren", "ondewijs": "onderwijs",
    # letters changed or added
    "gezim": "gezin", "tresnen": "treinen", "politoe": "politie", "spoorweegen": "spoorwegen",
    "ambtenaaren": "ambtenaren", "justietie": "justitie", "internrt": "internet",
    # the first letter
    "nigratie": "migratie", "olitie": "politie", "vegroting": "begroting",
    # by ear
    "kontrole": "controle", "fluchtelingen": "vluchtelingen", "veiligheit": "veiligheid", "prosedure": "procedure",
    "statistiken": "statistieken", "opfang": "opvang", "kriminaliteit": "criminaliteit", "privasy": "privacy",
    # twice
    "zikenhiuzen": "ziekenhuizen", "gevangnissn": "gevangenissen", "discrimnatei": "discriminatie",
}  # fmt: skip


@pytest.mark.parametrize("typed", SLIPS)
def test_the_word_that_was_meant_comes_first(typed: Any) -> None:
    assert near_words(typed, word_table(FREQUENCIES))[:1] == [SLIPS[typed]]


def test_two_slips_of_which_one_at_the_beginning_are_another_word() -> None:
    assert near_words("fietss", word_table({"niets": 98, "iets": 104})) == []


def test_swapped_letters_are_likelier_than_others_in_a_more_frequent_word() -> None:
    table = word_table({"fiets": 50, "feit": 4000, "feest": 120})
    assert near_words("fiest", table)[0] == "fiets"


def test_the_words_of_the_index_nearest_to_a_slip(vocabulary: Any) -> None:
    table = vocabulary.table
    assert near_words("gevangnis", table) == ["gevangenis"]
    assert near_words("zikenhuizen", table) == ["ziekenhuizen"]
    assert near_words("ofisiele", table)[:1] == ["officiële"]
    assert near_words("xyzzy", table) == []
    assert near_words("ab", table) == []
