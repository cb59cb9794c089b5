"""Translations that an index learns from its bilingual questions."""

from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import searchq
from searchq.analysis.translations import LEARNED, TranslationTable
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.indexing.lessons import Lessons
from searchq.indexing.translation_counts import PAIRS, TranslationCounts
from searchq.limits import MAX_LEARNED_PAIRS
from searchq.question import FrenchText, Question


def bilingual(number: str, dutch: str, french: str, title: str = "", french_title: str = "") -> Question:
    """A question with keywords, divided by commas, and a title."""
    twin = FrenchText(title=french_title or None, keywords=tuple(french.split(", ")))
    return Question(number, title=title or None, keywords=tuple(dutch.split(", ")), french=twin)


QUESTIONS = (
    bilingual("5-1", "zwoerdkluif, geldzaken", "jarretou, finances", "Kolderwieg - Vlot", "Berceaulet - Rapide"),
    bilingual("5-2", "zwoerdkluif, blikvonk", "jarretou, éclairine vive", "Kolderwieg - Traag", "Berceaulet - Lent"),
    bilingual("5-3", "blikvonk", "éclairine vive"),
    bilingual("5-4", "knerpstoof", "fourniche"),
)


def learned(*questions: Question) -> TranslationCounts:
    counts = TranslationCounts(b"")
    for question in questions:
        counts.learn(question, None)
    return counts


def translations(counts: TranslationCounts, word: str, language: str) -> list[str]:
    table = TranslationTable(counts.tables()[LEARNED[language]], language)
    return [" ".join(words) for words, _ in table.translations(word)]


def test_what_two_questions_agree_on_is_learned_in_both_directions() -> None:
    counts = learned(*QUESTIONS)
    assert translations(counts, "zwoerdkluif", "nl") == ["jarretou"]
    assert translations(counts, "jarretou", "fr") == ["zwoerdkluif"]
    assert translations(counts, "kolderwieg", "nl") == ["berceaulet"]


def test_a_descriptor_of_two_words_is_learned_as_a_whole() -> None:
    assert translations(learned(*QUESTIONS), "blikvonk", "nl") == ["éclairine vive"]
    assert translations(learned(*QUESTIONS), "éclairine", "fr") == ["blikvonk"]


def test_what_one_question_says_is_not_believed() -> None:
    assert translations(learned(*QUESTIONS), "knerpstoof", "nl") == []


def test_lists_of_different_lengths_teach_nothing() -> None:
    questions = [bilingual(f"5-{serial}", "knerpstoof, vlot", "fourniche") for serial in range(5)]
    assert not learned(*questions).counts


def test_a_question_that_goes_or_changes_is_counted_no_more() -> None:
    counts = learned(*QUESTIONS)
    counts.forget(QUESTIONS[1])
    assert translations(counts, "zwoerdkluif", "nl") == []
    counts = TranslationCounts(counts.dump())
    counts.learn(bilingual("5-3", "zwoerdkluif", "jarretou"), QUESTIONS[2])
    assert translations(counts, "zwoerdkluif", "nl") == ["jarretou"]


def test_the_shipped_words_are_not_learned() -> None:
    questions = [bilingual(f"5-{serial}", "onderwijs", "fourniche") for serial in range(3)]
    assert translations(learned(*questions), "onderwijs", "nl") == []


def test_only_the_most_frequent_pairs_are_remembered() -> None:
    counts = learned(*QUESTIONS)
    counts.counts.update({(f"woord{serial}", "mot"): 1 for serial in range(MAX_LEARNED_PAIRS)})
    kept = TranslationCounts(counts.dump())
    assert len(kept.counts) == MAX_LEARNED_PAIRS
    assert kept.counts["zwoerdkluif", "jarretou"] == 2


@settings(max_examples=25)
@given(st.permutations(QUESTIONS), st.integers(0, 4))
def test_an_index_that_grew_learns_the_same_as_one_built_at_once(order: Any, first: Any) -> None:
    grown = TranslationCounts(learned(*order[:first]).dump())
    for question in order[first:]:
        grown.learn(question, None)
    assert grown.dump() == learned(*QUESTIONS).dump()
    assert grown.tables() == learned(*QUESTIONS).tables()


def test_a_search_translates_by_what_the_index_learned(tmp_path: Path) -> None:
    plain = Question("5-9", question="Waarom is er geen zwoerdkluif meer?")
    engine = EmbeddedEngine(tmp_path)
    with engine.update() as update:
        lessons = Lessons.load(update)
        for question in (*QUESTIONS, plain):
            lessons.learn(question, None)
            update.put(question)
        lessons.store(update)
        update.commit()
    page = searchq.open(tmp_path).search("le jarretou à l'école")
    assert page.translations[0] == "zwoerdkluif"
    assert "5-9" in [hit.question.number for hit in page.hits]
    with engine.update() as update:  # nothing new: the tables stay
        lessons = Lessons.load(update)
        lessons.store(update)
        update.commit()
    assert engine.state(LEARNED["fr"]) and engine.state(PAIRS)
