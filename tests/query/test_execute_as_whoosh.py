"""Execution against Whoosh's own searcher: the same documents and scores for random collections and random trees."""

from typing import Any

from hypothesis import given, note, settings

from searchq.engines.embedded.execution.execute import execute
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from tests.query.mended import PLAIN, found_by, mended
from tests.query.trees import collections, many_words, mended_trees, stock_trees
from tests.query.twin import TwinSnapshot, build


def executed(snapshot: Any, tree: Any) -> Any:
    matches, _ = execute(tree, SnapshotCache(snapshot), seconds=60)
    docs = matches.docs.tolist()
    assert docs == sorted(set(docs))
    return dict(zip(docs, matches.score(None).tolist(), strict=True))


def same(found: Any, expected: Any) -> Any:
    return found.keys() == expected.keys() and all(
        abs(found[doc] - expected[doc]) <= 1e-4 * max(1.0, abs(expected[doc])) for doc in expected
    )


@settings(max_examples=50, deadline=None)
@given(collections(), stock_trees)
def test_a_tree_gives_the_documents_and_scores_of_stock_whoosh(collection: Any, tree: Any) -> None:
    note(f"{collection}\n{tree!r}")
    ix = build(*collection)
    with mended(PLAIN):
        assert same(executed(TwinSnapshot(ix), tree), found_by(ix, tree))


@settings(max_examples=50, deadline=None)
@given(collections(), mended_trees)
def test_any_tree_gives_the_documents_and_scores_of_whoosh_with_its_faults_mended(collection: Any, tree: Any) -> None:
    note(f"{collection}\n{tree!r}")
    ix = build(*collection)
    with mended():
        assert same(executed(TwinSnapshot(ix), tree), found_by(ix, tree))


@settings(max_examples=60, deadline=None)
@given(collections(), many_words)
def test_prefixes_and_patterns_match_what_they_match_in_whoosh(collection: Any, tree: Any) -> None:
    ix = build(*collection)
    assert executed(TwinSnapshot(ix), tree).keys() == found_by(ix, tree).keys()


@settings(max_examples=50, deadline=None)
@given(collections(), mended_trees)
def test_some_scores_are_those_among_all(collection: Any, tree: Any) -> None:
    matches, _ = execute(tree, SnapshotCache(TwinSnapshot(build(*collection))), seconds=60)  # type: ignore[arg-type]
    every_third = list(range(0, len(matches.docs), 3))
    some, all_scores = matches.score(every_third), matches.score(None)  # type: ignore[arg-type]
    assert some.tolist() == all_scores[every_third].tolist()
