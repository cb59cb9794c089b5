"""Text to words: what counts as one word, and where each came from."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.analysis import tokenizer
from searchq.analysis.tokenizer import Token, tokens, words

TEXTS = st.text(
    alphabet=st.sampled_from(list("aBcé eË\u0301İß 0123456789 .,-/’'@_:?()\u00a0\u202f\u00ad&+€ww.behttp")), max_size=60
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Welk gebouw?2. Wat kost het?3.Wie", ["welk", "gebouw", "2", "wat", "kost", "het", "3", "wie"]),
        ("is gebleken.De minister", ["is", "gebleken", "de", "minister"]),
        ("1 565 en 1.565 en 1\u00a0565", ["1565", "en", "1565", "en", "1565"]),
        ("2 085,50 euro, 12.000.000", ["2085,50", "euro", "12000000"]),
        ("12,5 % en 0,5", ["12,5", "en", "0,5"]),
        ("in 2016 120 gevallen", ["in", "2016", "120", "gevallen"]),
        ("vraag nr. 5-8902 en 2008/50/EG", ["vraag", "nr", "5-8902", "en", "2008/50/eg"]),
        ("op 01.12.2016, 1/12/2016 om 14.30 uur", ["op", "1/12/2016", "1/12/2016", "om", "14.30", "uur"]),
        ("e.d., d.d. en N.M.B.S.", ["ed", "dd", "en", "nmbs"]),
        ("via @FOD_Financien of info@fgov.be", ["via", "@fod_financien", "of", "info@fgov.be"]),
        ("http://www.belgium.be en police.belgium.be", ["www.belgium.be", "en", "police.belgium.be"]),
        ("foto’s, KMO's en F-16's", ["foto's", "kmo's", "en", "f-16's"]),
        ("nacht- en ploegenarbeid", ["nacht", "en", "ploegenarbeid"]),
        ("Brussel-Luxemburg en CD&V", ["brussel-luxemburg", "en", "cd&v"]),
        ("BELGIË en Belgie\u0308", ["belgië", "en", "belgië"]),
        ("en/of, m/v", ["en", "of", "m", "v"]),
        ("____ • “leeg”", ["leeg"]),
        ("", []),
    ],
)
def test_the_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_tokens_tell_where_a_word_came_from() -> None:
    assert tokens("De «FOD’s»: 1 565") == [Token("de", 0, 2), Token("fod's", 4, 9), Token("1565", 12, 17)]


def test_a_token_holds_the_whole_of_a_letter_written_in_two_characters() -> None:
    assert tokens("Belgie\u0308 nu") == [Token("belgië", 0, 7), Token("nu", 8, 10)]


def test_a_soft_hyphen_is_no_part_of_a_word() -> None:
    assert tokens("vrij\u00adwillig") == [Token("vrijwillig", 0, 11)]


@given(st.text() | TEXTS)
def test_words_and_tokens_are_the_same_words(text: str) -> None:
    assert [token.word for token in tokens(text)] == words(text)


@given(st.text() | TEXTS)
def test_tokens_stand_in_order_inside_the_text_and_are_never_empty(text: str) -> None:
    found = tokens(text)
    assert all(token.word and 0 <= token.start < token.end <= len(text) for token in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(TEXTS)
def test_a_token_cut_out_of_its_text_is_the_same_word(text: str) -> None:
    """The oracle of the offsets: what the text holds there is the word again."""
    assert all(token.word in words(text[token.start : token.end]) for token in tokens(text))


@given(st.text() | TEXTS | st.text("aÀĳ\u00ad\u0301\u0307İ’é", max_size=6))
def test_a_text_that_levels_to_as_many_characters_levels_each_by_itself(text: str) -> None:
    level = tokenizer._levelled(text)
    if tokenizer._is_even(text, level):
        assert level == "".join(map(tokenizer._levelled, text))
        assert tokenizer._origins(text) == (list(range(len(text))), list(range(1, len(text) + 1)))


@given(st.lists(st.from_regex(r"[a-zà-öø-ÿ]{2,9}", fullmatch=True)))
def test_plain_words_are_what_stands_between_blanks(plain: list[str]) -> None:
    assert words(" ".join(plain)) == plain


ROWS = [
    "a.", "1.234", "x-", ".aa.b", "a.bé.", "+a", "x1.a.b", "30.4.a.b", "1.", "a+", "_a", "be.a_", "a.be.", "1,", "1/a@",
]  # fmt: skip


@pytest.mark.parametrize("marks", ["\u0301", "\u0301\u0323", "\u0f73"])
def test_a_letter_with_very_many_marks_costs_no_more_than_their_number(marks: str) -> None:
    text = f"e{marks * 50_000} trein"  # at a cost of its length squared it would take half a minute
    assert words(text)[-1] == "trein"
    assert [(token.word, token.start) for token in tokens(text)][-1] == ("trein", text.index("trein"))
    assert [token.word for token in tokens(text)] == words(text)


@pytest.mark.parametrize("unit", ROWS)
def test_a_very_long_row_of_signs_costs_no_more_than_its_length(unit: Any) -> None:
    row = unit * (300_000 // len(unit))  # at a cost of its length squared it would take five minutes
    assert sum(map(len, words(row))) >= len(row) // 4


@pytest.mark.parametrize("sign", "\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff")
def test_invisible_characters_are_no_part_of_a_word(sign: Any) -> None:
    assert words(f"wegen{sign}werken {sign}kosten{sign}") == ["wegenwerken", "kosten"]
    (one, other) = tokens(f"wegen{sign}werken {sign}kosten{sign}")
    assert (one.start, one.end) == (0, 12)
    assert other.word == "kosten"


def test_a_ligature_is_its_letters_and_keeps_its_place() -> None:
    assert tokens("de ﬁets, oﬃcieel") == [Token("de", 0, 2), Token("fiets", 3, 7), Token("officieel", 9, 16)]
    assert tokens("ﬁ\u200bets") == [Token("fiets", 0, 5)]  # one longer and one shorter


def test_a_word_broken_at_the_end_of_a_line_is_one_word() -> None:
    assert words("de wegen-\nwerken en lucht-\nen zeevaart") == ["de", "wegenwerken", "en", "lucht", "en", "zeevaart"]
    assert words("Knokke-\nHeist, en 2015-\n2016") == ["knokke", "heist", "en", "2015", "2016"]
    assert [token.end for token in tokens("wegen-\r\n  werken ja")] == [16, 19]
