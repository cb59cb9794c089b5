"""Ranking sets: what a person types over the sample questions, what should come first, and why.

    "5-1380"                    this question alone
    "4-1187 > 5-8044"           the first above the second, and nothing else
    "7-1015 5-1380 > 6-433 …"   two in either order above a third, and others below
    "5-5511+4"                  one hit: a group of five siblings, called by its least number
    ""                          nothing

An order stands here only where a reader of the questions could tell it; everything is asked as a program asks.
"""

from pathlib import Path
from typing import Any

import pytest

import searchq
from searchq.query.request import Request

RANKING = {
    # One word, in whatever form. The title is what a question is about, so it comes before a mention.
    "fiets": "7-1240 > 6-312 > 6-1210 > 6-433",  # fietsen in the title; fietspaden; fietskoeriers; a fietsdiefstal
    "ziekenhuizen": "1-1207/3 4-1187 7-1015 > 5-8044 > 2-412",  # in titles; in the keywords; one line of an answer
    "reizigers": "6-1460 4-2960 7-58 > 7-1240",  # titles and keywords; Steeds meer reizigers combineren …
    "gemeenten": "7-889 > 5-10233 6-312 > 4-6888 5-4108 6-1299 7-1240 7-701",  # title and keyword; title; text
    "honden": "5-3012 > 7-1299",  # Hondenfokkers; a question on cruelty that mentions a dog
    "apotheker": "7-1333 > 4-2215",  # title, keyword and text; one mention in an answer
    # Inflected words: what is typed is not the form that the question has.
    "muskietennet": "3-3817",  # Muskietennetten
    "asielzoeker": "6-611",  # Asielzoekers
    "spionnen": "",  # spionage is another word, and nothing is guessed
    "natuurramp": "6-1460",  # Natuurrampen
    "trein afgeschaft": "7-58",  # Afgeschafte treinen
    # Compounds, by their parts and the other way round.
    "wiskunde onderwijs": "5-9877",  # Wiskundeonderwijs
    "geneesmiddelen": "7-1333 > 5-9120 6-988",  # Geneesmiddelentekort, and throughout; once in an answer
    "treinvertraging": "4-2960 7-58",  # Treinvertragingen in both titles
    "verlof zelfstandigen": "4-7033",  # Ouderschapsverlof
    "nacht vluchten": "2-412",  # Nachtvluchten
    "malaria": "3-3817",  # Malariabestrijding
    # Acronyms and their names, either for the other.
    "NMBS": "4-2960 6-312 > 7-58 7-1240",  # in titles; elsewhere in text, and in the title of a minister
    "RIZIV": "4-1187 > 5-8044 7-402",  # its keyword has the full name; the others mention RIZIV
    "Rijksinstituut voor Ziekte- en Invaliditeitsverzekering": "4-1187 > 5-8044 7-402",
    "KMO": "4-1342 > 6-1388",  # KMO's in title and minister; in the minister's title only
    "FAVV": "4-5120",  # its keyword has the full name
    "OCMW's studenten": "7-890",
    # Names are no forms of words, and words no forms of names.
    "Spanje": "5-9120",
    "Halle": "7-1240",  # the town
    "Brugge": "5-5511",  # no bridge
    "Gents": "7-1240 5-5512",  # Gent
    "Namen": "5-5512 …",  # an office in the town first, then what has names
    **dict.fromkeys(
        ["Wetteren", "Tienen", "Laken", "Asse", "Polen", "Peeters", "Geens", "Mertens"], ""
    ),  # in no question
    # Words that look like a form of another one.
    "les": "6-988",  # in a Dutch query a lesson; French texts are full of the article
    "gevaren": "6-1102 > 5-6421",  # gevaar; French dangereux, by a translation; and nobody sails
    "controleren": "7-1050 5-3012 6-745",  # control, and French contrôle
    "gecontroleerd": "7-1050 5-3012 6-745",
    **dict.fromkeys(
        ["lozen", "varen", "staken", "piste", "geweten", "schepen", "schip", "waag"], ""
    ),  # no loos, no stok …
    # What typesetting does to a word.
    "\ufb01ets": "7-1240 > 6-312 > 6-1210 > 6-433",  # a ligature: fiets, and in the same order
    "trein\u200bvertraging": "4-2960 7-58",  # a zero-width space
    # French texts, by field and in any form.
    "titre:détenu": "5-9120",  # Belges détenus in the French title
    "réponse:détenu": "5-9120",  # in the French answer; others name them in the question only
    "titre:trein": "4-2960 7-58 7-1240",  # a French name of the field, and a Dutch word
    "d'asthme": "6-988 5-6421 6-745",  # elided; asthme anywhere in French texts
    "prisons à l'étranger": "5-9120",
    # Blanks around a colon, and capitals throughout.
    "minister : justitie slachtoffers": "6-857",
    "TELEWERK EN THUISWERK": "5-5511+4",  # three words: none but EN is an acronym
    "hoeveel honden": "5-3012 > 7-1299",  # a question's first word names no subject, however short the question
    "combien d'asthme": "6-988 5-6421 6-745",
    # A word broken by a hyphen and a blank is one; what is left out for a second word is not.
    "trein- vertragingen": "4-2960 7-58",
    '"asiel- zoekers"': "6-611",
    # A stop word of a French query is none of Dutch: les is no lesson, and found as it is written.
    "titre:les": "5-5515 6-988",
    # Phrases, and words near each other.
    '"sociale media"': "6-1102 6-433",
    '"mobiele teams"': "5-8044 > 7-402",  # in the title; in an answer
    '"sociaal tarief"': "7-1101",  # elsewhere both words occur, apart
    "sociaal tarief": "7-1101 > 4-3355+1 7-402",  # side by side; sociaal … tarief somewhere in long texts
    "ziekenhuis NABIJ/5 wachttijden": "4-1187",
    # All words must be there, and more words narrow.
    "cyberaanvallen": "5-1380 7-1015",
    "cyberaanvallen ziekenhuizen": "7-1015",
    "cyberaanvallen leger": "5-1380",  # leger is a keyword
    "sociale media jongeren": "6-1102",
    "politie facebook": "6-433",
    # Accents that are not typed, or stand garbled in the document.
    "coordinatie provincies": "7-889",
    "patienten": "4-1187 7-1015 > 5-8044 …",  # garbled there, and throughout; patiëntengegevens in a title
    "financien telewerk": "5-5511+4",  # the one of five siblings to the minister of Finance; the others hold most words
    # Numbers, fields, ministers with words.
    "5-1380": "5-1380",
    "1-1207/3": "1-1207/3",
    "minister:justitie slachtoffers": "6-857",
    "minister:landsverdediging": "5-1380",
    "portefeuille:mobiliteit trein": "7-58 7-1240",
    "titel:bezoeken": "5-9120 5-9877 6-611",  # Schoolbezoek too
    "vraag:facebook": "6-433",
    "antwoord:facebook": "",  # only the question names it
    'trefwoord:"illegale handel"': "7-1050 > 5-3012",  # alike, so the later one first
    "termijn:>200": "6-745 > 5-5514 > 5-1380",  # alike: by date
    "indiener:callewaert": "7-1240 > 6-312",  # alike: by date
    'datum:"juni 2017"': "6-1460",
    # One question to several ministers is one hit, with those that match under it.
    "telewerk": "5-5511+4",
    "energiefactuur gezinnen": "7-1101 4-3355+1",
    # Questions as sentences: from their telling words.
    "Waarom komen de treinen in de avond zo vaak te laat aan?": "7-58 > 4-2960 …",
    "Hoe lang moeten patiënten wachten op de spoeddienst van een ziekenhuis?": "4-1187 …",
    "Kunt u mij zeggen wie er toezicht houdt op hondenfokkers?": "5-3012 …",  # the only word that tells
    "Wat doet de politie met berichten op Facebook?": "6-433",
    "Graag vernam ik hoeveel geneesmiddelen er niet te krijgen zijn bij de apotheker": "7-1333 …",
    "Zijn onze ziekenhuizen beschermd tegen cyberaanvallen?": "7-1015 > 5-1380 …",
    "Krijgen gezinnen hulp om hun factuur van energie te betalen?": "7-1101 4-3355+1 …",
    "Combien de livreurs de repas ont-ils un accident à vélo?": "6-1210",
    "Pourquoi les enfants ont-ils de l'asthme à l'école?": "6-988 …",
    # Not all words are held together: those that hold most of them, and among these the rarest words count.
    "langdurig walvis treinvertragingen": "4-2960 7-58 …",
    "huisarts spoeddienst walvis": "4-1187 …",
}

