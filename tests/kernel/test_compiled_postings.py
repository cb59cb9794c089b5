"""Postings made in C are those that NumPy makes, and damaged arrays are refused."""

from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import astuple

from searchq.index.format.encoding import WEIGHT_BOUNDS, starts_of
from searchq.index.write import invert as steps

IN_C: Any = steps.in_c
if IN_C is None:
    pytest.skip("searchq was installed without a compiler: nothing was built in C", allow_module_level=True)

WORD = st.integers(0, 5) | st.integers(0, 5000) | st.integers(0, 1 << 20)
GAP = st.integers(1, 3) | st.integers(60, 70) | st.integers(1, 1 << 20)
DOCUMENTS = st.lists(st.lists(st.tuples(WORD, GAP), max_size=12), max_size=12)
MEANING = st.lists(
    st.tuples(st.integers(0, 9) | st.integers(0, 1 << 20), st.sampled_from([1.0, 0.7, 0.5, 0.25])),
    max_size=4,
    unique_by=lambda one: one[0],
)
WEIGHT = st.sampled_from([0.0, 0.5, 1.0, 3.0, 5.5])
Documents = list[list[tuple[int, int]]]


def arrays(made: Any) -> list[Any]:
    return [(array.dtype, array.tolist()) for array in astuple(made)]


def as_zone(documents: Documents, most: int = 1 << 20) -> tuple[Any, Any, Any]:
    words = np.array([word % most for document in documents for word, _ in document], np.int32)
    positions = [np.cumsum([gap for _, gap in document]) - 1 for document in documents]
    return words, np.concatenate([[], *positions]).astype(np.int32), np.array([len(one) for one in documents], np.int64)


def without_c(work: Any) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(steps, "in_c", None)
        return work()


@settings(max_examples=80)
@given(DOCUMENTS)
def test_words_are_inverted_alike(documents: Documents) -> None:
    zone = as_zone(documents)
    assert arrays(steps.invert(*zone)) == arrays(without_c(lambda: steps.invert(*zone)))


@settings(max_examples=80)
@given(st.lists(st.tuples(WEIGHT, DOCUMENTS), max_size=4), st.lists(MEANING, min_size=1, max_size=30))
def test_zones_are_combined_alike(
    zones: list[tuple[float, Documents]], meanings: list[list[tuple[int, float]]]
) -> None:
    made = [(weight, steps.invert(*as_zone(documents, len(meanings)))) for weight, documents in zones]
    made.append((1.0, steps.invert(*as_zone([[(word, 1) for word in range(len(meanings))]]))))
    starts = starts_of(np.array([len(one) for one in meanings])).astype(np.uint32)
    terms = np.array([term for one in meanings for term, _ in one], np.uint32)
    weights = np.array([weight for one in meanings for _, weight in one], np.float32)
    in_c = steps.combine(made, starts, terms, weights)
    assert arrays(in_c) == arrays(without_c(lambda: steps.combine(made, starts, terms, weights)))


def test_the_weights_of_a_term_in_many_documents_are_summed_whatever_their_number() -> None:
    zone = as_zone([[(doc % 3, 1)] * (1 + doc % 5) for doc in range(3000)])
    made = [(weight, steps.invert(*zone)) for weight in (1.0, 2.5)]
    meaning = np.arange(4, dtype=np.uint32), np.array([7, 9, 7], np.uint32), np.array([1, 0.7, 0.5], np.float32)
    assert arrays(steps.combine(made, *meaning)) == arrays(without_c(lambda: steps.combine(made, *meaning)))


INTEGERS = st.lists(st.integers(-2, 9) | st.integers(-(2**31), 2**31 - 1), max_size=8)


@settings(max_examples=150)
@given(INTEGERS, INTEGERS, INTEGERS)
def test_damaged_words_are_refused(words: list[int], positions: list[int], lengths: list[int]) -> None:
    with suppress(ValueError):
        IN_C.invert(*(np.array(one, np.int32) for one in (words, positions, lengths)))


@settings(max_examples=150)
@given(st.data())
def test_damaged_zones_are_refused(data: st.DataObject) -> None:
    def drawn(dtype: Any) -> Any:
        return np.array(data.draw(INTEGERS), np.int64).astype(dtype)

    zone = (1.0, drawn(np.uint32), drawn(np.uint32), drawn(np.uint16), drawn(np.uint8))
    with suppress(ValueError):
        IN_C.combine((zone,), drawn(np.uint32), drawn(np.uint32), drawn(np.float32), WEIGHT_BOUNDS)


@settings(max_examples=100)
@given(DOCUMENTS, st.sampled_from([1, 2, 3, 4]), st.integers(0, 40), st.integers(0, 2**16 - 1))
def test_one_altered_number_of_a_zone_does_no_harm(documents: Documents, which: int, at: int, value: int) -> None:
    made = steps.invert(*as_zone(documents, 20))
    own = [made.rows.copy(), made.starts.copy(), made.docs.copy(), made.places.copy()]
    if len(own[which - 1]):
        own[which - 1][at % len(own[which - 1])] = value & (255 if which == 4 else 65535)
    meaning = np.arange(21, dtype=np.uint32), np.arange(20, dtype=np.uint32) % 3, np.ones(20, np.float32)
    with suppress(ValueError):
        IN_C.combine(((1.0, *own),), *meaning, WEIGHT_BOUNDS)


def test_what_is_no_array_is_refused() -> None:
    with pytest.raises(TypeError):
        IN_C.invert(b"", None)
    with pytest.raises(TypeError):
        IN_C.combine([], None, None, None, WEIGHT_BOUNDS)
    with pytest.raises(TypeError):
        IN_C.combine((1,), None, None, None, WEIGHT_BOUNDS)
    with pytest.raises(ValueError, match="do not belong"):
        IN_C.combine(((1.0, None, None, None, None),), None, None, None, WEIGHT_BOUNDS)
    with pytest.raises(ValueError, match="do not belong"):
        IN_C.invert(np.array([-1], np.int32), np.array([0], np.int32), np.array([1]))
