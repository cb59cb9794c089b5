"""Blocks are compared with their checksums in C as zlib compares them: the same are refused, the same are seen."""

from contextlib import suppress
from typing import Any
from unittest.mock import patch
from zlib import crc32

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchq.errors import IndexBroken
from searchq.index.format import blocks
from searchq.index.format.blocks import Blocks, BlockSums

IN_C: Any = blocks.in_c
if IN_C is None:
    pytest.skip("nothing was built in C, or this processor does not help", allow_module_level=True)

BLOCK = 1 << 16
RANDOM = np.random.default_rng(5).bytes(5 * BLOCK)
SIZES = st.integers(1, 300) | st.integers(BLOCK - 70, BLOCK + 70) | st.integers(1, len(RANDOM))


def tabled(data: bytes) -> bytes:
    sums = BlockSums()
    sums.add(data)
    return sums.table()[0]


def opened(data: bytes, table: bytes) -> Blocks:
    return Blocks(memoryview(data + table), "MAIN_1.words")


def seen_after(found: Blocks, ranges: list[tuple[int, int]], in_c: Any) -> tuple[bytes, str]:
    """Which blocks were compared with some ranges, and what was said of one that differs."""
    said = ""
    with patch.object(blocks, "in_c", in_c):
        try:
            found.check_ranges(*np.array(ranges, np.int64).reshape(-1, 2).T.copy())
        except IndexBroken as error:
            said = str(error)
    return bytes(found.seen), said


@settings(max_examples=100)
@given(SIZES, st.integers(0, 63))
@example(63, 0)
@example(64, 1)
@example(BLOCK, 15)
def test_the_checksum_of_a_block_of_any_length_and_place_is_that_of_zlib(size: int, first: int) -> None:
    data = RANDOM[first : first + size]
    table = tabled(data)
    seen = bytearray(len(table) // 4 - 1)
    assert IN_C.compare(data, table[:-4], seen, 0, len(seen)) == -1
    assert set(seen) == {1}
    wrong = bytearray(table[:-4])
    wrong[-1] ^= 128
    assert IN_C.compare(data, wrong, bytearray(len(seen)), 0, len(seen)) == len(seen) - 1


@settings(max_examples=100)
@given(SIZES, st.data())
def test_one_bit_that_differs_is_found_in_its_block(size: int, data: st.DataObject) -> None:
    table = tabled(RANDOM[:size])
    place, bit = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, 7))
    damaged = bytearray(RANDOM[:size])
    damaged[place] ^= 1 << bit
    found = opened(bytes(damaged), table)
    with pytest.raises(IndexBroken, match=f"block {place // BLOCK} "):
        found.check(0, size)
    assert list(found.seen) == [int(block < place // BLOCK) for block in range(len(found.seen))]


@settings(max_examples=100)
@given(SIZES, st.none() | st.integers(0, len(RANDOM) - 1), st.data())
def test_ranges_are_compared_as_in_python(size: int, wrong: int | None, data: st.DataObject) -> None:
    table = tabled(RANDOM[:size])
    damaged = bytearray(RANDOM[:size])
    if wrong is not None:
        damaged[wrong % size] ^= 1
    firsts = data.draw(st.lists(st.integers(0, size - 1), max_size=6))
    ranges = [(first, data.draw(st.integers(0, min(size - first, 2 * BLOCK)))) for first in firsts]
    expected = seen_after(opened(bytes(damaged), table), ranges, None)
    assert seen_after(opened(bytes(damaged), table), ranges, IN_C) == expected


def test_a_block_that_was_compared_is_not_looked_at_again() -> None:
    data, seen = RANDOM[: 2 * BLOCK], bytearray(b"\1\0")
    sums = bytes(4) + crc32(data[BLOCK:]).to_bytes(4, "little")
    assert IN_C.compare(data, sums, seen, 0, 2) == -1
    assert seen == b"\1\1"
    assert IN_C.compare(data, bytes(8), seen, 0, 2) == -1
    assert IN_C.compare(data, bytes(8), bytearray(2), 1, 1) == -1


@settings(max_examples=200)
@given(
    st.binary(max_size=200),
    st.binary(max_size=12),
    st.binary(max_size=3),
    st.integers(-3, 3) | st.integers(-(1 << 70), 1 << 70),
    st.integers(-3, 3) | st.integers(-(1 << 70), 1 << 70),
)
def test_what_does_not_belong_together_is_refused(data: bytes, sums: bytes, seen: bytes, low: int, high: int) -> None:
    with suppress(ValueError, OverflowError, TypeError):
        IN_C.compare(data, sums, bytearray(seen), low, high)
    ranges = [np.array([min(max(number, -(1 << 63)), (1 << 63) - 1)]) for number in (low, high)]
    with suppress(ValueError, TypeError):
        IN_C.compare_ranges(data, sums, bytearray(seen), *ranges)


@pytest.mark.parametrize(
    "arguments",
    [
        (b"", b"", bytearray()),
        (bytes(5), bytes(3), bytearray(1)),
        (bytes(5), bytes(8), bytearray(1)),
        (bytes(5), bytes(4), bytearray(2)),
        (bytes(BLOCK + 1), bytes(4), bytearray(1)),
    ],
)
def test_tables_of_another_length_are_refused(arguments: Any) -> None:
    with pytest.raises(ValueError, match="do not belong together"):
        IN_C.compare(*arguments, 0, 1)
    with pytest.raises(ValueError, match="do not belong together"):
        IN_C.compare_ranges(*arguments, np.array([0]), np.array([1]))


def test_bytes_and_blocks_outside_are_refused() -> None:
    given_ = (bytes(5), crc32(bytes(5)).to_bytes(4, "little"), bytearray(1))
    for low, high in [(-1, 1), (0, 2)]:
        with pytest.raises(ValueError, match="no such blocks"):
            IN_C.compare(*given_, low, high)
    for first, count in [(-1, 1), (0, 6), (6, 0), (3, 3), (5, 1), (1, -1), (1, (1 << 63) - 1)]:
        with pytest.raises(ValueError, match="no such bytes"):
            IN_C.compare_ranges(*given_, np.array([first]), np.array([count]))
    with pytest.raises(ValueError, match="no such bytes"):
        IN_C.compare_ranges(*given_, np.array([0, 1]), np.array([1]))
    with pytest.raises(TypeError):
        IN_C.compare(b"", b"", b"")
    with pytest.raises((TypeError, BufferError)):
        IN_C.compare(*given_[:2], b"\0", 0, 1)
