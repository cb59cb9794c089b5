"""Arrays to bytes and back: whatever goes in comes out."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searchq.index.format.encoding import (
    WEIGHTS,
    decode_varints,
    encode_varints,
    encode_weights,
    gather_ranges,
    narrowest,
    stable_order,
)


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_varints_come_back_whatever_their_size(values: Any) -> None:
    data, sizes = encode_varints(np.array(values, np.uint32))
    assert decode_varints(data).tolist() == values
    assert sizes.tolist() == [max(1, -(-value.bit_length() // 7)) for value in values]


@given(st.lists(st.floats(1 / 16, 3800, width=32), min_size=1))
def test_a_weight_is_kept_to_one_part_in_32(weights: Any) -> None:
    values = np.array(weights, np.float32)
    assert np.all(np.abs(WEIGHTS[encode_weights(values)] - values) <= values / 31)


def test_whole_weights_up_to_32_and_usual_fractions_are_kept_exactly() -> None:
    exact = np.array([0.0625, 0.25, 0.5, 0.75, 1.5, *range(1, 33)], np.float32)
    assert WEIGHTS[encode_weights(exact)].tolist() == exact.tolist()


def test_a_weight_coded_again_keeps_its_code() -> None:
    assert encode_weights(WEIGHTS).tolist() == list(range(256))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=30))
def test_ranges_are_gathered_one_after_the_other(ranges: Any) -> None:
    source = np.arange(60, dtype=np.uint16)
    starts, counts = np.array(ranges, np.int64).reshape(-1, 2).T
    expected = [value for start, count in ranges for value in range(start, start + count)]
    assert gather_ranges(source, starts, counts).tolist() == expected


def test_more_than_one_chunk_is_gathered_whole() -> None:
    source = np.arange(1000, dtype=np.uint32)
    counts = np.full(9000, 999)
    starts = np.arange(9000) % 2
    gathered = gather_ranges(source, starts, counts).reshape(9000, 999)
    assert (gathered == starts[:, None] + np.arange(999)).all()


@given(st.lists(st.integers(0, 2**17 - 1)))
def test_the_order_is_stable_beyond_16_bits(keys: Any) -> None:
    expected = sorted(range(len(keys)), key=keys.__getitem__)
    assert stable_order(np.array(keys, np.int32), 2**17).tolist() == expected


def test_the_narrowest_type_is_chosen() -> None:
    assert [narrowest(np.array([top])).dtype for top in (255, 256, 65536)] == [np.uint8, np.uint16, np.uint32]
