"""Whoosh 2.7.4 with the faults mended that keep some of its matchers from doing what its documentation says.

Each was found by a random tree on which Whoosh disagreed with itself. Only what is below is replaced; all else an
oracle computes is stock Whoosh.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from whoosh.collectors import UnlimitedCollector
from whoosh.matching import AndNotMatcher, DisjunctionMaxMatcher, InverseMatcher
from whoosh.query.spans import SpanNear2, SpanQuery
from whoosh.scoring import BM25F

from searchq.index.codec.whoosh_query import whoosh_query
from searchq.query.weights import K1, B


def any_size(query: Any, reader: Any) -> Any:
    """Span queries raise when asked for their size, as And and Or do; it only decides the order of work."""
    return reader.doc_count()


def find_next(matcher: Any) -> None:
    """AndNot let its first document through unless both sides began with the same one, and read beyond the end."""
    wanted, barred = matcher.a, matcher.b
    while wanted.is_active() and barred.is_active() and barred.id() <= wanted.id():
        if barred.id() < wanted.id():
            barred.skip_to(wanted.id())
        else:
            wanted.next()


def greatest(matcher: Any) -> Any:
    """DisjunctionMax compared scores of whatever documents its two sides stood on."""
    sides = [side for side in (matcher.a, matcher.b) if side.is_active() and side.id() == matcher.id()]
    return max(side.score() for side in sides)


def keep_both(matcher: Any, minquality: int = 0) -> Any:
    """DisjunctionMax gave up both sides when one was at its end."""
    return matcher


def find_outside(matcher: Any) -> None:
    """Not fell behind what it denies where that held a deleted document, and let the next ones through."""
    child = matcher.child
    while matcher._id < matcher.limit:
        if child.is_active() and child.id() < matcher._id:
            child.skip_to(matcher._id)
        if not matcher.missing(matcher._id) and not (child.is_active() and child.id() == matcher._id):
            return
        matcher._id += 1


PLAIN = (  # what trees of plain nodes need
    (SpanQuery, "estimate_size", any_size),
    (SpanNear2, "estimate_size", any_size),
    (InverseMatcher, "_find_next", find_outside),
)
MENDS = (
    *PLAIN,
    (AndNotMatcher, "_find_first", find_next),
    (AndNotMatcher, "_find_next", find_next),
    (DisjunctionMaxMatcher, "score", greatest),
    (DisjunctionMaxMatcher, "replace", keep_both),
)


@contextmanager
def mended(mends: Any = MENDS) -> Iterator[Any]:
    with ExitStack() as stack:
        for owner, name, better in mends:
            stack.enter_context(patch.object(owner, name, better))
        yield


def found_by(ix: Any, tree: Any) -> Any:
    """Documents and scores of Whoosh's own searcher; deleted documents its inverse matcher lets through left out."""
    with ix.searcher(weighting=BM25F(B=B, K1=K1)) as searcher:
        collector = UnlimitedCollector()
        searcher.search_with_collector(whoosh_query(tree), collector)
        reader = searcher.reader()
        return {doc: score for score, doc in collector.items if not reader.is_deleted(doc)}
