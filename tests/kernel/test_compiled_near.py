"""Documents with words near each other, found in C, are those that loops over every position find."""

from contextlib import suppress
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.engines.embedded.execution.phrase_match import Reach
from searchq.index.read.postings import STRIDE
from searchq.kernel import built
from tests.kernel.stored_rows import Places, stored

IN_C: Any = built("near")
if IN_C is None:
    pytest.skip("searchq was installed without a compiler: nothing was built in C", allow_module_level=True)

DOCS = 8  # in a segment
Words = list[list[Places]]  # the rows of each word in a segment
PLACES = st.dictionaries(
    st.integers(0, DOCS - 1),
    st.sets(st.integers(0, 90) | st.integers(0, 1 << 17), min_size=1, max_size=8).map(sorted),
    min_size=1,
)
REACH = st.builds(
    lambda low, more, one_way: Reach(low, low + more, one_way), st.integers(0, 3), st.integers(0, 80), st.booleans()
)
Live = st.none() | st.lists(st.booleans(), min_size=DOCS, max_size=DOCS)


class Part(NamedTuple):
    """A segment: the rows of each word, and which of its documents are live; None: all."""

    words: Words
    live: list[bool] | None


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    count = draw(st.integers(2, 3))
    words = st.lists(st.lists(PLACES, min_size=1, max_size=2), min_size=count, max_size=count)
    return draw(st.lists(st.builds(Part, words, Live), min_size=1, max_size=2))


def found(some: list[Part], reach: Reach, *, skips: bool = False) -> list[tuple[int, list[float]]]:
    """The documents that C finds, each with how often it holds each word."""
    rows = [stored(row, skips) for part in some for word in part.words for row in word]
    count, room = len(some[0].words), 1_000 * len(some)
    shape = [number for at, part in enumerate(some) for number in (1_000 * at, *map(len, part.words))]
    docs, counts = np.empty(room, np.int64), np.empty((count, room), np.float32)
    lives = tuple(None if part.live is None else np.array(part.live) for part in some)
    filled = IN_C.near_docs(tuple(chain(*rows)), np.array(shape), lives, *reach, docs, counts, 0)
    return [(int(docs[at]), counts[:, at].tolist()) for at in range(filled)]


def expected(some: list[Part], reach: Reach) -> list[tuple[int, list[float]]]:
    """The same by loops over every position."""
    answer = []
    for at, part in enumerate(some):
        for doc in sorted(set().union(*(row for word in part.words for row in word))):
            held = [sorted(place for row in word for place in row.get(doc, ())) for word in part.words]
            if all(held) and (part.live is None or part.live[doc]) and near(held, reach):
                answer.append((1_000 * at + doc, [float(len(own)) for own in held]))
    return answer


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


@settings(max_examples=150)
@given(parts(), REACH)
def test_documents_with_words_near_each_other(some: list[Part], reach: Reach) -> None:
    assert found(some, reach) == expected(some, reach)


@settings(max_examples=30)
@given(st.integers(1, 40), st.integers(1, 7), st.sets(st.integers(0, 899), min_size=1, max_size=5), REACH)
def test_rare_words_beside_frequent_ones(gap: int, each: int, rare: set[int], reach: Reach) -> None:
    often = {doc: [*range(doc % 50, doc % 50 + gap * (1 + doc % each), gap)] for doc in range(900) if doc % 11}
    some = [Part([[{doc: [doc % 50 + gap] for doc in rare}], [often]], None)]
    assert found(some, reach, skips=True) == found(some, reach) == expected(some, reach)


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(st.sets(st.integers(0, 9), min_size=1), st.binary(max_size=40), st.binary(max_size=12)),
        min_size=1,
        max_size=4,
    ),
    REACH,
    st.booleans(),
)
def test_rows_of_any_bytes_are_refused_or_read(
    rows: list[tuple[set[int], bytes, bytes]], reach: Reach, are_told: bool
) -> None:
    arrays: list[Any] = []
    for held, data, skips in rows:
        told = np.frombuffer(skips[: len(skips) // 4 * 4], np.uint32) if are_told else None
        arrays += [np.array(list(held), np.uint16), np.frombuffer(data, np.uint8), told]
    for sizes in ([1] * len(rows), [len(rows)]):
        with suppress(ValueError):
            docs, counts = np.empty(10, np.int64), np.empty((len(sizes), 10), np.float32)
            IN_C.near_docs(tuple(arrays), np.array([0, *sizes]), (None,), *reach, docs, counts, 0)


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    docs, places, none = *stored({0: [1, 2], 1: [3]}, False)[:2], None
    room, counts, row = np.empty(2, np.int64), np.empty((1, 2), np.float32), (docs, places, none)
    one = np.array([0, 1])
    assert IN_C.near_docs(row, one, (none,), 1, 1, True, room, counts, 0) == 2
    wrong: list[tuple[Any, ...]] = [
        (row, one, (none,), 1, 1, True, room[:1], none, 0),
        (row, one, (none,), 1, 1, True, room, none, 1),
        (row, one, (none,), 1, 1, True, room, none, -1),
        (row, one, (none,), 1, 1, True, room, counts[:, :1].copy(), 0),
        (row, np.array([0, 2]), (none,), 1, 1, True, room, none, 0),
        (row, np.array([0, 0]), (none,), 1, 1, True, room, none, 0),
        (row, np.array([0]), (none,), 1, 1, True, room, none, 0),
        (row, np.array([0, 1, 0, 1]), (none,), 1, 1, True, room, none, 0),
        (row, one, (), 1, 1, True, room, none, 0),
        (row, one, (np.ones(1, np.bool_),), 1, 1, True, room, none, 0),
        (row * 2, one, (none,), 1, 1, True, room, none, 0),
        (row[:2], one, (none,), 1, 1, True, room, none, 0),
        ((docs[:0], places, none), one, (none,), 1, 1, True, room, none, 0),
        ((docs, places[1:], none), one, (none,), 1, 1, True, room, none, 0),
    ]
    for arguments in wrong:
        with pytest.raises(ValueError, match="do not belong together"):
            IN_C.near_docs(*arguments)
        with pytest.raises((TypeError, BufferError, ValueError)):
            IN_C.near_docs(*arguments[:-1])
    for of_another_kind in ((places, places, none), (docs, docs, none), (docs, none, none), (docs, places, docs)):
        with pytest.raises((TypeError, BufferError)):
            IN_C.near_docs(of_another_kind, one, (none,), 1, 1, True, room, none, 0)


def test_the_stride_is_that_of_the_kept_places() -> None:
    assert IN_C.STRIDE == STRIDE
