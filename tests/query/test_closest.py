"""The candidate nearest to a slip: the longest common subsequence decides, of equals the first."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from searchq.query.closest import closest
from searchq.query.fields import nearest_name

WORD = st.text("abcd", min_size=1, max_size=6)


def common(left: Any, right: Any) -> Any:
    """Letters two words have in common, in order, by its definition."""
    if not left or not right:
        return 0
    if left[0] == right[0]:
        return 1 + common(left[1:], right[1:])
    return max(common(left[1:], right), common(left, right[1:]))


@given(WORD, st.lists(WORD, max_size=4), st.sampled_from([0.5, 0.66, 0.7]))
def test_the_closest_has_the_largest_share_of_common_letters(typed: Any, candidates: Any, least: Any) -> None:
    shares = [2 * common(typed, one) / (len(typed) + len(one)) for one in candidates]
    best = max(shares, default=0)
    expected = candidates[shares.index(best)] if best >= least else None
    assert closest(typed, candidates, least) == expected


def test_slips_in_the_name_of_a_field_are_named() -> None:
    assert nearest_name("ministr") == "minister"
    assert nearest_name("imnsiter") == "minister"
    assert nearest_name("Trefwoort") == "trefwoord"
    assert nearest_name("http") is None