AFTER_THOSE = {  # questions that do not have all words, after those of RANKING that do
    "sociaal tarief gezinnen": "7-402 4-7033 …",  # two of the three words; sociaal and gezin in the others
    "cyberaanvallen ziekenhuizen": "5-1380 > 4-1187 1-1207/3 …",  # the rarer word in a title; hospitals in titles
    '"sociale media"': "",  # what is quoted is never relaxed
    "sociale EN media EN jongeren": "",  # nor what is joined
    "fiets": "",  # one word has no most
    "antwoord:facebook politie": "",  # no answer has it, so no question has all that is required
}

SPELLINGS = {
    "nepniews": "nepnieuws",
    "gevangnis": "gevangenis",
    "brandwer": "brandweer",
    "trienvertragingen": "treinvertragingen",
    "kontrole huisdieren": "controle huisdieren",
    "asielzoker OF fiets": "asielzoeker OF fiets",  # though the other word finds something
    "asielzoker -fiets": "asielzoeker -fiets",
    '"sociaal tarieff"': '"sociaal tarief"',
    '"patienten"': '"patiënten"',  # between quotes accents count
    "muskietennettten malariabestrijdng": "muskietennetten malariabestrijding",
    "gemesmiddelentekorrt": "geneesmiddelentekort",  # three slips in a long word
    "asiel zoekers": "asielzoekers",
    "waarom hebben de treinen altijd vertragign?": "waarom hebben de treinen altijd vertraging?",
    "KMS": None,  # an acronym is no slip for a word, nor for KMO
    "Fiest": None,  # perhaps a name, so not fiets
    "Gevangnis": "Gevangenis",  # phones write a capital; names of this length are rarely so near a word
    "Tervuren": None,  # a name, whether a question has it or not
    "tervuren": None,
    "Claerhoud": "Claerhout",  # a name becomes one that the index has
    "migratei": "migratie",
    "treinvertragng": "treinvertraging",
    "PFOS": None,  # a code
    "Biden": None,  # a name
    "fietss": None,  # found in another form
    "école": None,  # found by its stem, so it is no slip for encore
    "verlof zelfstandigen": None,  # found in a compound, so it is no slip for verloor
    "walvis": None,  # nothing much like it
}


