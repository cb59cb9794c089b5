"""How fields come from a question."""

import datetime as dt
import hashlib

import pytest

from searchq.index.schema import (
    DELAY_BANDS,
    FACETS,
    FIELDS,
    FINGERPRINT,
    INTEGERS,
    MISSING,
    POSITION_GAP,
    number_order,
)
from searchq.query.request import FACETS as REQUEST_FACETS
from searchq.question import Question, Reference


def test_the_fingerprint_is_that_of_the_fields():
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
def test_a_delay_falls_in_its_band(days, band):
    assert facet("delay", Question("5-1", delay_days=days)) == [band]
    assert band in DELAY_BANDS


def test_an_unanswered_question_has_no_delay_band():
    assert facet("delay", Question("5-1")) == []


def test_a_question_counts_under_its_year_and_month():
    question = Question("5-1", date=dt.date(2013, 4, 30))
    assert (facet("year", question), facet("month", question)) == (["2013"], ["2013-04"])


@pytest.mark.parametrize(
    ("number", "order"),
    [("5-8902", 5_008_902), ("1535", 1535), ("1535/1", 1535), ("2-1535/1", 2_001_535), ("?", MISSING), ("", MISSING)],
)
def test_numbers_stand_in_the_order_of_legislature_and_serial(number, order):
    assert number_order(number) == order


def test_all_siblings_share_one_group():
    def asked(number, *others):
        return Question(number, references=tuple(Reference("also-asked-to", "written-question", one) for one in others))

    siblings = [asked("5-12", "5-11", "5-13"), asked("5-11", "5-12", "5-13"), asked("5-13", "5-11", "5-12")]
    assert {INTEGERS["sibling_group"](question) for question in siblings} == {5_000_011}


def test_a_request_for_explanation_is_no_sibling():
    question = Question("5-12", references=(Reference("also-asked-to", "request-for-explanation", "5-2"),))
    assert INTEGERS["sibling_group"](question) == 5_000_012


def test_days_are_proleptic_ordinals_and_unknown_ones_missing():
    assert INTEGERS["date"](Question("5-1", date=dt.date(1, 1, 1))) == 1
    assert INTEGERS["date"](Question("5-1")) == MISSING


def test_every_facet_of_a_request_has_a_column():
    assert set(FACETS) == set(REQUEST_FACETS)
