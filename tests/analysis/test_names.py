"""Names of places, countries and families are no forms of words."""

from typing import Any

import pytest

from searchq.analysis import french
from searchq.analysis.dutch import analyze_word
from searchq.analysis.folding import fold
from searchq.analysis.names import may_translate, name_elsewhere, names_within
from searchq.analysis.tokenizer import words
from searchq.analysis.translations import place_elsewhere
from searchq.analysis.wordlists import lines_of


def terms(text: str) -> list[str]:
    return [term.term for word in words(text) for term in analyze_word(word).terms]


ONLY_NAMES = [
    "wetteren",
    "tienen",
    "lede",
    "brugge",
    "asse",
    "halle",
    "polen",
    "spanje",
    "peeters",
    "geens",
    "mertens",
    "evergem",
    "geraardsbergen",
    "hannut",
    "senegal",
    "smets",  # families, not smet, moe, roos, heer, steur
    "moens",
    "roose",
    "heeren",
    "steurs",
    "goethals",
    "vandeurzen",
    "pellenberg",  # places, not of pellen, rood, zand and berg
    "haasrode",
    "zandbergen",
    "lomme",  # rivers, not lom, nier, gang, lip, reggen
    "niers",
    "ganges",
    "lippe",
    "regge",
]


@pytest.mark.parametrize("name", ONLY_NAMES)
def test_a_name_that_is_no_other_word_has_itself_for_its_only_term(name: Any) -> None:
    assert [(term.term, term.why) for term in analyze_word(name).terms] == [(name, "name")]


def test_pieces_of_hyphenated_names_stay_as_they_are() -> None:
    assert terms("Heist-op-den-Berg")[0] == "heistopdenberg"
    assert terms("Knokke-Heist")[1:] == ["knokke", "heist"]


def test_marks_make_no_other_name() -> None:
    assert terms("België") == terms("Belgie") == ["belgie"]


def test_forms_of_a_name_meet_and_are_found_by_it_with_less_weight() -> None:
    assert [terms(form) for form in ("Gents", "Gentse", "Brusselse")] == [["gents", "gent"]] * 2 + [
        ["brussels", "brussel"]
    ]
    assert [term.weight for term in analyze_word("gentse").terms] == [1.0, 0.3]


def test_a_name_that_is_a_word_too_keeps_the_forms_of_the_word() -> None:
    assert [terms(word)[0] for word in ("landen", "bomen", "namen", "lakens")] == ["land", "boom", "naam", "laken"]


def test_a_short_name_is_no_part_of_a_word() -> None:
    assert "lede" not in terms("ledematen")


def test_a_river_that_is_a_word_too_is_told_by_its_capital() -> None:
    text = "Overstroming van de Dommel, de Roer, de Gulp en de Vecht; hij roert, dommelt en vecht"
    assert list(names_within(text)) == ["dommel", "roer", "gulp", "vecht"]
    assert terms("vecht") == terms("vechten")


def test_forms_of_a_name_that_is_also_a_word_are_no_forms_of_the_word() -> None:
    assert [terms(form) for form in ("Naams", "Naamse", "Geelse", "Bergense")] == [
        ["naams"],
        ["naams"],
        ["geels"],
        ["bergens"],
    ]
    assert [terms(form) for form in ("Tiense", "Truiense")] == [["tiens", "tienen"], ["truiens", "truiden"]]
    assert terms("Namen") == ["naam"]  # as ever: both readings


def test_a_capital_within_a_sentence_tells_a_name() -> None:
    text = "Bomen staan in Boom (Mol) en te Namen. Landen zijn landen. BOOM, de Bomen, Lo/Geel en “Doel”, aan de IJzer"
    assert list(names_within(text)) == ["boom", "mol", "namen", "geel", "doel", "ijzer"]
    assert list(names_within("Boom")) == list(names_within("Waar?\nBoom")) == []


@pytest.mark.parametrize(
    "name", ["tournai", "bruges", "dinant", "namur", "lombardie", "slovaquie", "edimbourg", "wavre"]
)
def test_a_name_in_a_french_text_has_itself_for_its_only_term(name: Any) -> None:
    assert [term.term for term in french.analyze_word(name).terms] == [name]


def test_a_name_within_a_hyphenated_french_word_stays_as_it_is() -> None:
    assert [term.term for term in french.analyze_word("bruges-gand").terms] == ["brugesgand", "bruges", "gand"]


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("marches", "marche"),
        ("fontaines", "fontaine"),
        ("bois", "bois"),
        ("lourdes", "lourd"),
        ("pierres", "pierre"),
        ("bleus", "bleu"),
    ],
)
def test_a_name_that_is_a_french_word_too_keeps_the_forms_of_the_word(form: Any, other: Any) -> None:
    assert french.analyze_word(form).terms == french.analyze_word(other).terms


@pytest.mark.parametrize(
    ("word", "language", "capital", "other"),
    [
        ("geraardsbergen", "nl", False, "grammont"),
        ("écosse", "fr", False, "schotland"),
        ("ecosse", "fr", False, "schotland"),
        ("namen", "nl", True, "namur"),
        ("namen", "nl", False, None),  # also a word
        ("forest", "fr", True, "vorst"),
        ("forest", "fr", False, None),
        ("trein", "nl", True, None),
    ],
)
def test_a_place_has_its_name_in_the_other_language(word: Any, language: Any, capital: Any, other: Any) -> None:
    assert name_elsewhere(word, language, capital=capital) == other


def test_each_place_is_listed_in_both_languages_where_it_is_looked_up() -> None:
    rows = [line.split() for line in lines_of("name_pairs.txt")]
    assert [row[0].encode() for row in rows] == sorted({fold(row[0]).encode() for row in rows})
    for name, *others in rows:
        for language, _, there in (other.partition(":") for other in others):
            assert place_elsewhere(name, "nl" if language == "fr" else "fr") == there
            assert fold(place_elsewhere(there, language) or "") == name


def test_a_saint_written_short_is_the_same_saint() -> None:
    assert terms("St-Truiden") == terms("Sint-Truiden")
    assert french.analyze_word("st-trond").terms == french.analyze_word("saint-trond").terms


@pytest.mark.parametrize(
    ("word", "others", "language", "may"),
    [
        ("tienen", ["dix"], "nl", False),  # of its nearest form
        ("luik", ["liège"], "nl", True),
        ("luik", ["volet"], "nl", False),
        ("nederland", ["pays-bas"], "nl", True),
        ("brusselse", ["bruxelloise"], "nl", True),  # a form of a name is a word
        ("boom", ["arbre"], "nl", True),  # so is a name that is a word too
        ("zuid", ["sud"], "nl", True),  # so is a piece of a name
        ("tirlemont", ["respectievelijk"], "fr", False),
        ("irlande", ["ierland"], "fr", True),
        ("marche", ["loopt"], "fr", True),
    ],
)
def test_only_names_translate_a_name(word: Any, others: Any, language: Any, may: bool) -> None:
    assert may_translate(word, others, language) is may
