"""What is worked out for several segments side by side is what one after another gives; errors are told."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.engines.embedded import threads
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.engines.embedded.execution import phrase_match
from searchq.engines.embedded.threads import each_in_threads
from searchq.query.request import Request
from searchq.question import Question

TEXTS = ("van de trein", "de trein van de stad van de bus", "de bus van het station", "van de van de", "trein de van")
PHRASES = ('"van de"', "van NABIJ/3 de", "trein NABIJ/4 de NABIJ/4 van", '"van de stad"', '"station van"', '"fiets de"')


@pytest.fixture(autouse=True)
def four_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "_cores", lambda: 4)


@given(st.lists(st.integers(), max_size=12))
def test_each_item_has_its_result(items: list[int]) -> None:
    assert each_in_threads(str, items) == list(map(str, items))


@given(st.sets(st.integers(0, 11), min_size=1))
def test_the_error_of_an_item_is_raised(failing: set[int]) -> None:
    def work(item: int) -> int:
        if item in failing:
            raise LookupError(item)
        return item

    with pytest.raises(LookupError) as raised:
        each_in_threads(work, range(12))
    assert raised.value.args[0] in failing


def test_phrases_found_in_segments_side_by_side_are_those_found_in_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for first in range(0, 15, 5):  # a segment each
        with EmbeddedEngine(tmp_path).update() as update:
            for place, text in enumerate(TEXTS):
                question = Question(f"7-{first + place + 1}", title="Vervoer", question=f"{text} {text}")
                update.put(question, (question,))
            update.delete("7-3")
            update.commit()
    in_turn = [answers(tmp_path, text) for text in PHRASES]
    monkeypatch.setattr(phrase_match, "_AT_ONCE", -1)
    assert [answers(tmp_path, text) for text in PHRASES] == in_turn
    assert [len(found) > 6 for found in in_turn] == [True, True, True, False, False, False]


def answers(folder: Path, text: str) -> Any:
    engine = EmbeddedEngine(folder)
    assert len(engine._newest().snapshot.segments) == 3
    return [(hit.question.number, hit.score) for hit in engine.search(Request(text=text, limit=50)).hits]
