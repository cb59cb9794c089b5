"""Execution on the index as it is written, against Whoosh's own searcher in the same directory; and its bounds."""

from itertools import count, repeat
from typing import Any

import pytest
from hypothesis import example, given, note, settings
from hypothesis import strategies as st
from whoosh import index

from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.engines.embedded.execution.execute import execute
from searchq.engines.embedded.search import matching, walk
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.errors import OutOfTime
from searchq.index.read import zone_words
from searchq.index.read.reader import open_snapshot
from searchq.limits import MAX_EXPANDED_TERMS
from searchq.query.hints import Hint
from searchq.query.request import FacetQuery, Request
from searchq.query.tree import (
    AnyOf,
    AnyValue,
    Everything,
    Filter,
    Fuzzy,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
    Without,
)
from searchq.question import Question
from tests.query.mended import found_by, mended
from tests.query.test_execute_as_whoosh import executed, same
from tests.query.trees import BOOSTS, mended_compounds, rows, spans
from tests.writes import add

words = st.sampled_from(("trein", "station", "facebook", "bericht", "vertrag", "overheid", "niets"))
surface = st.sampled_from(("de", "trein", "treinen", "station", "persbericht", "één"))
placed = st.one_of(
    st.builds(Term, st.sampled_from(("question", "title", "answer")), words),
    st.builds(Term, st.sampled_from(("question_exact", "title_exact")), surface),
)
leaves = st.one_of(
    st.builds(Term, st.just("text"), words, BOOSTS),
    placed,
    st.builds(Phrase, st.just("question_exact"), rows(surface, 2, 3), st.integers(1, 3)),
    st.builds(Term, st.just("party"), st.sampled_from(("Ecolo", "N-VA", "sp.a"))),
    st.builds(Term, st.just("keyword"), st.sampled_from(("sociale media", "Österreich"))),
    st.builds(Term, st.just("number"), st.sampled_from(("5-1", "5-7", "5-80"))),
    st.builds(Everything),
    st.builds(AnyValue, st.sampled_from(("party", "keyword", "session"))),
    st.builds(Range, st.just("delay_days"), st.just(6), st.sampled_from((31, 400, None))),
    st.builds(Range, st.just("date"), st.just(734200), st.just(734500)),
    st.builds(
        Filter,
        st.one_of(
            st.builds(Prefix, st.sampled_from(("question_exact", "title", "text", "number", "party")), words | surface),
            st.builds(Wildcard, st.just("question_exact"), st.sampled_from(("tr*n", "*bericht", "st?tion*"))),
            st.builds(Fuzzy, st.sampled_from(("question_exact", "text")), st.sampled_from(("train", "statio"))),
        ),
    ),
)
trees = st.recursive(leaves | st.recursive(placed, spans, max_leaves=3), mended_compounds, max_leaves=5)


@settings(max_examples=100, deadline=None)
@example(  # and deletions
    tree=Without(
        Everything(), AnyOf((Range("date", 734200, 734500), Without(Everything(), Range("delay_days", 6, 400))))
    )
)
@given(tree=trees)
def test_any_tree_gives_the_documents_and_scores_of_whoosh_in_the_same_directory(shelf: Any, tree: Any) -> None:
    note(repr(tree))
    engine, _ = shelf
    with mended():
        found = executed(open_snapshot(engine.directory), tree)
        assert same(found, found_by(index.open_dir(engine.directory), tree))


def test_or_may_ask_for_several_matches(shelf: Any) -> None:
    engine, held = shelf
    some = ("trein", "station", "overheid")
    matches, _ = execute(
        AnyOf(tuple(Term("question_exact", word) for word in some), 2), SnapshotCache(open_snapshot(engine.directory))
    )
    found = {open_snapshot(engine.directory).number(doc) for doc in matches.docs.tolist()}
    assert found == {n for n, q in held.items() if sum(word in (q.question or "").split() for word in some) >= 2}


def test_nothing_is_found_in_fields_that_do_not_exist_or_have_no_positions(shelf: Any) -> None:
    engine, _ = shelf
    for tree in (Term("colour", "red"), Prefix("colour", "re"), Phrase("text", ("trein", "station"))):
        assert not len(execute(tree, SnapshotCache(open_snapshot(engine.directory)))[0].docs)


