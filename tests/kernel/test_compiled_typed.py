"""Where the words of a query stand in documents, found in C, is where loops over every position find them."""

from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.index.read.postings import STRIDE
from searchq.kernel import built
from tests.kernel.stored_rows import Places, stored

IN_C: Any = built("typed")
if IN_C is None:
    pytest.skip("searchq was installed without a compiler: nothing was built in C", allow_module_level=True)

WINDOW = 6
SEGMENT = 1_000  # documents in each
NEARBY = st.sets(st.integers(0, 30) | st.integers(0, 1 << 17), min_size=1, max_size=6).map(sorted)
WORDS = st.lists(st.dictionaries(st.integers(0, 8) | st.integers(SEGMENT, SEGMENT + 8), NEARBY), min_size=1, max_size=4)
DOCS = st.sets(st.integers(0, 9) | st.integers(SEGMENT, SEGMENT + 9)).map(sorted)


def rows_of(word: Places, *, skips: bool) -> tuple[Any, ...]:
    """The rows of a word, one of each segment that holds it, as they are stored."""
    bases = sorted({doc - doc % SEGMENT for doc in word})
    return tuple(
        (base, *stored({doc - base: word[doc] for doc in word if 0 <= doc - base < SEGMENT}, skips)) for base in bases
    )


def factors(
    docs: list[int], words: list[Places], early: list[set[int]], pairs: list[tuple[int, int]], *, skips: bool = False
) -> list[float]:
    """What C finds, by logarithm: 1 for each half of a gain, 10 for each word, 20 for each list."""
    rows = tuple(rows_of(word, skips=skips) for word in words)
    lists = tuple(np.array(sorted(own), np.int32) for own in early)
    found = np.empty(len(docs), np.float32)
    tables = [
        2.0 ** (each * np.arange(size + 1, dtype=np.float32))
        for each, size in ((1, 2 * len(pairs)), (10, len(words)), (20, len(early)))
    ]
    flat = np.array(pairs, np.int32)
    assert IN_C.typed_factors(np.array(docs, np.int64), rows, lists, flat, WINDOW, *tables, found) == len(docs)
    return [float(number) for number in np.log2(found)]


def expected(docs: list[int], words: list[Places], early: list[set[int]], pairs: list[tuple[int, int]]) -> list[float]:
    """The same by loops over every position."""
    return [
        sum(gained(words[one].get(doc, []), words[other].get(doc, [])) for one, other in pairs)
        + 10 * sum(doc in word for word in words)
        + 20 * sum(doc in own for own in early)
        for doc in docs
    ]


def gained(one: list[int], other: list[int]) -> int:
    gaps = [abs(left - right) for left in one for right in other]
    return sum(any(gap <= reach for gap in gaps) for reach in (1, WINDOW))


@settings(max_examples=150)
@given(st.data(), DOCS, WORDS, st.lists(st.sets(st.integers(0, 9)), max_size=3), st.booleans())
def test_factors_of_documents(
    data: st.DataObject, docs: list[int], words: list[Places], early: list[set[int]], skips: bool
) -> None:
    places = st.integers(0, len(words) - 1)
    pairs = data.draw(st.lists(st.tuples(places, places), max_size=4))
    assert factors(docs, words, early, pairs, skips=skips) == expected(docs, words, early, pairs)


@settings(max_examples=30)
@given(st.sets(st.integers(0, 899), max_size=100).map(sorted), st.integers(1, 40))
def test_a_few_documents_of_frequent_words(docs: list[int], gap: int) -> None:
    often = {doc: [*range(doc % 50, doc % 50 + gap * (1 + doc % 7), gap)] for doc in range(900) if doc % 11}
    rare = {doc: [doc % 50 + gap] for doc in range(0, 900, 7)}
    early = [set(range(0, 900, 3)), set(range(400)), {899}]
    found = factors(docs, [often, rare], early, [(0, 1)], skips=True)
    assert found == factors(docs, [often, rare], early, [(0, 1)]) == expected(docs, [often, rare], early, [(0, 1)])


@settings(max_examples=150)
@given(
    DOCS, st.lists(st.dictionaries(st.integers(0, 9), st.sets(st.integers(0, 4), min_size=1).map(sorted)), max_size=4)
)
def test_documents_that_begin_with_some_words(docs: list[int], words: list[Places]) -> None:
    found = np.empty(len(docs), np.int64)
    count = IN_C.in_order(np.array(docs, np.int64), tuple(rows_of(word, skips=False) for word in words), found)
    wanted = [doc for doc in docs if all(place in word.get(doc, ()) for place, word in enumerate(words))]
    assert [docs[place] for place in found[:count]] == wanted


@settings(max_examples=200)
@given(
    st.lists(st.integers(-5, 1 << 17), max_size=5),
    st.lists(
        st.tuples(
            st.integers(-9, 9), st.lists(st.integers(0, 40), max_size=9), st.binary(max_size=40), st.binary(max_size=12)
        ),
        min_size=1,
        max_size=3,
    ),
    st.lists(st.integers(-2, 5), max_size=6),
    st.integers(0, 9),
)
def test_rows_of_any_bytes_are_refused_or_read(
    docs: list[int], given_rows: list[tuple[int, list[int], bytes, bytes]], pairs: list[int], size: int
) -> None:
    words = tuple(
        (
            (
                base,
                np.array(own, np.uint16),
                np.frombuffer(data, np.uint8),
                np.frombuffer(skips[: len(skips) // 4 * 4], np.uint32),
            ),
        )
        for base, own, data, skips in given_rows
    )
    asked, tables = np.array(docs, np.int64), [np.ones(size, np.float32)] * 3
    with suppress(ValueError):
        found = np.empty(len(docs), np.float32)
        IN_C.typed_factors(asked, words, (), np.array(pairs, np.int32), WINDOW, *tables, found)
    with suppress(ValueError):
        assert 0 <= IN_C.in_order(asked, words, np.empty(len(docs), np.int64)) <= len(docs)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ([], TypeError),
        (([],), TypeError),
        (((1,),), TypeError),
        (((0, b"", b""),), TypeError),
        ((((0, np.zeros(1, np.int64), b"", None),),), TypeError),
        ((((0, np.zeros(1, np.uint16), b"", None),),), ValueError),  # no posting
    ],
)
def test_other_arguments_are_refused(words: Any, error: type[Exception]) -> None:
    docs = np.zeros(1, np.int64)
    with pytest.raises(error):
        IN_C.in_order(docs, words, docs.copy())


def test_tables_of_another_size_are_refused() -> None:
    docs, one = np.zeros(2, np.int64), np.ones(1, np.float32)
    for pairs, found in ((np.array([0, 0], np.int32), docs), (np.array([], np.int32), docs[:1])):
        with pytest.raises(ValueError, match="belong together"):
            IN_C.typed_factors(docs, (), (), pairs, WINDOW, one, one, one, np.empty(len(found), np.float32))
    assert IN_C.STRIDE == STRIDE
