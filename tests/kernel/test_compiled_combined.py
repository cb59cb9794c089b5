"""Postings of a term joined in C are those of one segment after another; what was not compared yet is not read."""

from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.index.format.encoding import WEIGHTS
from searchq.index.read import combined_reader

IN_C: Any = combined_reader.in_c
if IN_C is None:
    pytest.skip("searchq was installed without a compiler: nothing was built in C", allow_module_level=True)

DOCS = 9  # of a segment
ROWS = st.lists(st.dictionaries(st.integers(0, DOCS - 1), st.integers(0, 255), max_size=5), max_size=3)
SEGMENT = st.tuples(ROWS, st.none() | st.lists(st.booleans(), min_size=DOCS, max_size=DOCS), st.integers(-1, 2))
BITS = 2  # blocks of four bytes


def find(starts: Any, seen: Any, layout: Any, numbers: Any) -> tuple[int, Any]:
    bounds = np.zeros((len(numbers), 2), np.int64)
    return IN_C.find_rows(starts, seen, layout, numbers, BITS, bounds), bounds


def join(docs: Any, codes: Any, seen: Any, lives: Any, layout: Any, bounds: Any, room: int) -> tuple[int, Any, Any]:
    found, weights = np.empty(room, np.int32), np.empty(room, np.float32)
    count = IN_C.join_rows(docs, codes, seen, lives, layout, bounds, BITS, WEIGHTS, found, weights)
    return count, found[:count].tolist(), weights[:count].tolist()


@settings(max_examples=100)
@given(st.lists(SEGMENT, max_size=3))
def test_postings_of_several_segments(segments: list[Any]) -> None:
    rows = [[sorted(row.items()) for row in own] for own, _, _ in segments]
    starts = tuple(np.cumsum([0, *map(len, own)]).astype(np.uint32) for own in rows)
    docs = tuple(np.array([doc for row in own for doc, _ in row], np.uint16) for own in rows)
    codes = tuple(np.array([code for row in own for _, code in row], np.uint8) for own in rows)
    lives: Any = tuple(None if live is None else np.array(live) for _, live, _ in segments)
    numbers = np.array([number if number < len(own) else -1 for own, _, number in segments], np.int64)
    layout = np.array([[DOCS * place, 0, 0, 0] for place in range(len(segments))], np.int64).reshape(-1, 4)
    seen = (None,) * len(segments)
    total, bounds = find(starts, seen, layout, numbers)
    wanted = [
        (place, row) for place, number in enumerate(numbers.tolist()) if number >= 0 for row in rows[place][number]
    ]
    assert total == len(wanted)
    alive = [(place, doc, code) for place, (doc, code) in wanted if lives[place] is None or lives[place][doc]]
    count, found, weights = join(docs, codes, seen, lives, layout, bounds, total)
    assert count == len(alive)
    assert found == [DOCS * place + doc for place, doc, _ in alive]
    assert weights == [float(WEIGHTS[code]) for *_, code in alive]


STARTS, HELD, CODES = np.array([0, 1, 3], np.uint32), np.array([4, 0, 8], np.uint16), np.array([0, 7, 9], np.uint8)
LAYOUT = np.array([[100, 4, 18, 24]])  # blocks 1 to 3, 4 and 5, 6


def test_only_what_was_compared_is_read() -> None:
    numbers, bounds = np.array([1]), np.array([[1, 3]])

    def read_starts(seen: bytearray) -> int:
        return find((STARTS,), (seen,), LAYOUT, numbers)[0]

    def read_row(seen: bytearray) -> int:
        return join((HELD,), (CODES,), (seen,), (None,), LAYOUT, bounds, 2)[0]

    for needed, read in (([2, 3], read_starts), ([5, 6], read_row)):
        every = bytearray(b"\1" * 7)
        assert read(every) == 2
        for block in range(7):
            seen = every.copy()
            seen[block] = 0
            assert read(seen) == (-1 if block in needed else 2)
        assert read(every[: needed[-1]]) == -1


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    one, none, bounds = np.array([1]), (None,), np.array([[1, 3]])
    wrong = [
        lambda: find((STARTS, STARTS), none, LAYOUT, one),
        lambda: find((STARTS,), (), LAYOUT, one),
        lambda: find((STARTS,), none, LAYOUT[:, :3].copy(), one),
        lambda: find((STARTS,), none, LAYOUT, np.array([1, 1])),
        lambda: find((STARTS,), none, LAYOUT, np.array([2])),
        lambda: find((STARTS[::-1].copy(),), none, LAYOUT, one),
        lambda: join((HELD,), (CODES,), none, none, LAYOUT, bounds, 1),
        lambda: join((HELD,), (CODES[:2],), none, none, LAYOUT, bounds, 2),
        lambda: join((HELD[:2],), (CODES,), none, none, LAYOUT, bounds, 2),
        lambda: join((HELD,), (CODES,), none, (np.ones(8, np.bool_),), LAYOUT, bounds, 2),
        lambda: join((HELD,), (CODES,), none, none, LAYOUT, bounds[:, ::-1].copy(), 2),
        lambda: join((HELD,), (CODES,), none, none, LAYOUT, -bounds, 2),
        lambda: join((HELD,), (CODES,), none, none, LAYOUT, bounds[:0], 2),
        lambda: join([HELD], (CODES,), none, none, LAYOUT, bounds, 2),
    ]
    for call in wrong:
        with pytest.raises(ValueError, match="do not belong together"):
            call()  # type: ignore[no-untyped-call]
    with pytest.raises(TypeError):
        find((HELD,), none, LAYOUT, one)
    with pytest.raises(ValueError, match="no block"):
        IN_C.find_rows((STARTS,), none, LAYOUT, one, 63, np.zeros((1, 2), np.int64))


@settings(max_examples=150)
@given(st.lists(st.integers(-3, 9), min_size=12, max_size=12), st.binary(max_size=12), st.integers(0, 6))
def test_arrays_of_any_numbers_are_read_or_refused(numbers: list[int], raw: bytes, room: int) -> None:
    some = np.array(numbers)
    starts, docs = some[:4].astype(np.uint32), np.frombuffer(raw[: len(raw) // 2 * 2], np.uint16)
    codes, seen = np.frombuffer(raw, np.uint8), bytearray(raw)
    for blocks in (None, seen):
        with suppress(ValueError):
            find((starts,), (blocks,), some[4:8], some[8:9])
        with suppress(ValueError):
            join((docs,), (codes,), (blocks,), (codes.view(np.bool_),), some[4:8], some[9:11], room)
