"""Filters, bars, pages and plots as the templates get them."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.engines.embedded.statistics import StatisticsRow  # type: ignore[attr-defined]
from searchq.query.facet_table import facet_named
from searchq.query.hits import FacetCounts, FacetValue, Histogram, HistogramBar
from searchq.query.request import DateRange, Request, Selection
from searchq.results.page import ResultPage
from searchq.web import filters
from searchq.web.plots import delay_chart, nice_ticks
from searchq.web.results import pagination
from searchq.web.timeline import MAX_LABELS, timeline


def test_a_facet_links_to_the_search_with_and_without_each_value() -> None:
    counts = FacetCounts("party", (FacetValue("MR", 4, selected=True), FacetValue("PS", 1)), 9, 0)
    facet = filters.facet(counts, Request(text="trein", selections=(Selection("party", ("MR",)),), page=2))
    assert facet.values == [
        filters.Value("MR", 4, "/?q=trein", 100.0, True, False),
        filters.Value("PS", 1, "/?q=trein&party=MR&party=PS", 25.0, False, False),
    ]
    assert facet.all_path == "/filter/party?q=trein&party=MR"


def test_the_facet_of_delays_says_what_it_leaves_out() -> None:
    counts = FacetCounts("delay", (FacetValue("0-30", 4),), 1, 1200, undated=1150)
    assert filters.facet(counts, Request()).left_out == (
        "1.150 antwoorden van de Kamer niet meegeteld: zij publiceert de dag ervan niet."
    )
    assert filters.facet(replace(counts, undated=0), Request()).left_out is None


def test_delays_stand_in_order_of_length() -> None:
    (delay,) = (query for query in filters.side_queries() if query.name == "delay")
    assert delay.order == "value"
    bands = sorted(("0-30", "181-365", "31-60", "366+", "91-180"), key=facet_named("delay").rank)
    assert bands == ["0-30", "31-60", "91-180", "181-365", "366+"]


def test_questions_without_a_value_have_an_entry_of_their_own() -> None:
    counts = FacetCounts("party", (FacetValue("MR", 4),), 1, 3)
    facet = filters.facet(counts, Request(text="trein"))
    assert facet.values[-1] == filters.Value("zonder partij", 3, "/?q=trein&party=%28none%29", 75.0, False, False)
    assert facet.all_path is None
    chosen = replace(counts, missing_selected=True)
    request = Request(text="trein", selections=(Selection("party", ("(none)",)),))
    assert filters.facet(chosen, request).values[-1] == filters.Value(
        "zonder partij", 3, "/?q=trein", 75.0, True, False
    )


def test_a_value_too_long_for_an_address_has_no_link() -> None:
    facet = filters.facet(FacetCounts("title_part", (FacetValue("x" * 600, 1),), 1, 0), Request())
    assert facet.values[0].path is None


def test_active_filters_can_be_taken_away_or_turned_around() -> None:
    request = Request(
        selections=(Selection("party", ("Open Vld",), ("MR",)),),
        asked=DateRange(dt.date(2013, 1, 1), dt.date(2013, 12, 31)),
    )
    dates = "from=2013-01-01&to=2013-12-31"
    assert filters.active_filters(request) == [
        filters.Active(
            "Partij", "Open Vld", False, f"/?not_party=MR&{dates}", f"/?not_party=MR&not_party=Open+Vld&{dates}"
        ),
        filters.Active("Partij", "MR", True, f"/?party=Open+Vld&{dates}", f"/?party=Open+Vld&party=MR&{dates}"),
        filters.Active("Gevraagd", "2013", False, "/?party=Open+Vld&not_party=MR", None),
    ]


def histogram(interval: str, counts: list[int]) -> Histogram:
    bars = [HistogramBar(dt.date(1995 + at, 1, 1), dt.date(1995 + at, 12, 31), n) for at, n in enumerate(counts)]
    return Histogram(interval, tuple(bars), 0)  # type: ignore[arg-type]


def test_a_bar_is_the_filter_for_its_year() -> None:
    bars = timeline(histogram("year", [4, 0, 1]), Request(text="trein", page=4)).bars
    assert [(bar.name, bar.questions, bar.height, bar.path) for bar in bars] == [
        ("1995", 4, 100.0, "/?q=trein&from=1995-01-01&to=1995-12-31"),
        ("1996", 0, 0.0, "/?q=trein&from=1996-01-01&to=1996-12-31"),
        ("1997", 1, 25.0, "/?q=trein&from=1997-01-01&to=1997-12-31"),
    ]


def test_one_question_among_thousands_has_a_bar_to_see() -> None:
    assert timeline(histogram("year", [9000, 1]), Request()).bars[1].height == 2.0


@given(st.lists(st.integers(0, 9), min_size=2, max_size=120))
def test_labels_are_few_enough_to_read(counts: Any) -> None:
    labels = [bar.label for bar in timeline(histogram("year", [5, *counts]), Request()).bars if bar.label]
    assert 1 <= len(labels) <= MAX_LABELS


@pytest.mark.parametrize(
    ("page", "pages", "steps"),
    [(1, 1, []), (1, 3, [1, 2, 3]), (1, 9, [1, 2, 3, None, 9]), (5, 9, [1, None, 3, 4, 5, 6, 7, None, 9])],
)
def test_pages_around_the_present_one(page: int, pages: int, steps: Any) -> None:
    found = pagination(ResultPage(Request(page=page, limit=10), 0, pages * 10, ()))
    assert [step and step[0] for step in found.steps] == steps


def test_the_first_page_has_no_number_in_its_address() -> None:
    assert pagination(ResultPage(Request(text="x", page=2), 0, 40, ())).previous == "/?q=x"


@given(st.integers(1, 100_000))
def test_ticks_reach_the_highest_in_few_round_steps(most: Any) -> None:
    ticks = nice_ticks(most)
    assert ticks[0] == 0 and ticks[-2] < most <= ticks[-1] and len(ticks) <= 6


def row(value: str, median: float | None, p90: int | None) -> StatisticsRow:
    return StatisticsRow(value, 1, 1, 0, 0, 0, 0, 0, median, p90)


def test_a_plot_goes_from_left_to_right_and_higher_is_longer() -> None:
    drawn = delay_chart([row("2012", 10, 20), row("2013", None, None), row("2014", 30, 60)])
    (left, right) = drawn.points
    assert (left.label, right.label) == ("2012", "2014")
    assert left.x < right.x and right.p90 < right.median < left.median < drawn.base


def test_one_year_makes_no_line() -> None:
    assert delay_chart([row("2012", 10, 20)]) is None
