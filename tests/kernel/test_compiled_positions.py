"""Positions decoded in C are those that NumPy finds."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.index.format import positions
from searchq.index.format.encoding import encode_varints
from tests.kernel.twins import same_without

IN_C: Any = positions.in_c
if IN_C is None:
    pytest.skip("searchq was installed without a compiler: nothing was built in C", allow_module_level=True)

GAPS = st.integers(1, 3) | st.integers(1, 200) | st.integers(1, 40_000)
POSTING = st.lists(GAPS, min_size=1, max_size=6)
ROW = st.lists(POSTING, min_size=1, max_size=30)


def check(work: Callable[[], Any]) -> None:
    same_without((positions,), work)


def encoded(row: list[list[int]]) -> Any:
    """A row of postings; the numbers of each are a first position and the distances after it."""
    numbers = [2 * gap + (place == 0) for posting in row for place, gap in enumerate(posting)]
    return encode_varints(np.array(numbers, np.uint32))[0]


@settings(max_examples=40)
@given(ROW, st.data(), st.sampled_from([np.int32, np.int64]))
def test_the_positions_of_a_row(row: list[list[int]], data: st.DataObject, width: Any) -> None:
    stored, origins = encoded(row), np.arange(len(row)).astype(width) * 1_000_000
    check(lambda: positions.read_positions(stored, origins))
    check(lambda: positions.read_frequencies(stored))
    check(lambda: positions.first_positions(stored))
    every = data.draw(st.integers(1, 9))
    check(lambda: positions.skip_places(stored, every))
    chosen = np.array(sorted(data.draw(st.sets(st.integers(0, len(row) - 1)))), np.intp)
    begins = positions.posting_bytes(stored).astype(width)
    check(lambda: positions.read_positions(stored, origins[: len(chosen)], chosen))
    check(lambda: positions.read_positions(stored, origins[: len(chosen)], chosen, begins))


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    stored, room = encoded([[1, 2], [3]]), np.empty(9, np.int32)
    two, three = np.zeros(2, np.int32), np.zeros(3, np.int32)
    wrong = [
        (IN_C.read_positions, (stored, three, None, None, room)),
        (IN_C.read_positions, (stored, two, None, None, room[:2])),
        (IN_C.read_positions, (stored, two, three, None, room)),
        (IN_C.read_positions, (stored, two[:1], np.array([5]), None, room)),
        (IN_C.read_positions, (stored, two[:1], np.array([1]), np.array([0, 99]), room)),
        (IN_C.read_positions, (stored[1:], two, None, None, room)),
        (IN_C.read_frequencies, (stored[1:], np.empty(9, np.float32))),
        (IN_C.first_positions, (stored[1:], np.empty(9, np.uint32))),
        (IN_C.first_positions, (stored, np.empty(1, np.uint32))),
        (IN_C.skip_places, (stored, 0, np.empty(9, np.uint32))),
        (IN_C.skip_places, (stored, 1, np.empty(1, np.uint32))),
    ]
    for function, arguments in wrong:
        with pytest.raises(ValueError, match="do not belong together"):
            function(*arguments)
    for function, arguments in wrong:
        with pytest.raises((TypeError, BufferError, ValueError)):
            function(*arguments[:-1])


def test_one_posting_far_into_a_long_row() -> None:
    row = [[place % 5 + 1, *[1] * (place % 3)] for place in range(2_000)]
    stored, chosen = encoded(row), np.array([0, 1_500, 1_999])
    origins = np.array([0, 10_000, 20_000], np.int32)
    check(lambda: positions.read_positions(stored, origins, chosen))
    firsts = np.cumsum([0, *(len(row[place]) for place in chosen[:-1])])
    found = positions.read_positions(stored, origins, chosen)
    assert (found[firsts] - origins).tolist() == [row[place][0] for place in chosen]
