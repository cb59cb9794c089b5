"""Positions written as bytes and read back, in blocks so small that postings and numbers lie across them."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.index.format import positions
from searchq.index.format.encoding import encode_varints
from searchq.index.format.positions import posting_bytes, read_frequencies, read_positions

FAR = 1 << 20  # between two origins

steps = st.integers(1, 100) | st.integers(1, 20_000)
postings = st.lists(st.lists(steps, min_size=1, max_size=6).map(lambda gaps: list(accumulate(gaps))), max_size=8)


@pytest.fixture(autouse=True, scope="module", params=[1, 3, 1 << 17])
def block(request: Any) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(positions, "_BLOCK", request.param)
        yield


def written(found: Any) -> Any:
    """The bytes of a row: the first number of a posting odd, the others even (see `part.ZonePostings`)."""
    moves = [
        2 * place + 1 if number == 0 else 2 * (place - posting[number - 1])
        for posting in found
        for number, place in enumerate(posting)
    ]
    return encode_varints(np.array(moves, np.int64))[0]


@given(found=postings, wide=st.booleans(), data=st.data())
def test_absolute_positions_are_counted_from_an_origin(found: Any, wide: Any, data: Any) -> None:
    row = written(found)
    chosen = data.draw(st.none() | st.sets(st.sampled_from(range(len(found) or 1)), max_size=len(found)))
    some = range(len(found)) if chosen is None else sorted(chosen)
    origins = np.arange(len(some)).astype(np.int64 if wide else np.int32) * FAR
    read = read_positions(row, origins, None if chosen is None else np.array(some, np.intp))  # type: ignore[arg-type]
    assert read.tolist() == [number * FAR + place for number, one in enumerate(some) for place in found[one]]
    assert read.dtype == origins.dtype


@given(found=postings)
def test_frequencies_are_how_many_positions_a_posting_has(found: Any) -> None:
    row = written(found)
    assert read_frequencies(row).tolist() == [len(posting) for posting in found]
    assert len(posting_bytes(row)) == len(found) + 1
