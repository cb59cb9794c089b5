"""Numbered points of a question paired with those of its answer, or nothing said."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents.points import pair_points
from tests.documents.written import NL_PRINT, read_one


def paired(question: str, answer: str) -> list[tuple[str, str, str]]:
    return [
        (one.label, question[slice(*one.question)], answer[slice(*one.answer)]) for one in pair_points(question, answer)
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1.", "2."),
        ("1)", "2)"),
        ("1°", "2°"),
        ("(1)", "(2)"),
        ("a)", "b)"),
        ("A.", "B."),
        ("i)", "ii)"),
        ("I.", "II."),
        ("1/", "2/"),
        ("1:", "2:"),
        ("1 -", "2 -"),
        ("Vraag 1:", "Vraag 2:"),
        ("Question 1 :", "Question 2 :"),
        ("Punt 1.", "Punt 2."),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n", " ", ""])
def test_points_counted_alike_are_paired(first: str, second: str, between: str) -> None:
    question = f"Graag vernam ik:\n{first} Hoeveel?{between}{second} Waarom?"
    answer = f"{first} Twaalf.{between}{second} Daarom."
    assert paired(question, answer) == [
        (re.findall(r"\w+", first)[-1], f"{first} Hoeveel?", f"{first} Twaalf."),
        (re.findall(r"\w+", second)[-1], f"{second} Waarom?", f"{second} Daarom."),
    ]


@pytest.mark.parametrize(
    "marks", ["1, 2 en 3.", "1 tot 3.", "1-3)", "1., 2. en 3.", "1) 2) en 3)", "1. 2. 3.", "1 à 3."]
)
def test_points_answered_together_share_their_answer(marks: str) -> None:
    found = paired("1) Wie?\n2) Wat?\n3) Waar?", f"{marks} Neen.")
    assert found == [
        (label, f"{label}) {asked}?", f"{marks} Neen.")
        for label, asked in zip("123", ("Wie", "Wat", "Waar"), strict=True)
    ]


def test_parts_of_a_point_are_paired_where_both_have_them() -> None:
    question = "1. Over geld: a) hoeveel? b) Van wie? 2. a) Waar? b) Wanneer?"
    answer = "1. Geld. a) Veel. b) Van ons. 2. Hier, nu."
    assert paired(question, answer) == [
        ("1.a", "1. Over geld: a) hoeveel?", "1. Geld. a) Veel."),
        ("1.b", "b) Van wie?", "b) Van ons."),
        ("2", "2. a) Waar? b) Wanneer?", "2. Hier, nu."),
    ]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("1. Wie? 2. Wat?", "Neen."),
        ("Wie? Wat?", "1. Ik. 2. Dat."),
        ("1. Wie? 2. Wat?", "1. Ik. 2. Dat. 3. Meer."),
        ("1. Wie? 2. Wat? 3. Waar?", "1. Ik. 3. Daar."),
        ("1. Wie? 2. Wat?", "1. Ik. 1. Jij. 2. Dat."),
        ("Feiten: 1) a; 2) b. Mijn vragen: 1. Wie? 2. Wat?", "1. Ik. 2. Dat."),
        ("1. Er is regen. 2. Er is zon.", "1. Ja. 2. Neen."),
        ("1. Wie?", "1. Ik."),
        ("1. Wie? 2. Wat?", "a) Ik. b) Dat."),
        ("1.a) Wie? 1.b) Wat? 2. Waar?", "1.a) Ik. 1.b) Dat. 2. Hier."),
        ("In 2016. 2. Wat?", "Zie art. 1. 2. Dat."),
        ("", "1. Ik. 2. Dat."),
        (None, None),
    ],
)
def test_nothing_is_said_of_points_that_cannot_be_paired(question: str | None, answer: str | None) -> None:
    assert pair_points(question, answer) == ()


def test_an_article_or_an_amount_is_no_point() -> None:
    answer = "1. Zie art. 2. Het kost 54. 515 euro of 3.2. 2. Dat."
    assert [label for label, _, _ in paired("1. Wie? 2. Wat?", answer)] == ["1", "2"]


def test_a_page_tells_its_points() -> None:
    page = NL_PRINT.replace("Mogen gedetineerden een", "1) Mag een 😀?\n\n2) Waarom?\n\n3) Mogen gedetineerden een")
    question = read_one(page)
    assert [point.label for point in question.points] == ["1", "2", "3"]
    assert question.question is not None
    assert question.question[slice(*question.points[1].question)] == "2) Waarom?"


@given(
    st.lists(
        st.sampled_from(["1.", "2)", "a)", "b.", "3 en 4.", "ii)", "?", "\n", " ", "Wie", "(1)", "-", "1"]), max_size=30
    )
)
def test_points_of_any_text_lie_within_it_in_order(pieces: Any) -> None:
    text = "".join(pieces)
    found = pair_points(text, text)
    starts = [point.question[0] for point in found]
    assert starts == sorted(starts)
    assert all(0 <= start < end <= len(text) for point in found for start, end in (point.question, point.answer))
    assert all(point.question == point.answer for point in found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Vraag 1\n\nTwaalf.", "Vraag 2\n\nDaarom."),
        ("Antwoord op vraag 1: Twaalf.", "Antwoord op vraag 2: Daarom."),
        ("Ad 1) Twaalf.", "Ad 2) Daarom."),
        ("Réponse à la question 1 : Douze.", "Réponse à la question 2 : Parce que."),
    ],
)
def test_an_answer_may_spell_out_which_question_it_answers(first: str, second: str) -> None:
    assert paired("1. Hoeveel?\n\n2. Waarom?", f"{first}\n\n{second}") == [
        ("1", "1. Hoeveel?", first),
        ("2", "2. Waarom?", second),
    ]


@pytest.mark.parametrize("text", ["verhouding 1: 2: 3 op zondag", "1/ 2 en 2/ 3", "van 1 - 2 tot 2 - 3"])
def test_figures_within_a_sentence_are_no_points(text: str) -> None:
    assert pair_points(f"Is de {text} juist?", f"De {text} is juist.") == ()
