"""Documents with any of many words, found in C, are those that NumPy finds; their marks sum to the same."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.engines.embedded.execution import unions
from searchq.engines.embedded.execution.unions import Listed, marked_docs, sum_marked
from tests.kernel.twins import same_without

IN_C: Any = unions.in_c
if IN_C is None:
    pytest.skip("searchq was installed without a compiler: nothing was built in C", allow_module_level=True)

SEGMENT = 300  # documents of each segment
LIVES = (None, np.arange(SEGMENT) % 3 > 0, np.zeros(SEGMENT, np.bool_))
DOCS = st.lists(st.integers(0, SEGMENT - 1) | st.integers(60, 70), max_size=40)
LISTS = st.lists(st.tuples(st.integers(0, 2), DOCS, st.integers(0, 31)), max_size=8)


def check(work: Callable[[], Any]) -> None:
    same_without((unions,), work)


def listed(lists: list[tuple[int, list[int]]] | list[tuple[int, list[int], int]], kind: Any) -> list[Listed]:
    return [Listed(SEGMENT * at, LIVES[at], np.array(docs, kind), *bit or [0]) for at, docs, *bit in lists]


@settings(max_examples=60)
@given(LISTS, st.sampled_from([np.uint16, np.int64]))
def test_documents_of_many_lists(lists: list[tuple[int, list[int], int]], kind: Any) -> None:
    for part in (0, 1):
        check(lambda part=part: marked_docs(listed(lists, kind), 3 * SEGMENT)[part])  # type: ignore[misc]
    marks = marked_docs(listed(lists, kind), 3 * SEGMENT)[1]
    values = np.random.default_rng(len(lists)).random(32, np.float32)
    for size in (32, 7, 0):
        check(lambda size=size: sum_marked(marks, values[:size]))  # type: ignore[misc]


def test_documents_are_those_marked_one_by_one() -> None:
    lists = [(1, [5, 3, 5, 0], 2), (0, [299, 0], 0), (1, [3, 4], 1), (2, [1], 0)]
    docs, marks = marked_docs(listed(lists, np.uint16), 3 * SEGMENT)
    assert dict(zip(docs.tolist(), marks.tolist(), strict=True)) == {0: 1, 299: 1, 304: 2, 305: 4}


def test_every_document_of_a_full_segment() -> None:
    every = np.arange(1 << 16).astype(np.uint16)
    docs, marks = marked_docs([Listed(0, None, every[::-1], 31), Listed(1 << 16, None, every, 0)], 1 << 17)
    assert docs.tolist() == list(range(1 << 17))
    assert set(marks[: 1 << 16].tolist()) == {1 << 31}
    assert set(marks[1 << 16 :].tolist()) == {1}


def test_sums_of_more_marks_than_are_remembered() -> None:
    marks = np.random.default_rng(3).integers(0, 1 << 12, 5_000).astype(np.uint32)
    check(lambda: sum_marked(marks, np.random.default_rng(4).random(12, np.float32)))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.binary(max_size=20), st.integers(-1, 33)), max_size=4), st.integers(0, 30))
def test_lists_of_any_bytes_are_refused_or_read(lists: list[tuple[bytes, int]], room: int) -> None:
    held = tuple(np.frombuffer(data[: len(data) // 2 * 2], np.uint16) for data, _ in lists)
    places = np.array([(0, bit) for _, bit in lists], np.int64)
    for live in (None, np.ones(9, np.bool_)):
        with suppress(ValueError):
            IN_C.marked_docs(held, (live,) * len(lists), places, np.empty(room, np.int64), np.empty(room, np.uint32))


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    docs, place = np.array([0, 7], np.uint16), np.array([0, 0])
    room, marks, scores = np.empty(2, np.int64), np.empty(2, np.uint32), np.ones(2, np.float32)
    wrong: list[tuple[Any, tuple[Any, ...]]] = [
        (IN_C.marked_docs, ((docs,), (None,), place, room[:1], marks)),
        (IN_C.marked_docs, ((docs,), (None,), place, room, marks[:1])),
        (IN_C.marked_docs, ((docs,), (), place, room, marks)),
        (IN_C.marked_docs, ((docs,), (None,), place[:1], room, marks)),
        (IN_C.marked_docs, ((docs,), (None,), np.array([0, 32]), room, marks)),
        (IN_C.marked_docs, ((docs,), (None,), np.array([0, -1]), room, marks)),
        (IN_C.marked_docs, ((docs,), (np.ones(7, np.bool_),), place, room, marks)),
        (IN_C.sum_marked, (marks, scores, scores[:1])),
        (IN_C.sum_marked, (marks, np.ones(33, np.float32), scores)),
    ]
    for function, arguments in wrong:
        with pytest.raises(ValueError, match="do not belong together"):
            function(*arguments)
        with pytest.raises((TypeError, BufferError, ValueError)):
            function(*arguments[:-1])
    for of_another_kind in (docs.astype(np.int64), None):
        with pytest.raises((TypeError, BufferError)):
            IN_C.marked_docs((of_another_kind,), (None,), place, room, marks)
    with pytest.raises(TypeError):
        IN_C.marked_docs([docs], (None,), place, room, marks)
