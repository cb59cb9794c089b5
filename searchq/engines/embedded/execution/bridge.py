"""Nodes that are not known here, run by Whoosh's own matchers on the same snapshot: slower, and right.

Whoosh works one document at a time, so the clock is looked at every few documents.
"""

from itertools import count
from typing import Any, Final

import numpy as np
from whoosh.query import QueryError
from whoosh.reading import TermNotFound
from whoosh.scoring import BM25F

from searchq.engines.embedded.execution.context import Run
from searchq.engines.embedded.execution.matches import Matches, nothing
from searchq.engines.embedded.ranking import K1, B
from searchq.index.codec.opened import searcher_of

__all__ = ["by_whoosh"]

_STEP: Final = 256  # documents between two looks at the clock


def by_whoosh(node: Any, run: Run) -> Matches:
    """What Whoosh's matcher of this node matches, with its scores; nothing where Whoosh cannot run it."""
    docs: list[int] = []
    scores: list[float] = []
    with searcher_of(run.snapshot, BM25F(B=B, K1=K1)) as searcher:
        try:
            for part, offset in searcher.leaf_searchers():
                _collect(node.matcher(part, searcher.context()), offset, docs, scores, run)
        except (QueryError, TermNotFound, NotImplementedError):
            return nothing()
    return _matches(np.array(docs, np.intp), np.array(scores, np.float32), run)


def _collect(matcher: Any, offset: int, docs: list[int], scores: list[float], run: Run) -> None:
    for step in count():
        if step % _STEP == 0:
            run.check()
        if not matcher.is_active():
            return
        docs.append(matcher.id() + offset)
        scores.append(matcher.score())
        matcher.next()


def _matches(docs: np.ndarray[Any, np.dtype[np.intp]], scores: np.ndarray[Any, Any], run: Run) -> Matches:
    live = run.snapshot.live
    if live is not None:  # Whoosh's inverse matcher may let a deleted document through
        docs, scores = docs[live[docs]], scores[live[docs]]
    return Matches(docs, lambda places: scores if places is None else scores[places])
