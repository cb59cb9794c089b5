import math
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from searchq.analysis.tokenizer import tokens
from searchq.engines.embedded.highlight import matched_words
from searchq.results.marks import ranges
from searchq.results.needles import level_of, needles_of
from searchq.results.word_finder import pieces
from tests.results.vocabulary import Words, highlighter

WORDS = Words(
    {
        "medium": ["media", "medium", "persmedia"],
        "officieel": ["officiële", "officieel", "officiele"],
        "politie": ["politie", "politiezone", "politiezones"],
        "nmbs": ["nmbs"],
        "1565": ["1565"],
        "wiskunde": ["wiskunde-onderwijs", "wiskunde", "wiskundeonderwijs"],
        "foto": ["foto", "foto's"],
        "œuvre": ["œuvre"],
        "in": ["in"],
        "eu": ["eu", "eu-lidstaat"],
    }
)


def shown(text: Any, *terms: Any, zone: str = "question", phrases: Any = ()) -> Any:
    """The text with what is highlighted between brackets."""
    (marks,) = highlighter(terms, WORDS, phrases).marks([(zone, text)])
    for start, end in reversed(ranges(marks)):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def test_every_form_of_a_term_is_highlighted_whatever_its_case() -> None:
    assert shown("Media, een medium en MEDIA; mediaan niet.", ("text", "medium")) == (
        "[Media], een [medium] en [MEDIA]; mediaan niet."
    )


def test_compounds_are_highlighted_whole() -> None:
    assert shown("De politiezones en de politie, de persmedia.", ("text", "politie"), ("text", "medium")) == (
        "De [politiezones] en de [politie], de [persmedia]."
    )


def test_marks_and_their_absence_are_both_found() -> None:
    assert shown("officiële berichten, officiele, OFFICIËLE", ("text", "officieel")) == (
        "[officiële] berichten, [officiele], [OFFICIËLE]"
    )


def test_what_typesetting_does_to_a_word_does_not_hide_it() -> None:
    assert shown(
        "Oﬃciële me\u200bdia, de politie-\nzone.", *(("text", one) for one in ("officieel", "medium", "politie"))
    ) == ("[Oﬃciële] [me\u200bdia], de [politie-\nzone].")


def test_an_acronym_with_dots_is_highlighted() -> None:
    assert shown("De N.M.B.S. en de NMBS-stations", ("text", "nmbs")) == "De [N.M.B.S]. en de NMBS-stations"


def test_a_number_written_in_groups_is_highlighted_whole() -> None:
    assert shown("1 565 likes, 1.565 en 1\u00a0565, 21 565 niet", ("text", "1565")) == (
        "[1 565] likes, [1.565] en [1\u00a0565], 21 565 niet"
    )


def test_a_short_word_is_highlighted_only_where_it_stands_by_itself() -> None:
    assert shown("De EU, neutraal: Europa, milieu en EU-lidstaat (eu).", ("text", "eu")) == (
        "De [EU], neutraal: Europa, milieu en [EU-lidstaat] ([eu])."
    )


def test_hyphens_and_apostrophes_stay_inside_a_highlight() -> None:
    assert shown("Het wiskunde-onderwijs, foto’s.", ("text", "wiskunde"), ("text", "foto")) == (
        "Het [wiskunde-onderwijs], [foto’s]."
    )


def test_letters_outside_latin_1_are_found() -> None:
    assert shown("Een œuvre.", ("french", "œuvre"), zone="french") == "Een [œuvre]."


def test_an_exact_word_highlights_only_itself() -> None:
    assert shown("officiële en officieel", ("question_exact", "officieel")) == "officiële en [officieel]"


def test_a_zone_shows_only_its_own_terms() -> None:
    assert shown("media", ("answer", "medium")) == "media"
    assert shown("media", ("answer", "medium"), zone="answer") == "[media]"
    assert shown("media", ("text", "medium"), zone="french") == "media"


def test_a_phrase_is_highlighted_where_its_words_follow_each_other() -> None:
    text = "De permanente aandacht, aandacht die permanente zorg. Permanente\naandacht!"
    phrase = ("question_exact", ("permanente", "aandacht"))
    assert shown(text, phrases=[phrase]) == (
        "De [permanente aandacht], aandacht die permanente zorg. [Permanente\naandacht]!"
    )


