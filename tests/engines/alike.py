"""The laws by which an engine answers as the plain one does, whatever is asked; for the tests of every engine.

Scores may differ by what rounding leaves, so hits by relevance are compared rank by rank: the scores agree, and hits
that differ in place are alike in score. Everything else agrees exactly.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.engine import Engine
from searchq.query.hits import Hit, Hits
from searchq.query.request import Request
from tests.engines.parliament import WORDS, requests
from tests.plain_engine import PlainEngine

__all__ = [
    "SLIPS",
    "assert_answered_alike",
    "assert_explained_alike",
    "assert_kin_alike",
    "assert_words_alike",
    "beginnings",
    "every_hit",
    "scannable",
]

EXACT = (
    *("total", "groups", "jump", "partial_total", "partial_groups"),
    *("query", "hints", "facets", "histogram", "translations"),
)
SLIPS = ("statoin", "vertragng", "facebok", "spoortrien", "bericth", "wiskund")


def _beginnings() -> Iterator[str]:
    for word in (*WORDS, "Justitie", "Claes", "Wouters", "5-1", "4-9", "2-7/", "56-"):
        yield from (word[:length] for length in range(1, min(len(word), 5) + 1))


_HEADS = ("", "", "de ", "sociale ", "trein ", "walvis ", "station: ")
_SLIPS_WHILE_TYPING = ("sttai", "vertagi", "spoorwge", "mbil", "feitspa", "socilae")
beginnings = st.builds(
    str.__add__, st.sampled_from(_HEADS), st.sampled_from(sorted({*_beginnings(), *_SLIPS_WHILE_TYPING}))
)
scannable = requests.map(lambda one: replace(one, sort="number") if one.sort == "relevance" else one)


def assert_answered_alike(plain: PlainEngine, engine: Engine, request: Request, rel: float) -> Hits:
    """The same answer but for the place of hits of one score; returns the engine's."""
    ours, theirs = plain.search(request), engine.search(request)
    for name in EXACT:
        assert getattr(theirs, name) == getattr(ours, name), name
    assert _marks(theirs) == pytest.approx(_marks(ours))
    if request.sort != "relevance":
        assert theirs.hits == ours.hits
        return theirs
    assert _scores(theirs.hits) == pytest.approx(_scores(ours.hits), rel=rel)
    assert [hit.partial for hit in theirs.hits] == [hit.partial for hit in ours.hits]
    every = every_hit(plain, replace(request, fold=False))
    for hit in theirs.hits:
        assert hit.question == every[hit.number].question
        assert hit.score == pytest.approx(every[hit.number].score, rel=rel)
    return theirs


def _marks(hits: Hits) -> dict[object, float]:
    """The weights of what to highlight; the order of words is no matter."""
    return {
        (one.field, one.term, one.phrase, one.words if one.phrase else frozenset(one.words)): one.weight
        for one in hits.highlight
    }


def _scores(hits: Iterable[Hit]) -> list[float]:
    return [hit.score for hit in hits]


def every_hit(engine: Engine, request: Request) -> dict[str, Hit]:
    """All hits of a request, by number."""
    hits = engine.search(replace(request, page=1, limit=100, facets=(), histogram=False)).hits
    return {hit.number: hit for hit in hits}


def assert_explained_alike(plain: PlainEngine, engine: Engine, text: str, number: str, rel: float, **how: Any) -> None:
    ours, theirs = plain.explain(text, number, **how), engine.explain(text, number, **how)
    assert (ours is None) == (theirs is None)
    if ours is not None and theirs is not None:
        assert theirs.value == pytest.approx(ours.value, rel=rel)


def assert_kin_alike(plain: PlainEngine, engine: Engine, number: str, rel: float) -> None:
    """The same questions are like it, its siblings, and cite it."""
    ours, theirs = plain.similar(number, 5), engine.similar(number, 5)
    assert theirs.request == ours.request
    assert _scores(theirs.hits) == pytest.approx(_scores(ours.hits), rel=rel)
    assert engine.siblings(number) == plain.siblings(number)
    assert engine.cited_by(number, 3) == plain.cited_by(number, 3)


def assert_words_alike(plain: PlainEngine, engine: Engine) -> None:
    """The same numbers and words are known, as often."""
    assert engine.numbers() == plain.numbers()
    words = ["walvis", *plain.index.words["nl"], *plain.index.words["fr"]]
    assert engine.known_words(words) == plain.known_words(words)
    assert engine.held([*plain.index.by_number, "9-9"]) == plain.held([*plain.index.by_number, "9-9"])
