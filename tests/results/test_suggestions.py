from searchq.engines.embedded.facet_values import LabelledColumns
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.engines.embedded.suggestions import Suggester
from searchq.query.suggestion import Suggestion


def suggested(vocabulary, typed, limit=10):
    return Suggester(vocabulary, LabelledColumns(SnapshotCache(vocabulary.snapshot))).suggest(typed, limit)


def texts(vocabulary, typed, kind):
    return [one.text for one in suggested(vocabulary, typed) if one.kind == kind]


def test_numbers_are_completed_in_order(vocabulary):
    assert suggested(vocabulary, "5-20") == tuple(
        Suggestion(number, "number", 1) for number in ("5-200", "5-201", "5-202")
    )


def test_a_word_is_completed_once_a_stem(vocabulary):
    assert texts(vocabulary, "ziekenh", "word") == ["ziekenhuizen"]


def test_accents_do_not_matter(vocabulary):
    assert texts(vocabulary, "officie", "word") == ["officiële"]
    assert "belgië" in texts(vocabulary, "BELGI", "word")


def test_descriptors_ministers_and_authors_are_found_by_any_of_their_words(vocabulary):
    assert Suggestion("politiek asiel", "keyword", 1) in suggested(vocabulary, "asi")
    assert Suggestion("Martine Taelman", "author", 3) in suggested(vocabulary, "tael")
    assert Suggestion("Justitie", "portfolio", 2) in suggested(vocabulary, "just")


def test_the_last_word_is_continued_with_what_stands_beside_the_others(vocabulary):
    assert texts(vocabulary, "sociale m", "word") == ["sociale media"]
    assert texts(vocabulary, "bewakers z", "word") == []


def test_nothing_is_suggested_for_nothing_or_for_far_too_much(vocabulary):
    assert suggested(vocabulary, " ") == ()
    assert suggested(vocabulary, "zzzz") == ()
    assert suggested(vocabulary, "a" * 600) == ()


def test_no_more_are_given_than_asked_for(vocabulary):
    assert len(suggested(vocabulary, "g", limit=3)) == 3
