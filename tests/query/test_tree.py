"""The query tree tells those who speak of a text what was typed, and where."""

from typing import Any

import pytest
from hypothesis import given

from searchq.analysis.tokenizer import words
from searchq.query.language import parse
from searchq.query.language.operators import NEAR, OPERATORS
from searchq.query.tree_contents import contents_of, leaves
from tests.query.query_texts import sound
from tests.query.small_index import INDEX

TYPED = {  # text: each thing typed, its words alone, and the field they are of
    "asiel opvang": [("asiel", "asiel", None), ("opvang", "opvang", None)],
    "asiel/opvang": [("asiel/opvang", "asiel/opvang", None)] * 2,  # one for each word
    "telewerk NON telewerken": [("telewerk", "telewerk", None), ("NON telewerken", "telewerken", None)],
    "NIET NIET asiel": [("NIET NIET asiel", "asiel", None)],
    "-(asiel opvang)": [("asiel", "asiel", None), ("opvang", "opvang", None)],
    "+de asiel": [("+de", "de", None), ("asiel", "asiel", None)],
    "«sociale media»~3^2": [("«sociale media»~3^2", "sociale media", None)],
    "titel:asiel^4": [("titel:asiel^4", "asiel^4", "title")],
    'NOT titel: "sociale media"': [('NOT titel: "sociale media"', "sociale media", "title")],
    "titel:(asiel OF opvang)": [("asiel", "asiel", "title"), ("opvang", "opvang", "title")],
    "partij:Open Vld asiel": [("partij:Open Vld", "Open Vld", "party"), ("asiel", "asiel", None)],
    "datum:> 8 april 2013": [("datum:> 8 april 2013", "> 8 april 2013", "date")],
    "asiel PRÈS/5 opvang": [("asiel", "asiel", None), ("opvang", "opvang", None)],
    "onder* facebok~": [("onder*", "onder*", None), ("facebok~", "facebok~", None)],
    "e\u0301cole": [("e\u0301cole", "e\u0301cole", None)],
    " 5 - 8902 ": [(" 5 - 8902 ", " 5 - 8902 ", None)],
}


@pytest.mark.parametrize("text", TYPED)
def test_whatever_is_typed_is_found_again_in_the_text(text: Any) -> None:
    found = contents_of(parse(text, INDEX).tree).origins
    assert [(text[slice(*one.whole)], text[slice(*one.place)], one.field) for one in found] == TYPED[text]


@given(sound)
def test_the_words_of_whatever_is_typed_stand_where_it_says(text: Any) -> None:
    for origin in contents_of(parse(text, INDEX).tree).origins:
        if origin.shape in ("word", "phrase") and text.isascii() and text.isprintable() and len(text) <= 512:
            assert set(origin.words) <= set(words(text[slice(*origin.place)]))


def test_nothing_typed_is_an_operator() -> None:
    for operator in (*OPERATORS, *NEAR):
        found = contents_of(parse(f"asiel {operator} opvang", INDEX).tree).origins
        assert [one.words for one in found] == [("asiel",), ("opvang",)]


def test_two_trees_that_ask_for_the_same_are_equal_wherever_it_was_typed() -> None:
    assert parse("asiel  OF opvang", INDEX).tree == parse("(asiel || opvang)", INDEX).tree


def test_plain_words_are_those_looked_for_anywhere() -> None:
    text = 'asiel opvang -facebook titel:kosten "sociale media" onder* (media OF justitie) zorg NEAR/3 onderwijs'
    assert contents_of(parse(text, INDEX).tree).plain_words == ("asiel", "opvang", "media", "justitie")


def test_quotations_are_phrases_in_quotes_that_are_not_denied() -> None:
    tree = parse('fod "sociale media" -"buitenlandse zaken" "asiel opvang"~3 "facebook"', INDEX).tree
    assert {phrase.words for phrase in contents_of(tree).quotations} == {("sociale", "media")}


def test_what_is_denied_is_no_leaf_that_makes_questions_match() -> None:
    assert [leaf.text for leaf in leaves(parse("asiel -opvang", INDEX).tree)] == ["asiel"]
