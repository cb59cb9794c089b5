"""An array of a mapped file whose blocks are compared with their checksums at first touch.

It acts as the array it stands for: a slice, a number or some ranges are compared and handed out as plain arrays;
whatever else is asked of it compares all of it first. So nothing is read unchecked because somebody forgot to.
"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numpy.lib.mixins import NDArrayOperatorsMixin

from searchq.index.format.blocks import BLOCK_BITS, Blocks

__all__ = ["CheckedArray", "place_in_file", "unchecked", "whole", "within"]

Array = npt.NDArray[Any]
_ANY: Final = (int, np.integer)


class CheckedArray(NDArrayOperatorsMixin):
    """`array` begins at the byte `first` of the file of `blocks`."""

    __slots__ = ("_array", "_blocks", "_compared", "_first", "_length", "_seen", "_size")

    def __init__(self, array: Array, blocks: Blocks, first: int) -> None:
        self._array = array
        self._blocks = blocks
        self._first = first
        self._size = array.itemsize
        self._length = length = len(array)
        self._compared = not length
        self._seen = blocks.seen

    @property
    def unchecked(self) -> Array:
        """The array itself, for pieces with checksums of their own."""
        return self._array

    @property
    def place(self) -> tuple[bytearray, int]:
        """Which blocks of its file were compared, and the first byte of the array in that."""
        return self._seen, self._first

    @property
    def dtype(self) -> np.dtype[Any]:
        return self._array.dtype

    def whole(self) -> Array:
        """Return the array, all of it compared."""
        if not self._compared:
            self._blocks.check(self._first, self._first + self._array.nbytes)
            self._compared = True
        return self._array

    def within(self, starts: Array, counts: Array) -> Array:
        """Return the array, some ranges of it compared."""
        if not self._compared:
            firsts = starts.astype(np.int64) * self._size + self._first
            self._blocks.check_ranges(firsts, counts.astype(np.int64) * self._size)
        return self._array

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, key: Any) -> Any:
        if self._compared:
            return self._array[key]
        if type(key) is slice:
            first, end, step = key.indices(self._length)
            if step != 1:
                return self.whole()[key]
        elif isinstance(key, _ANY):
            first = int(key) if key >= 0 else int(key) + self._length
            end = first + 1
        else:
            return self.whole()[key]
        if 0 <= first < end <= self._length:  # numpy refuses what is beyond
            low = (self._first + first * self._size) >> BLOCK_BITS
            high = ((self._first + end * self._size - 1) >> BLOCK_BITS) + 1
            if self._seen.find(0, low, high) >= 0:
                self._blocks.compare(low, high)
                self._compared = self._blocks.are_seen(self._first, self._first + self._array.nbytes)
        return self._array[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.whole())

    def __array__(self, dtype: Any = None, copy: Any = None) -> Array:
        return np.array(self.whole(), dtype) if copy else np.asarray(self.whole(), dtype)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        return getattr(ufunc, method)(*map(whole, inputs), **options)


def _of_whole(name: str) -> Any:
    return property(lambda array: getattr(array.whole(), name))


for _name in dir(np.ndarray):  # not __getattr__, which would slow down every attribute
    if not _name.startswith("_") and not hasattr(CheckedArray, _name):
        setattr(CheckedArray, _name, _of_whole(_name))


def whole(value: Any) -> Any:
    """Return a plain array for a checked one, all of it compared; anything else as it is."""
    return value.whole() if isinstance(value, CheckedArray) else value


def unchecked(array: Array) -> Array:
    """Return an array as it is in the file, for pieces with checksums of their own."""
    return array.unchecked if isinstance(array, CheckedArray) else array


def place_in_file(array: Array) -> tuple[bytearray | None, int]:
    """Return which blocks of an array's file were compared, and its first byte there; None if nothing is to compare."""
    return array.place if isinstance(array, CheckedArray) else (None, 0)


def within(array: Array, starts: Array, counts: Array) -> Array:
    """Return a plain array, of which some ranges are compared."""
    return array.within(starts, counts) if isinstance(array, CheckedArray) else array
