from typing_extensions import Buffer

VERSION: int

# `data` are the bytes of a file, at least one; `sums` the CRC-32 (uint32, little-endian) of each block of 64 kB of it;
# `seen` a byte for each block, 1 if it was compared. Raises ValueError where these do not belong together.

def compare(data: Buffer, sums: Buffer, seen: Buffer, low: int, high: int, /) -> int:
    """Compare the blocks from `low` up to `high` that were not; the first that differs, -1 if none does."""

def compare_ranges(data: Buffer, sums: Buffer, seen: Buffer, firsts: Buffer, counts: Buffer, /) -> int:
    """Compare the blocks of ranges of bytes (int32 or int64) that were not; the first that differs, -1 if none does."""
