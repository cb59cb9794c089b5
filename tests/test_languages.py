"""The languages a question is told in."""

from typing import Any

import pytest

from searchq.languages import told_in
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
