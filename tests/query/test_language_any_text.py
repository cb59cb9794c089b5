"""Whatever a visitor types: a tree within the limits, hints that speak of the text, never an exception."""

import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchq.query.language import parse
from searchq.query.language.cleaning import clean
from tests.query.notation import shown
from tests.query.query_texts import any_text, query_texts, sound
from tests.query.small_index import INDEX
from tests.query.tree_limits import within_limits

HOSTILE = {
    "a thousand parentheses": "(" * 1000 + "asiel" + ")" * 1000,
    "a thousand parentheses never closed": "(asiel " * 1000,
    "nothing but closing ones": ")" * 1000,
    "operators without words": "NOT OR x",
    "only operators": "AND OR NOT " * 100,
    "thousands of alternatives": " OR ".join(f"w{number}" for number in range(5000)),
    "a short prefix": "v*",
    "a prefix": "ve*",
    "open at both ends": "*e*",
    "a range of words": "[a TO z]",
    "a range of words in a field": "titel:[a TO z]",
    "one word of a megabyte": "a" * 1_000_000,
    "a megabyte of stars": "*" * 1_000_000,
    "stars between letters": "ab" + "*a" * 200,
    "question marks between letters": "ab" + "?a" * 200,
    "a range of days": "[2020-06-15 TO 2020-06-20]",
    "a word in pieces": "e\u0301e\u0301n",
    "marks without letters": "\u0301" * 500,
    "zero-width characters": "\u200b" * 500,
    "halves of characters": "\ud800" * 500,
    "control characters": "".join(map(chr, range(32))) * 10,
    "quotes that never end": '"' * 511,
    "quotes of every kind": "«“„”»‘’\"'" * 50,
    "single quotes between blanks": "' a " * 100,
    "fields within fields": "titel:" * 85,
    "fields and parentheses": "titel:(" * 73,
    "denied denials": "-" * 512,
    "unknown fields": "foo:b " * 85,
    "dots": "datum:" + "." * 500,
    "comparisons": "datum:" + ">" * 500,
    "digits": "termijn:>" + "9" * 500,
    "a great weight": "asiel^" + "9" * 500,
    "a great distance": '"asiel opvang"~' + "9" * 400,
    "near, near, near": "asiel NEAR/5 " * 39,
    "slashes": "a/" * 256,
    "one word of many pieces": "CD&V" * 120,
    "markup": "<script>alert('asiel')</script>",
    "a database's quote": "'; DROP TABLE vragen; --",
    "a format's braces": "ministr{0.__class__}:{x} {titel}:y",
}
MAX_CALLS = 100_000  # about 20 ms; an ordinary text takes a hundredth of it


def counting_calls(work: Any) -> Any:
    """What some work gives, and how many functions it called: its time, as it were, the same on any machine.

    It is done once before, since what is loaded or compiled at first use is no part of it.
    """
    work()
    calls = 0

    def count(frame: Any, event: Any, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        return work(), calls
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_answered_or_told_what_to_change(name: Any) -> None:
    parsed, calls = counting_calls(lambda: parse(HOSTILE[name], INDEX))
    assert calls < MAX_CALLS
    assert within_limits(HOSTILE[name], parsed) == []
    assert shown(parsed.tree) != "nothing" or parsed.hints


@settings(max_examples=500, deadline=None)
@given(query_texts)
@example("\u200b\u0301a")
@example("a\u0301\u200b\u0302" * 170)
@example("datum:> > 2013")
def test_any_text_gives_a_tree_within_the_limits_and_hints_within_the_text(text: Any) -> None:
    assert within_limits(text, parse(text, INDEX)) == []


@settings(max_examples=200, deadline=None)
@given(sound, st.text(max_size=5))
def test_what_follows_the_last_character_allowed_changes_nothing(text: Any, more: Any) -> None:
    start = text.ljust(512, " ")[:512]
    assert parse(start + "a" + more, INDEX).tree == parse(start, INDEX).tree


@settings(max_examples=200, deadline=None)
@given(sound)
def test_a_text_in_decomposed_letters_means_the_same(text: Any) -> None:
    composed, decomposed = (unicodedata.normalize(form, text)[:250] for form in ("NFC", "NFD"))
    if unicodedata.normalize("NFC", decomposed) == composed:
        assert parse(decomposed, INDEX).tree == parse(composed, INDEX).tree


@settings(max_examples=200, deadline=None)
@given(sound.map(lambda text: text[:250]), st.sampled_from("\u200b\u200d\ufeff\u00ad\u2060\u200e"))
def test_invisible_characters_change_nothing(text: Any, invisible: Any) -> None:
    strewn = "".join(invisible + character for character in text)
    if not any(unicodedata.combining(character) for character in text):
        assert parse(strewn, INDEX).tree == parse(text, INDEX).tree


@given(any_text)
@example("ﬁ")  # one character that becomes two
def test_every_character_of_a_cleaned_text_knows_its_place_in_the_text_as_typed(text: Any) -> None:
    cleaned = clean(text)
    places = [cleaned.span(place, place)[0] for place in range(len(cleaned.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= min(len(text), 512) for place in places)
    plain = [place for place, character in enumerate(cleaned.text) if "!" <= character <= "~"]
    assert all(cleaned.text[place] in unicodedata.normalize("NFKC", text[places[place]]) for place in plain)
