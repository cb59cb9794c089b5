"""A writer finds questions by number alike, however many it is asked for."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.index.write import merge_policy
from searchq.index.write.merge_policy import NumberLookup
from searchq.index.write.prepare import prepare
from searchq.index.write.writer import IndexWriter
from searchq.question import Question

NUMBERS = st.sampled_from(["5-1", "5-10", "5-2", "56-1-123", "6-7", "é", "\ud83d"])


@given(st.sets(NUMBERS, min_size=1), st.lists(NUMBERS, max_size=12), st.integers(0, 5))
def test_every_number_is_found_where_it_is(held: set[str], asked: list[str], few: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge_policy, "_FEW_NUMBERS", few)
        part = prepare([Question(number) for number in sorted(held, reverse=True)]).part
        lookup, numbers = NumberLookup(part), part.numbers.tolist()
        for number in asked:
            assert lookup.find(number) == (numbers.index(number) if number in held else -1)


@pytest.mark.parametrize("few", [0, 300])
def test_questions_of_segments_and_of_the_buffer_are_counted_once(
    few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge_policy, "_FEW_NUMBERS", few)
    for rows in (["5-1", "5-2"], ["5-2", "5-3"], ["5-4"]):
        with IndexWriter(tmp_path) as writer:
            for number in rows:
                writer.add(prepare([Question(number, title=number)]))
                writer.add(prepare([Question(number, title=f"{number} once more")]))
            writer.commit()
    with IndexWriter(tmp_path) as writer:
        assert writer.doc_count == 4
        assert [number in writer for number in ("5-1", "5-2", "5-3", "5-4", "5-5")] == [True] * 4 + [False]
        assert [writer.delete("5-2"), writer.delete("5-2")] == [True, False]
        assert writer.doc_count == 3
        assert writer.entry("5-2") is None
        writer.add(prepare([Question("5-2", title="back")]))
        assert writer.entry("5-3").question.title == "5-3 once more"
        assert writer.doc_count == 4
        writer.commit()
