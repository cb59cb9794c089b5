"""Whatever is asked, the embedded engine answers as the plain one does."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.query.facet_table import FACET_NAMES
from searchq.query.hits import Hit
from searchq.query.request import Request
from tests.engines.alike import (
    SLIPS,
    assert_answered_alike,
    assert_explained_alike,
    assert_kin_alike,
    assert_words_alike,
    beginnings,
    every_hit,
    scannable,
)
from tests.engines.parliament import QUESTIONS, requests, texts
from tests.plain_engine import PlainEngine
from tests.writes import add

SAME = 1e-5  # of a score: what float32 leaves

usual = settings(max_examples=100, deadline=None)
few = settings(max_examples=30, deadline=None)


BYTES = tuple((16 + place) * 2.0**power for power in range(-8, 8) for place in range(16))


def one_byte(weight: float) -> float:
    """The nearest weight that a byte can tell: what the embedded engine stores."""
    return min(BYTES, key=lambda one: abs(one - weight))


@pytest.fixture(scope="module")
def plain() -> PlainEngine:
    return PlainEngine(QUESTIONS, rounded=one_byte)


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    add(engine, QUESTIONS)
    return engine


@usual
@given(request=requests)
def test_any_request_is_answered_alike(plain: Any, embedded: Any, request: Any) -> None:
    theirs = assert_answered_alike(plain, embedded, request, SAME)
    if request.sort == "relevance":
        assert_folded_alike(plain, request, theirs.hits)


def assert_folded_alike(plain: PlainEngine, request: Request, hits: Any) -> None:
    """A hit has the siblings that it has in the plain engine, the best first; of equals the newest comes first."""
    every = every_hit(plain, replace(request, fold=False))
    groups = {frozenset(_members(hit)) for hit in every_hit(plain, request).values()}
    for hit in hits:
        assert frozenset(_members(hit)) in groups
        members = [every[number] for number in _members(hit)]
        for partial in (False, True):
            scores = [one.score for one in members if one.partial is partial]
            assert scores == pytest.approx(sorted(scores, reverse=True), rel=SAME)
        assert [one.partial for one in members] == sorted(one.partial for one in members)
    for one, other in pairwise(hits):
        if (one.score, one.partial) == (other.score, other.partial) and request.texts != "none":
            assert _tie(one) <= _tie(other)


def _members(hit: Hit) -> list[str]:
    return [hit.number, *(sibling.number for sibling in hit.siblings)]


def _tie(hit: Hit) -> tuple[bool, int]:
    day = hit.question.date
    return day is None, -day.toordinal() if day else 0


@few
@given(request=scannable)
def test_any_scan_streams_the_same_questions(plain: Any, embedded: Any, request: Any) -> None:
    assert list(embedded.scan(request)) == list(plain.scan(request))


@few
@given(request=requests, by=st.sampled_from(FACET_NAMES))
def test_any_statistics_are_alike(plain: Any, embedded: Any, request: Any, by: Any) -> None:
    assert embedded.statistics(by, request) == plain.statistics(by, request)


@usual
@given(text=beginnings, request=requests, limit=st.sampled_from((1, 3, 10)))
def test_any_beginning_is_completed_alike(plain: Any, embedded: Any, text: Any, request: Any, limit: Any) -> None:
    assert embedded.complete(text, request, limit) == plain.complete(text, request, limit)


@few
@given(text=texts, question=st.sampled_from(QUESTIONS), recency=st.booleans(), proximity=st.booleans())
def test_any_explanation_comes_to_the_same_score(
    plain: Any, embedded: Any, text: Any, question: Any, recency: Any, proximity: Any
) -> None:
    assert_explained_alike(plain, embedded, text, question.number, SAME, recency=recency, proximity=proximity)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.number)
def test_questions_have_the_same_like_and_kin(plain: Any, embedded: Any, question: Any) -> None:
    assert_kin_alike(plain, embedded, question.number, SAME)


def test_words_have_the_same_frequencies(plain: Any, embedded: Any) -> None:
    assert_words_alike(plain, embedded)


@pytest.mark.parametrize("slip", SLIPS)
def test_the_word_meant_by_a_slip_comes_first(plain: Any, embedded: Any, slip: str) -> None:
    assert embedded.spellings(slip)[0].word == plain.spellings(slip)[0].word
