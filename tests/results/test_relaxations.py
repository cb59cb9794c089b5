import datetime as dt
from typing import Any

import pytest

from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.query.hints import Hint
from searchq.query.hits import Hits
from searchq.query.language import parse
from searchq.query.request import DateRange, Request, Selection
from searchq.results.page_builder import build_page
from searchq.results.relaxations import relaxations
from tests.results.vocabulary import NoIndex

SPRING = DateRange(dt.date(2013, 4, 1), dt.date(2013, 4, 30))


def read(text: Any) -> Any:
    return parse(text, NoIndex())


def ways(request: Any, finds: Any, **options: Any) -> Any:
    """What may be dropped, where `finds` tells how much a request would find."""

    def search(probe: Any) -> Any:
        return Hits(probe, finds(probe), finds(probe), ())

    found = relaxations(request, read(request.text), search, **options)
    return [(way.dropped, way.kind, way.total) for way in found]


def test_each_filter_and_each_word_is_tried_without() -> None:
    request = Request(
        'titel:"sociale media" -twitter kosten',
        selections=(Selection("party", ("MR", "PS")), Selection("year", ("2013",), ("2014",))),
        asked=SPRING,
    )
    assert [(dropped, kind) for dropped, kind, _ in ways(request, lambda probe: 1)] == [
        ("MR, PS", "filter"),
        ("2014", "filter"),
        ("2013", "filter"),
        ("2013-04-01 – 2013-04-30", "dates"),
        ('titel:"sociale media"', "word"),
    ]


def test_what_gives_nothing_is_not_offered_and_filters_come_before_words() -> None:
    request = Request("asiel opvang", selections=(Selection("party", ("MR",)),))
    totals = {"asiel": 50, "opvang": 0, "asiel opvang": 3}
    assert ways(request, lambda probe: totals[probe.text]) == [("MR", "filter", 3), ("opvang", "word", 50)]


def test_operators_are_not_words_to_drop() -> None:
    found = ways(Request("asiel OF opvang NABIJ/5 centrum"), lambda probe: 1)
    assert [dropped for dropped, _, _ in found] == ["asiel", "opvang", "centrum"]


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("telewerk NON telewerken", ["telewerk", "NON telewerken"]),
        ("asiel SAUF (opvang centrum)", ["asiel", "opvang", "centrum"]),
        ("asiel PRÈS/5 opvang", ["asiel", "opvang"]),
        ("asiel && +opvang | centrum", ["asiel", "+opvang", "centrum"]),
        ("asiel partij: Ecolo", ["asiel", "partij: Ecolo"]),
        ("asiel datum:[2012 TO 2014]", ["asiel", "datum:[2012 TO 2014]"]),
        ("asiel datum:1 mei 2013..juni 2013", ["asiel", "datum:1 mei 2013..juni 2013"]),
        ("«sociale media»~3^2 titel:(asiel OU opvang)", ["«sociale media»~3^2", "asiel", "opvang"]),
    ],
)
def test_what_may_be_dropped_is_what_the_parser_read(text: str, dropped: Any) -> None:
    assert [what for what, _, _ in ways(Request(text), lambda probe: 1)] == dropped


def test_the_only_word_stays() -> None:
    assert ways(Request("asiel"), lambda probe: 1) == []


def test_the_search_for_ways_out_ends_in_time() -> None:
    assert ways(Request("asiel opvang"), lambda probe: 1, until=0.0) == []


@pytest.mark.parametrize(("hint", "tried"), [("many-words", True), ("deadline", False)])
def test_nothing_is_tried_for_a_search_that_ran_out_of_time(small_index: Any, hint: str, tried: bool) -> None:
    searched = []

    class FindsNothing(EmbeddedEngine):
        def search(self, request: Any) -> Any:
            searched.append(request.text)
            return Hits(request, 0, 0, ())

    request = Request("gevangenissn opvang")
    nothing = Hits(request, 0, 0, (), hints=(Hint(hint),), query=read(request.text))
    page = build_page(nothing, FindsNothing(small_index))
    assert bool(searched) == tried
    assert (page.did_you_mean, page.relaxations) == (None, ())
