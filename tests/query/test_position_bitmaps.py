"""Positions as bits against sets of numbers."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.engines.embedded.execution import position_bitmaps
from searchq.engines.embedded.execution.position_bitmaps import PAD, WORD, bitmap_of, hits, meeting

SIZE = 2 * PAD + 9  # numbers of bits
REACH = 101  # positions
FIRST, LAST = PAD * WORD, (SIZE - PAD) * WORD - 1  # positions that may be set

positions = st.sets(st.integers(FIRST, LAST), max_size=60).map(sorted)
ranges = st.lists(
    st.tuples(st.integers(-REACH, REACH), st.integers(0, REACH)).map(lambda r: (r[0], min(r[0] + r[1], REACH))),
    min_size=1,
    max_size=3,
)


@pytest.fixture(autouse=True, scope="module")
def small_blocks() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(position_bitmaps, "_BLOCK", 4)
        yield


def bits(found: Any) -> Any:
    return bitmap_of(np.array(found, np.int32), SIZE)


def plainly(found: Any, others: Any, within: Any) -> Any:
    return [
        position
        for position in found
        if any(position + d in others for low, high in within for d in range(low, high + 1))
    ]


@given(left=positions, right=positions, within=ranges)
def test_positions_are_looked_up_in_bits_as_in_a_set(left: Any, right: Any, within: Any) -> None:
    found = np.array(left, np.int32)
    assert found[hits(found, bits(right), within)].tolist() == plainly(left, set(right), within)


@given(left=positions, right=positions, within=ranges)
def test_bits_meet_bits_as_sets_do(left: Any, right: Any, within: Any) -> None:
    expected = bits(plainly(left, set(right), within))
    assert meeting(bits(left), bits(right), within).tolist() == expected.tolist()
