"""Tables of strings are merged in C as they are in Python."""

from itertools import compress, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.index.format.strings import strings
from searchq.index.write.merge_terms import _union, _union_in_python

tables = pytest.importorskip("searchq.kernel.tables", reason="searchq was installed without a compiler")

WORD = st.text(st.characters(exclude_characters="\n"), max_size=12) | st.sampled_from(
    ["", "trein", "treinen", "trein\0", "\0", "\ud83d", "\uffff", "🚂", "é", "wiskundeonderwijs", "wiskundeonderzoek"]
)
TABLE = st.lists(st.tuples(WORD, st.booleans()), max_size=12, unique_by=lambda one: one[0])


@given(st.lists(TABLE, min_size=1, max_size=4))
def test_the_union_is_that_of_python(given: list[list[tuple[str, bool]]]) -> None:
    own = [strings(word for word, _ in table) for table in given]
    wanted = [np.array([is_wanted for _, is_wanted in table], np.bool_) for table in given]
    (fast, ranks), (slow, expected) = _union(own, wanted), _union_in_python(own, wanted)
    assert fast.tolist() == slow.tolist() == sorted({word for table in given for word, kept in table if kept})
    assert [(one.dtype, one.tolist()) for one in ranks] == [(one.dtype, one.tolist()) for one in expected]
    for table, mask, rank in zip(own, wanted, ranks, strict=True):
        kept = compress(table.tolist(), mask)
        assert [fast[number] for number in rank if number >= 0] == list(kept)


@given(st.binary(max_size=20), st.lists(st.integers(0, 25), max_size=8), st.integers(-1, 1))
def test_starts_that_are_none_of_a_blob_are_refused(blob: bytes, starts: list[int], more: int) -> None:
    wanted = np.ones(max(len(starts) - 1 + more, 0), np.bool_)
    within = len(starts) == 1 or starts[-1:] <= [len(blob)]
    good = len(starts) == len(wanted) + 1 and starts == sorted(set(starts)) and within
    table = (blob, np.array(starts, np.uint32), wanted)
    if not good:
        with pytest.raises(ValueError, match="starts"):
            tables.sorted_union([table])
    else:
        union, (ranks,) = tables.sorted_union([table])
        cut = sorted({blob[start : end - 1] for start, end in pairwise(starts)})
        assert union == b"".join([one + b"\n" for one in cut])
        assert len(ranks) == 4 * len(wanted)


@pytest.mark.parametrize("wrong", [5, [5], [(b"", b"")], [(b"a\n", "x", b"")], [(b"a\n", b"\0" * 8, None)]])
def test_what_is_no_table_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError):
        tables.sorted_union(wrong)


def test_a_table_before_a_wrong_one_is_given_back() -> None:
    blob = bytearray(b"a\n")
    with pytest.raises(TypeError):
        tables.sorted_union([(blob, np.array([0, 2], np.uint32), b"\1"), 5])
    blob.append(1)  # which is refused while anything holds the bytes
