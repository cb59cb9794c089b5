"""The language that the words of a query speak for, and the words that say nothing in it."""

import pytest

from searchq.analysis.stop_words import is_stop_word, language_of
from searchq.analysis.tokenizer import words


@pytest.mark.parametrize(
    "text",
    [
        "les soins de santé",
        "les pensions",
        "les prisons surpeuplées",
        "la sécurité des trains",
        "pas de réponse",
        "combien de policiers à Bruxelles",
        "l'asile",
        "aide aux victimes",
        "retards qu'il faut éviter",
        "pensions agriculteurs",
        "chomage",
        "hôpitaux universitaires",
        "logement social",  # social stands in Dutch texts, in names
        "dialogue social",
        "contrôles cours",
    ],
)
def test_french_queries_are_told_by_their_words(text: str) -> None:
    assert language_of(words(text)) == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "mais",
        "mais als veevoeder",
        "les in gevangenissen",
        "zwemmen les",
        "foto's les",
        "pas voor reizigers",
        "dans en muziek",
        "één les",
        "m'n pensioen",
        "M. Van de Velde",
        "privé school",
        "comité",
        "facebook",
        "social media",
        "social",
        "pensioen",
        "NMBS",
        "plan de relance",  # undecided
        "",
    ],
)
def test_other_queries_count_as_dutch(text: str) -> None:
    assert language_of(words(text)) == "nl"


@pytest.mark.parametrize(
    ("word", "languages"),
    [
        ("van", "nl"),
        ("het", "nl"),
        ("de", "nl fr"),
        ("les", "fr"),
        ("mais", "fr"),
        ("l'on", "fr"),
        ("qu'il", "fr"),
        ("trein", ""),
    ],
)
def test_a_stop_word_of_one_language_may_be_a_word_of_the_other(word: str, languages: str) -> None:
    assert [language for language in ("nl", "fr") if is_stop_word(word, language)] == languages.split()
