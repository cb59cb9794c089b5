import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.results.spelling import distance, near_words


def plain_edits(left, right):
    """Optimal string alignment, by its definition."""
    if not left or not right:
        return len(left) + len(right)
    best = min(
        plain_edits(left[1:], right) + 1,
        plain_edits(left, right[1:]) + 1,
        plain_edits(left[1:], right[1:]) + (left[0] != right[0]),
    )
    if len(left) > 1 and len(right) > 1 and left[:2] == right[1::-1]:
        best = min(best, plain_edits(left[2:], right[2:]) + 1)
    return best


WORD = st.lists(st.sampled_from("gmrlnps"), max_size=5, unique=True).map("".join)  # letters that sound one way only


@given(WORD, WORD)
def test_distance_is_the_number_of_edits_up_to_its_reach(left, right):
    edits = plain_edits(left, right)
    found = distance(left, right)
    assert found == edits if edits <= 2 else found > 2


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("controle", "kontrole", 0.5),
        ("leiden", "lijden", 0.5),
        ("beleid", "beleit", 0.5),
        ("veiligheid", "veiligeid", 1.0),
        ("asielzoeker", "asielzoker", 1.0),
        ("onderwijs", "onderwjis", 1.0),
        ("minister", "minister", 0.0),
    ],
)
def test_sounds_cost_half_and_slips_cost_one(left, right, expected):
    assert distance(left, right) == expected


def test_the_words_of_the_index_nearest_to_a_slip(vocabulary):
    table = vocabulary.table
    assert near_words("gevangnis", table) == ["gevangenis"]
    assert near_words("zikenhuizen", table) == ["ziekenhuizen"]
    assert near_words("ofisiele", table)[:1] == ["officiële"]
    assert near_words("xyzzy", table) == []
    assert near_words("ab", table) == []
