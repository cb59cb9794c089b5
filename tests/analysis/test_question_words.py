"""Which texts are sentences, and which of their words name no subject."""

import pytest

from searchq.analysis.sentences import is_function_word, is_sentence
from searchq.analysis.tokenizer import words


@pytest.mark.parametrize(
    "text",
    [
        "waarom rijden er zo weinig treinen op zondag?",
        "waarom rijden er zo weinig treinen",
        "De treinen op zondag, waar blijven ze?",
        "kunt u mij zeggen hoeveel treinen er rijden",
        "pourquoi y a-t-il si peu de trains le dimanche?",
        "Est-ce que les trains roulent le dimanche",
    ],
)
def test_a_question_is_known_by_its_sign_or_its_beginning(text: str) -> None:
    assert is_sentence(words(text), text)


@pytest.mark.parametrize(
    "text",
    [
        "weinig treinen op zondag",
        "treinen?",
        "waarom geen treinen",  # too short to tell
        "lijn Brussel-Luxemburg - Technisch incident op maandag",
        "",
    ],
)
def test_keywords_and_titles_are_no_sentences(text: str) -> None:
    assert not is_sentence(words(text), text)


def test_words_of_sentences_that_name_no_subject() -> None:
    assert [word for word in words("hoe vaak rijden eigenlijk treinen graag") if not is_function_word(word, "nl")] == [
        "hoe",  # a stop word already
        "rijden",
        "treinen",
    ]
    assert all(is_function_word(word, "nl") for word in words("vanuit tijdens vanwege waarvan daarmee"))
    assert is_function_word("combien", "fr") and is_function_word("d'autres", "fr")
    assert not is_function_word("combien", "nl") and not is_function_word("trains", "fr")
