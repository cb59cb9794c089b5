"""Rows kept with an index: whatever comes, changes and goes, a dictionary would know the same."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.indexing import rows as rows_module
from searchq.indexing.row_part import Row
from searchq.indexing.rows import Names, Rows

NAMES = Names("base", "journal")
KEYS = st.integers(0, 9) | st.sampled_from([2**64 - 1, 1 << 40])
STEP = st.tuples(st.booleans(), KEYS, st.integers(0, 3))  # whether it is put, the key, what is told


def opened(blobs: Any, generation: int = 0) -> Any:
    return Rows.load(blobs.get(NAMES.base, b""), blobs.get(NAMES.journal, b""), generation)


@given(st.lists(st.lists(STEP, max_size=6), max_size=5), st.sampled_from([0, 2, 1000]))
def test_run_after_run_the_rows_are_those_of_a_dictionary(runs: Any, least: int) -> None:
    rows, blobs, oracle = Rows.of(()), dict[str, bytes](), dict[int, bytes]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows_module, "_LEAST", least)
        for generation, steps in enumerate(runs):
            before = dict(oracle)
            for put, key, told in steps:
                line = f"{key % 3}/x\t{told}".encode()
                if put:
                    rows.put(Row(key, line))
                    oracle[key] = line
                else:
                    rows.forget(key)
                    oracle.pop(key, None)
                assert rows.now(key) == oracle.get(key)
                assert rows.line(key) == before.get(key)
            blobs |= rows.dump(NAMES, generation)
            assert opened(blobs, generation + 1) is None
            rows = opened(blobs, generation)
            for key in (*range(10), 2**64 - 1, 1 << 40):
                assert rows.line(key) == rows.now(key) == oracle.get(key)


def test_a_base_that_is_written_anew_holds_what_is_to_be_kept() -> None:
    rows = Rows.of(Row(key, b"\tx") for key in range(8))
    blobs = rows.dump(NAMES, 3, lambda key: key % 2 == 0)
    assert [opened(blobs, 3).line(key) for key in range(4)] == [b"\tx", None, b"\tx", None]


def test_two_blobs_that_do_not_belong_together_are_none() -> None:
    blobs, others = (Rows.of([Row(key, b"\tx")]).dump(NAMES) for key in (1, 2))
    assert Rows.load(blobs[NAMES.base], others[NAMES.journal]) is None
    assert Rows.load(blobs[NAMES.base][:-1], blobs[NAMES.journal]) is None


def test_what_a_run_changes_is_all_that_it_writes_and_all_that_it_reads() -> None:
    blobs = Rows.of(Row(key, f"\t{key} {'lang ' * 20}".encode()) for key in range(20_000)).dump(NAMES)
    rows = opened(blobs)
    rows.put(Row(99_999, b"\tnieuw"))
    rows.forget(7)
    assert rows.now(1234) is not None
    written = rows.dump(NAMES)
    assert (list(written), len(written[NAMES.journal]) < 200) == ([NAMES.journal], True)
    assert rows.held[1][0]._block.cache_info().misses == 1  # block of lines
