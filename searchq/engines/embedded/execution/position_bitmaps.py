"""Positions as bitmaps: a very frequent word of a zone has one bit for every position, 64 per number.

    position    0 1 2 3 4 5 6 7 …
    van         0 1 0 0 0 1 0 0        van, with de at the next position: van & (de moved by one) = 0 1 0 0 0 0 0 0
    de          0 0 1 0 0 0 0 1

So two words that occur in every document are compared 64 positions at a time (16 million in 0.3 ms), and any other
position is looked up by reading one number, or two, at any distance (2 ns each).

A distance is a list of ranges of differences: ((1, 1),) is the next position, ((1, 5), (-5, -1)) five words either way.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from searchq.index.format.positions import in_c

__all__ = ["PAD", "SHIFT", "WORD", "Bits", "Ranges", "bitmap_of", "hits", "meeting"]

Bits = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.signedinteger[Any]]
Ranges: TypeAlias = Sequence[tuple[int, int]]

SHIFT: Final = 6
WORD: Final = 1 << SHIFT  # positions per number
PAD: Final = 4  # empty numbers at either end, so that every distance stays inside the bitmap
_BLOCK: Final = 1 << 14  # numbers, or positions, processed at once: 128 kB, which fit in the processor's cache
_ALL: Final = (1 << WORD) - 1


def bitmap_of(positions: Numbers, size: int) -> Bits:
    """Return distinct positions as a bitmap of `size` numbers."""
    bits = np.zeros(size, np.uint64)
    if in_c is not None:
        in_c.mark_bits(positions, bits)
        return bits
    for first in range(0, len(positions), _BLOCK):
        some = positions[first : first + _BLOCK]
        ones = np.uint64(1) << (some & WORD - 1).astype(np.uint64)
        np.add.at(bits, (some >> SHIFT).astype(np.intp), ones)  # equals `or`, as each position occurs once
    return bits


def hits(positions: Numbers, others: Bits, ranges: Ranges) -> npt.NDArray[np.bool_]:
    """Return which positions have one of `others` in the ranges."""
    least = min(low for low, _ in ranges)
    wanted = reduce(or_, (((1 << high - low + 1) - 1) << low - least for low, high in ranges))
    masks = [(least + first, wanted >> first & _ALL) for first in range(0, wanted.bit_length(), WORD)]
    hit = np.zeros(len(positions), np.bool_)
    if in_c is not None:
        for ahead, mask in masks:
            in_c.mark_hits(positions, others, ahead, mask, hit)
        return hit
    for first in range(0, len(positions), _BLOCK):
        some = positions[first : first + _BLOCK]
        for ahead, mask in masks:
            hit[first : first + _BLOCK] |= _hits(some + some.dtype.type(ahead), others, mask)
    return hit


def meeting(bits: Bits, others: Bits, ranges: Ranges) -> Bits:
    """Return the bits that have one of `others` in the ranges."""
    found = np.zeros_like(bits)
    for first in range(PAD, len(bits) - PAD, _BLOCK):
        last = min(first + _BLOCK, len(bits) - PAD)
        near = _near(others, first, last, *ranges[0])
        for low, high in ranges[1:]:
            near |= _near(others, first, last, low, high)
        np.bitwise_and(bits[first:last], near, out=found[first:last])
    return found


def _hits(positions: Numbers, others: Bits, mask: int) -> npt.NDArray[np.bool_]:
    """Return which positions have one of `others` at any of the next 64 places that are set in `mask`."""
    number = positions >> SHIFT
    place = (positions & WORD - 1).astype(np.uint64)
    ahead = others[number] >> place
    if mask > 1:
        ahead |= others[number + 1] << (np.uint64(WORD) - place)  # a NumPy shift by 64 gives zero
    found: npt.NDArray[np.bool_] = (ahead & np.uint64(mask)) != 0
    return found


def _near(bits: Bits, first: int, last: int, low: int, high: int) -> Bits:
    """Return where there is a bit at a distance from `low` to `high`, in the numbers from `first` to `last`."""
    begin, rest = divmod(low, WORD)
    spare = -(-(high - low) // WORD)
    near = _moved(bits[first + begin : last + begin + spare + 1], rest)[: last - first + spare]
    done = 0
    while done < high - low:  # doubles the width each time
        step = min(done + 1, high - low - done)
        near |= _moved(near, step)
        done += step
    return near[: last - first]


def _moved(bits: Bits, by: int) -> Bits:
    """Shift bits `by` places down, from 0 to 64; shifts in zeros at the end."""
    moved = bits >> np.uint64(by)
    moved[:-1] |= bits[1:] << np.uint64(WORD - by)
    return moved
