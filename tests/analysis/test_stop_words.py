"""The language that the words of a query speak for, and the words that say nothing in it."""

import pytest

from searchq.analysis.stop_words import LANGUAGES_OF_WORDS, Leaning, dump_leanings, is_stop_word, language_of
from searchq.analysis.tokenizer import words
from searchq.analysis.translations import SortedLines


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
        "fraude fiscale",  # words of both languages, in the order of French
        "fraude sociale",
        "plan social",
        "economie circulaire",
        "loterie nationale",
        "dumping social",
        "période",  # Dutch has periode
        "Grammont",
        "Écosse",
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
        "Geraardsbergen",
        "NMBS",
        "plan de relance",  # undecided
        "fiscale fraude",
        "sociale fraude",
        "circulaire economie",
        "nationale loterij",
        "sociale dumping",
        "social profit",  # English
        "tax shelter",
        "privéschool",
        "overlegcomité",
        "recente",
        "vlaams minister",
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


def test_the_order_of_words_tells_the_language_where_both_have_them() -> None:
    lines = dict(line.split(" ", 1) for line in LANGUAGES_OF_WORDS.read_text(encoding="utf-8").splitlines())
    alone, before, after = map(int, lines["fiscale"].split())
    assert abs(alone) < 11 and before < 0 < after  # an adjective follows its noun in French


def test_a_table_of_leanings_is_read_as_it_was_written() -> None:
    found = {"école": Leaning(30, -1, 2), "zorg": Leaning(-30, 0, 0), "a": Leaning(0, 0, 0)}
    lines = SortedLines(dump_leanings(found, "Two lines\nof comment"))
    assert {word: Leaning(*map(int, (lines.find(word) or "").split())) for word in found} == found
    assert lines.find("zor") is None and lines.find("zorgen") is None and lines.find("#") is None
