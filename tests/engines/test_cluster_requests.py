"""Whatever is asked, a cluster answers as the plain engine does, on one shard and on three."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchq.engines.opensearch.engine import ClusterEngine
from searchq.query.facet_table import FACET_NAMES
from tests.cluster.addresses import own_address
from tests.engines.alike import (
    SLIPS,
    assert_answered_alike,
    assert_explained_alike,
    assert_kin_alike,
    assert_words_alike,
    beginnings,
    scannable,
)
from tests.engines.parliament import QUESTIONS, WORDS, requests, texts
from tests.plain_engine import PlainEngine
from tests.writes import add

pytestmark = pytest.mark.cluster
SAME = 2e-3  # of a score: what the rounding of impacts leaves
usual = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def plain() -> PlainEngine:
    return PlainEngine(QUESTIONS)


@pytest.fixture(scope="module", params=["1", "3"], ids=["one-shard", "three-shards"])
def cluster(request: Any, cluster_hosts: Any) -> Iterator[ClusterEngine]:
    with pytest.MonkeyPatch.context() as patch, own_address(cluster_hosts) as address:
        patch.setenv("SEARCHQ_OPENSEARCH_SHARDS", request.param)
        engine = ClusterEngine(address)
        add(engine, QUESTIONS)
        yield engine


@usual
@given(request=requests)
def test_any_request_is_answered_alike(plain: Any, cluster: Any, request: Any) -> None:
    assert_answered_alike(plain, cluster, request, SAME)


@few
@given(request=scannable)
def test_any_scan_streams_the_same_questions(plain: Any, cluster: Any, request: Any) -> None:
    assert list(cluster.scan(request)) == list(plain.scan(request))


@few
@given(request=requests, by=st.sampled_from(FACET_NAMES))
def test_any_statistics_are_alike(plain: Any, cluster: Any, request: Any, by: Any) -> None:
    assert cluster.statistics(by, request) == plain.statistics(by, request)


@few
@given(request=requests, after=st.integers(0, 1))
def test_any_news_is_told_alike(plain: Any, cluster: Any, request: Any, after: Any) -> None:
    ours, theirs = plain.news(request, after=after), cluster.news(request, after=after)
    assert (theirs.total, theirs.items) == (ours.total, ours.items)


@usual
@given(text=beginnings, request=requests, limit=st.sampled_from((1, 3, 10)))
def test_any_beginning_is_completed_alike(plain: Any, cluster: Any, text: Any, request: Any, limit: Any) -> None:
    assert cluster.complete(text, request, limit) == plain.complete(text, request, limit)


@few
@given(text=texts, question=st.sampled_from(QUESTIONS), recency=st.booleans(), proximity=st.booleans())
def test_any_explanation_comes_to_the_same_score(
    plain: Any, cluster: Any, text: Any, question: Any, recency: Any, proximity: Any
) -> None:
    assert_explained_alike(plain, cluster, text, question.number, SAME, recency=recency, proximity=proximity)


@pytest.mark.parametrize("number", [question.number for question in QUESTIONS[:12]])
def test_questions_have_the_same_like_and_kin(plain: Any, cluster: Any, number: str) -> None:
    assert_kin_alike(plain, cluster, number, SAME)


def test_words_have_the_same_frequencies(plain: Any, cluster: Any) -> None:
    assert_words_alike(plain, cluster)


@pytest.mark.parametrize("slip", [*SLIPS, *WORDS[:2]])
def test_the_word_meant_by_a_slip_comes_first(plain: Any, cluster: Any, slip: str) -> None:
    assert [one.word for one in cluster.spellings(slip)[:1]] == [one.word for one in plain.spellings(slip)[:1]]
