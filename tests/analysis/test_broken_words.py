"""Words that a line's end broke, where only a blank is left of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.analysis import broken_words, typography
from searchq.analysis.broken_words import with_joined, with_known_joined
from searchq.analysis.dutch import analyze_word
from searchq.analysis.tokenizer import tokens, words


def joined(text: str) -> str:
    return with_known_joined(text, lambda word: analyze_word(word).terms)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("de wegen- werken duren", "wegenwerken"),
        ("de gezondheids- zorg is duur", "gezondheidszorg"),  # the dictionary lists it
        ("de ontwikkelings- samenwerking", "ontwikkelingssamenwerking"),  # the tables of translations do
        ("twee vergaderings- zalen", "vergaderingszalen"),  # no word ends in ings
        ("DE WEGEN- WERKEN", "wegenwerken"),
        ("de trein\u2010 vertragingen", "treinvertragingen"),
    ],
)
def test_a_word_that_dutch_has_is_joined(text: Any, word: Any) -> None:
    assert word in words(joined(text))
    assert len(joined(text)) == len(text)  # every word keeps its place


@pytest.mark.parametrize(
    "text",
    [
        "de lucht- en zeevaart",
        "in- of uitvoer",
        "de trein- busaansluitingen",
        "vijf euro- vertalingen",
        "de wegen - werken",
        "de wegen- Werken",
        "de 5- werken",
        "de onderzoeks-",
        "beslissing- Personen",
        "opleidings- te",
        "jeugd- sportbeleid",
    ],
)
def test_what_is_no_word_stays_apart(text: Any) -> None:
    assert joined(text) == text


def joined_where_sought(text: str, *sought: str) -> str:
    return with_joined(text, lambda first, last: first + last in sought)


def test_where_words_are_marked_those_sought_are_joined() -> None:
    (_, word, _) = tokens(joined_where_sought("bij wegen- werken op", "wegenwerken"))
    assert (word.word, word.start, word.end) == ("wegenwerken", 4, 17)
    assert joined_where_sought("bij wegen- werken", "werken") == "bij wegen- werken"


@given(st.text(alphabet="ab -\u2010\u00a0eén,", max_size=40))
def test_joined_texts_differ_at_breaks_alone(text: Any) -> None:
    found = joined_where_sought(text, "abab", "aaabbb", "ababab", "bbbaaa")
    assert len(found) == len(text)
    assert all(one == other or one == "\u00ad" for one, other in zip(found, text, strict=True))


@given(st.text(alphabet="ab1² -\u2010\u00a0\n\reén,", max_size=40))
def test_breaks_are_the_same_without_the_kernel(text: str) -> None:
    in_c = typography.with_words_joined(text), joined_where_sought(text, "abab", "aaabbb", "ababab", "bbbaaa")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typography, "breaks_in", None)
        patch.setattr(broken_words, "breaks_in", None)
        assert in_c == (
            typography.with_words_joined(text),
            joined_where_sought(text, "abab", "aaabbb", "ababab", "bbbaaa"),
        )


@given(st.text() | st.text(alphabet="aé1_-\u2010 \u00a0\u2003\r\n", max_size=30))
def test_breaks_are_the_hyphens_between_a_letter_and_a_blank(text: str) -> None:
    places = range(1, len(text) - 1)
    near = [at for at in places if text[at] in "-\u2010" and text[at - 1].isalnum() and text[at + 1].isspace()]
    assert [found.start() for found in typography.MAY_BREAK.finditer(text)] == near
    assert typography.breaks_in is None or typography.breaks_in(text) == near
