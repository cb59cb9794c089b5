"""Phrases and nearness of words: the documents in which spots of words stand as asked (see `spots`).

One question serves all: which spots of one word have a spot of another at a distance from `low` to `high`?

    "permanente aandacht"       spots of permanente with aandacht at 1 to 1
    "sociale media"~3           spots of media with sociale at -3 to -1
    sociale NEAR/5 media        spots of sociale with media at -5 to -1 or at 1 to 5

Few spots are looked up one by one. Many are compared by a table with a place for each spot, made for one stretch after
another so that it stays in the processor's cache: the other word is marked, each mark widened from `low` to `high`, and
the table read at the spots. A million spots take 3 ms, whatever the distance; one by one they take 25.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.query.execute.matches import Docs, Places
from searchq.query.execute.spots import Numbers, Spots

__all__ = ["adjacent", "distinct", "following", "nearby"]

Hits = npt.NDArray[np.bool_]

_FEW: Final = 20_000  # spots that are looked up one by one; or, of a more frequent word,
_STEEP: Final = 24  # when the other word has so many times more
_TABLE: Final = 1 << 19  # spots in the table at once: 0.5 MB


def adjacent(words: Sequence[Spots]) -> Docs:
    """The documents that hold all words side by side, in order; ascending."""
    rarest = min(range(len(words)), key=lambda place: len(words[place].spots))
    first = words[rarest]
    left = np.arange(len(first.spots))
    for place, word in enumerate(words):
        if place != rarest:
            left = left[_hits(first.spots[left], word.spots, place - rarest, place - rarest)]
    return first.docs_of(_marked(left, len(first.spots)))


def following(words: Sequence[Spots], slop: int) -> Docs:
    """The documents that hold the words in order, each at most `slop` places after the one before; ascending."""
    reached = words[0].spots
    for word in words[1:]:
        hit = _hits(word.spots, reached, -slop, -1)
        reached = word.spots[hit]
    return words[-1].docs_of(hit)


def nearby(words: Sequence[Spots], least: int, most: int, ordered: bool) -> Docs:
    """The documents that hold two words from `least` to `most` places apart, the first one first if `ordered`."""
    left, right = words
    ahead, behind = (least, most), (-most, -least)
    if len(right.spots) < len(left.spots):
        left, right, ahead, behind = right, left, behind, ahead
    hit = _hits(left.spots, right.spots, *ahead)
    if not ordered:
        hit |= _hits(left.spots, right.spots, *behind)
    return left.docs_of(hit)


def distinct(ascending: Numbers) -> Places:
    """Each number once."""
    new = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return ascending[new].astype(np.intp, copy=False)


def _hits(spots: Numbers, others: Numbers, low: int, high: int) -> Hits:
    """Which spots have one of the others at a distance from `low` to `high`."""
    if not len(spots) or not len(others):
        return np.zeros(len(spots), np.bool_)
    if len(spots) < _FEW or len(spots) * _STEEP < len(others):
        nearest = others.searchsorted(spots + spots.dtype.type(low))
        np.minimum(nearest, len(others) - 1, out=nearest)
        away = others[nearest] - spots
        found: Hits = (away >= low) & (away <= high)
        return found
    begins = range(int(spots[0]), int(spots[-1]) + 1, _TABLE)
    own = [*_places(spots, begins), len(spots)]
    firsts = _places(others, [begin + low for begin in begins])
    lasts = _places(others, [begin + _TABLE + high for begin in begins])
    hit = np.empty(len(spots), np.bool_)
    for begin, (start, end), first, last in zip(begins, pairwise(own), firsts, lasts, strict=True):
        table = np.zeros(_TABLE + high - low, np.bool_)
        table[others[first:last] - (begin + low)] = True
        _widen(table, high - low)
        hit[start:end] = table[spots[start:end] - begin]
    return hit


def _places(spots: Numbers, bounds: Sequence[int]) -> list[int]:
    """Where the bounds fall among the spots."""
    found: list[int] = spots.searchsorted(np.array(bounds, spots.dtype)).tolist()  # another type would copy all spots
    return found


def _widen(table: Hits, reach: int) -> None:
    """Marks each place that has a mark on it or on one of the `reach` places after it."""
    done = 0
    while done < reach:
        step = min(done + 1, reach - done)
        table[:-step] |= table[step:]
        done += step


def _marked(places: npt.NDArray[np.intp], size: int) -> Hits:
    marked = np.zeros(size, np.bool_)
    marked[places] = True
    return marked
