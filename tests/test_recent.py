"""What was used last, held against a list that is gone through from its end."""

from hypothesis import given
from hypothesis import strategies as st

from searchq.recent import Recent

MOST = 10
STEPS = st.lists(st.tuples(st.sampled_from("abcde"), st.none() | st.integers(0, MOST + 2)), max_size=40)


def after(steps):
    """The values kept after steps of asking (None) and keeping (a size), the one used last at the end."""
    kept: dict[str, int] = {}
    for key, size in steps:
        if size is None and key in kept:
            kept[key] = kept.pop(key)
        elif size is not None and key not in kept:
            kept[key] = size
            while sum(kept.values()) > MOST:
                del kept[next(iter(kept))]
    return kept


@given(STEPS)
def test_the_values_used_last_are_kept_as_far_as_there_is_room(steps):
    recent: Recent[str, int] = Recent(MOST, size_of=int)
    for place, (key, size) in enumerate(steps):
        if size is None:
            assert recent.get(key, "absent") == after(steps[:place]).get(key, "absent")
        else:
            recent.keep(key, size)
    kept = after(steps)
    assert {key: recent.get(key, "absent") for key in "abcde"} == {key: kept.get(key, "absent") for key in "abcde"}