@pytest.fixture(scope="module")
def many_words(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An index of a thousand words that begin alike, the first ones most frequent."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("words") / "index")
    texts = [" ".join(f"woord{word:03}" for word in range(0, 1000, step)) for step in (1, 1, 2, 4)]
    add(engine, [Question(f"5-{number}", question=text) for number, text in enumerate(texts, 1)])
    add(engine, [Question("5-9", question="woord004 woord001")])
    return engine


def test_a_prefix_of_many_words_keeps_the_most_frequent_and_says_so(many_words: Any) -> None:
    found, context = execute(Prefix("question_exact", "woord"), SnapshotCache(open_snapshot(many_words.directory)))
    kept = sorted(word for _, word in found.terms)
    by_count = sorted(range(1000), key=lambda n: (-2 - (n % 2 == 0) - (n % 4 == 0) - (n in (1, 4)), n))
    assert kept == sorted(f"woord{number:03}" for number in by_count[:MAX_EXPANDED_TERMS])
    assert context.hints == [Hint("many-words", {"word": "woord*", "found": 1000, "kept": MAX_EXPANDED_TERMS})]


ZONE_WORDS = {
    "title": range(30),
    "question": range(260),
    "answer": range(240, 420),
}  # together more than a zone may have


@pytest.fixture(scope="module")
def spread_words(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Two segments of words that begin alike: few in titles, too many in questions, others in answers."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("spread") / "index")
    for step in (1, 3):
        texts: Any = {zone: " ".join(f"woord{word:03}" for word in own[::step]) for zone, own in ZONE_WORDS.items()}
        add(engine, [Question(f"5-{step}", **texts)])
    return engine


@pytest.mark.parametrize("prefix", ["woord", "woord0", "woord1", "woord2", "woord24", "woord4", "woord9"])
@pytest.mark.parametrize("zone", ZONE_WORDS)
def test_a_prefix_finds_the_words_of_a_zone_though_all_zones_have_more(
    spread_words: Any, zone: str, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> Any:
        matches, context = execute(
            Prefix(f"{zone}_exact", prefix), SnapshotCache(open_snapshot(spread_words.directory))
        )
        return matches.docs.tolist(), matches.terms, context.hints

    in_c = found()
    monkeypatch.setattr(zone_words, "in_c", None)
    assert in_c == found()
    alike = [word for word in (f"woord{number:03}" for number in ZONE_WORDS[zone]) if word.startswith(prefix)]
    assert len(in_c[1]) == min(len(alike), MAX_EXPANDED_TERMS)
    if len(alike) <= MAX_EXPANDED_TERMS:
        assert [word for _, word in in_c[1]] == alike


def test_nothing_is_evaluated_once_time_is_up(shelf: Any) -> None:
    engine, _ = shelf
    with pytest.raises(OutOfTime):
        execute(Term("text", "trein"), SnapshotCache(open_snapshot(engine.directory)), seconds=-1.0)


@pytest.mark.parametrize("whole", [matching, walk])
def test_what_should_be_whole_is_refused_when_time_is_up(shelf: Any, whole: Any) -> None:
    engine, _ = shelf
    with pytest.raises(OutOfTime):
        whole(Request(text="trein"), SnapshotCache(open_snapshot(engine.directory)), seconds=-1.0)


def test_a_deadline_interrupts_any_moment_and_the_answer_says_so(shelf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, _ = shelf
    text, facets = 'trein OR tr* OR "de trein" OR facebok~ OR (trein NEAR/3 station)', (FacetQuery("party"),)
    whole = engine.search(Request(text=text, facets=facets))
    totals = []
    for moments in count():
        ticks = repeat(0.0, moments + 1)
        monkeypatch.setattr(
            "searchq.engines.embedded.execution.context.monotonic", lambda ticks=ticks: next(ticks, float("inf"))
        )
        hits = engine.search(Request(text=text, facets=facets))
        if not hits.hints:
            break
        assert [hint.code for hint in hits.hints] == ["deadline"]
        totals.append(hits.total)
    assert hits.hits == whole.hits
    assert set(totals) == {0, whole.total}  # stopped while matching: nothing; while scoring: all, in order of date
