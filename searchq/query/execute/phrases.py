"""Phrases: which of some candidate documents hold words in order, from where each word stands in them.

Side by side is the common case. Positions of all candidates are laid end to end, each shifted back by its place in the
phrase, so that the words of a phrase fall on one spot; spots of the frequent words are marked in a table of bits:

    candidate        0                    1
    permanente       |   3      9         |  2          "permanente aandacht": aandacht stands one further,
    aandacht - 1     |          9   12    |  7          so it meets permanente at 9 in candidate 0
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.index.encoding import starts_of

__all__ = ["Positions", "adjacent", "distinct", "following", "nearby"]

Numbers = npt.NDArray[np.integer]
# Of one word in every candidate: (indptr int64[n + 1], positions int32[…]), ascending within a candidate.
Positions = tuple[Numbers, npt.NDArray[np.int32]]

_FEW: Final = 2000  # spots that are looked up one by one rather than in a table
_TABLE: Final = 1 << 23  # spots marked at once: 8 MB


def adjacent(words: Sequence[Positions]) -> npt.NDArray[np.intp]:
    """The candidates that hold all words side by side, in order; ascending."""
    bases = _bases(words, 0)
    spots = sorted((_spots(each, bases, offset) for offset, each in enumerate(words)), key=len)
    common = spots[0]
    for more in spots[1:]:
        common = _common(common, more) if len(common) < _FEW else _reached(common, more, bases, (0,))
    return _candidates(common, bases)


def nearby(left: Positions, right: Positions, slop: int, ordered: bool) -> npt.NDArray[np.intp]:
    """The candidates that hold two words at most `slop` positions apart, the left one first if `ordered`; ascending."""
    bases = _bases((left, right), slop)
    ahead, behind = range(1, slop + 1), range(-slop, 0)
    a, b = _spots(left, bases), _spots(right, bases)
    if len(b) < len(a):
        a, b, ahead, behind = b, a, behind, ahead
    return _candidates(_reached(a, b, bases, ahead if ordered else (*behind, *ahead)), bases)


def following(words: Sequence[Positions], slop: int) -> npt.NDArray[np.intp]:
    """The candidates that hold the words in order, each at most `slop` positions after the one before; ascending."""
    bases = _bases(words, slop)
    reached = _spots(words[0], bases)
    for word in words[1:]:
        if not len(reached):
            break
        spots = _spots(word, bases)
        nearest = reached.searchsorted(spots) - 1  # the last one before each
        reached = spots[(nearest >= 0) & (spots - reached[nearest] <= slop)]
    return _candidates(reached, bases)


def distinct(ascending: Numbers) -> npt.NDArray[np.intp]:
    """Each number once."""
    new = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return ascending[new].astype(np.intp, copy=False)


def _bases(words: Sequence[Positions], gap: int) -> Numbers:
    """Where each candidate begins, `gap` spots and the longest of its words after the one before: int64[n + 1]."""
    lasts = [places[indptr[1:] - 1].astype(np.int64) for indptr, places in words]
    return starts_of(np.maximum.reduce(lasts) + 1 + gap) + gap


def _spots(positions: Positions, bases: Numbers, offset: int = 0) -> Numbers:
    """Where each position falls, shifted back by `offset`; one before the beginning of its candidate falls out."""
    indptr, places = positions
    spots = np.repeat(bases[:-1] - offset, np.diff(indptr)) + places
    return spots[places >= offset] if offset and (places[indptr[:-1]] < offset).any() else spots


def _candidates(spots: Numbers, bases: Numbers) -> npt.NDArray[np.intp]:
    """The candidates that any of the spots, ascending, lies in."""
    return np.flatnonzero(np.diff(spots.searchsorted(bases)) > 0)


def _common(few: Numbers, many: Numbers) -> Numbers:
    at = np.minimum(many.searchsorted(few), len(many) - 1)
    return few[many[at] == few] if len(many) else many


def _reached(some: Numbers, others: Numbers, bases: Numbers, distances: Sequence[int]) -> Numbers:
    """Those of `some` that have one of `others` at any of the distances, marked a stretch of candidates at a time."""
    found = []
    gap = int(bases[0])
    for low, high in _stretches(bases):
        marked = np.zeros(high - low + gap, np.bool_)
        first, last = others.searchsorted((low, high))
        marked[others[first:last] - (low - gap)] = True
        first, last = some.searchsorted((low, high))
        own = some[first:last] - (low - gap)
        hit = np.zeros(len(own), np.bool_)
        for distance in distances:
            hit |= marked[own + distance] if distance else marked[own]
        found.append(some[first:last][hit])
    return np.concatenate([some[:0], *found])


def _stretches(bases: Numbers) -> Iterator[tuple[int, int]]:
    """Spots from the beginning of a candidate to the beginning of another, about `_TABLE` at a time."""
    low = int(bases[0])
    while low < bases[-1]:
        high = int(bases[max(int(bases.searchsorted(low + _TABLE, "right")) - 1, int(bases.searchsorted(low)) + 1)])
        yield low, high
        low = high
