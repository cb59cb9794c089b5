from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from searchq.engines.embedded.near_prefix import near_prefixes
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.engines.embedded.suggestions import suggest
from searchq.index.format.strings import strings
from searchq.query.request import Request
from searchq.query.suggestion import Suggestion


def suggested(vocabulary: Any, typed: Any, limit: int = 10) -> Any:
    return suggest(typed, Request(), limit, SnapshotCache(vocabulary.snapshot))


def texts(vocabulary: Any, typed: Any, kind: Any) -> Any:
    return [one.text for one in suggested(vocabulary, typed) if one.kind == kind]


def test_numbers_are_completed_in_order(vocabulary: Any) -> None:
    assert suggested(vocabulary, "5-20") == tuple(
        Suggestion(number, "number", 1) for number in ("5-200", "5-201", "5-202")
    )


def test_a_word_is_completed_once_a_stem(vocabulary: Any) -> None:
    assert texts(vocabulary, "wachtti", "word") == ["wachttijden"]
    assert texts(vocabulary, "ziekenh", "word") == []  # but a descriptor of the same word
    assert texts(vocabulary, "ziekenh", "keyword") == ["ziekenhuis"]


def test_accents_do_not_matter(vocabulary: Any) -> None:
    assert texts(vocabulary, "officie", "word") == ["officiële"]
    assert "belgië" in texts(vocabulary, "BELGI", "word")


def test_descriptors_ministers_and_authors_are_found_by_any_of_their_words(vocabulary: Any) -> None:
    assert Suggestion("politiek asiel", "keyword", 1) in suggested(vocabulary, "asi")
    assert Suggestion("Martine Taelman", "author", 3) in suggested(vocabulary, "tael")
    assert Suggestion("Justitie", "portfolio", 2) in suggested(vocabulary, "just")


def test_the_last_word_is_continued_with_what_stands_beside_the_others(vocabulary: Any) -> None:
    assert texts(vocabulary, "elke gev", "word") == ["elke gevangenis"]
    assert texts(vocabulary, "sociale m", "word") == []  # but a descriptor of the same words
    assert texts(vocabulary, "sociale m", "keyword") == ["sociale media"]
    assert texts(vocabulary, "bewakers z", "word") == []


def test_nothing_is_suggested_for_nothing_or_for_far_too_much(vocabulary: Any) -> None:
    assert suggested(vocabulary, " ") == ()
    assert suggested(vocabulary, "zzzz") == ()
    assert suggested(vocabulary, "a" * 600) == ()


def test_no_more_are_given_than_asked_for(vocabulary: Any) -> None:
    assert len(suggested(vocabulary, "g", limit=3)) == 3


def begins_with_one_slip(text: Any, typed: Any) -> Any:
    """Some beginning of a text is what was typed, with one letter added, lost, changed or swapped, not the first.

    Nor is the last one added or changed.
    """
    if text.startswith(typed):
        return False
    tries = {typed[:at] + typed[at + 1 :] for at in range(1, len(typed) - 1)}
    tries |= {typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(1, len(typed) - 1)}
    for letter in "abc":
        tries |= {typed[:at] + letter + typed[at + 1 :] for at in range(1, len(typed) - 1)}
        tries |= {typed[:at] + letter + typed[at:] for at in range(1, len(typed))}
    return any(text.startswith(one) for one in tries)


LETTERS = st.text("abc", min_size=2, max_size=6)


@given(st.sets(LETTERS, min_size=1, max_size=8), st.text("abc", min_size=3, max_size=6))
def test_a_beginning_with_one_slip_is_found_in_a_sorted_table(texts: Any, typed: Any) -> None:
    ordered = sorted(texts)
    found = [ordered[place] for place in near_prefixes(strings(ordered), typed)]
    assert found == [text for text in ordered if begins_with_one_slip(text, typed)]
