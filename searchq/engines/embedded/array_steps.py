"""Steps over the arrays of a search that cost most: in C where it was built (searchq/kernel/matches.c), else in NumPy.

Both give the same, bit by bit; each function says what. Documents are ascending, each once.
"""

from types import ModuleType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from searchq.kernel import built

__all__ = [
    "are_among",
    "count_docs",
    "count_rows",
    "counted_docs",
    "in_c",
    "join_near",
    "join_scores",
    "locate",
    "score_terms",
    "weighted",
]

Ascending = npt.NDArray[np.signedinteger[Any]]  # of any width
Places = npt.NDArray[np.intp]
Scores = npt.NDArray[np.float32]
Counts = npt.NDArray[np.uint16]  # of every document

_STEEP: Final = 16  # if one list is this many times longer, binary search beats a lookup table
_NO_PLACES: Final[Places] = np.empty(0, np.intp)


in_c: ModuleType | None = built("matches")


def are_among(values: npt.NDArray[np.int64], others: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which values are among `others`, which are ascending: quicker than isin, which sorts, for a few."""
    if not len(others):
        return np.zeros(len(values), np.bool_)
    places = np.minimum(others.searchsorted(values), len(others) - 1)
    found: npt.NDArray[np.bool_] = others[places] == values
    return found


def locate(docs: Ascending, others: Ascending, max_doc: int) -> tuple[Places, Places]:
    """Return the places of common documents in each list; without C faster if the shorter list is first."""
    if in_c is not None:
        here, there = np.empty((2, min(len(docs), len(others))), np.intp)
        count = in_c.locate(np.ascontiguousarray(docs), np.ascontiguousarray(others), here, there)
        return here[:count], there[:count]
    if len(others) > _STEEP * len(docs):
        if not len(docs):
            return _NO_PLACES, _NO_PLACES
        places = others.searchsorted(docs)
        places[places == len(others)] = 0
        here = (others[places] == docs).nonzero()[0]
        return here, places[here]
    table = np.zeros(max_doc, np.int32)
    table[others] = np.arange(1, len(others) + 1, dtype=np.int32)
    found = table[docs]
    here = found.nonzero()[0]
    return here, found[here].astype(np.intp) - 1


def score_terms(docs: Places, weights: Scores, norms: Scores, factor: np.float32) -> Scores:
    """Return weight / (weight + norm of the document) × factor for each document."""
    if in_c is not None:
        found = np.empty(len(docs), np.float32)
        in_c.impacts(docs, weights, norms, factor, found)
        return found
    scores = weights + norms[docs]
    np.divide(weights, scores, out=scores)
    scores *= factor
    return scores


def weighted(docs: Places, scores: Scores, factors: Scores) -> Scores:
    """Return the scores of documents, each times the factor of its document."""
    if in_c is not None:
        found = np.empty(len(docs), np.float32)
        in_c.weigh(docs, scores, factors, found)
        return found
    return scores * factors[docs]


def join_scores(docs: Places, scores: Scores, join: np.ufunc, totals: Scores) -> None:
    """Join (`np.add` or `np.maximum`) the scores of documents to the totals of all."""
    if in_c is not None:
        in_c.join_scores(docs, scores, join is np.maximum, totals)
    else:
        totals[docs] = join(totals[docs], scores)


def join_near(left: Ascending, right: Ascending, bases: Ascending, window: int, gains: Scores) -> None:
    """Add to the gain of each document: 1 if two words are side by side in it, 0.5 if they are at most `window` apart.

    A document has the positions from its base to the next one.
    """
    if in_c is not None:
        in_c.join_near(left, right, bases, window, gains)
        return
    if not len(left) or not len(right):
        return
    after = right.searchsorted(left)
    gaps = np.minimum(
        np.abs(right[np.minimum(after, len(right) - 1)] - left), np.abs(left - right[np.maximum(after - 1, 0)])
    )
    found = np.zeros(len(gains), np.float32)
    for reach, value in ((window, 0.5), (1, 1.0)):
        found[bases.searchsorted(left[gaps <= reach], "right") - 1] = value
    gains += found


def count_docs(docs: Places, counts: Counts) -> None:
    """Add one to the counts of some documents."""
    if in_c is not None:
        in_c.count_docs(docs, counts)
    else:
        counts[docs] += np.uint16(1)


def counted_docs(counts: Counts, least: int) -> Places:
    """Return the documents whose counts are not less than `least`, ascending."""
    if in_c is None:
        return (counts >= least).nonzero()[0]
    found = np.empty(len(counts), np.intp)
    return found[: in_c.counted_docs(counts, least, found)].copy()  # so that the room for all is free again


def count_rows(rows: npt.NDArray[np.integer[Any]], docs: Places, size: int) -> npt.NDArray[np.intp]:
    """Count the codes, each below `size`, in the rows of some documents: intp[size]."""
    if in_c is not None:
        counts = np.zeros(size, np.intp)
        in_c.count_rows(rows, rows.shape[1], docs, counts)
        return counts
    return np.bincount(rows.take(docs, axis=0).ravel(), minlength=size)