PERIODS = {
    "treinen oktober 2019": ("treinen datum:2019-10", 1),
    "treinen sinds januari 2019": ("treinen datum:>=2019-01", 3),
    "hoeveel treinen hadden vertraging in 2009?": ("hoeveel treinen hadden vertraging datum:2009 ?", 1),
    "trains en octobre 2019": None,  # no question in French
    'treinen "oktober 2019"': None,  # quoted: wanted so
    "treinen": None,
}


@pytest.fixture(scope="module")
def index(sample_index: Path) -> Any:
    return searchq.open(sample_index)


def shown(hit: Any) -> Any:
    """A hit by the least number of its group, with how many siblings it has."""
    numbers = [hit.question.number, *(one.number for one in hit.siblings)]
    return min(numbers) + (f"+{len(hit.siblings)}" if hit.siblings else "")


@pytest.mark.parametrize("text", RANKING)
def test_what_should_come_first_does(index: Any, text: Any) -> None:
    assert_ranked([shown(hit) for hit in index.search(text).hits if not hit.partial], RANKING[text])


def assert_ranked(found: Any, order: Any) -> None:
    expected = order.removesuffix(" …")
    for layer in filter(None, expected.split(" > ")):
        wanted = set(layer.split())
        assert set(found[: len(wanted)]) == wanted
        found = found[len(wanted) :]
    assert bool(found) == order.endswith("…")


@pytest.mark.parametrize("text", AFTER_THOSE)
def test_where_few_have_all_words_what_has_most_of_them_follows(index: Any, text: Any) -> None:
    assert_ranked([shown(hit) for hit in index.search(text).hits if hit.partial], AFTER_THOSE[text])


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_slip_is_mended_and_a_word_that_finds_something_is_none(index: Any, text: Any) -> None:
    assert index.search(text).did_you_mean == SPELLINGS[text]


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_among_the_words_is_offered_as_a_filter_with_what_it_finds(index: Any, text: Any) -> None:
    offered = [hint for hint in index.search(text).hints if hint.code == "date-in-words"]
    expected = [] if PERIODS[text] is None else [PERIODS[text]]
    assert [(hint.values["query"], hint.values["count"]) for hint in offered] == expected
    for hint in offered:
        assert index.search(str(hint.values["query"])).total == hint.values["count"]


def test_later_questions_come_first_among_equals_unless_told_otherwise(index: Any) -> None:
    both = 'trefwoord:"illegale handel"'
    assert [hit.question.number for hit in index.search(both).hits] == ["7-1050", "5-3012"]
    assert [hit.question.number for hit in index.search(both, sort="oldest").hits] == ["5-3012", "7-1050"]
    without = index.search(both, recency=False).hits
    assert without[0].score == without[1].score


def test_words_side_by_side_raise_a_question(index: Any) -> None:
    near, anywhere = (
        {hit.question.number: hit.score for hit in index.page(Request(text="sociaal tarief", proximity=proximity)).hits}
        for proximity in (True, False)
    )
    raised = {number: near[number] / score for number, score in anywhere.items()}
    assert raised["7-1101"] > raised["7-402"]  # sociaal tarief; the words some hundred others apart
