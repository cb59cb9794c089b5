"""What docs/dutch.md claims of the ranking, held on real queries; and that the measures measure."""

from pathlib import Path
from typing import Any

import pytest

from tests.measurements.ranking import (
    SETS,
    Run,
    average_precision,
    is_held_out,
    measured,
    ndcg,
    opened,
    reciprocal_rank,
)
from tests.measurements.significance import compared

FLOORS = {"titles MRR@10": 0.84, "descriptors nDCG@10": 0.41, "descriptors MAP@100": 0.318}
ONE_IN = 4  # queries asked here; `python tests/measurements/ranking.py` asks all


@pytest.fixture(scope="module")
def run(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    index = opened(shared, tmp_path_factory.mktemp("ranking"), ("question", "answer"))
    run: Run = {}
    for name in ("titles", "descriptors"):
        queries = SETS[name].queries(shared)
        run |= measured(index, name, {query: queries[query] for query in sorted(queries)[::ONE_IN]})
    return run


@pytest.mark.parametrize("measure", FLOORS)
def test_real_queries_find_what_they_should(run: Any, measure: Any) -> None:
    scores = run[measure].values()
    assert sum(scores) / len(scores) >= FLOORS[measure]


def test_a_hit_counts_more_the_higher_it_stands() -> None:
    first, third, none = [True], [False, False, True], [False] * 10
    for score in (reciprocal_rank, ndcg, average_precision):
        assert score(first, 1) == 1.0 > score(third, 1) > score(none, 1) == 0.0
    assert reciprocal_rank([False] * 10 + [True], 1) == 0.0
    assert average_precision([True, False, True], 2) == pytest.approx((1 + 2 / 3) / 2)


def test_about_half_of_the_queries_are_held_out() -> None:
    assert 400 < sum(is_held_out(f"vraag {number}") for number in range(1000)) < 600


def test_a_change_that_goes_both_ways_is_chance_and_one_that_goes_up_is_none() -> None:
    before = {str(query): 0.5 for query in range(200)}
    chance = {query: score + (0.1 if int(query) % 2 else -0.1) for query, score in before.items()}
    better = {query: score + (0.1 if int(query) % 5 == 0 else 0.0) for query, score in before.items()}
    assert not compared(before, chance).is_significant
    found = compared(before, better)
    assert found.is_significant
    assert (found.better, found.worse, found.queries) == (40, 0, 200)
    assert found.mean == pytest.approx(0.02)
    assert found.sign < 0.001
