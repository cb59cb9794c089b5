"""What a faulty writer may write has valid checksums; `check --deep` finds where it disagrees with itself."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.index.format.integrity import check
from searchq.index.read.deep_check import deep_faults
from searchq.index.read.reader import open_snapshot
from searchq.question import FrenchText, Question
from tests.index.forgery import change_array
from tests.index.plain_index import questions
from tests.index.test_damaged_files import add, largest
from tests.index.test_snapshot import histories, play

WORDS, COLUMNS, RECORDS = "words", "columns", "records"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two segments, one of them with deleted documents."""
    directory: Path = tmp_path_factory.mktemp("whole")
    french = FrenchText(title="le train")
    add(
        directory,
        *(
            Question(
                f"5-{number}",
                title=f"trein {number} spoor",
                keywords=("spoor", f"sleutel {number}"),
                question="de trein en het spoor " * (1 + number % 4),
                party=("MR", "Groen")[number % 2],
                french=french,
            )
            for number in range(10, 40)
        ),
    )
    add(directory, Question("5-10", title="tram"), Question("5-99", title="bus"))
    return directory


@pytest.fixture
def index(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "index"))


def test_an_index_as_it_is_written_agrees(index: Path) -> None:
    assert EmbeddedEngine(index).verify(deep=True) == []


@pytest.mark.usefixtures("eager")
@given(histories, st.lists(questions, max_size=3))
@settings(max_examples=8, deadline=None)
def test_whatever_history_an_index_has_it_agrees(tmp_path_factory: Any, history: Any, last: Any) -> None:
    folder = tmp_path_factory.mktemp("history")
    play(folder, [*history, last] if last else history)
    assert deep_faults(open_snapshot(folder)) == []


def swapped(first: int, second: int) -> Callable[[Any], None]:
    def change(array: Any) -> None:
        array[[first, second]] = array[[second, first]]

    return change


def put(place: int, value: int) -> Callable[[Any], None]:
    return lambda array: array.__setitem__(place, value)


def more(place: int) -> Callable[[Any], None]:
    return lambda array: array.__setitem__(place, array[place] + 1)


LIES: dict[str, tuple[str, str, Callable[[Any], object]]] = {  # the file, the array, and what it is made to say
    "words out of order": (WORDS, "nl/words/blob", put(0, ord("~"))),
    "a word that ends elsewhere": (WORDS, "nl/words/starts", more(2)),
    "words before the first": (WORDS, "nl/words/starts", put(0, 1)),
    "terms out of order": (WORDS, "nl/terms/blob", put(0, ord("~"))),
    "a line feed within a term": (WORDS, "nl/terms/blob", put(1, ord("\n"))),
    "a term beyond the last": (WORDS, "nl/word_terms", put(0, 10**6)),
    "another term": (WORDS, "nl/word_terms", swapped(0, 3)),
    "words of a term exchanged": (WORDS, "nl/term_words", swapped(0, 1)),
    "a kind that is not there": (WORDS, "nl/word_kinds", put(0, 200)),
    "rows of a zone out of order": (WORDS, "nl/title/rows", swapped(0, 1)),
    "a row of a word that is not there": (WORDS, "nl/title/rows", put(-1, 10**6)),
    "a document that is not there": (WORDS, "nl/title/docs", put(0, 60000)),
    "documents out of order": (WORDS, "nl/question/docs", swapped(-1, -2)),
    "a row that begins later": (WORDS, "nl/question/starts", more(1)),
    "positions that begin later": (WORDS, "nl/question/place_starts", more(1)),
    "a posting more": (WORDS, "nl/question/places", lambda array: np.bitwise_or(array, 1, out=array)),
    "French documents out of order": (WORDS, "fr/french_title/docs", swapped(0, 1)),
    "weighted documents out of order": (WORDS, "nl/combined/docs", swapped(-1, -2)),
    "weighted rows that end elsewhere": (WORDS, "nl/combined/starts", more(-1)),
    "another length": (COLUMNS, "length/title", more(4)),
    "a value that is not there": (COLUMNS, "facet/party/codes", put(0, 100)),
    "another value": (COLUMNS, "facet/party/codes", swapped(0, 1)),
    "no value": (COLUMNS, "facet/party/codes", put(0, -1)),
    "values out of order": (COLUMNS, "facet/keyword/codes", swapped(0, 1)),
    "values of another document": (COLUMNS, "facet/keyword/of", more(1)),
    "a facet renamed": (COLUMNS, "facet/party/blob", put(0, ord("F"))),
    "another order": (COLUMNS, "integer/number_order", swapped(0, 1)),
    "another number": (COLUMNS, "numbers/blob", put(2, ord("9"))),
    "numbers out of order": (COLUMNS, "number_order", swapped(0, 1)),
    "a number left out": (COLUMNS, "number_order", lambda array: array.__setitem__(0, array[1])),
    "a record of another question": (
        RECORDS,
        "records/header_starts",
        lambda array: array.__setitem__(slice(0, 2), array[1:3]),
    ),
    "a record that cannot be read": (RECORDS, "records/headers", put(12, 0)),
}


@pytest.mark.parametrize("what", LIES)
def test_what_disagrees_is_named_by_its_file(index: Path, what: str) -> None:
    extension, array, change = LIES[what]
    path = largest(index, extension)
    change_array(path, array, change)
    assert check(index) == []
    found = EmbeddedEngine(index).verify(deep=True)
    assert found
    assert all(one.startswith(path.stem) or "stored twice" in one for one in found), found


def test_a_number_stored_twice_is_named(index: Path) -> None:
    small = min(index.glob("*.columns"), key=lambda path: path.stat().st_size)
    change_array(small, "numbers/blob", lambda array: array.__setitem__(slice(2, 4), [ord("1"), ord("1")]))
    assert "5-11 is stored twice." in EmbeddedEngine(index).verify(deep=True)
