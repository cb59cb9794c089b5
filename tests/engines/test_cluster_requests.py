"""Whatever is asked, a cluster answers as the plain engine does, on one shard and on three.

Scores are alike but for the rounding of impacts, so hits by relevance are compared rank by rank; everything else agrees
exactly.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.engines.opensearch.engine import ClusterEngine
from searchq.query.facet_table import FACET_NAMES
from searchq.query.hits import Hits
from tests.cluster.addresses import own_address
from tests.engines.parliament import QUESTIONS, WORDS, requests, texts
from tests.engines.test_random_requests import beginnings
from tests.plain_engine import PlainEngine
from tests.writes import add

pytestmark = pytest.mark.cluster
EXACT = (
    *("total", "groups", "jump", "partial_total", "partial_groups"),
    *("query", "hints", "facets", "histogram", "translations"),
)
SAME = 2e-3  # of a score: what rounding leaves
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
    ours, theirs = plain.search(request), cluster.search(request)
    for name in EXACT:
        assert getattr(theirs, name) == getattr(ours, name), name
    assert _marks(theirs) == pytest.approx(_marks(ours))
    if request.sort != "relevance":
        assert theirs.hits == ours.hits
        return
    assert [hit.score for hit in theirs.hits] == pytest.approx([hit.score for hit in ours.hits], rel=SAME)
    assert [hit.partial for hit in theirs.hits] == [hit.partial for hit in ours.hits]
    every = plain.search(replace(request, fold=False, page=1, limit=100, facets=(), histogram=False)).hits
    questions = {hit.number: hit for hit in every}
    for hit in theirs.hits:
        assert hit.question == questions[hit.number].question
        assert hit.score == pytest.approx(questions[hit.number].score, rel=SAME)


def _marks(hits: Hits) -> dict[object, float]:
    return {
        (one.field, one.term, one.phrase, one.words if one.phrase else frozenset(one.words)): one.weight
        for one in hits.highlight
    }


@few
@given(request=requests)
def test_any_scan_streams_the_same_questions(plain: Any, cluster: Any, request: Any) -> None:
    request = replace(request, sort="number" if request.sort == "relevance" else request.sort)
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
@given(
    head=st.sampled_from(("", "", "de ", "sociale ", "trein ", "walvis ", "station: ")),
    begin=st.sampled_from(sorted({*beginnings(), "sttai", "vertagi", "spoorwge", "mbil", "feitspa", "socilae"})),
    request=requests,
    limit=st.sampled_from((1, 3, 10)),
)
def test_any_beginning_is_completed_alike(
    plain: Any, cluster: Any, head: Any, begin: Any, request: Any, limit: Any
) -> None:
    assert cluster.complete(head + begin, request, limit) == plain.complete(head + begin, request, limit)


@few
@given(text=texts, question=st.sampled_from(QUESTIONS), recency=st.booleans(), proximity=st.booleans())
def test_any_explanation_comes_to_the_same_score(
    plain: Any, cluster: Any, text: Any, question: Any, recency: Any, proximity: Any
) -> None:
    ours = plain.explain(text, question.number, recency=recency, proximity=proximity)
    theirs = cluster.explain(text, question.number, recency=recency, proximity=proximity)
    assert (ours is None) == (theirs is None)
    if ours is not None and theirs is not None:
        assert theirs.value == pytest.approx(ours.value, rel=SAME)


def test_questions_have_the_same_like_and_kin(plain: Any, cluster: Any) -> None:
    for number in [question.number for question in QUESTIONS[:12]]:
        ours, theirs = plain.similar(number, 5), cluster.similar(number, 5)
        assert theirs.request == ours.request
        assert [hit.score for hit in theirs.hits] == pytest.approx([hit.score for hit in ours.hits], rel=SAME)
        assert cluster.siblings(number) == plain.siblings(number)
        assert cluster.cited_by(number, 3) == plain.cited_by(number, 3)


def test_words_have_the_same_frequencies(plain: Any, cluster: Any) -> None:
    words = ["walvis", *plain.index.words["nl"], *plain.index.words["fr"]]
    assert cluster.known_words(words) == plain.known_words(words)
    assert cluster.numbers() == plain.numbers()


@pytest.mark.parametrize("slip", ["statoin", "vertragng", "facebok", "spoortrien", "bericth", "wiskund", *WORDS[:2]])
def test_the_word_meant_by_a_slip_comes_first(plain: Any, cluster: Any, slip: str) -> None:
    assert [one.word for one in cluster.spellings(slip)[:1]] == [one.word for one in plain.spellings(slip)[:1]]
