"""Words that begin alike, found in C in all zones of all segments, are those that a plain recount finds."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.index.format.strings import strings
from searchq.index.read import zone_words

IN_C: Any = zone_words.in_c
if IN_C is None:
    pytest.skip("searchq was installed without a compiler: nothing was built in C", allow_module_level=True)

WORDS = st.text("aé€\U0001f600\ud800", max_size=4).map("f".__add__) | st.text("abz", max_size=3)
ZONES = 2
TABLE = st.dictionaries(
    WORDS, st.lists(st.integers(0, 3), min_size=ZONES, max_size=ZONES), max_size=9
)  # documents each


def arrays_of(tables: Sequence[dict[str, list[int]]], zones: int = ZONES) -> tuple[tuple[Any, ...], ...]:
    """The words of each segment; for each zone of each the rows of those it holds, and where their documents begin."""
    words = [sorted(table) for table in tables]
    packed = [strings(own) for own in words]
    rows, starts = [], []
    for zone in range(zones):
        for table, own in zip(tables, words, strict=True):
            held = [number for number, word in enumerate(own) if table[word][zone] > 0]
            rows.append(np.array(held, np.uint32))
            starts.append(np.cumsum([0, *(table[own[number]][zone] for number in held)]).astype(np.uint32))
    return tuple(one.blob for one in packed), tuple(one.starts for one in packed), tuple(rows), tuple(starts)


def ranges_of(tables: Sequence[dict[str, list[int]]], prefix: str) -> Any:
    return np.array([strings(sorted(table)).prefix_range(prefix) for table in tables], np.int64).reshape(-1, 2)


@settings(max_examples=120)
@given(
    st.lists(TABLE, min_size=1, max_size=3), st.sampled_from(("f", "fa", "fé", "", "q")), st.sampled_from((0, 3, 99))
)
def test_words_of_zones(tables: list[dict[str, list[int]]], prefix: str, most: int) -> None:
    found = np.full((ZONES, len(tables), 2), -1, np.int64)
    words = IN_C.zone_words(*arrays_of(tables), ranges_of(tables, prefix), most, found)
    alike = sorted({word for table in tables for word in table if word.startswith(prefix)})
    if len(alike) > most:
        assert words is None
        return
    for zone, own in enumerate(words):
        assert own == [word for word in alike if any(table.get(word, [0] * ZONES)[zone] for table in tables)]
        for table, (first, end) in zip(tables, found[zone].tolist(), strict=True):
            before = sum(count[zone] for word, count in table.items() if word < prefix)
            assert first == before
            assert end - first == sum(count[zone] for word, count in table.items() if word.startswith(prefix))


def by_hand(**changes: Any) -> tuple[Any, ...]:
    """One segment, one zone: `fiets` in two documents, `fietsen` in none, `trein` in one."""
    packed = strings(["fiets", "fietsen", "trein"])
    parts = {
        "blobs": (packed.blob,),
        "starts": (packed.starts,),
        "rows": (np.array([0, 1, 2], np.uint32),),
        "row_starts": (np.array([0, 2, 2, 3], np.uint32),),
        "ranges": np.array([0, 2]),
        "most": 9,
        "found": np.zeros(2, np.int64),
    }
    return tuple((parts | changes).values())


def test_a_word_that_no_document_holds_does_not_occur() -> None:
    found = np.zeros(2, np.int64)
    assert IN_C.zone_words(*by_hand(found=found)) == [["fiets"]]
    assert found.tolist() == [0, 2]
    assert IN_C.zone_words((), (), (), (), np.zeros(0, np.int64), 9, np.zeros(0, np.int64)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"blobs": ()},
        {"blobs": [np.zeros(3, np.uint8)]},
        {"blobs": (np.zeros(3, np.uint8),)},
        {"starts": (np.array([0, 1, 0], np.uint32),)},
        {"starts": (np.array([0, 1], np.uint32),)},
        {"starts": (np.zeros(3, np.int64),)},
        {"rows": (np.array([0], np.uint32),)},
        {"rows": (np.array([1, 1, 0], np.uint32),), "ranges": np.array([1, 2])},
        {"row_starts": (np.zeros(0, np.uint32),)},
        {"ranges": np.array([0, 3, 4])},
        {"ranges": np.array([0, 4])},
        {"ranges": np.array([2, 1])},
        {"ranges": np.array([-1, 1])},
        {"found": np.zeros(3, np.int64)},
        {"found": np.zeros(4, np.int64)},
    ],
)
def test_arrays_that_do_not_belong_together_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="do not belong together"):
        IN_C.zone_words(*by_hand(**changes))


@settings(max_examples=200)
@given(st.binary(max_size=12), *(st.lists(st.integers(0, 6), max_size=6) for _ in range(4)))
def test_tables_of_any_bytes_are_read_or_refused(
    blob: bytes, starts: list[int], rows: list[int], row_starts: list[int], ranges: list[int]
) -> None:
    table = np.frombuffer(blob, np.uint8), np.array(starts, np.uint32)
    zone = np.array(rows, np.uint32), np.array(row_starts, np.uint32)
    for segments in (1, 2):
        bounds, found = np.resize(np.array([*ranges, 0]), 2 * segments), np.zeros(2 * segments, np.int64)
        with suppress(ValueError):  # also of letters that are none
            IN_C.zone_words(*((one,) * segments for one in (*table, *zone)), bounds, 20, found)
