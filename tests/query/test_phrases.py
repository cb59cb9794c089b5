"""Phrases and nearness against reading the words of each question one by one."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.engines.embedded.execution import phrase_match, spans
from searchq.engines.embedded.execution.execute import execute
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.read.reader import open_snapshot
from searchq.limits import MAX_WORD_DISTANCE
from searchq.query.request import Request
from searchq.query.tree import Near, Phrase, Term
from searchq.question import Question
from tests.query.shelf import WORDS
from tests.writes import add

words = st.sampled_from(WORDS)


@pytest.fixture(scope="module", params=["in C", "in Python", "a few at once in Python"])
def compared(request: Any) -> Iterator[Any]:
    """Positions are compared in C, if it was built, or in Python, some documents at a time."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "in C":
            patch.setattr(phrase_match, "in_c", None)
        if "few" in request.param:
            patch.setattr(phrase_match, "_BLOCK", 3)
        yield request.param


def holds(text: Any, row: Any, slop: Any) -> Any:
    """Whether a text holds the words of a row in order, each at most `slop` words after the one before."""
    spoken = text.split()
    reached = [place for place, word in enumerate(spoken) if word == row[0]]
    for wanted in row[1:]:
        reached = [p for p, word in enumerate(spoken) if word == wanted and any(0 < p - q <= slop for q in reached)]
    return bool(reached)


def is_near(text: Any, left: Any, right: Any, least: Any, most: Any) -> Any:
    spoken = text.split()
    gaps = [j - i for i, a in enumerate(spoken) if a == left for j, b in enumerate(spoken) if b == right]
    return any(least <= abs(gap) <= most for gap in gaps)


def terms(row: Any) -> Any:
    return tuple(Term("question_exact", word) for word in row)


@lru_cache
def opened(directory: Any) -> Any:
    """The snapshot of an index that is not written to any more: opening it takes longer than a query."""
    return open_snapshot(directory)


def found(engine: Any, tree: Any) -> Any:
    snapshot = opened(engine.directory)
    matches, _ = execute(tree, SnapshotCache(snapshot), seconds=60.0)  # whatever else the machine does
    return {snapshot.number(doc) for doc in matches.docs.tolist()}


@settings(deadline=None)
@given(row=st.lists(words, min_size=2, max_size=4), slop=st.integers(1, 5))
def test_phrases_are_found_as_by_reading(shelf: Any, compared: Any, row: Any, slop: Any) -> None:
    engine, held = shelf
    expected = {number for number, question in held.items() if holds(question.question or "", row, slop)}
    assert found(engine, Phrase("question_exact", tuple(row), slop)) == expected


@settings(deadline=None)
@given(pair=st.tuples(words, words), least=st.integers(0, 2), more=st.integers(0, 6))
def test_words_near_each_other_are_found_as_by_reading(
    shelf: Any, compared: Any, pair: Any, least: Any, more: Any
) -> None:
    engine, held = shelf
    tree = Near(terms(pair), least + more, least)
    asked = (*pair, least, least + more)
    assert found(engine, tree) == {n for n, question in held.items() if is_near(question.question or "", *asked)}


@settings(deadline=None, max_examples=30)
@given(
    row=st.lists(st.sampled_from(("trein", "station", "bericht")), min_size=2, max_size=3, unique=True),
    reach=st.integers(1, 4),
)
def test_stems_near_each_other_are_the_same_when_asked_again(shelf: Any, compared: Any, row: Any, reach: Any) -> None:
    engine, _ = shelf
    view = SnapshotCache(opened(engine.directory))
    tree = Near(tuple(Term("question", word) for word in row), reach, 0)
    (first, _), (again, _) = execute(tree, view, seconds=60.0), execute(tree, view, seconds=60.0)
    assert first.docs.tolist() == again.docs.tolist()
    assert first.score(None).tolist() == again.score(None).tolist()
    assert view.postings("question", "trein") is view.postings("question", "trein")  # trein and treinen, merged


@pytest.mark.parametrize("apart", [MAX_WORD_DISTANCE, 1 << 17])
def test_a_great_distance_is_within_one_document(tmp_path: Path, compared: Any, apart: int) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    texts = ("trein " + "en " * (apart - 1) + "station", "trein", "station")
    add(engine, [Question(f"5-{serial}", question=text) for serial, text in enumerate(texts, 1)])
    for reach in range(apart - 1, apart + 3):
        one = {"5-1"} if reach >= apart else set()
        assert found(engine, Near(terms(("trein", "station")), reach)) == one
        assert found(engine, Near(terms(("station", "trein")), reach)) == one
        assert found(engine, Phrase("question_exact", ("trein", "station"), reach)) == one


def test_phrases_in_a_field_of_very_many_values(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    values = [f"woord{number:02} einde" for number in range(60)]
    add(engine, [Question("5-1", keywords=tuple(values)), Question("5-2", keywords=("woord59 begin",))])
    for value in values:
        assert found(engine, Phrase("keywords_exact", tuple(value.split()))) == {"5-1"}
    assert found(engine, Phrase("keywords_exact", ("einde", "woord01"))) == set()


chains = st.lists(words, min_size=3, max_size=4)


@settings(deadline=None)
@given(row=chains, distance=st.integers(1, 6))
def test_chains_of_nearness_do_not_depend_on_how_many_pairs_are_compared_together(
    shelf: Any, row: Any, distance: Any
) -> None:
    engine, _ = shelf
    tree = Near(terms(row), distance)
    whole = found(engine, tree)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spans, "_PAIRS", 1)
        assert found(engine, tree) == whole


def test_words_near_each_other_in_too_many_ways_are_refused(shelf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, _ = shelf
    monkeypatch.setattr(spans, "_MAX_PAIRS", 0)
    hits = engine.search(Request(text="trein NEAR/9 station NEAR/9 de"))
    assert (hits.total, [hint.code for hint in hits.hints]) == (0, ["deadline"])


def test_what_is_kept_of_frequent_words_gives_the_same_answer_twice(shelf: Any) -> None:
    engine, held = shelf
    for pair in pairwise(WORDS):
        request = Request(text=f'"{" ".join(pair)}" OR {" NEAR/3 ".join(pair)}', fold=False, limit=100)
        first, second = engine.search(request), engine.search(request)
        assert first.hits == second.hits
        assert first.total == second.total <= len(held)
