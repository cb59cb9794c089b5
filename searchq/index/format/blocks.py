"""Checksums of a file by blocks of 64 kB, each compared when something first reads of its block.

    … the file …    uint32[blocks]    CRC-32 of each block, the last one shorter
                    uint32            CRC-32 of those: which the manifest lists, too

Nobody checks a whole index before a search; reading what a search needs is 20 microseconds a block slower, once, and
in C a few. A single wrong bit is always found; what was altered otherwise, but for one in four thousand million times.
"""

import struct
from types import ModuleType
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from searchq.errors import REBUILD, IndexBroken
from searchq.kernel import built

__all__ = ["BLOCK_BITS", "BlockSums", "Blocks"]

BLOCK_BITS: Final = 16  # 64 kB: as much as a system reads at once around a page that is missing
_BLOCK: Final = 1 << BLOCK_BITS
_NUMBER: Final = struct.Struct("<I")

in_c: ModuleType | None = built("checksums")  # where the processor helps, four times as fast as zlib


class BlockSums:
    """Works out the table of checksums of a file, while its bytes go by."""

    def __init__(self) -> None:
        self._sums: list[int] = []
        self._filled = 0

    def add(self, data: bytes | memoryview) -> None:
        """Count the next bytes of the file."""
        place = 0
        while place < len(data):
            if not self._filled:
                self._sums.append(0)
            piece = data[place : place + _BLOCK - self._filled]
            self._sums[-1] = crc32(piece, self._sums[-1])
            self._filled = (self._filled + len(piece)) % _BLOCK
            place += len(piece)

    def table(self) -> tuple[bytes, int]:
        """Return the table that ends the file, and the checksum of it."""
        sums = struct.pack(f"<{len(self._sums)}I", *self._sums)
        return sums + _NUMBER.pack(crc32(sums)), crc32(sums)


class Blocks:
    """The blocks of a mapped file, and which of them were compared; thread-safe: two threads may compare one twice."""

    def __init__(self, data: memoryview, name: str, listed: int | None = None) -> None:
        """`listed` is the checksum of the table that the manifest lists. Raises IndexBroken if there is another."""
        count = -(-(len(data) - _NUMBER.size) // (_BLOCK + _NUMBER.size))
        self.end = len(data) - (count + 1) * _NUMBER.size  # of the bytes before the table
        self.name = name
        if self.end <= 0:
            raise IndexBroken(f"The index file {name} is too short; {REBUILD}.")
        table = data[self.end : -_NUMBER.size]
        own = crc32(table)
        if own != _NUMBER.unpack(data[-_NUMBER.size :])[0]:
            raise IndexBroken(f"The index file {name} was altered: its table of checksums differs; {REBUILD}.")
        if listed not in (None, own):
            raise IndexBroken(f"The index file {name} is not the one that the manifest lists; {REBUILD}.")
        self._data = data[: self.end]
        self._sums = table
        self.seen = bytearray(count)  # 1 for each block that was compared

    def check(self, first: int, end: int) -> None:
        """Compare the blocks of the bytes from `first` up to `end`, unless they were. Raises IndexBroken."""
        self.compare(first >> BLOCK_BITS, (end - 1 >> BLOCK_BITS) + 1)

    def compare(self, low: int, high: int) -> None:
        """Compare the blocks from `low` up to `high`, unless they were. Raises IndexBroken."""
        if self.seen.find(0, low, high) < 0:
            return
        if in_c is not None:
            self._refuse(in_c.compare(self._data, self._sums, self.seen, low, high))
        else:
            for block in range(low, high):
                self._compare(block)

    def are_seen(self, first: int, end: int) -> bool:
        """Return whether the blocks of the bytes from `first` up to `end` were all compared."""
        return self.seen.find(0, first >> BLOCK_BITS, (end - 1 >> BLOCK_BITS) + 1) < 0

    def check_ranges(self, firsts: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> None:
        """Compare the blocks of some ranges of bytes, some maybe empty. Raises IndexBroken."""
        if in_c is not None:
            self._refuse(in_c.compare_ranges(self._data, self._sums, self.seen, firsts, counts))
            return
        for first, count in zip(firsts.tolist(), counts.tolist(), strict=True):
            if count:
                self.check(first, first + count)

    def _compare(self, block: int) -> None:
        if not self.seen[block]:
            first = block << BLOCK_BITS
            if crc32(self._data[first : first + _BLOCK]) != _NUMBER.unpack_from(self._sums, block * _NUMBER.size)[0]:
                self._refuse(block)
            self.seen[block] = 1

    def _refuse(self, block: int) -> None:
        """Raise IndexBroken for a block that differs, if there is one."""
        if block >= 0:
            first, end = block << BLOCK_BITS, min((block + 1) << BLOCK_BITS, self.end)
            raise IndexBroken(
                f"The index file {self.name} was altered: block {block} (bytes {first} to {end - 1}) differs "
                f"from its checksum; {REBUILD}."
            )
