from typing import Any

from searchq.engines.embedded.siblings import group_of
from searchq.engines.embedded.similar import telling_words
from searchq.query.similarity import MAX_TERMS
from searchq.question import Question


def numbers_of_group(vocabulary: Any, number: Any) -> Any:
    return list(map(vocabulary.snapshot.number, group_of(vocabulary.snapshot, number)))


def test_all_siblings_see_the_same_group(vocabulary: Any) -> None:
    group = ["5-100", "5-101", "5-102"]
    assert [numbers_of_group(vocabulary, number) for number in group] == [group] * 3


def test_a_question_without_siblings_is_a_group_of_its_own(vocabulary: Any) -> None:
    assert numbers_of_group(vocabulary, "5-200") == ["5-200"]


def test_the_weightiest_words_make_the_search(vocabulary: Any) -> None:
    snapshot = vocabulary.snapshot
    found = telling_words(snapshot.record(snapshot.doc("5-202")), snapshot)
    assert ("ziekenhuizen", "ziekenhuis") in [(one.word, one.term) for one in found]
    assert len(found) <= MAX_TERMS


def test_a_question_without_known_words_is_like_nothing(vocabulary: Any) -> None:
    assert telling_words(Question("9-9", title="Qwerty"), vocabulary.snapshot) == []
