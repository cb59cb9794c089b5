"""Letters lose their marks, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.analysis.folding import fold, spellings_of_beginning


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("belgië", "belgie"),
        ("coöperatie", "cooperatie"),
        ("één", "een"),
        ("œuvre", "oeuvre"),
        ("łódź", "lodz"),
        ("ﬁets", "fiets"),
    ],
)
def test_marks_come_off(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_letters_stay(text: str) -> None:
    assert fold(text) == text


def test_a_beginning_stands_for_the_spellings_with_and_without_marks() -> None:
    assert spellings_of_beginning("belgi") == ("belgi",)
    assert set(spellings_of_beginning("belgie")) == {"belgie", "belgië", "belgié"}
    assert set(spellings_of_beginning("belgië")) == {"belgie", "belgië", "belgié"}
    assert "coördin" in spellings_of_beginning("coordin")
    assert "privé" in spellings_of_beginning("prive")
