"""Filters and counts against a plain recount of the questions: any selections, exclusions and days."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.engines.embedded import facet_tables, facets
from searchq.engines.embedded.facet_tables import Matching
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.read.reader import open_snapshot
from searchq.query.facet_table import FACET_NAMES as FACETS
from searchq.query.facet_table import facet_named
from searchq.query.hits import FacetValue
from searchq.query.request import DateRange, FacetQuery, Request, Selection
from searchq.question import FrenchText, Question
from tests.query.shelf import AUTHORS, KEYWORDS, MINISTERS, PARTIES, passes, values_of, walked
from tests.writes import add

VALUES = {
    "minister": [*filter(None, MINISTERS), "justitie", "BUITENLANDSE ZAKEN", "zaken europese", "Defensie"],
    "portfolio": ["Justitie", "mobiliteit", "Europa"],
    "party": [*filter(None, PARTIES), "open vld", "sp.a"],
    "author": [*AUTHORS, "ines daoud", "CHLOE WOUTERS"],
    "keyword": [*KEYWORDS, "Sociale Media", "osterreich"],
    "title_part": ["Spoor", "stations"],
    "year": ["2011", "2012"],
    "status": ["answered", "open"],
    "reminders": ["0", "2"],
    "delay": ["0-30", "366+"],
}


@st.composite
def selections(draw: Any) -> Any:
    facet = draw(st.sampled_from(sorted(VALUES)))
    values = st.lists(st.sampled_from(VALUES[facet]), max_size=2).map(tuple)
    return Selection(facet, draw(values), draw(values))


days = st.none() | st.dates(dt.date(2010, 12, 1), dt.date(2014, 6, 1))
spans = st.builds(DateRange, days, days)
requests = st.builds(
    Request,
    text=st.sampled_from(("", "", "trein", "facebook OR bericht")),
    selections=st.lists(selections(), max_size=3).map(tuple),
    asked=st.just(DateRange()) | spans,
    answered=st.just(DateRange()) | spans,
    facets=st.just(tuple(FacetQuery(name, limit=1000) for name in FACETS)),
    histogram=st.just(True),
    fold=st.booleans(),
    limit=st.just(100),
)
quietly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quietly
@given(request=requests)
def test_totals_and_counts_are_those_of_a_plain_recount(shelf: Any, request: Any) -> None:
    engine, held = shelf
    hits = engine.search(request)
    matching = {hit.number for hit in walked(engine, Request(text=request.text, fold=False))}
    candidates = [question for question in held.values() if question.number in matching]
    found = [question for question in candidates if passes(question, request, held.values())]
    assert hits.total == len(found)
    assert {number for hit in hits.hits for number in (hit.number, *(one.number for one in hit.siblings))} <= {
        q.number for q in found
    }
    for facet in hits.facets:
        others = [q for q in candidates if passes(q, request, held.values(), without=facet.name)]
        counts = Counter(value for question in others for value in values_of(question, facet.name))
        shown = {value.value: value.count for value in facet.values}
        assert counts == {value: count for value, count in shown.items() if count and value in counts}
        assert facet.distinct == len(counts)
        assert facet.missing == sum(not values_of(question, facet.name) for question in others)


@pytest.fixture
def view(shelf: Any) -> SnapshotCache:
    """What a test keeps of a snapshot, for itself."""
    return SnapshotCache(open_snapshot(shelf[0].directory))


@pytest.mark.parametrize("fitting", [0, 0.6, 1])  # share of documents whose values all stand in the table
@pytest.mark.parametrize("name", ["keyword", "title_part", "portfolio", "minister"])
@settings(quietly, max_examples=20)  # of each of twelve cases
@given(data=st.data())
def test_counts_are_those_of_a_plain_recount(
    shelf: Any, view: SnapshotCache, monkeypatch: pytest.MonkeyPatch, fitting: float, name: str, data: Any
) -> None:
    _, held = shelf
    monkeypatch.setattr(facet_tables, "_FITTING", fitting)
    docs = np.array(sorted(data.draw(st.sets(st.sampled_from(view.live_docs.tolist())))), np.intp)
    found = [held[view.snapshot.number(doc)] for doc in docs.tolist()]
    counted = facets.count_facet(FacetQuery(name, limit=1000), Matching(docs, view), (), view)
    counts = Counter(value for question in found for value in values_of(question, name))
    assert {value.value: value.count for value in counted.values} == counts
    assert counted.missing == sum(not values_of(question, name) for question in found)


@quietly
@given(request=requests, interval=st.sampled_from((None, "year", "quarter", "month", "day")))
def test_the_histogram_holds_every_dated_question_once_and_has_no_gaps(shelf: Any, request: Any, interval: Any) -> None:
    engine, held = shelf
    hits = engine.search(replace(request, interval=interval, fold=False))
    found = [held[hit.number] for hit in walked(engine, replace(request, fold=False))]
    histogram = hits.histogram
    dated = [question.date for question in found if question.date]
    assert histogram.undated == len(found) - len(dated)
    assert [bar.count for bar in histogram.bars] == [
        sum(bar.first <= day <= bar.last for day in dated) for bar in histogram.bars
    ]
    assert sum(bar.count for bar in histogram.bars) == len(dated)
    assert all(
        after.first == before.last + dt.timedelta(days=1)
        for before, after in zip(histogram.bars, histogram.bars[1:], strict=False)
    )
    if dated:
        assert histogram.bars[0].first <= min(dated) <= histogram.bars[0].last
        assert histogram.bars[-1].first <= max(dated) <= histogram.bars[-1].last


@pytest.mark.parametrize(
    ("days", "interval"), [(20, "day"), (400, "month"), (5 * 365, "quarter"), (20 * 365, "year"), (0, "day")]
)
def test_the_interval_suits_the_span(tmp_path: Path, days: Any, interval: str) -> None:
    from searchq.engines.embedded.engine import EmbeddedEngine
    from searchq.question import Question

    engine = EmbeddedEngine(tmp_path / "index")
    first = dt.date(2001, 1, 31)
    add(engine, [Question("5-1", date=first), Question("5-2", date=first + dt.timedelta(days=days))])
    histogram = engine.search(Request(histogram=True)).histogram
    assert histogram.interval == interval
    assert len(histogram.bars) < 40


def test_a_facet_is_counted_without_its_own_selection(shelf: Any) -> None:
    engine, held = shelf
    chosen = Request(selections=(Selection("party", ("Ecolo",)),), facets=(FacetQuery("party"), FacetQuery("status")))
    party, status = engine.search(chosen).facets
    counts = Counter(question.party for question in held.values() if question.party)
    assert {value.value: value.count for value in party.values} == counts
    assert [value.value for value in party.values if value.selected] == ["Ecolo"]
    assert sum(value.count for value in status.values) == counts["Ecolo"]


def test_a_selected_value_stays_visible_at_zero(shelf: Any) -> None:
    engine, _ = shelf
    request = Request(
        text="facebook",
        selections=(Selection("party", ("sp.a",), exclude=("ecolo",)), Selection("minister", ("justitie",))),
        facets=(FacetQuery("party", limit=0), FacetQuery("minister", limit=0)),
    )
    party, minister = engine.search(request).facets
    assert FacetValue("sp.a", 0, selected=True) in party.values
    assert [value.value for value in party.values if value.excluded] == ["Ecolo"]
    assert [(value.value, value.selected) for value in minister.values] == [("justitie", True)]


def test_values_are_searched_within_a_facet_whatever_their_case_and_accents(shelf: Any) -> None:
    engine, _ = shelf
    (facet,) = engine.search(Request(facets=(FacetQuery("keyword", contains="OSTER"),))).facets
    assert [value.value for value in facet.values] == ["Österreich"]


def test_values_come_by_count_or_in_order(shelf: Any) -> None:
    engine, _ = shelf
    by_count, by_value = engine.search(
        Request(facets=(FacetQuery("keyword"), FacetQuery("keyword", order="value")))
    ).facets
    assert by_count.values == tuple(sorted(by_value.values, key=lambda value: (-value.count, value.value)))
    assert [value.value for value in by_value.values] == sorted(value.value for value in by_value.values)


def test_an_unknown_value_lets_nothing_through_and_names_the_nearest(shelf: Any) -> None:
    engine, _ = shelf
    hits = engine.search(Request(selections=(Selection("party", ("Ecola",)),)))
    assert hits.total == 0
    assert [(hint.code, hint.values.get("nearest")) for hint in hits.hints] == [("unknown-value-nearest", "Ecolo")]


def test_a_minister_is_found_by_title_then_portfolio_then_words(shelf: Any) -> None:
    engine, held = shelf

    def found(typed: Any) -> Any:
        return {
            hit.number for hit in walked(engine, Request(selections=(Selection("minister", (typed,)),), fold=False))
        }

    justice = {question.number for question in held.values() if question.minister == MINISTERS[0]}
    foreign = {question.number for question in held.values() if question.minister == MINISTERS[1]}
    assert found("MINISTER VAN JUSTITIE") == justice
    assert found("justitie") == justice
    assert found("Europa") == foreign
    assert found("europese zaken") == foreign


def test_days_the_wrong_way_round_are_swapped_with_a_hint(shelf: Any) -> None:
    engine, _ = shelf
    late, early = dt.date(2012, 6, 1), dt.date(2012, 1, 1)
    hits = engine.search(Request(asked=DateRange(late, early)))
    assert hits.total == engine.search(Request(asked=DateRange(early, late))).total > 0
    assert [hint.code for hint in hits.hints] == ["dates-swapped"]


def test_the_keywords_of_a_question_told_in_french_only_are_values_of_the_facet() -> None:
    values = facet_named("keyword").values
    french = FrenchText(keywords=("musée",))
    assert values(Question("5-1", french=french)) == ("musée",)
    assert values(Question("5-1", keywords=("museum",), french=french)) == ("museum",)
    assert values(Question("5-1")) == ()
