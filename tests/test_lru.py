"""The cache of bounded size, checked against a list searched from its end."""

from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from searchq.lru import SizedLRU

MAX_BYTES = 10
STEPS = st.lists(st.tuples(st.sampled_from("abcde"), st.none() | st.integers(0, MAX_BYTES + 2)), max_size=40)


def after(steps: Any) -> Any:
    """The values kept after steps of asking (None) and keeping (a size), the one used last at the end."""
    kept: dict[str, int] = {}
    for key, size in steps:
        if size is None and key in kept:
            kept[key] = kept.pop(key)
        elif size is not None and key not in kept:
            kept[key] = size
            while sum(kept.values()) > MAX_BYTES:
                del kept[next(iter(kept))]
    return kept


@given(STEPS)
def test_the_values_used_last_are_kept_as_far_as_there_is_room(steps: Any) -> None:
    cache: SizedLRU[str, int] = SizedLRU(MAX_BYTES, size_of=int)
    for place, (key, size) in enumerate(steps):
        if size is None:
            assert cache.get(key, "absent") == after(steps[:place]).get(key, "absent")
        else:
            cache.keep(key, size)
    kept = after(steps)
    assert {key: cache.get(key, "absent") for key in "abcde"} == {key: kept.get(key, "absent") for key in "abcde"}


@given(STEPS)
def test_what_is_made_once_is_kept_like_any_value_and_only_where_told_so(steps: Any) -> None:
    cache: SizedLRU[str, int] = SizedLRU(MAX_BYTES, size_of=int)
    twin: SizedLRU[str, int] = SizedLRU(MAX_BYTES, size_of=int)
    for key, size in steps:
        made = size or 1
        known = twin.get(key, None)
        found = cache.once(key, partial(int, made), lambda value: value % 2 == 1)
        assert found == (made if known is None else known)
        if made % 2:
            twin.keep(key, made)
        assert cache.bytes == twin.bytes
