"""String tables: found, ranged over and walked as a sorted list would be."""

from bisect import bisect_left
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.index.format.strings import strings

lines = st.text(st.characters(exclude_characters="\n"), max_size=6)
tables = st.sets(lines, max_size=30).map(sorted)


@given(tables)
def test_a_table_gives_back_its_strings(texts: Any) -> None:
    table = strings(texts)
    assert table.tolist() == texts
    assert [table[number] for number in range(len(table))] == texts


@given(tables, lines)
def test_a_string_is_found_where_it_stands(texts: Any, text: Any) -> None:
    expected = texts.index(text) if text in texts else -1
    assert strings(texts).find(text) == expected


@given(tables, lines)
def test_a_prefix_range_holds_what_begins_so(texts: Any, prefix: Any) -> None:
    table = strings(texts)
    first, last = table.prefix_range(prefix)
    assert list(table.walk(first, last)) == [text for text in texts if text.startswith(prefix)]


@given(tables, st.lists(st.integers(0, 29)))
def test_several_strings_are_those_of_each_number(texts: Any, numbers: Any) -> None:
    table, some = strings(texts), [number for number in numbers if number < len(texts)]
    assert table.several(np.array(some, np.uint32)) == [texts[number] for number in some]


@settings(max_examples=20)
@given(st.sets(st.integers(0, 9_999), min_size=1), st.lists(st.integers(-1, 10_000), min_size=20, max_size=40))
def test_a_place_in_a_long_table_is_the_same_before_it_is_sampled_and_after(numbers: Any, sought: Any) -> None:
    texts = sorted(f"{number:05}{'x' * (number % 9)}" for start in numbers for number in range(start, start + 300))
    table = strings(dict.fromkeys(texts))
    texts = table.tolist()
    for number in sought:
        key = f"{number:05}x"
        assert table.lower_bound(key.encode()) == bisect_left(texts, key)
        assert table.prefix_range(key[:4]) == (bisect_left(texts, key[:4]), bisect_left(texts, key[:4] + "\x7f"))


def test_a_long_walk_is_decoded_in_pieces_and_stays_in_order() -> None:
    texts = [f"{number:06}" for number in range(2000)]
    assert list(strings(texts).walk(3, 1999)) == texts[3:1999]


def test_half_a_character_survives() -> None:
    assert strings(["\ud800"]).tolist() == ["\ud800"]
