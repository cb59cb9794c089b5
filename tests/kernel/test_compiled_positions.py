"""Positions decoded and compared in C are those that NumPy finds."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.engines.embedded.execution.phrase_match import Reach
from searchq.index.format import positions
from searchq.index.format.encoding import encode_varints
from tests.kernel.twins import same_without

IN_C: Any = positions.in_c
if IN_C is None:
    pytest.skip("searchq was installed without a compiler: nothing was built in C", allow_module_level=True)

GAPS = st.integers(1, 3) | st.integers(1, 200) | st.integers(1, 40_000)
POSTING = st.lists(GAPS, min_size=1, max_size=6)
ROW = st.lists(POSTING, min_size=1, max_size=30)
Places = dict[int, list[int]]  # of a row: document, positions
PLACES = st.dictionaries(
    st.integers(0, 7),
    st.sets(st.integers(0, 90) | st.integers(0, 1 << 17), min_size=1, max_size=8).map(sorted),
    min_size=1,
)
REACH = st.builds(
    lambda low, more, one_way: Reach(low, low + more, one_way), st.integers(0, 3), st.integers(0, 80), st.booleans()
)


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
    chosen = np.array(sorted(data.draw(st.sets(st.integers(0, len(row) - 1)))), np.intp)
    begins = positions.posting_bytes(stored).astype(width)
    check(lambda: positions.read_positions(stored, origins[: len(chosen)], chosen))
    check(lambda: positions.read_positions(stored, origins[: len(chosen)], chosen, begins))


def near(places: list[list[int]], reach: Reach) -> bool:
    """Whether each word has a position within reach of one of the word before that has one, read one by one."""
    reached, *others = places
    for own in others:
        ways = (1,) if reach.ordered else (1, -1)
        reached = [
            one
            for one in own
            if any(reach.least <= way * (one - other) <= reach.most for other in reached for way in ways)
        ]
    return bool(reached)


def stored_rows(words: list[list[Places]]) -> tuple[tuple[Any, ...], Any]:
    """The rows of words as they are stored, and how many each has."""
    rows: list[Any] = []
    for row in (row for word in words for row in word):
        rows.append(np.array(sorted(row), np.uint16))
        rows.append(encoded([[places[0], *np.diff(places)] for _, places in sorted(row.items())]))
    return tuple(rows), np.array([len(word) for word in words])


@settings(max_examples=150)
@given(
    st.lists(st.lists(PLACES, min_size=1, max_size=3), min_size=2, max_size=3),
    REACH,
    st.sampled_from([np.int32, np.int64]),
)
def test_documents_with_words_near_each_other(words: list[list[Places]], reach: Reach, width: Any) -> None:
    held = [{doc: sorted(place for row in word for place in row.get(doc, ())) for doc in range(8)} for word in words]
    docs = [doc for doc in range(8) if all(own[doc] for own in held)]
    marks = np.zeros(len(docs), np.bool_)
    IN_C.mark_near(np.array(docs, width), *stored_rows(words), *reach, marks)
    assert marks.tolist() == [near([own[doc] for own in held], reach) for doc in docs]


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.sets(st.integers(0, 9), min_size=1), st.binary(max_size=40)), min_size=1, max_size=4), REACH
)
def test_rows_of_any_bytes_are_refused_or_read(rows: list[tuple[set[int], bytes]], reach: Reach) -> None:
    arrays = [(np.array(sorted(docs), np.uint16), np.frombuffer(data, np.uint8)) for docs, data in rows]
    given_rows = tuple(array for row in arrays for array in row)
    for sizes in ([1] * len(rows), [len(rows)]):
        marks = np.zeros(10, np.bool_)
        with suppress(ValueError):
            IN_C.mark_near(np.arange(10), given_rows, np.array(sizes), *reach, marks)


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    stored, room = encoded([[1, 2], [3]]), np.empty(9, np.int32)
    two, three = np.zeros(2, np.int32), np.zeros(3, np.int32)
    docs, marks = np.array([0, 1], np.uint16), np.zeros(2, np.bool_)
    wrong = [
        (IN_C.read_positions, (stored, three, None, None, room)),
        (IN_C.read_positions, (stored, two, None, None, room[:2])),
        (IN_C.read_positions, (stored, two, three, None, room)),
        (IN_C.read_positions, (stored, two[:1], np.array([5]), None, room)),
        (IN_C.read_positions, (stored, two[:1], np.array([1]), np.array([0, 99]), room)),
        (IN_C.read_positions, (stored[1:], two, None, None, room)),
        (IN_C.read_frequencies, (stored[1:], np.empty(9, np.float32))),
        (IN_C.mark_near, (two, (), np.array([0]), 1, 1, True, np.zeros(1, np.bool_))),
        (IN_C.mark_near, (two, (docs, stored), np.array([2]), 1, 1, True, marks)),
        (IN_C.mark_near, (two, (docs, stored), np.array([0]), 1, 1, True, marks)),
        (IN_C.mark_near, (two, (docs,), np.array([1]), 1, 1, True, marks)),
        (IN_C.mark_near, (two, (docs[:0], stored), np.array([1]), 1, 1, True, marks)),
        (IN_C.mark_near, (two - 1, (docs, stored), np.array([1]), 1, 1, True, marks)),
        (IN_C.mark_near, (two, (docs, stored[1:]), np.array([1]), 1, 1, True, marks)),
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
