"""Nearness against reading the words of each question one by one."""

from functools import partial
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.engines.embedded import as_typed
from searchq.engines.embedded.execution import typed_words
from searchq.engines.embedded.facet_values import QueryVocabulary
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.read.reader import open_snapshot
from searchq.query.language import parse
from searchq.query.parsed import TypedWords
from searchq.query.request import Request
from searchq.query.weights import EARLY, FORM, NEARNESS, RERANKED, WINDOW
from tests.kernel.twins import same_without
from tests.query.shelf import WORDS, walked

telling = st.sampled_from([word for word in WORDS if word != "de"])


def nearness(words: Any, view: SnapshotCache) -> list[float]:
    """The factors for words near each other alone."""
    as_typed._gains.cache_clear()
    with patch.multiple(as_typed, FORM=0.0, EARLY=0.0, TITLE=0.0):
        found = as_typed.as_typed(TypedWords(tuple(words), ()), view.live_docs, view)
    as_typed._gains.cache_clear()
    return list(found.tolist())


def plainly(words: Any, text: Any) -> Any:
    """The factor of one text: how near each pair of words comes in it."""
    pairs = list(dict.fromkeys(pair for pair in pairwise(words) if pair[0] != pair[1]))
    spoken, gained = text.split(), 0.0
    for left, right in pairs:
        gaps = [abs(i - j) for i, a in enumerate(spoken) if a == left for j, b in enumerate(spoken) if b == right]
        least = min(gaps, default=WINDOW + 1)
        gained += 1.0 if least == 1 else 0.5 if least <= WINDOW else 0.0
    return 1 + NEARNESS * gained / max(len(pairs), 1)


@settings(deadline=None)
@given(words=st.lists(telling, max_size=5))
def test_factors_are_those_of_a_plain_reading(shelf: Any, words: Any) -> None:
    engine, held = shelf
    view = SnapshotCache(open_snapshot(engine.directory))
    found = nearness(words, view)
    expected = [plainly(words, held[view.snapshot.number(doc)].question or "") for doc in view.live_docs.tolist()]
    assert [round(factor, 5) for factor in found] == [round(factor, 5) for factor in expected]


def test_stop_words_and_unknown_words_do_not_come_between(shelf: Any) -> None:
    engine, _ = shelf
    view = SnapshotCache(open_snapshot(engine.directory))
    plain = nearness(("trein", "station"), view)
    assert nearness(("trein", "de", "walvis", "station"), view) == plain


def test_scores_only_rise_and_only_among_the_best(shelf: Any) -> None:
    engine, _ = shelf
    text = "trein OR station OR bericht"
    near = {hit.number: hit.score for hit in walked(engine, Request(text=text, fold=False))}
    plain = walked(engine, Request(text=text, fold=False, proximity=False))
    assert all(
        hit.score <= near[hit.number] <= hit.score * (1 + NEARNESS) * (1 + FORM) * (1 + EARLY) * 1.0001 for hit in plain
    )
    assert any(near[hit.number] > hit.score for hit in plain[:RERANKED])
    assert all(near[hit.number] == hit.score for hit in plain[RERANKED:])


def test_only_plain_words_are_looked_for_side_by_side(shelf: Any) -> None:
    engine, _ = shelf
    text = 'trein station -facebook partij:Ecolo "de bericht" tre* (overheid OF bericht)'
    vocabulary = QueryVocabulary(SnapshotCache(open_snapshot(engine.directory)))
    assert parse(text, vocabulary).contents.plain_words == ("trein", "station", "overheid", "bericht")


@settings(deadline=None, max_examples=50)
@given(words=st.lists(st.sampled_from([*WORDS, "walvis"]), min_size=1, max_size=5))
def test_factors_are_the_same_without_a_compiler(shelf: Any, words: list[str]) -> None:
    engine, held = shelf
    view = SnapshotCache(open_snapshot(engine.directory))
    docs = view.live_docs
    for title in [held[view.snapshot.number(doc)].title for doc in docs.tolist()[:3]]:
        for every in (words, title.split()):
            typed = TypedWords(tuple(words), tuple(every))
            same_without((as_typed, typed_words), partial(as_typed.as_typed, typed, docs, view))


@settings(deadline=None, max_examples=30)
@given(words=st.lists(st.sampled_from([*WORDS, "walvis"]), min_size=1, max_size=3), data=st.data())
def test_factors_are_the_same_whatever_was_asked_before(shelf: Any, words: list[str], data: st.DataObject) -> None:
    view, typed = SnapshotCache(open_snapshot(shelf[0].directory)), TypedWords(tuple(words), ())
    whole = as_typed.as_typed(typed, view.live_docs, SnapshotCache(view.snapshot))
    for _ in range(6):  # of a few documents each time: early ones are found among these only, then among all
        asked = data.draw(st.lists(st.booleans(), min_size=len(whole), max_size=len(whole)))
        places = np.flatnonzero(asked)
        factors = as_typed.as_typed(typed, view.live_docs[places], view)
        assert factors.tolist() == whole[places].tolist()


def test_a_text_is_read_the_same_whatever_was_asked_before(shelf: Any) -> None:
    engine, _ = shelf
    snapshot = open_snapshot(engine.directory)
    kept = QueryVocabulary(SnapshotCache(snapshot))
    texts = (
        "trein station",
        "Trein",
        "station OR trein^2",
        "trein -station",
        "pers bericht",
        "le trein",
        "persbericht",
    )
    for text in (*texts, *reversed(texts)):
        fresh = parse(text, QueryVocabulary(SnapshotCache(snapshot)))
        assert repr(parse(text, kept)) == repr(fresh)
        assert repr(parse(text, kept, translate=False)) == repr(
            parse(text, QueryVocabulary(SnapshotCache(snapshot)), translate=False)
        )
