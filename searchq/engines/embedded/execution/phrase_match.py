"""Phrases and proximity: the documents in which words are at the required positions (see `positions`).

One operation serves all: find the positions of one word that have a position of another at a distance in some ranges.

    "permanente aandacht"       positions of permanente with aandacht at 1
    "sociale media"~3           positions of sociale with media at 1 to 3
    sociale NEAR/5 media        positions of sociale with media at -5 to -1 or at 1 to 5

Two bitmaps are compared as bitmaps. Other positions are looked up in the bitmap of the other word, in a bitmap made for
it, or, if they are few, by binary search in its positions.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.execution.matches import Docs
from searchq.engines.embedded.execution.position_bitmaps import Bits, Ranges, bitmap_of, hits, meeting
from searchq.engines.embedded.execution.positions import Numbers, PositionBitmap, PositionList, PositionSpace, Word
from searchq.index.format.positions import in_c

__all__ = ["adjacent", "following", "nearby"]

# Looking up a position among positions takes as long as marking so many positions, or so many times 8 numbers of bits.
_SEARCH: Final = 16


def adjacent(words: Sequence[Word], space: PositionSpace) -> Docs:
    """Return the documents that contain all words side by side, in order; ascending."""
    rarest = min(range(len(words)), key=lambda place: _size(words[place]))
    found = words[rarest]
    for place, word in enumerate(words):
        if place != rarest:
            found = _among(found, word, ((place - rarest, place - rarest),), space)
    return _docs(found, space)


def following(words: Sequence[Word], slop: int, space: PositionSpace) -> Docs:
    """Return the documents that contain the words in order, each at most `slop` places after the last; ascending."""
    reached, *between, last = words
    for word in between:
        reached = _among(word, reached, ((-slop, -1),), space)
    return _together(reached, last, ((1, slop),), space)


def nearby(words: Sequence[Word], least: int, most: int, space: PositionSpace) -> Docs:
    """Return the documents that contain two words `least` to `most` places apart, in any order."""
    left, right = words
    return _together(left, right, ((least, most), (-most, -least)), space)


def _together(left: Word, right: Word, ranges: Ranges, space: PositionSpace) -> Docs:
    """Return the documents in which a position of one word has a position of the other in the ranges."""
    if _size(right) < _size(left):
        left, right, ranges = right, left, [(-high, -low) for low, high in ranges]
    return _docs(_among(left, right, ranges, space), space)


def _among(word: Word, other: Word, ranges: Ranges, space: PositionSpace) -> Word:
    """Return the positions of a word that have a position of the other in the ranges."""
    if isinstance(word, PositionList):
        return PositionList(word.positions[_hits(word.positions, other, ranges, space)])
    return PositionBitmap(meeting(word.bits, _bits(other, space), ranges))


def _hits(positions: Numbers, other: Word, ranges: Ranges, space: PositionSpace) -> npt.NDArray[np.bool_]:
    if isinstance(other, PositionList) and (in_c is not None or _are_few(positions, other.positions, space)):
        hit = np.zeros(len(positions), np.bool_)
        for low, high in ranges:
            hit |= _searched(positions, other.positions, low, high)
        return hit
    return hits(positions, _bits(other, space), ranges)


def _are_few(positions: Numbers, others: Numbers, space: PositionSpace) -> bool:
    return len(positions) * _SEARCH < len(others) + len(space.owners) // 8


def _searched(positions: Numbers, others: Numbers, low: int, high: int) -> npt.NDArray[np.bool_]:
    """Return which positions have one of `others` at a distance from `low` to `high`."""
    if in_c is not None:
        found = np.zeros(len(positions), np.bool_)
        in_c.mark_near(positions, others, low, high, found)
        return found
    if not len(others):
        return np.zeros(len(positions), np.bool_)
    nearest = others.searchsorted(positions + positions.dtype.type(low))
    np.minimum(nearest, len(others) - 1, out=nearest)
    away = others[nearest] - positions
    near: npt.NDArray[np.bool_] = (away >= low) & (away <= high)
    return near


def _bits(word: Word, space: PositionSpace) -> Bits:
    return word.bits if isinstance(word, PositionBitmap) else bitmap_of(word.positions, len(space.owners))


def _docs(word: Word, space: PositionSpace) -> Docs:
    return space.docs_of_bits(word.bits) if isinstance(word, PositionBitmap) else space.docs_of(word.positions)


def _size(word: Word) -> float:
    """Return the cost of looking a word up, in positions; bitmaps cost most."""
    return len(word.positions) if isinstance(word, PositionList) else np.inf
