"""Tables of strings are merged, and strings numbered, in C as they are in Python."""

from itertools import compress, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.index.format.strings import strings
from searchq.index.write.merge_terms import _union, _union_in_python
from searchq.index.write.term_ids import _numbered, _numbered_in_python

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


KEY: Any = st.text(max_size=3) | st.tuples(st.floats(0, 1), st.text(max_size=2))


@given(st.lists(st.lists(KEY, max_size=12), max_size=3))
def test_keys_are_numbered_in_order_of_first_use(given: Any) -> None:
    fast: dict[Any, int] = {}
    slow: dict[Any, int] = {}
    for keys in given:
        numbers = _numbered(keys, fast)
        assert numbers.dtype == np.int32
        assert numbers.tolist() == _numbered_in_python(keys, slow).tolist()
    assert list(fast.items()) == list(slow.items()) == [(key, number) for number, key in enumerate(fast)]


@pytest.mark.parametrize("wrong", [(["a"],), (("a",), {}), (["a"], []), ([[]], {}), (["a"], {"a": "x"})])
def test_what_cannot_be_numbered_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError):
        tables.numbered(*wrong)


@pytest.mark.parametrize("number", [-1, 1 << 31, 1 << 70])
def test_numbers_beyond_those_of_a_table_are_refused(number: int) -> None:
    with pytest.raises((ValueError, OverflowError)):
        tables.numbered(["a"], {"a": number})


def test_a_key_may_shorten_the_list_it_stands_in() -> None:
    class Key(str):
        def __hash__(self) -> int:
            keys.clear()
            return 1

    keys: Any = [Key("a"), "b"]
    with pytest.raises(ValueError, match="fewer"):
        tables.numbered(keys, {})
