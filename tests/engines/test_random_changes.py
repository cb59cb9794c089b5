"""Whatever is put, replaced and deleted, the embedded engine then holds, counts and tells what the plain one does.

Scores are left out: those of the embedded engine count deleted questions until they are merged away.
"""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.engine import Engine
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.query.facet_table import FACET_NAMES
from searchq.question import Question
from tests.engines.parliament import QUESTIONS, facet_queries, requests
from tests.plain_engine import PlainEngine

TEXTS = ("", "", "trein OF station", '"sociale media"', "partij:ecolo", "titel:bericht NIET vraag:trein", "5-1*")

Change = tuple[str, Question, Question]
changes = st.tuples(
    st.sampled_from(("put", "put", "put", "delete")), st.sampled_from(QUESTIONS), st.sampled_from(QUESTIONS)
)
DAYS = [dt.datetime(2026, 3, day, 6, tzinfo=dt.UTC) for day in range(1, 29)]
moments = st.none() | st.sampled_from(DAYS)
batches = st.lists(
    st.tuples(st.sampled_from(("commit", "commit", "rebuild", "abort")), moments, st.lists(changes, max_size=12)),
    min_size=1,
    max_size=4,
)
asked = st.lists(requests, min_size=3, max_size=6)


def change(engine: Engine, batch: tuple[str, dt.datetime | None, list[Change]]) -> None:
    """Put questions, some with what another says, and delete others; committed unless the batch says no."""
    way, moment, steps = batch
    with engine.update(moment=moment, rebuild=way == "rebuild") as update:
        for kind, question, other in steps:
            if kind == "put":
                update.put(replace(other, number=question.number))
            else:
                update.delete(question.number)
        if way != "abort":
            update.commit()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(batches=batches, asked=asked, queries=st.lists(facet_queries, max_size=4), data=st.data())
def test_after_any_changes_both_hold_and_count_the_same(
    tmp_path_factory: pytest.TempPathFactory, batches: Any, asked: Any, queries: Any, data: Any
) -> None:
    plain, embedded = PlainEngine(QUESTIONS[:3]), EmbeddedEngine(tmp_path_factory.mktemp("index"))
    change(embedded, ("commit", None, [("put", question, question) for question in QUESTIONS[:3]]))
    for batch in batches:
        change(plain, batch)
        change(embedded, batch)
    ours, theirs = plain.about(), embedded.about()
    assert (theirs.questions, theirs.first_day, theirs.last_day, theirs.known_day) == (
        ours.questions,
        ours.first_day,
        ours.last_day,
        ours.known_day,
    )
    assert embedded.numbers() == plain.numbers()
    numbers = [question.number for question in QUESTIONS]
    assert embedded.questions(numbers) == plain.questions(numbers)
    assert embedded.complete("5-", asked[0], 10) == plain.complete("5-", asked[0], 10)
    for number in numbers:
        assert embedded.siblings(number) == plain.siblings(number)
        assert embedded.cited_by(number, 9) == plain.cited_by(number, 9)
    for request in asked:
        sort = "newest" if request.sort == "relevance" else request.sort
        request = replace(request, text=data.draw(st.sampled_from(TEXTS)), sort=sort, facets=tuple(queries))
        one, other = plain.search(request), embedded.search(request)
        assert (other.total, other.groups, other.hits) == (one.total, one.groups, one.hits)
        assert (other.facets, other.histogram, other.hints) == (one.facets, one.histogram, one.hints)
        after = data.draw(st.integers(0, 4))
        expected, found = plain.news(request, after=after), embedded.news(request, after=after)
        assert replace(found, highlight=()) == replace(expected, highlight=())
        by = data.draw(st.sampled_from(FACET_NAMES))
        assert embedded.statistics(by, request) == plain.statistics(by, request)
