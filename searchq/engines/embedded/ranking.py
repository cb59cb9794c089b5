"""Scoring: BM25F over weighted terms, with a small preference for recent questions.

The score of a term in a document is Whoosh's BM25F (Robertson, Zaragoza and Taylor, 2004; weights are summed over the
zones of a question before they saturate, see the field `text`):

    idf = ln(N / (n + 1)) + 1                        N documents, n of them hold the term; deleted ones counted
    score = idf × weight × (K1 + 1) / (weight + K1 × (1 - B + B × length / average length))

Recency is a factor on the whole score, apart from the tree, so that the tree alone gives exactly Whoosh's scores.
"""

import math
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.array_steps import score_terms
from searchq.engines.embedded.snapshot_cache import SnapshotCache, per_snapshot
from searchq.index.schema import MISSING
from searchq.query.tree import Term
from searchq.query.weights import HALF_LIFE_YEARS, K1, RECENCY, B

__all__ = ["idf", "impact_of", "norms", "recency", "recency_factors"]

_DAYS_IN_YEAR: Final = 365.25
_BLOCK: Final = 1 << 15  # questions at once: what is made on the way stays in the cache

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]
Impact = Callable[[Numbers, Floats], Floats]


def idf(node: Term, live_count: int, view: SnapshotCache) -> float:
    """Return the idf of a term that `live_count` live documents contain, always above 0."""
    snapshot = view.snapshot
    count = live_count if snapshot.live is None else snapshot.document_frequency(node.field, node.text)
    return math.log(snapshot.max_doc / (count + 1)) + 1


@per_snapshot
def norms(view: SnapshotCache, fieldname: str) -> Floats:
    """Return the length part of the denominator of each document: float32[max_doc]."""
    lengths, average = np.asarray(view.snapshot.lengths(fieldname)), view.snapshot.average_length(fieldname) or 1.0
    found: Floats = np.multiply(lengths, np.float32(K1 * B / average), dtype=np.float32)  # without a copy of float32
    found += np.float32(K1 * (1 - B))
    return found


def impact_of(node: Term, live_count: int, view: SnapshotCache) -> Impact:
    """Return the function that scores a term, in so many live documents, by documents and its weights there."""
    rarity = idf(node, live_count, view) * node.boost
    norm, factor = norms(view, node.field), np.float32(rarity * (K1 + 1))

    def impact(docs: Numbers, weights: Floats) -> Floats:
        return score_terms(docs, weights, norm, factor)

    return impact


@per_snapshot
def recency(view: SnapshotCache) -> Floats:
    """Return the recency factors, from 1 (very old) to 1 + RECENCY (the newest, or undated): float32[max_doc].

    A question whose day is unknown is not told to be old.
    """
    return recency_factors(np.asarray(view.snapshot.integers("date")))


def recency_factors(dates: npt.NDArray[np.int32]) -> Floats:
    """Return the recency factors of questions asked on some days, MISSING where that is unknown."""
    dated = dates != MISSING
    if not dated.any():
        return np.ones(len(dates), np.float32)
    newest, oldest = int(dates.max()), int(dates.min(where=dated, initial=dates.max()))
    if newest - oldest >= len(dates):
        return _factors(np.where(dated, newest - dates.astype(np.int64), 0))
    factors = _factors(np.arange(newest - oldest + 1))  # far fewer days than questions
    found = np.empty(len(dates), np.float32)
    for first in range(0, len(dates), _BLOCK):
        some = slice(first, first + _BLOCK)
        factors.take(np.where(dated[some], newest - dates[some], 0), mode="clip", out=found[some])
    return found


def _factors(ages: npt.NDArray[np.int64]) -> Floats:
    years = ages / _DAYS_IN_YEAR
    factors: Floats = (1.0 + RECENCY * np.exp2(-years / HALF_LIFE_YEARS)).astype(np.float32)
    return factors
