"""Words that look like forms or parts of others: what each finds of a few questions, written for it, and why.

Each row is what a person types and the questions that hold all of it, in any order. The samples do not hold such words.
"""

import datetime as dt
from typing import Any

import pytest

import searchq
from searchq.engines.open import open_engine
from searchq.question import Question
from tests.writes import add

TITLES = {
    "1-1": "De Raad van State",
    "1-2": "Wij staan stil",
    "1-3": "Het eerste spoor",
    "1-4": "Twee tot één herleiden",
    "1-5": "Kosten ten laste van de gemeente",
    "1-6": "Kinderen die lezen",
    "1-7": "De bescherming van gegevens",
    "1-8": "Les geven",
    "1-9": "De bescherming van een minderheidstaal",
    "1-10": "De invoer van staal",
    "1-11": "Een beroepsopleiding voor bakkers",
    "1-12": "Beroeps bij het leger",
    "1-13": "Het schepencollege van een stad",
    "1-14": "Een schip in de haven",
    "1-15": "Een toerismewagen van de politie",
    "1-16": "De waag op de markt",
    "1-17": "Een dokter in elke wijk",
    "1-18": "De kust van België",
    "1-19": "Personeel van de lucht- en zeevaart",
    "1-20": "De trein naar zee",
    "1-21": "Werken tot later",
    "1-22": "Huizen laten bouwen",
    "1-23": "Bestuurders die staken",
    "1-24": "Muggen die steken",
    "1-25": "Een zaak van het geweten",
    "1-26": "Iemand een fout wijten",
    "1-27": "Een piste voor ruiters",
    "1-28": "Tegen een muur pissen",
}
FOUND = {
    "State": "1-1",  # of état in Dutch; no form of staan
    "staan": "1-2",
    "eerste": "1-3",  # its own word beside een
    "laste": "1-5",  # of last, and no past of lezen, though its past is las
    "lezen": "1-6",
    "gegevens": "1-7",  # what one has, not what one has given
    "geven": "1-8",
    "minderheidstaal": "1-9",  # minderheid + s + taal
    "minderheid": "1-9",
    "staal": "1-10",  # not minderheid + staal
    "beroepsopleiding": "1-11",  # beroep + s + opleiding, and no professionals
    "beroep opleiding": "1-11",
    "beroeps": "1-12",
    "schepencollege": "1-13",
    "schip": "1-14",  # aldermen do not sail
    "schepen": "1-13 1-14",  # either an alderman or ships
    "toerismewagen": "1-15",
    "wagen": "1-15",
    "waag": "1-16",  # of which wagen is no plural here
    "doktoren": "1-17",  # in no question, but of dokter by the dictionary
    "belgië*": "1-18",  # folded before it is completed
    "belgie*": "1-18",
    "lucht- en zeevaart": "1-19",  # the part left out is not broken at a line's end
    '"lucht- en zeevaart"': "1-19",
    "lucht": "1-19",  # a word by itself there
    "later": "1-21",
    "laten": "1-22",
    "staken": "1-23",
    "steken": "1-24",
    "geweten": "1-25",
    "wijten": "1-26",
    "piste": "1-27",
    "pissen": "1-28",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("lookalikes") / "index"
    questions = (Question(number, title=title, date=dt.date(2012, 4, 3)) for number, title in TITLES.items())
    add(open_engine(folder), questions)
    return searchq.open(folder)


@pytest.mark.parametrize("typed", FOUND)
def test_a_word_finds_its_own_forms_and_no_lookalike(index: Any, typed: str) -> None:
    full = {hit.question.number for hit in index.search(typed).hits if not hit.partial}
    assert full == set(FOUND[typed].split())


def test_a_month_after_a_word_is_offered_as_a_filter(index: Any) -> None:
    (offered,) = (hint for hint in index.search("trein april 2012").hints if hint.code == "date-in-words")
    assert offered.values == {"typed": "april 2012", "query": "trein datum:2012-04", "count": 1}
