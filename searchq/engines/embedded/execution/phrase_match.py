"""Phrases and proximity: the documents in which words stand within reach of each other.

    "permanente aandacht"       aandacht 1 place after permanente
    "sociale media"~3           media 1 to 3 places after sociale
    sociale NEAR/5 media        media 1 to 5 places before or after sociale

The postings of all words are read side by side, as they are stored, in the documents that hold all words. Nothing that
is read is kept: reading two very frequent words takes less than ranking what they find.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.array_steps import locate
from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.matches import Docs, Places
from searchq.index.format.positions import in_c

if TYPE_CHECKING:
    from searchq.index.read.postings import Postings

__all__ = ["Reach", "documents_near"]

_SHIFT: Final = 32  # a document and a position as one number
_BLOCK: Final = 1 << 14  # documents compared between two checks of the deadline, in Python

Marks = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int32]  # of documents, ascending


class Reach(NamedTuple):
    """How far a word may be from the one before: `least` to `most` places, after it if `ordered`."""

    least: int
    most: int
    ordered: bool


def documents_near(words: Sequence["Postings"], reach: Reach, context: SearchContext) -> Docs:
    """Return the documents that hold each word within reach of the one before; ascending."""
    common = _in_common(words, context)
    marks = np.zeros(len(common), np.bool_)
    mark = _mark_in_python if in_c is None else _mark
    mark(common, words, reach, marks, context)
    return common[marks].astype(np.intp)


def _in_common(words: Sequence["Postings"], context: SearchContext) -> Numbers:
    common, *others = sorted((word.docs for word in words), key=len)
    for docs in others:
        common = common[locate(common, docs, context.max_doc)[0]]
    return common


def _mark(docs: Numbers, words: Sequence["Postings"], reach: Reach, marks: Marks, context: SearchContext) -> None:
    """Mark which documents, each of which holds all words, hold them within reach: segment by segment, in C."""
    bases = sorted(set.intersection(*({piece.base for piece in word.pieces} for word in words)))
    bounds = docs.searchsorted([*bases, context.max_doc]).tolist()
    for base, (first, last) in zip(bases, pairwise(bounds), strict=True):
        if first < last:
            context.check()
            _mark_segment(docs[first:last] - np.int32(base), _rows(words, base), reach, marks[first:last])


def _rows(words: Sequence["Postings"], base: int) -> list[list[npt.NDArray[Any]]]:
    """Return the rows of each word in a segment: documents and encoded positions of each, in turn."""
    pieces = [next(piece for piece in word.pieces if piece.base == base) for word in words]
    return [[array for row in piece.row.rows() for array in row] for piece in pieces if piece.row.rows]


def _mark_segment(docs: Numbers, rows: Sequence[Sequence[npt.NDArray[Any]]], reach: Reach, marks: Marks) -> None:
    assert in_c is not None
    sizes = np.array([len(arrays) // 2 for arrays in rows], np.int64)
    in_c.mark_near(docs, tuple(array for arrays in rows for array in arrays), sizes, *reach, marks)


def _mark_in_python(
    docs: Numbers, words: Sequence["Postings"], reach: Reach, marks: Marks, context: SearchContext
) -> None:
    for first in range(0, len(docs), _BLOCK):
        context.check()
        some = docs[first : first + _BLOCK]
        reached, *others = (_keys(word, locate(some, word.docs, context.max_doc)[1]) for word in words)
        for own in others:
            reached = own[_within(own, reached, reach)]
        marks[first + (reached >> _SHIFT)] = True


def _keys(word: "Postings", places: Places) -> npt.NDArray[np.int64]:
    """Return the positions of a word in some of its documents, each with the number of its document before it."""
    return np.asarray(word.absolute_positions(np.arange(len(places)) << _SHIFT, places))


def _within(positions: npt.NDArray[np.int64], others: npt.NDArray[np.int64], reach: Reach) -> Marks:
    """Return which positions are within reach of others; those of different documents are far apart."""
    hit = np.zeros(len(positions), np.bool_)
    ranges = [(-reach.most, -reach.least)] + ([] if reach.ordered else [(reach.least, reach.most)])
    for low, high in ranges:
        hit |= others.searchsorted(positions + low) < others.searchsorted(positions + high, "right")
    return hit
