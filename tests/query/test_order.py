"""Sorts, pages and folding against sorting all hits in plain Python."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.engines.embedded.ranked_order import top_k
from searchq.query.request import SORTS, Request
from searchq.waiting import waiting_days
from tests.query.shelf import integer_of, walked

COLUMNS = {
    "newest": ("date", -1),
    "oldest": ("date", 1),
    "answered": ("answer_date", -1),
    "longest-delay": ("waited", -1),
    "shortest-delay": ("delay_days", 1),
    "number": ("number_order", 1),
}


def value_of(question: Any, name: Any, known: Any) -> Any:
    """An integer of a question, or the days that it waited: to its answer, or as far as the index knows."""
    if name != "waited":
        return integer_of(question, name)
    return waiting_days(question, known) if question.delay_days is None else question.delay_days


def key(question: Any, sort: Any, known: Any, score: float = 0.0) -> Any:
    """The place of a question: what is missing comes last; then newest, then number."""
    name, direction = COLUMNS.get(sort, (None, 1))
    value = value_of(question, name, known) if name else None
    date = integer_of(question, "date")
    return (
        -score,
        (value is None, direction * (value or 0)),
        (date is None, -(date or 0)),
        integer_of(question, "number_order"),
    )


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=60), st.integers(0, 70))
def test_the_best_are_the_first_of_a_full_sort(pairs: Any, wanted: Any) -> None:
    columns = np.array(pairs, np.int64).reshape(-1, 2)
    keys = [lambda places: columns[places, 0], lambda places: columns[places, 1]]
    expected = sorted(range(len(pairs)), key=lambda place: (*pairs[place], place))[:wanted]
    assert top_k(keys, len(pairs), min(wanted, len(pairs))).tolist() == expected


@given(st.integers(0, 3000), st.integers(1, 3000), st.integers(1, 50), st.randoms(use_true_random=False))
def test_the_best_of_many_are_the_first_of_a_full_sort(count: int, wanted: int, spread: int, chance: Any) -> None:
    values = np.array([chance.choice((0, chance.randrange(spread), 7)) for _ in range(count)], np.int64)
    wanted = min(wanted, count)
    found = top_k([lambda places: values[places]], count, wanted)
    assert found.tolist() == values.argsort(kind="stable")[:wanted].tolist()


@pytest.mark.parametrize("text", ["", "trein", "trein OR facebook OR bericht"])
@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_is_total_and_what_is_missing_comes_last(shelf: Any, sort: Any, text: str) -> None:
    engine, held = shelf
    hits = walked(engine, Request(text=text, sort=sort, fold=False))
    ranked = "newest" if sort == "relevance" and not text else sort
    scores = {hit.number: hit.score if sort == "relevance" and text else 0.0 for hit in hits}
    known = max(day for one in held.values() for day in (one.date, one.answer_date, one.last_seen) if day)
    assert engine.about().known_day == known
    expected = sorted(scores, key=lambda number: key(held[number], ranked, known, scores[number]))
    assert [hit.number for hit in hits] == expected


@pytest.mark.parametrize("fold", [True, False])
@pytest.mark.parametrize("limit", [1, 7, 100])
def test_pages_make_up_the_whole_without_overlap(shelf: Any, fold: bool, limit: int) -> None:
    engine, _ = shelf
    request = Request(text="trein OR bericht", fold=fold, limit=limit, texts="header")
    whole = walked(engine, request)
    pages = []
    for page in range(1, len(whole) // limit + 3):
        pages += engine.search(replace(request, page=page)).hits
    assert pages == whole


@pytest.mark.parametrize("sort", SORTS)
def test_siblings_fold_under_their_best(shelf: Any, sort: Any) -> None:
    engine, held = shelf
    flat = [hit.number for hit in walked(engine, Request(text="trein", sort=sort, fold=False))]
    groups: dict[object, list[str]] = {}
    for number in flat:
        groups.setdefault(integer_of(held[number], "sibling_group"), []).append(number)
    folded = walked(engine, Request(text="trein", sort=sort))
    assert [[hit.number, *(one.number for one in hit.siblings)] for hit in folded] == list(groups.values())
    hits = engine.search(Request(text="trein", sort=sort))
    assert (hits.total, hits.groups) == (len(flat), len(groups))
    assert any(hit.siblings for hit in folded)
