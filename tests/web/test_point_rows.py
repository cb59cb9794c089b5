"""Points shown together on the page of a question, and aligned beside its siblings."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client

from searchq.api import Index
from searchq.documents.points import pair_points
from searchq.question import Question, Reference
from searchq.web import create_app
from searchq.web.point_rows import cells, labels, point_rows
from tests.plain_engine import PlainEngine

ASKED = "Graag:\n1. Wie?\n2. Wat?\n3. Waar?"


def answered(number: str, answer: str | None, *others: str) -> Question:
    references = tuple(Reference("also-asked-to", "written-question", other) for other in others)
    points = pair_points(ASKED, answer)
    return Question(number, question=ASKED, answer=answer, points=points, references=references, status="answered")


def page(address: str, *questions: Question) -> str:
    return Client(create_app(Index(PlainEngine(questions)))).get(address).text


def test_points_answered_together_stand_together() -> None:
    rows = point_rows(answered("5-1", "1. Ik.\n2 en 3. Daar."))
    assert rows == [(["1. Wie?"], "1. Ik."), (["2. Wat?", "3. Waar?"], "2 en 3. Daar.")]


def test_a_question_shows_its_points_with_their_answers() -> None:
    text = page("/vraag/5-1", answered("5-1", "1. Ik.\n2 en 3. Daar."))
    section = text[text.index("punt voor punt") :].split("</details>")[0]
    assert re.findall(r"<p>(.+?)</p>", section) == ["1. Wie?", "1. Ik.", "2. Wat?", "3. Waar?", "2 en 3. Daar."]
    assert "punt voor punt" not in page("/vraag/5-1", answered("5-1", "Ik."))


def test_siblings_are_aligned_at_the_points_they_share() -> None:
    group = [
        answered("5-1", "Ziehier.\n1. Ik.\n2 en 3. Daar.", "5-2", "5-3"),
        answered("5-2", "1. Wij.\n2. Dat.\n3. Ginds.", "5-1", "5-3"),
        answered("5-3", "Niets.", "5-1", "5-2"),
    ]
    text = page("/vraag/5-1/naast-elkaar", *group)
    assert 'class="answers aligned"' in text
    replies = [
        re.findall(r'<div class="(cell[ a-z]*)">(?:\s*<div[^>]*>\s*<p>(.*?)</p>)?', part)
        for part in text.split("<section ")[1:4]
    ]
    assert replies == [
        [("cell", "Ziehier."), ("cell", "1. Ik."), ("cell", "2 en 3. Daar."), ("cell", "")],
        [("cell", ""), ("cell", "1. Wij."), ("cell", "2. Dat."), ("cell", "3. Ginds.")],
        [("cell whole", "Niets.")],
    ]


def test_one_answer_in_points_aligns_nothing() -> None:
    assert labels([answered("5-1", "1. Ik. 2. Dat. 3. Daar."), answered("5-2", "Ik.")]) == ()
    assert labels([]) == ()


@given(
    st.lists(st.sampled_from(["1. ", "2. ", "3. ", "2 en 3. ", "1, 2 en 3. ", "Ja.", "\n"]), max_size=12).map("".join)
)
def test_an_answer_cut_at_its_points_is_still_the_answer(answer: Any) -> None:
    question = answered("5-1", answer)
    found = cells(question, ("1", "2", "3"))
    assert found is None if not question.points else found is not None and "".join(found) == answer
