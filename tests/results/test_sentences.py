from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from searchq.results.sentences import sentence_starts


def sentences(text: str) -> list[str]:
    starts = list(sentence_starts(text))
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def test_a_mark_a_blank_and_a_capital_begin_a_sentence() -> None:
    assert sentences("Dit is een. Dat is twee! En drie? Ja… Vier.") == [
        "Dit is een.", "Dat is twee!", "En drie?", "Ja…", "Vier."
    ]  # fmt: skip


def test_abbreviations_and_initials_do_not_end_a_sentence() -> None:
    text = "Zie vraag nr. 5 d.d. 30 april van de h. J. Peeters, art. 12 van het K.B. van toen. Daarna niets."
    assert sentences(text) == [text[:-14], "Daarna niets."]


def test_the_label_of_a_sub_question_stays_with_its_sentence() -> None:
    assert sentences("1. Hoeveel waren er? 2. a. Sinds wanneer? b. En waar? 1, 2 en 3. De dienst telt ze niet.") == [
        "1. Hoeveel waren er?", "2. a. Sinds wanneer?", "b. En waar?", "1, 2 en 3. De dienst telt ze niet."
    ]  # fmt: skip


def test_glued_sentences_come_apart_and_names_do_not() -> None:
    assert sentences("Er is een gebouw?2. Wat kost het zwijgen.De pagina Diplomatie.Belgium bestaat.") == [
        "Er is een gebouw?", "2. Wat kost het zwijgen.", "De pagina Diplomatie.Belgium bestaat."
    ]  # fmt: skip


def test_a_new_line_begins_a_sentence() -> None:
    assert sentences("• eerste punt\n\n • tweede punt") == ["• eerste punt", "• tweede punt"]


def test_a_quotation_belongs_to_the_sentence_it_opens() -> None:
    assert sentences("Zij zei “neen.” “Ja” zei hij.") == ["Zij zei “neen.”", "“Ja” zei hij."]


@given(st.text(alphabet="aB1. ?\n(“n.r"), st.integers(0, 30), st.integers(0, 60))
def test_starts_ascend_within_the_bounds_asked(text: Any, low: Any, high: Any) -> None:
    low, high = min(low, len(text)), min(high, len(text))
    starts = list(sentence_starts(text, low, high))
    assert starts == sorted(set(starts))
    assert all(low <= start <= high for start in starts if high >= low)
