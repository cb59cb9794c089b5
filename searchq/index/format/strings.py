"""A table of strings in two mapped arrays: exact look-up, prefix ranges, ordered iteration.

    blob     b e l g \n b e l g i e \n          every string in UTF-8, each followed by a line feed
    starts   0         5             12         the start of each string, and the end

A string never contains a line feed, so one split turns a whole table into a list. Sorted tables are in code-point
order, which UTF-8 preserves: comparing bytes compares strings.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import count, islice
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.index.format.encoding import Bytes, Ints, gather_ranges, narrowest

__all__ = ["Numbering", "Strings", "joined", "lines", "sorting_order", "strings"]

_WALK: Final = 512  # strings decoded at once while iterating
_BLOCK: Final = 32  # strings between two samples: the number a look-up decodes
_UNSAMPLED: Final = 8  # look-ups of a table before it is sampled, which takes as long as they do
_REMEMBERED: Final = 4096  # look-ups; a query asks for the same word in several fields
_ERRORS: Final = "surrogatepass"  # lone surrogates, found in damaged documents, are preserved


class Strings(Struct, frozen=True, eq=False, dict=True):  # look-ups are cached in the instance
    """Strings by number: `blob` uint8[bytes], `starts` uint32[n + 1]."""

    blob: Bytes
    starts: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return self.bytes_at(number).decode(errors=_ERRORS)

    def bytes_at(self, number: int) -> bytes:
        return self.blob[self.starts[number] : self.starts[number + 1] - 1].tobytes()

    def tolist(self, first: int = 0, last: int | None = None) -> list[str]:
        """Return the strings numbered `first` to `last`, the last not included."""
        last = len(self) if last is None else last
        if first >= last:
            return []
        return self.blob[self.starts[first] : self.starts[last] - 1].tobytes().decode(errors=_ERRORS).split("\n")

    def several(self, numbers: Ints) -> list[str]:
        """Return the strings of some numbers, in their order."""
        if not len(numbers):
            return []
        starts = self.starts[numbers].astype(np.int64)
        blob = gather_ranges(self.blob, starts, self.starts[numbers + 1] - starts)
        return blob[:-1].tobytes().decode(errors=_ERRORS).split("\n")

    def lower_bound(self, key: bytes) -> int:
        """Return the number of the first string not less than `key`; the table must be sorted."""
        low, high = self._between(key)
        while high - low > _BLOCK * 4:
            middle = (low + high) >> 1
            if self.bytes_at(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low + bisect_left(self._bytes(low, high), key)

    def find(self, text: str) -> int:
        """Return the number of a string, or -1; the table must be sorted. Caches the latest look-ups."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[text] = self._find(text.encode(errors=_ERRORS))
        return found

    def prefix_range(self, prefix: str) -> tuple[int, int]:
        """Return the numbers (first, last + 1) of the strings that begin with `prefix`; cached as in `find`."""
        found = self._ranges.get(prefix)
        if found is None:
            if len(self._ranges) >= _REMEMBERED:
                self._ranges.clear()
            key = prefix.encode(errors=_ERRORS)
            last = self.lower_bound(key + b"\xff") if key else len(self)
            found = self._ranges[prefix] = (self.lower_bound(key), last)
        return found

    def walk(self, first: int, last: int) -> Iterator[str]:
        """Yield the strings of a range in order, decoding a few at a time."""
        for low in range(first, last, _WALK):
            yield from self.tolist(low, min(low + _WALK, last))

    def _find(self, key: bytes) -> int:
        number = self.lower_bound(key)
        return number if number < len(self) and self.bytes_at(number) == key else -1

    def _bytes(self, first: int, last: int) -> list[bytes]:
        if first >= last:
            return []
        return self.blob[self.starts[first] : self.starts[last] - 1].tobytes().split(b"\n")

    def _between(self, key: bytes) -> tuple[int, int]:
        """Return the numbers (first, last + 1) between two samples, among which to search for `key`.

        The first look-ups do without samples: taking them reads the whole table, and a process may look up one word.
        """
        if len(self) <= _BLOCK or next(self._lookups) < _UNSAMPLED:
            return 0, len(self)
        head = np.uint64(int.from_bytes(key[:8].ljust(8, b"\0"), "big"))
        low, high = (int(self._samples.searchsorted(head, side)) for side in ("left", "right"))
        return max(low - 1, 0) * _BLOCK, min(high * _BLOCK, len(self))

    @cached_property
    def _lookups(self) -> "count[int]":
        return count()

    @cached_property
    def _samples(self) -> npt.NDArray[np.uint64]:
        """Return the first eight bytes of every `_BLOCK`-th string, as numbers in the same order."""
        numbers = np.arange(0, len(self), _BLOCK)
        starts = self.starts[numbers].astype(np.int64)
        sizes = self.starts[numbers + 1].astype(np.int64) - 1 - starts
        places = np.minimum(starts[:, None] + np.arange(8), len(self.blob) - 1)
        heads = np.where(np.arange(8) < sizes[:, None], self.blob[places], np.uint8(0))
        return heads.view(">u8")[:, 0].astype(np.uint64)

    @cached_property
    def _found(self) -> dict[str, int]:
        return {}

    @cached_property
    def _ranges(self) -> dict[str, tuple[int, int]]:
        return {}


def strings(values: Iterable[str]) -> Strings:
    """Make a table of the values in the given order; none may contain a line feed."""
    return _table(np.frombuffer("".join([f"{value}\n" for value in values]).encode(errors=_ERRORS), np.uint8))


def lines(blob: bytes) -> Strings:
    """Make a table of strings in UTF-8, each followed by a line feed."""
    return _table(np.frombuffer(blob, np.uint8))


def joined(tables: Sequence[Strings]) -> Strings:
    """Concatenate tables, at least one: the strings of the first, then those of the second."""
    return _table(np.concatenate([table.blob for table in tables]))


def _table(blob: Bytes) -> Strings:
    return Strings(blob, np.append(0, np.flatnonzero(blob == ord("\n")) + 1).astype(np.uint32))


class Numbering(dict[str, int]):
    """Maps each string to a number, assigned in order of first use."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number

    def since(self, number: int) -> list[str]:
        """Return the strings numbered `number` and above, in order."""
        return list(islice(reversed(self), len(self) - number))[::-1]

    def numbers(self, texts: Sequence[str]) -> npt.NDArray[np.int32]:
        """Return the numbers of several strings: int32, same length."""
        return np.fromiter(map(self.__getitem__, texts), np.int32, len(texts))


def sorting_order(texts: Sequence[str]) -> Ints:
    """Return the places of the texts in sorted order."""
    return narrowest(np.array(sorted(range(len(texts)), key=texts.__getitem__), np.int64))
