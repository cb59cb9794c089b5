"""Phrases and nearness of words: the documents in which spots of words stand as asked (see `spots`).

One question serves all: which spots of one word have a spot of another at a distance within some ranges?

    "permanente aandacht"       spots of permanente with aandacht at 1
    "sociale media"~3           spots of sociale with media at 1 to 3
    sociale NEAR/5 media        spots of sociale with media at -5 to -1 or at 1 to 5

Words kept as bits are compared as bits. The spots of any other word are looked up: in the bits of a word that has them,
in bits made for it on the spot, or, when they are few, one by one among its spots.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.execution.matches import Docs
from searchq.engines.embedded.execution.position_bitmaps import Bits, Ranges, hits, marked, meeting
from searchq.engines.embedded.execution.positions import Layout, Marks, Numbers, Spots, Word

__all__ = ["adjacent", "following", "nearby"]

# Looking up a spot among spots takes as long as marking so many spots, or so many times 8 numbers of bits.
_SEARCH: Final = 16


def adjacent(words: Sequence[Word], layout: Layout) -> Docs:
    """The documents that hold all words side by side, in order; ascending."""
    rarest = min(range(len(words)), key=lambda place: _size(words[place]))
    found = words[rarest]
    for place, word in enumerate(words):
        if place != rarest:
            found = _among(found, word, ((place - rarest, place - rarest),), layout)
    return _docs(found, layout)


def following(words: Sequence[Word], slop: int, layout: Layout) -> Docs:
    """The documents that hold the words in order, each at most `slop` places after the one before; ascending."""
    reached, *between, last = words
    for word in between:
        reached = _among(word, reached, ((-slop, -1),), layout)
    return _together(reached, last, ((1, slop),), layout)


def nearby(words: Sequence[Word], least: int, most: int, ordered: bool, layout: Layout) -> Docs:
    """The documents that hold two words from `least` to `most` places apart, the first one first if `ordered`."""
    left, right = words
    ahead = (least, most)
    return _together(left, right, (ahead,) if ordered else (ahead, (-most, -least)), layout)


def _together(left: Word, right: Word, ranges: Ranges, layout: Layout) -> Docs:
    """The documents in which a spot of one word has one of the other in the ranges."""
    if _size(right) < _size(left):
        left, right, ranges = right, left, [(-high, -low) for low, high in ranges]
    return _docs(_among(left, right, ranges, layout), layout)


def _among(word: Word, other: Word, ranges: Ranges, layout: Layout) -> Word:
    """What a word has of spots with one of the other in the ranges."""
    if isinstance(word, Spots):
        return Spots(word.spots[_hits(word.spots, other, ranges, layout)])
    return Marks(meeting(word.bits, _bits(other, layout), ranges))


def _hits(spots: Numbers, other: Word, ranges: Ranges, layout: Layout) -> npt.NDArray[np.bool_]:
    if isinstance(other, Spots) and len(spots) * _SEARCH < len(other.spots) + len(layout.owners) // 8:
        hit = np.zeros(len(spots), np.bool_)
        for low, high in ranges:
            hit |= _searched(spots, other.spots, low, high)
        return hit
    return hits(spots, _bits(other, layout), ranges)


def _searched(spots: Numbers, others: Numbers, low: int, high: int) -> npt.NDArray[np.bool_]:
    """Which spots have one of the others at a distance from `low` to `high`."""
    if not len(others):
        return np.zeros(len(spots), np.bool_)
    nearest = others.searchsorted(spots + spots.dtype.type(low))
    np.minimum(nearest, len(others) - 1, out=nearest)
    away = others[nearest] - spots
    found: npt.NDArray[np.bool_] = (away >= low) & (away <= high)
    return found


def _bits(word: Word, layout: Layout) -> Bits:
    return word.bits if isinstance(word, Marks) else marked(word.spots, len(layout.owners))


def _docs(word: Word, layout: Layout) -> Docs:
    return layout.docs_of_bits(word.bits) if isinstance(word, Marks) else layout.docs_of(word.spots)


def _size(word: Word) -> float:
    """How many spots it takes to look a word up; bits come last."""
    return len(word.spots) if isinstance(word, Spots) else np.inf
