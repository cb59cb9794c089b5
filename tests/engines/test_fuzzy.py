"""Words at most so many edits away, against the definition of the distance."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from searchq.engines.embedded.execution.fuzzy import within

WORD = st.text("abé", max_size=5)


def edits(left: Any, right: Any) -> Any:
    if not left or not right:
        return len(left) + len(right)
    changed = edits(left[1:], right[1:]) + (left[0] != right[0])
    return min(changed, edits(left[1:], right) + 1, edits(left, right[1:]) + 1)


@given(WORD, st.lists(WORD, max_size=6), st.integers(1, 2))
def test_words_within_reach_are_those_at_most_so_many_edits_away(word: Any, words: Any, most: Any) -> None:
    assert within(word, words, most) == [place for place, other in enumerate(words) if edits(word, other) <= most]
