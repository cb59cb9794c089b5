"""Rows without end: what costs the square of a row would keep these tests busy for an hour."""

import json
import tracemalloc
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents import parse
from searchq.documents.char_plausibility import naturalness
from searchq.documents.charset import composed, decode
from searchq.documents.mojibake import repair
from searchq.errors import DocumentError
from searchq.question import Question, Source
from searchq.record_json import to_json
from tests.documents.written import NLFR_PRINT, STRIPPED, document, read_one

GRAVE_BELOW, ACUTE = "\u0316", "\u0301"
MARKS = (ACUTE + GRAVE_BELOW) * 1_000_000  # each second one belongs before the one that precedes it


def test_a_letter_keeps_thirty_marks_of_a_million() -> None:
    assert decode(f"een {MARKS}a{MARKS} b".encode()) == composed(f"een {MARKS[:30]}a{MARKS[:30]} b")


@given(st.text(st.sampled_from([ACUTE, GRAVE_BELOW, "e", "é", "-", "–", "\u034f", " "]), max_size=30))
def test_a_text_of_fewer_marks_is_composed_as_unicode_says(text: Any) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)


def test_marks_that_a_record_spells_out_are_as_few() -> None:
    record = to_json(Question("5-1", title=f"a{MARKS}", source=Source("a.txt")))
    assert len(read_one(json.dumps(record), media="record").title or "") <= 31


@pytest.mark.parametrize("unit", ["a’", "a-a’s", "Ž’a", "é’‘s"])
def test_a_row_of_apostrophes_is_judged(unit: str) -> None:
    assert isinstance(naturalness(unit * 20_000), float)


def test_nothing_is_remembered_of_a_text_without_blanks() -> None:
    tracemalloc.start()
    try:
        texts = [repair(f"{number}{'Ž' * 500_000}") for number in range(8)]
        longest = len(texts.pop())
        texts.clear()
        assert tracemalloc.get_traced_memory()[0] < longest
    finally:
        tracemalloc.stop()


def test_two_authors_may_be_any_number() -> None:
    authors = "de a " + "van a " * 1_000_000
    page = NLFR_PRINT.replace("de Lore Vermeersch (Open Vld)\n", authors + "\n")
    assert read_one(page).number == "6-512"


def test_a_first_line_that_spells_out_a_number_without_end_is_text() -> None:
    line = f"LEG=4&NR=6596&#{'9' * 5000};"
    with pytest.raises(DocumentError, match="layout of no written question"):
        parse(document(f"{line}\n{STRIPPED}"))


def test_a_record_nested_as_deep_as_calls_may_go_is_rejected() -> None:
    for depth in range(1, 1500):
        line = f'{{"number": "5-1", "source": {{}}, "title": {"[" * depth}{"]" * depth}}}'
        with pytest.raises(DocumentError, match="it is no"):
            parse(document(line, media="record"))
