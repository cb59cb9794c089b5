"""Documents located, scored and ranked in C are those that NumPy finds."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.engines.embedded import array_steps, ranked_order
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.format.encoding import starts_of
from searchq.index.schema import MISSING
from tests.kernel.twins import same_without

IN_C: Any = array_steps.in_c
if IN_C is None:
    pytest.skip("searchq was installed without a compiler: nothing was built in C", allow_module_level=True)

MAX_DOC = 600
DOCS = (st.sets(st.integers(0, MAX_DOC - 1), max_size=40) | st.sets(st.integers(0, MAX_DOC - 1), min_size=300)).map(
    sorted
)
WIDTHS = st.sampled_from([np.int32, np.int64])
SCORES = st.floats(0, 100, width=32)


def check(work: Callable[[], Any]) -> None:
    same_without((array_steps, ranked_order), work)


@settings(max_examples=40)
@given(DOCS, DOCS, WIDTHS, WIDTHS)
def test_common_documents(one: list[int], other: list[int], width: Any, another: Any) -> None:
    left, right = np.array(one, width), np.array(other, another)
    check(lambda: np.concatenate(array_steps.locate(left, right, MAX_DOC)))
    here, there = array_steps.locate(left, right, MAX_DOC)
    assert left[here].tolist() == right[there].tolist() == sorted({*one} & {*other})


@settings(max_examples=40)
@given(DOCS, st.data())
def test_scores_of_terms_joined(held: list[int], data: st.DataObject) -> None:
    docs, chance = np.array(held, np.intp), np.random.default_rng(data.draw(st.integers(0, 99)))
    norms, weights = (chance.random(size, np.float32) + np.float32(0.1) for size in (MAX_DOC, len(docs)))
    check(lambda: array_steps.score_terms(docs, weights, norms, np.float32(data.draw(st.just(3.7)))))
    check(lambda: array_steps.weighted(docs, weights, norms))
    for join in (np.add, np.maximum):

        def joined(join: np.ufunc = join) -> Any:
            totals = norms.copy()
            array_steps.join_scores(docs, weights, join, totals)
            return totals

        check(joined)


@settings(max_examples=40)
@given(st.lists(DOCS, max_size=5), WIDTHS)
def test_in_how_many_lists_documents_are(parts: list[list[int]], width: Any) -> None:
    def counted() -> Any:
        counts = np.zeros(MAX_DOC, np.uint16)
        for part in parts:
            array_steps.count_docs(np.array(part, width), counts)
        return counts

    check(counted)
    assert counted().tolist() == [sum(doc in part for part in map(set, parts)) for doc in range(MAX_DOC)]
    for beyond in (MAX_DOC, -1):
        with pytest.raises(ValueError, match="do not belong together"):
            IN_C.count_docs(np.array([beyond], width), np.zeros(MAX_DOC, np.uint16))
    with pytest.raises(TypeError, match="another size"):
        IN_C.count_docs(np.array([0], width), np.zeros(MAX_DOC, np.uint8))


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 4) | st.sampled_from((65_534, 65_535)), max_size=200), st.integers(-1, 5) | st.integers()
)
def test_documents_counted_often_enough(counted: list[int], least: int) -> None:
    counts = np.array(counted, np.uint16)
    if abs(least) < 1 << 63:
        check(lambda: array_steps.counted_docs(counts, least))
        found = array_steps.counted_docs(counts, least).tolist()
        assert found == [doc for doc, count in enumerate(counted) if count >= least]
        if found:
            with pytest.raises(ValueError, match="do not belong together"):
                IN_C.counted_docs(counts, least, np.zeros(len(found) - 1, np.intp))
    else:
        with pytest.raises(OverflowError):
            IN_C.counted_docs(counts, least, np.zeros(len(counts), np.intp))


def test_what_counts_no_documents_is_refused() -> None:
    for given_ in (
        (np.zeros(3, np.uint8), 1, np.zeros(3, np.intp)),
        (np.zeros(3, np.uint16), 1, np.zeros(3, np.int32)),
    ):
        with pytest.raises(TypeError, match="another size"):
            IN_C.counted_docs(*given_)


@settings(max_examples=40)
@given(DOCS, st.integers(1, 7), st.sampled_from([np.uint8, np.uint16, np.uint32]))
def test_codes_counted_in_rows(held: list[int], width: int, kind: Any) -> None:
    rows = np.random.default_rng(width).integers(0, 90, (MAX_DOC, width)).astype(kind)
    check(lambda: array_steps.count_rows(rows, np.array(held, np.intp), 90))


@settings(max_examples=40)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=20), st.data(), st.integers(1, 8))
def test_words_near_each_other(lengths: list[int], data: st.DataObject, window: int) -> None:
    bases = starts_of(np.array(lengths) + window + 1)
    places = [base + place for base, size in zip(bases.tolist(), lengths, strict=False) for place in range(size)]
    left, right = (np.array(sorted(data.draw(st.sets(st.sampled_from(places)))), np.int64) for _ in "ab")
    right = np.setdiff1d(right, left)  # two words are at two places

    def gains() -> Any:
        found = np.full(len(lengths), 0.5, np.float32)
        array_steps.join_near(left, right, bases, window, found)
        return found

    check(gains)


class Columns:
    """A snapshot of two columns, with many equal and some missing values."""

    live = None

    def __init__(self, seed: int) -> None:
        chance = np.random.default_rng(seed)
        self.max_doc = MAX_DOC
        days = chance.integers(0, 4, MAX_DOC).astype(np.int32)
        numbers = chance.integers(-2, 5, MAX_DOC)
        self._columns = {
            "date": np.where(days == 0, np.int32(MISSING), days),
            "number_order": np.where(numbers == 0, MISSING, numbers),
        }

    def integers(self, name: str) -> Any:
        return self._columns[name]


@settings(max_examples=60)
@given(DOCS, st.data(), st.integers(0, 50))
def test_the_best_matches(held: list[int], data: st.DataObject, seed: int) -> None:
    view, docs, chance = SnapshotCache(Columns(seed)), np.array(held, np.intp), np.random.default_rng(seed)  # type: ignore[arg-type]
    scores = chance.choice(np.array([0, 0.5, 1, 1.5], np.float32), len(docs))
    partial = data.draw(st.sampled_from([None, chance.random(len(docs)) < 0.4]))
    wanted = data.draw(st.integers(0, len(docs)))
    some = np.array(sorted(data.draw(st.sets(st.integers(0, len(docs) - 1)))) if held else [], np.intp)

    def order() -> ranked_order.Order:
        return ranked_order.order_of("relevance", view, docs, scores, partial)

    check(lambda: order().first(wanted))
    check(lambda: order().best_of(some, wanted))


@settings(max_examples=40)
@given(st.integers(1, 40 * MAX_DOC), st.integers(1, 12), st.integers(1, 5000), st.integers(0, 1 << 20))
def test_the_best_of_many_matches(size: int, wanted: int, levels: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    view, docs = SnapshotCache(Columns(seed)), np.sort(chance.integers(0, MAX_DOC, size))  # type: ignore[arg-type]
    scores = chance.integers(-levels, levels, size).astype(np.float32)

    def first(partial: Any) -> Any:
        return ranked_order.order_of("relevance", view, docs, scores, partial).first(wanted)

    for are_partial in (None, chance.random(size) < 0.99, np.ones(size, np.bool_)):
        check(partial(first, are_partial))


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    two, three, byte = np.zeros(2, np.int64), np.zeros(3, np.int64), np.zeros(2, np.bool_)
    score, scores = np.ones(1, np.float32), np.ones(2, np.float32)
    far = np.array([0, 64])
    wrong = [
        (IN_C.locate, (three, three, two, two)),
        (IN_C.impacts, (two, score, scores, 1.0, scores)),
        (IN_C.impacts, (two, scores, scores, 1.0, score)),
        (IN_C.impacts, (far, scores, scores, 1.0, scores)),
        (IN_C.impacts, (-far, scores, scores, 1.0, scores)),
        (IN_C.weigh, (two, score, scores, scores)),
        (IN_C.weigh, (two, scores, scores, score)),
        (IN_C.weigh, (far, scores, scores, scores)),
        (IN_C.weigh, (-far, scores, scores, scores)),
        (IN_C.join_scores, (two, score, False, scores)),
        (IN_C.join_scores, (far, scores, True, scores)),
        (IN_C.join_scores, (-far, scores, True, scores)),
        (IN_C.join_near, (two, two, two, 1, scores)),
        (IN_C.join_near, (far, two, three, 1, scores)),
        (IN_C.join_near, (-far, two, three, 1, scores)),
        (IN_C.count_rows, (byte, 1, far, two)),
        (IN_C.count_rows, (byte, 1, -far, two)),
        (IN_C.count_rows, (byte, 0, two, two)),
        (IN_C.count_rows, (byte, 1 << 40, two, two)),
        (IN_C.count_rows, (two, 1, two, two)),
        (IN_C.count_rows, (np.array([[9]], np.uint32), 1, two, two)),
        (IN_C.first_places, (two, score, None, two, two, MISSING, None, two)),
        (IN_C.first_places, (two, scores, byte[:1], two, two, MISSING, None, two)),
        (IN_C.first_places, (two, scores, byte, two, three, MISSING, None, two)),
        (IN_C.first_places, (two, scores, byte, two, two, MISSING, None, three)),
        (IN_C.first_places, (two, scores, byte, two, two, MISSING, far, two)),
        (IN_C.first_places, (two, scores, byte, two, two, MISSING, -far, two)),
        (IN_C.first_places, (far, scores, byte, two, two, MISSING, None, two)),
        (IN_C.first_places, (-far, scores, byte, two, two, MISSING, None, two)),
    ]
    for function, arguments in wrong:  # what is written is a copy
        with pytest.raises(ValueError, match="do not belong together"):
            function(*(each.copy() if isinstance(each, np.ndarray) else each for each in arguments))
    for function, arguments in wrong:
        with pytest.raises((TypeError, BufferError, ValueError)):
            function(*arguments[:-1])
        with pytest.raises((TypeError, BufferError)):
            function(*arguments[:-1], np.zeros(8, np.int16))
    assert IN_C.locate(two, three[:0], two[:0], two[:0]) == 0


def test_documents_out_of_order_stay_within_their_arrays() -> None:
    chance = np.random.default_rng(1)
    for _ in range(200):
        left, right = (chance.integers(0, 9, chance.integers(0, 90)) for _ in "ab")
        room = min(len(left), len(right))
        here, there = np.full(room + 1, -7), np.full(room + 1, -7)
        assert IN_C.locate(left, right, here[:room], there[:room]) <= room
        assert here[room] == there[room] == -7


@given(st.lists(st.integers(-9, 40)), st.lists(st.integers(-9, 40)))
def test_values_among_ascending_ones_are_told_as_by_membership(values: list[int], others: list[int]) -> None:
    found = array_steps.are_among(np.array(values, np.int64), np.array(sorted(others), np.int64))
    assert found.tolist() == [value in others for value in values]
