"""String tables: found, ranged over and walked as a sorted list would be."""

from typing import Any

from hypothesis import given
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


def test_a_long_walk_is_decoded_in_pieces_and_stays_in_order() -> None:
    texts = [f"{number:06}" for number in range(2000)]
    assert list(strings(texts).walk(3, 1999)) == texts[3:1999]


def test_half_a_character_survives() -> None:
    assert strings(["\ud800"]).tolist() == ["\ud800"]
