from searchq.engines.embedded.siblings import group_of
from searchq.engines.embedded.similar import similar_request
from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.question import Question


def numbers_of_group(vocabulary, number):
    return list(map(vocabulary.snapshot.number, group_of(vocabulary.snapshot, number)))


def test_all_siblings_see_the_same_group(vocabulary):
    group = ["5-100", "5-101", "5-102"]
    assert [numbers_of_group(vocabulary, number) for number in group] == [group] * 3


def test_a_question_without_siblings_is_a_group_of_its_own(vocabulary):
    assert numbers_of_group(vocabulary, "5-200") == ["5-200"]


def test_the_weightiest_words_make_the_search(vocabulary):
    snapshot = vocabulary.snapshot
    request = similar_request(snapshot.record(snapshot.doc("5-202")), snapshot, 5)
    assert request is not None
    words = [part.split("^")[0] for part in request.text.split(" OF ")]
    assert "ziekenhuizen" in words
    assert len(request.text) <= MAX_QUERY_CHARACTERS


def test_a_question_without_known_words_is_like_nothing(vocabulary):
    assert similar_request(Question("9-9", title="Qwerty"), vocabulary.snapshot, 5) is None