def test_a_phrase_beginning_with_a_small_word_is_highlighted_whole() -> None:
    phrase = ("question_exact", ("in", "de", "politie"))
    assert shown("in de politie in de zin", phrases=[phrase]) == "[in de politie] in de zin"


def test_a_phrase_swallows_its_words() -> None:
    phrase = ("question_exact", ("sociale", "media"))
    assert shown("sociale media en media", ("text", "medium"), phrases=[phrase]) == "[sociale media] en [media]"


def test_each_text_is_given_the_marks_that_are_its_own() -> None:
    texts = [
        ("question", "De politie."),
        ("title", ""),
        ("french", "politie"),
        ("answer", "Geen"),
        ("title", "politie"),
    ]
    marks = highlighter([("text", "politie")], WORDS).marks(texts)
    assert [list(ranges(own)) for own in marks] == [[(3, 10)], [], [], [], [(0, 7)]]


def test_a_phrase_never_reaches_from_one_text_into_the_next() -> None:
    phrase = ("question_exact", ("in", "de", "politie"))
    texts = [("question", text) for text in ("Dat is in", "de politie, in de", "in de politie")]
    marks = highlighter([("text", "politie")], WORDS, [phrase]).marks(texts)
    assert [list(ranges(own)) for own in marks] == [[], [(3, 10)], [(0, 13)]]


def test_thousands_of_words_are_sought_by_a_pattern_a_kind() -> None:
    words = tuple("".join(letters) for size in (3, 4, 5) for letters in product("abdek", repeat=size))
    kinds = needles_of((*words, *(str(number) for number in range(5000, 9000))))
    text = level_of("Dák bad-kaba N.M.B.S, d.e.k.a 1 565 8.765 zzz Abdeka")
    found = [{text[start:end] for start, end in pieces(text, needle, 100)} for needle in kinds]
    assert found == [{b"dak", b"bad-kaba"}, {b"bad-kaba", b"abdeka"}, {b"d.e.k.a", b"8.765"}]


LETTERS = st.text(alphabet="aeMmdijß .,-'’\u00a01éœ", max_size=40)
WORD = st.text(alphabet="aemdijé1", min_size=1, max_size=5)
SOME_WORDS = st.one_of(st.lists(WORD, min_size=1, max_size=4), st.lists(WORD, min_size=13, max_size=60, unique=True))


@given(LETTERS, SOME_WORDS)
def test_highlights_are_the_words_a_full_reading_would_find(text: Any, forms: Any) -> None:
    """The oracle reads every word of the text; the highlighter only looks where a needle was."""
    words = Words({"term": forms})
    (marks,) = highlighter([("text", "term")], words).marks([("question", text)])
    expected = [(token.start, token.end) for token in tokens(text) if token.word in forms]
    found = list(ranges(marks))
    assert set(found) <= set(expected)
    plain = [span for span in expected if text[span[0] : span[1]].isalpha()]
    assert set(plain) <= set(found)


def test_french_words_are_highlighted_in_any_text_since_a_page_may_be_in_french_only() -> None:
    for zone in ("title", "question", "answer", "french"):
        assert shown("La NMBS", ("french", "nmbs"), zone=zone) == "La [NMBS]"


def test_a_broken_word_is_highlighted_as_one() -> None:
    roads = Words({"wegenwerk": ["wegenwerken"]})
    (marks,) = highlighter([("text", "wegenwerk")], roads, ()).marks([("question", "Bij wegen- werken, lucht- en zee")])
    assert ranges(marks) == ((4, 17),)


@given(
    st.lists(
        st.tuples(st.sampled_from(("text", "title_exact", "answer_exact")), st.text("abc", max_size=4)), max_size=90
    )
)
def test_terms_to_highlight_are_in_order_each_once_and_many_weigh_the_same(terms: Any) -> None:
    words = Words({"a": ["a", "aas"], "b": ["b"]}, {"a": 3})
    found = list(matched_words(terms, words))
    assert [(one.field, one.term) for one in found] == sorted(set(terms))
    assert [one.words for one in found] == [
        words.words_of(field, term) if field == "text" else (term,) for field, term in sorted(set(terms))
    ]
    for one in found:
        assert one.weight == (1.0 if len(found) > 40 else math.log(1 + 1000 / (4 if one.term == "a" else 11)))
