"""Whatever is asked, the embedded engine answers as the plain one does.

Scores may differ by the last bits of a float, so hits by relevance are compared rank by rank: the scores agree, and
hits that differ in place are alike in score. Everything else agrees exactly.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.query.facet_table import FACET_NAMES
from searchq.query.hits import Hit, Hits
from searchq.query.request import Request
from searchq.query.statistics import Statistics
from tests.engines.parliament import QUESTIONS, WORDS, requests, texts
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
    ours, theirs = plain.search(request), embedded.search(request)
    assert (theirs.total, theirs.groups, theirs.jump) == (ours.total, ours.groups, ours.jump)
    assert (theirs.partial_total, theirs.partial_groups) == (ours.partial_total, ours.partial_groups)
    assert (theirs.query, theirs.hints) == (ours.query, ours.hints)
    assert theirs.facets == ours.facets
    assert theirs.histogram == ours.histogram
    assert _marks(theirs) == pytest.approx(_marks(ours)) if ours.highlight else not theirs.highlight
    if request.sort == "relevance":
        assert_ranked_alike(plain, request, ours, theirs)
    else:
        assert theirs.hits == ours.hits


def _marks(hits: Hits) -> dict[object, float]:
    """The weights of what to highlight; the order of words is no matter."""
    return {
        (one.field, one.term, one.phrase, one.words if one.phrase else frozenset(one.words)): one.weight
        for one in hits.highlight
    }


def assert_ranked_alike(plain: PlainEngine, request: Request, ours: Hits, theirs: Hits) -> None:
    """The same scores rank by rank, and a hit has the score and the siblings that it has in the plain engine."""
    assert [hit.score for hit in theirs.hits] == pytest.approx([hit.score for hit in ours.hits], rel=SAME)
    assert [hit.partial for hit in theirs.hits] == [hit.partial for hit in ours.hits]
    every = _every_hit(plain, replace(request, fold=False))
    groups = {frozenset(_members(hit)) for hit in _every_hit(plain, request).values()}
    for hit in theirs.hits:
        assert hit.score == pytest.approx(every[hit.number].score, rel=SAME)
        assert hit.question == every[hit.number].question
        assert frozenset(_members(hit)) in groups
        members = [every[number] for number in _members(hit)]
        for partial in (False, True):
            scores = [one.score for one in members if one.partial is partial]
            assert scores == pytest.approx(sorted(scores, reverse=True), rel=SAME)
        assert [one.partial for one in members] == sorted(one.partial for one in members)
    for one, other in zip(theirs.hits, theirs.hits[1:], strict=False):
        if (one.score, one.partial) == (other.score, other.partial) and request.texts != "none":
            assert _tie(one) <= _tie(other)


def _every_hit(engine: PlainEngine, request: Request) -> dict[str, Hit]:
    hits = engine.search(replace(request, page=1, limit=100, facets=(), histogram=False)).hits
    return {hit.number: hit for hit in hits}


def _members(hit: Hit) -> list[str]:
    return [hit.number, *(sibling.number for sibling in hit.siblings)]


def _tie(hit: Hit) -> tuple[bool, int]:
    day = hit.question.date
    return day is None, -day.toordinal() if day else 0


@few
@given(request=requests)
def test_any_scan_streams_the_same_questions(plain: Any, embedded: Any, request: Any) -> None:
    request = replace(request, sort="number" if request.sort == "relevance" else request.sort)
    assert list(embedded.scan(request)) == list(plain.scan(request))


@few
@given(request=requests, by=st.sampled_from(FACET_NAMES))
def test_any_statistics_are_alike(plain: Any, embedded: Any, request: Any, by: Any) -> None:
    ours: Statistics = plain.statistics(by, request)
    assert embedded.statistics(by, request) == ours


def beginnings() -> Iterator[str]:
    for word in (*WORDS, "Justitie", "Claes", "Wouters", "5-1", "4-9", "2-7/", "56-"):
        yield from (word[:length] for length in range(1, min(len(word), 5) + 1))


@usual
@given(
    head=st.sampled_from(("", "", "de ", "sociale ", "trein ", "walvis ", "station: ")),
    begin=st.sampled_from(sorted({*beginnings(), "sttai", "vertagi", "spoorwge", "mbil", "feitspa", "socilae"})),
    request=requests,
    limit=st.sampled_from((1, 3, 10)),
)
def test_any_beginning_is_completed_alike(
    plain: Any, embedded: Any, head: Any, begin: Any, request: Any, limit: Any
) -> None:
    assert embedded.complete(head + begin, request, limit) == plain.complete(head + begin, request, limit)


@few
@given(text=texts, question=st.sampled_from(QUESTIONS), recency=st.booleans(), proximity=st.booleans())
def test_any_explanation_comes_to_the_same_score(
    plain: Any, embedded: Any, text: Any, question: Any, recency: Any, proximity: Any
) -> None:
    ours = plain.explain(text, question.number, recency=recency, proximity=proximity)
    theirs = embedded.explain(text, question.number, recency=recency, proximity=proximity)
    assert (ours is None) == (theirs is None)
    if ours is not None and theirs is not None:
        assert theirs.value == pytest.approx(ours.value, rel=SAME)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.number)
def test_questions_have_the_same_like_and_kin(plain: Any, embedded: Any, question: Any) -> None:
    ours, theirs = plain.similar(question.number, 5), embedded.similar(question.number, 5)
    assert theirs.request == ours.request
    assert [hit.score for hit in theirs.hits] == pytest.approx([hit.score for hit in ours.hits], rel=SAME)
    assert embedded.siblings(question.number) == plain.siblings(question.number)
    assert embedded.cited_by(question.number, 3) == plain.cited_by(question.number, 3)


def test_words_have_the_same_frequencies(plain: Any, embedded: Any) -> None:
    assert embedded.numbers() == plain.numbers()
    words = ["walvis", *plain.index.words["nl"], *plain.index.words["fr"]]
    assert embedded.known_words(words) == plain.known_words(words)
    assert embedded.held([*plain.index.by_number, "9-9"]) == plain.held([*plain.index.by_number, "9-9"])


@pytest.mark.parametrize("slip", ["statoin", "vertragng", "facebok", "spoortrien", "bericth", "wiskund"])
def test_the_word_meant_by_a_slip_comes_first(plain: Any, embedded: Any, slip: str) -> None:
    assert embedded.spellings(slip)[0].word == plain.spellings(slip)[0].word
