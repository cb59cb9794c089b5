"""How fields come from a question."""

import datetime as dt
import hashlib
from typing import Any

import pytest

from searchq.documents.citations import find_citations
from searchq.index.schema import (
    FACETS,
    FIELDS,
    FINGERPRINT,
    INTEGERS,
    MISSING,
    POSITION_GAP,
)
from searchq.numbers import number_order, sibling_order
from searchq.query.facet_table import DELAY_BANDS
from searchq.query.facet_table import FACET_NAMES as REQUEST_FACETS
from searchq.question import Question, Reference


def test_the_fingerprint_is_that_of_the_fields() -> None:
    said = [*map(repr, FIELDS.values()), str(DELAY_BANDS), str(POSITION_GAP)]
    assert hashlib.sha256("\n".join(said).encode()).hexdigest().startswith(FINGERPRINT), "the fields have changed"
    assert len(FINGERPRINT) == 16


def facet(name: str, question: Question) -> list[str]:
    return list(FACETS[name][1](question))


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, "0-30"),
        (30, "0-30"),
        (31, "31-60"),
        (60, "31-60"),
        (180, "91-180"),
        (365, "181-365"),
        (366, "366+"),
        (9999, "366+"),
    ],
)
def test_a_delay_falls_in_its_band(days: int, band: str) -> None:
    assert facet("delay", Question("5-1", delay_days=days)) == [band]
    assert band in DELAY_BANDS


def test_an_unanswered_question_has_no_delay_band() -> None:
    assert facet("delay", Question("5-1")) == []


def test_a_question_counts_under_its_year_and_month() -> None:
    question = Question("5-1", date=dt.date(2013, 4, 30))
    assert (facet("year", question), facet("month", question)) == (["2013"], ["2013-04"])


@pytest.mark.parametrize("number", ["5-8902", "2-1535/1", "56-7-0930-2025202606531", "?", ""])
def test_a_question_stands_in_the_order_of_its_number(number: str) -> None:
    assert INTEGERS["number_order"](Question(number)) == (number_order(number) or MISSING)


def test_all_siblings_share_one_group() -> None:
    def asked(number: Any, *others: Any) -> Any:
        return Question(number, references=tuple(Reference("also-asked-to", "written-question", one) for one in others))

    siblings = [asked("5-12", "5-11", "5-13"), asked("5-11", "5-12", "5-13"), asked("5-13", "5-11", "5-12")]
    assert {INTEGERS["sibling_group"](question) for question in siblings} == {number_order("5-11")}


def test_the_routes_of_one_docname_are_one_group_whatever_they_refer_to() -> None:
    routes = ["56-7-0930-2025202606531", "56-12-0101-2025202606531"]
    assert {INTEGERS["sibling_group"](Question(route)) for route in routes} == {sibling_order(routes[0])}


def test_a_request_for_explanation_is_no_sibling() -> None:
    question = Question("5-12", references=(Reference("also-asked-to", "request-for-explanation", "5-2"),))
    assert INTEGERS["sibling_group"](question) == number_order("5-12")


def test_days_are_proleptic_ordinals_and_unknown_ones_missing() -> None:
    assert INTEGERS["date"](Question("5-1", date=dt.date(1, 1, 1))) == 1
    assert INTEGERS["date"](Question("5-1")) == MISSING


def test_every_facet_of_a_request_has_a_column() -> None:
    assert set(FACETS) - {"cites", "called", "told_in", "names"} == set(REQUEST_FACETS)


def test_a_question_cites_the_written_questions_of_its_texts() -> None:
    found = find_citations(
        "5-1",
        "Zie schriftelijke vraag nr. 5-12, mondelinge vraag nr. 5-13 en de wet nr. 5 van 3 mei 2001.",
        "nr. 51-7, Kamer",
    )
    assert facet("cites", Question("5-1", citations=found)) == ["5-12", "51-7"]
