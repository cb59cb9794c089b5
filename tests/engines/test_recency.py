"""The recency of questions, worked out once for each day, is what the formula gives for each question."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.engines.embedded.ranking import recency_factors
from searchq.index.schema import MISSING
from searchq.query.weights import HALF_LIFE_YEARS, RECENCY

NEAR = st.integers(730_000, 730_020)  # as many questions as days, or more
DATES = st.lists(st.just(MISSING) | NEAR, max_size=60) | st.lists(st.just(MISSING) | st.integers(1, 3_652_059))


@given(DATES)
def test_each_question_has_the_factor_of_its_day(dates: list[int]) -> None:
    newest = max(dates, default=MISSING)
    factors = recency_factors(np.array(dates, np.int32))
    assert factors.dtype == np.float32
    if newest == MISSING:
        assert set(factors.tolist()) <= {1.0}
        return
    for date, factor in zip(dates, factors.tolist(), strict=True):
        years = 0 if date == MISSING else (newest - date) / 365.25
        assert factor == pytest.approx(1 + RECENCY * math.exp2(-years / HALF_LIFE_YEARS), rel=1e-6)


@given(st.lists(NEAR, min_size=1, max_size=10))
def test_the_same_days_have_the_same_factors_among_many_questions_and_few(dates: list[int]) -> None:
    few, many = np.array([*dates, 720_000], np.int32), np.array([*dates, 720_000] * 2_000, np.int32)
    assert recency_factors(many).tolist() == recency_factors(few).tolist() * 2_000
