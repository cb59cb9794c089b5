"""Phrases: which of some candidate documents hold words in order, from where each word stands in them.

Side by side is the common case. Positions of all candidates are laid end to end, each shifted back by its place in the
phrase, so that the words of a phrase fall on one spot; spots of the frequent words are marked in a table of bits:

    candidate        0                    1
    permanente       |   3      9         |  2          "permanente aandacht": aandacht stands one further,
    aandacht - 1     |          9   12    |  7          so it meets permanente at 9 in candidate 0
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.index.encoding import starts_of

__all__ = ["Positions", "adjacent", "distinct", "following"]

Numbers = npt.NDArray[np.integer]
# Of one word in every candidate: (indptr int64[n + 1], positions int32[…]), ascending within a candidate.
Positions = tuple[Numbers, npt.NDArray[np.int32]]

_FEW: Final = 2000  # spots that are looked up one by one rather than in a table
_TABLE: Final = 1 << 23  # spots marked at once: 8 MB


def adjacent(words: Sequence[Positions]) -> npt.NDArray[np.intp]:
    """The candidates that hold all words side by side, in order; ascending."""
    bases = starts_of(np.maximum.reduce([_last(positions) for positions in words]) + 1)
    spots = sorted((_spots(each, offset, bases) for offset, each in enumerate(words)), key=len)
    common = spots[0]
    for more in spots[1:]:
        common = _common(common, more) if len(common) < _FEW else _common_marked(common, more, int(bases[-1]))
    return distinct(bases.searchsorted(common, "right") - 1)


def following(words: Sequence[Positions], slop: int) -> npt.NDArray[np.intp]:
    """The candidates that hold the words in order, each at most `slop` positions after the one before; ascending."""
    bases = starts_of(np.maximum.reduce([_last(positions) for positions in words]) + 1 + slop)
    reached = _spots(words[0], 0, bases)
    for word in words[1:]:
        spots = _spots(word, 0, bases)
        if not len(reached):
            break
        nearest = reached.searchsorted(spots) - 1  # the last one before each
        reached = spots[(nearest >= 0) & (spots - reached[nearest] <= slop)]
    return distinct(bases.searchsorted(reached, "right") - 1)


def distinct(ascending: Numbers) -> npt.NDArray[np.intp]:
    """Each number once."""
    new = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return ascending[new].astype(np.intp, copy=False)


def _last(positions: Positions) -> Numbers:
    """The last position in each candidate."""
    indptr, places = positions
    return places[indptr[1:] - 1].astype(np.int64)


def _spots(positions: Positions, offset: int, bases: Numbers) -> Numbers:
    """Where each position falls, all candidates laid end to end; one before its candidate's beginning falls out."""
    indptr, places = positions
    spots = np.repeat(bases[:-1], np.diff(indptr)) + (places - offset)
    return spots[places >= offset] if offset else spots


def _common(few: Numbers, many: Numbers) -> Numbers:
    at = np.minimum(many.searchsorted(few), len(many) - 1)
    return few[many[at] == few] if len(many) else many


def _common_marked(some: Numbers, others: Numbers, end: int) -> Numbers:
    """The same by marking, a stretch of spots at a time."""
    found = []
    for low in range(0, end, _TABLE):
        high = min(low + _TABLE, end)
        marked = np.zeros(high - low, np.bool_)
        marked[_within(others, low, high) - low] = True
        own = _within(some, low, high)
        found.append(own[marked[own - low]])
    return np.concatenate(found)


def _within(spots: Numbers, low: int, high: int) -> Numbers:
    first, last = spots.searchsorted([low, high])
    return spots[first:last]
