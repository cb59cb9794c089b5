"""Spots as bits against sets of numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.engines.embedded.execution import position_bitmaps as marks
from searchq.engines.embedded.execution.position_bitmaps import PAD, WORD, hits, marked, meeting

SIZE = 2 * PAD + 9  # numbers of bits
REACH = 101  # spots
FIRST, LAST = PAD * WORD, (SIZE - PAD) * WORD - 1  # spots that may be marked

spots = st.sets(st.integers(FIRST, LAST), max_size=60).map(sorted)
ranges = st.lists(
    st.tuples(st.integers(-REACH, REACH), st.integers(0, REACH)).map(lambda r: (r[0], min(r[0] + r[1], REACH))),
    min_size=1,
    max_size=3,
)


@pytest.fixture(autouse=True, scope="module")
def small_blocks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "_BLOCK", 4)
        yield


def bits(found):
    return marked(np.array(found, np.int32), SIZE)


def plainly(found, others, within):
    return [spot for spot in found if any(spot + d in others for low, high in within for d in range(low, high + 1))]


@given(left=spots, right=spots, within=ranges)
def test_spots_are_looked_up_in_bits_as_in_a_set(left, right, within):
    found = np.array(left, np.int32)
    assert found[hits(found, bits(right), within)].tolist() == plainly(left, set(right), within)


@given(left=spots, right=spots, within=ranges)
def test_bits_meet_bits_as_sets_do(left, right, within):
    expected = bits(plainly(left, set(right), within))
    assert meeting(bits(left), bits(right), within).tolist() == expected.tolist()
