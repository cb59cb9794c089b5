"""The languages a question is told in."""

from typing import Any

import pytest

from searchq.languages import asked_in, told_in
from searchq.question import FrenchText, Question, Source

DUTCH = Question("5-1", title="Treinen", question="Waarom?", answer="Daarom.")


@pytest.mark.parametrize(
    ("question", "languages"),
    [
        (DUTCH, "nl -fr"),
        (Question("5-1", question="Waarom?", french=FrenchText(title="Trains")), "nl -fr"),
        (Question("5-1", question="Waarom?", french=FrenchText(question="Pourquoi ?")), "nl fr"),
        (
            Question("5-1", question="Waarom?", answer="Daarom.", french=FrenchText(question="Pourquoi ?")),
            "nl -fr",
        ),
        (Question("5-1", french=FrenchText(question="Pourquoi ?")), "-nl fr"),
        (Question("5-1", title="Trains", question="Pourquoi ?", source=Source(layout="fr-web")), "-nl fr"),
        (Question("5-1", title="Treinen", french=FrenchText(title="Trains")), "nl fr"),
        (Question("5-1", title="Treinen", french=FrenchText()), "nl -fr"),
        (Question("5-1", french=FrenchText(title="Trains")), "-nl fr"),
        (Question("5-1"), ""),
    ],
)
def test_a_language_tells_a_question_if_it_has_all_its_texts(question: Any, languages: str) -> None:
    assert list(told_in(question)) == languages.split()


@pytest.mark.parametrize(
    ("question", "language"),
    [
        (DUTCH, "nl"),
        (Question("5-1", question="Waarom?", french=FrenchText(question="Pourquoi ?")), "nl"),
        (Question("5-1", question="Waarom?", answer="Daarom.", french=FrenchText(answer="Parce que.")), "nl"),
        (Question("5-1", title="Trains", question="Pourquoi ?", source=Source(layout="fr-web")), "fr"),
        (Question("5-1", title="Treinen", answer="Daarom.", french=FrenchText(question="Pourquoi ?")), "fr"),
        (Question("5-1", french=FrenchText(title="Trains")), "fr"),
        (Question("5-1"), "nl"),
    ],
)
def test_a_question_is_compared_in_dutch_unless_only_french_asks_it(question: Any, language: str) -> None:
    assert asked_in(question) == language
